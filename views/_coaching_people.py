"""The list of people to coach: what repeats in their calls, what is under way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import islice
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from coach.coaching import MOST_OPEN
from coach.coaching_rows import AgentRow
from coach.patterns import LEAST_CALLS
from views import _coaching_words, _formats
from views._formats import SIGNS
from views._list import listing
from views._text import counted, t
from views._widgets import plain

MOST_GRAVE = 3  # people whose critical failures are told above the list


def show(rows: Sequence[AgentRow]) -> None:
    if not rows:
        with st.container(border=True, key="empty"):
            st.markdown(
                t(
                    "Aquí verá qué se repite en las llamadas de cada agente, con sus planes, cuando haya "
                    "llamadas evaluadas con el usuario del agente."
                )
            )
        return
    _answer(rows)
    picked = listing(columns(), [row(one) for one in rows], key="people")
    if picked.row:
        st.query_params["agent"] = picked.row
        st.rerun()
    st.caption(
        t(
            "De las últimas {weeks} semanas. Algo se repite cuando falla en varias de al menos "
            "{n} llamadas y su intervalo entero pasa de lo que le ocurre a cualquiera. Un criterio con menos "
            "de {n} veredictos queda fuera, aunque falle en todos: la ficha de cada persona los nombra, y "
            "allí puede elegir usted el tema. Primero va lo que anuló llamadas o falla con claridad más que "
            "en su equipo (con ✕), luego lo que más puntos cuesta. Lo que espera a una persona no cuenta. "
            "Nada de esto entra en el puntaje ni en la paga.",
            weeks=rows[0].weeks,
            n=LEAST_CALLS,
        )
    )


def _answer(rows: Sequence[AgentRow]) -> None:
    today = date.today()
    due = [one for one in rows if one.due(today)]
    # patterns that have a plan are left out already; whose plan is due is named for that first
    ready = [one for one in rows if one.patterns and len(one.open) < MOST_OPEN]
    ready.sort(key=lambda one: bool(one.due(today)))
    with st.container(border=True, key="answer"):
        _grave(rows, ready[:1])
        if due:
            whose = dict.fromkeys(plan.person or one.name for one in due for plan in one.due(today))
            names = ", ".join(map(plain, islice(whose, 3)))
            st.markdown(t("Toca volver a mirar el plan de **{names}**.", names=names))
        if ready:
            one = ready[0]
            first = one.patterns[0]
            st.markdown(
                t(
                    "Conviene empezar con **{name}**: «{what}» falla en {share}.",
                    name=plain(one.name),
                    what=plain(_coaching_words.topic(first.kind, first.name)),
                    share=_formats.shared(first.share),
                )
            )
        if not due and not ready:
            _nothing(rows)


def _nothing(rows: Sequence[AgentRow]) -> None:
    """No plan to begin or to look at; of whom nobody can tell yet."""
    few = sum(one.calls < LEAST_CALLS for one in rows)
    if few < len(rows):
        st.markdown(t("Por lo que se repite, hoy no hay plan que empezar ni que volver a mirar."))
    if few:
        st.markdown(
            counted(
                few,
                "De {n} persona hay todavía pocas llamadas para saber qué se repite.",
                "De {n} personas hay todavía pocas llamadas para saber qué se repite.",
            )
        )


def _grave(rows: Sequence[AgentRow], first: Sequence[AgentRow]) -> None:
    """Whose critical failures come before any training: who is named to begin with, then who has most."""
    found = sorted((one for one in rows if one.grave), key=lambda one: (one not in first, -_weight(one)))
    if not found:
        return
    st.markdown(t("Antes de practicar, mire las faltas críticas de estas semanas:"))
    for one in found[:MOST_GRAVE]:
        _coaching_words.grave(one.login, one.name, one.grave)
    if (rest := len(found) - MOST_GRAVE) > 0:
        st.caption(counted(rest, "Y {n} persona más: mire su ficha.", "Y {n} personas más: mire sus fichas."))


def _weight(one: AgentRow) -> int:
    return one.grave.waiting + one.grave.confirmed


def columns() -> list[dict[str, Any]]:
    return [
        {"id": "agent", "label": t("Agente")},
        {"id": "what", "label": t("Por dónde empezar, sin plan")},
        {"id": "plan", "label": t("Planes")},
    ]


def row(one: AgentRow) -> dict[str, Any]:
    return {
        "id": one.login,
        "href": f"coaching?{urlencode({'agent': one.login})}",
        "cells": {
            "agent": {"text": one.name, "sub": _formats.calls(one.calls)},
            "what": _what(one),
            "plan": _plans(one),
        },
    }


def _what(one: AgentRow) -> dict[str, Any]:
    if not one.patterns:
        few = one.calls < LEAST_CALLS
        none = t("nada más que se repita") if one.open else t("nada que se repita")
        own = t("puede elegir usted el tema")
        return {"text": t("todavía pocas llamadas") if few else none, "kind": "na", "sub": own}
    first, *rest = one.patterns
    cell: dict[str, Any] = {
        "text": _coaching_words.topic(first.kind, first.name),
        "sub": _formats.shared(first.share),
    }
    if rest:
        cell["sub"] += " · " + counted(len(rest), "y {n} cosa más", "y {n} cosas más")
    if first.critical or first.stands_out:
        cell |= {"sign": SIGNS["fail"], "kind": "fail"}
    return cell


def _plans(one: AgentRow) -> dict[str, Any]:
    every = (*one.open, *one.left)
    if not every:
        return {"text": _formats.NOTHING, "kind": "na"}
    text = counted(len(every), "{n} plan abierto", "{n} planes abiertos")
    first = min(plan.follow_up_on for plan in every)
    told = t("mirar el {day}", day=_formats.short_day(first))
    if one.left:
        told += " · " + t("{n} de quien tuvo antes el usuario", n=len(one.left))
    if one.due(date.today()):
        return {"text": text, "sub": told, "sign": SIGNS["review"], "kind": "review"}
    return {"text": text, "sub": told}
