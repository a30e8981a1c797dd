"""The calibration sessions: the list, and a new one."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from coach import calibrating, calibration, listings
from coach.calibration import Session
from coach.rows import CallFilter, CallRow
from views import _address, _formats, _session
from views._formats import NOTHING, SIGNS
from views._list import listing
from views._text import counted, t

_FOUND = 40  # calls that one search offers


def show(sessions: tuple[Session, ...]) -> None:
    mine = sum(bool(one.mine) and not one.comparable for one in sessions)
    with st.container(border=True, key="answer"):
        if not sessions:
            st.markdown(
                t(
                    "En una calibración varias personas evalúan las mismas llamadas sin verse, y después "
                    "comparan. Aquí verá las que se preparen."
                )
            )
        elif mine:
            st.markdown(counted(mine, "**{n} calibración le espera.**", "**{n} calibraciones le esperan.**"))
        else:
            st.markdown(t("Ninguna calibración espera por usted."))
    if sessions:
        picked = listing(columns(), [row(one) for one in sessions], key="sessions")
        if picked.row:
            _address.go(session=picked.row, call="")
    _new()


def columns() -> list[dict[str, Any]]:
    return [
        {"id": "title", "label": t("Calibración")},
        {"id": "state", "label": t("Estado")},
        {"id": "mine", "label": t("Le faltan"), "align": "right"},
        {"id": "closes", "label": t("Hasta"), "align": "right"},
    ]


def row(one: Session) -> dict[str, Any]:
    people = counted(len(one.people), "{n} persona", "{n} personas")
    waits = one.mine if one.mine and not one.comparable else None
    return {
        "id": str(one.id),
        "href": f"calibration?session={one.id}",
        "cells": {
            "title": {"text": one.title, "sub": f"{_formats.calls(len(one.calls))} · {people}"},
            "state": state(one),
            "mine": {"text": str(waits) if waits else NOTHING, "kind": "" if waits else "na"},
            "closes": {"text": _formats.short_day(one.closes_on) if one.closes_on else NOTHING},
        },
    }


def state(one: Session) -> dict[str, str]:
    if one.comparable:
        closed = t("Cerrada") if one.closed_at else t("Lista para comparar")
        return {"sign": SIGNS["pass"], "kind": "pass", "text": closed, "sub": done(one)}
    return {"sign": SIGNS["review"], "kind": "review", "text": t("En curso"), "sub": done(one)}


def done(one: Session) -> str:
    """How many have finished, and who has not."""
    so_far = t("{n} de {whole} terminaron", n=one.done, whole=len(one.people))
    if not one.behind:
        return so_far
    return t("{done}. Sin terminar: {names}", done=so_far, names=", ".join(name for _, name in one.behind))


def _new() -> None:
    store, viewer = _session.store(), _session.viewer()
    with st.expander(t("Preparar una calibración"), icon=":material/add:"):
        title = st.text_input(t("Nombre"), key="new-title", max_chars=200, placeholder=t("Octubre, semana 2"))
        calls = _calls()
        people = dict(calibrating.colleagues(store, viewer))
        chosen = st.multiselect(
            t("Quiénes evalúan (dos o más)"), list(people), format_func=people.__getitem__, key="new-people",
            placeholder=t("Elija personas"), select_all=False,
        )  # fmt: skip
        until = st.date_input(
            t("Hasta (opcional)"), value=None, format=_formats.date_field(), key="new-until"
        )
        if st.button(t("Crear la calibración"), type="primary", key="new-create"):
            _create(title, calls, chosen, until if isinstance(until, date) else None)


def _create(title: str, calls: list[str], people: list[int], until: date | None) -> None:
    made: list[int] = []
    store, viewer = _session.store(), _session.viewer()
    if _address.done(lambda: made.append(calibration.create(store, viewer, title, calls, people, until))):
        for name in ("new-title", "new-calls", "new-people", "new-until", "new-search"):
            st.session_state.pop(name, None)
        _address.go(session=str(made[0]))


def _calls() -> list[str]:
    """Calls to judge: what a search finds, and what was picked in earlier ones."""
    text = st.text_input(
        t("Buscar llamadas"), key="new-search", placeholder=t("palabras dichas, deudor, cuenta")
    )
    found = listings.calls(
        _session.store(), _session.viewer(), CallFilter(text=text), sort="-date", page=0, size=_FOUND
    )
    names: dict[str, str] = st.session_state.setdefault("new-names", {})
    names |= {one.id: call_name(one) for one in found.rows}
    kept = st.session_state.get("new-calls", [])
    options = list(dict.fromkeys([*kept, *(one.id for one in found.rows)]))
    return st.multiselect(
        t("Llamadas"), options, format_func=lambda one: names.get(one, one), key="new-calls",
        placeholder=t("Elija llamadas"), select_all=False,
    )  # fmt: skip


def call_name(call: CallRow) -> str:
    """What tells a call from others, without a word on how it went."""
    length = _formats.duration(call.duration_s) if call.duration_s else ""
    parts = (call.debtor_name or call.id, call.agent or "", _formats.day(call.call_date), length)
    return " · ".join(part for part in parts if part)
