"""What leaves, or is shown to who need not know: no names, no numbers; the promise's sum and day stay."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import update

from coach import audit, drafting, drafts, listings, muting, queries, reindex, releases, rungs, search_places
from coach.exporters import of_call
from coach.exporters.calls_table import calls_table
from coach.muting import list_beside, mute
from coach.rows import CallFilter
from coach.schema import transcripts
from coach.settings import Settings
from coach.shield import as_heard, as_read, cover, read_around, shielded
from coach.stems import stems
from coach.store import Store
from coach.types import Call, CoachError
from coach.viewers import HOUSE
from nlp.types import Promise
from rubrics.types import Verdict
from tests.coach.conftest import judged
from tests.coach.people import somebody
from tests.coach.privacy import ACCOUNT, CARD, NAME, keep
from transcripts.audio import RATE, decoded
from transcripts.options import Limits
from transcripts.probe import probe


def with_promise(call: Call) -> Call:
    """The call with a fail that quotes the name, and a promise for the Friday."""
    transcript = call.transcript
    text = transcript.turns[0].text
    quote = transcript.quote(0, text.index(NAME), text.index(NAME) + len(NAME))
    failed = Verdict("fail", f"dijo «{NAME}»", (quote, transcript.quote(4)))
    promise = Promise(transcript.quote(5), Decimal(240), "PEN", date(2026, 9, 18))
    return replace(
        call,
        scorecard=replace(call.scorecard, verdicts={"empathy": failed}),
        findings=replace(call.findings, promise=promise),
    )


def test_every_quote_keeps_its_place_under_the_cover(store: Store, settings: Settings) -> None:
    call = with_promise(keep(store, settings))
    shown = shielded(call, names=False)
    said = [turn.text for turn in shown.transcript.turns]
    assert NAME not in "".join(said)
    assert CARD not in "".join(said)
    assert [len(text) for text in said] == [len(turn.text) for turn in call.transcript.turns]
    for quote in shown.scorecard.verdicts["empathy"].evidence:
        assert shown.transcript.turns[quote.turn].text[quote.start : quote.end] == quote.text
    assert NAME not in shown.scorecard.verdicts["empathy"].reason
    assert "viernes" in said[4]
    assert "doscientos cuarenta soles" in said[4]
    assert (shown.transcript.recording.debtor_name, shown.transcript.recording.account) == (None, None)


@pytest.mark.parametrize(
    ("covered", "read"),
    [
        (f"¿Usted es {cover('[nombre]', 15)}?", "¿Usted es [nombre]?"),
        (f"Don {cover('[nombre]', 6)}, dígame.", "Don [nombre], dígame."),
        (f"Mi DNI es {cover('[documento]', 8)} y ya.", "Mi DNI es [dato] y ya."),
        (cover("[teléfono]", 10), "[teléfono]"),
        ("• Lo primero\n• [sic]", "• Lo primero\n• [sic]"),
    ],
)
def test_what_people_read_tells_nothing_of_how_long_the_name_is(covered: str, read: str) -> None:
    assert as_read(covered) == read


def test_a_quote_that_cuts_a_cover_is_read_with_the_whole_of_it() -> None:
    text = f"Soy {cover('[nombre]', 12)}, mi tarjeta {cover('[tarjeta]', 14)} venció."
    start, end = text.index("[n") + 3, text.index("[t") + 2
    assert read_around(text, start, end) == ("Soy ", "[nombre], mi tarjeta [tarjeta]", " venció.")


def test_cards_are_covered_for_everybody_names_are_not(store: Store, settings: Settings) -> None:
    keep(store, settings)
    for role, sees in (("analyst", True), ("lead", False), ("trainer", False)):
        who = somebody(store, role, role)  # type: ignore[arg-type]
        if role == "lead":
            continue  # of no team: the call is not in reach
        call = releases.shown(store, settings, who, f"{ACCOUNT}_llamada")
        said = "".join(turn.text for turn in call.transcript.turns)
        assert CARD not in said
        assert "[tarjeta]" in said
        assert (NAME in said) == sees
        assert (call.transcript.recording.debtor_name == NAME) == sees
    hidden = releases.shown(store, settings, HOUSE, f"{ACCOUNT}_llamada", names=False)
    assert NAME not in str(hidden)


def test_what_is_corrected_over_a_cover_keeps_the_number(store: Store, settings: Settings) -> None:
    call = keep(store, settings)
    shown = shielded(call, names=False).transcript.turns[3].text
    eva = somebody(store, "analyst", "eva")
    drafts.open_review(store, settings, eva, call.id)
    draft = drafting.correct(store, eva, call.id, 3, text=shown.replace("Es", "Sí, es"))
    assert draft.body.edits[0].text == f"Sí, es {CARD}."


def test_a_quote_of_what_was_shown_is_kept_as_it_was_said(store: Store, settings: Settings) -> None:
    call = keep(store, settings)
    quote = shielded(call, names=True).transcript.quote(3)
    assert CARD not in quote.text
    assert as_heard(call, quote) == call.transcript.quote(3)
    assert as_heard(call, replace(quote, text="Otra cosa")) is None
    assert as_heard(call, replace(quote, turn=99)) is None


def test_exports_name_nobody_unless_it_is_asked_for(store: Store, settings: Settings) -> None:
    keep(store, settings, "pe-01")
    rows = list(
        csv.DictReader(
            io.StringIO(calls_table(store, settings, HOUSE, CallFilter(), "csv").decode("utf-8-sig"))
        )
    )
    assert rows[0]["titular"] == ""
    named = calls_table(store, settings, HOUSE, CallFilter(), "csv", names=True).decode("utf-8-sig")
    assert NAME in named
    assert [e.detail["names"] for e in audit.entries(store, HOUSE, action="export").rows] == [True, False]
    text = of_call.data(store, settings, HOUSE, "pe-01").decode()
    assert NAME not in text
    assert CARD not in text
    trainer = somebody(store, "trainer", "tere")
    attempts: tuple[Callable[[], object], ...] = (
        lambda: calls_table(store, settings, trainer, CallFilter(), "csv", names=True),
        lambda: of_call.data(store, settings, trainer, "pe-01", names=True),
        lambda: of_call.paper(store, settings, trainer, "pe-01", names=True),
    )
    for attempt in attempts:
        with pytest.raises(CoachError, match="no tiene permiso"):
            attempt()
    assert queries.calls(store, trainer).rows[0].debtor_name is None


def found_by(store: Store, text: str, viewer: object = HOUSE) -> int:
    return queries.calls(store, viewer, CallFilter(text=text)).total  # type: ignore[arg-type]


def test_no_search_finds_a_card_or_a_name_that_was_said(store: Store, settings: Settings) -> None:
    keep(store, settings, "pe-01", debtor_name=None)
    assert found_by(store, "murciélago") == 1
    assert found_by(store, "viernes soles") == 1
    for hidden in (CARD, CARD.split()[0], "Wilmer", "Chávez"):
        assert found_by(store, hidden) == 0, hidden


def test_names_of_debtors_are_searched_by_who_may_know_them(store: Store, settings: Settings) -> None:
    keep(store, settings, "pe-01")
    trainer = somebody(store, "trainer", "tere")
    for text in ("Chávez", ACCOUNT):
        assert (found_by(store, text), found_by(store, text, trainer)) == (1, 0), text
    assert found_by(store, "murciélago", trainer) == found_by(store, "PE-01", trainer) == 1


def test_an_index_from_before_is_made_again(store: Store, settings: Settings) -> None:
    keep(store, settings, "pe-01", debtor_name=None)
    with store.writing() as connection:
        connection.execute(update(transcripts).values(stems=stems(f"murciélago {CARD}")))
    assert found_by(store, CARD) == 1
    assert (reindex.index_again(store), reindex.index_again(store)) == (1, 0)
    assert (found_by(store, CARD), found_by(store, "murciélago")) == (0, 1)


def test_health_is_told_on_the_call_and_nowhere_else(store: Store, settings: Settings) -> None:
    call = judged("pe-01", "health_emergency@1", "no_money@1", agent_login="rosa", agent="Rosa")
    store.add_recording(call.transcript.recording)
    store.save(call, "nlp-1")
    analyst, trainer = somebody(store, "analyst", "eva"), somebody(store, "trainer", "tere")
    which = CallFilter(objections=("health_emergency",))
    for who, told in ((analyst, True), (trainer, False)):
        assert queries.calls(store, who, which).total == told
        assert ("health_emergency" in listings.objections_in(store, who, ["pe-01"])["pe-01"]) == told
        mix = {row.objection for row in listings.objection_mix(store, who, CallFilter())}
        assert "no_money" in mix
        assert ("health_emergency" in mix) == told
        exported = json.loads(of_call.data(store, settings, who, "pe-01"))
        assert ("health_emergency" in {one["id"] for one in exported["objections"]}) == told
        on_it = releases.shown(store, settings, who, "pe-01").findings
        assert "health_emergency" in {one.label for one in on_it.findings}
        assert all(
            row.objection != "health_emergency" or told for row in rungs.missed(store, who, CallFilter()).rows
        )
    both = CallFilter(objections=("health_emergency", "no_money"))
    assert queries.calls(store, trainer, both).total == 1


def test_a_call_is_found_by_an_illness_only_by_who_may_be_told(store: Store, settings: Settings) -> None:
    lines = "A: Buenas, le saludo.\nD: Tengo cáncer y estoy en el hospital.\nA: ¿Cuánto puede pagar?"
    call = judged("pe-01", "health_emergency@1", lines=lines)
    store.add_recording(call.transcript.recording)
    store.save(call, "nlp-1")
    plain = judged("pe-02", lines="A: Buenas.\nD: Trabajo en el hospital y sí puede pagar mi hermano.")
    store.add_recording(plain.transcript.recording)
    store.save(plain, "nlp-1")
    analyst, trainer = somebody(store, "analyst", "eva"), somebody(store, "trainer", "tere")
    for text, told, others in (
        ("cáncer", ["pe-01"], []), ("hospital", ["pe-01", "pe-02"], ["pe-02"]),
        ('"tengo cáncer"', ["pe-01"], []), ('"puede pagar"', ["pe-01", "pe-02"], ["pe-01", "pe-02"]),
        ("pagar hospital", ["pe-01", "pe-02"], ["pe-02"]), ("·cáncer", ["pe-01"], []),
        ("saludo", ["pe-01"], ["pe-01"]),
    ):  # fmt: skip
        for who, ids in ((analyst, told), (trainer, others)):
            found_ = queries.calls(store, who, CallFilter(text=text)).rows
            assert sorted(row.id for row in found_) == ids, (text, who.login)
    assert search_places.places(store, analyst, ["pe-01"], "hospital")["pe-01"].turn == 1
    assert search_places.places(store, trainer, ["pe-01"], "hospital") == {}


def test_words_about_health_of_a_store_from_before_are_marked_by_indexing_again(
    store: Store, settings: Settings
) -> None:
    call = judged("pe-01", "health_emergency@1", lines="A: Buenas.\nD: Tengo cáncer.")
    store.add_recording(call.transcript.recording)
    store.save(call, "nlp-1")
    with store.writing() as connection:
        connection.execute(update(transcripts).values(stems=" buen teng canc "))
    trainer = somebody(store, "trainer", "tere")
    assert queries.calls(store, trainer, CallFilter(text="cáncer")).total == 1
    assert (reindex.index_again(store), reindex.index_again(store)) == (1, 0)
    assert queries.calls(store, trainer, CallFilter(text="cáncer")).total == 0
    assert queries.calls(store, HOUSE, CallFilter(text="cáncer")).total == 1


def test_a_muted_copy_is_silent_where_it_matters_and_as_long(
    store: Store, settings: Settings, tmp_path: Path
) -> None:
    call = keep(store, settings, "pe-01")
    plain, tone = tmp_path / "copia.wav", tmp_path / "copia.flac"
    moments = mute(store, HOUSE, "pe-01", plain)
    mute(store, HOUSE, "pe-01", tone, beep=True)
    card = next(one for one in moments if "[tarjeta]" in one.why)
    assert card.start_s <= 10
    assert card.end_s >= 14
    with decoded(plain, probe(plain, Limits()), Limits()) as audio:
        sound = np.array(audio.samples(0, audio.count)).astype(int)
    assert abs(len(sound) / RATE - 20.0) < 0.1
    assert np.abs(sound[int(10.2 * RATE) : int(13.8 * RATE)]).max() == 0
    assert np.abs(sound[int(7 * RATE) : int(9 * RATE)]).max() > 1000
    with decoded(tone, probe(tone, Limits()), Limits()) as audio:
        beep = np.array(audio.samples(int(10.2 * RATE), int(13.8 * RATE))).astype(int)
    assert 2000 < np.abs(beep).max() < 4000
    listed = list_beside(plain).read_text()
    assert "[tarjeta]" in listed
    assert CARD not in listed
    assert NAME not in listed
    assert [e.subject for e in audit.entries(store, HOUSE, action="mute").rows] == ["call:pe-01"] * 2
    assert call.transcript.recording.audio is not None


def test_a_muted_copy_never_takes_the_place_of_the_recording(store: Store, settings: Settings) -> None:
    call = keep(store, settings, "pe-01")
    audio = call.transcript.recording.audio
    assert audio is not None
    before = audio.read_bytes()
    with pytest.raises(CoachError, match="es la grabación original"):
        mute(store, HOUSE, "pe-01", audio)
    with pytest.raises(CoachError, match=r"\.wav o \.flac"):
        mute(store, HOUSE, "pe-01", audio.with_suffix(".mp3"))
    assert audio.read_bytes() == before
    with pytest.raises(CoachError, match="no tiene permiso"):
        muting.muted(store, somebody(store, "agent", "rosa"), "pe-01")
