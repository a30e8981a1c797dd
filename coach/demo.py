"""The demonstration: sample recordings heard and judged, a written history imported; done once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from ruamel.yaml import YAML

from coach import demo_month, demo_people, demo_plan, imports, intake, late_facts, pipeline, rungs, worker
from coach.jobs import Taken, open_jobs
from coach.newer_words import OtherWords
from coach.settings import Settings
from coach.store import Store
from coach.types import CoachError, JobStep
from coach.viewers import HOUSE
from transcripts.formats import call_json, read_many
from transcripts.types import Recording, Transcript, TranscriptError

EXAMPLES = Path(__file__).parents[1] / "examples"
SOURCE = "ejemplos"

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Progress:
    """Where the demo tells how far it is: `tell` a sentence, `part` the name of what is done and 0..1."""

    tell: Tell = lambda text: None
    part: Callable[[str, float], None] = lambda name, fraction: None


def prepare(
    store: Store, settings: Settings, *, examples: Path = EXAMPLES, progress: Progress = Progress()
) -> list[str]:
    """Everything the demo shows, in the store. Gives what failed, in words.

    CoachError where the store holds real people: samples do not go among their calls.
    """
    demo_people.refuse(settings, store)
    failed = _recordings(store, settings, examples, progress)
    failed += _history(store, settings, examples, progress)
    rungs.keep_up(store)
    drawn = demo_month.draw(store)
    demo_people.settle(store)
    demo_month.hear(store, settings, drawn)
    demo_plan.begin(store, settings)
    return failed


def samples(examples: Path) -> Iterator[Recording]:
    """The sample recordings that have their audio, with the call facts of their scripts."""
    audio = {
        path.stem: path
        for path in sorted((examples / "audio").glob("*"))
        if path.suffix in (".ogg", ".opus", ".mp3")
    }
    yaml = YAML(typ="safe")
    for script in sorted((examples / "scripts").glob("*.yaml")):
        data = yaml.load(script.read_text(encoding="utf-8"))
        recording = call_json.call_of({**data, "turns": []}, script.name).recording
        if recording.id in audio:
            yield replace(recording, audio=audio[recording.id], source=SOURCE, demo=True)


def _recordings(store: Store, settings: Settings, examples: Path, progress: Progress) -> list[str]:
    recordings = list(samples(examples))
    if not recordings:
        raise CoachError(
            "{folder}: no hay grabaciones de ejemplo. Vuelva a copiar la carpeta examples.",
            folder=examples / "audio",
        )
    accepted = [intake.accept(store, r.audio, r) for r in recordings if r.audio]
    new = {one.job for one in accepted if one.job is not None}
    progress.tell(
        f"Grabaciones de ejemplo: {len(recordings)}, por transcribir y evaluar: {len(new)}."
        if new
        else f"Grabaciones de ejemplo: {len(recordings)}, ya evaluadas."
    )
    done = 0

    def watch(job: Taken, step: JobStep, fraction: float) -> None:
        nonlocal done
        part = 0.95 * fraction if step == "transcribe" else 0.97
        progress.part(job.name, (done + part) / max(1, len(new)))
        done += step == "score"

    worker.drain(store, settings, watch)
    older = {one.recording_id for one in accepted} - _judged(store, settings)
    late_facts.judge_again(store, settings, sorted(older), pipeline.judge_with(settings))
    return [job.error or job.name for job in open_jobs(store, HOUSE) if job.id in new and job.state != "done"]


def _history(store: Store, settings: Settings, examples: Path, progress: Progress) -> list[str]:
    """The transcript-only calls that are not there yet, or were judged by older rules."""
    judge = pipeline.judge_with(settings)
    calls = list(read_many(examples / "history" / "demo_calls.jsonl"))
    known = _judged(store, settings)
    new = [call for call in calls if isinstance(call, Transcript) and call.recording.id not in known]
    if new:
        progress.tell(
            f"Historia de demostración (solo texto): {len(calls)} llamadas, por evaluar: {len(new)}."
        )
    for count, call in enumerate(new, start=1):
        recording = replace(call.recording, source=SOURCE, demo=True)
        try:
            imports.keep(store, settings, replace(call, recording=recording), judge)
        except OtherWords:  # an earlier version had others, and people have worked with them since
            late_facts.judge_again(store, settings, [recording.id], judge)
        progress.part("historia", count / len(new))
    return [str(call) for call in calls if isinstance(call, TranscriptError)]


def _judged(store: Store, settings: Settings) -> set[str]:
    """Ids of the calls that were judged by the rules of today."""
    return store.judged_by(pipeline.judged_with(settings), pipeline.nlp_version())
