"""A small set of scenarios and lines, so that these tests do not hang on what ships."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path

import pytest

from drills.lines import Book
from drills.loader import load_lines, load_scenarios
from drills.scenario import Scenario
from drills.state import Scene

DATA = Path(__file__).parent / "data"
MONDAY = datetime.date(2025, 11, 10)


@pytest.fixture(scope="session")
def scenarios() -> Mapping[str, Scenario]:
    return load_scenarios(DATA / "scenarios")


@pytest.fixture(scope="session")
def book() -> Book:
    return load_lines(DATA / "lines")


@pytest.fixture
def hospital(scenarios: Mapping[str, Scenario], book: Book) -> Scene:
    return Scene(scenarios["cuota_hospital"], book, MONDAY, seed=3)
