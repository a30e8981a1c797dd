"""Handing a scorecard to its agent: now, or from a day on; and taking it back."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from coach import releases
from coach.types import Call, CoachError
from views import _address, _formats, _session
from views._formats import SIGNS
from views._text import counted, refusal, t
from views._widgets import plain

SEEN = "release-seen"  # in the session: what the call was when the button was drawn


def panel(call: Call, *, main: bool) -> None:
    """Where the release stands, and the next step; `main`: it is the page's main button."""
    if call.transcript.recording.agent_login is None:
        st.caption(t("Sin agente asignado: no se puede entregar a nadie."))
        return
    given = releases.of_call(_session.store(), _session.viewer(), call.id)
    if given is not None:
        _given(call, given)
    elif not _session.store().wordless(call.id):
        _offer(call, main=main)


def _offer(call: Call, *, main: bool) -> None:
    _unconfirmed(call)
    before, now = st.session_state.get(SEEN), _mark(call)
    st.session_state[SEEN] = now
    same = before is None or before[0] != call.id or before == now
    if st.button(
        t("Entregar al agente"),
        key="release",
        type="primary" if main else "secondary",
        icon=":material/send:",
    ):
        _release(call, None, same=same)
    with st.popover(t("Entregar otro día"), icon=":material/event:", type="tertiary"):
        tomorrow = date.today() + timedelta(days=1)
        day = st.date_input(
            t("Desde la mañana del"),
            value=tomorrow,
            min_value=tomorrow,
            format=_formats.date_field(),
            key="release-day",
        )
        if st.button(t("Entregar ese día"), key="release-on") and isinstance(day, date):
            _release(call, day, same=same)


def _unconfirmed(call: Call) -> None:
    """What handing it over now leaves out, said before."""
    now = _session.standing(call)
    if now is None or not now.to_confirm:
        return
    if now.void:
        said = counted(
            len(now.to_confirm),
            "La llamada ya está anulada. Queda otra crítica sin confirmar: así, el agente no la ve.",
            "La llamada ya está anulada. Quedan otras {n} críticas sin confirmar: así, el agente no las ve.",
        )
    else:
        said = counted(
            len(now.to_confirm),
            "Queda {n} crítica sin confirmar: así, el agente no la ve y la llamada no se anula.",
            "Quedan {n} críticas sin confirmar: así, el agente no las ve y la llamada no se anula.",
        )
    st.caption(f"{SIGNS['review']} {said}")


def _mark(call: Call) -> tuple[object, ...]:
    """What a person goes by when they hand the call over: it was drawn, and may change in another window."""
    return (call.id, _session.standing(call), call.review and call.review.reviewed_at)


def _release(call: Call, day: date | None, *, same: bool) -> None:
    """Only as it was drawn: `same`."""
    if not same:
        st.warning(
            t("La llamada cambió mientras la miraba: no se entregó. Vea cómo quedó antes de entregarla.")
        )
        return
    try:
        releases.release(_session.store(), _session.settings(), _session.viewer(), call.id, day)
    except CoachError as refused:
        st.error(plain(refusal(refused)))
        return
    st.rerun()


def _given(call: Call, given: releases.Release) -> None:
    name = given.agent or t("el agente")
    day = _address.day(given.visible_from)
    read = (
        t("leída el {day}", day=_address.day(given.acknowledged_at))
        if given.acknowledged_at
        else t("sin leer todavía")
    )
    st.caption(plain(t("Entregada a {name} desde el {day}, {read}.", name=name, day=day, read=read)))
    with st.popover(t("Retirar"), type="tertiary", icon=":material/undo:"):
        st.markdown(t("El agente deja de ver esta llamada. Se le avisa."))
        if st.button(t("Retirar la entrega"), key="withdraw"):
            try:
                releases.withdraw(_session.store(), _session.viewer(), call.id)
            except CoachError as refused:
                st.error(plain(refusal(refused)))
                return
            st.rerun()
