"""What a person practises today: five minutes that are due, what was assigned, anything else by choice."""

from __future__ import annotations

import streamlit as st

from coach import attempts, practice_cards, practice_plan
from views import _gone, _practice_parts, _session
from views._text import t


def show() -> None:
    store, viewer = _session.store(), _session.viewer()
    viewer.require("drill")
    st.title(t("¿Qué practica hoy?"))
    _gone.to_practise()
    waiting = practice_plan.assigned(store, viewer)
    possible = any(map(_practice_parts.can_be_done, waiting))
    _practice_parts.today_card(practice_plan.today(store, viewer), waiting=possible)
    if waiting:
        _practice_parts.asked(waiting)
    if left := attempts.attempts(store, viewer, finished=False, size=5).rows:
        _practice_parts.left_open(left)
    if missed := practice_cards.missed(store, viewer, viewer.user_id):
        _practice_parts.from_calls(missed)
    _practice_parts.choose()
    _practice_parts.mastered(practice_cards.mastery(store, viewer), practice_cards.cards(store, viewer))
    _practice_parts.history()


show()
