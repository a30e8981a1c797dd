"""What a number is by its own check digits: cards, bank accounts, national ids, telephones.

National ids of Mexico, Colombia, Chile, Peru, Argentina, Spain, Ecuador, Guatemala, the United States and
Costa Rica. Formats and check digits: python-stdnum; telephones: phonenumbers; CLABE: Banco de México, weights
3-7-1; the CUI of Guatemala: RENAP, modulo 11 over eight figures. Colombia's cédula, Argentina's DNI and Costa
Rica's cédula have no check digit: without a mark or a word beside them they are no id.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache

import phonenumbers
from stdnum import iban, luhn
from stdnum.ar import cbu, cuit
from stdnum.cl import rut
from stdnum.co import nit
from stdnum.cr import cpf
from stdnum.ec import ci
from stdnum.ec import ruc as ec_ruc
from stdnum.es import dni, nie
from stdnum.gt import nit as gt_nit
from stdnum.mx import curp, rfc
from stdnum.pe import cui, ruc
from stdnum.us import ssn

from nlp.redact_words import Kind, Span, alternatives, phrases

_CARD_LENGTHS = range(13, 20)
_PHONE_LENGTHS = range(7, 14)
_WITH_COUNTRY_CODE = 11  # figures from which a number may begin with its country's code
_GT_PLACES = 22  # departments
_CLABE_WEIGHTS = (3, 7, 1)


def _is_clabe(digits: str) -> bool:
    if len(digits) != 18:
        return False
    total = sum(int(d) * _CLABE_WEIGHTS[i % 3] % 10 for i, d in enumerate(digits[:17]))
    return (10 - total % 10) % 10 == int(digits[17])


def _is_gt_cui(digits: str) -> bool:
    if len(digits) != 13 or not 1 <= int(digits[9:11]) <= _GT_PLACES or digits[11:] == "00":
        return False
    return sum(int(d) * (i + 2) for i, d in enumerate(digits[:8])) % 11 == int(digits[8])


def _of_length(size: int, valid: Callable[[str], bool]) -> Callable[[str], bool]:
    return lambda digits: len(digits) == size and valid(digits)


# what a bare row of figures may be, by country: only ids whose check digit is part of the row
_BARE: dict[str, tuple[Callable[[str], bool], ...]] = {
    "CO": (_of_length(10, nit.is_valid),),
    "CL": (_of_length(9, rut.is_valid),),
    "PE": (_of_length(11, ruc.is_valid), _of_length(9, cui.is_valid)),
    "AR": (_of_length(11, cuit.is_valid),),
    "EC": (_of_length(10, ci.is_valid), _of_length(13, ec_ruc.is_valid)),
    "GT": (_is_gt_cui, _of_length(9, gt_nit.is_valid)),
}

# written with letters or marks; each with what must hold for it to count
_FORMS: tuple[tuple[str, Callable[[str], bool], Kind], ...] = (
    (r"[A-Z]{4}\d{6}[HMX][A-Z]{5}[A-Z\d]\d", curp.is_valid, "id"),
    (r"[A-Z&\xd1\xf1]{3,4}[ -]?\d{6}[ -]?[A-Z\d]{3}", rfc.is_valid, "id"),
    (r"\d{1,2}\.?\d{3}\.?\d{3} ?- ?[\dK]", rut.is_valid, "id"),
    (r"\d{7,8}K", rut.is_valid, "id"),
    (r"\d{8}[ -]?[A-HJ-NP-TV-Z]", dni.is_valid, "id"),
    (r"\d{2}\.\d{3}\.\d{3}[ -]?[A-HJ-NP-TV-Z]", dni.is_valid, "id"),
    (r"[XYZ][ -]?\d{7}[ -]?[A-Z]", nie.is_valid, "id"),
    (r"\d{8}[ -]?[A-J\d]", cui.is_valid, "id"),
    (r"\d{2}-\d{8}-\d", cuit.is_valid, "id"),
    (r"\d{3}\.?\d{3}\.?\d{3} ?- ?\d", nit.is_valid, "id"),
    (r"\d{1,8} ?- ?[\dK]", gt_nit.is_valid, "id"),
    (r"\d{3}-\d{2}-\d{4}", ssn.is_valid, "id"),
    (r"[1-9]-\d{4}-\d{4}", cpf.is_valid, "id"),
    (r"[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){3,7}(?: ?[A-Z\d]{1,3})?", iban.is_valid, "account"),
)
_WRITTEN = tuple(
    (re.compile(rf"(?<![^\W_])(?:{pattern})(?![^\W_])", re.IGNORECASE | re.ASCII), valid, kind)
    for pattern, valid, kind in _FORMS
)
_CAPITALS = re.compile(r"(?<!\w)(?P<letters>[A-ZÑ]{2,4})[\s,-]*$")
_CAPITAL_LEAD = re.compile(r"(?<!\w)(?P<letters>[A-ZÑ]{1,4})[\s.-]{1,2}$")
_GLUED_BEFORE = re.compile(r"(?<![^\W_])[^\W_]*[a-zñ]$")
_LONGEST_LEAD = 20  # characters
_HAS_FIGURES = re.compile(r"\d{4}|\d-\d", re.ASCII)
_SHORT_GT = 6  # figures; a shorter NIT looks like a score or a range of hours


def kind_by_check(digits: str, country: str | None) -> Kind | None:
    """What a row of figures is by its check digits, length and country; None where nothing vouches for it.

    Where the country is not known, ids of all countries are tried.
    """
    if len(digits) in _CARD_LENGTHS and digits[0] != "0" and luhn.is_valid(digits):
        return "card"
    if _is_clabe(digits) or (len(digits) == 22 and cbu.is_valid(digits)):
        return "account"
    checks = _BARE.get(country, ()) if country else [c for each in _BARE.values() for c in each]
    if any(valid(digits) for valid in checks):
        return "id"
    return "phone" if is_phone(digits, country) else None


@lru_cache(maxsize=4096)
def is_phone(digits: str, country: str | None) -> bool:
    """Whether `digits` can be dialled: a number of `country`, or one with its country's code before it."""
    if len(digits) not in _PHONE_LENGTHS:
        return False
    for written, region in ((digits, country), ("+" + digits, None)):
        if region is None and (written[0] != "+" or len(digits) < _WITH_COUNTRY_CODE):
            continue
        try:
            number = phonenumbers.parse(written, region)
        except phonenumbers.NumberParseException:
            continue
        own = country is None or phonenumbers.region_code_for_number(number) == country
        if own and phonenumbers.is_valid_number(number):
            return True
    return False


