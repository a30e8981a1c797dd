"""What is due: failed real calls first, five minutes a day; mastery with its n; misses without names."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from coach import attempts, bodies, own_calls, practice, practice_cards, practice_plan, practice_turns
from coach.pipeline import judge
from coach.queries import ALL
from coach.schema import findings, ladders, reviews, scorecards, verdicts
from coach.schema_drills import drill_attempts, drill_results
from coach.schema_work import releases, review_facts
from coach.settings import Settings
from coach.store import Store
from coach.types import Call, CoachError, Override, Relabel, Review
from coach.viewers import Viewer
from tests.coach.house import released
from tests.coach.people import somebody
from tests.dialogue import dialogue

CALL = """
    A: Buenas tardes, le habla Ana Ruiz, de Crédito Norte. ¿Hablo con Rosa López?
    D: Sí, soy Rosa López.
    A: Le llamo por su préstamo, tiene 3,000 pesos vencidos desde hace 18 días.
    D: Ay, la verdad es que no tengo dinero, no me alcanza. Mi teléfono es el 55 1234 5678.
    A: Eso no es mi problema, señora López. Pague ya.
    D: Bueno, ya veré.
    A: Hasta luego.
"""
KIND = "Comprendo que este mes no le alcance. ¿Qué día recibe su ingreso? ¿Le anoto 1,500 para el viernes?"
Real = Callable[..., Call]


@pytest.fixture
def ana(store: Store) -> Viewer:
    return somebody(store, "agent", "ana", name="Ana Ruiz", holds=("ana",), team="Norte")


@pytest.fixture
def real(store: Store, settings: Settings) -> Real:
    """A real call of Ana's in which «no tengo dinero» was brushed off: reviewed, released."""

    def put(
        *,
        reviewed: bool = True,
        out: bool = True,
        relabels: tuple[Relabel, ...] = (),
        overrides: tuple[Override, ...] = (),
        ago: int = 3,
    ) -> Call:
        transcript = dialogue(
            CALL, id="mx-1", country="MX", debtor_name="Rosa López", agent="Ana Ruiz", agent_login="ana",
            company="Crédito Norte", call_started_at=datetime.now(UTC) - timedelta(days=ago),
        )  # fmt: skip
        call = judge(transcript, settings)
        store.add_recording(transcript.recording)
        store.save(call, "nlp-1")
        with store.writing() as connection:
            found = connection.execute(select(findings.c.id)).scalar_one()
            row = {"recognise": 0, "explore": 0, "answer": 0, "ask": 0, "times": 1, "fits": 0, "missed": 1}
            connection.execute(insert(ladders).values(findings_id=found, label="no_money", turn=3, **row))
        if reviewed:
            review(store, relabels, overrides)
        if out:
            released(store, "mx-1", datetime.now(UTC) - timedelta(days=1))
        return call

    return put


def review(store: Store, relabels: tuple[Relabel, ...] = (), overrides: tuple[Override, ...] = ()) -> None:
    body = bodies.write_review(Review("mx-1", "Eva", datetime.now(UTC), overrides, relabels))
    with store.writing() as connection:
        card = connection.execute(select(scorecards.c.id)).scalar_one()
        row = {"recording_id": "mx-1", "scorecard_id": card, "reviewer": "Eva", "body": body}
        made = insert(reviews).values(**row, reviewed_at=datetime.now(UTC)).returning(reviews.c.id)
        new = connection.execute(made).scalar_one()
        facts = {"review_id": new, "kind": "review", "blind": False, "finished": True}
        connection.execute(insert(review_facts).values(**facts))


def done(store: Store, who: Viewer, objection: str, *, passed: bool, ago: int, **changes: Any) -> None:
    """A finished attempt of some days ago, straight into the tables."""
    day = date.today() - timedelta(days=ago)
    at = datetime.combine(day, datetime.min.time(), UTC)
    row = {
        "user_id": who.user_id, "format": "one_reply", "scenario": "x", "seed": 1, "on_date": day,
        "started_at": at, "finished_at": at, "seconds": 20.0, "spoken": False, "body": "{}", "grade": "",
        "points": 9 if passed else 3, "points_of": 12, "passed": passed, "versions": "{}", **changes,
    }  # fmt: skip
    with store.writing() as connection:
        made = insert(drill_attempts).values(**row).returning(drill_attempts.c.id)
        new = connection.execute(made).scalar_one()
        values = {"points": row["points"], "points_of": 12, "passed": passed}
        connection.execute(insert(drill_results).values(attempt_id=new, objection=objection, **values))


# today's minutes


