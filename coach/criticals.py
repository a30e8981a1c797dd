"""The inbox of critical failures that no person has looked at: each with its quote, ready to be decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import func, select

from coach import blind, bodies, drafts, queries
from coach.discreet import outside
from coach.judged_by import JudgedBy
from coach.owners import of_logins, own
from coach.rows import CallFilter, CallPage
from coach.schema import reviews, scorecards
from coach.schema_lists import listed
from coach.settings import Settings
from coach.shield import as_seen
from coach.store import Store
from coach.suspected import raised
from coach.types import Call, CoachError
from coach.viewers import Viewer, visible
from coach.words import critical_of, forms_for, stands
from rubrics.settled import Settled
from rubrics.types import Criterion, RubricError, Verdict


@dataclass(frozen=True, slots=True)
class CriticalRow:
    """One failure to confirm or to dismiss."""

    call: Call
    criterion: Criterion
    verdict: Verdict
    now: Settled  # where its call stands


@dataclass(frozen=True, slots=True)
class CriticalPage:
    """`total` counts calls: one may hold several failures."""

    rows: tuple[CriticalRow, ...]
    total: int


def inbox(store: Store, settings: Settings, viewer: Viewer, *, page: int = 0, size: int = 10) -> CriticalPage:
    """One page (from 0) of calls with failures to confirm, the newest first, covered for the viewer; what it
    shows is noted as seen.

    A call that the viewer is to judge blind is left out: its failure would give the answer away. So are their
    own: others judge them.
    """
    found = _to_confirm(store, viewer, page, size)
    rows: list[CriticalRow] = []
    for row in found.rows:
        if drafts.hides(store, viewer, row.id):
            continue
        call = outside(viewer, as_seen(viewer, store.call(row.id)))
        try:
            form, pack = forms_for(call, settings)
        except RubricError:  # it waits until the file is put right; `coach.doctor` tells
            continue
        settled = stands(store, settings, call)
        verdicts = settled.verdicts | settled.pack_verdicts
        rows += [
            CriticalRow(call, criterion, verdicts[criterion.id], settled)
            for criterion in (*form.criteria, *(pack.rules if pack else ()))
            if criterion.id in settled.to_confirm
        ]
    blind.looked(store, viewer, (one.call.id for one in rows))
    return CriticalPage(tuple(rows), found.total)


def waiting(store: Store, viewer: Viewer) -> int:
    """How many calls the inbox holds."""
    return _to_confirm(store, viewer, 0, 1).total


def _to_confirm(store: Store, viewer: Viewer, page: int, size: int) -> CallPage:
    if not (viewer.may("review") or viewer.may("team")):
        raise CoachError("Su cuenta no tiene permiso para esto. Pídalo a quien administra Temple.")
    which = blind.without(store, viewer, CallFilter(critical=True))
    which = replace(which, apart=(*which.apart, *_own(store, viewer)))
    return queries.calls(store, viewer, which, page=page, size=size)


def _own(store: Store, viewer: Viewer) -> tuple[int, ...]:
    """Scorecards of the viewer's own calls with a failure that waits."""
    its = select(listed.c.scorecard_id).where(listed.c.critical > 0, of_logins(viewer.user_id, listed))
    with store.reading() as connection:
        return tuple(connection.execute(its.where(own(viewer.user_id, listed.c.recording_id))).scalars())


def named(
    store: Store, settings: Settings, viewer: Viewer, recording_ids: Sequence[str]
) -> dict[str, tuple[Criterion, ...]]:
    """Critical failures of each of these calls in reach, in the order of the form: those that no person has
    looked at, else those that one has confirmed; calls without any are left out. To agents nothing is named
    that waits.
    """
    found = _failed(store, settings, viewer, recording_ids)
    return {one: names for one, (waiting, confirmed) in found.items() if (names := waiting or confirmed)}


def confirmed(
    store: Store, settings: Settings, viewer: Viewer, recording_ids: Sequence[str]
) -> dict[str, tuple[Criterion, ...]]:
    """Of each of these calls in reach, the critical failures that a person has confirmed: what voids it."""
    found = _failed(store, settings, viewer, recording_ids)
    return {one: names for one, (_, names) in found.items() if names}


Both = tuple[tuple[Criterion, ...], tuple[Criterion, ...]]  # to confirm, confirmed


def _failed(
    store: Store, settings: Settings, viewer: Viewer, recording_ids: Sequence[str]
) -> dict[str, Both]:
    if not recording_ids:
        return {}
    its = (listed.c.recording_id, listed.c.country, scorecards.c.body)
    query = select(*its).join(scorecards, scorecards.c.id == listed.c.scorecard_id)
    query = query.where(listed.c.recording_id.in_(recording_ids), *visible(viewer, listed))
    newest = select(func.max(reviews.c.id)).where(reviews.c.recording_id.in_(recording_ids))
    reviewed = select(reviews.c.recording_id, reviews.c.body).where(
        reviews.c.id.in_(newest.group_by(reviews.c.recording_id))
    )
    with store.reading() as connection:
        cards = connection.execute(query).all()
        words = {row.recording_id: bodies.read_review(row.body) for row in connection.execute(reviewed)}
    judged_by = JudgedBy(settings)
    found = {}
    for recording_id, country, body in cards:
        review = words.get(recording_id)
        card = raised(bodies.read_scorecard(body), review)
        said = {one.criterion: one.outcome for one in (review.overrides if review else ())}
        waiting = set(card.critical_failures) - said.keys() if viewer.role != "agent" else set()
        try:
            form, pack = judged_by.both(card, country)
        except RubricError:  # its names are not known until the file is put right; `coach.doctor` tells
            continue
        criteria = (*form.criteria, *(pack.rules if pack else ()))
        sure = {name for name in critical_of(form, pack) if said.get(name) == "fail"}
        found[recording_id] = (
            tuple(one for one in criteria if one.id in waiting),
            tuple(one for one in criteria if one.id in sure),
        )
    return found
