"""Every screen as its people open it: the dashboard's script runs, and what it asks of the store is timed.

No screen is described here: which there are, and for whom, says `views._pages`. What they ask is written down
too, so that many people can be imitated who ask the same at once.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest import mock

import streamlit as st
from sqlalchemy import Connection, event
from sqlalchemy.engine import Engine
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from coach import queries, sessions
from coach.store import Store
from coach.viewers import Viewer
from views import _pages

ROOT = Path(__file__).parents[1]
TIMEOUT_S = 120

# parts of a screen that have an address of their own; {…} is filled in for each viewer
PARTS: dict[str, tuple[dict[str, str], ...]] = {
    "queue": ({}, {"view": "disputes"}, {"view": "release"}, {"view": "month"}),
    "calibration": ({}, {"view": "sessions"}, {"view": "people"}, {"view": "people", "span": "all"},
                    {"view": "past"}, {"session": "20"}, {"session": "24"}),
    "administration": ({}, {"view": "teams"}, {"view": "jobs"}, {"view": "data"}, {"person": "{login}"}),
    "closing": ({}, {"month": "2026-10"}, {"month": "2026-03"}),
    "log": ({}, {"action": "see"}, {"action": "export"}, {"login": "{login}"},
            {"kind": "call", "which": "{call}"}),
    "call": ({"call": "{call}"},),
    "agent": ({"agent": "{login}"},),
    "objections": ({}, {"objection": "no_money"}),
    "guide": ({}, {"objection": "no_money"}),
}  # fmt: skip


Opened = Callable[[Store], AbstractContextManager[Connection]]


@dataclass(frozen=True, slots=True)
class Visit:
    viewer: Viewer
    screen: str
    address: dict[str, str]

    @property
    def name(self) -> str:
        told = {key: value for key, value in self.address.items() if key not in ("call", "which")}
        part = ", ".join(f"{key}={value}" for key, value in told.items())
        return f"{self.screen} ({part})" if part else self.screen


@dataclass(slots=True)
class Run:
    """One run of a screen: milliseconds with the store open and what the processor worked in them, those of
    the whole script, every question.
    """

    asked_ms: float = 0.0
    cpu_ms: float = 0.0
    run_ms: float = 0.0
    statements: list[tuple[str, Any]] = field(default_factory=list)
    open: bool = False

    def replay(self, store: Store) -> None:
        """Ask all of it again."""
        for sql, values in self.statements:
            with store.reading() as connection:
                connection.exec_driver_sql(sql, values).fetchall()


def visits(store: Store, people: list[Viewer]) -> Iterator[Visit]:
    for viewer in people:
        filled = _known(store, viewer)
        for screen in (*_pages.OF_ROLE[viewer.role], *_pages.HIDDEN[viewer.role]):
            for address in PARTS.get(screen, ({},)):
                yield Visit(viewer, screen, {key: value.format(**filled) for key, value in address.items()})


def measure(store: Store, visit: Visit, rounds: int) -> list[Run]:
    """One run apart, then `rounds` that are timed; each by a person who has just come in."""
    with store.writing() as connection:
        token = sessions.begin(connection, visit.viewer.user_id or 0, datetime.now(UTC))
    run(visit, token)
    return [run(visit, token) for _ in range(rounds)]


def run(visit: Visit, token: str) -> Run:
    app = AppTest.from_file(str(ROOT / "coach_app.py"), default_timeout=TIMEOUT_S)
    app.switch_page(f"views/{visit.screen}.py")
    for key, value in visit.address.items():
        app.query_params[key] = value
    with mock.patch("views._session.token", return_value=token), listening() as heard:
        began = time.perf_counter()
        app.run()
        heard.run_ms = 1000 * (time.perf_counter() - began)
    if app.exception or app.error:
        told = [one.value for one in (*app.exception, *app.error)]
        raise RuntimeError(f"{visit.viewer.role}: {visit.name}: {told}")
    return heard


@contextmanager
def shown(data_dir: Path) -> Iterator[None]:
    """The screens show the store of this folder, as it is set up by default.

    AppTest reads the description of every installed package at each run, a server once: so is it here.
    """
    found = manifest_scanner.scan_component_manifests()
    once = mock.patch.object(manifest_scanner, "scan_component_manifests", return_value=found)
    with once, mock.patch.dict(os.environ, {"COACH_DATA_DIR": str(data_dir)}):
        st.cache_resource.clear()
        yield
        st.cache_resource.clear()


@contextmanager
def listening() -> Iterator[Run]:
    """What the one run that goes on meanwhile asks of the store."""
    heard = Run()

    def note(_c: Any, _cursor: Any, sql: str, values: Any, _context: Any, many: bool) -> None:
        if not many and sql.lstrip().upper().startswith(("SELECT", "WITH")):
            heard.statements.append((sql, values))

    event.listen(Engine, "before_cursor_execute", note)
    reading, writing = _timed(Store.reading, heard), _timed(Store.writing, heard)
    with mock.patch.object(Store, "reading", reading), mock.patch.object(Store, "writing", writing):
        try:
            yield heard
        finally:
            event.remove(Engine, "before_cursor_execute", note)


def _timed(real: Opened, heard: Run) -> Opened:
    """A way to open the store that adds its time to `heard`; of one within another only the outer counts."""

    @contextmanager
    def opened(store: Store) -> Iterator[Connection]:
        outer, began, worked = not heard.open, time.perf_counter(), time.thread_time()
        heard.open = True
        try:
            with real(store) as connection:
                yield connection
        finally:
            if outer:
                heard.open = False
                heard.asked_ms += 1000 * (time.perf_counter() - began)
                heard.cpu_ms += 1000 * (time.thread_time() - worked)

    return opened


def _known(store: Store, viewer: Viewer) -> dict[str, str]:
    """A call in the viewer's reach, of an agent where it is anybody's, and who that is."""
    calls = queries.calls(store, viewer, size=25).rows
    call = next((row for row in calls if row.agent_login), calls[0])
    return {"call": call.id, "login": call.agent_login or viewer.login}
