"""The order of names as Spanish has it: accents change nothing, Ñ comes after N and before O."""

from __future__ import annotations

import unicodedata
from typing import Any

from sqlalchemy import Column, ColumnElement, func
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import String

_AFTER_N = "n~"  # behind «nz»
# a mark may come as a sign of its own: that of Ñ counts while its letter is still there
_ALIKE = (
    {"n\u0303": _AFTER_N}
    | dict(zip("áéíóúüÁÉÍÓÚÜ", "aeiouuaeiouu", strict=True))
    | dict.fromkeys("ñÑ", _AFTER_N)
    | dict.fromkeys("\u0301\u0308", "")
)


def key(name: str) -> str:
    """What to sort by in Python."""
    whole = unicodedata.normalize("NFC", name).casefold().replace("ñ", _AFTER_N)
    return "".join(c for c in unicodedata.normalize("NFD", whole) if not unicodedata.combining(c))


def column(name: Column[str]) -> ColumnElement[str]:
    """What to sort by in the database, the same on both: SQLite knows capitals of ASCII only. No index helps:
    for lists of people; those of calls have `listed.agent_order`, which triggers write in the same way.
    """
    told: ColumnElement[str] = func.lower(name)
    for letter, plain in _ALIKE.items():
        told = func.replace(told, letter, plain)
    return _BySigns(told)


class _BySigns(FunctionElement[str]):
    """Compared by its signs, whatever the locale of the database: others put «~» before all letters."""

    type = String()
    inherit_cache = True


@compiles(_BySigns)
def _as_it_is(told: _BySigns, compiler: SQLCompiler, **how: Any) -> str:
    return compiler.process(told.clauses, **how)


@compiles(_BySigns, "postgresql")
def _collated(told: _BySigns, compiler: SQLCompiler, **how: Any) -> str:
    return f'({compiler.process(told.clauses, **how)}) COLLATE "C"'
