"""The playbook holds a play for every objection; suggestions are filled with what the call tells, no more."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from nlp.analyze import analyze
from rubrics.labels import OBJECTIONS
from rubrics.reading import said
from rubrics.replies import DEFAULT, STEPS, Play, Suggestion, load_playbook, suggest
from rubrics.types import RubricError
from tests.dialogue import dialogue, found

NEVER_ASK = {"already_paid", "not_my_debt", "wrong_person", "health_emergency"}


def suggestions(lines: str, *labels: str, **recording: object) -> tuple[Suggestion, ...]:
    call = dialogue(lines, **recording)
    return suggest(found(call, *labels), call, load_playbook())


def test_every_objection_has_a_play_with_three_replies() -> None:
    plays = load_playbook().plays
    assert [play.objection for play in plays] == list(OBJECTIONS)
    assert all(len(set(play.replies)) >= 3 for play in plays)


def test_no_play_asks_again_where_asking_would_be_wrong() -> None:
    assert {play.objection for play in load_playbook().plays if not play.ask} == NEVER_ASK


def test_a_reply_says_the_name_as_the_agent_did() -> None:
    (one,) = suggestions(
        "A: Señora Elvia, su cuota venció.\nD: No tengo dinero.",
        "debtor_name@0: Señora Elvia",
        "no_money@1",
        call_started_at=date(2025, 11, 10),
    )
    assert any("señora Elvia" in reply for reply in one.replies)


def test_a_bare_name_is_not_enough_to_address_anybody() -> None:
    (one,) = suggestions("A: Elvia, su cuota.\nD: No tengo dinero.", "debtor_name@0: Elvia", "no_money@1")
    assert not any("Elvia" in reply for reply in one.replies)


@pytest.mark.parametrize(
    ("country", "currency", "amount", "shown"),
    [
        ("MX", "MXN", "4380", "4,380 pesos"),
        ("CO", "COP", "153700", "153.700 pesos"),
        ("PE", "PEN", "80.5", "80.50 soles"),
        ("ES", "EUR", "1250", "1.250 euros"),
    ],
)
def test_the_amount_is_written_as_in_the_country(
    country: str, currency: str, amount: str, shown: str
) -> None:
    (one,) = suggestions(
        "D: No me alcanza.", "no_money@0", country=country, currency=currency, amount_due=amount
    )
    assert any(shown in reply for reply in one.replies)


def test_a_suggested_date_is_near_and_never_a_sunday() -> None:
    (one,) = suggestions("D: En estos días.", "vague_promise@0", call_started_at=date(2025, 11, 13))
    assert one.steps["ask"] == "¿Le anoto el lunes 17 de noviembre? ¿Por cuánto?"


def test_without_any_facts_there_is_still_a_reply_and_no_open_slot() -> None:
    for objection in OBJECTIONS:
        (one,) = suggestions("D: Esto es lo que digo.", f"{objection}@0")
        assert one.replies, objection
        assert not any("{" in text for text in (*one.replies, *one.steps.values()))


def test_the_steps_that_the_agent_did_not_take_are_named() -> None:
    (one,) = suggestions("D: No me alcanza.\nA: Comprendo.", "no_money@0", "empathy@1")
    assert one.label == "Falta de dinero"
    assert one.missing == ("explore", "answer", "ask")


def test_two_objections_get_two_suggestions_in_the_order_of_the_call() -> None:
    both = suggestions("D: No me alcanza.\nA: Ajá.\nD: Y la app falla.", "no_money@0", "payment_channel@2")
    assert [one.objection.label for one in both] == ["no_money", "payment_channel"]


FILLED = {
    "nombre": "señora Vega",
    "monto": "1,500 pesos",
    "fecha": "viernes 14 de noviembre",
    "empresa": "Crédito Norte",
    "agente": "Ana Ruiz",
}
FAULTS = (
    "threat",
    "lawyer",
    "rude",
    "impatient",
    "tuteo",
    "discloses_debt",
    "pity",
    "hedge",
    "brush_off",
    "gives_up",
)


@pytest.mark.parametrize("play", load_playbook().plays, ids=lambda play: play.objection)
def test_no_wording_commits_a_fault_that_we_would_find_in_an_agent(play: Play) -> None:
    wordings = [w.format(**FILLED) for step in (*STEPS, "replies") for w in getattr(play, step)]
    for wording in wordings:
        call = dialogue(f"D: Dígame.\nA: {wording}")
        assert said(call, analyze(call), FAULTS) == (), wording


def test_a_playbook_with_a_missing_play_a_wrong_slot_and_a_wrong_name_is_refused_whole(
    tmp_path: Path,
) -> None:
    text = DEFAULT.read_text(encoding="utf-8")
    text = text.replace("objection: hostile", "objection: hostil").replace(
        "{monto} de una vez", "{mont} de una vez"
    )
    path = tmp_path / "playbook.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RubricError) as refused:
        load_playbook(path)
    told = str(refused.value)
    assert "objeción desconocida «hostil» (¿quiso decir «hostile»?)" in told
    assert "dato desconocido {mont} (¿quiso decir «monto»?)" in told
    assert "falta la entrada de «hostile»" in told
    assert "playbook.yaml:" in told
