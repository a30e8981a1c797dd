"""The cards of «Practicar»: today's minutes, what was assigned or left open, mastery, history."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, get_args
from urllib.parse import urlencode

import streamlit as st

from coach import attempts, practicable, practice, practice_plan, scenarios
from coach.attempts import AttemptRow
from coach.practice_cards import Missed
from coach.practice_plan import MINUTES, Assigned, Due, Today
from drills.drill import FormatId
from drills.scenario import Scenario
from drills.schedule import FEWEST, Card, Mastery
from rubrics.labels import OBJECTIONS
from views import _address, _coaching_words, _drill_words, _formats, _labels, _session
from views._drill_result import open_new
from views._formats import SIGNS
from views._list import listing
from views._text import counted, own, t
from views._widgets import plain

SIZE, MISSES = 10, 5
LEVELS = ("1", "2", "3", "4", "5")


def today_card(today: Today, *, waiting: bool) -> None:
    """What is due, with the one main button of the screen."""
    store, settings, viewer = _session.store(), _session.settings(), _session.viewer()
    with st.container(border=True, key="today"):
        if not today.items:
            _done(today, waiting=waiting)
            return
        n = counted(len(today.items), "{n} ejercicio", "{n} ejercicios")
        minutes = counted(today.minutes, "{n} minuto", "{n} minutos")
        st.markdown(f"**{t('Hoy: {exercises}, cerca de {minutes}.', exercises=n, minutes=minutes)}**")
        st.markdown("\n".join(f"- {_item(item)}" for item in today.items))
        if st.button(t("Empezar"), key="start-today", type="primary"):
            open_new(lambda: practice.begin_due(store, settings, viewer, today.items[0]))


def _done(today: Today, *, waiting: bool) -> None:
    done = counted(today.done, "{n} ejercicio", "{n} ejercicios")
    st.markdown(f"**{SIGNS['pass']} {t('Por hoy terminó: {exercises}.', exercises=done)}**")
    if today.next_day is not None and today.next_day > date.today():
        st.markdown(t("Lo próximo le toca el {day}.", day=_formats.day(today.next_day)))
    elif today.next_day is not None:
        st.markdown(t("Lo que queda pendiente sigue mañana: cinco minutos al día bastan."))
    if waiting:
        st.markdown(t("Más abajo le espera lo que le pidieron practicar."))
    else:
        st.markdown(t("Si quiere seguir, elija otro más abajo."))


def _item(item: Due) -> str:
    """«**Falta de dinero** · una respuesta · falló en una llamada suya del 3 nov»."""
    if item.miss is not None:
        why = t("de una llamada suya del {day}", day=_formats.short_day(item.miss.call_date))
    elif item.new:
        why = t("nueva para usted")
    else:
        why = t("toca repasarla")
    name = plain(_labels.finding(item.objection))
    return f"**{name}** · {plain(_drill_words.format_name(item.format).lower())} · {why}"


def left_open(rows: Sequence[AttemptRow]) -> None:
    """Exercises that were begun and not finished: nothing said in them is lost."""
    st.subheader(t("Sin terminar"))
    for row in rows:
        with st.container(horizontal=True, vertical_alignment="center", key=f"row-open-{row.id}"):
            case = row.case
            about = own(case.title, case.title_en) if case else t("de una llamada suya")
            name, day = _drill_words.format_name(row.format), _formats.day(row.on_date)
            parts = (name, about, day, _drill_words.became(case))
            st.markdown(" · ".join(map(plain, filter(None, parts))))
            if st.button(t("Seguir"), key=f"open-{row.id}"):
                st.switch_page("views/drill.py", query_params={"attempt": str(row.id)})


def asked(rows: Sequence[Assigned]) -> None:
    """What somebody assigned, the first due first."""
    store, settings, viewer = _session.store(), _session.settings(), _session.viewer()
    st.subheader(t("Asignado a usted"))
    for row in rows:
        with st.container(
            border=True, horizontal=True, vertical_alignment="center", key=f"home-asked-{row.id}"
        ):
            possible = can_be_done(row)
            with st.container():
                st.markdown(f"**{plain(_coaching_words.asked(row.title))}**")
                st.caption(plain(" · ".join(_asked(row, possible))))
                if row.note:
                    st.markdown(plain(row.note))
                if not possible:
                    st.markdown(_past_doing(row))
            if possible and st.button(t("Practicar"), key=f"asked-{row.id}"):
                open_new(lambda one=row: practice.begin_assigned(store, settings, viewer, one.id))  # type: ignore[misc]


def can_be_done(row: Assigned) -> bool:
    return practicable.can_be_done(_session.settings(), row.format, row.scenario, row.objection)


def _past_doing(row: Assigned) -> str:
    """Whose case is gone is not late: who asked for it can take it back."""
    said = t("Su caso ya no se practica: no puede hacerla y no le cuenta como atraso.")
    return f"{said} {t('Pida a {name} que la retire.', name=plain(row.by))}" if row.by else said


def _asked(row: Assigned, possible: bool) -> list[str]:
    late = possible and row.due_on < date.today()
    day = _formats.day(row.due_on)
    told = [
        _drill_words.format_name(row.format),
        t("venció el {day}", day=day) if late else t("hasta el {day}", day=day),
        _drill_words.passes(row.passed, row.times),
    ]
    return [*told, t("de {name}", name=row.by)] if row.by else told


def from_calls(found: Sequence[Missed]) -> None:
    """One's own real calls: «¿qué diría aquí?»."""
    store, viewer = _session.store(), _session.viewer()
    st.subheader(t("De sus llamadas"))
    st.caption(t("Objeciones que quedaron sin responder en llamadas revisadas y entregadas."))
    for one in found[:MISSES]:
        key = f"{one.recording_id}-{one.turn}"
        with st.container(horizontal=True, vertical_alignment="center", key=f"row-miss-{key}"):
            st.markdown(f"{plain(_labels.finding(one.objection))} · {_formats.day(one.call_date)}")
            if st.button(t("¿Qué diría aquí?"), key=f"miss-{key}"):
                open_new(
                    lambda it=one: practice.begin_miss(store, viewer, it.recording_id, it.turn)  # type: ignore[misc]
                )


