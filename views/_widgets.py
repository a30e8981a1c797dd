"""Pieces that several screens share: language switch, the person, notices, figures, plain text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from coach.complaints import told
from coach.settings import Settings
from coach.shield import as_read
from coach.speech_models import uses_demo_model
from coach.viewers import Viewer
from transcripts.types import TranscriptError
from views import _door, _labels, _session, _tongue
from views._text import LANGUAGES, language, refusal, retold, t

SIDEBAR_PX = 224  # narrow: a tablet needs the room
LOOK = Path(__file__).parent / "look.css"
MARK = Path(__file__).parents[1] / "static" / "temple.svg"


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


def language_switch(usual: str) -> None:
    """Spanish or English. What is chosen becomes the person's `usual` one; another, that the address asks for
    as `lang`, stays there.
    """
    if "lang" not in st.session_state:
        wanted = st.query_params.get("lang", usual)
        st.session_state["lang"] = wanted if wanted in LANGUAGES else "es"
    with st.sidebar.container(key="language"):
        st.segmented_control(
            t("Idioma"),
            list(LANGUAGES),
            required=True,
            format_func=LANGUAGES.__getitem__,
            key="lang",
            persist_state="session",
            label_visibility="collapsed",
            on_change=_session.prefer_language,
        )
        _tongue.tell()
        if language() == "en":
            st.caption(
                t(
                    "Citas, motivos de los veredictos y guía quedan en español;"
                    " de las pautas propias, lo que no tenga inglés."
                )
            )
    keep_in_address("lang", "" if language() == usual else language())


def person(viewer: Viewer) -> None:
    """Who is signed in, and the ways out, at the foot of the navigation."""
    with st.sidebar.container(key="person"):
        st.markdown(f"**{plain(viewer.name)}**")
        st.caption(_labels.role(viewer.role))
        st.button(t("Salir"), key="leave", icon=":material/logout:", on_click=_session.leave)
        if not _session.settings().demo:
            _door.door("/auth/password", t("Cambiar la contraseña"), key="password", button=False)


def keep_in_address(name: str, value: str) -> None:
    """Write a plain value into the address, so that a link says what is seen; the empty one takes it out."""
    if value:
        if st.query_params.get(name) != value:
            st.query_params[name] = value
    elif name in st.query_params:
        del st.query_params[name]


def notices(settings: Settings) -> None:
    """What a person must know on every screen: demo data, demo speech model, or that there is no model."""
    if settings.demo:
        st.warning(
            t(
                "**Demostración**: se entra con un clic y sin contraseña; personas, empresas y voces son "
                "inventadas. No la use con llamadas reales."
            ),
            icon=":material/science:",
        )
    if line := _speech_notice(settings):
        with st.container(key="notices"):
            st.caption(line)


def _speech_notice(settings: Settings) -> str:
    try:
        demo = uses_demo_model(settings)
    except TranscriptError as error:
        return plain(refusal(error))
    return t("**Modelo de demostración**: solo entiende las voces sintéticas de ejemplo.") if demo else ""


def guarded(draw: Callable[[], None]) -> None:
    """Draw; what goes wrong is told in words, and a fault of the program is in the log as well."""
    try:
        draw()
    except Exception as error:
        st.error(plain(retold(told(error, "a screen could not be drawn"))))


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
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|<>~:$&^=@/])", r"\\\1", as_read(text).replace("\n", " "))