def test_whoever_begins_gets_three_new_objections(store: Store, ana: Viewer) -> None:
    today = practice_plan.today(store, ana)
    assert [(item.format, item.new) for item in today.items] == [("one_reply", True)] * 3
    assert (today.minutes, today.done, today.next_day) == (3, 0, None)


def test_what_was_done_today_counts_against_the_five_minutes(store: Store, ana: Viewer) -> None:
    done(store, ana, "no_money", passed=True, ago=0, format="whole_call")
    today = practice_plan.today(store, ana)
    assert (today.items, today.done) == ((), 1)
    assert today.next_day == date.today() + timedelta(days=1)


def test_what_is_overdue_comes_before_what_is_new(store: Store, ana: Viewer) -> None:
    done(store, ana, "refusal", passed=True, ago=9)
    done(store, ana, "vague_promise", passed=False, ago=2)
    items = practice_plan.today(store, ana).items
    assert [(item.objection, item.new) for item in items[:2]] == [
        ("refusal", False),
        ("vague_promise", False),
    ]
    assert [item.format for item in items[:2]] == ["rewrite_bad_line", "one_reply"]
    assert all(item.new for item in items[2:])


def test_an_objection_that_was_taken_out_is_not_due(store: Store, ana: Viewer) -> None:
    done(store, ana, "gone_since", passed=False, ago=2)
    assert "gone_since" not in {item.objection for item in practice_plan.today(store, ana).items}


def test_somebody_else_on_the_phone_has_a_format_of_its_own(store: Store, ana: Viewer) -> None:
    done(store, ana, "wrong_person", passed=False, ago=2)
    assert practice_plan.today(store, ana).items[0].format == "third_party"


def test_a_real_call_that_failed_comes_first_at_its_very_turn(
    store: Store, settings: Settings, ana: Viewer, real: Real
) -> None:
    real()
    done(store, ana, "refusal", passed=False, ago=40)
    first = practice_plan.today(store, ana).items[0]
    assert (first.objection, first.miss and first.miss.turn) == ("no_money", 3)
    new = practice.begin_due(store, settings, ana, first)
    kept = attempts.attempt(store, ana, new, practice.playbook_of(settings))
    assert kept.source == ("mx-1", 3)
    practice_turns.reply(store, settings, ana, new, KIND)
    again = [item.objection for item in practice_plan.today(store, ana).items]
    assert "no_money" not in again


# misses


def test_a_miss_is_practised_without_names_and_numbers(
    store: Store, settings: Settings, ana: Viewer, real: Real
) -> None:
    real()
    new = practice.begin_miss(store, ana, "mx-1", 3)
    kept = attempts.attempt(store, ana, new, practice.playbook_of(settings))
    assert kept.play is not None
    said = " ".join(turn.text for turn in kept.play.turns)
    for secret in ("Rosa", "López", "55 1234 5678"):
        assert secret not in said + repr(kept.case)
    practice_turns.reply(store, settings, ana, new, KIND)
    shown = attempts.attempt(store, ana, new, practice.playbook_of(settings)).shown
    assert shown is not None
    assert shown.objection == "no_money"
    again = attempts.attempt(store, ana, new, practice.playbook_of(settings))
    mended = practice.again(store, settings, ana, again, "rewrite_bad_line")
    drill = attempts.attempt(store, ana, mended, practice.playbook_of(settings)).drill
    assert drill is not None
    assert drill.bad is not None
    assert drill.bad.text == "Eso no es mi problema, señora [nombre]. Pague ya."


@pytest.mark.parametrize("lacks", ["reviewed", "out"])
def test_a_call_that_nobody_reviewed_or_released_is_no_exercise(
    store: Store, settings: Settings, ana: Viewer, real: Real, lacks: str
) -> None:
    real(**{lacks: False})
    assert practice_cards.missed(store, ana, ana.user_id) == ()
    assert all(item.new for item in practice_plan.today(store, ana).items)
    with pytest.raises(CoachError):
        practice.begin_miss(store, ana, "mx-1", 3)
    trainer = somebody(store, "trainer")
    with pytest.raises(CoachError, match="ya revisó y entregó"):
        practice.begin_miss(store, trainer, "mx-1", 3)


def test_what_a_reviewer_took_off_is_no_miss(
    store: Store, settings: Settings, ana: Viewer, real: Real
) -> None:
    real(relabels=(Relabel(3, "no_money", None),))
    assert practice_cards.missed(store, ana, ana.user_id) == ()
    with pytest.raises(CoachError, match="no quedó nada por responder"):
        practice.begin_miss(store, ana, "mx-1", 3)


