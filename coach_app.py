"""The dashboard's script: page, navigation, notices.

`coach app` serves it with our routes around it (coach/server.py); `streamlit run coach_app.py` works too,
without sound and uploads.
"""

from __future__ import annotations

import streamlit as st

from views import _session, _widgets
from views._text import t

_widgets.look()
_widgets.language_switch()
page = st.navigation(
    [
        st.Page("views/calls.py", title=t("Llamadas"), icon=":material/call:", default=True),
        st.Page("views/agents.py", title=t("Agentes"), icon=":material/groups:"),
        st.Page("views/upload.py", title=t("Subir grabaciones"), icon=":material/upload:"),
        st.Page("views/call.py", title=t("Llamada"), visibility="hidden"),
    ]
)
_widgets.guarded(lambda: _widgets.notices(_session.settings()))
_widgets.guarded(page.run)
