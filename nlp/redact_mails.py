"""E-mails and aliases of accounts, written and spoken: «juan punto perez arroba gmail punto com»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

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
    rf"[\s,]*(?P<first>{_LABEL})(?:(?:{_JUNTO})?{_SEPARATOR}{_LABEL})*(?:[\s,]+(?:com|net|org)\b)?"
)
_ALIAS = re.compile(
    rf"\balias(?:[\s,:]+(?:es|el|mio|de|la|cuenta|mi))*[\s,:]+(?P<alias>{_LABEL}(?:{_SEPARATOR}{_LABEL}){{1,4}})"
)
_HOUSES = r"(?:gmail|hotmail|outlook|yahoo|icloud|live|msn|protonmail)\b"
_HEARD_AT = re.compile(rf"(?<=[\s,])a(?=[\s,]+{_HOUSES})")  # as a recogniser hears «arroba»
_OF_MAIL = re.compile(r"[._\d]|\b(?:punto|guion|bajo|arroba)\b")
_MAIL_IS = re.compile(r"\b(?:correo|mail|email)(?:\s+electronico)?(?:\s+(?:es|seria|mio))*[\s,:]+$")
_WORD_BEFORE = re.compile(r"(?<!\w)(?P<word>[^\W\d_]+)\s+$")
_WEIGHT = re.compile(r"\b(?:la|una|por|cada|media|de)\s+$")  # «a cuánto la arroba»
_MAILS = frozenset(("correo", "mail", "email"))
_NEAR_AT = 16  # characters in which an at sign makes it an e-mail of the usual kind
_LEAD = 50  # characters before an e-mail in which it is announced
_WINDOW = 90  # characters before the at sign


def emails(text: str) -> Iterator[Span]:
    """Every e-mail of `text`; of a broken-off one what was said."""
    low = flat(text)
    for match in _said_mail().finditer(low) if not _MAILS.isdisjoint(word_set(text)) else ():
        if _AT.search(low, match.end(), match.end() + _NEAR_AT) is None:
            yield Span(*match.span("local"), "email")
    if "@" not in low and "arroba" not in low:
        yield from _heard_otherwise(low)
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


def _heard_otherwise(low: str) -> Iterator[Span]:
    """E-mails whose at sign was heard as «a»: «lucho, punto, ugalde, a, gmail, com»."""
    for at in _HEARD_AT.finditer(low):
        start, end = _local(low, at.start()), _domain(low, at.end())
        of_mail = _OF_MAIL.search(low, start, at.start()) or _MAIL_IS.search(
            low, max(0, start - _LEAD), start
        )
        if start < at.start() and of_mail:
            yield Span(start, end, "email")


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
