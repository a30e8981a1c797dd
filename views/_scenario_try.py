"""Try a scenario: say something, hear the debtor, read why. Nothing of it is kept."""

from __future__ import annotations

import streamlit as st

from coach.scenarios import tried
from coach.types import CoachError
from drills.drill import MOST_LETTERS, FormatId, Play
from drills.effects import told
from drills.scenario import Scenario
from views import _address, _coaching_words, _labels
from views._text import language, refusal, t
from views._widgets import plain

FORMATS: tuple[FormatId, ...] = ("whole_call", "one_reply", "close_vague", "three_escalating", "third_party")


def show(case: Scenario) -> None:
    with st.expander(t("Probarlo aquí"), icon=":material/play_arrow:"):
        kind = st.selectbox(
            t("Formato"), FORMATS, format_func=_coaching_words.exercise, key=f"try-kind-{case.id}"
        )
        key = f"tried-{case.id}-{kind}"
        said: list[str] = st.session_state.setdefault(key, [])
        seed: int = st.session_state.setdefault(f"{key}-seed", 0)
        try:
            play = tried(case, kind, said, seed)
        except CoachError as error:
            st.info(plain(refusal(error)))
            return
        _talk(play)
        if play.over:
            st.caption(t("La práctica terminó aquí."))
        else:
            _reply(case, kind, said, seed)
        if said:
            st.button(
                t("Empezar de nuevo"), key=f"{key}-again", type="tertiary", on_click=_again, args=(key,)
            )


def _again(key: str) -> None:
    """From the start, with another seed: the debtor would answer word for word the same."""
    st.session_state[key] = []
    st.session_state[f"{key}-seed"] += 1


def _reply(case: Scenario, kind: str, said: list[str], seed: int) -> None:
    key = f"try-{case.id}-{kind}"
    with st.form(key, clear_on_submit=True):
        text = st.text_input(t("Su respuesta como agente"), key=f"{key}-text", max_chars=MOST_LETTERS)
        if st.form_submit_button(t("Decirlo")) and _address.attempt(tried, case, kind, [*said, text], seed):
            said.append(text)
            st.rerun()


def _talk(play: Play) -> None:
    whys = {why.turn: told(play.told(why), "en" if language() == "en" else "es") for why in play.whys}
    for at, turn in enumerate(play.turns):
        st.markdown(f"**{_labels.speaker(turn.speaker)}:** {plain(turn.text)}")
        if at in whys:
            st.caption(plain(whys[at]))
