"""Brings the points of stored calls up to date when what counts has changed: in pages, one transaction each.

A standing names what it counts (`trusts.key`), so only those that count something else are reckoned anew; a
run that was stopped goes on where it was.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select, update

from coach import bodies, trusts, versions
from coach.demonstration import all_count
from coach.judged_by import JudgedBy
from coach.made import Made
from coach.schema import findings, recordings, reviews, scorecards, standings, transcripts
from coach.settings import Settings
from coach.store import Store
from coach.suspected import raised
from coach.types import Review
from rubrics.settled import settle
from rubrics.types import Outcome, Pack, Rubric, RubricError

Forms = tuple[Rubric, Pack | None]

_JUDGED = scorecards.join(standings, standings.c.scorecard_id == scorecards.c.id)
_JUDGED = _JUDGED.join(findings, findings.c.id == scorecards.c.findings_id)
_JUDGED = _JUDGED.join(transcripts, transcripts.c.id == findings.c.transcript_id)
_JUDGED = _JUDGED.join(recordings, recordings.c.id == scorecards.c.recording_id)


def restand(
    store: Store,
    settings: Settings,
    *,
    page: int = 500,
    progress: Callable[[int, int], None] = lambda done, whole: None,
    stop: Callable[[], bool] = lambda: False,
) -> int:
    """Reckon anew every current standing that counts something else than it should; gives how many.

    `progress` gets how many scorecards were looked at, and of how many; `stop` is asked after each page.
    """
    last, done, changed = 0, 0, 0
    judged_by = JudgedBy(settings)
    with store.reading() as connection:
        whole = connection.execute(
            select(func.count()).select_from(scorecards).where(scorecards.c.current)
        ).scalar_one()
    while True:
        with store.reading() as connection:
            rows = connection.execute(_page(last, page)).all()
            stale = _stale(connection, rows, count_all=all_count(store, connection))
            forms = _forms(connection, judged_by, stale)
        if forms:
            with store.writing() as connection:
                changed += _write(connection, forms, stale)
        if not rows or stop():
            return changed
        last, done = rows[-1].id, done + len(rows)
        progress(done, whole)


def keep_up(store: Store, settings: Settings, stop: Callable[[], bool] = lambda: False) -> tuple[str, ...]:
    """Reckon trust anew, then the points that follow from it; gives the criteria whose status changed."""
    changed = trusts.refresh(store, settings)
    restand(store, settings, stop=stop)
    return changed


def _page(last: int, page: int) -> Any:
    return (
        select(
            scorecards.c.id,
            scorecards.c.rubric,
            findings.c.nlp_version,
            transcripts.c.model,
            standings.c.counting,
            recordings.c.demo,
        )
        .select_from(_JUDGED)
        .where(scorecards.c.current, scorecards.c.id > last)
        .order_by(scorecards.c.id)
        .limit(page)
    )


def _stale(
    connection: Connection, rows: Sequence[Row[Any]], *, count_all: bool
) -> dict[int, frozenset[str] | None]:
    """What should count, by scorecard, of those that count something else."""
    everything = [row for row in rows if count_all or row.demo]
    stale: dict[int, frozenset[str] | None] = {
        row.id: None for row in everything if row.counting != trusts.key(None)
    }
    apart = [row for row in rows if not (count_all or row.demo)]
    earned: dict[Made, frozenset[str]] = {}
    people = trusts.judged_by_people(connection, [row.id for row in apart])
    for row in apart:
        made = Made(row.rubric, row.nlp_version, row.model)
        if made not in earned:
            earned[made] = trusts.counting(connection, made)
        wanted = earned[made] | people.get(row.id, frozenset())
        if row.counting != trusts.key(wanted):
            stale[row.id] = wanted
    return stale


def _forms(connection: Connection, judged_by: JudgedBy, ids: Collection[int]) -> dict[int, Forms]:
    """What judged each of these scorecards: looked up before anything is locked, as texts are read for it.

    One whose form cannot be read is left out, as no other may decide its points: it is reckoned when the
    file is put right.
    """
    found: dict[int, Forms] = {}
    for row in _cards(connection, ids):
        country = bodies.read_recording(row.facts).country
        try:
            found[row.id] = judged_by.both(bodies.read_scorecard(row.body), country)
        except RubricError:
            continue
    return found


def _cards(connection: Connection, ids: Collection[int]) -> Sequence[Any]:  # rows of what is selected here
    if not ids:
        return ()
    query = select(
        scorecards.c.id,
        scorecards.c.body,
        recordings.c.id.label("recording_id"),
        recordings.c.body.label("facts"),
    )
    query = query.join(recordings, recordings.c.id == scorecards.c.recording_id)
    return connection.execute(query.where(scorecards.c.id.in_(ids))).all()


def _write(
    connection: Connection, forms: Mapping[int, Forms], stale: dict[int, frozenset[str] | None]
) -> int:
    cards = _cards(connection, forms)
    said = _newest(connection, [row.recording_id for row in cards])
    values = []
    for row in cards:
        review = said.get(row.recording_id)
        card = raised(bodies.read_scorecard(row.body), review)
        now = settle(card, _words(review) if review else {}, *forms[row.id], stale[row.id])
        values.append({"of": row.id, **versions.where_it_stands(now)})
    if values:
        connection.execute(update(standings).where(standings.c.scorecard_id == bindparam("of")), values)
    return len(values)


def words_of(connection: Connection, recording_ids: list[str]) -> dict[str, dict[str, tuple[Outcome, str]]]:
    """(outcome, reason) by criterion, by recording, of each call's newest review."""
    return {name: _words(one) for name, one in _newest(connection, recording_ids).items()}


def _words(review: Review) -> dict[str, tuple[Outcome, str]]:
    return {one.criterion: (one.outcome, one.reason) for one in review.overrides}


def _newest(connection: Connection, recording_ids: list[str]) -> dict[str, Review]:
    newest = select(func.max(reviews.c.id)).where(reviews.c.recording_id.in_(recording_ids))
    newest = newest.group_by(reviews.c.recording_id)
    bodies_ = connection.execute(select(reviews.c.body).where(reviews.c.id.in_(newest))).scalars()
    return {one.recording_id: one for one in map(bodies.read_review, bodies_)}
