"""What a person does in a review under way: judge, relabel, correct what was heard, comment. Saved at once.

A blind review is sealed before the machine's verdicts are shown: what was judged until then is what counts as
judged blind.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from coach import blind
from coach.corrections import TurnEdit, by_agent, corrected
from coach.covers import uncovered
from coach.draft_body import Draft, DraftBody, DraftComment, Rated
from coach.drafts import change_draft
from coach.judged import Judged
from coach.promises import MOST
from coach.store import Store
from coach.types import CoachError, Override, PromiseWord, Relabel
from coach.viewers import Viewer
from nlp.labels import objection_ids
from rubrics.types import Outcome
from transcripts.types import Speaker


def judge(
    store: Store,
    viewer: Viewer,
    recording_id: str,
    criterion: str,
    outcome: Outcome,
    reason: str = "",
    *,
    now: datetime | None = None,
) -> Draft:
    """The person's outcome of a criterion or rule; the machine's own confirms it."""

    def change(body: DraftBody, call: Judged) -> DraftBody:
        if criterion not in call.verdicts:
            raise CoachError("«{criterion}» no se juzgó en esta llamada.", criterion=criterion)
        return replace(body, overrides=(*_but(body, criterion), Override(criterion, outcome, reason.strip())))

    return change_draft(store, viewer, recording_id, change, now)


def unjudge(
    store: Store, viewer: Viewer, recording_id: str, criterion: str, *, now: datetime | None = None
) -> Draft:
    """Take the person's outcome of a criterion back; what was sealed blind stays as it was."""
    return change_draft(
        store, viewer, recording_id, lambda body, _: replace(body, overrides=_but(body, criterion)), now
    )


def relabel(
    store: Store,
    viewer: Viewer,
    recording_id: str,
    turn: int,
    removed: str | None,
    added: str | None,
    *,
    now: datetime | None = None,
) -> Draft:
    """Another objection at a turn: `removed` was wrong, `added` was missing. The same again undoes it.

    An objection is the debtor's, or of whoever speaks in their place: a turn of the agent's gets none.
    """
    wrong = {removed, added} - {None, *objection_ids()}
    if wrong or removed == added:
        raise CoachError("Elija qué objeción sobra o cuál falta en este turno.")

    def change(body: DraftBody, call: Judged) -> DraftBody:
        _check_turn(call, turn)
        one = Relabel(turn, removed, added)
        agents = by_agent(call.transcript(), body.edits, swapped=body.swapped)
        if added and turn in agents and one not in body.relabels:
            raise CoachError(
                "Ese turno es del agente, y una objeción la pone el deudor o quien hable por él. Elija el "
                "turno en que se dijo o, si aquí habla otra persona, corrija antes quién habla."
            )
        kept = tuple(each for each in body.relabels if each != one)
        return replace(body, relabels=kept if one in body.relabels else (*kept, one))

    return change_draft(store, viewer, recording_id, change, now)


def correct(
    store: Store,
    viewer: Viewer,
    recording_id: str,
    turn: int,
    *,
    text: str | None = None,
    speaker: Speaker | None = None,
    now: datetime | None = None,
) -> Draft:
    """What the person heard at a turn; without text and speaker the turn is as it was heard by the machine.

    Raises TranscriptError for a turn that is not there or would be empty.
    """
    as_said = store.call(recording_id)

    def change(body: DraftBody, call: Judged) -> DraftBody:
        said_there = None if text is None else uncovered(as_said, body, turn, text)
        transcript = call.transcript()
        others = tuple(edit for edit in body.edits if edit.turn != turn)
        before = next((edit for edit in body.edits if edit.turn == turn), None)
        if text is None and speaker is None:
            return replace(body, edits=others)
        _check_turn(call, turn)
        was = transcript.turns[turn]
        said = said_there.strip() if said_there is not None else before.text if before else None
        who = speaker if speaker is not None else before.speaker if before else None
        heard = corrected(transcript, (), swapped=body.swapped).turns[turn].speaker
        who = None if who == heard else who  # a speaker that was only read is no change
        edit = TurnEdit(turn, was.text, said if said != was.text else None, who)
        corrected(transcript, (edit,))
        return replace(body, edits=(*others, edit) if edit.text is not None or edit.speaker else others)

    return change_draft(store, viewer, recording_id, change, now)


