"""Faults in plain words (threat, lawyer, weariness, scorn) are claimed in a call; harmless words are not."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from nlp.thresholds import call_bar
from tests.dialogue import dialogue

GRAVE = {"threat", "lawyer", "rude", "impatient"}


def claimed(said: str) -> set[str]:
    call = dialogue(
        f"""
        A: Buenas tardes, ¿hablo con Luis Vega?
        D: Sí, soy yo.
        A: Le llamo de Banco Sol por su cuota de 400 pesos, vencida hace un mes.
        D: Es que no me alcanzó este mes, me quedé sin trabajo.
        A: {said}
        D: Bueno.
        """
    )
    found = analyze(call).findings
    return {f.label for f in found if f.quote.turn == 4 and f.label in GRAVE and f.score >= call_bar(f.label)}


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("threat", "Por esto usted puede ir a la cárcel, señora."),
        ("threat", "la policia va a ir a buscarlo por esta deuda"),
        ("threat", "Le vamos a quitar la moto, quiera o no quiera."),
        ("threat", "Le quitamos la refrigeradora y el televisor si no cancela."),
        ("threat", "Vamos a ir a su trabajo a cobrarle delante de todos."),
        ("threat", "Le vamos a pegar un cartel de moroso en la puerta."),
        ("threat", "Sus compañeros de trabajo van a recibir un mensaje con su foto y lo que debe."),
        ("lawyer", "Le vamos a mandar una carta documento esta semana."),
        ("lawyer", "recibira un burofax de nuestros letrados"),
        ("lawyer", "nos veremos obligados a ejercitar las acciones legales oportunas"),
        ("lawyer", "su cuenta pasa a cobro prejuridico a partir de mañana"),
        ("lawyer", "vaya buscandose quien lo defienda porque esto ya sale de mis manos"),
        ("impatient", "Ya basta, no le voy a repetir más veces lo mismo."),
        ("impatient", "me tiene chato con tanta vuelta"),
        ("impatient", "¿Cuántas veces más se lo voy a tener que explicar?"),
        ("impatient", "A ver, por enésima vez, son doscientos mil pesos."),
        ("rude", "No sea bruto, hombre."),
        ("rude", "Con esa mentalidad nunca va a salir de pobre."),
    ],
)
def test_a_plain_fault_is_claimed(label: str, said: str) -> None:
    assert label in claimed(said)


@pytest.mark.parametrize(
    "said",
    [
        "No va a ir a la cárcel por esto, tranquilo.",
        "Si le robaron, ponga la denuncia ante la policía y me manda la copia.",
        "Le quitamos el recargo si paga hoy.",
        "Nadie le va a quitar su casa por esta deuda.",
        "Le mandamos una carta con el detalle de su cuenta.",
        "Su caso lo lleva ahora el área de convenios.",
        "No lo vamos a demandar, quiero ayudarle.",
        "¿Usted trabaja como actuario? Entonces sabe de números.",
        "Se lo repito con mucho gusto las veces que haga falta.",
        "No se apure, jefe, apunte con calma la referencia.",
        "Disculpe que se lo pregunte otra vez, se cortó.",
        "No es usted ninguna mentirosa, le creo.",
    ],
)
def test_what_shares_its_words_is_none(said: str) -> None:
    assert claimed(said) == set()
