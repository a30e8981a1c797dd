"""An agent's appeal: from the evidence, in time, decided by somebody who has not seen the first word."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st
from sqlalchemy import select, update

from coach import audit as log
from coach import (
    blind,
    bodies,
    calibration,
    database,
    dispute_rows,
    disputes,
    drafting,
    drafts,
    gold,
    keeping,
    notices,
    queries,
    releases,
    restand,
    reviews,
)
from coach.schema import scorecards
from coach.schema_people import users
from coach.schema_work import ratings, review_facts
from coach.settings import Settings
from coach.store import Store
from coach.types import Call, CoachError
from coach.viewers import HOUSE, Viewer
from rubrics.types import Outcome
from tests.coach.review_people import judged_call, keep_call, new_team, person
from transcripts.types import Quote

NOW = datetime.now(UTC)


@pytest.fixture
def call(store: Store, settings: Settings) -> Call:
    return keep_call(store, settings, failed=("empathy", "concise"), waiting=("asks_reason",))


@pytest.fixture
def rosa(store: Store, call: Call) -> Viewer:
    """The agent, to whom the call has been released."""
    found = person(store, "rosa", "agent", team=new_team(store, "Norte"))
    releases.release(store, Settings(), HOUSE, call.id)
    return found


def dispute(store: Store, settings: Settings, rosa: Viewer, criterion: str = "empathy", **more: Any) -> int:
    return disputes.dispute(store, settings, rosa, "pe-01", criterion, "Le dije que lo entendía.", **more)


def test_a_failed_criterion_is_disputed_from_its_evidence(
    store: Store, settings: Settings, rosa: Viewer, ana: Viewer, call: Call
) -> None:
    found = disputes.window(store, settings, rosa, call.id)
    assert found is not None
    assert set(found.criteria) == {"empathy", "concise"}
    number = dispute(store, settings, rosa, quote=call.transcript.quote(4, 0, 8))
    left = disputes.window(store, settings, rosa, call.id)
    assert left is not None
    assert left.criteria == ("concise",)
    (row,) = dispute_rows.to_decide(store, ana).rows
    assert (row.id, row.criterion, row.quote, row.state) == (
        number,
        "empathy",
        Quote(4, 0, 8, "¿Entonce"),
        "open",
    )
    assert (row.outcome, row.decision) == (None, "")
    assert notices.badge(store, ana) == 1
    given = releases.of_call(store, ana, call.id)
    assert given is not None
    assert given.acknowledged_at is not None  # who answers a call has read it


def test_what_cannot_be_disputed_is_refused(
    store: Store, settings: Settings, rosa: Viewer, call: Call
) -> None:
    refused = (
        ("polite_close", {}, "no se puede apelar"),  # passed
        ("asks_reason", {}, "no se puede apelar"),  # waits for a person: nothing is held against anybody
        ("no_such", {}, "no se puede apelar"),
        ("empathy", {"quote": Quote(1, 0, 3, "Xyz")}, "no está en la transcripción"),
        ("empathy", {"quote": Quote(99, 0, 3, "Sí,")}, "no está en la transcripción"),
    )
    for criterion, more, said in refused:
        with pytest.raises(CoachError, match=said):
            dispute(store, settings, rosa, criterion, **more)
    with pytest.raises(CoachError, match="Escriba por qué"):
        disputes.dispute(store, settings, rosa, call.id, "empathy", "  ")
    dispute(store, settings, rosa)
    with pytest.raises(CoachError, match="una vez"):
        dispute(store, settings, rosa)


def test_the_deadline_counts_working_days_from_the_notice(
    store: Store, settings: Settings, call: Call
) -> None:
    rosa = person(store, "rosa", "agent", team=new_team(store, "Norte", "PE"))
    friday = datetime(2026, 7, 24, 14, tzinfo=UTC)  # the 28th and 29th are holidays in Peru
    releases.release(store, settings, HOUSE, call.id, now=friday)
    found = disputes.window(store, settings, rosa, call.id, now=friday)
    assert found is not None
    assert found.until == date(2026, 8, 4)
    lima_midnight = datetime(2026, 8, 5, 5, tzinfo=UTC)
    with pytest.raises(CoachError, match="terminó el 04/08/2026"):
        dispute(store, settings, rosa, now=lima_midnight)
    assert disputes.window(store, settings, rosa, call.id, now=lima_midnight) is None
    assert dispute(store, settings, rosa, now=lima_midnight - timedelta(seconds=1))
    (row,) = dispute_rows.of_call(store, rosa, "pe-01")
    assert row.due_on == date(2026, 8, 12)  # the 6th is one too


def heard_of(store: Store, settings: Settings, agent: Viewer) -> list[str]:
    return [one.kind for one in notices.waiting(store, settings, agent) if one.id is not None]


def test_what_is_confirmed_long_after_the_release_is_told_and_can_be_disputed(
    store: Store, settings: Settings, ana: Viewer
) -> None:
    rosa = person(store, "rosa", "agent", team=new_team(store, "Norte", "PE"))
    keep_call(store, settings, "pe-02", failed=("no_threats",))
    released = datetime(2026, 9, 15, 15, tzinfo=UTC)
    releases.release(store, settings, ana, "pe-02", now=released)
    assert disputes.window(store, settings, rosa, "pe-02", now=released) is None  # nobody's word yet
    later = released + timedelta(days=20)
    reviews.override(store, settings, ana, "pe-02", "no_threats", "fail", "Amenaza con embargar.", now=later)
    assert heard_of(store, settings, rosa) == ["judged_worse"]
    found = disputes.window(store, settings, rosa, "pe-02", now=later)
    assert found == disputes.Window(date(2026, 10, 13), ("no_threats",))  # the 8th is a holiday
    over = datetime(2026, 10, 14, 12, tzinfo=UTC)
    with pytest.raises(CoachError, match="terminó el 13/10/2026"):
        disputes.dispute(store, settings, rosa, "pe-02", "no_threats", "No amenacé.", now=over)
    reviews.override(store, settings, ana, "pe-02", "no_threats", "fail", "Lo mantengo.", now=over)
    assert disputes.window(store, settings, rosa, "pe-02", now=over) is None  # said again is no new failure
    assert disputes.dispute(store, settings, rosa, "pe-02", "no_threats", "No amenacé.", now=later)


def test_what_a_later_judgement_fails_is_told_and_can_be_disputed(
    store: Store, settings: Settings, call: Call
) -> None:
    rosa = person(store, "rosa", "agent", team=new_team(store, "Norte", "PE"))
    releases.release(store, settings, HOUSE, call.id, now=NOW - timedelta(days=60))
    assert disputes.window(store, settings, rosa, call.id) is None
    anew = judged_call(settings, call.id, failed=("empathy", "polite_close"))
    keeping.keep_rescored(store, settings, anew)
    found = disputes.window(store, settings, rosa, call.id)
    assert found is not None
    assert found.criteria == ("polite_close",)  # the other has been there from the first day
    assert heard_of(store, settings, rosa) == ["judged_worse"]
    keeping.keep_rescored(store, settings, judged_call(settings, call.id, failed=("empathy", "firm")))
    assert heard_of(store, settings, rosa) == ["judged_worse"]  # one until it is read


@pytest.mark.parametrize("by_machine", [True, False])
def test_what_was_put_right_before_it_was_read_is_told_no_more(
    store: Store, settings: Settings, rosa: Viewer, ana: Viewer, by_machine: bool
) -> None:
    """Only where nothing of it is left, and by whoever made it so."""

    def fails(*more: str) -> None:
        if by_machine:
            anew = judged_call(settings, failed=("empathy", "concise", *more), waiting=("asks_reason",))
            keeping.keep_rescored(store, settings, anew)
            return
        for name in ("polite_close", "firm"):
            outcome: Outcome = "fail" if name in more else "pass"
            reviews.override(store, settings, ana, "pe-01", name, outcome, "Lo oí de nuevo.")

    fails("polite_close")
    assert heard_of(store, settings, rosa) == ["judged_worse"]
    fails("firm")
    assert heard_of(store, settings, rosa) == ["judged_worse"]
    fails()
    assert heard_of(store, settings, rosa) == []
    fails("polite_close")
    notices.read_of_call(store, rosa, "pe-01")
    fails()
    assert heard_of(store, settings, rosa) == []
    fails("polite_close")
    assert heard_of(store, settings, rosa) == ["judged_worse"]  # they had read that it was


def test_who_is_stopped_before_telling_has_kept_nothing(
    store: Store, settings: Settings, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the next run would compare the new with the new, and the days would run untold."""
    rosa = person(store, "rosa", "agent", team=new_team(store, "Norte", "PE"))
    releases.release(store, settings, HOUSE, call.id, now=NOW - timedelta(days=60))
    anew = judged_call(settings, call.id, failed=("empathy", "polite_close"))

    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as killed:
        killed.setattr(keeping, "stand_again", stopped)
        for keep in (keeping.keep_rescored, keeping.keep_judged):
            with pytest.raises(KeyboardInterrupt):
                keep(store, settings, anew)
    assert store.call(call.id).scorecard == call.scorecard
    keeping.keep_rescored(store, settings, anew)
    assert heard_of(store, settings, rosa) == ["judged_worse"]


