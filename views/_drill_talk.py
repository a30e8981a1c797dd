"""A drill in which one talks: the lines so far, the clock, the answer typed or spoken."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from coach import practice_turns, spoken
from coach.attempt_body import Line
from coach.attempts import Kept
from coach.types import CoachError
from drills.drill import MOST_LETTERS, Drill, Play
from views import _address, _drill_words, _session
from views._text import refusal, t
from views._voice import Clock, voice
from views._widgets import keep_in_address, plain

TALL_PX, SHORT = 360, 5  # a longer talk scrolls in its own box


def talk(kept: Kept, drill: Drill, play: Play) -> None:
    """Everything between the case and the end of the talk."""
    _lines(play)
    if drill.bad is not None:
        st.markdown(t("Lo que se dijo: «{bad}»", bad=plain(drill.bad.text)))
    if play.over:  # kept, but not graded yet: the process ended in between
        practice_turns.end(_session.store(), _session.settings(), _session.viewer(), kept.id)
        st.rerun()
    _answer(kept, drill, play)
    _ways_out(kept)


def _lines(play: Play) -> None:
    with st.container(
        height=TALL_PX if len(play.turns) > SHORT else "content", border=True, autoscroll=True, key="talk"
    ):
        for at, turn in enumerate(play.turns):
            line(at, Line(turn.speaker, turn.text, mine=at in play.mine))


def line(at: int, one: Line, *below: str, name: str = "") -> None:
    """Turn `at` of a talk: who says it, the words, and what is to be said of it. `name`: as in `speaker`."""
    side = "agent" if one.speaker == "agent" else "far"
    with st.container(key=f"say-{side}-{at}"):
        st.markdown(f":small[**{plain(_drill_words.speaker(one, name))}**]  \n{plain(one.text)}")
        for told in below:
            st.caption(told)


def _start(kept: Kept, seconds: int) -> None:
    """The clock waits for whoever reads first."""
    with st.container(horizontal=True, vertical_alignment="center", key="work"):
        _address.offer(
            t("Empezar a responder"), practice_turns.start, _session.store(), _session.settings(),
            _session.viewer(), kept.id, key="drill-start", type="primary", icon=":material/timer:",
        )  # fmt: skip
        st.caption(t("Lea con calma: tendrá {n} s desde que empiece.", n=seconds))


def _answer(kept: Kept, drill: Drill, play: Play) -> None:
    if drill.seconds is not None and not kept.body.begun:
        _start(kept, drill.seconds)
        return
    n = len(kept.body.replies)
    key = f"reply-{kept.id}-{n}"
    aloud = _aloud()
    far = next((turn.text for turn in reversed(play.turns) if turn.speaker != "agent"), "")
    voice(
        far,
        turn=f"{kept.id}:{n}",
        country=drill.recording.country or "",
        aloud=aloud,
        clock=_clock(kept, drill),
        field=key,
        key=f"voice-{kept.id}",
        on_sound=lambda sound, kind: _hear(key, sound, kind),
    )
    if aloud:
        _about_model()
    if trouble := st.session_state.pop(f"{key}-trouble", ""):
        st.error(plain(trouble))
    with st.form(f"answer-{kept.id}-{n}", border=False):
        label = t("Lo que se oyó: corríjalo si hace falta") if key in _heard() else t("Su respuesta")
        text = st.text_area(label, key=key, max_chars=MOST_LETTERS, height=112)
        sent = st.form_submit_button(t("Responder"), type="primary")
    if sent and _send(kept, text, key, n):
        st.rerun()


def _send(kept: Kept, text: str, key: str, before: int) -> bool:
    viewer, settings = _session.viewer(), _session.settings()
    with st.spinner(t("Leyendo su respuesta…")):
        return _address.attempt(
            practice_turns.reply,
            _session.store(), settings, viewer, kept.id, text, spoken=key in _heard(), before=before,
        )  # fmt: skip


def _hear(key: str, sound: bytes, kind: str) -> None:
    """What a recording does: its words go into the field, or what went wrong is told beside it."""
    if _session.known() is None:
        return
    try:
        st.session_state[key] = spoken.heard(sound, kind, _session.settings())
        _heard().add(key)
    except CoachError as error:
        st.session_state[f"{key}-trouble"] = refusal(error)


def _heard() -> set[str]:
    """The fields whose words came from the microphone."""
    found: set[str] = st.session_state.setdefault("drill-heard", set())
    return found


def _aloud() -> bool:
    """Whether the trainee wants to hear and speak; kept in the address and for the session."""
    key = _address.first("aloud", lambda written: written == "1", of="drill")
    chosen = st.toggle(t("Oír y hablar"), key=key, persist_state="session")
    keep_in_address("aloud", "1" if chosen else "")
    return chosen


def _about_model() -> None:
    """What there is to hear with and, for who cannot change it, whom to ask."""
    known = spoken.model(_session.settings())
    if _session.viewer().role == "admin":
        more = t("Un modelo de verdad se instala con «coach models get small».")
    else:
        more = t("Si quiere hablar, pida a quien administra Temple que instale uno de verdad.")
    if known == "demo":
        said = t(
            "Aquí está el modelo de voz de demostración, que no entiende voces humanas: corrija el texto "
            "o escriba."
        )
        st.info(f"{said} {more}", icon=":material/mic:")
    elif known == "none":
        said = t("Aquí no hay un modelo de voz: puede oír la línea y escribir su respuesta.")
        st.info(f"{said} {more}", icon=":material/mic_off:")


def _clock(kept: Kept, drill: Drill) -> Clock | None:
    if drill.seconds is None:
        return None
    elapsed = (datetime.now(UTC) - kept.body.since).total_seconds()
    return {"elapsed": round(elapsed, 1), "limit": float(drill.seconds)}


def _ways_out(kept: Kept) -> None:
    store, settings, viewer = _session.store(), _session.settings(), _session.viewer()
    with st.container(horizontal=True, key="ways-out"):
        if kept.body.replies:
            _address.offer(
                t("Terminar aquí"), practice_turns.end, store, settings, viewer, kept.id,
                key="drill-end", icon=":material/call_end:",
            )  # fmt: skip
        if st.button(t("Descartar"), key="drill-drop", type="tertiary") and _address.attempt(
            practice_turns.drop, store, viewer, kept.id
        ):
            st.switch_page("views/practice.py")
