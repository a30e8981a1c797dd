"""Strings of figures in a text, as they are dictated and as a recogniser writes them.

«cuatro uno uno uno», «cuarenta y siete ocho tres», «doble cero», «4 1 1 1», «55 1234-5678», «9 millones 310
mil 044». What a string is (a card, a sum, a day) is for `redact_digits.py` to say. This reads figures, not
quantities as `nlp.numbers` does: «cero cuatro» is 04 here.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from nlp.number_words import HUNDRED, JOINED, MILLION, OVER_HUNDRED, SMALL, THOUSAND
from nlp.redact_words import alternatives, flat, word_set
from nlp.text import sound

Form = Literal["figure", "marked", "single", "pair", "hundreds", "cardinal", "date"]

_TIMES = {sound("doble"): 2, sound("triple"): 3}
_NO_FIGURE = {"un", "una"}  # «un momento», «una cuota»; people dictate «uno»
_PLURALS = "ceros unos doses treses cuatros cincos seises sietes ochos nueves"
_MANY = {sound(word): value for value, word in enumerate(_PLURALS.split())}
_LONGEST_STEP = 31  # by which people count, unless it is round: days of a month, fortnights, years
_LONGEST_GAP = 24  # characters between two groups of one string
_WORDS = frozenset((*SMALL, *HUNDRED, *OVER_HUNDRED, *JOINED, *MILLION, *_MANY, *_TIMES, THOUSAND))
_FIGURES = _WORDS - _NO_FIGURE
_ITEM = re.compile(
    r"(?P<date>\d{4}-\d{1,2}-\d{1,2}(?!\d)|\d{1,2}/\d{1,2}(?:/\d{2,4})?(?![\d/])|\d{1,2}-\d{1,2}-(?:19|20)\d\d(?!\d))"
    r"|(?P<hour>\d{1,2}:\d\d(?!\d))"
    r"|(?P<figure>\d+(?:[.,'’]\d+)*)"
    r"|(?<![^\W_])(?P<word>(?:[csz]er|un|d[io][cszeb]|tr[ei]|[ckq]u?a[tr]|[csz]in[ckq]|[csz]ei|[csz]ie|[csz]e[stc]|och|on[cs]|nue|nov"
    r"|quin|[vb]e[in]|mil)[a-z]*)",
    re.ASCII,
)
_DIGIT = re.compile(r"\d")
_AND = re.compile(r"\s+[yie]\s+")


class _Item(NamedTuple):
    """A figure or a word of numbers at `start..end`; `sound` is "" for what is written in figures."""

    start: int
    end: int
    form: str
    said: str


class Group(NamedTuple):  # tuples: a call has hundreds, and they are made twice as fast as dataclasses
    """Figures said in one breath at characters `start..end`; `digits` as one would write them.

    A `cardinal` has «mil» or «millones» in it, its digits are those of its parts side by side; a `marked`
    figure has points or commas («1.240,50»).
    """

    start: int
    end: int
    digits: str
    form: Form

    @property
    def value(self) -> int:
        return int(self.digits[:18] or "0")


def _evenly(group: Group) -> int:
    """By how much a sum of so many figures can be divided."""
    size = len(group.digits)
    return 5 if size < 3 else 10 if size < 8 or group.form != "figure" else 10 ** (size - 5)


class Run(NamedTuple):
    """Groups side by side."""

    groups: tuple[Group, ...]

    @property
    def start(self) -> int:
        return self.groups[0].start

    @property
    def end(self) -> int:
        return self.groups[-1].end

    @property
    def digits(self) -> str:
        return "".join(group.digits for group in self.groups)

    @property
    def forms(self) -> frozenset[Form]:
        return frozenset(group.form for group in self.groups)

    @property
    def dictated(self) -> bool:
        """Whether a figure stands for itself: no sum is said «cero cuatro» or «tres uno siete nueve»."""
        lone = sum(len(group.digits) == 1 for group in self.groups)
        led = any(len(g.digits) > 1 and g.digits[0] == "0" for g in self.groups)
        zero = any(a.digits == "0" for a in self.groups) and len(self.groups) > 1
        return lone >= 3 or led or zero

    @property
    def counts(self) -> bool:
        """Whether the groups go up or down by the same step: counting, days, instalments, not a number.
        Nobody counts down by 333: «987 654 321» is a number.
        """
        values = [group.value for group in self.groups]
        step = values[1] - values[0] if len(values) >= 3 else 0
        if not step or (abs(step) > _LONGEST_STEP and step % 10):
            return False
        return all(b - a == step for a, b in pairwise(values))

    @property
    def round(self) -> bool:
        """Whether every group is one that sums are made of: «cuarenta, cincuenta», «320, 320». The longer a
        row of figures, the more noughts end a sum: one telephone number in ten ends in one.
        """
        return all(
            len(group.digits) > 1 and group.digits[0] != "0" and group.value % _evenly(group) == 0
            for group in self.groups
        )

    @property
    def in_hundreds(self) -> bool:
        """«dos ochocientos», «trescientos»: sums are said in round hundreds."""
        hundreds = [group for group in self.groups if group.form == "hundreds"]
        return bool(hundreds) and all(group.value % 100 == 0 for group in hundreds)

    @property
    def with_cents(self) -> bool:
        """«cuarenta y dos cero cero»: a sum as a receipt has it."""
        head, cents = self.groups[:-2], self.groups[-2:]
        sized = len(head) in (1, 2) and len(head[-1].digits) > 1
        return sized and all(group.digits == "0" for group in cents)

    @property
    def thousands(self) -> bool:
        """Whether it may be one sum with its thousands apart: «1 200 000», «62 500»."""
        head, *rest = self.groups
        parted = len(head.digits) <= 3 and all(len(group.digits) == 3 for group in rest)
        return parted and head.digits[0] != "0" and self.forms == {"figure"}


@lru_cache(maxsize=512)
def runs_of(text: str) -> tuple[Run, ...]:
    """Every string of figures of `text`, single figures too, in order."""
    low = flat(text)
    if not _DIGIT.search(low) and _FIGURES.isdisjoint(map(sound, word_set(text))):
        return ()
    groups = _Reader(low).groups()
    if not groups:
        return ()
    out, under_way = [], [groups[0]]
    for before, group in pairwise(groups):
        if _joined(low, before, group):
            under_way.append(group)
        else:
            out.append(Run(tuple(under_way)))
            under_way = [group]
    return (*out, Run(tuple(under_way)))


def is_number(word: str) -> bool:
    """Whether a word of flat text is a figure or a word of numbers («un» and «una» are articles)."""
    return word[0].isdigit() or (word not in _NO_FIGURE and sound(word) in _WORDS)


def _joined(low: str, before: Group, group: Group) -> bool:
    if group.start - before.end > _LONGEST_GAP or "date" in (before.form, group.form):
        return False
    if group.form == "cardinal" and (before.form == "single" or len(before.digits) > 3):
        return False  # «terminada en 6620, un millón»
    return _gap().fullmatch(low, before.end, group.start) is not None


@cache
def _gap() -> re.Pattern[str]:
    return re.compile(rf"(?:[\s,;:()\-–—/]|\.\.+|…|\.(?=\S)|\b{alternatives('between_figures')}\b)*")


class _Reader:
    """Puts the words of numbers in flat text together into groups."""

    def __init__(self, low: str) -> None:
        self.low = low
        self.items = [
            _Item(match.start(), match.end(), kind, said)
            for match in _ITEM.finditer(low)
            if (kind := match.lastgroup or "") != "hour"
            and (said := sound(match.group()) if kind == "word" else "") in _OR_FIGURES
        ]

    def groups(self) -> list[Group]:
        out: list[Group] = []
        at = 0
        while at < len(self.items):
            found = self._group(at)
            if found is None:
                at += 1
                continue
            group, at = self._scaled(*found)
            out.append(group)
        return out

    def _next(self, at: int) -> _Item | None:
        """The item right after item `at`, with only blanks between them."""
        if at + 1 >= len(self.items):
            return None
        item, after = self.items[at], self.items[at + 1]
        return after if self.low[item.end : after.start].isspace() else None

    def _group(self, at: int) -> tuple[Group, int] | None:
        """The group that begins at item `at`, and the item after it."""
        start, end, form, said = self.items[at]
        if form != "word":
            raw = self.low[start:end]
            written: Form = "date" if form == "date" else "figure" if raw.isdigit() else "marked"
            return Group(start, end, re.sub(r"\D", "", raw), written), at + 1
        if said in JOINED:
            return Group(start, end, str(JOINED[said]), "cardinal"), at + 1
        if said == THOUSAND or said in MILLION:
            return Group(start, end, "1", "cardinal"), at + 1
        after = self._next(at)
        if said in _NO_FIGURE and after and after.said in MILLION:
            return Group(start, after.end, "1", "cardinal"), at + 2
        if said in _TIMES:
            once = self._small(at + 1) if self._next(at) else None
            return (
                (Group(start, once[0].end, once[0].digits * _TIMES[said], "single"), once[1])
                if once
                else None
            )
        return self._hundreds(at) or self._small(at)

    def _hundreds(self, at: int) -> tuple[Group, int] | None:
        start, end, _, said = self.items[at]
        if said in OVER_HUNDRED:
            return Group(start, end, str(OVER_HUNDRED[said]), "hundreds"), at + 1
        if said not in HUNDRED:
            return None
        value, last = HUNDRED[said], at + 1
        rest = self._small(at + 1) if self._next(at) else None
        if rest and rest[0].value:
            value, end, last = value + rest[0].value, rest[0].end, rest[1]
        return Group(start, end, str(value), "hundreds"), last

    def _small(self, at: int) -> tuple[Group, int] | None:
        """A number under a hundred in words; «dos ceros» is 00."""
        start, end, form, said = self.items[at]
        value = SMALL.get(said)
        if value is None or form != "word" or said in _NO_FIGURE:
            return None
        after = self._next(at)
        if after and 1 < value < 5 and after.said in _MANY:
            return Group(start, after.end, str(_MANY[after.said]) * value, "single"), at + 2
        last = at + 1
        if value >= 20 and value % 10 == 0 and last < len(self.items):
            unit = self.items[last]
            more = SMALL.get(unit.said, 0) if _AND.fullmatch(self.low, end, unit.start) else 0
            if 1 <= more <= 9:
                value, end, last = value + more, unit.end, last + 1
        return Group(start, end, str(value), "single" if value < 10 else "pair"), last

    def _scaled(self, group: Group, end: int) -> tuple[Group, int]:
        """A number with «mil» or «millones» in it as one group: sums are said so, and some ids."""
        digits, last, scaled = group.digits, end, group.form == "cardinal"
        while last < len(self.items) and self._next(last - 1):
            item = self.items[last]
            if item.said in MILLION or item.said == THOUSAND or self.low[item.start : item.end] == "1000":
                scaled, last = True, last + 1
                continue
            more = self._group(last) if scaled and item.form != "date" else None
            if more is None or len(more[0].digits) > 3:
                break
            digits, last = digits + more[0].digits, more[1]
        if not scaled:
            return group, end
        return Group(group.start, self.items[last - 1].end, digits, "cardinal"), last


_OR_FIGURES = _WORDS | {""}
