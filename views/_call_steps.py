"""From one call to the next along the list that it was opened from."""

from __future__ import annotations

import streamlit as st

from coach import listings
from coach.rows import CallFilter
from coach.types import Call
from views import _session
from views._text import t


def steps(call: Call) -> None:
    """Back to the list, and on along it."""
    which, sort = st.session_state.get("list", (CallFilter(), listings.ATTENTION))
    near = listings.around(_session.store(), _session.viewer(), call.id, which, sort=sort)
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="steps"
    ):
        st.page_link("views/calls.py", label=t("Llamadas"), icon=":material/arrow_back:")
        with st.container(horizontal=True, horizontal_alignment="right"):
            before = st.button(
                t("Anterior"), disabled=near.before is None, type="tertiary", icon=":material/chevron_left:"
            )
            after = st.button(
                t("Siguiente"), disabled=near.after is None, type="tertiary", icon=":material/chevron_right:"
            )
    target = near.before if before else near.after if after else None
    if target:
        st.query_params["call"] = target
        st.query_params.pop("turn", None)
        st.query_params.pop("at", None)
        st.rerun()
