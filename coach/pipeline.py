"""From a recording to a judged call: the whole product in two functions. Read this file first.

    Recording ── transcribe ──▶ Transcript ── analyze ──▶ Findings ── score ──▶ Scorecard

`process` goes the whole way; `judge` starts at the transcript: for imports, and again when the rubric, the
models or the call facts changed. A person's Review comes later and never changes what was judged here.
"""

from __future__ import annotations

from collections.abc import Callable

from coach.settings import Settings
from coach.types import Call
from nlp.analyze import analyze
from rubrics.loader import load_rubric
from rubrics.scoring import score
from transcripts.transcribe import transcribe
from transcripts.types import Recording, Transcript


def process(
    recording: Recording,
    settings: Settings,
    *,
    progress: Callable[[float], None] = lambda fraction: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Call:
    """Hear, understand and judge one recording. `progress` gets the fraction (0..1) of its seconds done."""
    options = settings.speech_options(recording.source)
    transcript = transcribe(recording, options, progress=progress, cancelled=cancelled)
    return judge(transcript, settings)


def judge(transcript: Transcript, settings: Settings) -> Call:
    """Understand and judge what was said."""
    findings = analyze(transcript)
    scorecard = score(transcript, findings, load_rubric(settings.rubric))
    return Call(transcript, findings, scorecard)
