"""A list of things to open: calls, agents. Rows are links, so that new tabs and the keyboard work.

`columns`: {"id", "label", "align"?: "right", "sort"?: true, "hide"?: true on narrow screens}.
`rows`: {"id", "href"? (without one the row opens nothing), "cells": {column id: {"text", "sub"?, "sign"?,
"kind"?, "chips"?}}}; `kind` is an outcome or "review".
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from views._base import component, nothing

_component = component("temple_list", Path(__file__).parent)


@dataclass(frozen=True, slots=True)
class Picked:
    """What the person has just done: opened a row, or asked for an order. Both None most of the time."""

    row: str | None = None
    sort: str | None = None


def listing(columns: list[dict[str, Any]], rows: list[dict[str, Any]], *, sort: str = "", key: str) -> Picked:
    """Draw the list. `sort` is the column it is ordered by, with "-" before it where descending."""
    data = {"columns": columns, "rows": rows, "sort": sort}
    result = _component(data=data, key=key, on_row_change=nothing, on_sort_change=nothing)
    return Picked(result.get("row"), result.get("sort"))
