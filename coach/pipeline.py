"""From a recording to a judged call: the whole product in two functions. Read this file first.

    Recording ── transcribe ──▶ Transcript ── analyze ──▶ Findings ── score ──▶ Scorecard

`process` goes the whole way in two halves: `hear`, then `judge`, which is done alone for imports, and again
when rubric, models or call facts changed. A person's Review comes later and never changes what was judged.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

import models
import nlp
import rubrics
from coach.settings import Settings
from coach.types import Call
from nlp.analyze import analyze
from nlp.parties import name_far_side
from rubrics.loader import load_rubric
from rubrics.scoring import score
from rubrics.types import Rubric
from transcripts.transcribe import transcribe
from transcripts.types import Recording, Transcript


def process(recording: Recording, settings: Settings) -> Call:
    """Hear, understand and judge one recording."""
    return judge(hear(recording, settings), settings)


def hear(
    recording: Recording,
    settings: Settings,
    *,
    progress: Callable[[float], None] = lambda fraction: None,
    cancelled: Callable[[], bool] = lambda: False,
    partial: Path | None = None,
) -> Transcript:
    """What was said in a recording.

    `progress` gets the fraction (0..1) of its seconds that are done. `partial` is a file that keeps what was
    heard, so that a run that was stopped goes on from there.
    """
    options = settings.speech_options(recording.source)
    heard = transcribe(recording, options, progress=progress, cancelled=cancelled, partial=partial)
    return name_far_side(heard)


def judge(transcript: Transcript, settings: Settings) -> Call:
    """Understand and judge what was said."""
    return judge_with(settings)(transcript)


def judge_with(settings: Settings) -> Callable[[Transcript], Call]:
    """`judge` for many calls: the rubric is read once, and its mistakes are told before the first call."""
    rubric = rubric_of(settings)

    def judge(transcript: Transcript) -> Call:
        findings = analyze(transcript, settings.slogans)
        return Call(transcript, findings, score(transcript, findings, rubric))

    return judge


def rubric_of(settings: Settings) -> Rubric:
    """The form in use: one that comes with Temple, by its id, or the file of one's own."""
    name = settings.rubric
    own = Path(name)
    return load_rubric(own if own.suffix else Path(rubrics.__file__).parent / f"{name}.yaml")


def rubric_name(settings: Settings) -> str:
    """The form in use as scorecards name it: "id@version+digest"."""
    rubric = rubric_of(settings)
    return f"{rubric.id}@{rubric.version}+{rubric.digest}"


@cache
def nlp_version() -> str:
    """Twelve letters that change with anything that may change what is found: rules, word lists, taggers."""
    digest = hashlib.sha256()
    for folder in (Path(nlp.__file__).parent, Path(models.__file__).parent / "tagger"):
        for file in sorted(folder.rglob("*")):
            if file.suffix in (".py", ".yaml", ".skops", ".onnx", ".json"):
                digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:12]