def test_what_is_no_worse_or_not_read_yet_is_not_told(store: Store, settings: Settings, rosa: Viewer) -> None:
    reviews.override(store, settings, HOUSE, "pe-01", "empathy", "fail", "Lo mantengo.")
    reviews.override(store, settings, HOUSE, "pe-01", "concise", "pass", "Se explica bien.")
    keep_call(store, settings, "pe-02", failed=())
    releases.release(store, settings, HOUSE, "pe-02", (NOW + timedelta(days=9)).date())
    reviews.override(store, settings, HOUSE, "pe-02", "empathy", "fail", "No la hubo.")
    assert heard_of(store, settings, rosa) == []


def test_only_the_agent_of_the_call_disputes_it(
    store: Store, settings: Settings, rosa: Viewer, ana: Viewer
) -> None:
    luis = person(store, "luis", "agent")
    with pytest.raises(CoachError, match="no hay ninguna grabación"):
        dispute(store, settings, luis)
    for other in (ana, HOUSE):
        with pytest.raises(CoachError, match="no tiene permiso"):
            dispute(store, settings, other)
        assert disputes.window(store, settings, other, "pe-01") is None


def test_an_upheld_dispute_takes_the_verdicts_place_and_leaves_the_scorecard(
    store: Store, settings: Settings, rosa: Viewer, ana: Viewer, call: Call
) -> None:
    number = dispute(store, settings, rosa)
    with store.reading() as connection:
        before = connection.execute(select(scorecards.c.body)).scalars().all()
    decided = disputes.decide(store, settings, ana, number, "pass", "Lo reconoce en el turno 4.")
    assert decided.state == "upheld"
    assert decided.before is not None
    assert decided.points is not None
    assert decided.points > decided.before
    (listed,) = queries.calls(store, HOUSE).rows
    assert listed.points == decided.points
    with store.reading() as connection:
        assert connection.execute(select(scorecards.c.body)).scalars().all() == before
        (rating,) = connection.execute(select(ratings)).all()
        (facts,) = connection.execute(select(review_facts)).all()
    assert (rating.criterion, rating.person, rating.machine, rating.blind) == (
        "empathy",
        "pass",
        "fail",
        True,
    )
    assert (facts.kind, facts.blind, facts.finished) == ("second", True, False)
    (row,) = dispute_rows.of_call(store, rosa, "pe-01")
    assert (row.state, row.outcome, row.decision) == ("upheld", "pass", "Lo reconoce en el turno 4.")
    assert row.decided_by == ""
    told = [one for one in notices.waiting(store, settings, rosa) if one.id is not None]
    assert [(one.kind, one.criterion) for one in told] == [("dispute_upheld", "empathy")]


