"""That points of the days shown were not all judged by the same form and rules."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from views._text import t
from views._widgets import plain


def in_month(names: Sequence[str]) -> None:
    """Of the calls that make a month's scores, before anybody signs them; `names` as in `told`."""
    if names:
        said = t(
            "Las llamadas de estos puntajes se evaluaron con versiones distintas de una misma pauta o de las "
            "mismas reglas: {names}. Sus puntos no se comparan entre sí.",
            names=", ".join(map(plain, names)),
        )
        st.caption(said)


def told(names: Sequence[str], *, before: bool = False) -> None:
    """`names` as `coach.editions.mixed` gives them. `before`: earlier days are shown beside these."""
    if not names:
        return
    shown = ", ".join(plain(name) for name in names)
    if before:
        said = t(
            "En estos días y los anteriores que se muestran hay llamadas evaluadas con versiones "
            "distintas de una misma pauta o de las mismas reglas: {names}. Sus puntos no se comparan "
            "entre sí.",
            names=shown,
        )
    else:
        said = t(
            "En estos días hay llamadas evaluadas con versiones distintas de una misma pauta o de las "
            "mismas reglas: {names}. Sus puntos no se comparan entre sí.",
            names=shown,
        )
    st.caption(said)
