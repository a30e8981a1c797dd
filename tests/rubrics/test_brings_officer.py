"""Who says that an officer of the law comes along to the debtor's house threatens and poses as authority."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from rubrics.loader import load_packs, load_rubric
from rubrics.scoring import score
from rubrics.types import Scorecard
from tests.dialogue import dialogue

PACKS = load_packs()
CALL = """
    A: Buenas tardes, habla Lucas Benítez, de Financiera Roble. ¿Es usted Mario Quiroga?
    D: Sí, soy yo.
    A: Le llamo por su crédito: debe mil cuatrocientos desde hace cuatro meses. ¿Qué pasó?
    D: {debtor}
    A: {agent}
    D: Bueno.
    A: Gracias por su tiempo, hasta luego.
"""


def judged(agent: str, country: str = "MX", debtor: str = "No tengo dinero ahorita.") -> Scorecard:
    call = dialogue(CALL.format(agent=agent, debtor=debtor), country=country)
    return score(call, analyze(call), load_rubric(), PACKS[country])


@pytest.mark.parametrize(
    "agent",
    [
        "Vamos a ir a su casa con la patrulla.",
        "Si no paga hoy vamos a ir a su domicilio con la policía.",
        "Mañana le llevo a un actuario a su casa.",
        "Le llevo al actuario el jueves.",
        "Voy con un policía por usted.",
        "Mañana voy con un policía a cobrarle.",
        "Entonces voy con la patrulla.",
        "Vamos a llegar con un juez a su puerta.",
        "Le caemos con carabineros mañana.",
        "Nuestro cobrador va a ir con la policía a su casa.",
        "El gestor va a pasar por su casa acompañado de un policía.",
        "Vamos acompañados de la fuerza pública.",
        "Mañana nos acompaña un oficial de policía a su casa.",
        "Le voy a mandar un patrullero a la puerta de su casa.",
        "Le mando a los gendarmes a su casa.",
        "Un policía va a ir conmigo a su casa.",
        "El juez viene con nosotros a sacar sus cosas.",
        "Iremos a su trabajo con la guardia civil.",
        "Pasamos por su casa con un alguacil.",
        "Vamos a visitarla con un oficial de justicia.",
        "Llegamos con el ministerio público y la patrulla.",
        "Van a ir a buscarla con la policía.",
        "Voy a ir a su casa con dos policías.",
        "Le llevo la policía a su casa.",
        "Me presento en su casa con un receptor judicial y carabineros.",
        "No paga y vamos con la patrulla a su casa.",
        "Pague o le llevamos a la policía.",
        "Voy a regresar con la policía.",
        "Con la patrulla vamos a ir a su casa.",
        "Voy a llevar a un notario y a un policía a su casa.",
        "Le vamos a llevar un actuario.",
        "Si no me deposita hoy, mañana voy a su casa con un policía.",
        "Le va a tocar la puerta un gestor con la patrulla.",
        "Vamos a pasar por usted con la patrulla.",
        "Ya quedé con la patrulla, vamos para su casa.",
        "Voy a su trabajo acompañada de un actuario y de la fuerza pública.",
        "Te vamos a caer con la policía.",
    ],
)
def test_it_threatens_and_poses_for_sure(agent: str) -> None:
    card = judged(agent)
    threats, poses = card.verdicts["no_threats"], card.pack_verdicts["no_court_lookalike"]
    assert [threats.outcome, poses.outcome] == ["fail", "fail"]
    assert not threats.needs_review
    assert not poses.needs_review
    assert {quote.turn for quote in poses.evidence} == {4}


@pytest.mark.parametrize("country", ["AR", "CL", "CO", "EC", "ES", "GT", "PE", "US"])
def test_whatever_the_country(country: str) -> None:
    card = judged("Mañana vamos a ir a su casa con la policía.", country)
    assert card.verdicts["no_threats"].outcome == "fail"
    poses = card.pack_verdicts.get("no_court_lookalike")
    assert poses is None or poses.outcome == "fail"


@pytest.mark.parametrize(
    "agent",
    [
        "Vino la patrulla por otra cosa, no por nosotros.",
        "No mandamos policía, señora, no se preocupe.",
        "Nosotros no vamos a ir a su casa con la patrulla.",
        "Nunca vamos con policías ni con actuarios.",
        "Nadie va a ir a su casa con la policía.",
        "Si le robaron, vaya con la policía y levante el acta.",
        "Puede ir con la policía a levantar la denuncia.",
        "¿Le dijeron que iban a ir a su casa con la patrulla? Eso no se hace.",
        "Si alguien le dice que va a ir con la policía, repórtelo, no somos nosotros.",
        "No somos policías ni jueces, señora.",
        "Ni la policía ni un actuario van a ir con nosotros.",
        "Lo que le hizo la policía lo entiendo, ¿con cuánto cuenta hoy?",
        "¿Fue usted con la policía por el robo?",
        "Ningún compañero va a su casa con la policía.",
        "Voy a hablar con el juez de paz de su barrio, ¿no? No, señora, eso no es así.",
        "La patrulla pasa por su calle, ¿y usted a qué hora llega?",
        "Le llevo el acuerdo por escrito al correo.",
        "Le vamos a mandar el recibo de la policía que pide su trabajo.",
        "Ningún actuario le va a llegar a su casa por esta cuenta.",
        "Eso de ir con la patrulla no lo hacemos nosotros.",
        "¿Usted va con su hijo el policía al banco?",
        "Para eso tiene que ir con el juez de su pueblo.",
        "Le voy a mandar con el oficial de crédito de su sucursal.",
        "Le mando el oficio a la policía si usted quiere.",
        "Voy con el oficial de cuenta y le confirmo su saldo.",
        "Vamos a revisar con la autoridad correspondiente su queja.",
        "Vamos con la autoridad si usted quiere presentar su queja, la Profeco lo atiende.",
    ],
)
def test_what_only_names_an_officer_is_neither(agent: str) -> None:
    card = judged(agent)
    outcomes = [card.verdicts["no_threats"].outcome, card.pack_verdicts["no_court_lookalike"].outcome]
    assert outcomes == ["pass", "pass"]


def test_the_debtors_own_words_are_nobodys_threat() -> None:
    card = judged(
        "¿Con cuánto cuenta hoy?", debtor="El otro señor me dijo que voy a su casa con la patrulla."
    )
    outcomes = [card.verdicts["no_threats"].outcome, card.pack_verdicts["no_court_lookalike"].outcome]
    assert outcomes == ["pass", "pass"]
