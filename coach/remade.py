"""Calls of a frozen month that another form, other rules or another version has judged since: what that makes
of their points is no word of anybody's, and is told apart from what people have changed.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, or_, select

from coach import bodies, editions, restand, trusts
from coach.demonstration import all_count
from coach.judged_by import JudgedBy
from coach.made import Made
from coach.schema import findings, recordings, reviews, scorecards, standings, transcripts
from coach.score import DrawnCall
from coach.settings import Settings
from coach.store import Store
from rubrics.settled import settle
from rubrics.types import RubricError

_Row = Row[*tuple[Any, ...]]
_AT_ONCE = 500  # ids in one question
_JUDGES = ("rubric", "pack", "nlp_version", "model")


@dataclass(frozen=True, slots=True)
class Remade:
    """`was` and `now` name what differs of form, rules, language part and speech model: «cobranza@1». Points
    and voidness are those that the call would have by what judged it then, with all that people have said.
    """

    was: str
    now: str
    points: float | None
    void: bool
    evaluable: bool  # then
    left: bool  # it is evaluable no more


def remade(
    store: Store, settings: Settings, at: datetime, recording_ids: Collection[str]
) -> dict[str, Remade]:
    """Of these calls those that something else has judged since `at`; a call whose scorecard of then is had
    no longer, or was its first, is not among them.
    """
    ids = sorted(recording_ids)
    found: dict[str, Remade] = {}
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        with store.reading() as connection:
            cards = _cards(connection, at, some)
            spoken = _spoken_since(connection, at, some)
            for recording_id, (was, now) in cards.items():
                said = _names(was, now)
                if said is None:
                    continue
                stood = _settled(connection, store, settings, was) if recording_id in spoken else None
                points, void = stood or (was.points, was.void)
                found[recording_id] = Remade(
                    *said, points, void, was.evaluable != "no", now.evaluable == "no"
                )
    return found


def as_then(was: DrawnCall | None, now: DrawnCall | None, one: Remade | None) -> DrawnCall | None:
    """A drawn call as it would be `now`, had nothing else judged it since it `was` frozen."""
    if one is None or (now is None and not one.left):
        return now
    base = now or was
    return replace(base, points=one.points, void=one.void) if base and one.evaluable else None


def _cards(connection: Connection, at: datetime, ids: Sequence[str]) -> dict[str, tuple[_Row, _Row]]:
    """The scorecards of each call that was current at this instant and that is now, where these are two."""
    judged = scorecards.join(standings, standings.c.scorecard_id == scorecards.c.id)
    judged = judged.join(findings, findings.c.id == scorecards.c.findings_id)
    judged = judged.join(transcripts, transcripts.c.id == findings.c.transcript_id)
    its = scorecards.c
    query = (
        select(
            its.id, its.recording_id, its.current, its.created_at, its.rubric, its.pack, its.evaluable,
            findings.c.nlp_version, transcripts.c.model, standings.c.points, standings.c.void,
        )
        .select_from(judged)
        .where(its.recording_id.in_(ids), or_(its.current, its.created_at <= at))
        .order_by(its.id)
    )  # fmt: skip
    then: dict[str, _Row] = {}
    now: dict[str, _Row] = {}
    rows: Sequence[_Row] = connection.execute(query).all()
    for row in rows:
        if row.created_at <= at:
            then[row.recording_id] = row
        if row.current:
            now[row.recording_id] = row
    return {one: (then[one], now[one]) for one in then.keys() & now.keys() if then[one].id != now[one].id}


def _names(was: _Row, now: _Row) -> tuple[str, str] | None:
    """What judged the two: the form, and of the others what differs; None where nothing does."""
    pairs = [(getattr(was, name), getattr(now, name)) for name in _JUDGES]
    if all(one == other for one, other in pairs):
        return None
    told = [editions.two(pair) for at, pair in enumerate(pairs) if at == 0 or pair[0] != pair[1]]
    before, after = (" · ".join(filter(None, names)) for names in zip(*told, strict=True))
    return before, after


def _spoken_since(connection: Connection, at: datetime, ids: Sequence[str]) -> set[str]:
    its = reviews.c.recording_id.in_(ids), reviews.c.reviewed_at > at
    return set(connection.execute(select(reviews.c.recording_id).where(*its)).scalars())


def _settled(
    connection: Connection, store: Store, settings: Settings, was: _Row
) -> tuple[float | None, bool] | None:
    """Where the scorecard of then stands with what people say by now; None where its form cannot be read."""
    joined = scorecards.join(recordings, recordings.c.id == scorecards.c.recording_id)
    its = select(scorecards.c.body, recordings.c.body.label("facts"), recordings.c.demo).select_from(joined)
    row = connection.execute(its.where(scorecards.c.id == was.id)).one()
    card = bodies.read_scorecard(row.body)
    try:
        forms = JudgedBy(settings).both(card, bodies.read_recording(row.facts).country)
    except RubricError:
        return None
    counts = None
    if not (row.demo or all_count(store, connection)):
        people = trusts.judged_by_people(connection, [was.id]).get(was.id, frozenset())
        counts = trusts.counting(connection, Made(was.rubric, was.nlp_version, was.model)) | people
    said = restand.words_of(connection, [was.recording_id]).get(was.recording_id, {})
    now = settle(card, said, *forms, counts)
    return now.points, now.void
