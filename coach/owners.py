"""Who has to do with a call: its agent, who held its login that day; where they work; who has judged it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, FromClause, Row, Select, Table, func, literal, or_, select

from coach.complaints import some
from coach.dated import held_on, in_force
from coach.schema import recordings, reviews
from coach.schema_lists import listed
from coach.schema_people import agent_logins, memberships, sites, teams, users
from coach.schema_work import calibration_scores, review_facts
from coach.settings import Settings
from coach.types import Call, CoachError
from coach.viewers import Viewer
from coach.workdays import local_day
from transcripts.types import Recording

if TYPE_CHECKING:
    from coach.store import Store

LATELY = timedelta(days=30)
_NAMED = 10  # logins in one sentence


@dataclass(frozen=True, slots=True)
class Place:
    """What decides on working days: ISO country ("" not known), IANA time zone ("" UTC)."""

    country: str
    timezone: str


def owner(connection: Connection, recording_id: str) -> int | None:
    """The agent whose call it was; None where no person held its login that day."""
    held = (
        select(agent_logins.c.user_id)
        .join(recordings, held_on(recordings.c.agent_login, recordings.c.call_date))
        .where(recordings.c.id == recording_id)
        .order_by(agent_logins.c.id.desc())
    )
    found: int | None = connection.execute(held.limit(1)).scalar()
    return found


def own(
    user_id: ColumnElement[Any] | int | None, recording_id: ColumnElement[str] | str
) -> ColumnElement[bool]:
    """Whether a call was this person's: who has answered calls before, and judges them now, judges none of
    theirs.
    """
    call, held = recordings.alias(), agent_logins.alias()
    its = select(1).select_from(call.join(held, held_on(call.c.agent_login, call.c.call_date, held)))
    its = its.where(call.c.id == recording_id, held.c.user_id == user_id)
    return its.correlate_except(call, held).exists()


def refuse_own(connection: Connection, viewer: Viewer, recording_id: str) -> None:
    """CoachError where it was the viewer's own call: somebody else says what becomes of it."""
    if connection.execute(select(own(viewer.user_id, recording_id))).scalar_one():
        raise CoachError("Es una llamada suya: la revisa otra persona.")


def agent_name(calls: FromClause) -> ColumnElement[str | None]:
    """The name of a call's agent: the one that came with the call, else of who held its login that day.

    `calls`: a table with `agent`, `agent_login` and `call_date`. Read for the rows of a page, not of a house.
    """
    of = calls.c
    held = (
        select(users.c.name)
        .join(agent_logins, agent_logins.c.user_id == users.c.id)
        .where(held_on(of.agent_login, of.call_date))
        .order_by(agent_logins.c.id.desc())
        .limit(1)
        .correlate(calls)
        .scalar_subquery()
    )
    return func.coalesce(of.agent, held)


def name_of(store: Store, recording_id: str) -> str | None:
    """The same of one call; None where it is not known."""
    query = select(agent_name(recordings)).where(recordings.c.id == recording_id)
    with store.reading() as connection:
        return connection.execute(query).scalar()


def with_agent(store: Store, recording: Recording) -> Recording:
    """The recording with the name of its agent where that did not come with it and is known."""
    return recording if recording.agent else replace(recording, agent=name_of(store, recording.id))


def named(store: Store, call: Call) -> Call:
    """The same of a call."""
    recording = with_agent(store, call.transcript.recording)
    return replace(call, transcript=replace(call.transcript, recording=recording))


def unheld_lately(store: Store) -> dict[str, int]:
    """Dialler logins that were nobody's on the day of their calls, with how many those are: judged calls of
    the last days. None where the house has given no login to anybody.
    """
    return _unheld(store, listed.c.call_date.between(date.today() - LATELY, date.today()))


def unheld_of(store: Store, recording_ids: Sequence[str]) -> dict[str, int]:
    """The same of these calls, judged or not yet."""
    found: Counter[str] = Counter()
    for start in range(0, len(recording_ids), 500):
        its = recordings.c.id.in_(recording_ids[start : start + 500])
        found.update(_unheld(store, its, recordings))
    return dict(found)


