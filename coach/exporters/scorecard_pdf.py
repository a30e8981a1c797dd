"""A call's scorecard on paper: two pages of A4 at the most usual, readable in black and white.

Every word of a call is escaped: it can be no markup of the page.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
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
from reportlab.platypus import Flowable, KeepTogether, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from coach.exporters.words import day, word
from coach.types import Call
from coach.written import Language, duration, money
from rubrics.settled import Settled
from rubrics.types import Criterion, Pack, Rubric, Verdict
from transcripts.types import Quote

STATIC = Path(__file__).parents[2] / "static"
INK, MUTED, LEAD, LINE = HexColor("#1B2830"), HexColor("#55626B"), HexColor("#0B6464"), HexColor("#D9D5CC")
COLOURS = {"pass": HexColor("#17703F"), "fail": HexColor("#B3261E"), "na": HexColor("#5F6B75")}
WAITS = HexColor("#8A5A00")
MARGIN = 18 * mm
AROUND = 60  # characters of the turn shown on either side of a short quote
MOST = {"pass": 1, "fail": 3, "na": 0}  # quotes of a verdict on paper
LONGEST = 320  # characters of a quote or a reason on paper


def scorecard_pdf(
    call: Call, now: Settled, form: Rubric, pack: Pack | None, language: Language = "es", *, today: date
) -> bytes:
    """The scorecard as its viewer may see it: `call` and `now` are what `coach.releases` gives the viewer."""
    _fonts()
    out = io.BytesIO()
    paper = _Paper(language, call.scorecard.rubric.partition("+")[0], today)
    document = SimpleDocTemplate(
        out,
        pagesize=A4,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN,
        bottomMargin=MARGIN + 6 * mm,
        title=f"{word('scorecard', language)} · {call.id}",
        author="Temple",
        lang="en" if language == "en" else "es",
    )
    story = [*_head(call, language), *_result(call, now, language), *_groups(call, now, form, pack, language)]
    document.build(story, canvasmaker=paper.canvas)
    return out.getvalue()


def _head(call: Call, language: Language) -> list[Flowable]:
    recording = call.transcript.recording
    facts = [
        ("agent", recording.agent or recording.agent_login or word("unknown", language)),
        ("debtor", recording.debtor_name),
        ("day", day(recording.call_started_at, language)),
        ("duration", duration(call.transcript.duration_s)),
        ("company", recording.company),
        ("portfolio", recording.portfolio),
    ]
    cells = [[_text(word(name, language), "label"), _text(value, "fact")] for name, value in facts if value]
    half = (len(cells) + 1) // 2
    rows = [
        [*left, *(cells[half + at] if half + at < len(cells) else ("", ""))]
        for at, left in enumerate(cells[:half])
    ]
    table = Table(rows, colWidths=[22 * mm, 65 * mm, 22 * mm, 65 * mm], hAlign="LEFT")
    table.setStyle(TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0)]))
    return [_text(word("scorecard", language), "title"), Spacer(1, 2 * mm), table, Spacer(1, 4 * mm)]


def _result(call: Call, now: Settled, language: Language) -> Iterator[Flowable]:
    card = call.scorecard
    if card.evaluable != "yes":
        name = "not_evaluable" if card.evaluable == "no" else "partly"
        yield _text(word(name, language, why=card.evaluable_reason), "plain")
    if card.evaluable != "no":
        yield _text(_points(now, language), "points")
    if now.void:
        would = word("would_be", language, n=round(now.would_be)) if now.would_be is not None else ""
        yield _text(f"{word('void', language)}. {would}", "plain", COLOURS["fail"])
    elif now.to_confirm:
        yield _text(word("to_confirm", language), "plain", WAITS)
    if now.to_review:
        name = "to_review_one" if now.to_review == 1 else "to_review"
        yield _text(word(name, language, n=now.to_review), "plain", MUTED)
    yield _text(_promise(call, language), "plain")
    yield Spacer(1, 3 * mm)


def _points(now: Settled, language: Language) -> str:
    if now.points is None:
        return f"{word('points', language)}: {word('no_points', language)}"
    low, high = now.points_low, now.points_high
    open_range = low is not None and high is not None and round(low) != round(high)
    value = f"{round(low or 0)}–{round(high or 0)}" if open_range else f"{round(now.points)}"
    return f"{word('points', language)}: {value} {word('of_100', language)}"


def _promise(call: Call, language: Language) -> str:
    found = call.findings.promise
    if found is None:
        return word("no_promise", language)
    country = call.transcript.recording.country
    parts = []
    if found.amount is not None:
        parts.append(money(found.amount, found.currency, country))
    if found.date is not None:
        parts.append(day(found.date, language))
    if not found.firm:
        parts.append(word("promise_vague", language))
    parts.append(word("read_back" if found.read_back else "not_read_back", language))
    return f"{word('promise', language)}: {', '.join(parts)}."


def _groups(
    call: Call, now: Settled, form: Rubric, pack: Pack | None, language: Language
) -> Iterator[Flowable]:
    by_group: dict[str, list[Criterion]] = {}
    for criterion in form.criteria:
        if criterion.id in now.verdicts:
            by_group.setdefault(criterion.group, []).append(criterion)
    for name, criteria in by_group.items():
        yield from _group(call, word(name, language), criteria, now, language)
    rules = [
        rule
        for rule in (pack.rules if pack else ())
        if rule.id in now.pack_verdicts and now.pack_verdicts[rule.id].outcome != "na"
    ]
    if pack and rules:
        country = pack.label_en if language == "en" and pack.label_en else pack.label
        yield from _group(call, word("country", language, country=country), rules, now, language)


def _group(
    call: Call, title: str, criteria: Sequence[Criterion], now: Settled, language: Language
) -> Iterator[Flowable]:
    verdicts = now.verdicts | now.pack_verdicts
    rows = [[_text(word(name, language), "label") for name in ("criterion", "verdict", "why")]]
    rows += [_row(call, one, verdicts[one.id], now, language) for one in criteria]
    table = Table(rows, colWidths=[46 * mm, 26 * mm, 102 * mm], repeatRows=1, hAlign="LEFT")
    table.setStyle(
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
    head = _text(title, "group")
    yield KeepTogether([head, table]) if len(rows) < 6 else head
    if len(rows) >= 6:
        yield table
    yield Spacer(1, 3 * mm)


def _row(call: Call, one: Criterion, verdict: Verdict, now: Settled, language: Language) -> list[Flowable]:
    label = one.label_en if language == "en" and one.label_en else one.label
    if getattr(one, "advice", False):
        label = word("advice", language, label=label)
    said = word(verdict.outcome, language)
    colour = COLOURS[verdict.outcome]
    if verdict.needs_review:
        said, colour = word("review", language, said=said), WAITS
    why = [_text(_cut(verdict.reason), "small")]
    why += [_quoted(call, quote, language) for quote in verdict.evidence[: MOST[verdict.outcome]]]
    if verdict.outcome == "fail" and one.better:
        why.append(_text(word("better", language, text=one.better), "small", LEAD))
    if one.id in now.suggestions:
        why.append(_text(word("suggestion", language), "small", MUTED))
    return [_text(label, "cell"), _text(said, "verdict", colour), why]


def _quoted(call: Call, quote: Quote, language: Language) -> Paragraph:
    """The quote in bold with the words around it, and where it is said."""
    text = call.transcript.turns[quote.turn].text
    before, after = text[max(0, quote.start - AROUND) : quote.start], text[quote.end : quote.end + AROUND]
    if quote.start > AROUND:
        before = f"… {before.partition(' ')[2]}"
    if quote.end + AROUND < len(text):
        after = f"{after.rpartition(' ')[0]} …"
    said = f"«{_plain(before)}<b>{_plain(_cut(quote.text))}</b>{_plain(after)}»"
    return Paragraph(f"{said} ({word('turn', language, n=quote.turn + 1)})", _styles()["quote"])


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rpartition(' ')[0]} …"


class _Paper:
    """The foot of every page: the form, the day, which page of how many."""

    def __init__(self, language: Language, form: str, today: date) -> None:
        self.language, self.form, self.today = language, form, today

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
        canvas.drawString(MARGIN, 12 * mm, f"{made} · {word('form', self.language, form=self.form)}")
        canvas.drawRightString(A4[0] - MARGIN, 12 * mm, word("page", self.language, n=number, of=of))


def _text(text: str, style: str, colour: Color | None = None) -> Paragraph:
    """A paragraph of plain text, its markup characters escaped and control characters left out."""
    chosen = _styles()[style]
    if colour is not None:
        chosen = ParagraphStyle(style, parent=chosen, textColor=colour)
    return Paragraph(_plain(text).replace("\n", "<br/>"), chosen)


def _plain(text: str) -> str:
    return escape("".join(c if c.isprintable() or c == "\n" else " " for c in text))


@cache
def _styles() -> dict[str, ParagraphStyle]:
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
def _fonts() -> None:
    for name, file in (("Inter", "inter-regular.ttf"), ("Inter-Bold", "inter-bold.ttf")):
        pdfmetrics.registerFont(TTFont(name, str(STATIC / file)))
    pdfmetrics.registerFontFamily(
        "Inter", normal="Inter", bold="Inter-Bold", italic="Inter", boldItalic="Inter-Bold"
    )
