"""Transcript formats: what one writes it reads again, foreign files are understood, bad ones say why."""

from __future__ import annotations

import datetime
import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from transcripts import formats
from transcripts.formats import FORMATS, call_jsonl, detect, read, read_many
from transcripts.types import (
    CaseFacts,
    Contact,
    Engine,
    Notice,
    Recording,
    Stretch,
    Transcript,
    TranscriptError,
    Trust,
    Turn,
    Word,
)

LIMA = datetime.timezone(datetime.timedelta(hours=-5))
CALL = Transcript(
    Recording(
        "c-1", call_started_at=datetime.datetime(2025, 10, 8, 14, 30, tzinfo=LIMA), agent="Rosa Peña",
        agent_login="rpena",
        company="Crédito Norte", debtor_name="Óscar Núñez", country="PE", direction="outbound",
        account="4471", duration_s=42.5,
        facts=CaseFacts(Decimal("452.80"), "PEN", 31, "préstamo", "Caja Sol", ("10% de quita", "3 cuotas")),
        audio=Path("audio/c-1.opus"), source="central", demo=True,
    ),
    (
        Turn("agent", "¿Hablo con Óscar?", 0.5, 2.25, (Word(0.5, 0.9, "¿Hablo", 0.98),), 0, 0.9),
        Turn("debtor", "Sí, él habla. A ver: dígame.", 2.5, 4.0, channel=1),
        Turn("other", "¿Quién es?", 4.0, 4.5, doubt="neighbour"),
        Turn("unknown", "…", 4.5, 5.0),
    ),
    engine=Engine("faster-whisper", "small", "1.2", (("beam_size", "5"),), True),
    trust=Trust(2, 12.5, 0.5, starts_late=True, stretches=(Stretch("music", 5.0, 9.0, 0, "subtítulos"),),
                notices=(Notice("swapped", "Los canales parecen cambiados."),)),
)  # fmt: skip
SUFFIX = {
    "json": ".json",
    "jsonl": ".jsonl",
    "whisperx": ".json",
    "amazon": ".json",
    "srt": ".srt",
    "vtt": ".vtt",
    "text": ".txt",
}


def suffix_of(name: str) -> str:
    assert name in SUFFIX, f"the format «{name}» has no suffix in SUFFIX of {Path(__file__).name}"
    return SUFFIX[name]


