"""The dashboard's worker: followed by another where it dies, with a brake; whoever looks is told."""

from __future__ import annotations

import asyncio
import logging
from types import SimpleNamespace

import pytest
from filelock import FileLock

from coach import doctor, tending, worker
from coach.settings import Settings
from coach.store import Store


class Worker:
    """A process that has ended already, with this code, or lives on."""

    def __init__(self, code: int | None = None) -> None:
        self.returncode = code
        self.asked = False

    def poll(self) -> int | None:
        return self.returncode

    def terminate(self) -> None:
        self.asked = True


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses that were made, none of them in truth."""
    made: list[float] = []
    at_once = asyncio.sleep

    async def sleep(seconds: float) -> None:
        made.append(seconds)
        await at_once(0)

    monkeypatch.setattr("coach.tending.asyncio.sleep", sleep)
    return made


def run(settings: Settings, rounds: int = 100) -> None:
    async def app() -> None:
        async with tending.served(settings, work=True):
            assert tending.serving()
            for _ in range(rounds):
                await asyncio.sleep(0)

    asyncio.run(app())
    assert not tending.serving()


def test_a_worker_that_died_is_followed_by_another(
    settings: Settings, slept: list[float], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    settings.data_dir.mkdir(exist_ok=True)
    given = [Worker(-9), Worker()]
    begun: list[Worker] = []

    def spawn(*_: object, **__: object) -> Worker:
        begun.append(given[len(begun)])
        return begun[-1]

    monkeypatch.setattr(worker, "spawn", spawn)
    with caplog.at_level(logging.WARNING):
        run(settings)
    assert begun == given
    assert given[1].asked  # it ends with the dashboard
    assert "ended (code -9); another one begins in 5 s" in caplog.text
    assert "(code -9)" in (settings.data_dir / worker.LOG).read_text()


def test_workers_that_die_at_once_are_started_ever_more_rarely(
    settings: Settings, slept: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = 0

    def spawn(*_: object, **__: object) -> Worker:
        nonlocal calls
        calls += 1
        if calls % 2:
            raise OSError(12, "Cannot allocate memory")  # counts like a death
        return Worker(2)

    monkeypatch.setattr(worker, "spawn", spawn)
    run(settings)
    pauses = [one for one in slept if one]
    assert pauses[:9] == [5, 10, 20, 40, 80, 160, 320, 600, 600]


def test_who_lived_long_is_followed_soon(
    settings: Settings, slept: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter(range(0, 10**9, 1000))
    monkeypatch.setattr("coach.tending.time.monotonic", lambda: float(next(clock)))
    monkeypatch.setattr(worker, "spawn", lambda *_, **__: Worker(-9))
    run(settings)
    assert {one for one in slept if one} == {5.0}


def test_who_watches_a_folder_begins_another_worker_where_nobody_is_at_work(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.data_dir.mkdir(exist_ok=True)
    now, begun = 5.0, 0

    def spawn(*_: object) -> SimpleNamespace:
        nonlocal begun
        begun += 1
        return SimpleNamespace(pid=begun)

    monkeypatch.setattr("coach.tending.time.monotonic", lambda: now)
    monkeypatch.setattr(worker, "spawn", spawn)
    hands = tending.Hands(settings)
    assert hands.look() == 1
    now += 5
    assert hands.look() is None  # it is still loading
    now += 60
    with FileLock(settings.data_dir / worker.LOCK):
        assert hands.look() is None
    assert hands.look() == 2  # that one died


def test_where_nobody_is_at_work_it_is_told(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told() -> list[str]:
        return [one.state for one in doctor.examine(settings) if "Nadie atiende la cola" in one.text]

    def place() -> str:
        (text,) = (one.text for one in doctor.examine(settings) if "Nadie atiende la cola" in one.text)
        return text.partition("reinicie Temple; ")[2]

    log = settings.data_dir.resolve() / worker.LOG
    assert "journalctl -u temple-work" in place()  # a service, or a terminal: there is no log
    log.touch()
    assert place() == f"{log} dice qué pasó."
    assert told() == ["note"]  # at the terminal the dashboard may just not be open
    monkeypatch.setattr(tending, "_served", [-1e9])
    assert told() == ["missing"]
    with FileLock(settings.data_dir / worker.LOCK):
        assert told() == []
    assert told() == ["missing"]
    monkeypatch.setattr(tending, "_served", [float("inf")])  # its worker has just been started
    assert told() == []
