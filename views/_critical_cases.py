"""Confirmed critical failures: who confirmed each, what was done since, and what closes it."""

from __future__ import annotations

import streamlit as st

from coach import case_steps, critical_cases
from coach.better_lines import better_line
from coach.critical_cases import Case, Fault, Step
from coach.quotes import distinct
from views import _address, _call_parts, _critical_word, _session
from views._formats import SIGNS
from views._text import counted, own, retold, t
from views._widgets import plain


def show(*, closed: bool, size: int) -> None:
    key = "cases-closed" if closed else "cases-open"
    page = int(st.session_state.get(key, 1)) - 1
    found = critical_cases.cases(
        _session.store(), _session.settings(), _session.viewer(), closed=closed, page=page, size=size
    )
    if not found.rows:
        with st.container(border=True, key="empty"):
            st.markdown(_nothing(closed=closed))
        return
    st.markdown(_answer(found.total, closed=closed))
    for case in found.rows:
        _card(case)
    if found.total > size:
        st.pagination(-(-found.total // size), key=key)


def _nothing(*, closed: bool) -> str:
    if closed:
        return t("Ninguna cerrada todavía. Un caso se cierra cuando se anota lo último que se hizo.")
    return t("No queda ninguna por atender. Al confirmar una falta, aparece aquí para anotar qué se hizo.")


def _answer(total: int, *, closed: bool) -> str:
    if closed:
        return counted(total, "{n} caso cerrado.", "{n} casos cerrados.")
    return counted(
        total,
        "{n} llamada con una falta confirmada espera que alguien hable con su agente.",
        "{n} llamadas con una falta confirmada esperan que alguien hable con su agente.",
    )


def _card(case: Case) -> None:
    with st.container(border=True, key=f"critical-case-{case.call.id}"):
        _call_parts.whose(case.call, case.faults[0].verdict if case.faults else None)
        for fault in case.faults:
            _fault(case, fault)
            if _session.viewer().may("confirm"):
                _critical_word.take_back(case, fault)
        for step in case.steps:
            st.markdown(_step(step))
        if _session.viewer().may("release"):
            _next(case)


def _fault(case: Case, fault: Fault) -> None:
    label = plain(own(fault.criterion.label, fault.criterion.label_en))
    said = t("confirmó {name} el {day}", name=plain(fault.by), day=_address.day(fault.at))
    st.markdown(f":red[**{SIGNS['fail']} {label}**] · {said}")
    for quote in distinct(case.call.transcript, fault.verdict.evidence):
        st.markdown(f"> {_call_parts.in_context(case.call, quote)}")
    if not fault.verdict.evidence:
        st.markdown(plain(fault.verdict.told))
    better = better_line(case.call, fault.criterion, fault.verdict, _session.settings())
    if better:
        st.markdown(f"{t('Mejor así:')} {plain(better)}")


def _step(step: Step) -> str:
    sign = SIGNS["pass"] if step.closes else SIGNS["na"]
    who = f"{plain(step.by) or t('alguien')}, {_address.day(step.at)}"
    text = retold(step.text) if step.text == case_steps.AGAIN else step.text
    return f"{sign} **{who}**: {plain(text)}"


def _next(case: Case) -> None:
    """Write down what was done, or that nothing is left to do."""
    key = f"{case.call.id}-{len(case.steps)}"
    with st.popover(t("Anotar qué se hizo"), icon=":material/edit_note:"):
        with st.form(f"step-{key}", border=False):
            text = st.text_area(
                t("¿Qué se hizo?"),
                key=f"did-{key}",
                max_chars=critical_cases.MOST_WORDS,
                placeholder=t("Hablé con el agente y practicamos cómo decirlo."),
            )
            with st.container(horizontal=True):
                noted = st.form_submit_button(t("Solo anotar"), key=f"note-{key}")
                closed = st.form_submit_button(t("Anotar y cerrar"), key=f"close-{key}", type="primary")
        if (noted or closed) and _address.done(
            lambda: critical_cases.act(_session.store(), _session.viewer(), case.call.id, text, closes=closed)
        ):
            st.rerun()
