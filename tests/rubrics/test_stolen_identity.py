"""Debts denied in vain: what the screen says is no answer; a stolen identity is a special case."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from rubrics.loader import PACKS, load_pack, load_rubric
from rubrics.scoring import score
from rubrics.types import Verdict
from tests.dialogue import dialogue
from tests.rubrics.invariants import keeps_the_invariants

CALL = """
    A: Buenas tardes, le habla Ana Ruiz, de Credisol. ¿Don José Pérez?
    D: Sí, soy yo.
    A: Le llamo por su préstamo, debe 450 mil pesos desde junio.
    D: {told}
    A: {first}
    D: Pero yo no fui.
    A: {then}
    D: Bueno.
"""
STOLEN = "Eso no es mío, me clonaron la cédula y sacaron un crédito."
RUIN = "Si no paga lo reportamos a las centrales de riesgo y va a perder la casa."


def judged(told: str, first: str, then: str = "Hasta luego.", country: str = "CO") -> dict[str, Verdict]:
    call = dialogue(CALL.format(told=told, first=first, then=then), country=country)
    card = score(call, analyze(call), load_rubric(), load_pack(PACKS / f"{country.lower()}.yaml"))
    keeps_the_invariants(call, card)
    return dict(card.pack_verdicts)


@pytest.mark.parametrize("country", ["CO", "MX", "US", "PE"])
def test_told_to_pay_all_the_same(country: str) -> None:
    found = judged(STOLEN, "Pero aquí sale a su nombre, usted tiene que pagarlo.", RUIN, country)
    for rule in ("dispute_handling", "special_case_routing", "credit_record_wording"):
        assert found[rule].outcome == "fail", rule
        assert found[rule].evidence, rule


@pytest.mark.parametrize(
    ("told", "first"),
    [
        (STOLEN, "Pero aquí sale a su nombre."),
        ("Usaron mi cédula para sacar ese préstamo.", "El contrato está firmado por usted."),
        ("Ya pagué el lunes.", "Acá no aparece."),
    ],
)
def test_what_the_screen_says_is_no_answer(told: str, first: str) -> None:
    verdict = judged(told, first)["dispute_handling"]
    assert (verdict.outcome, verdict.needs_review) == ("fail", True)


@pytest.mark.parametrize(
    ("told", "first"),
    [
        (
            STOLEN,
            "Aquí sale a su nombre, pero envíeme la denuncia y lo paso a fraudes; en diez días le avisan.",
        ),
        ("Ya pagué el lunes.", "Acá no aparece. ¿En qué banco lo pagó? Lo reviso y mañana le confirmo."),
        (STOLEN, "No tiene que pagar nada mientras se revisa. Mándeme la denuncia y lo paso a fraudes."),
    ],
)
def test_who_has_it_checked_answers(told: str, first: str) -> None:
    found = judged(told, first, "Por eso lo reviso, y mañana le confirmo.")
    assert found["dispute_handling"].outcome == "pass"


@pytest.mark.parametrize(
    "told",
    [
        STOLEN,
        "Ese crédito lo sacaron con mi cédula, yo no fui.",
        "Me suplantaron la identidad, falsificaron mi firma.",
        "Usaron mis datos para pedir ese préstamo.",
    ],
)
def test_a_stolen_identity_is_a_special_case(told: str) -> None:
    assert judged(told, "Envíeme la denuncia y lo paso a fraudes.")["special_case_routing"].outcome == "pass"


@pytest.mark.parametrize("told", ["Mi hermano usó mi cédula.", "Me clonaron la tarjeta.", "Eso no es mío."])
def test_other_denials_are_none(told: str) -> None:
    assert judged(told, "Envíeme la denuncia y lo paso a fraudes.")["special_case_routing"].outcome == "na"


def test_a_true_record_is_told_as_a_fact() -> None:
    said = "Si sigue vencida, el atraso aparece en las centrales de riesgo; no va a perder su casa por eso."
    assert judged("No tengo plata.", said)["credit_record_wording"].outcome == "pass"
