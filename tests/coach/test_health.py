"""What tells of somebody's illness: on the call for whoever may open it, elsewhere for who has the right."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import pytest
from pypdf import PdfReader
from sqlalchemy import update

from coach import (
    best_answers,
    clips,
    coaching_rows,
    critical_cases,
    criticals,
    lab,
    own_calls,
    patterns,
    practice_cards,
    releases,
    reviews,
    rungs,
)
from coach.exporters import of_call
from coach.rows import CallFilter
from coach.schema_work import review_facts
from coach.settings import Settings
from coach.store import Store
from coach.teams import through
from coach.types import CoachError
from coach.viewers import HOUSE, Role, Viewer
from rubrics.types import Verdict
from tests.coach import covered
from tests.coach.covered import ILL, VOID
from tests.coach.people import somebody
from tests.coach.review_people import NOW, judged_call
from tests.dialogue import found

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


@pytest.fixture
def told_of(store: Store, settings: Settings) -> str:
    """A released call of the agent `rosa` with two failures that stand on what the debtor says of an illness,
    one of them critical and with nobody's word.
    """
    somebody(store, "agent", "rosa", holds=("rosa",), team="Norte")
    call = judged_call(
        settings, "ill", failed=("no_threats", "empathy"), waiting=("no_threats",), lines=covered.LINES,
        portfolio="Norte",
    )  # fmt: skip
    said, verdicts = call.transcript, dict(call.scorecard.verdicts)
    reason = "Enfermedad o emergencia (turno 5): no responde."
    verdicts["empathy"] = Verdict("fail", reason, (said.quote(4, 3, 11),), 0.9)
    verdicts["no_threats"] = replace(
        verdicts["no_threats"], evidence=(said.quote(4),), reason=f"Tras «{ILL}»."
    )
    card = replace(call.scorecard, verdicts=verdicts)
    call = replace(call, scorecard=card, findings=found(said, "no_money@3", f"{HEALTH}@4"))
    store.add_recording(said.recording)
    store.save(call, "nlp-1")
    releases.release(store, settings, HOUSE, call.id)
    return call.id


@pytest.mark.parametrize(("role", "told"), [("analyst", True), ("trainer", False), ("auditor", False)])
def test_files_of_a_call_say_no_word_of_it(
    store: Store, settings: Settings, told_of: str, role: Role, told: bool
) -> None:
    who = somebody(store, role, "uno", portfolios=("Norte",) if role == "auditor" else ())
    paper = PdfReader(io.BytesIO(of_call.paper(store, settings, who, told_of)))
    printed = " ".join(" ".join(page.extract_text() for page in paper.pages).split())
    made = of_call.data(store, settings, who, told_of).decode()
    for file in (printed, made):
        for words in ("operaron", "Enfermedad"):
            assert (words in file) == told, words
        assert ("hospital" in file) == told
    given = json.loads(made)
    assert given["rubric"]["empathy"] == "fail"
    assert {"agent_wpm", "holds", "debt_told_s"} <= given["talk"].keys()
    (quote,) = given["evidence"]["empathy"]
    assert (quote["turn"], quote["start"], quote["end"]) == (4, 3, 11)
    assert (
        {"turn": 4, "id": HEALTH} in [{"turn": o["turn"], "id": o["id"]} for o in given["objections"]]
    ) == told


@pytest.mark.parametrize(("role", "told"), [("analyst", True), ("trainer", False)])
def test_examples_and_lists_say_no_word_of_it(
    store: Store, settings: Settings, told_of: str, role: Role, told: bool
) -> None:
    who = somebody(store, role, "uno")
    (example,) = own_calls.examples(store, settings, who, ALL, "empathy")
    (waits,) = criticals.inbox(store, settings, who).rows
    for seen in (repr(example), repr(waits)):
        assert ("operaron" in seen) == told
    assert ("Enfermedad" in example.reason) == told
    assert example.quote is not None
    reviews.override(
        store, settings, somebody(store, "analyst", "eva"), told_of, "no_threats", "fail", f"Dijo: {ILL}"
    )
    (case,) = critical_cases.cases(store, settings, who).rows
    assert ("operaron" in repr((case.call, case.faults))) == told
    (fault,) = own_calls.confirmed(store, settings, who, ALL)
    assert ("operaron" in repr(fault)) == told


@pytest.mark.parametrize(("role", "told"), [("analyst", True), ("trainer", False)])
def test_the_lab_says_no_word_of_it(
    store: Store, settings: Settings, told_of: str, role: Role, told: bool
) -> None:
    verdict = store.call(told_of).scorecard.verdicts["empathy"]
    trial = lab.Trial(1, (lab.Flip(told_of, "empathy", verdict, None),), (), {}, None)
    (turned,) = lab.turned(store, somebody(store, role, "uno"), trial)
    assert ("operaron" in repr(turned.flip)) == told
    assert ("Enfermedad" in repr(turned.flip)) == told


def test_on_the_call_whoever_opens_it_reads_it(store: Store, settings: Settings, told_of: str) -> None:
    call = releases.shown(store, settings, somebody(store, "trainer", "tere"), told_of)
    assert ILL in [turn.text for turn in call.transcript.turns]
    assert call.scorecard.verdicts["empathy"].evidence[0].text == "operaron"


def test_a_chosen_team_brings_no_right(filled: Filled) -> None:
    """A trainer who looks at one team reaches what its lead does, and is told no more than before."""
    store, _, trainer, _ = filled
    norte = somebody(store, "lead", "lía", leads="Norte").teams[0]
    eyes = through(trainer, norte)
    seen = rungs.missed(store, eyes, ALL)
    assert {row.objection for row in seen.rows} == {"no_money"}
    assert {row.debtor_name for row in seen.rows} == {None}
    assert not eyes.may("close")
    assert through(HOUSE, norte).may("health")


def test_a_lead_is_told(filled: Filled) -> None:
    store, _, _, _ = filled
    lead = somebody(store, "lead", "lía", leads="Norte")
    assert rungs.missed(store, lead, ALL, HEALTH).total > 0
    assert HEALTH in clips.counts(store, lead)
