"""Words in transcripts, parts of names: asked of indices, the same answers from both databases."""

from __future__ import annotations

from typing import Any, Literal

from sqlalchemy import Boolean, ColumnElement, and_, exists, func, or_
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from coach.schema import transcripts
from coach.schema_lists import listed
from coach.stems import MARK, folded, marked, phrases, stems

_SHORTEST = 3  # letters that the index of names can find

How = Literal["check", "gather", "each"]


def holds(
    text: str, how: How = "check", *, names: bool = True, health: bool = True
) -> ColumnElement[bool] | None:
    """`listed` calls in which all words of `text` are said, in any form and order, or whose id, account or
    debtor's name has `text` within; accents do not count. None where there is no word in it. What gives a
    person away in the words is not indexed (`coach.indexed`); without `names` only ids are looked at beside
    the words, without `health` nothing is found by what a debtor says of it. What stands between quotation
    marks must be said one after the other in this order, in any form too, or stand so in the name.

    The answer is the same however SQLite is told to get it: "check" the calls found otherwise against the
    numbers that the indices give, "gather" the calls by these numbers (they are few), or ask the indices
    about "each" call (many are held, and a page of them is wanted).
    """
    text, quoted = phrases(text)
    each = stems(text).split()
    if not each:
        return None
    words = "&".join(f"({one}|{MARK}{one})" if health else one for one in each)
    part = folded(" ".join(text.split()) if quoted else text.strip())
    held = _held(words, part, how, names=names)
    return and_(held, *(_in_order(one, names=names, health=health) for one in quoted)) if quoted else held


def _held(words: str, part: str, how: How, *, names: bool) -> ColumnElement[bool]:
    if not names:
        whole = _Said(listed.c.transcript_id, listed.c.named, words, part)
        return or_(whole, func.lower(listed.c.recording_id) == part)
    kind = _Short if len(part) < _SHORTEST else _KINDS[how]
    return kind(listed.c.transcript_id, listed.c.named, words, part)


def _in_order(phrase: str, *, names: bool, health: bool) -> ColumnElement[bool]:
    """Whether a phrase is said; asked of the calls that hold its words, as the index knows no order."""
    its = transcripts.c
    forms = (stems(phrase), marked(stems(phrase))) if health else (stems(phrase),)
    held = or_(*(its.stems.contains(one, autoescape=True) for one in forms))
    said = exists().where(its.id == listed.c.transcript_id, held)
    if not names:
        return or_(said, func.lower(listed.c.recording_id) == folded(phrase.strip()))
    return or_(said, listed.c.named.contains(folded(phrase.strip()), autoescape=True))


class _Holds(FunctionElement[bool]):
    """(transcript's number, column of names, stems with «&», «|» and brackets, folded text)"""

    type = Boolean()
    inherit_cache = True

    def self_group(self, against: Any = None) -> Any:
        """As it is: SQLAlchemy would write «= 1» behind it, and SQLite then be half as slow again."""
        return self


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
    query = f"CAST({words} AS tsquery)"
    return f"SELECT id FROM transcripts WHERE {vector} @@ {query}"  # noqa: S608 - values are bound


def _said(words: str) -> str:
    asked = f"replace(replace({words}, '|', ' OR '), '&', ' AND ')"
    return f"transcript_words WHERE transcript_words MATCH {asked}"


def _named(part: str) -> str:
    return f"listed_names WHERE listed_names MATCH '\"' || replace({part}, '\"', '\"\"') || '\"'"
