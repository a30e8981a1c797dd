"""A session compared: who gave what on each line, the machine beside, and where people differ most."""

from __future__ import annotations

from typing import Any

import streamlit as st

from coach import session_compare
from coach.session_compare import Comparison, Item
from coach.session_rows import Session
from views import _coaching_words, _formats, _session
from views._formats import SIGNS
from views._grid import grid
from views._text import several, t
from views._widgets import plain

MOST = 3  # lines named in the answer


def show(of: Session) -> None:
    found = session_compare.comparison(_session.store(), _session.viewer(), of.id)
    _answer(found)
    grid(_columns(found), _rows(found), key="compared")
    st.caption(
        t(
            "Puntos de cada línea. «Grupo»: el promedio de quienes escucharon. Más intenso: más distancia "
            "entre quien puso más y quien puso menos."
        )
    )
    if missing := [seat.name for seat in found.session.seats if not seat.done]:
        st.caption(t("Sin puntuar: {names}.", names=plain(several(missing))))
    for one in found.people:
        if one.note:
            st.markdown(f"**{plain(one.name)}:** {plain(one.note)}")
    if of.attempt_id is not None and (of.leads or of.plays):
        _coaching_words.replay(of.attempt_id, t("Ver el intento, turno por turno"))


def _answer(found: Comparison) -> None:
    with st.container(border=True, key="answer"):
        differ = found.differ[:MOST]
        if len(found.people) < 2:
            names = ", ".join(one.name for one in found.people)
            said = t(
                "Solo puntuó {names}: no hay con quién comparar, salvo con la máquina.", names=plain(names)
            )
            st.markdown(f"{SIGNS['na']} {said}")
        elif differ:
            names = ", ".join(f"**{plain(_coaching_words.rule(one.rule))}**" for one in differ)
            st.markdown(t("Donde más se distancian: {names}. Hablen primero de eso.", names=names))
        else:
            st.markdown(f"{SIGNS['pass']} " + t("Todas las personas puntuaron igual."))
        gaps = [one for one in found.items if one.gap is not None and abs(one.gap) >= one.of / 2]
        if gaps:
            told = "; ".join(_gap(one) for one in gaps[:MOST])
            st.markdown(t("Frente a la máquina: {told}.", told=told))
        if found.critical:
            st.markdown(
                f":red[{SIGNS['fail']}] " + t("La máquina oyó una palabra crítica: el intento vale 0.")
            )


def _gap(one: Item) -> str:
    values = {
        "name": plain(_coaching_words.rule(one.rule)),
        "group": _formats.brief(one.group or 0.0),
        "machine": one.machine,
    }
    return t("{name}, el grupo {group} y la máquina {machine}", **values)


def _columns(found: Comparison) -> list[dict[str, Any]]:
    people = [{"id": str(one.user_id), "label": one.name} for one in found.people]
    return [
        {"id": "", "label": t("Línea")},
        *people,
        {"id": "group", "label": t("Grupo")},
        {"id": "machine", "label": t("Máquina")},
    ]


def _rows(found: Comparison) -> list[dict[str, Any]]:
    rows = []
    for item in found.items:
        cells: dict[str, dict[str, Any]] = {
            str(one.user_id): {"text": str(one.points.get(item.rule, _formats.NOTHING))}
            for one in found.people
        }
        group = _formats.NOTHING if item.group is None else _formats.brief(item.group)
        cells["group"] = {"text": group, "shade": round(item.spread, 3)}
        cells["machine"] = {"text": str(item.machine)}
        label = f"{_coaching_words.rule(item.rule)} (0–{item.of})"
        rows.append({"id": item.rule, "label": label, "cells": cells})
    return [*rows, _total(found)]


def _total(found: Comparison) -> dict[str, Any]:
    cells = {str(one.user_id): {"text": str(sum(one.points.values()))} for one in found.people}
    groups = [one.group for one in found.items if one.group is not None]
    machine = 0 if found.critical else sum(one.machine for one in found.items)
    cells["group"] = {"text": _formats.brief(sum(groups)) if groups else _formats.NOTHING}
    cells["machine"] = {"text": str(machine)}
    return {"id": "*", "label": t("Todo (0–{n})", n=found.total), "cells": cells}
