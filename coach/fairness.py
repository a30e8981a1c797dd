"""The fairness probe: a verdict may hang on what an agent does, never on who was called, where or when.

The same calls are judged twice, the second time with other names, another country's word for the same
place, another agent or another hour; every verdict that flips is listed. On stored calls, doubt and
corrections are counted by site and agent.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from coach.lab import Flip
from coach.other_names import another, other_name, still_heard
from coach.types import Call
from nlp.analyze import analyze
from nlp.redact_words import flat
from rubrics.scoring import score
from rubrics.types import Rubric
from transcripts.types import Transcript, Turn

Swap = Literal["names", "agent", "time", "company"]
By = Literal["agent_login", "portfolio", "country"]
_NAMED: dict[Swap, Literal["agent", "debtor_name"]] = {"names": "debtor_name", "agent": "agent"}
SWAPS: tuple[Swap, ...] = ("names", "agent", "time", "company")

_COMPANIES = ("Crédito Norte", "Financiera Alameda", "Caja del Valle", "Grupo Cordillera")


@dataclass(frozen=True, slots=True)
class Probe:
    """What swapping one thing did: in how many calls, how many verdicts were compared, and which flipped.
    No verdict counts of calls that are `without` it, nor of those `left_out`, in which the former name is
    heard all the same, misspelt: another call.
    """

    swap: Swap
    calls: int
    verdicts: int
    flips: tuple[Flip, ...]
    left_out: int = 0
    without: int = 0

    @property
    def rate(self) -> float:
        """Share 0..1 of the verdicts that flipped."""
        return len(self.flips) / self.verdicts if self.verdicts else 0.0


def probe(
    transcripts: Sequence[Transcript],
    rubric: Rubric,
    *,
    swaps: Sequence[Swap] = SWAPS,
    seed: int = 1,
    each: Callable[[], None] = lambda: None,
) -> tuple[Probe, ...]:
    """Judge every call as it is and once for each swap. Seeded."""
    plain = [score(one, analyze(one), rubric) for one in transcripts]
    out = []
    for swap in swaps:
        dice = random.Random(f"{seed}{swap}")
        flips: list[Flip] = []
        compared = left_out = without = 0
        for transcript, before in zip(transcripts, plain, strict=True):
            other = swapped(transcript, swap, dice)
            each()
            if other == transcript:
                without += 1
                continue
            if _half_done(transcript, other, swap):
                left_out += 1
                continue
            after = score(other, analyze(other), rubric)
            compared += len(before.verdicts)
            flips += [
                Flip(before.recording_id, name, verdict, after.verdicts[name])
                for name, verdict in before.verdicts.items()
                if verdict.outcome != after.verdicts[name].outcome
            ]
        calls = len(transcripts) - left_out - without
        out.append(Probe(swap, calls, compared, tuple(flips), left_out, without))
    return tuple(out)


def swapped(transcript: Transcript, swap: Swap, dice: random.Random) -> Transcript:
    """The call with one thing other than it was, in its facts and in every turn that says it."""
    recording = transcript.recording
    if swap == "time":
        started = recording.call_started_at
        moved = started + timedelta(hours=5) if isinstance(started, datetime) else started
        return replace(transcript, recording=replace(recording, call_started_at=moved))
    if swap == "company":
        return _renamed(
            transcript, "company", recording.company, another(recording.company, _COMPANIES, dice)
        )
    field = _NAMED[swap]
    name = getattr(recording, field)
    return _renamed(transcript, field, name, other_name(name, transcript, dice)) if name else transcript


def _half_done(transcript: Transcript, other: Transcript, swap: Swap) -> bool:
    """Whether a person's former name is still heard in the swapped call."""
    name: str | None = getattr(transcript.recording, _NAMED[swap]) if swap in _NAMED else None
    return still_heard(name, other) if name else False


def _renamed(
    transcript: Transcript, field: Literal["agent", "debtor_name", "company"], name: str | None, other: str
) -> Transcript:
    """`name` and its parts replaced by `other` and its parts, wherever they are said."""
    if not name:
        return transcript
    recording = replace(transcript.recording, **{field: other})  # type: ignore[arg-type]
    parts = {name: other}
    if field != "company":
        pairs = zip(name.split(), other.split(), strict=False)
        parts |= {said: new for said, new in pairs if len(said) > 2 and not said.islower()}
    turns = tuple(_retold(turn, parts) for turn in transcript.turns)
    return replace(transcript, recording=recording, turns=turns)


def _retold(turn: Turn, parts: Mapping[str, str]) -> Turn:
    """The turn with whole words exchanged, all at once, with their accents or without; in small letters where
    it has no capitals, as some recognisers write it.
    """
    small = turn.text == turn.text.lower()
    known = {_bare(said): new.lower() if small else new for said, new in parts.items()}
    named = {_bare(said) for said in parts if small or said[0].islower()}
    words = "|".join(re.escape(said) for said in sorted(known, key=len, reverse=True))
    out, at = [], 0
    for match in re.finditer(rf"(?<!\w)(?:{words})(?!\w)", _bare(turn.text)):
        if match[0] in named or turn.text[match.start()].isupper():
            out += [turn.text[at : match.start()], known[match[0]]]
            at = match.end()
    return replace(turn, text="".join((*out, turn.text[at:])), words=()) if out else turn


def _bare(text: str) -> str:
    """In small letters without accents, letter by letter; «Peña» is no «pena»."""
    return "".join("ñ" if letter in "ñÑ" else low for letter, low in zip(text, flat(text), strict=True))


@dataclass(frozen=True, slots=True)
class Treated:
    """How much of a group's verdicts wait for a person, and how many a person changed."""

    group: str
    calls: int
    verdicts: int
    waiting: int
    changed: int

    @property
    def doubt_rate(self) -> float:
        return self.waiting / self.verdicts if self.verdicts else 0.0

    @property
    def change_rate(self) -> float:
        return self.changed / self.verdicts if self.verdicts else 0.0


def treatment(calls: Iterable[Call], by: By) -> tuple[Treated, ...]:
    """Doubt and corrections by agent, portfolio or country over stored calls, the most doubted first."""
    groups: dict[str, list[Call]] = {}
    for call in calls:
        group = getattr(call.transcript.recording, by) or ""
        groups.setdefault(group, []).append(call)
    out = [_treated(group, mine) for group, mine in groups.items()]
    return tuple(sorted(out, key=lambda one: (-one.doubt_rate, one.group)))


def _treated(group: str, calls: Sequence[Call]) -> Treated:
    verdicts = waiting = changed = 0
    for call in calls:
        said = {one.criterion: one.outcome for one in call.review.overrides} if call.review else {}
        machine = call.scorecard.shown
        verdicts += len(machine)
        waiting += sum(its.needs_review and name not in said for name, its in machine.items())
        changed += sum(said.get(name, its.outcome) != its.outcome for name, its in machine.items())
    return Treated(group, len(calls), verdicts, waiting, changed)
