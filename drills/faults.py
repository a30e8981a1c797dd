"""Faults to sow into exercises (`faults.yaml`), and good replies of the playbook to set beside them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from itertools import islice
from pathlib import Path
from random import Random
from typing import TypeVar

from pydantic import BaseModel, ConfigDict

from drills.meant import Raised
from drills.reply import findings_of
from drills.scenario import DrillError
from drills.suits import suits
from nlp.analyze import analyze
from nlp.cues import read_yaml
from nlp.labels import Text
from nlp.types import Finding
from rubrics.case_words import known_words
from rubrics.loader import pack_of
from rubrics.playbook import Playbook
from rubrics.replies import TONES, Case, ranked
from rubrics.told import facts
from transcripts.types import Recording, Transcript, Turn

# acts by which a fault is found in words
FAULT_ACTS: dict[str, tuple[str, ...]] = {
    "vague": ("hedge", "gives_up"),
    "rude": ("rude", "impatient", "brush_off"),
    "forbidden": ("threat", "lawyer", "discloses_debt"),
    "tuteo": ("tuteo",),
}
T = TypeVar("T")
AMONG = 4  # good replies of the playbook that one is drawn from


class Fault(BaseModel):
    """`also`: of lines of `says` that have another fault besides, which; to name either is right."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    label: Text
    why: Text
    says: tuple[str, ...]
    also: dict[str, tuple[str, ...]] = {}


@cache
def faults() -> dict[str, Fault]:
    """Every fault by id, and `good`, which is none."""
    stanzas = read_yaml(Path(__file__).with_name("faults.yaml"))
    return {name: Fault.model_validate(stanza) for name, stanza in stanzas.items()}


def faulty(kind: str, random: Random) -> str:
    return random.choice(faults()[kind].says)


def faults_in(kind: str, text: str) -> frozenset[str]:
    """Every fault of a line that was sown as `kind`."""
    known = faults().get(kind)
    return frozenset({kind, *(known.also.get(text, ()) if known else ())})


def fitted_reply(
    objection: str,
    recording: Recording,
    turns: tuple[Turn, ...],
    raised: Raised,
    playbook: Playbook,
    random: Random,
) -> tuple[str, dict[str, str]]:
    """A whole reply of the playbook that fits the case and that no rule of the country faults, and what the
    case tells of the slots.
    """
    call = Transcript(recording, turns)
    known = known_words(findings_of(call, raised), call)
    case = _case(known, objection, recording)
    play = playbook.find(objection)
    replies, said = play.replies if play else (), _heard(turns)
    fitting = (w for w in ranked(replies, case) if suits(w.say.format(**known), said, (objection,)))
    best = tuple(islice(fitting, AMONG)) or tuple(islice(ranked(replies, case), AMONG))
    if not best:
        raise DrillError(f"El guion no tiene una respuesta a «{objection}» que sirva en {recording.country}.")
    return random.choice(best).say.format(**known), known


def step_line(step: str, objection: str, call: Transcript, playbook: Playbook, random: Random) -> str | None:
    """One wording of a step of the play that suits what was said in the call; None where there is none."""
    said = _heard(call.turns)
    last = max(at for at, turn in enumerate(call.turns) if turn.speaker != "agent")
    told = facts(call, analyze(call), Finding(objection, call.quote(last), 1.0, "drill:debtor"))
    case = replace(_case({}, objection, call.recording), told=told)
    play = playbook.find(objection)
    fitting = (
        one for one in ranked(play.wordings(step) if play else (), case) if suits(one.say, said, (objection,))
    )
    best = tuple(islice(fitting, AMONG))
    return random.choice(best).say if best else None


def _heard(turns: Iterable[Turn]) -> tuple[str, ...]:
    return tuple(turn.text for turn in turns if turn.speaker != "agent")


def _case(known: dict[str, str], objection: str, recording: Recording) -> Case:
    """What wordings are fitted to in a drill, where neither stage nor debtor is told."""
    return Case(
        known,
        recording.country or "",
        None,
        None,
        pack_of(recording.country),
        frozenset(),
        TONES.get(objection),
        offers=recording.facts.authorized_offers or (),
    )


def shuffled(items: Iterable[T], random: Random) -> list[T]:
    out = list(items)
    random.shuffle(out)
    return out
