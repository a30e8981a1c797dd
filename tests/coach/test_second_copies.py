"""A second copy of a recording: what is told of it fills what nobody had told, and contradicts nobody."""

from __future__ import annotations

import json
import os
import time
import wave
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from coach import bulk, jobs, late_facts, person_copy, person_erase, pipeline, uploads, wiping
from coach.ingest import Watched
from coach.intake import accept
from coach.sections import Source
from coach.settings import Settings
from coach.store import Store
from coach.viewers import HOUSE
from tests.coach.conftest import judged
from tests.coach.test_bulk import arrive
from transcripts.facts import manifest
from transcripts.facts.join import fill
from transcripts.facts.types import CallFacts
from transcripts.types import CaseFacts, Recording

pytestmark = pytest.mark.usefixtures("lightly_judged")
FACTS = {"agent": "Rosa", "agent_login": "rpena", "account": "77-1", "country": "MX", "amount_due": 500}


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    (tmp_path / "grabador").mkdir()
    return tmp_path / "grabador"


def sound(path: Path) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(bytes([7, 1]) * 8000)
    return old(path)


def told(path: Path, **facts: object) -> Path:
    path.write_text(json.dumps(facts), encoding="utf-8")
    return old(path)


def old(path: Path) -> Path:
    os.utime(path, (time.time() - 60, time.time() - 60))
    return path


def look(store: Store, settings: Settings, inbox: Path, source: str | None = None) -> list[str]:
    found = Watched(store, settings, [inbox], source=source, settled_s=0.5).look()
    assert all("no hay columna" in problem for problem in found.problems)
    return found.notices


def test_facts_beside_a_second_copy_are_those_of_the_call(
    store: Store, settings: Settings, inbox: Path, tmp_path: Path
) -> None:
    sound(inbox / "a-copia.wav"), sound(inbox / "b-orig.wav")
    told(inbox / "b-orig.json", call_date="2026-09-14T10:00:00-06:00", **FACTS)
    notices = look(store, settings, inbox)
    call = store.recording("a-copia")
    assert (call.agent, call.agent_login, call.account, call.country) == ("Rosa", "rpena", "77-1", "MX")
    assert call.facts.amount_due == 500
    assert call.call_date == date(2026, 9, 14)
    assert notices[1] == (
        "b-orig.wav: sus datos se agregaron a la llamada a-copia: fecha, agente, usuario del marcador, país, "
        "cuenta, monto."
    )
    assert person_copy.copy(store, settings, HOUSE, "77-1", tmp_path / "copia.zip")
    assert inbox / "b-orig.wav" in person_erase.planned(store, HOUSE, "77-1", Path("none")).left
    assert len(look(store, settings, inbox)) == 1  # a new start of the program adds nothing


def test_a_call_that_was_judged_is_judged_again(store: Store, settings: Settings, inbox: Path) -> None:
    first = accept(store, sound(inbox / "a.wav"), Recording("a"))
    store.save(judged("a"))
    jobs.end(store, taken(store), "done")
    copy = accept(store, sound(inbox / "b.wav"), Recording("b", agent_login="rpena"))
    assert (copy.recording_id, copy.new) == (first.recording_id, False)
    (job,) = [job for job in jobs.open_jobs(store, HOUSE) if job.state == "queued"]
    assert (job.id, job.step, job.recording_id) == (copy.job, "analyze", "a")
    assert accept(store, inbox / "b.wav", Recording("b", agent_login="rpena")).told == ()


def taken(store: Store) -> jobs.Taken:
    job = jobs.take(store, "uno")
    assert job is not None
    return job


def test_what_contradicts_is_told_and_what_was_stays(store: Store, settings: Settings, inbox: Path) -> None:
    sound(inbox / "a.wav"), sound(inbox / "b.wav")
    told(inbox / "a.json", agent="Luis Paz", account="88-2")
    told(inbox / "b.json", **FACTS)
    (_, added, contrary) = look(store, settings, inbox)
    call = store.recording("a")
    assert (call.agent, call.agent_login, call.account, call.country) == ("Luis Paz", None, "88-2", "MX")
    assert call.facts.amount_due is None  # it may be of the other account
    assert added.endswith("a la llamada a: país.")
    assert "b.wav: dice otra cosa que la llamada a en: agente, cuenta. Queda lo que estaba" in contrary
    assert "tampoco se tomó: usuario del marcador, monto" in contrary


def test_facts_that_come_later_beside_a_second_copy(store: Store, settings: Settings, inbox: Path) -> None:
    told(inbox / "a.json", country="CO")
    sound(inbox / "a.wav"), sound(inbox / "b.wav")
    looking = Watched(store, settings, [inbox], settled_s=0.5)
    looking.look()
    told(inbox / "b.json", **FACTS)
    (added, contrary) = looking.look().notices
    assert (store.recording("a").account, store.recording("a").country) == ("77-1", "CO")
    assert "agente" in added
    assert "en: país." in contrary


@pytest.mark.parametrize("when", ["before", "with", "after"])
def test_a_row_of_a_table_that_names_the_second_copy(
    store: Store, settings: Settings, inbox: Path, when: str
) -> None:
    rows = "id,cuenta,agente\na,,Luis\nb-orig,77-1,Rosa\n"
    if when == "after":
        sound(inbox / "a.wav"), sound(inbox / "b-orig.wav")
        look(store, settings, inbox)
    (inbox / "dia.csv").write_text(rows, encoding="utf-8")
    old(inbox / "dia.csv")
    if when == "before":
        look(store, settings, inbox)
    sound(inbox / "a.wav"), sound(inbox / "b-orig.wav")
    notices = look(store, settings, inbox)
    assert (store.recording("a").account, store.recording("a").agent) == ("77-1", "Luis")
    assert any("en: agente." in notice for notice in notices)
    assert not any("que no está" in notice for notice in notices)


