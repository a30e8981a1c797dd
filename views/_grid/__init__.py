"""A table of shares in one hue: rows are what is looked at, columns where; a wide one scrolls and says so.

`columns`: {"id", "label", "sub"?, "href"?}; the first one heads the rows. `rows`: {"id", "label", "sub"?,
"href"?, "group"?: a heading above it, "cells": {column id: {"text", "sub"?, "shade"?: 0..1, "faint"?: true,
"sign"?, "kind"?: an outcome or "review", "tip"?}}}. A darker shade asks for more attention.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from views._base import component, more, nothing

_component = component("temple_grid", Path(__file__).parent)


def grid(
    columns: list[dict[str, Any]], rows: list[dict[str, Any]], *, chosen: str = "", key: str
) -> tuple[str | None, str | None]:
    """Draw it; gives the row and the column whose head was just clicked, None for most runs."""
    data = {"columns": columns, "rows": rows, "chosen": chosen, "more": more()}
    result = _component(data=data, key=key, on_row_change=nothing, on_column_change=nothing)
    return result.get("row"), result.get("column")
