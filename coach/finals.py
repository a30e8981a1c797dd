"""What a dispute has settled of a call, for everybody's later words on it.

The second person's word is final for whoever had judged the criterion before. Where it was no failure, it is
final for everybody: the agent could not dispute it once more.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, select

from coach.schema_work import disputes, ratings
from coach.types import CoachError, Override
from coach.viewers import Viewer


def check(
    connection: Connection,
    viewer: Viewer,
    recording_id: str,
    said: Collection[Override],
    labels: Mapping[str, str],
) -> None:
    """CoachError where one of these words would undo what a dispute settled; `labels` by criterion."""
    if not said:
        return
    decided = select(disputes.c.criterion, disputes.c.outcome).where(
        disputes.c.recording_id == recording_id, disputes.c.state.in_(("upheld", "dismissed"))
    )
    settled = {row.criterion: row.outcome for row in connection.execute(decided.order_by(disputes.c.id))}
    others = [one for one in said if one.outcome != settled.get(one.criterion, one.outcome)]
    if not others:
        return
    own = _judged_by(connection, viewer, recording_id)
    undone = [one.criterion for one in others if settled[one.criterion] != "fail" or one.criterion in own]
    if undone:
        raise CoachError(
            "Una segunda persona ya decidió en una apelación y su palabra queda: {labels}. En su revisión, "
            "deje ese veredicto como está (tecla 0).",
            labels=", ".join(labels.get(name, name) for name in undone),
        )


def _judged_by(connection: Connection, viewer: Viewer, recording_id: str) -> set[str]:
    """The criteria of the call that the viewer has judged."""
    mine = ratings.c.user_id.is_not_distinct_from(viewer.user_id)
    its = select(ratings.c.criterion).where(ratings.c.recording_id == recording_id, mine)
    return set(connection.execute(its.distinct()).scalars())
