"""How an agent's calls go: where they stand, two things to work on with own words, what goes well."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import streamlit as st

from coach import blind, editions, own_calls, peers, periods, picture, queries, team_figures
from coach.own_calls import Person
from coach.rows import CallFilter
from coach.types import CoachError
from coach.viewers import Viewer
from views import (
    _agent_calls,
    _agent_month,
    _agent_parts,
    _charts,
    _coaching_plan,
    _editions,
    _filters,
    _formats,
    _session,
)
from views._text import language, refusal, t
from views._widgets import plain

LEAST = 5  # calls judged, before a criterion is named to its agent


def show() -> None:
    store, viewer = _session.store(), _session.viewer()
    who = _asked_for(viewer)
    if who is None:
        return
    mine = viewer.role == "agent"
    st.title(t("¿Cómo van mis llamadas?") if mine else plain(t("¿Cómo va {name}?", name=who.name)))
    base = blind.without(store, viewer, CallFilter(agents=() if mine else who.logins))
    last = periods.last_day(store, viewer, base)
    if last is None:
        with st.container(border=True, key="empty"):
            st.markdown(t("Aquí verá sus llamadas evaluadas, y cómo mejoran, cuando se las entreguen."))
        return
    which, looked_at = _days(base, last)
    seen = picture.looked_at(store, viewer, which, _session.criteria())
    total = queries.summary(store, viewer, which)
    days = _formats.days(looked_at.since, looked_at.until)
    beside = peers.beside(store, viewer, replace(which, agents=()), who.logins)
    _agent_parts.answer(total, beside, days, yours=mine)
    _agent_month.numbers(viewer, who, total, looked_at.until)
    _editions.told(editions.mixed(store, viewer, which))
    _coaching_plan.of_agent(viewer, next(iter(who.logins), ""))
    _work(viewer, which, seen)
    _well(seen)
    st.subheader(t("Puntos por semana"))
    _charts.over_weeks(queries.weeks(store, viewer, which), looked_at, last)
    _agent_calls.calls(viewer, which)


def _asked_for(viewer: Viewer) -> Person | None:
    """Whose sheet: one's own, or that of the agent in the address; where there is none, the way back."""
    try:
        found = own_calls.person(_session.store(), viewer, st.query_params.get("agent", ""))
    except CoachError as error:
        st.title(t("Agente"))
        st.info(plain(refusal(error)))
        found = None
    if viewer.may("team"):
        st.page_link("views/team.py", label=t("Equipo"), icon=":material/arrow_back:")
    return found


def _days(base: CallFilter, last: date) -> tuple[CallFilter, periods.Period]:
    """The days asked for; without any, twelve weeks: an agent has few calls a week."""
    with st.container(key="days"):
        since, until = _filters.days()
    looked_at = periods.period(replace(base, since=since, until=until), last)
    looked_at = looked_at if since else periods.trend(looked_at)
    return looked_at.of(base), looked_at


def _work(viewer: Viewer, which: CallFilter, seen: picture.Picture) -> None:
    store, settings, criteria = _session.store(), _session.settings(), _session.criteria()
    _agent_parts.confirmed(own_calls.confirmed(store, settings, viewer, which))
    st.subheader(t("Dos cosas para trabajar"))
    if language() == "en":
        st.caption(t("Los motivos y las frases quedan en español, la lengua de las llamadas."))
    lost = team_figures.to_work_on(seen, criteria, most=2, least=LEAST)
    if not lost:
        st.caption(t("Con estas llamadas no hay nada que destaque. Siga así."))
        return
    with st.container(horizontal=True, key="halves"):
        for place, one in enumerate(lost):
            found = own_calls.examples(store, settings, viewer, which, one.criterion.id, better=True)
            _agent_parts.to_work_on(one, found, place=place)


def _well(seen: picture.Picture) -> None:
    if found := team_figures.strengths(seen, _session.criteria()):
        st.subheader(t("Lo que va bien"))
        _agent_parts.strengths(found)


show()
