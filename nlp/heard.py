"""What one turn puts on the table: sums and days that count, that are only floated, that are taken away."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from nlp import money
from nlp.calendar_names import WEEKDAYS
from nlp.clues import sought, with_clues
from nlp.dates import Day, dates
from nlp.folded import folded, phrase
from nlp.hedges import only_maybe
from nlp.later import is_later_part
from nlp.money import Amount, amounts
from nlp.phrases import phrases
from nlp.said import Frame, Heard, Said
from nlp.stance import Stance, about_paying, stance_on, stances
from nlp.terms import Terms, open_terms
from nlp.text import sound
from nlp.yes import says_yes

_DEBT = sought("debt")
_KINDS = (
    (money.MINIMUM, with_clues(phrase("minimo"))),
    (money.INSTALMENT, with_clues(phrase("(?:cuotas?|mensualidad|mensualidades|letra|parcialidad|recibo)"))),
    (money.TOTAL, with_clues(phrase("(?:saldo|adeudo|deuda|total|atraso|debe|vencido|pendiente)"))),
)
_CORRECTION = phrases("correction")
_ONLY_MORE = re.compile(r" (?:antes|mas|oi|aorita|aora|todo|kompleto|tanto|i|ese dia) $")
_NEAR = 12  # characters
_BARE_NUMBER = re.compile(
    rf" (?:(?P<w>{'|'.join(WEEKDAYS)}) )?(?:, )?(?:el )?(?:dia )?"
    r"(?:#(?:[1-9]|[12][0-9]|3[01])(?: ro| ero)?|primero|primer|uno) "
)
_MONTHS_ON = 62  # days: two months
_TAG = phrases("tag")


def hear_payer(text: str, turn: int, frame: Frame) -> Heard:
    """What the person who is to pay says of sums and days."""
    found = _mentions(text, frame)
    sums = [(item.start, item.value) for item, _ in found if isinstance(item, Amount)]
    terms = open_terms(text, frame.granted, sums)
    binds = pays(text, terms) and not _only_denies(text)
    if not found:
        return Heard(pays=binds, terms=terms)
    open_ = _open_to_agree(text, frame) or any(stance is Stance.PAYS for _, stance in found)
    counted: list[tuple[Said, Stance]] = []
    floated: list[Said] = []
    denied: list[Said] = []
    for item, stance in found:
        said = _said(item, turn, text)
        if said is None or not (item.firm or stance is Stance.DENIES):
            continue
        if stance is Stance.DENIES:
            denied.append(said)
        elif terms is not None and terms.bears_on(item.start):
            floated.append(replace(said, terms=terms))
        elif only_maybe(text, item.start):
            continue  # the agent's «dale» binds nobody to a maybe
        elif stance is Stance.COULD or (stance in _LEANS and _asks_leave(text, item.end)):
            floated.append(said)
        elif _counts(stance, open_=open_, agreed=frame.agreed):
            counted.append((said, stance))
        elif stance is Stance.EARNS and isinstance(item, Day) and frame.asked_date:
            floated.append(said)
    standing = _standing(text, counted, denied, pays=binds)
    return Heard(
        amounts=tuple(said for said in standing if said.amount is not None),
        dates=tuple(said for said in standing if said.date is not None),
        floated_amounts=tuple(said for said in floated if said.amount is not None),
        floated_dates=tuple(said for said in floated if said.date is not None),
        denied=tuple(said.worth for said in denied if said.worth is not None),
        pays=binds,
        terms=terms,
    )


def pays(text: str, terms: Terms | None = None) -> bool:
    """Whether a verb of paying binds the speaker, with no terms set and no doubt."""
    turn = folded(text)
    places = [turn.span(first, end)[0] for first, end, stance in stances(text) if stance is Stance.PAYS]
    return any(not (terms and terms.bears_on(at)) and not only_maybe(text, at) for at in places)


def _mentions(text: str, frame: Frame) -> list[tuple[Amount | Day, Stance]]:
    """Every sum and day of a payer's turn in order, with what the words around it do."""
    named: list[Amount | Day] = [
        amount
        for amount in amounts(
            text,
            frame.country,
            hint=frame.hint,
            named=frame.named,
            asked=frame.asked_amount or frame.sum_open,
        )
        if amount.value
    ]
    named += days_of(text, frame, asked=frame.asked_date and not frame.asked_amount)
    named.sort(key=lambda item: item.start)
    return [(item, _paid_from(text, item, stance_on(text, item.start, item.end))) for item in named]


