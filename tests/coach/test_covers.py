"""Correcting a turn of which something is covered: nobody uncovers it so, and nothing behind it is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from coach import drafting, drafts, releases, reviews, sheets
from coach.bodies import read_transcript, write_transcript
from coach.covers import uncovered
from coach.draft_body import DraftBody
from coach.indexed import indexed
from coach.muting import moments
from coach.schema_work import drafts as table
from coach.settings import Settings
from coach.shield import as_read
from coach.store import Store
from coach.types import Call
from coach.viewers import Viewer
from nlp.redact import redacted, redactions
from tests.coach.people import somebody
from tests.coach.privacy import keep
from tests.dialogue import dialogue
from transcripts.types import Cover

LINES = """
    A[0-4]: ¿Me confirma su número de documento?
    D[4-8]: Eh, cuatro, cero, siete. Treinta y uno, ocho.
    A[8-12]: Gracias. ¿Cuándo puede hacer el pago?
    D[12-16]: El viernes, con la tarjeta 4539 1488 0343 6467 o con la 5500 0055 5555 5559.
"""
SAID = ("cuatro", "Treinta", "4539", "5500")


@pytest.fixture
def call(store: Store, settings: Settings) -> Call:
    return keep(store, settings, "mx-documento", lines=LINES, debtor_name=None, country="MX")


@pytest.fixture
def eva(store: Store, settings: Settings, call: Call) -> Viewer:
    viewer = somebody(store, "analyst", "eva")
    drafts.open_review(store, settings, viewer, call.id)
    return viewer


def shown(store: Store, settings: Settings, viewer: Viewer, call: Call) -> list[str]:
    turns = releases.shown(store, settings, viewer, call.id).transcript.turns
    return [as_read(turn.text) for turn in turns]


def kept(store: Store, call: Call) -> list[str]:
    return [turn.text for turn in store.call(call.id).transcript.turns]


def test_the_box_holds_placeholders_and_the_line_beside_the_turn_too(
    store: Store, settings: Settings, call: Call, eva: Viewer
) -> None:
    box = shown(store, settings, eva, call)[1]
    assert box.startswith("Eh, [documento]")
    drafting.correct(store, eva, call.id, 1, text=f"{box} Creo que era así.")
    heard = sheets.sheet(store, settings, eva, call.id).heard
    assert heard == {1: f"{box} Creo que era así."}
    with store.reading() as connection:
        body = connection.execute(select(table.c.body)).scalar_one()
    assert "Eh, cuatro, cero, siete. Treinta y uno, ocho. Creo que era así." in body


def test_it_stays_covered_once_the_review_is_finished(
    store: Store, settings: Settings, call: Call, eva: Viewer
) -> None:
    before = shown(store, settings, eva, call)
    drafting.correct(store, eva, call.id, 0, text="Buenas tardes, ¿cómo le va?")  # nothing asks for it now
    drafting.correct(store, eva, call.id, 1, text=f"{before[1]} Eso es lo que compré.")
    drafting.correct(store, eva, call.id, 3, text=before[3].replace("El viernes", "El sábado"))
    reviews.finish(store, settings, eva, call.id)
    after = shown(store, settings, eva, call)
    assert after[1] == f"{before[1]} Eso es lo que compré."
    assert after[3] == before[3].replace("El viernes", "El sábado")
    assert not [word for word in SAID if word in " ".join(after)]
    assert kept(store, call)[1].startswith("Eh, cuatro, cero, siete. Treinta y uno, ocho.")
    assert kept(store, call)[3].endswith("la tarjeta 4539 1488 0343 6467 o con la 5500 0055 5555 5559.")
    there = store.call(call.id)
    assert "siete" not in indexed(there.transcript, there.findings)
    assert any(one.start_s < 8 and one.end_s > 4 for one in moments(there))


def test_it_stays_so_in_the_next_review(store: Store, settings: Settings, call: Call, eva: Viewer) -> None:
    drafting.correct(store, eva, call.id, 0, text="Buenas tardes, ¿cómo le va?")
    reviews.finish(store, settings, eva, call.id)
    drafts.open_review(store, settings, eva, call.id)
    box = shown(store, settings, eva, call)[1]
    assert "[documento]" in box
    drafting.correct(store, eva, call.id, 1, text=f"Sí. {box}")
    reviews.finish(store, settings, eva, call.id)
    assert shown(store, settings, eva, call)[1] == f"Sí. {box}"
    assert kept(store, call)[1].startswith("Sí. Eh, cuatro, cero, siete.")


def test_a_turn_that_was_only_looked_at_is_no_correction(
    store: Store, settings: Settings, call: Call, eva: Viewer
) -> None:
    for turn, text in enumerate(shown(store, settings, eva, call)):
        assert drafting.correct(store, eva, call.id, turn, text=text).body.edits == ()


def test_a_correction_is_corrected_again(store: Store, settings: Settings, call: Call, eva: Viewer) -> None:
    box = shown(store, settings, eva, call)[1]
    drafting.correct(store, eva, call.id, 1, text=f"Mire, {box}")
    again = sheets.sheet(store, settings, eva, call.id).heard[1]
    drafting.correct(store, eva, call.id, 1, text=f"{again} ¿Está bien?")
    assert sheets.sheet(store, settings, eva, call.id).heard == {1: f"Mire, {box} ¿Está bien?"}
    reviews.finish(store, settings, eva, call.id)
    assert kept(store, call)[1] == "Mire, Eh, cuatro, cero, siete. Treinta y uno, ocho. ¿Está bien?"


def test_of_two_that_read_alike_each_keeps_its_own(store: Store, call: Call) -> None:
    last = "con la 5500 0055 5555 5559."
    text = "El viernes, con la [tarjeta]."
    assert uncovered(call, DraftBody(), 3, text).startswith("El viernes, con la ")
    assert uncovered(call, DraftBody(), 3, f"El viernes, con la tarjeta [tarjeta] o {last}").endswith(last)
    both = "El viernes, con la tarjeta [tarjeta] o con la [tarjeta]."
    assert uncovered(call, DraftBody(), 3, both) == call.transcript.turns[3].text
    second = "O con la [tarjeta]."
    assert uncovered(call, DraftBody(), 3, second) == "O con la 5500 0055 5555 5559."


def test_a_placeholder_that_stands_for_nothing_stays_what_it_is(store: Store, call: Call) -> None:
    assert uncovered(call, DraftBody(), 2, "Gracias, [nombre].") == "Gracias, [nombre]."


def test_a_cover_is_kept_with_the_transcript_and_read_before_what_is_found() -> None:
    said = dialogue("A: Buenas.\nD: Mi DNI es 40729931 y vivo lejos.")
    (found,) = redactions(said)
    held = Cover(1, found.quote.start - 3, found.quote.end - 3, "card")
    whole = replace(said, covers=(held,))
    assert read_transcript(write_transcript(whole), said.recording) == whole
    assert "covers" not in write_transcript(said)
    assert [one.kind for one in redactions(whole)] == ["card", "id"]
    assert "4072" not in redacted(whole).turns[1].text
    assert redacted(whole).covers == ()


def test_who_reads_no_names_uncovers_none(store: Store, settings: Settings) -> None:
    call = keep(store, settings, "pe-nombre")
    tere = somebody(store, "trainer", "tere")
    drafts.open_review(store, settings, tere, call.id)
    box = as_read(releases.shown(store, settings, tere, call.id).transcript.turns[0].text)
    assert "[nombre]" in box
    drafting.correct(store, tere, call.id, 0, text=f"{box} Gracias.")
    assert sheets.sheet(store, settings, tere, call.id).heard == {0: f"{box} Gracias."}
