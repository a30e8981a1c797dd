"""Judging one call of a calibration: transcript and sound on one side, the criteria on the other."""

from __future__ import annotations

from typing import Any

import streamlit as st

from coach import calibrating
from coach.calibrating import Paper
from coach.shield import as_read
from coach.types import CoachError
from rubrics.types import Criterion, Outcome
from transcripts.types import Transcript
from views import _address, _call_data, _labels, _session
from views._formats import SIGNS
from views._player import player
from views._text import own, refusal, t
from views._widgets import plain

_OUTCOMES: tuple[Outcome, ...] = ("pass", "fail", "na")


@st.fragment
def show(calibration_id: int, recording_id: str) -> None:
    """A fragment: an answer redraws the call and its criteria, not the whole page."""
    if st.session_state.pop("not-kept", False):  # the page says why, and shows what is there now
        st.rerun()
    viewer = _session.viewer()
    paper = calibrating.paper(_session.store(), _session.settings(), viewer, calibration_id, recording_id)
    _session.saw(paper.call)
    with st.container(horizontal=True, key="judging"):
        left, right = st.container(), st.container()
    with left:
        picked = player(_data(paper), key=f"judge-{recording_id}").picked
        if picked is not None:
            st.session_state["cited"] = (recording_id, picked)
    with right:
        _head(paper)
        with st.container(height=640, key="paper"):
            for at, criterion in enumerate(paper.criteria):
                _ask(paper, criterion, new_group=not at or paper.criteria[at - 1].group != criterion.group)


def _data(paper: Paper) -> dict[str, Any]:
    """The player without rubric and replies."""
    form = _session.form(paper.call)
    whole = _session.viewer().may("names")
    return {**_call_data.player_data(paper.call, form, (), turn=None, whole=whole), "alone": True}


def _head(paper: Paper) -> None:
    whole = len(paper.criteria)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        if paper.handed_in:
            said = t("Entregada. Hasta que todos terminen puede cambiarla: cada cambio cuenta enseguida.")
            st.markdown(f"{SIGNS['pass']} {said}")
            return
        st.markdown(
            t("Faltan {n} de {whole} criterios", n=paper.missing, whole=whole)
            if paper.missing
            else t("Listo para entregar")
        )
        if st.button(
            t("Entregar mi evaluación"), type="primary", disabled=bool(paper.missing), key="hand-in"
        ):
            store, settings, viewer = _session.store(), _session.settings(), _session.viewer()
            number, name = paper.session.id, paper.call.id
            if _address.done(lambda: calibrating.hand_in(store, settings, viewer, number, name)):
                st.session_state.pop(f"call-{number}", None)  # on to the next one
                st.query_params.pop("call", None)
                st.rerun()


def _ask(paper: Paper, criterion: Criterion, *, new_group: bool) -> None:
    if new_group:
        st.caption(_labels.group(criterion.group))
    outcome, note = paper.said.get(criterion.id, (None, ""))
    key = f"{paper.session.id}-{paper.call.id}-{criterion.id}"
    st.session_state.setdefault(f"said-{key}", outcome)
    st.session_state.setdefault(f"note-{key}", note)
    grave = f" · {t('crítica')}" if criterion.critical else ""
    label = plain(own(criterion.label, criterion.label_en))
    st.markdown(f"**{label}**{grave}", help=plain(own(criterion.help, criterion.help_en)) or None)
    st.segmented_control(
        label,
        _OUTCOMES,
        format_func=lambda one: f"{SIGNS[one]} {_labels.outcome_name(one)}",
        key=f"said-{key}",
        label_visibility="collapsed",
        on_change=_keep,
        args=(paper, criterion.id, key),
    )
    if outcome is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text_input(
            t("Nota"), key=f"note-{key}", placeholder=t("Nota, con la cita si hace falta"), max_chars=1000,
            label_visibility="collapsed", on_change=_keep, args=(paper, criterion.id, key),
        )  # fmt: skip
        cited = st.session_state.get("cited")
        if cited and cited[0] == paper.call.id:
            st.button(
                t("Citar turno {n}", n=cited[1] + 1), key=f"cite-{key}", type="tertiary",
                on_click=_cite, args=(paper, criterion.id, key, cited[1]),
            )  # fmt: skip


def _keep(paper: Paper, criterion: str, key: str) -> None:
    """Save the answer at once; one that is refused does not stand there as if it were saved."""
    if viewer := _session.known():
        try:
            calibrating.save(
                _session.store(), viewer, paper.session.id, paper.call.id, criterion,
                st.session_state[f"said-{key}"], st.session_state.get(f"note-{key}", ""),
            )  # fmt: skip
        except CoachError as error:
            st.session_state.pop(f"said-{key}", None)
            st.session_state["not-kept"] = True
            _address.say_later(refusal(error), refused=True)


def _cite(paper: Paper, criterion: str, key: str, turn: int) -> None:
    """Put the turn that the person clicked into the note."""
    before = st.session_state.get(f"note-{key}", "")
    st.session_state[f"note-{key}"] = f"{before} {quote(paper.call.transcript, turn)}".strip()[:1000]
    _keep(paper, criterion, key)


def quote(transcript: Transcript, turn: int) -> str:
    """«turno 5: «…»»."""
    return t("turno {n}: «{text}»", n=turn + 1, text=as_read(transcript.turns[turn].text))