@pytest.mark.parametrize(
    ("meanwhile", "second", "state", "outcome"),
    [
        ("pass", "pass", "upheld", "pass"),
        ("pass", "na", "upheld", "pass"),  # «na» would give fewer points than what was conceded
        ("na", "pass", "upheld", "pass"),
        ("pass", "fail", "dismissed", "pass"),  # and nothing that was conceded is taken back
        ("na", "fail", "dismissed", "na"),
        ("fail", "na", "upheld", "na"),
    ],
)
def test_a_dispute_is_decided_by_the_fail_that_was_disputed(
    store: Store,
    settings: Settings,
    rosa: Viewer,
    ana: Viewer,
    meanwhile: Outcome,
    second: Outcome,
    state: str,
    outcome: str,
) -> None:
    """Whatever has been said of it, or made of it by the machine, in between."""
    number = dispute(store, settings, rosa)
    reviews.override(store, settings, HOUSE, "pe-01", "empathy", meanwhile, "Lo oí de nuevo.")
    before = points_of(store, "pe-01")
    decided = disputes.decide(store, settings, ana, number, second, "Lo oí dos veces.")
    assert (decided.state, decided.before) == (state, before)
    assert decided.points == points_of(store, "pe-01")
    (row,) = dispute_rows.of_call(store, rosa, "pe-01")
    assert (row.state, row.outcome) == (state, outcome)


