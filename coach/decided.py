"""What a person decided of a call's verdicts, for the log: once it is in force, not while it is a draft."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection

from coach import audit
from coach.as_said import promised
from coach.judged import Judged
from coach.types import Call, Override, Review
from coach.viewers import Viewer


def note(
    connection: Connection,
    viewer: Viewer,
    recording_id: str,
    was: Judged,
    before: Review | None,
    said: Sequence[Override],
) -> None:
    """An entry for each verdict that is another than the one that stood, and one for all that were confirmed,
    by outcome. What stood is what a person had said before, else what the machine says.
    """
    stood = {name: verdict.outcome for name, verdict in was.verdicts.items()}
    stood |= {one.criterion: one.outcome for one in (before.overrides if before else ())}
    confirmed: dict[str, list[str]] = defaultdict(list)
    for one in said:
        if one.outcome == stood[one.criterion]:
            confirmed[one.outcome].append(one.criterion)
            continue
        audit.record(
            connection, viewer, "override", f"call:{recording_id}",
            criterion=one.criterion, outcome=one.outcome,
        )  # fmt: skip
    if confirmed:
        audit.record(connection, viewer, "confirm", f"call:{recording_id}", **confirmed)


def note_promise(connection: Connection, viewer: Viewer, before: Call, after: Call) -> None:
    """Write down that a person's word took the call's promise away, put it right, or let it be again."""
    was, now = promised(before), promised(after)
    heard = now == after.findings.promise
    if was == now or (heard and was == before.findings.promise):
        return  # the machine alone may have heard another one
    change = "restored" if heard else "withdrawn" if now is None else "corrected"
    audit.record(connection, viewer, "promise", f"call:{after.id}", change=change)
