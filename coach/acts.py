"""What the review screen sends: actions with growing numbers, each done once.

A screen sends what is not yet confirmed along with what is new, so that nothing is lost when a page is slow;
what was done already is passed over by its number.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from coach import drafting, drafts
from coach.draft_body import Draft
from coach.store import Store
from coach.types import CoachError
from coach.viewers import Viewer
from rubrics.types import Outcome
from transcripts.types import Speaker, TranscriptError

Verb = Literal[
    "judge",
    "unjudge",
    "relabel",
    "correct",
    "swap",
    "settle",
    "comment",
    "note",
    "noticed",
    "seal",
    "touch",
    "finish",
]
ELSEWHERE = (
    "Esta revisión se terminó o se descartó en otra ventana: lo que acaba de marcar aquí no se guardó. "
    "Si quiere cambiar algo, ábrala de nuevo."
)
LONGEST = 5000  # characters of what a person writes at once


class Act(BaseModel):
    """One action; which fields it needs depends on `do`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    do: Verb
    n: int
    review: str  # `begun` of the review that the window shows
    criterion: str = ""
    outcome: Outcome | None = None
    reason: str = Field(default="", max_length=LONGEST)
    turn: int | None = None
    text: str = Field(default="", max_length=LONGEST)
    speaker: Speaker | None = None
    removed: str | None = None
    added: str | None = None
    for_agent: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """`last`: the number of the last action that was read; `finish`: the person asks to end the review."""

    last: int
    finish: bool = False
    error: CoachError | None = (
        None  # of the first action that could not be done; the others are done all the same
    )
    gone: bool = False  # what the window shows is no longer under way


def begun(draft: Draft) -> str:
    """Which review a window shows: numbers of drafts are used again, the instant of a beginning is not."""
    return draft.started_at.isoformat()


def run(store: Store, viewer: Viewer, recording_id: str, sent: Sequence[Any], *, after: int) -> Done:
    """Do what was sent with a number above `after`, in its order. What comes from a window that shows another
    review than the one under way now is refused: that one was finished or discarded elsewhere.
    """
    last, finish, gone, error = after, False, False, None
    for one in sent:
        try:
            act = Act.model_validate(one)
            if act.n <= last:
                continue
            last = act.n
            viewer.require("review")
            open_ = drafts.current(store, viewer, recording_id)
            if open_ is None or begun(open_) != act.review:
                if act.do != "touch":  # the sound went on: nothing is lost
                    gone, error = True, error or CoachError(ELSEWHERE)
            elif act.do == "finish":
                finish = True
            else:
                _DO[act.do](store, viewer, recording_id, act)
        except CoachError as refused:
            error = error or refused
        except TranscriptError as refused:
            error = error or CoachError(str(refused))
        except ValidationError:
            error = error or CoachError("Esto no se pudo guardar: es demasiado largo o está incompleto.")
    return Done(last, finish and error is None, error, gone)


def _judge(store: Store, viewer: Viewer, recording_id: str, act: Act) -> None:
    if act.outcome is None:
        raise CoachError("Elija si cumple, no cumple o no aplica.")
    drafting.judge(store, viewer, recording_id, act.criterion, act.outcome, act.reason)


def _unjudge(store: Store, viewer: Viewer, recording_id: str, act: Act) -> None:
    drafting.unjudge(store, viewer, recording_id, act.criterion)


def _relabel(store: Store, viewer: Viewer, recording_id: str, act: Act) -> None:
    drafting.relabel(store, viewer, recording_id, _turn(act), act.removed, act.added)


def _correct(store: Store, viewer: Viewer, recording_id: str, act: Act) -> None:
    drafting.correct(store, viewer, recording_id, _turn(act), text=act.text, speaker=act.speaker)


def _comment(store: Store, viewer: Viewer, recording_id: str, act: Act) -> None:
    drafting.comment(store, viewer, recording_id, act.turn, act.text, for_agent=act.for_agent)


def _note(store: Store, viewer: Viewer, recording_id: str, act: Act) -> None:
    drafting.note(store, viewer, recording_id, act.text)


def _plain(
    do: Callable[[Store, Viewer, str], object],
) -> Callable[[Store, Viewer, str, Act], None]:
    """An action that needs nothing but its call."""

    def done(store: Store, viewer: Viewer, recording_id: str, act: Act) -> None:
        do(store, viewer, recording_id)

    return done


def _turn(act: Act) -> int:
    if act.turn is None:
        raise CoachError("Elija antes un turno de la llamada.")
    return act.turn


_DO: dict[str, Callable[[Store, Viewer, str, Act], None]] = {
    "judge": _judge,
    "unjudge": _unjudge,
    "relabel": _relabel,
    "correct": _correct,
    "comment": _comment,
    "note": _note,
    "swap": _plain(drafting.swap),
    "settle": _plain(drafting.settle),
    "noticed": _plain(drafting.noticed),
    "seal": _plain(drafting.seal),
    "touch": _plain(drafts.touch),
}
