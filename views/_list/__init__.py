"""A list of things to open: calls, agents. Rows are links, so that new tabs and the keyboard work.

`columns`: {"id", "label", "align"?: "right", "sort"?: true, "hide"?: true where the table is narrow
and no card yet; never a column that the list is for}.
`rows`: {"id", "href"? (without one the row opens nothing), "cells": {column id: {"text", "sub"?, "sign"?,
"kind"?, "chips"?}}}; `kind` is an outcome or "review". With `ticks` each row has a box before it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

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
    """Boxes before the rows. `one` stands before what the row's first cell says, for who cannot see it, `all`
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
    data = {"columns": columns, "rows": rows, "sort": sort, "ticks": boxes, "more": more()}
    result = _component(
        data=data, key=key, on_row_change=nothing, on_sort_change=nothing, on_ticked_change=nothing
    )
    told = result.get("ticked") or {}
    ticked = set(told.get("ids", ())) if ticks and told.get("round") == ticks.round else set()
    return Picked(
        result.get("row"), result.get("sort"), tuple(row["id"] for row in rows if row["id"] in ticked)
    )
