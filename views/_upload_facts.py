"""What is filled in once for all files that are dropped."""

from __future__ import annotations

import streamlit as st

from views import _formats, _session
from views._text import t


def facts_for_all() -> dict[str, str]:
    """What holds for every file dropped now; empty fields say nothing."""
    sources = list(_session.settings().sources)
    with st.expander(t("Datos que valen para todas (opcional)")):
        with st.container(horizontal=True):
            agent = st.text_input(t("Nombre del agente"), key="fact-agent", max_chars=200)
            login = st.text_input(t("Usuario del agente"), key="fact-login", max_chars=200)
            company = st.text_input(t("Empresa"), key="fact-company", max_chars=200)
        with st.container(horizontal=True):
            day = st.date_input(
                t("Fecha de las llamadas"), value=None, format=_formats.date_field(), key="fact-day"
            )
            country = st.text_input(t("País (dos letras)"), key="fact-country", max_chars=2, placeholder="MX")
            source = st.selectbox(t("Origen"), ["", *sources], key="fact-source") if sources else ""
        st.caption(
            t(
                "Sin usuario del agente, la llamada queda «sin asignar»; sin fecha, en ninguna semana. "
                "Ninguna de las dos entra en el puntaje de nadie."
            )
        )
        anew = st.checkbox(
            t("Cambiar las palabras de las llamadas que ya están"),
            key="fact-replace",
            help=t(
                "Vale para transcripciones. Nunca se cambian las palabras que alguien ya trabajó; las de "
                "antes quedan guardadas."
            ),
        )
    return {
        "agent": agent,
        "agent_login": login,
        "company": company,
        "call_date": day.isoformat() if day else "",
        "country": country,
        "source": source or "",
        "replace": "1" if anew else "",
    }
