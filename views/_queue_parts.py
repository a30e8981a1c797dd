"""The parts of the queue's screen that list calls: to review, disputed, to release."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import streamlit as st

from coach import dispute_rows, releases, sampling, tasks
from coach.dispute_rows import DisputeRow
from coach.draw_plan import REASONS, Reason
from coach.judged_by import past_criterion
from coach.pipeline import pack_for
from coach.task_rows import Holder, TaskFilter, TaskRow
from coach.types import CoachError
from transcripts.types import Recording
from views import _address, _call_review, _formats, _labels, _queue_hand, _session
from views._list import listing
from views._text import counted, own, refusal, t
from views._widgets import keep_in_address, plain

SIZE = 25
BLIND = "blind"  # in the place of a reason: such a task tells none


def calls() -> None:
    """The queue: the viewer's own first; a click on a row claims it, ticked ones are handed on together."""
    store, settings, viewer = _session.store(), _session.settings(), _session.viewer()
    _queue_hand.told()
    if not tasks.queue(store, settings, viewer, size=1).rows:
        _nothing()
        return
    which = _filter()
    page = _page("queue-page")
    found = tasks.queue(store, settings, viewer, which, page=page, size=SIZE)
    if not found.rows:
        st.info(t("Ninguna llamada de la cola cumple estos filtros."))
        return
    with st.container(horizontal=True, vertical_alignment="center", key="work"):
        if st.button(t("Revisar la siguiente"), key="next", type="primary", icon=":material/play_arrow:"):
            _guarded_next()
        st.caption(counted(found.total, "Espera {n} llamada", "Esperan {n} llamadas"))
    st.caption(
        t("Primero las suyas, luego por fecha límite; del mismo día, antes las críticas. Elija cualquiera.")
    )
    hand = st.container()
    ticks = _queue_hand.ticks((page, which))
    picked = listing(_columns(), [_row(row) for row in found.rows], ticks=ticks, key="queue")
    with hand:
        _queue_hand.bar([row for row in found.rows if str(row.id) in picked.ticked])
    _foot(found.total, "queue-page")
    if picked.row:
        _take(picked.row)


def disputed() -> None:
    """Disputes that the viewer may decide: none on calls that they judged themselves."""
    store, viewer = _session.store(), _session.viewer()
    page = _page("dispute-page")
    found = dispute_rows.to_decide(store, viewer, page=page, size=SIZE)
    if void := dispute_rows.lately_void(store, viewer):
        st.caption(
            counted(
                void,
                "{n} apelación terminó sin decisión en los últimos 14 días: su criterio ya no se evalúa en "
                "la llamada.",
                "{n} apelaciones terminaron sin decisión en los últimos 14 días: su criterio ya no se "
                "evalúa en la llamada.",
            )
        )
    if not found.rows:
        st.info(
            t(
                "No hay apelaciones que usted pueda decidir. "
                "Las de llamadas que ya juzgó las decide otra persona."
            )
        )
        return
    columns = [
        {"id": "call", "label": t("Llamada")},
        {"id": "criterion", "label": t("Criterio")},
        {"id": "reason", "label": t("El agente dice")},
        {"id": "due", "label": t("Hasta el")},
    ]
    rows = [
        {
            "id": str(row.id),
            "href": f"call?{urlencode({'dispute': row.id})}",
            "cells": {
                "call": {"text": row.agent or t("sin asignar"), "sub": _formats.day(row.call_date)},
                "criterion": {"text": _criterion(row)},
                "reason": {"text": row.reason},
                "due": _due(row.due_on, row.overdue),
            },
        }
        for row in found.rows
    ]
    picked = listing(columns, rows, key="disputes")
    _foot(found.total, "dispute-page")
    if picked.row:
        st.switch_page("views/call.py", query_params={"dispute": picked.row})


def _criterion(row: DisputeRow) -> str:
    """What people read for the criterion or rule of the country; no call is read for it."""
    pack = pack_for(Recording(row.recording_id, country=row.country), _session.settings())
    known = _session.criteria() | {rule.id: rule for rule in (pack.rules if pack else ())}
    found = known.get(row.criterion) or past_criterion(_session.settings(), row.criterion)
    return own(found.label, found.label_en) if found else row.criterion.replace("_", " ")


def to_release() -> None:
    """Reviewed calls that their agents cannot read yet."""
    page = _page("release-page")
    found = releases.pending(_session.store(), _session.viewer(), page=page, size=SIZE)
    if not found.rows:
        st.info(t("No hay llamadas revisadas por entregar. Al terminar una revisión aparece aquí."))
        return
    columns: list[dict[str, Any]] = [
        {"id": "agent", "label": t("Agente")},
        {"id": "points", "label": t("Puntos"), "align": "right"},
        {"id": "state", "label": t("Qué falta")},
        {"id": "reviewer", "label": t("Revisó"), "hide": True},
    ]
    rows = [
        {
            "id": row.recording_id,
            "href": f"call?{urlencode({'call': row.recording_id})}",
            "cells": {
                "agent": {"text": row.agent or row.agent_login or "", "sub": _formats.day(row.call_date)},
                "points": {"text": _formats.points(row.points, row.points_low, row.points_high)},
                "state": _missing(row.critical, row.to_review, row.void),
                "reviewer": {"text": row.reviewer, "sub": _address.day(row.reviewed_at)},
            },
        }
        for row in found.rows
    ]
    picked = listing(columns, rows, key="pending")
    _foot(found.total, "release-page")
    if picked.row:
        st.switch_page("views/call.py", query_params={"call": picked.row})


