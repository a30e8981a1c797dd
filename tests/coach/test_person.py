"""One person's data: a copy on request, and an erasure that leaves no word, no sound and no name."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import String, func, insert, select

from coach import (  # noqa: F401 - to know all tables
    aside,
    audit,
    backups,
    backups_kept,
    bodies,
    database,
    erasures,
    holds,
    legs,
    peaks,
    person_copy,
    person_erase,
    queries,
    retention,
    saving,
    schema_chores,
    schema_draws,
    schema_lists,
    schema_out,
    typed_beside,
)
from coach import jobs as job_list
from coach.erasure_report import _NAMES, report, summary
from coach.exporters.account_zip import account_zip
from coach.ingest import Watched
from coach.intake import accept
from coach.personal import EXCUSED, FILES, TABLES
from coach.pipeline import rubric_of
from coach.retention import Rule
from coach.rows import CallFilter
from coach.schema import jobs, metadata, recordings, reviews, transcripts
from coach.schema_legs import legs as leg_table
from coach.schema_month import adjustments, unread_payments
from coach.schema_people import audit as log
from coach.settings import Settings
from coach.store import Store
from coach.types import CoachError
from coach.viewers import HOUSE
from nlp.types import Promise
from tests.coach.privacy import ACCOUNT, CARD, LINES, NAME, SECRET, hum, keep, keep_all
from tests.coach.review_people import keep_call, person
from tests.coach.typed import typed_everywhere
from transcripts.types import CaseFacts, Quote, Recording, Transcript, Turn

BACKUPS = Path("none")


def everything(store: Store) -> str:
    """All that is kept, as one text: every value of every row, every name and content of every file."""
    parts = []
    with store.reading() as connection:
        for table in metadata.sorted_tables:
            parts += [f"{table.name}: {tuple(row)}" for row in connection.execute(select(table))]
    for path in sorted(store.data_dir.rglob("*")):
        if path.is_file() and not path.name.startswith("temple.db"):
            parts.append(
                f"{path.relative_to(store.data_dir)}: {path.read_bytes()[:4000].decode(errors='replace')}"
            )
    return "\n".join(parts)


def test_every_table_with_text_in_it_is_in_the_inventory() -> None:
    with_text = {
        table.name
        for table in metadata.sorted_tables
        if any(isinstance(column.type, String) for column in table.columns)
    }
    assert with_text - TABLES.keys() - EXCUSED.keys() == set()
    assert (TABLES.keys() | EXCUSED.keys()) - {table.name for table in metadata.sorted_tables} == set()
    assert not TABLES.keys() & EXCUSED.keys()
    assert all(one.why for one in TABLES.values() if one.erased == "kept")


def test_a_copy_holds_all_calls_with_words_verdicts_accesses_and_sound(
    store: Store, settings: Settings, tmp_path: Path
) -> None:
    keep_all(store, settings)
    keep(store, settings, "otra-persona", account="77-1")
    out = tmp_path / "copia.zip"
    assert person_copy.copy(store, settings, HOUSE, ACCOUNT, out) == 1
    assert out.stat().st_mode & 0o077 == 0
    with zipfile.ZipFile(out) as archive:
        names = set(archive.namelist())
        folder = "llamada-001"
        texts = ("datos.txt", "transcripcion.txt", "evaluacion.txt", "accesos.csv", "audio.wav")
        assert {f"{folder}/{name}" for name in texts} | {"indice.txt", "pagos.csv"} == names
        read = {name: archive.read(name).decode() for name in names if not name.endswith(".wav")}
    assert {name for name in read if read[name].startswith("\ufeff")} == {
        name for name in read if name.endswith(".csv")
    }
    assert f"Titular: {NAME}" in read[f"{folder}/datos.txt"]
    assert f"Titular: Es {CARD}." in read[f"{folder}/transcripcion.txt"]
    assert "Porque sí." in read[f"{folder}/evaluacion.txt"]
    assert "eva,see" in read[f"{folder}/accesos.csv"]
    assert "otra-persona" not in "".join(read.values())
    assert [e.action for e in audit.entries(store, HOUSE, subject="person").rows] == ["person.copy"]


def test_a_copy_tells_of_payments_that_nobody_could_read(
    store: Store, settings: Settings, tmp_path: Path
) -> None:
    line = {"account": ACCOUNT, "first_on": date(2026, 10, 15), "last_on": date(2026, 10, 15)}
    with store.writing() as connection:
        connection.execute(insert(unread_payments), [line, {**line, "account": "77-1"}])
    person_copy.copy(store, settings, HOUSE, ACCOUNT, tmp_path / "copia.zip")
    with zipfile.ZipFile(tmp_path / "copia.zip") as archive:
        told = archive.read("pagos-sin-leer.csv").decode("utf-8-sig").split()
    assert told == ["desde,hasta", "2026-10-15,2026-10-15"]


@pytest.mark.parametrize(("held", "shown"), [(True, "Rosa"), (False, "rosa")])
def test_papers_name_who_held_the_login_that_day(
    store: Store, settings: Settings, tmp_path: Path, held: bool, shown: str
) -> None:
    """As the lists do; where nobody is known to have held it, the login."""
    keep(store, settings, agent=None)
    if held:
        person(store, "rosa", "agent")
    person_copy.copy(store, settings, HOUSE, ACCOUNT, tmp_path / "copia.zip")
    with zipfile.ZipFile(tmp_path / "copia.zip") as archive:
        assert f"Agente: {shown}\n" in archive.read("llamada-001/datos.txt").decode()
    account_zip(store, settings, HOUSE, ACCOUNT, tmp_path / "caso.zip")
    with zipfile.ZipFile(tmp_path / "caso.zip") as archive:
        (calls,) = [name for name in archive.namelist() if "llamadas" in name and name.endswith(".csv")]
        assert f",{shown}," in archive.read(calls).decode("utf-8-sig").replace(";", ",")


def test_a_copy_tells_what_the_scorecard_shows(store: Store, settings: Settings, tmp_path: Path) -> None:
    """Neither a doubt nor a critical failure that nobody confirmed is a plain verdict."""
    store.count_all = False
    keep(store, settings, failed=("no_threats",), waiting=("courteous",))
    person_copy.copy(store, settings, HOUSE, ACCOUNT, tmp_path / "copia.zip")
    with zipfile.ZipFile(tmp_path / "copia.zip") as archive:
        told = archive.read("llamada-001/evaluacion.txt").decode()
    form = {one.id: one.label for one in rubric_of(settings).criteria}
    assert told.startswith("Sin puntos: los criterios son solo sugerencia todavía.")
    assert f"{form['no_threats']}: posible falta crítica, por confirmar por una persona." in told
    assert f"{form['courteous']}: por revisar por una persona (por ahora: cumple)." in told


def test_a_copy_tells_the_promise_as_it_was_understood_last(
    store: Store, settings: Settings, tmp_path: Path
) -> None:
    call = keep(store, settings)
    for amount, day, version in (("240", None, "nlp-2"), ("250", date(2026, 9, 18), "nlp-3")):
        promise = Promise(Quote(5, 0, 2, "Sí"), Decimal(amount), "PEN", day)
        store.save(replace(call, findings=replace(call.findings, promise=promise)), version)
    person_copy.copy(store, settings, HOUSE, ACCOUNT, tmp_path / "copia.zip")
    with zipfile.ZipFile(tmp_path / "copia.zip") as archive:
        told = archive.read("llamada-001/datos.txt").decode()
    assert [line for line in told.splitlines() if "Promesa" in line] == [
        "Promesa de pago: 250.00 PEN, para el 2026-09-18"
    ]
    unsure = replace(promise, probability=0.4)
    store.save(replace(call, findings=replace(call.findings, promise=unsure)), "nlp-4")
    person_copy.copy(store, settings, HOUSE, ACCOUNT, tmp_path / "copia.zip")
    with zipfile.ZipFile(tmp_path / "copia.zip") as archive:
        told = archive.read("llamada-001/datos.txt").decode()
    assert "2026-09-18, por confirmar: no es seguro que se haya acordado\n" in told


def test_the_proof_lists_what_the_rehearsal_did(store: Store, settings: Settings) -> None:
    call = keep_all(store, settings)
    promise = Promise(Quote(5, 0, 2, "Sí"), Decimal("240"), "PEN")
    store.save(replace(call, findings=replace(call.findings, promise=promise)), "nlp-2")
    tried = report(person_erase.planned(store, HOUSE, ACCOUNT, BACKUPS))
    done = report(person_erase.erase(store, HOUSE, ACCOUNT, BACKUPS))
    kinds = [name for name in _NAMES.values() if name in tried]
    assert "cuenta en las promesas de pago" in kinds
    assert [name for name in kinds if name not in done] == []


def put_aside(store: Store, name: str, why: str = "está dañado") -> tuple[Path, Path]:
    folder = store.data_dir / "quarantine"
    folder.mkdir(exist_ok=True)
    path, note = folder / name, folder / f"{name}.motivo.txt"
    path.write_bytes(b"x")
    note.write_text(f"{why}\n", encoding="utf-8")
    return path, note


def test_what_nobody_could_read_goes_where_it_names_the_account(store: Store) -> None:
    """No call is here: the files in the quarantine are all that there is."""
    named = put_aside(store, f"ext201_{ACCOUNT}_20250925.wav")
    told = put_aside(store, "x.json", f"x.json: cuenta {ACCOUNT}: no es una transcripción")
    other = put_aside(store, f"ext201_{ACCOUNT}9_20250925.wav")
    plan = person_erase.planned(store, HOUSE, ACCOUNT)
    assert set(plan.aside) == {*named, *told}
    assert named[0].name in report(plan)
    made = person_erase.erase(store, HOUSE, ACCOUNT)
    assert ACCOUNT not in report(made)
    assert "archivos apartados porque no se pudieron leer, con su motivo: 4" in report(made)
    assert [path.exists() for path in (*named, *told, *other)] == [False] * 4 + [True] * 2


@pytest.mark.parametrize(("file", "name"), [("ana_{}", "ana"), ("{}_20251008", "20251008")])
def test_an_erasure_leaves_what_others_have_in_the_quarantine(
    store: Store, settings: Settings, file: str, name: str
) -> None:
    """An id out of a file's name holds no account: it may be the agent's login alone, or the day."""
    keep(store, settings, name)
    audio = store.data_dir / "audio" / f"{file.format(ACCOUNT)}.wav"
    (store.data_dir / "audio" / f"{name}.wav").rename(audio)
    store.update_recording(replace(store.recording(name), audio=audio))
    its = put_aside(store, f"{audio.stem}.json")
    others = [
        put_aside(
            store, f"{file.format('77-1')}.wav", f"{name}: está dañado\n\nEstaba en: /x/{ACCOUNT}/y.wav"
        ),
        put_aside(store, f"{name}_x.wav"),
        put_aside(store, "y.wav", f"y.wav: está dañado\n\nEstaba en: /grabaciones/{ACCOUNT}/{name}/y.wav"),
    ]
    assert person_erase.planned(store, HOUSE, ACCOUNT).aside == its
    person_erase.erase(store, HOUSE, ACCOUNT)
    assert [path.exists() for path in its] == [False, False]
    assert all(path.exists() for pair in others for path in pair)


def test_what_bears_the_name_of_a_recording_goes_with_it(store: Store, settings: Settings) -> None:
    call = keep(store, settings, "rec-9")
    its, other = put_aside(store, "REC-9.json"), put_aside(store, "rec-9-b.json")
    assert person_erase.planned(store, HOUSE, ACCOUNT).aside == its
    assert call.id == "rec-9"
    assert all(path.exists() for path in other)


def test_what_was_put_aside_in_another_folder_is_named(store: Store, tmp_path: Path) -> None:
    elsewhere, data_dir = tmp_path / "apartados", store.data_dir
    aside.remember(data_dir, elsewhere)
    aside.remember(data_dir, elsewhere)
    aside.remember(data_dir, data_dir / aside.FOLDER)
    assert aside.folders(data_dir) == (data_dir / aside.FOLDER, elsewhere)
    elsewhere.mkdir()
    its = elsewhere / f"{ACCOUNT}.wav"
    its.write_bytes(b"x")
    (elsewhere / "x.wav").write_bytes(b"x")
    assert person_erase.planned(store, HOUSE, ACCOUNT).left == (its,)
    made = person_erase.erase(store, HOUSE, ACCOUNT)
    assert (made.left, its.exists()) == ((its,), True)
    assert str(its) in report(made)


def test_a_table_beside_the_recordings_is_named(store: Store, settings: Settings, tmp_path: Path) -> None:
    inbox = tmp_path / "grabaciones"
    (inbox / "sep").mkdir(parents=True)
    audio = inbox / "sep" / "a.wav"
    hum(audio, 1.0)
    table, other = inbox / "llamadas.csv", inbox / "otras.csv"
    table.write_text(f"id;cuenta\na;{ACCOUNT}\n", encoding="utf-8")
    other.write_text(f"id;cuenta\nb;{ACCOUNT}9\n", encoding="utf-8")
    call = keep(store, settings)
    store.update_recording(replace(store.recording(call.id), audio=audio))
    made = person_erase.erase(store, HOUSE, ACCOUNT)
    assert (made.left, made.tables) == ((audio,), (table,))
    assert "quite de ellos sus filas" in report(made)
    assert summary(made).endswith(
        "Queda por hacer a mano: archivos fuera de la carpeta de datos: 1, "
        "archivos de datos con sus filas: 1. Vea el informe."
    )


def test_a_table_that_was_taken_in_far_from_the_recordings_is_named(
    store: Store, settings: Settings, tmp_path: Path
) -> None:
    inbox = tmp_path / "vigilada"
    inbox.mkdir()
    table = inbox / "datos.csv"
    table.write_text(f"id;cuenta\na;{ACCOUNT}\n", encoding="utf-8")
    Watched(store, settings, [inbox], settled_s=0.0).look()
    keep(store, settings)
    assert person_erase.planned(store, HOUSE, ACCOUNT).tables == (table,)


def test_a_table_that_knows_the_call_by_its_id_is_named(
    store: Store, settings: Settings, tmp_path: Path
) -> None:
    inbox = tmp_path / "vigilada"
    inbox.mkdir()
    its = "rosa_20261120-143000"
    keep_call(store, settings, its, account=ACCOUNT)
    table, other = inbox / "datos.csv", inbox / "otros.csv"
    table.write_text(f"id;titular\n{its};Luis Pérez\n", encoding="utf-8")
    other.write_text("id;titular\nrosa_20261120-150000;Luis Pérez\n", encoding="utf-8")
    Watched(store, settings, [inbox], settled_s=0.0).look()
    assert person_erase.planned(store, HOUSE, ACCOUNT).tables == (table,)


def test_backups_are_looked_for_where_they_were_made(
    store: Store, settings: Settings, tmp_path: Path
) -> None:
    keep(store, settings)
    assert f"ninguna en {store.data_dir / 'backups'}" in report(person_erase.planned(store, HOUSE, ACCOUNT))
    elsewhere = tmp_path / "copias"
    backups_kept.remember(store.data_dir, elsewhere)
    backups_kept.remember(store.data_dir, elsewhere)
    backups.make(store, settings, elsewhere, now=datetime(2026, 1, 1, tzinfo=UTC))
    plan = person_erase.planned(store, HOUSE, ACCOUNT)
    assert plan.looked == (store.data_dir / "backups", elsewhere)
    assert f"{elsewhere / 'temple-20260101-000000.zip'}: se conserva hasta 2026-01-31" in report(plan)


def test_a_dry_run_says_what_would_go_and_changes_nothing(store: Store, settings: Settings) -> None:
    keep_all(store, settings)
    before = everything(store)
    plan = person_erase.planned(store, HOUSE, ACCOUNT, BACKUPS)
    assert everything(store) == before
    assert (plan.done, plan.calls, plan.rows["payments"], plan.rows["best_answers"]) == (False, 1, 1, 1)
    assert {path.parent.name for path in plan.files} == {"audio", "gold"}
    assert "Se borraría" in report(plan)


def test_after_an_erasure_no_word_no_name_no_account_is_anywhere(store: Store, settings: Settings) -> None:
    keep_all(store, settings)
    points = queries.summary(store, HOUSE).points.value
    for said in (ACCOUNT, NAME, SECRET, "murcielag"):
        assert said in everything(store), said

    made = person_erase.erase(store, HOUSE, ACCOUNT, BACKUPS)

    left = everything(store)
    for said in (ACCOUNT, "Chávez", "chavez", CARD, CARD.replace(" ", ""), SECRET, "murcielag"):
        assert said not in left, said
    assert not list((store.data_dir / "audio").iterdir())
    assert made.calls == 1
    assert "Se borró:" in report(made)
    assert ACCOUNT not in report(made)
    assert NAME not in report(made)
    # the numbers stay, and the call can still be opened
    assert queries.summary(store, HOUSE).points.value == points
    (row,) = queries.calls(store, HOUSE).rows
    assert row.id.startswith("borrada-")
    assert row.debtor_name is None
    assert not row.has_audio
    call = queries.call(store, HOUSE, row.id)
    assert call.transcript.turns == ()
    assert call.scorecard.verdicts["empathy"].outcome == "fail"
    assert call.review is not None
    assert call.review.overrides[0].outcome == "pass"
    with store.reading() as connection:
        seen = connection.execute(select(log.c.action).where(log.c.subject == f"call:{row.id}")).scalars()
        assert "see" in list(seen)


def tables_with(store: Store, word: str) -> set[str]:
    return {line.partition(":")[0] for line in everything(store).splitlines() if word in line}


@pytest.mark.parametrize("why", ["person", "words", "call"])
def test_what_people_typed_about_a_call_goes_by_whichever_door_it_came(
    store: Store, settings: Settings, why: str
) -> None:
    """On request, by the age of the words and by that of the whole call; that it was done stays."""
    word = "otorrinolaringólogo"
    typed_everywhere(store, settings, word)
    assert tables_with(store, word) == {
        "adjustments", "audit", "calibration_drafts", "calibration_scores", "clips", "comments",
        "critical_steps", "disputes", "drafts", "legal_holds", "reviews",
    }  # fmt: skip
    if why == "person":
        person_erase.erase(store, HOUSE, ACCOUNT, BACKUPS)
    else:
        rule = Rule(transcript_days=30) if why == "words" else Rule(score_months=1)
        retention.put(store, HOUSE, rule)
        retention.run(store, HOUSE, now=datetime(2026, 12, 15, tzinfo=UTC))
    assert tables_with(store, word) == set()
    left = [(entry.action, entry.detail["why"]) for entry in audit.entries(store, HOUSE, action="drop").rows]
    assert left == [("drop", "")]
    with store.reading() as connection:
        assert connection.execute(select(adjustments.c.points, adjustments.c.reason)).all() == [
            (1.0, typed_beside.GONE)
        ]


@pytest.mark.sqlite
def test_the_files_of_the_database_hold_no_erased_word_either(store: Store, settings: Settings) -> None:
    keep_all(store, settings)

    def files() -> bytes:
        return b"".join(path.read_bytes() for path in store.data_dir.glob("temple.db*"))

    said = [word.encode() for word in (SECRET, "murcielag", NAME, ACCOUNT)]
    assert [word for word in said if word not in files()] == []
    person_erase.erase(store, HOUSE, ACCOUNT, BACKUPS)
    assert [word for word in said if word in files()] == []


def test_only_that_person_is_erased(store: Store, settings: Settings) -> None:
    keep(store, settings)
    other = keep(store, settings, "otra-persona", account="77-1", debtor_name="Ana Paz")
    person_erase.erase(store, HOUSE, ACCOUNT, BACKUPS)
    assert store.call(other.id).transcript.turns
    audio = store.recording(other.id).audio
    assert audio is not None
    assert audio.is_file()
    assert [row.id for row in queries.calls(store, HOUSE, CallFilter(text="murciélago")).rows] == [other.id]


def test_calls_that_bear_the_account_only_in_their_name_are_named_to_be_confirmed(
    store: Store, settings: Settings
) -> None:
    call = keep(store, settings)
    bare = ("55 9081 7712 martes", "rosa_5590817712", "55-9081-77123", "otra")  # the last two are not meant
    for name in bare:
        store.add_recording(Recording(name))
    store.add_recording(Recording(f"{ACCOUNT}-ajena", account="77-1"))  # known to be another person's
    store.add_recording(Recording("subida"))
    job_list.submit(store, "subida", f"x_{ACCOUNT}.wav")
    tried = person_erase.planned(store, HOUSE, ACCOUNT, BACKUPS)
    assert tried.named == ("55 9081 7712 martes", "rosa_5590817712", "subida")
    assert tried.calls == 1
    assert "  - rosa_5590817712" in report(tried)
    assert "coach import --manifest" in report(tried)
    done = person_erase.erase(store, HOUSE, ACCOUNT, BACKUPS)
    assert "sin que conste que sean suyas: 3" in report(done)
    assert "rosa_5590817712" not in report(done)  # it is kept as proof
    assert "llamadas que llevan la cuenta solo en su nombre: 3" in summary(done)
    assert not store.has(call.id)
    assert store.has("rosa_5590817712")


def test_a_hold_forbids_it_with_a_reason(store: Store, settings: Settings) -> None:
    call = keep(store, settings)
    number = holds.place(store, HOUSE, "account", ACCOUNT, "Juicio 12/2026")
    with pytest.raises(CoachError, match=f"retención legal {number}: Juicio 12/2026"):
        person_erase.erase(store, HOUSE, ACCOUNT, BACKUPS)
    assert store.call(call.id).transcript.turns
    assert not (store.data_dir / erasures.NAME).exists()
    holds.lift(store, HOUSE, number)
    assert person_erase.erase(store, HOUSE, ACCOUNT, BACKUPS).done


def test_an_account_that_nobody_knows_is_told(store: Store, settings: Settings) -> None:
    keep(store, settings)
    for account in ("99-9", "", "  "):
        with pytest.raises(CoachError, match="no hay nada de esta cuenta"):
            person_erase.planned(store, HOUSE, account, BACKUPS)


def test_what_a_restored_backup_brings_back_is_erased_again(store: Store, settings: Settings) -> None:
    keep(store, settings)
    person_erase.erase(store, HOUSE, ACCOUNT, BACKUPS)
    ledger = (store.data_dir / erasures.NAME).read_text()
    assert ACCOUNT not in ledger
    assert person_erase.erase_again(store, HOUSE, BACKUPS) == ((), ())
    keep(store, settings, "de-la-copia")
    keep(store, settings, "otra-persona", account="77-1")
    done, failed = person_erase.erase_again(store, HOUSE, BACKUPS)
    assert [one.calls for one in done] == [1]
    assert not failed
    with store.reading() as connection:
        accounts = connection.execute(select(recordings.c.account)).scalars().all()
    assert sorted(filter(None, accounts)) == ["77-1"]


def test_the_report_says_until_when_backups_hold_it(store: Store, settings: Settings, tmp_path: Path) -> None:
    keep(store, settings)
    with zipfile.ZipFile(tmp_path / "temple-1.zip", "w") as archive:
        told = {"made_at": "2026-01-01T00:00:00+00:00", "kept_until": "2027-01-01"}
        archive.writestr("manifest.json", json.dumps(told))
    (tmp_path / "notas.txt").write_text("nada")
    (tmp_path / "roto.zip").write_bytes(b"PK\x03\x04")
    text = report(person_erase.planned(store, HOUSE, ACCOUNT, tmp_path))
    assert "temple-1.zip: se conserva hasta 2027-01-01" in text
    assert "Después del 2027-01-01 ninguna copia lo contiene." in text
    assert "notas.txt" not in text


def test_an_erased_call_is_not_judged_again(store: Store, settings: Settings) -> None:
    call = keep(store, settings)
    person_erase.erase(store, HOUSE, ACCOUNT, BACKUPS)
    (row,) = queries.calls(store, HOUSE).rows
    erased = store.call(row.id)
    with store.writing() as connection:
        assert not saving.rejudge(connection, store, erased)
    assert store.wordless(row.id)
    with pytest.raises(CoachError, match="su texto se borró"):
        store.save(erased)
    assert (
        store.id_of(hashlib.sha256(call.id.encode()).hexdigest()) == row.id
    )  # the same file again is known, and stays out


def test_older_transcripts_and_reviews_are_emptied_too(store: Store, settings: Settings) -> None:
    call = keep_all(store, settings)
    store.save(call, "nlp-2")
    person_erase.erase(store, HOUSE, ACCOUNT, BACKUPS)
    with store.reading() as connection:
        for body in connection.execute(select(transcripts.c.body)).scalars():
            assert '"turns":[]' in body
        for body in connection.execute(select(reviews.c.body)).scalars():
            assert bodies.read_review(body).notes == ""
        assert connection.execute(select(func.count()).select_from(recordings)).scalar() == 1


def test_every_folder_that_the_data_folder_gets_is_in_the_inventory(store: Store, settings: Settings) -> None:
    call = keep_all(store, settings)
    peaks.prepare(store, store.recording(call.id))
    known = {name.rstrip("/") for name in FILES}
    there = {path.name for path in store.data_dir.iterdir() if not path.name.startswith((".", "temple.db"))}
    assert {"audio", "gold", "peaks"} <= there <= known


@pytest.mark.parametrize("joined", [True, False])
def test_a_transferred_call_is_erased_with_all_its_legs(store: Store, joined: bool) -> None:
    """Only the second leg carries the account, both the name; what they share is made of the account too."""
    shared = f"{ACCOUNT}-x"
    for leg in (1, 2):
        store.add_recording(
            Recording(
                f"tramo-{leg}", date(2026, 9, 14), debtor_name=NAME, account=ACCOUNT if leg == 2 else None,
                facts=CaseFacts(product="tarjeta oro"), linked_id=shared, leg=leg, legs=2 if joined else 3,
            )
        )  # fmt: skip
        turn = Turn("debtor", f"Soy {NAME}, tengo un {SECRET}.", 0.0, 2.0)
        store.save_transcript(Transcript(store.recording(f"tramo-{leg}"), (turn,)))
    store.add_recording(Recording("ajeno", linked_id=shared, source="otra", debtor_name="Ana Paz"))
    if joined:
        (one,) = legs.settle(store, Settings(data_dir=store.data_dir))
        heard = [store.transcript(name) for name in ("tramo-1", "tramo-2")]
        store.save_transcript(legs.whole(store, one.recording_id, [t for t in heard if t]))
        assert one.recording_id == shared

    made = person_erase.erase(store, HOUSE, ACCOUNT, BACKUPS)

    ajeno = store.recording("ajeno")
    assert (ajeno.linked_id, ajeno.debtor_name) == (shared, "Ana Paz")
    store.forget("ajeno")
    left = everything(store)
    for said in (ACCOUNT, "tramo-", "Chávez", "chavez", "tarjeta oro", SECRET, shared):
        assert said not in left, said
    assert made.calls == (1 if joined else 2)
    assert made.rows["recordings"] == (3 if joined else 2)
    assert legs.settle(store, Settings(data_dir=store.data_dir), patient=False) == []
    if joined:  # the pseudonyms still hold together: the call has its two legs
        with store.reading() as connection:
            rows = connection.execute(select(leg_table.c.whole_id, leg_table.c.linked_id)).all()
        assert {(row.whole_id[:8], row.linked_id) for row in rows} == {("borrada-", "")}
        assert len(rows) == 2


def test_a_hold_on_another_leg_forbids_it(store: Store) -> None:
    for name, account in (("a", ACCOUNT), ("b", None)):
        store.add_recording(Recording(name, linked_id="9001", account=account))
    holds.place(store, HOUSE, "call", "b", "Oficio 7")
    with pytest.raises(CoachError, match="Oficio 7"):
        person_erase.erase(store, HOUSE, ACCOUNT, BACKUPS)
    assert store.has("a")


def test_the_log_names_neither_the_account_nor_the_old_id(store: Store, settings: Settings) -> None:
    """What was written before accounts were left out of it goes too."""
    call = keep(store, settings)
    keep(store, settings, "zip", account="77-1")
    account_zip(store, settings, HOUSE, ACCOUNT, io.BytesIO())
    exported = [entry.subject for entry in audit.entries(store, HOUSE, action="export").rows]
    assert exported == ["account", f"call:{call.id}"]
    audit.note(store, HOUSE, "export", f"account:{ACCOUNT}", rows=1)
    audit.note(store, HOUSE, "calibration.score", "calibration:1", call=call.id)
    audit.note(store, HOUSE, "draw", "draw:1", calls=[call.id, "zip"], kind="zip", more={"of": call.id})

    person_erase.erase(store, HOUSE, ACCOUNT, BACKUPS)

    (new,) = (row.id for row in queries.calls(store, HOUSE).rows if row.id != "zip")
    entries = {entry.action: entry for entry in reversed(audit.entries(store, HOUSE, size=500).rows)}
    assert ACCOUNT not in str(entries)
    assert entries["calibration.score"].detail == {"call": new}
    assert entries["draw"].detail == {"calls": [new, "zip"], "kind": "zip", "more": {"of": new}}


def test_an_id_as_short_as_a_word_is_renamed_and_nothing_else(store: Store, settings: Settings) -> None:
    call = keep(store, settings, "a", lines=LINES)
    before = call.scorecard
    person_erase.erase(store, HOUSE, ACCOUNT, BACKUPS)
    (row,) = queries.calls(store, HOUSE).rows
    card = store.call(row.id).scorecard
    assert (card.recording_id, card.rubric, list(card.verdicts)) == (
        row.id,
        before.rubric,
        list(before.verdicts),
    )


def test_an_erased_call_that_was_never_heard_is_not_queued_by_its_recording(
    store: Store, tmp_path: Path
) -> None:
    sound = tmp_path / f"{ACCOUNT}.wav"
    hum(sound, 1.0)
    accept(store, sound, Recording("", account=ACCOUNT))
    person_erase.erase(store, HOUSE, ACCOUNT, BACKUPS)
    again = accept(store, sound, Recording("", account=ACCOUNT))
    assert (again.new, again.job) == (False, None)
    with store.reading() as connection:
        assert ACCOUNT not in str(connection.execute(select(jobs.c.name)).all())


def test_an_older_log_loses_its_accounts_when_it_is_brought_up_to_date(store: Store) -> None:
    """Whoever was erased before is still named in it, and no erasure would come to them again."""
    for subject in (f"account:{ACCOUNT}", "call:a", "user:account"):
        audit.note(store, HOUSE, "export", subject, rows=1)
    config = Config()
    config.set_main_option("script_location", str(database.MIGRATIONS))
    with store.writing() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0028")
        command.upgrade(config, "head")
    found = audit.entries(store, HOUSE).rows
    assert [(e.action, e.subject, e.detail) for e in found] == [
        ("export", subject, {"rows": 1}) for subject in ("user:account", "call:a", "account")
    ]
