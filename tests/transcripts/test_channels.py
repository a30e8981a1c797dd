"""What each channel carries: speech, music, an echo of the other side, somebody at the next desk."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.helpers_audio import Sound, joined, later, mixed, noise, sample, silence, tone, tune, write_wav
from tests.transcripts.conftest import Hear
from tests.transcripts.fake_engine import FakeEngine, says
from transcripts.audio import Audio, decoded
from transcripts.background import without_music
from transcripts.channels import Side, listen
from transcripts.echo import without_echo
from transcripts.options import Limits
from transcripts.probe import probe

CALL = "mx-01-promesa-quincena"


def sides(tmp_path: Path, sound: Sound) -> tuple[tuple[Side, ...], bool]:
    path = write_wav(tmp_path / "llamada.wav", sound)
    with decoded(path, probe(path), Limits()) as audio:
        return listen(audio)


def test_each_side_is_heard_by_itself(tmp_path: Path) -> None:
    (agent, far), dual_mono = sides(tmp_path, sample(CALL, 0, 25))

    assert not dual_mono
    assert agent.speech_s > 3
    assert far.speech_s > 1
    both = np.count_nonzero((agent.speech > 0.5) & (far.speech > 0.5)) * 0.032
    assert both < 1.5


@pytest.mark.parametrize("channels", [1, 2])
def test_silence_noise_and_tones_hold_no_speech(tmp_path: Path, channels: int) -> None:
    sound = joined(
        silence(3, channels), noise(5, -40, channels), tone(4, channels=channels), tune(6, channels)
    )

    found, _ = sides(tmp_path, sound)

    assert sum(side.speech_s for side in found) < 0.1


def test_same_sound_on_both_channels_is_dual_mono(tmp_path: Path) -> None:
    one = mixed(sample(CALL, 0, 20))

    found, dual_mono = sides(tmp_path, np.concatenate([one, 0.7 * one], axis=1))

    assert dual_mono
    assert [side.channel for side in found] == [0]


def test_a_call_on_two_channels_is_not_dual_mono_even_with_an_echo(tmp_path: Path) -> None:
    call = sample(CALL, 0, 20)
    call[:, 1] += later(call[:, 0], 0.2) * 0.3

    assert not sides(tmp_path, call)[1]


def test_hold_music_is_found_where_it_plays(tmp_path: Path) -> None:
    call = joined(sample(CALL, 0, 10), tune(8) * np.array([1, 0]), sample(CALL, 10, 20))
    path = write_wav(tmp_path / "espera.wav", call)

    with decoded(path, probe(path), Limits()) as audio:
        before = listen(audio)[0]
        after, music = without_music(audio, before)

    assert [(each.kind, each.channel) for each in music] == [("music", 0)]
    assert music[0].start_s == pytest.approx(10, abs=0.4)
    assert music[0].end_s == pytest.approx(18, abs=0.6)
    assert sum(side.speech_s for side in after) == pytest.approx(
        sum(side.speech_s for side in before), abs=0.2
    )


def test_speech_is_not_taken_for_music(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "voz.wav", sample(CALL, 0, 60))

    with decoded(path, probe(path), Limits()) as audio:
        assert without_music(audio, listen(audio)[0])[1] == []


def _echoes(tmp_path: Path, sound: Sound) -> tuple[tuple[Side, ...], tuple[Side, ...], float]:
    """Sides before and after, and seconds of echo."""
    path = write_wav(tmp_path / "eco.wav", sound)
    with decoded(path, probe(path), Limits()) as audio:
        before, _ = listen(audio)
        after, stretches = without_echo(audio, before)
    return before, after, sum(each.end_s - each.start_s for each in stretches)


@pytest.mark.parametrize(("level_db", "delay_s"), [(-12, 0.3), (-20, 0.12), (-28, 0.02)])
def test_far_side_that_leaks_in_is_echo_and_no_speech(
    tmp_path: Path, level_db: float, delay_s: float
) -> None:
    clean = sample(CALL, 0, 40)
    call = clean.copy()
    call[:, 1] += later(call[:, 0], delay_s) * 10 ** (level_db / 20)

    before, after, echo_s = _echoes(tmp_path, call)
    own_s = sides(tmp_path, clean)[0][1].speech_s

    assert echo_s > 0.7 * before[0].speech_s
    assert after[1].speech_s == pytest.approx(own_s, abs=0.1 * own_s + 0.5)
    assert after[0].speech_s == before[0].speech_s


def test_talking_over_each_other_is_no_echo(tmp_path: Path) -> None:
    call = sample(CALL, 0, 40)
    call[:, 1] = later(call[:, 1], -2.0)

    assert _echoes(tmp_path, call)[2] == 0


def test_voice_from_the_next_desk_is_marked_and_is_in_no_turn(tmp_path: Path, hear: Hear) -> None:
    call = sample(CALL, 0, 12)
    desk = joined(sample("cl-01-ya-pague-la-cuota", 0.4, 6.4), silence(0.5))
    desk[:, 1] = 0
    path = write_wav(tmp_path / "vecino.wav", joined(call, silence(1), 0.06 * desk))

    transcript = hear(path, FakeEngine(says("uno dos tres cuatro cinco seis siete ocho")))

    neighbours = [each for each in transcript.trust.stretches if each.kind == "neighbour"]
    assert neighbours
    assert {each.channel for each in neighbours} == {0}
    assert all(each.start_s > 12 and each.text for each in neighbours)
    assert all((turn.start_s or 0) < 13 for turn in transcript.turns if turn.speaker == "agent")


def test_softer_second_speaker_on_an_own_channel_is_no_neighbour(tmp_path: Path, hear: Hear) -> None:
    call = sample(CALL, 0, 25)
    call[:, 1] *= 0.1

    transcript = hear(write_wav(tmp_path / "bajito.wav", call))

    assert not [each for each in transcript.trust.stretches if each.kind == "neighbour"]
    assert [turn for turn in transcript.turns if turn.speaker == "debtor"]


def test_sound_is_read_in_stretches(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "corta.wav", tone(2.0))
    with decoded(path, probe(path), Limits()) as audio:
        assert isinstance(audio, Audio)
        assert audio.samples(16000, 16010).shape == (10, 2)
        assert audio.samples(31990, 99999).shape == (10, 2)
        assert audio.wave(1, 0, 100).dtype == np.float32