def saved(tmp_path: Path, name: str, text: str | bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def said(transcript: Transcript) -> list[tuple[str, str]]:
    return [(turn.speaker, turn.text) for turn in transcript.turns]


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_reads_what_it_writes(tmp_path: Path, name: str) -> None:
    path = saved(tmp_path, "llamada" + suffix_of(name), FORMATS[name].write(CALL))

    again = read(path, CALL.recording)

    assert detect(path) == name
    assert said(again) == said(CALL)
    assert again.recording == CALL.recording
    if name != "text":
        assert [(t.start_s, t.end_s) for t in again.turns] == [(t.start_s, t.end_s) for t in CALL.turns]


@pytest.mark.parametrize("name", FORMATS)
def test_a_quotation_mark_that_is_not_closed_swallows_no_turn(tmp_path: Path, name: str) -> None:
    texts = ('"Buenas tardes', "Sí, soy yo.", "Le llamo por 'su deuda", "Ya.")
    turns = tuple(Turn("debtor" if n % 2 else "agent", t, float(n), n + 0.5) for n, t in enumerate(texts))
    path = saved(tmp_path, "c" + suffix_of(name), FORMATS[name].write(Transcript(Recording("1"), turns)))

    assert [turn.text for turn in read(path).turns] == list(texts)


@pytest.mark.parametrize("name", FORMATS)
def test_a_turn_that_nobody_could_say_is_refused_in_words(tmp_path: Path, name: str) -> None:
    turns = (Turn("agent", "palabra " * 20_000, 0.0, 1.0), Turn("debtor", "Sí.", 1.0, 2.0))
    path = saved(tmp_path, "c" + suffix_of(name), FORMATS[name].write(Transcript(Recording("1"), turns)))

    (told,) = _all(path)
    assert isinstance(told, TranscriptError)
    assert "de una sola voz" in str(told)


@pytest.mark.parametrize("name", ["json", "jsonl"])
def test_our_own_json_keeps_everything(tmp_path: Path, name: str) -> None:
    path = saved(tmp_path, "c" + suffix_of(name), FORMATS[name].write(CALL))

    assert read(path) == CALL


KNOWN = CaseFacts(
    days_late=0, due_date=datetime.date(2025, 10, 5), time_zone="America/Lima", first_contact=False,
    notice_played=False, promise_kept=False,
    contacts=(
        Contact(datetime.datetime(2025, 10, 1, 9, 15, tzinfo=LIMA), talked=True),
        Contact(datetime.datetime(2025, 10, 3, 18, 40, tzinfo=LIMA), "message", by_debtor=True),
    ),
)  # fmt: skip


@pytest.mark.parametrize("name", ["json", "jsonl"])
@pytest.mark.parametrize("facts", [KNOWN, CaseFacts(authorized_offers=(), contacts=()), CaseFacts()])
def test_a_no_a_nought_and_an_empty_log_or_list_are_kept(tmp_path: Path, name: str, facts: CaseFacts) -> None:
    call = Transcript(Recording("1", facts=facts), (Turn("agent", "Hola."),))

    assert read(saved(tmp_path, "c" + suffix_of(name), FORMATS[name].write(call))) == call


def test_what_the_recording_knows_of_contacts_wins_over_the_file(tmp_path: Path) -> None:
    path = saved(tmp_path, "c.json", FORMATS["json"].write(Transcript(Recording("1", facts=KNOWN), ())))

    known = read(path, Recording("1", facts=CaseFacts(contacts=()))).recording.facts
    assert (known.contacts, known.time_zone) == ((), "America/Lima")


def test_a_contact_without_a_zone_is_refused_in_a_call(tmp_path: Path) -> None:
    line = {"id": "1", "turns": [], "contacts": [{"at": "2025-10-01T09:15:00"}]}
    with pytest.raises(TranscriptError, match="«at»"):
        read(saved(tmp_path, "c.jsonl", json.dumps(line)))


@pytest.mark.parametrize("name", ["whisperx", "amazon"])
def test_words_survive(tmp_path: Path, name: str) -> None:
    path = saved(tmp_path, "c.json", FORMATS[name].write(CALL))

    assert read(path).turns[0].words == CALL.turns[0].words


def test_call_line_of_the_machine_interface(tmp_path: Path) -> None:
    line = {
        "id": "x-7", "call_date": "2025-11-03", "agent": "Ana", "company": "Norte", "debtor_name": "Luz",
        "country": "co",
        "turns": [{"speaker": "agent", "start": 0, "end": 1.5, "text": "Hola."}, {"speaker": "debtor",
        "text": "Sí."}],
    }  # fmt: skip

    call = read(saved(tmp_path, "x.jsonl", json.dumps(line)))

    assert call.recording == Recording(
        "x-7",
        call_started_at=datetime.date(2025, 11, 3),
        agent="Ana",
        company="Norte",
        debtor_name="Luz",
        country="CO",
    )
    assert call.turns == (Turn("agent", "Hola.", 0.0, 1.5), Turn("debtor", "Sí."))


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        ('"300.000"', "300000"),
        ('"1.250.000,50"', "1250000.50"),
        ('"$ 480.000"', "480000"),
        ("452.805", "452.805"),
    ],
)
def test_a_sum_in_quotes_is_read_as_in_a_table(tmp_path: Path, held: str, expected: str) -> None:
    line = f'{{"id": "x", "country": "CO", "currency": "COP", "amount_due": {held}, "turns": []}}'
    for name in ("x.json", "x.jsonl"):
        call = read(saved(tmp_path, name, line))
        assert call.recording.facts.amount_due == Decimal(expected)
        again = read(saved(tmp_path, "y.json", FORMATS["json"].write(call)))
        assert again.recording.facts == call.recording.facts


@pytest.mark.parametrize(
    ("held", "offers"),
    [
        ("[]", ()), ('["Sin descuento"]', ()), ('"ninguna"', ()), ('["ninguna", "3 cuotas"]', ("3 cuotas",)),
        ('"quita 30 %"', ("quita 30 %",)), ("null", None),
    ],
)  # fmt: skip
def test_an_offer_that_says_there_is_none_is_none(
    tmp_path: Path, held: str, offers: tuple[str, ...] | None
) -> None:
    path = saved(tmp_path, "x.json", f'{{"id": "x", "authorized_offers": {held}, "turns": []}}')
    assert read(path).recording.facts.authorized_offers == offers


def test_a_sum_that_is_none_is_refused_in_words(tmp_path: Path) -> None:
    path = saved(tmp_path, "x.json", '{"id": "x", "amount_due": "mucho", "turns": []}')
    with pytest.raises(TranscriptError, match="«amount_due» no es una cantidad: 'mucho'"):
        read(path)


