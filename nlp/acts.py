"""What the place in the call does to an agent's acts: a «buenas tardes» at the end greets nobody, and to answer a
debtor who spoke of a lawsuit is not to threaten with one."""

from __future__ import annotations

from dataclasses import dataclass

from nlp.cues import Scored
from nlp.thresholds import HINT, OPERATING, call_bar

OPENING_TURNS = 8  # of the whole call: later a greeting needs a name with it
_TELLS = ("states_debt", "amount_said", "lateness_said")


@dataclass(frozen=True, slots=True)
class Place:
    """Where an agent's turn stands. `far_labels`: what the far side said just before, by label."""

    turn: int
    turns: int
    far_labels: frozenset[str] = frozenset()
    far_speaker: str | None = None  # who spoke before, of the far side
    debtor_here: bool = True  # the debtor has spoken as such


def in_place(acts: dict[str, Scored], place: Place) -> dict[str, Scored]:
    """The acts of one turn, given where it stands."""
    out = dict(acts)
    if place.turn > OPENING_TURNS and "says_own_name" not in acts:
        for name in ("greeting", "greets"):
            out.pop(name, None)
    if place.turn < place.turns // 2 and place.turn < place.turns - 6:
        _lower(out, "polite_close")
        _lower(out, "goodbye")
    if "lawyer" in out and "legal_threat" in place.far_labels and "legal_consequence" not in acts:
        _lower(out, "lawyer")
    tells = [acts[name] for name in _TELLS if name in acts and acts[name].score >= call_bar(name)]
    to_other = place.far_speaker == "other" or ("wrong_person" in place.far_labels and not place.debtor_here)
    if tells and to_other and "discloses_debt" not in out and _is_debt(acts):
        out["discloses_debt"] = Scored("discloses_debt", 0.7, tells[0].hits)
    return out


def _is_debt(acts: dict[str, Scored]) -> bool:
    return "states_debt" in acts and acts["states_debt"].score >= OPERATING


def _lower(acts: dict[str, Scored], name: str) -> None:
    """Keep `name` as a hint only."""
    one = acts.get(name)
    if one is not None:
        acts[name] = Scored(name, min(one.score, HINT), one.hits)
