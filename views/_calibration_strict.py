"""How strict each reviewer is, beside the others and beside the machine."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import streamlit as st

from coach.strictness import Difference, StrictnessRow, strictness
from views import _address, _formats, _session
from views._formats import NOTHING, SIGNS
from views._list import listing
from views._text import t
from views._widgets import plain

_DAYS = 90


def show() -> None:
    spans = {"recent": t("Últimos {n} días", n=_DAYS), "all": t("Todo el tiempo")}
    recent = _address.segments(t("Periodo"), "span", spans) == "recent"
    since = datetime.now(UTC) - timedelta(days=_DAYS) if recent else None
    rows = strictness(_session.store(), _session.viewer(), since)
    if not rows:
        st.info(
            t("Aquí verá qué tan exigente es cada quien, cuando haya revisiones a ciegas o calibraciones.")
        )
        return
    _answer(rows)
    columns = [
        {"id": "name", "label": t("Quién evalúa")},
        {"id": "others", "label": t("Frente a los demás")},
        {"id": "machine", "label": t("Frente a la máquina")},
    ]
    shown = [
        {
            "id": str(row.user_id),
            "cells": {"name": {"text": row.name}, "others": cell(row.others), "machine": cell(row.machine)},
        }
        for row in rows
    ]
    listing(columns, shown, key="strict")
    st.caption(
        t(
            "Cuántos criterios más (o menos) da por no cumplidos en las mismas llamadas, con el intervalo "
            "del 95 %. Solo cuenta lo que se dijo a ciegas."
        )
    )


def cell(one: Difference) -> dict[str, str]:
    """«+6 puntos (−2 a 14)» with both shares and n below; no figure without its interval."""
    if one.value is None or one.own is None or one.other is None:
        return {"text": NOTHING, "kind": "na", "sub": t("sin llamadas en común")}
    if one.low is None or one.high is None:  # of a single call nothing follows
        few = t("{calls}: muy poco para comparar", calls=_formats.calls(one.calls))
        return {"text": NOTHING, "kind": "na", "sub": few}
    text = t("{n} puntos", n=_signed(one.value))
    text = t("{text} ({low} a {high})", text=text, low=_signed(one.low), high=_signed(one.high))
    shares = t(
        "{own} frente a {other}, {calls}",
        own=_formats.percent(one.own),
        other=_formats.percent(one.other),
        calls=_formats.calls(one.calls),
    )
    mark = {"sign": SIGNS["review"], "kind": "review"} if one.stands_out else {}
    return {"text": text, "sub": shares, **mark}


def _answer(rows: tuple[StrictnessRow, ...]) -> None:
    apart = [row for row in rows if row.others.stands_out]
    with st.container(border=True, key="answer"):
        if not apart:
            st.markdown(t("Nadie se aparta con claridad de los demás: las diferencias caben en el azar."))
            return
        for row in apart:
            stricter = (row.others.value or 0) > 0
            words = t("evalúa con más exigencia") if stricter else t("evalúa con menos exigencia")
            st.markdown(
                t(
                    "**{name}** {words} que los demás. Una calibración ayuda.",
                    name=plain(row.name),
                    words=words,
                )
            )


def _signed(share: float) -> str:
    """«+6»: points of a hundred, with a real minus."""
    points = round(share * 100)
    return f"+{points}" if points > 0 else f"{points}".replace("-", "\u2212")
