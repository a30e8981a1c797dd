"""Sounds of a telephone that are no speech: a hold tune of our own, the busy tone, the machine's beep."""

import numpy as np

from transcripts.demo_speech.synth import RATE, Wave

_BUSY_HZ, _BEEP_HZ = 425.0, 1000.0
_BUSY_ON_S, _BUSY_EVERY_S = 0.25, 0.5
_NOTE_S, _DECAY_S = 0.36, 0.9
# Four slow broken chords, in Hz.
_CHORDS = ((220.0, 262.0, 330.0), (175.0, 220.0, 262.0), (196.0, 247.0, 294.0), (165.0, 208.0, 247.0))
_PATTERN = (0, 1, 2, 1)


def hold_tune(seconds: float) -> Wave:
    """A calm tune, about -24 dB."""
    count = int(seconds * RATE)
    sound = np.zeros(count + 2 * RATE, np.float32)
    steps = int(seconds / _NOTE_S)
    for step in range(steps):
        chord = _CHORDS[step // (2 * len(_PATTERN)) % len(_CHORDS)]
        hertz = chord[_PATTERN[step % len(_PATTERN)]]
        ring = _plucked(hertz)
        at = int(step * _NOTE_S * RATE)
        sound[at : at + len(ring)] += ring
    return sound[:count]


def _plucked(hertz: float) -> Wave:
    seconds = np.arange(int(1.4 * RATE)) / RATE
    shape = np.minimum(seconds / 0.02, 1.0) * np.exp(-seconds / _DECAY_S * 2.2)
    tone = np.sin(2 * np.pi * hertz * seconds) + 0.35 * np.sin(4 * np.pi * hertz * seconds)
    return np.asarray(0.09 * shape * tone, np.float32)


def busy_tone(seconds: float) -> Wave:
    """425 Hz, a quarter of a second on and off, as when the other side has hung up."""
    times = np.arange(int(seconds * RATE)) / RATE
    return np.asarray(
        0.08 * np.sin(2 * np.pi * _BUSY_HZ * times) * (times % _BUSY_EVERY_S < _BUSY_ON_S), np.float32
    )


def beep(seconds: float) -> Wave:
    """The answering machine's tone."""
    times = np.arange(int(seconds * RATE)) / RATE
    return np.asarray(0.1 * np.sin(2 * np.pi * _BEEP_HZ * times), np.float32)
