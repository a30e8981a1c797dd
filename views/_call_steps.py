"""From a call back to where it was opened, and to the next along the list of calls."""

from __future__ import annotations

import streamlit as st

from coach import listings
from coach.rows import CallFilter
from coach.types import Call
from views import _pages, _session
from views._text import t


def steps(call: Call) -> None:
    """Back to the screen before; where that was the list of calls, on along it too."""
    role = _session.viewer().role
    name, address = _pages.came_from(role)
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="steps"
    ):
        st.page_link(
            f"views/{name}.py", label=_pages.pages(role)[name][0], icon=":material/arrow_back:",
            query_params=address,
        )  # fmt: skip
        if name == "calls":
            _along(call)


def _along(call: Call) -> None:
    which, sort = st.session_state.get("list", (CallFilter(), listings.ATTENTION))
    near = listings.around(_session.store(), _session.viewer(), call.id, which, sort=sort)
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
