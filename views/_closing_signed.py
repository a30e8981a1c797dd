"""A signed month: its frozen rows, the file for payroll, what made it, and what came after as adjustments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from coach import month_calls, months, payroll
from coach.closing import Close
from coach.judged_by import past_criterion
from coach.months import MonthRow, Move, Won
from coach.payroll import Adjustment
from coach.tables import FOR_SPREADSHEETS
from coach.types import CoachError
from views import _address, _closing_cells, _closing_changes, _closing_parts, _formats, _labels, _session
from views._formats import SIGNS
from views._list import listing
from views._text import own, t
from views._widgets import plain

_EMPTY = {"adjust-who": None, "adjust-points": 0.0, "adjust-why": "", "adjust-dispute": None}


def show(row: MonthRow, close: Close) -> None:
    store, settings, viewer = _session.store(), _session.settings(), _session.viewer()
    entries = payroll.adjustments_of(store, viewer, close.id)
    added: dict[int, float] = {}
    for entry in entries:
        added[entry.user_id] = added.get(entry.user_id, 0.0) + entry.points
    with st.container(border=True, key="answer"):
        assert close.signed_at is not None
        st.markdown(
            t(
                "{sign} **Firmado** por {name} el {when}. Nada de este mes cambia ya.",
                sign=SIGNS["pass"], name=plain(row.signed_by), when=plain(_address.moment(close.signed_at)),
            )
        )  # fmt: skip
        cut_off = _address.moment(close.cut_off)
        st.caption(
            plain(
                t(
                    "Llamadas entregadas hasta el {when}. Sello: {digest}",
                    when=cut_off,
                    digest=close.digest[:12],
                )
            )
        )
    _closing_parts.table(close.rows, close.rules, key="signed", added=added)
    if viewer.may("export"):
        _download(close)
    moved = months.moved(store, settings, viewer, close)
    calls = month_calls.changed(store, settings, viewer, close)
    _closing_changes.show(moved, calls, t("desde la firma"), added)
    _adjustments(close, entries, {one.user_id: one for one in moved})
    _made_by(close)


def _download(close: Close) -> None:
    """The file is written, and the export noted, when it is asked for."""
    store, token = _session.store(), _session.token()

    def table() -> bytes:
        viewer = _session.behind(token)  # whoever has left meanwhile gets nothing
        return payroll.payroll(store, viewer, close.id).encode(FOR_SPREADSHEETS)

    st.download_button(
        t("Descargar para la nómina (CSV)"), table, file_name=f"temple-{close.month:%Y-%m}.csv",
        mime="text/csv", type="primary", icon=":material/download:", on_click="ignore", key="payroll",
    )  # fmt: skip


def _adjustments(close: Close, entries: Sequence[Adjustment], moved: Mapping[int, Move]) -> None:
    st.subheader(t("Ajustes"))
    names = {one.user_id: one.name for one in close.rows}
    mine = _session.viewer().user_id  # somebody else enters what is added to one's own points
    scored = {one.user_id: one.name for one in close.rows if one.points is not None and one.user_id != mine}
    won = [one for one in months.won(_session.store(), _session.viewer(), close) if one.user_id in scored]
    for one in won:
        _proposed(one, names[one.user_id], moved.get(one.user_id))
    authors = months.names(_session.store(), _session.viewer(), {one.entered_by for one in entries})
    if not entries and not won:
        st.caption(t("Ninguno. Lo que llegue después de la firma, como una apelación ganada, se anota aquí."))
    elif entries:
        columns = [
            {"id": "name", "label": t("Agente")},
            {"id": "points", "label": t("Puntos"), "align": "right"},
            {"id": "reason", "label": t("Motivo")},
            {"id": "by", "label": t("Quién")},
        ]
        listing(columns, [_entry(one, names, authors) for one in entries], key="adjustments")
    if scored:
        _new(close, scored, {one.dispute_id: one for one in won})


def _proposed(one: Won, name: str, move: Move | None) -> None:
    """A dispute won since, which a click writes into the form below; what people have made of the month since
    beside it may come of other things too.
    """
    criterion, day = _criterion(one), _formats.short_day(one.decided_on)
    was, now = (row.points if row else None for row in ((move.was, move.then) if move else (None, None)))
    more = round(now - was, 1) if was is not None and now is not None else 0.0
    with st.container(horizontal=True, vertical_alignment="center"):
        said = t(
            "Propuesto: {name} ganó después de la firma su apelación de «{criterion}» ({day}).",
            name=name, criterion=criterion, day=day,
        )  # fmt: skip
        if more:
            said += " " + t("Su mes cambiaría hoy en {points} puntos.", points=_closing_cells.signed(more))
        st.markdown(plain(said))
        if st.button(t("Llenar el ajuste"), key=f"adjust-fill-{one.dispute_id}"):
            reason = t("Apelación ganada: {criterion}, {day}", criterion=criterion, day=day)
            filled = {"who": one.user_id, "points": max(more, 0.0), "why": reason, "dispute": one.dispute_id}
            st.session_state.update({f"adjust-{field}": value for field, value in filled.items()})


def _criterion(one: Won) -> str:
    """Its label; also of one that no form has any more."""
    found = _session.criteria().get(one.criterion) or past_criterion(_session.settings(), one.criterion)
    return own(found.label, found.label_en) if found else one.criterion.replace("_", " ")


def _entry(one: Adjustment, names: dict[int, str], authors: dict[int, str]) -> dict[str, Any]:
    of_dispute = t("por una apelación ganada") if one.dispute_id is not None else ""
    return {
        "id": str(one.id),
        "cells": {
            "name": {"text": names.get(one.user_id, "")},
            "points": {"text": _closing_cells.signed(one.points)},
            "reason": {"text": one.reason, "sub": of_dispute},
            "by": {"text": authors.get(one.entered_by, ""), "sub": _address.day(one.at)},
        },
    }


def _new(close: Close, scored: dict[int, str], won: dict[int, Won]) -> None:
    for name, empty in _EMPTY.items():  # said anew after each entry: the browser would go on showing the last
        st.session_state.setdefault(name, empty)
    with st.expander(t("Anotar un ajuste"), icon=":material/add:", expanded=bool(won)):
        st.caption(
            t(
                "Son puntos del mes de la persona, no de una llamada. Lo que cambió arriba dice la "
                "diferencia, salvo lo que viene de otra pauta o versión: eso no se ajusta."
            )
        )
        with st.form("adjust", clear_on_submit=False, border=False):
            person = st.selectbox(
                t("Agente"), list(scored), format_func=scored.__getitem__, key="adjust-who", index=None,
                placeholder=t("Elija a quién"),
            )  # fmt: skip
            points = st.number_input(
                t("Puntos (con signo)"), min_value=-100.0, max_value=100.0, step=0.5,
                format="%.1f", key="adjust-points",
            )  # fmt: skip
            reason = st.text_input(t("Motivo"), key="adjust-why", max_chars=500)
            dispute = _dispute(won) if won else None
            sent = st.form_submit_button(t("Anotar"), key="adjust-save")
        if sent and _address.done(lambda: _enter(close, person, points, reason, won.get(dispute or 0))):
            for name in _EMPTY:
                st.session_state.pop(name, None)
            st.rerun()


def _dispute(won: dict[int, Won]) -> int | None:
    """A dispute that was won since, where the adjustment comes of one."""
    chosen: int | None = st.selectbox(
        t("Apelación ganada (opcional)"), list(won), index=None, key="adjust-dispute",
        placeholder=t("ninguna"),
        format_func=lambda one: t(
            "{criterion}, {day}", criterion=_criterion(won[one]),
            day=_formats.short_day(won[one].decided_on),
        ),
    )  # fmt: skip
    return chosen


def _enter(close: Close, person: int | None, points: float, reason: str, won: Won | None) -> None:
    if person is None:
        raise CoachError(t("Elija a quién va el ajuste."))
    if won is not None and won.user_id != person:
        raise CoachError(t("Esa apelación es de otra persona."))
    dispute = won.dispute_id if won else None
    payroll.adjust(_session.store(), _session.viewer(), close.id, person, points, reason, dispute)


def _made_by(close: Close) -> None:
    """Forms, packs and models behind the frozen points."""
    with st.expander(t("Con qué se juzgó"), icon=":material/fingerprint:"):
        for one in close.body["made_by"]:
            names = (
                one["form"].split("+")[0],
                one["pack"].split("+")[0],
                one["nlp_version"],
                one["engine"] if one["engine"] != "import" else t("Transcripción importada"),
                one["model"],
            )
            shown = " · ".join(name for name in names if name)
            st.markdown(plain(f"{shown}: {_formats.calls(one['calls'])}"))
        rules = close.body["settings"]["score"]
        bands = ", ".join(f"{_labels.band(name)} {floor:g}" for name, floor in rules["bands"].items())
        st.caption(
            plain(t("Mínimo de llamadas: {n}. Niveles: {bands}.", n=rules["least_calls"], bands=bands))
        )
