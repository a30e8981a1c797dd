"""The transcript as the player draws it: each turn with its name, marks and tags.

A mark or tag in the agent's turns always agrees with the rubric: what no criterion fails accuses nobody.
Character ranges leave Python as UTF-16 units, which is what a browser counts in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from coach.as_said import BY_PERSON
from coach.comments import CommentRow
from coach.shield import as_read
from coach.types import Call
from nlp.labels import act_ids, objection_ids
from rubrics.types import Rubric
from transcripts.types import Quote, Transcript
from views import _labels
from views._formats import SIGNS
from views._text import own, t

# acts that a rubric may fail: the failed criterion stands in their place, or nothing where none failed
JUDGED_ACTS = ("threat", "lawyer", "rude", "impatient", "tuteo", "discloses_debt", "pity", "hedge", "none")


@dataclass(frozen=True, slots=True)
class Failed:
    """One quote behind a fail, with its criterion's label; `waits`: for a person."""

    quote: Quote
    label: str
    waits: bool


def turns(call: Call, rubric: Rubric, notes: tuple[CommentRow, ...] = ()) -> list[dict[str, Any]]:
    """Every turn, in order, with what people wrote beside it."""
    failed = _failed(call, rubric)
    return [
        _turn(call, i, failed)
        | {"notes": [f"{note.author}: {note.text}" for note in notes if note.turn == i]}
        for i in range(len(call.transcript.turns))
    ]


def name_of(transcript: Transcript, index: int) -> str:
    """Who says a turn; the agent by the name of its leg."""
    turn, recording, part = transcript.turns[index], transcript.recording, transcript.part_of(index)
    agent = part.agent or part.agent_login if part else recording.agent
    names = {"agent": agent or t("Agente"), "debtor": recording.debtor_name or t("Deudor")}
    return names.get(turn.speaker) or (t("Otra persona") if turn.speaker == "other" else t("Sin identificar"))


def _leg(transcript: Transcript, i: int) -> str:
    """What stands above the first turn of each leg of a transferred call; nothing above the others."""
    part = next((part for part in transcript.parts if part.turn == i), None)
    if part is None:
        return ""
    who = part.agent or part.agent_login
    return t("Tramo {n}: {who}", n=part.number, who=who) if who else t("Tramo {n}", n=part.number)


def units(text: str, character: int) -> int:
    """A place in `text` as a browser counts it in what people read of that."""
    return len(as_read(text[:character]).encode("utf-16-le")) // 2


def _turn(call: Call, i: int, failed: Sequence[Failed]) -> dict[str, Any]:
    transcript = call.transcript
    turn = transcript.turns[i]
    here = [fail for fail in failed if fail.quote.turn == i]
    return {
        "i": i,
        "number": t("turno {n}", n=i + 1),
        "who": turn.speaker,
        "name": name_of(transcript, i),
        "leg": _leg(transcript, i),
        "start": turn.start_s,
        "text": as_read(turn.text),
        "marks": _marks(call, i, here),
        "tags": _tags(call, i, here),
        "doubt": _labels.doubt(turn.doubt) if turn.doubt else "",
    }


def _failed(call: Call, rubric: Rubric) -> list[Failed]:
    """Every quote behind a fail, the doubtful ones included."""
    judged = ((c, call.scorecard.shown.get(c.id)) for c in rubric.criteria)
    return [
        Failed(quote, own(criterion.label, criterion.label_en), verdict.needs_review)
        for criterion, verdict in judged
        if verdict is not None and verdict.outcome == "fail"
        for quote in verdict.evidence
    ]


def _marks(call: Call, i: int, failed: Sequence[Failed]) -> list[dict[str, Any]]:
    """Objections, the promise, and the words behind a fail; not whole turns, which would be all colour: nor
    what a person found, whose words nobody marked.
    """
    text = call.transcript.turns[i].text
    marks = [
        (f.quote, _labels.finding(f.label), False)
        for f in call.findings.findings
        if f.quote.turn == i and f.label in objection_ids() and f.source != BY_PERSON
    ]
    promise = call.findings.promise
    if promise is not None and promise.quote.turn == i:
        marks.append((promise.quote, t("Promesa de pago"), False))
    marks += [(f.quote, f.label, not f.waits) for f in failed if len(f.quote.text) < len(text)]
    return [
        {"start": units(text, quote.start), "end": units(text, quote.end), "label": label, "bad": bad}
        for quote, label, bad in marks
    ]


def _tags(call: Call, i: int, failed: Sequence[Failed]) -> list[dict[str, str]]:
    """What the turn is, in words: objections, acts, the promise, and which criteria fail because of it."""
    found = dict.fromkeys(f.label for f in call.findings.findings if f.quote.turn == i)
    shown = [label for label in found if label in objection_ids() or label in act_ids()]
    tags = [
        {"kind": "objection" if label in objection_ids() else "act", "label": _labels.finding(label)}
        for label in shown
        if label not in JUDGED_ACTS
    ]
    promise = call.findings.promise
    if promise is not None and promise.quote.turn == i:
        tags.append({"kind": "promise", "label": t("Promesa de pago")})
    for fail in failed:
        sign, kind = (SIGNS["review"], "review") if fail.waits else (SIGNS["fail"], "bad")
        tags.append({"kind": kind, "label": f"{sign} {fail.label}"})
    return [tag for place, tag in enumerate(tags) if tag not in tags[:place]]
