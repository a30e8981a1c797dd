"""The account of a talk's turns, as far as the points bear it out.

    accounted(play, findings)    # the play's whys; told(why) puts each into words

The debtor answers each reply as it comes; the points read the whole talk, and may hear a word otherwise. What
is told of what was acknowledged, asked, answered and met is what the points tell.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from drills.credit import ACTS, AGAIN, ANSWERING, Reached, is_met, on_table, reached, turns_on
from drills.drill import Play
from drills.effects import Why
from drills.matter import OFF_MATTER
from drills.reply import BARE_CARE, CARE
from drills.state import BARE_AGAIN, MET, SETTLED, TOO_SOON
from drills.taken_back import BARE
from nlp.types import Findings

EXPLORED = ("probes",)
_EDGES = "… ¿?¡!."
COURTESY = (BARE_CARE, BARE_AGAIN)


def accounted(play: Play, findings: Findings) -> tuple[Why, ...]:
    """Why the debtor answered each turn as it did, without what the points gainsay."""
    if play.drill.with_other:
        return play.whys
    return tuple(replace(why, moved=tuple(_moved(play, findings, why))) for why in play.whys)


def _moved(play: Play, findings: Findings, why: Why) -> list[tuple[str, str]]:
    """The effects of one turn, each as the points have it; courtesy is told once."""
    label = on_table(play, why.turn)
    if not label:
        return list(why.moved)
    got = {step: reached(step, play, findings, label, (why.turn,)) for step in ACTS}
    so_far = [turn for turn in turns_on(play, label) if turn <= why.turn]
    told = [
        (_as_graded(effect, got), words)
        for effect, words in why.moved
        if effect not in (MET, SETTLED)
        and not (effect == TOO_SOON and _cared(play, findings, why.turn))
        and not (effect == OFF_MATTER and any(one.points and _says(one, words) for one in got.values()))
    ]
    words = got["recognise"].quote
    out = [(effect, words if effect in COURTESY else said) for effect, said in told if effect]
    if any(effect in (MET, SETTLED) for effect, _ in why.moved):
        out.append((MET if is_met(play, findings, label, so_far) else SETTLED, ""))
    return list(dict.fromkeys(out))


def _says(one: Reached, words: str) -> bool:
    """Whether the words that count hold these."""
    return words.strip(_EDGES) in one.quote or one.quote.strip(_EDGES) in words


def _as_graded(effect: str, got: Mapping[str, Reached]) -> str:
    """The effect that the points bear out in place of one; empty for none."""
    if effect in ANSWERING:
        return effect if got["answer"].points else ""
    if effect in EXPLORED:
        return effect if got["explore"].points else ""
    if effect not in (*CARE, *COURTESY):
        return effect
    care = got["recognise"]
    if care.reason in (BARE, AGAIN):
        return BARE_AGAIN if care.reason == AGAIN else BARE_CARE
    if not care.points:
        return ""
    return CARE[0] if effect in COURTESY else effect


def _cared(play: Play, findings: Findings, turn: int) -> bool:
    """Whether anything was acknowledged or asked up to a turn."""
    said = [at for at in play.mine if at <= turn]
    return any(
        reached(step, play, findings, label, (at,)).points
        for at in said
        if (label := on_table(play, at))
        for step in ("recognise", "explore")
    )
