"""The criteria: which count and why, and how near machine and people are."""

from __future__ import annotations

from typing import Any

import streamlit as st

from coach.agreement import Agreement, AgreementRow
from coach.kappa import Beyond, Share
from coach.settings import Settings
from coach.trusts import Trust
from rubrics.types import Criterion, Rubric
from views import _address, _formats, _labels, _session
from views._formats import NOTHING, SIGNS
from views._list import listing
from views._text import counted, own, t
from views._widgets import plain

Cell = dict[str, str]


def form() -> Rubric:
    """The form in the address; a house with one form is not asked."""
    forms = {one.id: one for one in _session.forms()}
    names = {name: own(one.label, one.label_en) for name, one in forms.items()}
    if len(forms) == 1:
        return next(iter(forms.values()))
    return forms[_address.select(t("Pauta"), "form", names, width=320)]


def answer(form: Rubric, found: dict[str, Trust], settings: Settings) -> None:
    """How many criteria count, and what it takes."""
    rules = settings.trust
    weigh = [found[one.id] for one in form.criteria if one.counts_for and one.id in found]
    with st.container(border=True, key="answer"):
        if settings.count_all:
            st.markdown(
                t("Aquí **todos los criterios cuentan** desde la primera llamada: así está configurado.")
            )
        else:
            st.markdown(
                t(
                    "**Cuentan {n} de {whole} criterios** en los puntos. Los demás son solo sugerencia: se "
                    "muestran y no suman.",
                    n=sum(one.counts for one in weigh), whole=len(weigh),
                )
            )  # fmt: skip
        takes = t(
            "Un criterio cuenta con {n} revisiones a ciegas o más, si el extremo bajo de su "
            "intervalo llega a {bar} y kappa a {kappa}. Solo valen revisiones en que la persona no "
            "vio lo que dijo la máquina.",
            n=rules.least_blind,
            bar=_formats.percent(rules.agreement_bar),
            kappa=_formats.decimal(rules.kappa_bar, 1),
        )
        st.caption(plain(f"{t('Sin esta configuración:')} {takes}" if settings.count_all else takes))


def table(form: Rubric, found: dict[str, Trust], rows: tuple[AgreementRow, ...]) -> None:
    """A row for each criterion, of the two sides that the person chooses."""
    sides = {
        "machine": t("Máquina y personas"),
        "people": t("Personas entre sí"),
        "past": t("Máquina y evaluaciones anteriores"),
    }
    side = _address.segments(t("Quiénes"), "side", sides)
    if not any(_side(row, side).calls for row in rows):
        st.caption(_nothing_yet(side))
    known = {criterion.id: criterion for criterion in form.criteria}
    shown = []
    for row in rows:
        criterion = known.get(row.criterion)
        label = own(criterion.label, criterion.label_en) if criterion else _labels.finding(row.criterion)
        group = _labels.group(criterion.group) if criterion else t("Reglas del país")
        cells: dict[str, Cell] = {"label": {"text": label, "sub": group}}
        if side == "machine":
            cells["state"] = state(found.get(row.criterion), criterion)
        cells |= figures(_side(row, side), found.get(row.criterion) if side == "machine" else None)
        shown.append({"id": row.criterion, "cells": cells})
    listing(columns(with_state=side == "machine"), shown, key=f"trust-{side}")


def _nothing_yet(side: str) -> str:
    return {
        "machine": t("Todavía no hay revisiones a ciegas: las cifras llegan con la primera."),
        "people": t("Todavía no hay llamadas que dos personas hayan juzgado a ciegas."),
        "past": t("Todavía no hay evaluaciones anteriores de llamadas que estén en Temple."),
    }[side]


def columns(*, with_state: bool) -> list[dict[str, Any]]:
    state_column = [{"id": "state", "label": t("En los puntos")}] if with_state else []
    return [
        {"id": "label", "label": t("Criterio")},
        *state_column,
        {"id": "n", "label": t("A ciegas") if with_state else t("Llamadas"), "align": "right"},
        {"id": "share", "label": t("Coinciden"), "align": "right"},
        {"id": "kappa", "label": t("Kappa"), "align": "right"},
        {"id": "alpha", "label": t("Alfa"), "align": "right", "hide": True},
    ]


def figures(one: Agreement, found: Trust | None = None) -> dict[str, Cell]:
    """n, agreement, kappa and alpha, each with its interval."""
    few = found if found and found.n < found.needed else None
    n = t("{n} de {whole}", n=few.n, whole=few.needed) if few else str(one.calls)
    return {
        "n": {"text": n},
        "share": share(one.share),
        "kappa": beyond(one.kappa),
        "alpha": beyond(one.alpha),
    }


def share(one: Share) -> Cell:
    """«88 %» with «77–94 %» below."""
    if one.value is None:
        return {"text": NOTHING, "kind": "na"}
    return {"text": _formats.percent(one.value), "sub": _formats.interval(one)}


def beyond(one: Beyond) -> Cell:
    """«0,62» with its interval below; nothing where everybody always said the same."""
    if one.value is None:
        return {"text": NOTHING, "kind": "na"}
    cell = {"text": _formats.decimal(one.value)}
    if one.low is not None and one.high is not None:
        cell["sub"] = t("{low} a {high}", low=_formats.decimal(one.low), high=_formats.decimal(one.high))
    return cell


def state(one: Trust | None, criterion: Criterion | None = None) -> Cell:
    """Whether a criterion counts, since when, and why."""
    if one is None:
        return {"text": NOTHING, "kind": "na"}
    if one.counts and criterion is not None and not criterion.counts_for:
        voids = t("confirmada, la falta anula la llamada") if criterion.critical else ""
        return {"sign": SIGNS["na"], "kind": "na", "text": t("No pesa en los puntos"), "sub": voids}
    held = one.since if one.why != "all" else None
    since = t("desde el {day}", day=_formats.short_day(held.date())) if held else ""
    why = ", ".join(part for part in (why_of(one), since) if part)
    if one.counts:
        return {"sign": SIGNS["pass"], "kind": "pass", "text": t("Cuenta"), "sub": why}
    return {"sign": SIGNS["review"], "kind": "review", "text": t("Solo sugerencia"), "sub": why}


def why_of(one: Trust) -> str:
    n = max(0, one.needed - one.n)
    missing = counted(n, "falta {n} revisión a ciegas", "faltan {n} revisiones a ciegas")
    return {
        "few": missing,
        "changed": t("la pauta o los modelos cambiaron; {missing}", missing=missing),
        "agreement": t("coincide poco con las personas"),
        "kappa": t("coincide poco más que por azar"),
        "cleared": t("coincide con las personas"),
        "all": t("todo cuenta por configuración"),
    }[one.why]


def _side(row: AgreementRow, side: str) -> Agreement:
    return {"machine": row.machine, "people": row.people, "past": row.past}[side]
