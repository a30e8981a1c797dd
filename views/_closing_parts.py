"""The cards of a month that is not signed, and the list of those that are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from coach import closing, lost_draws, month_calls, months
from coach.closing import Close, Preview
from coach.frozen import CloseRow
from coach.house_rules import ScoreRules
from coach.lost_draws import Lost
from coach.month_calls import OpenCall
from coach.months import MonthRow
from views import _address, _closing_calls, _closing_cells, _closing_changes, _formats, _session, _widgets
from views._formats import SIGNS
from views._list import listing
from views._text import counted, t
from views._widgets import Figure, plain


def answer(seen: Preview, open_: Sequence[OpenCall], lost: Lost) -> None:
    """What somebody may want to settle before the signature; that nothing is left, where it is so."""
    told = (
        (seen.open_disputes, counted(
            seen.open_disputes,
            "{n} apelación abierta: si se gana después de firmar, va como ajuste.",
            "{n} apelaciones abiertas: si se ganan después de firmar, van como ajuste.",
        )),
        (seen.too_few, counted(
            seen.too_few,
            "{n} agente tiene pocas llamadas todavía: queda sin puntaje.",
            "{n} agentes tienen pocas llamadas todavía: quedan sin puntaje.",
        )),
        (seen.nobodys, counted(
            seen.nobodys,
            "{n} llamada sin persona: su usuario no era de nadie ese día.",
            "{n} llamadas sin persona: su usuario no era de nadie ese día.",
        )),
        (seen.teamless, counted(
            seen.teamless,
            "{n} llamada de alguien sin equipo ese día: no entra en ninguna sede.",
            "{n} llamadas de personas sin equipo ese día: no entran en ninguna sede.",
        )),
    )  # fmt: skip
    left = [*_closing_calls.left_lines(open_), *(line for n, line in told if n)]
    with st.container(border=True, key="answer"):
        if not seen.rows:
            st.markdown(t("En este mes no hay llamadas de sus agentes."))
        elif not left:
            st.markdown(f":green[**{SIGNS['pass']}**] {t('Nada pendiente: el mes se puede firmar.')}")
        for line in left:
            _warned(line)
        for line in _closing_calls.lost_lines(lost):
            st.markdown(line)
        if seen.rows and left:
            st.caption(t("Nada de esto impide preparar ni firmar el mes."))
        _closing_calls.left_list(open_)


def _warned(line: str) -> None:
    st.markdown(f":orange[**{SIGNS['review']}**] {line}")


def figures(rows: Sequence[CloseRow], seen: Preview) -> None:
    """Of `rows`, those that would be signed; what is open is as of now."""
    if not rows:
        return
    scored = [row for row in rows if row.points is not None]
    n, calls = sum(row.n for row in rows), sum(row.calls for row in rows)
    _widgets.figures(
        [
            Figure(t("Con puntaje"), str(len(scored)), counted(len(rows), "de {n} agente", "de {n} agentes")),
            Figure(t("Llamadas que cuentan"), str(n), t("de {n} del mes", n=calls)),
            Figure(t("Sorteadas sin entregar"), str(seen.waiting), t("no cuentan todavía")),
            Figure(t("Apelaciones abiertas"), str(seen.open_disputes)),
        ],
        key="figures",
    )


def table(
    rows: Sequence[CloseRow], rules: ScoreRules, *, key: str, added: Mapping[int, float] | None = None
) -> None:
    """A row for each agent; `added` points stand beside the frozen ones."""
    if not rows:
        return
    columns: list[dict[str, Any]] = [
        {"id": "name", "label": t("Agente")},
        {"id": "points", "label": t("Puntaje"), "align": "right"},
        {"id": "band", "label": t("Nivel")},
        {"id": "disputes", "label": t("Apelaciones"), "align": "right"},
        {"id": "voided", "label": t("Anuladas"), "align": "right"},
    ]
    if added:
        columns[-1]["hide"] = True
        columns.insert(2, {"id": "added", "label": t("Con ajustes"), "align": "right"})
    shown = []
    for row in rows:
        cells: dict[str, _closing_cells.Cell] = {
            "name": {"text": row.name, "sub": row.team},
            "points": _closing_cells.points(row),
            "band": _closing_cells.band(row, rules),
            "disputes": _closing_cells.open_disputes(row),
            "voided": _closing_cells.voided(row),
        }
        if added:
            cells["added"] = _closing_cells.with_added(row, added.get(row.user_id, 0.0), rules)
        shown.append({"id": str(row.user_id), "cells": cells})
    listing(columns, shown, key=key)


def to_sign(row: MonthRow, close: Close) -> None:
    """What was prepared, what has moved since, and the signature, which is asked for twice."""
    store, settings, viewer = _session.store(), _session.settings(), _session.viewer()
    with st.container(border=True, key="part-sign"):
        st.markdown(
            t(
                "**Preparado para la firma** el {made}, con las llamadas entregadas hasta el {cut_off}.",
                made=_address.moment(close.created_at), cut_off=_address.moment(close.cut_off),
            )
        )  # fmt: skip
        since = t("desde que se preparó")
        _closing_changes.show(
            months.moved(store, settings, viewer, close),
            month_calls.changed(store, settings, viewer, close),
            since,
        )
        with st.popover(t("Firmar el mes"), type="primary", icon=":material/draw:"):
            sample = month_calls.sample_of(close)
            left = month_calls.open_calls(store, viewer, close.month, close.site_id, sample)
            for line in _closing_calls.left_lines(left):
                _warned(line)
            lost = lost_draws.of_close(store, viewer, close)
            for line in (*freezes(row, close), *_closing_calls.lost_lines(lost)):
                st.markdown(line)
            undelivered = sum(not one.released for one in sample)
            wanted = st.button(_yes(undelivered), type="primary", key="sign")
            if wanted and _address.done(lambda: closing.sign(store, viewer, close.id, close.digest)):
                st.rerun()


def _yes(left: int) -> str:
    """The last word says itself what stays open."""
    if not left:
        return t("Sí, firmar")
    return counted(
        left,
        "Sí, firmar con {n} llamada sorteada sin entregar",
        "Sí, firmar con {n} llamadas sorteadas sin entregar",
    )


def freezes(row: MonthRow, close: Close) -> tuple[str, ...]:
    """What the signature freezes, in sentences."""
    scored = sum(one.points is not None for one in close.rows)
    n = sum(one.n for one in close.rows)
    unsure = sum(len(one.spans(close.rules)) > 1 for one in close.rows)
    doubt = counted(
        unsure,
        "El nivel de {n} agente no es seguro: su intervalo toca más de uno.",
        "El nivel de {n} agentes no es seguro: su intervalo toca más de uno.",
    )
    return (
        t(
            "Se firma **{month}, {site}**: {people} con puntaje y {few} sin él.",
            month=_formats.month(close.month), site=plain(row.site) or t("toda la casa"),
            people=counted(scored, "{n} agente", "{n} agentes"), few=len(close.rows) - scored,
        ),
        *((doubt,) if unsure else ()),
        t(
            "Quedan fijos los puntajes, las {n} llamadas que los hacen con sus puntos y su peso, las "
            "versiones de pautas y modelos, la configuración y qué criterios cuentan.",
            n=n,
        ),
        t("No se abre de nuevo: lo que llegue después va como ajuste, con su motivo."),
        t("Sello: {digest}", digest=plain(close.digest[:12])),
    )  # fmt: skip


def closed(rows: Sequence[MonthRow]) -> None:
    """The months that were prepared or signed; a row opens its month."""
    if not rows:
        return
    st.subheader(t("Meses preparados y firmados"))
    columns = [
        {"id": "month", "label": t("Mes")},
        {"id": "site", "label": t("Sede")},
        {"id": "state", "label": t("Estado")},
    ]
    picked = listing(columns, [_closed(row) for row in rows], key="closed")
    chosen = next((row for row in rows if str(row.close_id) == picked.row), None)
    if chosen is not None:
        st.session_state.pop("at-month", None)
        st.session_state.pop("at-site", None)
        _address.go(month=f"{chosen.month:%Y-%m}", site=str(chosen.site_id or "all"))


def _closed(row: MonthRow) -> dict[str, Any]:
    state = {"text": t("Preparado, sin firma"), "sign": SIGNS["review"], "kind": "review"}
    if row.signed_at is not None:
        sub = t("{name}, {when}", name=row.signed_by, when=_address.day(row.signed_at))
        state = {"text": t("Firmado"), "sign": SIGNS["pass"], "kind": "pass", "sub": sub}
    if row.broken:
        state = {"text": t("No coincide con su sello"), "sign": SIGNS["fail"], "kind": "fail"}
    return {
        "id": str(row.close_id),
        "href": f"closing?month={row.month:%Y-%m}&site={row.site_id or 'all'}",
        "cells": {
            "month": {"text": _formats.month(row.month).capitalize()},
            "site": {"text": row.site or t("Toda la casa")},
            "state": state,
        },
    }
