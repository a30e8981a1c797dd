"""A store in a temporary folder, and calls to put into it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from coach.house_rules import TrustRules
from coach.settings import Settings
from coach.store import Store
from coach.types import Call
from coach.viewers import Viewer
from rubrics.types import Outcome, Scorecard, Verdict
from tests.coach.review_people import person
from tests.dialogue import dialogue, found
from transcripts.types import Transcript

LIMA = timezone(timedelta(hours=-5))
Clock = Callable[[str], None]
LINES = """
    A: Buenos días, le saluda Rosa Quispe, de Caja Los Sauces.
    D: No tengo dinero, señorita.
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Every criterion counts: what trust does to points has tests of its own."""
    return Settings(data_dir=tmp_path / "var", trust=TrustRules(count_all=True))


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    opened = Store.open(settings)
    yield opened
    opened.close()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    """Sets this machine's clock to a zone until the test ends."""

    def set_to(zone: str) -> None:
        monkeypatch.setenv("TZ", zone)
        time.tzset()

    yield set_to
    monkeypatch.undo()
    time.tzset()


def judged(
    recording_id: str = "pe-01",
    *labels: str,
    lines: str = LINES,
    points: float | None = 80.0,
    verdicts: dict[str, Outcome] | None = None,
    waiting: tuple[str, ...] = (),
    critical: tuple[str, ...] = (),
    promise: dict[str, Any] | None = None,
    evaluable: Any = "yes",
    **recording: Any,
) -> Call:
    """A call with findings by hand and verdicts as given; those in `waiting` need review."""
    recording.setdefault("call_started_at", datetime(2026, 9, 14, 10, 22, tzinfo=LIMA))
    transcript = dialogue(lines, **{"id": recording_id, **recording})
    outcomes = verdicts or {"firm": "pass"}
    card = Scorecard(
        recording_id,
        "cobranza@1+abc",
        {name: Verdict(out, "porque sí", needs_review=name in waiting) for name, out in outcomes.items()},
        points,
        points,
        points,
        critical,
        evaluable,
    )
    return Call(transcript, found(transcript, *labels, promise=promise), card)


@pytest.fixture
def keep(store: Store) -> Callable[..., Call]:
    """Put a judged call into the store."""

    def put(*args: Any, **kwargs: Any) -> Call:
        call = judged(*args, **kwargs)
        store.add_recording(call.transcript.recording)
        store.save(call, "nlp-1")
        return call

    return put


@pytest.fixture
def lightly_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    """Judging has tests of its own; here it only has to leave its mark."""

    def judge(transcript: Transcript) -> Call:
        call = judged(transcript.recording.id)
        return Call(transcript, call.findings, call.scorecard)

    monkeypatch.setattr("coach.pipeline.judge_with", lambda _: judge)


@pytest.fixture
def ana(store: Store) -> Viewer:
    """An analyst; `luz` is another."""
    return person(store, "ana", "analyst")


@pytest.fixture
def luz(store: Store) -> Viewer:
    return person(store, "luz", "analyst")