def told_of_unheld(store: Store, recording_ids: Sequence[str]) -> tuple[str, ...]:
    """The same as a sentence; none where every login is somebody's."""
    nobodys = unheld_of(store, recording_ids)
    if not nobodys:
        return ()
    each = (f"{login} ({n})" for login, n in nobodys.items())
    return (
        f"Usuarios del marcador que no eran de nadie el día de su llamada: {some(each, _NAMED)}. Esas "
        "llamadas no entran en el mes ni en el avance de nadie, y en Equipo y Acompañar van bajo su usuario, "
        "hasta que quien administra Temple dé cada usuario a su persona, en Administración, Personas.",
    )


def _unheld(store: Store, which: ColumnElement[bool], calls: Table = listed) -> dict[str, int]:
    login, day = calls.c.agent_login, calls.c.call_date
    daily = select(login, day, func.count().label("calls")).where(login.is_not(None), day.is_not(None))
    its = daily.where(which).group_by(login, day).subquery().c
    held = select(1).where(held_on(its.agent_login, its.call_date)).exists()
    nobodys = select(its.agent_login, func.sum(its.calls)).where(~held, select(agent_logins.c.id).exists())
    with store.reading() as connection:
        rows = connection.execute(nobodys.group_by(its.agent_login).order_by(its.agent_login))
        return {login: int(n) for login, n in rows}


def place(connection: Connection, settings: Settings, recording_id: str) -> Place:
    """Where the call's agent works: by the site of their team that day, else by the call's own country."""
    call = connection.execute(select(recordings).where(recordings.c.id == recording_id)).one()
    found = _site(connection, recording_id, call.call_date)
    country = (found.country if found else None) or call.country or settings.country
    return Place(country, found.timezone if found else "")


def over(connection: Connection, recording_id: str, day: date, now: datetime) -> bool:
    """Whether the day is over where the call's agent works."""
    if day > now.date():  # it is tomorrow already, at most, further east
        return False
    called = select(recordings.c.call_date).where(recordings.c.id == recording_id)
    found = _site(connection, recording_id, connection.execute(called).scalar())
    return local_day(now, found.timezone if found else "") > day


def zone_of_login(store: Store, login: str, day: date) -> str:
    """The time zone of the site of who held this login on that day; "" where none is known."""
    held = select(agent_logins.c.user_id).where(held_on(login, day)).order_by(agent_logins.c.id.desc())
    with store.reading() as connection:
        found = connection.execute(_sites_of(held.limit(1).scalar_subquery(), day).limit(1)).first()
    return found.timezone if found else ""


def _site(connection: Connection, recording_id: str, day: date | None) -> Row[Any, Any] | None:
    """Country and time zone of the site of the call's agent on that day."""
    return connection.execute(_sites_of(owner(connection, recording_id), day).limit(1)).first()


def _sites_of(person: Any, day: date | None) -> Select[Any]:
    """Country and time zone of the sites where a person worked, of one day where told; the last first."""
    site = (
        select(sites.c.country, sites.c.timezone)
        .join(teams, teams.c.site_id == sites.c.id)
        .join(memberships, memberships.c.team_id == teams.c.id)
        .where(memberships.c.user_id == person, ~memberships.c.leads)
        .order_by(memberships.c.since.desc())
    )
    return site if day is None else site.where(in_force(memberships, day))


def of_own_logins(viewer: Viewer) -> ColumnElement[bool]:
    """Calls of any login that the viewer has ever held: few, found by an index. Whose a call was on its day
    says `visible`.
    """
    return of_logins(viewer.user_id)


def of_logins(user_id: int | None, calls: Table = recordings) -> ColumnElement[bool]:
    """The same of any person."""
    held = select(agent_logins.c.login).where(agent_logins.c.user_id == user_id)
    return calls.c.agent_login.in_(held)


def reviewed_by(viewer: Viewer, recording_id: ColumnElement[str] | str) -> ColumnElement[bool]:
    """Whether the viewer has judged the call already, in a review or in a calibration, or it was their own:
    then they are no second pair of eyes. Who only decided a dispute about another criterion of it is still
    one: each is disputed once.
    """
    said = (
        select(1)
        .select_from(reviews.join(review_facts, review_facts.c.review_id == reviews.c.id))
        .where(reviews.c.recording_id == recording_id, review_facts.c.user_id == viewer.user_id)
        .where(review_facts.c.kind != "second")
    )
    scores = calibration_scores.c
    named = literal(recording_id) if isinstance(recording_id, str) else recording_id
    together = select(scores.recording_id).where(scores.user_id == viewer.user_id)
    return or_(said.exists(), named.in_(together), own(viewer.user_id, recording_id))
