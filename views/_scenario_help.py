"""What each field of a scenario may hold, below its text, in the language of the screen."""

from __future__ import annotations

import streamlit as st

from coach import scenarios
from views._text import language, t


def show() -> None:
    with st.expander(t("Ayuda: qué lleva cada campo"), icon=":material/help:"):
        st.markdown("\n".join(f"- `{name}`: {text}." for name, text in scenarios.fields(language())))
        st.caption(t("Los nombres de empresas y personas son inventados; los montos, propios del país."))
