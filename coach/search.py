"""Words in transcripts, parts of names: asked of indices, the same answers from both databases."""

from __future__ import annotations

from typing import Any, Literal

from sqlalchemy import Boolean, ColumnElement, func, or_
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from coach.schema_lists import listed
from coach.stems import folded, stems

_SHORTEST = 3  # letters that the index of names can find

How = Literal["check", "gather", "each"]


def holds(text: str, how: How = "check", *, names: bool = True) -> ColumnElement[bool] | None:
    """`listed` calls in which all words of `text` are said, in any form and order, or whose id, account or
    debtor's name has `text` within; accents do not count. None where there is no word in it. What gives a
    person away in the words is not indexed (`coach.indexed`); without `names` only ids are looked at beside
    the words.

    The answer is the same however SQLite is told to get it: "check" the calls found otherwise against the
    numbers that the indices give, "gather" the calls by these numbers (they are few), or ask the indices
    about "each" call (many are held, and a page of them is wanted).
    """
    words = stems(text).strip()
    if not words:
        return None
    part = folded(text.strip())
    if not names:
        whole = _Said(listed.c.transcript_id, listed.c.named, words, part)
        return or_(whole, func.lower(listed.c.recording_id) == part)
    kind = _Short if len(part) < _SHORTEST else _KINDS[how]
    return kind(listed.c.transcript_id, listed.c.named, words, part)


class _Holds(FunctionElement[bool]):
    """(transcript's number, column of names, stems between spaces, folded text)"""

    type = Boolean()
    inherit_cache = True


class _Said(_Holds):
    """By the words alone."""

    inherit_cache = True


class _Gather(_Holds):
    inherit_cache = True


class _Each(_Holds):
    inherit_cache = True


class _Short(_Holds):
    """For a text that is shorter than what the index of names knows."""

    inherit_cache = True


_KINDS: dict[How, type[_Holds]] = {"check": _Holds, "gather": _Gather, "each": _Each}


def _of(element: _Holds, compiler: SQLCompiler, **kw: Any) -> list[str]:
    return [compiler.process(clause, **kw) for clause in element.clauses]


@compiles(_Holds)
def _postgres(element: _Holds, compiler: SQLCompiler, **kw: Any) -> str:
    transcript, named, words, part = _of(element, compiler, **kw)
    return f"({transcript} IN ({_said_postgres(words)}) OR strpos({named}, {part}) > 0)"


@compiles(_Said)
def _postgres_said(element: _Said, compiler: SQLCompiler, **kw: Any) -> str:
    transcript, _, words, _ = _of(element, compiler, **kw)
    return f"({transcript} IN ({_said_postgres(words)}))"


@compiles(_Said, "sqlite")
def _only_said(element: _Said, compiler: SQLCompiler, **kw: Any) -> str:
    transcript, _, words, _ = _of(element, compiler, **kw)
    return f"(+{transcript} IN (SELECT rowid FROM {_said(words)}))"  # noqa: S608


@compiles(_Holds, "sqlite")
def _check(element: _Holds, compiler: SQLCompiler, **kw: Any) -> str:
    return f"+{_gather(element, compiler, **kw)}"  # «+»: by no index of the column


@compiles(_Gather, "sqlite")
def _gather(element: _Holds, compiler: SQLCompiler, **kw: Any) -> str:
    transcript, _, words, part = _of(element, compiler, **kw)
    found = f"SELECT rowid FROM {_said(words)} UNION ALL SELECT rowid FROM {_named(part)}"  # noqa: S608
    return f"{transcript} IN ({found})"


@compiles(_Each, "sqlite")
def _each(element: _Each, compiler: SQLCompiler, **kw: Any) -> str:
    transcript, _, words, part = _of(element, compiler, **kw)
    said = f"SELECT 1 FROM {_said(words)} AND rowid = {transcript}"  # noqa: S608
    named = f"SELECT 1 FROM {_named(part)} AND rowid = {transcript}"  # noqa: S608
    return f"(EXISTS ({said}) OR EXISTS ({named}))"


@compiles(_Short, "sqlite")
def _short(element: _Short, compiler: SQLCompiler, **kw: Any) -> str:
    transcript, named, words, part = _of(element, compiler, **kw)
    return f"(+{transcript} IN (SELECT rowid FROM {_said(words)}) OR instr({named}, {part}) > 0)"  # noqa: S608


def _said_postgres(words: str) -> str:
    vector = "array_to_tsvector(string_to_array(btrim(stems), ' '))"  # as its index
    query = f"CAST(replace({words}, ' ', ' & ') AS tsquery)"
    return f"SELECT id FROM transcripts WHERE {vector} @@ {query}"  # noqa: S608 - values are bound


def _said(words: str) -> str:
    return f"transcript_words WHERE transcript_words MATCH {words}"


def _named(part: str) -> str:
    return f"listed_names WHERE listed_names MATCH '\"' || replace({part}, '\"', '\"\"') || '\"'"