def test_a_fail_upholds_nothing_in_a_voided_call(
    store: Store, settings: Settings, rosa: Viewer, ana: Viewer
) -> None:
    reviews.override(store, settings, HOUSE, "pe-01", "no_threats", "fail", "Amenaza con embargar.")
    number = dispute(store, settings, rosa)
    reviews.override(store, settings, HOUSE, "pe-01", "empathy", "pass", "Lo oí de nuevo.")
    assert disputes.decide(store, settings, ana, number, "fail", "No la hay.").state == "dismissed"
    assert settled_outcome(store, "empathy") == "pass"


def settled_outcome(store: Store, criterion: str) -> str:
    review = store.call("pe-01").review
    assert review is not None
    return next(one.outcome for one in review.overrides if one.criterion == criterion)


@pytest.mark.parametrize("by_law", [False, True])
def test_a_dispute_of_what_is_judged_no_more_ends_and_is_told(
    store: Store, settings: Settings, rosa: Viewer, ana: Viewer, call: Call, by_law: bool
) -> None:
    """Whether the form has the criterion no more or a rule of the country stands in its place."""
    number, other = dispute(store, settings, rosa), dispute(store, settings, rosa, "concise")
    keeping.keep_rescored(store, settings, without(judged_call(settings, failed=("concise",)), by_law))
    assert [row.id for row in dispute_rows.to_decide(store, ana).rows] == [other]
    assert notices.badge(store, ana) == 1
    assert dispute_rows.lately_void(store, ana) == 1
    assert dispute_rows.lately_void(store, ana, now=NOW + timedelta(days=30)) == 0
    row, left = dispute_rows.of_call(store, rosa, call.id)
    assert (row.state, row.outcome, row.overdue, left.state) == ("void", None, False, "open")
    told = [one for one in notices.waiting(store, settings, rosa) if one.id is not None]
    assert [(one.kind, one.criterion) for one in told] == [("dispute_void", "empathy")]
    (entry,) = log.entries(store, HOUSE, action="void_dispute").rows
    assert (entry.login, entry.detail) == ("", {"dispute": number, "criterion": "empathy"})
    with pytest.raises(CoachError, match="terminó sin decisión"):
        dispute_rows.case(store, settings, ana, number)
    with pytest.raises(CoachError, match="ya no está abierta"):
        disputes.decide(store, settings, ana, number, "pass", "Sí la oigo en el turno 4.")
    with pytest.raises(CoachError, match="ya no está abierta"):
        disputes.withdraw(store, rosa, number)
    assert disputes.decide(store, settings, ana, other, "fail", "Da rodeos.").state == "dismissed"


def without(call: Call, by_law: bool) -> Call:
    """The call as it comes out where empathy is judged no more."""
    card = call.scorecard
    if by_law:
        return replace(call, scorecard=replace(card, replaced=("empathy",)))
    left = {name: verdict for name, verdict in card.verdicts.items() if name != "empathy"}
    return replace(call, scorecard=replace(card, verdicts=left))


def test_a_dispute_that_nobody_could_decide_ends_where_an_older_store_is_opened(
    store: Store, settings: Settings, rosa: Viewer, call: Call
) -> None:
    dispute(store, settings, rosa)
    dispute(store, settings, rosa, "concise")
    config = Config()
    config.set_main_option("script_location", str(database.MIGRATIONS))
    with store.writing() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0037")
        body = bodies.write_scorecard(without(call, by_law=False).scorecard)
        connection.execute(update(scorecards).values(body=body))
        command.upgrade(config, "head")
    assert [row.state for row in dispute_rows.of_call(store, rosa, call.id)] == ["void", "open"]
    assert heard_of(store, settings, rosa) == ["dispute_void"]
    (entry,) = log.entries(store, HOUSE, action="void_dispute").rows
    assert entry.detail["criterion"] == "empathy"


