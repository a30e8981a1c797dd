"""A trainee's voice as text: what the demonstration's model hears, and what is said where nothing can be."""

from __future__ import annotations

import io
import wave
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from coach import spoken
from coach.sections import Speech
from coach.settings import Settings
from coach.types import CoachError
from tests.helpers_voice import said, wav
from transcripts.types import Recording, Transcript, Turn


@pytest.fixture
def demo(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, speech=Speech(model="whisper-demo-es"))


def test_a_voice_becomes_words(demo: Settings) -> None:
    text = spoken.heard(said(0.4, 9.4), "audio/wav", demo)
    assert "Buenos días" in text
    assert "Marisol Tapia" in text


def test_silence_asks_for_another_go(demo: Settings) -> None:
    with pytest.raises(CoachError, match=r"No se oyó ninguna palabra.*También puede escribir"):
        spoken.heard(wav(np.zeros(16000 * 3)), "audio/wav", demo)


def test_noise_that_is_heard_as_a_sign_alone_is_no_word(
    demo: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def sign(recording: Recording, options: object) -> Transcript:
        return Transcript(replace(recording, duration_s=3.0), (Turn("agent", "?"), Turn("agent", "…")))

    monkeypatch.setattr(spoken, "transcribe", sign)
    with pytest.raises(CoachError, match="No se oyó ninguna palabra"):
        spoken.heard(wav(np.zeros(16000 * 3)), "audio/wav", demo)


def test_more_than_a_minute_is_told(demo: Settings) -> None:
    with pytest.raises(CoachError, match="dura 70 segundos y el máximo es 60"):
        spoken.heard(wav(np.zeros(16000 * 70)), "audio/wav", demo)


@pytest.mark.parametrize("sound", [b"", b"<html>no es sonido</html>", b"RIFF\x00\x00\x00\x00WAVEfmt "])
def test_what_is_no_sound_is_told_in_words(demo: Settings, sound: bytes) -> None:
    with pytest.raises(CoachError, match=r"Grabe otra vez.*También puede escribir su respuesta"):
        spoken.heard(sound, "audio/webm;codecs=opus", demo)


def test_without_a_model_one_types(tmp_path: Path) -> None:
    none = Settings(data_dir=tmp_path, speech=Speech(model="auto"))
    assert spoken.model(none) == "none"
    with pytest.raises(CoachError, match=r"no hay un modelo de voz.*Quien administra Temple puede"):
        spoken.heard(wav(np.zeros(16000)), "audio/wav", none)


def test_the_demonstration_s_model_is_known_as_such(demo: Settings) -> None:
    assert spoken.model(demo) == "demo"


def test_the_helper_writes_a_wave_that_can_be_read() -> None:
    with wave.open(io.BytesIO(said(0.5, 2.5))) as sound:
        assert (sound.getframerate(), sound.getnframes()) == (16000, 32000)
