"""One calibration session: take part while it is open, compare once it can be compared."""

from __future__ import annotations

import streamlit as st

from coach import calibrating, calibration, comparison
from coach.calibration import Session
from views import _address, _calibration_compare, _calibration_paper, _formats, _session
from views._formats import SIGNS
from views._text import counted, t
from views._widgets import keep_in_address, plain


def show(one: Session) -> None:
    with st.container(key="steps"):
        if st.button(t("Calibraciones"), icon=":material/arrow_back:", type="tertiary", key="back"):
            st.session_state["at-view"] = "sessions"
            _address.go(session="", call="", view="sessions")
    st.title(plain(one.title))
    st.session_state.pop("not-kept", None)  # said here; within the call alone it waits for the whole page
    _address.said()
    _facts(one)
    if one.comparable:
        _calibration_compare.show(comparison.compare(_session.store(), _session.viewer(), one.id))
        return
    with st.container(border=True, key="answer"):
        st.markdown(_waits_for(one))
        st.caption(t("Nadie ve lo que dijo otro, ni la máquina, hasta que todos terminen o se cierre."))
    if one.asked:
        _judge(one)
    _close(one)


def _facts(one: Session) -> None:
    names = ", ".join(name for _, name in one.people)
    facts = [_formats.calls(len(one.calls)), names]
    if one.closes_on:
        facts.append(t("hasta el {day}", day=_formats.day(one.closes_on)))
    st.markdown(" · ".join(plain(fact) for fact in facts))


def _waits_for(one: Session) -> str:
    me = _session.viewer().user_id
    names = [plain(name) for number, name in one.behind if number != me]
    others = t("Los demás ya terminaron.")
    if names:
        others = counted(
            len(names),
            "Falta {n} persona por terminar: {names}.",
            "Faltan {n} personas por terminar: {names}.",
            names=", ".join(names),
        )
    if one.mine:
        mine = counted(one.mine, "Le falta {n} llamada por evaluar.", "Le faltan {n} llamadas por evaluar.")
        return f"**{mine}** {others}"
    return others if one.mine is None else f"{SIGNS['pass']} {t('Usted ya terminó.')} {others}"


def _judge(one: Session) -> None:
    """The call to judge: the one in the address, else the first that waits."""
    store, viewer = _session.store(), _session.viewer()
    known, done = calibrating.names(store, viewer, one), calibrating.handed_in(store, viewer, one.id)
    names = {}
    for at, name in enumerate(one.asked, start=1):
        who = plain(known.get(name) or t("Llamada {n}", n=at))
        names[name] = f"{SIGNS['pass']} {who}" if name in done else who
    key = f"call-{one.id}"
    if key not in st.session_state:
        wanted = st.query_params.get("call", "")
        waiting = [name for name in one.asked if name not in done]
        st.session_state[key] = wanted if wanted in names else next(iter(waiting), one.asked[0])
    chosen = st.session_state[key]
    if len(names) > 1:
        picked = st.segmented_control(
            t("Llamada"), list(names), format_func=names.__getitem__, key=key, label_visibility="collapsed"
        )
        chosen = picked or one.asked[0]
    keep_in_address("call", chosen)
    _calibration_paper.show(one.id, chosen)


def _close(one: Session) -> None:
    with st.popover(t("Cerrar la calibración"), icon=":material/lock:"):
        st.markdown(
            t(
                "Quien no terminó ya no podrá evaluar. Se compara lo que se entregó; lo marcado sin "
                "entregar no cuenta. No se abre de nuevo."
            )
        )
        if st.button(t("Sí, cerrar"), key="close-session"):
            store, viewer = _session.store(), _session.viewer()
            if _address.done(lambda: calibration.close(store, viewer, one.id)):
                st.rerun()
