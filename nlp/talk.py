"""Who talked how much and how fast, who cut in on whom, where nobody spoke, how the agent puts things.

Seconds are told only of transcripts with times and sure speakers; everything else is counted by words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nlp.pauses import pauses
from nlp.spans import Span, cut_ins, length, merged, shared
from nlp.types import Finding, TalkStats
from nlp.wording import fillers, hedges, questions
from transcripts.types import Speaker, Transcript, Turn

_TELLS_DEBT = ("states_debt", "discloses_debt")
LEAST_PACED_WORDS = 20  # fewer say nothing of somebody's pace
_FAR: tuple[Speaker, ...] = ("debtor", "other")


def word_count(turn: Turn) -> int:
    return len(turn.text.split())


def talk_stats(transcript: Transcript, findings: Sequence[Finding] = ()) -> TalkStats:
    agent = list(transcript.said_by("agent"))
    debtor = list(transcript.said_by("debtor"))
    longest = max(agent, key=lambda item: word_count(item[1]), default=None)
    sure = transcript.trust.sure_speakers
    plain = TalkStats(
        agent_words=sum(word_count(turn) for _, turn in agent),
        debtor_words=sum(word_count(turn) for _, turn in debtor),
        longest_agent_turn_words=word_count(longest[1]) if longest else 0,
        longest_agent_turn=longest[0] if longest else None,
        agent_questions=questions(transcript, findings) if sure else None,
        agent_hedges=hedges(transcript, findings) if sure else None,
        agent_fillers=fillers(transcript) if sure else None,
    )
    timed = all(turn.start_s is not None and turn.end_s is not None for turn in transcript.turns)
    if not sure or not transcript.turns:
        return plain
    if timed:
        return _timed(transcript, findings, plain)
    # one turn without times leaves the sums open, not who cut in where there are times
    return replace(plain, interruptions=_by_agent(transcript, cut_ins(transcript)))


def _timed(transcript: Transcript, findings: Sequence[Finding], plain: TalkStats) -> TalkStats:
    """`plain` with all that needs times."""
    agent, debtor, far = _spans(transcript, "agent"), _spans(transcript, "debtor"), _spans(transcript, *_FAR)
    everybody = _spans(transcript, "agent", "debtor", "other", "unknown")
    cuts = cut_ins(transcript)
    silences, holds = pauses(transcript, findings)
    longest = max(transcript.said_by("agent"), key=lambda item: _seconds(item[1]), default=None)
    agent_s = length(agent) if agent else None
    debtor_s = length(debtor) if debtor else None
    return replace(
        plain,
        agent_s=agent_s,
        debtor_s=debtor_s,
        overlap_s=round(shared(agent, far), 2),
        silence_s=round(max(0.0, (transcript.duration_s or 0.0) - length(everybody)), 2),
        longest_agent_turn_s=_seconds(longest[1]) if longest else None,
        longest_agent_turn_by_time=longest[0] if longest else None,
        agent_wpm=_pace(plain.agent_words, agent_s),
        debtor_wpm=_pace(plain.debtor_words, debtor_s),
        interruptions=_by_agent(transcript, cuts),
        cuts_by_debtor=tuple(cut for cut in cuts if transcript.turns[cut[0]].speaker != "agent"),
        silences=tuple(silences),
        holds=tuple(holds),
        debt_told_s=_debt_told(transcript, findings),
    )


def _by_agent(transcript: Transcript, cuts: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    return tuple(turn for turn, _ in cuts if transcript.turns[turn].speaker == "agent")


def _spans(transcript: Transcript, *speakers: Speaker) -> list[Span]:
    return merged((turn.start_s or 0.0, turn.end_s or 0.0) for _, turn in transcript.said_by(*speakers))


def _seconds(turn: Turn) -> float:
    return round((turn.end_s or 0.0) - (turn.start_s or 0.0), 2)


def _pace(words: int, seconds: float | None) -> float | None:
    """Words a minute; None where too little was said to tell."""
    return round(60 * words / seconds, 1) if seconds and words >= LEAST_PACED_WORDS else None


def _debt_told(transcript: Transcript, findings: Sequence[Finding]) -> float | None:
    """Seconds from the first word of the call to the words that tell of the debt."""
    quotes = [
        f.quote
        for f in findings
        if f.label in _TELLS_DEBT and transcript.turns[f.quote.turn].speaker == "agent"
    ]
    first = min(quotes, default=None)
    if first is None:
        return None
    began = min(turn.start_s or 0.0 for turn in transcript.turns)
    return round(max(0.0, _second_of(transcript.turns[first.turn], first.start) - began), 2)


def _second_of(turn: Turn, at: int) -> float:
    """When character `at` of a turn is said; by its place in the turn where the words have no times."""
    place = 0
    for word in turn.words:
        place += len(word.text) + 1
        if place > at:
            return word.start_s
    start, end = turn.start_s or 0.0, turn.end_s or 0.0
    return start + (end - start) * at / max(1, len(turn.text))
