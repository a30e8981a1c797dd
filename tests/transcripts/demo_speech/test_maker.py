import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.transcripts.demo_speech.helpers import needs_espeak
from transcripts.demo_speech.errors import DemoSpeechError
from transcripts.demo_speech.maker import AGENT, FAR, make_call, render, truth_of
from transcripts.demo_speech.samples import Script
from transcripts.demo_speech.timeline import Item, lay_out

pytestmark = needs_espeak

SECONDS = 16000
A, D = "agent", "debtor"


def script(*turns: dict[str, Any], **settings: Any) -> Script:
    return Script("xx-01", {"agent_voice": "mujer-1", "debtor_voice": "hombre-2"} | settings, turns)


def says(speaker: str, text: str, **more: float) -> dict[str, Any]:
    return {"speaker": speaker, "text": text, **more}


def loudness_db(sound: np.ndarray, channel: int, item: Item) -> float:
    part = sound[channel, int((item.start_s + 0.2) * SECONDS) : int((item.end_s - 0.1) * SECONDS)]
    return float(20 * np.log10(np.sqrt((part**2).mean()) + 1e-9))


def test_the_agent_sounds_left_and_the_debtor_right() -> None:
    call = script(says(A, "Buenos días, ¿hablo con don Efraín?"), says(D, "Sí, con él habla, dígame usted."))
    timeline = lay_out(call)
    sound = render(call, timeline)
    agent, debtor = timeline.items
    assert loudness_db(sound, AGENT, agent) > loudness_db(sound, FAR, agent) + 20
    assert loudness_db(sound, FAR, debtor) > loudness_db(sound, AGENT, debtor) + 20


def test_a_turn_begins_after_the_gap_or_inside_the_turn_before() -> None:
    call = script(
        says(A, "Le repito el monto."), says(D, "Ya sé.", gap_s=1.5), says(A, "Permítame.", gap_s=-0.3)
    )
    first, second, third = lay_out(call).items
    assert second.start_s - first.end_s == pytest.approx(1.5)
    assert third.start_s - second.end_s == pytest.approx(-0.3)


def test_silence_moves_the_next_turn() -> None:
    call = script(says(A, "Un momento."), {"event": "silence", "seconds": 9}, says(A, "Gracias por esperar."))
    first, silence, second = lay_out(call).items
    assert second.start_s - first.end_s > 9
    assert loudness_db(render(call, lay_out(call)), AGENT, silence) < -45


def test_hold_music_sounds_at_the_agents_side_only() -> None:
    call = script(says(A, "No cuelgue."), {"event": "hold_music", "seconds": 5}, says(A, "Listo."))
    timeline = lay_out(call)
    sound = render(call, timeline)
    assert loudness_db(sound, AGENT, timeline.items[1]) > -35
    assert loudness_db(sound, FAR, timeline.items[1]) < -45


def test_a_neighbour_is_faint_and_no_turn() -> None:
    call = script(
        says(D, "Deme un minuto, por favor."),
        {"event": "neighbour", "text": "Sí, señor, con su número de cliente puede pasar a la sucursal."},
        says(D, "Ya, aquí estoy otra vez.", gap_s=6.0),
    )
    timeline = lay_out(call)
    sound = render(call, timeline)
    truth = truth_of(call, timeline)
    assert -48 < loudness_db(sound, AGENT, timeline.items[1]) < -36
    assert [turn["text"] for turn in truth["turns"]] == [
        "Deme un minuto, por favor.",
        "Ya, aquí estoy otra vez.",
    ]
    assert [event["kind"] for event in truth["events"]] == ["neighbour"]


def test_the_tone_of_the_machine_comes_from_the_far_side() -> None:
    call = script(
        says("other", "Deje su mensaje."), {"event": "tone", "seconds": 1.2}, says(A, "Buenas tardes.")
    )
    timeline = lay_out(call)
    assert loudness_db(render(call, timeline), FAR, timeline.items[1]) > -32
    assert truth_of(call, timeline)["events"][0]["channel"] == "far"


def test_a_call_that_starts_late_lacks_its_first_words() -> None:
    text = "Buenas tardes, le habla Ferrero, de Cobranzas del Litoral."
    whole = lay_out(script(says(A, text), says(D, "Diga."))).items[0]
    late = lay_out(script(says(A, text), says(D, "Diga."), starts_late=True)).items[0]
    assert late.start_s == 0.0
    assert late.end_s == pytest.approx(whole.end_s - whole.start_s - 0.6, abs=0.03)
    assert text.endswith(late.text)
    assert late.text != text


def test_echo_carries_the_far_side_over_softly() -> None:
    turns = (says(A, "Buenos días, ¿hablo con don Efraín Olvera, verdad?"), says(D, "Sí."))
    with_echo = script(*turns, echo_db=-20)
    agent = lay_out(with_echo).items[0]
    leak = loudness_db(render(with_echo, lay_out(with_echo)), FAR, agent)
    assert leak > loudness_db(render(script(*turns), lay_out(script(*turns))), FAR, agent) + 4


def test_the_same_script_has_the_same_voices_and_times() -> None:
    call = script(says(A, "Buenos días."), says("other", "No está."), says(D, "Buenos días."))
    once, again = lay_out(call), lay_out(call)
    assert [item.start_s for item in once.items] == pytest.approx(
        [item.start_s for item in again.items], abs=0.03
    )


def test_an_unknown_voice_names_the_voices_there_are() -> None:
    with pytest.raises(DemoSpeechError, match=r"mujer-9.*mujer-1"):
        lay_out(script(says(A, "Hola."), agent_voice="mujer-9"))


def test_an_unknown_event_is_refused() -> None:
    with pytest.raises(DemoSpeechError, match="evento desconocido 'applause'"):
        lay_out(script({"event": "applause"}))


def test_the_recording_and_its_truth_are_written(tmp_path: Path) -> None:
    import av

    path = tmp_path / "xx-01.yaml"
    path.write_text(
        "id: xx-01\nagent_voice: mujer-1\ndebtor_voice: hombre-2\n"
        'turns:\n  - {speaker: agent, text: "Buenos días."}\n  - {speaker: debtor, text: "Diga."}\n',
        encoding="utf-8",
    )
    audio = make_call(path, tmp_path / "audio")
    truth = json.loads(audio.with_suffix(".truth.json").read_text(encoding="utf-8"))
    with av.open(str(audio)) as container:
        stream = container.streams.audio[0]
        assert stream.codec_context.name == "opus"
        assert stream.codec_context.layout.nb_channels == 2
        assert container.duration / av.time_base == pytest.approx(truth["duration"], abs=0.1)
    assert [(turn["speaker"], turn["text"]) for turn in truth["turns"]] == [(A, "Buenos días."), (D, "Diga.")]
    assert truth["turns"][0]["end"] < truth["turns"][1]["start"]
