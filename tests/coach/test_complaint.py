"""The complaint file of an account: all of it, in order, with its sums; nobody's numbers; for who may."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from typer.testing import CliRunner

from coach import audit, drafting, drafts, keeping, reviews
from coach.account_file import account_file
from coach.cli import app
from coach.exporters.account_zip import account_zip
from coach.settings import Settings
from coach.store import Store
from coach.types import CoachError
from coach.viewers import HOUSE, Viewer
from rubrics.types import Verdict
from tests.coach.people import somebody
from tests.coach.review_people import keep_call
from tests.coach.test_drafts import drawn
from transcripts.types import CaseFacts, Contact, Recording

DAY = datetime(2026, 9, 14, 15, tzinfo=UTC)
LINES = """
    A[0-4]: ¿El señor Wilmer Chávez? Su vecino me dio el 987 654 321.
    D[4-6]: Sí, soy yo, mi correo es wilmer@example.com.
    A[6-10]: Si no paga lo vamos a embargar.
"""
HOSTILE = "=cmd|' /C calc'!A0 <b>x</b>"


@pytest.fixture
def kept(store: Store, settings: Settings, tmp_path: Path) -> Store:
    """Two judged calls of the account, the later taken in first, one that waits, and one of another."""
    somebody(store, "agent", "rosa", holds=("rosa",), team="Norte")
    sound = tmp_path / "a.wav"
    sound.write_bytes(b"RIFF sonido")
    later = {"call_started_at": DAY + timedelta(days=2), "debtor_name": "Wilmer Chávez"}
    keep_call(store, settings, "c-2", lines=LINES, failed=("no_threats",), account="77", audio=sound, **later)
    contacts = (datetime(2026, 9, 13, 12, tzinfo=UTC),)
    facts = CaseFacts(contacts=tuple(Contact(at, "visit", talked=True) for at in contacts))
    keep_call(store, settings, "c-1", account="77", call_started_at=DAY, agent=HOSTILE, facts=facts)
    keep_call(store, settings, "x-1", account="78", debtor_name="Otra Persona")
    store.add_recording(Recording("c-3", DAY + timedelta(days=3), account="77"))
    return store


def filed(store: Store, settings: Settings, viewer: Viewer = HOUSE, **more: Any) -> zipfile.ZipFile:
    out = io.BytesIO()
    account_zip(store, settings, viewer, "77", out, **more)
    return zipfile.ZipFile(out)


def lines(book: zipfile.ZipFile, name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in book.read(name).decode().splitlines()]


def paper(book: zipfile.ZipFile) -> str:
    pages = PdfReader(io.BytesIO(book.read("expediente.pdf"))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_all_calls_are_in_it_in_their_order(kept: Store, settings: Settings) -> None:
    book = filed(kept, settings)
    assert [line["id"] for line in lines(book, "veredictos.jsonl")] == ["c-1", "c-2"]
    assert "embargar" in book.read("transcripciones/002.txt").decode()
    assert len(lines(book, "transcripciones.jsonl")) == 2
    said = paper(book)
    for words in (
        "Expediente de la cuenta 77", "Titular: Wilmer Chávez", "Llamadas evaluadas: 2; sin evaluar: 1",
        "Contactos en el registro: 1", "por confirmar: 1", "Reglas de Perú", "Quién tuvo acceso", "cobranza@",
        HOSTILE,
    ):  # fmt: skip
        assert words in said, words
    assert "Otra Persona" not in said
    table = list(csv.reader(io.StringIO(book.read("llamadas.csv").decode("utf-8-sig"))))
    assert [row[1] for row in table[1:]] == ["c-1", "c-2", "c-3"]
    assert table[1][3] == f"'{HOSTILE}"
    assert b"visit" in book.read("contactos.csv")


def test_each_verdict_says_by_what_it_was_made(kept: Store, settings: Settings) -> None:
    (_, line) = lines(filed(kept, settings), "veredictos.jsonl")
    made = line["made_by"]
    assert isinstance(made, dict)
    assert made["nlp"] == "nlp-1"
    assert str(made["rubric"]).startswith("cobranza@")
    assert line["to_confirm"] == ["no_threats"]


def test_names_stay_and_numbers_do_not(kept: Store, settings: Settings) -> None:
    book = filed(kept, settings)
    whole = "".join(book.read(name).decode("utf-8", "replace") for name in book.namelist()) + paper(book)
    assert "Wilmer Chávez" in whole
    for theirs in ("987 654 321", "wilmer@example.com"):
        assert theirs not in whole


def test_nothing_of_the_machine_goes_out_with_it(kept: Store, settings: Settings, tmp_path: Path) -> None:
    book = filed(kept, settings, with_audio=True)
    folder = str(tmp_path).encode()
    assert not [name for name in book.namelist() if folder in book.read(name)]


def test_the_sums_are_those_of_the_parts(kept: Store, settings: Settings) -> None:
    book = filed(kept, settings, with_audio=True)
    sums = dict(reversed(line.split("  ", 1)) for line in book.read("SHA256SUMS.txt").decode().splitlines())
    assert sums.keys() == {*book.namelist()} - {"SHA256SUMS.txt"}
    for name, digest in sums.items():
        assert hashlib.sha256(book.read(name)).hexdigest() == digest
    assert book.read("audio/002.wav") == b"RIFF sonido"


def test_sound_only_where_asked(kept: Store, settings: Settings) -> None:
    assert not [name for name in filed(kept, settings).namelist() if name.startswith("audio")]


def test_reviews_and_accesses_are_in_it_and_the_file_itself_is_logged(
    kept: Store, settings: Settings
) -> None:
    ana = somebody(kept, "analyst", "ana")
    audit.seen(kept, ana, "hear", "call:c-2")
    drafts.open_review(kept, settings, ana, "c-2")
    reviews.finish(kept, settings, ana, "c-2")
    book = filed(kept, settings, ana)
    (review,) = lines(book, "revisiones.jsonl")
    assert (review["id"], review["reviewer"]) == ("c-2", ana.name)
    rows = list(csv.DictReader(io.StringIO(book.read("accesos.csv").decode("utf-8-sig"))))
    assert ("ana", "hear", "call:c-2") in {(row["usuario"], row["accion"], row["de_que"]) for row in rows}
    told = {entry.subject for entry in audit.entries(kept, HOUSE, login="ana", action="export").rows}
    assert told == {"account", "call:c-1", "call:c-2"}
    assert b"account" not in book.read("accesos.csv")
    again = filed(kept, settings, ana).read("accesos.csv").decode()
    assert "export,call:c-1" in again


def test_nobody_signs_what_another_said(kept: Store, settings: Settings) -> None:
    ana, ines = somebody(kept, "analyst", "ana"), somebody(kept, "analyst", "ines")
    drafts.open_review(kept, settings, ana, "c-2")
    drafting.judge(kept, ana, "c-2", "empathy", "fail", "No lo reconoce.")
    drafting.judge(kept, ana, "c-2", "firm", "pass")
    drafting.relabel(kept, ana, "c-2", 1, None, "no_money")
    drafting.note(kept, ana, "c-2", "Buen trato; falta cerrar con fecha.")
    reviews.finish(kept, settings, ana, "c-2")
    reviews.override(kept, settings, ines, "c-2", "firm", "na", "No hubo a quién pedirle.")
    reviews.override(kept, settings, ana, "c-2", "empathy", "fail", "No lo reconoce.")
    call = kept.call("c-2")
    kept.save(replace(call, scorecard=replace(call.scorecard, points_low=0.0)), "nlp-2")  # judged anew
    keeping.catch_up(kept, settings)
    first, second, third = lines(filed(kept, settings), "revisiones.jsonl")
    assert (first["reviewer"], second["reviewer"], third["reviewer"]) == (ana.name, ines.name, ana.name)
    assert [one["criterion"] for one in first["overrides"]] == ["empathy", "firm"]
    assert (first["notes"], len(first["relabels"])) == ("Buen trato; falta cerrar con fecha.", 1)
    assert [(one["criterion"], one["outcome"]) for one in second["overrides"]] == [("firm", "na")]
    assert (second["notes"], second["relabels"]) == ("", [])
    assert [one["criterion"] for one in third["overrides"]] == ["empathy"]


def test_each_takes_what_they_reach(kept: Store, settings: Settings) -> None:
    filed(kept, settings, somebody(kept, "lead", "jefa", leads="Norte"))
    for viewer in (
        somebody(kept, "lead", "otra", leads="Sur"),
        somebody(kept, "agent", "rosa"),
        somebody(kept, "trainer"),
        somebody(kept, "auditor"),
    ):
        with pytest.raises(CoachError, match=r"permiso|a su alcance"):
            account_file(kept, settings, viewer, "77")


@pytest.mark.parametrize("account", ["7", "", " ", "%", "77'--"])
def test_nothing_found_says_so(kept: Store, settings: Settings, account: str) -> None:
    with pytest.raises(CoachError, match="no hay ninguna llamada"):
        account_file(kept, settings, HOUSE, account)


def test_who_reviews_blind_waits(kept: Store, settings: Settings) -> None:
    ana = somebody(kept, "analyst", "ana")
    drawn(kept, blind=True, recording_id="c-1")
    drafts.open_review(kept, settings, ana, "c-1")
    with pytest.raises(CoachError, match="a ciegas"):
        account_file(kept, settings, ana, "77")


def test_from_the_terminal(kept: Store, settings: Settings, tmp_path: Path) -> None:
    environment = {"COACH_DATA_DIR": str(settings.data_dir), "COACH_CONFIG": ""}
    out = tmp_path / "queja.zip"
    done = CliRunner().invoke(app, ["complaint", "77", "-o", str(out), "--language", "en"], env=environment)
    assert out.stat().st_mode & 0o077 == 0
    assert done.exit_code == 0, done.output
    assert "File of account 77" in paper(zipfile.ZipFile(out))
    none = tmp_path / "nada.zip"
    done = CliRunner().invoke(app, ["complaint", "99", "-o", str(none)], env=environment)
    assert (done.exit_code, "99" in done.output) == (2, True)
    assert [path.name for path in tmp_path.glob("nada*")] == []


def test_what_people_decided_is_told_with_their_word(kept: Store, settings: Settings) -> None:
    """A failure that counts, a critical one that was dismissed; what waits and voids nothing is to review."""
    ana = somebody(kept, "analyst", "ana")
    call = kept.call("c-2")
    waits = Verdict("fail", "No avisa que se graba.", needs_review=True)
    card = replace(call.scorecard, pack="pe@1+0123456789ab", pack_verdicts={"old_rule": waits})
    kept.save(replace(call, scorecard=card))
    before = paper(filed(kept, settings))
    assert "Sin amenazas (por confirmar)" in before
    assert "Empatía" not in before
    drafts.open_review(kept, settings, ana, "c-2")
    drafting.judge(kept, ana, "c-2", "empathy", "fail", "No lo reconoce.")
    drafting.judge(kept, ana, "c-2", "no_threats", "pass", "Solo informa del proceso.")
    reviews.finish(kept, settings, ana, "c-2")
    said = paper(filed(kept, settings))
    assert "Llamada 2: Empatía (decidido por una persona) No lo reconoce." in said
    assert "Llamada 2: Sin amenazas (descartada por una persona) Solo informa del proceso." in said
    assert "(por revisar) No avisa que se graba." in said
    assert "por confirmar)" not in said
    assert "dismissed by a person" in paper(filed(kept, settings, language="en"))


def test_a_rule_that_is_none_any_more_is_told_as_such(kept: Store, settings: Settings) -> None:
    call = kept.call("c-2")
    fail = Verdict("fail", "No avisa que se graba.")
    verdicts = {**call.scorecard.pack_verdicts, "old_rule": fail}
    card = replace(call.scorecard, pack="pe@1+0123456789ab", pack_verdicts=verdicts)
    kept.save(replace(call, scorecard=card))
    said = paper(filed(kept, settings))
    assert "Llamada 2: Old rule (consejo) (según el sistema)" in said
    assert "Old rule Ya no está en las reglas del país. —" in said
    assert "No longer one of the country's rules." in paper(filed(kept, settings, language="en"))
    told = lines(filed(kept, settings), "veredictos.jsonl")[1]["verdicts"]["old_rule"]  # type: ignore[index]
    assert told["certainty"] is None
