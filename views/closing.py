"""The month: what would be signed, the signature, and what came after it."""

from __future__ import annotations

from datetime import date, datetime

import streamlit as st

from coach import closing, editions, lost_draws, month_calls, months
from coach.months import MonthRow, Place
from views import _address, _closing_parts, _closing_signed, _editions, _formats, _score_help, _session
from views._text import t
from views._widgets import plain


def show() -> None:
    store, viewer = _session.store(), _session.viewer()
    viewer.require("close")
    st.title(t("¿Está listo el mes para firmarse?"))
    places, known = months.places(store, viewer), months.with_calls(store, viewer)
    if not places:
        st.info(t("Un mes lo cierra quien dirige todos los equipos de una sede, o quien administra."))
        return
    if not known:
        st.info(t("Aquí verá el puntaje de cada agente por mes, cuando haya llamadas evaluadas."))
        return
    closes = months.months(store, viewer)
    with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
        month = _month(known)
        place = _place(places)
        room = st.container()
    found = next((one for one in closes if (one.month, one.site_id) == (month, place.site_id)), None)
    if found is not None and found.signed_at is not None:
        _closing_signed.show(found, closing.read(store, viewer, found.close_id))
    else:
        with room:
            cut_off = _cut_off(place)
        _open_month(month, place, cut_off, found)
    _score_help.panel(_session.settings().score)
    _closing_parts.closed(closes)


def _open_month(month: date, place: Place, cut_off: datetime | None, found: MonthRow | None) -> None:
    """A month without a signature: what is there now, or what was prepared and waits for it."""
    store, settings, viewer = _session.store(), _session.settings(), _session.viewer()
    seen = closing.preview(store, settings, viewer, month, place.site_id, cut_off)
    rows, rules = seen.rows, settings.score
    if found is not None:
        close = closing.read(store, viewer, found.close_id)
        rows, rules = close.rows, close.rules  # what the signature would freeze, whatever has moved since
        _closing_parts.to_sign(found, close)
    left = month_calls.open_calls(store, viewer, seen.month, place.site_id, seen.sample)
    lost = lost_draws.of_month(store, viewer, seen.month, place.site_id, seen.cut_off)
    _closing_parts.answer(seen, left, lost)
    counted = [call.recording_id for call in seen.sample if call.counts]
    _editions.in_month(editions.mixed_in(store, viewer, counted))
    _closing_parts.figures(rows, seen)
    _closing_parts.table(rows, rules, key="preview")
    if not rows:
        return
    wanted = st.button(
        t("Preparar de nuevo") if found else t("Preparar para la firma"),
        type="secondary" if found else "primary", key="prepare", icon=":material/inventory_2:",
    )  # fmt: skip
    if wanted and _address.done(
        lambda: closing.prepare(store, settings, viewer, month, place.site_id, cut_off)
    ):
        st.rerun()


def _month(known: tuple[date, ...]) -> date:
    """The newest month that is over where the address says nothing."""
    over = [one for one in known if one < date.today().replace(day=1)]
    ordered = [*over[:1], *(one for one in known if one not in over[:1])]
    names = {f"{one:%Y-%m}": _formats.month(one).capitalize() for one in ordered}
    return date.fromisoformat(f"{_address.select(t('Mes'), 'month', names)}-01")


def _place(places: tuple[Place, ...]) -> Place:
    named = {str(one.site_id or "all"): one for one in places}
    names = {key: one.name or t("Toda la casa") for key, one in named.items()}
    return named[_address.select(t("Sede"), "site", names)]


def _cut_off(place: Place) -> datetime | None:
    """The end of the day chosen; None for now."""
    today = months.today_at(_session.store(), place.site_id)
    day = st.date_input(
        t("Entregadas hasta (vacío: ahora)"), value=None, max_value=today, format=_formats.date_field(),
        key="cut-off", persist_state="session",
        help=plain(t("Fecha de corte: solo cuentan las llamadas que se entregaron hasta ese día.")),
    )  # fmt: skip
    if not isinstance(day, date):
        return None
    return months.end_of(_session.store(), _session.viewer(), day, place.site_id)


show()
