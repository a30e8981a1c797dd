"""Pieces that several screens share: language switch, notices, figures, filters, plain text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import streamlit as st

from coach.complaints import told
from coach.rows import UNASSIGNED, CallFilter, Choices
from coach.settings import Settings
from coach.speech_models import uses_demo_model
from transcripts.types import TranscriptError
from views import _labels
from views._text import LANGUAGES, language, t

SIDEBAR_PX = 224  # narrow: a tablet needs the room
LOOK = Path(__file__).parent / "look.css"
MARK = Path(__file__).parents[1] / "static" / "temple.svg"

# what the state filter offers, in the order it is shown; the words are in `_state_name`
STATES: dict[str, dict[str, Any]] = {
    "all": {},
    "review": {"needs_review": True},
    "critical": {"critical": True},
    "promise": {"promise": "firm"},
    "not_evaluable": {"evaluable": ("no",)},
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with what it stands on."""

    label: str
    value: str
    basis: str = ""


def look() -> None:
    """The page as such: title, mark, width, and the few rules that the theme file cannot hold."""
    st.set_page_config(
        page_title="Temple", page_icon=str(MARK), layout="wide", initial_sidebar_state=SIDEBAR_PX
    )
    st.logo(str(MARK), size="large")
    st.html(LOOK)


def language_switch() -> None:
    """Spanish or English, kept in the address as `lang`."""
    if "lang" not in st.session_state:
        st.session_state["lang"] = "en" if st.query_params.get("lang") == "en" else "es"
    with st.sidebar.container(key="language"):
        st.segmented_control(
            t("Idioma"),
            list(LANGUAGES),
            format_func=LANGUAGES.__getitem__,
            key="lang",
            label_visibility="collapsed",
        )
    keep_in_address("lang", "en" if language() == "en" else "")


def keep_in_address(name: str, value: str) -> None:
    """Write a plain value into the address, so that a link says what is seen; the empty one takes it out."""
    if value:
        if st.query_params.get(name) != value:
            st.query_params[name] = value
    elif name in st.query_params:
        del st.query_params[name]


def notices(settings: Settings) -> None:
    """What a person must know on every screen: demo data, demo speech model, or that there is no model."""
    lines = [_speech_notice(settings)]
    if settings.demo:
        lines.insert(0, t("**Datos de ejemplo**: personas, empresas y voces inventadas."))
    if any(lines):
        with st.container(key="notices"):
            st.caption(" ".join(line for line in lines if line))


def _speech_notice(settings: Settings) -> str:
    try:
        demo = uses_demo_model(settings)
    except TranscriptError as error:
        return plain(str(error))
    return t("**Modelo de demostración**: solo entiende las voces sintéticas de ejemplo.") if demo else ""


def guarded(draw: Callable[[], None]) -> None:
    """Draw; what goes wrong is told in words, and a fault of the program is in the log as well."""
    try:
        draw()
    except Exception as error:
        st.error(plain(told(error, "a screen could not be drawn")))


def figures(items: Sequence[Figure], *, key: str) -> None:
    """A row of numbers, each in its card with its label above and what it stands on below."""
    with st.container(horizontal=True, key=key):
        for i, item in enumerate(items):
            with st.container(border=True, height="stretch", key=f"figure-{i}"):
                st.caption(item.label)
                st.markdown(f"### {plain(item.value)}")
                st.caption(plain(item.basis) or "\u00a0")


def plain(text: str) -> str:
    """Text from a call or a file as markdown that shows exactly that text: no link, no image, no emphasis."""
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|<>~:$&^=@/])", r"\\\1", text.replace("\n", " "))


def call_filter(choices: Choices, *, states: bool) -> CallFilter:
    """The filters, the same for every screen: kept in the address, remembered while the session lasts.

    With `states`, also the words searched for and the state of the call.
    """
    with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
        text = _text("q") if states else ""
        agent = _choice(t("Agente"), "agent", _people(choices), t("Todos"))
        countries = {code: _labels.country(code) for code in choices.countries}
        country = _choice(t("País"), "country", countries, t("Todos"))
        since, until = _dates(choices)
    return CallFilter(
        agents=(UNASSIGNED if agent == "-" else agent,) if agent else (),
        countries=(country,) if country else (),
        since=since,
        until=until,
        text=text,
        **(STATES[_state()] if states else {}),
    )


def _people(choices: Choices) -> dict[str, str]:
    """Names by login; «-» stands for calls without a login, as an empty word cannot stand in an address."""
    nobody = {"-": t("sin asignar")} if choices.unassigned else {}
    return dict(choices.agents) | nobody


def _first(name: str, read: Callable[[str], Any]) -> str:
    """The widget's key. On the session's first run the value comes from the address, where it can be read."""
    key = f"filter-{name}"
    if key not in st.session_state and (written := st.query_params.get(name)):
        value = read(written)
        if value is not None:
            st.session_state[key] = value
    return key


def _text(name: str) -> str:
    key = _first(name, lambda written: written)
    text = st.text_input(
        t("Buscar"), key=key, persist_state="session", placeholder=t("palabras dichas, deudor, cuenta")
    )
    keep_in_address(name, text)
    return text


def _choice(label: str, name: str, options: dict[str, str], everyone: str) -> str:
    """One of `options`, or the empty word for all of them."""
    key = _first(name, lambda written: written if written in options else None)
    chosen: str = st.selectbox(
        label,
        ["", *options],
        format_func=lambda option: options.get(option, everyone),
        key=key,
        persist_state="session",
    )
    keep_in_address(name, chosen)
    return chosen


def _state() -> str:
    key = _first("state", lambda written: written if written in STATES else None)
    names = {
        "all": t("Todas"),
        "review": t("? Por revisar"),
        "critical": t("✕ Crítica por confirmar"),
        "promise": t("✓ Con promesa"),
        "not_evaluable": t("– No evaluables"),
    }
    chosen = st.segmented_control(
        t("Estado"),
        list(STATES),
        default=None if key in st.session_state else "all",
        format_func=names.__getitem__,
        key=key,
        persist_state="session",
        label_visibility="collapsed",
    )
    keep_in_address("state", "" if chosen in (None, "all") else chosen)
    return chosen or "all"


def _dates(choices: Choices) -> tuple[date | None, date | None]:
    """First and last day, both included; the second is missing while a person is still choosing."""
    key = _first("days", _read_days)
    chosen = st.date_input(
        t("Fechas"),
        value=[],
        min_value=choices.first or date(2000, 1, 1),
        max_value=choices.last or date.today(),
        format="DD/MM/YYYY",
        key=key,
        persist_state="session",
    )
    days = [*chosen, None, None][:2] if isinstance(chosen, tuple) else [None, None]
    keep_in_address("days", "_".join(day.isoformat() for day in days if day))
    return days[0], days[1]


def _read_days(written: str) -> tuple[date, ...] | None:
    try:
        return tuple(date.fromisoformat(day) for day in written.split("_"))
    except ValueError:
        return None
