"""The cards of «Inicio»: what is to be done, what was told, an agent's own calls."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from coach import critical_cases, criticals, dispute_rows, notices, queries, releases, tasks
from coach.notices import Notice
from coach.release_rows import InboxRow
from coach.task_rows import TaskFilter
from coach.types import CoachError
from views import _call_parts, _coaching_words, _formats, _home_house, _pages, _session
from views._home_house import Line
from views._list import listing
from views._text import counted, quoted, t
from views._widgets import plain

SIZE = 10
MOST_LINKS = 30  # of the calls that one notice stands for
_DISPUTES = ("dispute_upheld", "dispute_dismissed", "dispute_void")


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


def news(told: Sequence[Notice]) -> None:
    """Answers and other things that the person has not read yet."""
    st.subheader(t("Novedades"))
    for one in told:
        with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"news-{one.id}"):
            with st.container():
                st.markdown(plain(_told(one)))
                if why := _answer(one):
                    st.caption(plain(t("Respuesta: {why}", why=why)))
                _bundled(one)
            _way(one)
            if one.kind != "release_withdrawn" and one.recording_id:
                address = _pages.led({"call": one.recording_id})
                st.page_link("views/call.py", label=t("Ver la llamada"), query_params=address)
            if st.button(t("Ya lo leí"), key=f"read-{one.id}", type="tertiary"):
                notices.mark_read(_session.store(), _session.viewer(), one)
                st.rerun()


def _way(one: Notice) -> None:
    """From what was told of practice to where it is done."""
    role, of = _session.viewer().role, str(one.of or "")
    if one.kind == "session_opened":
        st.page_link("views/session.py", label=t("Ir a la sesión"), query_params={"session": of})
    elif one.kind in ("plan_made", "plan_ended") and _pages.has(role, "agent"):
        st.page_link("views/agent.py", label=t("Ver mi plan"))
    elif one.kind == "drill_assigned" and _pages.has(role, "practice"):
        st.page_link("views/practice.py", label=t("Ir a practicar"))


def _bundled(one: Notice) -> None:
    """The calls that a notice of many stands for; each that is opened leaves it."""
    if not one.bundle:
        return
    with st.expander(t("Ver las llamadas")):
        for each in one.bundle[:MOST_LINKS]:
            who = each.debtor or t("Llamada")
            label = " · ".join(part for part in (who, _formats.day(each.call_date)) if part)
            address = _pages.led({"call": each.recording_id or ""})
            st.page_link("views/call.py", label=plain(label), query_params=address)
        if (more := len(one.bundle) - MOST_LINKS) > 0:
            st.caption(counted(more, "y {n} llamada más", "y {n} llamadas más"))


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


def _told(one: Notice) -> str:
    label = _disputed(one) if one.kind in _DISPUTES else ""
    if one.kind == "drill_assigned":
        return t("Le pidieron practicar: {title}.", title=_coaching_words.asked(one.title))
    if one.kind == "plan_made":
        return t("Tiene un plan nuevo: qué trabajar y para cuándo.")
    if one.kind == "plan_ended":
        return _coaching_words.over(one.title)
    if one.kind == "session_opened":
        return t("Participa en una práctica en grupo: {title}.", title=_coaching_words.asked(one.title))
    if one.kind == "dispute_upheld":
        return t("✓ Aceptaron su apelación de {label}.", label=label)
    if one.kind == "dispute_dismissed":
        return t("– No se aceptó su apelación: {label}, el veredicto sigue como estaba.", label=label)
    if one.kind == "dispute_void":
        return t(
            "– Su apelación terminó sin decisión: {label}. La llamada se evaluó de nuevo, ese criterio ya no "
            "se juzga en ella y nada cuenta en contra por él.",
            label=label,
        )
    if one.bundle:
        return t(
            "– {n} llamadas suyas se evaluaron de nuevo y bajaron. Véalas: si alguna tiene un «no cumple» "
            "nuevo, se puede apelar.",
            n=one.n,
        )
    if one.kind == "judged_worse":
        return t(
            "– Una llamada que le habían entregado se juzga ahora peor que antes. Véala: si tiene un «no "
            "cumple» nuevo, se puede apelar."
        )
    return t("– Retiraron una llamada que le habían entregado.")


def _answer(one: Notice) -> str:
    """Why a dispute was decided so; "" for what was no dispute, or is out of reach by now."""
    if one.kind not in _DISPUTES or not one.recording_id:
        return ""
    try:
        rows = dispute_rows.of_call(_session.store(), _session.viewer(), one.recording_id)
    except CoachError:
        return ""
    return next((row.decision for row in reversed(rows) if row.criterion == one.criterion), "")


def _disputed(one: Notice) -> str:
    """What people read for the criterion, and «, de la llamada con Rosa Marín, lun 9 nov»; of a call that is
    out of reach the criterion alone.
    """
    alone = quoted(one.criterion.replace("_", " "))
    if not one.recording_id:
        return alone
    try:
        call = queries.call(_session.store(), _session.viewer(), one.recording_id)
    except CoachError:
        return alone
    its = call.transcript.recording
    day = _formats.short_day(its.call_date) if its.call_date else ""
    who = t("de la llamada con {who}", who=its.debtor_name) if its.debtor_name else t("de una llamada")
    label = quoted(_call_parts.label_of(call, one.criterion))
    return ", ".join(part for part in (label, who, day) if part)


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
