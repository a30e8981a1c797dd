"""A day whose month is written as a word, in Spanish or English: «28-nov-2026», «28 de noviembre de 2026»,
«Nov 28, 2026».
"""

from __future__ import annotations

import re

_NAMES = (
    "enero ene january jan", "febrero feb february", "marzo mar march", "abril abr april apr", "mayo may",
    "junio jun june", "julio jul july", "agosto ago august aug",
    "septiembre setiembre sep sept set september", "octubre oct october", "noviembre nov november",
    "diciembre dic december dec",
)  # fmt: skip
_MONTH = {name: month for month, names in enumerate(_NAMES, 1) for name in names.split()}
_WORD = r"(?P<month>[a-z]+)\.?"
_DAY = r"(?P<day>\d{1,2})"
_REST = r"(?:[,T\s]+(?P<clock>.+))?$"
_FORMS = tuple(
    re.compile(form + _REST, re.I)
    for form in (
        rf"^{_DAY}[º°]?(?:\s+de\s+|[\s./-]*){_WORD}(?:\s+del?\s+|[\s.,/-]*)(?P<year>\d{{4}}|\d{{2}})",
        rf"^{_WORD}[\s./-]*{_DAY}(?:st|nd|rd|th)?[\s.,/-]+(?P<year>\d{{4}}|\d{{2}})",
        rf"^(?P<year>\d{{4}})[\s./-]*{_WORD}[\s./-]*{_DAY}",
    )
)


def in_figures(raw: str) -> str:
    """The same as «2026-11-28», with the clock behind it where there is one; what is no such day as it is."""
    for form in _FORMS:
        found = form.match(raw)
        if found and (month := _MONTH.get(found["month"].casefold())):
            year = int(found["year"])
            day = f"{year + 2000 if year < 100 else year}-{month:02}-{int(found['day']):02}"
            return f"{day} {found['clock']}" if found["clock"] else day
    return raw
