"""What tells of somebody's illness: on the call for whoever may open it, elsewhere for who has the right."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from coach import best_answers, clips, coaching_rows, own_calls, patterns, practice_cards, releases, rungs
from coach.rows import CallFilter
from coach.schema_work import review_facts
from coach.settings import Settings
from coach.store import Store
from coach.types import CoachError
from coach.viewers import HOUSE, Viewer
from tests.coach import covered
from tests.coach.covered import ILL, VOID
from tests.coach.people import somebody
from tests.coach.review_people import NOW

HEALTH = "health_emergency"
ALL = CallFilter()
Filled = tuple[Store, Settings, Viewer, Viewer]


@pytest.fixture
def filled(store: Store, settings: Settings) -> Filled:
    trainer, agent = covered.fill(store, settings)
    return store, settings, trainer, agent


def test_clips_and_answers_about_it_are_not_there_for_others(filled: Filled) -> None:
    store, _, trainer, agent = filled
    for viewer, told in ((HOUSE, True), (trainer, False), (agent, False)):
        shown = clips.listed(store, viewer, "approved")
        assert shown.total == len(shown.rows) == (2 if told else 1)
        assert set(clips.counts(store, viewer)) == ({"no_money", HEALTH} if told else {"no_money"})
        assert len(best_answers.answers(store, viewer, HEALTH, "approved")) == told
        assert len(best_answers.answers(store, viewer, "no_money", "approved")) == 1
    sick = next(one for one in clips.listed(store, HOUSE, "approved").rows if one.objection == HEALTH)
    with pytest.raises(CoachError, match="No hay ningún recorte"):
        clips.clip(store, trainer, sick.id)
    with pytest.raises(CoachError, match="no tiene permiso"):
        clips.propose(store, trainer, VOID, HEALTH, (0.0, 20.0), "Escuchar")


def test_a_trainer_neither_seeks_nor_decides_answers_about_it(filled: Filled) -> None:
    store, _, trainer, _ = filled
    (one,) = best_answers.answers(store, HOUSE, HEALTH)
    with pytest.raises(CoachError, match="salud"):
        best_answers.search(store, trainer, HEALTH)
    with pytest.raises(CoachError, match="No hay ninguna respuesta"):
        best_answers.decide(store, trainer, one.id or 0, "rejected")


def test_figures_patterns_and_lists_leave_it_out_for_others(filled: Filled) -> None:
    store, settings, trainer, agent = filled
    for viewer, told in ((HOUSE, True), (trainer, False)):
        seen = patterns.tally(store, viewer, ALL, {})
        assert (f"objection:{HEALTH}" in seen.faults["rosa"]) == told
        assert "objection:no_money" in seen.faults["rosa"]
        assert (rungs.missed(store, viewer, ALL, HEALTH).total > 0) == told
        assert bool(own_calls.unmet(store, settings, viewer, ALL, HEALTH)) == told
        plans = {plan.name for plan in coaching_rows.plan_of(store, viewer, "rosa")}
        assert plans == ({"no_money", HEALTH} if told else {"no_money"})
        assert {plan.name for plan in coaching_rows.open_plans(store, viewer)} == plans
    with store.writing() as connection:
        connection.execute(update(review_facts).values(finished=True))
    missed = practice_cards.missed(store, agent, agent.user_id, today=NOW.date())
    assert {one.objection for one in missed} == {"no_money"}


def test_the_agent_reads_it_on_the_own_call_and_in_the_own_plan(filled: Filled) -> None:
    store, settings, _, agent = filled
    call = releases.shown(store, settings, agent, VOID)
    assert ILL in [turn.text for turn in call.transcript.turns]
    assert HEALTH in {one.label for one in call.findings.findings}
    assert {plan.name for plan in coaching_rows.mine(store, agent)} == {"no_money", HEALTH}


def test_a_lead_is_told(filled: Filled) -> None:
    store, _, _, _ = filled
    lead = somebody(store, "lead", "lía", leads="Norte")
    assert rungs.missed(store, lead, ALL, HEALTH).total > 0
    assert HEALTH in clips.counts(store, lead)
