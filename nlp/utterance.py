"""Labels of utterances on their own: objections of the debtor, acts of the agent, each with a score."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.labels import act_ids, objection_ids
from nlp.merged import to_bar
from nlp.pipeline import ReadTurn, read_turns
from nlp.plain import says_plainly, settled
from nlp.plain_words import HINTED
from nlp.tagger import Label, above_bar, side_of
from nlp.thresholds import GRAVE_MARGIN, OPERATING, utterance_bar
from nlp.trained import taggers
from transcripts.types import Speaker

_GRAVE = frozenset({"threat", "lawyer", "rude", "impatient", "hedge"})


def tag(text: str, speaker: Speaker) -> list[Label]:
    """Labels of one utterance, highest score first; `none` for an agent's utterance without any act."""
    return tag_all([(speaker, text)])[0]


def tag_all(utterances: Sequence[tuple[Speaker, str]]) -> list[list[Label]]:
    """Labels of many utterances that have nothing to do with one another, in order."""
    rows = scores_all(utterances)
    return [above_bar(row, side_of(speaker)) for (speaker, _), row in zip(utterances, rows, strict=True)]


def scores_all(utterances: Sequence[tuple[Speaker, str]]) -> list[dict[str, float]]:
    """Of many utterances, in order: every label's score, those below its mark too."""
    turns = read_turns(utterances, in_call=False)
    out: list[dict[str, float]] = [{} for _ in turns]
    for side in ("agent", "debtor"):
        mine = [i for i, turn in enumerate(turns) if turn.said.side == side]
        stack = taggers().stacks[side, "utterance"]
        wanted = frozenset(act_ids() if side == "agent" else objection_ids())
        rules = [{name: one.score for name, one in turns[i].heard.found.items()} for i in mine]
        votes = [turns[i].said.votes(turns[i].heard, rule) for i, rule in zip(mine, rules, strict=True)]
        for i, rule, row in zip(mine, rules, stack.scores(votes), strict=True):
            scores = {
                label: _settled(
                    turns[i], label, to_bar(float(score), stack.bars[label], utterance_bar(label))
                )
                for label, score in zip(turns[i].said.labels, row, strict=True)
                if label in stack.bars
            }
            untrained = wanted - scores.keys()
            scores |= {name: score for name, score in rule.items() if name in untrained}
            out[i] = scores
    return out


def _settled(turn: ReadTurn, label: str, score: float) -> float:
    rule = turn.heard.found.get(label)
    bar = utterance_bar(label)
    ruled = rule is not None and rule.score >= bar
    score = settled(label, score, turn.heard, ruled=ruled, span=turn.said.span)
    if label in _GRAVE and not ruled and bar <= score < bar + GRAVE_MARGIN:
        return score if says_plainly(turn.heard, label) >= OPERATING else HINTED
    return score
