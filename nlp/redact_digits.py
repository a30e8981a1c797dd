"""Which strings of figures of a call give somebody away: by check digits, by the words beside them, by what
was asked for, by being dictated.

Sums, days, hours and counts are left alone: a string is taken only where something speaks for it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from nlp.redact_asked import BIRTH, Asked
from nlp.redact_figures import Run, runs_of
from nlp.redact_ids import kind_by_check, letter_after, letters_before, with_letters, written_ids
from nlp.redact_parts import LEAST_ID, Parts
from nlp.redact_quantities import is_day, without_quantities
from nlp.redact_words import (
    HEAD,
    Kind,
    Span,
    alternatives,
    ends_with,
    flat,
    may_hold,
    phrases,
    starts_with,
    without_fillers,
    words,
    words_in,
)

_WORD = re.compile(r"[^\W_]+")
_STOP = re.compile(r"[.!\n]\s*$")
_LINK_WORDS = 9  # words between «cédula» and its number
_FAR = 80  # characters between «tarjeta» and «terminada en» of one sentence
_HEAD_WORDS = 10  # an answer begins with what was asked for
_SHORT_ANSWER = 16  # words
_BARE_ANSWER = 4  # words
_LATE_WORDS = 6  # after an answer without figures only these first words count
_LONG = 5  # figures that are an answer wherever they stand
_OF_ASKED: tuple[Kind, ...] = ("id", "card", "account", "phone", "address", "digits")
_NAMING = (
    *(f"{name}_words" for name in (*_OF_ASKED, "weak", "extension", "ends")),
    "dictated_after",
    "ends_after",
)
_TELLING = 7  # figures from which a number may tell by itself what it is
_SUM = 8  # figures; a longer row that is not round is no sum
_LETTERED = 3  # figures of a document that letters lead
_ENDING = 4  # figures by which a card or an account is called


@dataclass(frozen=True, slots=True)
class Heard:
    """What a turn is heard against: the question that stands open, what its speaker has been dictating."""

    country: str | None = None
    asked: Asked | None = None
    dictating: Kind | None = None
    spoken_of: Kind | None = None  # a card or an account named by its last figures a moment ago


def figures(text: str, heard: Heard) -> list[Span]:
    """The strings of figures of one turn that give somebody away, with the letters that belong to them."""
    runs = runs_of(text)
    if not runs:
        return []
    written = any(group.form in ("figure", "marked", "date") for run in runs for group in run.groups)
    ids = list(written_ids(text)) if written else []
    out = [*ids]
    low = flat(text)
    parts = Parts(low)
    speaks = heard.asked or heard.dictating or heard.spoken_of or may_hold(text, *_NAMING)
    for run in runs:
        if not speaks and len(run.groups) == 1 and len(run.groups[0].digits) < _TELLING:
            continue  # a sum, a day, a count: most numbers of a call
        if any(run.start < span.end and span.start < run.end for span in ids):
            continue
        kept = without_quantities(low, run, heard.country)
        if kept is None:
            continue
        lead = letters_before(text, low, kept.start)
        kind = _kind(low, kept, heard, lead) or parts.kind(kept)
        if kind is None and "cardinal" in kept.forms:
            kind = parts.begins(kept, _kind_in(_links(low, lead)[0]))
        if kind is not None:
            parts.told(kept, kind)
            out.append(with_letters(text, low, Span(kept.start, kept.end, kind), lead))
    return out


def _kind(low: str, run: Run, heard: Heard, lead: int) -> Kind | None:
    """`lead`: where the letters before the figures begin, or the figures."""
    digits = run.digits
    checked = None
    if not run.forms & {"cardinal", "date"}:
        checked = kind_by_check(digits, heard.country)
    if checked in ("card", "account"):
        return checked
    named = _named(low, run) or (_named_by_letters(low, run, lead) if lead < run.start else None)
    answer = _answered(low, run, heard.asked)
    if named is not None and (named != "digits" or answer is None):
        return checked if checked and named == "digits" else named
    if answer is not None:
        return checked if checked and answer == "digits" else answer
    if heard.dictating and _goes_on(low, run):
        return heard.dictating
    if checked is not None and no_sum(run):
        return checked
    before = low[max(0, run.start - 20) : run.start]
    ending = len(digits) == _ENDING and run.forms == {"figure"} and no_sum(run)
    if heard.spoken_of and ending and ends_with("the_other").search(before):
        return heard.spoken_of
    if run.dictated and ends_with("dictated_after").search(before):
        return "digits"
    return "digits" if _dictated(run) else None


# named by the words beside it


def _named(low: str, run: Run) -> Kind | None:
    """The kind of number that the words right before `run` announce («cédula», «terminada en», «folio»)."""
    if "date" in run.forms or is_day(low, run):
        return None
    if starts_with("ends_after").match(low, run.end) and len(run.digits) >= 2:
        return "digits"
    tail, at = _links(low, run.start)
    kind = _kind_in(tail)
    ends = phrases("ends_words").search(tail) is not None
    if ends and (kind is None or kind == "digits"):
        sentence = max(low.rfind(mark, 0, at) for mark in ".!?\n") + 1
        kind = _kind_in(low[max(sentence, at - _FAR) : at]) or "digits"
    if kind is None:
        weak = phrases("weak_words").search(tail)
        return "digits" if weak and len(run.digits) >= _LONG and no_sum(run) else None
    return kind if _long_enough(run, kind, tail, ends=ends) else None


def _named_by_letters(low: str, run: Run, lead: int) -> Kind | None:
    """The kind of what is announced before the letters that lead a number: «pasaporte G12345678»."""
    if "date" in run.forms or "cardinal" in run.forms:
        return None
    kind = _kind_in(_links(low, lead)[0])
    return kind if kind in ("id", "digits") and len(run.digits) >= _LETTERED else None


def _long_enough(run: Run, kind: Kind, tail: str, *, ends: bool) -> bool:
    size = len(run.digits)
    year = "cardinal" in run.forms and size <= 6 and kind != "id"
    if ends:
        return size >= 2 and not year
    if kind == "id":
        return size >= (LEAST_ID if "cardinal" in run.forms else 3)
    if year or ("marked" in run.forms and (kind != "phone" or size <= _SUM)):
        return False
    if kind == "digits" or phrases("digits_words", "extension_words").search(tail):
        return size >= 3
    return size >= 4 and (size >= 7 or no_sum(run))


def _links(low: str, start: int) -> tuple[str, int]:
    """The words that lead up to `start` without a break, as one line, and where they begin."""
    found: list[str] = []
    at = start
    known = _linking()
    for match in reversed(list(_WORD.finditer(low, max(0, start - 120), start))):
        gap = low[match.end() : at]
        if len(found) >= _LINK_WORDS or (
            _STOP.search(gap) and match.group() not in ("no", "num", "nro", "tel")
        ):
            break
        if match.group() not in known:
            break
        found.append(match.group())
        at = match.start()
    return " ".join(reversed(found)), at


@cache
def _linking() -> frozenset[str]:
    listed = " ".join(alternatives(f"{name}_words") for name in (*_OF_ASKED, "weak", "ends"))
    return words("link_words") | frozenset(re.findall(r"[a-z]+", listed))


def _kind_in(said: str) -> Kind | None:
    return next((kind for kind in _OF_ASKED if phrases(f"{kind}_words").search(said)), None)


# asked for, dictated


def _answered(low: str, run: Run, asked: Asked | None) -> Kind | None:
    """The kind that was asked for, where `run` looks like the answer."""
    kinds = [kind for kind in _OF_ASKED if asked and kind in asked.kinds]
    if asked is None or not kinds:
        return None
    size = len(run.digits)
    rest = _beside_figures(low[:HEAD])
    before, total = len(_WORD.findall(rest, 0, run.start)), words_in(low, len(low))
    if size == 1 and not (kinds[0] == "address" and before <= 2) and not _lettered(low, run, kinds[0]):
        return None
    if "cardinal" in run.forms and size < 4:
        return None
    if asked.tries and not (run.dictated or before <= _LATE_WORDS):
        return None
    if not (before <= _HEAD_WORDS or total <= _SHORT_ANSWER or size >= _LONG):
        return None
    if is_day(low, run) and (kinds[0] != "address" or BIRTH in asked.kinds):
        return None
    at_once = not before and not asked.tries  # the very first words after the question
    if run.forms == {"pair"} and len(run.groups) == 1 and total > 1:
        bare = not _WORD.search(rest) and len(low) <= HEAD and not asked.tries
        return kinds[0] if bare or (at_once and run.groups[0].value % 10) else None
    if run.in_hundreds and not run.dictated and not (at_once and len(run.groups) > 1):
        return kinds[0] if total <= _BARE_ANSWER else None
    loose = len(run.groups) == 1 and 3 <= size <= _SUM and run.groups[0].value % 50 == 0
    return kinds[0] if not loose or total <= _BARE_ANSWER or at_once else None


@lru_cache(maxsize=512)
def _beside_figures(low: str) -> str:
    """Flat text with blanks for every string of figures and for fillers, as long as before."""
    out, last = [], 0
    said = without_fillers(low)
    for run in runs_of(said):
        out += [said[last : run.start], " " * (run.end - run.start)]
        last = run.end
    return "".join((*out, said[last:]))


def _lettered(low: str, run: Run, kind: Kind) -> bool:
    return kind == "id" and letter_after().match(low, run.end) is not None


def _goes_on(low: str, run: Run) -> bool:
    """Whether the turn goes on with a number: figures and hardly anything else."""
    said = len(low[run.start : run.end].split())
    if run.counts or run.forms & {"cardinal", "date"}:
        return False
    return (len(run.digits) >= 3 or len(run.groups) > 1) and (
        2 * said >= words_in(low, len(low)) or run.dictated
    )


def no_sum(run: Run) -> bool:
    """Whether no sum of money is written or said so."""
    if run.forms & {"marked", "cardinal", "date"} or run.round or run.counts:
        return False
    if (run.in_hundreds and not run.dictated) or run.with_cents:
        return False
    if len(run.groups) == 1:
        return run.groups[0].digits[0] == "0" or len(run.digits) > _SUM or run.groups[0].value % 100 != 0
    return not run.thousands or run.groups[-1].value % 10 != 0


def _dictated(run: Run) -> bool:
    """Whether a string of figures is a number by its shape alone."""
    size, count = len(run.digits), len(run.groups)
    if not no_sum(run) or any(g.form == "hundreds" and g.value % 10 == 0 for g in run.groups):
        return False
    if count == 1:
        return run.forms == {"figure"} and size >= 9
    if any(len(group.digits) >= 4 for group in run.groups) and size < 10 and not run.dictated:
        return False
    if run.dictated:
        return size >= 4 and count >= (3 if size < 6 else 2)
    pairs = all(len(group.digits) == 2 for group in run.groups)
    written = count >= 3 and run.forms == {"figure"} and (size >= 7 or pairs)
    return (count >= 4 and size >= 6) or written
