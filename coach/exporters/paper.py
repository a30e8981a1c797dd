"""What Temple's papers share: A4, Inter, quiet colours, a foot on every page, and words that stay text.

Every word of a call is escaped: it can be no markup of the page.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table, TableStyle

from coach.exporters.words import day, word
from coach.shield import as_read
from coach.written import Language

STATIC = Path(__file__).parents[2] / "static"
INK, MUTED, LEAD, LINE = HexColor("#1B2830"), HexColor("#55626B"), HexColor("#0B6464"), HexColor("#D9D5CC")
COLOURS = {"pass": HexColor("#17703F"), "fail": HexColor("#B3261E"), "na": HexColor("#5F6B75")}
WAITS = HexColor("#8A5A00")
MARGIN = 18 * mm
WIDTH = A4[0] - 2 * MARGIN


def pdf(story: Sequence[Flowable], title: str, foot: str, language: Language, today: date) -> bytes:
    """The pages of `story`; `foot` stands beside the day at the foot of each."""
    out = io.BytesIO()
    document = SimpleDocTemplate(
        out,
        pagesize=A4,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN,
        bottomMargin=MARGIN + 6 * mm,
        title=title,
        author="Temple",
        lang="en" if language == "en" else "es",
    )
    document.build(list(story), canvasmaker=_Paper(language, foot, today).canvas)
    return out.getvalue()


def table(rows: Sequence[Sequence[Any]], widths: Sequence[float]) -> Table:
    """Rows under a head that is repeated on each page, with a line below each."""
    made = Table(list(rows), colWidths=list(widths), repeatRows=1, hAlign="LEFT")
    made.setStyle(
        TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LINEBELOW", (0, 0), (-1, -1), 0.5, LINE),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("TOPPADDING", (0, 0), (-1, -1), 3),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
            ]
        )
    )
    return made


class _Paper:
    """The foot of every page: the day, what it is of, which page of how many."""

    def __init__(self, language: Language, of: str, today: date) -> None:
        self.language, self.of, self.today = language, of, today

    def canvas(self, *args: Any, **options: Any) -> Canvas:
        paper = self

        class Numbered(Canvas):  # type: ignore[misc]
            """Knows only at the end how many pages there are: they are kept until then."""

            def __init__(self) -> None:
                super().__init__(*args, **options)
                self._pages: list[dict[str, Any]] = []

            def showPage(self) -> None:
                self._pages.append(dict(self.__dict__))
                self._startPage()

            def save(self) -> None:
                pages = self._pages
                for number, page in enumerate(pages, 1):
                    self.__dict__.update(page)
                    paper.foot(self, number, len(pages))
                    super().showPage()
                super().save()

        return Numbered()

    def foot(self, canvas: Canvas, number: int, of: int) -> None:
        canvas.setFont("Inter", 8)
        canvas.setFillColor(MUTED)
        made = word("made_on", self.language, day=day(self.today, self.language))
        canvas.drawString(MARGIN, 12 * mm, f"{made} · {self.of}")
        canvas.drawRightString(A4[0] - MARGIN, 12 * mm, word("page", self.language, n=number, of=of))


def text(words: str, style: str, colour: Color | None = None) -> Paragraph:
    """A paragraph of plain text, its markup characters escaped and control characters left out."""
    chosen = styles()[style]
    if colour is not None:
        chosen = ParagraphStyle(style, parent=chosen, textColor=colour)
    return Paragraph(plain(words).replace("\n", "<br/>"), chosen)


def plain(words: str) -> str:
    return escape("".join(c if c.isprintable() or c == "\n" else " " for c in as_read(words)))


@cache
def styles() -> dict[str, ParagraphStyle]:
    fonts()

    def style(
        name: str, size: float, *, bold: bool = False, colour: Color = INK, **more: Any
    ) -> ParagraphStyle:
        font = "Inter-Bold" if bold else "Inter"
        return ParagraphStyle(
            name, fontName=font, fontSize=size, leading=size * 1.4, textColor=colour, **more
        )

    return {
        "title": style("title", 18, bold=True),
        "points": style("points", 14, bold=True, colour=LEAD, spaceAfter=4),
        "group": style("group", 11, bold=True, spaceBefore=2, spaceAfter=2),
        "label": style("label", 8, colour=MUTED),
        "fact": style("fact", 9.5),
        "plain": style("plain", 9.5, spaceAfter=3),
        "cell": style("cell", 9),
        "verdict": style("verdict", 9, bold=True),
        "small": style("small", 8.5, colour=MUTED, spaceAfter=2),
        "quote": style("quote", 8.5, spaceAfter=2),
    }


@cache
def fonts() -> None:
    for name, file in (("Inter", "inter-regular.ttf"), ("Inter-Bold", "inter-bold.ttf")):
        pdfmetrics.registerFont(TTFont(name, str(STATIC / file)))
    pdfmetrics.registerFontFamily(
        "Inter", normal="Inter", bold="Inter-Bold", italic="Inter", boldItalic="Inter-Bold"
    )