def test_a_table_that_is_imported_later_names_the_second_copy(
    store: Store, settings: Settings, inbox: Path
) -> None:
    sound(inbox / "a.wav"), sound(inbox / "b-orig.wav")
    look(store, settings, inbox)
    table = inbox.parent / "dia.csv"
    table.write_text("id,cuenta\nb-orig,77-1\n", encoding="utf-8")
    reading = manifest.read(table)
    assert late_facts.unjoined(store, reading) == ()
    said: list[str] = []
    judge = pipeline.judge_with(settings)
    assert late_facts.join_facts(store, settings, reading, judge, said) == ["a"]
    assert store.recording("a").account == "77-1"
    assert said == ["b-orig.wav: sus datos se agregaron a la llamada a: cuenta."]


def test_the_name_of_the_second_copy_is_read_by_the_pattern(
    store: Store, settings: Settings, inbox: Path
) -> None:
    pbx = Source(filename_pattern="{agent_login}_{account}", country="MX")
    settings = settings.model_copy(update={"sources": {"pbx": pbx}})
    accept(store, sound(inbox.parent / "a.wav"), Recording("a", country="CO"))
    sound(inbox / "rpena_77-1.wav")
    notices = look(store, settings, inbox, "pbx")
    assert (store.recording("a").account, store.recording("a").agent_login) == ("77-1", "rpena")
    assert store.recording("a").country == "CO"
    assert len(notices) == 2  # the country of the source is nobody's word on this call


def test_what_is_told_at_an_upload_of_a_second_copy(store: Store, settings: Settings, inbox: Path) -> None:
    accept(store, sound(inbox / "a.wav"), Recording("a", agent="Luis"))
    facts = uploads.Facts(name="b.wav", agent="Rosa", debtor_name="Ana Ruiz")
    path = settings.data_dir / "incoming" / "x" / "b.wav"
    path.parent.mkdir(parents=True)
    done = uploads.take_in(store, settings, sound(path), facts)
    assert store.recording("a").debtor_name == "Ana Ruiz"
    assert store.recording("a").agent == "Luis"
    assert len(done.told) == 3  # which call it is, what was added, what is otherwise
    files = {"c.wav": (inbox / "a.wav").read_bytes(), "datos.csv": b"id,cuenta\nc,77-1\n"}
    found: bulk.Bulk = arrive(store, settings, files)
    assert store.recording("a").account == "77-1"
    assert found.problems[-2:] == (
        "c.wav: sus datos se agregaron a la llamada a: cuenta.",
        "Ya estaban y no se repiten (archivo → llamada): c.wav → a.",
    )


def test_who_was_erased_does_not_come_back_by_a_copy(store: Store, settings: Settings, inbox: Path) -> None:
    accept(store, sound(inbox / "a.wav"), Recording("a", account="77-1"))
    store.save(judged("a"))
    with store.writing() as connection:
        wiping.wipe_words(connection, "a", "retention", datetime.now(UTC))
    done = accept(store, sound(inbox / "b.wav"), Recording("b", debtor_name="Ana Ruiz"))
    assert (done.told, done.job, store.recording("a").debtor_name) == ((), None, None)
    assert inbox / "b.wav" not in person_erase.planned(store, HOUSE, "77-1", Path("none")).left


@pytest.mark.parametrize(
    ("was", "said", "kept", "contrary"),
    [
        ({"agent": "Rosa"}, {"agent": "ROSA PEÑA"}, {"agent": "Rosa"}, ()),
        (
            {"call_started_at": date(2026, 9, 14)},
            {"call_started_at": datetime(2026, 9, 14, 10, tzinfo=UTC)},
            {"call_started_at": datetime(2026, 9, 14, 10, tzinfo=UTC)},
            (),
        ),
        (
            {"call_started_at": datetime(2026, 9, 14, 10, tzinfo=UTC)},
            {"call_started_at": date(2026, 9, 14)},
            {"call_started_at": datetime(2026, 9, 14, 10, tzinfo=UTC)},
            (),
        ),
        (
            {"call_started_at": date(2026, 9, 14)},
            {"call_started_at": date(2026, 9, 15)},
            {"call_started_at": date(2026, 9, 14)},
            ("call_started_at",),
        ),
        ({"source": "a"}, {"source": "b"}, {"source": "a"}, ()),
        ({}, {"source": "b"}, {"source": None}, ()),
        ({"linked_id": "1"}, {"linked_id": "2", "leg": 2}, {"linked_id": "1", "leg": None}, ("linked_id",)),
    ],
)
def test_fill(
    was: dict[str, object], said: dict[str, object], kept: dict[str, object], contrary: tuple[str, ...]
) -> None:
    done = fill(Recording("a", **was), Recording("b", **said))  # type: ignore[arg-type]
    assert {name: getattr(done.recording, name) for name in kept} == kept
    assert done.contrary == contrary


def test_an_empty_list_of_offers_is_knowledge() -> None:
    known = Recording("a", facts=CaseFacts(authorized_offers=()))
    other = Recording("b", facts=CaseFacts(authorized_offers=("10%",)))
    assert fill(known, other).contrary == ("authorized_offers",)
    assert fill(other, known, CallFacts(country="MX")).contrary == ("authorized_offers",)