def promise(
    store: Store, viewer: Viewer, recording_id: str, word: PromiseWord, *, now: datetime | None = None
) -> Draft:
    """What the person says of the promise, in force once the review ends. «as_heard» takes a former word
    back.

    Raises CoachError for a sum or a day that none can be.
    """

    called = store.recording(recording_id).call_date

    def change(body: DraftBody, call: Judged) -> DraftBody:
        if word.kind != "corrected":
            return replace(body, promise=PromiseWord(word.kind))
        if word.amount is not None and not 0 < word.amount < MOST:
            raise CoachError("Escriba cuánto prometió, mayor que cero. Si no hubo monto, déjelo vacío.")
        if word.due_on is not None and called is not None and word.due_on < called:
            raise CoachError("La fecha prometida no puede ser anterior a la llamada.")
        _check_later(word)
        currency, channel = (
            (said or "").strip()[:most] or None for said, most in ((word.currency, 3), (word.channel, 60))
        )
        return replace(body, promise=replace(word, currency=currency, channel=channel))

    return change_draft(store, viewer, recording_id, change, now)


def _check_later(word: PromiseWord) -> None:
    """CoachError for a part that none can be: without the first, of no sum, or due before the one before."""
    if word.later and (word.amount is None or word.due_on is None):
        raise CoachError("Para otras partes hacen falta el monto y la fecha de la primera.")
    later = word.later or ()
    days = [word.due_on, *(part.date for part in later)]
    if any(not 0 < part.amount < MOST for part in later) or days != sorted(set(days), key=str):
        raise CoachError("Cada parte lleva un monto mayor que cero y una fecha posterior a la de antes.")


def swap(store: Store, viewer: Viewer, recording_id: str, *, now: datetime | None = None) -> Draft:
    """Exchange agent and debtor in all the call; once more undoes it."""
    return change_draft(
        store, viewer, recording_id, lambda body, _: replace(body, swapped=not body.swapped), now
    )


def settle(store: Store, viewer: Viewer, recording_id: str, *, now: datetime | None = None) -> Draft:
    """Say that who speaks is right as it stands, where Temple only guessed; once more takes that back."""
    return change_draft(
        store, viewer, recording_id, lambda body, _: replace(body, settled=not body.settled), now
    )


def comment(
    store: Store,
    viewer: Viewer,
    recording_id: str,
    turn: int | None,
    text: str,
    *,
    for_agent: bool = False,
    now: datetime | None = None,
) -> Draft:
    """The person's comment on a turn (None: on the call), one for each; an empty text takes it away."""

    def change(body: DraftBody, call: Judged) -> DraftBody:
        if turn is not None:
            _check_turn(call, turn)
        kept = tuple(each for each in body.comments if each.turn != turn)
        new = (DraftComment(turn, text.strip(), for_agent),) if text.strip() else ()
        return replace(body, comments=(*kept, *new))

    return change_draft(store, viewer, recording_id, change, now)


def note(store: Store, viewer: Viewer, recording_id: str, text: str, *, now: datetime | None = None) -> Draft:
    """What the review says of the call as a whole."""
    return change_draft(store, viewer, recording_id, lambda body, _: replace(body, notes=text.strip()), now)


def noticed(store: Store, viewer: Viewer, recording_id: str, *, now: datetime | None = None) -> Draft:
    """The person has seen that the machine judged the call again meanwhile."""
    return change_draft(
        store, viewer, recording_id, lambda body, _: replace(body, renewed=False, lost=()), now
    )


def seal(store: Store, viewer: Viewer, recording_id: str, *, now: datetime | None = None) -> Draft:
    """End the blind part: what was judged is fixed beside the machine's verdicts, which may be shown now.

    Raises CoachError while criteria are missing, and while the person judges the call in a calibration too.
    Changes from here on no longer count as judged blind.
    """
    with store.reading() as connection:
        blind.check_calibrated(connection, viewer, recording_id)

    def change(body: DraftBody, call: Judged) -> DraftBody:
        if body.sealed is not None:
            return body
        missing = [name for name in call.card.shown if body.said(name) is None]
        if missing:
            raise CoachError(
                "Faltan {n} criterios por juzgar antes de ver lo que dijo Temple.", n=len(missing)
            )
        sealed = tuple(
            Rated(one.criterion, one.outcome, call.verdicts[one.criterion].outcome)
            for one in body.overrides
            if one.criterion in call.verdicts
        )
        return replace(body, sealed=sealed, made=call.made)

    return change_draft(store, viewer, recording_id, change, now)


def _but(body: DraftBody, criterion: str) -> tuple[Override, ...]:
    return tuple(one for one in body.overrides if one.criterion != criterion)


def _check_turn(call: Judged, turn: int) -> None:
    turns = len(call.transcript().turns)
    if not 0 <= turn < turns:
        raise CoachError("No existe el turno {turn}: la llamada tiene {n}.", turn=turn, n=turns)
