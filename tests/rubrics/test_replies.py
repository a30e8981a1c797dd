"""The playbook holds a play for every objection; suggestions are filled with what the call tells, no more."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from nlp.analyze import analyze
from rubrics.case_words import in_case
from rubrics.labels import OBJECTIONS
from rubrics.loader import pack_of
from rubrics.playbook import DEFAULT, STEPS, Play, load_playbook
from rubrics.reading import said
from rubrics.replies import FAULTS, Suggestion, faults, suggest
from rubrics.types import RubricError
from tests.dialogue import dialogue, found

NEVER_ASK = {"already_paid", "not_my_debt", "wrong_person", "health_emergency"}


def suggestions(lines: str, *labels: str, **recording: object) -> tuple[Suggestion, ...]:
    call = dialogue(lines, **recording)
    return suggest(found(call, *labels), call, load_playbook())


def test_every_objection_has_a_play_with_six_wordings_a_step_and_more_replies() -> None:
    plays = load_playbook().plays
    assert [play.objection for play in plays] == list(OBJECTIONS)
    for play in plays:
        for step in (*STEPS, "replies"):
            said = {wording.say for wording in play.wordings(step)}
            assert len(said) >= 6 or (step == "ask" and not said), f"{play.objection}: {step}"


def test_the_wordings_of_a_play_reach_every_country() -> None:
    for play in load_playbook().plays:
        told = {country for step in STEPS for wording in play.wordings(step) for country in wording.in_}
        assert {"MX", "CO", "PE", "CL", "AR", "ES", "EC", "US"} <= told, play.objection


def test_no_play_asks_again_where_asking_would_be_wrong() -> None:
    assert {play.objection for play in load_playbook().plays if not play.ask} == NEVER_ASK


def test_a_reply_says_the_name_as_the_agent_did() -> None:
    (one,) = suggestions(
        "A: Señora Elvia, su cuota venció.\nD: No tengo dinero.",
        "debtor_name@0: Señora Elvia",
        "no_money@1",
        call_started_at=date(2025, 11, 10),
    )
    assert any("señora Elvia" in reply.text for reply in one.replies)


def test_a_bare_name_is_not_enough_to_address_anybody() -> None:
    (one,) = suggestions("A: Elvia, su cuota.\nD: No tengo dinero.", "debtor_name@0: Elvia", "no_money@1")
    assert not any("Elvia" in reply.text for reply in one.replies)


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
    assert any(shown in text for text in (*one.steps.values(), *(reply.text for reply in one.replies)))


def test_a_suggested_date_is_near_and_never_a_sunday() -> None:
    (one,) = suggestions("D: En estos días.", "vague_promise@0", call_started_at=date(2025, 11, 13))
    assert one.steps["ask"] == "¿Le anoto el lunes 17 de noviembre? ¿Por cuánto?"


def test_without_any_facts_there_is_still_a_reply_and_no_open_slot() -> None:
    for objection in OBJECTIONS:
        (one,) = suggestions("D: Esto es lo que digo.", f"{objection}@0")
        assert one.replies, objection
        shown = (*(reply.text for reply in one.replies), *one.steps.values())
        assert not any("{" in text for text in shown)


def test_the_steps_that_the_agent_did_not_take_are_named() -> None:
    (one,) = suggestions("D: No me alcanza.\nA: Comprendo.", "no_money@0", "empathy@1")
    assert one.label == "Falta de dinero"
    assert one.missing == ("explore", "answer", "ask")


def test_whoever_answers_in_the_debtors_place_is_told_of_no_debt() -> None:
    lines = "A: ¿Está el señor Candia?\nO: No, y yo no tengo dinero.\nA: Bueno."
    call = dialogue(lines, amount_due=2780, currency="MXN", days_late=33, country="MX")
    findings = found(call, "no_money@1", people={"debtor_reached": False, "third_party": True})
    (one,) = suggest(findings, call, load_playbook())
    assert (one.objection.label, one.label) == ("no_money", "Falta de dinero")
    play = load_playbook().play("wrong_person")
    assert {reply.text for reply in one.replies} & {wording.say for wording in play.replies}
    told = " ".join((*one.steps.values(), *(reply.text for reply in one.replies)))
    assert "2,780" not in told
    assert "pago" not in told


def test_two_objections_get_two_suggestions_in_the_order_of_the_call() -> None:
    both = suggestions("D: No me alcanza.\nA: Ajá.\nD: Y la app falla.", "no_money@0", "payment_channel@2")
    assert [one.objection.label for one in both] == ["no_money", "payment_channel"]


FILLED = {
    "nombre": "señora Vega",
    "monto": "1,500 pesos",
    "fecha": "viernes 14 de noviembre",
    "segunda_fecha": "domingo 30 de noviembre",
    "empresa": "Crédito Norte",
    "agente": "Ana Ruiz",
    "producto": "préstamo personal",
    "dias": "12",
    "oferta": "tres cuotas sin cargos",
}
COUNTRIES = ("MX", "CO", "PE", "CL", "AR", "ES", "EC", "GT", "US", "CR")


# every play is read in test-all; a second for each is too much for every day
READ = [
    pytest.param(play, marks=[] if n % 5 == 0 else [pytest.mark.slow], id=play.objection)
    for n, play in enumerate(load_playbook().plays)
]


@pytest.mark.parametrize("play", READ)
def test_no_wording_commits_a_fault_that_we_would_find_in_an_agent(play: Play) -> None:
    for step in (*STEPS, "replies"):
        for wording in play.wordings(step):
            text = wording.say.format(**FILLED)
            call = dialogue(f"D: Dígame.\nA: {text}")
            assert said(call, analyze(call), FAULTS) == (), text


@pytest.mark.parametrize("play", load_playbook().plays, ids=lambda play: play.objection)
def test_no_wording_breaks_a_rule_of_a_country_it_is_for(play: Play) -> None:
    for step in (*STEPS, "replies"):
        for wording in play.wordings(step):
            for country in wording.in_ or COUNTRIES:
                if country not in wording.not_in:
                    broken = faults(wording.say.format(**FILLED), pack_of(country))
                    assert broken == (), f"{country}: {wording.say}: {broken}"


def test_in_colombia_no_reply_asks_why_it_was_not_paid() -> None:
    assert faults("¿Por qué no pagó la cuota?", pack_of("CO")) == ("does_not_ask_reason",)
    assert faults("¿Por qué no pagó la cuota?", pack_of("MX")) == ()


def test_what_was_explored_is_not_explored_again() -> None:
    first, second = suggestions(
        "D: No me alcanza.\nA: ¿Qué día cobra?\nD: No me alcanza, ya le dije.\nA: Ajá.",
        "no_money@0",
        "probes@1: ¿Qué día cobra?",
        "no_money@2",
    )
    assert first.missing
    assert all(reply.text.count("?") <= 1 for reply in second.replies)


def test_an_offer_is_only_what_the_case_authorises() -> None:
    lines, label = "D: No me alcanza.", "asks_discount@0"
    (without,) = suggestions(lines, label)
    (with_offer,) = suggestions(lines, label, authorized_offers=["dos pagos sin recargo"])
    told = [reply.text for reply in with_offer.replies] + list(with_offer.steps.values())
    assert any("dos pagos sin recargo" in text for text in told)
    assert not any("recargo" in reply.text for reply in without.replies)


def test_each_reply_says_why_it_was_chosen() -> None:
    (one,) = suggestions("D: No me alcanza.", "no_money@0", country="MX", amount_due="1500", currency="MXN")
    assert all(reply.why for reply in one.replies)
    assert {"palabras del país", "usa datos del caso"} & set(one.replies[0].why)


def test_a_playbook_with_a_missing_play_a_wrong_slot_and_a_wrong_name_is_refused_whole(
    tmp_path: Path,
) -> None:
    text = DEFAULT.read_text(encoding="utf-8")
    text = text.replace("objection: hostile", "objection: hostil").replace(
        "{monto} completos hoy", "{mont} completos hoy"
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


def test_an_objection_without_a_play_suggests_nothing_and_says_which_file_lacks_it() -> None:
    call = dialogue("A: Su cuota venció.\nD: No tengo dinero.")
    book = load_playbook()
    short = book.model_copy(update={"plays": tuple(p for p in book.plays if p.objection != "no_money")})
    (one,) = suggest(found(call, "no_money@1"), call, short)
    assert (one.steps, one.missing, one.replies) == ({}, (), ())
    assert "«no_money» en rubrics/playbook.yaml" in one.why


def test_a_better_line_leaves_open_what_the_case_does_not_tell() -> None:
    said = "A: Su cuota venció.\nD: No tengo dinero."
    call = dialogue(said, call_started_at=date(2025, 11, 10), days_late=12)
    findings = found(call, "no_money@1")
    for line in ("Si paga antes del [fecha], evita intereses.", "Su cuota venció el [fecha]."):
        assert in_case(line, findings, call) == line
    assert in_case("Lleva [n] días desde el [fecha].", findings, call) == "Lleva 12 días desde el [fecha]."


@pytest.mark.parametrize(
    ("said", "of_money"),
    [
        ("Me vaciaron la cuenta y no tengo nada.", True),
        ("No tengo dinero, me robaron el celular.", False),
        ("No tengo dinero, ustedes me robaron la plata.", False),
        ("No tengo dinero, a mi vecina se la robaron también.", False),
    ],
)
def test_money_is_called_stolen_where_money_was(said: str, of_money: bool) -> None:
    call = dialogue(f"A: Señora Elvia, su cuota venció. ¿Qué pasó con el pago?\nD: {said}\nA: Entiendo.")
    made = suggest(analyze(call), call, load_playbook())
    assert any("ese dinero" in reply.text for one in made for reply in one.replies) is of_money