def test_good_lines_go_on_after_bad_ones(tmp_path: Path) -> None:
    good = json.dumps({"id": "1", "turns": [{"speaker": "agent", "text": "Hola."}]})
    bad = json.dumps({"id": "2", "turns": [{"speaker": "robot", "text": "Hola."}]})
    path = saved(
        tmp_path, "lote.jsonl", "\n".join([good, "{rota", "", bad, '{"id": "3"}', good.replace('"1"', '"4"')])
    )

    calls = list(read_many(path))

    assert [type(c).__name__ for c in calls] == [
        "Transcript",
        "TranscriptError",
        "TranscriptError",
        "TranscriptError",
        "Transcript",
    ]
    messages = [str(c) for c in calls if isinstance(c, TranscriptError)]
    assert messages[0].startswith("lote.jsonl: línea 2: no es JSON válido")
    assert messages[1].startswith(
        "lote.jsonl: línea 4: turno 0: «speaker» tiene un valor que no existe: 'robot'"
    )
    assert messages[2].startswith("lote.jsonl: línea 5: «turns» falta")


def test_unknown_keys_are_told_once(tmp_path: Path) -> None:
    line = {"id": "1", "noise": "asr", "turns": [{"speaker": "agent", "text": "Hola.", "mood": 3}]}
    path = saved(tmp_path, "lote.jsonl", "\n".join(json.dumps(line | {"id": str(i)}) for i in range(3)))

    calls = [c for c in read_many(path) if isinstance(c, Transcript)]

    assert [n.text for n in calls[0].trust.notices] == [
        "Se pasaron por alto claves que Temple no conoce: noise, turns.mood."
    ]
    assert [c.trust.notices for c in calls[1:]] == [(), ()]


def test_repeated_id_is_told(tmp_path: Path) -> None:
    line = call_jsonl.write(CALL)

    calls = list(read_many(saved(tmp_path, "lote.jsonl", line + line)))

    assert isinstance(calls[1], Transcript)
    assert calls[1].trust.notices[-1] == Notice(
        "repeated_id",
        "El id «c-1» de la línea 2 ya apareció en la línea 1 del archivo. Dé a cada llamada un id propio.",
    )


def test_what_the_caller_knows_wins_over_the_file(tmp_path: Path) -> None:
    path = saved(tmp_path, "c.json", FORMATS["json"].write(CALL))

    call = read(path, Recording("otro", agent_login="jlopez", facts=CaseFacts(days_late=40)))

    assert (call.recording.id, call.recording.agent_login, call.recording.agent) == (
        "otro",
        "jlopez",
        "Rosa Peña",
    )
    assert (call.recording.facts.days_late, call.recording.facts.currency) == (40, "PEN")


def test_whisperx_voices_are_told_apart_by_what_an_agent_says(tmp_path: Path) -> None:
    segments = [
        {"start": 0.0, "end": 2.0, "text": " Buenas tardes, le saluda Ana,", "speaker": "SPEAKER_01"},
        {
            "start": 2.1,
            "end": 3.0,
            "text": " de Norte.",
            "speaker": "SPEAKER_01",
            "words": [{"word": "2", "score": 0.4}],
        },
        {"start": 3.5, "end": 4.0, "text": " ¿Quién?", "speaker": "SPEAKER_00"},
        {"start": 9.0, "end": 10.0, "text": " Eso.", "speaker": "SPEAKER_00"},
    ]

    call = read(
        saved(tmp_path, "w.json", json.dumps({"segments": segments, "language": "es", "word_segments": []}))
    )

    assert said(call) == [
        ("agent", "Buenas tardes, le saluda Ana, de Norte."),
        ("debtor", "¿Quién?"),
        ("debtor", "Eso."),
    ]
    assert call.turns[0].end_s == 3.0
    assert call.trust.sure_speakers is False
    assert [n.code for n in call.trust.notices] == ["roles_guessed"]


def test_contact_lens_with_participants(tmp_path: Path) -> None:
    raw = {
        "LanguageCode": "es-US",
        "Participants": [{"ParticipantId": "p1", "ParticipantRole": "CUSTOMER"}, {"ParticipantId": "p2",
        "ParticipantRole": "AGENT"}],
        "Transcript": [
            {"ParticipantId": "p2", "Id": "a", "Content": "Buenas tardes.",
            "BeginOffsetMillis": 100, "EndOffsetMillis": 900},
            {"ParticipantId": "p1", "Id": "b", "Content": "Diga.",
            "BeginOffsetMillis": 950, "EndOffsetMillis": 1300},
        ],
        "Categories": {},
    }  # fmt: skip

    call = read(saved(tmp_path, "lens.json", json.dumps(raw)))

    assert said(call) == [("agent", "Buenas tardes."), ("debtor", "Diga.")]
    assert (call.turns[0].start_s, call.language, call.trust.sure_speakers) == (0.1, "es", True)


