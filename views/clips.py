"""What can be heard in class: clips of real calls by objection, muted; and those that wait for approval."""

from __future__ import annotations

import streamlit as st

from coach import clips
from views import _address, _clip_parts, _labels, _pages, _session
from views._text import t

SIZE = 8


def show() -> None:
    store, viewer = _session.store(), _session.viewer()
    if _pages.has(viewer.role, "coaching"):
        with st.container(key="steps"):
            st.page_link("views/coaching.py", label=t("Acompañar"), icon=":material/arrow_back:")
    st.title(t("¿Qué llamadas se pueden oír en clase?"))
    _address.said()
    state: clips.State = "approved"
    if clips.may_propose(viewer):
        views = {"approved": t("Aprobados"), "proposed": t("Propuestos")}
        state = "proposed" if _address.segments(t("Qué ver"), "view", views) == "proposed" else "approved"
    counts = clips.counts(store, viewer)
    _clip_parts.answer(counts, clips.recalled(store, viewer))
    objection = ""
    if state == "approved" and counts:
        names = {name: f"{_labels.finding(name)} ({n})" for name, n in counts.items()}
        with st.container(key="days"):
            objection = _address.choice(t("Objeción"), "objection", names, t("Todas"), of="clips")
    page = int(st.session_state.get("clips-page", 1)) - 1
    found = clips.listed(store, viewer, state, objection, page=page, size=SIZE)
    for one in found.rows:
        _clip_parts.card(viewer, one)
    if not found.rows:
        _clip_parts.nothing(viewer, state)
    if found.total > SIZE:
        st.pagination(-(-found.total // SIZE), key="clips-page")


show()
