"""Fields whose value stands in the address: a link shows what its sender saw, a reload loses nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from views._widgets import keep_in_address


def first(name: str, read: Callable[[str], Any], *, of: str = "filter") -> str:
    """The widget's key. On the session's first run the value comes from the address, where it can be read."""
    key = f"{of}-{name}"
    if key not in st.session_state and (written := st.query_params.get(name)):
        value = read(written)
        if value is not None:
            st.session_state[key] = value
    return key


def choice(label: str, name: str, options: dict[str, str], everyone: str, *, of: str = "filter") -> str:
    """One of `options`, or the empty word for all of them. `of`: whose field it is, where screens differ."""
    key = first(name, lambda written: written if written in options else None, of=of)
    chosen: str = st.selectbox(
        label,
        ["", *options],
        format_func=lambda option: options.get(option, everyone),
        key=key,
        persist_state="session",
    )
    keep_in_address(name, chosen)
    return chosen


def words(label: str, name: str, placeholder: str, *, of: str = "filter") -> str:
    """What is looked for."""
    key = first(name, lambda written: written, of=of)
    text: str = st.text_input(label, key=key, persist_state="session", placeholder=placeholder)
    keep_in_address(name, text)
    return text


def part(label: str, name: str, options: dict[str, str]) -> str:
    """Which part of a screen is shown; the first one without saying so."""
    usual = next(iter(options))
    key = first(name, lambda written: written if written in options else None, of="part")
    chosen = st.segmented_control(
        label,
        list(options),
        default=None if key in st.session_state else usual,
        format_func=options.__getitem__,
        key=key,
        persist_state="session",
        label_visibility="collapsed",
    )
    keep_in_address(name, "" if chosen in (None, usual) else chosen)
    return chosen or usual
