"""The demonstration: sample recordings heard and judged, a written history imported; done once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from ruamel.yaml import YAML

from coach import imports, intake, pipeline, worker
from coach.interchange import BadLine, read_lines
from coach.jobs import Taken
from coach.lines import CallLine
from coach.queries import open_jobs
from coach.settings import Settings
from coach.store import Store
from coach.types import CoachError, JobStep
from transcripts.types import Recording

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
    """Everything the demo shows, in the store. Gives what failed, in words."""
    failed = _recordings(store, settings, examples, progress)
    return failed + _history(store, settings, examples, progress)


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
        line = CallLine.model_validate({**data, "turns": []})
        if line.id in audio:
            yield replace(line.recording(), audio=audio[line.id], source=SOURCE, demo=True)


def _recordings(store: Store, settings: Settings, examples: Path, progress: Progress) -> list[str]:
    recordings = list(samples(examples))
    if not recordings:
        raise CoachError(
            f"{examples / 'audio'}: no hay grabaciones de ejemplo. Vuelva a copiar la carpeta examples."
        )
    new = [r for r in recordings if r.audio and intake.accept(store, r.audio, r).job is not None]
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
    return [f"{job.name}: {job.error}" for job in open_jobs(store) if job.state == "failed"]


def _history(store: Store, settings: Settings, examples: Path, progress: Progress) -> list[str]:
    """The transcript-only calls; also judges again whatever in the store was judged by older rules."""
    judge = pipeline.judge_with(settings)
    lines = list(read_lines(examples / "history" / "demo_calls.jsonl", CallLine))
    known = store.judged_by(pipeline.rubric_name(settings), pipeline.nlp_version())
    failed = [f"{number}: {line.error}" for number, line in lines if isinstance(line, BadLine)]
    new = [line for _, line in lines if not isinstance(line, BadLine) and line.id not in known]
    if new:
        progress.tell(
            f"Historia de demostración (solo texto): {len(lines)} llamadas, por evaluar: {len(new)}."
        )
    for count, line in enumerate(new, start=1):
        transcript = line.transcript()
        recording = replace(transcript.recording, source=SOURCE, demo=True)
        imports.keep(store, replace(transcript, recording=recording), judge)
        progress.part("historia", count / len(new))
    return failed
