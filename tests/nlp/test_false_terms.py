"""Consequences held out to press for a payment that are false, or not the caller's to bring about."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from rubrics.loader import PACKS, load_pack, load_rubric
from rubrics.scoring import score
from rubrics.types import Verdict
from tests.dialogue import dialogue
from tests.rubrics.invariants import keeps_the_invariants


def verdicts(agent: str, country: str = "PE") -> dict[str, Verdict]:
    call = dialogue(
        f"""
        A: Buenos días, le habla Ana Ruiz, de Crédito Norte. ¿Hablo con don Darío Paz?
        D: Sí, soy yo.
        A: Don Darío, su cuota de mil soles venció hace diez días.
        D: No tengo plata este mes, señorita.
        A: {agent}
        D: Ah, bueno.
        A: Gracias por su tiempo, hasta luego.
        """,
        country=country,
    )
    card = score(call, analyze(call), load_rubric(), load_pack(PACKS / f"{country.lower()}.yaml"))
    keeps_the_invariants(call, card)
    return {**card.verdicts, **card.pack_verdicts}


@pytest.mark.parametrize(
    "said",
    [
        "Si usted no paga hoy, le cortamos la luz del negocio.",
        "Le vamos a cortar el agua de la casa si no abona hoy.",
        "Pague hoy o lo dejamos sin gas.",
        "Su nombre aparecerá en Infocorp por siete años si no abona hoy.",
        "Si no paga hoy, va a quedar en el Veraz de por vida.",
        "Mañana mismo lo subimos a DataCrédito por doce años si no consigna.",
        "Si no deposita hoy, lo meto en el buró de crédito.",
        "Si no paga, su nombre queda diez años en ASNEF.",
        "Si no paga hoy va a quedar manchado en DICOM.",
    ],
)
def test_what_is_held_out_falsely_waits_for_a_person_with_its_words(said: str) -> None:
    found = verdicts(said)
    threat = found["no_threats"]
    assert (threat.outcome, threat.needs_review) == ("pass", True)
    assert {quote.turn for quote in threat.evidence} == {4}
    assert found["explains_benefit"].outcome != "pass"


@pytest.mark.parametrize(
    "said",
    [
        "Según la ley, si no paga, el reporte queda en DataCrédito hasta cuatro años.",
        "Si no paga antes del treinta, el atraso se reporta al buró de crédito.",
        "Si paga hoy evita que el atraso aparezca en Infocorp.",
        "Si no paga el recibo, se le suspende el suministro el día quince, conforme al contrato.",
        "Para que no le corten la luz puede pagar hoy mismo.",
        "No lo metemos al buró, quédese tranquilo.",
    ],
)
def test_a_true_report_or_a_suspension_told_as_information_is_none(said: str) -> None:
    found = verdicts(said)["no_threats"]
    assert (found.outcome, found.needs_review) == ("pass", False)


def test_an_invented_term_on_the_record_is_told_under_the_countrys_rule() -> None:
    found = verdicts("Su nombre aparecerá en Infocorp por siete años si no abona hoy.")
    assert found["credit_record_wording"].outcome == "fail"
    assert found["credit_record_wording"].needs_review


def test_the_percent_sign_is_heard_as_the_word() -> None:
    from nlp.tagger import hear

    assert hear("Le quitan el 30 % de los intereses.", "agent").words.sounds[4] == "porsiento"
