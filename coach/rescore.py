"""History judged anew by the forms and packs of today: new scorecards, the old ones kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from coach.forms import inheriting
from coach.keeping import keep_rescored
from coach.pipeline import judging, rescored
from coach.settings import Settings
from coach.store import Store
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
    store: Store, settings: Settings, form_id: str, each: Callable[[], None] = lambda: None
) -> Rescored:
    """Judge anew the stored calls that this form or pack judges, or judged, on what was found in them before;
    and those of what inherits from it, which changes with it.

    The old scorecards are kept; a call that fails costs no other.
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
        try:
            new = rescored(call, settings)
            keep_rescored(store, settings, new, history=True)
        except (RubricError, CoachError) as error:
            failed.append(f"{call.id}: {error}")
        else:
            calls += 1
            changed += _outcomes(call.scorecard) != _outcomes(new.scorecard)
        each()
    return Rescored(calls, changed, tuple(failed), store.without_words(chosen))


def _outcomes(card: Scorecard) -> dict[str, tuple[str, bool]]:
    return {name: (v.outcome, v.needs_review) for name, v in (card.shown | card.pack_verdicts).items()}
