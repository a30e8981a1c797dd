"""A temporary store with hand-made calls, the screens pointed at it, and somebody signed in.

AppTest has no cookies: the screens are told the token of a real session, all else goes its usual way.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner

from coach import tending
from coach.house_rules import TrustRules
from coach.settings import Settings
from coach.store import Store
from coach.viewers import Role, Viewer
from tests.coach import people
from tests.views import seed

COUNT_ALL = TrustRules(count_all=True)  # what trust does to points is tested beside `coach.trusts`


@pytest.fixture(scope="session", autouse=True)
def packages_are_looked_through_once() -> Iterator[None]:
    """AppTest starts a runtime for every run, which reads the description of every installed package."""
    found = manifest_scanner.scan_component_manifests()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", lambda: found)
        yield


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a filled store; tests that write to it take `fresh` instead."""
    folder = tmp_path_factory.mktemp("temple")
    settings = Settings(data_dir=folder, trust=COUNT_ALL)
    store = Store.open(settings)
    seed.fill(store, settings)
    store.close()
    return folder


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path)


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
    monkeypatch.setenv("COACH_TRUST__COUNT_ALL", "true")
    store = Store.open(Settings(data_dir=folder, trust=COUNT_ALL))
    people.somebody(store, "admin")
    monkeypatch.setattr(tending, "_served", [math.inf])  # as in the dashboard, whose worker just began
    with_token(monkeypatch, people.token(store, "admin"))
    yield store
    store.close()
    st.cache_resource.clear()


SignIn = Callable[..., Viewer]


@pytest.fixture
def signed_in(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Viewer]:
    """`signed_in(store, "agent", "rarce", holds=("rarce",))`: the screens are this person's from now on.

    What comes after the role is as in `tests.coach.people.somebody`.
    """

    def sign_in(store: Store, role: Role, login: str = "", **more: Any) -> Viewer:
        viewer = people.somebody(store, role, login, **more)
        with_token(monkeypatch, people.token(store, viewer.login))
        return viewer

    return sign_in


def with_token(monkeypatch: pytest.MonkeyPatch, token: str) -> None:
    """The screens find this token where the browser's cookie would be."""
    monkeypatch.setattr("views._session.token", lambda: token)
