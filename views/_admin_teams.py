"""Sites and teams: who leads them, how many they are."""

from __future__ import annotations

import streamlit as st

from coach import places, teams
from views import _address, _session
from views._text import counted, t
from views._widgets import plain


def show() -> None:
    store, viewer = _session.store(), _session.viewer()
    known = teams.list_teams(store, viewer)
    if not known:
        with st.container(border=True, key="empty"):
            st.markdown(t("Aquí verá sedes y equipos. Agregue uno, o impórtelos con la tabla de personas."))
    for site in dict.fromkeys(team.site for team in known):
        st.subheader(plain(site))
        for team in (one for one in known if one.site == site):
            with st.container(horizontal=True, key=f"row-team-{team.id}"):
                names = ", ".join(map(plain, team.leads))
                leads = counted(len(team.leads), "lo dirige {names}", "lo dirigen {names}", names=names)
                leads = leads if team.leads else t("nadie lo dirige hoy")
                people = counted(team.members, "{n} persona", "{n} personas")
                st.markdown(f"**{plain(team.name)}** · {people} · {leads}", width="stretch")
    with st.popover(t("Agregar un equipo"), icon=":material/add:"):
        site_name = st.text_input(t("Sede"), key="site", max_chars=200)
        country = st.text_input(t("País de la sede (dos letras)"), key="site-country", max_chars=2)
        name = st.text_input(t("Equipo"), key="team-name", max_chars=200)
        _address.offer(
            t("Agregar"), places.add_team, store, viewer, site_name, country, name, key="add-team",
            told=t("El equipo está. Agregue a sus personas desde la página de cada una."),
        )  # fmt: skip
