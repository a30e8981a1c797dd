"""One job from the step it had reached to its end: heard, understood, judged, kept.

One bad recording never stops the others: its error is kept on its job, in words. A machine that fails
(`coach.trouble`) is waited for, and the job is taken up again.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from sqlalchemy import select

from coach import (
    broken_off,
    jobs,
    keeping,
    legs,
    peaks,
    pipeline,
    recording_rows,
    reruns,
    stuck,
    trouble,
    versions,
)
from coach.complaints import told
from coach.intake import content_hash
from coach.jobs import Taken
from coach.made import Made
from coach.schema import findings, scorecards, transcripts
from coach.settings import Settings
from coach.store import Store
from coach.trouble import Stop
from coach.types import Call, CoachError, JobStep
from transcripts.transcribe import Cancelled
from transcripts.types import Recording, Transcript

Watch = Callable[[Taken, JobStep, float], None]
_BEAT_S = 1.0  # between two writes of progress
_NOTHING = Made("", "", "")


class OnlyHeard(Exception):
    """The step that was asked for is done; the rest is for another worker."""


def unwatched(job: Taken, step: JobStep, progress: float) -> None:
    """Nobody looks on."""


def never() -> bool:
    return False


def do(
    store: Store,
    settings: Settings,
    job: Taken,
    watch: Watch = unwatched,
    stop: Stop = never,
    *,
    only_hear: bool = False,
) -> None:
    """Do the job; back in the queue where the worker must `stop`, or where `only_hear` was asked for and it
    is heard.
    """
    try:
        with stuck.in_hand():
            _do(store, settings, job, watch, stop, only_hear=only_hear)
    except Exception as error:
        if not trouble.is_trouble(error):
            raise
        full = isinstance(error, OSError)  # other than a database's error it is never the recording's fault
        back = partial(jobs.give_back, store, job) if full else partial(jobs.lose, store, job.worker)
        trouble.until_done(back, stop, error)


def _do(store: Store, settings: Settings, job: Taken, watch: Watch, stop: Stop, *, only_hear: bool) -> None:
    report = _Reporter(store, job, watch, stop)
    try:
        made = _steps(store, settings, job, report, only_hear=only_hear)
    except OnlyHeard:
        jobs.give_back(store, job)
    except Cancelled:
        if report.asked_to_stop:
            jobs.stop(store, job)
            broken_off.sweep(store)  # it may have been erased meanwhile: the words are not left behind
        else:
            jobs.give_back(store, job)
    except Exception as error:  # whatever is wrong with this recording, the next one has its turn
        if trouble.is_trouble(error):
            raise
        if store.erased(job.recording_id):  # nobody's fault
            jobs.end(store, job, "cancelled")
            broken_off.sweep(store)
        else:
            jobs.end(store, job, "failed", told(error, f"job {job.id}"))
    else:
        jobs.end(store, job, "done", made=made)


def _steps(store: Store, settings: Settings, job: Taken, report: _Reporter, *, only_hear: bool) -> Made:
    """Each step leaves its result in the store before the next begins, so a lost job goes on from there."""
    if store.recording(job.recording_id).linked_id:
        return _NOTHING  # it was queued before it was known to be a leg: its call has a job of its own
    transcript = store.heard(job.recording_id) if job.step != "transcribe" else None
    if transcript is None:
        transcript = _hear(store, settings, job, report)
        if only_hear:
            report("analyze", 0.0)
            raise OnlyHeard
    call, version = _judged(store, settings, job, report, transcript)
    peaks.prepare(store, transcript.recording)
    return Made(call.scorecard.rubric, version, transcript.engine.model)


def _judged(
    store: Store, settings: Settings, job: Taken, report: _Reporter, transcript: Transcript
) -> tuple[Call, str]:
    """The call judged and kept, and by which language part: again as long as its facts changed meanwhile.
    Who brought them finds nothing to judge yet, or has its result replaced by ours.
    """
    version = pipeline.nlp_version()
    while True:
        facts = store.recording(job.recording_id)
        if job.step == "score" and _analyzed(store, job.recording_id, version):
            report("score", 0.0)
            call = pipeline.rescored(store.call(job.recording_id), settings)
            keeping.keep_rescored(store, settings, call)
        else:
            report("analyze", 0.0)
            heard = replace(facts, duration_s=facts.duration_s or transcript.recording.duration_s)
            call = pipeline.judge(replace(transcript, recording=heard), settings)
            report("score", 0.0)
            keeping.keep_judged(store, settings, call)
        now = store.recording(job.recording_id)  # once its results are kept: what comes later judges it
        if replace(now, duration_s=facts.duration_s) == facts:
            return call, version


def _hear(store: Store, settings: Settings, job: Taken, report: _Reporter) -> Transcript:
    report("transcribe", 0.0)
    if its := legs.of(store, job.recording_id):
        each = [_leg(store, settings, leg, report, n, len(its)) for n, leg in enumerate(its)]
        transcript = legs.whole(store, job.recording_id, each)
    else:
        known = store.heard(job.recording_id)
        if known is not None and reruns.came_as_text(known):  # its ready transcript came while it waited
            return known
        recording = store.recording(job.recording_id)
        transcript = _listen(store, settings, recording, report.heard, report.stopped)
    store.save_transcript(transcript)
    return transcript


def _leg(
    store: Store, settings: Settings, leg: Recording, report: _Reporter, place: int, of: int
) -> Transcript:
    """What was said in one leg: as it was heard before, unless by a model that is no longer in use."""
    known = store.transcript(leg.id)
    if known is not None and not reruns.outdated(known, settings):
        return known
    heard = _listen(store, settings, leg, lambda done: report.heard((place + done) / of), report.stopped)
    store.update_recording(heard.recording)
    store.save_transcript(heard)
    return heard


def _listen(
    store: Store, settings: Settings, recording: Recording, progress: Callable[[float], None], stopped: Stop
) -> Transcript:
    _check_sound(store, recording)
    partial = broken_off.path(store, recording.id)
    partial.parent.mkdir(exist_ok=True)
    return pipeline.hear(recording, settings, progress=progress, cancelled=stopped, partial=partial)


def _check_sound(store: Store, recording: Recording) -> None:
    """CoachError where a recorder wrote another call over the file: it is not heard under these facts."""
    if recording.audio is None or not recording.audio.is_file():
        return  # hearing says so
    with store.reading() as connection:
        taken = recording_rows.hash_of(connection, recording.id)
    if taken is not None and content_hash(recording.audio) != taken:
        raise CoachError(
            "{file}: se grabó encima de esta llamada antes de oírla, y su audio ya no está. "
            "Si tiene una copia, súbala. Dé un nombre a cada grabación.",
            file=recording.audio.name,
        )


def _analyzed(store: Store, recording_id: str, nlp_version: str) -> bool:
    """Whether what was found is of the newest transcript and of the language part of today."""
    with store.reading() as connection:
        newest = versions.newest(connection, transcripts, recording_id)
        found = versions.current(connection, findings, recording_id)
        judged = connection.execute(
            select(scorecards.c.id).where(scorecards.c.recording_id == recording_id, scorecards.c.current)
        ).first()
    return (
        newest is not None
        and found is not None
        and judged is not None
        and (found.transcript_id, found.nlp_version) == (newest.id, nlp_version)
    )


class _Reporter:
    """Writes progress to the job, once a second at most, and hears whether to stop."""

    def __init__(self, store: Store, job: Taken, watch: Watch, stop: Stop) -> None:
        self.store, self.job, self.watch, self.stop = store, job, watch, stop
        self.asked_to_stop = False
        self.last = 0.0

    def __call__(self, step: JobStep, progress: float) -> None:
        """A new step: written at once. Raises Cancelled where the job should not go on."""
        stuck.moved()
        self.watch(self.job, step, progress)
        self._beat(step, progress)
        if self.asked_to_stop:
            raise Cancelled

    def heard(self, fraction: float) -> None:
        stuck.moved()
        self.watch(self.job, "transcribe", fraction)
        if time.monotonic() - self.last >= _BEAT_S:
            self._beat("transcribe", fraction)

    def stopped(self) -> bool:
        stuck.moved()
        return self.asked_to_stop or self.stop()

    def _beat(self, step: JobStep, progress: float) -> None:
        self.last = time.monotonic()
        self.asked_to_stop = jobs.beat(self.store, self.job, step, progress)
