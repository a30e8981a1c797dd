"""The cases to practise with: Temple's and the house's own, drafts with what is wrong in them, a try."""

from __future__ import annotations

import streamlit as st

from coach import scenarios
from coach.types import CoachError
from views import _address, _gone, _scenario_draft, _scenario_list, _scenario_one, _session
from views._text import t


def show() -> None:
    viewer, settings = _session.viewer(), _session.settings()
    viewer.require("forms")
    known = scenarios.in_use(settings)
    asked = st.query_params.get("scenario", "")
    drafted = st.query_params.get("draft", "")
    if drafted and _is_draft(drafted):
        _back()
        _scenario_draft.show(drafted)
    elif asked in known:
        _back()
        _scenario_one.show(known[asked])
    else:
        with st.container(key="steps"):
            st.page_link("views/coaching.py", label=t("Acompañar"), icon=":material/arrow_back:")
        st.title(t("¿Con qué casos se practica?"))
        _address.said()
        if wanted := asked or drafted:
            _gone.told(t("Estos son los que hay."), wanted)
        _scenario_list.show(known)


def _is_draft(name: str) -> bool:
    try:
        return scenarios.draft(_session.settings(), name) is not None
    except CoachError:  # no name of a draft
        return False


def _back() -> None:
    with st.container(key="steps"):
        if st.button(t("Todos los escenarios"), type="tertiary", icon=":material/arrow_back:"):
            _address.go(scenario="", draft="")


show()
