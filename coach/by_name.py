"""The order of names as Spanish has it: accents change nothing, Ñ comes after N and before O."""

from __future__ import annotations

import unicodedata

from sqlalchemy import Column, ColumnElement, func

_AFTER_N = "n~"  # behind «nz»
_ALIKE = dict(zip("áéíóúüÁÉÍÓÚÜ", "aeiouuaeiouu", strict=True)) | dict.fromkeys("ñÑ", _AFTER_N)


def key(name: str) -> str:
    """What to sort by in Python."""
    whole = unicodedata.normalize("NFC", name).casefold().replace("ñ", _AFTER_N)
    return "".join(c for c in unicodedata.normalize("NFD", whole) if not unicodedata.combining(c))


def column(name: Column[str]) -> ColumnElement[str]:
    """What to sort by in the database, the same on both: SQLite knows capitals of ASCII only. No index helps:
    for lists of people, not of calls.
    """
    told: ColumnElement[str] = func.lower(name)
    for letter, plain in _ALIKE.items():
        told = func.replace(told, letter, plain)
    return told
