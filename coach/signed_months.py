"""What signed months hold of one person: the points that went to payroll, with what was added since."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from coach import intact
from coach.frozen import CloseRow
from coach.house_rules import ScoreRules
from coach.payroll import Adjustment, with_added
from coach.schema_month import adjustments, close_rows, closes
from coach.store import Store

MOST = 12  # months


@dataclass(frozen=True, slots=True)
class Signed:
    """One person's row of a signed month; `entries` were added to it since, in their order."""

    month: date  # its first day
    signed_at: datetime
    row: CloseRow
    rules: ScoreRules  # the bands as they were frozen
    entries: tuple[Adjustment, ...]

    @property
    def added(self) -> float:
        """Points, below nought where more was taken than given."""
        return sum(one.points for one in self.entries)

    @property
    def final(self) -> tuple[float, str] | None:
        """The points that count and their level; None where there were too few calls for points."""
        return with_added(self.row, self.added, self.rules)


def of_person(store: Store, user_id: int) -> tuple[Signed, ...]:
    """The newest months first, twelve at most; one that is not as it was signed is left out. Who asks has
    been let to this person's sheet (`own_calls.person`).
    """
    with store.reading() as connection:
        columns = [close_rows.c[name] for name in CloseRow.__dataclass_fields__]
        its = close_rows.join(closes, closes.c.id == close_rows.c.close_id)
        query = select(close_rows.c.close_id, *columns).select_from(its)
        query = query.where(close_rows.c.user_id == user_id, closes.c.signed_at.is_not(None))
        found = connection.execute(query.order_by(closes.c.month.desc(), closes.c.id).limit(MOST)).all()
        rows = {close_id: CloseRow(*rest) for close_id, *rest in found}
        heads = {row.id: row for row in connection.execute(select(closes).where(closes.c.id.in_(rows)))}
        signatures = intact.signatures(connection, list(rows))
        names = [adjustments.c[name] for name in Adjustment.__dataclass_fields__]
        added = select(adjustments.c.close_id, *names).order_by(adjustments.c.id)
        added = added.where(adjustments.c.close_id.in_(rows), adjustments.c.user_id == user_id)
        entries: dict[int, list[Adjustment]] = defaultdict(list)
        for close_id, *rest in connection.execute(added):
            entries[close_id].append(Adjustment(*rest))
    return tuple(
        Signed(
            head.month,
            head.signed_at,
            row,
            ScoreRules.frozen_in(json.loads(head.body)),
            tuple(entries[close_id]),
        )
        for close_id, row in rows.items()
        if intact.stands(head := heads[close_id], signatures)
    )
