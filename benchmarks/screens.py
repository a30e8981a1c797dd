"""How long the screens' queries take on a big store, for each role; and ten people clicking at once.

    python -m benchmarks.make_store --calls 200000 --out DIR
    python -m benchmarks.screens --store DIR [--rounds 9] [--out benchmarks/results/screens.json]

A screen is timed as it asks: one query after the other. `cold_ms` is the first round, by a connection that
has read nothing yet (the system may hold parts of the file all the same); the others are warm. `cpu_ms` is
what the processor worked, `ms` what a person waits: they differ where the machine is busy with other things
(`load`). The bars are on what a person waits.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from sqlalchemy import func, select

from coach import (
    criticals,
    ledger,
    listings,
    notices,
    outcomes,
    peers,
    periods,
    queries,
    quotas,
    releases,
    rungs,
    tasks,
)
from coach.rows import CallFilter
from coach.schema import recordings
from coach.schema_people import grants, memberships, users
from coach.settings import Settings
from coach.store import Store
from coach.viewers import HOUSE, Role, Viewer

MEDIAN_MS, P95_MS, CROWD_P95_MS = 300, 1000, 2000
PEOPLE, CLICKS = 10, 6
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
        for screen in (*_calls(store, viewer), *_team(store, viewer), *_work(store, viewer))
    ]


def viewers(store: Store) -> list[Viewer]:
    roles: tuple[Role, ...] = ("lead", "agent", "auditor")
    with store.reading() as connection:
        found: list[Viewer] = [HOUSE]
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
    """Equipo, Objeciones, Promesas and, for all time, what may be asked of figures at all."""
    choices, settings = queries.choices(store, viewer), Settings(data_dir=store.data_dir)
    last = choices.last
    assert last is not None
    found = []
    for name, which in {
        "all": CallFilter(),
        "country": CallFilter(countries=choices.countries[:1]),
        "portfolio": CallFilter(portfolios=choices.portfolios[:1]),
    }.items():
        four_weeks = periods.period(which, last)
        now, then = four_weeks.of(which), four_weeks.before.of(which)
        asked = ledger.Asked(settings, viewer, which, today=last)
        screens = {
            "Equipo": {
                "outcomes": _asked(outcomes.outcomes, viewer, now),
                "outcomes before": _asked(outcomes.outcomes, viewer, then),
                "agents": _asked(queries.agents, viewer, now),
                "summary": _asked(queries.summary, viewer, now),
                "weeks": _asked(queries.weeks, viewer, periods.trend(four_weeks).of(which)),
            },
            "Objeciones": {
                "met": _asked(rungs.met, viewer, which),
                "paths": lambda store, asked=asked: ledger.paths(store, asked),
                "missed": _asked(rungs.missed, viewer, which),
                "mix": _asked(listings.objection_mix, viewer, which),
            },
            "Promesas": {
                "summary": lambda store, asked=asked: ledger.summary(store, asked),
                "ledger": lambda store, asked=asked: ledger.ledger(store, asked, size=SIZE),
            },
            "Cifras": {
                "agents": _asked(queries.agents, viewer, which),
                "objections": _asked(queries.objections, viewer, which),
                "criteria": _asked(queries.criteria, viewer, which),
                "summary": _asked(queries.summary, viewer, which),
            },
        }
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
        "outcomes": _asked(outcomes.outcomes, viewer, which),
        "summary": _asked(queries.summary, viewer, which),
        "beside": lambda store: peers.beside(store, viewer, others, (login,)),
        "weeks": _asked(queries.weeks, viewer, which),
        "calls": lambda store: listings.calls(store, viewer, which, sort="-date", page=0, size=10),
    }


def _asked(query: Callable[..., object], viewer: Viewer, which: CallFilter) -> Ask:
    return lambda store: query(store, viewer, which)


def _account(store: Store) -> str:
    with store.reading() as connection:
        query = select(recordings.c.account).where(recordings.c.account.is_not(None)).limit(1)
        return str(connection.execute(query).scalar_one())[1:8]


def timed(store: Store, screen: Screen) -> tuple[float, float, dict[str, float]]:
    """Milliseconds: waited, worked, and waited by query."""
    began, worked = time.perf_counter(), time.thread_time()
    each = {}
    for name, ask in screen.asks.items():
        start = time.perf_counter()
        ask(store)
        each[name] = 1000 * (time.perf_counter() - start)
    return 1000 * (time.perf_counter() - began), 1000 * (time.thread_time() - worked), each


def measure(store: Store, rounds: int) -> list[dict[str, Any]]:
    results = []
    for screen in screens(store):
        store.engine.dispose()
        cold, _, _ = timed(store, screen)
        warm = [timed(store, screen) for _ in range(rounds)]
        waits = [one[0] for one in warm]
        results.append(
            {
                "screen": screen.name,
                "role": screen.viewer.role,
                "cold_ms": round(cold, 1),
                "ms": round(median(waits), 1),
                "p95_ms": round(p95(waits), 1),
                "cpu_ms": round(median(one[1] for one in warm), 1),
                "queries_ms": {name: round(median(one[2][name] for one in warm), 1) for name in screen.asks},
            }
        )
        print(results[-1], file=sys.stderr)
    return results


def crowd(store: Store, *, people: int = PEOPLE, clicks: int = CLICKS) -> dict[str, Any]:
    """Ten people of all roles open screens drawn at random, all at the same instants."""
    drawn, dice = screens(store), random.Random(5)
    picks = [[dice.choice(drawn) for _ in range(clicks)] for _ in range(people)]
    together = threading.Barrier(people)

    def person(mine: list[Screen]) -> list[float]:
        waited = []
        for screen in mine:
            together.wait()
            waited.append(timed(store, screen)[0])
        return waited

    with ThreadPoolExecutor(people) as pool:
        waits = [wait for waited in pool.map(person, picks) for wait in waited]
    return {
        "people": people,
        "clicks": len(waits),
        "ms": round(median(waits), 1),
        "p95_ms": round(p95(waits), 1),
    }


def p95(values: list[float]) -> float:
    return quantiles(values, n=20, method="inclusive")[-1]


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--store", type=Path, required=True, help="data folder made by make_store.py")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--out", type=Path, help="write the figures as JSON")
    options = parser.parse_args()
    store = Store.open(Settings(data_dir=options.store))
    with store.reading() as connection:
        calls = connection.execute(select(func.count()).select_from(recordings)).scalar_one()
    before = os.getloadavg()[0]
    results = measure(store, options.rounds)
    together = crowd(store)
    over = [f"{one['role']}: {one['screen']}" for one in results if _over(one)]
    report = {
        "calls": calls,
        "bars": {"median_ms": MEDIAN_MS, "p95_ms": P95_MS, "ten_at_once_p95_ms": CROWD_P95_MS},
        "over_the_bars": over,
        "ten_at_once": together,
        "machine": {
            "cores": os.cpu_count(),
            "python": platform.python_version(),
            "database": store.engine.name,
        },
        "load": {"before": round(before, 1), "after": round(os.getloadavg()[0], 1)},
        "screens": results,
    }
    print(json.dumps({key: value for key, value in report.items() if key != "screens"}, indent=1))
    if options.out:
        options.out.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    return 0 if not over and together["p95_ms"] <= CROWD_P95_MS else 1


def _over(one: dict[str, Any]) -> bool:
    return bool(one["ms"] > MEDIAN_MS or one["p95_ms"] > P95_MS)


if __name__ == "__main__":
    sys.exit(main())
