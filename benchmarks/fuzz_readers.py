"""Every reader of what comes from outside, as a function of one file's bytes, with good samples to spoil."""

from __future__ import annotations

import io
import json
import random
import wave
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache, cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import av
import numpy as np
from sqlalchemy import Insert, Integer, String, Update, event

from benchmarks.fuzz_damage import (
    ODD_DATES,
    ODD_NUMBERS,
    ODD_TEXTS,
    OF_BOOK,
    OF_BYTES,
    OF_JSON,
    OF_TEXT,
    OF_YAML,
    Damage,
)
from coach import past_upload, payments, people, people_csv, server, sessions, tokens
from coach import settings as settings_of
from coach.api_doc import document
from coach.past import verdicts_of
from coach.past_columns import columns_of
from coach.settings import Settings
from coach.store import Store
from coach.tables import read_table
from coach.uploads import read_facts, recording, safe_name
from coach.viewers import HOUSE
from drills.loader import check_scenario, load_scenario
from rubrics.loader import DEFAULT, load_rubric, load_text
from rubrics.own_playbook import read_own
from rubrics.playbook import load_playbook
from rubrics.yamlfile import text_of as yaml_of
from transcripts.audio import decoded
from transcripts.facts import filenames, manifest, sidecar
from transcripts.facts.join import join
from transcripts.facts.values import Place
from transcripts.formats import FORMATS, call_json, detect, read_many
from transcripts.formats.files import parsed
from transcripts.formats.files import text_of as files_text
from transcripts.options import Limits
from transcripts.probe import probe
from transcripts.types import Recording, Transcript, Turn

ROOT = Path(__file__).resolve().parents[1]
HISTORY = ROOT / "examples" / "history" / "demo_calls.jsonl"
LIMITS = Limits(max_duration_s=120.0)


@dataclass(frozen=True)
class House:
    """A store and its settings, for readers that keep what they read."""

    folder: Path

    @cached_property
    def settings(self) -> Settings:
        return Settings(data_dir=self.folder / "var")

    @cached_property
    def store(self) -> Store:
        opened = Store.open(self.settings)
        event.listen(opened.engine, "before_cursor_execute", _as_strict_as_postgres)
        return opened

    @cached_property
    def client(self) -> Any:
        """A program with a good token in front of the whole server."""
        from starlette.applications import Starlette
        from starlette.testclient import TestClient

        made = tokens.create(self.store, HOUSE, "fuzz", "all", per_minute=600)
        app = server.guarded(
            Starlette(routes=server.routes(self.settings, self.store)), self.settings, self.store
        )
        with self.store.writing() as connection:
            people.put(connection, HOUSE, "fuzz", "Fuzz", "admin")
            person = people.row_of(connection, "fuzz").id
            cookie = sessions.begin(connection, person, datetime.now(UTC))
        headers = {"authorization": f"Bearer {made}"}
        return TestClient(app, base_url="http://localhost", headers=headers, cookies={"temple": cookie})


def _as_strict_as_postgres(_c: Any, _cursor: Any, _s: str, _p: Any, context: Any, _many: bool) -> None:
    """SQLite takes text of any length and numbers up to 64 bits in every column; here they are an error."""
    statement = getattr(context.compiled, "statement", None)
    if not isinstance(statement, Insert | Update):
        return
    columns = statement.table.columns
    for row in context.compiled_parameters:
        for name, given in row.items():
            kind = columns[name].type if name in columns else None
            if (
                isinstance(kind, String)
                and isinstance(given, str)
                and len(given) > (kind.length or len(given))
            ):
                raise AssertionError(f"{statement.table.name}.{name}: {len(given)} letters")
            if isinstance(kind, Integer) and isinstance(given, int) and abs(given) >= 2**31:
                raise AssertionError(f"{statement.table.name}.{name}: {given}")


@dataclass(frozen=True, slots=True)
class Reader:
    """`read` ends in a result or in one of the project's own errors, whatever bytes it gets."""

    name: str
    ending: str
    samples: Callable[[], tuple[bytes, ...]]
    ways: tuple[Damage, ...]
    read: Callable[[House, Path], object]


