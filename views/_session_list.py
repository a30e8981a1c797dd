"""The group sessions: the list, and a new one for who coaches."""

from __future__ import annotations

from typing import Any

import streamlit as st

from coach import group_sessions, session_rows, trainees
from coach.group_sessions import LONGEST_TITLE, PLAYED
from coach.session_rows import Session
from drills.drill import FormatId
from views import _address, _coaching_words, _formats, _session
from views._formats import SIGNS
from views._list import listing
from views._text import counted, t


def show() -> None:
    viewer = _session.viewer()
    found = session_rows.sessions(_session.store(), viewer)
    if viewer.may("assign"):
        _new()
    if not found:
        with st.container(border=True, key="empty"):
            st.markdown(
                t(
                    "Una persona practica, las demás puntúan con la misma lista sin verse, y al final todas "
                    "comparan entre sí y con la máquina. Aquí verá las suyas."
                )
            )
        return
    picked = listing(_columns(), [_row(one) for one in found], key="sessions")
    if picked.row:
        _address.go(session=picked.row)


def phase(of: Session) -> dict[str, str]:
    if of.phase == "compared":
        return {"sign": SIGNS["pass"], "kind": "pass", "text": t("Comparada")}
    text = t("Practicando") if of.phase == "playing" else t("Puntuando")
    return {"sign": SIGNS["review"], "kind": "review", "text": text}


def _columns() -> list[dict[str, Any]]:
    return [
        {"id": "title", "label": t("Práctica en grupo")},
        {"id": "player", "label": t("Practica")},
        {"id": "state", "label": t("Estado")},
    ]


def _row(of: Session) -> dict[str, Any]:
    people = counted(len(of.seats), "{n} persona", "{n} personas")
    return {
        "id": str(of.id),
        "href": f"session?session={of.id}",
        "cells": {
            "title": {
                "text": _coaching_words.asked(of.title),
                "sub": f"{_coaching_words.exercise(of.format)} · {people}",
            },
            "player": {"text": of.player or _formats.NOTHING, "sub": _address.day(of.created_at)},
            "state": phase(of),
        },
    }


def _new() -> None:
    store, viewer = _session.store(), _session.viewer()
    people = {one.user_id: one.name for one in trainees.trainees(store, viewer)}
    everybody = people | trainees.coaches(store, viewer)
    cases = _coaching_words.scenario_names()
    with st.expander(t("Abrir una práctica en grupo"), icon=":material/add:"):
        if not people or len(everybody) < 2:
            st.caption(t("Hacen falta dos personas: un agente que practica y alguien que puntúa."))
            return
        kind: FormatId = st.selectbox(
            t("Formato"), list(PLAYED), format_func=_coaching_words.exercise, key="open-kind"
        )
        # rows of their own: the names of cases are long, and a list is as wide as its field
        case = st.selectbox(t("Escenario"), list(cases), format_func=cases.__getitem__, key="open-case")
        with st.container(horizontal=True, vertical_alignment="bottom"):
            player = st.selectbox(
                t("Quién practica"), list(people), format_func=people.__getitem__, key="open-player"
            )
            others = st.multiselect(
                t("Quiénes puntúan, además de usted"),
                [one for one in everybody if one != player],
                format_func=everybody.__getitem__,
                key="open-people",
                select_all=False,
                placeholder=t("Elija personas"),
            )
        title = st.text_input(t("Nombre (opcional)"), key="open-title", max_chars=LONGEST_TITLE)
        if st.button(t("Abrir"), type="primary", key="open"):
            _open(title, kind, case, player, others)


def _open(title: str, kind: FormatId, case: str, player: int, others: list[int]) -> None:
    made: list[int] = []
    store, settings, viewer = _session.store(), _session.settings(), _session.viewer()

    def begin() -> None:
        made.append(group_sessions.open_session(store, settings, viewer, title, kind, case, player, others))

    if _address.done(begin):
        for name in ("open-title", "open-people"):
            st.session_state.pop(name, None)
        _address.go(session=str(made[0]))
