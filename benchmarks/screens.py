"""How long the screens' queries take on a big store, for each role; and ten people clicking at once.

    python -m benchmarks.make_store --calls 200000 --out DIR
    python -m benchmarks.screens --store DIR [--rounds 9] [--out benchmarks/results/screens.json]

A screen is timed as it asks: one query after the other. `cold` is a round with a connection of its own that
has read nothing yet (the system may hold parts of the file all the same); the other rounds are warm. `cpu_ms` is what the
processor worked, `ms` what a person waits: they differ where the machine is busy with other things (`load`).
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
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from sqlalchemy import func, select

from coach import listings, queries
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
    return [screen for viewer in viewers(store) for screen in (*_calls(store, viewer), *_team(viewer))]


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
    if viewer.role in ("admin", "lead") and hasattr(CallFilter(), "teams"):
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
        total = {"total": queries.summary(store, viewer, which).calls} if KNOWS_TOTAL else {}
        found = listings.calls(store, viewer, which, sort=sort, page=page, size=SIZE, **total)
        return listings.objections_in(store, viewer, [row.id for row in found.rows])

    asks: dict[str, Ask] = {"choices": lambda store: queries.choices(store, viewer)}
    if not KNOWS_TOTAL:
        asks["summary"] = lambda store: queries.summary(store, viewer, which)
    return asks | {"figures and page": rows}


KNOWS_TOTAL = "total" in listings.calls.__kwdefaults__ if listings.calls.__kwdefaults__ else False


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


def _team(viewer: Viewer) -> list[Screen]:
    found = []
    for name, which in {"all": CallFilter(), "country": CallFilter(countries=("MX",))}.items():
        agents: dict[str, Callable[..., object]] = {
            "agents": queries.agents, "summary": queries.summary, "weeks": queries.weeks,
            "objection_mix": listings.objection_mix,
        }  # fmt: skip
        figures: dict[str, Callable[..., object]] = {
            "objections": queries.objections, "criteria": queries.criteria, "summary": queries.summary,
        }  # fmt: skip
        for title, asks in {"Agentes": agents, "Criterios y objeciones": figures}.items():
            its: dict[str, Ask] = {"choices": lambda store: queries.choices(store, viewer)}
            its |= {ask: _asked(query, viewer, which) for ask, query in asks.items()}
            found.append(Screen(f"{title}, {name}", viewer, its))
    return found


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
