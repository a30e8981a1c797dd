"""A list of things to open: calls, agents. Rows are links, so that new tabs and the keyboard work.

`columns`: {"id", "label", "align"?: "right", "sort"?: true, "hide"?: true where the table is narrow
and no card yet; never a column that the list is for}.
`rows`: {"id", "href"? (without one the row opens nothing), "cells": {column id: {"text", "sub"?, "sign"?,
"kind"?, "chips"?}}}; `kind` is an outcome or "review". With `ticks` each row has a box before it.
A link to a call says from which screen it leads, and each link is named so that no two sound alike.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

from views import _pages
from views._base import component, more, nothing

_component = component("temple_list", Path(__file__).parent)


@dataclass(frozen=True, slots=True)
class Picked:
    """What the person has just done: opened a row, or asked for an order. Both None most of the time.

    `ticked`: ids of the rows shown whose boxes are ticked, in the order of the rows.
    """

    row: str | None = None
    sort: str | None = None
    ticked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ticks:
    """Boxes before the rows. `one` stands before what the row is named by, for who cannot see it, `all`
    at the head; another `round` than before empties all boxes.
    """

    one: str
    all: str
    round: int


def listing(
    columns: list[dict[str, Any]],
    rows: list[dict[str, Any]],
    *,
    sort: str = "",
    ticks: Ticks | None = None,
    key: str,
) -> Picked:
    """Draw the list. `sort` is the column it is ordered by, with "-" before it where descending."""
    boxes = asdict(ticks) if ticks else None
    names = _names(columns, rows)
    drawn = [_led(row) | {"name": name} for row, name in zip(rows, names, strict=True)]
    data = {"columns": columns, "rows": drawn, "sort": sort, "ticks": boxes, "more": more()}
    result = _component(
        data=data, key=key, on_row_change=nothing, on_sort_change=nothing, on_ticked_change=nothing
    )
    told = result.get("ticked") or {}
    ticked = set(told.get("ids", ())) if ticks and told.get("round") == ticks.round else set()
    return Picked(
        result.get("row"), result.get("sort"), tuple(row["id"] for row in rows if row["id"] in ticked)
    )


def _led(row: dict[str, Any]) -> dict[str, Any]:
    screen, _, address = row.get("href", "").partition("?")
    if screen != "call":
        return row
    return row | {"href": f"call?{urlencode(_pages.led(dict(parse_qsl(address))))}"}


def _names(columns: list[dict[str, Any]], rows: list[dict[str, Any]]) -> list[str]:
    """What each row is called where it is heard, not seen: its first cell, and of the others as many as it
    takes to tell it from the rest.
    """
    said = [[_said(row["cells"].get(column["id"]) or {}) for column in columns] for row in rows]
    names = []
    for parts in said:
        for n in range(1, len(columns) + 1):
            if sum(other[:n] == parts[:n] for other in said) == 1:
                break
        names.append(", ".join(part for part in parts[:n] if part))
    return names


def _said(cell: dict[str, Any]) -> str:
    return ", ".join(part for part in (cell.get("text"), *cell.get("chips", ()), cell.get("sub")) if part)
