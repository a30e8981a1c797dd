"""Who talked how much, and who talked over whom. Seconds only with times and sure speakers."""

from __future__ import annotations

from nlp.text import word_set
from nlp.types import TalkStats
from transcripts.types import Speaker, Transcript, Turn

MIN_OVERLAP_S = 0.5  # shorter overlaps are the ordinary give and take of talk
BACK_CHANNEL_WORDS = 3
_BACK_CHANNELS = word_set(
    "aja mjm mhm mm si claro ok okey vale ya bueno entiendo comprendo exacto correcto perfecto listo eso "
    "asi es "
    "de acuerdo cierto pues bien muy dígame digame eh ah"
)


def word_count(turn: Turn) -> int:
    return len(turn.text.split())


def is_back_channel(text: str) -> bool:
    """«Ajá», «claro, sí»: a sign of listening, not a turn taken."""
    words = [word.strip('.,;:¿?¡!…«»"').lower() for word in text.split()]
    words = [word for word in words if word]
    return len(words) <= BACK_CHANNEL_WORDS and all(word in _BACK_CHANNELS for word in words)


def talk_stats(transcript: Transcript) -> TalkStats:
    agent = list(transcript.said_by("agent"))
    debtor = list(transcript.said_by("debtor"))
    longest = max(agent, key=lambda item: word_count(item[1]), default=None)
    timed = transcript.trust.sure_speakers and all(
        turn.start_s is not None and turn.end_s is not None for turn in transcript.turns
    )
    return TalkStats(
        agent_words=sum(word_count(turn) for _, turn in agent),
        debtor_words=sum(word_count(turn) for _, turn in debtor),
        agent_turns=len(agent),
        debtor_turns=len(debtor),
        longest_agent_turn_words=word_count(longest[1]) if longest else 0,
        longest_agent_turn=longest[0] if longest else None,
        agent_s=_seconds(transcript, "agent") if timed and agent else None,
        debtor_s=_seconds(transcript, "debtor") if timed and debtor else None,
        overlap_s=_overlap(transcript) if timed else None,
        silence_s=_silence(transcript) if timed else None,
        interruptions=_interruptions(transcript) if timed else (),
    )


def _spans(transcript: Transcript, *speakers: Speaker) -> list[tuple[float, float]]:
    wanted = speakers or ("agent", "debtor", "other", "unknown")
    return sorted((turn.start_s or 0.0, turn.end_s or 0.0) for _, turn in transcript.said_by(*wanted))


def _merged(spans: list[tuple[float, float]]) -> list[tuple[float, float]]:
    out: list[tuple[float, float]] = []
    for start, end in spans:
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return out


def _length(spans: list[tuple[float, float]]) -> float:
    return round(sum(end - start for start, end in spans), 2)


def _seconds(transcript: Transcript, speaker: Speaker) -> float:
    return _length(_merged(_spans(transcript, speaker)))


def _overlap(transcript: Transcript) -> float:
    agent, far = _merged(_spans(transcript, "agent")), _merged(_spans(transcript, "debtor", "other"))
    return round(_length(agent) + _length(far) - _length(_merged(sorted(agent + far))), 2)


def _silence(transcript: Transcript) -> float:
    total = transcript.duration_s or 0.0
    return round(max(0.0, total - _length(_merged(_spans(transcript)))), 2)


def _interruptions(transcript: Transcript) -> tuple[int, ...]:
    """Agent turns that begin while the debtor is still speaking and cut into at least MIN_OVERLAP_S of it."""
    found = []
    far = [
        (other.start_s, other.end_s)
        for _, other in transcript.said_by("debtor", "other")
        if other.start_s is not None
        and other.end_s is not None
        and not (other.doubt or is_back_channel(other.text))
    ]
    for index, turn in transcript.said_by("agent"):
        if turn.start_s is None or turn.end_s is None or turn.doubt or is_back_channel(turn.text):
            continue
        if any(
            start < turn.start_s < end and min(end, turn.end_s) - turn.start_s >= MIN_OVERLAP_S
            for start, end in far
        ):
            found.append(index)
    return tuple(found)
