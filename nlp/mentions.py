"""Every sum and every coming day that a call names, with who said it and what the words around it do.

Where `promises.py` walks the call and keeps only what stands on the table, this keeps all that was said, so
that `weighing.py` can weigh one sum and day against another with the whole call in view.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from nlp.clues import sought, sought_before
from nlp.dates import Day
from nlp.folded import Folded, folded
from nlp.heard import days_of, names_of
from nlp.later import is_later_part
from nlp.money import Amount, amounts
from nlp.said import MAX_AHEAD, Frame
from nlp.stance import Stance, stance_on
from nlp.terms import Terms, open_terms

Worth = Decimal | datetime.date
_CORRECTION = sought("correction")
_DEBT = sought("debt")
_WRONG_DAY = sought("wrong_day")
_TURNED_DOWN = sought("turned_down_after")
_OWED_SINCE = sought_before("owed_since_before")
_CLAUSE_CONDITION = sought("clause_condition")
_STOPS = re.compile(r" [.?] ")
_YES = re.compile(r"\b[Ss]í\b")
_BEFORE, _AFTER = 6, 14  # words around a sum or day in which «si no me sube la luz» makes it conditional
_FIGURE = re.compile("[#=]")
_ENDS = re.compile(r"[.?!…]")
_KNOWN_DAYS = 6  # so many days named by their number say which Friday «el viernes» is
_FAR = 9  # words between what was wrong and what puts it right


@dataclass(frozen=True, slots=True)
class Mention:
    """Characters `start..end` of a turn name a sum or a day."""

    turn: int
    start: int
    end: int
    worth: Worth
    by_agent: bool
    stance: Stance
    order: int  # of its kind in its turn
    currency: str | None = None
    firm: bool = True
    rest: bool = False  # a later part
    debt: bool = False
    deadline: bool = False
    bare: bool = False  # a number without money words
    asked: bool = False  # in the turn after «¿cuánto?», «¿cuándo?»
    in_question: bool = False
    corrected: bool = False  # put right in the same turn
    by_number: bool = False  # a day told by its number
    agrees: bool = True  # weekday and number belong together
    conditional: bool = False  # on a condition said in the same sentence
    terms: Terms | None = None  # what the creditor is to grant first

    @property
    def is_day(self) -> bool:
        return isinstance(self.worth, datetime.date)


def mentions_in(
    text: str, turn: int, frame: Frame, *, agent: bool, known: tuple[datetime.date, ...] = ()
) -> list[Mention]:
    """The sums and coming days of a turn, each kind in order. `known`: days named by number before, the last
    first.
    """
    named = {**(frame.named or {}), **(names_of(text, frame) if agent else {})}
    if known:
        days = tuple(dict.fromkeys((*frame.days, *known[:_KNOWN_DAYS])))
        frame = replace(frame, days=days)
    sums = [a for a in amounts(text, frame.country, hint=frame.hint, named=named, asked=True) if a.value]
    answers = not agent and not frame.asked_amount
    asked = answers and (frame.asked_date or frame.answering or frame.sum_open)
    coming = [
        day
        for day in days_of(text, frame, asked=asked)
        if day.date is not None and frame.call_date <= day.date <= frame.call_date + MAX_AHEAD
    ]
    if not (sums or coming):
        return []
    line = folded(text)
    if agent:  # «vencida desde el dieciocho» is no day to come
        coming = [day for day in coming if not _OWED_SINCE.is_before(line, line.begin(day.start) or 0)]
    of_sums = [_mention(item, line, turn, order, frame, agent) for order, item in enumerate(sums)]
    of_days = [_mention(item, line, turn, order, frame, agent) for order, item in enumerate(coming)]
    found = [*_marked(of_sums, line), *_marked(of_days, line)]
    terms = None if agent else open_terms(text, frame.granted, ((a.start, a.value) for a in sums))
    if terms is None:
        return found
    return [replace(m, terms=terms) if terms.bears_on(m.start) else m for m in found]


def lent(said: Sequence[Mention]) -> list[datetime.date]:
    """The days that a turn names by their number, the last first: a bare day takes its month from them. One
    of the past or of a call lends none.
    """
    told = (m for m in reversed(said) if m.by_number and m.stance not in (Stance.PAST, Stance.CALLS))
    return [m.worth for m in told if isinstance(m.worth, datetime.date)]


def _mention(item: Amount | Day, turn: Folded, index: int, order: int, frame: Frame, agent: bool) -> Mention:
    debt, rest = _debt_or_rest(turn, item.start)
    worth = item.value if isinstance(item, Amount) else item.date
    assert worth is not None  # the callers leave out what has no worth
    stop = _ENDS.search(turn.text, item.end)
    is_sum = isinstance(item, Amount)
    return Mention(
        index,
        item.start,
        item.end,
        worth,
        agent,
        _stance(turn, item, agent=agent),
        order,
        firm=item.firm,
        rest=rest or (isinstance(item, Day) and item.later),
        debt=debt,
        in_question=stop is not None and stop.group() == "?",
        asked=(frame.asked_amount or frame.sum_open) if is_sum else frame.asked_date,
        currency=item.currency if isinstance(item, Amount) else None,
        bare=isinstance(item, Amount) and item.bare,
        deadline=isinstance(item, Day) and item.deadline,
        agrees=isinstance(item, Amount) or item.agrees,
        by_number=not is_sum and _in_figures(turn, item),
        conditional=not agent and _on_condition(turn, item.start, item.end),
    )


def _in_figures(turn: Folded, day: Amount | Day) -> bool:
    first = turn.begin(day.start)
    return first is not None and _FIGURE.search(turn.line, first, turn.after(day.end)) is not None


def _stance(turn: Folded, item: Amount | Day, *, agent: bool) -> Stance:
    """What the words around do; a payer's «el uno no he cobrado», «setenta es mucho» turns down."""
    if not agent and _TURNED_DOWN.is_after(turn, turn.after(item.end) - 1):
        return Stance.DENIES
    return stance_on(turn.text, item.start, item.end)


