"""What the viewer wrote beside a call, to change or take back once the review is finished."""

from __future__ import annotations

import streamlit as st

from coach import comments
from coach.comments import CommentRow
from coach.types import Call
from views import _address, _call_privacy, _session
from views._text import counted, t


def own(call: Call) -> None:
    """Nothing where the viewer wrote nothing."""
    store, viewer = _session.store(), _session.viewer()
    if not viewer.may("review"):
        return
    mine = [row for row in comments.of_call(store, viewer, call.id, names=_call_privacy.names()) if row.own]
    if mine:
        with st.expander(counted(len(mine), "{n} comentario suyo", "{n} comentarios suyos")):
            for row in mine:
                _one(row)


def _one(row: CommentRow) -> None:
    where = t("Sobre la llamada") if row.turn is None else t("Sobre el turno {n}", n=row.turn + 1)
    text = st.text_area(where, row.text, key=f"note-{row.id}")
    agent = st.checkbox(t("El agente lo puede leer"), row.for_agent, key=f"note-agent-{row.id}")
    store, viewer = _session.store(), _session.viewer()
    with st.container(horizontal=True):
        if st.button(
            t("Guardar el cambio"),
            key=f"note-keep-{row.id}",
            disabled=(text, agent) == (row.text, row.for_agent),
        ) and _address.attempt(comments.edit, store, viewer, row.id, text, for_agent=agent):
            _address.say_later(t("El comentario cambió."))
            st.rerun()
        if st.button(
            t("Quitar el comentario"), key=f"note-drop-{row.id}", type="tertiary"
        ) and _address.attempt(comments.delete, store, viewer, row.id):
            _address.say_later(t("El comentario ya no está."))
            st.rerun()
