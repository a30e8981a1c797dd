"""One exercise: the case, the talk or the choice, and then the result with what is next."""

from __future__ import annotations

import streamlit as st

from coach import attempts, practice, practice_turns
from coach.attempts import Kept
from coach.types import CoachError
from views import _address, _drill_choose, _drill_result, _drill_talk, _drill_words, _pages, _session
from views._text import refusal, t
from views._widgets import plain


def show() -> None:
    kept = _asked_for()
    if kept is None:
        return
    _steps()
    mine = kept.user_id == _session.viewer().user_id
    if kept.shown is not None:
        _drill_result.result(kept, kept.shown, mine=mine)
        return
    st.title(_drill_words.question(kept))
    st.caption(
        f"{plain(_drill_words.format_name(kept.format))} · {plain(_drill_words.format_help(kept.format))}"
    )
    _case(kept)
    if not mine:
        st.info(t("{name} no terminó todavía este ejercicio.", name=plain(kept.name)))
        return
    practice_turns.get_ready()
    _exercise(kept)


def _exercise(kept: Kept) -> None:
    """The talk, or the choice; what was asked for outside of the case is in their own files."""
    if kept.drill is None:
        return
    if kept.play is not None:
        _drill_talk.talk(kept, kept.drill, kept.play)
        return
    if kept.format == "choose_best":
        _drill_choose.best(kept, kept.drill)
    else:
        _drill_choose.fault(kept, kept.drill)
    _drill_choose.leave(kept)


def _case(kept: Kept) -> None:
    """The card of the case, and when it is won."""
    with st.container(border=True, key="case"):
        played = kept.drill.scenario if kept.drill is not None else None  # with the goal of the format
        _drill_words.case_card(kept.case, played or kept.body.scenario, kept.format)
        if kept.source is not None:
            mine = kept.user_id == _session.viewer().user_id
            told = t("De una llamada suya, sin nombres ni datos de nadie.")
            another = t("De una llamada de {name}, sin otros nombres ni datos.", name=plain(kept.name))
            st.caption(told if mine else another)


def _steps() -> None:
    with st.container(key="steps"):
        st.page_link("views/practice.py", label=t("Practicar"), icon=":material/arrow_back:")


def _asked_for() -> Kept | None:
    """The attempt that the address names; where there is none, a way back."""
    wanted = _address.number("attempt") or 0  # no attempt has this number
    try:
        playbook = practice.playbook_of(_session.settings())
        return attempts.attempt(_session.store(), _session.viewer(), wanted, playbook)
    except CoachError as error:
        st.title(t("Ejercicio"))
        st.info(plain(refusal(error)))
        if _pages.has(_session.viewer().role, "practice"):
            st.page_link("views/practice.py", label=t("Ir a Practicar"), icon=":material/arrow_back:")
        return None


show()
