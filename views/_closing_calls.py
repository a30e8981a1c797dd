"""The single calls behind a month on its screen: those that no agent has yet, and those that have changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from coach.month_calls import Changed, Undelivered
from coach.score import DrawnCall
from views import _formats
from views._formats import NOTHING, SIGNS
from views._list import listing
from views._text import counted, t

MOST = 50  # calls in one list


def left_lines(left: Sequence[Undelivered]) -> list[str]:
    """How many drawn calls are not released, and what may still come of them."""
    critical = sum(one.critical > 0 for one in left)
    told = (
        (len(left), counted(
            len(left),
            "{n} llamada sorteada sin entregar no cuenta todavía.",
            "{n} llamadas sorteadas sin entregar no cuentan todavía.",
        )),
        (critical, counted(
            critical,
            "En {n} espera una crítica: si se confirma después de firmar, no cambia el mes.",
            "En {n} esperan críticas: si se confirman después de firmar, no cambian el mes.",
        )),
    )  # fmt: skip
    return [line for n, line in told if n]


def left_list(left: Sequence[Undelivered]) -> None:
    """Which these are, each a way to its call."""
    if not left:
        return
    with st.expander(t("Las sorteadas sin entregar"), icon=":material/list:", expanded=len(left) <= 5):
        columns: list[dict[str, Any]] = [
            {"id": "agent", "label": t("Agente")},
            {"id": "state", "label": t("Qué falta")},
        ]
        rows = [_row(one.recording_id, agent=_whose(one), state=_missing(one)) for one in left[:MOST]]
        _open(listing(columns, rows, key="left").row)
        _rest(len(left))


def changes(found: Sequence[Changed], *, since: str) -> None:
    """Which drawn calls are others now, whether or not a score moves by them."""
    if not found:
        return
    title = counted(
        len(found),
        "Cambió {n} llamada sorteada {since}",
        "Cambiaron {n} llamadas sorteadas {since}",
        since=since,
    )
    with st.expander(f"{SIGNS['review']} {title}", icon=":material/call:"):
        columns: list[dict[str, Any]] = [
            {"id": "agent", "label": t("Agente")},
            {"id": "was", "label": t("Antes"), "align": "right"},
            {"id": "now", "label": t("Hoy"), "align": "right"},
        ]
        rows = [
            _row(one.recording_id, agent=_whose(one), was=_at(one, one.was), now=_at(one, one.now))
            for one in found[:MOST]
        ]
        _open(listing(columns, rows, key="changed").row)
        _rest(len(found))


def _row(recording_id: str, **cells: dict[str, Any]) -> dict[str, Any]:
    return {"id": recording_id, "href": f"call?{urlencode({'call': recording_id})}", "cells": cells}


def _whose(one: Undelivered | Changed) -> dict[str, Any]:
    return {"text": one.agent or t("sin asignar"), "sub": _formats.day(one.call_date)}


def _missing(one: Undelivered) -> dict[str, Any]:
    if one.critical:
        text = counted(one.critical, "Crítica por confirmar", "{n} críticas por confirmar")
        sub = t("revisada, sin entregar") if one.reviewed else t("sin revisar")
        return {"sign": SIGNS["fail"], "kind": "fail", "text": text, "sub": sub}
    text = t("revisada, sin entregar") if one.reviewed else t("sin revisar")
    return {"sign": SIGNS["review"], "kind": "review", "text": text}


def _at(of: Changed, one: DrawnCall | None) -> dict[str, Any]:
    if of.hidden:
        return {"text": NOTHING, "kind": "na", "sub": t("espera su juicio a ciegas")}
    if one is None:
        return {"text": NOTHING, "kind": "na", "sub": t("no era de la muestra")}
    told = (t("anulada") if one.void else "", "" if one.released else t("sin entregar"))
    cell = {"text": _formats.points(one.points, None, None), "sub": " · ".join(part for part in told if part)}
    return cell | ({"sign": SIGNS["fail"], "kind": "fail"} if one.void else {})


def _open(recording_id: str | None) -> None:
    if recording_id:
        st.switch_page("views/call.py", query_params={"call": recording_id})


def _rest(n: int) -> None:
    if n > MOST:
        st.caption(t("Se ven las primeras {n} de {total}.", n=MOST, total=n))
