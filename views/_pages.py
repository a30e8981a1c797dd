"""Which screens each role finds in its navigation, at most seven; the first one opens.

A new screen is a line in `pages`, and its name in the lists of the roles that it is for.
"""

from __future__ import annotations

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from coach.viewers import Role
from views._text import t

OF_ROLE: dict[Role, tuple[str, ...]] = {
    "admin": ("calls", "team", "objections", "promises", "upload"),
    "analyst": ("calls", "team", "objections", "promises", "upload"),
    "trainer": ("calls", "team", "objections", "upload"),
    "lead": ("calls", "team", "objections", "promises"),
    "agent": ("calls", "agent", "objections"),
    "auditor": ("calls", "promises"),
}
HIDDEN = ("call", "agent")  # reached by links, in nobody's list


def pages(role: Role) -> dict[str, tuple[str, str]]:
    """Title and icon of every screen `views/NAME.py`."""
    sheet = t("Mis llamadas y avances") if role == "agent" else t("Agente")
    return {
        "calls": (t("Llamadas"), "call"),
        "team": (t("Equipo"), "groups"),
        "objections": (t("Objeciones"), "forum"),
        "promises": (t("Promesas"), "handshake"),
        "upload": (t("Subir grabaciones"), "upload"),
        "agent": (sheet, "trending_up"),
        "call": (t("Llamada"), "graphic_eq"),
    }


def of_role(role: Role) -> list[StreamlitPage]:
    """The screens of this role for `st.navigation`."""
    known, listed = pages(role), OF_ROLE[role]
    return [
        st.Page(
            f"views/{name}.py",
            title=known[name][0],
            icon=f":material/{known[name][1]}:",
            default=name == listed[0],
            visibility="visible" if name in listed else "hidden",
        )
        for name in dict.fromkeys((*listed, *HIDDEN))
    ]


def has(role: Role, name: str) -> bool:
    """Whether this role may be led to the screen."""
    return name in OF_ROLE[role] or name in HIDDEN
