"""The ledger's figures, rows and files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from coach import ledger_files, written
from coach.ledger import Asked, LedgerFilter, LedgerRow, LedgerSummary, State
from coach.store import Store
from coach.tables import FOR_SPREADSHEETS
from coach.viewers import Viewer
from views import _formats, _session
from views._formats import SIGNS
from views._text import counted, language, t
from views._widgets import Figure, figures, plain

FAULTS_SHOWN = 12


def kinds(today: date) -> dict[str, LedgerFilter]:
    """What the ledger can be asked for."""
    expected: tuple[State, ...] = ("pending", "due")
    return {
        "week": LedgerFilter(expected, today, today + timedelta(days=6)),
        "today": LedgerFilter(expected, today, today),
        "late": LedgerFilter(("due",), due_until=today - timedelta(days=1)),
        "unknown": LedgerFilter(("unknown",)),
        "broken": LedgerFilter(("broken", "partial")),
        "kept": LedgerFilter(("kept",)),
        "silent": LedgerFilter(read_back=False),
        "withdrawn": LedgerFilter(("withdrawn",)),
        "all": LedgerFilter(),
    }


def names() -> dict[str, str]:
    return {
        "week": t("Vencen en 7 días"),
        "today": t("Vencen hoy"),
        "late": t("En días de gracia"),
        "unknown": t("Vencidas sin datos de pagos"),
        "broken": t("Incumplidas"),
        "kept": t("Cumplidas"),
        "silent": t("Sin repetir el acuerdo"),
        "withdrawn": t("Retiradas en revisión"),
        "all": t("Todas"),
    }


def opening(whole: LedgerSummary, due: LedgerSummary) -> str:
    """The view to open on: what falls due, else the first that has something in it."""
    has = whole.states
    found = {
        "week": sum(due.states.values()),
        "unknown": has["unknown"],
        "broken": has["broken"] + has["partial"],
        "kept": has["kept"],
    }
    return next((name for name, n in found.items() if n), "all")


def numbers(whole: LedgerSummary, due: LedgerSummary) -> None:
    """What is expected, what was kept, and what was agreed without being repeated."""
    promised = sum(whole.states.values())
    hits, n = (sum(getattr(one.share, name) for one in whole.kept) for name in ("hits", "n"))
    share = type(whole.kept[0].share)(hits, n) if whole.kept else None
    known = t("sin pagos de sus días") if whole.known else t("sin datos de pagos")
    firm = promised - whole.states["vague"]
    first, *more = _sums(due, whole.country) or (_formats.NOTHING,)
    also = f"{t('y {others}', others=', '.join(more))} · " if more else ""  # a card holds one sum
    shown = [
        Figure(
            t("Vencen en 7 días"),
            str(sum(due.states.values())),
            counted(promised, "de {n} promesa", "de {n} promesas"),
        ),
        Figure(
            t("Cumplidas"),
            _formats.share(share) if share else _formats.NOTHING,
            counted(
                n,
                "{interval} de {n} vencida",
                "{interval} de {n} vencidas",
                interval=_formats.interval(share),
            )
            if share
            else known,
        ),
        Figure(t("Por cobrar en 7 días"), first, f"{also}{t('lo prometido, menos lo pagado')}"),
        Figure(
            t("Sin repetir el acuerdo"),
            str(whole.not_read_back),
            counted(firm, "de {n} firme", "de {n} firmes"),
        ),
        Figure(
            t("Por precisar"),
            str(whole.states["vague"]),
            counted(promised, "de {n} promesa", "de {n} promesas"),
        ),
    ]
    figures(shown, key="figures")
    st.caption(plain(_known(whole)))


def _known(whole: LedgerSummary) -> str:
    """Of which days payments are known, and what that means for a promise of other days."""
    if not whole.known:
        return t(
            "Sin datos de pagos no se sabe si una promesa vencida se cumplió: queda así hasta que "
            "se traiga la tabla de pagos."
        )
    days = "; ".join(
        t("en {money}, {days}", money=one.currency, days=written.stretch(one.first, one.last, language()))
        for one in whole.known
    )
    return t(
        "Pagos que se conocen: {days}. Una promesa se llama incumplida solo donde los de su moneda, su país "
        "y su cartera cubren todos sus días; si no, queda sin datos de pagos.",
        days=days,
    )


def columns() -> list[dict[str, Any]]:
    return [
        {"id": "debtor", "label": t("Promesa")},
        {"id": "due", "label": t("Vence")},
        {"id": "amount", "label": t("Monto"), "align": "right"},
        {"id": "critical", "label": t("Estado")},
        {"id": "agent", "label": t("Agente")},
        {"id": "objections", "label": t("Acuerdo")},
    ]


def rows(
    found: Sequence[LedgerRow], country: str | None, others: Mapping[str, Sequence[tuple[Decimal, str]]]
) -> list[dict[str, Any]]:
    """`country`: by whose way sums are written (`LedgerSummary.country`); None: by the currency's code.
    `others`: by call what was paid in another currency.
    """
    return [
        {
            "id": row.recording_id,
            "href": f"call?{urlencode({'call': row.recording_id})}",
            "cells": {
                "debtor": {"text": row.debtor_name or row.recording_id, "sub": _account(row)},
                "due": {"text": _formats.day(row.due_on) if row.due_on else t("sin fecha")},
                "amount": _amount(row, country),
                "critical": state(row) | _otherwise(row, others.get(row.recording_id, ())),
                "agent": {"text": row.agent or t("sin asignar"), "sub": _formats.day(row.call_date)},
                "objections": _agreed(row),
            },
        }
        for row in found
    ]


def _otherwise(row: LedgerRow, paid: Sequence[tuple[Decimal, str]]) -> dict[str, str]:
    """That money lies on the account which the promise could not take; nothing where it is kept as it is."""
    if not paid or row.state in ("kept", "withdrawn"):
        return {}
    sums = ", ".join(_formats.money(amount, currency, None) for amount, currency in paid)
    return {"sub": t("hay un pago en otra moneda: {sums}", sums=sums)}


def _account(row: LedgerRow) -> str:
    return t("cuenta {account}", account=row.account) if row.account else t("sin cuenta")


def _amount(row: LedgerRow, country: str | None) -> dict[str, str]:
    paid = _formats.money(row.paid, row.currency, country) if row.paid else ""
    later = _formats.parts(row.later, row.currency, country)
    below = " · ".join(part for part in (paid and t("pagado {paid}", paid=paid), *later) if part)
    return {"text": _formats.money(row.amount, row.currency, country)} | ({"sub": below} if below else {})


def state(row: LedgerRow) -> dict[str, str]:
    """Sign and word for what became of a promise."""
    words: dict[State, tuple[str, str]] = {
        "vague": ("review", t("por precisar")),
        "pending": ("na", t("por vencer")),
        "due": ("review", t("vence o en gracia")),
        "kept": ("pass", t("cumplida")),
        "renewed": ("na", t("prometió de nuevo")),
        "partial": ("fail", t("pago parcial")),
        "broken": ("fail", t("incumplida")),
        "unknown": ("na", t("sin datos de pagos")),
        "withdrawn": ("na", t("retirada en revisión")),
    }
    kind, text = words[row.state]
    return {"sign": SIGNS[kind], "kind": kind, "text": text}


def _agreed(row: LedgerRow) -> dict[str, str]:
    said = t("repetida por el agente") if row.read_back else t("sin repetir")
    agreed = t("confirmada por quien paga") if row.confirmed else t("sin confirmar")
    corrected = t("corregida en revisión") if row.by_person and row.state != "withdrawn" else ""
    return {"text": said, "sub": " · ".join(part for part in (agreed, corrected) if part)}


def downloads(asked: Asked, kind: LedgerFilter) -> None:
    """The filtered ledger as a table, and what is expected as a calendar; made when asked for."""
    with st.container(horizontal=True):
        for label, ending, mime, write, encoding in (
            (t("Descargar tabla (CSV)"), "csv", "text/csv", ledger_files.write_csv, FOR_SPREADSHEETS),
            (t("Descargar calendario (.ics)"), "ics", "text/calendar", ledger_files.write_ics, "utf-8"),
        ):
            made = _session.at_click(_written(write, asked, kind, encoding))
            name, icon = f"{t('promesas')}.{ending}", ":material/download:"
            st.download_button(label, made, file_name=name, mime=mime, icon=icon, on_click="ignore")


def _written(
    write: Callable[..., str], asked: Asked, kind: LedgerFilter, encoding: str
) -> Callable[[Store, Viewer], bytes]:
    """`write` with what is on the screen now, for whoever is signed in at the click."""
    tongue = language()

    def made(store: Store, viewer: Viewer) -> bytes:
        its = Asked(asked.settings, viewer, asked.which)
        return write(store, its, kind, tongue).encode(encoding)

    return made


def _sums(due: LedgerSummary, country: str | None) -> list[str]:
    return [_formats.money(amount, currency or None, country) for currency, amount in due.expected]
