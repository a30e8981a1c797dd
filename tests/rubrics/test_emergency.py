"""A debtor in an emergency, and an agent who lets the debtor attend to it: nothing is held against either."""

from __future__ import annotations

from pathlib import Path

import pytest

import rubrics
from nlp.analyze import analyze
from rubrics.loader import PACKS, load_pack, load_rubric
from rubrics.scoring import score
from rubrics.types import Verdict
from tests.dialogue import dialogue
from tests.rubrics.invariants import keeps_the_invariants

FORMS = Path(rubrics.__file__).parent
BEFORE = "A: Buenas tardes, le habla Ana Ruiz, de Crédito Norte. ¿Hablo con la señora Mirta Sosa?"
LATER = "Lamento mucho lo que está pasando, señora Mirta. La llamo el lunes, ¿le parece?"


def verdicts(*turns: str, country: str = "AR", form: str = "cobranza") -> dict[str, Verdict]:
    call = dialogue("\n".join((BEFORE, *turns)), country=country)
    pack = load_pack(PACKS / f"{country.lower()}.yaml")
    card = score(call, analyze(call), load_rubric(FORMS / f"{form}.yaml"), pack)
    keeps_the_invariants(call, card)
    return {**card.verdicts, **card.pack_verdicts}


def at_once(told: str, answer: str = LATER, **where: str) -> dict[str, Verdict]:
    return verdicts(f"D: Soy yo, pero {told}.", f"A: {answer}", "D: Gracias.", "A: Hasta luego.", **where)


@pytest.mark.parametrize(
    "told",
    [
        "ahora no puedo hablar, estoy en urgencias con mi hijo",
        "están operando a mi papá",
        "mi mamá está en el quirófano",
        "estoy esperando la ambulancia, se desmayó mi esposo",
        "tengo una emergencia familiar",
        "acaba de morir mi mamá",
    ],
)
def test_an_emergency_keeps_the_debt_and_the_reason_from_being_spoken_of(told: str) -> None:
    found = at_once(told)
    for name in ("states_purpose", "asks_reason", "firm", "gets_commitment"):
        assert found[name].outcome == "na", name
        assert "emergencia" in found[name].reason, name
    assert found["handles_objections"].outcome == "pass"
    assert "indagar" not in found["handles_objections"].reason


@pytest.mark.parametrize("form", ["recordatorio", "confirmacion", "promesa_rota"])
def test_the_other_forms_do_as_well(form: str) -> None:
    found = at_once("están operando a mi papá", form=form)
    names = {"states_purpose", "recalls_promise", "asks_reason"} & found.keys()
    assert {found[name].outcome for name in names} == {"na"}


def test_colombia_does_as_well() -> None:
    found = at_once("están operando a mi papá", country="CO")
    assert found["asks_reason"].outcome == found["states_purpose"].outcome == "na"
    assert found["does_not_ask_reason"].outcome == "pass"


def test_a_kind_word_and_leave_are_enough() -> None:
    found = at_once("están operando a mi papá", "Lo siento mucho. Atienda a su papá, que salga todo bien.")
    assert found["states_purpose"].outcome == "na"


def test_who_presses_on_in_an_emergency_is_judged() -> None:
    found = at_once("están operando a mi papá", "¿Pero con cuánto puede pagar hoy?")
    assert found["states_purpose"].outcome == "fail"
    assert found["asks_reason"].outcome == "fail"


def after(debt: str, country: str = "AR") -> dict[str, Verdict]:
    told = "D: Ay, señorita, estoy en urgencias con mi hijo."
    return verdicts("D: Soy yo.", f"A: {debt}", told, f"A: {LATER}", "D: Gracias.", country=country)


def test_an_emergency_cuts_short_what_was_begun() -> None:
    found = after("La llamo por su préstamo con nosotros.")
    assert found["states_purpose"].outcome == found["asks_reason"].outcome == "na"


def test_what_was_told_before_the_emergency_stays_told() -> None:
    found = after("La llamo por su cuota de mil pesos, vencida el 5 de noviembre.", country="CL")
    assert found["states_purpose"].outcome == "pass"
    assert found["asks_reason"].outcome == found["legal_disclosure"].outcome == "na"


def test_who_goes_on_to_the_debt_after_an_illness_is_judged() -> None:
    found = verdicts(
        "D: Estoy acostado, me operaron hace quince días.",
        "A: Lo siento mucho. Le marco por su préstamo, son nueve mil trescientos.",
        "D: Me operaron de la columna, no puedo ni sentarme.",
        "A: Cuídese. Le marco el ocho y vemos. Hasta luego.",
    )
    assert found["states_purpose"].outcome != "na"


