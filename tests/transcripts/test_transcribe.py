"""Real faster-whisper with the demo model over the sample calls, each transcribed once per run.

The bound on word errors is wider than what we measure: arithmetic differs a little between processors.
"""

from __future__ import annotations

import json
import os
import re
import socket
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import jiwer
import numpy as np
import pytest

from tests.helpers_audio import RATE, SAMPLES, joined, mixed, noise, sample, silence, tone, tune, write_wav
from tests.transcripts.conftest import WORD_ERRORS
from transcripts.options import SpeechOptions
from transcripts.speakers import looks_swapped
from transcripts.transcribe import Cancelled, transcribe
from transcripts.types import Recording, Transcript

EVERY = sorted(path.stem for path in SAMPLES.glob("*.ogg"))
BOUND = 0.08
CALL = "mx-01-promesa-quincena"

Sample = Callable[[str], Transcript]


def plain(text: str) -> str:
    return " ".join(re.sub(r"[^\wáéíóúüñ ]", " ", text.lower()).split())


def truth(name: str) -> dict[str, list[dict[str, object]]]:
    read: dict[str, list[dict[str, object]]] = json.loads((SAMPLES / f"{name}.truth.json").read_text("utf-8"))
    return read


def sides(turns: list[tuple[str, str]]) -> list[str]:
    """What the agent said and what the far side said, from (speaker, text) in order."""
    return [
        plain(" ".join(text for speaker, text in turns if (speaker == "agent") == agent)) or "-"
        for agent in (True, False)
    ]


def word_errors(transcript: Transcript, name: str) -> float:
    said = sides([(str(turn["speaker"]), str(turn["text"])) for turn in truth(name)["turns"]])
    return float(jiwer.wer(said, sides([(turn.speaker, turn.text) for turn in transcript.turns])))


def events(name: str, kind: str) -> list[dict[str, object]]:
    return [event for event in truth(name)["events"] if event["kind"] == kind]


def heard(name: str) -> bool:
    """The call of other tests, and the shortest with music and with neighbours; `make test-all` hears all."""
    troubled = [min(having(kind, EVERY), key=size) for kind in ("hold_music", "neighbour")]
    return name in (CALL, *troubled) or "TEMPLE_EVERY_SAMPLE" in os.environ


def size(name: str) -> int:
    return (SAMPLES / f"{name}.ogg").stat().st_size


def having(kind: str, names: list[str]) -> list[str]:
    return [name for name in names if events(name, kind)]


NAMES = [name for name in EVERY if heard(name)]


@pytest.mark.parametrize("name", NAMES)
def test_sample_call_is_transcribed_almost_word_for_word(sample_transcript: Sample, name: str) -> None:
    WORD_ERRORS[name] = word_errors(sample_transcript(name), name)

    assert WORD_ERRORS[name] <= BOUND


@pytest.mark.parametrize("name", NAMES)
def test_every_turn_has_its_speaker_its_words_and_its_times(sample_transcript: Sample, name: str) -> None:
    transcript = sample_transcript(name)

    for turn in transcript.turns:
        assert turn.speaker != "unknown"
        assert " ".join(word.text for word in turn.words) == turn.text
        assert turn.start_s is not None
        assert turn.end_s is not None
        assert 0 <= turn.start_s <= turn.end_s <= (transcript.recording.duration_s or 0) + 0.1
    starts = [turn.start_s or 0.0 for turn in transcript.turns]
    assert starts == sorted(starts)
    assert not looks_swapped(transcript.turns)


@pytest.mark.parametrize("name", NAMES)
def test_sample_call_can_be_trusted(sample_transcript: Sample, name: str) -> None:
    trust = sample_transcript(name).trust

    assert (trust.channels, trust.damaged, trust.dual_mono, trust.sure_speakers) == (2, False, False, True)
    assert trust.unheard_s <= 0.03 * trust.speech_s
    assert "demo_model" in [each.code for each in trust.notices]


def test_turns_begin_when_they_are_said(sample_transcript: Sample) -> None:
    turns = {plain(turn.text): turn for turn in sample_transcript(CALL).turns}
    late = [
        abs((turns[plain(str(said["text"]))].start_s or 0.0) - float(str(said["start"])))
        for said in truth(CALL)["turns"]
        if plain(str(said["text"])) in turns
    ]

    assert len(late) >= 5
    assert float(np.median(late)) < 0.12


@pytest.mark.parametrize("name", having("hold_music", NAMES))
def test_hold_music_is_marked_and_gives_no_text(sample_transcript: Sample, name: str) -> None:
    transcript = sample_transcript(name)
    (event,) = events(name, "hold_music")
    start, end = float(str(event["start"])), float(str(event["end"]))

    music = [each for each in transcript.trust.stretches if each.kind == "music"]

    assert sum(min(each.end_s, end) - max(each.start_s, start) for each in music) > 0.8 * (end - start)
    for turn in transcript.turns:
        assert not [w for w in turn.words if turn.channel == 0 and start + 0.5 < w.start_s < end - 0.5]


@pytest.mark.parametrize("name", having("neighbour", NAMES))
def test_neighbouring_voice_is_in_no_turn(sample_transcript: Sample, name: str) -> None:
    transcript = sample_transcript(name)
    (event,) = events(name, "neighbour")
    last_words = plain(str(event["text"])).split()[-3:]

    assert " ".join(last_words) not in plain(" ".join(turn.text for turn in transcript.turns))
    assert [each for each in transcript.trust.stretches if each.kind == "neighbour" and each.channel == 0]