def _missing(critical: int, to_review: int, void: bool) -> dict[str, Any]:
    if critical:
        text = counted(critical, "Crítica por confirmar", "{n} críticas por confirmar")
        return {"sign": "✕", "kind": "fail", "text": text}
    if to_review:
        text = counted(to_review, "{n} por revisar", "{n} por revisar")
        return {"sign": "?", "kind": "review", "text": text}
    return {"sign": "✕", "kind": "fail", "text": t("anulada")} if void else {"text": t("nada: lista")}


def _filter() -> TaskFilter:
    """Who has it and why it waits, kept in the address."""
    holders: dict[str, str] = {
        "": t("De cualquiera"), "mine": t("Mías"), "nobody": t("De nadie"), "others": t("De otros"),
    }  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
        holder = _choice(t("De quién"), "holder", holders)
        reason = _choice(
            t("Por qué"),
            "why",
            {"": t("Todos los motivos")}
            | {name: _labels.reason(name) for name in REASONS}
            | {BLIND: _labels.reason(None)},
        )
    held: dict[str, Holder] = {"mine": "mine", "nobody": "nobody", "others": "others"}
    reasons: tuple[Reason, ...] = tuple(name for name in REASONS if name == reason)
    blind = True if reason == BLIND else None
    return TaskFilter(holder=held.get(holder), reasons=reasons, blind=blind)


def _choice(label: str, name: str, options: dict[str, str]) -> str:
    key = f"queue-{name}"
    if key not in st.session_state and (written := st.query_params.get(name)) in options:
        st.session_state[key] = written
    chosen: str = st.selectbox(
        label, list(options), format_func=options.__getitem__, key=key, persist_state="session"
    )
    keep_in_address(name, chosen)
    return chosen


def _columns() -> list[dict[str, Any]]:
    return [
        {"id": "agent", "label": t("Agente")},
        {"id": "why", "label": t("Por qué")},
        {"id": "due", "label": t("Hasta el")},
        {"id": "who", "label": t("Quién")},
        {"id": "length", "label": t("Duración"), "align": "right", "hide": True},
    ]


def _row(row: TaskRow) -> dict[str, Any]:
    given = t("ya entregada") if row.delivered else ""
    place = " · ".join(part for part in (row.company, _formats.day(row.call_date), given) if part)
    mine = row.assigned_to == _session.viewer().user_id
    who = t("usted") if mine else row.assignee or t("nadie")
    begun = t("empezada") if row.has_draft else t("la está revisando") if row.claimed and not mine else ""
    return {
        "id": str(row.id),
        "href": f"call?{urlencode({'call': row.recording_id})}",
        "cells": {
            "agent": {"text": row.agent or t("sin asignar"), "sub": place},
            "why": {"text": _labels.reason(row.reason), "sub": _stands(row)},
            "due": _due(row.due_on, row.overdue),
            "who": {"text": who, "sub": begun},
            "length": {
                "text": _formats.duration(row.duration_s),
                "sub": "" if row.has_audio else t("sin audio"),
            },
        },
    }


def _stands(row: TaskRow) -> str:
    if row.blind:
        return t("los veredictos se ven al final")
    if row.void:
        return t("anulada por una persona: 0 puntos")
    waiting = counted(row.to_review, "{n} por revisar", "{n} por revisar") if row.to_review else ""
    points = t("{points} puntos", points=_formats.points(row.points, row.points_low, row.points_high))
    grave = t("crítica por confirmar") if row.critical and row.reason != "critical" else ""
    return " · ".join(part for part in (points if row.points is not None else "", grave, waiting) if part)


def _due(day: Any, overdue: bool) -> dict[str, Any]:
    if day is None:
        return {"text": _formats.NOTHING}
    return {"text": _formats.day(day)} | (
        {"sign": "?", "kind": "review", "sub": t("vencida")} if overdue else {}
    )


def _take(task: str) -> None:
    """Claim the task and begin; where somebody else was quicker, say so."""
    try:
        row = tasks.claim(_session.store(), _session.settings(), _session.viewer(), int(task))
        _call_review.begin(row.recording_id)
    except CoachError as refused:
        st.warning(plain(refusal(refused)))


def _guarded_next() -> None:
    try:
        _call_review.take_next()
    except CoachError as refused:
        st.warning(plain(refusal(refused)))


def _nothing() -> None:
    with st.container(border=True, key="empty"):
        st.markdown(
            t(
                "Aquí verá las llamadas que conviene escuchar, con el motivo de cada una. "
                "Temple las sortea cada día."
            )
        )
        if st.button(t("Sortear ahora"), key="draw", icon=":material/casino:"):
            drawn = sampling.draw(_session.store(), _session.settings(), _session.viewer())
            if drawn.drawn:
                st.rerun()
            st.caption(t("No hay llamadas nuevas para sortear."))


def _page(key: str) -> int:
    return int(st.session_state.get(key, 1)) - 1


def _foot(total: int, key: str) -> None:
    if total > SIZE:
        st.pagination(-(-total // SIZE), key=key)
