"""What is kept how long, by source and country; what is held stays, figures and signed months too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import insert, update

from coach import (
    api_data,
    as_said,
    audit,
    cli_show,
    drafts,
    holds,
    imported,
    promises,
    queries,
    releases,
    retention,
    reviews,
    second_copies,
    wiping,
    worker,
)
from coach.api_data import House
from coach.api_models import ScorecardOut
from coach.promises import Left
from coach.retention import Rule, overruled
from coach.schema import scorecards
from coach.schema_legs import legs
from coach.schema_work import disputes
from coach.settings import Settings
from coach.store import Store
from coach.types import CoachError
from coach.versions import current
from coach.viewers import HOUSE
from nlp.types import Promise
from rubrics.types import Outcome
from tests.coach.conftest import Clock
from tests.coach.people import somebody
from tests.coach.privacy import ACCOUNT, came, keep
from tests.coach.review_people import NOW, keep_call, person
from transcripts.types import Recording

TODAY = date(2026, 11, 1)
LATER = datetime(2026, 11, 1, 12, tzinfo=UTC)  # the calls are of 14 September: 48 days


@pytest.fixture(autouse=True)
def on_their_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Calls come in on the day they are of."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return NOW

    monkeypatch.setattr("coach.store.datetime", Clock)


def due(store: Store) -> dict[str, tuple[str, ...]]:
    return {one.recording_id: one.what for one in retention.due(store, HOUSE, today=TODAY) if not one.held}


def test_without_rules_everything_stays(store: Store, settings: Settings) -> None:
    keep(store, settings, "a")
    assert due(store) == {}
    assert retention.run(store, HOUSE, now=LATER).erased == {}


def test_the_nearest_rule_holds(store: Store, settings: Settings) -> None:
    keep(store, settings, "pe", source="marcador")
    keep(store, settings, "mx", source="marcador", country="MX")
    keep(store, settings, "co", source="otro", country="CO")
    retention.put(store, HOUSE, Rule(audio_days=10))
    retention.put(store, HOUSE, Rule(country="MX", transcript_days=30))
    retention.put(store, HOUSE, Rule(source="marcador", audio_days=90))
    assert due(store) == {"co": ("audio",)}
    retention.put(store, HOUSE, Rule(source="marcador", country="MX", transcript_days=30, audio_days=20))
    assert due(store) == {"co": ("audio",), "mx": ("words", "audio")}


def test_a_call_is_due_on_its_day_and_not_before(store: Store, settings: Settings) -> None:
    keep(store, settings, "a")
    retention.put(store, HOUSE, Rule(audio_days=48))
    assert due(store) == {"a": ("audio",)}
    retention.put(store, HOUSE, Rule(audio_days=49))
    assert due(store) == {}


def test_what_was_too_old_when_it_came_stays_a_while(store: Store, settings: Settings) -> None:
    """A recorder whose clock has stopped: its day can be put right before anything goes."""
    for name, day in (("parado", date(1970, 1, 1)), ("viejo", date(2024, 3, 1)), ("bien", date(2026, 9, 14))):
        keep(store, settings, name, call_started_at=day)
        came(store, name, datetime(2026, 10, 20, 9, tzinfo=UTC))
    retention.put(store, HOUSE, Rule(score_months=12))
    assert due(store) == {}
    held = {one.recording_id: one.held for one in retention.due(store, HOUSE, today=TODAY)}
    assert held.keys() == {"parado", "viejo"}
    assert held["parado"].startswith("llegó el 2026-10-20 y por su fecha ya había cumplido su plazo")
    assert "se borra desde el 2026-11-19" in held["parado"]
    assert retention.run(store, HOUSE, now=LATER).held == 2
    store.update_recording(replace(store.recording("parado"), call_started_at=date(2026, 10, 19)))
    after = datetime(2026, 11, 19, 12, tzinfo=UTC)
    assert retention.run(store, HOUSE, now=after).erased == {
        "call": 1
    }  # an archive goes when its days are over
    assert store.has("parado")
    assert not store.has("viejo")


def test_it_stays_no_longer_than_a_call_of_the_day_it_came(store: Store, settings: Settings) -> None:
    keep(store, settings, "a", call_started_at=date(1970, 1, 1))
    came(store, "a", datetime(2026, 10, 20, 9, tzinfo=UTC))
    retention.put(store, HOUSE, Rule(audio_days=10, transcript_days=365))
    assert due(store) == {"a": ("audio",)}


def test_erased_sound_leaves_the_call_and_says_when(store: Store, settings: Settings) -> None:
    keep(store, settings, "a")
    retention.put(store, HOUSE, Rule(audio_days=30))
    before = queries.summary(store, HOUSE)
    assert retention.run(store, HOUSE, now=LATER).erased == {"audio": 1}
    assert store.recording("a").audio is None
    assert not (store.data_dir / "audio" / "a.wav").exists()
    assert wiping.gone_at(store, "a", "audio") == LATER
    assert store.call("a").transcript.turns
    assert queries.summary(store, HOUSE) == before
    assert due(store) == {}
    actions = [entry.action for entry in audit.entries(store, HOUSE).rows]
    assert {"retention.rule", "retention.erase", "retention.run"} <= set(actions)


def test_erased_words_leave_points_and_verdicts(store: Store, settings: Settings) -> None:
    keep(store, settings, "a")
    retention.put(store, HOUSE, Rule(transcript_days=30))
    before = queries.summary(store, HOUSE)
    assert retention.run(store, HOUSE, now=LATER).erased == {"words": 1}
    call = store.call("a")
    assert (call.transcript.turns, call.transcript.recording.account) == ((), ACCOUNT)
    assert call.scorecard.verdicts["empathy"].reason == wiping.GONE
    assert queries.summary(store, HOUSE) == before
    assert call.transcript.recording.audio is not None  # no rule about it


def test_without_its_words_a_failure_is_dismissed_or_waits_and_nothing_else_is_said(
    store: Store, settings: Settings
) -> None:
    keep_call(store, settings, "a", failed=("no_threats", "empathy"))
    eva = person(store, "eva", "analyst")
    retention.put(store, HOUSE, Rule(transcript_days=30))
    (one,) = retention.due(store, HOUSE, today=TODAY)
    assert one.unconfirmed
    assert retention.run(store, HOUSE, now=LATER).unconfirmed == 1

    def say(criterion: str, outcome: Outcome) -> object:
        return reviews.override(store, settings, eva, "a", criterion, outcome, "Así se oye en el audio.")

    for refused in (
        lambda: say("no_threats", "fail"),
        lambda: say("empathy", "pass"),
        lambda: drafts.open_review(store, settings, eva, "a"),
        lambda: releases.release(store, settings, eva, "a"),
    ):
        with pytest.raises(CoachError, match="su texto se borró"):
            refused()
    say("no_threats", "pass")
    assert queries.summary(store, HOUSE).critical == 0


def test_an_erased_promise_is_not_denied(store: Store, settings: Settings) -> None:
    call = keep(store, settings, "a")
    heard = Promise(call.transcript.quote(1), Decimal(500), "MXN", date(2026, 11, 20), None, None, None)
    store.save(replace(call, findings=replace(call.findings, promise=heard)), "nlp-2")
    assert promises.left_of(store, "a") is None  # it has its words
    retention.put(store, HOUSE, Rule(transcript_days=30))
    retention.run(store, HOUSE, now=LATER)
    assert as_said.promised(store.call("a")) is None
    assert promises.left_of(store, "a") == Left(
        Decimal(500), "MXN", date(2026, 11, 20), read_back=False, firm=True
    )
    told = api_data.scorecard(House(store, settings, HOUSE), "a").body
    assert isinstance(told, ScorecardOut)
    assert told.promise is not None
    assert (told.promise.amount, told.promise.date) == (500.0, date(2026, 11, 20))
    assert not told.promise.needs_review


def test_an_erased_promise_that_was_in_doubt_stays_so(store: Store, settings: Settings) -> None:
    call = keep(store, settings, "a")
    heard = Promise(call.transcript.quote(1), Decimal(500), "MXN", date(2026, 11, 20), probability=0.7)
    store.save(replace(call, findings=replace(call.findings, promise=heard)), "nlp-2")
    retention.put(store, HOUSE, Rule(transcript_days=30))
    retention.run(store, HOUSE, now=LATER)
    told = api_data.scorecard(House(store, settings, HOUSE), "a").body
    assert isinstance(told, ScorecardOut)
    assert told.promise is not None
    assert told.promise.needs_review
    (line,) = cli_show.promised(store.call("a"), promises.left_of(store, "a"))
    assert "por confirmar: no es seguro que se haya acordado. Sus palabras se borraron" in line


def test_past_all_ages_the_whole_call_goes(store: Store, settings: Settings) -> None:
    keep(store, settings, "a")
    retention.put(store, HOUSE, Rule(score_months=1))
    assert retention.run(store, HOUSE, now=LATER).erased == {"call": 1}
    assert not store.has("a")
    assert not (store.data_dir / "audio" / "a.wav").exists()
    assert queries.summary(store, HOUSE).calls == 0


def test_what_is_held_stays_and_says_why(store: Store, settings: Settings) -> None:
    keep(store, settings, "orden", account="1")
    keep(store, settings, "cuenta", account="2")
    keep(store, settings, "apelada", account="3")
    keep(store, settings, "reclamo", account="4", disposition="Disputa de la deuda")
    keep(store, settings, "libre", account="5")
    holds.place(store, HOUSE, "call", "orden", "Oficio 7")
    holds.place(store, HOUSE, "account", "2", "Juicio", until=TODAY, today=TODAY)
    rosa = person(store, "rosa", "agent")
    with store.writing() as connection:
        card = current(connection, scorecards, "apelada")
        assert card is not None
        row = {"recording_id": "apelada", "scorecard_id": card.id, "criterion": "empathy", "reason": "No",
               "opened_by": rosa.user_id, "opened_at": NOW, "quote": "", "due_on": TODAY, "state": "open",
               "decision": ""}  # fmt: skip
        connection.execute(insert(disputes).values(**row))
    retention.put(store, HOUSE, Rule(audio_days=1))
    why = {one.recording_id: one.held for one in retention.due(store, HOUSE, today=TODAY)}
    assert why["orden"].endswith("Oficio 7")
    assert why["cuenta"].endswith("Juicio")
    assert "apelación abierta" in why["apelada"]
    assert "reclamo" in why["reclamo"]
    own = {one.recording_id: one.disposition for one in holds.by_themselves(store, HOUSE, today=TODAY)}
    assert own == {"apelada": "", "reclamo": "Disputa de la deuda"}
    done = retention.run(store, HOUSE, now=LATER)
    assert (done.erased, done.held) == ({"audio": 1}, 4)
    assert store.recording("libre").audio is None
    assert store.recording("orden").audio is not None


def test_a_hold_ends_with_its_day(store: Store, settings: Settings) -> None:
    keep(store, settings, "a")
    holds.place(store, HOUSE, "call", "a", "Oficio", until=date(2026, 10, 31), today=date(2026, 10, 1))
    retention.put(store, HOUSE, Rule(audio_days=1))
    assert due(store) == {"a": ("audio",)}


@pytest.mark.parametrize(
    ("zone", "last", "after"),
    [
        ("America/Lima", datetime(2026, 11, 1, 1, tzinfo=UTC), datetime(2026, 11, 1, 5, 30, tzinfo=UTC)),
        ("Europe/Madrid", datetime(2026, 10, 31, 19, tzinfo=UTC), datetime(2026, 10, 31, 23, 30, tzinfo=UTC)),
    ],
)
def test_a_hold_ends_when_its_day_is_over_in_the_house(
    store: Store, settings: Settings, clock: Clock, zone: str, last: datetime, after: datetime
) -> None:
    """At eight in the evening it still holds, half an hour after midnight no more."""
    clock(zone)
    keep(store, settings, "a")
    holds.place(store, HOUSE, "call", "a", "Oficio", until=date(2026, 10, 31), today=date(2026, 10, 1))
    retention.put(store, HOUSE, Rule(audio_days=1))
    assert retention.run(store, HOUSE, now=last).erased == {}
    assert retention.run(store, HOUSE, now=after).erased == {"audio": 1}


def test_a_hold_whose_day_is_over_is_not_placed(store: Store, settings: Settings) -> None:
    keep(store, settings, "a")
    with pytest.raises(CoachError, match="2026-10-31: ese día ya pasó"):
        holds.place(store, HOUSE, "call", "a", "Oficio", until=date(2026, 10, 31), today=TODAY)
    assert holds.holds(store, HOUSE) == ()


def test_a_sound_that_two_calls_share_stays_for_the_other(store: Store, settings: Settings) -> None:
    one = keep(store, settings, "a", source="viejo")
    other = keep(store, settings, "b")
    shared = one.transcript.recording.audio
    store.update_recording(replace(other.transcript.recording, audio=shared))
    retention.put(store, HOUSE, Rule(source="viejo", audio_days=1))
    retention.run(store, HOUSE, now=LATER)
    assert shared is not None
    assert shared.is_file()


def test_a_sound_outside_of_the_data_folder_is_told_and_left(
    store: Store, settings: Settings, tmp_path: Path
) -> None:
    call = keep(store, settings, "a")
    outside = tmp_path / "grabadora.wav"
    outside.write_bytes(b"RIFF")
    store.update_recording(replace(call.transcript.recording, audio=outside))
    retention.put(store, HOUSE, Rule(audio_days=1))
    assert retention.run(store, HOUSE, now=LATER).left == {outside: 1}
    assert outside.is_file()
    assert store.recording("a").audio is None


@pytest.mark.parametrize("words_first", [False, True])
def test_the_second_copy_of_a_sound_is_named_with_it(
    store: Store, settings: Settings, tmp_path: Path, words_first: bool
) -> None:
    call = keep(store, settings, "a")
    sound, copy, words = (tmp_path / name for name in ("a.wav", "copia de a.ogg", "a.txt"))
    for path in (sound, copy, words):
        path.write_bytes(b"RIFF")
    store.update_recording(replace(call.transcript.recording, audio=sound))
    second_copies.note(store, "a", "huella", copy)
    imported.note(store, "a", "otra", words)
    if words_first:
        retention.put(store, HOUSE, Rule(transcript_days=1))
        assert retention.run(store, HOUSE, now=LATER).left == {words: 1}
    retention.put(store, HOUSE, Rule(audio_days=1))
    assert retention.run(store, HOUSE, now=LATER).left == {sound: 1, copy: 1}
    with store.reading() as connection:
        assert imported.copies(connection, ["a"]) == ()
        assert imported.files(connection, ["a"]) == (() if words_first else (words,))


@pytest.mark.parametrize(
    "rule", [Rule(audio_days=0), Rule(score_months=-1), Rule(audio_days=90, score_months=2)]
)
def test_a_rule_that_cannot_be_is_refused(store: Store, rule: Rule) -> None:
    with pytest.raises(CoachError):
        retention.put(store, HOUSE, rule)


def test_a_rule_for_a_source_that_nothing_is_of_is_refused(store: Store, settings: Settings) -> None:
    rule = Rule(source="marcadorr", audio_days=90)
    with pytest.raises(CoachError, match="Todavía no hay orígenes"):
        retention.put(store, HOUSE, rule)
    keep(store, settings, "a", source="viejo")
    with pytest.raises(CoachError, match="Hay «marcador», «viejo»"):
        retention.put(store, HOUSE, rule, sources=("marcador",))
    for source in ("marcador", "viejo"):
        retention.put(store, HOUSE, Rule(source=source, audio_days=90), sources=("marcador",))
    retention.put(store, HOUSE, Rule(source="marcador", audio_days=30))  # no more in the settings: it stands
    retention.put(store, HOUSE, Rule(source="marcadorr"))
    assert [one.source for one in retention.rules(store, HOUSE)] == ["marcador", "viejo"]


def test_who_does_not_administer_neither_sees_nor_runs_it(store: Store) -> None:
    eva = somebody(store, "analyst", "eva")
    attempts: tuple[Callable[[], object], ...] = (
        lambda: retention.rules(store, eva),
        lambda: list(retention.due(store, eva)),
        lambda: retention.run(store, eva),
        lambda: holds.place(store, eva, "call", "a", "x"),
        lambda: holds.by_themselves(store, eva),
    )
    for attempt in attempts:
        with pytest.raises(CoachError, match="no tiene permiso"):
            attempt()


def test_the_worker_erases_what_is_due_once_a_day(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(store, settings, "a")
    keep(store, settings, "b", call_started_at=datetime.now(UTC).isoformat())
    retention.put(store, HOUSE, Rule(audio_days=30))
    looks: list[float] = []

    def nap(seconds: float, stop: object) -> None:
        looks.append(seconds)

    monkeypatch.setattr(worker.trouble, "nap", nap)
    assert worker.work(store, settings, lambda: len(looks) == 2)
    assert store.recording("a").audio is None
    assert store.recording("b").audio is not None


@pytest.mark.parametrize(
    "name", ["../erasures", "../../var/erasures", "/erasures", "a/../../erasures", "", "."]
)
def test_an_id_from_a_file_leads_to_no_file_of_ours(store: Store, settings: Settings, name: str) -> None:
    """A transcript may call itself as it likes: what is erased with it are its own files."""
    ledger = store.data_dir / "erasures.jsonl"
    (store.data_dir / "partial").mkdir()
    ledger.write_text("{}\n")
    store.add_recording(Recording(name, date(2026, 9, 14), account=ACCOUNT))
    with store.reading() as connection:
        files = wiping.word_files(store, connection, name)
    assert {path.resolve().parent for path in files} == {store.data_dir / "partial"}
    retention.put(store, HOUSE, Rule(score_months=1))
    assert retention.run(store, HOUSE, now=LATER).erased == {"call": 1}
    assert ledger.is_file()


@pytest.mark.parametrize(
    "where", ["temple.db", "erasures.jsonl", "forms/casa.yaml", "backups/b.zip", "audio"]
)
def test_a_sound_that_a_transcript_tells_of_is_deleted_only_where_sounds_lie(
    store: Store, where: str
) -> None:
    kept = store.data_dir / where
    kept.parent.mkdir(exist_ok=True)
    if where == "audio":
        kept.mkdir()
    elif not kept.exists():
        kept.write_text("{}")
    store.add_recording(Recording("a", date(2026, 9, 14), audio=kept))
    retention.put(store, HOUSE, Rule(audio_days=1))
    assert retention.run(store, HOUSE, now=LATER).erased == {"audio": 1}
    assert kept.exists()
    assert retention.run(store, HOUSE, now=LATER).erased == {}


def test_a_complaint_without_a_day_is_held_from_when_it_came(store: Store) -> None:
    for name, disposition in (("queja", "Queja"), ("otra", "Promesa")):
        store.add_recording(Recording(name, disposition=disposition))
    now = NOW
    retention.put(store, HOUSE, Rule(score_months=1))

    def why(days: int) -> dict[str, str]:
        on = (now + timedelta(days=days)).date()
        return {one.recording_id: one.held for one in retention.due(store, HOUSE, today=on)}

    def shown(days: int) -> list[str]:
        on = (now + timedelta(days=days)).date()
        return [one.recording_id for one in holds.by_themselves(store, HOUSE, today=on)]

    assert (shown(300), shown(366)) == (["queja"], [])
    assert "reclamo del titular" in why(300)["queja"]
    assert why(300)["otra"] == ""
    assert why(366)["queja"] == ""


@pytest.mark.parametrize(
    ("kind", "subject"), [("call", "entera"), ("call", "b"), ("account", "55-9"), ("account", "77-1")]
)
def test_what_holds_one_recording_of_a_transferred_call_holds_all_of_it(
    store: Store, settings: Settings, kind: holds.Kind, subject: str
) -> None:
    """Only the second leg, and the whole, carry the account; a third leg waits, a fourth is another's."""
    transferred(store)
    number = holds.place(store, HOUSE, kind, subject, "Oficio 7")
    retention.put(store, HOUSE, Rule(score_months=1))
    its = {"entera", "a", "b", "tarde"} if subject != "77-1" else {"ajena"}
    why = {one.recording_id: one.held for one in retention.due(store, HOUSE, today=TODAY)}
    assert {name for name, told in why.items() if told.endswith("Oficio 7")} == its
    assert why.keys() == {"entera", "a", "b", "tarde", "ajena"}
    assert retention.run(store, HOUSE, now=LATER).held == len(its)
    assert all(store.has(name) for name in its)
    holds.lift(store, HOUSE, number)
    assert retention.run(store, HOUSE, now=LATER).failed == ()
    assert list(store.recordings()) == []


