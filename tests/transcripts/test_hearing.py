"""The way from a file to a transcript with an engine that says what the test wants."""

from __future__ import annotations

import json
from decimal import Decimal
from itertools import cycle
from pathlib import Path

import numpy as np
import pytest

from tests.helpers_audio import joined, mixed, noise, sample, silence, tune, write_wav
from tests.transcripts.conftest import Hear
from tests.transcripts.fake_engine import FakeEngine, says
from transcripts.engines.types import Wave
from transcripts.options import SpeechOptions
from transcripts.transcribe import Cancelled, transcribe
from transcripts.types import CaseFacts, Recording, Segment, Transcript, TranscriptError

CALL = "mx-01-promesa-quincena"


@pytest.fixture
def stereo(tmp_path: Path) -> Path:
    return write_wav(tmp_path / "llamada.wav", sample(CALL, 0, 40))


def codes(transcript: Transcript) -> list[str]:
    return [each.code for each in transcript.trust.notices]


def test_left_is_the_agent_unless_the_source_says_right(stereo: Path, hear: Hear) -> None:
    left, right = hear(stereo), hear(stereo, agent_channel=1)

    assert {(turn.channel, turn.speaker) for turn in left.turns} == {(0, "agent"), (1, "debtor")}
    assert {(turn.channel, turn.speaker) for turn in right.turns} == {(1, "agent"), (0, "debtor")}
    assert left.trust.sure_speakers


def test_silence_asks_the_engine_nothing(tmp_path: Path, hear: Hear) -> None:
    sound = joined(silence(4), noise(4), tune(6))
    sound[:, 1] = noise(14, -55)[:, 1]
    path = write_wav(tmp_path / "nada.wav", sound)
    engine = FakeEngine(says("Gracias por ver el vídeo."))

    transcript = hear(path, engine)

    assert (engine.waves, transcript.turns) == (0, ())
    assert codes(transcript) == ["no_speech"]
    assert transcript.trust.starts_late is None


def test_speech_of_both_sides_is_heard_once(stereo: Path, hear: Hear) -> None:
    heard_s: list[float] = []
    answer = says("hola")
    engine = FakeEngine(lambda wave: heard_s.append(len(wave) / 16000) or answer(wave))

    transcript = hear(stereo, engine)

    assert max(heard_s) <= engine.window_s
    assert transcript.trust.speech_s < sum(heard_s) < transcript.trust.speech_s * 1.6


def test_what_the_engine_was_asked_is_kept_with_the_transcript(stereo: Path, hear: Hear) -> None:
    engine = hear(stereo, beam_size=3).engine

    assert (engine.name, engine.model, engine.version, engine.demo) == ("fake", "fake-model", "1", False)
    assert dict(engine.options)["beam_size"] == "3"
    assert dict(engine.options)["hotwords"] == ""


def test_names_company_and_amount_are_hotwords(stereo: Path, hear: Hear) -> None:
    facts = CaseFacts(amount_due=Decimal("320.50"), creditor="Caja Los Sauces")
    recording = Recording(
        "1", agent="Rosa Quispe", company="Caja Los Sauces", debtor_name="Julio", facts=facts
    )
    engine = FakeEngine()

    transcript = hear(stereo, engine, recording=recording)

    assert engine.hotwords == "Julio, Rosa Quispe, Caja Los Sauces, 320.50"
    assert dict(transcript.engine.options)["hotwords"] == engine.hotwords


def test_hotwords_can_be_turned_off_and_the_demo_model_never_gets_them(
    stereo: Path, hear: Hear, tmp_path: Path
) -> None:
    recording = Recording("1", debtor_name="Julio")
    off, demo = FakeEngine(), FakeEngine(folder=tmp_path)
    (tmp_path / "DEMO").touch()

    hear(stereo, off, recording=recording, hotwords=False)
    transcript = hear(stereo, demo, recording=recording)

    assert (off.hotwords, demo.hotwords) == (None, None)
    assert transcript.engine.demo
    assert "demo_model" in codes(transcript)


def test_speech_without_text_is_heard_again_by_the_other_way(stereo: Path, hear: Hear) -> None:
    deaf = FakeEngine(says(""), second=says("Buenos días, le habla Ana."))

    transcript = hear(stereo, deaf)

    assert deaf.again >= 1
    assert any("le habla Ana" in turn.text for turn in transcript.turns)