def item(content: str, start: float | None = None, **more: object) -> dict[str, object]:
    times = {"start_time": str(start), "end_time": str(start + 0.4)} if start is not None else {}
    return {"alternatives": [{"content": content, "confidence": "0.9"}], **times, **more}


def test_transcribe_by_channel(tmp_path: Path) -> None:
    first = [item("¿Aló", 0.0), item("?", type="punctuation"), item("Diga", 3.0)]
    second = [item("Le", 1.0), item("saluda", 1.5), item("Ana", 2.0), item(".", type="punctuation")]
    channels = [{"channel_label": "ch_0", "items": first}, {"channel_label": "ch_1", "items": second}]
    raw = {
        "jobName": "j",
        "results": {
            "transcripts": [{"transcript": "x"}],
            "items": [],
            "channel_labels": {"channels": channels},
        },
    }

    call = read(saved(tmp_path, "t.json", json.dumps(raw)))

    assert said(call) == [("debtor", "¿Aló?"), ("agent", "Le saluda Ana."), ("debtor", "Diga")]


def test_transcribe_by_speaker(tmp_path: Path) -> None:
    items = [item("Hola", 0.0, speaker_label="spk_0"), item("Buenas", 1.0, speaker_label="spk_1")]

    call = read(saved(tmp_path, "t.json", json.dumps({"results": {"items": items}})))

    assert said(call) == [("unknown", "Hola"), ("unknown", "Buenas")]
    assert [n.code for n in call.trust.notices] == ["speakers_unknown"]


def test_subtitles_without_labels_are_nobody_s(tmp_path: Path) -> None:
    text = "1\r\n00:00:01,000 --> 00:00:02,500\r\nBuenas\r\ntardes.\r\n\r\n"
    text += "2\r\n00:00:03,000 --> 00:00:04,000\r\n¿Quién?\r\n"

    call = read(saved(tmp_path, "s.srt", text))

    assert said(call) == [("unknown", "Buenas tardes."), ("unknown", "¿Quién?")]
    assert call.turns[0].end_s == 2.5


def test_subtitle_without_a_label_goes_on_with_the_voice_before(tmp_path: Path) -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\nAsesor: Buenas\n\n2\n00:00:02,000 --> 00:00:03,000\ntardes.\n\n"
    text += "3\n00:00:04,000 --> 00:00:05,000\nCliente: Hola.\n"

    assert said(read(saved(tmp_path, "s.srt", text))) == [("agent", "Buenas tardes."), ("debtor", "Hola.")]


def test_webvtt_voices_notes_and_entities(tmp_path: Path) -> None:
    text = (
        "WEBVTT - llamada\n\nNOTE nada\n\nuno\n00:01.000 --> 00:02.000 align:start\n<v Agente><b>¿A &amp; "
        "B?</b></v>\n\n"
        "01:00:03.000 --> 01:00:04.000\n- Cliente: Sí\n"
    )

    call = read(saved(tmp_path, "s.vtt", text))

    assert said(call) == [("agent", "¿A & B?"), ("debtor", "Sí")]
    assert call.turns[1].start_s == 3603.0


@pytest.mark.parametrize(
    ("agent", "debtor"),
    [("Agente", "Cliente"), ("A", "D"), ("ASESOR", "TITULAR"), ("Asesora", "Deudora"), ("Agent", "Customer")],
)
def test_labels_of_plain_text(tmp_path: Path, agent: str, debtor: str) -> None:
    text = f"Llamada del martes\n\n{agent}: Buenas tardes.\n¿Está Luz?\n{debtor}: Con ella.\n"

    assert said(read(saved(tmp_path, "t.txt", text))) == [
        ("agent", "Buenas tardes. ¿Está Luz?"),
        ("debtor", "Con ella."),
    ]


