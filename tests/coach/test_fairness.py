"""The fairness probe: the same call with another name, agent, company or hour, and what flips."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

import coach.fairness
from coach.fairness import SWAPS, Swap, Treated, probe, swapped, treatment
from coach.other_names import _MEN, _WOMEN
from coach.types import Call, Override, Review
from nlp.types import Findings
from rubrics.types import Criterion, Rubric
from tests.coach.conftest import judged
from tests.dialogue import dialogue, found
from transcripts.types import Transcript, Word

LINES = """
    A: Buenas tardes, le habla Rosa Peña, de Caja Sol. ¿Hablo con Luis Vega?
    D: Sí, soy Luis.
    A: Señor Vega, su cuota venció el dos y mañana le llega la luz.
"""
FACTS = {"agent": "Rosa Peña", "company": "Caja Sol", "debtor_name": "Luis Vega"}


def other(swap: Swap, lines: str = LINES, seed: int = 1, **recording: Any) -> Transcript:
    return swapped(dialogue(lines, **{**FACTS, **recording}), swap, random.Random(seed))


def said(call: Transcript) -> list[str]:
    return [turn.text for turn in call.turns]


# another call


def test_another_debtor_is_called_so_in_the_facts_and_in_every_turn() -> None:
    call = other("names")
    name = call.recording.debtor_name
    assert name is not None
    assert name != "Luis Vega"
    first, last = name.split()
    assert said(call) == [
        f"Buenas tardes, le habla Rosa Peña, de Caja Sol. ¿Hablo con {name}?",
        f"Sí, soy {first}.",
        f"Señor {last}, su cuota venció el dos y mañana le llega la luz.",
    ]


def test_another_agent_introduces_herself_so() -> None:
    call = other("agent")
    assert call.recording.agent != "Rosa Peña"
    assert f"le habla {call.recording.agent}, de Caja Sol" in said(call)[0]
    assert call.recording.debtor_name == "Luis Vega"


def test_another_company_is_named_whole() -> None:
    call = other("company")
    assert call.recording.company != "Caja Sol"
    assert f"de {call.recording.company}. ¿Hablo" in said(call)[0]


@pytest.mark.parametrize("seed", range(20))
def test_what_is_swapped_is_always_another(seed: int) -> None:
    facts = {"debtor_name": "María Quispe", "company": "Crédito Norte"}
    assert other("company", seed=seed, **facts).recording.company != "Crédito Norte"
    first, last = str(other("names", seed=seed, **facts).recording.debtor_name).split()
    assert first != "María"
    assert last != "Quispe"


def test_another_hour_is_five_later_and_the_words_stay() -> None:
    call = other("time", call_started_at="2025-10-08T09:30:00-05:00")
    assert call.recording.call_started_at == datetime.fromisoformat("2025-10-08T14:30:00-05:00")
    assert said(call) == said(dialogue(LINES))


def test_a_day_without_an_hour_stays() -> None:
    day = date(2025, 10, 8)
    assert other("time", call_started_at=day).recording.call_started_at == day


def test_what_is_not_known_is_not_swapped() -> None:
    unknown = {"agent": None, "company": None, "debtor_name": None}
    for swap in SWAPS:
        assert other(swap, **unknown) == dialogue(LINES)


def test_words_that_only_hold_a_name_stay() -> None:
    lines = "A: ¿Hablo con Ana Luz?\nD: Mañana pago la luz, semana a semana, dice Anabel."
    call = other("names", lines, debtor_name="Ana Luz")
    assert said(call)[1] == "Mañana pago la luz, semana a semana, dice Anabel."
    assert said(call)[0] == f"¿Hablo con {call.recording.debtor_name}?"


def test_a_turn_without_capitals_says_the_name_in_small_letters() -> None:
    call = other("names", "A: hablo con luis vega\nD: sí soy luis, mañana pago")
    name = str(call.recording.debtor_name).lower()
    assert said(call) == [f"hablo con {name}", f"sí soy {name.split()[0]}, mañana pago"]


def test_a_name_is_swapped_whole_though_its_accents_are_not_written() -> None:
    lines = "A: bueno con fermin olvera\nD: sí soy fermin\nA: Qué pena, FERMIN."
    call = other("names", lines, debtor_name="Fermín Olvera")
    first, last = str(call.recording.debtor_name).split()
    small = f"bueno con {first} {last}".lower()
    assert said(call) == [small, f"sí soy {first.lower()}", f"Qué pena, {first}."]


def test_a_word_that_is_a_name_but_for_its_tilde_stays() -> None:
    call = other("names", "A: qué pena señora peña, de veras", debtor_name="Rosa Peña")
    assert said(call)[0].startswith("qué pena señora ")
    assert not said(call)[0].endswith("peña, de veras")


@pytest.mark.parametrize(
    ("name", "line", "woman"),
    [
        ("Marleny Suárez", "A: ¿Doña Marleny?", True),
        ("Yeimi Tovar", "A: ¿Señorita Tovar?", True),
        ("Rosario Paz", "A: ¿Hablo con el señor Rosario Paz?", False),
        ("Rosario Paz", "A: ¿Hablo con Rosario Paz?", True),
        ("Luis Vega", "A: ¿Luis?", False),
        ("Araceli Vega", "A: ¿Araceli?", True),
        ("Henry Vega", "A: ¿Henry?", False),
        ("Elizabeth Vega", "A: ¿Elizabeth?", True),
    ],
)
def test_the_other_name_is_of_the_same_sex(name: str, line: str, woman: bool) -> None:
    for seed in range(20):
        new = str(other("names", line, seed, debtor_name=name).recording.debtor_name).split()[0]
        assert (new in _WOMEN, new in _MEN) == (woman, not woman)


def test_a_new_name_is_not_swapped_again() -> None:
    for seed in range(20):
        call = other("names", "A: ¿Luis Gómez Quispe?", seed, debtor_name="Luis Gómez Quispe")
        assert said(call) == [f"¿{call.recording.debtor_name}?"]


def test_the_small_words_of_a_name_stay() -> None:
    lines = "A: ¿María de los Santos?\nD: Sí, de los pagos hablamos."
    call = other("names", lines, debtor_name="María de los Santos")
    assert str(call.recording.debtor_name).split()[1:3] == ["de", "los"]
    assert said(call)[1] == "Sí, de los pagos hablamos."


def test_the_times_of_words_are_kept_only_where_the_words_are() -> None:
    call = dialogue("A: Buenas.\nD: Luis.", **FACTS)
    timed = tuple(replace(turn, words=(Word(0.0, 1.0, turn.text, 0.9),)) for turn in call.turns)
    there = swapped(replace(call, turns=timed), "names", random.Random(1))
    assert [len(turn.words) for turn in there.turns] == [1, 0]


# the probe

FORM = Rubric(
    id="pauta",
    version=1,
    label="Pauta",
    criteria=tuple(
        Criterion(
            id=name,
            label=name,
            group="trato",
            help=".",
            weight=5,
            check="says",
            params={"all_of": {name: [name]}},
        )
        for name in ("thanks", "greets")
    ),
)


@pytest.fixture
def biased(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reading that hears thanks only from Luis, and greets everybody."""

    def analyze(call: Transcript) -> Findings:
        return found(call, "greets@0", *(["thanks@0"] if call.recording.debtor_name == "Luis Vega" else []))

    monkeypatch.setattr(coach.fairness, "analyze", analyze)


