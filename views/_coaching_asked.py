"""Drills that were asked for: the list, a new one, and how far each person is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

import streamlit as st

from coach import assignment_rows, assignments, practicable, teams, trainees
from coach.assignment_rows import Assignment, Progress, State
from coach.assignments import LONGEST_NOTE, MOST_TIMES, Order
from coach.types import CoachError
from drills.drill import FormatId
from views import _address, _coaching_words, _formats, _session
from views._formats import SIGNS
from views._list import listing
from views._text import counted, refusal, t
from views._widgets import plain

SIZE = 12
NAMES_SHOWN = 2


def show() -> None:
    _new()
    states: dict[str, str] = {"open": t("En curso"), "past": t("Terminadas")}
    state: State = "past" if _address.segments(t("Estado"), "state", states) == "past" else "open"
    page = int(st.session_state.get("asked-page", 1)) - 1
    found = assignment_rows.listed(_session.store(), _session.viewer(), state, page=page, size=SIZE)
    if not found.total:
        _none(state)
        return
    picked = listing(_columns(), [_row(one) for one in found.rows], key="asked")
    if found.total > SIZE:
        st.pagination(-(-found.total // SIZE), key="asked-page")
    if picked.row:
        _address.go(assignment=picked.row)


def _none(state: State) -> None:
    """That there are none of these, and where those that are over stand."""
    past = 0
    if state == "open":
        past = assignment_rows.listed(_session.store(), _session.viewer(), "past", size=1).total
    with st.container(border=True, key="empty"):
        if past:
            st.markdown(t("No hay tareas en curso. Las logradas o retiradas quedan en «Terminadas»."))
            label = counted(past, "Ver la tarea terminada", "Ver las {n} terminadas")
            st.button(label, key="asked-past", icon=":material/done_all:", on_click=_show_past)
        elif state == "open":
            st.markdown(t("Aquí verá lo que pida practicar, quién ya lo logró y quién va tarde."))
        else:
            st.markdown(t("Todavía no terminó ninguna tarea de práctica."))


def _show_past() -> None:
    st.session_state["at-state"] = "past"


def one(number: int) -> None:
    """One of them, person by person."""
    store, viewer = _session.store(), _session.viewer()
    _coaching_words.back(t("Tareas de práctica"), "asked")
    try:
        of = assignment_rows.assignment(store, viewer, number)
        people = assignment_rows.progress(store, viewer, number)
    except CoachError as error:
        st.title(t("Tarea de práctica"))
        st.info(plain(refusal(error)))
        return
    st.title(plain(_coaching_words.asked(of.title)))
    _address.said()
    with st.container(border=True, key="answer"):
        st.markdown(_stand(of))
        if _stuck(of):
            st.markdown(t("Su caso ya no se practica: nadie puede hacerla ni va tarde. Retírela."))
        st.caption(" · ".join(plain(part) for part in _facts(of)))
        if of.note:
            st.markdown(plain(of.note))
    listing(_people_columns(), [_person(one, _can_be_done(of)) for one in people], key="progress")
    if of.scenario:
        st.page_link(
            "views/coaching.py", label=t("Comparar los intentos"), icon=":material/compare_arrows:",
            query_params={"view": "compare", "exercise": f"{of.scenario}:{of.format}"},
        )  # fmt: skip
    if of.withdrawn_at is None and (viewer.role != "lead" or of.created_by == viewer.user_id):
        with st.popover(t("Retirar"), icon=":material/undo:"):
            st.markdown(t("Nadie tendrá que hacerla. Lo que ya practicaron se conserva."))
            _address.offer(
                t("Sí, retirar"), partial(assignments.withdraw, store, viewer, number), key="withdraw",
                told=t("La tarea quedó retirada."),
            )  # fmt: skip


def _stand(of: Assignment) -> str:
    if of.withdrawn_at is not None:
        return t("Retirada el {day}.", day=_address.day(of.withdrawn_at))
    said = t("**{done} de {people}** ya la lograron.", done=of.done, people=of.people)
    if of.late and _can_be_done(of):
        said += " " + counted(of.late, "{n} persona va tarde.", "{n} personas van tarde.")
    return said


def _can_be_done(of: Assignment) -> bool:
    return practicable.can_be_done(_session.settings(), of.format, of.scenario, of.objection)


def _stuck(of: Assignment) -> bool:
    """Whether it still asks somebody for what cannot be done any more."""
    return of.withdrawn_at is None and of.done < of.people and not _can_be_done(of)


def _facts(of: Assignment) -> list[str]:
    about = _coaching_words.scenario(of.scenario) if of.scenario else ""
    times = counted(of.times, "lograrla {n} vez", "lograrla {n} veces")
    parts = [_coaching_words.exercise(of.format), about, times]
    parts.append(t("hasta el {day}", day=_formats.day(of.due_on)))
    parts.append(t("la pidió {name}", name=of.by) if of.by else "")
    return [part for part in parts if part]


def _columns() -> list[dict[str, Any]]:
    return [
        {"id": "title", "label": t("Tarea")},
        {"id": "done", "label": t("La lograron"), "align": "right"},
        {"id": "due", "label": t("Hasta"), "align": "right"},
    ]


def _row(of: Assignment) -> dict[str, Any]:
    due: dict[str, Any] = {"text": _formats.short_day(of.due_on)}
    if of.withdrawn_at is not None:
        due |= {"sub": t("retirada"), "kind": "na"}
    elif _stuck(of):
        due |= {"sub": t("ya no se puede hacer"), "sign": SIGNS["review"], "kind": "review"}
    elif of.late:
        due |= {"sub": counted(of.late, "{n} tarde", "{n} tarde"), "sign": SIGNS["review"], "kind": "review"}
    return {
        "id": str(of.id),
        "href": f"coaching?assignment={of.id}",
        "cells": {
            "title": {
                "text": _coaching_words.asked(of.title),
                "sub": f"{_who_of(of)} · {counted(of.times, '{n} vez', '{n} veces')}",
            },
            "done": {"text": t("{n} de {total}", n=of.done, total=of.people)},
            "due": due,
        },
    }


def _who_of(of: Assignment) -> str:
    """«Ana, Beto y 3 más»."""
    names, more = ", ".join(of.who[:NAMES_SHOWN]), len(of.who) - NAMES_SHOWN
    return f"{names} {t('y {n} más', n=more)}" if more > 0 else names


def _people_columns() -> list[dict[str, Any]]:
    return [
        {"id": "name", "label": t("Persona")},
        {"id": "stand", "label": t("Cómo va")},
        {"id": "tries", "label": t("Intentos"), "align": "right"},
        {"id": "best", "label": t("El mejor"), "align": "right"},
    ]


def _person(one_: Progress, can_be_done: bool) -> dict[str, Any]:
    passes = t("{n} de {total}", n=min(one_.passes, one_.times), total=one_.times)
    stand: dict[str, dict[str, Any]] = {
        "done": {"sign": SIGNS["pass"], "kind": "pass", "text": t("lograda"), "sub": passes},
        "late": {"sign": SIGNS["review"], "kind": "review", "text": t("va tarde"), "sub": passes},
        "open": {"text": t("en curso"), "sub": passes},
    }
    last = {"sub": _address.day(one_.last_at)} if one_.last_at else {}
    return {
        "id": str(one_.user_id),
        "cells": {
            "name": {"text": one_.name},
            "stand": stand["open" if one_.standing == "late" and not can_be_done else one_.standing],
            "tries": {"text": str(one_.attempts), **last},
            "best": {"text": _formats.NOTHING if one_.best is None else _formats.percent(one_.best)},
        },
    }


def _new() -> None:
    store, viewer = _session.store(), _session.viewer()
    with st.expander(t("Pedir una práctica"), icon=":material/add:"):
        people = {one.user_id: _who(one) for one in trainees.trainees(store, viewer)}
        groups = {one.id: f"{one.name} ({one.members})" for one in teams.list_teams(store, viewer)}
        with st.container(horizontal=True, vertical_alignment="bottom"):
            whole = st.multiselect(
                t("Equipos"), list(groups), format_func=groups.__getitem__, key=f"ask-teams{_again()}",
                placeholder=t("Elija equipos"), select_all=False,
            )  # fmt: skip
            single = st.multiselect(
                t("Personas"), list(people), format_func=people.__getitem__, key=f"ask-people{_again()}",
                placeholder=t("Elija personas"), select_all=False,
            )  # fmt: skip
        order = _order()
        if st.button(t("Pedirla"), type="primary", key="ask"):
            _ask(order, whole, single)


def _again() -> str:
    """What makes the fields new ones after a task was asked: whom and why are not those of the next."""
    return f"-{done}" if (done := st.session_state.get("asked-so-far", 0)) else ""


def _who(one_: trainees.Trainee) -> str:
    return f"{one_.name} · {one_.team}" if one_.team else one_.name


def _order() -> Order:
    kinds = _coaching_words.formats()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kind: FormatId = st.selectbox(
            t("Formato"), list(kinds), format_func=kinds.__getitem__, key="ask-kind"
        )
        about = {"objection": t("una objeción"), "scenario": t("un escenario")}
        on = st.selectbox(t("Sobre"), list(about), format_func=about.__getitem__, key="ask-on")
    about_a_case = on == "scenario"
    names = (_coaching_words.scenario_names if about_a_case else _coaching_words.objections)(kind)
    which = f"ask-{on}" if about_a_case else f"ask-{on}-{len(names)}"
    # a row of its own: the names of cases are long, and a list is as wide as its field
    chosen = st.selectbox(t("Cuál"), list(names), format_func=names.__getitem__, key=which)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        times = st.number_input(t("Veces que debe lograrla"), 1, MOST_TIMES, 1, key="ask-times")
        until = st.date_input(
            t("Hasta"), value=_coaching_words.workday(7), format=_formats.date_field(), key="ask-until"
        )
    note = st.text_input(
        t("Nota para quien la hace (opcional)"), key=f"ask-note{_again()}", max_chars=LONGEST_NOTE
    )
    day = until if isinstance(until, date) else date.today()
    both = {"scenario": chosen} if about_a_case else {"objection": chosen}
    return Order(kind, day, times=int(times), note=note, **both)


def _ask(order: Order, whole: Sequence[int], single: Sequence[int]) -> None:
    store, settings, viewer = _session.store(), _session.settings(), _session.viewer()
    if _address.attempt(assignments.assign, store, settings, viewer, order, single, whole):
        st.session_state["asked-so-far"] = st.session_state.get("asked-so-far", 0) + 1
        _address.say_later(t("La tarea está pedida y cada persona ya la ve."))
        st.rerun()