def test_speech_that_stays_without_text_is_counted_and_marked(stereo: Path, hear: Hear) -> None:
    transcript = hear(stereo, FakeEngine(says("")))

    trust = transcript.trust
    assert 0.7 * trust.speech_s < trust.unheard_s <= 1.3 * trust.speech_s
    assert {each.kind for each in trust.stretches} == {"unheard"}
    assert "much_unheard" in codes(transcript)


def test_second_attempt_is_not_made_for_everything(stereo: Path, hear: Hear) -> None:
    """A model that does not understand the voices would cost twice the time for nothing."""
    seconds: list[float] = []
    deaf = FakeEngine(says(""), second=lambda wave: seconds.append(len(wave) / 16000))

    transcript = hear(stereo, deaf)

    assert sum(seconds) < max(12.0, 0.5 * transcript.trust.speech_s)


def test_loops_and_phantoms_are_kept_apart_and_are_no_turns(stereo: Path, hear: Hear) -> None:
    loop = hear(stereo, FakeEngine(says("no puedo pagar no puedo pagar no puedo pagar no puedo pagar")))

    assert all(turn.text == "no puedo pagar" for turn in loop.turns if len(turn.words) == 3)
    assert {each.kind for each in loop.trust.stretches if each.text} == {"repetition"}


def test_progress_runs_from_zero_to_one(stereo: Path, hear: Hear) -> None:
    seen: list[float] = []

    hear(stereo, progress=seen.append)

    assert seen[0] == 0.0
    assert seen[-1] == 1.0
    assert seen == sorted(seen)
    assert len(seen) >= 3


def test_cancelled_run_goes_on_where_it_stopped(stereo: Path, hear: Hear, tmp_path: Path) -> None:
    partial = tmp_path / "llamada.partial.jsonl"
    whole, first, second = FakeEngine(), FakeEngine(), FakeEngine()
    expected = hear(stereo, whole, batch_size=1)

    with pytest.raises(Cancelled):
        hear(stereo, first, batch_size=1, partial=partial, cancelled=lambda: first.waves >= 2)
    kept = [json.loads(line)["key"] for line in partial.read_text().splitlines()]
    transcript = hear(stereo, second, batch_size=1, partial=partial)

    assert len(set(kept)) == first.waves == 2
    assert second.waves == whole.waves - 2
    assert transcript == expected
    assert not partial.exists()


def test_partial_of_a_killed_run_may_end_in_the_middle_of_a_line(
    stereo: Path, hear: Hear, tmp_path: Path
) -> None:
    partial, first, second = tmp_path / "p.jsonl", FakeEngine(), FakeEngine()
    with pytest.raises(Cancelled):
        hear(stereo, first, batch_size=1, partial=partial, cancelled=lambda: first.waves >= 3)
    partial.write_text(partial.read_text()[:-20])

    hear(stereo, second, batch_size=1, partial=partial)

    assert second.waves > 0
    assert not partial.exists()


def test_partial_of_other_options_is_not_used(stereo: Path, hear: Hear, tmp_path: Path) -> None:
    partial, first, second, whole = tmp_path / "p.jsonl", FakeEngine(), FakeEngine(), FakeEngine()
    with pytest.raises(Cancelled):
        hear(stereo, first, batch_size=1, partial=partial, cancelled=lambda: first.waves >= 2)

    hear(stereo, whole, batch_size=1)
    hear(stereo, second, batch_size=1, partial=partial, beam_size=1)

    assert second.waves == whole.waves


def test_one_channel_says_that_speakers_are_guessed(tmp_path: Path, hear: Hear) -> None:
    transcript = hear(write_wav(tmp_path / "mono.wav", mixed(sample(CALL, 0, 20))))

    assert transcript.trust.channels == 1
    assert not transcript.trust.sure_speakers
    assert codes(transcript)[0] == "mono"
    assert transcript.trust.notices[0].text.startswith("Esta grabación tiene un solo canal:")


def test_dual_mono_is_treated_as_one_channel(tmp_path: Path, hear: Hear) -> None:
    one = mixed(sample(CALL, 0, 20))
    mono = hear(write_wav(tmp_path / "mono.wav", one))
    dual = hear(write_wav(tmp_path / "dual.wav", np.concatenate([one, one], axis=1)))

    assert dual.trust.dual_mono
    assert codes(dual)[0] == "dual_mono"
    assert [turn.text for turn in dual.turns] == [turn.text for turn in mono.turns]
    assert dual.trust.speech_s == pytest.approx(mono.trust.speech_s, abs=0.2)


