"""Choices that the address remembers, for screens with views and periods of their own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from coach.types import CoachError
from views import _formats
from views._text import t
from views._widgets import keep_in_address, plain


def segments(label: str, name: str, options: dict[str, str]) -> str:
    """One of `options` (id and what is read), side by side; the first where the address says nothing."""
    first, key = next(iter(options)), _key(name, options)
    chosen = st.segmented_control(
        label,
        list(options),
        default=None if key in st.session_state else first,
        format_func=lambda option: options.get(option, option),
        key=key,
        persist_state="session",
        label_visibility="collapsed",
    )
    keep_in_address(name, "" if chosen in (None, first) else chosen)
    return chosen or first


def select(
    label: str, name: str, options: dict[str, str], *, width: int | Literal["stretch"] = "stretch"
) -> str:
    """One of `options` from a list; the first where the address says nothing."""
    first, key = next(iter(options)), _key(name, options)
    chosen: str = st.selectbox(
        label,
        list(options),
        format_func=lambda option: options.get(option, option),
        key=key,
        persist_state="session",
        width=width,
    )
    keep_in_address(name, "" if chosen == first else chosen)
    return chosen


def number(name: str) -> int | None:
    """A number that the address names, like that of a session."""
    written = st.query_params.get(name, "")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 10 else None


def go(**names: str) -> None:
    """On to the same screen with these names in its address; an empty one is taken out."""
    for name, value in names.items():
        keep_in_address(name, value)
    st.rerun()


def done(act: Callable[[], object]) -> bool:
    """Do what a button asks for; a refusal is told beside it, and what was filled in stays."""
    try:
        act()
    except CoachError as error:
        st.error(plain(str(error)))
        return False
    return True


def moment(value: datetime) -> str:
    """«jue 25 sep 2025, 17:40» where the browser is; in UTC, and said so, where it does not tell."""
    try:
        zone = ZoneInfo(st.context.timezone or "")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        utc = value.astimezone(UTC)
        return t("{day}, {hour} UTC", day=_formats.day(utc), hour=_formats.hour(utc))
    here = value.astimezone(zone)
    return f"{_formats.day(here)}, {_formats.hour(here)}"


def _key(name: str, options: dict[str, str]) -> str:
    """The widget's key. Its first value comes from the address; what is no option any more is dropped."""
    key = f"at-{name}"
    written = st.query_params.get(name)
    if key not in st.session_state and written in options:
        st.session_state[key] = written
    if key in st.session_state and st.session_state[key] not in options:
        del st.session_state[key]
    return key
