"""Somebody of a court, its paper or a judge held over the debtor, in every country's words: harm and law."""

from __future__ import annotations

import pytest

from tests.nlp.test_mockery import verdicts


@pytest.mark.parametrize(
    "said",
    [
        "Si no, va a tener que darle explicaciones al juez.",
        "Si no, pasa un oficial de justicia a hacer inventario.",
        "Un oficial de justicia le va a tocar el timbre.",
        "Si no, le llega el receptor.",
        "Un receptor, con timbre y todo. Y tú vas a tener que ir a explicarle al señor del tribunal.",
        "Si no, el secuestre va por la nevera.",
        "Si no, va el procurador con la comisión del juzgado.",
        "Si no, le cae un exhorto.",
        "Si no, esto lo mira el de toga.",
        "Después le va a tocar contárselo a su señoría.",
        "Le va a llegar el actuario con el notificador.",
        "Va a recibir una visita del actuario en su casa.",
        "El ujier va a ir a su casa con los papeles.",
        "Va a tener que abrirle al alguacil.",
        "Lo va a visitar el martillero.",
        "Le mandan una cédula de notificación a su trabajo.",
        "Los del juzgado le van a tocar la puerta.",
        "Pague hoy, para que no le llegue el receptor.",
    ],
)
def test_a_court_that_comes_is_a_threat_and_a_mention_of_the_law(said: str) -> None:
    found = verdicts(said)
    assert (found["no_threats"].outcome, found["no_lawyer"].outcome) == ("fail", "fail")


@pytest.mark.parametrize(
    "said",
    [
        "Si no, a los muebles los vamos a ir a buscar.",
        "Vamos a ir a buscar la heladera.",
        "¿Su gerente sabe cómo maneja usted sus cuentas?",
        "¿Su jefe ya sabe que usted debe?",
        "¿Y en su trabajo saben que está moroso?",
        "Eso ya lo ve la gente de arriba, y esos no llaman: esos notifican.",
    ],
)
def test_goods_fetched_and_the_boss_held_out_as_a_question_are_threats(said: str) -> None:
    assert verdicts(said)["no_threats"].outcome == "fail"


@pytest.mark.parametrize(
    "said",
    [
        "La gente de su trabajo habla mucho, ¿verdad?",
        "¿Su esposo sabe cuánto debe usted?",
        "Si no, le llega un notificador.",
        "Se lo va a explicar usted al juez.",
    ],
)
def test_what_only_hints_at_it_waits_for_a_person(said: str) -> None:
    found = verdicts(said)["no_threats"]
    assert (found.outcome, found.needs_review) == ("pass", True)


@pytest.mark.parametrize(
    "said",
    [
        "El receptor del pago es el banco.",
        "Le llega al receptor de la transferencia en un minuto.",
        "El oficial de la caja le da su recibo.",
        "El oficial de crédito le llega con el contrato a su casa.",
        "No le va a llegar ningún actuario, esté tranquila.",
        "Aquí nadie le va a mandar un oficial de justicia.",
        "Su primo el juez le va a decir lo mismo.",
        "Entiendo que su cuñado es juez y llega el viernes.",
        "Puede acudir al procurador del consumidor.",
        "Lo exhorto a pagar el viernes.",
        "¿Su esposo sabe que usted está enferma?",
        "Su encargado sabe cuándo cae la quincena.",
        "En su trabajo nadie va a saber nada.",
        "Vamos a ir a buscar la mejor opción para usted.",
        "Los muebles los vamos a ir a retirar por la garantía.",
    ],
)
def test_a_receiver_a_cousin_or_a_denial_threatens_nobody(said: str) -> None:
    found = verdicts(said)["no_threats"]
    assert (found.outcome, found.needs_review) == ("pass", False)
