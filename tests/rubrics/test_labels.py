"""Rubric files may name what nlp finds, and nothing else."""

from __future__ import annotations

from nlp.labels import act_ids, objection_ids
from rubrics.labels import ACTS, OBJECTIONS, spanish


def test_objections_and_acts_are_those_of_nlp() -> None:
    assert objection_ids() == OBJECTIONS
    assert act_ids() == ACTS


def test_an_objection_is_called_by_its_spanish_name() -> None:
    assert spanish("no_money") == "Falta de dinero"
