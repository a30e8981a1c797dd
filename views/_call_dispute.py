"""A dispute as the second person decides it: the call without anybody's verdicts, and one criterion."""

from __future__ import annotations

import streamlit as st

from coach import dispute_rows, disputes
from coach.acts import LONGEST
from coach.frozen import signed_month_of
from coach.types import CoachError
from rubrics.types import Outcome
from views import _address, _call_data, _call_parts, _formats, _labels, _pages, _preconditions, _session
from views._player import player
from views._text import own, refusal, t
from views._widgets import plain


def show(written: str) -> None:
    """The page of the dispute that the address names."""
    _back()
    if told := st.session_state.get("decided", {}).get(written):
        st.title(t("Apelación decidida"))
        st.success(told)
        return
    store, viewer = _session.store(), _session.viewer()
    try:
        case = dispute_rows.case(store, _session.settings(), viewer, _address.number("dispute") or -1)
    except CoachError as refused:
        st.title(t("Apelación"))
        st.info(plain(refusal(refused)))
        return
    _session.saw(case.call)
    label = own(case.criterion.label, case.criterion.label_en)
    st.title(plain(t("¿Cumple «{label}»?", label=label)))
    st.caption(plain(_call_parts.facts(case.call)))
    with st.container(border=True, key="answer"):
        st.markdown(f"**{t('El agente dice')}**: {plain(case.dispute.reason)}")
        if case.dispute.quote:
            st.markdown(f"> {_call_parts.in_context(case.call, case.dispute.quote)}")
        if case.criterion.help:
            st.caption(plain(own(case.criterion.help, case.criterion.help_en)))
        if case.criterion.na_when:
            st.caption(t("No aplica si {when}.", when=_preconditions.when(case.criterion.na_when)))
        day = _formats.day(case.dispute.due_on)
        st.caption(t("Usted no ve lo que otros dijeron. Decida a más tardar el {day}.", day=day))
    with st.container():  # a refusal comes in here: the player below keeps its place, and plays on
        _decision(written, case)
    _player(case)


def _back() -> None:
    """To the disputes; who decides none came by an address of somebody else's, and has the list of calls."""
    if _pages.has(_session.viewer().role, "queue"):
        at = {"view": "disputes"}
        st.page_link("views/queue.py", label=t("Cola"), icon=":material/arrow_back:", query_params=at)
    else:
        st.page_link("views/calls.py", label=t("Volver a la lista"), icon=":material/arrow_back:")


@st.fragment
def _player(case: dispute_rows.Case) -> None:
    whole = _session.viewer().may("names")
    turn = case.dispute.quote.turn if case.dispute.quote else None
    data = _call_data.player_data(case.call, _session.form(case.call), (), turn=turn, whole=whole)
    player(data, key=f"player-dispute-{case.dispute.id}")


def _decision(written: str, case: dispute_rows.Case) -> None:
    names: dict[Outcome, str] = {name: _labels.outcome_name(name) for name in ("pass", "fail", "na")}
    with st.form(f"decide-{written}", border=False):
        chosen = st.segmented_control(
            t("Para usted"), list(names), format_func=names.__getitem__, key=f"outcome-{written}"
        )
        why = st.text_area(t("¿Por qué? El agente lo va a leer."), key=f"why-{written}", max_chars=LONGEST)
        asked = st.form_submit_button(t("Decidir"), key="decide", type="primary")
    if not asked:
        return
    if chosen is None:
        st.error(t("Elija si para usted cumple, no cumple o no aplica."))
        return
    try:
        done = disputes.decide(
            _session.store(), _session.settings(), _session.viewer(), case.dispute.id, chosen, why
        )
    except CoachError as refused:
        st.error(plain(refusal(refused)))
        return
    st.session_state.setdefault("decided", {})[written] = _told(done, case.call.id)
    st.rerun()


def _told(done: disputes.Decision, recording_id: str) -> str:
    if done.state == "dismissed":
        return t("Se mantiene el veredicto. Al agente se le avisa con su razón.")
    was, now = (_formats.standing(one) for one in (done.was, done.now))
    told = (
        t("Apelación aceptada: los puntos quedan igual ({now}). Al agente se le avisa.", now=now)
        if was == now
        else t(
            "Apelación aceptada: la llamada pasa de {was} a {now} puntos. Al agente se le avisa.",
            was=was,
            now=now,
        )
    )
    if (month := signed_month_of(_session.store(), recording_id)) is None:
        return told
    return f"{told} " + t(
        "Su mes ({month}) ya está firmado y no cambia: en Cierre se propone un ajuste.",
        month=_formats.month(month),
    )