def test_names_as_labels(tmp_path: Path) -> None:
    text = "[00:05] Rosa Peña: Buenas tardes.\n[01:10] Sr. Núñez: Dígame.\n"

    call = read(saved(tmp_path, "t.txt", text), CALL.recording)

    assert said(call) == [("agent", "Buenas tardes."), ("debtor", "Dígame.")]
    assert [t.start_s for t in call.turns] == [5.0, 70.0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    path = saved(
        tmp_path, "t.txt", "Agente: ¿Cuándo pagará, señor Núñez?\nDeudor: Mañana.\n".encode(encoding)
    )

    assert said(read(path))[0] == ("agent", "¿Cuándo pagará, señor Núñez?")


PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00"
BAD = {
    "vacio.json": (b"", "está vacío"),
    "solo-espacios.srt": (b" \n\n ", "está vacío"),
    "imagen.json": (PNG, "no es un archivo de texto"),
    "nulos.txt": (b"Agente: hola\x00\x00\nDeudor: si", "no es un archivo de texto"),
    "cortado.json": (b'{"id": "1", "turns": [{"speaker": "agent", "te', "parece cortado"),
    "lista.json": (b"[1, 2]", "no una transcripción conocida"),
    "otra.json": (b'{"name": "x"}', "no una transcripción conocida"),
    "sin-id.json": (b'{"turns": []}', "«id» falta"),
    "turnos.json": (b'{"id": "1", "turns": "hola"}', "«turns» no es una lista"),
    "turno.json": (b'{"id": "1", "turns": [7]}', "turno 0"),
    "tiempo.json": (b'{"id": "1", "turns": [{"text": "x", "start": -3}]}', "posible: '-3'. Escriba 0 o más"),
    "infinito.json": (b'{"id": "1", "turns": [{"text": "x", "start": NaN}]}', "«start»"),
    "fecha.json": (b'{"id": "1", "call_date": "ayer", "turns": []}', "«call_date» no es una fecha"),
    "segmentos.json": (b'{"segments": [{"start": 1}]}', "no es JSON de WhisperX"),
    "amazon.json": (b'{"results": {"items": [{"alternatives": []}]}}', "no es JSON de Amazon Transcribe"),
    "tiempos.srt": (b"1\n00:00 -> 00:01\nHola\n", "la línea de tiempos no se entiende"),
    "al-reves.srt": (b"1\n00:00:09,000 --> 00:00:01,000\nHola\n", "el tiempo final es menor"),
    "sin-cabecera.vtt": (b"00:01.000 --> 00:02.000\nHola\n", "no empieza por WEBVTT"),
    "sin-cues.vtt": (b"WEBVTT\n\n", "no tiene ningún subtítulo"),
    "prosa.txt": (b"Buenas tardes, dijo ella.", "ninguna línea dice quién habla"),
    "hondo.json": (b"[" * 200_000, "JSON"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_files_say_what_is_wrong(tmp_path: Path, name: str) -> None:
    content, expected = BAD[name]
    path = saved(tmp_path, name, content)

    with pytest.raises(TranscriptError) as caught:
        read(path)

    assert expected in str(caught.value)
    assert str(caught.value).startswith(name)
    assert str(tmp_path) not in str(caught.value)


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(TranscriptError, match="no se puede abrir"):
        read(tmp_path / "nada.srt")
    with pytest.raises(TranscriptError, match="no es un archivo"):
        read(tmp_path)


def test_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("transcripts.formats.files.text_of.__kwdefaults__", {"max_bytes": 100})

    with pytest.raises(TranscriptError, match="el máximo es"):
        read(saved(tmp_path, "t.txt", "Agente: hola\n" * 50))


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(content=st.binary(max_size=300), suffix=st.sampled_from(sorted({*SUFFIX.values(), ".dat"})))
def test_random_bytes_never_break_it(tmp_path: Path, content: bytes, suffix: str) -> None:
    path = saved(tmp_path, "azar" + suffix, content)
    for call in _all(path):
        assert isinstance(call, Transcript | TranscriptError)


def _all(path: Path) -> list[Transcript | TranscriptError]:
    try:
        return list(formats.read_many(path))
    except TranscriptError as error:
        return [error]


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=60).map(
    lambda t: " ".join(t.split())
)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    texts=st.lists(TEXTS, min_size=1, max_size=6),
    name=st.sampled_from(["json", "jsonl", "whisperx", "amazon"]),
)
def test_any_words_survive_json(tmp_path: Path, texts: list[str], name: str) -> None:
    turns = tuple(
        Turn("agent" if i % 2 else "debtor", text, float(i), i + 0.5) for i, text in enumerate(texts)
    )
    path = saved(tmp_path, "c" + suffix_of(name), FORMATS[name].write(Transcript(Recording("1"), turns)))

    again = read(path)
    assert [t.text for t in again.turns if t.text] == [t for t in texts if t]
