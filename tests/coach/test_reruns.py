"""What older models or forms judged is queued again, for the steps that changed; old results stay."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from coach import doing, jobs, peaks, pipeline, reruns, wiping, worker
from coach.reruns import Reruns
from coach.schema import findings, scorecards, transcripts
from coach.settings import Settings
from coach.store import Store
from coach.types import Call, CoachError, Review
from coach.viewers import HOUSE, Viewer
from tests.coach.conftest import judged
from tests.coach.spoken import add_review
from transcripts.types import Engine, Recording, Transcript

NOW = "nlp-2"
MODEL = "whisper-demo-es"


@pytest.fixture(autouse=True)
def work(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is done, in its order, without models."""
    log: list[str] = []

    def hear(recording: Recording, settings: Settings, **hooks: Any) -> Transcript:
        log.append("hear")
        return heard(recording.id, MODEL)

    def judge(transcript: Transcript, settings: Settings) -> Call:
        log.append("analyze")
        return dressed(transcript, settings)

    def rescored(call: Call, settings: Settings) -> Call:
        log.append("score")
        return dressed(call.transcript, settings)

    monkeypatch.setattr(pipeline, "hear", hear)
    monkeypatch.setattr(pipeline, "judge", judge)
    monkeypatch.setattr(pipeline, "rescored", rescored)
    monkeypatch.setattr(pipeline, "nlp_version", lambda: NOW)
    monkeypatch.setattr(peaks, "prepare", lambda store, recording: None)
    return log


def heard(name: str, model: str) -> Transcript:
    transcript = judged(name).transcript
    return replace(transcript, engine=Engine("faster-whisper", model=model))


def dressed(transcript: Transcript, settings: Settings) -> Call:
    """Judged by the form and pack of today."""
    call = judged(transcript.recording.id)
    form, pack = pipeline.judging(transcript.recording, settings)
    card = replace(call.scorecard, rubric=form.name, pack=pack.name if pack else "")
    return replace(call, transcript=transcript, scorecard=card)


def keep(
    store: Store, settings: Settings, name: str, *, model: str = MODEL, nlp: str = NOW, old_form: bool = False
) -> None:
    call = dressed(heard(name, model), settings)
    if old_form:
        call = replace(call, scorecard=replace(call.scorecard, rubric="cobranza@0+old"))
    store.add_recording(replace(call.transcript.recording, audio=Path(f"/tmp/{name}.wav")))
    store.save(call, nlp)


def rows(store: Store) -> tuple[int, ...]:
    with store.reading() as connection:
        return tuple(
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (transcripts, findings, scorecards)
        )


def test_each_begins_at_the_step_that_changed(store: Store, settings: Settings, work: list[str]) -> None:
    keep(store, settings, "same")
    keep(store, settings, "form", old_form=True)
    keep(store, settings, "words", nlp="nlp-1")
    keep(store, settings, "speech", model="older")
    found = reruns.rerun(store, settings, HOUSE)
    assert found == Reruns(transcribe=1, analyze=1, score=1, same=1)
    worker.drain(store, settings)
    assert work == ["score", "hear", "analyze", "analyze"]  # in order of id: form, speech, words
    assert reruns.rerun(store, settings, HOUSE, dry_run=True) == Reruns(same=4)


def test_a_call_whose_words_were_erased_is_not_queued(store: Store, settings: Settings) -> None:
    keep(store, settings, "words", nlp="nlp-1")
    with store.writing() as connection:
        wiping.wipe_words(connection, "words", "person", datetime(2026, 11, 28, tzinfo=UTC))
    assert reruns.rerun(store, settings, HOUSE) == Reruns()


def test_old_results_stay(store: Store, settings: Settings) -> None:
    keep(store, settings, "a", model="older")
    reruns.rerun(store, settings, HOUSE)
    worker.drain(store, settings)
    assert rows(store) == (2, 2, 2)
    assert store.call("a").transcript.engine.model == MODEL


def test_a_job_names_what_made_its_result(store: Store, settings: Settings) -> None:
    keep(store, settings, "a", model="older")
    reruns.rerun(store, settings, HOUSE)
    worker.drain(store, settings)
    (job,) = jobs.open_jobs(store, HOUSE)
    form, _ = pipeline.judging(Recording("a"), settings)
    assert (job.state, job.model, job.nlp_version, job.rubric) == ("done", MODEL, NOW, form.name)


def test_a_call_keeps_its_old_words_until_it_is_judged_by_the_new(store: Store, settings: Settings) -> None:
    keep(store, settings, "a", model="older")
    reruns.rerun(store, settings, HOUSE)
    job = jobs.take(store, jobs.worker_name())
    assert job is not None
    doing.do(store, settings, job, only_hear=True)
    assert store.call("a").transcript.engine.model == "older"
    ahead = store.heard("a")
    assert ahead is not None
    assert ahead.engine.model == MODEL
    worker.drain(store, settings)
    assert store.call("a").transcript.engine.model == MODEL
    assert rows(store) == (2, 2, 2)


def test_what_a_person_reviewed_is_not_heard_again(store: Store, settings: Settings) -> None:
    from datetime import UTC, datetime

    keep(store, settings, "a", model="older", nlp="nlp-1")
    add_review(store, Review("a", "luz", datetime(2026, 9, 15, tzinfo=UTC)))
    assert reruns.rerun(store, settings, HOUSE, dry_run=True) == Reruns(analyze=1)


def test_a_call_that_came_as_text_is_not_heard_again(store: Store, settings: Settings) -> None:
    call = dressed(judged("a").transcript, settings)
    store.add_recording(call.transcript.recording)
    store.save(call, NOW)
    assert reruns.rerun(store, settings, HOUSE, dry_run=True) == Reruns(same=1)


def test_from_a_later_step_on_only(store: Store, settings: Settings) -> None:
    keep(store, settings, "speech", model="older")
    keep(store, settings, "form", old_form=True)
    assert reruns.rerun(store, settings, HOUSE, "analyze", dry_run=True) == Reruns(score=1, same=1)
    assert jobs.job_counts(store, HOUSE).queued == 0


def test_a_rerun_goes_behind_what_is_new(store: Store, settings: Settings) -> None:
    keep(store, settings, "old", old_form=True)
    reruns.rerun(store, settings, HOUSE)
    store.add_recording(Recording("new"))
    jobs.submit(store, "new")
    job = jobs.take(store, jobs.worker_name())
    assert job is not None
    assert job.recording_id == "new"


def test_a_form_that_cannot_be_used_holds_up_only_its_own_calls(store: Store, settings: Settings) -> None:
    keep(store, settings, "old", old_form=True)
    keep(store, settings, "micro", old_form=True)
    store.update_recording(replace(store.recording("micro"), portfolio="micro"))
    path = settings.own_forms / "micro.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("id: micro\nfor_calls: {portfolio: [micro]}\nlabel: [\n", encoding="utf-8")
    for dry_run in (True, False):
        found = reruns.rerun(store, settings, HOUSE, dry_run=dry_run)
        assert (found.score, found.same) == (1, 0)
        ((why, ids),) = found.waiting.items()
        assert str(path) in why
        assert ids == ("micro",)
    assert [job.recording_id for job in jobs.open_jobs(store, HOUSE)] == ["old"]


def test_it_is_for_who_administers(store: Store, settings: Settings) -> None:
    with pytest.raises(CoachError, match="no tiene permiso"):
        reruns.rerun(store, settings, Viewer(None, "luz", "Luz", "analyst"))
