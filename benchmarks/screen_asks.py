"""What each screen asks, for one person of each role, filtered in the ways that people filter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial

from sqlalchemy import select

from coach import (
    criticals,
    ledger,
    listings,
    notices,
    peers,
    periods,
    picture,
    queries,
    quotas,
    releases,
    rungs,
    tasks,
    team_figures,
)
from coach.pipeline import forms_of
from coach.rows import CallFilter
from coach.schema import recordings
from coach.schema_people import grants, memberships, users
from coach.settings import Settings
from coach.store import Store
from coach.viewers import Role, Viewer
from rubrics.types import Criterion

SIZE = 25

Ask = Callable[[Store], object]


@dataclass(frozen=True, slots=True)
class Screen:
    name: str
    viewer: Viewer
    asks: dict[str, Ask]


def screens(store: Store) -> list[Screen]:
    """What each screen asks for each role, filtered in the ways that people filter."""
    return [
        screen
        for viewer in viewers(store)
        if viewer.role not in ("analyst", "trainer")  # they reach all, as who administers does
        for screen in screens_of(store, viewer)
    ]


def screens_of(store: Store, viewer: Viewer) -> list[Screen]:
    """What each screen asks for one person."""
    return [*_calls(store, viewer), *_team(store, viewer), *_work(store, viewer)]


def viewers(store: Store) -> list[Viewer]:
    """One person of each role."""
    roles: tuple[Role, ...] = ("admin", "analyst", "trainer", "lead", "agent", "auditor")
    with store.reading() as connection:
        found: list[Viewer] = []
        for role in roles:
            person = connection.execute(select(users).where(users.c.role == role).limit(1)).one()
            led = select(memberships.c.team_id).where(memberships.c.user_id == person.id, memberships.c.leads)
            granted = select(grants.c.portfolio).where(grants.c.user_id == person.id)
            teams = tuple(connection.execute(led).scalars())
            portfolios = tuple(connection.execute(granted).scalars())
            found.append(Viewer(person.id, person.login, person.name, role, teams, portfolios))
    return found


def _calls(store: Store, viewer: Viewer) -> list[Screen]:
    choices = queries.choices(store, viewer)
    last = choices.last
    assert last is not None
    week = CallFilter(since=last - timedelta(days=6), until=last)
    filters = {
        "all": CallFilter(),
        "week": week,
        "country": CallFilter(countries=choices.countries[:1]),
        "agent": CallFilter(agents=(choices.agents[len(choices.agents) // 2][0],)),
        "portfolio": CallFilter(portfolios=choices.portfolios[:1]),
        "review": CallFilter(needs_review=True),
        "critical": CallFilter(critical=True),
        "promise": CallFilter(promise="firm"),
        "objection": CallFilter(objections=("no_money",)),
        "criterion": CallFilter(criterion="empathy", outcome="fail"),
        "frequent word": CallFilter(text="pago"),
        "two words": CallFilter(text="pagos señora"),
        "rare word": CallFilter(text="folio 7919"),
        "account": CallFilter(text=_account(store)),
    }
    if viewer.role in ("admin", "lead"):
        filters["team"] = CallFilter(teams=viewer.teams or (7,))
    screens = [
        Screen(f"Llamadas, {name}", viewer, _list(viewer, which, listings.ATTENTION, 0))
        for name, which in filters.items()
    ]
    far = queries.summary(store, viewer).calls // SIZE - 1
    screens += [
        Screen(f"Llamadas, {sort}", viewer, _list(viewer, CallFilter(), sort, 0))
        for sort in ("date", "-date", "agent", "-points", "points", "-critical", "critical")
    ]
    screens.append(
        Screen("Llamadas, last page", viewer, _list(viewer, CallFilter(), listings.ATTENTION, max(far, 0)))
    )
    return screens + _call(store, viewer, week)


def _list(viewer: Viewer, which: CallFilter, sort: str, page: int) -> dict[str, Ask]:
    def rows(store: Store) -> object:
        whole = queries.summary(store, viewer, which)
        found = listings.calls(store, viewer, which, sort=sort, page=page, size=SIZE, total=whole.calls)
        return listings.objections_in(store, viewer, [row.id for row in found.rows])

    return {"choices": lambda store: queries.choices(store, viewer), "figures and page": rows}


def _call(store: Store, viewer: Viewer, week: CallFilter) -> list[Screen]:
    """One call from the middle of the list, with its neighbours there."""
    half = queries.summary(store, viewer).calls // SIZE // 2
    found = listings.calls(store, viewer, CallFilter(), sort=listings.ATTENTION, page=half, size=SIZE).rows
    recent = listings.calls(store, viewer, week, sort="-date", page=0, size=SIZE).rows
    asks = {}
    for name, which, sort, rows in (
        ("all", CallFilter(), listings.ATTENTION, found),
        ("points", CallFilter(), "points", found),
        ("week", week, "-date", recent),
    ):
        if rows:
            here = rows[len(rows) // 2].id
            asks[name] = _opened(viewer, here, which, sort)
    return [Screen(f"Llamada, {name}", viewer, one) for name, one in asks.items()]


def _opened(viewer: Viewer, here: str, which: CallFilter, sort: str) -> dict[str, Ask]:
    return {
        "call": lambda store: queries.call(store, viewer, here),
        "around": lambda store: listings.around(store, viewer, here, which, sort=sort),
    }


def _team(store: Store, viewer: Viewer) -> list[Screen]:
    """Equipo, Objeciones and Promesas of four weeks, as they open; what figures may be asked of all time."""
    choices, settings = queries.choices(store, viewer), Settings(data_dir=store.data_dir)
    last = choices.last
    assert last is not None
    criteria = _criteria(store)
    found = []
    for name, which in {
        "all": CallFilter(),
        "country": CallFilter(countries=choices.countries[:1]),
        "portfolio": CallFilter(portfolios=choices.portfolios[:1]),
    }.items():
        four_weeks = periods.period(which, last)
        now, then = four_weeks.of(which), four_weeks.before.of(which)
        asked = ledger.Asked(settings, viewer, now, today=last)
        screens: dict[str, dict[str, Ask]] = {
            "Equipo": {
                "picture": partial(picture.looked_at, viewer=viewer, which=now, criteria=criteria),
                "picture before": partial(picture.looked_at, viewer=viewer, which=then, criteria=criteria),
                "agents": _asked(queries.agents, viewer, now),
                "summary": _asked(queries.summary, viewer, now),
                "weeks": _asked(queries.weeks, viewer, periods.trend(four_weeks).of(which)),
            },
            "Objeciones": {
                "met": _asked(rungs.met, viewer, now),
                "paths": partial(ledger.paths, asked=asked),
                "missed": _asked(rungs.missed, viewer, now),
                "mix": _asked(listings.objection_mix, viewer, now),
            },
            "Promesas": {
                "summary": partial(ledger.summary, asked=asked),
                "ledger": partial(ledger.ledger, asked=asked, size=SIZE),
            },
        }
        of_all_time = {
            "agents": queries.agents,
            "summary": queries.summary,
        }
        for figure, query in of_all_time.items():
            screens[f"Cifras ({figure})"] = {figure: _asked(query, viewer, which)}
        for title, asks in screens.items():
            its: dict[str, Ask] = {"choices": lambda store: queries.choices(store, viewer)}
            found.append(Screen(f"{title}, {name}", viewer, its | asks))
    return found


def _work(store: Store, viewer: Viewer) -> list[Screen]:
    """Inicio, the queue with its other parts, Críticas, Agente."""
    settings = Settings(data_dir=store.data_dir)
    last = queries.choices(store, viewer).last or date.today()
    noon = datetime.combine(last, datetime.min.time(), UTC)
    asks: dict[str, dict[str, Ask]] = {
        "Inicio": {"waiting": lambda store: notices.waiting(store, settings, viewer, now=noon)}
    }
    if viewer.may("review"):
        asks["Por revisar"] = {"queue": lambda store: tasks.queue(store, settings, viewer, size=SIZE)}
    if viewer.may("release"):
        asks["Por entregar"] = {"pending": lambda store: releases.pending(store, viewer, size=SIZE)}
    if viewer.may("team"):
        asks["Revisiones del mes"] = {"quotas": lambda store: quotas.quotas(store, settings, viewer, last)}
        asks["Críticas"] = {"inbox": lambda store: criticals.inbox(store, settings, viewer)}
    if viewer.role == "agent":
        asks["Entregadas"] = {"inbox": lambda store: releases.inbox(store, viewer)}
    if viewer.role != "auditor":
        asks["Agente"] = _agent(store, viewer)
    return [Screen(name, viewer, its) for name, its in asks.items()]


def _agent(store: Store, viewer: Viewer) -> dict[str, Ask]:
    login = viewer.login if viewer.role == "agent" else queries.choices(store, viewer).agents[0][0]
    base = CallFilter() if viewer.role == "agent" else CallFilter(agents=(login,))
    last = periods.last_day(store, viewer, base) or date.today()
    which = periods.trend(periods.period(base, last)).of(base)
    others = replace(which, agents=())
    return {
        "last day": lambda store: periods.last_day(store, viewer, base),
        "picture": partial(picture.looked_at, viewer=viewer, which=which, criteria=_criteria(store)),
        "summary": _asked(queries.summary, viewer, which),
        "beside": lambda store: peers.beside(store, viewer, others, (login,)),
        "weeks": _asked(queries.weeks, viewer, which),
        "calls": lambda store: listings.calls(store, viewer, which, sort="-date", page=0, size=10),
    }


def _criteria(store: Store) -> dict[str, Criterion]:
    return team_figures.by_id(form.criteria for form in forms_of(Settings(data_dir=store.data_dir)))


def _asked(query: Callable[..., object], viewer: Viewer, which: CallFilter) -> Ask:
    return lambda store: query(store, viewer, which)


def _account(store: Store) -> str:
    with store.reading() as connection:
        query = select(recordings.c.account).where(recordings.c.account.is_not(None)).limit(1)
        return str(connection.execute(query).scalar_one())[1:8]
