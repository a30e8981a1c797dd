"""What the whole call tells of the agent's address: to whom it was said, and what settles a hint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nlp.address import HINT, LIKELY, familiar_forms
from nlp.names import called
from nlp.names_said import named_at
from nlp.tagger import scored
from nlp.thresholds import OPERATING
from nlp.types import Finding
from transcripts.types import Transcript

LABEL = "tuteo"
_DEALS = ("states_debt", "discloses_debt", "amount_said")
_SETTLES = (*_DEALS, "asks_commitment", "offers_alternatives")
_FAR = ("debtor", "other")
SETTLED_BY = 2  # other turns with a sure form: from there on «¿cómo estás?» is no courtesy


def settled_address(
    transcript: Transcript, found: Sequence[Finding], slogans: Sequence[str] = ()
) -> list[Finding]:
    """`found` with the familiar address that the debtor was given.

    What was said to somebody else is left out, and so are `slogans` and the names that the call's facts give:
    the company's, and where they are said as such the debtor's and the agent's («señora Das»). A hint
    («mira», «anota») counts where the agent is familiar elsewhere in the call.
    """
    call = transcript.recording
    exempt = tuple(filter(None, (*slogans, call.company)))
    names = called(call.debtor_name or "") | called(call.agent or "")
    kept = _to_debtor(transcript, found)
    if exempt or names:
        kept = {
            index: one for index, old in kept.items() if (one := _without(transcript, old, exempt, names))
        }
    sure = {one.quote.turn for one in kept.values() if one.score > HINT}
    out = []
    for index, finding in enumerate(found):
        one = kept.get(index)
        if one is not None and one.score == HINT and len(sure) >= SETTLED_BY:
            one = replace(one, score=LIKELY, source=f"rule:{LABEL}/call")
        if one is not None or finding.label != LABEL:
            out.append(one or finding)
    return out


def _to_debtor(transcript: Transcript, found: Sequence[Finding]) -> dict[int, Finding]:
    """By place what of the familiar address was for the debtor; only a hint where that is open."""
    kept = {}
    for index, finding in enumerate(found):
        turn = finding.quote.turn
        if finding.label != LABEL:
            continue
        if not _to_another(transcript, found, turn):
            kept[index] = finding
        elif _called_in_between(transcript, found, turn):
            kept[index] = replace(finding, score=HINT)
    return kept


def _without(
    transcript: Transcript, finding: Finding, exempt: Sequence[str], names: frozenset[str]
) -> Finding | None:
    """The surest familiar form of the finding's turn that is outside the exempt phrases and no name."""
    words = scored(transcript.turns[finding.quote.turn].text, "agent")[0]
    named = named_at(words, names)
    forms = (form for form in familiar_forms(words, exempt) if form.first not in named)
    best = max(forms, key=lambda form: form.score, default=None)
    if best is None:
        return None
    start, end = words.span(best.first, best.end)
    sure = min(best.score, finding.score)
    return replace(finding, quote=transcript.quote(finding.quote.turn, start, end), score=sure)


def _to_another(transcript: Transcript, found: Sequence[Finding], turn: int) -> bool:
    """Whether an agent's turn is for somebody who only answered the phone, before the debtor or in between:
    no message for the debtor, and nobody with whom the debt is settled in the debtor's place.
    """
    far = [i for i in range(turn) if transcript.turns[i].speaker in _FAR]
    if not far or transcript.turns[far[-1]].speaker != "other":
        return False
    with_debtor = [i for i in far if transcript.turns[i].speaker == "debtor"]
    deals, since = (_SETTLES, with_debtor[-1]) if with_debtor else (_DEALS, -1)
    if any(f.label in deals and since < f.quote.turn <= turn and f.score >= OPERATING for f in found):
        return False
    return not any(f.quote.turn == far[-1] and f.label in ("voicemail", "hands_over") for f in found)


def _called_in_between(transcript: Transcript, found: Sequence[Finding], turn: int) -> bool:
    """Whether the one word of somebody else before `turn` may have only fallen into the talk with the debtor:
    the debtor spoke before and speaks after it, and had not handed over the phone.
    """
    far = [i for i, _ in transcript.said_by("debtor", "other")]
    at = next((place for place, i in enumerate(far) if i > turn), len(far))
    near = [transcript.turns[i].speaker for i in far[max(0, at - 2) : at + 1]]
    left = far[at - 2] if at >= 2 else None
    given = any(f.quote.turn == left and f.label == "hands_over" for f in found)
    return near == ["debtor", "other", "debtor"] and not given
