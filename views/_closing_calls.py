"""The single calls behind a month on its screen: those with something open, and those that have changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from coach.lost_draws import Lost
from coach.month_calls import Changed, OpenCall, Part
from coach.score import DrawnCall
from views import _formats
from views._formats import NOTHING, SIGNS
from views._list import listing
from views._text import counted, t

MOST = 50  # calls in one list


def left_lines(left: Sequence[OpenCall]) -> list[str]:
    """How many drawn calls are not released; what failures that wait would still change, and that none keeps
    the month from its signature.
    """
    undelivered = sum(one.part == "undelivered" for one in left)
    counting, critical, apart = (
        _critical(left, "counts"),
        _critical(left, "undelivered"),
        _critical(left, "apart"),
    )
    told = (
        (undelivered, counted(
            undelivered,
            "{n} llamada sorteada sin entregar no cuenta todavía.",
            "{n} llamadas sorteadas sin entregar no cuentan todavía.",
        )),
        (critical, counted(
            critical,
            "En {n} sin entregar espera una crítica, que no impide firmar. Si se confirma y se entrega antes "
            "de preparar, cuenta con 0; si se confirma después de firmar, el mes no cambia.",
            "En {n} sin entregar esperan críticas, que no impiden firmar. Las que se confirman y se entregan "
            "antes de preparar cuentan con 0; con las de después de firmar el mes no cambia.",
        )),
        (counting, counted(
            counting,
            "En {n} entregada espera una crítica, que no impide firmar: cuenta con sus puntos, como si no la "
            "hubiera. Si se confirma antes de preparar, cuenta con 0; si se confirma después de firmar, el "
            "mes solo cambia con un ajuste que alguien anote.",
            "En {n} entregadas esperan críticas, que no impiden firmar: cuentan con sus puntos, como si no "
            "las hubiera. Las que se confirman antes de preparar cuentan con 0; por las de después de firmar "
            "el mes solo cambia con un ajuste que alguien anote.",
        )),
        (apart, counted(
            apart,
            "En {n} que no cuenta en el mes espera una crítica, que no impide firmar: lo que se decida no "
            "cambia el puntaje.",
            "En {n} que no cuentan en el mes esperan críticas, que no impiden firmar: lo que se decida no "
            "cambia el puntaje.",
        )),
    )  # fmt: skip
    return [line for n, line in told if n]


def lost_lines(lost: Lost) -> list[str]:
    """Drawn calls that were erased before anybody delivered them: nothing is left to settle there."""
    told = (
        (lost.asked, counted(
            lost.asked,
            "{n} llamada sorteada se borró a pedido de una persona, sin entregar: ya no puede contar.",
            "{n} llamadas sorteadas se borraron a pedido de personas, sin entregar: ya no pueden contar.",
        )),
        (lost.age, counted(
            lost.age,
            "{n} llamada sorteada se borró al vencer su plazo, sin entregar: ya no puede contar.",
            "{n} llamadas sorteadas se borraron al vencer su plazo, sin entregar: ya no pueden contar.",
        )),
    )  # fmt: skip
    return [line for n, line in told if n]


def _critical(left: Sequence[OpenCall], part: Part) -> int:
    return sum(one.critical > 0 and one.part == part for one in left)


def left_list(left: Sequence[OpenCall]) -> None:
    """Which these are, each a way to its call."""
    if not left:
        return
    with st.expander(t("Las llamadas con algo pendiente"), icon=":material/list:", expanded=len(left) <= 5):
        columns: list[dict[str, Any]] = [
            {"id": "agent", "label": t("Agente")},
            {"id": "state", "label": t("Qué falta")},
            {"id": "part", "label": t("En el mes")},
        ]
        rows = [
            _row(one.recording_id, agent=_whose(one), state=_missing(one), part={"text": _in_month(one)})
            for one in left[:MOST]
        ]
        _open(listing(columns, rows, key="left").row)
        _rest(len(left))


def _in_month(one: OpenCall) -> str:
    if one.part == "counts":
        return t("cuenta con sus puntos")
    return t("no cuenta todavía") if one.part == "undelivered" else t("no cuenta")


def table(
    columns: list[dict[str, Any]],
    found: Sequence[tuple[Changed, DrawnCall | None, DrawnCall | None]],
    *,
    key: str,
) -> None:
    """Drawn calls, each as it was and as it is."""
    rows = [
        _row(one.recording_id, agent=_whose(one), was=_at(one, was), now=_at(one, now))
        for one, was, now in found[:MOST]
    ]
    _open(listing(columns, rows, key=key).row)
    _rest(len(found))


def _row(recording_id: str, **cells: dict[str, Any]) -> dict[str, Any]:
    return {"id": recording_id, "href": f"call?{urlencode({'call': recording_id})}", "cells": cells}


def _whose(one: OpenCall | Changed) -> dict[str, Any]:
    return {"text": one.agent or t("sin asignar"), "sub": _formats.day(one.call_date)}


def _missing(one: OpenCall) -> dict[str, Any]:
    if one.critical:
        text = counted(one.critical, "Crítica por confirmar", "{n} críticas por confirmar")
        return {"sign": SIGNS["review"], "kind": "review", "text": text, "sub": _at_hand(one)}
    return {"sign": SIGNS["review"], "kind": "review", "text": _at_hand(one)}


def _at_hand(one: OpenCall) -> str:
    """Where the call stands with people."""
    if one.part == "counts":
        return t("entregada")
    if one.part == "undelivered":
        return t("revisada, sin entregar") if one.reviewed else t("sin revisar")
    return t("revisada") if one.reviewed else t("sin revisar")


def _at(of: Changed, one: DrawnCall | None) -> dict[str, Any]:
    if of.hidden:
        return {"text": NOTHING, "kind": "na", "sub": t("espera su juicio a ciegas")}
    if one is None:
        return {"text": NOTHING, "kind": "na", "sub": t("no era de la muestra")}
    told = (t("anulada") if one.void else "", "" if one.released else t("sin entregar"))
    cell = {"text": _formats.points(one.points, None, None), "sub": " · ".join(part for part in told if part)}
    return cell | ({"sign": SIGNS["fail"], "kind": "fail"} if one.void else {})


def _open(recording_id: str | None) -> None:
    if recording_id:
        st.switch_page("views/call.py", query_params={"call": recording_id})


def _rest(n: int) -> None:
    if n > MOST:
        st.caption(t("Se ven las primeras {n} de {total}.", n=MOST, total=n))
