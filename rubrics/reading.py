"""What checks and conditions ask of a call: who spoke where, what was found there, and whether that can be
relied on.

Nothing found in a turn marked doubtful is ever returned: such turns are shown to people but are no evidence.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable
from typing import Generic, TypeVar

from nlp.labels import objection_ids
from nlp.thresholds import call_bar
from nlp.types import Finding, Findings
from rubrics.colleagues import colleague_turns
from rubrics.labels import OBJECTIONS
from transcripts.beginnings import begins_mid_sentence
from transcripts.types import Speaker, Transcript

Whole = TypeVar("Whole")
Part = TypeVar("Part")
NEGOTIATED = frozenset(OBJECTIONS) - {"call_later", "wrong_person", "distrust", "hostile", "no_notice"}
OFFERS = ("offer_plan", "offer_channel", "offer_date", "offer_waiver")
# what is tried with who refuses, by what a reason calls it
RUNGS = {
    "reconocer su situación": ("empathy",),
    "explorar": ("probes", "asks_reason"),
    "ofrecer una alternativa": ("offers_alternatives", *OFFERS),
    "volver a pedir el pago": ("asks_commitment",),
}
DISPUTES = ("already_paid", "not_my_debt", "wrong_amount", "bad_service")
PAYS_FOR_ANOTHER = "quien paga en lugar del deudor"
ANSWERS_FOR_IT = "quien responde por la deuda (aval, fiador o codeudor)"
SPEAKER_BAR = 0.6  # evidence from a turn whose speaker is less sure waits for a person
UNTIL = ("withholds_until_cleared", "withholds_until_mended")
LOOKS_INTO = ("follow_up", "takes_up_claim")


class _Latest(Generic[Whole, Part]):
    """What was last worked out of one whole: a call is asked the same some hundred times in a row."""

    def __init__(self, work_out: Callable[[Whole], Part]) -> None:
        self._work_out = work_out
        self._kept = threading.local()

    def __call__(self, whole: Whole) -> Part:
        held: tuple[Whole, Part] | None = getattr(self._kept, "of", None)
        if held is None or held[0] is not whole:
            held = self._kept.of = (whole, self._work_out(whole))
        return held[1]


def sure_speakers(transcript: Transcript) -> bool:
    """Whether it is known who says what: not where roles were guessed or many words have no speaker."""
    return _sure(transcript)


def _speakers_sure(transcript: Transcript) -> bool:
    if not transcript.trust.sure_speakers:
        return False
    nobodys = [turn for turn in transcript.turns if turn.speaker == "unknown"]
    unknown = sum(len(turn.text.split()) for turn in nobodys)
    return not unknown or unknown <= sum(len(turn.text.split()) for turn in transcript.turns) / 5


_sure = _Latest(_speakers_sure)


def _labelled(findings: Findings) -> tuple[list[Finding], dict[str, list[int]]]:
    """All findings in order of turn and place; by label where in that order they stand."""
    ordered = sorted(findings.findings, key=lambda f: f.quote)
    places: dict[str, list[int]] = {}
    for at, finding in enumerate(ordered):
        places.setdefault(finding.label, []).append(at)
    return ordered, places


_by_label = _Latest(_labelled)


def speakers(transcript: Transcript, who: Speaker) -> tuple[Speaker, ...]:
    """`who`, and the turns without a speaker too where nobody knows who speaks."""
    return (who,) if sure_speakers(transcript) else (who, "unknown")


def turns_of(transcript: Transcript, who: Speaker) -> tuple[int, ...]:
    """Indices of every turn by `who`, doubtful ones included."""
    return tuple(i for i, _ in transcript.said_by(*speakers(transcript, who)))


def doubtful(transcript: Transcript, turns: Iterable[int]) -> bool:
    """Whether something said in `turns` may have been lost or misheard."""
    return any(transcript.turns[i].doubt is not None for i in turns)


def perhaps_lost(transcript: Transcript, sought: Collection[int]) -> bool:
    """Whether what was sought in turns `sought` may be in a part of the call that the recording lacks: after
    the last words where it is cut off and the search went as far, anywhere where the file has a hole.
    """
    if transcript.trust.ends_cut:
        agent = turns_of(transcript, "agent")
        return not sought or not agent or max(sought) >= agent[-1]
    return transcript.trust.damaged


def unsure_speaker(transcript: Transcript, turn: int) -> bool:
    """Whether it is less sure who speaks there than evidence may be."""
    sure = transcript.turns[turn].speaker_confidence
    return sure is not None and sure < SPEAKER_BAR


def perhaps_anothers(transcript: Transcript) -> tuple[int, ...]:
    """The turns that are told to be somebody's, and of which a part may be another voice's."""
    return tuple(
        i
        for i, turn in enumerate(transcript.turns)
        if turn.speaker != "unknown" and unsure_speaker(transcript, i)
    )


def perhaps_lost_before(transcript: Transcript) -> bool:
    """Whether something may have come earlier than all that is heard, or in a hole before it."""
    trust = transcript.trust
    return bool(trust.starts_late) or (trust.damaged and not trust.ends_cut)


def written_late(transcript: Transcript) -> bool:
    """Whether what is written begins in mid-sentence, and no sound tells where the recording begins."""
    return transcript.trust.starts_late is None and begins_mid_sentence(transcript)


def said(
    transcript: Transcript,
    findings: Findings,
    labels: Collection[str],
    *,
    by: Speaker | tuple[Speaker, ...] = "agent",
    turns: Collection[int] | None = None,
) -> tuple[Finding, ...]:
    """Findings with one of `labels` said by `by`, within `turns` where given, in order of turn and place.

    What nlp is too unsure of to claim is left out: see `hinted`.
    """
    found = _by(transcript, findings, labels, by, turns)
    return tuple(f for f in found if f.score >= call_bar(f.label))


def payer(transcript: Transcript, findings: Findings, turn: int) -> str:
    """Who promises or confirms at `turn`, as reasons name them: not always the debtor."""
    if transcript.turns[turn].speaker != "other":
        return "el deudor"
    answers = said(transcript, findings, ("tells_guarantor",), by="other")
    return ANSWERS_FOR_IT if answers else PAYS_FOR_ANOTHER


def hinted(
    transcript: Transcript, findings: Findings, labels: Collection[str], *, by: Speaker = "agent"
) -> tuple[Finding, ...]:
    """Findings too unsure to be claimed: reason for a person to look, never for a fail."""
    return tuple(f for f in _by(transcript, findings, labels, by, None) if f.score < call_bar(f.label))


def _by(
    transcript: Transcript,
    findings: Findings,
    labels: Collection[str],
    by: Speaker | tuple[Speaker, ...],
    turns: Collection[int] | None,
) -> tuple[Finding, ...]:
    ordered, known = _by_label(findings)
    places = {at for label in labels if label in known for at in known[label]}
    if not places:
        return ()
    who = {s for one in ((by,) if isinstance(by, str) else by) for s in speakers(transcript, one)}
    out = []
    for finding in map(ordered.__getitem__, sorted(places)):
        turn = transcript.turns[finding.quote.turn]
        within = turns is None or finding.quote.turn in turns
        if within and turn.speaker in who and turn.doubt is None:
            out.append(finding)
    return tuple(out)


def objections(transcript: Transcript, findings: Findings) -> tuple[Finding, ...]:
    """What the debtor, or somebody in the debtor's place, objects; one per turn and kind, in order. The
    agent's colleague who took over objects to nothing.
    """
    seen: dict[tuple[int, str], Finding] = {}
    ours = colleague_turns(transcript, findings)
    for finding in said(transcript, findings, objection_ids(), by=("debtor", "other")):
        if finding.quote.turn in ours:
            continue
        seen.setdefault((finding.quote.turn, finding.label), finding)
    return tuple(seen.values())


def agent_turns_after(transcript: Transcript, turn: int, *, at_most: int | None = None) -> tuple[int, ...]:
    """Indices of the agent's turns later than `turn`, the next `at_most` of them."""
    return tuple(i for i in turns_of(transcript, "agent") if i > turn)[:at_most]


