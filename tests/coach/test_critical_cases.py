"""Confirmed critical failures: who said so, what was done, and when nothing is left to do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest

from coach import (
    broken_rules,
    closing,
    critical_cases,
    drafting,
    drafts,
    person_erase,
    pipeline,
    releases,
    reviews,
)
from coach.rows import CallFilter
from coach.settings import Settings
from coach.store import Store
from coach.types import CoachError
from coach.viewers import HOUSE, Viewer
from rubrics.types import Rule, Verdict
from tests.coach.review_people import NOW, judged_call, keep_call, new_team, person
from tests.coach.test_drafts import drawn

CALL = "pe-01"


@pytest.fixture
def ana(store: Store, settings: Settings) -> Viewer:
    keep_call(store, settings, CALL, failed=("no_threats",))
    return person(store, "ana", "analyst")


def confirm(store: Store, settings: Settings, viewer: Viewer, outcome: str = "fail") -> None:
    reviews.override(store, settings, viewer, CALL, "no_threats", outcome, "Se oye claro.", now=NOW)  # type: ignore[arg-type]


@pytest.fixture
def colombian(store: Store, settings: Settings) -> Rule:
    """A call of Colombia in which the agent asks why somebody has not paid; gives the rule that it breaks."""
    call = keep_call(store, settings, "co-01", country="CO", agent_login="rosa", agent="Rosa")
    pack = pipeline.pack_for(call.transcript.recording, settings)
    assert pack is not None
    rule = next(one for one in pack.rules if one.voids)
    verdicts = {rule.id: Verdict("fail", "Lo pregunta.", needs_review=True)}
    card = replace(call.scorecard, pack=pack.name, pack_verdicts=verdicts, critical_failures=(rule.id,))
    store.save(replace(call, scorecard=card), "nlp-1")
    return rule


def test_a_countrys_rule_that_a_person_found_broken_is_shown_with_its_agent(
    store: Store, settings: Settings, colombian: Rule
) -> None:
    ana = person(store, "ana", "analyst")
    assert broken_rules.confirmed(store, settings, ana, CallFilter()) == ()
    reviews.override(store, settings, ana, "co-01", colombian.id, "fail", "Se oye claro.", now=NOW)
    (one,) = broken_rules.confirmed(store, settings, ana, CallFilter())
    assert (one.rule.id, one.calls, dict(one.by_login)) == (colombian.id, 1, {"rosa": 1})
    assert broken_rules.confirmed(store, settings, ana, CallFilter(agents=("beto",))) == ()
    other = person(store, "jefa", "lead")
    assert broken_rules.confirmed(store, settings, other, CallFilter()) == ()


def test_what_nobody_has_confirmed_is_no_case(store: Store, settings: Settings, ana: Viewer) -> None:
    assert critical_cases.cases(store, settings, ana).total == 0
    with pytest.raises(CoachError, match="ninguna falta crítica confirmada"):
        critical_cases.act(store, ana, CALL, "Hablé con Rosa.")


def test_a_case_says_who_confirmed_what_was_done_and_is_closed(
    store: Store, settings: Settings, ana: Viewer
) -> None:
    confirm(store, settings, ana)
    luz = person(store, "luz", "analyst")
    reviews.override(store, settings, luz, CALL, "empathy", "fail", "No pregunta.", now=NOW + timedelta(1))
    (case,) = critical_cases.cases(store, settings, ana).rows
    assert [(one.criterion.id, one.by, one.at) for one in case.faults] == [("no_threats", "Ana", NOW)]
    assert (case.steps, case.closed, critical_cases.waiting(store, ana)) == ((), False, 1)
    with pytest.raises(CoachError, match="Escriba qué se hizo"):
        critical_cases.act(store, ana, CALL, "  ")
    critical_cases.act(store, ana, CALL, "Hablé con Rosa.", now=NOW)
    critical_cases.act(store, luz, CALL, "Lo practicó.", closes=True, now=NOW + timedelta(2))
    assert critical_cases.cases(store, settings, ana).total == critical_cases.waiting(store, ana) == 0
    (case,) = critical_cases.cases(store, settings, ana, closed=True).rows
    assert [(one.by, one.text, one.closes) for one in case.steps] == [
        ("Ana", "Hablé con Rosa.", False), ("Luz", "Lo practicó.", True),
    ]  # fmt: skip
    critical_cases.act(store, ana, CALL, "Volvió a pasar.")
    assert critical_cases.cases(store, settings, ana).total == 1


def test_who_took_the_word_back_and_who_said_it_again(store: Store, settings: Settings, ana: Viewer) -> None:
    confirm(store, settings, ana)
    confirm(store, settings, ana, "pass")
    assert critical_cases.cases(store, settings, ana).total == 0
    luz = person(store, "luz", "analyst")
    confirm(store, settings, luz)
    (case,) = critical_cases.cases(store, settings, ana).rows
    assert [one.by for one in case.faults] == ["Luz"]


def test_a_failure_that_is_confirmed_after_a_case_was_closed_opens_it_again(
    store: Store, settings: Settings, ana: Viewer
) -> None:
    store.save(judged_call(settings, CALL, failed=("no_threats", "no_lawyer")), "nlp-1")
    luz = person(store, "luz", "analyst")
    close = partial(critical_cases.act, store, ana, CALL, "Hablé con Rosa.", closes=True)
    confirm(store, settings, ana)
    close()
    confirm(store, settings, luz)  # the same, said by another: nothing is left to do
    assert critical_cases.left_open(store, ana) == 0
    reviews.override(store, settings, luz, CALL, "no_lawyer", "fail", "También nombra al abogado.")
    (case,) = critical_cases.cases(store, settings, ana).rows
    assert [(one.by, one.closes) for one in case.steps] == [("Ana", True), ("Luz", False)]
    close()
    confirm(store, settings, ana, "pass")
    drafts.open_review(store, settings, luz, CALL)
    drafting.judge(store, luz, CALL, "no_threats", "fail", "Sí amenaza, oído de nuevo.")
    assert critical_cases.left_open(store, ana) == 0  # not before it is in force
    reviews.finish(store, settings, luz, CALL)
    assert critical_cases.left_open(store, ana) == 1


def test_it_is_taken_back_with_a_reason_while_no_signed_month_counts_the_call(
    store: Store, settings: Settings, ana: Viewer
) -> None:
    back = partial(critical_cases.take_back, store, settings, ana, CALL, "no_threats")
    with pytest.raises(CoachError, match="ya no está confirmada"):
        back("Solo informa.")
    confirm(store, settings, ana)
    with pytest.raises(CoachError, match="Escriba por qué"):
        back(" ")
    person(store, "rosa", "agent")
    drawn(store)
    closing.prepare(store, settings, admin := person(store, "ada", "admin"), date(2026, 9, 1))
    sign(store, admin)
    assert critical_cases.cases(store, settings, ana).rows[0].month is None  # drawn, but never released
    assert not back("Solo informa.").void
    assert critical_cases.cases(store, settings, ana).total == 0


def test_what_a_signed_month_counts_is_not_taken_back(store: Store, settings: Settings, ana: Viewer) -> None:
    person(store, "rosa", "agent")
    drawn(store)
    confirm(store, settings, ana)
    releases.release(store, settings, HOUSE, CALL)
    closing.prepare(store, settings, admin := person(store, "ada", "admin"), date(2026, 9, 1))
    assert critical_cases.cases(store, settings, ana).rows[0].month is None
    sign(store, admin)
    assert critical_cases.cases(store, settings, ana).rows[0].month == date(2026, 9, 1)
    with pytest.raises(CoachError, match="mes firmado 09/2026"):
        critical_cases.take_back(store, settings, ana, CALL, "no_threats", "Solo informa.")


def test_nor_once_its_debtor_is_erased(store: Store, settings: Settings, ana: Viewer) -> None:
    person(store, "rosa", "agent")
    drawn(store)
    confirm(store, settings, ana)
    releases.release(store, settings, HOUSE, CALL)
    closing.prepare(store, settings, admin := person(store, "ada", "admin"), date(2026, 9, 1))
    sign(store, admin)
    store.update_recording(replace(store.recording(CALL), account="44-1"))
    person_erase.erase(store, HOUSE, "44-1")
    (case,) = critical_cases.cases(store, settings, ana).rows
    assert case.month == date(2026, 9, 1)
    with pytest.raises(CoachError, match="mes firmado 09/2026"):
        critical_cases.take_back(store, settings, ana, case.call.id, "no_threats", "Solo informa.")


def test_nor_by_a_second_review(store: Store, settings: Settings, ana: Viewer) -> None:
    person(store, "rosa", "agent")
    drawn(store)
    confirm(store, settings, ana)
    releases.release(store, settings, HOUSE, CALL)
    closing.prepare(store, settings, admin := person(store, "ada", "admin"), date(2026, 9, 1))
    sign(store, admin)
    drafts.open_review(store, settings, ana, CALL)
    drafting.judge(store, ana, CALL, "no_threats", "pass", "Solo informa del proceso.")
    with pytest.raises(CoachError, match="mes firmado 09/2026, con esta falta confirmada: Sin amenazas"):
        reviews.finish(store, settings, ana, CALL)
    drafting.unjudge(store, ana, CALL, "no_threats")
    drafting.judge(store, ana, CALL, "empathy", "pass", "Sí la reconoce.")
    assert reviews.finish(store, settings, ana, CALL).standing.confirmed == ("no_threats",)


def sign(store: Store, admin: Viewer) -> None:
    ((number, *_),) = closing.listed(store, admin)
    closing.sign(store, admin, number, closing.read(store, admin, number).digest)


def test_a_lead_acts_on_the_own_team_only(store: Store, settings: Settings, ana: Viewer) -> None:
    confirm(store, settings, ana)
    north, south = new_team(store, "Norte"), new_team(store, "Sur")
    person(store, "rosa", "agent", team=north)
    mine = person(store, "leo", "lead", team=north, leads=True)
    other = person(store, "lia", "lead", team=south, leads=True)
    assert [critical_cases.cases(store, settings, who).total for who in (mine, other)] == [1, 0]
    assert [critical_cases.waiting(store, who) for who in (mine, other)] == [1, 0]
    critical_cases.act(store, mine, CALL, "Hablé con Rosa.")
    with pytest.raises(CoachError, match="no hay ninguna grabación"):
        critical_cases.act(store, other, CALL, "Hablé con Rosa.")


@pytest.mark.parametrize("role", ["agent", "auditor"])
def test_others_see_no_cases(store: Store, settings: Settings, ana: Viewer, role: str) -> None:
    who = person(store, "otro", role)  # type: ignore[arg-type]
    with pytest.raises(CoachError, match="no tiene permiso"):
        critical_cases.cases(store, settings, who)
    with pytest.raises(CoachError, match="no tiene permiso"):
        critical_cases.act(store, who, CALL, "Nada.")
