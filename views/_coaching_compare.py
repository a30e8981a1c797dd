"""Attempts side by side: several people on the same exercise, or one person over time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from coach import attempts_compared, trainees
from coach.attempts_compared import Compared, Exercise
from coach.practicable import changed
from coach.scenarios import scenarios
from drills.scenario import Scenario
from views import _address, _coaching_words, _formats, _pages, _session
from views._formats import SIGNS
from views._grid import grid
from views._text import counted, own, t

TOTAL = "*"


def show() -> None:
    store, viewer = _session.store(), _session.viewer()
    found = attempts_compared.exercises(store, viewer)
    if not found:
        with st.container(border=True, key="empty"):
            st.markdown(t("Aquí verá los intentos de varias personas lado a lado, paso por paso."))
            st.caption(t("Nadie de los suyos terminó todavía un ejercicio."))
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
        held = {_id(one): one for one in found}
        named = {name: _name(one) for name, one in held.items()}
        exercise = held[_address.select(t("Ejercicio"), "exercise", named)]
        people = {str(one.user_id): one.name for one in trainees.trainees(store, viewer)}
        who = _address.select(t("Persona"), "person", {"": t("Todas, el último de cada una"), **people})
    if who:
        rows = attempts_compared.of_person(store, viewer, int(who), exercise.scenario, exercise.format)
    else:
        rows = attempts_compared.of_exercise(store, viewer, exercise.scenario, exercise.format)
    if not rows:
        st.info(t("Esta persona no terminó todavía este ejercicio."))
        return
    earlier = [_earlier(one.case, _now(exercise)) for one in rows]
    heads = [_head(one, told, alone=bool(who)) for one, told in zip(rows, earlier, strict=True)]
    _, column = grid(_columns(rows, heads), _rows(rows), key="attempts")
    how = t("Puntos por paso. Más intenso: se perdió más. Toque un nombre para ver el intento entero.")
    if who:
        how = t("Puntos por paso, del primero al último. Más intenso: se perdió más. Toque uno para verlo.")
    st.caption(how)
    if any(earlier):
        st.caption(t("«Versión anterior»: el caso cambió desde ese intento; los puntos son de otro caso."))
    if not exercise.scenario:
        st.caption(t("Cada intento es sobre una llamada de esa persona: los pasos se comparan, el caso no."))
    if column and column != TOTAL and _pages.has(viewer.role, "drill"):
        st.switch_page("views/drill.py", query_params={"attempt": column})


def _id(one: Exercise) -> str:
    return f"{one.scenario}:{one.format}"


def _name(one: Exercise) -> str:
    people = counted(one.people, "{n} persona", "{n} personas")
    now = _now(one)
    case = own(now.title, now.title_en) if now else t("De una llamada propia")
    what = f"{case} · {_coaching_words.exercise(one.format)}"
    return f"{what} ({people})"


def _now(one: Exercise) -> Scenario | None:
    """The case as it is practised now; as it was last, where nobody can any more."""
    return scenarios(_session.settings()).get(one.scenario) or one.case


def _earlier(case: Scenario | None, now: Scenario | None) -> str:
    """That an attempt is on another case than the one of the exercise, by the name that it had."""
    if case is None or now is None or not changed(case, now):
        return ""
    if case.title == now.title:
        return t("versión anterior")
    return t("versión anterior, «{title}»", title=own(case.title, case.title_en))


def _head(one: Compared, earlier: str, *, alone: bool) -> tuple[str, str]:
    """Of one person, which attempt it is and when; of several, whose."""
    if not alone:
        return one.name, earlier
    return t("Intento {n}", n=one.number), " · ".join(filter(None, (_address.moment(one.at), earlier)))


def _columns(rows: Sequence[Compared], heads: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
    linked = _pages.has(_session.viewer().role, "drill")
    drawn = []
    for one, (head, under) in zip(rows, heads, strict=True):
        href = {"href": f"drill?attempt={one.id}"} if linked else {}
        drawn.append({"id": str(one.id), "label": head, "sub": under, **href})
    return [{"id": "", "label": t("Paso")}, *drawn]


def _rows(rows: Sequence[Compared]) -> list[dict[str, Any]]:
    total = {str(one.id): _total(one) for one in rows}
    found = [{"id": TOTAL, "label": t("Todo"), "cells": total}]
    for step in attempts_compared.steps_of(rows):
        cells = {
            str(one.id): _cell(*one.marks[step])
            if step in one.marks
            else {"text": _formats.NOTHING, "faint": True}
            for one in rows
        }
        found.append({"id": step, "label": _coaching_words.rule(step), "cells": cells})
    return found


def _total(one: Compared) -> dict[str, Any]:
    kind = "pass" if one.passed else "fail"
    cell: dict[str, Any] = {"text": f"{one.points}/{one.of}", "sign": SIGNS[kind], "kind": kind}
    if one.critical:
        cell |= {"sub": t("palabra crítica")}
    return cell


def _cell(got: int, of: int) -> dict[str, Any]:
    return {"text": f"{got}/{of}", "shade": round(1 - got / of, 3) if of else 0.0}
