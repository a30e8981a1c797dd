"""The objections' grid, the calls that never resolved one, and the shop's own answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from coach import best_answers
from coach.best_answers import Answer
from coach.kappa import Share
from coach.ledger import ObjectionPath
from coach.periods import Period
from coach.picture import LEAST_OF_CELL
from coach.rungs import Met, MissedRow
from coach.team_figures import LEAST_TO_WORK_ON
from coach.types import CoachError
from coach.viewers import Viewer
from views import _formats, _labels, _pages, _session
from views._formats import SIGNS
from views._text import counted, quoted, refusal, several, t
from views._widgets import plain

NOBODY = Share(0, 0)
NAMED = 3  # objections that share a place and are named


def answer(rows: Sequence[Met], looked_at: Period) -> None:
    """The most frequent objection, and the one that is resolved least, of these days."""
    with st.container(border=True, key="answer"):
        st.markdown(most_frequent(rows))
        if worst := hardest(rows):
            st.markdown(
                t(
                    "La que menos se resuelve, de las que sonaron en {n} llamadas o más, es **{name}**: "
                    "recibe una respuesta que encaja en {share}.",
                    n=LEAST_TO_WORK_ON,
                    name=plain(_labels.finding(worst.objection)),
                    share=_formats.shared(worst.resolved),
                )
            )
        st.caption(t("Llamadas {days}.", days=_formats.days(looked_at.since, looked_at.until)))


def most_frequent(rows: Sequence[Met]) -> str:
    """The objection of most calls, or all that share that place."""
    first = rows[0]
    share = t("{share} de {n}", share=_formats.share(first.calls), n=first.calls.n)
    names = [plain(_labels.finding(row.objection)) for row in rows if row.calls.hits == first.calls.hits]
    if len(names) == 1:
        return t("La más frecuente es **{name}**: aparece en {share} llamadas.", name=names[0], share=share)
    named = [f"**{name}**" for name in names[:NAMED]]
    more = [t("{n} más", n=len(names) - NAMED)] if len(names) > NAMED else []
    return t(
        "Las más frecuentes son {names}: cada una aparece en {share} llamadas.",
        names=several([*named, *more]),
        share=share,
    )


def hardest(rows: Sequence[Met]) -> Met | None:
    """The one that is resolved least, of those met often enough to say so."""
    known = [row for row in rows if row.resolved.n >= LEAST_TO_WORK_ON]
    return min(known, key=lambda row: row.resolved.value or 0.0, default=None)


def columns() -> list[dict[str, Any]]:
    heads = {
        "": t("Objeción"),
        "calls": t("Llamadas"),
        "recognise": t("Reconoce"),
        "explore": t("Indaga"),
        "answer": t("Responde"),
        "ask": t("Vuelve a pedir"),
        "resolved": t("Respuesta que encaja"),
        "promised": t("Con promesa"),
        "kept": t("Cumplida"),
    }
    return [{"id": name, "label": label} for name, label in heads.items()]


def rows(met: Sequence[Met], paths: Mapping[str, ObjectionPath]) -> list[dict[str, Any]]:
    """A row for each objection. Where asking again would be wrong, the share that does stays grey."""
    plays = _session.playbook().plays
    no_ask = {play.objection for play in plays if not play.ask}
    found = []
    for row in met:
        path = paths.get(row.objection)
        steps = {
            **row.rungs,
            "resolved": row.resolved,
            "promised": path.promised if path else NOBODY,
            "kept": path.kept if path else NOBODY,
        }
        calls = {"text": str(row.calls.hits), "sub": _formats.share(row.calls)}
        cells = {"calls": calls, **{name: _cell(of, _whole(name, of.n)) for name, of in steps.items()}}
        if row.objection in no_ask:
            cells["ask"] = {"text": _formats.share(row.rungs["ask"]), "faint": True}
            cells["ask"]["tip"] = t("En esta objeción no toca volver a pedir.")
        label = _labels.finding(row.objection)
        href = f"objections?{urlencode({'objection': row.objection})}"
        found.append({"id": row.objection, "label": label, "href": href, "cells": cells})
    return found


def _whole(name: str, n: int) -> str:
    """What the share of a column is of: a rung's of each time that the objection came, the rest of calls."""
    if name in ("resolved", "promised"):
        return _formats.calls(n)
    if name == "kept":
        return counted(n, "{n} promesa vencida", "{n} promesas vencidas")
    return counted(n, "{n} vez que aparece", "{n} veces que aparece")


