"""A person's word on a call: critical failures confirmed or dismissed, verdicts overridden with a reason.

Every word is a new review that holds the former ones; the machine's verdicts are kept as they were.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime

from coach import trusts
from coach.pipeline import form_of, forms_of, pack_for
from coach.settings import Settings
from coach.store import Store
from coach.types import Call, CoachError, Override, Review
from rubrics.settled import Settled, settle
from rubrics.types import Outcome, Pack, Rubric


def standing(call: Call, form: Rubric, pack: Pack | None, counts: Collection[str] | None = None) -> Settled:
    """Where the call stands after its review; `form` and `pack` are those that it was judged by, `counts` the
    criteria and rules whose verdicts enter points (`coach.trusts.counts`; None: all).
    """
    said = call.review.overrides if call.review else ()
    words = {one.criterion: (one.outcome, one.reason) for one in said}
    return settle(call.scorecard, words, form, pack, counts)


def override(
    store: Store,
    settings: Settings,
    recording_id: str,
    criterion: str,
    outcome: Outcome,
    reason: str,
    who: str,
) -> Settled:
    """Put a person's outcome in the place of the machine's; gives where the call stands then.

    A «fail» of a critical criterion confirms it and voids the call. Raises CoachError where the criterion is
    not on the scorecard, or where an outcome other than the machine's comes without a reason.
    """
    call = store.call(recording_id)
    judged = call.scorecard.verdicts | call.scorecard.pack_verdicts
    if criterion not in judged:
        raise CoachError(f"{recording_id}: «{criterion}» no se juzgó en esta llamada.")
    if outcome != judged[criterion].outcome and not reason.strip():
        raise CoachError("Escriba por qué cambia el veredicto: el agente lo va a leer.")
    before = call.review
    kept = tuple(one for one in (before.overrides if before else ()) if one.criterion != criterion)
    review = Review(
        recording_id,
        who,
        datetime.now(UTC),
        (*kept, Override(criterion, outcome, reason.strip())),
        before.relabels if before else (),
        before.notes if before else "",
    )
    form = form_of(call.scorecard, forms_of(settings))
    pack = pack_for(call.transcript.recording, settings) if call.scorecard.pack else None
    now = standing(replace(call, review=review), form, pack, trusts.counts(store, recording_id))
    store.add_review(review, now)
    return now
