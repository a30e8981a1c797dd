"""E-mails and addresses, written and spoken: «juan punto perez arroba gmail punto com», «calle 19 número
6-68, piso 8», «colonia Valle Verde, pasaje cuatro, casa once».
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from nlp.redact_figures import is_number
from nlp.redact_quantities import counts_something
from nlp.redact_words import Span, alternatives, flat, given_names, word_set, words

_AT = re.compile(r"@|\barroba\b")
_WRITTEN = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,24}){1,4}")
_SEPARATOR = r"(?:[\s,]*\b(?:punto|guion(?:\s+bajo)?|raya|bajo|barra)\b[\s,]*|[._-])"
_LABEL = r"[^\W_]+"
_NUMBER = (
    r"(?:\d+|(?:cero|uno|d[io][a-z]+|tre[a-z]+|cuatro|cuarenta|cinco|cincuenta|se[ist][a-z]+|och[a-z]+"
    r"|nueve|noventa|once|catorce|quince|vein[a-z]+)(?:\s+y\s+[a-z]+)?)"
)
_JUNTO = r"[\s,]+todo\s+(?:junto|pegado)"
_DOMAIN = re.compile(
    rf"[\s,]*(?P<first>{_LABEL})(?:(?:{_JUNTO})?{_SEPARATOR}{_LABEL})*(?:\s+(?:com|net|org)\b)?"
)
_ALIAS = re.compile(
    rf"\balias(?:[\s,:]+(?:es|el|mio|de|la|cuenta|mi))*[\s,:]+(?P<alias>{_LABEL}(?:{_SEPARATOR}{_LABEL}){{1,4}})"
)
_WORD_BEFORE = re.compile(r"(?<!\w)(?P<word>[^\W\d_]+)\s+$")
_WEIGHT = re.compile(r"\b(?:la|una|por|cada|media|de)\s+$")  # «a cuánto la arroba»
_MAILS = frozenset(("correo", "mail", "email"))
_NEAR_AT = 16  # characters in which an at sign makes it an e-mail of the usual kind
_WINDOW = 90  # characters before the at sign
_WORD = re.compile(r"[^\W_]+|#")
_STOP = re.compile(r"[?!;:…]|\.\.|\.(?=\s|$)")
_DIRECTION_WORDS, _ANSWER_WORDS = 24, 10
_NAME_WORDS = 3  # of a street in small letters, before its number


def emails(text: str) -> Iterator[Span]:
    """Every e-mail of `text`; of a broken-off one what was said."""
    low = flat(text)
    for match in _said_mail().finditer(low) if not _MAILS.isdisjoint(word_set(text)) else ():
        if _AT.search(low, match.end(), match.end() + _NEAR_AT) is None:
            yield Span(*match.span("local"), "email")
    if "@" not in low and "arroba" not in low:
        return
    done = 0
    for at in _AT.finditer(low):
        if at.start() < done or low[at.end() : at.end() + 1] == "@":
            continue
        beside = (
            at.group() == "@"
            and low[at.start() - 1 : at.start()].isalnum()
            and low[at.end() : at.end() + 1].isalnum()
        )
        written = _WRITTEN.search(low, max(0, at.start() - 64), at.end() + 120) if beside else None
        if written and written.start() < at.start() < written.end():
            span = Span(written.start(), written.end(), "email")
        else:
            start, end = _local(low, at.start()), _domain(low, at.end())
            weighs = start == at.start() and _WEIGHT.search(low, max(0, start - 12), start)
            if weighs or (start == at.start() and end == at.end()):
                continue
            span = Span(start, end, "email")
        done = span.end
        yield span


def aliases(text: str) -> Iterator[Span]:
    """The alias of an account, words with points between them: «el alias es tordo punto casco punto río»."""
    low = flat(text)
    if "alias" in low:
        for match in _ALIAS.finditer(low):
            yield Span(match.start("alias"), match.end("alias"), "account")


def _local(low: str, at: int) -> int:
    """Where the part before the at sign begins, with given names said before it («Byron Tapia, arroba»)."""
    match = _local_pattern().search(low, max(0, at - _WINDOW), at)
    start = match.start("local") if match else at
    while match and (before := _WORD_BEFORE.search(low, max(0, start - 30), start)):
        if before["word"] not in given_names():
            break
        start = before.start("word")
    return start


@cache
def _local_pattern() -> re.Pattern[str]:
    stop = "|".join(sorted(words("mail_stop")))
    label = rf"(?!(?:{stop})\b){_LABEL}"
    letter = rf"[\s,]*\b(?:con|sin)\s+(?:(?:dos|doble)\s+)?{alternatives('mail_letters')}\b"
    aside = rf"{letter}|{_JUNTO}|[\s,]+en\s+minusculas?"
    number = rf"[\s,]+{_NUMBER}\b"
    return re.compile(
        rf"(?<!\w)(?P<local>{label}(?:{_SEPARATOR}{_LABEL}|{aside}|{number})*)[\s,]*(?:\.\.+|…)?[\s,]*$"
    )


@cache
def _said_mail() -> re.Pattern[str]:
    """«¿El correo sigue siendo hmontero cincuenta y seis?»"""
    stop = "|".join(sorted(words("mail_stop")))
    return re.compile(
        r"\b(?:correo|mail|email)\s+(?:\w+\s+)?(?:es|siendo|seria)[\s,:]+"
        rf"(?P<local>(?!(?:{stop})\b){_LABEL}(?:{_SEPARATOR}{_LABEL}|[\s,]+{_NUMBER}\b)+)"
    )


def _domain(low: str, at: int) -> int:
    match = _DOMAIN.match(low, at)
    if match is None or (match["first"] in words("mail_stop") and match.end() == match.end("first")):
        return at
    return match.end()


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    low: str
    capital: bool

    @property
    def number(self) -> bool:
        return is_number(self.low)


def addresses(text: str, country: str | None, *, asked: bool) -> list[Span]:
    """Streets with their numbers, districts, floors and flats. `asked`: the turn answers «¿su dirección?»."""
    if not asked and _keys().isdisjoint(word_set(text)):
        return []
    walk = _Walk(text, flat(text), country)
    out: list[Span] = []
    for at in range(len(walk.words)):
        if out and walk.words[at].start < out[-1].end:
            continue
        span = walk.address(at, asked=asked and not out and at < _ANSWER_WORDS)
        if span is not None:
            out.append(span)
    return out


@cache
def _no_street_names() -> frozenset[str]:
    return words("address_stop") | words("company_words")


@cache
def _keys() -> frozenset[str]:
    return words("street_words") | words("lone_unit_words")


class _Walk:
    """The words of one text, and how far an address reaches from one of them."""

    def __init__(self, text: str, low: str, country: str | None) -> None:
        self.text, self.low, self.country = text, low, country
        self.cased = text != text.lower()
        self.words = [
            _Word(m.start(), m.end(), low[m.start() : m.end()], text[m.start()].isupper())
            for m in _WORD.finditer(text)
        ]

    def address(self, at: int, *, asked: bool) -> Span | None:
        if asked and at == 0 and (end := self._leading_name()):
            return Span(self.words[0].start, self.words[end].end, "address")
        word = self.words[at]
        street, unit = word.low in words("street_words"), word.low in words("lone_unit_words")
        first = at
        if street and at and self._before_street(at):
            first = at - 1  # «ocho calle», as Guatemala counts its streets
        elif asked and at and self._house_number(at) and self._names_street(at):
            first = at - 1  # «Thames 1340»
        elif not (street or unit or (asked and self._house_number(at))):
            return None
        end, keys, named = self._extent(at, street=street or asked)
        if end == at and first == at and not (asked and word.number):
            return None
        if word.low == "pasaje" and keys == 1 and not named:
            return None  # «pasaje 40» is a fare
        return Span(self.words[first].start, self.words[end].end, "address")

    def _house_number(self, at: int) -> bool:
        number = self.words[at].number
        return number and not counts_something(self.low, self._number_end(at), self.country)

    def _leading_name(self) -> int:
        """The last word of a district that opens the answer («San Juan Bosco, en León»); 0: none."""
        end = 0
        for here, word in enumerate(self.words[: _NAME_WORDS + 1]):
            beside = not here or self.low[self.words[here - 1].end : word.start] == " "
            if not (self.cased and word.capital and beside) or word.low in _no_street_names():
                break
            end = here
        return end if end and self.words[0].low not in given_names() else 0

    def _before_street(self, at: int) -> bool:
        before, word = self.words[at - 1], self.words[at]
        return before.number and word.low in ("calle", "avenida") and self.low[before.end : word.start] == " "

    def _names_street(self, at: int) -> bool:
        before = self.words[at - 1]
        beside = self.low[before.end : self.words[at].start] == " "
        return self.cased and before.capital and beside and before.low not in words("address_stop")

    def _extent(self, at: int, *, street: bool) -> tuple[int, int, bool]:
        """(last word, key words, whether a name is in it) of the address that begins at word `at`."""
        last, keys, named, loose, pending = at, 1, False, 0, False
        key, numbered = self.words[at].low, False
        for here in range(at + 1, min(at + _DIRECTION_WORDS, len(self.words))):
            word, gap = self.words[here], self.low[self.words[here - 1].end : self.words[here].start]
            comma = "," in gap
            if _STOP.search(gap) and not (gap.startswith(".") and self.words[here - 1].low in _SHORT):
                break
            if word.number:
                if counts_something(self.low, self._number_end(here), self.country):
                    break
                last, numbered, loose = here, True, 0
                if not named and pending:
                    named = True
            elif word.low in words("street_words") or word.low in words("unit_words"):
                keys, key, loose = keys + 1, word.low, 0
            elif self.cased and word.capital and (not comma or numbered) and (street or len(word.low) <= 2):
                last, named, loose = here, True, 0
            elif word.low == "#" or (
                word.low in self._glue(unit=not street and last == at) and loose < 3 and not comma
            ):
                loose += 1
            elif len(word.low) == 1 and word.low not in "ayoe" and (numbered or key in words("unit_words")):
                last = here
            elif not (self.cased or numbered or comma) and self._small_name(here, at, word):
                pending = True
                if key in words("bare_street_words") and here == at + 1:
                    last, named = here, True
            else:
                break
        return last, keys, named

    def _glue(self, *, unit: bool) -> frozenset[str]:
        """Words inside an address; between «piso» and its number only «número»."""
        return words("unit_glue") if unit else words("address_glue")

    def _number_end(self, at: int) -> int:
        """Where the number ends whose first word stands at `at`: «setenta y un»."""
        here = at
        while here + 1 < len(self.words) and self.low[self.words[here].end] == " ":
            after = self.words[here + 1]
            if not after.number and after.low not in ("y", "un", "una"):
                break
            here += 1
        return self.words[here].end

    def _small_name(self, here: int, at: int, word: _Word) -> bool:
        """Whether a word in small letters may name the street whose number follows."""
        return here - at <= _NAME_WORDS + 1 and word.low not in words("address_stop")


_SHORT = frozenset("av avda no num nro col jr urb mz depto dpto apto int c p cra".split())