def test_soft_far_party_on_one_channel_is_no_neighbour(tmp_path: Path, hear: Hear) -> None:
    call = sample(CALL, 0, 25)
    call[:, 1] *= 0.08

    transcript = hear(write_wav(tmp_path / "mono.wav", mixed(call)), FakeEngine(says("uno dos tres cuatro")))

    assert not [each for each in transcript.trust.stretches if each.kind == "neighbour"]


def test_silent_side_is_said(tmp_path: Path, hear: Hear) -> None:
    call = sample(CALL, 0, 20)
    call[:, 1] = 0

    transcript = hear(write_wav(tmp_path / "sola.wav", call))

    assert codes(transcript)[0] == "one_side_silent"
    assert {turn.speaker for turn in transcript.turns} == {"agent"}


def test_both_parties_on_one_of_two_channels_are_treated_as_mono(tmp_path: Path, hear: Hear) -> None:
    one = mixed(sample(CALL, 0, 40))
    texts = ("Le llamo por su cuota.", "Me quedé sin trabajo.", "¿Me confirma su saldo?", "No tengo dinero.")
    answers = cycle(says(text, pace_s=0.15) for text in texts)

    def in_turn(wave: Wave) -> Segment | None:
        return next(answers)(wave)

    transcript = hear(
        write_wav(tmp_path / "izquierda.wav", np.concatenate([one, 0 * one], axis=1)),
        FakeEngine(in_turn),
    )

    assert "one_side_mixed" in codes(transcript)
    assert not transcript.trust.sure_speakers


def test_swapped_sides_are_noticed(stereo: Path, hear: Hear) -> None:
    agent = says("Le llamo de Crédito Norte por su cuota, que tiene doce días de atraso.", pace_s=0.15)
    debtor = says("No tengo dinero, me quedé sin trabajo.", pace_s=0.15)
    call = sample(CALL, 0, 40)
    agent_level = abs(call[:, 0]).max()
    by_level = FakeEngine(lambda wave: (agent if abs(wave).max() > 0.5 * agent_level else debtor)(wave))
    call[:, 1] *= 0.3
    path = write_wav(stereo.with_name("lados.wav"), call)

    right, swapped = hear(path, by_level), hear(path, by_level, agent_channel=1)
    assert "sides_maybe_swapped" not in codes(right)
    assert "sides_maybe_swapped" in codes(swapped)
    assert (right.trust.sure_speakers, swapped.trust.sure_speakers) == (True, False)


def test_recording_that_begins_in_mid_sentence_starts_late(tmp_path: Path, hear: Hear) -> None:
    path = write_wav(tmp_path / "tarde.wav", sample("es-02-atasco-en-la-autovia", 0, 20))

    transcript = hear(path, FakeEngine(says("que le debía por la cuota")))

    assert transcript.trust.starts_late
    assert "starts_late" in codes(transcript)


def test_recording_with_a_greeting_does_not_start_late_and_with_a_goodbye_is_not_cut(
    stereo: Path, hear: Hear
) -> None:
    trust = hear(stereo, FakeEngine(says("Buenos días. Hasta luego."))).trust

    assert (trust.starts_late, trust.ends_cut) == (False, False)


def test_recording_that_stops_in_mid_sentence_is_cut(tmp_path: Path, hear: Hear) -> None:
    call = sample(CALL, 0, 20)
    end = max(i for i in range(0, len(call) - 4000, 400) if abs(call[i : i + 400]).mean() > 0.05)
    transcript = hear(write_wav(tmp_path / "corta.wav", call[: end - 800]), FakeEngine(says("y entonces le")))

    assert transcript.trust.ends_cut


def test_damaged_file_is_heard_as_far_as_it_goes(stereo: Path, hear: Hear) -> None:
    stereo.write_bytes(stereo.read_bytes()[: stereo.stat().st_size // 2])

    transcript = hear(stereo)

    assert transcript.turns
    assert transcript.trust.damaged
    assert "damaged" in codes(transcript)
    assert transcript.recording.duration_s == pytest.approx(20, abs=0.1)


def test_call_without_audio_is_refused() -> None:
    with pytest.raises(TranscriptError, match="no tiene audio"):
        transcribe(Recording("7"), SpeechOptions())


def test_unknown_engine_names_those_that_there_are(stereo: Path) -> None:
    with pytest.raises(TranscriptError, match=r"«vosk»: hay faster-whisper"):
        transcribe(Recording("7", audio=stereo), SpeechOptions(engine="vosk"))
