"""The weekly report on paper: a page or two of A4 in the manner of the scorecard."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from reportlab.graphics.shapes import Circle, Drawing, Line, Rect, String
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer, Table, TableStyle

from coach.exporters.paper import COLOURS, LEAD, LINE, MUTED, WIDTH, pdf, styles, table, text
from coach.exporters.weekly_story import Figure, Section, Story
from coach.rows import WeekRow
from coach.written import Language

HIGH, LEFT, BOTTOM = 34 * mm, 8 * mm, 6 * mm


def weekly_pdf(story: Story, trend: Sequence[WeekRow], language: Language = "es", *, today: date) -> bytes:
    """The same sections as the page."""
    return pdf(list(_pages(story, trend)), story.title, story.foot, language, today)


def _pages(story: Story, trend: Sequence[WeekRow]) -> Iterator[Flowable]:
    yield text(story.title, "title")
    yield text(story.subtitle, "small")
    yield Spacer(1, 3 * mm)
    yield _figures(story.figures)
    yield Spacer(1, 4 * mm)
    first, *rest = story.sections
    yield from _section(first)
    if known := [row for row in trend if row.points.value is not None]:
        note = text(story.trend_note, "small")
        yield KeepTogether([text(story.trend_title, "group"), _chart(known), note, Spacer(1, 3 * mm)])
    for section in rest:
        yield from _section(section)


def _figures(figures: Sequence[Figure]) -> Table:
    cells = [
        [text(one.label, "label"), text(one.value, "points"), text(one.note, "small")] for one in figures
    ]
    made = Table([cells], colWidths=[WIDTH / len(cells)] * len(cells), hAlign="LEFT")
    made.setStyle(
        TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("BOX", (0, 0), (-1, -1), 0.5, LINE),
                ("INNERGRID", (0, 0), (-1, -1), 0.5, LINE),
            ]
        )
    )
    return made


def _section(section: Section) -> Iterator[Flowable]:
    tone = COLOURS["fail"] if section.tone else None
    parts: list[Flowable] = [text(section.title, "group", tone)]
    parts += [text(line, "plain") for line in section.lines]
    if section.table is not None:
        rows = [[text(one, "label") for one in section.table.head]]
        rows += [[text(cell, "cell") for cell in row] for row in section.table.rows]
        first, others = WIDTH * 0.4, len(section.table.head) - 1
        parts.append(table(rows, [first] + [(WIDTH - first) / others] * others))
    for words, source in section.quotes:
        parts += [Spacer(1, 1.5 * mm), text(words, "quote"), text(source, "small")]
    parts.append(Spacer(1, 3 * mm))
    yield KeepTogether(parts)


def _chart(rows: Sequence[WeekRow]) -> Drawing:
    """A dot for each week's mean and a band for its interval, from 0 to 100."""
    styles()  # the fonts
    made = Drawing(WIDTH, HIGH)
    for mark in (0, 50, 100):
        y = _y(mark)
        made.add(Line(LEFT, y, WIDTH, y, strokeColor=LINE, strokeWidth=0.5))
        made.add(String(0, y - 2.5, str(mark), fontName="Inter", fontSize=7, fillColor=MUTED))
    step = (WIDTH - LEFT) / len(rows)
    for at, row in enumerate(rows):
        x, points = LEFT + step * (at + 0.5), row.points
        if points.low is not None and points.high is not None:
            low, high = _y(points.low), _y(points.high)
            band = {"fillColor": LEAD, "fillOpacity": 0.22, "strokeColor": None}
            made.add(Rect(x - 3, low, 6, max(1, high - low), rx=3, ry=3, **band))
        made.add(Circle(x, _y(points.value or 0.0), 2.4, fillColor=LEAD, strokeColor=None))
        day = f"{row.monday:%d/%m}"
        made.add(String(x, 1, day, fontName="Inter", fontSize=7, fillColor=MUTED, textAnchor="middle"))
    return made


def _y(points: float) -> float:
    return float(BOTTOM + (HIGH - BOTTOM - 3 * mm) * points / 100)
