"""The cards of «Inicio»: what is to be done, and an agent's own calls."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from coach import critical_cases, criticals, releases, tasks
from coach.notices import Notice
from coach.release_rows import InboxRow
from coach.task_rows import TaskFilter
from views import _formats, _home_house, _pages, _session
from views._home_house import Line
from views._list import listing
from views._text import counted, t
from views._widgets import plain

SIZE = 10


def lines(waits: Iterable[Notice]) -> list[Line]:
    """What is to be done: one's own first, then what waits for anybody, the month's quotas last."""
    own = [(one, line) for one in waits if (line := _line(one)) is not None]
    return [
        *(line for one, line in own if one.kind != "quotas"),
        *_of_anybody(),
        *_home_house.lines(),
        *(line for one, line in own if one.kind == "quotas"),
    ]


def _of_anybody() -> list[Line]:
    """What waits for nobody in particular: criticals to confirm, the queue, scorecards to release."""
    store, viewer = _session.store(), _session.viewer()
    found = []
    if viewer.may("confirm") and _pages.has(viewer.role, "criticals"):
        n = criticals.waiting(store, viewer)
        if n:
            text = counted(
                n,
                "Hay {n} llamada con una crítica por confirmar",
                "Hay {n} llamadas con críticas por confirmar",
            )
            found.append(Line(text, t("Verlas"), "criticals", {}))
    if n := critical_cases.waiting(store, viewer):
        text = counted(
            n,
            "Hay {n} llamada con una falta crítica confirmada por atender",
            "Hay {n} llamadas con faltas críticas confirmadas por atender",
        )
        found.append(Line(text, t("Atender"), "criticals", {"view": "confirmed"}))
    if viewer.may("review"):
        free = tasks.queue(store, _session.settings(), viewer, TaskFilter(holder="nobody"), size=1).total
        if free:
            text = counted(
                free,
                "Hay {n} llamada en la cola que nadie tomó",
                "Hay {n} llamadas en la cola que nadie tomó",
            )
            found.append(Line(text, t("Ver la cola"), "queue", {"holder": "nobody"}))
    if viewer.may("release") and (n := releases.pending(store, viewer, size=1).total):
        text = counted(n, "Hay {n} llamada revisada por entregar", "Hay {n} llamadas revisadas por entregar")
        found.append(Line(text, t("Entregar"), "queue", {"view": "release"}))
    return found


def card(line: Line, *, main: bool) -> None:
    with st.container(
        border=True, horizontal=True, vertical_alignment="center", key=f"home-{line.page}-{line.text}"
    ):
        with st.container():
            st.markdown(f"**{plain(line.text)}**")
            if line.due:
                st.caption(plain(line.due))
        if st.button(line.button, key=f"go-{line.text}", type="primary" if main else "secondary"):
            st.switch_page(f"views/{line.page}.py", query_params=line.address)


def own_calls() -> None:
    """An agent's released calls, the unread first, and in which order they stand."""
    page = int(st.session_state.get("own-page", 1)) - 1
    found = releases.inbox(_session.store(), _session.viewer(), page=page, size=SIZE)
    if not found.rows:
        return
    st.subheader(t("Sus llamadas"))
    if found.total > 1:
        st.caption(t("Primero las que no ha leído; después, de la más nueva a la más antigua."))
    columns = [
        {"id": "call", "label": t("Llamada")},
        {"id": "points", "label": t("Puntos"), "align": "right"},
        {"id": "state", "label": t("Estado")},
    ]
    picked = listing(columns, [_own_row(row) for row in found.rows], key="own")
    if found.total > SIZE:
        st.pagination(-(-found.total // SIZE), key="own-page")
    if picked.row:
        st.switch_page("views/call.py", query_params={"call": picked.row})


def nothing() -> None:
    """Nobody waits: say so, and offer what there is to do anyway."""
    viewer = _session.viewer()
    with st.container(border=True, key="empty"):
        if viewer.role == "agent":
            st.markdown(t("Nada le espera. Cuando le entreguen una llamada evaluada, la verá aquí."))
            return
        st.markdown(t("Nada le espera. Aquí verá lo que tenga por hacer y las respuestas que le lleguen."))
        name, label = (
            ("queue", t("Ver la cola")) if viewer.may("review") else ("calls", t("Ver las llamadas"))
        )
        st.page_link(f"views/{name}.py", label=label)


def _line(one: Notice) -> Line | None:
    n, due = one.n, _due(one.due_on, one.overdue)
    if one.kind == "drafts":
        text = counted(n, "Tiene {n} revisión empezada", "Tiene {n} revisiones empezadas")
        go_on = t("Seguir") if n == 1 else t("Seguir con la última")  # not all of them are in the queue
        return Line(text, go_on, "call", {"call": one.recording_id or ""})
    if one.kind == "tasks":
        text = counted(n, "Tiene {n} llamada por revisar", "Tiene {n} llamadas por revisar")
        return Line(text, t("Revisar"), "queue", {"holder": "mine"}, due)
    if one.kind == "calibrations":
        text = counted(
            n,
            "La calibración «{title}» espera su lectura",
            "{n} calibraciones esperan su lectura",
            title=one.title,
        )
        address = {"session": str(one.of)} if one.of is not None else {"view": "sessions"}
        return Line(text, t("Evaluar"), "calibration", address, due)
    if one.kind == "to_decide":
        text = counted(n, "Hay {n} apelación por decidir", "Hay {n} apelaciones por decidir")
        return Line(text, t("Decidir"), "queue", {"view": "disputes"}, due)
    if one.kind == "quotas":
        text = counted(
            n, "A {n} agente le faltan revisiones este mes", "A {n} agentes les faltan revisiones este mes"
        )
        return Line(text, t("Ver quiénes"), "queue", {"view": "month"})
    if one.kind == "follow_ups":
        text = counted(n, "Toca volver a mirar {n} plan suyo", "Toca volver a mirar {n} planes suyos")
        return Line(text, t("Verlos"), "coaching", {})
    if one.kind == "to_acknowledge":
        text = counted(n, "Tiene {n} llamada evaluada sin leer", "Tiene {n} llamadas evaluadas sin leer")
        unread = releases.inbox(_session.store(), _session.viewer(), size=1).rows
        return Line(text, t("Leer la primera"), "call", {"call": unread[0].recording_id} if unread else {})
    return None


def _due(day: date | None, overdue: int) -> str:
    if overdue:
        return counted(overdue, "{n} vencida", "{n} vencidas")
    return t("La primera, hasta el {day}", day=_formats.day(day)) if day else ""


def _own_row(row: InboxRow) -> dict[str, Any]:
    day = " · ".join(part for part in (_formats.day(row.call_date), _formats.hour(row.started_local)) if part)
    return {
        "id": row.recording_id,
        "href": f"call?{urlencode({'call': row.recording_id})}",
        "cells": {
            "call": {"text": row.debtor_name or t("Llamada"), "sub": day},
            "points": _own_points(row),
            "state": _own_state(row),
        },
    }


def _own_points(row: InboxRow) -> dict[str, Any]:
    """As on «Mi avance»: a range while verdicts wait, with how many do."""
    waiting = counted(row.to_review, "{n} por revisar", "{n} por revisar") if row.to_review else ""
    return {"text": _formats.points(row.points, row.points_low, row.points_high), "sub": waiting}


def _own_state(row: InboxRow) -> dict[str, Any]:
    sub = (
        counted(row.comments, "{n} comentario para usted", "{n} comentarios para usted")
        if row.comments
        else ""
    )
    if row.open_disputes:
        return {"sign": "?", "kind": "review", "text": t("apelación en curso"), "sub": sub}
    if row.acknowledged_at is None:
        return {"text": t("sin leer"), "sub": sub}
    return {"sign": "✓", "kind": "pass", "text": t("leída"), "sub": sub}
