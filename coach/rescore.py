"""History judged anew by the forms and packs of today: new scorecards, the old ones kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select

from coach import recording_rows
from coach.forms import inheriting
from coach.keeping import keep_rescored
from coach.pipeline import judging, rescored
from coach.schema import recordings, scorecards
from coach.schema_privacy import WORDLESS
from coach.settings import Settings
from coach.store import Chosen, Store
from coach.types import CoachError
from rubrics.types import RubricError, Scorecard
from transcripts.types import Recording

_EVERY = 2**62  # calls


@dataclass(frozen=True, slots=True)
class Rescored:
    """How many calls were judged anew, in how many some verdict came out otherwise, and what failed.

    `wordless`: calls that stay as they are, as their words were erased.
    """

    calls: int
    changed: int
    failed: tuple[str, ...]
    wordless: int = 0


def rescore(
    store: Store, settings: Settings, form_id: str, each: Callable[[bool], None] = lambda _: None
) -> Rescored:
    """Judge anew the stored calls that this form or pack judges, or judged, on what was found in them before;
    and those of what inherits from it, which changes with it.

    The old scorecards are kept; a call that fails costs no other. `each` hears after every call whether some
    verdict came out otherwise.
    """

    ids = {form_id, *(one.id for one in inheriting(settings, form_id))}

    def chosen(recording: Recording, *judged_by: str) -> bool:
        before = [name.partition("@")[0] for name in judged_by]
        try:
            today = [one.id for one in judging(recording, settings) if one is not None]
        except RubricError:  # told where it is tried
            today = []
        return not ids.isdisjoint((*today, *before))

    calls = changed = 0
    failed = []
    for call in store.latest(_EVERY, chosen, worded=True):
        otherwise = False
        try:
            new = rescored(call, settings)
            if keep_rescored(store, settings, new, history=True):  # else it was erased meanwhile
                otherwise = _outcomes(call.scorecard) != _outcomes(new.scorecard)
                calls += 1
        except (RubricError, CoachError) as error:
            if store.has(call.id):
                failed.append(f"{call.id}: {error}")
        changed += otherwise
        each(otherwise)
    return Rescored(calls, changed, tuple(failed), without_words(store, chosen))


def _outcomes(card: Scorecard) -> dict[str, tuple[str, bool]]:
    return {name: (v.outcome, v.needs_review) for name, v in (card.shown | card.pack_verdicts).items()}


def without_words(store: Store, chosen: Chosen) -> int:
    """How many of the judged calls that are `chosen` have lost their words and are judged no more."""
    query = (
        select(scorecards.c.rubric, scorecards.c.pack, *recordings.c)
        .join(recordings, recordings.c.id == scorecards.c.recording_id)
        .where(scorecards.c.current, recordings.c.id.in_(WORDLESS))
    )
    with store.reading() as connection:
        rows = connection.execute(query)
        return sum(chosen(recording_rows.read(row, store.data_dir), row.rubric, row.pack) for row in rows)
