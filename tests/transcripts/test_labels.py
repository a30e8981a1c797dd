"""Labels that no list knows: whose words they are in every format, and no word goes astray."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from transcripts.formats import read
from transcripts.formats.roles import role_of
from transcripts.types import Recording, Transcript, TranscriptError

Said = list[tuple[str, str]]
HOME: Said = [
    ("Agente", "¿Está Martín?"),
    ("Señora", "No está. ¿Tú quién eres?"),
    ("Agente", "Lleva dos meses sin pagar."),
    ("Señora", "Ya llegó."),
    ("Deudor", "¿Bueno?"),
]


def srt(said: Said) -> str:
    cues = (
        f"{n}\n00:00:{n:02d},000 --> 00:00:{n + 1:02d},000\n{who}: {text}\n" for n, (who, text) in timed(said)
    )
    return "\n".join(cues)


def vtt(said: Said) -> str:
    cues = (f"00:{n:02d}.000 --> 00:{n + 1:02d}.000\n<v {who}>{text}</v>\n" for n, (who, text) in timed(said))
    return "WEBVTT\n\n" + "\n".join(cues)


def vtt_untagged(said: Said) -> str:
    cues = (f"00:{n:02d}.000 --> 00:{n + 1:02d}.000\n{who}: {text}\n" for n, (who, text) in timed(said))
    return "WEBVTT\n\n" + "\n".join(cues)


def text(said: Said) -> str:
    return "".join(f"{who}: {words}\n" for who, words in said)


def whisperx(said: Said) -> str:
    segments = [{"start": n, "end": n + 1, "text": words, "speaker": who} for n, (who, words) in timed(said)]
    return json.dumps({"segments": segments})


def lens(said: Said) -> str:
    turns = [
        {
            "ParticipantRole": who,
            "Content": words,
            "BeginOffsetMillis": n * 1000,
            "EndOffsetMillis": n * 1000 + 900,
        }
        for n, (who, words) in timed(said)
    ]
    return json.dumps({"Transcript": turns})


def timed(said: Said) -> list[tuple[int, tuple[str, str]]]:
    return list(enumerate(said, 1))


WRITERS = {
    "a.srt": srt, "a.vtt": vtt, "b.vtt": vtt_untagged, "a.txt": text, "whisperx.json": whisperx,
    "lens.json": lens,
}  # fmt: skip


def heard(folder: Path, name: str, content: str, recording: Recording | None = None) -> Transcript:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return read(path, recording)


def voices(call: Transcript) -> str:
    return "".join(turn.speaker[0] for turn in call.turns)


def notices(call: Transcript) -> list[str]:
    return [notice.code for notice in call.trust.notices]


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("who", ["Señora", "Lupita", "La mamá", "Hermana", "Suegra", "Vecino", "Jefe"])
def test_beside_agent_and_debtor_another_label_is_another_person(tmp_path: Path, name: str, who: str) -> None:
    said = [(who if label == "Señora" else label, words) for label, words in HOME]

    call = heard(tmp_path, name, WRITERS[name](said))

    assert [turn.text for turn in call.turns] == [words for _, words in HOME]
    assert (voices(call), call.trust.sure_speakers) == ("aoaod", True)


@pytest.mark.parametrize("name", WRITERS)
def test_what_a_label_was_taken_for_is_told(tmp_path: Path, name: str) -> None:
    call = heard(tmp_path, name, WRITERS[name](HOME))

    (notice,) = call.trust.notices
    assert notice.text.startswith("«Señora» se tomó por otra persona: ")


@pytest.mark.parametrize("name", WRITERS)
def test_the_one_voice_that_faces_the_agent_waits_for_what_it_says(tmp_path: Path, name: str) -> None:
    call = heard(tmp_path, name, WRITERS[name](HOME[:4]))

    assert (voices(call), call.trust.sure_speakers) == ("adad", False)
    assert call.voices == (None, "Señora", None, "Señora")


@pytest.mark.parametrize("name", WRITERS)
def test_who_talks_like_an_agent_is_nobody_s_debtor(tmp_path: Path, name: str) -> None:
    words = "Le habla Rosa, la encargada. Su cuenta tiene pendiente un pago."
    call = heard(tmp_path, name, WRITERS[name]([*HOME, ("Rosa", words), ("Rosa", "¿Hablo con Luis?")]))

    assert voices(call) in ("aoaoduu", "aoaodu")  # some formats join what one voice says in a row
    assert (call.trust.sure_speakers, notices(call)[-1]) == (False, "speakers_unknown")


@pytest.mark.parametrize("name", ["a.srt", "a.vtt", "b.vtt"])
def test_once_is_enough_where_every_cue_has_its_label(tmp_path: Path, name: str) -> None:
    said = [("Agente", "¿Está tu mamá?"), ("Lupita", "Salió."), ("Deudor", "¿Bueno?")]

    assert voices(heard(tmp_path, name, WRITERS[name](said))) == "aod"


def test_once_is_enough_in_text_with_the_time(tmp_path: Path) -> None:
    said = "[00:01] Agente: ¿Está tu mamá?\n[00:04] Lupita: Salió.\n[00:06] Deudor: ¿Bueno?\n"

    assert voices(heard(tmp_path, "a.txt", said)) == "aod"


@pytest.mark.parametrize("name", ["a.srt", "b.vtt", "a.txt"])
def test_one_label_that_may_be_words_is_told(tmp_path: Path, name: str) -> None:
    head = [("Agente", "¿Está tu mamá?"), ("Lupita", "Salió.")]
    content = WRITERS[name](head).rstrip()
    more = {"a.txt": "\nun momento\n"}.get(name, "\n\n00:00:05.000 --> 00:00:06.000\nun momento\n")

    call = heard(tmp_path, name, content + more)

    assert [turn.text for turn in call.turns] == ["¿Está tu mamá? Lupita: Salió. un momento"]
    assert notices(call) == ["label_left"]
    assert "«Lupita:»" in call.trust.notices[0].text


REST = "Deudor: Sí, con él.\nAgente: Gracias, señor Luis.\n"


@pytest.mark.parametrize(
    "first",
    [
        "Agnete: Buenas tardes, le saluda Ana Ruiz, de Crédito Norte. ¿Hablo con el señor Luis?",
        "Buenas tardes, le saluda Ana Ruiz, de Crédito Norte. ¿Hablo con el señor Luis?",
        "[00:01] Buenas tardes, le saluda Ana Ruiz, de Crédito Norte, esta llamada se graba.",
    ],
)
def test_words_before_the_first_known_label_are_kept_as_nobodys_and_told(tmp_path: Path, first: str) -> None:
    call = heard(tmp_path, "a.txt", f"{first}\n{REST}")

    assert voices(call) == "uda"
    assert call.turns[0].text.startswith("Buenas tardes, le saluda Ana Ruiz")
    assert "label_left" in notices(call)
    assert "«Buenas tardes, le saluda Ana Ruiz,…»" in call.trust.notices[-1].text


def test_the_head_of_a_file_is_no_turn(tmp_path: Path) -> None:
    head = "Transcripción de la llamada 17\nFecha: 12/11/2026\nDuración: 03:20\nCampaña: mora temprana\n\n"
    call = heard(tmp_path, "a.txt", head + REST)

    assert (voices(call), notices(call)) == ("da", [])


def test_words_without_any_known_label_are_refused(tmp_path: Path) -> None:
    with pytest.raises(TranscriptError, match="ninguna línea dice quién habla"):
        heard(tmp_path, "a.txt", "Buenas tardes, ¿hablo con el señor Luis?\nSí, con él.\n")


@pytest.mark.parametrize("opening", ["Mire", "A ver", "Otra cosa", "Opción uno", "La cuenta", "Madre mía"])
def test_words_before_a_colon_are_no_speaker(tmp_path: Path, opening: str) -> None:
    said = srt([("Agente", "Buenas."), ("Deudor", "Sí."), (opening, "son cien."), (opening, "son dos.")])

    call = heard(tmp_path, "a.srt", said)

    assert [turn.text for turn in call.turns] == ["Buenas.", f"Sí. {opening}: son cien. {opening}: son dos."]


def test_a_cue_of_two_voices_is_two_turns(tmp_path: Path) -> None:
    cue = "00:00:01,000 --> 00:00:05,000\n- Agente: ¿Está Luis?\n- Señora: No, salió.\nEs tarde.\n\n"
    call = heard(tmp_path, "a.srt", cue + cue.replace("00:00:0", "00:01:0"))

    assert [(t.speaker, t.text, t.start_s, t.end_s) for t in call.turns[:2]] == [
        ("agent", "¿Está Luis?", 1.0, 2.333),
        ("debtor", "No, salió. Es tarde.", 2.333, 5.0),
    ]


def test_a_webvtt_cue_of_two_voices_is_two_turns(tmp_path: Path) -> None:
    body = "<v Agente>¿Está Luis?</v>\n<v Hermana>No, <i>salió</i>.</v>"
    call = heard(tmp_path, "a.vtt", f"WEBVTT\n\n00:01.000 --> 00:05.000\n{body}\n")

    assert [(t.speaker, t.text) for t in call.turns] == [("agent", "¿Está Luis?"), ("other", "No, salió.")]


@pytest.mark.parametrize("who", ["Hermana", "Contestadora", "Suegra", "mamá"])
def test_kin_is_another_person_in_our_own_json(tmp_path: Path, who: str) -> None:
    call = {
        "id": "1",
        "turns": [{"speaker": "agente", "text": "¿Luis?"}, {"speaker": who, "text": "No está."}],
    }

    assert voices(heard(tmp_path, "c.json", json.dumps(call))) == "ao"


def test_our_own_json_asks_who_a_lady_is(tmp_path: Path) -> None:
    call = {"id": "1", "turns": [{"speaker": "Señora", "text": "No está."}]}

    with pytest.raises(TranscriptError, match="'Señora'"):
        heard(tmp_path, "c.json", json.dumps(call))


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("Hermana de Luis", "other"),
        ("La mamá del titular", "other"),
        ("Esposa Laura", "other"),
        ("Otra persona", "other"),
        ("Señora Gómez", "debtor"),
        ("Agente 2", "agent"),
        ("Codeudor", "debtor"),
        ("Aval", "unknown"),
        ("Supervisora", "unknown"),
        ("Señora", None),
        ("Otra cosa", None),
        ("A ver", None),
        ("O sea", None),
        ("Hija mía", None),
    ],
)
def test_what_a_label_says(label: str, role: str | None) -> None:
    assert role_of(label, Recording("1", debtor_name="Patricia Gómez")) == role
