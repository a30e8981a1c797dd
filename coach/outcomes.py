"""How each call came out, criterion by criterion, with a person's word in the place of the machine's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import exists, func, select

from coach import bodies, letters
from coach.queries import where
from coach.rows import CallFilter
from coach.schema import reviews
from coach.schema_lists import listed
from coach.store import Store
from coach.viewers import Viewer
from rubrics.types import Outcome

SURE: dict[str, Outcome] = {letter: outcome for outcome, letter in letters.OUTCOMES.items()}
_EVALUABLE = listed.c.evaluable != "no"
_REVIEWED = exists().where(reviews.c.recording_id == listed.c.recording_id)


@dataclass(frozen=True, slots=True)
class CallOutcomes:
    """`sure` are the outcomes that wait for nobody; `said` those of them that a person judged."""

    recording_id: str
    login: str | None
    sure: Mapping[str, Outcome]
    said: frozenset[str] = frozenset()


def outcomes(
    store: Store, viewer: Viewer, which: CallFilter, *, reviewed: bool = False
) -> tuple[CallOutcomes, ...]:
    """Every call that can be judged. Calls of many weeks are many rows: ask for a period, or for those that a
    person has `reviewed` and count the others with `unsaid`.
    """
    query = select(listed.c.recording_id, listed.c.agent_login, listed.c.outcomes)
    query = query.where(_EVALUABLE, *where(viewer, which), *([_REVIEWED] if reviewed else []))
    told: dict[str, dict[str, Outcome]] = {}  # many calls come out alike: each text is read once
    words = _words(store, viewer, which)
    found = []
    with store.reading() as connection:
        names = list(letters.known(connection, "criterion"))
        rows = connection.execute(query).all()
    for recording_id, login, text in rows:
        sure = told.get(text)
        if sure is None:
            held = zip(names, text, strict=False)  # a row from before a criterion was new is shorter
            sure = told[text] = {name: SURE[letter] for name, letter in held if letter in SURE}
        said = words.get(recording_id, {})
        found.append(CallOutcomes(recording_id, login, sure | said if said else sure, frozenset(said)))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Counted:
    """Calls of one login that no person has judged: how many, and of each criterion the letters."""

    login: str | None
    calls: int
    letters: Mapping[str, str]  # by criterion, one sign a call: see `coach.letters`


def unsaid(store: Store, viewer: Viewer, which: CallFilter) -> tuple[Counted, ...]:
    """By dialler login (None: calls of nobody known), what the machine alone says: thousands of calls are
    counted, not read one by one.
    """
    with store.reading() as connection:
        names = list(letters.known(connection, "criterion"))
        rows = letters.joined(letters.padded(listed.c.outcomes, len(names)))
        query = select(listed.c.agent_login, func.count(), rows).group_by(listed.c.agent_login)
        query = query.where(_EVALUABLE, ~_REVIEWED, *where(viewer, which))
        return tuple(
            Counted(login, n, dict(zip(names, letters.columns(text, len(names)), strict=True)))
            for login, n, text in connection.execute(query)
        )


def _words(store: Store, viewer: Viewer, which: CallFilter) -> dict[str, dict[str, Outcome]]:
    """What people said, by call and criterion: the newest review holds the earlier ones."""
    later = reviews.alias("later")
    newer = select(1).where(later.c.recording_id == reviews.c.recording_id, later.c.id > reviews.c.id)
    reviewed = listed.join(reviews, reviews.c.recording_id == listed.c.recording_id)
    query = select(reviews.c.body).select_from(reviewed)
    query = query.where(~newer.exists(), *where(viewer, which))
    with store.reading() as connection:
        told = connection.execute(query).scalars().all()
    said = [bodies.read_review(body) for body in told]
    return {one.recording_id: {word.criterion: word.outcome for word in one.overrides} for one in said}
