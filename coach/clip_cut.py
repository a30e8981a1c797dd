"""Where a clip begins and ends, what falls silent in it, and what may be read of it.

Silent are all stretches that give somebody away, whole turns where not every word has its time, and
speech that was not understood: a name may be in it. So are turns in which a debtor tells of health, in a clip
that is not about it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from coach.discreet import health_turns, tells_of_health
from coach.types import Call, CoachError
from coach.viewers import HEALTH
from nlp.redact import Redaction, redacted_text, redactions
from nlp.spans import merged
from transcripts.types import Speaker, Transcript, Turn

SHORTEST_S, LONGEST_S = 20.0, 60.0
AROUND_S = 0.15  # silence on either side of a word: speech engines place words no closer
REPLIES = 3  # turns of the agent after the objection
UNHEARD = ("unheard", "low_confidence", "neighbour", "phantom")
Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Line:
    speaker: Speaker
    text: str  # with placeholders


@dataclass(frozen=True, slots=True)
class Cut:
    """Seconds of the call; `muted` lie inside, in order, not overlapping."""

    start_s: float
    end_s: float
    muted: tuple[Span, ...]
    said: tuple[Line, ...]


def around(transcript: Transcript, turn: int) -> Span:
    """20 to 60 seconds around what is said in `turn`: from the turn before to the agent's replies.

    CoachError where the turn has no times.
    """
    turns = transcript.turns
    if not 0 <= turn < len(turns) or turns[turn].start_s is None or turns[turn].end_s is None:
        raise CoachError("Este turno no tiene tiempos en el audio: no se puede recortar.")
    start, end = _start(turns[max(0, turn - 1)], turns[turn]), turns[turn].end_s or 0.0
    replies = 0
    for one in turns[turn + 1 :]:
        if one.end_s is None or one.end_s - start > LONGEST_S or replies >= REPLIES:
            break
        end = max(end, one.end_s)
        replies += one.speaker == "agent"
    return fitted(transcript, start, end)


def fitted(transcript: Transcript, start_s: float, end_s: float) -> Span:
    """The stretch, made 20 to 60 seconds long inside of the call; CoachError where the call is too short."""
    whole = transcript.recording.duration_s or transcript.duration_s or 0.0
    if whole < SHORTEST_S:
        raise CoachError(
            "Esta llamada dura menos de {shortest:.0f} segundos: no da para un recorte.", shortest=SHORTEST_S
        )
    start = min(max(0.0, start_s), whole - SHORTEST_S)
    end = min(max(end_s, start + SHORTEST_S), start + LONGEST_S, whole)
    return round(start, 2), round(end, 2)


def cut(call: Call, start_s: float, end_s: float, objection: str) -> Cut:
    """The clip of a call between two moments, about an objection. CoachError where its length is not 20 to 60
    seconds.
    """
    if not SHORTEST_S - 0.01 <= end_s - start_s <= LONGEST_S + 0.01:
        raise CoachError(
            "Un recorte dura de {shortest:.0f} a {longest:.0f} segundos.",
            shortest=SHORTEST_S,
            longest=LONGEST_S,
        )
    transcript = call.transcript
    spans = redactions(transcript, call.findings.promise)
    silent = silenced(transcript, spans)
    inside = [(max(a, start_s), min(b, end_s)) for a, b in silent if a < end_s and b > start_s]
    made = Cut(start_s, end_s, joined(inside), _said(transcript, spans, start_s, end_s))
    return made if tells_of_health(objection) else without_health(call, made)


def without_health(call: Call, made: Cut) -> Cut:
    """The cut with every turn silent and untold in which a debtor tells of health; the same where none is in
    it. A turn without times could be anywhere: all is silent then.
    """
    turns, health = call.transcript.turns, health_turns(call)
    spans = []
    for place in health:
        start, end = turns[place].start_s, turns[place].end_s
        if start is None or end is None:
            spans.append((made.start_s, made.end_s))
        else:
            spans.append((start - AROUND_S, end + AROUND_S))
    inside = [
        (max(a, made.start_s), min(b, made.end_s)) for a, b in spans if a < made.end_s and b > made.start_s
    ]
    if not inside:
        return made
    covered = redactions(call.transcript, call.findings.promise)
    said = _said(call.transcript, covered, made.start_s, made.end_s, health)
    return replace(made, muted=joined([*made.muted, *inside]), said=said)


def recut(call: Call, objection: str, span: Span, muted: Sequence[Span]) -> Cut:
    """A clip made before, with the words of its call as they are now; what was `muted` in it stays so."""
    made = worth(call, objection, cut(call, *span, objection))
    return replace(made, muted=joined([*muted, *made.muted]))


def worth(call: Call, objection: str, made: Cut) -> Cut:
    """CoachError where of all that the debtor says in it nothing is left beside an illness."""
    if tells_of_health(objection) or any(line.speaker != "agent" for line in made.said):
        return made
    whole = cut(call, made.start_s, made.end_s, min(HEALTH))
    if all(line.speaker == "agent" for line in whole.said):
        return made
    raise CoachError(
        "En este tramo el deudor solo habla de su salud, y eso se calla en clase. Mueva el tramo; un recorte "
        "sobre la salud lo propone, con esa objeción, quien tiene el permiso."
    )


def silenced(transcript: Transcript, spans: Sequence[Redaction]) -> tuple[Span, ...]:
    """The seconds in which somebody is given away, or may be; CoachError where turns have no times."""
    if any(turn.start_s is None or turn.end_s is None for turn in transcript.turns):
        raise CoachError("No todos los turnos tienen tiempos en el audio: no se sabe qué silenciar.")
    return joined([*_named(transcript, spans), *_unheard(transcript)])


def joined(spans: Sequence[Span]) -> tuple[Span, ...]:
    """The same time without overlaps, in order."""
    return tuple((round(a, 3), round(b, 3)) for a, b in merged(spans))


def _named(transcript: Transcript, spans: Sequence[Redaction]) -> list[Span]:
    found = []
    for one in spans:
        turn = transcript.turns[one.quote.turn]
        if one.exact and one.start_s is not None and one.end_s is not None:
            found.append((one.start_s - AROUND_S, one.end_s + AROUND_S))
        else:  # only guessed where it is heard
            found.append((turn.start_s or 0.0, turn.end_s or 0.0))
    return found


def _unheard(transcript: Transcript) -> list[Span]:
    turns = [(t.start_s or 0.0, t.end_s or 0.0) for t in transcript.turns if t.doubt is not None]
    stretches = [(s.start_s, s.end_s) for s in transcript.trust.stretches if s.kind in UNHEARD]
    return [*turns, *stretches]


def _said(
    transcript: Transcript,
    spans: Sequence[Redaction],
    start_s: float,
    end_s: float,
    untold: frozenset[int] = frozenset(),
) -> tuple[Line, ...]:
    """The turns that are heard for the most part; those in doubt and those `untold` are left out."""
    out = []
    for place, turn in enumerate(transcript.turns):
        middle = ((turn.start_s or 0.0) + (turn.end_s or 0.0)) / 2
        if start_s <= middle < end_s and turn.doubt is None and place not in untold:
            its = [one for one in spans if one.quote.turn == place]
            out.append(Line(turn.speaker, redacted_text(turn.text, its)))
    return tuple(out)


def _start(before: Turn, turn: Turn) -> float:
    known = [one.start_s for one in (before, turn) if one.start_s is not None]
    return min(known)
