"""The agreement read back: a weekday that is not that of the day of the month is for a person to hear."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from nlp.analyze import analyze
from rubrics.checks import gets_promise
from rubrics.loader import load_rubric
from rubrics.scoring import score
from rubrics.types import Scorecard, Verdict
from tests.dialogue import dialogue


def judged(day: str) -> Scorecard:
    call = dialogue(
        f"""
        A: Tiene un saldo vencido de trescientos mil pesos. ¿Cuándo podría pagar?
        D: El viernes le puedo pagar cien mil pesos por Nequi.
        A: Listo, quedamos en cien mil pesos el {day} por Nequi, ¿de acuerdo?
        D: Sí, de acuerdo.
        """,
        country="CO",
        call_started_at=date(2026, 11, 10),
    )
    return score(call, analyze(call), load_rubric())


@pytest.mark.parametrize(("day", "waits"), [("viernes 13", False), ("viernes 14", True)])
def test_two_days_in_one_breath_wait_for_a_person(day: str, *, waits: bool) -> None:
    card = judged(day)
    verdict = card.verdicts["reads_back_agreement"]
    assert verdict.outcome == "pass"
    assert verdict.needs_review is waits
    assert ("no cuadra con el calendario" in verdict.doubt) is waits


def of_repetition(lines: str) -> Verdict:
    opens = "A: Tiene una mora de setecientos mil pesos desde agosto. ¿Cuánto puede abonar y qué día?\n"
    about: dict[str, Any] = {"country": "CO", "amount_due": 700_000, "currency": "COP"}
    call = dialogue(opens + lines, call_started_at=date(2026, 11, 26), **about)
    return score(call, analyze(call), load_rubric()).verdicts["reads_back_agreement"]


@pytest.mark.parametrize(
    "answer",
    [
        "Bueno, pues toca.",
        "Toca.",
        "Qué más.",
        "Ni modo, sí.",
        "Dale pues.",
        "No me queda de otra.",
        "Ya qué.",
        "No hay de otra, sea.",
        "Qué más, pues toca.",
    ],
)
def test_who_gives_in_confirms(answer: str) -> None:
    verdict = of_repetition(
        f"D: El lunes le consigo cuatrocientos mil.\nA: Cuatrocientos mil el lunes, ¿cierto?\nD: {answer}"
    )
    assert (verdict.outcome, verdict.needs_review) == ("pass", False)


@pytest.mark.parametrize(
    ("who", "named"),
    [
        ("Soy el hijo", "quien paga en lugar del deudor"),
        ("Yo soy su aval", "quien responde por la deuda (aval, fiador o codeudor)"),
        ("Soy su hermana, yo firmé de fiadora", "quien responde por la deuda (aval, fiador o codeudor)"),
    ],
)
@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("Sí, confirmado.", "Repite el acuerdo y {} lo confirma (turno 4)."),
        ("Gracias, hasta luego.", "Repite el acuerdo (turno 4) y {} solo agradece o se despide (turno 5)."),
        ("¿Y mi mamá?", "Repite el acuerdo (turno 4), pero {} no lo confirma."),
    ],
)
def test_who_promised_in_the_debtors_place_is_said_to_confirm_it(
    who: str, named: str, answer: str, told: str
) -> None:
    call = dialogue(
        f"""
        A: ¿Está la señora Ferrante?
        O: {who}. Mamá está internada, pero yo me hago cargo.
        O: El viernes le transfiero los cuarenta mil.
        A: Le agradezco mucho. ¿Me confirma viernes trece, cuarenta mil pesos?
        O: {answer}
        """,
        country="AR",
        call_started_at=date(2026, 3, 10),
    )
    found = analyze(call)
    assert score(call, found, load_rubric()).verdicts["reads_back_agreement"].reason == told.format(named)
    promised = gets_promise.check(call, found, gets_promise.Params())
    assert promised.reason.startswith(f"{named.capitalize()} se comprometió")


@pytest.mark.parametrize(
    ("asks", "answer", "outcome"),
    [
        ("¿Le queda alguna duda?", "No, gracias.", "pass"),
        ("¿Tiene dudas?", "No, todo claro.", "pass"),
        ("¿Le queda alguna duda?", "No, así no quedamos.", "fail"),
        ("¿Está bien?", "No, gracias.", "fail"),
    ],
)
def test_who_has_no_doubts_of_the_repetition_confirms_it(asks: str, answer: str, outcome: str) -> None:
    said = f"D: El lunes le consigo cuatrocientos mil.\nA: Cuatrocientos mil el lunes. {asks}\nD: {answer}"
    assert of_repetition(said).outcome == outcome


def test_a_doubt_is_said_once() -> None:
    doubt = of_repetition(
        """D: El lunes le consigo cuatrocientos mil.
