"""A call is shown by the form and rules that judged it, whatever is published after."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from coach import forms
from coach.form_places import loaded
from coach.judged_by import JudgedBy, past_criterion
from coach.pipeline import judge, pack_for, rubric_of
from coach.settings import Settings
from coach.store import Store
from coach.types import Call
from coach.words import forms_for, stands
from rubrics.types import Scorecard, Verdict
from tests.coach.test_own_forms import ANA, CALL, base, micro, peru
from tests.dialogue import dialogue, found
from transcripts.types import Recording


@pytest.fixture
def call(store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Call:
    """A stored call, judged by Temple's form and the rules of Peru."""
    monkeypatch.setattr("nlp.analyze.analyze", lambda call, slogans: found(call, "threat@2: embargamos"))
    return _kept(store, settings, "c-1")


def _kept(store: Store, settings: Settings, recording_id: str, **facts: str) -> Call:
    call = judge(dialogue(CALL, id=recording_id, country="PE", **facts), settings)
    store.add_recording(call.transcript.recording)
    store.save(call, "nlp-1")
    return call


def test_a_criterion_that_was_left_out_since_is_told_with_the_points_it_cost(
    store: Store, settings: Settings, call: Call
) -> None:
    before, then = forms_for(call, settings), stands(store, settings, call)
    forms.publish(store, settings, base(more="without: [firm]\n"), ANA)
    forms.publish(store, settings, peru(), ANA)
    assert rubric_of(settings).version == 2
    assert forms_for(call, settings) == before
    assert stands(store, settings, call) == then
    shown = {one.id for one in before[0].criteria}
    assert call.scorecard.verdicts.keys() <= shown


def test_what_voids_a_call_is_what_voided_it_then(store: Store, settings: Settings, call: Call) -> None:
    forms.publish(store, settings, base(more="changes: {firm: {critical: true}}\n"), ANA)
    assert "firm" not in stands(store, settings, call).to_confirm


def test_a_form_is_read_on_the_base_that_it_had(store: Store, settings: Settings, call: Call) -> None:
    forms.publish(store, settings, micro(), ANA)
    of_micro = _kept(store, settings, "c-2", portfolio="micro")
    before = forms_for(of_micro, settings)[0]
    assert before.id == "micro"
    forms.publish(store, settings, base(more="without: [firm]\n"), ANA)
    forms.publish(store, settings, base(3, "without: [firm, empathy]\n"), ANA)
    assert forms_for(of_micro, settings)[0] == before


def test_a_file_changed_by_hand_leaves_temples_form_where_it_was(settings: Settings, call: Call) -> None:
    before = forms_for(call, settings)
    settings.own_forms.mkdir(parents=True, exist_ok=True)
    (settings.own_forms / "cobranza.yaml").write_text(base(more="without: [firm]\n"), encoding="utf-8")
    assert forms_for(call, settings) == before


def test_rules_turned_off_since_are_those_that_judged(settings: Settings, call: Call) -> None:
    off = settings.model_copy(update={"packs": False})
    assert forms_for(call, off)[1] == pack_for(Recording("c", country="PE"), settings)


@pytest.mark.parametrize("name", ["cobranza@1+0123456789ab", "cobranza@1", "../../x@1+0123456789ab"])
def test_of_a_form_that_is_had_no_longer_no_criterion_is_dropped(settings: Settings, name: str) -> None:
    verdicts = {"greets": Verdict("pass", "Saluda."), "speaks_short": Verdict("fail", "Se alarga.")}
    rules = {"old_rule": Verdict("fail", "No avisa.")}
    weights = {"greets": 5.0, "speaks_short": 3.0}
    card = Scorecard("c-1", name, verdicts, 40.0, 40.0, 40.0, pack="pe@1+0123456789ab", pack_verdicts=rules,
                     weights=weights, critical_failures=("old_rule",))  # fmt: skip
    form, pack = JudgedBy(settings).both(card, "PE")
    assert "speaks_short" in [one.id for one in form.criteria][:2]
    gone = next(one for one in form.criteria if one.id == "speaks_short")
    assert (gone.label, gone.weight, gone.critical) == ("Speaks short", 3.0, False)
    assert pack is not None
    rule = next(one for one in pack.rules if one.id == "old_rule")
    assert (rule.label, rule.voids) == ("Old rule", True)


