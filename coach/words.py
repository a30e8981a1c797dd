"""How a person's word on a call is kept: as a review that holds the former ones, with how it came about and
what it says of the machine.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, insert

from coach import trusts, versions
from coach.as_said import COMMITMENT, doubts_since
from coach.draft_body import DraftBody, Rated
from coach.judged import NOT_JUDGED
from coach.judged_by import JudgedBy
from coach.made import Made
from coach.schema import scorecards
from coach.schema_work import ratings, review_facts
from coach.settings import Settings
from coach.store import Store
from coach.suspected import raised
from coach.types import Call, CoachError, Override, PromiseWord, Review
from coach.viewers import Viewer
from rubrics.settled import Settled, settle
from rubrics.types import Pack, Rubric

NOTHING = DraftBody()
Kind = Literal["review", "second", "calibration", "imported"]


@dataclass(frozen=True, slots=True)
class Facts:
    """How a review came about. `finished`: the call was gone through, not one verdict looked at."""

    user_id: int | None
    task_id: int | None = None
    kind: Kind = "review"
    blind: bool = False
    seconds: float | None = None
    finished: bool = False


def standing(call: Call, form: Rubric, pack: Pack | None, counts: Collection[str] | None = None) -> Settled:
    """Where the call stands after its review; `form` and `pack` are those that it was judged by, `counts` the
    criteria and rules whose verdicts enter points (`coach.trusts.counts_in`; None: all).
    """
    said = call.review.overrides if call.review else ()
    words = {one.criterion: (one.outcome, one.reason) for one in said}
    return settle(raised(call.scorecard, call.review), words, form, pack, counts, doubts_since(call))


def stands(store: Store, settings: Settings, call: Call, rated: Sequence[Rated] = ()) -> Settled:
    """Where a call stands after its review; `rated` is what a person judges of it right now."""
    with store.reading() as connection:
        return stands_in(connection, store, settings, call, rated)


def stands_in(
    connection: Connection, store: Store, settings: Settings, call: Call, rated: Sequence[Rated] = ()
) -> Settled:
    """`stands` within a transaction: by the scorecard that it has written."""
    counts = trusts.counts_in(connection, store, call.id)
    if counts is not None:
        counts |= {one.criterion for one in rated}
    return standing(call, *forms_for(call, settings), counts)


def forms_for(call: Call, settings: Settings) -> tuple[Rubric, Pack | None]:
    """The form and the country's rules that a call was judged by, as they were then."""
    return JudgedBy(settings).both(call.scorecard, call.transcript.recording.country)


def critical_of(form: Rubric, pack: Pack | None) -> frozenset[str]:
    """Criteria and rules whose failure voids a call."""
    rules = pack.rules if pack else ()
    return frozenset((*(c.id for c in form.criteria if c.critical), *(r.id for r in rules if r.voids)))


def labels_of(form: Rubric, pack: Pack | None) -> dict[str, str]:
    """What people call each criterion and rule."""
    return {one.id: one.label for one in (*form.criteria, *(pack.rules if pack else ()))}


def may_say(body: DraftBody, viewer: Viewer, critical: Collection[str]) -> tuple[Override, ...]:
    """What of the draft the viewer may put into force: of critical criteria only who may confirm them."""
    return tuple(one for one in body.overrides if one.criterion not in critical or viewer.may("confirm"))


def merged(
    before: Review | None,
    recording_id: str,
    viewer: Viewer,
    said: Sequence[Override],
    now: datetime,
    body: DraftBody = NOTHING,
    suspects: Collection[str] = (),
) -> Review:
    """The review that holds the former one and what is said now; of one criterion the later word holds.
    `suspects`: critical failures that the viewer names and may not confirm; they wait where nobody decided.
    """
    anew = {one.criterion for one in said}
    kept = tuple(one for one in (before.overrides if before else ()) if one.criterion not in anew)
    relabels = (*(before.relabels if before else ()), *body.relabels)
    notes = body.notes or (before.notes if before else "")
    decided = anew | {one.criterion for one in kept}
    suspected = dict.fromkeys((*(before.suspected if before else ()), *suspects))
    return Review(
        recording_id, viewer.name, now, (*kept, *said), tuple(dict.fromkeys(relabels)), notes,
        _promise_word(before, viewer, said, now, body), tuple(one for one in suspected if one not in decided),
    )  # fmt: skip


def _promise_word(
    before: Review | None, viewer: Viewer, said: Sequence[Override], now: datetime, body: DraftBody
) -> PromiseWord | None:
    """What people say of the promise: the word of this review, else the former one, unless this review judges
    the commitment otherwise.
    """
    if body.promise is not None:
        return replace(body.promise, by=viewer.name, at=now) if body.promise.kind != "as_heard" else None
    former = before.promise if before else None
    judged = next((one.outcome for one in said if one.criterion == COMMITMENT), None)
    if former is None or judged is None or (judged == "pass") == (former.kind == "corrected"):
        return former
    return None


def write_word(
    connection: Connection,
    review: Review,
    now: Settled | None,
    facts: Facts,
    rated: Sequence[Rated],
    made: Made,
) -> int:
    """Keep a review on the call's current scorecard, where the call stands then (None: as before), and the
    ratings that it gives; `made` is what made the verdicts that were rated. Gives the review's number.
    """
    card = versions.current(connection, scorecards, review.recording_id)
    if card is None:
        raise CoachError(NOT_JUDGED, id=review.recording_id)
    review_id = versions.save_review(connection, review, card.id, now)
    about = {
        "review_id": review_id, "user_id": facts.user_id, "task_id": facts.task_id, "kind": facts.kind,
        "blind": facts.blind, "seconds": facts.seconds, "finished": facts.finished,
    }  # fmt: skip
    connection.execute(insert(review_facts).values(**about))
    rows = [
        {
            "review_id": review_id, "criterion": one.criterion, "recording_id": review.recording_id,
            "user_id": facts.user_id, "at": review.reviewed_at, "rubric": made.rubric,
            "nlp_version": made.nlp_version, "model": made.model, "person": one.person,
            "machine": one.machine, "blind": facts.blind,
        }
        for one in rated
    ]  # fmt: skip
    if rows:
        connection.execute(insert(ratings), rows)
    return review_id
