"""People, teams, reviews and draws for tests, straight into the tables."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

from sqlalchemy import insert, select

from coach import bodies
from coach.schema import findings, reviews, scorecards, transcripts
from coach.schema_people import agent_logins, memberships, sites, teams, users
from coach.schema_work import ratings, releases, review_facts, tasks
from coach.store import Store
from coach.types import Override, Review
from coach.viewers import Role, Viewer
from rubrics.types import Outcome

NOW = datetime(2026, 10, 1, 15, tzinfo=UTC)


def person(store: Store, login: str, role: Role = "analyst", *, teams: tuple[int, ...] = ()) -> Viewer:
    """A person who may sign in; `teams` are those that a lead leads."""
    values = {
        "login": login, "name": login.title(), "role": role, "active": True, "must_change": False,
        "failed": 0, "created_at": NOW,
    }  # fmt: skip
    with store.writing() as connection:
        user_id = connection.execute(insert(users).values(**values).returning(users.c.id)).scalar_one()
        for team in teams:
            row = {"user_id": user_id, "team_id": team, "leads": True, "since": date(2026, 1, 1)}
            connection.execute(insert(memberships).values(**row))
    return Viewer(user_id, login, login.title(), role, teams)


def team(store: Store, site: str, name: str) -> tuple[int, int]:
    """Ids of the site, made where it is new, and of a new team of it."""
    with store.writing() as connection:
        site_id = connection.execute(select(sites.c.id).where(sites.c.name == site)).scalar()
        if site_id is None:
            site_id = connection.execute(insert(sites).values(name=site).returning(sites.c.id)).scalar_one()
        row = insert(teams).values(site_id=site_id, name=name).returning(teams.c.id)
        return site_id, connection.execute(row).scalar_one()


def agent(
    store: Store,
    login: str,
    team_id: int | None = None,
    *,
    since: date = date(2026, 1, 1),
    until: date | None = None,
) -> Viewer:
    """An agent whose dialler login is the same word, member of the team in those days."""
    who = person(store, login, "agent")
    with store.writing() as connection:
        of = {"user_id": who.user_id, "since": since, "until": until}
        connection.execute(insert(agent_logins).values(login=login, **of))
        if team_id is not None:
            connection.execute(insert(memberships).values(team_id=team_id, leads=False, **of))
    return who


def drawn(store: Store, recording_id: str, probability: float, *, state: str = "done") -> int:
    """A task: the sampler has drawn this call with that probability."""
    values = {
        "recording_id": recording_id, "reason": "random", "probability": probability, "blind": True,
        "state": state, "created_at": NOW,
    }  # fmt: skip
    with store.writing() as connection:
        return connection.execute(insert(tasks).values(**values).returning(tasks.c.id)).scalar_one()


def released(store: Store, recording_id: str, at: datetime = NOW) -> None:
    row = {"recording_id": recording_id, "released_at": at, "visible_from": at}
    with store.writing() as connection:
        connection.execute(insert(releases).values(**row))


def rated(
    store: Store,
    recording_id: str,
    who: Viewer,
    said: Mapping[str, Outcome],
    *,
    blind: bool = True,
    kind: str = "review",
    at: datetime = NOW,
) -> None:
    """A finished review: what a person said of each criterion, beside what the machine had said."""
    review = Review(recording_id, who.name, at, tuple(Override(c, o, "") for c, o in said.items()))
    made = scorecards.join(findings, findings.c.id == scorecards.c.findings_id)
    made = made.join(transcripts, transcripts.c.id == findings.c.transcript_id)
    current = select(scorecards, findings.c.nlp_version, transcripts.c.model).select_from(made)
    with store.writing() as connection:
        card = connection.execute(
            current.where(scorecards.c.recording_id == recording_id, scorecards.c.current)
        ).one()
        body = bodies.write_review(review)
        row = {"recording_id": recording_id, "scorecard_id": card.id, "reviewer": who.name}
        review_id = connection.execute(
            insert(reviews).values(**row, reviewed_at=at, body=body).returning(reviews.c.id)
        ).scalar_one()
        facts = {"review_id": review_id, "user_id": who.user_id, "kind": kind, "blind": blind}
        connection.execute(insert(review_facts).values(**facts, seconds=240.0, finished=True))
        judged = bodies.read_scorecard(card.body)
        machine = judged.verdicts | judged.pack_verdicts
        for criterion, outcome in said.items():
            connection.execute(
                insert(ratings).values(
                    review_id=review_id, criterion=criterion, recording_id=recording_id, user_id=who.user_id,
                    at=at, rubric=card.rubric, nlp_version=card.nlp_version, model=card.model,
                    person=outcome, machine=machine[criterion].outcome, blind=blind,
                )
            )  # fmt: skip
