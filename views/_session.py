"""What the screens share: who is looking, settings, store, forms. All but the first once per process."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeVar

import streamlit as st

from coach import accounts, audit, best_answers, blind, gate, guide, people, releases, reviews, sessions
from coach import settings as coach_settings
from coach.judged_by import JudgedBy
from coach.pipeline import Forms, forms_of
from coach.settings import Settings
from coach.store import Store
from coach.team_figures import by_id
from coach.types import Call, CoachError
from coach.viewers import Viewer
from rubrics.playbook import Playbook
from rubrics.replies import Suggestion, suggest
from rubrics.settled import Settled
from rubrics.types import Criterion, Outcome, Pack, Rubric
from views import _door
from views._text import LANGUAGES, language

File = TypeVar("File", str, bytes)


def arrive() -> Viewer:
    """Whoever is signed in, at the start of a run. Nobody: the page says so and shows nothing else."""
    found = known()
    if found is None:
        _door.closed(left=bool(st.session_state.get("left")))
        st.stop()
    if st.session_state.setdefault("who", found.user_id) != found.user_id:
        st.session_state.clear()  # another person on the same connection starts with nothing of the former
        st.session_state["who"] = found.user_id
    return found


def viewer(*, touch: bool = True) -> Viewer:
    """Whoever is signed in, asked of the table each time; every fragment asks before it draws.

    Who is out meanwhile leaves the whole page. `touch=False` where it runs by itself: no sign of life.
    """
    found = known(touch=touch)
    if found is None:
        st.rerun()
    return found


def known(*, touch: bool = True) -> Viewer | None:
    """Whoever is signed in, None where nobody is: for what a click does before the page is drawn."""
    return sessions.viewer_of(store(), settings(), token(), touch=touch)


def behind(token: str) -> Viewer:
    """Whoever is signed in with this token: for files that are made when the page is drawn already."""
    found = sessions.viewer_of(store(), settings(), token)
    if found is None:
        raise CoachError("Su sesión terminó. Entre de nuevo.")
    return found


def token() -> str:
    """What the browser's cookie held when this page was opened."""
    return gate.token_in(st.context.cookies)


def prefer_language() -> None:
    """The language that was just chosen is the viewer's from now on; nothing where none is chosen."""
    if st.session_state.get("lang") not in LANGUAGES:
        return
    if found := known():
        people.prefer(store(), found, language())
    for key, value in st.session_state.items():
        if _is_chosen(value):
            st.session_state[key] = value  # set anew, it is drawn by its name in the new language


def _is_chosen(value: object) -> bool:
    """Whether a field's value may be something chosen by its name: no button's and no file's, which may not
    be set.
    """
    if isinstance(value, list | tuple):
        return bool(value) and all(isinstance(one, str) for one in value)
    return isinstance(value, str)


def leave() -> None:
    """Sign out; the next run says so."""
    if found := known():
        accounts.sign_out(store(), token(), found)
    st.session_state["left"] = True


@st.cache_resource(show_spinner=False)
def settings() -> Settings:
    return coach_settings.load()


@st.cache_resource(show_spinner=False)
def store() -> Store:
    return Store.open(settings())


def forms() -> Forms:
    """Those of today: read again only where a file of theirs has changed."""
    return forms_of(settings())


def criteria() -> dict[str, Criterion]:
    """Every criterion of the forms of today, once, in their order."""
    return by_id(form.criteria for form in forms())


def form(call: Call) -> Rubric:
    """The form that the call was judged by, as it was then."""
    return JudgedBy(settings()).form(call.scorecard)


def pack(call: Call) -> Pack | None:
    """The country's rules that the call was judged by, as they were then."""
    return JudgedBy(settings()).pack(call.scorecard, call.transcript.recording.country)


def playbook() -> Playbook:
    """Temple's with one's own wordings over it: read again only where the file has changed."""
    return guide.guide(settings()).playbook


def standing(call: Call, *, names: bool = True) -> Settled | None:
    """Where the call stands as the viewer may see it; None while they judge it blind."""
    return releases.standing(store(), settings(), viewer(), call.id, names=names)


def decide(call: Call, criterion: str, outcome: Outcome, reason: str) -> Settled:
    """The viewer's word on one verdict; gives where the call stands then."""
    return reviews.override(store(), settings(), viewer(), call.id, criterion, outcome, reason)


def decide_answer(answer_id: int, state: Literal["approved", "rejected"]) -> None:
    """The viewer's word on a proposed answer: what a click does."""
    if found := known():
        best_answers.decide(store(), found, answer_id, state)


def saw(call: Call) -> None:
    """Write down that the viewer opened the call, and whether its verdicts were hidden."""
    action = blind.SAW if call.scorecard.verdicts else blind.SAW_BARE
    audit.seen(store(), viewer(), action, f"call:{call.id}")


def at_click(make: Callable[[Store, Viewer], File]) -> Callable[[], File]:
    """For a download: makes the file when it is asked for, by whoever is signed in then."""
    its = token()
    return lambda: make(store(), behind(its))


def suggestions(call: Call) -> tuple[Suggestion, ...]:
    """What could be said to each objection of the call."""
    return suggest(call.findings, call.transcript, playbook(), pack(call))
