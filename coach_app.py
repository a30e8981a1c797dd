"""The dashboard's script: page, who is signed in, their navigation, notices.

`coach app` serves it behind the doors of coach/server.py; without them nobody is signed in and nothing shown.
"""

from __future__ import annotations

import streamlit as st

from coach import notices
from views import _pages, _session, _widgets

_widgets.look()


def show() -> None:
    viewer = _session.arrive()
    _widgets.language_switch(viewer.language)
    page = st.navigation(_pages.of_role(viewer.role, notices.badge(_session.store(), viewer)))
    _pages.remember(viewer.role, page)
    _widgets.person(viewer)
    _widgets.guarded(lambda: _widgets.notices(_session.settings()))
    _widgets.guarded(page.run)


_widgets.guarded(show)
