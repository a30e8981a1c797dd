"""The verdicts of a call, and the objections met in it, as a row of letters: each criterion has its place.

A database reads one short text a call where a row for each verdict would be twenty; joined end to end, the
texts of 200,000 calls are counted in one go. The full results stay where they were.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, func, insert, select

from coach.schema_lists import places
from rubrics.types import Outcome, Verdict

Kind = Literal["criterion", "objection"]

OUTCOMES: dict[Outcome, str] = {"pass": "p", "fail": "f", "na": "n"}  # a capital: waits for a person
NONE = "-"  # not judged; not met
_ONCE = ord("1") - 1  # an objection met n times is the n-th sign from «1» on: «1» … «9», «:», …


def outcomes(connection: Connection, verdicts: Mapping[str, Verdict]) -> str:
    """What `scorecards.outcomes` holds."""
    letters = {
        name: OUTCOMES[v.outcome].upper() if v.needs_review else OUTCOMES[v.outcome]
        for name, v in verdicts.items()
    }
    return _row(connection, "criterion", letters)


def said(connection: Connection, counts: Mapping[str, int]) -> str:
    """What `findings.said` holds: how often each objection was met."""
    return _row(connection, "objection", {name: chr(_ONCE + n) for name, n in counts.items()})


def known(connection: Connection, kind: Kind) -> dict[str, int]:
    """The place of each name that has one, in their order."""
    query = select(places.c.name, places.c.place).where(places.c.kind == kind).order_by(places.c.place)
    return {row.name: row.place for row in connection.execute(query)}


def padded(row: ColumnElement[str], width: int) -> ColumnElement[str]:
    """Rows of `width` letters: one from before a criterion was new is shorter."""
    return func.substr(row + NONE * width, 1, width)


def joined(row: ColumnElement[str]) -> ColumnElement[Any]:
    """The rows of all calls, end to end; NULL where there are none."""
    return func.aggregate_strings(row, "")


def columns(text: str | None, width: int) -> Iterator[str]:
    """The letters at each place, from rows of `width` letters end to end."""
    for place in range(width):
        yield (text or "")[place::width]


def _row(connection: Connection, kind: Kind, letters: Mapping[str, str]) -> str:
    at = known(connection, kind)
    if new := [name for name in letters if name not in at]:
        at = _place(connection, kind, new)
    row = [NONE] * len(at)
    for name, letter in letters.items():
        row[at[name]] = letter
    return "".join(row)


def _place(connection: Connection, kind: Kind, names: list[str]) -> dict[str, int]:
    """The places with `names` added at the end. There is one writer at a time: nobody else adds meanwhile."""
    at = known(connection, kind)
    following = select(func.coalesce(func.max(places.c.place), -1) + 1).where(places.c.kind == kind)
    first = int(connection.execute(following).scalar_one())
    added = {name: first + n for n, name in enumerate(name for name in names if name not in at)}
    rows = [{"kind": kind, "name": name, "place": place} for name, place in added.items()]
    if rows:
        connection.execute(insert(places), rows)
    return at | added
