"""Several people score the same calls blind, then compare; and how strict each one is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import insert, select

from coach import agreement, blind, calibrating, calibration, comparison, strictness, wiping
from coach.calibration import Session
from coach.schema_people import audit
from coach.schema_work import calibration_drafts
from coach.settings import Settings
from coach.store import Store
from coach.types import Call, CoachError
from coach.viewers import HOUSE, Viewer
from rubrics.types import Outcome
from tests.coach.house import agent, person, rated

Said = dict[str, tuple[Outcome, str]]


@pytest.fixture
def people(store: Store, keep: Callable[..., Call]) -> tuple[Viewer, ...]:
    """Two calls, and a trainer with two analysts to score them."""
    for name in ("a", "b"):
        keep(name, verdicts={"firm": "pass", "empathy": "fail"})
    return person(store, "tere", "trainer"), person(store, "eva"), person(store, "luis")


def said(firm: Outcome, empathy: Outcome, note: str = "") -> Said:
    return {"firm": (firm, note), "empathy": (empathy, "")}


def session(store: Store, people: tuple[Viewer, ...], *calls: str) -> int:
    tere, *others = people
    ids = [one.user_id for one in others if one.user_id is not None]
    return calibration.create(store, tere, "Septiembre", calls or ("a", "b"), ids)


def test_a_word_after_the_comparison_is_not_blind(store: Store, people: tuple[Viewer, ...]) -> None:
    """The same people in a second session on the same call: they know by now what the others said."""
    tere, eva, luis = people
    for words in ((said("pass", "fail"), said("fail", "fail")), (said("fail", "fail"), said("fail", "fail"))):
        number = session(store, people, "a")
        for who, word in zip((eva, luis), words, strict=True):
            calibration.score(store, who, number, "a", word)
        for who in (tere, eva, luis):
            comparison.compare(store, who, number)
        with store.reading() as connection:
            firm = agreement.people_said(connection)["firm"]["a"]
        assert sorted(firm.values()) == ["fail", "pass"]


def test_a_call_that_lost_its_words_is_asked_of_nobody_any_more(
    store: Store, people: tuple[Viewer, ...]
) -> None:
    """What was said of it before counts; the session waits for the rest, and is over with that."""
    tere, eva, luis = people
    number = session(store, people, "a", "b")
    calibration.score(store, eva, number, "a", said("pass", "fail"))
    with store.writing() as connection:
        wiping.wipe_words(connection, "a", "retention", datetime(2026, 9, 16, tzinfo=UTC))
    with pytest.raises(CoachError, match="ya no se puede evaluar"):
        calibration.score(store, luis, number, "a", said("fail", "fail"))
    assert [(one.asked, one.mine) for one in calibration.sessions(store, luis)] == [(("b",), 1)]
    assert [(one.asked, one.mine) for one in calibration.sessions(store, eva)] == [(("a", "b"), 1)]
    for who in (eva, luis):
        calibration.score(store, who, number, "b", said("pass", "pass"))
    assert comparison.compare(store, tere, number).session.comparable
    with store.reading() as connection:
        assert not blind.is_calibrated(connection, luis, "b")


def test_nobody_sees_a_word_before_all_are_done(store: Store, people: tuple[Viewer, ...]) -> None:
    tere, eva, luis = people
    number = session(store, people, "a")
    calibration.score(store, eva, number, "a", said("pass", "fail"))
    assert calibrating.scored(store, luis, number, "a") == {}
    with pytest.raises(CoachError, match="Faltan 1 personas"):
        comparison.compare(store, tere, number)
    calibration.score(store, luis, number, "a", said("fail", "fail", "No pidió una fecha."))
    found = comparison.compare(store, luis, number)
    first = found.cells[0]
    assert (first.criterion, first.machine, first.people, first.split) == (
        "firm",
        "pass",
        ("pass", "fail"),
        True,
    )
    assert first.notes == ("", "No pidió una fecha.")
    assert [row.criterion for row in found.criteria] == ["firm", "empathy"]
    assert found.criteria[0].people.share.value == 0.0
    assert (found.criteria[0].machine.share.hits, found.criteria[0].machine.share.n) == (1, 2)
    assert [(one.name, one.failed, one.all_failed) for one in found.strict] == [
        ("Luis", 1.0, 0.75),
        ("Eva", 0.5, 0.75),
    ]


def test_what_has_been_compared_is_not_changed(store: Store, people: tuple[Viewer, ...]) -> None:
    _, eva, luis = people
    number = session(store, people, "a")
    calibration.score(store, eva, number, "a", said("pass", "fail"))
    calibration.score(store, eva, number, "a", said("fail", "fail"))  # still alone: a change of mind is fine
    calibration.score(store, luis, number, "a", said("pass", "na"))
    with pytest.raises(CoachError, match="no se cambian más"):
        calibration.score(store, eva, number, "a", said("pass", "pass"))
    assert calibrating.scored(store, eva, number, "a")["firm"] == ("fail", "")


def test_what_is_changed_after_handing_in_counts_at_once(
    store: Store, people: tuple[Viewer, ...], settings: Settings
) -> None:
    tere, eva, luis = people
    number = session(store, people, "a")
    calibrating.save(store, eva, number, "a", "firm", "pass", "")
    assert calibrating.scored(store, eva, number, "a") == {}
    calibrating.save(store, eva, number, "a", "empathy", "fail", "")
    calibrating.hand_in(store, settings, eva, number, "a")
    calibrating.save(store, eva, number, "a", "firm", "fail", " Sin día. ")
    with pytest.raises(CoachError, match="en vez de quitarla"):
        calibrating.save(store, eva, number, "a", "empathy", None, "")
    assert calibrating.paper(store, settings, eva, number, "a").handed_in
    calibration.score(store, luis, number, "a", said("fail", "fail"))
    found = comparison.compare(store, tere, number)
    assert {cell.criterion: cell.people for cell in found.cells} == {
        "firm": ("fail", "fail"), "empathy": ("fail", "fail"),
    }  # fmt: skip
    assert found.cells[0].notes == ("Sin día.", "")


def test_a_change_that_an_older_program_kept_apart_counts_with_the_next(
    store: Store, people: tuple[Viewer, ...]
) -> None:
    _, eva, _ = people
    number = session(store, people, "a")
    calibration.score(store, eva, number, "a", said("pass", "fail"))
    its = {"calibration_id": number, "recording_id": "a", "user_id": eva.user_id}
    with store.writing() as connection:
        body = '{"firm": ["fail", "tarde"], "empathy": [null, ""]}'
        connection.execute(insert(calibration_drafts).values(**its, body=body))
    calibrating.save(store, eva, number, "a", "empathy", "na", "")
    assert calibrating.scored(store, eva, number, "a") == {"firm": ("fail", "tarde"), "empathy": ("na", "")}


def test_a_call_of_a_session_is_named_by_who_held_its_login(store: Store, keep: Callable[..., Call]) -> None:
    keep("a", agent=None, agent_login="rosa")
    keep("b", agent=None, agent_login="ext9")
    agent(store, "rosa")
    of = calibrating.names(
        store,
        HOUSE,
        Session(1, "", datetime(2026, 9, 15, tzinfo=UTC), None, None, ("a", "b"), (), (), (), None),
    )
    assert {name: text.rpartition(" · ")[2] for name, text in of.items()} == {"a": "Rosa", "b": "ext9"}


def test_words_of_a_session_that_is_over_count_as_peoples_and_of_an_open_one_do_not(
    store: Store, people: tuple[Viewer, ...]
) -> None:
    _, eva, luis = people

    def counted() -> set[str]:
        with store.reading() as connection:
            return {call for calls in agreement.people_said(connection).values() for call in calls}

    whole, early = session(store, people, "a"), session(store, people, "b")
    calibration.score(store, eva, whole, "a", said("pass", "fail"))
    calibration.score(store, eva, early, "b", said("pass", "fail"))
    assert counted() == set()
    calibration.score(store, luis, whole, "a", said("fail", "fail"))  # everybody's word is in
    assert counted() == {"a"}
    calibration.close(store, HOUSE, early)
    assert counted() == {"a", "b"}


def test_a_closed_session_compares_what_there_is(store: Store, people: tuple[Viewer, ...]) -> None:
    tere, eva, luis = people
    number = session(store, people)
    calibration.score(store, eva, number, "a", said("pass", "fail"))
    calibration.close(store, tere, number)
    cells = comparison.compare(store, tere, number).cells
    assert {(cell.recording_id, cell.people) for cell in cells if cell.criterion == "firm"} == {
        ("a", ("pass", None)), ("b", (None, None)),
    }  # fmt: skip
    with pytest.raises(CoachError, match="no se cambian más"):
        calibration.score(store, luis, number, "a", said("pass", "fail"))


def test_a_person_is_held_against_the_others_on_the_same_calls(
    store: Store, people: tuple[Viewer, ...]
) -> None:
    tere, eva, luis = people
    number = session(store, people)
    calibration.score(store, eva, number, "a", said("pass", "pass"))
    calibration.score(store, eva, number, "b", said("fail", "fail"))
    calibration.score(store, luis, number, "a", said("fail", "pass"))
    calibration.close(store, tere, number)
    strict = {one.name: one.all_failed for one in comparison.compare(store, tere, number).strict}
    assert strict == {"Eva": 0.5, "Luis": 0.25}


def test_the_list_says_how_far_each_session_is(store: Store, people: tuple[Viewer, ...]) -> None:
    tere, eva, _ = people
    number = session(store, people)
    calibration.score(store, eva, number, "a", said("pass", "fail"))
    (seen,) = calibration.sessions(store, eva)
    assert (seen.title, seen.done, seen.mine, seen.comparable) == ("Septiembre", 0, 1, False)
    assert calibration.sessions(store, tere)[0].mine is None
    calibration.score(store, eva, number, "b", said("pass", "fail"))
    (seen,) = calibration.sessions(store, tere)
    assert (seen.done, [name for _, name in seen.behind]) == (1, ["Luis"])
    assert calibration.sessions(store, person(store, "lia", "lead")) == ()


def test_a_half_scorecard_is_no_score(store: Store, people: tuple[Viewer, ...]) -> None:
    number = session(store, people, "a")
    with pytest.raises(CoachError, match="faltan 1 criterios"):
        calibration.score(store, people[1], number, "a", {"firm": ("pass", "")})
    with pytest.raises(CoachError, match="«other» no se juzgó"):
        calibration.score(store, people[1], number, "a", {**said("pass", "pass"), "other": ("pass", "")})


def test_who_is_not_invited_neither_scores_nor_looks(store: Store, people: tuple[Viewer, ...]) -> None:
    number = session(store, people, "a")
    rosa = person(store, "rosa", "agent")
    for attempt in (
        lambda: calibration.score(store, rosa, number, "a", said("pass", "pass")),
        lambda: calibrating.scored(store, rosa, number, "a"),
        lambda: comparison.compare(store, rosa, number),
    ):
        with pytest.raises(CoachError, match="No hay ninguna calibración"):
            attempt()
    with pytest.raises(CoachError, match="no está entre quienes"):
        calibration.score(store, people[0], number, "a", said("pass", "pass"))


@pytest.mark.parametrize(
    ("calls", "message"),
    [(("nadie",), "no hay ninguna grabación"), ((), "al menos una llamada")],
)
def test_a_session_needs_calls_that_are_there(
    store: Store, people: tuple[Viewer, ...], calls: tuple[str, ...], message: str
) -> None:
    ids = [one.user_id for one in people[1:] if one.user_id is not None]
    with pytest.raises(CoachError, match=message):
        calibration.create(store, people[0], "Octubre", calls, ids)


def test_an_agent_is_not_asked_to_score(store: Store, people: tuple[Viewer, ...]) -> None:
    rosa, eva = person(store, "rosa", "agent").user_id, people[1].user_id
    assert rosa is not None
    assert eva is not None
    with pytest.raises(CoachError, match="Rosa: su función no evalúa"):
        calibration.create(store, people[0], "Octubre", ["a"], [rosa, eva])


def test_the_log_tells_who_did_what(store: Store, people: tuple[Viewer, ...]) -> None:
    number = session(store, people, "a")
    calibration.score(store, people[1], number, "a", said("pass", "fail", "secreto"))
    calibration.close(store, people[0], number)
    calibration.close(store, people[0], number)
    with store.reading() as connection:
        rows = connection.execute(
            select(audit.c.login, audit.c.action, audit.c.detail).order_by(audit.c.id)
        ).all()
    assert [(row.login, row.action.partition(".")[2]) for row in rows] == [
        ("tere", "create"), ("eva", "score"), ("tere", "close"),
    ]  # fmt: skip
    assert "secreto" not in "".join(row.detail for row in rows)


def test_strictness_beside_the_machine_and_beside_others(store: Store, keep: Callable[..., Call]) -> None:
    eva, luis = person(store, "eva"), person(store, "luis")
    for at in range(12):
        keep(f"c-{at}", verdicts={"firm": "pass", "empathy": "pass" if at % 2 else "fail"})
        rated(store, f"c-{at}", eva, {"firm": "fail", "empathy": "pass" if at % 2 else "fail"})
        rated(store, f"c-{at}", luis, {"firm": "pass", "empathy": "na"})
    found = {row.name: row for row in strictness.strictness(store, HOUSE)}
    machine = found["Eva"].machine
    assert (machine.calls, machine.verdicts, machine.own, machine.other) == (12, 24, 0.75, 0.25)
    assert machine.stands_out
    others = found["Luis"].others
    assert (others.verdicts, others.value) == (12, -1.0)  # only where both said pass or fail
    assert not found["Luis"].machine.stands_out


def test_one_call_makes_nobody_strict(store: Store, keep: Callable[..., Call]) -> None:
    keep("a")
    rated(store, "a", person(store, "eva"), {"firm": "fail"})
    (row,) = strictness.strictness(store, HOUSE)
    assert (row.machine.value, row.machine.low, row.machine.stands_out) == (1.0, None, False)


def test_strictness_from_a_day_on(store: Store, keep: Callable[..., Call]) -> None:
    eva = person(store, "eva")
    for name, month, heard in (("a", 8, "fail"), ("b", 8, "fail"), ("c", 9, "pass")):
        keep(name)
        rated(store, name, eva, {"firm": heard}, at=datetime(2026, month, 30, tzinfo=UTC))  # type: ignore[dict-item]
    whole, later = (
        strictness.strictness(store, HOUSE, since)[0] for since in (None, datetime(2026, 9, 1, tzinfo=UTC))
    )
    assert (whole.machine.calls, later.machine.calls, later.machine.own) == (3, 1, 0.0)


def test_a_call_whose_words_were_erased_is_nothing_to_calibrate_on(
    store: Store, people: tuple[Viewer, ...]
) -> None:
    with store.writing() as connection:
        wiping.wipe_words(connection, "b", "retention", datetime(2026, 11, 28, tzinfo=UTC))
    with pytest.raises(CoachError, match="b: su texto se borró"):
        session(store, people)
