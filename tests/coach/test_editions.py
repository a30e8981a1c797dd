"""Points of two editions of a form stand apart: in exported lists, and in a word above a team's figures."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from coach import editions
from coach.exporters.calls_table import calls_table
from coach.rows import CallFilter
from coach.settings import Settings
from coach.store import Store
from coach.viewers import HOUSE
from tests.coach.review_people import judged_call, person


def keep(store: Store, settings: Settings, name: str, form: str, pack: str = "") -> None:
    call = judged_call(settings, name, call_started_at=datetime(2026, 9, len(name), 10, tzinfo=UTC))
    store.add_recording(call.transcript.recording)
    store.save(replace(call, scorecard=replace(call.scorecard, rubric=form, pack=pack)), "nlp-1")


@pytest.mark.parametrize(
    ("forms", "told"),
    [
        (["cobranza@1+aaaabb"], ()),
        (["cobranza@1+aaaabb", "cobranza@2+ccccdd"], ("cobranza@1", "cobranza@2")),
        (["cobranza@1+aaaabb", "cobranza@1+ccccdd"], ("cobranza@1+aaaa", "cobranza@1+cccc")),
        (["cobranza@1+aaaabb", "tercero@1+ccccdd"], ()),
    ],
)
def test_forms_of_more_than_one_edition_are_named(
    store: Store, settings: Settings, forms: list[str], told: tuple[str, ...]
) -> None:
    for at, form in enumerate(forms, 1):
        keep(store, settings, "c" * at, form, "pe@1+ffffff")
    assert editions.mixed(store, HOUSE, CallFilter()) == told
    assert editions.mixed(store, HOUSE, CallFilter(since=datetime(2026, 9, 2).date())) == ()


def test_a_countrys_rules_are_looked_at_too(store: Store, settings: Settings) -> None:
    keep(store, settings, "c", "cobranza@1+aa", "pe@1+aa")
    keep(store, settings, "cc", "cobranza@1+aa", "pe@2+bb")
    keep(store, settings, "ccc", "cobranza@1+aa")
    assert editions.mixed(store, HOUSE, CallFilter()) == ("pe@1", "pe@2")


def test_the_exported_list_says_what_judged_each_row(store: Store, settings: Settings) -> None:
    keep(store, settings, "c", "cobranza@1+aa", "pe@1+aa")
    keep(store, settings, "cc", "cobranza@2+bb")
    raw = calls_table(store, settings, HOUSE, CallFilter(), "csv").decode("utf-8-sig")
    rows = [(row["pauta"], row["reglas del país"]) for row in csv.DictReader(io.StringIO(raw))]
    assert rows == [("cobranza@2+bb", ""), ("cobranza@1+aa", "pe@1+aa")]


def test_what_is_out_of_reach_is_told_by_nothing(store: Store, settings: Settings) -> None:
    keep(store, settings, "c", "cobranza@1+aa")
    other = person(store, "leo", "lead")
    assert editions.of_calls(store, other, ["c"]) == {}