def to_debtor(transcript: Transcript) -> tuple[int, ...]:
    """The agent's turns that the debtor may hear: all of them, but where somebody else answered first those
    from the debtor's first words on.
    """
    turns = turns_of(transcript, "agent")
    debtor = next((i for i, _ in transcript.said_by("debtor")), None)
    if debtor is None or not any(i < debtor for i, _ in transcript.said_by("other")):
        return turns
    return tuple(i for i in turns if i > debtor)


def debtor_ended(transcript: Transcript, findings: Findings) -> bool:
    """Whether it was the debtor who ended the call: hung up, left, or said so in the last three turns."""
    last = range(max(0, len(transcript.turns) - 3), len(transcript.turns))
    left = findings.people.left_turn is not None
    return (
        findings.people.debtor_hung_up
        or left
        or bool(said(transcript, findings, ("ends_call",), by="debtor", turns=last))
    )


def agreement(findings: Findings) -> bool:
    """Whether something was agreed: a promise with amount and date, or one that the agent could repeat."""
    promise = findings.promise
    return promise is not None and (promise.firm or promise.read_back is not None)


def waits_for_claim(transcript: Transcript, findings: Findings) -> frozenset[int]:
    """The turns in which the debtor pays nothing until what was disputed there or before is cleared up («no
    pago un peso hasta que me manden el extracto»): part of the claim, and no refusal.
    """
    disputed = said(transcript, findings, DISPUTES, by=("debtor", "other"))
    until = said(transcript, findings, UNTIL, by=("debtor", "other"))
    return frozenset(f.quote.turn for f in until if disputed and f.quote.turn >= disputed[0].quote.turn)


def refused_at(transcript: Transcript, findings: Findings) -> int | None:
    """The turn of the last refusal to pay; None where nobody refused."""
    waits = waits_for_claim(transcript, findings)
    every = said(transcript, findings, ("refusal",), by=("debtor", "other"))
    refusals = [f for f in every if f.quote.turn not in waits]
    return refusals[-1].quote.turn if refusals else None


def refused_first(transcript: Transcript, findings: Findings, refused: int) -> bool:
    """Whether the refusal in turn `refused` is the first thing that was objected."""
    first = objections(transcript, findings)
    return not first or first[0].quote.turn >= refused


def rungs_left(transcript: Transcript, findings: Findings, refused: int) -> list[str]:
    """What the agent never tried with who refused in turn `refused`, as reasons say it: from the first
    objection to there. Where it is the first, nothing could be tried before it: all that follows counts.
    """
    if refused_first(transcript, findings, refused):
        between = range(refused, len(transcript.turns))
    else:
        between = range(objections(transcript, findings)[0].quote.turn, refused + 1)
    return [name for name, rung in RUNGS.items() if not said(transcript, findings, rung, turns=between)]
