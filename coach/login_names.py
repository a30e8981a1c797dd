"""What a dialler login is called in figures of many days; logins that come with the names of several people.

Figures are of a login: where nobody is known to hold it, and its calls name several people, none of them is
to stand for what the others said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, Connection, func, or_, select

from coach import by_name
from coach.complaints import some
from coach.schema import recordings
from coach.schema_lists import listed
from coach.schema_people import agent_logins, users

if TYPE_CHECKING:
    from coach.store import Store

Called = tuple[str | None, str | None]  # the first and the last by the alphabet that came with its calls

_SHOWN = 2  # names beside a login
_NAMED = 10  # logins in one sentence
_AT_ONCE = 500  # ids in one query
_NEAR = timedelta(days=30)  # of calls that are named beside new ones: later the login may be another's


def names_of(
    connection: Connection, called: Mapping[str, Called], which: Sequence[ColumnElement[bool]] = ()
) -> dict[str, str]:
    """By login: who holds it, else the name that came with its calls, else the login. On the phone its holder
    may have another name on every call. Where it is no one's and several are named, the login itself with the
    newest names. `which`: conditions on `listed` of the calls that may be told of.
    """
    held = _only_holders(connection, called)
    mixed = [login for login, (first, last) in called.items() if login not in held and first != last]
    names = {login: (last,) for login, (_, last) in called.items() if last} | _in_calls(
        connection, mixed, which
    )
    return {login: held.get(login) or _label(login, apart(names.get(login, ()))) for login in called}


def apart(names: Iterable[str]) -> tuple[str, ...]:
    """The names without those that may be of somebody already named: «Robles» beside «Carla Robles»."""
    given = tuple(dict.fromkeys(names))
    kept: dict[str, frozenset[str]] = {}
    for name in sorted(given, key=lambda one: -len(_words(one))):
        its = _words(name)
        if not any(its <= other for other in kept.values()):
            kept[name] = its
    return tuple(name for name in given if name in kept)


def told_of_shared(store: Store, recording_ids: Sequence[str]) -> tuple[str, ...]:
    """A sentence on the logins of these calls that come with several people's names, in them and in those of
    the days about them; none where there is no such login.
    """
    with store.reading() as connection:
        new = _days_of(connection, recording_ids)
        held = _only_holders(connection, new)
        near = {login: days for login, days in new.items() if login not in held}
        found = {login: apart(names) for login, names in _named_near(connection, near).items()}
    several = [f"{login} ({some(names, _SHOWN + 1)})" for login, names in found.items() if len(names) > 1]
    if not several:
        return ()
    return (
        f"Usuarios del marcador con nombres de varias personas: {some(several, _NAMED)}. Las cifras juntan "
        "las llamadas de un usuario y por eso muestran el usuario, no a una persona. Si lo usan varias, diga "
        "en Administración, Personas, quién lo tuvo y en qué días, o corrija el usuario con una tabla que "
        "diga el bueno (coach import --manifest).",
    )


def _only_holders(connection: Connection, logins: Iterable[str]) -> dict[str, str]:
    """By login. Left out are those that nobody ever held, and those that changed hands: their figures are not
    those of the last holder alone.
    """
    login = agent_logins.c.login
    held = select(login, func.max(users.c.name)).join(users, users.c.id == agent_logins.c.user_id)
    held = held.where(login.in_(list(logins))).group_by(login)
    alone = held.having(func.count(agent_logins.c.user_id.distinct()) == 1)
    found: dict[str, str] = dict(connection.execute(alone).all())
    return found


def _in_calls(
    connection: Connection, logins: Sequence[str], which: Sequence[ColumnElement[bool]]
) -> dict[str, tuple[str, ...]]:
    """The names that came with the calls of each, the newest first."""
    if not logins:
        return {}
    login, name, last = listed.c.agent_login, listed.c.agent, func.max(listed.c.call_date)
    query = select(login, name).where(login.in_(logins), name.is_not(None), *which).group_by(login, name)
    return _by_login(connection.execute(query.order_by(last.desc().nulls_last(), name)).all())


def _days_of(connection: Connection, recording_ids: Sequence[str]) -> dict[str, list[date]]:
    """The logins of these calls, with the days of those that have one."""
    login, day = recordings.c.agent_login, recordings.c.call_date
    found: dict[str, list[date]] = {}
    for start in range(0, len(recording_ids), _AT_ONCE):
        its = recordings.c.id.in_(recording_ids[start : start + _AT_ONCE])
        for who, on in connection.execute(select(login, day).where(its, login.is_not(None)).distinct()):
            found.setdefault(who, []).extend([on] if on else [])
    return dict(sorted(found.items()))


def _named_near(connection: Connection, days: Mapping[str, Sequence[date]]) -> dict[str, tuple[str, ...]]:
    """The names that came with calls of these logins, of about the days of all that are given or of none."""
    if not days:
        return {}
    login, name, day = recordings.c.agent_login, recordings.c.agent, recordings.c.call_date
    query = select(login, name).where(login.in_(list(days)), name.is_not(None)).group_by(login, name)
    if every := [one for its in days.values() for one in its]:
        query = query.where(or_(day.is_(None), day.between(min(every) - _NEAR, max(every) + _NEAR)))
    return _by_login(connection.execute(query.order_by(login, name)).all())


def _by_login(rows: Iterable[Sequence[str]]) -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for login, name in rows:
        found[login].append(name)
    return {login: tuple(names) for login, names in found.items()}


def _label(login: str, names: Sequence[str]) -> str:
    if len(names) < 2:
        return next(iter(names), login)
    return f"{login} ({some(names, _SHOWN)})"


def _words(name: str) -> frozenset[str]:
    return frozenset(by_name.key(name).replace(",", " ").split())
