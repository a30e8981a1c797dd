"""Exercises in which something is chosen: the best of four answers, the turn that fails."""

from __future__ import annotations

import datetime
from functools import cache
from pathlib import Path
from random import Random

from drills.drill import OTHER, Drill, Option
from drills.faults import faults, faulty, fitted_reply, shuffled, step_line
from drills.lines import Book, pick
from drills.near import beside, kinds
from drills.scenario import Scenario
from nlp.cues import read_yaml
from nlp.labels import Text
from rubrics.playbook import Playbook
from transcripts.types import Transcript, Turn

SPOTTED = ("vague", "rude", "refusals", "forbidden", "tuteo")
# agent's turns of the call in which one fails, by the steps that each takes, and what the debtor says between
TALK = (("recognise", "explore"), ("answer",), ("ask",))


def best_of_four(
    scenario: Scenario, turns: tuple[Turn, ...], label: str, seed: int, on: datetime.date, playbook: Playbook
) -> Drill:
    """A good answer among three near misses, and why it is the best among what speaks for those."""
    random = Random(f"{seed}:{scenario.id}:choose")
    recording, raised = scenario.recording(on), ((len(turns) - 1, label),)
    good, known = fitted_reply(label, recording, turns, raised, playbook, random)
    missed = [Option(*one) for one in beside(label, good, scenario.country, known, random)]
    options = shuffled((Option(good, ""), *missed), random)
    right = random.choice(reasons()["right_third" if label == OTHER else "right"])
    why = (Option(right.es, ""), *(Option(kinds()[one.fault].sounds.es, one.fault) for one in missed))
    return Drill(
        "choose_best", recording, turns, raised, seed, 0,
        options=tuple(options), reasons=tuple(shuffled(why, random)),
    )  # fmt: skip


def fault_to_spot(
    scenario: Scenario,
    turns: tuple[Turn, ...],
    label: str,
    seed: int,
    on: datetime.date,
    book: Book,
    playbook: Playbook,
) -> Drill:
    """A short call of good turns in which one fails."""
    random = Random(f"{seed}:spot")
    recording, raised = scenario.recording(on), ((len(turns) - 1, label),)
    kind, bad = random.choice(SPOTTED), random.randrange(len(TALK))
    said, at = list(turns), 0
    gone, far = [turns[-1].text], turns[-1].speaker  # where somebody else answered, they go on
    for place, steps in enumerate(TALK):
        call = Transcript(recording, tuple(said))
        lines = [line for step in steps if (line := step_line(step, label, call, playbook, random))]
        if place == bad:
            at, lines = len(said), [faulty(kind, random)]
        if not lines:
            continue
        said.append(Turn("agent", " ".join(lines)))
        answer = "again" if place == bad else "softer"  # nobody warms to a bad turn
        line = pick(book.pool(answer, label), scenario.mood, scenario.country, gone, random)
        if line is not None and place < len(TALK) - 1:
            gone.append(line)
            said.append(Turn(far, line))
    options = tuple(Option(faults()[one].label.es, one) for one in SPOTTED)
    return Drill(
        "spot_fault",
        recording,
        tuple(said),
        raised,
        seed,
        0,
        options=options,
        at=at,
        bad=_named(kind, said[at]),
    )


def _named(kind: str, turn: Turn) -> Option:
    return Option(turn.text, kind)


@cache
def reasons() -> dict[str, tuple[Text, ...]]:
    """What is true of a good answer (`right`, or `right_third` where somebody else answers), and `wrong`:
    what only speaks for the near misses.
    """
    data = read_yaml(Path(__file__).with_name("reasons.yaml"))
    told = {name: tuple(Text.model_validate(one) for one in given) for name, given in data.items()}
    return {**told, "wrong": tuple(one.sounds for one in kinds().values())}


def why_not(fault: str) -> Text:
    """Why what has this fault is not the best, or fails."""
    return kinds()[fault].told if fault in kinds() else faults()[fault].why
