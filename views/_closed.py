"""An address that leads to no screen of the person: another role's, or none at all.

Streamlit would answer it with a window of its own, in English, over the first screen.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from urllib.parse import unquote, urlsplit

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from views._text import t

_KEY = "asked-for"  # kept: once the page is known, its name is no longer in what `st.context.url` tells


def asked() -> str:
    """The screen that this connection was opened with by its address; "" for the first one."""
    if _KEY not in st.session_state:
        path = urlsplit(st.context.url or "").path.rstrip("/")
        name = unquote(path.rpartition("/")[2]).strip()
        st.session_state[_KEY] = "" if "/" in name else name
    return str(st.session_state[_KEY])


def page(name: str, known: bool, offered: Sequence[tuple[StreamlitPage, str]]) -> StreamlitPage:
    """What stands at the address `name`: a notice, and what is `offered` instead; nothing of what was asked
    for is read. `known` is whether other roles have such a screen, as the guide for everybody says.
    """
    title = t("Su cuenta no abre esta pantalla") if known else t("Aquí no hay ninguna pantalla")
    return st.Page(partial(_notice, title, known, offered), title=title, url_path=name, visibility="hidden")


def _notice(title: str, known: bool, offered: Sequence[tuple[StreamlitPage, str]]) -> None:
    st.title(title)
    if known:
        st.markdown(
            t(
                "La dirección lleva a una pantalla de otra función. Si la necesita, pídala a quien "
                "administra Temple."
            )
        )
    else:
        st.markdown(t("Revise la dirección: puede tener un error o ser de una versión anterior."))
    st.markdown(t("Lo que puede abrir:"))
    for one, label in offered:
        st.page_link(one, label=label, icon=one.icon)