def test_what_counts_again_can_be_disputed_again(
    store: Store, settings: Settings, rosa: Viewer, call: Call
) -> None:
    dispute(store, settings, rosa)
    keeping.keep_rescored(store, settings, without(call, by_law=False))
    keeping.keep_rescored(store, settings, judged_call(settings, failed=("empathy",)))
    found = disputes.window(store, settings, rosa, call.id)
    assert found is not None
    assert found.criteria == ("empathy",)
    dispute(store, settings, rosa)
    assert [row.state for row in dispute_rows.of_call(store, rosa, call.id)] == ["void", "open"]


def test_what_a_second_person_took_back_is_no_failure_again(
    store: Store, settings: Settings, rosa: Viewer, ana: Viewer, call: Call
) -> None:
    """Neither by a word nor by a review, whoever says so: the agent could not dispute it once more."""
    luz, leo = person(store, "luz", "analyst"), person(store, "leo", "analyst")
    reviews.override(store, settings, luz, call.id, "empathy", "fail", "No la hay.")
    disputes.decide(store, settings, ana, dispute(store, settings, rosa), "pass", "Sí la hay.")
    won = points_of(store, call.id)
    for who in (luz, leo, ana, HOUSE):
        for outcome in ("fail", "na"):
            with pytest.raises(CoachError, match="su palabra queda: Empatía"):
                reviews.override(store, settings, who, call.id, "empathy", outcome, "Insisto.")  # type: ignore[arg-type]
    drafts.open_review(store, settings, luz, call.id)
    drafting.judge(store, luz, call.id, "empathy", "fail", "Insisto: no la hay.")
    drafting.judge(store, luz, call.id, "concise", "pass", "Se explica bien.")
    with pytest.raises(CoachError, match="su palabra queda"):
        reviews.finish(store, settings, luz, call.id)
    drafting.unjudge(store, luz, call.id, "empathy")
    reviews.finish(store, settings, luz, call.id)
    assert settled_outcome(store, "empathy") == "pass"
    now = points_of(store, call.id)
    assert won is not None
    assert now is not None
    assert now > won


def test_what_a_dispute_left_standing_others_can_still_put_right(
    store: Store, settings: Settings, rosa: Viewer, ana: Viewer, call: Call
) -> None:
    luz = person(store, "luz", "analyst")
    reviews.override(store, settings, luz, call.id, "empathy", "fail", "No la hay.")
    disputes.decide(store, settings, ana, dispute(store, settings, rosa), "fail", "No la oigo.")
    for who in (luz, ana):
        with pytest.raises(CoachError, match="su palabra queda"):
            reviews.override(store, settings, who, call.id, "empathy", "pass", "Lo pensé mejor.")
        reviews.override(store, settings, who, call.id, "empathy", "fail", "Lo mantengo.")
    reviews.override(
        store, settings, person(store, "leo", "analyst"), call.id, "empathy", "pass", "La oigo bien."
    )
    assert settled_outcome(store, "empathy") == "pass"


def test_an_upheld_call_joins_the_test_set_and_gives_nobody_away(
    store: Store, settings: Settings, rosa: Viewer, ana: Viewer, call: Call
) -> None:
    reviews.override(store, settings, HOUSE, call.id, "polite_close", "pass", "")
    disputes.decide(store, settings, ana, dispute(store, settings, rosa), "pass", "Así lo oigo.")
    (file,) = (store.data_dir / "gold").glob("*.jsonl")
    (kept,) = gold.read([store.data_dir / "gold"])
    assert kept.gold["rubric"] == {"polite_close": "pass", "empathy": "pass"}
    assert len(kept.transcript.turns) == len(call.transcript.turns)
    text = file.read_text(encoding="utf-8")
    for secret in ("Rosa", "Quispe", "Wilmer", "Chávez", call.id):
        assert secret not in text


