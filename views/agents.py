"""Whom to accompany this week: agents with mean, interval and n; the weeks; the objections each one meets."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from coach import listings, queries
from coach.attention import FEWEST_CALLS, attention
from coach.rows import UNASSIGNED, AgentRow, CallFilter, Summary
from views import _agent_rows, _charts, _filters, _formats, _session, _widgets
from views._list import listing
from views._text import t


def show() -> None:
    store, viewer = _session.store(), _session.viewer()
    viewer.require("team")
    st.title(t("¿A quién conviene acompañar esta semana?"))
    choices = queries.choices(store, viewer)
    if not choices.agents:
        st.info(t("Aquí verá a sus agentes cuando haya llamadas evaluadas con el usuario del agente."))
        if viewer.may("upload"):
            st.page_link("views/upload.py", label=t("Subir grabaciones"), icon=":material/upload:")
        return
    which = _filters.call_filter(choices, states=False)
    people, team = queries.agents(store, viewer, which), queries.summary(store, viewer, which)
    groups = attention(people, team.points)
    _answer(groups.first, team)
    _list(t("Con suficientes llamadas"), (*groups.first, *groups.others), key="enough")
    _list(t("Todavía con menos de {n} llamadas", n=FEWEST_CALLS), groups.few, key="few")
    _unassigned(which)
    st.subheader(t("Puntos por semana"))
    st.caption(t("El punto es el promedio; la banda, su intervalo del 95 %."))
    st.altair_chart(_charts.trend(queries.weeks(store, viewer, which)), width="stretch")
    st.subheader(t("Qué objeciones encuentra cada quien"))
    st.caption(t("Parte de las llamadas de cada agente en que aparece la objeción."))
    st.altair_chart(_charts.mix(listings.objection_mix(store, viewer, which)), width="stretch")


def _answer(first: tuple[AgentRow, ...], team: Summary) -> None:
    """The answer before the list: who is clearly below the team, or that nobody is."""
    with st.container(border=True, key="answer"):
        if first:
            names = ", ".join(_widgets.plain(agent.agent) for agent in first)
            st.markdown(
                t(
                    "Conviene empezar por **{names}**: su intervalo completo queda bajo el promedio.",
                    names=names,
                )
            )
        else:
            st.markdown(
                t("Nadie queda claramente bajo el promedio del equipo: las diferencias caben en el azar.")
            )
        st.caption(t("Equipo: {whole}.", whole=_formats.based(team.points)))


def _list(title: str, agents: tuple[AgentRow, ...], *, key: str) -> None:
    if not agents:
        return
    st.subheader(title)
    picked = listing(_agent_rows.columns(), _agent_rows.rows(agents), key=key)
    if picked.row:
        st.session_state["filter-agent"] = picked.row
        st.switch_page("views/calls.py", query_params={"agent": picked.row})


def _unassigned(which: CallFilter) -> None:
    """Calls of nobody: told apart, in no one's score."""
    nobody = queries.summary(_session.store(), _session.viewer(), replace(which, agents=(UNASSIGNED,)))
    if nobody.calls:
        text = t("Sin asignar: {calls}, en el puntaje de nadie.", calls=_formats.calls(nobody.calls))
        st.caption(text)


show()
