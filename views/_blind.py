"""Calls that wait for a blind review: left out of lists and figures, opened without verdicts."""

from __future__ import annotations

import streamlit as st

from coach import blind
from coach.rows import CallFilter
from coach.types import Call
from views import _session
from views._text import counted, t


def told(which: CallFilter) -> None:
    """How many calls no list and no figure holds; whatever other filters say, which would tell on them."""
    if which.apart:
        st.caption(
            counted(
                len(which.apart),
                "{n} llamada espera su revisión a ciegas: no está en estas cifras, está en la Cola.",
                "{n} llamadas esperan su revisión a ciegas: no están en estas cifras, están en la Cola.",
            )
        )


def way_out(call: Call) -> None:
    """On a call that waits so: what that means, and a way for whoever needs to see the verdicts now."""
    if not blind.waiting(_session.store(), _session.viewer(), [call.id]):
        return
    with st.popover(t("Ver los veredictos"), type="tertiary", icon=":material/visibility:"):
        st.markdown(t("Si los ve ahora, la revisión a ciegas la hace otra persona."))
        if st.button(t("Verlos"), key="forgo"):
            blind.forgo(_session.store(), _session.viewer(), call.id)
            st.rerun()
