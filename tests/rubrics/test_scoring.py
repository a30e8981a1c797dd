"""Points, the range that waiting verdicts leave open, critical failures, and what can be judged at all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rubrics.loader import load_rubric
from rubrics.scoring import count, score, tally, worth
from rubrics.settled import Settled, to_work_on
from rubrics.types import Criterion, Rubric, Rule, Verdict
from tests.dialogue import dialogue, found
from transcripts.types import Transcript, Trust, Turn

LONG = """
A: Buenas tardes, le habla Ana Ruiz, de Crédito Norte. ¿Hablo con el señor Luis Pérez?
D: Sí, con él, dígame.
A: Su cuota de mil pesos venció el dos, lleva doce días de atraso. ¿Qué ocurrió?
D: Se me pasó, la verdad, ando con mucho trabajo estos días.
"""


def rubric_of(*weights: float) -> Rubric:
    criteria = tuple(
        Criterion(id=f"c{i}", label="C", group="trato", check="never_says", weight=w, help="C.")
        for i, w in enumerate(weights)
    )
    return Rubric(id="r", version=1, label="R", criteria=criteria)


def verdicts_of(*outcomes: str) -> dict[str, Verdict]:
    kinds = {
        "pass": Verdict("pass", "."),
        "fail": Verdict("fail", "."),
        "na": Verdict("na", "."),
        "pass?": Verdict("pass", ".", needs_review=True),
        "fail?": Verdict("fail", ".", needs_review=True),
    }
    return {f"c{i}": kinds[outcome] for i, outcome in enumerate(outcomes)}


def test_points_are_the_share_of_weight_that_passed() -> None:
    assert count(rubric_of(6, 4), verdicts_of("pass", "fail")) == (60.0, 60.0, 60.0)


def test_what_does_not_apply_leaves_the_denominator() -> None:
    assert count(rubric_of(6, 4, 10), verdicts_of("pass", "fail", "na")) == (60.0, 60.0, 60.0)


def test_what_waits_for_a_person_opens_a_range() -> None:
    assert count(rubric_of(6, 4, 10), verdicts_of("pass", "fail", "fail?")) == (60.0, 30.0, 80.0)


def test_with_everything_waiting_there_are_no_points_but_the_whole_range() -> None:
    assert count(rubric_of(6, 4), verdicts_of("pass?", "fail?")) == (None, 0.0, 100.0)


def test_with_nothing_that_applies_there_are_no_points() -> None:
    assert count(rubric_of(6), verdicts_of("na")) == (None, None, None)


def test_a_card_without_verdicts_has_no_points_whatever_counts() -> None:
    for counts in (None, (), ("firm",)):
        assert tally({"firm": 60.0, "empathy": 40.0}, {}, counts) == (None, None, None)


def test_a_critical_failure_is_listed_and_does_not_zero_the_points() -> None:
    call = dialogue(LONG + "A: Si no paga lo vamos a embargar.")
    card = score(call, found(call, "threat@4: lo vamos a embargar"), load_rubric())
    assert card.critical_failures == ("no_threats",)
    assert card.points is not None
    assert card.points > 0


def test_the_scorecard_names_rubric_version_and_digest() -> None:
    call, rubric = dialogue(LONG, id="llamada-7"), load_rubric()
    card = score(call, found(call), rubric)
    assert card.rubric == f"cobranza@1+{rubric.digest}"
    assert card.recording_id == "llamada-7"
    assert list(card.verdicts) == [c.id for c in rubric.criteria]


def evaluable(call: Transcript, **people: object) -> tuple[str, str, float | None]:
    card = score(call, found(call, people=people), load_rubric())
    return card.evaluable, card.evaluable_reason, card.points_high


def test_an_ordinary_call_is_evaluable() -> None:
    assert evaluable(dialogue(LONG))[:2] == ("yes", "")


def test_a_voice_mail_is_not_and_gets_no_points() -> None:
    call = dialogue("O: Ha llegado al buzón de voz.\nA: Vuelvo a llamar.")
    assert evaluable(call, debtor_reached=False, voicemail=True) == ("no", "Contestó un buzón de voz.", None)


def test_a_few_words_are_not() -> None:
    call = dialogue("A: ¿Bueno?\nD: ¿Quién habla?")
    assert evaluable(call) == ("no", "La llamada es demasiado corta para juzgarla.", None)


def test_a_few_seconds_are_not() -> None:
    assert evaluable(dialogue(LONG, duration_s=6.0))[0] == "no"


def test_nobody_answering_is_not() -> None:
    call = dialogue("\n".join(line for line in LONG.splitlines() if line.startswith("A")))
    assert evaluable(call)[1] == "Nadie contestó: solo habla el agente."


def test_an_empty_transcript_is_not() -> None:
    assert evaluable(Transcript(dialogue(LONG).recording, ()))[1] == "No se oyó ninguna palabra."


@pytest.mark.parametrize("turns", [(), (Turn("agent", " "),)])
@pytest.mark.parametrize("sure", [True, False])
def test_where_nobody_said_a_word_nothing_is_missing(turns: tuple[Turn, ...], sure: bool) -> None:
    call = Transcript(dialogue(LONG).recording, turns, trust=Trust(sure_speakers=sure))
    card = score(call, found(call), load_rubric())
    assert {(one.outcome, one.reason) for one in card.verdicts.values()} == {
        ("na", "No se oyó ninguna palabra.")
    }
    assert not card.critical_failures


def test_a_late_start_is_only_partly() -> None:
    judged, reason, points = evaluable(dialogue(LONG, trust=Trust(starts_late=True)))
    assert (judged, reason) == ("partly", "La grabación empieza con la llamada ya iniciada.")
    assert points is not None


def test_half_of_the_speech_unheard_is_not() -> None:
    call = dialogue(LONG, trust=Trust(speech_s=60, unheard_s=30))
    assert evaluable(call)[1] == "No se entendió el 50 % de lo que se habló."


def test_guessed_speakers_leave_only_the_criteria_that_can_do_without() -> None:
    call = dialogue(LONG, trust=Trust(sure_speakers=False))
    findings = found(
        call, "greets@0: Buenas tardes", "says_own_name@0: Ana Ruiz", "says_company@0: de Crédito Norte"
    )
    card = score(call, findings, load_rubric())
    assert card.evaluable == "partly"
    assert card.verdicts["greeting_identification"].outcome == "pass"
    assert card.verdicts["greeting_identification"].confidence == 0.7
    assert card.verdicts["calm"].condition == "unsure_speakers"


def test_turns_without_a_speaker_count_as_guessed() -> None:
    call = dialogue(LONG.replace("A:", "U:").replace("D:", "U:"))
    assert score(call, found(call), load_rubric()).verdicts["calm"].condition == "unsure_speakers"


def test_evidence_from_a_voice_that_is_not_sure_waits_for_a_person() -> None:
    call = dialogue(LONG)
    first = call.turns[0]
    unsure = Turn(first.speaker, first.text, speaker_confidence=0.5)
    call = Transcript(call.recording, (unsure, *call.turns[1:]))
    findings = found(call, "rude@0: le habla")
    assert score(call, findings, load_rubric()).verdicts["courteous"].needs_review


def test_what_a_verdict_is_worth_is_its_weight_among_those_judged_without_doubt() -> None:
    weights = {"greets": 4.0, "firm": 6.0, "empathy": 6.0, "closes": 10.0, "late": 50.0}
    verdicts = {
        "greets": Verdict("pass", ""),
        "firm": Verdict("fail", ""),
        "empathy": Verdict("na", ""),
        "closes": Verdict("pass", ""),
        "late": Verdict("fail", "", needs_review=True),
    }
    assert worth(weights, verdicts) == {"greets": 20.0, "firm": 30.0, "closes": 50.0}
    assert worth(weights, verdicts, counts={"greets", "firm"}) == {"greets": 40.0, "firm": 60.0}
    assert tally(weights, verdicts)[0] == 100 - worth(weights, verdicts)["firm"]


def test_where_nothing_was_judged_nothing_is_worth_anything() -> None:
    assert worth({"greets": 4.0}, {"greets": Verdict("na", "")}) == {}


def test_what_to_work_on_begins_with_what_cost_most_and_leaves_advice_out() -> None:
    law = {"check": "never_says", "help": "R.", "source": "Ley 1", "reviewed_on": "2026-11-28"}
    rules = [
        Rule(id=name, label="R", certainty=certainty, **law)
        for name, certainty in (("notice", "C"), ("kept", "A"))
    ]
    verdicts = verdicts_of("fail", "fail", "pass", "fail?", "fail")
    now = Settled(
        verdicts,
        {"notice": Verdict("fail", "."), "kept": Verdict("fail", ".")},
        *(50.0, 50.0, 50.0),
        worth={"c0": 7.2, "c1": 10.8, "c2": 8.4},
        to_confirm=("c4",),
    )
    criteria = [*rubric_of(6, 9, 7, 5, 0).criteria, *rules]
    assert [one.id for one in to_work_on(now, criteria)] == ["c1", "c0", "kept"]
    confirmed = replace(now, to_confirm=(), confirmed=("c4",))  # it cost all the points, whatever it weighs
    assert [one.id for one in to_work_on(confirmed, criteria)] == ["c4", "c1", "c0", "kept"]
