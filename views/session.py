"""A practice for a group: open one, play or look on, score by the list, compare."""

from __future__ import annotations

import streamlit as st

from coach import session_rows
from coach.types import CoachError
from views import _address, _coaching_words, _pages, _session, _session_compare, _session_list, _session_room
from views._text import refusal, t
from views._widgets import plain


def show() -> None:
    viewer = _session.viewer()
    number = _address.number("session")
    if number is None:
        if _pages.has(viewer.role, "coaching"):
            with st.container(key="steps"):
                st.page_link("views/coaching.py", label=t("Acompañar"), icon=":material/arrow_back:")
        st.title(t("¿Qué practica hoy el grupo?"))
        _address.said()
        _session_list.show()
        return
    with st.container(key="steps"):
        if st.button(t("Prácticas en grupo"), icon=":material/arrow_back:", type="tertiary", key="back"):
            _address.go(session="")
    try:
        of = session_rows.session(_session.store(), viewer, number)
    except CoachError as error:
        st.title(t("Práctica en grupo"))
        st.info(plain(refusal(error)))
        return
    st.title(plain(_coaching_words.asked(of.title)))
    _address.said()
    if of.phase == "compared":
        _session_compare.show(of)
    else:
        _session_room.show(of)


show()
