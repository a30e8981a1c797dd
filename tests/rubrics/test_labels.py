"""Rubric files may name what nlp finds, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

import nlp
from nlp.cues import read_yaml
from nlp.labels import act_ids, objection_ids
from rubrics import reading
from rubrics.conditions import no_objection
from rubrics.fair_chance import no_fair_chance
from rubrics.labels import ACTS, CUES, OBJECTIONS, spanish
from rubrics.loader import load_rubric
from tests.dialogue import dialogue, found

OUTSIDE_THE_CUE_FILES = {"debtor_name", "required_script", "confirms_debt"}  # by name, script, what was asked


def test_objections_and_acts_are_those_of_nlp() -> None:
    same = "rubrics/labels.py must name those of nlp/labels.yaml, each at the same place in the list"
    assert objection_ids() == OBJECTIONS, same
    assert act_ids() == ACTS, same


def test_cues_are_those_of_the_cue_files() -> None:
    files = (Path(nlp.__file__).parent / "cues").glob("*.yaml")
    found = {label for path in files for label in read_yaml(path)} - {*OBJECTIONS, *ACTS}
    assert set(CUES) == found | OUTSIDE_THE_CUE_FILES


def test_an_objection_is_called_by_its_spanish_name() -> None:
    assert spanish("no_money") == "Falta de dinero"


def test_where_asking_on_is_a_fault_no_criterion_fails_who_does_not_ask() -> None:
    """Two lists: `never_ask` of the form, and what leaves `no_fair_chance` of a payment."""
    (met,) = (one for one in load_rubric().criteria if one.id == "handles_objections")
    assert set(met.params["never_ask"]) <= set(reading.DISPUTES), "add it to DISPUTES of rubrics/reading.py"


def test_a_new_dispute_that_the_agent_has_checked_leaves_no_fair_chance(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    call = dialogue(
        "A: Le llamo por su cuota de mil pesos.\nD: Estoy en proceso de insolvencia.\n"
        "A: Se lo paso al área y le llamo el jueves con lo que resulte.\nD: Bueno."
    )
    heard = found(
        call,
        "insolvency@1: proceso de insolvencia",
        "follow_up@2: le llamo el jueves",
        people={"debt_turn": 0},
    )
    assert no_fair_chance(call, heard) is None
    monkeypatch.setattr("rubrics.fair_chance.DISPUTES", (*reading.DISPUTES, "insolvency"))
    assert no_fair_chance(call, heard) is not None


def test_an_objection_of_the_vocabulary_alone_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """A contributor's new objection is judged before it is in any list by id."""
    call = dialogue("A: Le llamo por su cuota.\nD: Es que ahora vivo en otro país.\nA: ¿Cuándo paga?")
    heard = found(call, "moved_abroad@1: vivo en otro país")
    assert no_objection(call, heard) is not None
    for module in ("rubrics.reading", "rubrics.conditions"):
        monkeypatch.setattr(f"{module}.objection_ids", lambda: (*OBJECTIONS, "moved_abroad"))
    assert no_objection(call, heard) is None