def written_ids(text: str) -> Iterator[Span]:
    """Ids and accounts written with their letters or marks, where the check digit is right."""
    if _HAS_FIGURES.search(text) is None:
        return
    for pattern, valid, kind in _WRITTEN:
        for match in pattern.finditer(text):
            if valid(match.group()) and len(match.group()) > _SHORT_GT:
                yield Span(match.start(), match.end(), kind)


def letters_before(text: str, low: str, start: int) -> int:
    """Where the letters begin that may lead the figures at `start`: «G12345678», «AB 123456», «equis uno
    dos»; `start` where there are none.
    """
    glued = _GLUED_BEFORE.search(low, max(0, start - _LONGEST_LEAD), start)
    if glued is not None:
        return glued.start()
    spelled = _CAPITAL_LEAD.search(text, max(0, start - _LONGEST_LEAD), start)
    spelled = spelled or _letter_lead().search(low, max(0, start - 40), start)
    return spelled.start("letters") if spelled is not None else start


def with_letters(text: str, low: str, span: Span, lead: int) -> Span:
    """`span` with «guion ka», «be de Barcelona» after an id, «ZAMA», «ese a» before it, and what is written
    without a blank on either side of it. `lead`: where letters before it begin, or its start.
    """
    if span.kind not in ("id", "digits"):
        return span
    start, end = lead, span.end
    if span.kind == "id" or _glued(low, span.start):
        while end < len(low) and low[end].isalnum():
            end += 1
    if span.kind != "id":
        return Span(start, end, span.kind)
    after = letter_after().match(low, end)
    if after:
        end = after.end("letter")
    before = _letters_before().search(low, max(0, start - 40), start)
    before = before or _CAPITALS.search(text, max(0, start - 12), start)
    if before and not phrases("id_words").search(before.group().lower()):
        start = before.start("letters")
    return Span(start, end, "id")


def _glued(low: str, start: int) -> bool:
    return start > 0 and low[start - 1].isalpha()


@cache
def letter_after() -> re.Pattern[str]:
    """The check letter that may follow an id."""
    names = alternatives("letter_names")
    return re.compile(
        rf"[\s,.]*(?:y\s+)?(?:con\s+)?(?:la\s+)?(?:letra\s+)?(?:es\s+)?(?:la\s+)?(?P<letter>(?:-|\b(?:guion|raya)\b)[\s,]*{names}(?!\w)"
        rf"|(?<=[\s,]){names}(?=\s+de\s+[^\W\d_]+)\s+de\s+[^\W\d_]+"
        rf"|{names}(?=\s*(?:[.,;?!]|$)))"
    )


@cache
def _letter_lead() -> re.Pattern[str]:
    """One to four letters that are no other words, spelled by their names or written alone."""
    names = alternatives("letters_alone")
    return re.compile(rf"(?<!\w)(?P<letters>{names}(?:[\s,.-]+{names}){{0,3}})[\s,.-]*$")


@cache
def _letters_before() -> re.Pattern[str]:
    names = alternatives("letter_names")
    return re.compile(rf"(?<!\w)(?P<letters>{names}(?:[\s,]+(?:{names}|[aeiou])){{1,3}})[\s,]*$")
