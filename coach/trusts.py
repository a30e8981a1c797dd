"""Whether a criterion has earned its place in points: by blind reviews of this house, of what is made today.

Trust belongs to what made the verdicts: form, language part and speech model. Where one of them changes,
every criterion is «solo sugerencia» again for the calls that are judged from then on; older scorecards keep
what they had earned. What a person judged counts whatever the machine has earned: it is no suggestion. The
word that decides a dispute lets nothing count that did not: a dispute never lowers points.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import Connection, delete, func, insert, or_, select

from coach.demonstration import all_count
from coach.kappa import Pairs, agreed, kappa
from coach.made import Made
from coach.schema import findings, recordings, reviews, scorecards, transcripts
from coach.schema_month import trusts
from coach.schema_work import ratings, review_facts
from coach.settings import Settings
from rubrics.types import Outcome, Rubric

if TYPE_CHECKING:
    from coach.store import Store

Status = Literal["suggestion", "counts"]
Why = Literal["few", "changed", "agreement", "kappa", "cleared", "all"]
# few: too few blind reviews · changed: the same, and it counted before form or models changed
# agreement, kappa: under its bar · cleared: over both · all: the house lets every criterion count


@dataclass(frozen=True, slots=True)
class Trust:
    """Where one criterion stands. `low` is the lower end of the 95 % interval of `agreement` (Wilson)."""

    criterion: str
    status: Status
    n: int  # blind reviews
    agreement: float | None  # share 0..1 of them that say what the machine says
    low: float | None
    kappa: float | None  # Cohen's; None where nobody ever said anything else
    since: datetime | None  # of this status; None: it was never reckoned
    why: Why
    needed: int  # blind reviews before it can count

    @property
    def counts(self) -> bool:
        return self.status == "counts"


def trust(store: Store, settings: Settings, rubric: Rubric, made: Made | None = None) -> dict[str, Trust]:
    """Where every criterion of the form stands, for what is made today (or by `made`), in its order."""
    made = made or in_use(store, rubric)
    with store.reading() as connection:
        found = pairs(connection, made)
        stored = {row.criterion: row for row in connection.execute(select(trusts).where(*_of(made)))}
        everything = all_count(store, connection)
        before = select(trusts.c.criterion).where(trusts.c.counts).distinct()
        counted_before = set(connection.execute(before).scalars())
    names = dict.fromkeys([*(c.id for c in rubric.criteria), *found])
    return {
        name: _trust(
            name, found.get(name, Counter()), settings, stored.get(name), name in counted_before, everything
        )
        for name in names
    }


def in_use(store: Store, rubric: Rubric) -> Made:
    """What made the newest scorecard of this form; nothing known of the models where there is none yet."""
    judged = scorecards.join(findings, findings.c.id == scorecards.c.findings_id)
    judged = judged.join(transcripts, transcripts.c.id == findings.c.transcript_id)
    newest = (
        select(findings.c.nlp_version, transcripts.c.model)
        .select_from(judged)
        .where(scorecards.c.rubric == rubric.name, scorecards.c.current)
        .order_by(scorecards.c.id.desc())
        .limit(1)
    )
    with store.reading() as connection:
        row = connection.execute(newest).first()
    return Made(rubric.name, row.nlp_version, row.model) if row else Made(rubric.name, "", "")


def refresh(store: Store, settings: Settings, *, now: datetime | None = None) -> tuple[str, ...]:
    """Reckon every criterion's trust anew from the blind reviews; gives the criteria whose status changed.

    To be called when reviews were finished; `coach.restand` then brings the points of stored calls up to
    date.
    """
    at = now or datetime.now(UTC)
    changed = set()
    columns = (ratings.c.rubric, ratings.c.nlp_version, ratings.c.model)
    with store.writing() as connection:
        kinds = connection.execute(select(*columns).where(ratings.c.blind).distinct()).all()
        for made in (Made(*row) for row in kinds):
            found = pairs(connection, made)
            stored = {row.criterion: row for row in connection.execute(select(trusts).where(*_of(made)))}
            new = [
                _trust(name, said, settings, stored.get(name), False, False) for name, said in found.items()
            ]
            earned = {one.criterion: _earned(one, settings)[0] == "counts" for one in new}
            turned = {n for n, held in earned.items() if held != (n in stored and bool(stored[n].counts))}
            changed |= turned
            rows = [
                {
                    "rubric": made.rubric, "nlp_version": made.nlp_version, "model": made.model,
                    "criterion": one.criterion, "counts": earned[one.criterion], "n": one.n,
                    "agreement": one.agreement, "low": one.low, "kappa": one.kappa,
                    "since": at if one.criterion in turned or one.since is None else one.since,
                }
                for one in new
            ]  # fmt: skip
            connection.execute(delete(trusts).where(*_of(made)))
            connection.execute(insert(trusts), rows)
    return tuple(sorted(changed))


def counting(connection: Connection, made: Made) -> frozenset[str]:
    """The criteria and rules that have earned their place in points, for what was made by these."""
    return frozenset(
        connection.execute(select(trusts.c.criterion).where(*_of(made), trusts.c.counts)).scalars()
    )


def counts_in(connection: Connection, store: Store, recording_id: str) -> frozenset[str] | None:
    """What enters the points of a call's current scorecard: what has earned it, and what a person judged.

    None where everything counts: so the house wants it, or it is a call of the demonstration, or in one.
    """
    judged = scorecards.join(findings, findings.c.id == scorecards.c.findings_id)
    judged = judged.join(transcripts, transcripts.c.id == findings.c.transcript_id)
    judged = judged.join(recordings, recordings.c.id == scorecards.c.recording_id)
    made = (
        select(
            scorecards.c.id,
            scorecards.c.rubric,
            findings.c.nlp_version,
            transcripts.c.model,
            recordings.c.demo,
        )
        .select_from(judged)
        .where(scorecards.c.recording_id == recording_id, scorecards.c.current)
    )
    if all_count(store, connection):
        return None
    row = connection.execute(made).first()
    if row is None:
        return frozenset()
    if row.demo:
        return None
    earned = counting(connection, Made(row.rubric, row.nlp_version, row.model))
    return earned | judged_by_people(connection, [row.id]).get(row.id, frozenset())


def judged_by_people(connection: Connection, scorecard_ids: Collection[int]) -> dict[int, frozenset[str]]:
    """The criteria that people judged in reviews of these scorecards' calls; those without are left out.

    By call, not by scorecard: a person's word outlives a new judgement of the machine.
    """
    rated = ratings.join(review_facts, review_facts.c.review_id == ratings.c.review_id)
    rated = rated.join(scorecards, scorecards.c.recording_id == ratings.c.recording_id)
    query = (
        select(scorecards.c.id, ratings.c.criterion)
        .select_from(rated)
        .where(scorecards.c.id.in_(scorecard_ids), review_facts.c.kind == "review")
        .distinct()
    )
    found: dict[int, set[str]] = {}
    for scorecard_id, criterion in connection.execute(query):
        found.setdefault(scorecard_id, set()).add(criterion)
    return {scorecard_id: frozenset(names) for scorecard_id, names in found.items()}


def key(counted: Collection[str] | None) -> str:
    """Sixteen letters at most that name what counts: two standings with the same key count the same."""
    if counted is None:
        return "all"
    return hashlib.sha256("\n".join(sorted(counted)).encode()).hexdigest()[:16] if counted else "none"


def pairs(connection: Connection, made: Made) -> dict[str, Counter[tuple[Outcome, Outcome]]]:
    """How often (person, machine) said what in blind reviews, by criterion; of one person's words on a call
    the last.
    """
    ours = (ratings.c.blind, *(ratings.c[name] == getattr(made, name) for name in Made.__dataclass_fields__))
    later = ratings.alias("later")
    same = ("blind", "rubric", "nlp_version", "model", "criterion", "recording_id")
    newer = select(1).where(
        *(later.c[name] == ratings.c[name] for name in same),
        later.c.user_id.is_not_distinct_from(ratings.c.user_id),
        later.c.review_id > ratings.c.review_id,
    )
    # hardly anybody judges a call twice: only there is a later word looked for
    twice = (
        select(reviews.c.recording_id)
        .join(review_facts, review_facts.c.review_id == reviews.c.id)
        .where(review_facts.c.blind)
        .group_by(reviews.c.recording_id, review_facts.c.user_id)
        .having(func.count() > 1)
    )
    last = or_(ratings.c.recording_id.not_in(twice), ~newer.exists())
    query = (
        select(ratings.c.criterion, ratings.c.person, ratings.c.machine, func.count())
        .where(*ours, last)
        .group_by(ratings.c.criterion, ratings.c.person, ratings.c.machine)
    )
    found: dict[str, Counter[tuple[Outcome, Outcome]]] = {}
    for criterion, person, machine, n in connection.execute(query):
        found.setdefault(criterion, Counter())[person, machine] += n
    return found


def _trust(
    name: str, said: Pairs, settings: Settings, stored: Any, counted_before: bool, everything: bool
) -> Trust:
    share, needed = agreed(said), settings.trust.least_blind
    low = share.low if share.n else None
    since = stored.since if stored is not None else None
    found = Trust(name, "suggestion", share.n, share.value, low, kappa(said), since, "few", needed)
    status, why = _earned(found, settings)
    if everything:
        status, why = "counts", "all"
    elif why == "few" and counted_before and not (stored is not None and stored.counts):
        why = "changed"
    return Trust(name, status, share.n, share.value, low, found.kappa, since, why, needed)


def _earned(found: Trust, settings: Settings) -> tuple[Status, Why]:
    """What the figures alone say. Where everybody always said the same there is no kappa to ask for."""
    rules = settings.trust
    if found.n < rules.least_blind:
        return "suggestion", "few"
    if (found.low or 0.0) < rules.agreement_bar:
        return "suggestion", "agreement"
    if found.kappa is not None and found.kappa < rules.kappa_bar:
        return "suggestion", "kappa"
    return "counts", "cleared"


def _of(made: Made) -> tuple[Any, ...]:
    return tuple(trusts.c[name] == getattr(made, name) for name in Made.__dataclass_fields__)
