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
                "{n} llamada espera su juicio a ciegas: no está en estas cifras; está en la Cola o en "
                "Calibración.",
                "{n} llamadas esperan su juicio a ciegas: no están en estas cifras; están en la Cola o en "
                "Calibración.",
            )
        )


def calibrated(call: Call) -> bool:
    """Whether the viewer judges the call in a calibration that cannot be compared yet."""
    with _session.store().reading() as connection:
        return blind.is_calibrated(connection, _session.viewer(), call.id)


def together(call: Call) -> None:
    """On such a call: why it has no verdicts, and where it is judged."""
    st.caption(t("Está en una calibración suya: los veredictos se ven cuando todos terminen."))
    st.page_link("views/calibration.py", label=t("Ir a Calibración"), icon=":material/balance:")


def way_out(call: Call) -> None:
    """On a call that waits so: what that means, and a way for whoever needs to see the verdicts now."""
    if not blind.waiting(_session.store(), _session.viewer(), [call.id]) or calibrated(call):
        return
    with st.popover(t("Ver los veredictos"), type="tertiary", icon=":material/visibility:"):
        st.markdown(t("Si los ve ahora, la revisión a ciegas la hace otra persona."))
        if st.button(t("Verlos"), key="forgo"):
            blind.forgo(_session.store(), _session.viewer(), call.id)
            st.rerun()