def choose() -> None:
    """Any other exercise: format, objection, country, level; the address keeps what is chosen."""
    store, settings, viewer = _session.store(), _session.settings(), _session.viewer()
    st.subheader(t("Elegir otro"))
    names: dict[str, str] = {name: _drill_words.format_name(name) for name in get_args(FormatId)}
    _to_try()
    with st.container(key="filters"):
        kind: Any = _address.select(t("Ejercicio"), "format", names)
        about = {name: _labels.finding(name) for name in OBJECTIONS}
        objection = _address.choice(t("Objeción"), "objection", about, t("Cualquiera"), of="practice")
        held = sorted({case.country for case in scenarios.scenarios(settings).values()})
        codes: dict[str, str] = {code: _labels.country(code) for code in held}
        country = _address.choice(t("País"), "country", codes, t("Todos"), of="practice")
        level = _address.choice(t("Dificultad"), "level", _levels(), t("Cualquiera"), of="practice")
    found = practice_plan.fitting(settings, kind, objection, country, int(level or 0))
    minutes = counted(MINUTES[kind], "{n} minuto", "{n} minutos")
    st.caption(f"{plain(_drill_words.format_help(kind))} · {t('cerca de {minutes}', minutes=minutes)}")
    if not found:
        st.info(t("Ningún caso cumple estos filtros. Quite alguno para ver más."))
        return
    wanted = _case(found)
    if st.button(t("Empezar este"), key="start-chosen"):
        chosen = wanted or practice_plan.least_tried(store, viewer, found)
        about_one = objection if kind not in ("close_vague", "third_party") else ""
        open_new(lambda: practice.begin(store, settings, viewer, kind, chosen, objection=about_one))


def _to_try() -> None:
    """A link to a scenario alone means its whole call: so it is tried out."""
    case = scenarios.scenarios(_session.settings()).get(st.query_params.get("scenario", ""))
    if case is not None and "format" not in st.query_params and "at-format" not in st.session_state:
        st.session_state["at-format"] = "third_party" if case.with_third_party else "whole_call"


def _levels() -> dict[str, str]:
    names = (
        t("1 · una objeción"),
        t("2 · dos objeciones"),
        t("3 · con motivo oculto"),
        t("4 · hostil o con abogado"),
        t("5 · con provocación"),
    )
    return dict(zip(LEVELS, names, strict=True))


def _case(found: Sequence[Scenario]) -> str:
    """The case, by hand for who wants one; else the one practised least."""
    usual = counted(len(found), "el único que hay", "uno de los {n}, el que menos practicó")
    titles = {"": usual, **{case.id: _labels.scenario(case) for case in found}}
    return _address.select(t("Caso"), "scenario", titles)