def _open_to_agree(text: str, frame: Frame) -> bool:
    """Whether bare sums and days answer something: a question stands open, or the turn says yes. A story
    does not.
    """
    kinds = {stance for _, _, stance in stances(text)}
    story = Stance.PAST in kinds and not kinds & {Stance.PAYS, Stance.SUGGESTS}
    return (frame.answering and not story) or says_yes(text) is not None


_LEANS = (Stance.PAYS, Stance.NEUTRAL, Stance.SUGGESTS)


def _counts(stance: Stance, *, open_: bool, agreed: bool) -> bool:
    return (
        stance is Stance.PAYS
        or (stance is Stance.NEUTRAL and open_)
        or (stance is Stance.SUGGESTS and (open_ or agreed))
    )


def _standing(text: str, counted: list[tuple[Said, Stance]], denied: list[Said], *, pays: bool) -> list[Said]:
    """What still stands at the end of the turn: not denied in passing, not withdrawn, not put right."""
    gone = {said.worth for said in denied}
    sums = [said for said, _ in counted if said.amount is not None]
    sure = any(said.date and stance is not Stance.NEUTRAL for said, stance in counted)
    kept = [
        said
        for said, stance in counted
        if (said.worth not in gone or stance is Stance.PAYS)
        and not (sure and said.date and stance is Stance.NEUTRAL and not _beside(said, sums))
    ]
    if kept and not pays and _withdrawn(text, kept[-1].end):
        return []
    if all(said.amount is None for said in kept) and (
        not about_paying(text) or (not pays and _other_deed(text, kept))
    ):
        return []  # a day for the complaint or the voucher
    return _corrected(text, kept)


def _other_deed(text: str, kept: list[Said]) -> bool:
    """Whether the sentence of the last day is about a call, a question, a message."""
    turn = folded(text)
    last = turn.after(kept[-1].end) if kept else 0
    stop = re.compile(r" [.?] ").search(turn.line, max(0, last - 1))
    end = stop.start() if stop else len(turn.line)
    return any(stance is Stance.CALLS and last <= first < end for first, _, stance in stances(text))


def _beside(day: Said, sums: list[Said]) -> bool:
    """Whether a sum stands right by the day («setecientos hoy»)."""
    return any(-_NEAR <= s.start - day.end <= _NEAR or -_NEAR <= day.start - s.end <= _NEAR for s in sums)


def hear_agent(text: str, turn: int, frame: Frame, *, about: bool = False) -> Heard:
    """What the agent says of sums and days: proposals and, marked so, what is owed. `about`: sums that are
    only approximate too.
    """
    named: list[Amount | Day] = [
        amount
        for amount in amounts(text, frame.country, hint=frame.hint, named=frame.named)
        if amount.value and (amount.firm or about)
    ]
    named += [
        day
        for day in days_of(text, frame)
        if day.firm and stance_on(text, day.start, day.end) not in (Stance.CALLS, Stance.PAST)
    ]
    named.sort(key=lambda item: item.start)
    said = [one for item in named if (one := _said(item, turn, text)) is not None]
    return Heard(
        amounts=tuple(s for s in said if s.amount is not None),
        dates=tuple(s for s in said if s.date is not None and s.date >= frame.call_date),
    )


def days_of(text: str, frame: Frame, *, asked: bool = False) -> tuple[Day, ...]:
    """The days of `text`; a bare weekday or day of the month is the day on the table that has its name or its
    number, where there is one: to «¿el viernes cuatro de diciembre?» «el cuatro» is no day of November.
    """
    return tuple(
        _known(day, text, frame.may_mean) for day in dates(text, frame.call_date, frame.country, asked=asked)
    )


def _known(day: Day, text: str, known: tuple[datetime.date, ...]) -> Day:
    if day.date is None or not known:
        return day
    words = text[day.start : day.end]
    if sound(words.split()[-1]) in WEEKDAYS:
        same = [d for d in known if d.weekday() == day.date.weekday() and abs((d - day.date).days) <= 21]
    elif (bare := _BARE_NUMBER.fullmatch(folded(words).line)) is not None:
        weekday = WEEKDAYS.get(bare["w"] or "")
        numbered = [d for d in known if d.day == day.date.day and 0 <= (d - day.date).days <= _MONTHS_ON]
        same = [d for d in numbered if weekday in (None, d.weekday())]
    else:
        return day
    return replace(day, date=same[0], agrees=True) if same else day


