"""Preconditions that no case of a criterion or of a country's rule names; none is without a case."""

from __future__ import annotations

import inspect

import pytest

from nlp.analyze import analyze
from rubrics.checks import CHECKS
from rubrics.conditions import CONDITIONS
from rubrics.loader import load_rubric
from tests.dialogue import dialogue
from tests.rubrics import test_cases, test_checks, test_pack_cases

OPENING = "A: Buenas tardes, le habla Ana Ruiz, de Crédito Norte. ¿Hablo con la señora Mirta Sosa?"
DEBT = "A: Tiene un saldo vencido de 2500 pesos desde el tres de marzo. ¿Cuándo podría pagar?"
LATER = "A: Lamento mucho lo que está pasando. La llamo el lunes, ¿le parece?"
HEARD = "A: Le aviso que la llamada se graba."
WHY = "A: ¿Por qué no ha podido pagar?"
EMERGENCY = "D: Estoy en urgencias con mi hijo."
CUT_SHORT = ("D: Sí, soy yo.", "A: Tiene un saldo de 2500 pesos.", EMERGENCY, LATER, "D: Gracias.")
BUSY = (
    "D: Sí, soy yo, pero estoy en sala con veinte nenes, ahora imposible.",
    "A: No la demoro: ¿a qué hora la llamo más tranquila?",
    "D: A las seis y media. ¿Y cuánto es lo que debo?",
    "A: Ciento ochenta mil pesos, del resumen que venció el cuatro de mayo. La llamo hoy a las seis y media.",
    "D: Dale, a las seis y media.",
    "A: Gracias, Mirta. Hasta luego.",
    "D: Hasta luego.",
)
NO_RECORDING = (
    HEARD,
    "D: No, no quiero que me graben.",
    "A: Entonces no podemos continuar. Hasta luego.",
)
CALLS = {  # a call in which it holds, and one that only sounds like it
    "debtor_busy": (
        BUSY,
        ("D: Sí, soy yo.", DEBT, "D: El viernes.", "A: Gracias, hasta luego."),
    ),
    "busy_before_reason": (
        BUSY,
        ("D: Sí, soy yo.", DEBT, "D: No pude.", WHY, "D: Ahora no puedo hablar.", "A: La llamo a las seis."),
    ),
    "in_emergency": (
        ("D: Sí, soy yo.", DEBT, EMERGENCY, LATER, "D: Gracias."),
        ("D: Sí, soy yo.", DEBT, EMERGENCY, "A: ¿Cuándo paga los 2500 pesos?", "D: No sé."),
    ),
    "emergency_first": (
        CUT_SHORT,
        ("D: Sí, soy yo.", DEBT, EMERGENCY, LATER),
    ),
    "emergency_before_reason": (
        CUT_SHORT,
        ("D: Sí, soy yo.", DEBT, "D: No pude.", WHY, EMERGENCY, LATER),
    ),
    "grief_before_reason": (
        ("D: Sí, soy yo.", DEBT, "D: Mi esposo, que pagaba, murió hace dos semanas.", "A: Lo siento mucho."),
        ("D: Sí, soy yo.", DEBT, "D: Mi esposo murió hace cinco años.", "A: ¿Cuándo paga?"),
    ),
    "nobody_to_find": (
        ("D: Aquí no vive nadie con ese nombre.", "A: Disculpe, corrijo el número. Hasta luego."),
        ("D: No está, salió. Soy su hermana.", "A: ¿A qué hora la encuentro?", "D: A las seis."),
    ),
    "recording_refused": (
        NO_RECORDING,
        (HEARD, "D: Está bien.", DEBT, "D: El viernes."),
    ),
    "refused_before_purpose": (
        NO_RECORDING,
        (HEARD, "D: Está bien.", DEBT, "D: El viernes."),
    ),
    "refused_before_reason": (
        NO_RECORDING,
        (HEARD, "D: Está bien.", DEBT, "D: El viernes."),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CALLS)
def test_it_holds_of_the_one_call_and_not_of_the_other(name: str) -> None:
    holds, sounds = (dialogue("\n".join((OPENING, *turns)), country="AR") for turns in CALLS[name])
    unmet = CONDITIONS[name](holds, analyze(holds))
    assert unmet is not None
    assert unmet.reason.endswith(".")
    assert CONDITIONS[name](sounds, analyze(sounds)) is None


def test_every_precondition_has_a_case_in_which_it_holds() -> None:
    cases = (one.values[-1] for one in (*test_cases.CASES, *test_pack_cases.CASES))
    named = {case["condition"] for case in cases if isinstance(case, dict) and "condition" in case}
    assert set(CONDITIONS) - named == set(CALLS), "write a case with `condition`, or a call in CALLS"


def test_every_kind_of_check_has_a_case() -> None:
    """Of a criterion, of a country's rule, or in tests/rubrics/test_checks.py."""
    criteria = {one.id: one.check for one in load_rubric().criteria}
    of_forms = {criteria[str(one.values[0])] for one in test_cases.CASES}
    rules = {(pack, one.id): one.check for pack, its in test_pack_cases.ALL.items() for one in its.rules}
    of_packs = {rules[str(one.values[0]), str(one.values[1])] for one in test_pack_cases.CASES}
    alone = {name for name in CHECKS if f'"{name}"' in inspect.getsource(test_checks)}
    assert set(CHECKS) == of_forms | of_packs | alone
