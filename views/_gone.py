"""A link to a scenario that is not there, or not any more."""

from __future__ import annotations

import streamlit as st

from coach import scenarios
from views import _session
from views._text import t
from views._widgets import plain

LONGEST = 80  # letters of a name that are shown
_KEY = "scenario-gone"


def told(offered: str, asked: str) -> None:
    """Says so, kindly, and what is `offered` instead."""
    named = plain(asked[:LONGEST])
    st.info(t("El caso «{name}» no está: pudo retirarse o cambiar de nombre.", name=named) + f" {offered}")


def to_practise() -> None:
    """The same above the choice of cases, which takes the name out of the address; until one is chosen."""
    asked = st.query_params.get("scenario", "")
    if asked:
        known = asked in scenarios.scenarios(_session.settings())
        st.session_state[_KEY] = "" if known else asked
    if (gone := st.session_state.get(_KEY, "")) and not st.session_state.get("at-scenario"):
        told(t("En «Elegir otro», más abajo, están los que hay."), gone)
