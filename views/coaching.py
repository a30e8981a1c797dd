"""Whom to coach and in what: patterns and plans by person, drills that were asked for, attempts compared."""

from __future__ import annotations

import streamlit as st

from coach import coaching
from views import (
    _address,
    _coaching_agent,
    _coaching_asked,
    _coaching_compare,
    _coaching_people,
    _filters,
    _pages,
    _session,
)
from views._text import t


def show() -> None:
    viewer = _session.viewer()
    viewer.require("assign")
    if login := st.query_params.get("agent", ""):
        _coaching_agent.show(login)
        return
    if number := _address.number("assignment"):
        _coaching_asked.one(number)
        return
    st.title(t("¿A quién conviene acompañar, y en qué?"))
    _address.said()
    _onwards()
    views = {
        "people": t("Personas"),
        "asked": t("Tareas de práctica"),
        "compare": t("Comparar intentos"),
    }
    chosen = _address.segments(t("Qué ver"), "view", views)
    if chosen == "asked":
        _coaching_asked.show()
    elif chosen == "compare":
        _coaching_compare.show()
    else:
        eyes = _filters.team(viewer)
        rows = coaching.agents(_session.store(), eyes, _session.criteria())
        _coaching_people.show(rows)


def _onwards() -> None:
    """What else there is to train with."""
    role = _session.viewer().role
    with st.container(horizontal=True, key="onwards"):
        for name, label, icon in (
            ("session", t("Práctica en grupo"), "diversity_3"),
            ("clips", t("Recortes para clase"), "content_cut"),
            ("scenarios", t("Escenarios"), "theater_comedy"),
        ):
            if _pages.has(role, name):
                st.page_link(f"views/{name}.py", label=label, icon=f":material/{icon}:")


show()
