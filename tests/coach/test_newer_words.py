"""Other words under an id that is here: newer words of the same call are taken, another call is not."""

from __future__ import annotations

import json
import wave
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table, func, insert, select

from coach import imports, intake, jobs, legs, worker
from coach.call_facts import facts_of_source
from coach.import_results import Imported
from coach.schema import scorecards, transcripts
from coach.schema_month import closes
from coach.schema_work import calibration_calls, calibrations, comments, disputes
from coach.settings import Settings
from coach.store import Store
from coach.types import Call
from coach.versions import current
from coach.viewers import HOUSE
from tests.coach.conftest import judged
from tests.coach.house import NOW, person, rated, released
from transcripts.types import Recording, Transcript

FIRST = """Agente: Buenas tardes, le saluda Ana Ruiz, de Crédito Norte. ¿Hablo con el señor Luis Pérez?
Deudor: Sí, con él.
Agente: Le llamo por su préstamo, debe dos mil pesos desde agosto.
Deudor: Ahorita no tengo dinero, me pagan hasta la quincena.
"""
MENDED = FIRST.replace("Ahorita no", "Ahorita sí")
OTHER = """Agente: Buenos días. Habla Rosa Peña por encargo del Banco Sol, busco a Jorge Díaz.
Deudor: Ya les dije que esa tarjeta la cancelé hace un año, no me molesten.
Agente: Disculpe usted, reviso el caso y le marco mañana.
"""

Bring = Callable[..., Imported]


def light(transcript: Transcript) -> Call:
    """Judging has tests of its own."""
    call = judged(transcript.recording.id)
    return Call(transcript, call.findings, call.scorecard)


@pytest.fixture
def bring(store: Store, settings: Settings, tmp_path: Path) -> Bring:
    """Import one file with these words; `folder/llamada1.txt` unless named otherwise."""

    def put(words: str, name: str = "a/llamada1.txt", *, anew: bool = False) -> Imported:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(words, encoding="utf-8")
        known = facts_of_source(settings, None)
        (one,) = imports.import_files(store, settings, [path], light, known, anew=anew)
        return one

    return put


def line(words: str, **facts: object) -> str:
    """The same dialogue as JSON."""
    who = {"Agente": "agent", "Deudor": "debtor"}
    turns = [one.split(": ", 1) for one in words.splitlines()]
    said = [{"speaker": who[label], "text": text} for label, text in turns]
    return json.dumps({"id": "llamada1", **facts, "turns": said})


def words(store: Store, recording_id: str = "llamada1") -> str:
    transcript = store.transcript(recording_id)
    assert transcript is not None
    return " ".join(turn.text for turn in transcript.turns)


def test_another_call_of_the_same_name_is_refused(store: Store, bring: Bring) -> None:
    bring(FIRST)
    one = bring(OTHER, "b/llamada1.txt")
    assert not one.new
    assert one.error.startswith(
        "llamada1.txt: llamada llamada1: ya hay una llamada con este id, y no es seguro"
    )
    assert "% de las palabras" in one.error
    assert "--replace" in one.error
    assert "Luis Pérez" in words(store)


def test_a_fair_copy_of_a_short_call_needs_more_than_its_words(store: Store, bring: Bring) -> None:
    """By the same script two calls may be alike, so likeness alone is nothing to go by."""
    bring(FIRST)
    one = bring(FIRST.replace("Luis Pérez", "Juan Soto"), "b/llamada1.txt")
    assert "ningún dato más dice que sea ella" in one.error


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ({"agent": "Ana Ruiz"}, {"agent": "Rosa Peña"}, "otro agente"),
        ({"agent_login": "aruiz"}, {"agent_login": "rpena"}, "otro agente"),
        ({"debtor_name": "Luis Pérez"}, {"debtor_name": "Jorge Díaz"}, "otro deudor"),
        ({"account": "77-1"}, {"account": "77-2"}, "otra cuenta"),
        ({"call_date": "2026-09-14"}, {"call_date": "2026-09-15"}, "otro día"),
    ],
)
def test_facts_that_differ_tell_another_call(
    store: Store, bring: Bring, before: dict[str, str], after: dict[str, str], said: str
) -> None:
    bring(line(FIRST, **before), "a/1.json")
    one = bring(line(MENDED, **after), "a/1.json")
    assert said in one.error
    assert not any(name in one.error for name in (*before.values(), *after.values()))
    assert "Ahorita no" in words(store)


def test_a_mended_file_gives_newer_words_and_says_so(store: Store, bring: Bring) -> None:
    bring(FIRST)
    one = bring(MENDED)
    assert one.new
    assert one.told == (
        "llamada1.txt: llamada llamada1: sus palabras reemplazan a las que había, que quedan guardadas.",
    )
    assert "Ahorita sí" in words(store)
    with store.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(transcripts)) == 2


