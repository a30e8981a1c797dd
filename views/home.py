"""What waits for whoever is signed in: one line and one way on for each thing, the first one first."""

from __future__ import annotations

import streamlit as st

from coach import notices
from views import _home_news, _home_parts, _practice_parts, _session
from views._text import t
from views._widgets import plain


def show() -> None:
    store, settings, viewer = _session.store(), _session.settings(), _session.viewer()
    st.title(plain(t("¿Qué le espera hoy, {name}?", name=viewer.name.split(" ")[0])))
    waits = notices.waiting(store, settings, viewer)
    lines = _home_parts.lines(waits)
    told = [one for one in waits if one.id is not None]
    if not lines and not told:
        _home_parts.nothing()
    for place, line in enumerate(lines):
        _home_parts.card(line, main=place == 0)
    if told:
        _home_news.news(told)
    if viewer.role == "agent":
        _practice_parts.home_card()
        _home_parts.own_calls()


show()
