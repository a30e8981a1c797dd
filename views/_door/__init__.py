"""Ways out of the dashboard and back in, in the same tab: Streamlit's own links open another one."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from views._base import component
from views._text import t

_component = component("temple_door", Path(__file__).parent)


def closed(*, left: bool) -> None:
    """What is shown to nobody: that the session is over, and the way in. `left`: by their own will; whoever
    comes next begins at the start, not where the last one was.
    """
    if left:
        st.query_params.clear()

    def say() -> None:
        st.title(t("Sesión cerrada") if left else t("Su sesión terminó"))
        if not left:
            st.markdown(t("Vuelva a entrar para seguir donde estaba."))
        door("/auth/login", t("Entrar"), back=not left, left=left, key="sign-in")

    st.navigation([st.Page(say, title="Temple")], position="hidden").run()


def door(
    address: str, label: str, *, key: str, back: bool = False, button: bool = True, left: bool = False
) -> None:
    """A link in the same tab. With `back` the page that it leads to leads back to this one; with `left` the
    browser forgets what the person had half written.
    """
    data = {"address": address, "label": label, "back": back, "button": button, "left": left}
    _component(data=data, key=key)