def waits(store: Store, outcome: str = "fail") -> None:
    """The machine's verdict on how objections were met is doubtful."""
    its = update(verdicts).where(verdicts.c.criterion == "handles_objections")
    with store.writing() as connection:
        connection.execute(its.values(outcome=outcome, needs_review=outcome == "fail"))


@pytest.mark.parametrize("outcome", ["pass", "na"])
def test_what_a_person_found_met_is_no_reproach(
    store: Store, settings: Settings, ana: Viewer, real: Real, outcome: Any
) -> None:
    real(overrides=(Override("handles_objections", outcome, "Quedó en llamar a las 12."),))
    assert practice_cards.missed(store, ana, ana.user_id) == ()
    assert own_calls.unmet(store, settings, ana, ALL, "no_money") == ()
    assert all(item.new for item in practice_plan.today(store, ana).items)


@pytest.mark.parametrize("outcome", ["pass", "na", "fail"])
def test_what_the_scorecard_does_not_hold_against_the_agent_is_no_reproach(
    store: Store, ana: Viewer, real: Real, outcome: str
) -> None:
    real()
    waits(store, outcome)
    assert practice_cards.missed(store, ana, ana.user_id) == ()


def test_what_a_person_found_missed_is_practised_whatever_the_machine_doubts(
    store: Store, settings: Settings, ana: Viewer, real: Real
) -> None:
    real(overrides=(Override("handles_objections", "fail", "No le respondió."),))
    waits(store, "pass")
    assert [one.turn for one in practice_cards.missed(store, ana, ana.user_id)] == [3]
    assert [
        one.quote and one.quote.turn for one in own_calls.unmet(store, settings, ana, ALL, "no_money")
    ] == [3]


def test_old_calls_are_let_rest(store: Store, ana: Viewer, real: Real) -> None:
    real(ago=120)
    assert practice_cards.missed(store, ana, ana.user_id) == ()


def test_another_agent_s_call_is_as_if_it_were_not_there(
    store: Store, settings: Settings, ana: Viewer, real: Real
) -> None:
    real()
    other = somebody(store, "agent", "otra", holds=("otra",), team="Norte")
    assert practice_cards.missed(store, other, ana.user_id) == ()
    with pytest.raises(CoachError, match="no hay ninguna grabación"):
        practice.begin_miss(store, other, "mx-1", 3)


def test_a_release_taken_back_takes_the_exercise_along(
    store: Store, settings: Settings, ana: Viewer, real: Real
) -> None:
    real()
    new = practice.begin_miss(store, ana, "mx-1", 3)
    with store.writing() as connection:
        connection.execute(update(releases).values(withdrawn_at=datetime.now(UTC)))
    with pytest.raises(CoachError, match="no hay ninguna grabación"):
        attempts.attempt(store, ana, new, practice.playbook_of(settings))
    store.forget("mx-1")
    assert attempts.attempts(store, ana).total == 0


# mastery


def test_mastery_is_told_with_its_n_and_not_below_three(store: Store, ana: Viewer) -> None:
    for ago in (12, 9):
        done(store, ana, "no_money", passed=True, ago=ago)
    (few,) = practice_cards.mastery(store, ana)
    assert (few.n, few.share) == (2, None)
    done(store, ana, "no_money", passed=False, ago=1)
    (told,) = practice_cards.mastery(store, ana)
    assert (told.n, told.passed, told.share) == (3, 2, pytest.approx(21 / 36))


def test_mastery_is_for_oneself_the_trainer_and_the_own_lead(store: Store, ana: Viewer) -> None:
    done(store, ana, "no_money", passed=True, ago=2)
    for viewer in (somebody(store, "trainer"), somebody(store, "lead", "norte", leads="Norte")):
        assert practice_cards.mastery(store, viewer, ana.user_id)[0].n == 1
    for viewer in (somebody(store, "agent", "otra"), somebody(store, "lead", "sur", leads="Sur"),
                   somebody(store, "analyst")):  # fmt: skip
        assert practice_cards.mastery(store, viewer, ana.user_id) == ()


def test_cases_are_found_by_what_is_asked(settings: Settings) -> None:
    found = practice_plan.fitting(settings, "one_reply", "no_money", "MX")
    assert found
    assert all("no_money" in case.objections and case.country == "MX" for case in found)
    vague = practice_plan.fitting(settings, "close_vague", "vague_promise")
    assert vague
    assert {case.success.kind for case in vague} <= {"promise", "partial_promise"}
    assert practice_plan.fitting(settings, "third_party", "wrong_person")
    hardest = practice_plan.fitting(settings, "whole_call", level=5)
    assert {case.difficulty for case in hardest} == {5}