def test_a_dismissed_dispute_changes_nothing_but_is_answered(
    store: Store, settings: Settings, rosa: Viewer, ana: Viewer, call: Call
) -> None:
    number = dispute(store, settings, rosa)
    with pytest.raises(CoachError, match="Escriba por qué decide"):
        disputes.decide(store, settings, ana, number, "fail", " ")
    decided = disputes.decide(store, settings, ana, number, "fail", "No lo dice en ningún turno.")
    assert (decided.state, decided.points) == ("dismissed", decided.before)
    assert queries.calls(store, HOUSE).rows[0].points == call.scorecard.points
    assert not (store.data_dir / "gold").exists()
    (row,) = dispute_rows.of_call(store, rosa, "pe-01")
    assert (row.state, row.outcome, row.decision) == ("dismissed", "fail", "No lo dice en ningún turno.")
    with pytest.raises(CoachError, match="ya no está abierta"):
        disputes.decide(store, settings, ana, number, "pass", "Así lo oigo.")


def test_who_had_a_word_on_the_call_does_not_decide(
    store: Store, settings: Settings, rosa: Viewer, ana: Viewer, call: Call
) -> None:
    reviews.override(store, settings, ana, call.id, "polite_close", "pass", "")
    number = dispute(store, settings, rosa)
    assert dispute_rows.to_decide(store, ana).rows == ()
    assert notices.badge(store, ana) == 0
    with pytest.raises(CoachError, match="ya juzgó esta llamada"):
        disputes.decide(store, settings, ana, number, "pass", "Así lo oigo.")
    with pytest.raises(CoachError, match="no está entre las que usted puede decidir"):
        dispute_rows.case(store, settings, ana, number)
    luz = person(store, "luz", "analyst")
    assert disputes.decide(store, settings, luz, number, "pass", "Así lo oigo.").state == "upheld"
    with pytest.raises(CoachError, match="ya se decidió"):  # a colleague was quicker
        dispute_rows.case(store, settings, person(store, "leo", "analyst"), number)


def test_who_had_a_word_on_it_in_a_calibration_does_not_decide(
    store: Store, settings: Settings, rosa: Viewer, ana: Viewer, call: Call
) -> None:
    luz, lea = person(store, "luz", "analyst"), person(store, "lea", "admin")
    both = [one.user_id for one in (ana, luz) if one.user_id is not None]
    together = calibration.create(store, lea, "Septiembre", [call.id], both)
    said: dict[str, tuple[Outcome, str]] = dict.fromkeys(call.scorecard.shown, ("fail", ""))
    calibration.score(store, ana, together, call.id, said)
    calibration.close(store, lea, together)
    number = dispute(store, settings, rosa)
    assert [len(dispute_rows.to_decide(store, who).rows) for who in (ana, luz, HOUSE)] == [0, 1, 1]
    assert [notices.badge(store, who) for who in (ana, luz)] == [0, 1]
    with pytest.raises(CoachError, match="ya juzgó esta llamada"):
        disputes.decide(store, settings, ana, number, "fail", "No lo dice.")
    with pytest.raises(CoachError, match="entre las que usted puede decidir"):
        dispute_rows.case(store, settings, ana, number)
    assert disputes.decide(store, settings, luz, number, "pass", "Así lo oigo.").state == "upheld"


@pytest.mark.parametrize(("hour", "late"), [(4, False), (5, True)])  # UTC; the agent works in Lima
def test_a_dispute_is_late_when_its_day_is_over_where_the_agent_works(
    store: Store, settings: Settings, rosa: Viewer, ana: Viewer, hour: int, late: bool
) -> None:
    dispute(store, settings, rosa)
    due = dispute_rows.to_decide(store, ana).rows[0].due_on
    now = datetime(due.year, due.month, due.day, hour, tzinfo=UTC) + timedelta(days=1)
    assert [one.overdue for one in dispute_rows.to_decide(store, ana, now=now).rows] == [late]
    (told,) = (one for one in notices.waiting(store, settings, ana, now=now) if one.kind == "to_decide")
    assert told.overdue == late


