"""Promises to pay, told as calls: see `tests/cases/promises.yaml`."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from nlp.promises import weighed
from nlp.types import Finding, Promise
from transcripts.types import CaseFacts, Quote, Recording, Speaker, Transcript, Turn

CASES: list[dict[str, Any]] = YAML(typ="safe").load(
    (Path(__file__).parents[1] / "cases" / "promises.yaml").read_text(encoding="utf-8")
)
SPEAKERS: dict[str, Speaker] = {"A": "agent", "D": "debtor", "O": "other"}


def call(case: dict[str, Any]) -> Transcript:
    turns = [line.split(": ", 1) for line in case["call"].strip().splitlines()]
    due = Decimal(str(case["due"])) if "due" in case else None
    recording = Recording(
        case["id"], call_started_at=case["date"], country=case["country"], facts=CaseFacts(amount_due=due)
    )
    return Transcript(recording, tuple(Turn(SPEAKERS[who], said) for who, said in turns))


def quotes_of(promise: Promise) -> list[Quote]:
    return [q for q in (promise.quote, promise.read_back, promise.confirmed) if q is not None]


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_promise(case: dict[str, Any]) -> None:
    transcript = call(case)

    promise = weighed(transcript).promise

    expected = case["promise"]
    if expected is None:
        assert promise is None
        return
    assert promise is not None
    assert (promise.amount, promise.date) == (Decimal(str(expected["amount"])), expected["date"])
    if "turn" in expected:
        assert promise.quote.turn == expected["turn"]
    if "channel" in expected:
        assert promise.channel == expected["channel"]
    later = [{"amount": part.amount, "date": part.date} for part in promise.later]
    assert later == [one | {"amount": Decimal(one["amount"])} for one in case.get("later", ())]
    for part in ("read_back", "confirmed"):
        if part in case:
            quote = getattr(promise, part)
            assert (quote.turn if quote else None) == case[part], part
    for quote in quotes_of(promise):
        assert transcript.turns[quote.turn].text[quote.start : quote.end] == quote.text
    assert transcript.turns[promise.quote.turn].speaker != "agent"


def told(
    *lines: str, country: str | None = "MX", date: datetime.date | None = datetime.date(2026, 3, 10)
) -> Transcript:
    turns = [line.split(": ", 1) for line in lines]
    return Transcript(
        Recording("t", call_started_at=date, country=country),
        tuple(Turn(SPEAKERS[who], said) for who, said in turns),
    )


AGREED = (
    "A: ¿Cuándo y cuánto?",
    "D: El viernes le pago quinientos pesos.",
    "A: Gracias.",
    "D: Ah, y no me vuelvan a llamar.",
)


def test_sure_refusal_found_by_rule_cancels_what_was_agreed_before_it() -> None:
    transcript = told(*AGREED)
    refusal = Finding("refusal", transcript.quote(3), 0.9, "rule:refusal/1")

    assert weighed(transcript).promise is not None
    assert weighed(transcript, [refusal]).promise is None


@pytest.mark.parametrize(("score", "source"), [(0.6, "rule:refusal/1"), (0.9, "model:objections@1")])
def test_doubtful_refusal_cancels_nothing(score: float, source: str) -> None:
    transcript = told(*AGREED)

    assert weighed(transcript, [Finding("refusal", transcript.quote(3), score, source)]).promise is not None


def test_doubtful_turn_is_no_evidence() -> None:
    clear = told("A: ¿Cuándo y cuánto?", "D: El viernes le pago quinientos pesos.")
    neighbour = Transcript(
        clear.recording, (clear.turns[0], Turn("debtor", clear.turns[1].text, doubt="neighbour"))
    )

    assert weighed(clear).promise is not None
    assert weighed(neighbour).promise is None


def test_day_of_the_call_not_known() -> None:
    promise = weighed(
        told("A: ¿Cuándo y cuánto?", "D: El viernes le pago quinientos pesos.", date=None)
    ).promise

    assert promise is not None
    assert (promise.amount, promise.date, promise.firm) == (Decimal(500), None, False)


def test_quotes_are_the_words_that_commit_repeat_and_agree() -> None:
    promise = weighed(
        told(
            "A: ¿Cuándo y cuánto?",
            "D: Mire, ando apretada. El viernes le pago quinientos pesos. Más no.",
            "A: Perfecto, señora. Entonces quinientos pesos el viernes trece. Que le vaya bien.",
            "D: Sí, gracias. Adiós.",
        )
    ).promise

    assert promise is not None
    assert promise.quote.text == "El viernes le pago quinientos pesos."
    assert promise.read_back is not None
    assert promise.read_back.text == "Entonces quinientos pesos el viernes trece."
    assert promise.confirmed is not None
    assert promise.confirmed.text == "Sí, gracias."


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Le pago quinientos el viernes por SPEI.", (500, "2026-03-13", "SPEI")),
        ("El viernes, quinientos pesos.", (500, "2026-03-13", None)),
        ("El viernes.", None),
        ("Quinientos pesos.", None),
        ("A ver si el viernes le deposito.", None),
        ("No le voy a pagar nada.", None),
    ],
)
def test_what_one_answer_promises(said: str, expected: tuple[int, str, str | None] | None) -> None:
    promise = weighed(told("A: ¿Qué día paga y cuánto?", f"D: {said}")).promise

    assert (promise and (promise.amount, str(promise.date), promise.channel)) == expected


@given(
    st.lists(st.tuples(st.sampled_from(["A", "D", "O"]), st.text(max_size=80)), max_size=8),
    st.sampled_from([None, "MX", "CO", "ES"]),
)
def test_odd_calls_break_nothing(turns: list[tuple[str, str]], country: str | None) -> None:
    recording = Recording("t", call_started_at=datetime.date(2026, 3, 10), country=country)
    weighed(Transcript(recording, tuple(Turn(SPEAKERS[who], said) for who, said in turns)))


PIECES = st.sampled_from(
    ["sí", "no", "el viernes", "quinientos pesos", "le pago", "mañana", "¿cuánto?", "¿qué día?", "mejor",
    "la mitad", ".", ",", "de acuerdo",
     "no puedo", "entonces", "por Yape", "el resto", "perdón", "ya pagué", "cuando cobre"]
)  # fmt: skip


@given(st.lists(st.lists(PIECES, min_size=1, max_size=8).map(" ".join), max_size=9))
def test_any_bargain_gives_verbatim_quotes_of_the_right_people(said: list[str]) -> None:
    turns = tuple(Turn("debtor" if i % 2 else "agent", text) for i, text in enumerate(said))
    transcript = Transcript(Recording("t", call_started_at=datetime.date(2026, 3, 10), country="PE"), turns)

    promise = weighed(transcript).promise

    if promise is None:
        return
    for quote in quotes_of(promise):
        assert turns[quote.turn].text[quote.start : quote.end] == quote.text
    assert turns[promise.quote.turn].speaker == "debtor"
    assert promise.read_back is None or turns[promise.read_back.turn].speaker == "agent"
    assert promise.confirmed is None or turns[promise.confirmed.turn].speaker == "debtor"


def test_weekday_and_number_of_different_days_are_flagged() -> None:
    promise = weighed(
        told(
            "A: ¿Cuándo paga los quinientos pesos?",
            "D: El viernes catorce le deposito los quinientos.",  # the 14th of March 2026 is a Saturday
            "A: Quinientos el viernes catorce. ¿Correcto?",
            "D: Sí, correcto.",
        )
    ).promise

    assert promise is not None
    assert promise.date == datetime.date(2026, 3, 14)
    assert not promise.date_agrees


def test_weekday_that_belongs_to_its_number_is_not_flagged() -> None:
    promise = weighed(
        told(
            "A: ¿Cuándo paga los quinientos pesos?",
            "D: El viernes trece le deposito los quinientos.",
            "A: Quinientos el viernes trece. ¿Correcto?",
            "D: Sí, correcto.",
        )
    ).promise

    assert promise is not None
    assert promise.date_agrees


def test_a_day_put_right_in_the_note_is_not_the_day() -> None:
    """The agent corrects the day in the same breath; the note, not the first word, is what was agreed."""
    promise = weighed(
        told(
            "A: ¿Y cuánto puede abonar al mes?",
            "D: Trescientos.",
            "A: Trescientos, entonces. El quince de marzo... no, el quince es domingo. El lunes dieciséis.",
            "D: Está bien, el lunes dieciséis.",
        )
    ).promise

    assert promise is not None
    assert (promise.amount, promise.date) == (Decimal(300), datetime.date(2026, 3, 16))


def test_the_note_of_the_agent_decides_between_many_sums() -> None:
    promise = weighed(
        told(
            "A: Su saldo es de nueve mil pesos. ¿Cuánto puede dar?",
            "D: Nueve mil no tengo. Cien a lo mejor.",
            "A: ¿Ochocientos?",
            "D: Ochocientos es mucho. Seiscientos.",
            "A: Seiscientos el viernes veinte, en OXXO. ¿Sí?",
            "D: Sí, en el OXXO. ¿Y si no pago lo demás?",
            "A: Lo demás lo vemos en abril. Le mando la referencia.",
            "D: Ándele pues.",
        )
    ).promise

    assert promise is not None
    assert (promise.amount, promise.date, promise.channel) == (
        Decimal(600),
        datetime.date(2026, 3, 20),
        "OXXO",
    )


def test_asking_what_follows_a_missed_payment_takes_nothing_back() -> None:
    promise = weighed(
        told(
            "A: ¿Le anoto seiscientos pesos para el viernes veinte?",
            "D: Sí, el viernes veinte, seiscientos.",
            "A: Entonces seiscientos el viernes veinte.",
            "D: ¿Y si no pago lo demás?",
            "A: Lo demás lo vemos en abril.",
        )
    ).promise

    assert promise is not None
    assert (promise.amount, promise.date) == (Decimal(600), datetime.date(2026, 3, 20))


@pytest.mark.parametrize(
    ("country", "answer", "kept"),
    [
        ("MX", "Ochocientos la verdad es mucho.", None),
        ("AR", "Ochocientos para mí es un montón.", None),
        ("CL", "Ochocientos, es harto.", None),
        ("CO", "Ochocientos ahora mismo sería imposible.", None),
        ("PE", "Ochocientos se me hace demasiado.", None),
        ("GT", "Ochocientos a mí me queda lejos.", None),
        ("ES", "Ochocientos no es mucho, los pago el viernes veinte.", Decimal(800)),
        ("EC", "Ochocientos pago el viernes veinte, porque mil es mucho.", Decimal(800)),
        ("MX", "Ochocientos el viernes veinte, es bastante razonable.", Decimal(800)),
    ],
)
def test_words_between_the_sum_and_its_refusal(country: str, answer: str, kept: Decimal | None) -> None:
    promise = weighed(
        told(
            "A: Su saldo es de nueve mil. ¿Le anoto ochocientos para el viernes veinte?",
            f"D: {answer}",
            "A: Muy bien, gracias. Hasta luego.",
            country=country,
        )
    ).promise

    assert (promise.amount if promise else None) == kept


@pytest.mark.parametrize(
    "said",
    [
        "No, mejor no me ponga nada todavía.",
        "No, no, mejor no quedemos en nada.",
        "Sí... no, mejor yo le aviso.",
        "Ay no, no me comprometa, mejor yo llamo.",
        "Sí. No, ¿sabe qué?, no me ponga nada.",
        "sí no mejor no quedemos en nada yo le aviso",
        "No lo anote todavía, señorita.",
        "no espere no mejor no me anote nada porque despues quedo mal yo le aviso",
        "Borre eso, por favor.",
    ],
)
def test_a_promise_that_is_taken_back_at_once_is_none(said: str) -> None:
    lines = ("D: El sábado le deposito los doscientos.", "A: Doscientos el sábado catorce.", f"D: {said}")
    assert weighed(told(*lines, "A: Listo, lo llamo el viernes.", "D: Bueno.")).promise is None


@pytest.mark.parametrize(
    "said",
    [
        "Sí, y no me ponga más recargos.",
        "Sí. Mejor yo le aviso cuando los deposite.",
        "Sí, pero no me anote en otra lista.",
        "Sí, y quíteme ese cargo.",
    ],
)
def test_what_only_sounds_like_taking_it_back_leaves_it(said: str) -> None:
    lines = ("D: El sábado le deposito los doscientos.", "A: Doscientos el sábado catorce.", f"D: {said}")
    promise = weighed(told(*lines, "A: Listo, gracias.", "D: Bueno.")).promise
    assert promise is not None
    assert (promise.amount, promise.date) == (Decimal(200), datetime.date(2026, 3, 14))


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("¿Está acompañado en este momento?", "Sí, acá está mi hermano."),
        ("¿Está sola ahorita mismo?", "Sí."),
        ("¿Hay alguien con usted hoy?", "Sí, mi hermana."),
        ("¿Se encuentra bien en este momento?", "Sí, más o menos."),
        ("¿Está manejando en este momento?", "Sí, voy en la carretera."),
    ],
)
def test_how_somebody_is_right_now_names_no_day_to_pay(asked: str, answer: str) -> None:
    lines = (
        "A: Su cuota de noviembre, quinientos treinta soles, venció el dieciséis.",
        "D: Me dio un infarto.",
    )
    assert weighed(told(*lines, f"A: Lo siento. {asked}", f"D: {answer}", country="PE")).promise is None


def test_a_payment_asked_for_right_now_is_one() -> None:
    lines = (
        "A: Su cuota es de quinientos treinta soles. ¿Está en condiciones de pagar en este momento?",
        "D: Sí.",
    )
    promise = weighed(told(*lines, "A: Quinientos treinta hoy, entonces.", "D: Sí.", country="PE")).promise
    assert promise is not None
    assert promise.date == datetime.date(2026, 3, 10)


@pytest.mark.parametrize(
    "lines",
    [
        (
            "D: Le puedo dar ciento cincuenta cada lunes.",
            "A: Ciento cincuenta cada lunes, empezando el próximo lunes dieciséis.",
            "D: Sí.",
        ),
        (
            "A: ¿Cuándo me da los cincuenta dólares?",
            "D: Mañana se los paso.",
            "A: Cincuenta dólares mañana, o su equivalente de trescientos noventa quetzales.",
            "D: Sí, mañana.",
        ),
    ],
)
def test_a_weekly_day_and_the_same_sum_in_another_currency_are_read_back(lines: tuple[str, ...]) -> None:
    promise = weighed(told(*lines, "A: Gracias.", "D: Gracias.")).promise
    assert promise is not None
    assert promise.read_back is not None
    assert promise.confirmed is not None


@pytest.mark.parametrize("marks", [True, False])
@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("Mañana no, el sábado.", 28),
        ("Mañana no, señorita, el sábado.", 28),
        ("Híjole, mañana no, hasta el sábado.", 28),
        ("Para mañana no, joven, para el sábado.", 28),
        ("Mañana no, mejor el sábado.", 28),
        ("Mañana no, oiga, el lunes.", 30),
        ("Mañana no.", None),
        ("Mañana no, imposible.", None),
        ("Sí, mañana. El sábado no, mañana.", 27),
    ],
)
def test_a_day_that_is_turned_down_flat_is_not_the_day(said: str, day: int | None, *, marks: bool) -> None:
    answer = said if marks else said.lower().replace(",", "").replace(".", "")
    promise = weighed(
        told(
            "A: Su cuota, doscientos noventa pesos, venció el dieciséis.",
            "D: Se me pasó, sí se los doy.",
            "A: Le anoto los doscientos noventa mañana viernes veintisiete.",
            f"D: {answer}",
            "A: En el Oxxo, entonces.",
            "D: Sí.",
            date=datetime.date(2026, 11, 26),
        )
    ).promise
    assert (promise.date.day if promise and promise.date else None) == day


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("El sábado no, no le voy a mentir. El cuatro completo, ándele.", (7400, 4)),
        ("El cuatro todo.", (7400, 4)),
        ("El día cuatro enterito, joven.", (7400, 4)),
        ("Mejor de un jalón, el cuatro.", (7400, 4)),
        ("El cuatro completo no puedo. Los dos mil quinientos el sábado.", (2500, 28)),
        ("Los dos mil quinientos, el sábado.", (2500, 28)),
        ("Dos mil quinientos. El sábado todo el día estoy ahí.", (2500, 28)),
    ],
)
def test_a_day_in_full_is_for_the_whole_debt_not_for_the_part_offered_beside_it(
    said: str, expected: tuple[int, int]
) -> None:
    noted = {
        7400: "Siete mil cuatrocientos el cuatro de diciembre",
        2500: "Dos mil quinientos el sábado",
    }
    promise = weighed(
        told(
            "A: Su adeudo, siete mil cuatrocientos pesos, venció el dieciséis.",
            "D: Ahorita no lo tengo.",
            "A: Puede ser el cuatro en una exhibición, o dos mil quinientos el sábado y lo demás el cuatro.",
            f"D: {said}",
            f"A: {noted[expected[0]]}, ¿en el banco o en la tienda?",
            "D: En la tienda, con doña Norma.",
            date=datetime.date(2026, 11, 26),
        )
    ).promise
    assert promise is not None
    assert promise.date is not None
    assert (promise.amount, promise.date.day) == expected
    assert promise.confirmed is not None
