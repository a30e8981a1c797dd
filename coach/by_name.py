"""The order of names as Spanish has it: marks on letters change nothing, Ñ comes after N and before O."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Any

from sqlalchemy import Column, ColumnElement
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import String

FUNCTION = "by_name"
_AFTER_N = "n~"  # behind «nz»
_MARKS = range(0x300, 0x370)  # signs of their own that stand on the letter before
_MARKED = (range(0xC0, 0x250), range(0x1E00, 0x1F00))  # Latin letters that have one on them


def key(name: str) -> str:
    """What to sort by in Python."""
    whole = unicodedata.normalize("NFC", name).casefold().replace("ñ", _AFTER_N)
    return "".join(c for c in unicodedata.normalize("NFD", whole) if not unicodedata.combining(c))


def on_sqlite(name: str | None) -> str | None:
    """What `coach.database` gives SQLite as `FUNCTION`."""
    return None if name is None else key(name)


def column(name: Column[str]) -> ColumnElement[str]:
    """What to sort by in the database. No index helps: for lists of people; those of calls have
    `recordings.agent_order`, written with each call.
    """
    return _ByName(name)


class _ByName(FunctionElement[str]):
    """Compared by its signs, whatever the locale of the database: others put «~» before all letters."""

    type = String()
    inherit_cache = True


@compiles(_ByName)
def _by_function(told: _ByName, compiler: SQLCompiler, **how: Any) -> str:
    return f"{FUNCTION}({compiler.process(told.clauses, **how)})"


@compiles(_ByName, "postgresql")
def _by_letters(told: _ByName, compiler: SQLCompiler, **how: Any) -> str:
    """A mark may come as a sign of its own: that of Ñ counts while its letter is still there."""
    name = f"lower({compiler.process(told.clauses, **how)})"
    for letter in ("n\u0303", "ñ", "Ñ"):
        name = f"replace({name}, '{letter}', '{_AFTER_N}')"
    return f"translate({name}, '{_letters()[0]}', '{_letters()[1]}') COLLATE \"C\""


@cache
def _letters() -> tuple[str, str]:
    """Letters and what each is sorted as; those past the end of the second are left out."""
    plain = {chr(code): key(chr(code)) for codes in _MARKED for code in codes}
    single = {letter: its for letter, its in plain.items() if len(its) == 1 and its != letter}
    return "".join([*single, *map(chr, _MARKS)]), "".join(single.values())
