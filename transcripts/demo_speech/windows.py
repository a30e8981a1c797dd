"""Ten seconds of one side of a telephone call: features, the phoneme of every frame, the timed text."""

import random
from collections import deque
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from transcripts.demo_speech.channel import (
    MODEL_RATE,
    SPEECH_RMS,
    TELEPHONE_RATE,
    Line,
    coloured_noise,
    doubled,
    draw_line,
    speech_rms,
    telephone,
)
from transcripts.demo_speech.mix import Mix
from transcripts.demo_speech.synth import Spoken, SpokenWord, Voice, Wave, speak
from transcripts.demo_speech.voices import draw_voice

WINDOW_S = 10.0
LABELS_PER_SECOND = 50
_EMPTY_SHARE, _BACKGROUND_SHARE = 0.05, 0.10
_LONGEST_S = 14.0
_NOTES_HZ = (196, 220, 262, 294, 330, 349, 392, 440, 494)


@dataclass(frozen=True, slots=True)
class Utterance:
    """One spoken text, its times from the window's start; `end_s` may lie after the window's end."""

    words: tuple[SpokenWord, ...]
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class Window:
    """`wave` (16 kHz, at most 10 s), what is said in it, and its phonemes as (start_s, name)."""

    wave: Wave
    utterances: tuple[Utterance, ...]
    phonemes: tuple[tuple[float, str], ...]


def draw_window(mix: Mix, r: random.Random, rng: np.random.Generator) -> Window:
    """A window as a recogniser meets it: speech that may begin or end outside, or nothing but noise."""
    if r.random() < _EMPTY_SHARE:
        return Window(_empty(mix, r, rng), (), ())
    voice = draw_voice(r)
    spoken = _placed(mix, voice, r)
    rate = spoken[0][1].rate
    sound = np.zeros(int((WINDOW_S + _LONGEST_S + 1) * rate), np.float32)
    for start_s, said in spoken:
        _add(sound, said.wave * 10 ** (r.uniform(-3, 3) / 20), int(start_s * rate))
    utterances = tuple(_moved(start_s, said) for start_s, said in spoken)
    phonemes = []
    for start_s, said in spoken:
        phonemes += [(at + start_s, name) for at, name in said.phonemes] + [(start_s + said.end_s, "_")]
    length_s = _length(utterances[-1].end_s, r)
    sound = sound[: int(length_s * rate)]
    if r.random() < _BACKGROUND_SHARE:
        _add_background(sound, mix, r)
    return Window(telephone(sound, rate, draw_line(r), rng), utterances, tuple(sorted(phonemes)))


def label_frames(window: Window, ids: dict[str, int]) -> npt.NDArray[np.uint8]:
    """The phoneme id of each 20 ms of the window, shape (500,); 0 is silence and unknown phonemes."""
    labels = np.zeros(int(WINDOW_S * LABELS_PER_SECOND), np.uint8)
    ends = [*(at for at, _ in window.phonemes), WINDOW_S][1:]
    for (start_s, name), end_s in zip(window.phonemes, ends, strict=False):
        first, last = round(start_s * LABELS_PER_SECOND), round(end_s * LABELS_PER_SECOND)
        if last > 0:
            labels[max(first, 0) : last] = ids.get(name, 0)
    labels[int(len(window.wave) / MODEL_RATE * LABELS_PER_SECOND) :] = 0
    return labels


def _placed(mix: Mix, voice: Voice, r: random.Random) -> list[tuple[float, Spoken]]:
    """Texts one after the other until the window is full or the speaker stops."""
    at = _first_start(r)
    most = 99 if r.random() < 0.62 else r.choice([1, 1, 1, 2, 2, 3])
    waiting: deque[str] = deque()
    placed: list[tuple[float, Spoken]] = []
    while at < WINDOW_S and len(placed) < most:
        if not waiting:
            waiting.extend(mix.passage(r))
        said = speak(waiting.popleft(), voice)
        if not said.words or said.end_s > _LONGEST_S:
            continue
        if not placed and said.end_s > 9.0:
            at = min(at, r.uniform(8.0 - said.end_s, 0.3))
        if at < 0 and said.end_s + at < 0.5:
            at = r.uniform(0, 0.3)
        placed.append((at, said))
        at += said.end_s + (r.uniform(0.12, 0.7) if r.random() < 0.65 else r.uniform(0.7, 2.5))
    return placed


