"""Versions of a file that people change, each in a line."""

from __future__ import annotations

from coach.kept import Version
from views import _address
from views._text import t
from views._widgets import plain


def line(one: Version) -> str:
    """Its number, when it was put in use, by whom and why, and whether it is in use, as markdown."""
    facts = (t("versión {n}", n=one.version), _address.moment(one.at), one.by, one.note)
    state = f" · **{t('en uso')}**" if one.in_use else ""
    return " · ".join(plain(fact) for fact in facts if fact) + state
