"""What the player gets to draw: turns, marks, evidence with its second, replies."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from coach.judged_by import JudgedBy
from coach.pipeline import rubric_of
from coach.settings import Settings
from coach.shield import cover
from coach.types import Call
from coach.words import standing
from rubrics.loader import pack_of
from rubrics.playbook import load_playbook
from rubrics.replies import suggest
from rubrics.types import Rubric, Verdict
from rubrics.unasked import Spared
from tests.views import seed
from transcripts.types import Part, Recording, Transcript, Turn, Word
from views import _call_data, _worth


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    return rubric_of(Settings())


@pytest.fixture(scope="module")
def call() -> Call:
    return seed.threatening(Settings())


@pytest.fixture(scope="module")
def data(call: Call, rubric: Rubric) -> dict[str, Any]:
    return drawn(call, rubric)


def drawn(call: Call, rubric: Rubric) -> dict[str, Any]:
    suggestions = suggest(call.findings, call.transcript, load_playbook())
    return _call_data.player_data(call, rubric, suggestions, turn=None)


def criterion(data: dict[str, Any], name: str) -> dict[str, Any]:
    return next(item for group in data["groups"] for item in group["criteria"] if item["id"] == name)


@pytest.mark.parametrize("country", ["MX", "CO"])
@pytest.mark.parametrize("spared", ["other", "grave", "dispute"])
def test_where_nothing_may_be_asked_for_no_missing_step_names_money_or_asking(
    call: Call, rubric: Rubric, spared: Spared, country: str
) -> None:
    there = replace(
        call,
        transcript=replace(call.transcript, recording=replace(call.transcript.recording, country=country)),
    )
    one = suggest(call.findings, call.transcript, load_playbook())[0]
    shown = replace(one, missing=("recognise", "explore", "answer"), spared=spared)
    said = _call_data.replies(there.transcript, (shown,))[0]["steps"]
    assert said.startswith("Faltó: reconocer, ")
    assert not any(word in said for word in ("pedir", "con qué cuenta", "opción", "ofrecer", "pago"))


def test_a_missing_step_is_named_as_the_country_allows(call: Call, rubric: Rubric) -> None:
    assert "indagar" in drawn(call, rubric)["objections"][0]["steps"]
    assert "el motivo" not in drawn(call, rubric)["objections"][0]["steps"]
    there = replace(call.transcript.recording, country="CO")
    colombian = replace(call, transcript=replace(call.transcript, recording=there))
    assert "sin preguntar el motivo" in drawn(colombian, rubric)["objections"][0]["steps"]


def test_turns_carry_the_names_that_people_know(data: dict[str, Any]) -> None:
    assert [turn["name"] for turn in data["turns"][:2]] == ["Rubén Arce", "Lorena Bustos"]


def test_turns_carry_the_number_that_reasons_name(data: dict[str, Any]) -> None:
    assert [turn["number"] for turn in data["turns"][:2]] == ["turno 1", "turno 2"]


def test_the_threat_is_marked_where_it_was_said(data: dict[str, Any]) -> None:
    turn = data["turns"][2]
    (mark,) = turn["marks"]
    assert turn["text"][mark["start"] : mark["end"]] == "la vamos a embargar"
    assert mark["bad"] is True
    assert turn["tags"] == [{"kind": "bad", "label": "✕ Sin amenazas"}]


def test_what_fails_but_waits_is_a_question(data: dict[str, Any]) -> None:
    turn = data["turns"][4]
    assert {"kind": "review", "label": "? Empatía"} in turn["tags"]
    assert turn["marks"] == []  # the whole turn is the evidence: no colour over all of it


def test_a_grave_act_that_no_criterion_fails_is_not_held_against_anybody(call: Call, rubric: Rubric) -> None:
    verdicts = {**call.scorecard.verdicts, "no_threats": Verdict("pass", "No era una amenaza.")}
    other = replace(call, scorecard=replace(call.scorecard, verdicts=verdicts))
    turn = drawn(other, rubric)["turns"][2]
    assert (turn["marks"], turn["tags"]) == ([], [])


def test_what_was_said_once_is_quoted_once(call: Call, rubric: Rubric) -> None:
    said = call.transcript.turns[2].text
    cues = tuple(seed.quote(call.transcript, 2, words) for words in ("la vamos", "la vamos a embargar"))
    verdicts = {**call.scorecard.verdicts, "no_threats": Verdict("fail", "Amenaza.", cues)}
    other = replace(call, scorecard=replace(call.scorecard, verdicts=verdicts))
    (shown,) = criterion(drawn(other, rubric), "no_threats")["evidence"]
    assert said[shown["start"] : shown["end"]] == shown["text"] == "la vamos a embargar"


def test_an_objection_is_marked_but_not_as_bad(data: dict[str, Any]) -> None:
    (mark,) = data["turns"][3]["marks"]
    assert (mark["label"], mark["bad"]) == ("Falta de dinero", False)


def test_evidence_knows_the_second_of_its_first_word(call: Call, data: dict[str, Any]) -> None:
    (shown,) = criterion(data, "no_threats")["evidence"]
    said = next(w for w in call.transcript.turns[2].words if w.text == " la")
    assert shown["at"] == said.start_s
    assert shown["where"] == "Rubén Arce · turno 3"


def test_a_short_quote_comes_with_the_words_around_it() -> None:
    said = "Mire, ya le dije la semana pasada que nosotros también tenemos abogados y que eso cuesta más."
    transcript = Transcript(Recording("x"), (Turn("agent", said),))
    shown = _call_data.evidence(transcript, seed.quote(transcript, 0, "abogados"))
    assert (shown["before"], shown["text"]) == (
        "… la semana pasada que nosotros también tenemos ",
        "abogados",
    )
    assert shown["after"] == " y que eso cuesta más."


def test_a_quote_after_a_covered_name_is_marked_where_people_read_it() -> None:
    said = f"Don {cover('[nombre]', 4)}, ¿{cover('[nombre]', 12)} tiene abogados?"
    transcript = Transcript(Recording("x"), (Turn("agent", said),))
    shown = _call_data.evidence(transcript, seed.quote(transcript, 0, "abogados"))
    read = "Don [nombre], ¿[nombre] tiene abogados?"
    assert f"{shown['before']}{shown['text']}{shown['after']}" == read
    assert read[shown["start"] : shown["end"]] == "abogados"


def test_evidence_without_word_times_starts_with_its_turn() -> None:
    turn = Turn("agent", "Buenas tardes, señora.", 12.0, 15.0)
    assert _call_data.second_of(turn, 7) == 12.0


def test_evidence_without_any_times_has_no_second() -> None:
    transcript = Transcript(Recording("x"), (Turn("agent", "Buenas tardes."),))
    assert _call_data.evidence(transcript, transcript.quote(0))["at"] is None


def test_a_word_said_twice_is_found_at_its_own_second() -> None:
    words = tuple(Word(float(i), i + 0.5, f" {w}", 1.0) for i, w in enumerate(["no", "no", "pago"]))
    turn = Turn("debtor", "no no pago", 0.0, 3.0, words)
    assert _call_data.second_of(turn, 3) == 1.0


def test_ranges_count_as_the_browser_counts() -> None:
    call = seed.nobodys(Settings())
    (mark,) = _call_data.player_data(call, rubric_of(Settings()), (), turn=None)["turns"][1]["marks"]
    text = call.transcript.turns[1].text.encode("utf-16-le")
    assert text[2 * mark["start"] : 2 * mark["end"]].decode("utf-16-le") == "no tengo dinero"


def test_a_verdict_that_waits_is_to_review_whatever_its_guess(data: dict[str, Any]) -> None:
    item = criterion(data, "empathy")
    assert (item["review"], item["outcomeLabel"]) == (True, "por revisar")


def test_a_critical_fail_is_open_with_the_wording_to_use(data: dict[str, Any]) -> None:
    item = criterion(data, "no_threats")
    assert item["open"] is True
    assert item["better"]


def test_groups_tell_how_many_pass_of_those_judged(data: dict[str, Any]) -> None:
    tallies = {group["label"]: group["points"] for group in data["groups"]}
    assert tallies["Trato"] == "5 de 6"
    assert tallies["Escucha"] == "2 de 2"  # one waits for review, one does not apply


def test_objections_come_with_replies_to_say(data: dict[str, Any]) -> None:
    (advice,) = data["objections"]
    assert advice["label"] == "Falta de dinero"
    assert advice["quote"]["text"] == "no tengo dinero"
    assert len(advice["replies"]) >= 2
    assert advice["guide"] == "guide?objection=no_money"


def test_the_channel_of_the_agent_has_the_agents_colour(call: Call) -> None:
    assert _call_data.channel_colours(call.transcript) == ["--agent", "--debtor"]


def test_a_recorder_with_the_agent_on_the_right_keeps_the_colours(call: Call) -> None:
    swapped = tuple(replace(t, channel=1 - (t.channel or 0)) for t in call.transcript.turns)
    assert _call_data.channel_colours(replace(call.transcript, turns=swapped)) == ["--debtor", "--agent"]


def test_the_same_call_has_the_same_version_so_that_it_keeps_playing(call: Call, rubric: Rubric) -> None:
    lit = _call_data.player_data(call, rubric, (), turn=3)
    assert lit["version"] == _call_data.player_data(call, rubric, (), turn=None)["version"]


def test_another_text_has_another_version(call: Call, rubric: Rubric, data: dict[str, Any]) -> None:
    turns = (
        replace(call.transcript.turns[0], text="Buenas tardes, habla otra persona."),
        *call.transcript.turns[1:],
    )
    other = replace(call, transcript=replace(call.transcript, turns=turns))
    assert drawn(other, rubric)["version"] != data["version"]


def test_a_call_without_audio_says_so_by_having_no_address(rubric: Rubric) -> None:
    assert drawn(seed.spanish(Settings()), rubric)["audio"] is None


def test_who_need_not_know_the_debtor_is_told_what_is_heard(call: Call, rubric: Rubric) -> None:
    muted = _call_data.player_data(call, rubric, (), turn=None, whole=False)
    assert muted["audio"] is not None
    assert "están en silencio" in muted["about"]
    assert _call_data.player_data(call, rubric, (), turn=None)["about"] == ""
    untimed = tuple(replace(one, start_s=None, end_s=None) for one in call.transcript.turns)
    other = replace(call, transcript=replace(call.transcript, turns=untimed))
    silent = _call_data.player_data(other, rubric, (), turn=None, whole=False)
    assert silent["audio"] is None
    assert "No se puede oír" in silent["about"]


def test_an_id_with_a_slash_stays_one_part_of_the_address(call: Call, rubric: Rubric) -> None:
    recording = replace(call.transcript.recording, id="lote/7")
    data = drawn(replace(call, transcript=replace(call.transcript, recording=recording)), rubric)
    assert data["audio"] == "/api/audio/lote%2F7"


def test_a_doubtful_turn_says_why_it_is_no_evidence(call: Call, rubric: Rubric) -> None:
    turns = (replace(call.transcript.turns[0], doubt="neighbour"), *call.transcript.turns[1:])
    other = replace(call, transcript=replace(call.transcript, turns=turns))
    assert drawn(other, rubric)["turns"][0]["doubt"] == "No cuenta como prueba: voz vecina."


def test_a_line_stands_where_each_leg_of_a_transferred_call_begins(call: Call, rubric: Rubric) -> None:
    legs = (Part("a", 1, 0, 0.0, "Ana Ruiz"), Part("b", 2, 3, 9.0, None, "lpaz"))
    its = drawn(replace(call, transcript=replace(call.transcript, parts=legs)), rubric)["turns"]
    assert {turn["i"]: turn["leg"] for turn in its if turn["leg"]} == {
        0: "Tramo 1: Ana Ruiz",
        3: "Tramo 2: lpaz",
    }
    assert {turn["name"] for turn in its if turn["who"] == "agent"} == {"Ana Ruiz", "lpaz"}
    assert not any(turn["leg"] for turn in drawn(call, rubric)["turns"])


def test_each_criterion_says_what_it_weighs_and_a_miss_what_it_cost(call: Call, rubric: Rubric) -> None:
    verdicts = {
        **call.scorecard.verdicts,
        "firm": Verdict("fail", "Cede de inmediato."),
        "empathy": Verdict("fail", "No reconoce la situación.", needs_review=True),
    }
    judged = replace(call, scorecard=replace(call.scorecard, verdicts=verdicts))
    now = standing(judged, rubric, None)
    data = _call_data.player_data(judged, rubric, (), turn=None, now=now)
    weighed = sum(now.weights[name] for name in now.worth)
    lost = f"{600 / weighed:.1f}".removesuffix(".0")
    firm = criterion(data, "firm")
    assert firm["cost"] == f"−{lost} puntos"
    assert firm["worth"] == f"Pesa 6. En esta llamada costó {lost} de 100 puntos."
    assert criterion(data, "empathy")["worth"] == "Pesa 6. Cuenta cuando una persona lo revise."
    assert criterion(data, "asks_reason")["worth"] == "Pesa 6. En esta llamada no aplica y no cuenta."
    assert criterion(data, "no_threats")["worth"] == (
        "No pesa en los puntos. Una falta confirmada por una persona anula la llamada: queda en 0."
    )
    assert {criterion(data, name)["cost"] for name in ("empathy", "asks_reason", "no_threats")} == {""}


def test_the_points_of_a_call_add_up_in_words(call: Call, rubric: Rubric) -> None:
    verdicts = dict.fromkeys(call.scorecard.verdicts, Verdict("na", "")) | {
        "firm": Verdict("fail", "Cede."),
        "gets_commitment": Verdict("pass", "Pacta el quince."),
        "concise": Verdict("pass", "Breve."),
    }
    card = replace(call.scorecard, verdicts=verdicts, points=66.7, points_low=66.7, points_high=66.7)
    said = _worth.of_call(standing(replace(call, scorecard=card), rubric, None), rubric.criteria, "CO")
    assert "Aquí lo juzgado pesa 18 y lo cumplido 12: 66,7 puntos de 100." in said
    assert "Costaron puntos: Firmeza −33,3 puntos." in said


def test_a_countrys_rule_says_its_day_as_every_date_is_said(call: Call) -> None:
    pack = pack_of("MX")
    rule = next(one for one in pack.rules if one.law)
    judged = replace(call.scorecard, pack_verdicts={rule.id: Verdict("pass", "")})
    (group,) = _call_data.country_rules(replace(call, scorecard=judged), pack)
    assert group["criteria"][0]["help"].endswith("Revisado el sáb 28 nov 2026.")


def test_a_rule_whose_text_is_had_no_longer_is_told_without_a_day(call: Call, settings: Settings) -> None:
    judged = replace(
        call.scorecard, pack="mx@1+0123456789ab", pack_verdicts={"old_rule": Verdict("fail", "No avisa.")}
    )
    pack = JudgedBy(settings).pack(judged, "MX")
    (group,) = _call_data.country_rules(replace(call, scorecard=judged), pack)
    assert group["criteria"][0]["help"] == "Ya no está en las reglas del país."
