"""Who may speak: the debtor who is not let finish, the agent who will, and what only sounds like it."""

from __future__ import annotations

import pytest

from nlp.tagger import hear


@pytest.mark.parametrize(
    "text",
    [
        "Es que no me deja hablar, señor.",
        "Déjeme hablar, por favor, no me interrumpa.",
        "Oiga, pero déjeme acabar de hablar, que me corta a cada rato.",
        "ni me deja explicarle",
        "¿Me va a dejar hablar?",
        "Dejame hablar, che.",
        "no me ha dejado explicarle nada",
        "me interrumpe todo el tiempo",
        "Déjeme terminar, joven.",
        "quiero explicarle y me corta",
        "yo solo le estaba contando por que no he",
        "nomás le estaba explicando",
        "todavía no termino de hablar, señorita",
    ],
)
def test_a_debtor_who_is_not_let_speak_says_so(text: str) -> None:
    assert "not_let_speak" in hear(text, "debtor").found


@pytest.mark.parametrize(
    "text",
    [
        "Déjeme hablar con mi esposo y le digo.",
        "Déjeme hablarlo en la casa.",
        "aquí no me dejan hablar por teléfono",
        "mi jefe no me deja hablar en el trabajo",
        "se me corta a cada rato la llamada",
        "me cortan la luz a cada rato",
        "no me corte el servicio por favor",
        "Déjeme terminar de pagar el carro.",
        "déjeme terminar este trabajo y le marco",
        "Déjeme explicarle, es que me enfermé.",
        "la otra señorita no me dejó hablar",
        "si me deja pagar el viernes",
        "solo le quería decir que ya pagué",
        "como le estaba diciendo, cobro el quince",
        "todavía no termino el turno",
    ],
)
def test_who_asks_somebody_else_or_has_work_to_finish_does_not(text: str) -> None:
    assert "not_let_speak" not in hear(text, "debtor").found


@pytest.mark.parametrize(
    "text",
    [
        "Permítame, permítame, déjeme terminar. Mañana cierra el corte.",
        "No, no, no, escúcheme usted a mí. Necesito el pago mañana.",
        "no me interrumpa",
        "señora, déjeme hablar",
        "ahora me escucha usted a mí",
        "todavía no termino, señora",
        "permítame terminar de explicarle",
        "si si ya pero escuche le voy a explicar como funciona esto",
        "que ya señora que ya lo he oido que cuando paga",
        "No me explique, señora, dígame cuándo.",
        "Luego me cuenta, ahorita los números.",
        "Antes de que siga: ¿cuándo paga?",
        "Señora, no me interesa lo que pasó.",
        "Al grano, señora.",
    ],
)
def test_an_agent_who_will_finish_says_so(text: str) -> None:
    assert "keeps_the_floor" in hear(text, "agent").found


@pytest.mark.parametrize(
    "text",
    [
        "Déjeme terminar de anotar sus datos.",
        "Permítame terminar el registro.",
        "Déjeme hablar con mi supervisor.",
        "No lo interrumpo, siga.",
        "disculpe que la interrumpa",
        "Escúcheme, por favor, le tengo una opción.",
        "le dejo hablar, dígame",
        "Sí, pero mire, hay otra opción.",
        "Ya lo entendí, señora, gracias por decirme.",
        "Mañana me cuenta cómo le fue.",
    ],
)
def test_who_has_a_task_to_finish_or_gives_way_does_not(text: str) -> None:
    assert "keeps_the_floor" not in hear(text, "agent").found
