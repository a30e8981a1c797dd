"""A review that is finished: what it writes, what it leaves as it was."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select

from coach import comments as notes
from coach import (
    criticals,
    drafting,
    drafts,
    keeping,
    listings,
    load,
    notices,
    pipeline,
    queries,
    quotas,
    releases,
    restand,
    reviews,
    tasks,
)
from coach.pipeline import rubric_of
from coach.rows import CallFilter
from coach.schema import reviews as review_table
from coach.schema import scorecards, standings, transcripts
from coach.schema_people import audit
from coach.schema_work import comments, ratings, review_facts
from coach.schema_work import tasks as table
from coach.settings import Settings
from coach.store import Store
from coach.types import Call, CoachError
from coach.viewers import HOUSE, Viewer
from rubrics.types import Outcome
from tests.coach.review_people import NOW, judged_call, keep_call, new_team, person
from tests.coach.test_drafts import drawn, judge_all, opened
from transcripts.types import Transcript


@pytest.fixture
def call(store: Store, settings: Settings) -> Call:
    return keep_call(store, settings, failed=("empathy", "no_threats"))


def rated(store: Store) -> dict[str, tuple[Outcome, Outcome, bool]]:
    with store.reading() as connection:
        rows = connection.execute(select(ratings).order_by(ratings.c.review_id)).all()
    return {row.criterion: (row.person, row.machine, row.blind) for row in rows}


def bodies(store: Store) -> list[str]:
    with store.reading() as connection:
        return list(connection.execute(select(scorecards.c.body).order_by(scorecards.c.id)).scalars())


def test_the_list_shows_the_objections_that_the_reviewer_left(
    store: Store, settings: Settings, ana: Viewer, call: Call
) -> None:
    assert listings.objections_in(store, ana, [call.id]) == {}
    opened(store, settings, ana)
    drafting.relabel(store, ana, call.id, 3, None, "no_notice", now=NOW)
    reviews.finish(store, settings, ana, call.id, now=NOW)
    assert listings.objections_in(store, ana, [call.id]) == {call.id: ("no_notice",)}
    with store.reading() as connection:
        assert queries.count(connection, ana, CallFilter(objections=("no_notice",))) == 1


def test_a_critical_failure_that_a_trainer_names_waits_for_who_may_confirm_it(
    store: Store, settings: Settings, ana: Viewer
) -> None:
    call = keep_call(store, settings, failed=())
    rosa = person(store, "rosa", "agent", team=new_team(store, "Norte"))
    releases.release(store, settings, HOUSE, call.id)
    tomas = person(store, "tomas", "trainer")
    before = criticals.waiting(store, ana)
    opened(store, settings, tomas)
    drafting.judge(store, tomas, call.id, "no_threats", "fail", "Amenaza con embargar.", now=NOW)
    ended = reviews.finish(store, settings, tomas, call.id, now=NOW)
    assert (ended.standing.to_confirm, ended.standing.void) == (("no_threats",), False)
    assert ended.standing.points == call.scorecard.points
    assert (before, criticals.waiting(store, ana)) == (0, 1)
    (row,) = criticals.inbox(store, settings, ana).rows
    assert (row.criterion.id, row.verdict.outcome) == ("no_threats", "fail")
    assert [one.id for one in criticals.named(store, settings, ana, [call.id])[call.id]] == ["no_threats"]
    (why,) = notes.of_call(store, ana, call.id)
    assert "Amenaza con embargar." in why.text
    assert "no_threats" not in releases.shown(store, settings, rosa, call.id).scorecard.verdicts
    assert notes.of_call(store, rosa, call.id) == ()
    assert notices.waiting(store, settings, rosa)[0].kind == "to_acknowledge"
    restand.restand(store, settings)
    keeping.keep_rescored(store, settings, judged_call(settings, call.id, failed=("empathy",)), history=True)
    assert criticals.waiting(store, ana) == 1

    now = reviews.override(store, settings, ana, call.id, "no_threats", "fail", "", now=NOW)
    assert (now.void, now.to_confirm, criticals.waiting(store, ana)) == (True, (), 0)
    assert "otra lo confirmó" in now.verdicts["no_threats"].reason


def test_what_an_analyst_said_of_a_critical_criterion_no_trainer_raises_again(
    store: Store, settings: Settings, ana: Viewer
) -> None:
    keep_call(store, settings, failed=())
    tomas = person(store, "tomas", "trainer")
    for _ in range(2):
        opened(store, settings, tomas)
        drafting.judge(store, tomas, "pe-01", "no_threats", "fail", "Amenaza claro.", now=NOW)
        reviews.finish(store, settings, tomas, "pe-01", now=NOW)
        reviews.override(store, settings, ana, "pe-01", "no_threats", "pass", "Cita a otra.", now=NOW)
        assert criticals.waiting(store, ana) == 0
    opened(store, settings, tomas)
    drafting.judge(store, tomas, "pe-01", "no_threats", "fail", "Amenaza claro.", now=NOW)
    reviews.finish(store, settings, tomas, "pe-01", now=NOW)
    assert criticals.waiting(store, ana) == 0


def test_a_finished_review_stands_beside_the_machines_word(
    store: Store, settings: Settings, ana: Viewer, call: Call
) -> None:
    before = bodies(store)
    drawn(store)
    opened(store, settings, ana)
    drafting.judge(store, ana, call.id, "empathy", "pass", "Sí lo reconoce.", now=NOW)
    drafting.judge(store, ana, call.id, "no_threats", "pass", "No es amenaza.", now=NOW)
    drafting.judge(store, ana, call.id, "concise", "pass", now=NOW)
    drafting.comment(store, ana, call.id, 2, "Ojo aquí.", for_agent=True, now=NOW)
    drafting.relabel(store, ana, call.id, 3, None, "no_money", now=NOW)
    done = reviews.finish(store, settings, ana, call.id, now=NOW + timedelta(minutes=1))
    assert (done.rescored, done.standing.points, done.standing.to_confirm) == (False, 100.0, ())
    assert bodies(store) == before
    review = store.call(call.id).review
    assert review is not None
    assert (review.reviewer, len(review.overrides), review.relabels[0].added) == ("Ana", 3, "no_money")
    assert rated(store) == {
        "empathy": ("pass", "fail", False),
        "no_threats": ("pass", "fail", False),
        "concise": ("pass", "pass", False),
    }
    with store.reading() as connection:
        facts = connection.execute(select(review_facts)).one()
        (said,) = connection.execute(select(comments.c.text)).scalars()
        logged = connection.execute(select(audit.c.action, audit.c.detail).order_by(audit.c.id)).all()
        told = " ".join(row.detail for row in logged)
    assert (facts.finished, facts.seconds, facts.kind, facts.task_id) == (True, 60, "review", 1)
    assert said == "Ojo aquí."
    assert [row.action for row in logged] == ["review", "override", "override", "confirm", "finish"]
    assert [json.loads(row.detail) for row in logged[1:4]] == [
        {"criterion": "empathy", "outcome": "pass"},
        {"criterion": "no_threats", "outcome": "pass"},
        {"pass": ["concise"]},
    ]
    assert "Sí lo reconoce" not in told
    assert drafts.current(store, ana, call.id) is None
    assert tasks.queue(store, settings, ana).total == 0
    (row,) = quotas.quotas(store, settings, HOUSE, date(2026, 9, 1))
    assert (row.done, row.missing) == (1, 0)
    (mine,) = load.load(store, settings, HOUSE, now=NOW)
    assert (mine.done, mine.minutes, mine.minutes_each) == (1, 1.0, 1.0)


def test_a_blind_review_rates_every_criterion_as_it_was_judged_blind(
    store: Store, settings: Settings, ana: Viewer, call: Call
) -> None:
    drawn(store, blind=True)
    opened(store, settings, ana)
    judge_all(store, ana, call, fail=("concise",))
    with pytest.raises(CoachError, match="comparar"):
        reviews.finish(store, settings, ana, call.id)
    drafting.seal(store, ana, call.id)
    with pytest.raises(CoachError, match="por qué cambia 3 veredictos"):
        reviews.finish(store, settings, ana, call.id)
    drafting.judge(store, ana, call.id, "concise", "pass")
    drafting.judge(store, ana, call.id, "empathy", "pass", "Sí lo reconoce.")
    drafting.judge(store, ana, call.id, "no_threats", "fail")
    done = reviews.finish(store, settings, ana, call.id)
    assert (done.standing.void, done.standing.would_be) == (True, pytest.approx(95, abs=6))
    found = rated(store)
    assert len(found) == len(call.scorecard.verdicts)
    assert found["concise"] == ("fail", "pass", True)
    assert found["no_threats"] == ("pass", "fail", True)


def test_a_change_needs_a_reason(store: Store, settings: Settings, ana: Viewer, call: Call) -> None:
    opened(store, settings, ana)
    drafting.judge(store, ana, call.id, "empathy", "pass")
    with pytest.raises(CoachError, match="por qué cambia un veredicto"):
        reviews.finish(store, settings, ana, call.id)
    assert drafts.current(store, ana, call.id) is not None


def test_a_critical_failure_is_confirmed_by_who_may_only(
    store: Store, settings: Settings, call: Call
) -> None:
    trainer = person(store, "teo", "trainer")
    opened(store, settings, trainer)
    drafting.judge(store, trainer, call.id, "no_threats", "fail")
    drafting.judge(store, trainer, call.id, "empathy", "pass", "Sí lo reconoce.")
    done = reviews.finish(store, settings, trainer, call.id)
    assert (done.standing.void, done.standing.to_confirm) == (False, ("no_threats",))
    assert rated(store)["no_threats"] == ("fail", "fail", False)
    with pytest.raises(CoachError, match="no tiene permiso"):
        reviews.override(store, settings, trainer, call.id, "no_threats", "fail", "")


def test_one_verdict_overridden_is_a_rating_but_no_finished_review(
    store: Store, settings: Settings, ana: Viewer, call: Call
) -> None:
    reviews.override(store, settings, ana, call.id, "empathy", "pass", "Sí lo reconoce.")
    assert rated(store) == {"empathy": ("pass", "fail", False)}
    (row,) = quotas.quotas(store, settings, HOUSE, date(2026, 9, 1))
    assert row.done == 0


def test_who_does_not_reach_a_call_learns_nothing_of_it(store: Store, settings: Settings, call: Call) -> None:
    agent, lead = person(store, "otra", "agent"), person(store, "eva", "lead")
    for viewer in (agent, lead):
        with pytest.raises(CoachError, match="no hay ninguna grabación"):
            reviews.override(store, settings, viewer, call.id, "empathy", "pass", "Así lo oigo.")
        with pytest.raises(CoachError, match="no tiene permiso"):
            reviews.finish(store, settings, viewer, call.id)


def test_other_waiting_tasks_of_the_call_are_done_with_it_but_no_blind_one(
    store: Store, settings: Settings, ana: Viewer, call: Call
) -> None:
    drawn(store)
    with store.writing() as connection:
        for reason, blind in (("doubt", False), ("critical", True)):
            row = {"recording_id": call.id, "agent_login": "rosa", "reason": reason, "probability": 0.5,
                   "blind": blind, "state": "open", "created_at": NOW}  # fmt: skip
            connection.execute(insert(table).values(**row))
    opened(store, settings, ana)
    reviews.finish(store, settings, ana, call.id)
    with store.reading() as connection:
        states = connection.execute(select(table.c.state).order_by(table.c.id)).scalars().all()
    assert states == ["done", "done", "open"]


def test_corrections_make_the_machine_judge_anew_and_the_persons_word_holds(
    store: Store, settings: Settings, ana: Viewer, call: Call
) -> None:
    before = bodies(store)
    reviews.override(store, settings, HOUSE, call.id, "polite_close", "fail", "No se despidió.")
    opened(store, settings, ana)
    drafting.correct(store, ana, call.id, 2, text="Debe doscientos cuarenta soles. Lo espero el viernes.")
    drafting.judge(store, ana, call.id, "empathy", "pass", "Sí lo reconoce.")
    done = reviews.finish(store, settings, ana, call.id)
    assert done.rescored
    assert bodies(store)[: len(before)] == before
    assert len(bodies(store)) == 2
    after = store.call(call.id)
    assert after.transcript.turns[2].text == "Debe doscientos cuarenta soles. Lo espero el viernes."
    for verdict in after.scorecard.verdicts.values():
        for quote in verdict.evidence:
            assert after.transcript.turns[quote.turn].text[quote.start : quote.end] == quote.text
    assert after.scorecard.verdicts["no_threats"].outcome == "pass"
    assert "no_threats" in done.changed
    assert done.standing.verdicts["polite_close"].outcome == "fail"
    assert done.standing.verdicts["empathy"].outcome == "pass"
    assert rated(store)["empathy"] == ("pass", "fail", False)
    with store.reading() as connection:
        assert len(connection.execute(select(transcripts.c.id)).all()) == 2
        points = connection.execute(
            select(standings.c.points).join(scorecards).where(scorecards.c.current)
        ).scalar_one()
    assert points == done.standing.points


def test_what_waits_now_or_waits_no_more_has_changed_too(
    store: Store, settings: Settings, ana: Viewer, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    def judge(heard: Transcript, settings: Settings) -> Call:
        verdicts = dict(call.scorecard.verdicts)
        for name in ("explains_benefit", "empathy"):
            verdicts[name] = replace(verdicts[name], needs_review=True)
        return replace(call, transcript=heard, scorecard=replace(call.scorecard, verdicts=verdicts))

    monkeypatch.setattr(pipeline, "judge", judge)
    opened(store, settings, ana)
    drafting.correct(store, ana, call.id, 3, text="No tengo plata, señorita, me pagan el viernes.")
    drafting.judge(store, ana, call.id, "empathy", "pass", "Sí lo reconoce.")
    assert reviews.finish(store, settings, ana, call.id).changed == ("explains_benefit",)


def test_a_correction_of_one_turn_leaves_every_other_as_it_was(
    store: Store, settings: Settings, ana: Viewer, call: Call
) -> None:
    opened(store, settings, ana)
    drafting.correct(store, ana, call.id, 3, text="No tengo plata, señorita, me pagan el viernes.")
    reviews.finish(store, settings, ana, call.id)
    before, after = call.transcript.turns, store.call(call.id).transcript.turns
    assert [(one.speaker, one.start_s, one.end_s) for one in after] == [
        (one.speaker, one.start_s, one.end_s) for one in before
    ]
    assert [one.text for at, one in enumerate(after) if at != 3] == [
        one.text for at, one in enumerate(before) if at != 3
    ]


def test_a_confirmed_verdict_is_told_without_the_machines_doubt(
    store: Store, settings: Settings, ana: Viewer, call: Call
) -> None:
    verdicts = dict(call.scorecard.verdicts)
    reason, doubt = "No reconoce lo que contó: se buscó hasta el final.", "Falta oír cuál quedó."
    verdicts["empathy"] = replace(
        verdicts["empathy"], outcome="fail", reason=reason, doubt=doubt, needs_review=True
    )
    store.save(replace(call, scorecard=replace(call.scorecard, verdicts=verdicts)), "nlp-1")
    now = reviews.override(store, settings, HOUSE, call.id, "empathy", "fail", "")
    assert now.verdicts["empathy"].told == reason
    assert store.call(call.id).scorecard.verdicts["empathy"].told == f"{reason} {doubt}"


def test_a_swap_of_sides_is_judged_as_it_was_said(
    store: Store, settings: Settings, ana: Viewer, call: Call
) -> None:
    opened(store, settings, ana)
    drafting.swap(store, ana, call.id)
    assert reviews.finish(store, settings, ana, call.id).rescored
    assert [turn.speaker for turn in store.call(call.id).transcript.turns[:2]] == ["debtor", "agent"]


def test_a_persons_word_outlives_a_new_judgement(store: Store, settings: Settings, call: Call) -> None:
    reviews.override(store, settings, HOUSE, call.id, "no_threats", "fail", "")
    new = keep_again(store, settings)
    assert stands(store) == (new.scorecard.points, False)
    assert keeping.catch_up(store, settings) == 1
    assert stands(store) == (0.0, True)
    assert keeping.catch_up(store, settings) == 0


def keep_again(store: Store, settings: Settings) -> Call:
    new = judged_call(settings, failed=("no_threats", "polite_close"))
    store.save(new, "nlp-2")
    return new


def stands(store: Store) -> tuple[float | None, bool]:
    query = select(standings.c.points, standings.c.void).join(scorecards).where(scorecards.c.current)
    with store.reading() as connection:
        points, void = connection.execute(query).one()
    return points, void


def test_two_who_finish_at_once_lose_nothing_of_each_other(
    store: Store, settings: Settings, ana: Viewer, call: Call
) -> None:
    luz = person(store, "luz", "analyst")
    opened(store, settings, ana)
    opened(store, settings, luz)
    drafting.judge(store, ana, call.id, "empathy", "pass", "Sí lo reconoce.")
    drafting.judge(store, luz, call.id, "no_threats", "pass", "No amenaza.")
    reviews.finish(store, settings, ana, call.id)
    reviews.finish(store, settings, luz, call.id)
    review = store.call(call.id).review
    assert review is not None
    assert {one.criterion for one in review.overrides} == {"empathy", "no_threats"}
    with store.reading() as connection:
        assert len(connection.execute(select(review_table.c.id)).all()) == 2


def test_a_review_of_a_call_judged_again_since_is_not_written(
    store: Store, settings: Settings, ana: Viewer, call: Call
) -> None:
    opened(store, settings, ana)
    drafting.judge(store, ana, call.id, "empathy", "pass", "Sí lo reconoce.")
    keep_again(store, settings)
    with pytest.raises(CoachError, match="de nuevo"):
        reviews.finish(store, settings, ana, call.id)
    with store.reading() as connection:
        assert connection.execute(select(review_table.c.id)).first() is None
    drafting.noticed(store, ana, call.id)
    assert reviews.finish(store, settings, ana, call.id).standing.verdicts["empathy"].outcome == "pass"


@pytest.fixture
def other_window(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], None]:
    """Have something happen between the moment a review is read to be ended and the moment it is written."""

    def meanwhile(happens: Callable[[], object]) -> None:
        read = drafts.touch

        def touch(*asked: Any, **more: Any) -> drafts.Draft:
            found = read(*asked, **more)
            monkeypatch.setattr(drafts, "touch", read)
            happens()
            return found

        monkeypatch.setattr(drafts, "touch", touch)

    return meanwhile


def test_a_review_that_two_windows_finish_counts_once(
    store: Store, settings: Settings, ana: Viewer, call: Call, other_window: Callable[..., None]
) -> None:
    drawn(store, blind=True)
    opened(store, settings, ana)
    judge_all(store, ana, call, fail=("empathy", "no_threats"))
    drafting.comment(store, ana, call.id, 2, "Ojo aquí.")
    drafting.seal(store, ana, call.id)
    other_window(lambda: reviews.finish(store, settings, ana, call.id))
    with pytest.raises(CoachError, match="ya se terminó o se descartó en otra ventana"):
        reviews.finish(store, settings, ana, call.id)
    with store.reading() as connection:
        assert len(connection.execute(select(ratings)).all()) == len(call.scorecard.verdicts)
        assert connection.execute(select(comments.c.text)).scalars().all() == ["Ojo aquí."]
        assert len(connection.execute(select(review_table)).all()) == 1


def test_a_review_that_another_window_changes_meanwhile_goes_on(
    store: Store, settings: Settings, ana: Viewer, call: Call, other_window: Callable[..., None]
) -> None:
    opened(store, settings, ana)
    other_window(lambda: drafting.judge(store, ana, call.id, "empathy", "pass", "Sí lo reconoce."))
    with pytest.raises(CoachError, match="cambió en otra ventana"):
        reviews.finish(store, settings, ana, call.id)
    assert reviews.finish(store, settings, ana, call.id).standing.points is not None
    assert rated(store) == {"empathy": ("pass", "fail", False)}


def test_a_sign_of_work_from_another_window_is_no_change(
    store: Store, settings: Settings, ana: Viewer, call: Call, other_window: Callable[..., None]
) -> None:
    opened(store, settings, ana)
    other_window(lambda: drafts.touch(store, ana, call.id))
    reviews.finish(store, settings, ana, call.id)
    assert drafts.current(store, ana, call.id) is None


def test_a_review_with_a_reason_of_one_letter_is_not_ended(
    store: Store, settings: Settings, call: Call, ana: Viewer
) -> None:
    opened(store, settings, ana)
    drafting.judge(store, ana, call.id, "empathy", "pass", "f", now=NOW)
    label = next(one.label for one in rubric_of(settings).criteria if one.id == "empathy")
    with pytest.raises(CoachError, match=f"la razón de «{label}» con unas palabras más"):
        reviews.finish(store, settings, ana, call.id, now=NOW)
