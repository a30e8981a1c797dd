"""Goods fetched and the debtor held, told with no «embargo» and no «cárcel»; a court by its local name."""

from __future__ import annotations

import pytest

from tests.nlp.test_mockery import verdicts


@pytest.mark.parametrize(
    "said",
    [
        "Si no paga, vamos por sus cosas.",
        "Entonces vamos a pasar por la pantalla y la estufa.",
        "mañana pasamos por su refrigerador",
        "Vamos a tener que pasar por la moto.",
        "Vamos a ir a recoger la pantalla.",
        "Nos toca ir a sacarle la nevera y el televisor.",
        "El gestor va a pasar por la sala mañana.",
        "Le van a levantar la moto.",
        "Le tienen que entregar la sala si no paga.",
        "Pague hoy para que no tengamos que ir por la lavadora.",
        "We will repossess the car, señora.",
        "Por esto la pueden detener, señora.",
        "sabe que por esto puede acabar detenida verdad",
        "La pueden llevar detenida, señora.",
        "Va a salir esposada de su casa.",
        "Le vamos a poner una orden de prisión.",
        "Le van a girar boleta de captura.",
        "Eso se paga con cárcel.",
        "Nos vamos a ver en la necesidad de ir con su patrón.",
        "Voy a tener que ir con su jefe.",
    ],
)
def test_goods_that_are_fetched_and_who_is_held_are_threats_for_a_person_to_hear(said: str) -> None:
    found = verdicts(said)["no_threats"]
    assert found.outcome == "fail"
    assert found.evidence
    assert found.needs_review


@pytest.mark.parametrize(
    "said",
    [
        "Si ya no la usa, puede devolver la pantalla y se le descuenta de la cuenta.",
        "El técnico va a pasar por la lavadora mañana para la garantía.",
        "¿Va a pasar usted por la moto a la tienda?",
        "Lo que debe es por la pantalla que compró en mayo.",
        "No vamos a ir por sus cosas, quédese tranquila.",
        "Vamos por partes, señora.",
        "Con ese pago le detienen los intereses.",
        "El cobro lo pueden detener con un abono hoy.",
        "El trámite puede quedar detenido si falta un papel.",
        "¿Y de esa venta cuánto puede ir al préstamo?",
        "Nadie la va a detener por una deuda, señora.",
        "Por una deuda no hay orden de captura.",
        "¿Pudo levantar la denuncia por el robo? Ojalá los puedan detener.",
    ],
)
def test_goods_given_back_mended_or_left_and_what_else_is_stopped_are_none(said: str) -> None:
    assert verdicts(said)["no_threats"].outcome == "pass"


@pytest.mark.parametrize(
    "said",
    [
        "Esto pasa a la coactiva.",
        "su deuda se va a coactiva señora elisa",
        "El caso va a ir a court.",
        "We're going to take this to court, señora.",
        "La compañía le va a poner un lawsuit.",
    ],
)
def test_a_court_by_its_local_or_english_name_is_one(said: str) -> None:
    assert verdicts(said)["no_lawyer"].outcome == "fail"


@pytest.mark.parametrize(
    "said", ["Esto no pasa a la coactiva.", "La cuota va a la cooperativa, ahí la paga."]
)
def test_a_court_that_is_denied_or_another_house_is_none(said: str) -> None:
    assert verdicts(said)["no_lawyer"].outcome == "pass"
