"""Which of several ways that the agent offered the payer takes: «la de los cuatro abonos», «en un solo pago»,
«la segunda».

What was offered beside it was turned down by that, so its sums and days are no longer what may be agreed.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from nlp import yes
from nlp.bargain import Table, agent_turn_before
from nlp.clues import sought
from nlp.folded import Folded, folded, phrase
from nlp.hedges import hedged
from nlp.mentions import Mention
from nlp.phrases import phrases
from nlp.said import Said
from nlp.stance import Stance
from transcripts.types import Transcript

_OTHERWISE = phrases("other_way")
_AT_ONCE, _IN_PARTS, _HALF = phrases("at_once"), phrases("way_in_parts"), phrases("sum_half")
_PAYMENTS = phrases("payments")
_SO_MANY = re.compile(rf" #(?P<n>[2-9]|1[0-9]|2[0-4]) (?={_PAYMENTS.pattern})")
_OF_EACH = re.compile(r" (?:en|o|u|los|las|por) #(?P<n>[2-9]|1[0-9]|2[0-4]) de #")  # «o en doce de 45»
_THAT_OF = phrase(
    "(?:en|(?:la|el|lo) de(?: (?:los|las|a))?|los|las) #(?P<n>[2-9]|1[0-9]|2[0-4])"
    "(?! (?:pesos|soles|dolares|euros|quetzales|colones|lempiras|bolivianos|lucas|palos|de|mil|dias) )"
)
_PLACES = (phrases("first"), phrases("second"), phrases("third"))
_LAST = phrases("last_of_all")
_ASKS = re.compile(r"\?|\b[Cc]u[aá]nto")
_NOT = re.compile(r" (?:no|ni|ninguna|ninguno|tampoko) ")
_TOLD = (Stance.DENIES, Stance.PAST, Stance.EARNS)
_DOUBTS, _PREFERS = sought("answers_with_doubt"), phrases("prefers")
_SHORT = 14  # words and marks of an answer
HALVES = 2


class Way(NamedTuple):
    """Characters `start..end` of the agent's turn offer one way; `many`: in so many payments, where told."""

    start: int
    end: int
    many: int | None

    def holds(self, mention: Mention) -> bool:
        return self.start <= mention.start < self.end


class Picked(NamedTuple):
    """A way that a payer takes, of several that the agent's turn `offer` lists; None where only its number of
    payments is named, and it is not told from the others. `text`: the turn with blanks for how it calls
    the way: «la de doce» names neither a sum nor a day.
    """

    offer: int
    way: Way | None
    text: str

    def without_others(self, mentions: Sequence[Mention]) -> list[Mention]:
        """`mentions` without those of the ways passed over."""
        return [m for m in mentions if m.turn != self.offer or self._holds(m)]

    def said(self, mentions: Sequence[Mention], index: int, own: Sequence[Mention]) -> list[Mention]:
        """What taking the way says in turn `index`: the sum that it names first, and its day where the turn
        has none of its `own`.
        """
        return [
            replace(m, turn=index, start=0, end=len(self.text), by_agent=False, stance=Stance.SUGGESTS)
            for m in self._first(mentions)
            if m is not None and not (m.is_day and own)
        ]

    def lay(self, mentions: Sequence[Mention], table: Table) -> None:
        """Lay on the table, as the agent's offer, what the way names first; no day of another way stays."""
        amount, day = self._first(mentions)
        if amount is not None and isinstance(amount.worth, Decimal):
            table.offered_amount = Said(
                self.offer, amount.start, amount.end, amount=amount.worth, currency=amount.currency
            )
        if day is not None and isinstance(day.worth, datetime.date):
            table.offered_date = Said(self.offer, day.start, day.end, date=day.worth)
        elif self.way and table.offered_date is not None and table.offered_date.turn == self.offer:
            table.offered_date = None

    def _holds(self, mention: Mention) -> bool:
        return self.way is None or self.way.holds(mention)

    def _first(self, mentions: Sequence[Mention]) -> tuple[Mention | None, Mention | None]:
        """The first sum and the first day of the way; no later part of it."""
        held = [m for m in mentions if m.turn == self.offer and self.way is not None and self.way.holds(m)]
        there = sorted((m for m in held if not m.rest and m.stance not in _TOLD), key=lambda m: m.start)
        amount = next((m for m in there if not m.is_day), None)
        return amount, next((replace(m, in_question=False) for m in there if m.is_day), None)


