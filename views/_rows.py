"""The call list as rows to draw: what each column says of a call. No drawing here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from coach import days_ahead
from coach.rows import CallRow
from coach.search_places import Place
from rubrics.types import Criterion
from views import _formats, _labels, _said_so
from views._formats import SIGNS
from views._text import counted, own, t

MOST_CHIPS = 2


def columns() -> list[dict[str, Any]]:
    return [
        {"id": "debtor", "label": t("Llamada")},
        {"id": "date", "label": t("Fecha"), "sort": True},
        {"id": "agent", "label": t("Agente"), "sort": True},
        {"id": "points", "label": t("Puntos"), "sort": True, "align": "right"},
        {"id": "critical", "label": t("Qué pasó"), "sort": True},
        {"id": "objections", "label": t("Objeciones"), "hide": True},
    ]


def rows(
    calls: tuple[CallRow, ...],
    objections: dict[str, tuple[str, ...]],
    found: dict[str, Place] | None = None,
    critical: dict[str, tuple[Criterion, ...]] | None = None,
) -> list[dict[str, Any]]:
    """One row for each call. `objections`: ids by call, the most frequent first; `found`: where the words
    that were searched for are said: the row shows them and opens there; `critical`: what each failed that
    voids it, or would if somebody confirmed it.
    """
    found, critical = found or {}, critical or {}
    return [
        {
            "id": call.id,
            "href": f"call?{urlencode(address(call.id, found.get(call.id)))}",
            "said": _said_so.line(found[call.id]) if call.id in found else None,
            "cells": {
                "debtor": {"text": call.debtor_name or call.id, "sub": _place(call)},
                "date": date(call),
                "agent": agent(call),
                "points": points(call),
                "critical": outcome(call, critical.get(call.id, ())),
                "objections": _objections(objections.get(call.id, ())),
            },
        }
        for call in calls
    ]


def address(recording_id: str, place: Place | None) -> dict[str, str]:
    """Of the call, at the turn where something was found."""
    return {"call": recording_id} | ({"turn": str(place.turn)} if place else {})


def date(call: CallRow) -> dict[str, str]:
    """Its day; one that has not come, or is of long ago, is marked, for somebody to look at."""
    cell = {"text": _formats.day(call.call_date), "sub": _times(call)}
    if days_ahead.is_ahead(call.call_date):
        cell |= {"sign": SIGNS["review"], "kind": "review", "sub": t("aún no llega: revise la fecha")}
    if days_ahead.is_long_ago(call.call_date):
        cell |= {"sign": SIGNS["review"], "kind": "review", "sub": t("de hace años: revise la fecha")}
    return cell


def agent(call: CallRow) -> dict[str, str]:
    if call.agent_login is None:
        return {"text": t("sin asignar"), "kind": "na", "sub": call.agent or ""}
    return {"text": call.agent or call.agent_login}


def points(call: CallRow) -> dict[str, str]:
    """The points; a range while verdicts wait, with how many do."""
    waiting = counted(call.to_review, "{n} por revisar", "{n} por revisar") if call.to_review else ""
    if call.evaluable == "no":
        return {"text": _formats.NOTHING, "kind": "na"}
    return {"text": _formats.points(call.points, call.points_low, call.points_high), "sub": waiting}


def outcome(call: CallRow, failed: Sequence[Criterion] = ()) -> dict[str, str]:
    """The one thing to know of the call: a critical failure before a promise, a promise before what waits.
    `failed`: the critical failures by name.
    """
    if call.evaluable == "no":
        return {"sign": SIGNS["na"], "kind": "na", "text": t("No evaluable")}
    promise = t("promesa firme") if call.firm_promise else t("promesa por precisar") if call.promised else ""
    names = ", ".join(own(one.label, one.label_en) for one in failed)
    if call.critical:
        text = counted(call.critical, "Crítica por confirmar", "{n} críticas por confirmar")
        void = t("anulada") if call.void else ""
        below = " · ".join(part for part in (names, void, promise) if part)
        return {"sign": SIGNS["fail"], "kind": "fail", "text": text, "sub": below}
    if call.void:
        text = t("Anulada: {names}", names=names) if names else t("Anulada")
        return {"sign": SIGNS["fail"], "kind": "fail", "text": text, "sub": promise}
    partly = t("evaluable en parte") if call.evaluable == "partly" else ""
    if call.firm_promise:
        return {"sign": SIGNS["pass"], "kind": "pass", "text": t("Promesa firme"), "sub": partly}
    if call.promised:
        return {
            "sign": SIGNS["review"],
            "kind": "review",
            "text": t("Promesa por precisar"),
            "sub": partly,
        }
    return {"sign": SIGNS["na"], "kind": "na", "text": t("Sin compromiso"), "sub": partly}


def _place(call: CallRow) -> str:
    country = _labels.country(call.country) if call.country else ""
    return " · ".join(part for part in (call.company, country) if part)


def _times(call: CallRow) -> str:
    length = _formats.duration(call.duration_s) if call.duration_s else ""
    silent = "" if call.has_audio else t("sin audio")
    return " · ".join(part for part in (_formats.hour(call.started_local), length, silent) if part)


def _objections(ids: tuple[str, ...]) -> dict[str, Any]:
    chips = [_labels.finding(name) for name in ids[:MOST_CHIPS]]
    return {"text": "", "chips": chips + ([f"+{len(ids) - MOST_CHIPS}"] if len(ids) > MOST_CHIPS else [])}
