"""The later payments of an agreement in parts: «mil seiscientos el treinta y mil seiscientos el quince».

They are told by one turn that names as many sums as days, in turn about, the first part among them: the
agent's repetition, or the debtor's own word. Where sums and days do not pair off, nothing is said of them.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from nlp import yes
from nlp.evidence import CallView
from nlp.folded import folded, phrase
from nlp.mentions import Mention
from nlp.stance import Stance, stances
from nlp.types import Part
from transcripts.types import Quote

_NOT_MEANT = (Stance.DENIES, Stance.PAST, Stance.EARNS)
_SO_MANY = phrase("#(?P<n>[2-9]) (?:pagos|abonos|cuotas|parcialidades|partes|exhibiciones)(?: iguales)? de")


def later_parts(
    view: CallView, amount: Decimal, date: datetime.date, turn: int, read_back: Quote | None
) -> tuple[Part, ...]:
    """What is to be paid after `amount` on `date`, agreed at `turn`, by day; the last to tell it counts."""
    told: tuple[Part, ...] = ()
    for index in sorted(_tellers(view, turn, read_back)):
        pairs = _paired(view, index)
        if Part(amount, date) in pairs and not _refused(view, index):
            told = tuple(sorted({part for part in pairs if part.date > date}, key=lambda part: part.date))
    return told


def _tellers(view: CallView, turn: int, read_back: Quote | None) -> Iterator[int]:
    yield turn
    if read_back is not None and read_back.turn < turn:
        yield read_back.turn
    yield from (index for index, said in view.transcript.said_by("agent") if index > turn)


def _paired(view: CallView, index: int) -> list[Part]:
    """The sums of a turn with their days; none where they do not pair off."""
    text, due = view.transcript.turns[index].text, view.table.hint
    meant: list[Mention] = []
    for one in sorted(view.at.get(index, ()), key=lambda mention: mention.start):
        before = text[meant[-1].end if meant else 0 : one.start]
        calls = one.is_day and any(stance is Stance.CALLS for _, _, stance in stances(before))
        if one.stance not in _NOT_MEANT and not one.corrected and one.worth != due and not calls:
            meant.append(one)
    sums, days = [m for m in meant if not m.is_day], [m for m in meant if m.is_day]
    if len(sums) == 1 and len(days) > 1 and _so_many(text, sums[0]) == len(days):
        sums = sums * len(days)
    elif any(one.is_day is after.is_day for one, after in pairwise(meant)):
        return []
    return _parts(sums, days) if len(sums) == len(days) > 1 else []


def _parts(sums: Sequence[Mention], days: Sequence[Mention]) -> list[Part]:
    out = []
    for one, day in zip(sums, days, strict=True):
        assert isinstance(one.worth, Decimal)
        assert isinstance(day.worth, datetime.date)
        out.append(Part(one.worth, day.worth))
    return out


def _so_many(text: str, one: Mention) -> int | None:
    """How many payments of the sum there are: «dos pagos de mil seiscientos, el treinta y el quince»."""
    before = list(_SO_MANY.finditer(folded(text[: one.end]).line))
    return int(before[-1]["n"]) if before else None


def _refused(view: CallView, index: int) -> bool:
    """Whether the debtor's next words turn it down: «no, quinientos nada más»."""
    answer = next((said.text for i, said in view.transcript.said_by("debtor") if i > index), "")
    if yes.refuses(answer) is not None:
        return True
    return folded(answer).line.startswith(" no ") and yes.confirms(answer) is None