def test_who_decided_on_one_criterion_decides_on_another(
    store: Store, settings: Settings, rosa: Viewer, ana: Viewer, call: Call
) -> None:
    first, other = dispute(store, settings, rosa), dispute(store, settings, rosa, "concise")
    disputes.decide(store, settings, ana, first, "pass", "Así lo oigo.")
    assert [one.id for one in dispute_rows.to_decide(store, ana).rows] == [other]
    assert notices.badge(store, ana) == 1
    assert disputes.decide(store, settings, ana, other, "fail", "No lo dice.").state == "dismissed"


def test_who_decides_sees_the_call_without_anybodys_verdict(
    store: Store, settings: Settings, rosa: Viewer, ana: Viewer, call: Call
) -> None:
    reviews.override(store, settings, HOUSE, call.id, "empathy", "fail", "Secreto.")
    case = dispute_rows.case(store, settings, ana, dispute(store, settings, rosa))
    assert (case.criterion.id, case.dispute.reason) == ("empathy", "Le dije que lo entendía.")
    assert (case.call.scorecard.verdicts, case.call.scorecard.points, case.call.review) == ({}, None, None)
    assert case.call.transcript.turns == call.transcript.turns


@pytest.mark.parametrize(("opened", "is_blind"), [(blind.SAW, False), (blind.SAW_BARE, True)])
def test_a_second_word_is_blind_only_from_who_has_not_had_the_verdicts(
    store: Store, settings: Settings, rosa: Viewer, ana: Viewer, call: Call, opened: str, is_blind: bool
) -> None:
    number = dispute(store, settings, rosa)
    log.note(store, ana, opened, f"call:{call.id}")
    disputes.decide(store, settings, ana, number, "pass", "Lo reconoce en el turno 4.")
    with store.reading() as connection:
        assert connection.execute(select(review_facts.c.blind)).scalars().all() == [is_blind]
        assert connection.execute(select(ratings.c.blind)).scalars().all() == [is_blind]


@pytest.mark.parametrize("role", ["agent", "lead", "trainer", "auditor"])
def test_who_may_not_decide_does_not(store: Store, settings: Settings, rosa: Viewer, role: str) -> None:
    number = dispute(store, settings, rosa)
    other = person(store, "otro", role)  # type: ignore[arg-type]
    with pytest.raises(CoachError, match="no tiene permiso"):
        disputes.decide(store, settings, other, number, "pass", "Así lo oigo.")
    with pytest.raises(CoachError, match="no tiene permiso"):
        dispute_rows.to_decide(store, other)


def test_the_agent_takes_a_dispute_back(store: Store, settings: Settings, rosa: Viewer, ana: Viewer) -> None:
    number = dispute(store, settings, rosa)
    with pytest.raises(CoachError, match="resuelva antes la apelación"):
        releases.withdraw(store, ana, "pe-01")
    disputes.withdraw(store, rosa, number)
    for again in (
        lambda: disputes.withdraw(store, rosa, number),
        lambda: disputes.decide(store, settings, ana, number, "pass", "Así lo oigo."),
    ):
        with pytest.raises(CoachError, match="ya no está abierta"):
            again()
    luis = person(store, "luis", "agent")
    with pytest.raises(CoachError, match="no está entre las suyas"):
        disputes.withdraw(store, luis, number)
    assert [row.state for row in dispute_rows.of_call(store, ana, "pe-01")] == ["withdrawn"]


def test_of_two_who_decide_at_once_one_does(
    store: Store, settings: Settings, rosa: Viewer, ana: Viewer
) -> None:
    number = dispute(store, settings, rosa)
    luz = person(store, "luz", "analyst")
    second = Store.open(settings)

    def decide(where: Store, who: Viewer, outcome: Outcome) -> str:
        try:
            return disputes.decide(where, settings, who, number, outcome, "Así lo oigo.").state
        except CoachError as error:
            return str(error)

    with ThreadPoolExecutor(2) as pool:
        said = list(pool.map(decide, (store, second), (ana, luz), ("pass", "fail")))
    second.close()
    assert sum(one in ("upheld", "dismissed") for one in said) == 1
    assert sum("ya no está abierta" in one for one in said) == 1


outcomes = st.sampled_from(("pass", "fail", "na"))


