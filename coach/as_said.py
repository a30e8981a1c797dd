"""A reviewed call as people left it: verdicts, objections and the promise after their word, in the place of
the machine's.

For what is drawn. What is kept, and what a review under way compares with, stays the machine's own.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from coach.types import Call, PromiseWord
from nlp.readback import only_leave, read_back_of, repeats_other
from nlp.types import Finding, Part, Promise
from rubrics.settled import Settled
from transcripts.types import Quote, Transcript

COMMITMENT = "gets_commitment"  # the criterion that tells whether there is a promise
READ_BACK = "reads_back_agreement"  # the criterion that tells whether the agreement was said again
BY_PERSON = "person"  # the source of an objection that nobody but a reviewer found

# «parting»: the debtor answered with no more than thanks or a goodbye
Repeated = Literal["confirmed", "parting", "unconfirmed", "otherwise", "in_part", "unsaid"]
ANSWERED = ("confirmed", "parting", "unconfirmed")  # said again whole: what was answered to it


def judged(call: Call, now: Settled) -> Call:
    """The call with the verdicts that stand: a person's where somebody has had a word."""
    card = call.scorecard
    verdicts = {name: now.verdicts.get(name, verdict) for name, verdict in card.verdicts.items()}
    of_pack = {name: now.pack_verdicts.get(name, verdict) for name, verdict in card.pack_verdicts.items()}
    return replace(call, scorecard=replace(card, verdicts=verdicts, pack_verdicts=of_pack))


def relabelled(call: Call) -> Call:
    """The call without the objections that a reviewer struck out, and with those that were missing, each with
    its whole turn as the quote, never at a turn that is the agent's; its promise as it stands.
    """
    found = list(call.findings.findings)
    turns = call.transcript.turns
    for one in call.review.relabels if call.review else ():
        if one.turn >= len(turns):
            continue
        here = [each.label for each in found if each.quote.turn == one.turn]
        found = [each for each in found if (each.quote.turn, each.label) != (one.turn, one.removed)]
        if one.added and one.added not in here and turns[one.turn].speaker != "agent":
            said = turns[one.turn].text
            found.append(Finding(one.added, Quote(one.turn, 0, len(said), said), 1.0, BY_PERSON))
    found.sort(key=lambda each: (each.quote, each.label))
    return replace(call, findings=replace(call.findings, findings=tuple(found), promise=promised(call)))


def settled(call: Call) -> Promise | None:
    """The promise that stands, doubtful no more where a person has said that it is one."""
    stands = promised(call)
    return stands if stands is None or unsure(call) else replace(stands, probability=1.0)


def promised(call: Call) -> Promise | None:
    """The promise that stands: as a person put it right, none where a person says so or judges that there was
    no commitment, otherwise as the machine heard it.
    """
    found, word = call.findings.promise, call.review.promise if call.review else None
    if word is not None and word.kind == "corrected":
        return _corrected(call, found, word)
    gone = word.kind == "none" if word is not None else not_committed(call)
    return None if gone else found


def unsure(call: Call) -> bool:
    """Whether a firm promise stands that was heard with doubt, and no person has said that it is one."""
    promise, said = promised(call), call.review.overrides if call.review else ()
    confirmed = any(one.criterion == COMMITMENT and one.outcome == "pass" for one in said)
    return promise is not None and promise.firm and not promise.counts and not confirmed


def not_committed(call: Call) -> bool:
    """Whether a person judged that the debtor did not commit to what the machine heard as a firm promise."""
    said = call.review.overrides if call.review else ()
    found = call.findings.promise
    no = any(one.criterion == COMMITMENT and one.outcome != "pass" for one in said)
    return no and found is not None and found.firm


def repeated(call: Call, found: Promise) -> Repeated | None:
    """How the agent said the agreement again, as the verdict on it stands: whatever tells of the promise and
    of the verdict says the same. None where a person failed what was heard whole: why, the verdict says.
    """
    said = call.review.overrides if call.review else ()
    person = next((one.outcome for one in reversed(said) if one.criterion == READ_BACK), None)
    if person == "pass":
        return "confirmed"
    heard = _heard_again(call, found)
    if person == "fail" and heard == "parting":
        return "unconfirmed"
    return None if person == "fail" and heard == "confirmed" else heard


def doubts_since(call: Call) -> dict[str, str]:
    """What makes verdicts doubtful after a person's word, by criterion: whether the agreement was said again
    was judged by the promise that was heard, not by the one that a person put in its place.
    """
    word, found = call.review.promise if call.review else None, call.findings.promise
    if word is None or word.kind != "corrected" or _as_heard(found, word):
        return {}
    return {READ_BACK: "La promesa se corrigió en la revisión: se juzgó con la que oyó Temple."}


def by_another(call: Call, found: Promise) -> bool:
    """Whether another than the debtor confirmed it, or was to: who promised in the debtor's place."""
    answer = found.confirmed or only_leave(call.transcript, found) or found.quote
    turns = call.transcript.turns
    return answer.turn < len(turns) and turns[answer.turn].speaker == "other"


def _heard_again(call: Call, found: Promise) -> Repeated:
    if found.read_back is not None:
        if found.confirmed is not None:
            return "confirmed"
        return "parting" if only_leave(call.transcript, found) is not None else "unconfirmed"
    verdict = call.scorecard.verdicts.get(READ_BACK)
    if verdict is None or verdict.outcome != "fail" or not verdict.evidence:
        return "unsaid"
    turns = {quote.turn for quote in verdict.evidence}
    other = any(any(repeats_other(call.transcript, turn, found)) for turn in turns)
    return "otherwise" if other else "in_part"


def _corrected(call: Call, found: Promise | None, word: PromiseWord) -> Promise:
    """As the person put it; who repeated and confirmed it is sought anew where sum or day are others."""
    quote = found.quote if found else _last_of_debtor(call.transcript)
    later = later_parts(found, word)
    of = replace(
        found or Promise(quote),
        currency=word.currency,
        channel=word.channel,
        later=later,
        probability=1.0,
        otherwise=None,
        condition=None,
        hangs_on=None,
        roughly=None,
        month_open=None,
    )
    if _as_heard(found, word):
        return of
    again: tuple[Quote | None, Quote | None] = (None, None)
    if word.amount is not None and quote.turn < len(call.transcript.turns):
        due = call.transcript.recording.facts.amount_due
        again = read_back_of(call.transcript, quote.turn, word.amount, word.due_on, due)
    return replace(
        of,
        amount=word.amount,
        date=word.due_on,
        read_back=again[0],
        confirmed=again[1],
        date_agrees=True,
    )


def _as_heard(found: Promise | None, word: PromiseWord) -> bool:
    """Whether a person left sum and day of the promise as they were heard."""
    return found is not None and (found.amount, found.date) == (word.amount, word.due_on)


def later_parts(found: Promise | None, word: PromiseWord | None) -> tuple[Part, ...]:
    """What is paid after the first part: as a person put it, else as it was heard. Parts that were heard
    belong to the first as it was heard, not to one put right.
    """
    if word is None or word.kind != "corrected":
        return found.later if found else ()
    if word.later is not None:
        return word.later
    return found.later if found is not None and _as_heard(found, word) else ()


def _last_of_debtor(transcript: Transcript) -> Quote:
    """Where nothing was heard, the debtor's last words stand for those that commit."""
    last = max((i for i, _ in transcript.said_by("debtor")), default=len(transcript.turns) - 1)
    return transcript.quote(last)
