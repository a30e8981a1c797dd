"""What the words around a sum or a day do with it: pay, earn, tell of the past, doubt, deny, ask.

«le pago el viernes» and «me pagan el viernes» name the same day; only one of them promises anything.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from enum import Enum
from functools import lru_cache

from nlp.apart import taken
from nlp.calendar_names import WEEKDAYS
from nlp.clues import Sought, sought
from nlp.folded import Folded, folded


class Stance(Enum):
    PAYS = "pays"
    COULD = "could"  # «podría darle…»: an offer, not yet a word given
    SUGGESTS = "suggests"  # «mejor el martes»: a word given, where something is being settled
    EARNS = "earns"
    SPENDS = "spends"
    PAST = "past"
    DOUBTS = "doubts"
    DENIES = "denies"
    CALLS = "calls"  # the next call, a reminder, a message
    NEUTRAL = "neutral"


GIVEN = (Stance.PAYS, Stance.SUGGESTS, Stance.NEUTRAL)  # a word that may be one given to pay
_CUES: tuple[tuple[Stance, Sought], ...] = tuple(
    (stance, sought(f"stance_{stance.value}")) for stance in Stance if stance is not Stance.NEUTRAL
)

_AFFIRMED_AFTER = re.compile(r"si (?:[.,]|ke|porke|le|se|$)")
# «mañana no», «mañana no, señorita, el sábado», where marks are lacking too
_WHAT_ENDS = (
    r"(?:[.,]|$|imposible|nada|ni |"
    r"(?:(?:mejor|asta|para|senor(?:it)?a?|joben|oiga|mire|pues|ia|ya) )*(?:(?:el|este|pasado) )?"
    rf"(?:{'|'.join(WEEKDAYS)}|manana|#[0-9]{{1,2}} ))"
)
_FLAT_NO = f"no {_WHAT_ENDS}"
_FLAT_AFTER = re.compile(_FLAT_NO)
_DAY_REFUSED = re.compile(rf" (?:{'|'.join(WEEKDAYS)}|manana|oi|#[0-9]{{1,2}}) no (?={_WHAT_ENDS})")
_REFUSED_AFTER = re.compile(rf"no (?:\?|puedo|podria|me|es ke|porke|boi|bamos|ai|trabajo)|{_FLAT_NO}")
_NOT_BEFORE = re.compile(r" (?:asta|antes de(?:l| la)?)(?: el| la)? $")  # «hasta el viernes no»: then
_STOP = re.compile(r" (?:[.?]|pero|sino|aunke|solo ke|lo ke si) ")
_STRONG_AFTER = (Stance.CALLS, Stance.EARNS)  # these win over a cue that stands farther off on the left
LEFT_WORDS, RIGHT_WORDS = 9, 7


@lru_cache(maxsize=1024)
def stances(text: str) -> tuple[tuple[int, int, Stance], ...]:
    """Every cue of `text` as (first, end, stance) in characters of its line; of cues that overlap the
    longest.
    """
    turn = folded(text)
    hits = [(m.start(), m.end(), _tense(turn, m, stance)) for stance, cue in _CUES for m in cue.all_in(turn)]
    if len(hits) < 2:
        return tuple(hits)
    places: list[tuple[int, int]] = []
    out = [hit for hit in sorted(hits, key=lambda h: (h[0] - h[1], h[0])) if taken(places, hit[0], hit[1])]
    return tuple(sorted(out, key=lambda h: h[0]))


def _tense(turn: Folded, match: re.Match[str], stance: Stance) -> Stance:
    """«pagó» sounds like «pago»: the accent, where it was written, makes it past."""
    if stance is not Stance.PAYS:
        return stance
    end = turn.span(match.start(), match.end())[1]
    return Stance.PAST if turn.text[end - 1] in "óÓ" else stance


def stance_on(text: str, start: int, end: int) -> Stance:
    """What the words around characters `start..end` of `text` do with them: the nearest cue on the left,
    else on the right.

    A doubt or a denial on the left outweighs a nearer cue of the same clause.
    """
    turn = folded(text)
    first = turn.begin(start)
    first = len(turn.line) - 1 if first is None else first
    last = turn.after(end)
    if _REFUSED_AFTER.match(turn.line, last):
        return Stance.DENIES
    if _AFFIRMED_AFTER.match(turn.line, last):
        return Stance.SUGGESTS
    cues = stances(text)
    if not cues:
        return Stance.NEUTRAL
    left_from, right_to = _clause(turn.line, first, last)
    left = [cue for cue in _from(cues, left_from, first) if cue[1] <= first]
    right = [cue for cue in _from(cues, last - 1, right_to) if cue[1] <= right_to]
    for _, _, stance in left:
        if stance in (Stance.DENIES, Stance.DOUBTS):
            return stance
    if left and right and right[0][2] in _STRONG_AFTER:
        near = turn.line.count(" ", last, right[0][0]) < turn.line.count(" ", left[-1][1], first)
        return right[0][2] if near else left[-1][2]
    if left:
        return left[-1][2]
    return right[0][2] if right else Stance.NEUTRAL


def is_turned_down(text: str, start: int, end: int) -> bool:
    """Whether what stands at characters `start..end` is turned down flat: «mañana no, el sábado»."""
    turn = folded(text)
    first = turn.begin(start)
    before = turn.line[:first] if first is not None else ""
    return _FLAT_AFTER.match(turn.line, turn.after(end)) is not None and not _NOT_BEFORE.search(before)


_PAYMENT = sought("payment")


def speaks_of_payment(text: str) -> bool:
    """Whether a turn has any word of paying: what a day alone may hang on."""
    return _PAYMENT.is_in(folded(text))


def about_paying(text: str) -> bool:
    """Whether an agent's turn asks for or settles a payment, rather than a message, a check, a complaint."""
    kinds = [stance for _, _, stance in stances(text)]
    return kinds.count(Stance.CALLS) <= 1 or kinds.count(Stance.PAYS) >= kinds.count(Stance.CALLS)


def _clause(line: str, first: int, last: int) -> tuple[int, int]:
    """From where to where, in characters of the line, words bear on what stands at `first..last`."""
    far, words = first, 0
    while far > 0 and words <= LEFT_WORDS:
        far = max(0, line.rfind(" ", 0, far))
        words += 1
    stops = [m.end() - 1 for one in (_STOP, _DAY_REFUSED) for m in one.finditer(line, far)]
    left = max([far, *(at for at in stops if at <= first)])
    stop = _STOP.search(line, max(0, last - 1))
    right, after = last - 1, last
    for _ in range(RIGHT_WORDS):
        after = line.find(" ", right + 1)
        if after < 0:
            break
        right = after
    right = right + 1 if right >= last else len(line)
    return left, min(right, stop.start() + 1) if stop else right


def _from(
    cues: Sequence[tuple[int, int, Stance]], first: int, before: int
) -> Sequence[tuple[int, int, Stance]]:
    """Those that begin within `first..before`."""
    return cues[bisect_left(cues, (first,)) : bisect_left(cues, (before,))]
