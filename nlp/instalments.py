"""The later payments of an agreement in parts: «mil seiscientos el treinta y mil seiscientos el quince».

They are told by one turn that names as many sums as days, in turn about, the first part among them: the
agent's offer, met with a yes, or repetition, or the debtor's own word. Where no turn does, «tres pagos de dos
mil cien cada quince días» counts them from the first. Where sums and days do not pair off, nothing is said of
them.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from nlp import days, yes
from nlp.evidence import CallView
from nlp.folded import folded, phrase, says_only
from nlp.mentions import Mention
from nlp.phrases import phrases
from nlp.rest_part import rest_of_debt
from nlp.stance import Stance, stances
from nlp.types import Part
from transcripts.types import Quote

_NOT_MEANT = (Stance.DENIES, Stance.PAST, Stance.EARNS)
_PAYMENTS = "(?:pagos|abonos|cuotas|parcialidades|mensualidades|quincenas|partes|exhibiciones)"
_SO_MANY = phrase(
    f"#(?P<n>[2-9]|1[0-2]) {_PAYMENTS}(?: (?:iguales|fijas|fijos|mensuales|quincenales|semanales))? de"
)
_EVERY = phrase(
    "cada #(?P<n>[0-9]+) dias|(?P<month>mensual(?:es|mente)?|mensualidades|cada mes|por mes|al mes)"
    "|(?P<half>quincenal(?:es|mente)?|cada quincena)|(?P<week>semanal(?:es|mente)?|cada semana|por semana)"
)
_OR = phrase("o|u")
_ONLY_PART = phrases("only_part")
_HALF = phrases("sum_half")
_OFFER_TURNS = 6  # so many turns an offer in parts stays open for a yes
_WEEK = 8  # «cada ocho días» is every week
_STOP = re.compile(r"[.?!…](?=\s|$)")


def later_parts(
    view: CallView, amount: Decimal, date: datetime.date, turn: int, read_back: Quote | None
) -> tuple[Part, ...]:
    """What is to be paid after `amount` on `date`, agreed at `turn`, by day; the last to tell it counts."""
    told: tuple[Part, ...] = ()
    counted: tuple[Part, ...] = ()
    tellers = [index for index in sorted(_tellers(view, turn, read_back)) if not _refused(view, index)]
    for index in tellers:
        pairs = _paired(view, index)
        if Part(amount, date) in pairs:
            told = tuple(part for part in pairs if part.date > date)
        elif index > turn and _only_later(view, index):
            told += tuple(part for part in pairs if part.date > max([date, *(one.date for one in told)]))
        counted = _counted(view, index, amount, date) or counted
    own = [index for index, _ in view.transcript.said_by("debtor") if index > turn]
    return told or counted or rest_of_debt(view, amount, date, sorted({*tellers, *own}))


def _tellers(view: CallView, turn: int, read_back: Quote | None) -> Iterator[int]:
    yield turn
    first = max(0, min(turn - _OFFER_TURNS, turn if read_back is None else read_back.turn))
    for index, _ in view.transcript.said_by("agent"):
        if index > turn or (index >= first and not _narrowed(view, index)):
            yield index


def _only_later(view: CallView, index: int) -> bool:
    """Whether an agent's turn adds parts to those agreed, with a yes: «la segunda, 65.000, el diez»."""
    return all(one.rest for one in view.at.get(index, ())) and view.replies[index] == "yes"


def _narrowed(view: CallView, index: int) -> bool:
    """Whether the debtor took less than the agent's turn offered: «por ahora la primera», «lo otro no»."""
    return any(
        yes.refuses(said.text) is not None
        or (view.at.get(i) and _ONLY_PART.search(folded(said.text).line) is not None)
        for i, said in view.transcript.said_by("debtor")
        if i > index
    )


def _paired(view: CallView, index: int) -> list[Part]:
    """The sums of a turn with their days, in order; none where they do not pair off or are a choice."""
    text, due = view.transcript.turns[index].text, view.table.hint
    meant: list[Mention] = []
    for one in sorted(view.at.get(index, ()), key=lambda mention: mention.start):
        before = text[meant[-1].end if meant else 0 : one.start]
        calls = one.is_day and any(stance is Stance.CALLS for _, _, stance in stances(before))
        if one.stance not in _NOT_MEANT and not one.corrected and one.worth != due and not calls:
            meant.append(one)
    meant = _without_whole(text, _without_echoes(text, meant))
    if any(_OR.search(folded(text[one.end : after.start]).line) for one, after in pairwise(meant)):
        return []
    sums, coming = [m for m in meant if not m.is_day], [m for m in meant if m.is_day]
    if len(sums) == 1 and len(coming) > 1 and _so_many(text, sums[0]) == len(coming):
        sums = sums * len(coming)
    elif any(one.is_day is after.is_day for one, after in pairwise(meant)):
        return []
    if any(_half_of_unknown(text, one, sums, due) for one in sums):
        return []
    fewest = 1 if _only_later(view, index) else 2
    told = _parts(sums, coming) if len(sums) == len(coming) >= fewest else []
    return told if all(one.date < after.date for one, after in pairwise(told)) else []


