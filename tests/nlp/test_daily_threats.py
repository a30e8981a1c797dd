"""Threats and lawyers in everyday words of each country, and what sounds like them and is none."""

from __future__ import annotations

import pytest

from tests.nlp.test_mockery import verdicts


@pytest.mark.parametrize(
    "said",
    [
        "No quisiera tener que poner su nombre en la entrada del mercado.",
        "Le pegamos el cartel en la tienda y ya.",
        "Toda la cuadra va a saber qué clase de persona es.",
        "Su portal entero va a saber que no paga.",
        "Su nombre va a salir en la lista del grupo de la colonia.",
        "Le aviso al conjunto residencial que usted es mala paga.",
        "van a ir los cobradores con megafono",
        "Voy a tener que comunicarme a su centro de trabajo.",
        "En recursos humanos van a querer saber de esto.",
        "Usted no querrá que su gerente se entere.",
        "El oficio le llega a su patrón.",
        "Yo llamo a su jefatura y les cuento.",
        "El sábado va la camioneta por la lavadora.",
        "Vaya desocupando el refrigerador.",
        "Le marcamos los muebles y después se los llevan.",
        "Vamos a ir a su chacra a sacar los animales.",
        "Le caemos el sábado a la casa con el móvil.",
        "Mañana tiene a los receptores en la puerta.",
        "los muchachos van y le cobran alla",
        "Le mandamos a los de recaudo y ellos no son tan decentes.",
        "Ya anda una camioneta nuestra por su colonia, nada más le aviso.",
        "La próxima vez no va a ser una llamada.",
        "No me haga ir para allá.",
        "Tenemos fotos de su negocio por si hiciera falta.",
        "Yo sé dónde estudia su hija.",
        "Hay quien durmió en los separos por menos.",
        "A otra clienta por no pagar le fue muy mal.",
        "Le van a quitar los cupones de comida.",
        "Si no paga, le van a suspender la beca de sus hijos.",
        "De aquí a que le quiten la pensión por esto hay un paso.",
    ],
)
def test_harm_in_everyday_words_is_a_threat_that_waits_for_a_person(said: str) -> None:
    found = verdicts(said)["no_threats"]
    assert found.outcome == "fail"
    assert found.evidence


@pytest.mark.parametrize(
    "said",
    [
        "La vimos el domingo muy contenta en la feria.",
        "Ahí tengo la placa de su moto anotada.",
        "Le puede pasar algo feo.",
    ],
)
def test_what_may_be_talk_waits_for_a_person(said: str) -> None:
    found = verdicts(said)["no_threats"]
    assert (found.outcome, found.needs_review) == ("pass", True)


@pytest.mark.parametrize(
    "said",
    [
        "Esto lo va a ver ya el área contenciosa.",
        "Si no, lo turno con los del bufete.",
        "El siguiente paso es la vía ejecutiva.",
        "Su caso queda en manos del departamento de litigios.",
        "Procede lo que marca el código de comercio.",
        "Va a tener que contratar quien la defienda.",
        "La vamos a llamar a conciliación.",
        "Va a tener que presentarse a declarar.",
        "Nuestro attorney se encarga.",
        "Le ponen un lien y un judgment.",
        "Ya tenemos lista la demanda, solo falta la firma.",
        "Presentamos un monitorio.",
        "Lo lleva el procurador.",
        "Va a recibir carta documento.",
        "Se lo pasamos a los licenciados de lo civil.",
        "eso ya se ve con el notario y el juez",
    ],
)
def test_the_law_by_another_name_is_named(said: str) -> None:
    found = verdicts(said)["no_lawyer"]
    assert found.outcome == "fail"
    assert found.evidence


@pytest.mark.parametrize(
    "said",
    [
        "Nadie de aquí le va a hablar a su jefe, eso está prohibido.",
        "No vamos a poner su nombre en ningún lado.",
        "Nadie va a ir a su casa a sacar los animales.",
        "¿La camioneta pasó por la lavadora de la garantía?",
        "Si le quitan la beca a su hijo, me avisa y lo vemos.",
        "Entiendo que le van a quitar la pensión, qué difícil.",
        "La próxima vez la llamo por la tarde.",
        "¿A qué hora sale su hija de la escuela, para no interrumpir?",
        "Tengo la foto de su comprobante.",
        "La vi en la sucursal el lunes.",
        "Le quitamos el recargo y la comisión.",
        "Si prefiere, le llamo a su trabajo en la tarde.",
        "¿Su esposo trabaja en el área jurídica?",
        "Le atiende su ejecutiva de cuenta.",
        "No hay ninguna demanda, señora.",
        "Le puede defender esas horas la Procuraduría del Trabajo.",
        "¿Ya le llamaron a conciliación por lo del despido?",
        "Si quiere, consúltelo con un bufete.",
    ],
)
def test_denials_help_and_other_matters_are_neither(said: str) -> None:
    found = verdicts(said)
    assert (found["no_threats"].outcome, found["no_lawyer"].outcome) == ("pass", "pass")