def _cell(of: Share, whole: str) -> dict[str, Any]:
    if not of.n:
        return {"text": _formats.NOTHING, "faint": True}
    drawn: dict[str, Any] = {"text": _formats.share(of), "sub": str(of.n), "tip": _formats.shared(of, whole)}
    if of.n < LEAST_OF_CELL:
        return {**drawn, "faint": True}
    return {**drawn, "shade": round(1 - (of.value or 0.0), 3)}


def missed_columns() -> list[dict[str, Any]]:
    return [
        {"id": "debtor", "label": t("Llamada")},
        {"id": "date", "label": t("Fecha")},
        {"id": "agent", "label": t("Agente")},
        {"id": "critical", "label": t("Qué pasó")},
    ]


def missed_rows(found: Sequence[MissedRow]) -> list[dict[str, Any]]:
    drawn = []
    for row in found:
        promised = (
            {"sign": SIGNS["pass"], "kind": "pass", "text": t("Promesa firme")}
            if row.firm_promise
            else {"sign": SIGNS["na"], "kind": "na", "text": t("Sin compromiso")}
        )
        where = t("turno {n}", n=row.turn + 1) if row.turn is not None else ""
        cells = {
            "debtor": {"text": row.debtor_name or row.recording_id, "sub": where},
            "date": {"text": _formats.day(row.call_date)},
            "agent": {"text": row.agent or t("sin asignar")},
            "critical": promised,
        }
        href = f"call?{urlencode(place(row))}"
        drawn.append({"id": row.recording_id, "href": href, "cells": cells})
    return drawn


def place(row: MissedRow) -> dict[str, str]:
    """The address of the turn in which the objection was missed."""
    return {"call": row.recording_id} | ({} if row.turn is None else {"turn": str(row.turn)})


def answers(viewer: Viewer, objection: str) -> None:
    """What worked in this shop: approved answers for everybody, proposed ones for who decides."""
    store = _session.store()
    st.markdown(f"##### {t('Respuestas propias que funcionaron')}")
    approved = best_answers.answers(store, viewer, objection, "approved")
    for one in approved:
        _answer(one)
    if not approved:
        st.caption(t("Todavía no hay respuestas aprobadas para esta objeción."))
    if _pages.has(viewer.role, "clips"):
        st.page_link(
            "views/clips.py",
            label=t("Recortes para clase"),
            icon=":material/content_cut:",
            query_params={"objection": objection},
        )
    if not viewer.may("answers"):
        return
    for one in best_answers.answers(store, viewer, objection, "proposed"):
        _proposed(one)
    if st.button(t("Buscar en las llamadas"), key="search-answers", icon=":material/search:"):
        _search(viewer, objection)


def _answer(one: Answer) -> None:
    kept = {True: t("promesa cumplida"), False: t("promesa no cumplida"), None: ""}[one.kept]
    promised = kept or (t("terminó en promesa") if one.promised else "")
    st.markdown("> " + quoted(plain(one.text)))
    st.caption(" · ".join(filter(None, (promised, t("encaja {share}", share=_formats.percent(one.fit))))))


def _proposed(one: Answer) -> None:
    with st.container(border=True, key=f"part-answer-{one.id}"):
        _answer(one)
        with st.container(horizontal=True):
            for state, label, icon in (
                ("approved", t("Aprobar"), ":material/check:"),
                ("rejected", t("Descartar"), ":material/close:"),
            ):
                st.button(
                    label,
                    key=f"{state}-{one.id}",
                    icon=icon,
                    on_click=_session.decide_answer,
                    args=(one.id, state),
                )


def _search(viewer: Viewer, objection: str) -> None:
    try:
        with st.spinner(t("Leyendo las llamadas con esta objeción…")):
            new = best_answers.search(_session.store(), viewer, objection)
    except CoachError as error:
        st.info(plain(refusal(error)))
        return
    if new:
        st.rerun()
    st.info(t("No hay respuestas nuevas que proponer."))


def found(total: int) -> str:
    return counted(
        total,
        "{n} llamada en que no recibió una respuesta que encaje",
        "{n} llamadas en que no recibió una respuesta que encaje",
    )
