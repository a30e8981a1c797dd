"""A recording goes in, a transcript with speakers and its measure of trust comes out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from transcripts.audio import Audio, Cancelled, decoded
from transcripts.background import without_music, without_neighbours
from transcripts.channels import SILENT_DB, Side, listen
from transcripts.echo import without_echo
from transcripts.engine_answers import blamed
from transcripts.engines import ENGINES
from transcripts.engines.types import SpeechEngine
from transcripts.hearing import Run, hear
from transcripts.options import SpeechOptions, is_demo
from transcripts.partial import Partial
from transcripts.probe import probe
from transcripts.speakers import guessed_turns, sounds_like_both, with_machines
from transcripts.trust import weigh
from transcripts.turns import build_turns
from transcripts.types import Engine, Recording, Segment, Speaker, Stretch, Transcript, TranscriptError, Turn

__all__ = ["Cancelled", "transcribe"]


def transcribe(
    recording: Recording,
    options: SpeechOptions,
    *,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    partial: Path | None = None,
) -> Transcript:
    """The transcript of `recording.audio`.

    `progress` gets the fraction (0..1) of the seconds of speech that are done. `cancelled` is asked between
    batches; when it says yes, Cancelled is raised. `partial` names a file that keeps what is finished: a run
    that was cancelled or killed goes on from there; it is removed at the end.
    Raises TranscriptError when the audio or the speech model cannot be used.
    """
    if recording.audio is None:
        raise TranscriptError(
            f"La llamada {recording.id} no tiene audio: importe su transcripción o indique el archivo."
        )
    if options.engine not in ENGINES:
        raise TranscriptError(f"No existe el motor de voz «{options.engine}»: hay {', '.join(ENGINES)}.")
    report, stopped = progress or (lambda fraction: None), cancelled or (lambda: False)
    found = probe(recording.audio, options.limits)
    with blamed(options.engine):
        engine = ENGINES[options.engine](options)
    report(0.0)
    with decoded(recording.audio, found, options.limits, stopped) as audio:
        run = Run(engine, _hotwords(recording, engine), report, stopped, Partial(partial))
        transcript = _transcript(recording, audio, run)
    run.partial.finish()
    report(1.0)
    return transcript


def _transcript(recording: Recording, audio: Audio, run: Run) -> Transcript:
    sides, dual_mono = listen(audio, run.cancelled)
    sides, music = without_music(audio, sides)
    sides, echo = without_echo(audio, sides)
    heard = hear(audio, sides, run)
    mixed = _is_mixed(audio, sides, heard.utterances)
    neighbours: list[Stretch] = []
    if audio.channels == 1 or dual_mono or mixed:
        # no neighbours here: of two parties on one channel the far one may well be the softer
        turns = _guessed(audio, heard.utterances, run)
    else:
        utterances, neighbours = without_neighbours(heard.utterances, sides)
        turns = _by_channel(utterances, run.engine.options)
    stretches = [*music, *echo, *heard.removed, *neighbours]
    demo = is_demo(run.engine.folder)
    trust = weigh(audio, sides, turns, stretches, dual_mono=dual_mono, mixed=mixed, demo_model=demo)
    return Transcript(
        recording=replace(recording, duration_s=round(audio.duration_s, 3)),
        turns=turns,
        language=run.engine.options.language,
        engine=_engine(run.engine, run.hotwords, demo),
        trust=trust,
    )


def _by_channel(utterances: Sequence[Segment], options: SpeechOptions) -> tuple[Turn, ...]:
    roles: dict[int, Speaker] = {options.agent_channel: "agent", 1 - options.agent_channel: "debtor"}
    return with_machines(build_turns(utterances, roles))


def _guessed(audio: Audio, utterances: Sequence[Segment], run: Run) -> tuple[Turn, ...]:
    """Turns of one channel; with the voices of a diarizer where the operator has set one up."""
    chosen = run.engine.options
    if not (chosen.diarizer_segmentation or chosen.diarizer_embedding):
        return guessed_turns(utterances)
    from transcripts.engines.sherpa import diarize

    channel = utterances[0].channel or 0 if utterances else 0
    wave = audio.wave(channel, 0, audio.count)
    return guessed_turns(utterances, diarize(wave, chosen.diarizer_segmentation, chosen.diarizer_embedding))


def _is_mixed(audio: Audio, sides: Sequence[Side], utterances: Sequence[Segment]) -> bool:
    """True when one of two channels is dead and the other one holds both parties."""
    if audio.channels != 2 or len(sides) != 2:
        return False
    dead = [bool(side.level_db.max() <= SILENT_DB) for side in sides]
    return any(dead) and sounds_like_both(utterances)


def _hotwords(recording: Recording, engine: SpeechEngine) -> str | None:
    """Names, company and amount of the case for the engine; None where that is off or nothing is known."""
    wanted = engine.options.hotwords
    if not (not is_demo(engine.folder) if wanted is None else wanted):
        return None
    facts = recording.facts
    amount = f"{facts.amount_due:f}" if facts.amount_due is not None else None
    known = (recording.debtor_name, recording.agent, recording.company, facts.creditor, amount)
    return ", ".join(dict.fromkeys(word for word in known if word)) or None


def _engine(engine: SpeechEngine, hotwords: str | None, demo: bool) -> Engine:
    chosen = engine.options
    options = {
        "device": chosen.device, "compute_type": chosen.compute_type, "beam_size": chosen.beam_size,
        "batch_size": chosen.batch_size, "language": chosen.language, "hotwords": hotwords or "",
    }  # fmt: skip
    return Engine(
        name=chosen.engine, model=engine.folder.name, version=engine.version,
        options=tuple((name, str(value)) for name, value in options.items()), demo=demo,
    )  # fmt: skip
