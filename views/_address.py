"""Choices that the address remembers, for screens with views and periods of their own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from time import monotonic
from typing import Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from coach.types import CoachError
from views import _formats
from views._text import refusal, t
from views._widgets import keep_in_address, plain

HOLDS_S = 30  # how long a click waits for its button: no page takes longer


def segments(label: str, name: str, options: dict[str, str], *, first: str = "") -> str:
    """One of `options` (id and what is read), side by side; where the address says nothing the `first`, else
    the first of all.
    """
    first, key = first or next(iter(options)), _key(name, options)
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


def first(name: str, read: Callable[[str], Any], *, of: str = "filter") -> str:
    """The widget's key. On the session's first run the value comes from the address, where it can be read."""
    key = f"{of}-{name}"
    if key not in st.session_state and (written := st.query_params.get(name)):
        value = read(written)
        if value is not None:
            st.session_state[key] = value
    return key


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
        st.error(plain(refusal(error)))
        return False
    return True


def attempt(act: Callable[..., object], *args: Any, **more: Any) -> bool:
    """`done` for a call with these arguments."""
    return done(partial(act, *args, **more))


def offer(label: str, act: Callable[..., object], *args: Any, key: str, told: str = "", **look: Any) -> None:
    """A button that does something and then draws the page anew, with `told` at its head. A click holds on
    where the page begins anew before it comes to the button: Streamlit forgets one then.
    """
    st.button(label, key=key, on_click=_press, args=(key,), **look)
    if _pressed(key) and attempt(act, *args):
        say_later(told)
        st.rerun()


def _press(key: str) -> None:
    st.session_state[f"pressed-{key}"] = (st.query_params.to_dict(), monotonic())


def _pressed(key: str) -> bool:
    """Whether it was clicked, just now and at this address: elsewhere the key may be another's."""
    where, at = st.session_state.pop(f"pressed-{key}", (None, 0.0))
    return bool(where == st.query_params.to_dict() and monotonic() - at < HOLDS_S)


def say_later(text: str, *, refused: bool = False) -> None:
    """A sentence for the next run: what a click did, or why it did nothing, where the page is drawn anew at
    once.
    """
    st.session_state["said"] = (text, refused)


def said() -> None:
    """What the run before had to say."""
    text, refused = st.session_state.pop("said", ("", False))
    with st.container():  # there with or without words: what is open below stays open when they go
        if text and refused:
            st.error(plain(text))
        elif text:
            st.success(text, icon=":material/check:")


def moment(value: datetime) -> str:
    """«jue 25 sep 2025, 17:40» where the browser is; in UTC, and said so, where it does not tell."""
    here = _here(value)
    if here.tzinfo is UTC:
        return t("{day}, {hour} UTC", day=_formats.day(here), hour=_formats.hour(here))
    return f"{_formats.day(here)}, {_formats.hour(here)}"


def day(value: datetime | None) -> str:
    """The day of an instant where the browser is; that of UTC where it does not tell."""
    return _formats.day(None if value is None else _here(value))


def _here(value: datetime) -> datetime:
    try:
        return value.astimezone(ZoneInfo(st.context.timezone or ""))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return value.astimezone(UTC)


def _key(name: str, options: dict[str, str]) -> str:
    """The widget's key. Its first value comes from the address; what is no option any more is dropped."""
    key = f"at-{name}"
    written = st.query_params.get(name)
    if key not in st.session_state and written in options:
        st.session_state[key] = written
    if key in st.session_state and st.session_state[key] not in options:
        del st.session_state[key]
    return key