def picked(mentions: Sequence[Mention], transcript: Transcript, index: int) -> Picked | None:
    """What the debtor's turn `index` takes of several ways offered just before; None where it takes none."""
    before = agent_turn_before(transcript, index)
    if before is None:
        return None
    sums = [m.start for m in mentions if m.turn == before and not (m.is_day or m.debt or m.stance in _TOLD)]
    offered = ways(transcript.turns[before].text, sums)
    text = transcript.turns[index].text
    way, place = _taken(text, offered) if len(offered) > 1 else (None, None)
    if way is None:
        place = _only_counted(text, transcript.turns[before].text)
    if place is None:
        return None
    start, end = place
    return Picked(before, way, text[:start] + " " * (end - start) + text[end:])


def _only_counted(text: str, offer: str) -> tuple[int, int] | None:
    """Where a turn calls a way by its number of payments, which the offer names."""
    turn, line = folded(text), folded(offer).line
    told = _SO_MANY.search(turn.line) or _THAT_OF.search(turn.line)
    counts = {match["n"] for pattern in (_SO_MANY, _OF_EACH) for match in pattern.finditer(line)}
    return turn.span(told.start("n") - 1, told.end()) if told is not None and told["n"] in counts else None


def ways(text: str, sums: Iterable[int]) -> list[Way]:
    """The ways that an agent's turn offers, each with a sum, which begin at characters `sums`; one where it
    offers no choice.
    """
    turn, places = folded(text), sorted(sums)
    cuts = [0]
    for sep in _OTHERWISE.finditer(turn.line) if len(places) > 1 else ():
        at = turn.cell(sep.start() + 1).start
        if any(cuts[-1] <= place < at for place in places) and any(place >= at for place in places):
            cuts.append(at)
    ends = [*cuts[1:], len(text)]
    return [Way(start, end, _many(folded(text[start:end]))) for start, end in zip(cuts, ends, strict=True)]


def _many(turn: Folded) -> int | None:
    if (told := _SO_MANY.search(turn.line) or _OF_EACH.search(turn.line)) is not None:
        return int(told["n"])
    if _AT_ONCE.search(turn.line):
        return 1
    return HALVES if _HALF.search(turn.line) else None


def _taken(text: str, offered: Sequence[Way]) -> tuple[Way, tuple[int, int]] | tuple[None, None]:
    """The way that a turn takes, and the characters that call it so."""
    turn = folded(text)
    if _ASKS.search(text) or _NOT.search(turn.line) or not _decides(turn):
        return None, None
    called, fits = next(
        ((told, fits) for told, fits in _calls(turn, offered) if told is not None), (None, [])
    )
    if called is None or len(fits) != 1:
        return None, None
    return fits[0], turn.span(called.start(), called.end())


def _decides(turn: Folded) -> bool:
    """Whether a turn may take a way: a short answer, or one that says to prefer; no doubt, no story."""
    if (
        hedged(turn.text)
        or _DOUBTS.is_in(turn)
        or yes.says_paid(turn.text)
        or yes.refuses(turn.text) is not None
    ):
        return False
    return len(turn.line.split()) <= _SHORT or _PREFERS.search(turn.line) is not None


def _calls(turn: Folded, offered: Sequence[Way]) -> Iterator[tuple[re.Match[str] | None, list[Way]]]:
    """Words by which a turn may call one of the ways, the surest first, with the ways that they fit."""
    told = _SO_MANY.search(turn.line) or _THAT_OF.search(turn.line)
    yield told, [way for way in offered if told is not None and way.many == int(told["n"])]
    yield _HALF.search(turn.line), [way for way in offered if way.many == HALVES]
    yield _AT_ONCE.search(turn.line), [way for way in offered if way.many == 1]
    yield _LAST.search(turn.line), [offered[-1]]
    for way, place in zip(offered, _PLACES, strict=False):
        yield place.search(turn.line), [way]
    yield _IN_PARTS.search(turn.line), [way for way in offered if way.many != 1]