@pytest.mark.parametrize("fact", [{"debtor_name": "Luis Pérez"}, {"account": "77"}])
def test_newer_words_with_the_same_debtor_may_come_from_another_file(
    store: Store, bring: Bring, fact: dict[str, str]
) -> None:
    bring(line(FIRST, agent="Ana", **fact), "a/1.json")
    assert bring(line(MENDED, agent="Ana Ruiz", **fact), "b/2.json").new
    assert "Ahorita sí" in words(store)


def test_the_same_words_again_change_nothing_wherever_they_lie(store: Store, bring: Bring) -> None:
    bring(FIRST)
    released(store, "llamada1")
    one = bring(FIRST, "b/llamada1.txt")
    assert (one.new, one.error, one.told) == (True, "", ())


def test_words_that_were_mended_since_do_not_come_back_unasked(store: Store, bring: Bring) -> None:
    """A person's correction of a turn outlives a second import of the file; so do newer words."""
    bring(FIRST)
    bring(MENDED)
    one = bring(FIRST)
    assert "queda lo de ahora" in one.told[0]
    assert "Ahorita sí" in words(store)
    assert bring(FIRST, anew=True).new
    assert "Ahorita no" in words(store)


def test_a_persons_correction_outlives_the_file(store: Store, bring: Bring) -> None:
    bring(FIRST)
    call = store.call("llamada1")
    turns = (replace(call.transcript.turns[0], text="Corregido."), *call.transcript.turns[1:])
    store.save(replace(call, transcript=replace(call.transcript, turns=turns)))
    bring(FIRST)
    assert words(store).startswith("Corregido.")


def test_who_asks_for_it_replaces_another_call_and_the_old_words_are_kept(store: Store, bring: Bring) -> None:
    bring(FIRST)
    assert bring(OTHER, "b/llamada1.txt", anew=True).new
    assert "Jorge Díaz" in words(store)
    with store.reading() as connection:
        bodies = connection.scalars(select(transcripts.c.body)).all()
    assert any("Luis Pérez" in body for body in bodies)


def _put(store: Store, table: Table, **values: object) -> None:
    with store.writing() as connection:
        connection.execute(insert(table).values(**values))


def _reviewed(store: Store) -> None:
    rated(store, "llamada1", person(store, "eva"), {"firm": "pass"})


def _commented(store: Store) -> None:
    eva = person(store, "eva").user_id
    values = {"recording_id": "llamada1", "author_id": eva, "at": NOW, "text": "Bien.", "for_agent": False}
    _put(store, comments, **values)


def _card(store: Store) -> int:
    with store.reading() as connection:
        card = current(connection, scorecards, "llamada1")
    assert card is not None
    return int(card.id)


def _appealed(store: Store) -> None:
    eva = person(store, "eva").user_id
    values = {
        "recording_id": "llamada1", "scorecard_id": _card(store), "criterion": "firm", "opened_by": eva,
        "opened_at": NOW, "reason": "", "quote": "", "due_on": NOW.date(), "state": "upheld", "decision": "",
    }  # fmt: skip
    _put(store, disputes, **values)


def _calibrated(store: Store) -> None:
    eva = person(store, "eva").user_id
    _put(store, calibrations, id=1, title="Uno", created_by=eva, created_at=NOW)
    _put(store, calibration_calls, calibration_id=1, recording_id="llamada1", scorecard_id=_card(store))


def _signed(store: Store) -> None:
    store.update_recording(replace(store.recording("llamada1"), call_started_at=date(2026, 9, 14)))
    calls = [{"recording_id": "llamada1", "released": True, "points": 80.0}]
    body = json.dumps({"calls": calls}, sort_keys=True, separators=(",", ":"))
    eva = person(store, "eva").user_id
    values = {"cut_off": NOW, "created_by": eva, "created_at": NOW, "signed_by": eva, "signed_at": NOW}
    _put(store, closes, month=date(2026, 9, 1), body=body, digest="", **values)


@pytest.mark.parametrize(
    ("work", "why"),
    [
        (lambda store: released(store, "llamada1"), "ya se entregó a su agente"),
        (_reviewed, "una persona ya la revisó"),
        (_commented, "tiene comentarios"),
        (_appealed, "tiene una apelación"),
        (_calibrated, "está en una calibración"),
        (_signed, "cuenta en un mes firmado"),
    ],
)
def test_words_that_people_worked_with_are_never_replaced(
    store: Store, bring: Bring, work: Callable[[Store], None], why: str
) -> None:
    bring(FIRST)
    work(store)
    for name, said, asked in (("a/llamada1.txt", MENDED, False), ("b/llamada1.txt", OTHER, True)):
        one = bring(said, name, anew=asked)
        assert f"y {why}: no se tomó" in one.error
        assert "Ahorita no" in words(store)