@cache
def transcript() -> Transcript:
    """A short call with all that a call may hold."""
    call = next(one for one in read_many(HISTORY) if isinstance(one, Transcript))
    return replace(call, turns=call.turns[:6])


def _as(name: str) -> tuple[bytes, ...]:
    timed = tuple(
        Turn(turn.speaker, turn.text, float(n), n + 0.9) for n, turn in enumerate(transcript().turns)
    )
    written = [
        FORMATS[name].write(replace(transcript(), turns=turns)) for turns in (timed, transcript().turns)
    ]
    return tuple(text.encode() for text in written)


def _transcript(house: House, path: Path) -> int:
    """Read, keep, read back, write again in every format."""
    count, refused = 0, None
    detect(path)
    for call in read_many(path):
        if not isinstance(call, Transcript):
            refused = call
            continue
        count += 1
        if not house.store.has(call.recording.id):
            house.store.add_recording(call.recording)
        house.store.save_transcript(call)
        house.store.transcript(call.recording.id)
        for module in FORMATS.values():
            module.write(call)
        house.store.forget(call.recording.id)
        if count == 20:
            break
    if refused and not count:
        raise refused
    return count


def _facts(reading: Any) -> int:
    for facts in reading.facts.values():
        json.dumps(call_json.as_dict(Transcript(join(Recording("x"), facts), ())))
    return len(reading.facts)


# sound


@cache
def sounds() -> tuple[bytes, ...]:
    """A second of two tones in the containers that call centres send."""
    rate = 8000
    tone = (8000 * np.sin(np.arange(rate) * 2 * np.pi * 440 / rate)).astype(np.int16)
    plain = io.BytesIO()
    with wave.open(plain, "wb") as out:
        out.setnchannels(2)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(np.stack([tone, tone[::-1]], 1).tobytes())
    kinds = (("ogg", "libopus"), ("mp3", "libmp3lame"), ("flac", "flac"), ("webm", "libopus"), ("mp4", "aac"))
    return (plain.getvalue(), *(_encoded(tone, rate, kind, codec) for kind, codec in kinds))


