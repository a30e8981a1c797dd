"""What stands in the cells of a month's tables: points, levels, appeals, adjustments."""

from __future__ import annotations

from typing import Any

from coach import payroll
from coach.frozen import CloseRow
from coach.house_rules import ScoreRules
from coach.intervals import Mean
from views import _formats, _labels
from views._formats import NOTHING, SIGNS
from views._text import counted, t

Cell = dict[str, Any]


def voided(row: CloseRow) -> Cell:
    """A fact that a person confirmed, no figure of a few calls: told where there is no score too."""
    return {"text": str(row.voided), "kind": "" if row.voided else "na"}


def band(row: CloseRow, rules: ScoreRules) -> Cell:
    """The level of the points; beside it those that they may be as well, where the interval touches more."""
    if not row.band:
        return {"text": NOTHING, "kind": "na"}
    cell: Cell = {"text": _labels.band(row.band)}
    maybe = _labels.bands(one for one in row.spans(rules) if one != row.band)
    return cell | {"sub": t("puede ser también {bands}", bands=maybe)} if maybe else cell


def points(row: CloseRow) -> Cell:
    """«82 ± 6» on n of the month's calls; or that they are still too few."""
    basis = t("{n} de {calls}", n=row.n, calls=_formats.calls(row.calls))
    if row.points is None:
        return {"text": t("aún pocas llamadas"), "kind": "na", "sub": basis}
    return {"text": score(row), "sub": basis}


def score(row: CloseRow | None) -> str:
    if row is None or row.points is None:
        return t("sin puntaje")
    if row.low is None or row.high is None:
        return f"{row.points:.0f}"
    margin = max(row.points - row.low, row.high - row.points)  # an end is cut off at 0 or 100
    return _formats.mean(Mean(row.n, row.points, margin))


def open_disputes(row: CloseRow) -> Cell:
    if not row.open_disputes:
        return {"text": "0", "kind": "na"}
    return {"text": str(row.open_disputes), "sign": SIGNS["review"], "kind": "review", "sub": t("abiertas")}


def with_added(row: CloseRow, extra: float, rules: ScoreRules) -> Cell:
    """The final points; beside them what was added, and their level where it is another."""
    held = payroll.with_added(row, extra, rules) if extra else None
    if held is None:
        return {"text": NOTHING, "kind": "na"}
    final, level = held
    other = _labels.band(level) if level != row.band else ""
    return {"text": f"{final:.0f}", "sub": " · ".join(part for part in (signed(extra), other) if part)}


def signed(points: float) -> str:
    """«+2,5», «−4»."""
    text = _formats.decimal(points, 0 if float(points).is_integer() else 1)
    return f"+{text}" if points > 0 else text


def at(row: CloseRow | None) -> Cell:
    if row is None:
        return {"text": NOTHING, "kind": "na"}
    disputes = counted(row.open_disputes, "{n} apelación abierta", "{n} apelaciones abiertas")
    parts = (_formats.calls(row.n), _labels.band(row.band), disputes if row.open_disputes else "")
    return {"text": score(row), "sub": " · ".join(part for part in parts if part)}


def difference(was: CloseRow | None, now: CloseRow | None, added: float) -> Cell:
    """To a decimal: what an adjustment after the signature comes to; beside it what is `added` already."""
    before, after = (row.points if row else None for row in (was, now))
    if before is None or after is None:
        return {"text": NOTHING, "kind": "na"}
    told = t("ya anotado: {points}", points=signed(round(added, 1))) if added else ""
    return {"text": signed(round(after - before, 1)), "sub": told}
