"""Labels of utterances on their own: objections of the debtor, acts of the agent, each with a score."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.merged import to_bar
from nlp.pipeline import read_turns, said_of
from nlp.tagger import Label, above_bar
from nlp.thresholds import utterance_bar
from nlp.trained import labels_of, taggers
from transcripts.types import Speaker


def tag(text: str, speaker: Speaker) -> list[Label]:
    """Labels of one utterance, highest score first; `none` for an agent's utterance without any act."""
    return tag_all([(speaker, text)])[0]


def tag_all(utterances: Sequence[tuple[Speaker, str]]) -> list[list[Label]]:
    """Labels of many utterances that have nothing to do with one another, in order."""
    docs = read_turns(utterances, in_call=False)
    out = []
    for doc in docs:
        said = said_of(doc)
        rules = {name: one.score for name, one in doc._.heard.found.items()}
        stack = taggers().stacks[said.side, "utterance"]
        row = stack.scores([said.votes(doc._.heard, rules)])[0]
        scores = {
            label: to_bar(float(score), stack.bars[label], utterance_bar(label))
            for label, score in zip(labels_of(said.side), row, strict=True)
        }
        if said.side == "agent" and "tuteo" in rules:
            scores["tuteo"] = rules["tuteo"]
        out.append(above_bar(scores, said.side))
    return out
