"""One call: who and when, what came of it, and the player with transcript, rubric and replies.

Who reviews it does so here; its agent reads it here; a second person decides here on a dispute.
"""

from __future__ import annotations

import streamlit as st

from coach import as_said, comments, releases
from coach.types import Call, CoachError
from views import (
    _call_agent,
    _call_clip,
    _call_data,
    _call_dispute,
    _call_downloads,
    _call_notes,
    _call_parts,
    _call_privacy,
    _call_promise,
    _call_review,
    _call_top,
    _score_help,
    _session,
)
from views._player import player
from views._text import refusal, t
from views._widgets import plain


def show() -> None:
    if dispute := st.query_params.get("dispute"):
        _call_dispute.show(dispute)
        return
    if (call := _asked_for()) is None:
        return
    _session.saw(call)
    reviewing = _call_review.is_open(call)
    now = _session.standing(call, names=_call_privacy.names())
    with st.container():  # what it holds comes and goes: the player keeps its place, and is not made anew
        _call_top.top(call, now, reviewing=reviewing)
    _player(call.id)
    with st.container(horizontal=True, key="parts"):
        if now is not None:
            _call_promise.promise(call, reviewing=reviewing)
            _call_parts.talk(call)
        _call_parts.trust(call)
    if now is not None:
        _score_help.of_call(call, now)
    if not reviewing:
        _call_notes.own(call)
        _call_clip.offer(call)
    if now is not None:
        _call_downloads.downloads(call)


def _asked_for() -> Call | None:
    """The call that the address names; where there is none, a way back."""
    wanted = st.query_params.get("call", "")
    try:
        store, settings, viewer = _session.store(), _session.settings(), _session.viewer()
        return releases.shown(store, settings, viewer, wanted, names=_call_privacy.names())
    except CoachError as error:
        st.title(t("Llamada"))
        st.info(plain(refusal(error)) if wanted else t("Elija una llamada en la lista."))
        st.page_link("views/calls.py", label=t("Volver a la lista"), icon=":material/arrow_back:")
        return None


@st.fragment
def _player(recording_id: str) -> None:
    """In a fragment: a click on a line, or a verdict, sends only itself, not the whole page again."""
    store, viewer = _session.store(), _session.viewer()
    call = releases.shown(store, _session.settings(), viewer, recording_id, names=_call_privacy.names())
    _call_review.finish_where_asked(call)
    hidden, said = not call.scorecard.verdicts, _as_said(call)
    data = _call_data.player_data(
        said,
        _session.form(call),
        () if hidden else _session.suggestions(said),
        turn=_call_data.turn_of(call, st.query_params.get("turn", "")),
        at=_call_data.second_in(call, st.query_params.get("at", "")),
        pack=_session.pack(call),
        now=_session.standing(call, names=_call_privacy.names()),
        notes=() if hidden else comments.of_call(store, viewer, recording_id, names=_call_privacy.names()),
        review=_call_review.sheet(call),
        appeal=_call_agent.appeal(call),
        appealed={} if hidden else _call_agent.appealed(call),
        head=_call_review.ended(),
        whole=viewer.may("names"),
    )
    done = player(data, key=f"player-{call.id}", on_acts=_call_review.act, of=recording_id)
    if done.picked is not None:
        st.query_params["turn"] = str(done.picked)
        st.query_params.pop("at", None)
    if done.appeal:
        _call_agent.dispute(said, done.appeal)


def _as_said(call: Call) -> Call:
    """The call as it stands after people's words; to who reviews it, as the machine left it."""
    now = _session.standing(call, names=_call_privacy.names())
    if now is None or _call_review.is_open(call):
        return call
    return as_said.judged(as_said.relabelled(call), now)


show()