@hypothesis(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_dispute_never_lowers_points_and_no_scorecard_changes(
    store: Store, settings: Settings, data: st.DataObject
) -> None:
    """Whatever was said of a call before, whatever the second person decides."""
    names = sorted(keep_if_new(store, settings))
    number = len(queries.calls(store, HOUSE, size=500).rows)
    recording = f"c-{number}"
    failed = data.draw(st.lists(st.sampled_from(names), min_size=1, max_size=6, unique=True))
    keep_call(store, settings, recording, failed=tuple(failed), agent_login="hugo")
    hugo = viewer(store, "hugo", "agent")
    decider = viewer(store, "juez", "analyst")
    for name, outcome in data.draw(st.dictionaries(st.sampled_from(names), outcomes, max_size=4)).items():
        reviews.override(store, settings, HOUSE, recording, name, outcome, "porque sí")
    releases.release(store, settings, HOUSE, recording)
    found = disputes.window(store, settings, hugo, recording)
    for criterion in found.criteria if found else ():
        before = points_of(store, recording)
        bodies = all_bodies(store)
        one = disputes.dispute(store, settings, hugo, recording, criterion, "no")
        if criterion == found.criteria[0]:  # type: ignore[union-attr]
            reviews.override(store, settings, HOUSE, recording, criterion, data.draw(outcomes), "entretanto")
            before = points_of(store, recording)
        who = person(store, f"{decider.login}-{recording}-{criterion}", "analyst")
        decided = disputes.decide(store, settings, who, one, data.draw(outcomes), "Así lo oigo.")
        after = points_of(store, recording)
        assert decided.points == after
        assert before is None or after is None or after >= before
        assert all_bodies(store) == bodies


@pytest.fixture
def by_default(tmp_path: Path) -> Iterator[tuple[Store, Settings]]:
    """A house in which no criterion has earned its place: what counts is what people reviewed."""
    settings = Settings(data_dir=tmp_path / "default")
    store = Store.open(settings)
    yield store, settings
    store.close()


@hypothesis(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_what_a_decision_tells_is_what_stands_after_the_workers_round(
    by_default: tuple[Store, Settings], data: st.DataObject
) -> None:
    """No second word makes a criterion count that did not, so none lowers points later either."""
    store, settings = by_default
    names = sorted(keep_if_new(store, settings))
    recording = f"c-{len(queries.calls(store, HOUSE, size=500).rows)}"
    failed = data.draw(st.lists(st.sampled_from(names), min_size=1, max_size=4, unique=True))
    keep_call(store, settings, recording, failed=tuple(failed), agent_login="hugo")
    hugo = viewer(store, "hugo", "agent")
    for name, outcome in data.draw(st.dictionaries(st.sampled_from(names), outcomes, max_size=4)).items():
        reviews.override(store, settings, HOUSE, recording, name, outcome, "porque sí")
    restand.keep_up(store, settings)
    releases.release(store, settings, HOUSE, recording)
    found = disputes.window(store, settings, hugo, recording)
    for criterion in found.criteria if found else ():
        before = points_of(store, recording)
        number = disputes.dispute(store, settings, hugo, recording, criterion, "no")
        who = person(store, f"juez-{recording}-{criterion}", "analyst")
        decided = disputes.decide(store, settings, who, number, data.draw(outcomes), "Así lo oigo.")
        assert decided.before == before
        restand.keep_up(store, settings)
        assert points_of(store, recording) == decided.points
        assert before is not None or decided.points is None
        assert before is None or decided.points is None or decided.points >= before


def keep_if_new(store: Store, settings: Settings) -> set[str]:
    if not store.has("first"):
        keep_call(store, settings, "first")
    return set(store.call("first").scorecard.verdicts)


def viewer(store: Store, login: str, role: Any) -> Viewer:
    with store.reading() as connection:
        known = connection.execute(select(users.c.id).where(users.c.login == login)).scalar()
    return Viewer(known, login, login, role) if known else person(store, login, role)


def points_of(store: Store, recording_id: str) -> float | None:
    return next(row.points for row in queries.calls(store, HOUSE, size=500).rows if row.id == recording_id)


def all_bodies(store: Store) -> list[str]:
    with store.reading() as connection:
        return list(connection.execute(select(scorecards.c.body).order_by(scorecards.c.id)).scalars())
