"""What was only waited for, noted otherwise, filed or told in words: verdicts that were sure and wrong."""

from __future__ import annotations

from datetime import date

import pytest

from nlp.analyze import analyze
from nlp.ladder import pairs
from rubrics.loader import load_rubric, pack_of
from rubrics.scoring import score
from rubrics.types import Scorecard, Verdict
from tests.dialogue import dialogue
from transcripts.types import Transcript

OPENING = """
    A: Buenas tardes, habla Óscar Villalta, de Crédito Norte. ¿Hablo con Graciela Montes?
    D: Sí, ella habla.
    A: Su cuota de dos mil ochocientos cincuenta venció el tres de noviembre.
"""


def call(lines: str, country: str = "MX") -> Transcript:
    return dialogue(f"{OPENING}{lines}", country=country, call_started_at="2026-11-24T10:00:00+00:00")


def judged(transcript: Transcript) -> Scorecard:
    return score(transcript, analyze(transcript), load_rubric(), pack_of(transcript.recording.country))


def vague(reply: str, country: str) -> Verdict:
    """«Maneja las objeciones» where the debtor left it vague and the agent says this."""
    said = call(
        f"""
        D: Ahorita no tengo, a ver si en la quincena le abono algo.
        A: {reply}
        D: Sí, pues.
        A: Gracias, que esté muy bien.
        """,
        country,
    )
    return judged(said).verdicts["handles_objections"]


@pytest.mark.parametrize(
    ("reply", "country"),
    [
        ("Claro, en la quincena. Yo espero su abono entonces.", "MX"),
        ("Bueno, quedo pendiente de su pago.", "CO"),
        ("Dale, esperamos su depósito entonces.", "AR"),
        ("Perfecto, estaremos atentos a su transferencia.", "CL"),
    ],
)
def test_a_vague_promise_taken_as_it_is_waits_for_a_person(reply: str, country: str) -> None:
    verdict = vague(reply, country)
    assert (verdict.outcome, verdict.needs_review) == ("fail", True), verdict
    assert "sin concretar" in verdict.reason


@pytest.mark.parametrize(
    ("reply", "country"),
    [
        ("Entiendo. ¿Qué día de la quincena y con cuánto? Yo espero su abono.", "MX"),
        ("Le entiendo. Puede abonar mil el lunes; quedo pendiente de su pago.", "CO"),
        ("Entiendo su situación. ¿Qué pasó este mes?", "PE"),
    ],
)
def test_who_makes_it_concrete_has_answered(reply: str, country: str) -> None:
    assert "sin concretar" not in vague(reply, country).reason


def test_a_claim_passed_on_today_and_a_payment_waited_for_are_no_ways_to_pay() -> None:
    said = call(
        """
        D: Los gastos de cobranza no los reconozco. Lo demás sí, pero ahorita no traigo.
        A: Se lo paso a aclaraciones hoy mismo con folio. Yo espero su abono entonces.
        D: Está bien.
        """
    )
    assert judged(said).verdicts["offers_alternatives"].outcome != "pass"


@pytest.mark.parametrize(
    "told",
    [
        "No, no, te informo nomás cómo sigue el proceso.",
        "Le explico a nombre de quién se hace el depósito.",
        "Le voy a explicar cómo sigue la cuenta.",
    ],
)
def test_what_is_told_asks_for_no_reason(told: str) -> None:
    said = call(f"D: No me cierran los números, es mucho.\nA: {told}\nD: Bueno.")
    assert judged(said).verdicts["asks_reason"].outcome == "fail"


@pytest.mark.parametrize(
    ("asked", "country"),
    [
        ("¿Qué cargo es el que no le cuadra? Lo reviso ahora.", "MX"),
        ("¿Cuál es la parte que no le cierra?", "AR"),
        ("¿Qué monto es el que no le calza?", "CL"),
    ],
)
def test_who_asked_which_part_is_not_advised_to_explore(asked: str, country: str) -> None:
    said = call(f"D: Esos intereses no proceden, está mal la cuenta.\nA: {asked}\nD: La mora.", country)
    for pair in pairs(said, analyze(said)):
        if pair.objection.label == "wrong_amount" and pair.objection.quote.turn == 3:
            assert "explore" not in pair.missing


def test_who_lets_a_driver_go_is_advised_nothing() -> None:
    said = dialogue(
        """
        A: Buenos días, soy Nuria Ferrer, de Crédito Norte. ¿Podría hablar con don Julián Pastor?
        D: Soy yo, pero me pillas conduciendo.
        A: Entonces no le entretengo. ¿A qué hora le viene bien que le vuelva a llamar?
        D: A partir de las cinco.
        A: Le llamo hoy a las cinco y cuarto. Gracias, don Julián, y buen viaje.
        D: Venga, hasta luego.
        """,
        country="ES",
    )
    verdicts = judged(said).verdicts
    assert verdicts["handles_objections"].outcome == "pass"
    assert "para la próxima" not in verdicts["handles_objections"].reason
    assert "para la próxima" not in verdicts["polite_close"].reason


