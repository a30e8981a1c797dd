"""The weekly report as one page that needs nothing else: own styles, no script, the chart as SVG."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from html import escape

from coach.exporters.figures import made_on
from coach.exporters.page import page
from coach.exporters.weekly_story import Section, Story
from coach.rows import WeekRow
from coach.written import Language

WIDE, HIGH, EDGE = 640, 150, 28
_STYLE = """
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(170px,1fr));gap:12px;margin:20px 0}
.figures .card{margin:0}.value{font-size:24px;font-weight:600;font-variant-numeric:tabular-nums}
.fail h2{color:var(--fail)}
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:13px;font-variant-numeric:tabular-nums}
th,td{text-align:left;padding:6px 8px 6px 0;border-bottom:1px solid var(--line);vertical-align:top}
th{color:var(--muted);font-weight:500}td:nth-child(n+2),th:nth-child(n+2){text-align:right}
blockquote{margin:12px 0 0;padding:0 0 0 12px;border-left:3px solid var(--amber)}
svg{width:100%;height:auto;display:block}svg text{font:12px Inter,system-ui,sans-serif;fill:var(--muted)}
@media print{section,.card,figure{break-inside:avoid;padding:10px}
.figures{grid-template-columns:repeat(4,1fr)}}
"""


def weekly_html(story: Story, trend: Sequence[WeekRow], language: Language = "es", *, today: date) -> bytes:
    """The page; every word of a call and of a name in it is text."""
    return page(story.title, "\n".join(_body(story, trend, language, today)), _STYLE, language)


def _body(story: Story, trend: Sequence[WeekRow], language: Language, today: date) -> Iterator[str]:
    yield f'<header><h1>{escape(story.title)}</h1><p class="muted">{escape(story.subtitle)}</p></header>'
    yield '<div class="figures">'
    for one in story.figures:
        yield (
            f'<div class="card"><div class="muted">{escape(one.label)}</div>'
            f'<div class="value">{escape(one.value)}</div><div class="muted">{escape(one.note)}</div></div>'
        )
    yield "</div>"
    first, *rest = story.sections
    yield from _section(first)
    if known := [row for row in trend if row.points.value is not None]:
        yield f"<figure><h2>{escape(story.trend_title)}</h2>{_chart(known, story.trend_title)}"
        yield f"<figcaption>{escape(story.trend_note)}</figcaption></figure>"
    for section in rest:
        yield from _section(section)
    yield f'<p class="muted">{escape(made_on(today, language))}</p>'


def _section(section: Section) -> Iterator[str]:
    yield f'<section class="{section.tone}">' if section.tone else "<section>"
    yield f"<h2>{escape(section.title)}</h2>"
    yield from (f"<p>{escape(line)}</p>" for line in section.lines)
    if section.table is not None:
        heads = "".join(f'<th scope="col">{escape(one)}</th>' for one in section.table.head)
        rows = "".join(
            f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in section.table.rows
        )
        yield f'<div class="wide"><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'
    for text, source in section.quotes:
        yield f'<blockquote>{escape(text)}<div class="from">{escape(source)}</div></blockquote>'
    yield "</section>"


def _chart(rows: Sequence[WeekRow], title: str) -> str:
    """A dot for each week's mean and a band for its interval, from 0 to 100."""
    label = "; ".join(f"{row.monday:%d/%m}: {row.points.value:.0f} (n {row.points.n})" for row in rows)
    parts = [f'<svg viewBox="0 0 {WIDE} {HIGH}" role="img" aria-label="{escape(f"{title}. {label}")}">']
    for mark in (0, 50, 100):
        y = _y(mark)
        line = f'<line x1="{EDGE}" x2="{WIDE}" y1="{y:.1f}" y2="{y:.1f}" stroke="var(--line)"/>'
        parts.append(f'{line}<text x="0" y="{y + 4:.1f}">{mark}</text>')
    step = (WIDE - 2 * EDGE) / max(1, len(rows))
    for at, row in enumerate(rows):
        x, points = EDGE + step * (at + 0.5), row.points
        if points.low is not None and points.high is not None:
            top, height = _y(points.high), max(1.0, _y(points.low) - _y(points.high))
            band = 'width="10" rx="5" fill="var(--lead)" fill-opacity=".22"'
            parts.append(f'<rect x="{x - 5:.1f}" y="{top:.1f}" height="{height:.1f}" {band}/>')
        parts.append(f'<circle cx="{x:.1f}" cy="{_y(points.value or 0.0):.1f}" r="4" fill="var(--lead)"/>')
        parts.append(f'<text x="{x:.1f}" y="{HIGH - 4}" text-anchor="middle">{row.monday:%d/%m}</text>')
    return "".join([*parts, "</svg>"])


def _y(points: float) -> float:
    top, bottom = 10.0, HIGH - 24.0
    return bottom - (bottom - top) * points / 100
