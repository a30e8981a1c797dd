"""Small charts as SVG files, in the product's colours, light and dark: a dot for the value, a band for its
interval, a line for the bar that is aimed at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, NAMES, ROW, TOP = 720, 270, 24, 28
_STYLE = """
 text { font: 13px Inter, "Helvetica Neue", Arial, sans-serif; fill: #1B2830 } .muted { fill: #55626B }
 .back { fill: #FFFFFF } .grid { stroke: #E3E0D8 } .aim { stroke: #9A5B00; stroke-dasharray: 4 3 }
 .band { fill: #0B6464; opacity: .22 } .dot { fill: #0B6464 }
 @media (prefers-color-scheme: dark) {
  text { fill: #E9EDEF } .muted { fill: #A7B2B9 } .back { fill: #1A2328 } .grid { stroke: #33414A }
  .aim { stroke: #E5B454 } .band, .dot { fill: #5CC0B5 }
 }
"""


@dataclass(frozen=True, slots=True)
class Bar:
    """`low` and `high` are the ends of the interval, where there is one; `told` stands at the right."""

    name: str
    value: float
    low: float | None = None
    high: float | None = None
    told: str = ""


def bars(title: str, rows: Sequence[Bar], *, start: float, end: float, aim: float | None = None) -> str:
    """An SVG of one row a bar on an axis from `start` to `end`, with a line at `aim`."""
    height = TOP + ROW * len(rows) + 26
    room = WIDTH - NAMES - 130

    def x(value: float) -> float:
        return round(NAMES + room * (min(max(value, start), end) - start) / (end - start), 1)

    bottom = TOP + ROW * len(rows)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-label="{escape(title)}"><style>{_STYLE}</style>',
        f'<rect class="back" width="{WIDTH}" height="{height}" rx="10"/>',
    ]
    for step in range(5):
        value = start + (end - start) * step / 4
        parts += [
            f'<line class="grid" x1="{x(value)}" x2="{x(value)}" y1="{TOP - 6}" y2="{bottom}"/>',
            f'<text class="muted" x="{x(value)}" y="{bottom + 18}" text-anchor="middle">{value:g}</text>',
        ]
    if aim is not None:
        parts.append(f'<line class="aim" x1="{x(aim)}" x2="{x(aim)}" y1="{TOP - 12}" y2="{bottom}"/>')
    for place, row in enumerate(rows):
        middle = TOP + ROW * place + ROW / 2
        parts.append(f'<text x="{NAMES - 12}" y="{middle + 4}" text-anchor="end">{escape(row.name)}</text>')
        if row.low is not None and row.high is not None:
            width = max(2.0, round(x(row.high) - x(row.low), 1))
            parts.append(
                f'<rect class="band" x="{x(row.low)}" y="{middle - 7}" width="{width}" height="14" rx="4"/>'
            )
        parts.append(f'<circle class="dot" cx="{x(row.value)}" cy="{middle}" r="4.5"/>')
        parts.append(f'<text class="muted" x="{WIDTH - 118}" y="{middle + 4}">{escape(row.told)}</text>')
    return "\n".join([*parts, "</svg>\n"])
