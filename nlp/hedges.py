"""Which words of a payer's turn only say maybe: «a lo mejor le doy los mil, pero no le aseguro». A sum and a
day among them bind nobody.
"""

from __future__ import annotations

import re
from functools import lru_cache

from nlp.clues import sought
from nlp.folded import folded

_UNSURE = sought("unsure")
_ENDS = re.compile(r" [.?] ")
_TURNS = re.compile(r" (?:[.?]|pero|sino|aunke) ")
_BARE = 7  # words of a sentence that only takes back the certainty of the one before


@lru_cache(maxsize=1024)
def hedged(text: str) -> tuple[tuple[int, int], ...]:
    """Stretches of `text`, in characters, that hold under a doubt, in order."""
    turn = folded(text)
    return tuple(
        turn.span(_from(turn.line, match.start()), _to(turn.line, match.end()))
        for match in _UNSURE.all_in(turn)
    )


def only_maybe(text: str, place: int) -> bool:
    """Whether character `place` of `text` stands under a doubt."""
    return any(start <= place < end for start, end in hedged(text))


def _from(line: str, at: int) -> int:
    """Where the sentence begins, or the one before where this one does little but doubt."""
    begins = [1, *(m.end() for m in _ENDS.finditer(line, 0, at + 1))]
    stop = _ENDS.search(line, at)
    whole = line[begins[-1] : stop.start() if stop else len(line)]
    return begins[-2] if len(begins) > 1 and len(whole.split()) <= _BARE and "#" not in whole else begins[-1]


def _to(line: str, at: int) -> int:
    """Where the doubt ends: with the sentence, or where another thing is set against it."""
    turns = _TURNS.search(line, at - 1)
    end = turns.start() if turns else len(line.rstrip())
    return max(end, at)
