"""Sample calls spoken aloud: a script becomes a stereo recording and the truth about it."""

import json
import random
from pathlib import Path

import numpy as np

from transcripts.demo_speech.channel import (
    MODEL_RATE,
    SPEECH_RMS,
    Line,
    speech_rms,
    telephone,
)
from transcripts.demo_speech.samples import Script, read_script
from transcripts.demo_speech.synth import RATE, Wave
from transcripts.demo_speech.timeline import Item, Timeline, lay_out
from transcripts.demo_speech.tunes import beep, busy_tone, hold_tune

AGENT, FAR = 0, 1
_NEIGHBOUR_DB = -22.0
_ECHO_DELAY_S = 0.12
_BIT_RATE = 28_000
_OPUS_FRAME = 320


def make_call(script: Path, out_dir: Path) -> Path:
    """Speak `script` into `out_dir`: <id>.ogg (Opus, agent left, others right) and <id>.truth.json.

    The same script has the same voices and times; espeak-ng itself varies by milliseconds.
    Raises DemoSpeechError when espeak-ng is missing or the script is wrong.
    """
    read = read_script(script)
    timeline = lay_out(read)
    out_dir.mkdir(parents=True, exist_ok=True)
    audio = out_dir / f"{read.id}.ogg"
    _write_opus(audio, render(read, timeline))
    truth = json.dumps(truth_of(read, timeline), ensure_ascii=False, indent=1)
    audio.with_suffix(".truth.json").write_text(truth + "\n", encoding="utf-8")
    return audio


def render(script: Script, timeline: Timeline) -> Wave:
    """The call's sound at 16 kHz in the telephone band, shape (2, samples)."""
    r, rng = (
        random.Random(f"{script.id}/line"),
        np.random.default_rng(len(script.id) + sum(map(ord, script.id))),
    )
    sides = np.zeros((2, int(timeline.length_s * RATE)), np.float32)
    for item in timeline.items:
        _add_item(sides, item, is_machine=script.settings.get("call_type") == "buzon")
    echo_db = script.settings.get("echo_db")
    if echo_db is not None:
        sides = _with_echo(sides, float(echo_db))
    lines = [
        Line(
            snr_db=r.uniform(28, 40),
            tilt_db=r.uniform(-2, 2),
            gain_db=r.uniform(-4, 2),
            low_hz=r.uniform(180, 300),
        )
        for _ in sides
    ]
    heard = [telephone(side, RATE, line, rng, level=False) for side, line in zip(sides, lines, strict=True)]
    return np.stack(heard)


def channel_of(item: Item) -> int:
    """The channel on which `item` is heard: what is at the agent's desk, left; the far side, right."""
    if item.kind == "turn":
        return AGENT if item.speaker == "agent" else FAR
    return FAR if item.kind == "tone" else AGENT


def truth_of(script: Script, timeline: Timeline) -> dict[str, object]:
    """Turns and events with times in seconds; silences and what a neighbour says are events, not turns."""
    turns, events = [], []
    for item in timeline.items:
        span = {"start": round(item.start_s, 2), "end": round(item.end_s, 2)}
        if item.kind == "turn":
            turns.append({"speaker": item.speaker, **span, "text": item.text})
        else:
            side = "agent" if channel_of(item) == AGENT else "far"
            events.append(
                {"kind": item.kind, "channel": side, **span} | ({"text": item.text} if item.text else {})
            )
    return {"id": script.id, "duration": round(timeline.length_s, 2), "turns": turns, "events": events}


def _add_item(sides: Wave, item: Item, *, is_machine: bool) -> None:
    """Mix `item` into its channel."""
    channel, seconds = channel_of(item), item.end_s - item.start_s
    if item.kind == "hold_music":
        _add(sides[channel], hold_tune(seconds), item.start_s)
    elif item.kind == "tone":
        _add(sides[channel], beep(seconds) if is_machine else busy_tone(seconds), item.start_s)
    level_db = _NEIGHBOUR_DB if item.kind == "neighbour" else 0.0
    for start_s, spoken in item.spoken:
        gain = SPEECH_RMS * 10 ** (level_db / 20) / speech_rms(spoken.wave)
        _add(sides[channel], spoken.wave * np.float32(gain), start_s)


def _add(side: Wave, wave: Wave, start_s: float) -> None:
    at = round(start_s * RATE)
    first, last = max(at, 0), min(at + len(wave), len(side))
    if last > first:
        side[first:last] += wave[first - at : last - at]


def _with_echo(sides: Wave, echo_db: float) -> Wave:
    """Each side with the other one leaking into it, later and softer."""
    delay = int(_ECHO_DELAY_S * RATE)
    late = np.zeros_like(sides)
    late[:, delay:] = sides[::-1, :-delay] * np.float32(10 ** (echo_db / 20))
    return np.asarray(sides + late, np.float32)


def _write_opus(path: Path, sides: Wave) -> None:
    """Write (2, samples) at 16 kHz as Opus in Ogg."""
    import av

    whole = -(-sides.shape[1] // _OPUS_FRAME) * _OPUS_FRAME
    padded = np.zeros((2, whole), np.float32)
    padded[:, : sides.shape[1]] = sides
    samples = np.ascontiguousarray(np.round(padded.T * 32767).astype(np.int16)).reshape(1, -1)
    with av.open(str(path), "w", format="ogg") as container:
        stream = container.add_stream("libopus", rate=MODEL_RATE, layout="stereo")
        stream.bit_rate = _BIT_RATE
        for at in range(0, samples.shape[1], 2 * _OPUS_FRAME):
            frame = av.AudioFrame.from_ndarray(
                samples[:, at : at + 2 * _OPUS_FRAME], format="s16", layout="stereo"
            )
            frame.sample_rate, frame.pts = MODEL_RATE, at // 2
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
