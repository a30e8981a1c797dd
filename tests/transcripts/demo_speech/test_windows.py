import random

import numpy as np
import pytest

from tests.transcripts.demo_speech.helpers import needs_espeak
from transcripts.demo_speech.channel import Line, telephone
from transcripts.demo_speech.errors import DemoSpeechError
from transcripts.demo_speech.evaluate import plain, word_errors
from transcripts.demo_speech.mel import log_mel, mel_filters
from transcripts.demo_speech.mix import load_mix
from transcripts.demo_speech.synth import Voice, speak
from transcripts.demo_speech.windows import Utterance, Window, draw_window, label_frames


def tone(hertz: float, rate: int, seconds: float = 1.0) -> np.ndarray:
    return (0.3 * np.sin(2 * np.pi * hertz * np.arange(int(seconds * rate)) / rate)).astype(np.float32)


def level(wave: np.ndarray) -> float:
    return float(np.sqrt((wave[2000:-2000] ** 2).mean()))


def test_features_are_those_of_faster_whisper() -> None:
    theirs = pytest.importorskip("faster_whisper.feature_extractor").FeatureExtractor(chunk_length=10)
    wave = (tone(300, 16000) + np.random.default_rng(1).normal(0, 0.02, 16000)).astype(np.float32)
    assert np.abs(theirs.mel_filters - mel_filters()).max() < 1e-6
    ours = log_mel(wave)
    assert np.abs(ours - theirs(wave, padding=160)[:, : ours.shape[1]]).max() < 1e-4


def test_the_telephone_lets_the_middle_of_the_voice_through_and_little_else() -> None:
    line, rng = Line(companded=False, gain_db=0.0), np.random.default_rng(0)
    heard = {
        hertz: level(telephone(tone(hertz, 22050), 22050, line, rng, level=False))
        for hertz in (60, 1000, 6000)
    }
    assert heard[1000] == pytest.approx(0.3 / np.sqrt(2), rel=0.05)
    assert heard[60] < 0.05 * heard[1000]
    assert heard[6000] < 0.01 * heard[1000]


def test_noise_lies_as_far_below_speech_as_the_line_says() -> None:
    line = Line(snr_db=20.0, companded=False, gain_db=0.0, noise_in_band=False)
    quiet = telephone(np.zeros(22050, np.float32), 22050, line, np.random.default_rng(0))
    assert level(quiet) == pytest.approx(0.01, rel=0.1)


def test_each_frame_has_the_phoneme_that_sounds_then_and_silence_after_the_end() -> None:
    window = Window(np.zeros(16000 * 2, np.float32), (), ((0.1, "o"), (0.3, "l"), (0.5, "_"), (1.0, "a")))
    labels = label_frames(window, {"_": 0, "o": 1, "l": 2, "a": 3})
    assert labels.shape == (500,)
    assert labels[[0, 5, 14, 15, 24, 25, 50, 99, 100, 499]].tolist() == [0, 1, 1, 2, 2, 0, 3, 3, 0, 0]


@needs_espeak
def test_words_come_with_the_times_at_which_they_sound() -> None:
    said = speak("Buenas tardes, señora.", Voice("es-419+f2", 165, 50))
    assert [word.text for word in said.words] == ["Buenas", "tardes,", "señora."]
    assert said.words[0].start_s < 0.1
    assert all(a.end_s <= b.start_s + 0.01 for a, b in zip(said.words, said.words[1:], strict=False))
    assert said.words[-1].end_s == pytest.approx(said.end_s, abs=0.05)
    assert len(said.wave) / said.rate == pytest.approx(said.end_s, abs=0.1)


@needs_espeak
def test_an_unknown_voice_is_named() -> None:
    with pytest.raises(DemoSpeechError, match="es\\+nadie"):
        speak("Hola.", Voice("xx-nadie+es+nadie", 165, 50))


@needs_espeak
def test_windows_last_ten_seconds_at_most_and_most_of_them_hold_speech() -> None:
    mix, r, rng = load_mix(), random.Random(3), np.random.default_rng(3)
    windows = [draw_window(mix, r, rng) for _ in range(25)]
    assert all(0.4 < len(window.wave) / 16000 <= 10.01 for window in windows)
    assert sum(bool(window.utterances) for window in windows) > 18
    assert all(np.abs(window.wave).max(initial=0.0) < 2 for window in windows)


@needs_espeak
def test_utterances_follow_each_other_in_a_window() -> None:
    mix, r, rng = load_mix(), random.Random(5), np.random.default_rng(5)
    said: list[Utterance] = []
    while len(said) < 2:
        said = list(draw_window(mix, r, rng).utterances)
    assert said[0].end_s < said[1].start_s
    assert said[1].words[0].start_s == pytest.approx(said[1].start_s, abs=0.1)


def test_errors_are_counted_without_case_and_punctuation() -> None:
    score = word_errors("x", [("¿Sí, dígame?", "si dígame"), ("Mil pesos.", "mil")])
    assert (score.words, score.substituted, score.deleted, score.inserted) == (4, 1, 1, 0)
    assert score.rate == 0.5
    assert plain("  ¡Ay, NO…! ") == "ay no"
