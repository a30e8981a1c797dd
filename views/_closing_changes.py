"""What has changed since a month was frozen: by what people did, and apart from it by another form or
version.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from coach.frozen import CloseRow
from coach.month_calls import Changed
from coach.months import Move
from coach.score import DrawnCall
from views import _closing_calls, _closing_cells
from views._formats import SIGNS
from views._list import listing
from views._text import counted, t
from views._widgets import plain

Rows = Callable[[Move], tuple[CloseRow | None, CloseRow | None]]
Calls = Callable[[Changed], tuple[DrawnCall | None, DrawnCall | None]]


def show(
    moved: Sequence[Move], calls: Sequence[Changed], since: str, added: Mapping[int, float] | None = None
) -> None:
    """Whose month would be another today, and which drawn calls are others, in a score or not; `added` points
    were entered as adjustments.
    """
    if not moved and not calls:
        st.caption(t("Nada cambió {since}.", since=since))
    people = [one for one in moved if one.by_people], [one for one in calls if one.by_people]
    _by_people(*people, since, added or {})
    _remade([one for one in moved if one.remade], [one for one in calls if one.remade], since)


def _by_people(
    moved: Sequence[Move], calls: Sequence[Changed], since: str, added: Mapping[int, float]
) -> None:
    if moved:
        title = counted(len(moved), "Cambió {n} agente {since}", "Cambiaron {n} agentes {since}", since=since)
        with st.expander(f"{SIGNS['review']} {title}", icon=":material/compare_arrows:"):
            _agents(moved, lambda one: (one.was, one.then), (t("Antes"), t("Hoy")), added, key="moved")
            if any(one.remade for one in moved):
                st.caption(t("Sin lo que cambia por otra pauta o versión, que está aparte."))
    if calls:
        title = counted(
            len(calls),
            "Cambió {n} llamada sorteada {since}",
            "Cambiaron {n} llamadas sorteadas {since}",
            since=since,
        )
        with st.expander(f"{SIGNS['review']} {title}", icon=":material/call:"):
            _calls(calls, lambda one: (one.was, one.then), (t("Antes"), t("Hoy")), key="changed")


def _remade(moved: Sequence[Move], calls: Sequence[Changed], since: str) -> None:
    """Nobody's word: no points that an adjustment could be made of."""
    if not calls:
        return
    title = counted(
        len(calls),
        "{n} llamada sorteada cambió por otra pauta o versión {since}",
        "{n} llamadas sorteadas cambiaron por otra pauta o versión {since}",
        since=since,
    )
    sides = t("Con la de antes"), t("Con la de hoy")
    names = sorted({f"{one.remade.was} → {one.remade.now}" for one in calls if one.remade})
    with st.expander(f"{SIGNS['review']} {title}", icon=":material/rule:"):
        st.caption(
            t(
                "Se evaluaron de nuevo: {names}. No viene de lo que decidieron personas; los puntos de dos "
                "versiones no se comparan, y aquí no hay nada que ajustar.",
                names=plain("; ".join(names)),
            )
        )
        if moved:
            _agents(moved, lambda one: (one.then, one.now), sides, {}, key="moved-remade")
        _calls(calls, lambda one: (one.then, one.now), sides, key="changed-remade")


def _agents(
    moved: Sequence[Move], of: Rows, sides: tuple[str, str], added: Mapping[int, float], *, key: str
) -> None:
    columns: list[dict[str, Any]] = [
        {"id": "name", "label": t("Agente")},
        {"id": "was", "label": sides[0], "align": "right"},
        {"id": "now", "label": sides[1], "align": "right"},
        {"id": "more", "label": t("Diferencia"), "align": "right"},
    ]
    rows = [
        {
            "id": str(one.user_id),
            "cells": {
                "name": {"text": one.name},
                "was": _closing_cells.at(of(one)[0]),
                "now": _closing_cells.at(of(one)[1]),
                "more": _closing_cells.difference(*of(one), added.get(one.user_id, 0.0)),
            },
        }
        for one in moved
    ]
    listing(columns, rows, key=key)


def _calls(found: Sequence[Changed], of: Calls, sides: tuple[str, str], *, key: str) -> None:
    columns: list[dict[str, Any]] = [
        {"id": "agent", "label": t("Agente")},
        {"id": "was", "label": sides[0], "align": "right"},
        {"id": "now", "label": sides[1], "align": "right"},
    ]
    _closing_calls.table(columns, [(one, *of(one)) for one in found], key=key)
