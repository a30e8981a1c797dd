"""Calls that wait for a blind review: left out of lists with points, opened without verdicts."""

from __future__ import annotations

import streamlit as st

from coach import blind
from coach.rows import CallRow
from coach.types import Call
from views import _session
from views._text import counted, t


def without(rows: tuple[CallRow, ...]) -> tuple[CallRow, ...]:
    """The rows but those that the viewer may still judge blind; says how many these are."""
    apart = blind.waiting(_session.store(), _session.viewer(), [row.id for row in rows])
    if apart:
        st.caption(
            counted(
                len(apart),
                "{n} llamada de esta página espera una revisión a ciegas: está en la Cola.",
                "{n} llamadas de esta página esperan una revisión a ciegas: están en la Cola.",
            )
        )
    return tuple(row for row in rows if row.id not in apart)


def way_out(call: Call) -> None:
    """On a call that waits so: what that means, and a way for whoever needs to see the verdicts now."""
    if not blind.waiting(_session.store(), _session.viewer(), [call.id]):
        return
    with st.popover(t("Ver los veredictos"), type="tertiary", icon=":material/visibility:"):
        st.markdown(t("Si los ve ahora, la revisión a ciegas la hace otra persona."))
        if st.button(t("Verlos"), key="forgo"):
            blind.forgo(_session.store(), _session.viewer(), call.id)
            st.rerun()
