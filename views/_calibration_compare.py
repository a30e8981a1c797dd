"""A calibration compared: who said what of each criterion beside the machine, and where people differ."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import streamlit as st

from coach import calibrating
from coach.calibration import Session
from coach.comparison import Cell, Comparison
from coach.judged_by import JudgedBy
from rubrics.types import Outcome, Scorecard
from views import _address, _calibration_sessions, _calibration_trust, _formats, _labels, _session
from views._formats import NOTHING, SIGNS
from views._list import listing
from views._text import counted, own, t
from views._widgets import plain


def show(found: Comparison) -> None:
    session = found.session
    names = calibrating.names(_session.store(), _session.viewer(), session)
    split = [cell for cell in found.cells if cell.split]
    with st.container(border=True, key="answer"):
        if found.cells or not found.apart:
            st.markdown(_agreed(found.cells))
        if found.apart:
            later = counted(
                found.apart,
                "{n} llamada se compara después: usted la juzga antes a ciegas.",
                "{n} llamadas se comparan después: usted las juzga antes a ciegas.",
            )
            st.caption(later)
        if session.done < len(session.people):
            st.caption(plain(_calibration_sessions.done(session)))
    shows = {"split": t("Donde difieren"), "all": t("Todo")}
    only = _address.segments(t("Qué se ve"), "show", shows) == "split" and bool(split)
    for at, recording_id in enumerate(session.calls, start=1):
        cells = [cell for cell in (split if only else found.cells) if cell.recording_id == recording_id]
        if cells:
            st.markdown(f"#### {plain(names.get(recording_id) or t('Llamada {n}', n=at))}")
            labels = _labels_of((found.cards[recording_id],))
            rows = [row(cell, labels, mark=not only) for cell in cells]
            listing(columns(session), rows, key=f"matrix-{at}")
            _open(recording_id)
    _strict(found)
    with st.expander(t("Acuerdo por criterio"), icon=":material/balance:"):
        _criteria(found, _labels_of(found.cards.values()))


def _agreed(cells: Sequence[Cell]) -> str:
    """How far people agree in what two or more of them judged; nothing agrees with itself."""
    shared = [cell for cell in cells if cell.shared]
    if split := sum(cell.split for cell in shared):
        return t("Las personas difieren en **{n} de {whole} juicios**.", n=split, whole=len(shared))
    if len(shared) == len(cells) > 0:
        return t("Las personas dijeron lo mismo en todo.")
    if shared:
        return t("Donde juzgaron dos o más, dijeron lo mismo en todo.")
    if any(outcome for cell in cells for outcome in cell.people):
        return t("Ninguna llamada la evaluaron dos personas: no hay qué comparar.")
    return t("Nadie entregó su evaluación: no hay qué comparar.")


def columns(session: Session) -> list[dict[str, Any]]:
    people = [{"id": f"p{at}", "label": name} for at, (_, name) in enumerate(session.people)]
    return [{"id": "label", "label": t("Criterio")}, *people, {"id": "machine", "label": t("Máquina")}]


def row(cell: Cell, labels: dict[str, str], *, mark: bool) -> dict[str, Any]:
    """`mark`: say where people differ; not among rows that all do."""
    people = {
        f"p{at}": said(outcome, note)
        for at, (outcome, note) in enumerate(zip(cell.people, cell.notes, strict=True))
    }
    label = {
        "text": labels.get(cell.criterion, cell.criterion),
        "sub": t("difieren") if cell.split and mark else "",
    }
    cells = {"label": label, **people, "machine": said(cell.machine, "")}
    return {"id": f"{cell.recording_id}/{cell.criterion}", "cells": cells}


def said(outcome: Outcome | None, note: str) -> dict[str, str]:
    if outcome is None:
        return {"text": NOTHING, "kind": "na"}
    return {"text": _labels.outcome_name(outcome), "sign": SIGNS[outcome], "kind": outcome, "sub": note}


def _open(recording_id: str) -> None:
    if st.button(
        t("Ver la llamada"), key=f"see-{recording_id}", type="tertiary", icon=":material/open_in_new:"
    ):
        st.switch_page("views/call.py", query_params={"call": recording_id})


def _criteria(found: Comparison, labels: dict[str, str]) -> None:
    columns: list[dict[str, Any]] = [
        {"id": "label", "label": t("Criterio")},
        {"id": "n", "label": t("Llamadas"), "align": "right"},
        {"id": "share", "label": t("Personas entre sí"), "align": "right"},
        {"id": "alpha", "label": t("Alfa"), "align": "right", "hide": True},
        {"id": "machine", "label": t("Máquina y personas"), "align": "right"},
    ]
    rows: list[dict[str, Any]] = [
        {
            "id": one.criterion,
            "cells": {
                "label": {"text": labels.get(one.criterion, one.criterion)},
                "n": {"text": str(one.people.calls)},
                "share": _calibration_trust.share(one.people.share),
                "alpha": _calibration_trust.beyond(one.people.alpha),
                "machine": _calibration_trust.share(one.machine.share),
            },
        }
        for one in found.criteria
    ]
    listing(columns, rows, key="session-criteria")


def _strict(found: Comparison) -> None:
    st.subheader(t("Exigencia en esta calibración"))
    columns: list[dict[str, Any]] = [
        {"id": "name", "label": t("Quién evalúa")},
        {"id": "own", "label": t("Da por no cumplido"), "align": "right"},
        {"id": "all", "label": t("Todos juntos"), "align": "right"},
    ]
    rows: list[dict[str, Any]] = [
        {
            "id": str(one.user_id),
            "cells": {
                "name": {"text": one.name},
                "own": {
                    "text": _percent(one.failed),
                    "sub": counted(one.n, "de {n} juicio", "de {n} juicios"),
                },
                "all": {"text": _percent(one.all_failed)},
            },
        }
        for one in found.strict
    ]
    listing(columns, rows, key="session-strict")


def _percent(share: float | None) -> str:
    return NOTHING if share is None else _formats.percent(share)


def _labels_of(cards: Iterable[Scorecard]) -> dict[str, str]:
    """Labels of criteria by id, in the texts that these were judged by: two forms may use one id for two
    things.
    """
    judged_by = JudgedBy(_session.settings())
    return {one.id: own(one.label, one.label_en) for card in cards for one in judged_by.form(card).criteria}
