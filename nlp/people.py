"""Who was on the phone, as the words tell: the debtor, somebody else, a machine; and who hung up."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.types import Finding, People
from transcripts.types import Transcript

_TELLS_DEBT = ("states_debt", "discloses_debt")


def people(transcript: Transcript, findings: Sequence[Finding]) -> People:
    far = [(i, turn) for i, turn in transcript.said_by("debtor", "other")]
    voicemail = _voicemail(transcript, findings)
    reached = any(turn.speaker == "debtor" for _, turn in far) and not voicemail
    debt = _first(transcript, findings, _TELLS_DEBT, "agent")
    last = transcript.turns[-1] if transcript.turns else None
    ends = [f.quote.turn for f in findings if f.label == "ends_call"]
    closed = any(
        f.label in ("goodbye", "polite_close") and f.quote.turn >= len(transcript.turns) - 3 for f in findings
    )
    hung_up = bool(ends) and max(ends) >= len(transcript.turns) - 3 and not closed
    cut_off = last is not None and last.speaker == "agent" and _calls_into_silence(last.text)
    return People(
        debtor_reached=reached,
        third_party=any(turn.speaker == "other" for _, turn in far) and not voicemail,
        voicemail=voicemail,
        debtor_hung_up=reached and (hung_up or cut_off),
        agent_hung_up=last is not None and last.speaker == "debtor" and _calls_into_silence(last.text),
        identity_turn=_identity(transcript, findings),
        debt_turn=debt,
    )


def _voicemail(transcript: Transcript, findings: Sequence[Finding]) -> bool:
    marked = {f.quote.turn for f in findings if f.label == "voicemail"}
    far = [i for i, _ in transcript.said_by("debtor", "other")]
    return bool(marked) and len(far) <= 2 and any(i in marked for i in far)


def _first(
    transcript: Transcript, findings: Sequence[Finding], labels: tuple[str, ...], speaker: str
) -> int | None:
    turns = [
        f.quote.turn
        for f in findings
        if f.label in labels and transcript.turns[f.quote.turn].speaker == speaker
    ]
    return min(turns, default=None)


def _identity(transcript: Transcript, findings: Sequence[Finding]) -> int | None:
    """First turn at which it is settled that the debtor speaks: they say so, or say yes to being asked for."""
    asked = {
        f.quote.turn
        for f in findings
        if f.label in ("asks_for_debtor", "asks_identity_datum", "verifies_identity")
    }
    says = {f.quote.turn for f in findings if f.label == "self_identifies"}
    yes = {f.quote.turn for f in findings if f.label == "confirms"}
    for index, turn in transcript.said_by("debtor"):
        before = range(max(0, index - 2), index)
        if index in says or (any(k in asked for k in before) and (index in yes or turn.text.strip())):
            return index
    return None


def _calls_into_silence(text: str) -> bool:
    """«¿Bueno? ¿Bueno?», «hola… hola, me cortó»: somebody left on a dead line."""
    words = [word.strip("¿?¡!.,…").lower() for word in text.split()]
    return (
        bool(words)
        and len(words) <= 8
        and sum(word in ("bueno", "aló", "alo", "hola", "oiga", "diga") for word in words) >= 2
    )