def _encoded(tone: Any, rate: int, kind: str, codec: str) -> bytes:
    out = io.BytesIO()
    with av.open(out, "w", format=kind) as container:
        stream = container.add_stream(codec, rate=48000 if codec == "libopus" else rate)
        stream.layout = "mono"
        frame = av.AudioFrame.from_ndarray(tone.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = rate
        resampler = av.AudioResampler(format=stream.format, layout="mono", rate=stream.rate, frame_size=960)
        for piece in (*resampler.resample(frame), *resampler.resample(None)):
            piece.pts = None
            container.mux(stream.encode(piece))
        container.mux(stream.encode(None))
    return out.getvalue()


def _sound(house: House, path: Path) -> float:
    """Probed, decoded whole, a stretch of it read."""
    found = probe(path, LIMITS)
    with decoded(path, found, LIMITS) as sound:
        sound.wave(0, 0, 16000)
        return sound.duration_s


# tables

MANIFEST = (
    "id;fecha;hora;login;agente;deudor;pais;direccion;cartera;cuenta;monto;moneda;dias_mora;vencimiento;"
    "contactos\n"
    "ll-1;2026-03-10;14:30;rosa;Rosa Quispe;Wilmer Chávez;PE;saliente;norte;00123;1.500,50;PEN;31;2026-04-01;"
    "2026-03-01 10:00 call\n"
    "ll-2.wav;11/03/2026;9:05 pm;luis;Luis;Ana;México;inbound;sur;77;2500;MXN;0;;\n"
)
NAMED = "20260310-143000_rosa_00123.wav\n{call_started_at:%Y%m%d-%H%M%S}_{agent_login}_{account}"
PAYMENTS = (
    "cuenta;fecha;monto;moneda;referencia\n00123;2026-03-10;1.500,50;PEN;r-1\n77;10/03/2026;2500;MXN;\n"
)
PEOPLE = (
    "usuario;nombre;rol;sede;equipo;login_marcador;desde;hasta;carteras\n"
    "rosa;Rosa Quispe;agente;Lima;Norte;rq1|rq2;2026-01-01;;\naud;Ana;auditor;;;;;;norte|sur\n"
)
PAST = "llamada;evaluador;fecha;empathy;no_threats\nll-1;Eva;2026-03-10;cumple;no cumple\nll-2;Eva;;n/a;1\n"


def _text(*samples: str) -> Callable[[], tuple[bytes, ...]]:
    return lambda: tuple(sample.encode() for sample in samples)


@cache
def _book(text: str) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    for line in text.splitlines():
        book.active.append([f"={cell}" if cell == "1" else cell for cell in line.split(";")])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _manifest(house: House, path: Path) -> int:
    return _facts(manifest.read(path, country="PE", timezone="America/Lima", source="central"))


def _sidecar(house: House, path: Path) -> int:
    return _facts(sidecar.read(path, country="PE", timezone="America/Lima"))


def _name(house: House, path: Path) -> object:
    """The bytes as a recording's name and as the pattern that is to read it."""
    name, _, pattern = path.read_bytes().decode("utf-8", "replace").partition("\n")
    return filenames.facts_of(name, pattern, country="PE", timezone="America/Lima")


def _payments(house: House, path: Path) -> object:
    payments.import_payments(house.store, house.settings, HOUSE, path, country="PE")
    return payments.import_payments(house.store, house.settings, HOUSE, path)


def _people(house: House, path: Path) -> object:
    return people_csv.import_people(house.store, HOUSE, path)


def _past(house: House, path: Path) -> int:
    rubric = load_rubric()
    past_upload.titles(HOUSE, path.name, path.read_bytes(), rubric)
    table, faults = read_table(path), list[str]()
    found = len(list(verdicts_of(table, columns_of(table, rubric), rubric, Place("PE"), faults)))
    past_upload.bring_in(
        house.store, house.settings, HOUSE, path.name, path.read_bytes(), rubric, {}, keep=True
    )
    return found


# files that people write


@cache
def _forms() -> tuple[bytes, ...]:
    small = ROOT / "rubrics" / "tercero.yaml"
    return (small.read_bytes(), (ROOT / "rubrics" / "packs" / "comun.yaml").read_bytes())


def _form(house: House, path: Path) -> object:
    return load_text(yaml_of(path), DEFAULT.with_name("propia.yaml"))


def _playbook(house: House, path: Path) -> object:
    return read_own(yaml_of(path), path, load_playbook())


OWN_PLAYBOOK = """version: 1
based_on: temple
plays:
  - objection: no_money
    recognise:
      - say: Entiendo, gracias por decirme.
    without: [No existe esta frase.]
"""


@cache
def _scenarios() -> tuple[bytes, ...]:
    return tuple(path.read_bytes() for path in sorted((ROOT / "drills" / "scenarios").glob("*.yaml"))[:2])


def _scenario(house: House, path: Path) -> object:
    check_scenario(yaml_of(path))
    return load_scenario(path)


def _settings(house: House, path: Path) -> object:
    return settings_of.load(path)


# what programs and browsers ask

QUERY = {
    "name": "llamada.wav", "source": "central", "agent": "Rosa", "debtor_name": "Wilmer", "company": "Caja",
    "country": "PE", "call_date": "2026-03-10T14:30",
}  # fmt: skip


def _upload(house: House, path: Path) -> object:
    raw = parsed(files_text(path), path.name)
    facts = read_facts({str(k): str(v) for k, v in raw.items()} if isinstance(raw, dict) else {})
    safe_name(facts.name)
    made = replace(recording(facts, house.settings), id="subida")
    house.store.add_recording(made)
    house.store.recording("subida")
    house.store.forget("subida")
    return made


@cache
def _questions() -> tuple[bytes, ...]:
    """Every path of the API's own description with every parameter, and our other routes."""
    out = []
    for path, methods in document()["paths"].items():
        odd = {one["name"]: "1" for one in methods["get"]["parameters"] if one["in"] == "query"}
        out.append(f"{path.replace('{id}', 'x')}?{urlencode(odd)}")
    out += ["/api/audio/x", "/api/peaks/x", "/api/clip/1", "/auth/login?next=/&lang=es", "/api/health"]
    return tuple(address.encode() for address in out)


def odd_question(data: bytes, dice: random.Random) -> bytes:
    """A parameter or the path holds something odd, rightly quoted."""
    path, _, query = data.decode("utf-8", "replace").partition("?")
    pairs = [pair.partition("=")[::2] for pair in query.split("&") if pair]
    odd = dice.choice((*ODD_TEXTS, *ODD_NUMBERS, *ODD_DATES))[:3000]
    odd = odd.encode("utf-8", "replace").decode()
    if not pairs or dice.random() < 0.2:
        return f"{path}{quote(odd)}?{query}".encode()
    kept = [pair for pair in pairs if dice.random() < 0.3]
    name = dice.choice(pairs)[0]
    return f"{path}?{urlencode([*kept, *[(name, odd)] * dice.choice((1, 1, 2))])}".encode()


def _ask(house: House, path: Path) -> int:
    """Any address is answered below 500; what the server raises comes through."""
    address = path.read_bytes().decode("latin-1").replace("\r", "").replace("\n", "")
    address = quote("/" + address.lstrip("/"), safe="/?&=%+:;,.-_~!*'()")[:8000]  # more no server takes
    answer = house.client.get(address)
    if answer.status_code >= 500:
        raise AssertionError(f"{answer.status_code} at {address[:200]}")
    return int(answer.status_code)


READERS: dict[str, Reader] = {
    one.name: one
    for one in (
        *(Reader(f"sound {e}", f".{e}", lambda n=n: (sounds()[n],), OF_BYTES, _sound)
          for n, e in enumerate(("wav", "ogg", "mp3", "flac", "webm", "m4a"))),
        *(Reader(f"transcript {n}", e, lambda n=n: _as(n), ways, _transcript)
          for n, e, ways in (("json", ".json", OF_JSON), ("jsonl", ".jsonl", OF_JSON),
                             ("whisperx", ".json", OF_JSON), ("amazon", ".json", OF_JSON),
                             ("srt", ".srt", OF_TEXT), ("vtt", ".vtt", OF_TEXT), ("text", ".txt", OF_TEXT))),
        Reader("manifest", ".csv", _text(MANIFEST), OF_TEXT, _manifest),
        Reader("sidecar", ".json", lambda: _as("json"), OF_JSON, _sidecar),
        Reader("file name", ".name", _text(NAMED),
               OF_TEXT, _name),
        Reader("payments", ".csv", _text(PAYMENTS), OF_TEXT, _payments),
        Reader("payments book", ".xlsx", lambda: (_book(PAYMENTS),), OF_BOOK, _payments),
        Reader("people", ".csv", _text(PEOPLE), OF_TEXT, _people),
        Reader("past evaluations", ".csv", _text(PAST), OF_TEXT, _past),
        Reader("past evaluations book", ".xlsx", lambda: (_book(PAST),), OF_BOOK, _past),
        Reader("form and pack", ".yaml", _forms, OF_YAML, _form),
        Reader("own playbook", ".yaml", _text(OWN_PLAYBOOK), OF_YAML, _playbook),
        Reader("scenario", ".yaml", _scenarios, OF_YAML, _scenario),
        Reader("settings", ".toml", lambda: ((ROOT / "coach.example.toml").read_bytes(),), OF_TEXT,
               _settings),
        Reader("upload facts", ".json", lambda: (json.dumps(QUERY).encode(),), (*OF_JSON,), _upload),
        Reader("addresses", ".txt", _questions, (odd_question, odd_question, odd_question, *OF_TEXT), _ask),
    )
}  # fmt: skip