def test_it_keeps_the_name_that_a_kept_text_gives_it(store: Store, settings: Settings) -> None:
    mine = (
        "criteria:\n  - {id: writes, label: Manda algo por escrito, group: cierre, check: says, weight: 3,"
        " params: {all_of: {el escrito: [recording_notice]}}, help: Manda.}\n"
    )
    forms.publish(store, settings, base(more=mine), ANA)
    forms.publish(store, settings, base(3, ""), ANA)
    lost = replace(_card(), rubric="cobranza@2+ffffffffffff")
    criteria = {one.id: one for one in JudgedBy(settings).form(lost).criteria}
    assert criteria["writes"].label == "Manda algo por escrito"
    known = past_criterion(settings, "writes")
    assert known is not None


def _card() -> Scorecard:
    return Scorecard("c", "cobranza@2", {"writes": Verdict("fail", "No manda.")}, 0.0, 0.0, 0.0)


def test_a_kept_text_that_cannot_be_read_any_more_stops_nothing(
    store: Store, settings: Settings, call: Call, tmp_path: Path
) -> None:
    forms.publish(store, settings, base(more="without: [firm]\n"), ANA)
    for path in (settings.own_forms / "versions").rglob("*.yaml"):
        path.write_text("id: [", encoding="utf-8")
    lost = replace(call.scorecard, rubric="cobranza@1+0123456789ab")
    criteria = {one.id: one for one in JudgedBy(settings).form(lost).criteria}
    assert criteria["firm"].weight == call.scorecard.weights["firm"]


def test_texts_are_read_once_until_one_of_them_changes(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    forms.publish(store, settings, base(more="without: [firm]\n"), ANA)
    forms.publish(store, settings, base(3, ""), ANA)
    lost = replace(_card(), rubric="cobranza@2+ffffffffffff")
    reads: list[str] = []

    def counting(text: str, *rest: object) -> object:
        reads.append(text)
        return loaded(text, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr("coach.kept_texts.loaded", counting)
    JudgedBy(settings).form(lost)
    once = len(reads)
    assert once > 0
    JudgedBy(settings).form(lost)
    assert past_criterion(settings, "writes", "cobranza@9") is None
    assert len(reads) == once
    forms.publish(store, settings, base(4, "without: [empathy]\n"), ANA)
    JudgedBy(settings).form(lost)
    assert len(reads) > once


def test_a_name_that_was_nowhere_is_found_when_its_text_is_there(store: Store, settings: Settings) -> None:
    form = loaded(base(more="without: [firm]\n"), settings)
    card = replace(_card(), rubric=form.name, verdicts={})
    assert JudgedBy(settings).form(card).name != form.name
    forms.publish(store, settings, base(more="without: [firm]\n"), ANA)
    forms.publish(store, settings, base(3, ""), ANA)
    assert JudgedBy(settings).form(card).name == form.name


def test_a_form_of_ones_own_that_is_not_in_use_any_more_is_what_judged(settings: Settings) -> None:
    settings.own_forms.mkdir(parents=True, exist_ok=True)
    mine = "id: mia\nversion: 1\nlabel: Mía\nbased_on: cobranza\nwithout: [firm]\n"
    (settings.own_forms / "mia.yaml").write_text(mine, encoding="utf-8")
    form = rubric_of(settings.model_copy(update={"rubric": "mia"}))
    card = replace(_card(), rubric=form.name, verdicts={})
    assert JudgedBy(settings).form(card) == form
    (settings.own_forms / "mia.yaml").write_text("id: [", encoding="utf-8")
    other = replace(card, rubric="mia@1+ffffffffffff")
    assert JudgedBy(settings).form(other).id == "cobranza"
