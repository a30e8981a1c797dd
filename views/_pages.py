"""Which screens each role finds in its navigation, at most seven; the first one opens.

A new screen is a line in `pages`, and its name in the lists of the roles that it is for.
"""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from coach.viewers import Role
from views import _closed
from views._text import t

OF_ROLE: dict[Role, tuple[str, ...]] = {
    "admin": ("home", "queue", "calls", "team", "forms", "closing", "administration"),
    "analyst": ("home", "queue", "criticals", "calls", "team", "upload", "calibration"),
    "trainer": ("home", "coaching", "calls", "team", "objections", "guide", "practice"),
    "lead": ("home", "criticals", "calls", "team", "coaching", "promises", "closing"),
    "agent": ("home", "practice", "calls", "agent", "objections", "guide"),
    "auditor": ("calls", "promises", "guide", "log"),
}
HIDDEN: dict[Role, tuple[str, ...]] = {  # reached by links, in nobody's list
    "admin": (
        "call",
        "agent",
        "objections",
        "promises",
        "criticals",
        "guide",
        "upload",
        "calibration",
        "log",
        "practice",
        "drill",
        "coaching",
        "scenarios",
        "session",
        "clips",
    ),
    "analyst": ("call", "agent", "objections", "promises", "guide", "clips"),
    "trainer": (
        *("call", "agent", "criticals", "upload", "calibration", "forms"),
        *("queue", "drill", "scenarios", "session", "clips"),
    ),
    "lead": (
        *("call", "agent", "queue", "guide", "objections"),
        *("practice", "drill", "session", "clips"),
    ),
    "agent": ("call", "drill", "session", "clips"),
    "auditor": ("call",),
}

FROM = "from"  # in the address of a call: the screen that it was opened from
UNKNOWN: tuple[str, dict[str, str]] = ("calls", {})


def pages(role: Role) -> dict[str, tuple[str, str]]:
    """Title and icon of every screen `views/NAME.py`."""
    sheet = t("Mi avance") if role == "agent" else t("Agente")
    return {
        "home": (t("Inicio"), "home"),
        "queue": (t("Cola"), "playlist_play"),
        "criticals": (t("Críticas"), "gavel"),
        "calls": (t("Llamadas"), "call"),
        "team": (t("Equipo"), "groups"),
        "objections": (t("Objeciones"), "forum"),
        "promises": (t("Promesas"), "handshake"),
        "upload": (t("Subir grabaciones"), "upload"),
        "agent": (sheet, "trending_up"),
        "guide": (t("Guía"), "menu_book"),
        "forms": (t("Pauta"), "rule"),
        "administration": (t("Administración"), "settings"),
        "log": (t("Registro"), "history"),
        "calibration": (t("Calibración"), "balance"),
        "closing": (t("Cierre"), "task_alt"),
        "call": (t("Llamada"), "graphic_eq"),
        "practice": (t("Practicar"), "fitness_center"),
        "drill": (t("Ejercicio"), "fitness_center"),
        "coaching": (t("Acompañar"), "support"),
        "scenarios": (t("Escenarios"), "theater_comedy"),
        "session": (t("Práctica en grupo"), "diversity_3"),
        "clips": (t("Recortes"), "content_cut"),
    }


def of_role(role: Role, waiting: int = 0) -> list[StreamlitPage]:
    """The screens of this role for `st.navigation`; how many things are `waiting` stands beside «Inicio».

    The first one opens by its own name, too; an address that leads to no screen of theirs gets our own words.
    """
    known, listed = pages(role), OF_ROLE[role]
    first = listed[0]
    found = [
        st.Page(
            f"views/{name}.py",
            title=f"{known[name][0]} ({waiting})" if name == "home" and waiting else known[name][0],
            icon=f":material/{known[name][1]}:",
            url_path="" if name == first else name,
            default=name == first,
            visibility="visible" if name in listed else "hidden",
        )
        for name in (*listed, *HIDDEN[role])
    ]
    title, icon = known[first]
    found.append(
        st.Page(
            f"views/{first}.py",
            title=title,
            icon=f":material/{icon}:",
            url_path=first,
            visibility="hidden",
        )
    )
    asked = _closed.asked()
    if asked and not has(role, asked):
        offered = [(found[at], known[name][0]) for at, name in enumerate(listed)]
        found.append(_closed.page(asked, asked in known, offered))
    return found


def remember(role: Role, page: StreamlitPage) -> None:
    """Where the person is, for the way back from a call that is opened from there.

    A call says it in its address too: a tab of its own, and a page that was loaded again, know nothing else.
    """
    name = page.url_path or OF_ROLE[role][0]
    st.session_state["here"] = name
    if name != "call":
        st.session_state["came_from"] = (name, st.query_params.to_dict())
        return
    if (told := _read(st.query_params.get(FROM, ""))) and has(role, told[0]):
        st.session_state["came_from"] = told
    elif FROM in st.query_params or led({}):
        st.query_params.from_dict(led({one: st.query_params[one] for one in st.query_params if one != FROM}))


def came_from(role: Role) -> tuple[str, dict[str, str]]:
    """The screen that was left for a call, with its address; the list of calls where nobody knows."""
    name, address = st.session_state.get("came_from", UNKNOWN)
    return (name, address) if has(role, name) else UNKNOWN


def led(address: dict[str, str]) -> dict[str, str]:
    """The address of a call with the screen that it is opened from."""
    name, kept = st.session_state.get("came_from", UNKNOWN)
    if st.session_state.get("here") == name:
        kept = st.query_params.to_dict()  # filters may have changed since the page began
    if (name, kept) == UNKNOWN:
        return address
    return address | {FROM: f"{name}?{urlencode(kept)}" if kept else name}


def _read(told: str) -> tuple[str, dict[str, str]] | None:
    """What `led` wrote; None where it is no screen to go back to."""
    name, _, address = told.partition("?")
    return (name, dict(parse_qsl(address))) if name not in ("", "call") else None


def has(role: Role, name: str) -> bool:
    """Whether this role may be led to the screen."""
    return name in OF_ROLE[role] or name in HIDDEN[role]
