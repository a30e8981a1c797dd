"""What to review now: the queue, disputes to decide, what waits to be released, and the month's quotas."""

from __future__ import annotations

import streamlit as st

from coach.viewers import Viewer
from views import _queue_month, _queue_parts, _session
from views._text import t
from views._widgets import keep_in_address

# each part with the right that opens it
PARTS = {
    "calls": ("review", _queue_parts.calls),
    "disputes": ("decide", _queue_parts.disputed),
    "release": ("release", _queue_parts.to_release),
    "month": ("team", _queue_month.month),
}


def show() -> None:
    viewer = _session.viewer()
    st.title(t("¿Qué reviso ahora?") if viewer.may("review") else t("¿Qué falta este mes?"))
    part = _part(viewer)
    if part is None:
        st.info(t("Esta pantalla es de quienes revisan llamadas."))
        return
    PARTS[part][1]()


def _part(viewer: Viewer) -> str | None:
    """The part that is shown, kept in the address as `view`."""
    names = {
        "calls": t("Por revisar"),
        "disputes": t("Apelaciones"),
        "release": t("Por entregar"),
        "month": t("Revisiones del mes"),
    }
    open_ = [name for name, (right, _) in PARTS.items() if viewer.may(right)]  # type: ignore[arg-type]
    if not open_:
        return None
    wanted = st.query_params.get("view", "")
    if "queue-view" not in st.session_state and wanted in open_:
        st.session_state["queue-view"] = wanted
    chosen = st.segmented_control(
        t("Qué se muestra"),
        open_,
        default=None if "queue-view" in st.session_state else open_[0],
        format_func=names.__getitem__,
        key="queue-view",
        label_visibility="collapsed",
    )
    part = chosen or open_[0]
    keep_in_address("view", "" if part == open_[0] else part)
    return part


show()
