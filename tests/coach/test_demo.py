"""The demonstration on a tiny set: heard and judged once, found done the second time."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from coach import coaching, coaching_rows, demo, demo_month, demo_people, demo_plan, pipeline, queries, score
from coach.demo import EXAMPLES, Progress
from coach.rows import CallFilter
from coach.settings import Settings
from coach.store import Store
from coach.team_figures import by_id
from coach.types import CoachError
from coach.viewers import HOUSE
from tests.dialogue import dialogue
from transcripts.types import Recording, Transcript

NAME = "cl-02-buzon-de-voz"


@pytest.fixture
def examples(tmp_path: Path) -> Path:
    """One sample recording and two calls of the history."""
    folder = tmp_path / "examples"
    for part, name in (("audio", f"{NAME}.ogg"), ("scripts", f"{NAME}.yaml")):
        (folder / part).mkdir(parents=True)
        shutil.copy(EXAMPLES / part / name, folder / part / name)
    (folder / "history").mkdir()
    history = (EXAMPLES / "history" / "demo_calls.jsonl").read_text(encoding="utf-8").splitlines()[:2]
    (folder / "history" / "demo_calls.jsonl").write_text("\n".join(history), encoding="utf-8")
    return folder


@pytest.fixture(autouse=True)
def heard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was transcribed; the model itself is tested elsewhere."""
    log: list[str] = []

    def hear(recording: Recording, settings: Settings, **hooks: Any) -> Transcript:
        log.append(recording.id)
        return replace(dialogue("A: Buenas tardes.\nD: No tengo dinero."), recording=recording)

    monkeypatch.setattr(pipeline, "hear", hear)
    return log


def test_recordings_and_history_are_there_with_facts(
    store: Store, settings: Settings, examples: Path
) -> None:
    told: list[str] = []
    assert demo.prepare(store, settings, examples=examples, progress=Progress(told.append)) == []
    found = queries.calls(store, HOUSE, CallFilter(demo=True))
    assert found.total == 3
    call = store.call(NAME)
    assert call.transcript.recording.country == "CL"
    assert call.transcript.recording.facts.amount_due is not None
    assert [row.id for row in found.rows if row.has_audio] == [NAME]
    assert len(told) == 2


def test_a_second_run_does_nothing_again(
    store: Store, settings: Settings, examples: Path, heard: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    demo.prepare(store, settings, examples=examples)

    def never(*args: object) -> None:
        raise AssertionError("judged again")

    monkeypatch.setattr(store, "save", never)
    demo.prepare(store, settings, examples=examples)
    assert heard == [NAME]


def test_a_month_has_been_drawn_released_and_reviewed_once(
    store: Store, settings: Settings, examples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo_month, "MONTH", date(2026, 8, 1))  # that of the two calls
    demo.prepare(store, settings, examples=examples)
    reviewed = [store.call(name).review for name in ("h3-001", "h4-001")]
    assert [review and review.reviewer for review in reviewed] == ["Elena Robles"] * 2
    drawn = score.drawn(store, HOUSE, date(2026, 8, 1), date(2026, 8, 31))
    assert [(one.recording_id, one.counts) for one in drawn] == [("h3-001", True), ("h4-001", True)]
    demo.prepare(store, settings, examples=examples)
    assert store.call("h4-001").review == reviewed[1]


def test_a_plan_of_the_history_is_due_and_shows_that_coaching_helped(
    store: Store, settings: Settings, examples: Path
) -> None:
    history = (EXAMPLES / "history" / "demo_calls.jsonl").read_text(encoding="utf-8").splitlines()
    hers = [line for line in history if json.loads(line)["agent_login"] == demo_plan.AGENT]
    (examples / "history" / "demo_calls.jsonl").write_text("\n".join(hers), encoding="utf-8")
    demo.prepare(store, settings, examples=examples)
    trainer = demo_people.viewer_of(store, demo_plan.TRAINER)
    criteria = by_id(form.criteria for form in pipeline.forms_of(settings))
    (plan,) = coaching_rows.open_plans(store, trainer)
    assert plan.until < demo_plan.MADE.date() < plan.follow_up_on <= date(2026, 11, 18)
    assert coaching_rows.quoted(store, settings, trainer, plan)
    assert coaching.measured(store, trainer, criteria, plan).verdict == "better"
    demo.prepare(store, settings, examples=examples)
    assert len(coaching_rows.open_plans(store, trainer)) == 1


def test_what_older_rules_judged_is_judged_again_but_not_heard_again(
    store: Store, settings: Settings, examples: Path, heard: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    demo.prepare(store, settings, examples=examples)
    monkeypatch.setattr(pipeline, "nlp_version", lambda: "newer")
    demo.prepare(store, settings, examples=examples)
    assert heard == [NAME]
    assert len(store.judged_by(pipeline.judged_with(settings), "newer")) == 3


def test_a_recording_that_fails_is_told_and_the_rest_is_done(
    store: Store, settings: Settings, examples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(recording: Recording, settings: Settings, **hooks: Any) -> Transcript:
        raise CoachError("no se oye nada")

    monkeypatch.setattr(pipeline, "hear", broken)
    assert demo.prepare(store, settings, examples=examples) == ["no se oye nada"]
    assert queries.calls(store, HOUSE).total == 2


def test_without_samples_it_says_what_is_missing(store: Store, settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(CoachError, match="no hay grabaciones de ejemplo"):
        demo.prepare(store, settings, examples=tmp_path)


def test_every_sample_has_its_script() -> None:
    scripts = {path.stem for path in (EXAMPLES / "scripts").glob("*.yaml")}
    assert {r.id for r in demo.samples(EXAMPLES)} == scripts


def test_the_history_is_readable_and_marked() -> None:
    lines = (EXAMPLES / "history" / "demo_calls.jsonl").read_text(encoding="utf-8").splitlines()
    assert all(json.loads(line)["demo"] for line in lines)
