"""Who speaks: by channel where there are two, guessed from the words where there is one.

A guess is never sold as knowledge: it carries its confidence, and a weak one stays `unknown`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from transcripts.phrases import AGENT_SAYS, AGENT_TENDS, DEBTOR_SAYS, DEBTOR_TENDS, MACHINE_SAYS
from transcripts.spoken import ends_sentence, plain, with_words
from transcripts.turns import SILENCE_S, turn_of
from transcripts.types import Segment, Speaker, Turn, Word

SURE = 0.75  # confidence below which a guessed speaker stays unknown
_SWAPPED = 3.0  # how much more a channel must sound like the other role before we speak up
_CUES = ((AGENT_SAYS, 1.6), (DEBTOR_SAYS, -1.6), (AGENT_TENDS, 0.7), (DEBTOR_TENDS, -0.7))  # in log odds
_MOST = 4.0
_ANSWER_S = 0.45  # a pause this long after a statement is more often another's turn than a breath


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time in which one unnamed voice speaks, as a diarizer returns it."""

    start_s: float
    end_s: float
    voice: str


def agent_likeness(text: str) -> float:
    """How much `text` sounds like an agent (positive) or a debtor (negative), in log odds, bounded."""
    words = plain(text)
    score = sum(weight * len(said.findall(words)) for said, weight in _CUES)
    return max(-_MOST, min(_MOST, score))


def looks_swapped(turns: Sequence[Turn]) -> bool:
    """True when the agent's channel sounds like the debtor's and the other one like the agent's."""
    said = {
        who: sum(agent_likeness(turn.text) for turn in turns if turn.speaker == who)
        for who in ("agent", "debtor")
    }
    return said["debtor"] - said["agent"] > _SWAPPED and said["debtor"] > 0


def sounds_like_both(utterances: Sequence[Segment]) -> bool:
    """True when one channel holds plain phrases of both roles: the whole call was put on it."""
    scores = [agent_likeness(each.text) for each in utterances]
    return sum(score > 0 for score in scores) >= 2 and sum(score < 0 for score in scores) >= 2


def with_machines(turns: Sequence[Turn]) -> tuple[Turn, ...]:
    """The turns with the greeting of a voice mail or of the network given to `other`: no debtor said it."""
    first = next((i for i, turn in enumerate(turns) if turn.speaker == "debtor"), None)
    if first is None or not MACHINE_SAYS.search(plain(turns[first].text)):
        return tuple(turns)
    return tuple(
        replace(turn, speaker="other") if turn.speaker == "debtor" and _is_machine(turns, first, i) else turn
        for i, turn in enumerate(turns)
    )


def _is_machine(turns: Sequence[Turn], first: int, index: int) -> bool:
    """The greeting itself, and what the same voice goes on to say before anybody else speaks."""
    return index >= first and all(turn.speaker == "debtor" for turn in turns[first : index + 1])


def guessed_turns(utterances: Sequence[Segment], spans: Sequence[Span] = ()) -> tuple[Turn, ...]:
    """Turns of a one-channel recording with the role that their words, and their neighbours', suggest.

    `spans` are a diarizer's voices, where the operator has one: then a voice, not a sentence, has a role.
    """
    units = [unit for each in sorted(utterances, key=lambda each: each.start_s) for unit in _sentences(each)]
    if not units:
        return ()
    agent = _by_voice(units, spans) if spans else _by_words(units)
    groups: list[tuple[Speaker, list[Word], list[float]]] = []
    for unit, chance in zip(units, agent.tolist(), strict=True):
        sure = max(chance, 1 - chance)
        speaker: Speaker = "unknown" if sure < SURE else "agent" if chance > 0.5 else "debtor"
        last = groups[-1] if groups else None
        if last and last[0] == speaker != "unknown" and unit.start_s - last[1][-1].end_s <= SILENCE_S:
            last[1].extend(unit.words)
            last[2].append(sure)
        else:
            groups.append((speaker, list(unit.words), [sure]))
    return tuple(
        turn_of(words, speaker, None, round(min(0.99, sum(sure) / len(sure)), 2))
        for speaker, words, sure in groups
    )


def _sentences(utterance: Segment) -> list[Segment]:
    """An utterance cut after each question and statement: the other may answer without a pause."""
    parts: list[list[Word]] = [[]]
    for word in utterance.words:
        parts[-1].append(word)
        if ends_sentence(word.text):
            parts.append([])
    return [with_words(utterance, part) for part in parts if part]


def _by_words(units: Sequence[Segment]) -> npt.NDArray[np.float64]:
    """Chance that each unit is the agent's: its own cues, smoothed along the dialogue (forward-backward)."""
    odds = np.array([agent_likeness(unit.text) for unit in units])
    seen = np.stack([1 / (1 + np.exp(-odds)), 1 / (1 + np.exp(odds))], axis=1)
    changes = [_change(before, after) for before, after in pairwise(units)]
    forward, backward = seen.copy(), np.ones_like(seen)
    for i, change in enumerate(changes, start=1):
        forward[i] *= _step(change) @ (forward[i - 1] / forward[i - 1].sum())
    for i in range(len(units) - 2, -1, -1):
        backward[i] = _step(changes[i]) @ (backward[i + 1] * seen[i + 1])
        backward[i] /= backward[i].sum()
    both = forward * backward
    return np.asarray(both[:, 0] / both.sum(axis=1))


def _step(change: float) -> npt.NDArray[np.float64]:
    return np.array([[1 - change, change], [change, 1 - change]])


def _change(before: Segment, after: Segment) -> float:
    """Chance that another person speaks now: high after a question, low in mid-sentence."""
    if before.text.rstrip().endswith("?"):
        return 0.8
    if not ends_sentence(before.text):
        return 0.08
    return 0.6 if after.start_s - before.end_s >= _ANSWER_S else 0.15


def _by_voice(units: Sequence[Segment], spans: Sequence[Span]) -> npt.NDArray[np.float64]:
    """Chance that each unit is the agent's, from the voice it lies in and all that this voice says."""
    voices = [_voice(unit, spans) for unit in units]
    said = {
        voice: sum(agent_likeness(unit.text) for unit, own in zip(units, voices, strict=True) if own == voice)
        for voice in set(voices) - {None}
    }
    middle = sum(said.values()) / len(said) if said else 0.0
    chance = {voice: 1 / (1 + np.exp(-(score - middle))) for voice, score in said.items()}
    return np.array([chance.get(voice, 0.5) for voice in voices])


def _voice(unit: Segment, spans: Sequence[Span]) -> str | None:
    """The voice that fills most of the unit; None where none does."""
    shares: dict[str, float] = {}
    for span in spans:
        heard_s = min(span.end_s, unit.end_s) - max(span.start_s, unit.start_s)
        if heard_s > 0:
            shares[span.voice] = shares.get(span.voice, 0.0) + heard_s
    return max(shares, key=lambda voice: shares[voice]) if shares else None
