"""Recordings and transcripts in: dropped here, by folder or by command; how far each one is."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from coach import job_orders, jobs
from coach.store import Store
from coach.time_left import time_left
from coach.types import Job
from coach.viewers import Viewer
from views import _address, _job_words, _labels, _session, _widgets
from views._formats import SIGNS
from views._text import counted, retold, t
from views._upload_facts import facts_for_all
from views._uploader import uploader

MOST, SHOWN = 30, 8  # jobs in sight: that wait or failed, that are finished


def show() -> None:
    _session.viewer().require("upload")
    st.title(t("Subir grabaciones"))
    st.markdown(t("Se guardan y se evalúan en este equipo; puede cerrar la página mientras tanto."))
    limits = _session.settings().upload
    uploader(facts_for_all(), max_mb=limits.max_mb, zip_mb=limits.zip_mb, key="uploader")
    _progress()
    st.subheader(t("Muchas grabaciones"))
    st.markdown(
        t(
            "Los datos de cada llamada pueden ir en una tabla CSV dentro del ZIP. "
            "Para carpetas enteras use la línea de comandos:"
        )
    )
    st.code("coach transcribe llamadas/\ncoach import transcripciones/", language=None)


@st.fragment(run_every=2)
def _progress() -> None:
    """Read from the store every two seconds; the work itself goes on in a process of its own."""
    store, viewer = _session.store(), _session.viewer(touch=False)
    counts = jobs.job_counts(store, viewer)
    rows = jobs.open_jobs(store, viewer, finished=SHOWN, most=MOST)
    if not rows:
        return
    st.subheader(t("En proceso"))
    waiting = counted(counts.queued, "{n} en cola", "{n} en cola")
    running = counted(counts.running, "{n} en curso", "{n} en curso")
    pause = job_orders.queue_paused(store, viewer)
    told = _job_words.paused(pause) if pause else _job_words.left(time_left(store, viewer))
    st.caption(
        f"{running} · {waiting} · {told}" if counts.running + counts.queued else f"{running} · {waiting}"
    )
    for row in rows:
        _job(row)


def _job(row: Job) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"job-{row.id}"):
        st.markdown(_widgets.plain(row.name), width="stretch")
        if row.state == "running":
            st.progress(row.progress, text=f"{_labels.job_step(row.step)} · {row.progress:.0%}", width=280)
        else:
            st.markdown(_state(row))
        if row.state in ("queued", "running"):
            _offer(row, t("Cancelar"), job_orders.cancel)
        elif row.state == "paused":
            _offer(row, t("Seguir"), job_orders.go_on)
        elif row.state in ("failed", "cancelled"):
            _offer(row, t("Reintentar"), job_orders.retry)
        else:
            _open(row)


def _offer(row: Job, label: str, act: Callable[[Store, Viewer, int], object]) -> None:
    store, viewer = _session.store(), _session.viewer(touch=False)
    key = f"{act.__name__}-{row.id}"  # a click is never taken for what the same place offers a moment later
    _address.offer(label, act, store, viewer, row.id, key=key, type="tertiary")


def _open(row: Job) -> None:
    if st.button(t("Ver llamada"), key=f"open-{row.id}", type="tertiary"):
        st.switch_page("views/call.py", query_params={"call": row.recording_id})


def _state(row: Job) -> str:
    """The state in words; of a failed one, why."""
    sign = {"done": SIGNS["pass"], "failed": SIGNS["fail"], "cancelled": SIGNS["na"]}.get(row.state, "")
    why = f": {_widgets.plain(retold(row.error))}" if row.error else ""
    return f"{sign} {_labels.job_state(row.state)}{why}".strip()


show()
