"""Work in the background: recordings on their way, history judged anew; what failed, why, and another try."""

from __future__ import annotations

import streamlit as st

from coach import chores, forms, jobs
from coach.chores import Chore
from coach.types import Job
from views import _address, _form_parts, _formats, _labels, _session
from views._formats import SIGNS
from views._text import counted, own, t
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
    rows = jobs.open_jobs(store, viewer, finished=FINISHED, most=MOST)
    st.subheader(t("Grabaciones"))
    if not rows:
        st.caption(t("Ninguna está en camino."))
    for row in rows:
        _job(row)
    waiting = counts.running + counts.queued + counts.failed
    if waiting > MOST:
        st.caption(t("Se muestran {n} de las {total} que esperan o fallaron.", n=MOST, total=waiting))
    found = chores.latest(store, viewer)
    st.subheader(t("Evaluar de nuevo lo anterior"))
    if not found:
        st.caption(t("Nadie lo pidió todavía. Se pide en la página de cada pauta."))
    known = forms.in_use(_session.settings()) if found else {}
    for one in found:
        _chore(one, known)


def _job(row: Job) -> None:
    store, viewer = _session.store(), _session.viewer(touch=False)
    with st.container(horizontal=True, vertical_alignment="center", key=f"row-job-{row.id}"):
        step = _labels.job_step(row.step) if row.state == "running" else ""
        share = f"{row.progress:.0%}" if row.state == "running" else ""
        facts = (_state(row.state), step, share, row.error, _address.moment(row.created_at))
        shown = " · ".join(plain(fact) for fact in facts if fact)
        st.markdown(f"**{plain(row.name)}** · {shown}", width="stretch")
        if row.state in ("queued", "running"):
            _address.offer(
                t("Cancelar"), jobs.cancel, store, viewer, row.id, key=f"stop-{row.id}", type="tertiary"
            )
        elif row.state in ("failed", "cancelled"):
            _address.offer(
                t("Reintentar"), jobs.retry, store, viewer, row.id, key=f"again-{row.id}", type="tertiary"
            )


def _chore(one: Chore, known: _form_parts.Known) -> None:
    store, viewer = _session.store(), _session.viewer(touch=False)
    with st.container(horizontal=True, vertical_alignment="center", key=f"row-chore-{one.id}"):
        form, _ = known.get(one.subject, (None, None))
        name = own(form.label, form.label_en) if form else one.subject
        changed = counted(one.changed, "{n} con otro veredicto", "{n} con otro veredicto")
        facts = (
            _state(one.state), _formats.calls(one.done), changed if one.state == "done" else "", one.error,
            t("lo pidió {name}", name=one.asked_by), _address.moment(one.created_at),
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
