"""What reviewers corrected in the objections, as training text: what `coach train --relabels` reads.

A line is a turn with the objections that stand there after them, and the turn before it for context. No
other words leave the call, and none that give somebody away; the calls of the demonstration stay out, as the
machine is measured on them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlalchemy import select

from coach import as_said, audit, discreet, listings
from coach.rows import CallFilter
from coach.schema import reviews
from coach.store import Store
from coach.types import Call
from coach.viewers import Viewer
from nlp.labels import objection_ids
from nlp.learn.examples import Example, Labelled, LabelledTurn
from nlp.redact import PLACEHOLDERS, Redaction, redacted_text, redactions
from nlp.types import Finding
from transcripts.types import Recording, Transcript, Turn

AUTHOR = "revisión"  # of every line: who corrected it is nobody's matter
_PAGE = 2000
_ROUNDS = 5  # a name that is covered may uncover that the word beside it is one too


def relabels_jsonl(store: Store, viewer: Viewer, which: CallFilter) -> tuple[bytes, int]:
    """The lines, and how many, of the filter's calls that the viewer reaches. Needs the right to export."""
    viewer.require("export")
    lines = [one.model_dump_json(exclude_defaults=True) for one in _numbered(_turns(store, viewer, which))]
    audit.note(store, viewer, "export", "export:relabels", rows=len(lines))
    return "".join(f"{line}\n" for line in lines).encode(), len(lines)


def _numbered(found: Iterator[Example]) -> Iterator[Example]:
    """The id of a call may be a telephone or an account."""
    return (one.model_copy(update={"id": f"revision-{n:05}"}) for n, one in enumerate(found, 1))


def _turns(store: Store, viewer: Viewer, which: CallFilter) -> Iterator[Example]:
    with store.reading() as connection:
        reviewed = set(connection.execute(select(reviews.c.recording_id)).scalars())
    for page in listings.every(store, viewer, replace(which, demo=False), sort="date", size=_PAGE):
        for row in page:
            if row.id in reviewed:
                yield from _of_call(discreet.outside(viewer, store.call(row.id)))


def _of_call(call: Call) -> Iterator[Example]:
    """The turns whose objections somebody corrected; an agent's has none."""
    said, known = call.transcript.turns, set(objection_ids())
    said_anew = call.review.relabels if call.review else ()
    corrected = {one.turn for one in said_anew if {one.added, one.removed} & known}
    places = sorted(at for at in corrected if at < len(said) and said[at].speaker != "agent")
    if not places:
        return
    covered: dict[int, list[Redaction]] = {}
    for one in redactions(call.transcript):
        covered.setdefault(one.quote.turn, []).append(one)
    standing = as_said.relabelled(call).findings.findings
    for at in places:
        before = [_turn(said[at - 1], covered.get(at - 1, ()))] if at else []
        labels = [one for one in standing if one.quote.turn == at and one.label in known]
        yield Example(
            id="",
            author=AUTHOR,
            split="train",
            country=call.transcript.recording.country or "",
            noise="clean" if _typed(call.transcript) else "asr",
            kind="turn",
            turns=(*before, _turn(said[at], covered.get(at, ()), labels)),
        )


def _typed(transcript: Transcript) -> bool:
    """Whether people wrote it, as far as can be told: what a recogniser wrote may come in as a file too."""
    return transcript.engine.name == "import" and transcript.engine.model in ("", "text")


def _turn(turn: Turn, covered: Sequence[Redaction], labels: Sequence[Finding] | None = None) -> LabelledTurn:
    """The turn without what gives somebody away; without `labels` it is context."""
    text, spans = turn.text, covered
    places = [(one.label, one.quote.start, one.quote.end) for one in labels or ()]
    for _ in range(_ROUNDS):
        places = [(name, _moved(start, spans), _moved(end, spans, end=True)) for name, start, end in places]
        text = redacted_text(text, spans)
        spans = redactions(Transcript(Recording("text"), (Turn("unknown", text),)))
        if redacted_text(text, spans) == text:
            break
    return LabelledTurn(
        speaker="other" if turn.speaker == "unknown" else turn.speaker,
        text=text,
        labels=tuple(Labelled(id=name, start=start, end=end) for name, start, end in places),
        context=labels is None,
    )


def _moved(at: int, spans: Sequence[Redaction], *, end: bool = False) -> int:
    """Where character `at` stands once each of `spans` is a placeholder; within one, at its edge."""
    shift = 0
    for one in spans:
        first, last, longer = one.quote.start, one.quote.end, len(PLACEHOLDERS[one.kind])
        if last <= at:
            shift += longer - (last - first)
        elif first < at:
            return first + shift + (longer if end else 0)
    return at + shift
