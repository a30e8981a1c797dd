"""How the machine agrees with people, and people among themselves, criterion by criterion.

Only words spoken blind are counted: reviews in which the machine's verdicts were hidden, calibration
sessions, and evaluations from before Temple. Figures come with n and a 95 % interval (`coach.kappa` says
how).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from typing import cast

from sqlalchemy import ColumnElement, Connection, func, literal, or_, select, true

from coach import letters, trusts
from coach.blind import SAW, word_missing
from coach.kappa import Beyond, Pairs, Share, Units, agreed, cohen, kappa, krippendorff
from coach.made import Made
from coach.schema import reviews
from coach.schema_lists import listed
from coach.schema_month import past_evaluations
from coach.schema_people import audit as log
from coach.schema_work import calibration_scores, calibrations, ratings, review_facts
from coach.store import Store
from coach.viewers import Viewer
from rubrics.types import Outcome, Rubric

Said = dict[str, dict[str, dict[int, Outcome]]]  # criterion, call, person: the last word


@dataclass(frozen=True, slots=True)
class Agreement:
    """`share` counts pairs of words on one call. `kappa` is Cohen's; among several people the mean over pairs
    of people, weighted by their calls (without interval). `alpha` is Krippendorff's, nominal.
    """

    calls: int
    share: Share
    kappa: Beyond
    alpha: Beyond


@dataclass(frozen=True, slots=True)
class AgreementRow:
    criterion: str
    machine: Agreement  # with people, on what is judged by today's form and models
    people: Agreement  # among themselves, on calls that two or more judged
    past: Agreement  # the machine with evaluations from before Temple


def agreement(
    store: Store, viewer: Viewer, rubric: Rubric, made: Made | None = None
) -> tuple[AgreementRow, ...]:
    """A row for each criterion of the form, in its order, then for each rule that was rated."""
    viewer.require("calibrate")
    made = made or trusts.in_use(store, rubric)
    with store.reading() as connection:
        machine = trusts.pairs(connection, made)
        said = people_said(connection)
        past = _past(connection)
    names = dict.fromkeys([*(c.id for c in rubric.criteria), *machine])
    return tuple(
        AgreementRow(
            name,
            between(machine.get(name, Counter())),
            among(said.get(name, {}).values()),
            between(past.get(name, Counter())),
        )
        for name in names
    )


def between(said: Pairs) -> Agreement:
    """Of two sides over the same calls."""
    share = agreed(said)
    return Agreement(share.n, share, cohen(said), krippendorff({(a, b): n for (a, b), n in said.items()}))


def among(calls: Iterable[Mapping[int, Outcome]]) -> Agreement:
    """Of any number of people; one mapping holds what each person said of one call."""
    several = [said for said in calls if len(said) > 1]
    units: Units = Counter(tuple(sorted(said.values())) for said in several)
    by_two: dict[tuple[int, int], Counter[tuple[Outcome, Outcome]]] = {}
    for said in several:
        for a, b in combinations(sorted(said), 2):
            if (a, b) not in by_two:
                by_two[a, b] = Counter()
            by_two[a, b][said[a], said[b]] += 1
    whole: Counter[tuple[Outcome, Outcome]] = Counter()
    for pairs in by_two.values():
        whole += pairs
    return Agreement(len(several), agreed(whole), Beyond(_light(by_two.values())), krippendorff(units))


def _light(by_two: Iterable[Pairs]) -> float | None:
    """The mean of Cohen's kappas, weighted by calls; pairs of people for whom there is none are left out."""
    held = [(value, sum(pairs.values())) for pairs in by_two if (value := kappa(pairs)) is not None]
    n = sum(weight for _, weight in held)
    return sum(value * weight for value, weight in held) / n if n else None


def people_said(connection: Connection, since: datetime | None = None) -> Said:
    """What people said blind of calls that two or more of them judged, in reviews and in calibrations that
    are over (closed, or with everybody's word in); where it is given, from `since`. Who had the verdicts of a
    call before them, or had compared it in an earlier calibration, did not judge it blind in this one.
    """
    heard_by_two = (
        select(reviews.c.recording_id)
        .join(review_facts, review_facts.c.review_id == reviews.c.id)
        .where(review_facts.c.blind, review_facts.c.user_id.is_not(None))
        .group_by(reviews.c.recording_id)
        .having(func.count(review_facts.c.user_id.distinct()) > 1)
    )
    # asked for the days themselves, a planner would begin with all that was said then
    told = ratings.c
    reviewed = (
        select(told.criterion, told.recording_id, told.user_id, told.person, _within(told.at, since))
        .where(told.recording_id.in_(heard_by_two), told.blind, told.user_id.is_not(None))
        .order_by(told.review_id)
    )
    scored = calibration_scores.c
    calibrated = (
        select(
            scored.criterion, scored.recording_id, scored.user_id, scored.outcome, _within(scored.at, since)
        )
        .join(calibrations, calibrations.c.id == scored.calibration_id)
        .where(or_(calibrations.c.closed_at.is_not(None), ~word_missing(calibrations.c.id)))
        .order_by(scored.at)
    )  # fmt: skip
    seen = select(1).where(
        log.c.subject == literal("call:").concat(scored.recording_id), log.c.user_id == scored.user_id,
        log.c.action == SAW, log.c.at < scored.at,
    )  # fmt: skip
    calibrated = calibrated.where(~seen.correlate_except(log).exists())
    found: Said = {}
    for query in (reviewed, calibrated):
        for criterion, recording_id, user_id, outcome, within in connection.execute(query).all():
            if within:
                found.setdefault(criterion, {}).setdefault(recording_id, {})[user_id] = outcome
    return found


def _within(at: ColumnElement[datetime], since: datetime | None) -> ColumnElement[bool]:
    return true() if since is None else at >= since


def _past(connection: Connection) -> dict[str, Counter[tuple[Outcome, Outcome]]]:
    """How often (person then, machine now) said what of calls that are in the store."""
    then = past_evaluations.c
    some = select(then.id).where(then.recording_id.is_not(None)).limit(1)
    if connection.execute(some).first() is None:
        return {}  # without them a planner would begin at the other end, with every scorecard
    said = (
        select(
            then.recording_id, func.aggregate_strings(then.criterion + "=" + then.outcome, " ").label("said")
        )
        .where(then.recording_id.is_not(None))
        .group_by(then.recording_id)
        .subquery()
    )  # a call at a time: its letters are fetched once
    judged = said.join(listed, listed.c.recording_id == said.c.recording_id)
    place = letters.known(connection, "criterion")
    rows = connection.execute(select(said.c.said, listed.c.outcomes).select_from(judged))
    pairs = [(all_said.split(" "), row) for all_said, row in rows]
    at = {
        word: place.get(word.split("=")[0], -1)
        for word in {word for all_said, _ in pairs for word in all_said}
    }
    often: Counter[str] = Counter()  # by «criterion=outcome» and the letter of the machine
    for all_said, row in pairs:
        own = (row or "").lower().ljust(len(place) + 1, letters.NONE)  # the last letter is of no criterion
        often.update([word + own[at[word]] for word in all_said])
    now: dict[str, Outcome] = {letter: outcome for outcome, letter in letters.OUTCOMES.items()}
    found: dict[str, Counter[tuple[Outcome, Outcome]]] = {}
    for word, n in often.items():
        criterion, person = word[:-1].split("=")
        if machine := now.get(word[-1]):
            found.setdefault(criterion, Counter())[cast(Outcome, person), machine] = n
    return found
