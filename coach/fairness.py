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
from coach.types import Call
from nlp.analyze import analyze
from rubrics.scoring import score
from rubrics.types import Rubric
from transcripts.types import Transcript, Turn

Swap = Literal["names", "agent", "time", "company"]
By = Literal["agent_login", "portfolio", "country"]
SWAPS: tuple[Swap, ...] = ("names", "agent", "time", "company")

# first names of either sex, with those of several origins, and surnames
_WOMEN = ("María", "Guadalupe", "Yolanda", "Nayeli", "Rosaura", "Brígida", "Jennifer", "Aymara", "Fátima")
_MEN = ("José", "Wilmer", "Eusebio", "Brayan", "Nicanor", "Kevin", "Mohamed", "Inti", "Anselmo")
_LAST = (
    "Quispe",
    "Mamani",
    "Fernández",
    "Chávez",
    "Tzul",
    "Huenchumán",
    "Okafor",
    "Larraín",
    "Echeverría",
    "Gómez",
)
_COMPANIES = ("Crédito Norte", "Financiera Alameda", "Caja del Valle", "Grupo Cordillera")


@dataclass(frozen=True, slots=True)
class Probe:
    """What swapping one thing did: how many verdicts were compared, and those that flipped."""

    swap: Swap
    calls: int
    verdicts: int
    flips: tuple[Flip, ...]

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
        compared = 0
        for transcript, before in zip(transcripts, plain, strict=True):
            other = swapped(transcript, swap, dice)
            after = score(other, analyze(other), rubric)
            compared += len(before.verdicts)
            flips += [
                Flip(before.recording_id, name, verdict, after.verdicts[name])
                for name, verdict in before.verdicts.items()
                if verdict.outcome != after.verdicts[name].outcome
            ]
            each()
        out.append(Probe(swap, len(transcripts), compared, tuple(flips)))
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
            transcript, "company", recording.company, _another(recording.company, _COMPANIES, dice)
        )
    field: Literal["agent", "debtor_name"] = "agent" if swap == "agent" else "debtor_name"
    name = getattr(recording, field)
    return _renamed(transcript, field, name, _other_name(name, dice)) if name else transcript


def _other_name(name: str, dice: random.Random) -> str:
    """A name with as many words, of the same sex as far as the ending tells; «de la» stays as it is."""
    first, *last = name.split()
    women = first.lower().endswith(("a", "is", "íz", "ed"))
    surnames = (one if one.islower() else _another(one, _LAST, dice) for one in last)
    return " ".join([_another(first, _WOMEN if women else _MEN, dice), *surnames])


def _another(name: str | None, names: Sequence[str], dice: random.Random) -> str:
    return dice.choice([one for one in names if one != name])


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
    """The turn with whole words exchanged, all at once; in small letters where it has no capitals, as some
    recognisers write it.
    """
    if turn.text == turn.text.lower():
        parts = {said.lower(): new.lower() for said, new in parts.items()}
    longest_first = sorted(parts, key=len, reverse=True)
    words = "|".join(re.escape(said) for said in longest_first)
    text = re.sub(rf"(?<!\w)(?:{words})(?!\w)", lambda match: parts[match[0]], turn.text)
    return replace(turn, text=text, words=() if text != turn.text else turn.words)


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