def mastered(rows: Sequence[Mastery], cards: Sequence[Card]) -> None:
    """How well each objection is known, the weakest first, always with n."""
    st.subheader(t("Cómo va con cada objeción"))
    if not rows:
        st.markdown(t("Aquí verá cada objeción que practique, con cuántas veces la logró."))
        return
    when = {card.objection: card.due for card in cards}
    columns = [
        {"id": "objection", "label": t("Objeción")},
        {"id": "share", "label": t("Puntos"), "align": "right"},
        {"id": "passed", "label": t("Logradas"), "align": "right"},
        {"id": "next", "label": t("Próxima"), "align": "right"},
    ]
    weakest: list[Mastery] = sorted(
        rows, key=lambda one: (not one.urgent, one.mastered, one.share or 0.0, one.objection)
    )
    listing(columns, [_mastery(one, when[one.objection]) for one in weakest], key="mastery")
    st.caption(
        t(
            "Se cuentan los últimos cinco intentos de cada una; con menos de {n} no se dice un porcentaje.",
            n=FEWEST,
        )
    )


def _mastery(one: Mastery, due: date) -> dict[str, Any]:
    if one.urgent:
        sign, kind, word = SIGNS["review"], "review", t("falló en una llamada")
    elif one.mastered:
        sign, kind, word = SIGNS["pass"], "pass", t("dominada")
    else:
        sign, kind, word = SIGNS["na"], "na", t("en práctica")
    few = t("pocos intentos") if one.n else _formats.NOTHING
    share = _formats.percent(one.share) if one.share is not None else few
    return {
        "id": one.objection,
        "cells": {
            "objection": {"sign": sign, "kind": kind, "text": _labels.finding(one.objection), "sub": word},
            "share": {"text": share, "sub": counted(one.n, "{n} intento", "{n} intentos")},
            "passed": {
                "text": _drill_words.points(one.passed, one.recent) if one.recent else _formats.NOTHING
            },
            "next": {"text": t("hoy") if due <= date.today() else _formats.short_day(due)},
        },
    }


def history() -> None:
    """Finished attempts, the newest first; each opens with its account."""
    page = int(st.session_state.get("attempts-page", 1)) - 1
    found = attempts.attempts(_session.store(), _session.viewer(), finished=True, page=page, size=SIZE)
    if not found.rows:
        return
    st.subheader(t("Lo que ya hizo"))
    columns: list[dict[str, Any]] = [
        {"id": "drill", "label": t("Ejercicio")},
        {"id": "points", "label": t("Puntos"), "align": "right"},
        {"id": "time", "label": t("Tiempo"), "align": "right", "hide": True},
    ]
    picked = listing(columns, [_attempt(row) for row in found.rows], key="attempts")
    if found.total > SIZE:
        st.pagination(-(-found.total // SIZE), key="attempts-page")
    if picked.row:
        st.switch_page("views/drill.py", query_params={"attempt": picked.row})


def _attempt(row: AttemptRow) -> dict[str, Any]:
    of = _labels.scenario(row.case) if row.case else t("de una llamada real")
    told = (_address.moment(row.finished_at or row.started_at), of, _drill_words.became(row.case))
    passed = bool(row.passed)
    return {
        "id": str(row.id),
        "href": f"drill?{urlencode({'attempt': row.id})}",
        "cells": {
            "drill": {
                "sign": SIGNS["pass" if passed else "fail"],
                "kind": "pass" if passed else "fail",
                "text": _drill_words.format_name(row.format),
                "sub": " · ".join(filter(None, told)),
            },
            "points": {"text": _drill_words.points(row.points or 0, row.of or 0)},
            "time": {"text": _formats.duration(row.seconds)},
        },
    }


def home_card() -> None:
    """For «Inicio»: what is due today, with one button; nothing where there is nothing."""
    store, settings, viewer = _session.store(), _session.settings(), _session.viewer()
    today = practice_plan.today(store, viewer)
    if not today.items:
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="home-practice"):
        with st.container():
            minutes = counted(today.minutes, "{n} minuto", "{n} minutos")
            st.markdown(f"**{t('Su práctica de hoy: cerca de {minutes}', minutes=minutes)}**")
            st.caption(plain(", ".join(dict.fromkeys(_labels.finding(one.objection) for one in today.items))))
        if st.button(t("Practicar"), key="go-practice"):
            open_new(lambda: practice.begin_due(store, settings, viewer, today.items[0]))
