"""How each call came out, criterion by criterion, with a person's word in the place of the machine's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import case, func, select

from coach import bodies
from coach.queries import JUDGED, where
from coach.rows import CallFilter
from coach.schema import recordings, reviews, scorecards, verdicts
from coach.store import Store
from coach.viewers import Viewer
from rubrics.types import Outcome

_OUTCOMES: dict[str, Outcome] = {"p": "pass", "f": "fail", "n": "na"}


@dataclass(frozen=True, slots=True)
class CallOutcomes:
    """`sure` are the outcomes that wait for nobody; `said` those of them that a person judged."""

    recording_id: str
    login: str | None
    sure: Mapping[str, Outcome]
    said: frozenset[str] = frozenset()


def outcomes(store: Store, viewer: Viewer, which: CallFilter) -> tuple[CallOutcomes, ...]:
    """Every call that can be judged. Calls of many weeks are many rows: ask for a period."""
    mark = func.substr(verdicts.c.outcome, 1, 1) + case((verdicts.c.needs_review, "?"), else_="")
    all_of_it = func.aggregate_strings(verdicts.c.criterion + "=" + mark, ",")
    row = select(all_of_it).where(verdicts.c.scorecard_id == scorecards.c.id).scalar_subquery()
    query = select(recordings.c.id, recordings.c.agent_login, row).select_from(JUDGED)
    query = query.where(scorecards.c.evaluable != "no", *where(viewer, which))
    told: dict[str, dict[str, Outcome]] = {}  # many calls come out alike: each text is read once
    words = _words(store, viewer, which)
    found = []
    with store.reading() as connection:
        for recording_id, login, text in connection.execute(query):
            sure = told.get(text or "")
            if sure is None:
                sure = told[text or ""] = _read(text or "")
            said = words.get(recording_id, {})
            found.append(CallOutcomes(recording_id, login, sure | said if said else sure, frozenset(said)))
    return tuple(found)


def _read(text: str) -> dict[str, Outcome]:
    pairs = (one.rpartition("=") for one in text.split(",") if one and not one.endswith("?"))
    return {name: _OUTCOMES[letter] for name, _, letter in pairs}


def _words(store: Store, viewer: Viewer, which: CallFilter) -> dict[str, dict[str, Outcome]]:
    """What people said, by call and criterion: the newest review holds the earlier ones."""
    newest = select(func.max(reviews.c.id)).group_by(reviews.c.recording_id)
    reviewed = JUDGED.join(reviews, reviews.c.recording_id == recordings.c.id)
    query = select(reviews.c.body).select_from(reviewed)
    query = query.where(reviews.c.id.in_(newest), *where(viewer, which))
    with store.reading() as connection:
        said = [bodies.read_review(body) for body in connection.execute(query).scalars()]
    return {one.recording_id: {word.criterion: word.outcome for word in one.overrides} for one in said}
