"""Threats, looked for sentence by sentence: among courteous words one drowns.

The trained taggers read a turn as a whole. Of 111 threats, one sentence each in a decent call, by somebody
who had seen neither rules nor lines, rules and taggers together passed 73 without a doubt, and pass 51 since
each sentence is asked of the turns that hold a trace of one; of 120 near misses five wait instead of three.
So a sentence is no claim: it waits for a person. Lawyers are named in words that the rules know: of 60 this
found one more.
"""

from __future__ import annotations

from collections.abc import Sequence

from nlp.ladder_model import sentences
from nlp.pipeline import ReadTurn
from nlp.plain import denies_harm, settled
from nlp.plain_words import HINTED
from nlp.tagger import Heard, hear
from nlp.trained import Floats, taggers
from transcripts.types import Quote, Speaker, Transcript

LABEL = "threat"
TRACE = 0.03  # score over its bar in the whole turn: below, no sentence is asked
ENOUGH = 1.5  # of its bar: at it 18 of 178 decent labelled calls would wait, here 8
SHORTEST = 3  # words: «¿Me explico?» is read by what stands around it


def drowned(transcript: Transcript, turns: Sequence[tuple[int, ReadTurn]], shares: Floats) -> list[Quote]:
    """Sentences of the agent's that are a threat, as they are read after the turn before and by
    themselves.

    `turns`: every turn that is read, of all sides, with its place in the call. `shares`: of each agent's turn
    in their order the score of a threat over its bar.
    """
    out: list[Quote] = []
    mine = [at for at, (_, turn) in enumerate(turns) if turn.said.side == "agent"]
    for at, share in zip(mine, shares, strict=True):
        i, turn = turns[at]
        spans = list(sentences(turn.text)) if share >= TRACE else []
        # «nadie la va a embargar. Eso solo lo ordena un juez»: the second is none after the first
        if len(spans) < 2 or denies_harm(turn.heard):
            continue
        before = next((one for _, one in reversed(turns[:at]) if one.said.side != "agent"), None)
        for start, end in spans:
            said = turn.text[start:end]
            if len(said.split()) >= SHORTEST and _share(turn, said, before) >= ENOUGH:
                out.append(transcript.quote(i, start, end))
    return out


def _share(turn: ReadTurn, said: str, before: ReadTurn | None) -> float:
    """The score of the sentence `said` over its bar, the mean of both readings; 0 where its plain words take
    the sense out of it, or where by itself it is too little for any mean.
    """
    heard = hear(said, "agent")
    by_itself = _over_bar([(turn.speaker, said)], [heard], "utterance")
    if (
        by_itself < ENOUGH
        or settled(LABEL, HINTED, heard, ruled=False, span=lambda _: (0, len(said))) < HINTED
    ):
        return 0.0
    if before is None:
        return by_itself
    after = _over_bar([(before.speaker, before.text), (turn.speaker, said)], [before.heard, heard], "call")
    return (by_itself + after) / 2


def _over_bar(turns: Sequence[tuple[Speaker, str]], heard: Sequence[Heard], mode: str) -> float:
    """The score of the last of `turns`, as it is read after those before it."""
    said, stack = taggers().read(turns, heard, in_call=mode == "call")[-1], taggers().stacks["agent", mode]
    scores = stack.scores([said.votes(heard[-1], {})])[0]
    return float(scores[said.labels.index(LABEL)]) / stack.bars[LABEL]