A: Cuatrocientos mil el lunes, ¿sí?
D: Gracias.
A: Listo, anoto cuatrocientos mil para el martes.
D: Gracias, adiós."""
    ).doubt
    assert doubt.count("falta oír cuál quedó") == 1
    assert "Falta oír si lo confirma" in doubt


def test_a_question_after_the_repetition_does_not_give_in() -> None:
    said = "D: El lunes le consigo cuatrocientos mil.\nA: Cuatrocientos mil el lunes, ¿cierto?\nD: ¿Qué más?"
    assert of_repetition(said).outcome == "fail"


@pytest.mark.parametrize("how", ["prestados", "ahorrados", "entre mi hermano y yo", "justicos"])
def test_how_the_money_is_come_by_hides_neither_the_promise_nor_its_repetition(how: str) -> None:
    verdict = of_repetition(
        f"D: El lunes le consigo cuatrocientos mil {how}.\nA: Cuatrocientos mil el lunes.\nD: Pues toca."
    )
    assert (verdict.outcome, verdict.needs_review) == ("pass", False)


def test_what_was_repeated_right_after_the_debtor_said_it_counts_when_it_is_settled_later() -> None:
    verdict = of_repetition(
        """D: El lunes cuatrocientos mil.
A: Cuatrocientos mil el lunes, entonces.
D: Sí.
A: ¿Por dónde le queda mejor?
D: Mejor le pago los cuatrocientos mil el lunes por PSE.
A: Listo, gracias."""
    )
    assert verdict.outcome == "pass"


ONE_PART = "D: Cien mil el viernes.\nA: Cien mil el viernes, anotado. Gracias, buena tarde.\n"
ASKED = "D: Cien mil el viernes.\nA: Cien mil el viernes, ¿así quedamos?\n"
TWO_PARTS = """D: El lunes le consigo cuatrocientos mil.
A: Perfecto, cuatrocientos mil el lunes. ¿Y el resto?
D: El resto a mitad de mes.
A: Listo: cuatrocientos mil el lunes y el resto a mitad de mes. Muchas gracias, feliz tarde.
"""


@pytest.mark.parametrize("lines", [ONE_PART, ASKED, TWO_PARTS])
@pytest.mark.parametrize("answer", ["Chao.", "Gracias.", "Muchas gracias, hasta luego."])
def test_thanks_or_a_goodbye_alone_confirm_nothing_for_sure(lines: str, answer: str) -> None:
    verdict = of_repetition(f"{lines}D: {answer}")
    assert (verdict.outcome, verdict.needs_review) == ("pass", True)
    assert "solo agradece o se despide" in verdict.reason


@pytest.mark.parametrize("lines", [ONE_PART, ASKED, TWO_PARTS])
@pytest.mark.parametrize("answer", ["Listo, gracias.", "Sí señor, chao."])
def test_a_yes_with_a_goodbye_is_a_yes(lines: str, answer: str) -> None:
    verdict = of_repetition(f"{lines}D: {answer}")
    assert (verdict.outcome, verdict.needs_review) == ("pass", False)


@pytest.mark.parametrize(
    ("noted", "reason"),
    [
        ("cien mil el jueves", "con otro monto y otra fecha"),
        ("cien mil el viernes", "con otro monto"),
        ("doscientos mil el jueves", "con otra fecha"),
        ("cien mil pesos", "con otro monto (turno 3), sin la fecha"),
        ("doscientos mil pesos", "solo una parte del acuerdo (turno 3): falta la fecha"),
    ],
)
def test_another_sum_or_day_is_told_as_that(noted: str, reason: str) -> None:
    verdict = of_repetition(
        f"""
        D: Le doy doscientos mil el viernes.
        A: Ok, le anoto {noted}.
        D: No, le dije doscientos mil el viernes.
        A: Ajá, sí.
        D: Bueno, hasta luego.
        """
    )
    assert verdict.outcome == "fail"
    assert reason in verdict.reason


@pytest.mark.parametrize(
    ("said", "channel"),
    [
        ("Pero la app no me jala.", None),
        ("Pero la app me marca error.", None),
        ("Pero la app está caída.", None),
        ("Pero se traba la app.", None),
        ("La app tiene problemas.", None),
        ("Por la app, no hay problema.", "App"),
    ],
)
def test_a_way_that_fails_the_debtor_is_not_the_promises(said: str, channel: str | None) -> None:
    call = dialogue(
        f"""
        A: Tiene una mora de setecientos mil pesos. ¿Cuánto puede abonar y qué día?
        D: Le doy doscientos mil el viernes. {said}
        A: Listo, quedan doscientos mil el viernes por la app, ¿de acuerdo?
        D: Sí, de acuerdo.
        """,
        country="CO",
        call_started_at=date(2026, 11, 26),
    )
    promise = analyze(call).promise
    assert promise is not None
    assert promise.channel == channel