@pytest.mark.parametrize(
    ("said", "country"),
    [
        ("o me deposita cien hasta el miércoles, o lo vemos el jueves", "EC"),
        ("pague mil hasta el lunes", "PE"),
    ],
)
def test_a_term_is_no_goodbye(said: str, country: str) -> None:
    heard = call(f"D: No tengo trabajo fijo.\nA: Vea, {said}.\nD: Ya veré.", country)
    assert not any(f.label == "goodbye" and f.quote.turn == 4 for f in analyze(heard).findings)


def test_a_request_that_a_rule_reproaches_is_not_surely_firm() -> None:
    card = judged(
        call(
            """
            D: No, yo no debo eso. Yo debía noventa mil y pagué una parte. ¿De dónde sacás eso?
            A: Es lo que me figura a mí en el sistema.
            D: Mandame el detalle, porque a mí los números no me cierran.
            A: ¿Podés hacer una transferencia de cien mil hoy?
            D: No puedo nada. Mandame el detalle.
            A: Bueno. Gracias, chau.
            """,
            "AR",
        )
    )
    firm, rule = card.verdicts["firm"], card.pack_verdicts["dispute_handling"]
    assert (rule.outcome, rule.needs_review) == ("fail", False)
    assert firm.outcome != "pass" or firm.needs_review, firm


@pytest.mark.parametrize(
    ("told", "outcome"),
    [
        (
            "Son cuatrocientos seis. Lo demás, los dos mil cuatrocientos pesos, ¿ese sí lo reconoce?",
            "pass",
        ),
        ("El resto, los mil quinientos, los paga el quince.", "fail"),
    ],
)
def test_a_debt_is_broken_down_in_words(told: str, outcome: str) -> None:
    said = call(f"D: Esos gastos de cobranza no proceden, está mal el monto.\nA: {told}\nD: Sí.")
    assert judged(said).pack_verdicts["breaks_down_debt"].outcome == outcome


def test_a_claim_that_was_filed_is_a_complaint_taken_up() -> None:
    said = call(
        """
        D: Pues los voy a demandar y me voy a quejar, ese cargo no procede.
        A: Se lo paso a aclaraciones hoy mismo con folio, y en cinco días hábiles le contestan por escrito.
        D: Bueno.
        """
    )
    assert judged(said).pack_verdicts["complaints_channel"].outcome == "pass"


@pytest.mark.parametrize(
    ("offered", "noted", "waits"), [("treinta y cinco", "treinta", True), ("treinta", "treinta", False)]
)
def test_a_sum_noted_lower_than_it_was_offered_is_told_with_both_quotes(
    offered: str, noted: str, *, waits: bool
) -> None:
    said = call(
        f"""
        D: Vea, le deposito {offered} el miércoles y ya.
        A: Ponga {noted} el miércoles. Ya quedó.
        D: Ya, chao.
        """,
        "EC",
    )
    findings = analyze(said)
    assert findings.promise is not None
    assert findings.promise.date == date(2026, 11, 25)
    read_back = judged(said).verdicts["reads_back_agreement"]
    assert "no hay turnos del agente" not in read_back.reason
    assert read_back.needs_review is waits
    assert [quote.turn for quote in read_back.evidence][:2] == ([3, 4] if waits else [4, 5])


@pytest.mark.parametrize(("day", "waits"), [("el viernes cinco", True), ("el viernes cuatro", False)])
def test_a_weekday_that_is_not_that_of_its_date_leaves_the_commitment_in_doubt(
    day: str, *, waits: bool
) -> None:
    said = call(f"D: Le pago dos mil pesos {day}.\nA: De acuerdo, dos mil pesos {day}.\nD: Sí, así quedamos.")
    verdict = judged(said).verdicts["gets_commitment"]
    assert (verdict.outcome, verdict.needs_review) == ("pass", waits), verdict


@pytest.mark.parametrize(
    "answer", ["Trescientos el miércoles y cien el viernes.", "Doscientos el miércoles."]
)
def test_another_part_or_a_lower_offer_is_no_sum_that_was_misheard(answer: str) -> None:
    said = call(f"D: {answer}\nA: Ponga trescientos el miércoles entonces.\nD: Sí, está bien.", "EC")
    assert "anotó otro" not in judged(said).verdicts["gets_commitment"].told
