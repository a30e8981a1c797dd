"""The charts: a band for the interval, a dot for the value, n in the tooltip; heat in one hue."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

import altair as alt
import streamlit as st

from coach import periods
from coach.intervals import Mean
from coach.listings import MixRow
from coach.rows import WeekRow
from rubrics.types import Group
from views import _formats, _labels
from views._text import t

LEAD = {"light": "#0B6464", "dark": "#5CC0B5"}
HEAT = {
    "light": ["#EDF3F2", "#62A9A3"],
    "dark": ["#1A282C", "#2A726C"],
}  # the ink stays readable on all of it
PAPER = {"light": "#FAF9F6", "dark": "#11181C"}
GREY = {"light": "#5F6B75", "dark": "#A0ABB3"}
INK = {"light": "#1B2830", "dark": "#E9EDEF"}
MOST_OBJECTIONS = 10


def over_weeks(weeks: Sequence[WeekRow], looked_at: periods.Period, last: date) -> None:
    """The trend, and below it which weeks the days looked at cut; `last`: the day of the last call."""
    cut = [week.monday for week in weeks if periods.in_part(week.monday, looked_at, last)]
    st.altair_chart(trend(weeks, cut), width="stretch")
    st.caption(t("El punto es el promedio; la banda, su intervalo del 95 %."))
    if cut:
        st.caption(
            t("Por las fechas elegidas entran solo en parte: {weeks}.", weeks=", ".join(map(_week, cut)))
        )


def _week(monday: date) -> str:
    return t("semana del {day}", day=_formats.short_day(monday))


def trend(weeks: Sequence[WeekRow], cut: Collection[date] = ()) -> Any:
    """Points by week: the dot is the mean, the band its 95 % interval. `cut`: Mondays of weeks in part."""
    rows = [
        {
            "week": f"{week.monday.isoformat()}T00:00:00",  # with the hour: a bare day would be read as UTC
            "points": week.points.value,
            "low": week.points.low,
            "high": week.points.high,
            "basis": _formats.based(week.points),
            "label": t("{week}, en parte", week=_week(week.monday))
            if week.monday in cut
            else _week(week.monday),
        }
        for week in weeks
        if week.points.value is not None
    ]
    mondays = [alt.DateTime(year=w.monday.year, month=w.monday.month, date=w.monday.day) for w in weeks]
    lead = LEAD[_mode()]
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        x=alt.X(
            "week:T",
            title=None,
            axis=alt.Axis(format=_formats.axis_day(), grid=False, values=mondays, labelOverlap=True),
        ),
        tooltip=[alt.Tooltip("label:N", title=t("Semana")), alt.Tooltip("basis:N", title=t("Puntos"))],
    )
    scale = alt.Scale(domain=[0, 100])
    band = base.mark_area(color=lead, opacity=0.16).encode(
        y=alt.Y("low:Q", scale=scale, title=None), y2="high:Q"
    )
    line = base.mark_line(color=lead, strokeWidth=1.5).encode(y=alt.Y("points:Q", scale=scale))
    dots = base.mark_point(color=lead, filled=True, size=64, opacity=1).encode(
        y=alt.Y("points:Q", scale=scale)
    )
    return alt.layer(band, line, dots).properties(height=240, background="transparent")


def groups(now: Mapping[Group, Mean], before: Mapping[Group, Mean]) -> Any:
    """Share passed by group of the form: the dot with its 95 % interval; hollow and grey: the time before."""
    names = {group: f"{_labels.group(group)} · {mean.n}" for group, mean in now.items()}
    rows = [
        {
            "group": names[group],
            "value": mean.value,
            "low": mean.low,
            "high": mean.high,
            "then": before[group].value if group in before else None,
            "basis": _formats.based(mean),
            "was": _formats.based(before[group]) if group in before else _formats.NOTHING,
        }
        for group, mean in now.items()
    ]
    mode = _mode()
    axis = alt.Axis(labelLimit=200, labelColor=INK[mode], domain=False, ticks=False)
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        y=alt.Y("group:N", title=None, sort=list(names.values()), axis=axis),
        tooltip=[
            alt.Tooltip("group:N", title=t("Grupo")),
            alt.Tooltip("basis:N", title=t("Cumplido, en %")),
            alt.Tooltip("was:N", title=t("Antes")),
        ],
    )
    scale = alt.Scale(domain=[0, 100])
    x = alt.X("value:Q", scale=scale, title=None)
    bars = base.mark_rule(color=LEAD[mode], strokeWidth=6, opacity=0.25).encode(
        x=alt.X("low:Q", scale=scale, title=None), x2="high:Q"
    )
    dots = base.mark_point(color=LEAD[mode], filled=True, size=80, opacity=1).encode(x=x)
    then = base.mark_point(color=GREY[mode], size=56).encode(x=alt.X("then:Q", scale=scale, title=None))
    return alt.layer(bars, then, dots).properties(height=240, background="transparent")


def mix(rows: Sequence[MixRow]) -> Any:
    """Objections by agent: the share of the agent's calls in which the objection comes."""
    kept = _most_frequent(rows)
    mode = _mode()
    base = alt.Chart(alt.InlineData(values=_squares(rows, kept))).encode(
        x=alt.X(
            "agent:N",
            title=None,
            axis=alt.Axis(
                labelAngle=0,
                labelOverlap=False,
                labelExpr="split(datum.label, ' ')",
                orient="top",
                labelLimit=96,
                labelBound=False,
                labelFlush=False,
                labelColor=INK[mode],
                domain=False,
                ticks=False,
            ),
        ),
        y=alt.Y(
            "objection:N",
            title=None,
            sort=[_labels.finding(name) for name in kept],
            axis=alt.Axis(
                labelLimit=240,
                labelBound=False,
                labelFlush=False,
                labelColor=INK[mode],
                domain=False,
                ticks=False,
            ),
        ),
        tooltip=[
            alt.Tooltip("agent:N", title=t("Agente")),
            alt.Tooltip("objection:N", title=t("Objeción")),
            alt.Tooltip("basis:N", title=t("Aparece en")),
        ],
    )
    heat = alt.Color(
        "share:Q", scale=alt.Scale(range=HEAT[mode], domainMin=0, interpolate="lab"), legend=None
    )
    squares = base.mark_rect(cornerRadius=4, stroke=PAPER[mode], strokeWidth=2).encode(color=heat)
    shares = base.mark_text(fontSize=13, color=INK[mode]).encode(text="shown:N")
    return alt.layer(squares, shares).properties(height=36 * len(kept) + 36)


def _squares(rows: Sequence[MixRow], kept: Sequence[str]) -> list[dict[str, Any]]:
    """One square for every agent and objection, those that never meet included."""
    met = {(row.agent, row.objection): row.calls for row in rows}
    totals = {row.agent: row.total for row in rows}
    return [
        {
            "agent": agent,
            "objection": _labels.finding(name),
            "share": met.get((agent, name), 0) / total,
            "shown": _formats.percent(met[agent, name] / total) if (agent, name) in met else "",
            "basis": t("{n} de {total} llamadas", n=met.get((agent, name), 0), total=total),
        }
        for agent, total in totals.items()
        for name in kept
    ]


def _most_frequent(rows: Sequence[MixRow]) -> list[str]:
    """The objections that come in most calls, the most frequent first."""
    calls: dict[str, int] = {}
    for row in rows:
        calls[row.objection] = calls.get(row.objection, 0) + row.calls
    return sorted(calls, key=lambda name: (-calls[name], name))[:MOST_OBJECTIONS]


def _mode() -> str:
    return "dark" if st.context.theme.type == "dark" else "light"