def calls(*ids: str) -> list[Transcript]:
    return [dialogue(LINES, id=one, **FACTS) for one in ids]


@pytest.mark.usefixtures("biased")
def test_a_verdict_that_hangs_on_the_name_flips_with_it() -> None:
    (names,) = probe(calls("c-1", "c-2"), FORM, swaps=("names",))
    assert (names.swap, names.calls, names.verdicts, names.rate) == ("names", 2, 4, 0.5)
    flips = [(flip.recording_id, flip.criterion, flip.way) for flip in names.flips]
    assert flips == [("c-1", "thanks", "pass→fail"), ("c-2", "thanks", "pass→fail")]


@pytest.mark.usefixtures("biased")
def test_a_call_in_which_the_former_name_is_still_heard_is_left_out_and_counted() -> None:
    misheard = dialogue("A: ¿La señora Jeimi Vega?", id="c-3", debtor_name="Yeimi Vega")
    (names,) = probe([*calls("c-1"), misheard], FORM, swaps=("names",))
    assert (names.calls, names.left_out, names.verdicts) == (1, 1, 2)
    assert [flip.recording_id for flip in names.flips] == ["c-1"]


@pytest.mark.usefixtures("biased")
@pytest.mark.parametrize("name", [None, "", "Al"])
def test_a_call_without_a_name_to_hear_is_not_left_out(name: str | None) -> None:
    call = dialogue("A: ¿La señora Rosa Vega?", debtor_name=name)
    assert [one.left_out for one in probe([call], FORM, swaps=("names",))] == [0]


