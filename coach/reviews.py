"""A person's word on a call: one verdict at a time, or a whole review that is finished.

Every word is a new review that holds the former ones; the machine's verdicts are kept as they were. What
counts as a rating of the machine: in a blind review all criteria, as judged before its verdicts were shown;
otherwise those that the person changed or confirmed, never those only looked at.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import Connection, and_, insert, or_, update

from coach import (
    audit,
    blind,
    case_steps,
    decided,
    drafts,
    finals,
    pipeline,
    queries,
    suspected,
    versions,
    worsened,
)
from coach.blind import WAITING
from coach.comments import tell
from coach.corrections import corrected
from coach.covers import with_covers
from coach.draft_body import Draft, DraftComment, Rated
from coach.frozen import signed_month
from coach.judged import Judged, check_words, judged
from coach.owners import refuse_own
from coach.reasons import checked
from coach.schema_work import comments
from coach.schema_work import tasks as task_table
from coach.settings import Settings
from coach.store import Store
from coach.types import Call, CoachError, Override
from coach.viewers import Viewer
from coach.words import (
    Facts,
    critical_of,
    forms_for,
    labels_of,
    may_say,
    merged,
    stands,
    write_word,
)
from coach.words import standing as standing
from rubrics.settled import Settled
from rubrics.types import Outcome
from transcripts.types import Transcript

RENEWED = (
    "Temple evaluó esta llamada de nuevo mientras usted la revisaba. Mire los veredictos y termine después."
)


@dataclass(frozen=True, slots=True)
class Finished:
    """What a finished review came to. `rescored`: corrections made the machine judge anew; `changed` are the
    criteria whose verdict it changed, `dropped` those of the person's that are no longer judged.
    """

    review_id: int
    standing: Settled
    rescored: bool = False
    changed: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()


def override(
    store: Store,
    settings: Settings,
    viewer: Viewer,
    recording_id: str,
    criterion: str,
    outcome: Outcome,
    reason: str,
    *,
    now: datetime | None = None,
) -> Settled:
    """Put a person's outcome in the place of the machine's; gives where the call stands then.

    A «fail» of a critical criterion confirms it and voids the call. Raises CoachError for one's own call,
    where the criterion is not on the scorecard or a dispute settled it, where an outcome other than the
    machine's has no reason, and where the words were erased: then a critical failure can only be dismissed.
    """
    queries.reach(store, viewer, recording_id)
    with store.reading() as connection:
        refuse_own(connection, viewer, recording_id)
        blind.check_calibrated(connection, viewer, recording_id)
    if drafts.hides(store, viewer, recording_id):
        raise CoachError("Esta llamada la revisa a ciegas: júzguela en su revisión.")
    with store.writing() as connection:
        was = judged(connection, recording_id)
        if criterion not in was.verdicts:
            raise CoachError(
                "{id}: «{criterion}» no se juzgó en esta llamada.", id=recording_id, criterion=criterion
            )
        call = store.read_call(connection, recording_id)
        form, pack = forms_for(call, settings)
        grave = criterion in critical_of(form, pack)
        viewer.require("confirm" if grave else "review")
        if not grave or outcome == "fail":
            check_words(connection, recording_id)
        if outcome == "fail" and call.review and criterion in call.review.suspected:
            reason = reason.strip() or suspected.CONFIRMED
        if outcome != was.verdicts[criterion].outcome:
            missing = CoachError("Escriba por qué cambia el veredicto: el agente lo va a leer.")
            checked(reason, missing)
        said = Override(criterion, outcome, reason.strip())
        finals.check(connection, viewer, recording_id, (said,), labels_of(form, pack))
        now = now or datetime.now(UTC)
        review = merged(call.review, recording_id, viewer, (said,), now)
        rated = (Rated(criterion, outcome, was.verdicts[criterion].outcome),)
        stood = stands(store, settings, call)
        settled = stands(store, settings, replace(call, review=review), rated)
        write_word(connection, review, settled, Facts(viewer.user_id), rated, was.made)
        versions.restate(connection, settings, replace(call, review=review))
        decided.note_promise(connection, viewer, call, replace(call, review=review))
        decided.note(connection, viewer, recording_id, was, call.review, (said,))
        worsened.tell(connection, recording_id, stood, settled, now)
        case_steps.reopen(connection, viewer, recording_id, stood, settled, now)
    return settled


def finish(
    store: Store, settings: Settings, viewer: Viewer, recording_id: str, *, now: datetime | None = None
) -> Finished:
    """End the viewer's review: their word on the scorecard, comments and ratings are written, the task is
    done. What they corrected in the transcript makes a new one, judged at once.

    Raises CoachError where something is missing still, and where the same review has ended or changed in
    another window meanwhile; nothing is written then.
    """
    viewer.require("review")
    queries.reach(store, viewer, recording_id)
    now = now or datetime.now(UTC)
    draft = drafts.touch(store, viewer, recording_id, now=now)
    with store.reading() as connection:
        refuse_own(connection, viewer, recording_id)
        blind.check_calibrated(connection, viewer, recording_id)
        check_words(connection, recording_id)
        was = judged(connection, recording_id)
        call = store.read_call(connection, recording_id)
    form, pack = forms_for(call, settings)
    grave = critical_of(form, pack)
    words, suspects = may_say(draft.body, viewer, grave), suspected.named(draft, viewer, grave)
    said = tuple(one for one in words if one.criterion in was.verdicts)
    labels = labels_of(form, pack)
    _check(draft, was, said, labels)
    _check_signed(store, settings, call, said, labels)
    body = draft.body
    heard = corrected(call.transcript, body.edits, swapped=body.swapped, settled=body.settled)
    rescored = heard != call.transcript
    after = _judged_anew(call, heard, settings) if rescored else call
    kept = after.scorecard.shown.keys() | after.scorecard.pack_verdicts.keys()
    stood = stands(store, settings, call)
    with store.writing() as connection:
        drafts.end(connection, draft)
        if judged(connection, recording_id).scorecard_id != was.scorecard_id:
            raise CoachError(RENEWED)
        finals.check(connection, viewer, recording_id, said, labels)
        before = store.read_call(connection, recording_id).review
        named = tuple(one.criterion for one in suspects)
        review = merged(before, recording_id, viewer, said, now, draft.body, named)
        dropped = tuple(one.criterion for one in review.overrides if one.criterion not in kept)
        review = replace(review, overrides=tuple(one for one in review.overrides if one.criterion in kept))
        rated = _rated(draft, was)
        settled = stands(store, settings, replace(after, review=review), rated)
        if rescored:
            versions.save_call(connection, after, pipeline.nlp_version())
        facts = Facts(
            viewer.user_id, draft.body.task_id, blind=draft.blind, seconds=draft.seconds, finished=True
        )
        made = draft.body.made or was.made
        review_id = write_word(connection, review, settled, facts, rated, made)
        reviewed = replace(after, review=review)
        versions.restate(connection, settings, reviewed)
        _write_comments(connection, draft, now, [_why(one, labels) for one in suspects if one.reason])
        _end_tasks(connection, draft, now)
        decided.note_promise(connection, viewer, call, reviewed)
        worsened.tell(connection, recording_id, stood, settled, now)
        case_steps.reopen(connection, viewer, recording_id, stood, settled, now)
        decided.note(connection, viewer, recording_id, was, before, said)
        audit.record(
            connection, viewer, "finish", f"call:{recording_id}", review=review_id, blind=draft.blind,
            seconds=round(draft.seconds), rescored=rescored,
        )  # fmt: skip
    decided_by_people = {one.criterion for one in review.overrides}
    return Finished(review_id, settled, rescored, _changed(was, after, decided_by_people), dropped)


def _judged_anew(call: Call, heard: Transcript, settings: Settings) -> Call:
    """The corrected call, judged; what was covered in it stays so."""
    after = pipeline.judge(heard, settings)
    return replace(after, transcript=with_covers(call, after.transcript, after.findings.promise))


def _check(draft: Draft, was: Judged, said: Collection[Override], labels: Mapping[str, str]) -> None:
    """CoachError where the review cannot end yet; `labels` by criterion."""
    if draft.body.renewed:
        raise CoachError(RENEWED)
    if draft.hides:
        raise CoachError("Falta comparar con lo que dijo Temple: termine primero la parte a ciegas.")
    changed = [one for one in said if one.outcome != was.verdicts[one.criterion].outcome]
    silent = [one for one in changed if not one.reason]
    if silent:
        raise CoachError(
            "Falta escribir por qué cambia {n} veredictos: el agente lo va a leer."
            if len(silent) > 1
            else "Falta escribir por qué cambia un veredicto: el agente lo va a leer.",
            n=len(silent),
        )
    for one in changed:
        checked(one.reason, of=labels.get(one.criterion, one.criterion))


def _check_signed(
    store: Store, settings: Settings, call: Call, said: Collection[Override], labels: Mapping[str, str]
) -> None:
    """CoachError where a confirmed failure is to be none though a signed month counts the call: what was
    signed is put right by an adjustment (`coach.critical_cases.take_back` says so too).
    """
    back = {one.criterion for one in said if one.outcome != "fail"}
    back &= set(stands(store, settings, call).confirmed)
    if not back:
        return
    with store.reading() as connection:
        month = signed_month(connection, call.id)
    if month is not None:
        raise CoachError(
            "La llamada cuenta en el mes firmado {month:%m/%Y}, con esta falta confirmada: {labels}. Deje "
            "ese veredicto como está (tecla 0) y anote un ajuste en Cierre.",
            month=month,
            labels=", ".join(labels.get(name, name) for name in sorted(back)),
        )


def _rated(draft: Draft, was: Judged) -> tuple[Rated, ...]:
    if draft.body.sealed is not None:
        return draft.body.sealed
    return tuple(
        Rated(one.criterion, one.outcome, was.verdicts[one.criterion].outcome)
        for one in draft.body.overrides
        if one.criterion in was.verdicts
    )


def _why(suspect: Override, labels: Mapping[str, str]) -> DraftComment:
    """Why the author says that it failed, for who is to confirm it: the agent reads none of it before."""
    label = labels.get(suspect.criterion, suspect.criterion)
    return DraftComment(None, f"«{label}», no cumple: {suspect.reason}", for_agent=False)


def _write_comments(
    connection: Connection, draft: Draft, now: datetime, more: Sequence[DraftComment] = ()
) -> None:
    rows = [
        {
            "recording_id": draft.recording_id, "turn": one.turn, "author_id": draft.user_id, "at": now,
            "text": one.text, "for_agent": one.for_agent,
        }
        for one in (*draft.body.comments, *more)
    ]  # fmt: skip
    if rows:
        connection.execute(insert(comments), rows)
    if any(one.for_agent for one in draft.body.comments):
        tell(connection, draft.recording_id, now)


def _end_tasks(connection: Connection, draft: Draft, now: datetime) -> None:
    """The draft's own task is done, and so are those of the call that nobody has, but for blind ones."""
    t = task_table.c
    own = and_(t.id == draft.body.task_id, t.assigned_to == draft.user_id)
    spare = and_(t.state == "open", t.assigned_to.is_(None), ~t.blind)
    done = update(task_table).where(
        t.recording_id == draft.recording_id, t.state.in_(WAITING), or_(own, spare)
    )
    connection.execute(done.values(state="done", finished_at=now))


def _changed(was: Judged, after: Call, said: Collection[str]) -> tuple[str, ...]:
    """What came out otherwise in the corrected call, and who waits now or waits no more, but for what people
    have `said`: their word holds.
    """
    now = after.scorecard.shown | after.scorecard.pack_verdicts
    before = {name: (v.outcome, v.needs_review) for name, v in was.verdicts.items()}
    renewed = {name: (v.outcome, v.needs_review) for name, v in now.items()}
    return tuple(
        name for name in {**before, **renewed} if name not in said and before.get(name) != renewed.get(name)
    )
