"""Words in transcripts, parts of names: asked of indices, the same answers from both databases."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, ColumnElement, or_
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from coach.schema_lists import listed
from coach.stems import folded, stems

_SHORTEST = 3  # letters that the index of names can find


def holds(text: str) -> ColumnElement[bool] | None:
    """`listed` calls in which all words of `text` are said, in any form and order, or whose id, account or
    debtor's name has `text` within; accents do not count. None where there is no word in it.
    """
    words = stems(text).strip()
    if not words:
        return None
    part = folded(text.strip())
    named = _Named if len(part) >= _SHORTEST else _NamedShort
    return or_(
        _Said(listed.c.transcript_id, words), named(listed.c.scorecard_id, listed.c.named, part)
    ).self_group()


class _Said(FunctionElement[bool]):
    """(transcript's number, stems between spaces): every stem is in it."""

    type = Boolean()
    inherit_cache = True


class _Named(FunctionElement[bool]):
    """(scorecard's number, column, folded text of three letters or more): the text is within."""

    type = Boolean()
    inherit_cache = True


class _NamedShort(FunctionElement[bool]):
    """The same for less than three letters."""

    type = Boolean()
    inherit_cache = True


def _of(element: FunctionElement[bool], compiler: SQLCompiler, **kw: Any) -> list[str]:
    return [compiler.process(clause, **kw) for clause in element.clauses]


@compiles(_Said)
def _said_postgres(element: _Said, compiler: SQLCompiler, **kw: Any) -> str:
    key, words = _of(element, compiler, **kw)
    vector = "array_to_tsvector(string_to_array(btrim(stems), ' '))"  # as its index
    query = f"CAST(replace({words}, ' ', ' & ') AS tsquery)"
    return f"{key} IN (SELECT id FROM transcripts WHERE {vector} @@ {query})"  # noqa: S608 - bound values


@compiles(_Said, "sqlite")
def _said_sqlite(element: _Said, compiler: SQLCompiler, **kw: Any) -> str:
    key, words = _of(element, compiler, **kw)
    return f"{key} IN (SELECT rowid FROM transcript_words WHERE transcript_words MATCH {words})"  # noqa: S608


@compiles(_Named)
@compiles(_NamedShort)
def _named_postgres(element: FunctionElement[bool], compiler: SQLCompiler, **kw: Any) -> str:
    _, named, part = _of(element, compiler, **kw)
    return f"strpos({named}, {part}) > 0"


@compiles(_Named, "sqlite")
def _named_sqlite(element: _Named, compiler: SQLCompiler, **kw: Any) -> str:
    key, _, part = _of(element, compiler, **kw)
    phrase = f"'\"' || replace({part}, '\"', '\"\"') || '\"'"
    return f"{key} IN (SELECT rowid FROM listed_names WHERE listed_names MATCH {phrase})"  # noqa: S608


@compiles(_NamedShort, "sqlite")
def _named_short_sqlite(element: _NamedShort, compiler: SQLCompiler, **kw: Any) -> str:
    _, named, part = _of(element, compiler, **kw)
    return f"instr({named}, {part}) > 0"