def transferred(store: Store) -> None:
    """A call «entera» of the legs a and b, with one more that came late, and a leg of another source."""
    day = date(2026, 9, 14)
    for name, facts in (
        ("entera", {"account": "55-9"}), ("a", {"linked_id": "55-9-x"}), ("tarde", {"linked_id": "55-9-x"}),
        ("b", {"linked_id": "55-9-x", "account": "55-9"}),
        ("ajena", {"linked_id": "55-9-x", "account": "77-1", "source": "otra"}),
    ):  # fmt: skip
        store.add_recording(Recording(name, day, **facts))  # type: ignore[arg-type]
    with store.writing() as connection:
        its = update(legs).where(legs.c.recording_id.in_(("a", "b")))
        connection.execute(its.values(whole_id="entera"))


def test_a_rule_of_a_source_that_crosses_one_of_a_country_is_told() -> None:
    """Of a call of both, the rule of the source holds: its words would stay for ever."""
    of_source, of_country = Rule("pbx", audio_days=30), Rule(country="PE", transcript_days=90)
    known = (of_source, of_country)
    assert overruled(of_source, known) == {"words": of_country}
    assert overruled(of_country, known) == {}
    assert overruled(Rule(audio_days=10), known) == {}
    assert overruled(of_source, (*known, Rule("pbx", "PE", transcript_days=60))) == {}
    assert overruled(Rule("pbx", "PE", audio_days=1), known) == {"words": of_country}
    assert overruled(Rule("pbx", "CO", audio_days=1), known) == {}