@pytest.mark.usefixtures("biased")
def test_what_is_not_swapped_flips_nothing() -> None:
    rates = {one.swap: one.rate for one in probe(calls("c-1"), FORM)}
    assert rates == {"names": 0.5, "agent": 0.0, "time": 0.0, "company": 0.0}


@pytest.mark.usefixtures("biased")
def test_every_judging_is_counted_as_it_is_done() -> None:
    done: list[int] = []
    probe(calls("c-1", "c-2"), FORM, swaps=("names", "time"), each=lambda: done.append(1))
    assert len(done) == 4


@pytest.mark.usefixtures("biased")
def test_without_calls_nothing_flips() -> None:
    assert [(one.calls, one.verdicts, one.rate) for one in probe([], FORM, swaps=("names",))] == [(0, 0, 0.0)]


@pytest.mark.slow
def test_the_real_reading_judges_a_tiny_call_alike_whoever_is_called() -> None:
    lines = """
        A: Buenas tardes, le habla Rosa Peña, de Caja Sol. ¿Hablo con Luis Vega?
        D: Sí, con él.
        A: Gracias por su tiempo, señor Vega. Hasta luego.
    """
    call = dialogue(lines, call_started_at="2025-10-08T09:30:00-05:00", **FACTS)
    assert [(one.swap, one.flips) for one in probe([call], FORM)] == [(swap, ()) for swap in SWAPS]


# treatment


def by(agent: str | None, *, changed: int = 0, waiting: tuple[str, ...] = ()) -> Call:
    call = judged("c", verdicts={"firm": "pass", "calm": "fail"}, waiting=waiting, agent_login=agent)
    if not changed:
        return call
    overrides = tuple(Override(name, "pass", "sí lo dijo") for name in ("firm", "calm")[:changed])
    review = Review("c", "luz", datetime(2026, 9, 15, tzinfo=UTC), overrides)
    return Call(call.transcript, call.findings, call.scorecard, review)


def test_doubt_and_corrections_are_counted_by_agent_the_most_doubted_first() -> None:
    rows = treatment([by("ana"), by("rosa", waiting=("firm",)), by("ana", changed=2)], "agent_login")
    assert rows == (Treated("rosa", 1, 2, 1, 0), Treated("ana", 2, 4, 0, 1))
    assert [(row.doubt_rate, row.change_rate) for row in rows] == [(0.5, 0.0), (0.0, 0.25)]


def test_what_a_person_confirmed_neither_waits_nor_is_changed() -> None:
    (row,) = treatment([by("ana", changed=1, waiting=("firm",))], "agent_login")
    assert row == Treated("ana", 1, 2, 0, 0)


def test_calls_of_nobody_known_stand_in_a_group_of_their_own() -> None:
    assert [row.group for row in treatment([by(None), by("ana", waiting=("firm",))], "agent_login")] == [
        "ana",
        "",
    ]


def test_a_group_without_verdicts_has_no_rates() -> None:
    assert (Treated("ana", 1, 0, 0, 0).doubt_rate, Treated("ana", 1, 0, 0, 0).change_rate) == (0.0, 0.0)