def _debt_or_rest(turn: Folded, start: int) -> tuple[bool, bool]:
    """Whether words around a place tell what is owed, and words before it speak of a later part."""
    at = turn.begin(start) or 0
    debt = _DEBT.may_be_in(turn) and _DEBT.pattern.search(turn.line[max(0, at - 60) : at + 45]) is not None
    return debt, is_later_part(turn, at)


def _on_condition(turn: Folded, start: int, end: int) -> bool:
    """Whether the sentence of a place, some words before and after it, sets a condition; «sí» sets none."""
    if not _CLAUSE_CONDITION.may_be_in(turn):
        return False
    text = turn.text
    before = _STOPS.split(folded(_YES.sub(",", text[:start])).line)[-1].split()[-_BEFORE:]
    after = _STOPS.split(folded(_YES.sub(",", text[end:])).line)[0].split()[:_AFTER]
    return any(
        _CLAUSE_CONDITION.pattern.search(f" {' '.join(part)} ") is not None for part in (before, after)
    )


def _marked(found: list[Mention], turn: Folded) -> list[Mention]:
    """With what was put right at once marked so: «el quince, no, el dieciséis», «el quince cae domingo»."""
    if not (_CORRECTION.may_be_in(turn) or _WRONG_DAY.may_be_in(turn)):
        return found
    out = []
    for mention, after in zip(found, (*found[1:], None), strict=False):
        until = turn.begin(after.start) if after is not None else None
        between = turn.line[turn.after(mention.end) - 1 : until]
        near = after is not None and after.worth != mention.worth and len(between.split()) <= _FAR
        wrong = near and _CORRECTION.pattern.search(between) is not None
        wrong = wrong or (mention.is_day and _WRONG_DAY.pattern.match(between, 1) is not None)
        out.append(replace(mention, corrected=True) if wrong else mention)
    return out
