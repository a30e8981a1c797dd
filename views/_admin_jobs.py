"""Work in the background: recordings on their way, history judged anew; what failed, why, and another try."""

from __future__ import annotations

import streamlit as st

from coach import chores, forms, job_orders, jobs, stuck
from coach.chores import Chore
from coach.store import Store
from coach.time_left import time_left
from coach.types import Job
from coach.viewers import Viewer
from views import _address, _admin_aside, _form_parts, _formats, _job_words, _labels, _session
from views._formats import SIGNS
from views._text import counted, own, retold, t
from views._widgets import Figure, figures, plain

MOST, FINISHED = 30, 10  # that are shown of those that wait or failed, and of the rest


@st.fragment(run_every=5)
def show() -> None:
    store, viewer = _session.store(), _session.viewer(touch=False)
    counts = jobs.job_counts(store, viewer)
    figures(
        [
            Figure(t("En curso"), str(counts.running), t("de las grabaciones")),
            Figure(t("En cola"), str(counts.queued)),
            Figure(t("Fallaron"), str(counts.failed), t("se pueden reintentar")),
            Figure(t("Listas"), str(counts.done)),
        ],
        key="figures",
    )
    _queue(store, viewer)
    rows = jobs.open_jobs(store, viewer, finished=FINISHED, most=MOST)
    st.subheader(t("Grabaciones"))
    if not rows:
        st.caption(t("Ninguna está en camino."))
    for row in rows:
        _job(row)
    waiting = counts.running + counts.paused + counts.queued + counts.failed
    if waiting > MOST:
        st.caption(t("Se muestran {n} de las {total} que esperan o fallaron.", n=MOST, total=waiting))
    _admin_aside.show()
    found = chores.latest(store, viewer)
    st.subheader(t("Evaluar de nuevo lo anterior"))
    if not found:
        st.caption(t("Nadie lo pidió todavía. Se pide en la página de cada pauta."))
    known = forms.in_use(_session.settings()) if found else {}
    for one in found:
        _chore(one, known)


def _queue(store: Store, viewer: Viewer) -> None:
    """How long it still takes, and the switch for all of it."""
    pause = job_orders.queue_paused(store, viewer)
    with st.container(horizontal=True, vertical_alignment="center", key="queue"):
        st.markdown(
            _job_words.paused(pause) if pause else _job_words.left(time_left(store, viewer)), width="stretch"
        )
        if pause:
            _address.offer(t("Seguir con la cola"), job_orders.resume_queue, store, viewer, key="queue-on")
        else:
            _address.offer(
                t("Pausar la cola"), job_orders.pause_queue, store, viewer, key="queue-off", type="tertiary"
            )


def _job(row: Job) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"row-job-{row.id}"):
        step = _labels.job_step(row.step) if row.state == "running" else ""
        share = f"{row.progress:.0%}" if row.state == "running" else ""
        stops = t("se detiene") if row.pause_asked or row.cancel_asked else ""
        minutes = stuck.silent_for(row)
        silent = t("sin avanzar desde hace {n} minutos", n=minutes) if minutes else ""
        facts = (
            _state(row.state), step, share, stops, silent, retold(row.error), _address.moment(row.created_at),
        )  # fmt: skip
        shown = " · ".join(plain(fact) for fact in facts if fact)
        st.markdown(f"**{plain(row.name)}** · {shown}", width="stretch")
        _orders(row)


def _orders(row: Job) -> None:
    """What can be asked of a job in its state."""
    store, viewer = _session.store(), _session.viewer(touch=False)
    if row.state == "queued" and row.rank > jobs.RANKS["high"]:
        _address.offer(
            t("Adelantar"), job_orders.set_priority, store, viewer, row.id, "high",
            key=f"first-{row.id}", type="tertiary",
        )  # fmt: skip
    offered = {
        "queued": (("hold", t("Pausar"), job_orders.pause), ("stop", t("Cancelar"), job_orders.cancel)),
        "running": (("hold", t("Pausar"), job_orders.pause), ("stop", t("Cancelar"), job_orders.cancel)),
        "paused": (("on", t("Seguir"), job_orders.go_on), ("stop", t("Cancelar"), job_orders.cancel)),
        "failed": (("again", t("Reintentar"), job_orders.retry),),
        "cancelled": (("again", t("Reintentar"), job_orders.retry),),
    }.get(row.state, ())
    for name, label, act in offered:
        _address.offer(label, act, store, viewer, row.id, key=f"{name}-{row.id}", type="tertiary")


def _chore(one: Chore, known: _form_parts.Known) -> None:
    store, viewer = _session.store(), _session.viewer(touch=False)
    with st.container(horizontal=True, vertical_alignment="center", key=f"row-chore-{one.id}"):
        form, _ = known.get(one.subject, (None, None))
        name = own(form.label, form.label_en) if form else one.subject
        changed = counted(one.changed, "{n} con otro veredicto", "{n} con otro veredicto")
        facts = (
            _state(one.state), _formats.calls(one.done), changed if one.state == "done" else "",
            retold(one.error), t("lo pidió {name}", name=one.asked_by), _address.moment(one.created_at),
        )  # fmt: skip
        st.markdown(f"**{plain(name)}** · " + " · ".join(plain(f) for f in facts if f), width="stretch")
        if one.state in ("queued", "running"):
            _address.offer(
                t("Cancelar"), chores.cancel, store, viewer, one.id, key=f"halt-{one.id}", type="tertiary"
            )
        elif one.state in ("failed", "cancelled"):
            _address.offer(
                t("Reintentar"), chores.retry, store, viewer, one.id, key=f"anew-{one.id}", type="tertiary"
            )


def _state(state: str) -> str:
    sign = {"done": SIGNS["pass"], "failed": SIGNS["fail"], "cancelled": SIGNS["na"]}.get(state, "")
    return f"{sign} {_labels.job_state(state)}".strip()  # type: ignore[arg-type]
