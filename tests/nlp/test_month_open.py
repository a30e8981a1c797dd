"""«El cinco»: of which month, where the call named one of December only as a deadline, a due date, a call."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from nlp.analyze import analyze
from nlp.promises import weighed
from nlp.types import Promise
from rubrics.loader import load_rubric
from rubrics.scoring import score
from tests.dialogue import dialogue
from transcripts.types import Transcript

ON = datetime.date(2026, 11, 2)  # «el cinco» would be the fifth of November
DECEMBER, NOVEMBER = datetime.date(2026, 12, 5), datetime.date(2026, 11, 5)
CALL = """
    A: {} ¿Cuánto puede pagar y cuándo?
    D: {}
    A: {}
    D: {}
"""
THE_FIFTH = ("Le pago mil el cinco.", "Muy bien, mil el cinco, entonces.", "Sí, gracias.")


def heard(*said: str, on: datetime.date = ON) -> Promise:
    found = weighed(call(*said, on=on)).promise
    assert found is not None
    return found


def call(*said: str, on: datetime.date = ON) -> Transcript:
    return dialogue(CALL.format(*said), call_started_at=on, country="MX", amount_due=3600)


@pytest.mark.parametrize(
    ("told", "guess"),
    [
        ("Tiene que regularizar antes del cinco de diciembre.", DECEMBER),
        ("Tiene hasta el cinco de diciembre.", DECEMBER),
        ("La fecha límite es el cinco de diciembre.", DECEMBER),
        ("Su próxima cuota vence el cinco de diciembre.", DECEMBER),
        ("El cinco de diciembre vence su cuota.", DECEMBER),
        ("La fecha de corte es el cinco de diciembre.", DECEMBER),
        ("Le cortan el servicio el cinco de diciembre.", DECEMBER),
        ("Le vuelvo a llamar el cinco de diciembre.", NOVEMBER),
    ],
)
def test_a_day_on_which_nothing_is_paid_leaves_the_month_open(told: str, guess: datetime.date) -> None:
    found = heard(told, *THE_FIFTH)

    assert (found.amount, found.date) == (Decimal(1000), guess)
    assert found.doubtful
    assert found.month_open is not None
    assert found.month_open.text == "Le pago mil el cinco."


@pytest.mark.parametrize(
    ("told", "said"),
    [
        # the day to pay on, named in full by one of the two
        ("¿Le parece el cinco de diciembre?", THE_FIFTH),
        ("Tiene hasta el cinco de diciembre.", ("Le pago mil el cinco de diciembre.", *THE_FIFTH[1:])),
        ("Tiene hasta el cinco de diciembre.", (THE_FIFTH[0], "Mil el cinco de diciembre.", "Sí, correcto.")),
        ("Tiene hasta el cinco.", ("Le pago mil antes del cinco de diciembre.", *THE_FIFTH[1:])),
        # who is paid on the fifth of December pays on that day
        ("", ("Me pagan el cinco de diciembre, y ahí el cinco le pago mil.", *THE_FIFTH[1:])),
    ],
)
def test_a_day_to_pay_on_tells_the_month(told: str, said: tuple[str, str, str]) -> None:
    found = heard(told, *said)

    assert found.date == DECEMBER
    assert found.month_open is None
    assert not found.doubtful


def test_near_the_deadline_no_other_month_is_meant() -> None:
    found = heard("Tiene hasta el cinco de diciembre.", *THE_FIFTH, on=datetime.date(2026, 11, 24))

    assert found.date == DECEMBER
    assert not found.doubtful


def test_a_day_told_of_the_past_lends_no_month() -> None:
    found = heard("Veo que pagó el cinco de diciembre.", *THE_FIFTH)

    assert found.date == NOVEMBER
    assert not found.doubtful


def test_a_weekday_is_open_alike() -> None:
    said = ("Le pago mil el viernes.", "Muy bien, mil el viernes.", "Sí, gracias.")
    on = datetime.date(2026, 12, 1)

    assert heard("Tiene plazo hasta el viernes 18 de diciembre.", *said, on=on).month_open is not None
    assert heard("¿Puede el viernes 18 de diciembre?", *said, on=on).month_open is None


def test_the_form_says_what_is_to_be_heard() -> None:
    said = call("Tiene que regularizar antes del cinco de diciembre.", *THE_FIFTH)
    verdict = score(said, analyze(said), load_rubric()).verdicts["gets_commitment"]

    assert verdict.outcome == "pass"
    assert verdict.needs_review
    assert "sin el mes" in verdict.told