def _half_of_unknown(text: str, one: Mention, sums: Sequence[Mention], due: Decimal | None) -> bool:
    """Whether «la mitad» stands beside another sum: half of what is not said, of the debt or of the rest."""
    half = says_only(_HALF, text[one.start : one.end])
    return half and sum(other.worth for other in sums if isinstance(other.worth, Decimal)) != due


def _without_echoes(text: str, meant: list[Mention]) -> list[Mention]:
    """Without a day alone in its sentence that is told again: «perfecto, el viernes. Entonces…»."""

    def alone(at: int) -> bool:
        one = meant[at]
        beside = [other for other in meant[max(0, at - 1) : at + 2] if not other.is_day]
        return not any(
            _STOP.search(text, min(one.end, other.end), max(one.start, other.start)) is None
            for other in beside
        )

    days_told = Counter(one.worth for one in meant if one.is_day)
    return [
        one for at, one in enumerate(meant) if not (one.is_day and days_told[one.worth] > 1 and alone(at))
    ]


def _without_whole(text: str, meant: list[Mention]) -> list[Mention]:
    """Without the sum of all parts («195.000 en tres cuotas») or of each («tres cuotas de 65.000: …»)."""
    sums, coming = [m for m in meant if not m.is_day], len([m for m in meant if m.is_day])
    if coming < 2 or len(sums) != coming + 1:
        return meant
    half = sum(m.worth for m in sums if isinstance(m.worth, Decimal)) / 2
    for one in sums:
        if _so_many(text, one) == coming or one.worth == half:
            return [m for m in meant if m is not one]
    return meant


def _parts(sums: Sequence[Mention], coming: Sequence[Mention]) -> list[Part]:
    out = []
    for one, day in zip(sums, coming, strict=True):
        assert isinstance(one.worth, Decimal)
        assert isinstance(day.worth, datetime.date)
        out.append(Part(one.worth, day.worth))
    return out


def _so_many(text: str, one: Mention) -> int | None:
    """How many payments of the sum there are: «dos pagos de mil seiscientos, el treinta y el quince»."""
    line = folded(text[: one.start]).line
    match = next((m for m in _SO_MANY.finditer(line) if line[m.end() :].strip() in ("", "$", "s/")), None)
    return int(match["n"]) if match else None


def _counted(view: CallView, index: int, amount: Decimal, date: datetime.date) -> tuple[Part, ...]:
    """The payments after the first that a turn tells by their number and how far apart they are."""
    text = view.transcript.turns[index].text
    for one in view.at.get(index, ()):
        many = _so_many(text, one) if one.worth == amount and one.stance not in _NOT_MEANT else None
        if many is not None:
            stop = _STOP.search(text, one.end)
            start = max((m.end() for m in _STOP.finditer(text, 0, one.start)), default=0)
            every = _EVERY.search(folded(text[start : stop.start() if stop else None]).line)
            return _apart(every, amount, date, many) if every else ()
    return ()


def _apart(every: re.Match[str], amount: Decimal, date: datetime.date, many: int) -> tuple[Part, ...]:
    out: list[datetime.date] = [date]
    for ahead in range(1, many):
        if every["month"]:
            out.append(days.in_month(date.year, date.month + ahead, date.day))
        elif every["half"] and date in days.pay_days(date):
            out.append(days.pay_days(days.plus(out[-1], 1))[0])
        else:
            each = 15 if every["half"] else 7 if every["week"] else int(every["n"])
            out.append(days.plus(out[-1], 7 if each == _WEEK else each))
    return tuple(Part(amount, day) for day in out[1:])


def _refused(view: CallView, index: int) -> bool:
    """Whether the debtor's next words turn it down: «no, quinientos nada más»."""
    answer = next((said.text for i, said in view.transcript.said_by("debtor") if i > index), "")
    if yes.refuses(answer) is not None:
        return True
    return folded(answer).line.startswith(" no ") and yes.confirms(answer) is None
