"""What the screens share: settings, store, rubric, and who is looking. Opened once per process."""

from __future__ import annotations

import streamlit as st

from coach import reviews
from coach import settings as coach_settings
from coach.pipeline import Forms, form_of, forms_of, pack_for
from coach.settings import Settings
from coach.store import Store
from coach.types import Call
from coach.viewers import HOUSE, Viewer
from rubrics.playbook import Playbook, load_playbook
from rubrics.replies import Suggestion, suggest
from rubrics.settled import Settled
from rubrics.types import Outcome, Pack, Rubric


def viewer() -> Viewer:
    """Whoever opened this dashboard: on one's own machine, one person with every right."""
    return HOUSE


@st.cache_resource(show_spinner=False)
def settings() -> Settings:
    return coach_settings.load()


@st.cache_resource(show_spinner=False)
def store() -> Store:
    return Store.open(settings())


@st.cache_resource(show_spinner=False)
def forms() -> Forms:
    return forms_of(settings())


def form(call: Call) -> Rubric:
    """The form that the call was judged by."""
    return form_of(call.scorecard, forms())


def pack(call: Call) -> Pack | None:
    """The rules of the call's country."""
    return pack_for(call.transcript.recording, settings()) if call.scorecard.pack else None


@st.cache_resource(show_spinner=False)
def playbook() -> Playbook:
    return load_playbook()


def standing(call: Call) -> Settled:
    """Where the call stands after a person's word."""
    return reviews.standing(call, form(call), pack(call))


def decide(call: Call, criterion: str, outcome: Outcome, reason: str) -> None:
    """The viewer's word on one verdict."""
    reviews.override(store(), settings(), viewer(), call.id, criterion, outcome, reason)


def suggestions(call: Call) -> tuple[Suggestion, ...]:
    """What could be said to each objection of the call."""
    return suggest(call.findings, call.transcript, playbook(), pack(call))
