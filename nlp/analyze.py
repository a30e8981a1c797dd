"""The path over a whole dialogue: cues turn by turn, then what only the dialogue tells."""

from __future__ import annotations

from nlp.labels import objection_ids
from nlp.names import addressed_by_name
from nlp.people import people
from nlp.promises import find_promise
from nlp.tagger import scored, side_of
from nlp.talk import talk_stats
from nlp.thresholds import DOUBT, GRAVE, call_bar
from nlp.types import Finding, Findings
from transcripts.types import Quote, Transcript


def analyze(transcript: Transcript) -> Findings:
    """Everything found in `transcript`, in order of turn."""
    found = [f for index in range(len(transcript.turns)) for f in _of_turn(transcript, index)]
    found = _afresh(found)
    found += addressed_by_name(transcript)
    found.sort(key=lambda f: (f.quote.turn, f.quote.start, f.label))
    return Findings(
        findings=tuple(found),
        promise=find_promise(transcript, found),
        talk=talk_stats(transcript),
        people=people(transcript, found),
    )


def _of_turn(transcript: Transcript, index: int) -> list[Finding]:
    turn = transcript.turns[index]
    words, labels = scored(turn.text, side_of(turn.speaker))
    out = []
    for name, one in labels.items():
        if one.score < (DOUBT if name in GRAVE else call_bar(name)):
            continue
        best = one.hits[0]
        start, end = words.span(best.first, best.end)
        out.append(Finding(name, Quote(index, start, end, turn.text[start:end]), one.score, best.source))
    return out


def _afresh(found: list[Finding]) -> list[Finding]:
    """An objection counts where it is used afresh: a weaker repetition in the very next turns of the debtor does not."""
    last: dict[str, Finding] = {}
    out = []
    for finding in found:
        if finding.label in objection_ids():
            before = last.get(finding.label)
            last[finding.label] = finding
            if before and finding.quote.turn - before.quote.turn <= 2 and finding.score <= before.score:
                continue
        out.append(finding)
    return out
