"""A person's word takes the machine's doubt out of the reason that the agent reads."""

from __future__ import annotations

import pytest

from rubrics.hesitation import without_doubt


@pytest.mark.parametrize(
    ("reason", "sure"),
    [
        (
            "El deudor no se comprometió a un monto en una fecha; tal vez está dicho de otro modo (turno 7): "
            "se buscó en toda la llamada.",
            "El deudor no se comprometió a un monto en una fecha: se buscó en toda la llamada.",
        ),
        (
            "No dice la despedida; tal vez está dicho de otro modo (turnos 3, 5 y 9): se buscó en el turno 9."
            " Una parte no se oyó bien, por eso conviene escucharla.",
            "No dice la despedida: se buscó en el turno 9.",
        ),
        (
            "Antes sí reconoció algo (turno 2), por eso conviene escucharlo.",
            "Antes sí reconoció algo (turno 2).",
        ),
        (
            "Se oye una amenaza (turno 3). Fue al responder a lo que dijo el deudor: conviene que una "
            "persona lo escuche.",
            "Se oye una amenaza (turno 3). Fue al responder a lo que dijo el deudor.",
        ),
        (
            "Varias veces parece haber burlas (turnos 3 y 5): conviene que una persona lo escuche.",
            "Se oye burlas (turnos 3 y 5).",
        ),
        (
            "Tal vez haya burlas (turno 3), pero las palabras no bastan para decirlo.",
            "No se oye burlas.",
        ),
        (
            "Tal vez el deudor se comprometió con monto y fecha (turno 6), pero no es seguro.",
            "El deudor se comprometió con monto y fecha (turno 6).",
        ),
        (
            "Tal vez habló de la deuda antes de confirmar al titular (turno 2): no se oyó bien.",
            "Habló de la deuda antes de confirmar al titular (turno 2).",
        ),
        (
            "Saluda. Habló también otra voz, que no es del agente: decida una persona.",
            "Saluda.",
        ),
        ("«No tengo» (turno 4): se reconoce, pero tal vez no se atiende.", None),
        ("Saluda y se presenta.", "Saluda y se presenta."),
    ],
)
def test_no_doubt_is_left_in_what_a_person_has_decided(reason: str, sure: str | None) -> None:
    said = without_doubt(reason)
    assert "tal vez" not in said.casefold()
    assert "conviene" not in said
    assert sure is None or said == sure
