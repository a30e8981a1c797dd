"""How a score is made, in words: one panel for the closing screen and for the agent's own page."""

from __future__ import annotations

import streamlit as st

from coach.house_rules import ScoreRules
from coach.score import Score
from coach.types import Call
from rubrics.settled import Settled
from views import _formats, _labels, _session, _worth
from views._text import t
from views._widgets import plain


def panel(rules: ScoreRules, score: Score | None = None) -> None:
    """Folded away; with the numbers of one agent where `score` is theirs."""
    with st.expander(t("Cómo se calcula el puntaje"), icon=":material/help:"):
        for line in lines(rules, score):
            st.markdown(line)


def of_call(call: Call, now: Settled) -> None:
    """The same of one call, folded away: what was judged, what it weighs and what cost points."""
    pack = _session.pack(call)
    criteria = (*_session.form(call).criteria, *(pack.rules if pack else ()))
    with st.expander(t("Cómo se calcula el puntaje"), icon=":material/help:"):
        for line in _worth.of_call(now, criteria, call.transcript.recording.country):
            st.markdown(plain(line))


def lines(rules: ScoreRules, score: Score | None = None) -> tuple[str, ...]:
    """Each sentence as markdown that is safe to draw."""
    said = [
        t(
            "Promedio de las llamadas sorteadas y entregadas. Una llamada elegida a mano no entra, y lo que "
            "no se pudo evaluar tampoco."
        ),
        t(
            "Las llamadas difíciles se sortean más. Por eso cada una pesa según la probabilidad que tuvo de "
            "salir, y no bajan el puntaje por salir más."
        ),
        t("Una falta crítica confirmada por una persona anula la llamada: cuenta como 0."),
        t(
            "Cada criterio tiene un peso: cuánto pesa y qué costó en puntos está en cada llamada, al abrir "
            "el criterio."
        ),
        t(
            "El ± es el intervalo del 95 %: cuánto podría cambiar el puntaje con otro sorteo. Con menos de "
            "{n} llamadas no hay puntaje.",
            n=rules.least_calls,
        ),
        t("Niveles: {bands}.", bands=bands(rules)),
        t("Una apelación abierta se muestra y no cambia nada; una que se gana solo suma."),
    ]
    if score is not None:
        said.insert(0, _own(score))
    return tuple(said)


def bands(rules: ScoreRules) -> str:
    """«sobresaliente desde 90, cumple desde 80, en desarrollo debajo»."""
    named = sorted(rules.bands.items(), key=lambda one: -one[1])
    shown = [
        t("{band} desde {points}", band=plain(_labels.band(name)), points=f"{floor:g}")
        for name, floor in named
    ]
    return ", ".join([*shown, t("{band} debajo", band=plain(_labels.band(rules.below)))])


def _own(score: Score) -> str:
    if not score.enough:
        return t("**Aún pocas llamadas**: {n} de {needed}.", n=score.n, needed=score.needed)
    sure = t("todo el intervalo queda en este nivel") if score.sure else t("el intervalo toca otro nivel")
    return t(
        "**{whole}**: {band} ({sure}).",
        whole=_formats.based(score.points),
        band=plain(_labels.band(score.band)),
        sure=sure,
    )
