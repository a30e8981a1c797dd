"""The lists of phrases, ways to pay and countries that people may edit."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import nlp
from nlp.channels import channels_in
from nlp.countries import channels, country_of
from nlp.phrases import _lists, phrases
from nlp.types import NlpError

CODE = "\n".join(path.read_text(encoding="utf-8") for path in Path(nlp.__path__[0]).glob("*.py"))


@pytest.mark.parametrize("name", _lists())
def test_every_list_is_a_pattern_and_somebody_uses_it(name: str) -> None:
    assert phrases(name).pattern
    family = name.partition("_")[0] + "_{"
    assert f'"{name}"' in CODE or family in CODE or f"@{name}" in " ".join(_lists().values())


def test_unknown_list_says_so() -> None:
    with pytest.raises(NlpError, match="no existe la lista «nada»"):
        phrases("nada")


@pytest.mark.parametrize("code", ["MX", "CO", "CL", "PE", "AR", "ES", "GT", "EC", "CR", "US"])
def test_every_country_has_its_money(code: str) -> None:
    country = country_of(code)

    assert re.fullmatch("[A-Z]{3}", country.currency or "")
    assert country.units


@pytest.mark.parametrize("name", channels())
def test_every_way_to_pay_is_found_by_its_first_phrase(name: str) -> None:
    said = " ".join(channels()[name][0]).replace("*", "s")

    assert name in [channel.name for channel in channels_in(f"Lo hago {said} mañana.")]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Paso por el Efecty.", [("Efecty", True)]),
        ("por PSE no", [("PSE", False)]),
        ("No, por OXXO no me sirve, mejor por SPEI.", [("OXXO", False), ("SPEI", True)]),
        ("Se lo yapeo.", [("Yape", True)]),
        ("Se lo pago.", []),
    ],
)
def test_ways_to_pay(said: str, expected: list[tuple[str, bool]]) -> None:
    assert [(channel.name, channel.wanted) for channel in channels_in(said)] == expected