def test_a_fund_for_emergencies_is_none() -> None:
    assert at_once("tengo un fondo para una emergencia familiar")["states_purpose"].outcome == "fail"


PRESSED = """
    D: {told}
    A: Entiendo, pero necesito que me diga cuándo paga.
    D: Está bien, el viernes le pago los 450 pesos.
    A: Perfecto, el viernes 450 pesos. Gracias, hasta luego.
"""
ROUND = """
    A: Buenas tardes, le habla Ana Ruiz, de Crédito Norte. ¿Don José Pérez?
    D: Sí, soy yo.
    A: Le llamo por su préstamo, debe 450 pesos desde junio.
"""


@pytest.mark.parametrize(
    "told",
    [
        "Estoy en urgencias con mi hijo.",
        "Estoy en el hospital con mi mamá, la están operando.",
        "Estamos velando a mi papá.",
    ],
)
def test_a_promise_pressed_out_of_an_emergency_waits_for_a_person(told: str) -> None:
    found = pressed(told)
    for name in ("firm", "gets_commitment"):
        assert found[name].outcome == "na", name
        assert found[name].needs_review, name
        assert "emergencia" in found[name].reason, name


@pytest.mark.parametrize(
    "told",
    [
        "Estoy en urgencias con mi hijo, pero puedo hablar.",
        "Estoy en el hospital con mi papá, pero ya está bien, dígame.",
        "Estuve en el hospital el mes pasado.",
    ],
)
def test_who_offers_to_talk_may_be_asked(told: str) -> None:
    found = pressed(told)
    assert {found[name].outcome for name in ("firm", "gets_commitment")} == {"pass"}


def pressed(told: str) -> dict[str, Verdict]:
    call = dialogue(ROUND + PRESSED.format(told=told), country="MX", call_started_at="2026-11-30T10:00:00")
    card = score(call, analyze(call), load_rubric())
    keeps_the_invariants(call, card)
    return card.verdicts


KIND = [
    "Cuánto lo siento. Si quiere lo dejamos para la semana que viene y la llamo yo, no hay apuro.",
    "Cuánto lo siento. Cuando pueda, sin apuro, me llama.",
    "La acompaño en el sentimiento, señora. Esto lo hablamos cuando guste, no hay prisa.",
]
BEGS = [
    "Cuánto lo siento. ¿Y no podría darme aunque sea un pagito, lo que pueda?",
    "Aunque sea un pagito, lo que pueda.",
]


@pytest.mark.parametrize(
    ("told", "answer", "outcome"),
    [
        *(("Mi mamá falleció el domingo.", answer, "pass") for answer in KIND),
        *(("Mi mamá falleció el domingo.", answer, "fail") for answer in BEGS),
        *(("Es que no me alcanzó este mes.", answer, "fail") for answer in KIND[1:2]),
    ],
)
def test_no_hurry_in_grave_news_is_no_hedge(told: str, answer: str, outcome: str) -> None:
    turns = (
        BEFORE,
        "D: Sí, soy yo.",
        "A: La llamo por la cuota cuatro, treinta y ocho mil pesos, vencida el diez. ¿Tuvo algún problema?",
        f"D: {told}",
        f"A: {answer}",
        "D: No, prefiero pagarlo. Mañana paso por Rapipago.",
        "A: Mañana viernes veintisiete en Rapipago, treinta y ocho mil. ¿Sí?",
        "D: Sí.",
        "A: Gracias, señora Mirta, hasta luego.",
    )
    call = dialogue("\n".join(turns), country="AR", call_started_at="2026-11-26T10:00:00")
    card = score(call, analyze(call), load_rubric())
    keeps_the_invariants(call, card)
    assert card.verdicts["firm"].outcome == outcome, card.verdicts["firm"].reason


def test_kindness_goes_on_in_the_next_answer() -> None:
    call = dialogue(
        """
        A: Buenas tardes, ¿hablo con la señora Silvina Paz? Le habla Nahuel Ortega, de Credifácil.
        D: Sí, soy yo.
        A: La llamo por el préstamo: tiene impaga la cuota cuatro, treinta y ocho mil pesos, vencida el diez.
        D: Mi viejo está internado, yo voy y vengo del hospital.
        A: Uh, cuánto lo siento, señora Silvina. ¿Cómo está su papá?
        D: Estable, gracias.
        A: Me alegro. Si quiere lo dejamos para la semana que viene y la llamo yo, no hay apuro.
        D: No, no, prefiero pagarlo. Mañana paso por Rapipago.
        A: Mañana viernes veintisiete en Rapipago, treinta y ocho mil. ¿Sí?
        D: Sí.
        """,
        country="AR",
        call_started_at="2026-11-26T10:00:00",
    )
    assert score(call, analyze(call), load_rubric()).verdicts["firm"].outcome == "pass"