def _first_start(r: random.Random) -> float:
    """Where the first text begins: mostly soon, at times late, or before the window."""
    kind = r.random()
    if kind < 0.60:
        return r.uniform(0, 0.6)
    if kind < 0.76:
        return r.uniform(0.6, 3.0)
    return r.uniform(0, 0.05) if kind < 0.88 else -r.uniform(0.3, 3.0)


def _length(last_end_s: float, r: random.Random) -> float:
    """The window's length: to its end, or to a little after the last word."""
    if last_end_s >= WINDOW_S:
        return WINDOW_S
    length_s = min(WINDOW_S, max(last_end_s + r.choice([0.05, 0.1, 0.3, 0.4, 1.0]), 0.6))
    return r.uniform(length_s, WINDOW_S) if r.random() < 0.3 else length_s


def _moved(start_s: float, said: Spoken) -> Utterance:
    words = tuple(replace(w, start_s=w.start_s + start_s, end_s=w.end_s + start_s) for w in said.words)
    return Utterance(words, start_s, start_s + said.end_s)


def _add(sound: Wave, wave: Wave, at: int) -> None:
    """Mix `wave` into `sound` from sample `at` on; what lies outside is cut."""
    first, last = max(at, 0), min(at + len(wave), len(sound))
    if last > first:
        sound[first:last] += wave[first - at : last - at]


def _add_background(sound: Wave, mix: Mix, r: random.Random) -> None:
    """Somebody else far behind the speaker, or the far side leaking: heard, but not to be written down."""
    level = speech_rms(sound) * 10 ** (-r.uniform(19, 34) / 20)
    other = speak(r.choice(mix.passage(r)), draw_voice(r))
    if len(other.wave):
        wave = other.wave * np.float32(level / speech_rms(other.wave))
        _add(sound, wave, int(r.uniform(-1, 8) * other.rate))


def _empty(mix: Mix, r: random.Random, rng: np.random.Generator) -> Wave:
    """Line noise, tones, a tune or a far-away voice: nothing to write down."""
    count = int(r.uniform(0.5, WINDOW_S) * TELEPHONE_RATE) // 2 * 2
    kind = r.random()
    if kind < 0.2:
        return np.zeros(2 * count, np.float32)
    if kind < 0.35:
        other = speak(r.choice(mix.passage(r)), draw_voice(r))
        faint = other.wave[: int(WINDOW_S * other.rate)] * np.float32(
            SPEECH_RMS * 10 ** (-r.uniform(20, 32) / 20) / speech_rms(other.wave)
        )
        return telephone(faint, other.rate, Line(gain_db=r.uniform(-6, 0)), rng, level=False)
    wave = coloured_noise(count, r.choice([0.0, 0.5, 1.0]), rng) * 10 ** (r.uniform(-70, -22) / 20)
    seconds = np.arange(count) / TELEPHONE_RATE
    if kind > 0.75:
        every, on = r.choice([1.0, 4.5, 0.4, 3.0]), r.uniform(0.2, 1.5)
        beep = np.sin(2 * np.pi * r.choice([425, 440, 350, 1000, 950]) * seconds)
        wave = wave + 10 ** (r.uniform(-35, -12) / 20) * beep * ((seconds + r.random()) % every < on)
    if kind > 0.88:
        notes = np.repeat(rng.choice(_NOTES_HZ, size=count // 2000 + 1), 2000)
        phase = 2 * np.pi * np.cumsum(notes[:count]) / TELEPHONE_RATE
        wave = wave + r.uniform(0.03, 0.12) * (np.sin(phase) + 0.4 * np.sin(2 * phase))
    return doubled(np.clip(wave, -1, 1).astype(np.float32))
