"""How the machine agrees with people, and people among themselves."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import insert

from coach.agreement import Agreement, agreement, among
from coach.schema_month import past_evaluations
from coach.store import Store
from coach.types import Call, CoachError
from coach.viewers import HOUSE
from rubrics.loader import load_rubric
from rubrics.types import Outcome
from tests.coach.house import person, rated

FORM = load_rubric().model_copy(update={"id": "cobranza", "version": 1, "digest": "abc"})


def firm(store: Store) -> tuple[Agreement, Agreement, Agreement]:
    row = next(row for row in agreement(store, HOUSE, FORM) if row.criterion == "firm")
    return row.machine, row.people, row.past


def test_the_machine_is_measured_against_blind_reviews_only(store: Store, keep: Callable[..., Call]) -> None:
    eva = person(store, "eva")
    for at, (machine, heard, blind) in enumerate(
        [("pass", "pass", True), ("fail", "fail", True), ("pass", "fail", True), ("pass", "fail", False)]
    ):
        keep(f"c-{at}", verdicts={"firm": machine})
        rated(store, f"c-{at}", eva, {"firm": heard}, blind=blind)  # type: ignore[dict-item]
    machine, people, _ = firm(store)
    assert (machine.calls, machine.share.hits) == (3, 2)
    assert machine.kappa.value == pytest.approx(0.4)
    assert people.calls == 0  # nobody else listened to these


def test_people_are_measured_where_two_or_more_judged_the_same_call(
    store: Store, keep: Callable[..., Call]
) -> None:
    people = [person(store, login) for login in ("eva", "luis", "noe")]
    said: list[tuple[Outcome, ...]] = [("pass", "pass", "pass"), ("fail", "fail"), ("fail", "pass")]
    for at, words in enumerate(said):
        keep(f"c-{at}")
        for who, word in zip(people, words, strict=False):
            rated(store, f"c-{at}", who, {"firm": word})
    _, among_them, _ = firm(store)
    assert (among_them.calls, among_them.share.hits, among_them.share.n) == (3, 4, 5)
    assert among_them.alpha.value is not None


def test_alpha_of_people_is_that_of_the_units() -> None:
    found = among([{1: "pass", 2: "pass"}, {1: "fail", 3: "fail"}, {2: "pass", 3: "fail"}, {1: "na"}])
    # coincidences: pass-pass 2, fail-fail 2, pass-fail 2; n = 6; alpha = 1 - 5*2/(36-18)
    assert found.alpha.value == pytest.approx(1 - 5 * 2 / 18)
    assert (
        found.kappa.value == 0.0
    )  # of the one pair that differs; where two always agree on one call there is none


def test_evaluations_from_before_are_set_beside_the_machines_word(
    store: Store, keep: Callable[..., Call]
) -> None:
    keep("a", verdicts={"firm": "pass"})
    rows: list[dict[str, object]] = [
        {
            "source": "x",
            "recording_id": "a",
            "call_ref": "a",
            "reviewer": who,
            "criterion": "firm",
            "outcome": out,
        }
        for who, out in (("eva", "pass"), ("luis", "fail"))
    ]
    with store.writing() as connection:
        connection.execute(insert(past_evaluations), rows)
    _, _, past = firm(store)
    assert (past.share.hits, past.share.n) == (1, 2)


def test_an_agent_does_not_see_agreement(store: Store) -> None:
    with pytest.raises(CoachError, match="no tiene permiso"):
        agreement(store, person(store, "rosa", "agent"), FORM)
