"""What an agent's month comes to: reckoned while it is open, and as it was signed from then on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from coach import signed_months
from coach.house_rules import ScoreRules
from coach.own_calls import Person
from coach.periods import month_of
from coach.rows import Summary
from coach.score import Score, scores, spanned
from coach.signed_months import Signed
from coach.viewers import Viewer
from views import _address, _agent_parts, _closing_cells, _formats, _labels, _score_help, _session
from views._text import counted, t
from views._widgets import Figure, plain


def numbers(viewer: Viewer, who: Person, total: Summary, day: date) -> None:
    """The figures of somebody's sheet; of the month that holds `day` how its score is made, and what was
    signed of it and of those before.
    """
    store, rules, month = _session.store(), _session.settings().score, day.replace(day=1)
    months = signed_months.of_person(store, who.user_id) if who.user_id is not None else ()
    its = tuple(one for one in months if one.month == month)
    scored = _score(viewer, who, day)
    _agent_parts.numbers(total, _figure(day, scored, rules, its))
    _signed(months, scored, month, reasons=viewer.user_id == who.user_id or viewer.may("close"))
    _score_help.panel(its[0].rules if its else rules, None if its else scored)


def _score(viewer: Viewer, who: Person, day: date) -> Score | None:
    """The score of the month of that day; None where nobody of the house holds the login."""
    if who.user_id is None:
        return None
    of = (_session.store(), _session.settings(), viewer, *month_of(day))
    found = scores(*of, logins=who.logins, apart=True)
    return next((row for row in found if row.user_id == who.user_id), None)


def _figure(month: date, score: Score | None, rules: ScoreRules, signed: Sequence[Signed]) -> Figure:
    """`signed`: that month's, one for each site that the person was in; the score that counts is theirs."""
    label = t("Puntaje de {month}", month=_formats.month(month))
    if signed:
        return Figure(label, " · ".join(_points(one) for one in signed), " · ".join(map(_basis, signed)))
    return _open(label, score, rules)


def _signed(months: Sequence[Signed], score: Score | None, month: date, *, reasons: bool) -> None:
    """What was signed, with each adjustment (its reason to whom that is for), and what today's would be."""
    if not months:
        return
    now = next((one for one in months if one.month == month), None)
    with st.expander(t("Meses firmados"), icon=":material/verified:", expanded=now is not None):
        for one in months:
            st.markdown(plain(_line(one)))
            for entry in one.entries:
                points = t("ajuste de {points}", points=_closing_cells.signed(entry.points))
                why = f": {entry.reason}" if reasons else ""
                st.caption(plain(f"{points}, {_address.day(entry.at)}{why}"))
            if one is now and score is not None and score.enough:
                today = _formats.mean(score.points)
                if today != _closing_cells.score(one.row):
                    st.caption(
                        t(
                            "Con lo juzgado hasta hoy saldría {today}. Lo firmado no cambia: lo que llegue "
                            "después va como ajuste.",
                            today=plain(today),
                        )
                    )


def _line(one: Signed) -> str:
    values = {
        "month": _formats.month(one.month),
        "day": _address.day(one.signed_at),
        "points": _closing_cells.score(one.row),
        "calls": _formats.calls(one.row.n),
    }
    line = t("{month}: {points} en {calls}, firmado el {day}.", **values)
    if one.added and one.final is not None:
        points, level = one.final
        end = t("Con ajustes: {points}, {band}.", points=f"{points:.0f}", band=_labels.band(level))
        return f"{line} {end}"
    return line


def _points(one: Signed) -> str:
    if one.added and one.final is not None:
        return f"{one.final[0]:.0f}"
    return _closing_cells.score(one.row) if one.final else _formats.NOTHING


def _basis(one: Signed) -> str:
    if one.final is None:
        return t("firmado sin puntaje: pocas llamadas")
    if one.added:
        return t("{band} · firmado, con ajustes", band=_labels.band(one.final[1]))
    band = _closing_cells.band(one.row, one.rules)
    level = f"{band['text']} ({band['sub']})" if band.get("sub") else str(band["text"])
    return t("{band} · firmado · {calls}", band=level, calls=_formats.calls(one.row.n))


def _open(label: str, score: Score | None, rules: ScoreRules) -> Figure:
    if score is None or not score.enough:
        few = t("aún pocas llamadas")
        if score:
            few = t("aún pocas llamadas: {n} de {needed}", n=score.n, needed=score.needed)
        return Figure(label, _formats.NOTHING, few)
    level = _labels.band(score.band)
    low, high = score.points.low, score.points.high
    spans = spanned(rules, low, high) if low is not None and high is not None else ()
    if maybe := _labels.bands(one for one in spans if one != score.band):
        level = t("{band} (puede ser también {bands})", band=level, bands=maybe)
    basis = f"{level} · {_formats.calls(score.n)}"
    if score.open_disputes:
        basis += f" · {counted(score.open_disputes, '{n} apelación abierta', '{n} apelaciones abiertas')}"
    return Figure(label, _formats.mean(score.points), basis)
