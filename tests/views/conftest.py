"""A temporary store with hand-made calls, and the screens pointed at it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st

from coach.house_rules import ReviewRules
from coach.settings import Settings
from coach.store import Store
from tests.views import seed

COUNT_ALL = ReviewRules(count_all=True)  # what trust does to points is tested beside `coach.trusts`


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a filled store; tests that write to it take `fresh` instead."""
    folder = tmp_path_factory.mktemp("temple")
    settings = Settings(data_dir=folder, review=COUNT_ALL)
    store = Store.open(settings)
    seed.fill(store, settings)
    store.close()
    return folder


@pytest.fixture
def shown(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The screens show the filled store."""
    yield from _pointed_at(data_dir, monkeypatch)


@pytest.fixture
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The screens show an empty store of this test alone."""
    yield from _pointed_at(tmp_path, monkeypatch)


def _pointed_at(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.chdir(folder)  # no coach.toml here
    monkeypatch.setenv("COACH_DATA_DIR", str(folder))
    st.cache_resource.clear()
    monkeypatch.setenv("COACH_REVIEW__COUNT_ALL", "true")
    store = Store.open(Settings(data_dir=folder, review=COUNT_ALL))
    yield store
    store.close()
    st.cache_resource.clear()
