"""What an older model or form has judged is queued again, for the steps alone that would come out otherwise.

Old results are kept beside the new ones. Whoever is at the screen sees the old ones until the new are there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Row, select

from coach import audit, bodies, jobs, pipeline
from coach.jobs import STEPS
from coach.schema import findings, recordings, reviews, scorecards, transcripts
from coach.schema_privacy import WORDLESS
from coach.settings import Settings
from coach.store import Store
from coach.types import JobStep
from coach.unread import Waits
from coach.viewers import Viewer
from transcripts.engines import ENGINES
from transcripts.options import AUTO, CPU_MODEL, GPU_MODEL
from transcripts.types import Transcript

_PAGE = 500  # calls read, then queued, in one transaction


@dataclass(frozen=True, slots=True)
class Reruns:
    """How many calls begin again at each step; `same`: made by what is in use today. `waiting`: those that
    stay as they are, by the sentence on the file that would judge them and cannot be used.
    """

    transcribe: int = 0
    analyze: int = 0
    score: int = 0
    same: int = 0
    waiting: dict[str, tuple[str, ...]] = field(default_factory=dict)


def rerun(
    store: Store,
    settings: Settings,
    viewer: Viewer,
    since: JobStep = "transcribe",
    *,
    dry_run: bool = False,
) -> Reruns:
    """Queue, behind all else, every judged call that a step from `since` on would make otherwise today.

    `dry_run` only counts. A call that came as text is never heard again, nor one that a person has reviewed:
    what people said of its turns would point into other words; one whose words were erased stays as it is,
    and so does one whose form or rules cannot be used: nobody can tell what it would be today.
    """
    viewer.require("administer")
    counts: dict[str, int] = dict.fromkeys((*STEPS, "same"), 0)
    waiting: dict[str, list[str]] = {}
    today = _Today(settings)
    for page in _pages(store):
        stale: list[tuple[str, JobStep]] = []
        for row in page:
            try:
                first = today.first_stale(row, since)
            except Waits as error:
                waiting.setdefault(error.file.unusable, []).append(row.id)
                continue
            counts[first or "same"] += 1
            stale += [(row.id, first)] if first else []
        if stale and not dry_run:
            with store.writing() as connection:
                for recording_id, first in stale:
                    jobs.queue(connection, recording_id, step=first, priority="low")
    if not dry_run:
        audit.note(store, viewer, "jobs.rerun", "jobs")
    return Reruns(**counts, waiting={why: tuple(ids) for why, ids in waiting.items()})


class _Today:
    """What judges a call today."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.forms = pipeline.places_of(settings)
        self.nlp_version = pipeline.nlp_version()
        self.models = _models(settings)

    def first_stale(self, row: Row[Any], since: JobStep) -> JobStep | None:
        """The first step from `since` on that is done otherwise today; None where all is the same. Waits
        where what judges the call cannot be used.
        """
        recording = bodies.read_recording(row.body)
        form, pack = pipeline.form_for(recording, self.forms), pipeline.pack_for(recording, self.settings)
        heard = row.engine in ENGINES and row.audio is not None and row.review is None
        stale: dict[JobStep, bool] = {
            "transcribe": heard and row.model not in self.models,
            "analyze": row.nlp_version != self.nlp_version,
            "score": (row.rubric, row.pack) != (form.name, pack.name if pack else ""),
        }
        return next((step for step in STEPS[STEPS.index(since) :] if stale[step]), None)


def outdated(heard: Transcript, settings: Settings) -> bool:
    """Whether a transcript was made from sound by a speech model that is no longer in use."""
    return heard.engine.name in ENGINES and heard.engine.model not in _models(settings)


def came_as_text(heard: Transcript) -> bool:
    """Whether no speech model made the transcript: its sound is not heard in its place."""
    return heard.engine.name not in ENGINES


def _models(settings: Settings) -> frozenset[str]:
    """Names of the speech models in use: where each machine chooses by itself, any of these."""
    name = settings.speech_options().model
    return frozenset((CPU_MODEL, GPU_MODEL)) if name == AUTO else frozenset((Path(name).name,))


def _pages(store: Store) -> Iterator[list[Row[Any]]]:
    """Every judged call with what made its current results, in order of id."""
    said = select(reviews.c.id).where(reviews.c.recording_id == recordings.c.id).limit(1).scalar_subquery()
    query = (
        select(
            recordings.c.id, recordings.c.body, recordings.c.audio, transcripts.c.engine, transcripts.c.model,
            findings.c.nlp_version, scorecards.c.rubric, scorecards.c.pack, said.label("review"),
        )
        .join(scorecards, scorecards.c.recording_id == recordings.c.id)
        .join(findings, findings.c.id == scorecards.c.findings_id)
        .join(transcripts, transcripts.c.id == findings.c.transcript_id)
        .where(scorecards.c.current, recordings.c.id.not_in(WORDLESS))
        .order_by(recordings.c.id)
        .limit(_PAGE)
    )  # fmt: skip
    last = ""
    while True:
        with store.reading() as connection:
            rows: list[Any] = list(connection.execute(query.where(recordings.c.id > last)))
        if not rows:
            return
        yield rows
        last = rows[-1].id
