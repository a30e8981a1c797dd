"""A person's word: what is critical is confirmed or dismissed, and only then counts."""

from __future__ import annotations

import pytest

from coach import queries, reviews
from coach.settings import Settings
from coach.store import Store
from coach.types import Call, CoachError
from coach.viewers import HOUSE
from rubrics.loader import load_rubric
from rubrics.scoring import score
from tests.dialogue import dialogue, found


@pytest.fixture
def call(store: Store) -> Call:
    """A stored call in which the agent threatens, and does some things well."""
    transcript = dialogue(
        "A: Buenas tardes, le saluda Ana, de Crédito Norte.\nD: Sí, buenas tardes, dígame de qué se trata.\n"
        "A: Si no paga, lo embargamos.\nD: Pues ahorita no tengo, la verdad, este mes no me alcanzó."
    )
    findings = found(transcript, "greets@0", "says_own_name@0", "says_company@0", "threat@2: lo embargamos")
    card = score(transcript, findings, load_rubric())
    store.add_recording(transcript.recording)
    judged = Call(transcript, findings, card)
    store.save(judged)
    return judged


def test_what_nobody_confirmed_voids_nothing(store: Store, call: Call) -> None:
    now = reviews.standing(store.call(call.id), load_rubric(), None)
    assert now.to_confirm == ("no_threats",)
    assert not now.void
    assert now.points == call.scorecard.points


def test_a_confirmed_failure_voids_the_call_and_shows_what_it_would_have_been(
    store: Store, call: Call
) -> None:
    now = reviews.override(store, Settings(), HOUSE, call.id, "no_threats", "fail", "")
    assert (now.void, now.points, now.would_be) == (True, 0.0, call.scorecard.points)
    (row,) = queries.calls(store, HOUSE).rows
    assert (row.points, row.critical) == (0.0, 0)


def test_a_dismissed_failure_is_gone_and_the_machines_word_is_kept(store: Store, call: Call) -> None:
    now = reviews.override(store, Settings(), HOUSE, call.id, "no_threats", "pass", "Cita a otra persona.")
    assert not now.void
    assert now.to_confirm == ()
    assert store.call(call.id).scorecard.verdicts["no_threats"].outcome == "fail"


def test_another_outcome_needs_a_reason(store: Store, call: Call) -> None:
    with pytest.raises(CoachError, match="Escriba por qué"):
        reviews.override(store, Settings(), HOUSE, call.id, "no_threats", "pass", " ")


def test_a_later_word_keeps_the_earlier_ones(store: Store, call: Call) -> None:
    reviews.override(store, Settings(), HOUSE, call.id, "no_threats", "fail", "")
    now = reviews.override(store, Settings(), HOUSE, call.id, "polite_close", "pass", "Se despidió.")
    assert now.void
    assert now.verdicts["polite_close"].outcome == "pass"


def test_what_was_not_judged_cannot_be_overridden(store: Store, call: Call) -> None:
    with pytest.raises(CoachError, match="no se juzgó"):
        reviews.override(store, Settings(), HOUSE, call.id, "no_such", "pass", "x")


@pytest.mark.parametrize("reason", ["f", "no  ", "  porque"])
def test_a_reason_says_something_to_its_reader(store: Store, call: Call, reason: str) -> None:
    with pytest.raises(CoachError, match="unas palabras más"):
        reviews.override(store, Settings(), HOUSE, call.id, "no_threats", "pass", reason)
    reviews.override(
        store, Settings(), HOUSE, call.id, "no_threats", "fail", "sí"
    )  # the machine's own: no need