def names_no_month(words: str) -> bool:
    """Whether `words`, which name a day, leave open of which month or week: «el cinco», «el viernes»."""
    return sound(words.split()[-1]) in WEEKDAYS or _BARE_NUMBER.fullmatch(folded(words).line) is not None


def names_of(text: str, frame: Frame) -> dict[str, Decimal]:
    """What minimum, instalment and total come to, where the agent says so («la cuota es de 320»)."""
    out: dict[str, Decimal] = {}
    turn = folded(text)
    words = [(kind, word.pattern) for kind, word in _KINDS if word.may_be_in(turn)]
    for amount in amounts(text, frame.country, hint=frame.hint) if words else ():
        if amount.value is None:
            continue
        at = turn.begin(amount.start) or 0
        left = turn.line[max(0, at - 45) : at]
        kinds = [(m.end(), kind) for kind, word in words for m in word.finditer(left)]
        if kinds:
            out[max(kinds)[1]] = amount.value
    return out


def chosen(said: tuple[Said, ...]) -> Said | None:
    """Of several sums or days the first that is no later part; of two deadlines the one said last."""
    parts = [s for s in said if not s.rest]
    if len(parts) > 1 and parts[0].deadline and parts[1].deadline:
        return parts[1]
    return parts[0] if parts else None


def _said(item: Amount | Day, turn: int, text: str) -> Said | None:
    """The sum or day as it lies on the table; None for a day that no date was found for."""
    line = folded(text)
    at = line.begin(item.start) or 0
    rest = is_later_part(line, at)
    if isinstance(item, Amount):
        near = line.line[max(0, at - 60) : at + 45]
        debt = _DEBT.may_be_in(line) and _DEBT.pattern.search(near) is not None
        return Said(turn, item.start, item.end, item.value, item.currency, debt=debt, rest=rest)
    if item.date is None:
        return None
    return Said(turn, item.start, item.end, date=item.date, rest=rest or item.later, deadline=item.deadline)


def _paid_from(text: str, item: Amount | Day, stance: Stance) -> Stance:
    """«me pagan el viernes y ahí le deposito»: the day of the income is the day of the payment."""
    if stance is not Stance.EARNS or not isinstance(item, Day):
        return stance
    turn = folded(text)
    last = turn.after(item.end)
    after = [s for first, _, s in stances(text) if first >= last]
    until = after.index(Stance.PAYS) if Stance.PAYS in after else None
    if until is None or {Stance.DENIES, Stance.DOUBTS} & set(after[:until]):
        return stance
    return Stance.PAYS


def _only_denies(text: str) -> bool:
    """Whether the turn denies before it pays, if it pays at all."""
    kinds = [stance for _, _, stance in stances(text) if stance in (Stance.DENIES, Stance.PAYS)]
    return kinds[:1] == [Stance.DENIES]


def _withdrawn(text: str, end: int) -> bool:
    """«sí, claro, y el sábado te regalo la casa; no tengo un mango»: denied in the end, nothing offered
    before.
    """
    turn = folded(text)
    last = turn.after(end)
    denials = [first for first, _, stance in stances(text) if stance is Stance.DENIES and first >= last]
    return any(not _ONLY_MORE.search(turn.line[:first]) for first in denials)


def _asks_leave(text: str, end: int) -> bool:
    """Whether the words run into a question mark that is more than a tag («…el viernes, ¿no?»)."""
    stops = [i for i in (text.find(c, end) for c in ".?!…") if i >= 0]
    if not stops or text[min(stops)] != "?":
        return False
    return not _TAG.search(folded(text[end : min(stops) + 1]).line) and "¿" not in text[end : min(stops)]


def _corrected(text: str, said: list[Said]) -> list[Said]:
    """Without what was put right at once: «el quince, no, perdón, el dieciséis»."""
    wrong = set()
    for kind in ("amount", "date"):
        same = [s for s in said if getattr(s, kind) is not None]
        for first, second in pairwise(same):
            between = folded(text[first.end : second.start]).line
            if len(between.split()) <= 9 and _CORRECTION.search(between) and first.worth != second.worth:
                wrong.add(first)
    return [s for s in said if s not in wrong]
