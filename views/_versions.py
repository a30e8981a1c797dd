"""Versions of a file that people change, each in a line."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import streamlit as st

from coach.kept import Version
from views import _address
from views._text import t
from views._widgets import plain


def line(one: Version) -> str:
    """Its number, when it was put in use, by whom and why, and whether it is in use, as markdown."""
    number = t("versión {n}", n=one.version)
    if one.over:
        number = t("versión {n}, sobre {base}", n=one.version, base=one.over)
    facts = (number, _address.moment(one.at), one.by, one.note)
    state = f" · **{t('en uso')}**" if one.in_use else ""
    return " · ".join(plain(fact) for fact in facts if fact) + state


def listed(found: Iterable[Version], restore: Callable[[str], object], told: str) -> None:
    """A line each; what is not in use can be put in use again: `restore` gets its digest."""
    for one in found:
        with st.container(horizontal=True, vertical_alignment="center", key=f"row-{one.digest}"):
            st.markdown(line(one), width="stretch")
            if not one.in_use:
                key = f"restore-{one.digest}"
                _address.offer(t("Restaurar"), restore, one.digest, key=key, type="tertiary", told=told)
