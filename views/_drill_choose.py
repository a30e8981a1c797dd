"""Drills in which something is chosen: the best answer and why; the turn that fails and what fails in it."""

from __future__ import annotations

import streamlit as st

from coach import practice_turns
from coach.attempt_body import Line
from coach.attempts import Kept
from drills.drill import Drill
from views import _address, _drill_talk, _drill_words, _session
from views._text import t
from views._widgets import plain


def best(kept: Kept, drill: Drill) -> None:
    """The talk up to the objection, four answers, four reasons."""
    with st.container(border=True, key="talk"):
        for at, turn in enumerate(drill.turns):
            _drill_talk.line(at, Line(turn.speaker, turn.text))
    with st.container(key="choosing"), st.form(f"choose-{kept.id}", border=False):
        choice = st.radio(
            t("¿Cuál responde mejor?"),
            range(len(drill.options)),
            index=None,
            format_func=lambda at: plain(drill.options[at].text),
            key=f"choice-{kept.id}",
        )
        reason = st.radio(
            t("¿Por qué?"),
            range(len(drill.reasons)),
            index=None,
            format_func=lambda at: plain(_drill_words.option(drill.reasons[at])),
            key=f"reason-{kept.id}",
        )
        sent = st.form_submit_button(t("Responder"), type="primary")
    if sent and _choose(kept, choice=choice, reason=reason):
        st.rerun()


def fault(kept: Kept, drill: Drill) -> None:
    """A short call; the turn of the agent's that fails, and what fails in it."""
    mine = [at for at, turn in enumerate(drill.turns) if turn.speaker == "agent"]
    with st.container(border=True, key="talk"):
        for at, turn in enumerate(drill.turns):
            _drill_talk.line(at, Line(turn.speaker, _numbered(turn.text, mine, at)))
    with st.container(key="choosing"), st.form(f"choose-{kept.id}", border=False):
        place = st.radio(
            t("¿Qué turno del agente falla?"),
            mine,
            index=None,
            format_func=lambda at: str(mine.index(at) + 1),
            horizontal=True,
            key=f"turn-{kept.id}",
        )
        choice = st.radio(
            t("¿Qué falla en él?"),
            range(len(drill.options)),
            index=None,
            format_func=lambda at: plain(_drill_words.option(drill.options[at])),
            key=f"choice-{kept.id}",
        )
        sent = st.form_submit_button(t("Responder"), type="primary")
    if sent and _choose(kept, choice=choice, turn=place):
        st.rerun()


def leave(kept: Kept) -> None:
    """A way out without an answer."""
    dropped = st.button(t("Descartar"), key="drill-drop", type="tertiary")
    if dropped and _address.attempt(practice_turns.drop, _session.store(), _session.viewer(), kept.id):
        st.switch_page("views/practice.py")


def _choose(kept: Kept, **chosen: int | None) -> bool:
    store, settings, viewer = _session.store(), _session.settings(), _session.viewer()
    return _address.attempt(practice_turns.choose, store, settings, viewer, kept.id, **chosen)


def _numbered(text: str, mine: list[int], at: int) -> str:
    """«2 · …»: the agent's turns carry their number."""
    return f"{mine.index(at) + 1} · {text}" if at in mine else text
