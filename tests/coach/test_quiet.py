"""No log holds words of a call: a call goes the whole way, well and badly, with everything written down."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import SQLAlchemyError

from coach import imports, pipeline, quiet, worker
from coach.call_facts import facts_of_source
from coach.intake import accept
from coach.schema import recordings
from coach.settings import Settings
from coach.store import Store
from coach.types import CoachError
from transcripts.types import Recording

SAID = (
    ("Agente", "Buenos días, le saluda Rosa Quispe, de Caja Los Sauces. ¿El señor Wilmer Chávez?"),
    ("Deudor", "Sí, con él. Mi tarjeta es 4111 1111 1111 1111 y tengo un murciélago."),
    ("Agente", "Debe doscientos cuarenta soles de la cuenta 559081771."),
    ("Deudor", "No tengo dinero, señorita, me pagan el viernes."),
)
HIDDEN = (
    "Wilmer",
    "Chávez",
    "4111 1111",
    "41111111",
    "559081771",
    "murciélago",
    "No tengo dinero",
    "Los Sauces",
)


@pytest.fixture
def written(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """Everything that any library logs from now on."""
    factory = logging.getLogRecordFactory()
    quiet.install()
    with caplog.at_level(logging.DEBUG):
        logging.getLogger("sqlalchemy.engine").setLevel(logging.DEBUG)
        yield caplog
        logging.getLogger("sqlalchemy.engine").setLevel(logging.NOTSET)
    logging.setLogRecordFactory(factory)


def test_a_call_that_goes_the_whole_way_leaves_no_word_in_any_log(
    written: pytest.LogCaptureFixture, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store.open(settings)  # opened while everything is logged: the engine tells of each statement
    file = tmp_path / "559081771 Wilmer Chávez.txt"
    file.write_text("\n".join(f"{who}: {text}" for who, text in SAID), encoding="utf-8")
    judge = pipeline.judge_with(settings)
    (done,) = imports.import_files(store, settings, [file], judge, facts_of_source(settings, None))
    assert done[1] == ""
    assert any(turn.text == SAID[3][1] for turn in store.call(done[0]).transcript.turns)

    def broken(transcript: Any, settings: Any) -> None:
        raise ValueError(f"cannot read {SAID[1][1]}")

    audio = tmp_path / "559081771 Wilmer Chávez.wav"
    audio.write_bytes(b"RIFF")
    heard = store.call(done[0]).transcript
    monkeypatch.setattr(pipeline, "hear", lambda *_, **__: heard)
    monkeypatch.setattr(pipeline, "judge", broken)
    accept(store, audio, Recording(""))
    worker.drain(store, settings)
    with pytest.raises(SQLAlchemyError) as told, store.writing() as connection:
        connection.execute(insert(recordings).values(id=done[0], body=SAID[1][1], demo=False))
    logging.getLogger("coach").error("at the store", exc_info=told.value)
    store.close()

    assert "sqlalchemy.engine" in written.text
    assert "ValueError" in written.text
    assert "in broken" in written.text
    for hidden in HIDDEN:
        assert hidden not in written.text, hidden
    assert "murciélago" not in str(told.value)


def test_our_own_errors_still_say_what_to_do(written: pytest.LogCaptureFixture) -> None:
    error = CoachError("cuenta 55-9081-7712: revise ana@ejemplo.mx y «No tengo dinero, señorita, mañana».")
    logging.getLogger("coach").error("chore 3", exc_info=error)
    assert "chore 3" in written.text
    assert "CoachError: cuenta [dato]: revise [correo] y «…»." in written.text


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (
            '127.0.0.1:59510 - "GET /call?call=559081771_wilmer HTTP/1.1" 200',
            '127.0.0.1:59510 - "GET /call" 200',
        ),
        (
            '10.0.4.17:59510 - "GET /audio/wilmer-chavez_559081771.wav HTTP/1.1" 200',
            '[dato] - "GET /audio/…" 200',  # the browser of somebody who works here
        ),
        ('"GET /api/v1/scorecards/wilmer HTTP/1.1" 200', '"GET /api/v1/scorecards/…" 200'),
        ('"WebSocket /_stcore/stream" [accepted]', '"WebSocket /_stcore/stream" [accepted]'),
        ("10.0.0.1:59510 - accepted", "[dato] - accepted"),
        ("Uvicorn running on http://0.0.0.0:8722", "Uvicorn running on http://0.0.0.0:8722"),
        ("Uvicorn running on http://127.0.0.1:8722", "Uvicorn running on http://127.0.0.1:8722"),
        (
            "GET https://models.example/resolve/0123456789abcdef0123456789abcdef01234567/model.bin",
            "GET https://models.example/resolve/0123456789abcdef0123456789abcdef01234567/model.bin",
        ),
    ],
)
def test_addresses_of_this_machine_paths_and_digests_stay(said: str, kept: str) -> None:
    assert quiet.without_words(said) == kept


@pytest.mark.parametrize(
    "said",
    [
        "127.0.0.15590",  # no address
        "10.123.456.789",
        "10.45.67.89 llamó",  # a telephone looks like it where no port is named
        "tarjeta 4111111111111111",
        "12345678901234567890123456789012",  # as long as a digest, without a letter
        "127.0.0.1-559081771",
        '"GET /559081771 HTTP/1.1 y más texto"',
        "'No tengo dinero, dice 127.0.0.1, señorita'",
    ],
)
def test_what_only_looks_like_one_goes(said: str) -> None:
    shown = quiet.without_words(said)
    assert "[dato]" in shown or "«…»" in shown
    assert not re.search(r"\d{7}|559|dinero|4111|10\.45", shown)
