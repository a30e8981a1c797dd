"""The month's quotas by agent, and how much each reviewer has in hand."""

from __future__ import annotations

from datetime import date

import streamlit as st

from coach import quotas
from coach.load import load
from coach.quotas import QuotaRow
from coach.task_rows import LoadRow
from views import _formats, _session
from views._list import listing
from views._text import counted, t
from views._widgets import Figure, figures, plain


def month() -> None:
    """Who is short of reviews this month, what can be done about it, and each reviewer's load."""
    store, settings, viewer = _session.store(), _session.settings(), _session.viewer()
    today = date.today()
    rows = quotas.quotas(store, settings, viewer, today)
    short = [row for row in rows if row.missing]
    st.markdown(_answer(rows, short, settings.review.per_agent))
    figures(
        [
            Figure(
                t("Agentes con faltantes"),
                str(len(short)),
                counted(len(rows), "de {n} agente", "de {n} agentes"),
            ),
            Figure(t("Revisiones que faltan"), str(sum(row.missing for row in rows)), _formats.month(today)),
            Figure(
                t("De ellas, ya en la cola"),
                str(sum(min(row.waiting, row.missing) for row in rows)),
                t("sin sortear: {n}", n=sum(row.to_draw for row in rows)),
            ),
        ],
        key="figures",
    )
    if sum(row.to_draw for row in rows):
        _draw(today, sum(row.to_draw for row in rows))
    if rows:
        listing(_quota_columns(), [_quota_row(row) for row in rows], key="quotas")
    st.subheader(t("Carga de quienes revisan"))
    listing(_load_columns(), [_load_row(row) for row in load(store, settings, viewer)], key="load")


def _answer(rows: tuple[QuotaRow, ...], short: list[QuotaRow], most: int) -> str:
    if not rows:
        return t("Este mes todavía no hay llamadas evaluables de nadie.")
    if not short:
        return t("Todos tienen sus {n} revisiones de este mes.", n=most)
    names = ", ".join(plain(row.agent) for row in short[:3])
    return t("A cada agente le tocan {n} revisiones al mes. Más les falta a {names}.", n=most, names=names)


def _draw(today: date, n: int) -> None:
    label = counted(n, "Sortear la que no está en la cola", "Sortear las {n} que no están en la cola")
    if st.button(label, key="draw-missing", type="primary", icon=":material/casino:"):
        quotas.draw_missing(_session.store(), _session.settings(), _session.viewer(), today)
        st.rerun()


def _quota_columns() -> list[dict[str, object]]:
    return [
        {"id": "agent", "label": t("Agente")},
        {"id": "done", "label": t("Revisadas"), "align": "right"},
        {"id": "waiting", "label": t("En la cola"), "align": "right"},
        {"id": "missing", "label": t("Faltan"), "align": "right"},
        {"id": "calls", "label": t("Llamadas del mes"), "align": "right", "hide": True},
    ]


def _quota_row(row: QuotaRow) -> dict[str, object]:
    missing = (
        {"sign": "?", "kind": "review", "text": f"\u00a0{row.missing}"}
        if row.missing
        else {"sign": "✓", "kind": "pass", "text": "\u00a00"}
    )
    agent: dict[str, object] = {"text": row.agent}
    if row.logins > 1:
        agent["sub"] = t(
            "{n} usuarios del marcador; se abren las llamadas de {login}", n=row.logins, login=row.login
        )
    elif row.user_id is None and row.agent == row.login:
        agent["sub"] = t("en los días en que no era de nadie")
    done: dict[str, object] = {"text": t("{n} de {total}", n=row.done, total=row.quota)}
    if row.cut:
        done["sub"] = counted(
            row.erased,
            "{n} ya no se puede revisar: su texto se borró",
            "{n} ya no se pueden revisar: su texto se borró",
        )
    return {
        "id": f"{row.user_id or ''}-{row.login}",
        "href": f"calls?agent={row.login}",
        "cells": {
            "agent": agent,
            "done": done,
            "waiting": {"text": str(row.waiting)},
            "missing": missing,
            "calls": {"text": str(row.calls)},
        },
    }


def _load_columns() -> list[dict[str, object]]:
    return [
        {"id": "name", "label": t("Quién")},
        {"id": "waiting", "label": t("En sus manos"), "align": "right"},
        {"id": "done", "label": t("Hechas este mes"), "align": "right"},
        {"id": "each", "label": t("Por revisión"), "align": "right"},
    ]


def _load_row(row: LoadRow) -> dict[str, object]:
    late = counted(row.overdue, "{n} vencida", "{n} vencidas") if row.overdue else ""
    each = _formats.duration(row.minutes_each * 60) if row.minutes_each is not None else _formats.NOTHING
    return {
        "id": str(row.user_id),
        "href": "queue",
        "cells": {
            "name": {"text": row.name},
            "waiting": {"text": str(row.waiting), "sub": late},
            "done": {"text": str(row.done), "sub": _formats.duration(row.minutes * 60) if row.done else ""},
            "each": {"text": each},
        },
    }
