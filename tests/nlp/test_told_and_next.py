"""How late by the day of each month, what is given back, what is signed next, parts or a wait."""

from __future__ import annotations

import pytest

from nlp.tagger import hear


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("lateness_said", "Su pago es del día once de cada mes y el de noviembre no cayó."),
        ("lateness_said", "Su payment estaba due el primero de noviembre."),
        ("lateness_said", "Está past due thirty days."),
        ("plain_benefit", "Con el segundo pago queda sin punitorios y le vuelvo a habilitar el margen."),
        ("plain_benefit", "Con cualquiera de los dos no le reportan el late al buró."),
        ("comes_to_sign", "Lo espero el viernes con su cédula para firmar el convenio."),
        ("comes_to_sign", "Me mandas el capture."),
        ("offers_choice", "Ciento quince cada viernes por cuatro viernes, o esperamos al quince."),
    ],
)
def test_it_is_heard(label: str, said: str) -> None:
    assert label in hear(said, "agent").found


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("due_each_month", "Su pago es de novecientos pesos cada mes."),
        ("given_back", "Con cualquiera de los dos le reportan el atraso al buró."),
        ("comes_to_sign", "Usted vino a firmar el contrato en marzo."),
        ("parts_or_wait", "Son ciento quince cada viernes."),
    ],
)
def test_what_only_sounds_like_it_is_none(label: str, said: str) -> None:
    assert label not in hear(said, "agent").found
