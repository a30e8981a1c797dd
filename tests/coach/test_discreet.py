"""Reasons that tell of an illness or a death, in a person's words too, and those that only sound so."""

from __future__ import annotations

import pytest

from coach import discreet
from rubrics.case_conditions import NO_SPECIAL_CASE
from rubrics.types import Verdict


def told(reason: str) -> str:
    return discreet.unspoken(Verdict("fail", reason), frozenset()).reason


@pytest.mark.parametrize(
    "reason",
    [
        "No hay duda: el deudor dijo que está enfermo.",
        f"{NO_SPECIAL_CASE} Pero la deudora está enferma.",
        "Insistió de más.\nLa deudora contó una enfermedad.",
        "Se le murió la mamá y siguió cobrando.",
        "se le murio el esposo",
        "Le habló de su cáncer y no lo oyó.",
        "Estaba internada y le pidió el pago.",
        "Llamaba desde el hospital.",
        "Lo operaron el lunes.",
        "Dijo que perdió a su hermano.",
        "El caso\nespecial no se vio.",
        "Tuvo un accidente y va al médico.",
        "The debtor said his wife died.",
    ],
)
def test_a_reason_that_tells_of_it_is_covered(reason: str) -> None:
    assert told(reason) == discreet.HIDDEN


@pytest.mark.parametrize(
    "reason",
    [
        NO_SPECIAL_CASE,
        "Ofreció sacarlo de su fondo de emergencia.",
        "Lo amenazó de muerte: es una amenaza.",
        "Hubo tiempos muertos de medio minuto.",
        "Canceló la cita por accidente, con hospitalidad.",
        "Se comprometió a cancelar; la medición de silencio es larga.",
        "Lo trató con un saludo amable y preguntó por su salud.",
        "Dio el número interno de la oficina.",
    ],
)
def test_a_reason_that_only_sounds_so_stays(reason: str) -> None:
    assert told(reason) == reason