def test_late_start_is_recognised_and_whole_calls_are_not_late(sample_transcript: Sample) -> None:
    late = {name for name in NAMES if sample_transcript(name).trust.starts_late}

    assert late == {"es-02-atasco-en-la-autovia"} & set(NAMES)


def test_voice_mail_greeting_is_nobodys_turn(sample_transcript: Sample) -> None:
    speakers = [turn.speaker for turn in sample_transcript("pe-03-buzon-con-deuda").turns]

    assert speakers[0] == "other"
    assert set(speakers[1:]) == {"agent"}


def test_talk_over_is_kept_as_overlapping_turns(sample_transcript: Sample) -> None:
    """Where the script makes one interrupt the other, both turns stand, overlapping in time."""
    said = truth("ar-04-amenaza-velada")["turns"]
    scripted = sum(float(str(b["start"])) < float(str(a["end"])) - 0.3 for a, b in pairwise(said))
    turns = sample_transcript("ar-04-amenaza-velada").turns
    heard = sum((b.start_s or 0) < (a.end_s or 0) - 0.1 for a, b in pairwise(turns))

    assert scripted >= 3
    assert heard >= scripted - 1


def test_swapped_channels_are_noticed(tmp_path: Path, speech: SpeechOptions) -> None:
    path = write_wav(tmp_path / "alreves.wav", sample(CALL, 0, 45)[:, ::-1])

    notices = transcribe(Recording("1", audio=path), speech).trust.notices

    assert "sides_maybe_swapped" in [each.code for each in notices]


def test_dual_mono_gives_the_same_words_as_mono(tmp_path: Path, speech: SpeechOptions) -> None:
    one = mixed(sample(CALL, 0, 25))
    mono = transcribe(Recording("1", audio=write_wav(tmp_path / "m.wav", one)), speech)
    dual = transcribe(
        Recording("2", audio=write_wav(tmp_path / "d.wav", np.concatenate([one, one], axis=1))), speech
    )

    assert dual.trust.dual_mono
    assert jiwer.wer(plain(_text(mono)), plain(_text(dual))) < 0.05
    assert {turn.speaker for turn in dual.turns} >= {"agent"}
    assert not dual.trust.sure_speakers


def test_nothing_is_written_over_silence_noise_tones_and_music(tmp_path: Path, speech: SpeechOptions) -> None:
    sound = joined(silence(5), noise(5, -45), tone(5), tune(8), silence(5))
    sound[:, 1] = noise(28, -60)[:, 0]

    transcript = transcribe(Recording("1", audio=write_wav(tmp_path / "n.wav", sound)), speech)

    assert transcript.turns == ()
    assert [each.code for each in transcript.trust.notices] == ["no_speech", "demo_model"]
    assert [each.kind for each in transcript.trust.stretches if each.channel == 0].count("music") >= 1


def test_cancelled_transcription_goes_on_with_the_same_words(tmp_path: Path, speech: SpeechOptions) -> None:
    path = write_wav(tmp_path / "llamada.wav", sample(CALL, 0, 60))
    partial, fractions = tmp_path / "llamada.partial", [0.0]
    recording = Recording("1", audio=path)

    with pytest.raises(Cancelled):
        transcribe(
            recording,
            speech,
            partial=partial,
            progress=fractions.append,
            cancelled=lambda: fractions[-1] > 0.2,
        )
    assert partial.exists()
    resumed = transcribe(recording, speech, partial=partial)

    assert 0.2 < fractions[-1] < 1
    assert jiwer.wer(plain(_text(transcribe(recording, speech))), plain(_text(resumed))) < 0.03


def test_no_connection_is_ever_opened(
    tmp_path: Path, speech: SpeechOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    path = write_wav(tmp_path / "corta.wav", sample(CALL, 0, 6))

    assert transcribe(Recording("1", audio=path), speech).turns


@pytest.mark.slow
def test_memory_stays_flat_over_many_files(tmp_path: Path, speech: SpeechOptions) -> None:
    paths = [write_wav(tmp_path / f"{i}.wav", sample(CALL, 8 * i, 8 * i + 8)) for i in range(8)]
    used = []
    for number in range(16):
        transcribe(Recording(str(number), audio=paths[number % 8]), speech)
        used.append(_used_mb())

    assert used[-1] - used[7] < 20


@pytest.mark.slow
def test_long_silence_costs_no_memory(tmp_path: Path, speech: SpeechOptions) -> None:
    """Forty minutes of stereo are 150 MB of samples, which are read from disk in stretches."""
    call = sample(CALL, 0, 8)
    transcribe(Recording("1", audio=write_wav(tmp_path / "corta.wav", call)), speech)
    path = write_wav(tmp_path / "larga.wav", joined(call, silence(2400)))
    before = _used_mb()

    transcript = transcribe(Recording("2", audio=path), speech)

    assert transcript.recording.duration_s == pytest.approx(2408, abs=1)
    assert len(call) == 8 * RATE
    assert _used_mb() - before < 60


def _text(transcript: Transcript) -> str:
    return " ".join(turn.text for turn in transcript.turns)


def _used_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