def test_a_leg_is_held_by_what_people_did_with_its_call(
    store: Store, settings: Settings, bring: Bring
) -> None:
    for leg in (1, 2):
        bring(line(FIRST, id=f"leg{leg}", linked_id="L", leg=leg, legs=2), f"a/{leg}.json")
    (whole,) = legs.settle(store, settings)
    released(store, whole.recording_id)
    one = bring(line(MENDED, id="leg1", linked_id="L", leg=1, legs=2), "a/1.json", anew=True)
    assert "ya se entregó a su agente" in one.error


def test_a_heard_call_takes_its_ready_transcript(store: Store, bring: Bring, tmp_path: Path) -> None:
    """The recording lies beside the transcript, or both tell the same debtor."""
    both: tuple[tuple[int, dict[str, Any], str], ...] = (
        (1, {}, "a"),
        (2, {"debtor_name": "Luis Pérez"}, "b"),
    )
    for number, facts, folder in both:
        audio = tmp_path / "a" / f"c{number}.wav"
        heard = judged(f"c{number}", lines=_as_lines(FIRST), audio=audio, **facts)
        store.add_recording(heard.transcript.recording)
        store.save(heard)
        one = bring(line(MENDED, id=f"c{number}", **facts), f"{folder}/c{number}.json")
        assert one.new
        assert "Ahorita sí" in words(store, f"c{number}")
        assert store.recording(f"c{number}").audio == audio.resolve()


def test_a_heard_call_does_not_take_the_words_of_another(store: Store, bring: Bring, tmp_path: Path) -> None:
    heard = judged("llamada1", lines=_as_lines(FIRST), audio=tmp_path / "a" / "llamada1.wav")
    store.add_recording(heard.transcript.recording)
    store.save(heard)
    assert "coincide el" in bring(OTHER, "a/llamada1.txt").error
    assert "Ahorita no" in words(store)


def test_a_recording_that_waits_to_be_heard_takes_words_but_for_another_debtors(
    store: Store, bring: Bring
) -> None:
    store.add_recording(Recording("llamada1", debtor_name="Luis Pérez"))
    one = bring(line(OTHER, debtor_name="Jorge Díaz"), "a/1.json")
    assert "(otro deudor)" in one.error
    assert store.transcript("llamada1") is None
    assert store.recording("llamada1").debtor_name == "Luis Pérez"
    assert bring(FIRST).new


def test_a_recording_whose_words_came_while_it_waited_is_not_heard(
    store: Store, settings: Settings, bring: Bring, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").mkdir()
    audio = tmp_path / "a" / "llamada1.wav"
    with wave.open(str(audio), "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(b"\0\1" * 4000)
    intake.accept(store, audio, Recording(""))
    bring(FIRST)
    monkeypatch.setattr("coach.pipeline.hear", lambda *_, **__: pytest.fail("its words are here"))
    monkeypatch.setattr("coach.pipeline.judge", lambda transcript, _: light(transcript))
    worker.drain(store, settings)
    assert "Ahorita no" in words(store)
    assert not jobs.job_counts(store, HOUSE).failed


def test_one_id_twice_in_a_batch_keeps_the_first_and_the_rest_goes_on(
    store: Store, settings: Settings, tmp_path: Path
) -> None:
    file = tmp_path / "dia.jsonl"
    lines = (line(FIRST), line(OTHER), line(MENDED), line(OTHER, id="llamada2"))
    file.write_text("\n".join(lines), encoding="utf-8")
    made = imports.import_files(store, settings, [file], light, facts_of_source(settings, None))
    assert [(one.new, bool(one.error)) for one in made] == [
        (True, False),
        (False, True),
        (False, True),
        (True, False),
    ]
    assert "Ahorita no" in words(store)


def test_a_call_without_words_is_told_and_its_words_may_come(store: Store, bring: Bring) -> None:
    one = bring('{"id": "llamada1", "turns": []}', "a/1.json")
    assert one.told == (
        "1.json: llamada llamada1: no tiene ninguna palabra, así que no es evaluable. Revise el archivo si "
        "alguien habló.",
    )
    assert bring(OTHER, "b/llamada1.txt").new


def test_an_empty_file_takes_no_words_away(store: Store, bring: Bring) -> None:
    bring(FIRST)
    assert "coincide el 0 %" in bring('{"id": "llamada1", "turns": []}', "b/1.json").error


def _as_lines(text: str) -> str:
    return text.replace("Agente:", "A:").replace("Deudor:", "D:")


def test_a_call_whose_judging_is_cut_short_leaves_nothing_behind(
    store: Store, settings: Settings, tmp_path: Path
) -> None:
    """As by SIGTERM: a call without words and without a job waited for ever."""
    path = tmp_path / "llamada1.txt"
    path.write_text(FIRST, encoding="utf-8")

    def ended(_: Transcript) -> Call:
        raise SystemExit

    with pytest.raises(SystemExit):
        list(imports.import_files(store, settings, [path], ended, facts_of_source(settings, None)))
    assert not store.has("llamada1")
    (one,) = imports.import_files(store, settings, [path], light, facts_of_source(settings, None))
    assert (one.error, one.new) == ("", True)
