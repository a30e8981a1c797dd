"""What to work on this week: the answer, the team's figures, agents by criterion, weeks and groups."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import streamlit as st

from coach import broken_rules, editions, periods, picture, queries, team_figures
from coach.attention import FEWEST_CALLS, attention
from coach.rows import UNASSIGNED, AgentRow, CallFilter
from coach.viewers import Viewer
from views import _agent_rows, _charts, _editions, _filters, _formats, _session, _team_parts, _team_report
from views._grid import grid
from views._list import listing
from views._text import t


def show() -> None:
    store, viewer = _session.store(), _session.viewer()
    viewer.require("team")
    st.title(t("¿Qué conviene trabajar esta semana?"))
    eyes = _filters.team(viewer)
    choices = queries.choices(store, eyes)
    if not choices.agents or choices.last is None:
        _team_parts.nothing_yet(viewer)
        return
    which = _filters.call_filter(choices, states=False)
    looked_at = periods.period(which, choices.last)
    now, then = looked_at.of(which), looked_at.before.of(which)
    criteria = _session.criteria()
    seen = picture.looked_at(store, eyes, now, criteria)
    before = picture.looked_at(store, eyes, then, criteria)
    people, team = queries.agents(store, eyes, now), queries.summary(store, eyes, now)
    groups = attention(people, team.points)
    _team_parts.answer(
        team_figures.to_work_on(seen, criteria),
        groups,
        team_figures.changes(before, seen, criteria),
        looked_at,
    )
    _team_parts.onwards(viewer)
    _team_report.report()
    _team_parts.numbers(team, queries.summary(store, eyes, then), seen)
    whole = min(looked_at.before.since, periods.trend(looked_at).since)
    _editions.told(editions.mixed(store, eyes, replace(now, since=whole)), before=True)
    agents = (*groups.first, *groups.others, *groups.few)
    broken = broken_rules.confirmed(store, _session.settings(), eyes, now)
    shown = [*_team_parts.rows(seen, criteria, agents), *_team_parts.law(broken, agents)]
    _map(_team_parts.columns(agents), shown, len(agents))
    _over_time(eyes, which, looked_at, seen, before, choices.last)
    _list(t("Con suficientes llamadas"), (*groups.first, *groups.others), key="enough")
    _list(t("Todavía con menos de {n} llamadas", n=FEWEST_CALLS), groups.few, key="few")
    _unassigned(eyes, now)


def _map(columns: list[dict[str, object]], rows: list[dict[str, object]], agents: int) -> None:
    st.subheader(t("Quién cumple qué"))
    st.caption(
        t(
            "Parte de las llamadas en que se cumple, y en cuántas se juzgó. Más intenso: se cumple menos. En "
            "gris: menos de {n} llamadas, no dice nada. ✕ crítica confirmada, ? crítica por confirmar. De "
            "las reglas del país están las que alguien confirmó como incumplidas.",
            n=picture.LEAST_OF_CELL,
        )
    )
    if not rows:
        st.info(t("En estos días no hay llamadas juzgadas. Elija otras fechas."))
        return
    _, column = grid(columns, rows, key="map")
    if agents > _team_parts.MOST_AGENTS:
        st.caption(t("Se muestran {n} de {total} agentes.", n=_team_parts.MOST_AGENTS, total=agents))
    if column:
        st.switch_page("views/agent.py", query_params={"agent": column})


def _over_time(
    eyes: Viewer,
    which: CallFilter,
    looked_at: periods.Period,
    seen: picture.Picture,
    before: picture.Picture,
    last: date,
) -> None:
    """The weeks, and the groups of the form beside them."""
    with st.container(horizontal=True, key="halves"):
        with st.container(border=True, key="half-weeks"):
            st.markdown(f"##### {t('Puntos por semana')}")
            days = periods.trend(looked_at)
            _charts.over_weeks(queries.weeks(_session.store(), eyes, days.of(which)), days, last)
        with st.container(border=True, key="half-groups"):
            st.markdown(f"##### {t('Calidad por grupo, en %')}")
            st.altair_chart(_charts.groups(seen.groups, before.groups), width="stretch")
            st.caption(t("Con el número de llamadas y el intervalo del 95 %; en gris, el periodo anterior."))


def _list(title: str, agents: tuple[AgentRow, ...], *, key: str) -> None:
    if not agents:
        return
    st.subheader(title)
    picked = listing(_agent_rows.columns(), _agent_rows.rows(agents), key=key)
    if picked.row:
        st.switch_page("views/agent.py", query_params={"agent": picked.row})


def _unassigned(eyes: Viewer, which: CallFilter) -> None:
    """Calls of nobody: told apart, in no one's score."""
    nobody = queries.summary(_session.store(), eyes, replace(which, agents=(UNASSIGNED,)))
    if nobody.calls:
        text = t("Sin asignar: {calls}, en el puntaje de nadie.", calls=_formats.calls(nobody.calls))
        st.caption(text)


show()
