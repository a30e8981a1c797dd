"""People and teams, jobs, what is kept, settings, health: what who administers Temple looks after."""

from __future__ import annotations

import streamlit as st

from views import (
    _address,
    _admin_house,
    _admin_jobs,
    _admin_people,
    _admin_person,
    _admin_privacy,
    _admin_teams,
    _admin_tokens,
    _pages,
    _session,
)
from views._text import t

# screens that an admin's list has no room for
LINKED = ("log", "objections", "promises", "calibration", "criticals", "guide", "upload")
PARTS = {
    "people": _admin_people.show,
    "teams": _admin_teams.show,
    "jobs": _admin_jobs.show,
    "data": _admin_house.data,
    "keeping": _admin_privacy.show,
    "programs": _admin_tokens.show,
    "settings": _admin_house.settings,
    "health": _admin_house.health,
}


def show() -> None:
    viewer = _session.viewer()
    viewer.require("administer")
    if login := st.query_params.get("person", ""):
        _admin_person.show(login)
        return
    st.title(t("¿Quién entra a Temple y qué necesita atención?"))
    _address.said()
    names = {
        "people": t("Personas"),
        "teams": t("Equipos"),
        "jobs": t("Trabajos"),
        "data": t("Datos"),
        "keeping": t("Conservación"),
        "programs": t("Programas"),
        "settings": t("Configuración"),
        "health": t("Estado"),
    }
    PARTS[_address.segments(t("Qué se muestra"), "view", names)]()
    st.divider()
    st.caption(t("Más pantallas suyas, que en el menú no caben:"))
    with st.container(horizontal=True, key="links"):
        known = _pages.pages(viewer.role)
        for name in LINKED:
            if _pages.has(viewer.role, name):
                st.page_link(f"views/{name}.py", label=known[name][0], icon=f":material/{known[name][1]}:")


show()
