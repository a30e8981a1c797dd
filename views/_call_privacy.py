"""On a call's screen: names shown or covered, and what was erased of it."""

from __future__ import annotations

import streamlit as st

from coach import wiping
from coach.types import Call
from views import _address, _session
from views._text import t

_HIDE = "hide-names"


def names() -> bool:
    """Whether names are to be shown: only to who may know them, and who has not covered them."""
    return _session.viewer().may("names") and not st.session_state.get(_HIDE, False)


def switch() -> None:
    """For who may know them; for all others names are covered anyhow."""
    if _session.viewer().may("names"):
        st.session_state.setdefault(_HIDE, False)
        st.toggle(
            t("Ocultar datos personales"),
            key=_HIDE,
            help=t("Tarjetas y documentos se cubren siempre; con esto, también nombres y demás datos."),
        )
    else:
        st.caption(t("Los datos personales están cubiertos."))


def gone(call: Call) -> None:
    """What was erased of the call, and when."""
    store = _session.store()
    if at := wiping.gone_at(store, call.id, "audio"):
        st.info(t("Grabación borrada el {day}.", day=_address.day(at)))
    if at := wiping.gone_at(store, call.id, "words"):
        st.info(
            t(
                "Transcripción borrada el {day}. Quedan los veredictos; ya no se revisa ni se entrega.",
                day=_address.day(at),
            )
        )
