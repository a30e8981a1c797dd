"""What each country calls its money and where its people pay: `countries.yaml` and `channels.yaml`, read
once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from nlp.text import plain, sound
from nlp.types import NlpError
from nlp.yaml_trouble import read

_HERE = Path(__file__).parent
LEAST_UNIT = 100  # a smaller one alone is no sum: «un peso»


@dataclass(frozen=True, slots=True)
class Unit:
    """One word for money: how much of which currency; `currency` None is the country's own."""

    value: Decimal
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class Country:
    """`units` by the sounds of their words; `signs` by the sign, None for the country's own currency."""

    currency: str | None = None
    drops_thousand: bool = False  # «le pago cincuenta» is 50,000
    month_first: bool = False  # «3/5» may be the fifth of March
    units: dict[tuple[str, ...], Unit] = field(default_factory=dict)
    signs: dict[str, str | None] = field(default_factory=dict)


class _Unit(BaseModel):
    model_config = ConfigDict(extra="forbid")
    value: Decimal
    currency: str | None = None


class _Country(BaseModel):
    model_config = ConfigDict(extra="forbid")
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")] | None = None
    drops_thousand: bool = False
    month_first: bool = False
    units: dict[str, _Unit | Decimal] = {}
    signs: dict[str, str | None] = {}


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")
    common: _Country
    countries: dict[str, _Country]


@cache
def country_of(code: str | None) -> Country:
    """The money words of `code` (ISO 3166-1 alpha-2); an unknown country knows the common words only."""
    file = _read()
    own = file.countries.get((code or "").upper(), _Country())
    units = {_key(word): _unit(unit) for word, unit in (file.common.units | own.units).items()}
    return Country(own.currency, own.drops_thousand, own.month_first, units, file.common.signs | own.signs)


@cache
def country_with(currency: str) -> str | None:
    """The country whose own currency it is; None where it is that of several, like the dollar, or of none."""
    found = [code for code, one in _read().countries.items() if one.currency == currency]
    return found[0] if len(found) == 1 else None


@cache
def currencies() -> tuple[str, ...]:
    """The currencies (ISO 4217) in which sums are heard, in the order of the file's countries."""
    return tuple(dict.fromkeys(one.currency for one in _read().countries.values() if one.currency))


@cache
def unit_words(code: str | None) -> frozenset[str]:
    """The first words of the units of which a single one may be a sum."""
    units = country_of(code).units
    return frozenset(words[0] for words, unit in units.items() if unit.value >= LEAST_UNIT)


@cache
def channels() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Ways to pay: shown name -> phrases, each a tuple of plain words; `*` stands for any ending."""
    raw = read(_HERE / "channels.yaml")
    return {str(name): tuple(tuple(plain(p).split()) for p in phrases) for name, phrases in raw.items()}


@cache
def _read() -> _File:
    path = _HERE / "countries.yaml"
    try:
        return _File.model_validate(read(path))
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"]) or "el archivo"
        raise NlpError(f"{path.name}: «{where}» no tiene la forma de los demás. Corríjalo.") from error


def _key(word: str) -> tuple[str, ...]:
    return tuple(sound(part) for part in word.split())


def _unit(unit: _Unit | Decimal) -> Unit:
    return Unit(unit.value, unit.currency) if isinstance(unit, _Unit) else Unit(unit)
