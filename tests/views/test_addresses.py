"""No address leads anybody into a failure: every screen of every role, with parameters of others too."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from urllib.parse import quote

import pytest
from streamlit.commands import navigation
from streamlit.runtime.scriptrunner_utils import script_requests as rerun_data
from streamlit.testing.v1 import AppTest, local_script_runner

from coach.settings import Settings
from coach.store import Store
from coach.viewers import ROLES, Role, Viewer
from tests.views import seed
from tests.views.test_screens import dashboard, run, texts
from views import _address
from views._pages import HIDDEN, OF_ROLE

THERE = {  # as they may be in the house; numbers of what it has none of
    "call": "mx-embargo", "turn": "2", "at": "3", "person": "marisol", "agent": "mtapia", "task": "1",
    "task_id": "1", "case": "1", "attempt": "1", "session": "1", "scenario": "sin_dinero", "form": "cobranza",
    "draft": "cobranza", "objection": "no_money", "view": "disputes", "sort": "points", "format": "chat",
    "dispute": "1", "clip": "1", "calibration": "1", "team": "1", "month": "2026-10",
}  # fmt: skip
ODD = dict.fromkeys(THERE, "../x<'-1")


@pytest.fixture
def house(fresh: Store, tmp_path: Path) -> Store:
    seed.fill(fresh, Settings(data_dir=tmp_path))
    return fresh


def failures(page: str, address: dict[str, str]) -> list[str]:
    app = dashboard()
    app.switch_page(f"views/{page}.py")
    for name, value in address.items():
        app.query_params[name] = value
    app.run()
    told = [error.value for error in app.error if "interno" in error.value]
    return [f"{page} {address}: {one}" for one in (*told, *(one.value for one in app.exception))]


@pytest.mark.parametrize("role", ROLES)
def test_no_parameter_makes_a_screen_fail(house: Store, signed_in: Callable[..., Viewer], role: Role) -> None:
    signed_in(house, role, "mtapia", name="Marisol Tapia", holds=("mtapia",))
    without = {name: value for name, value in THERE.items() if name != "dispute"}
    found = []
    for page in (*OF_ROLE[role], *HIDDEN[role]):
        for address in (without, ODD):
            found += failures(page, address)
    assert found == []


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", ["dispute", "call", "turn"])
def test_a_call_that_is_not_theirs_has_a_way_back(
    house: Store, signed_in: Callable[..., Viewer], role: Role, name: str
) -> None:
    signed_in(house, role)
    assert failures("call", {name: "1"}) == []


def test_a_dispute_leads_who_has_no_queue_to_the_calls(
    house: Store, signed_in: Callable[..., Viewer]
) -> None:
    signed_in(house, "agent")
    app = dashboard()
    app.switch_page("views/call.py")
    app.query_params["dispute"] = "1"
    app.run()
    assert [one.proto.page for one in app.get("page_link")] == ["calls"]


@pytest.fixture
def opened_at(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], AppTest]:
    """As a browser that was given the address: it asks for the page by name. That Streamlit would put its own
    window over the screen fails the test.
    """

    def at(name: str) -> AppTest:
        asking = partial(rerun_data.RerunData, page_name=name)
        monkeypatch.setattr(local_script_runner, "RerunData", asking)
        monkeypatch.setattr(navigation, "send_page_not_found", lambda _: pytest.fail("window in English"))
        app = dashboard()
        app.context = {"url": f"http://localhost:8501/{quote(name)}"}
        return run(app)

    return at


@pytest.mark.parametrize(
    ("role", "name"), [("auditor", "queue"), ("auditor", "team"), ("agent", "administration")]
)
def test_a_screen_of_another_role_is_told_in_our_own_words(
    house: Store,
    signed_in: Callable[..., Viewer],
    opened_at: Callable[[str], AppTest],
    role: Role,
    name: str,
) -> None:
    signed_in(house, role)
    app = opened_at(name)
    for _ in range(2):  # and again: the browser goes on asking for the page by its number
        assert [one.value for one in app.title] == ["Su cuenta no abre esta pantalla"]
        assert len(app.main.get("page_link")) == len(OF_ROLE[role])
        assert not app.main.get("bidi_component")
        app = run(app)


def test_an_address_that_is_none_is_told_as_that(
    house: Store, signed_in: Callable[..., Viewer], opened_at: Callable[[str], AppTest]
) -> None:
    signed_in(house, "analyst")
    app = opened_at("nada de esto")
    assert [one.value for one in app.title] == ["Aquí no hay ninguna pantalla"]
    assert "nada de esto" not in texts(app)


@pytest.mark.parametrize("name", ["", "a%2Fb", "%2F", "queue%00", "..%2F..%2Fetc", "q" * 3000])
def test_no_name_in_an_address_makes_the_start_fail(
    house: Store, signed_in: Callable[..., Viewer], name: str
) -> None:
    signed_in(house, "auditor")
    app = dashboard()
    app.context = {"url": f"http://localhost:8501/{name}"}
    run(app)


@pytest.mark.parametrize("role", ROLES)
def test_the_first_screen_opens_by_its_name_too(
    house: Store, signed_in: Callable[..., Viewer], opened_at: Callable[[str], AppTest], role: Role
) -> None:
    signed_in(house, role)
    first = OF_ROLE[role][0]
    usual = [one.value for one in run(dashboard()).title]
    assert [one.value for one in opened_at(first).title] == usual


def offered() -> None:
    """A page that begins anew before it comes to its button, where it is told to."""
    import streamlit as st

    from views import _address

    if st.session_state.pop("anew", False):
        st.query_params.update(st.session_state.pop("elsewhere", {}))
        st.rerun()
    _address.offer("Hacer", lambda: st.session_state.update(done=st.session_state["done"] + 1), key="do")


def clicked(**state: object) -> int:
    """How often what the button does was done after a click."""
    app = AppTest.from_function(offered)
    app.session_state["done"] = 0
    app.run()
    for name, value in state.items():
        app.session_state[name] = value
    app.button(key="do").click()
    run(run(app))
    return int(app.session_state["done"])


def test_a_click_is_done_once_also_where_the_page_begins_anew_before_it() -> None:
    assert clicked() == 1
    assert clicked(anew=True) == 1


def test_a_click_is_of_the_place_and_the_moment_where_it_was_made(monkeypatch: pytest.MonkeyPatch) -> None:
    assert clicked(anew=True, elsewhere={"assignment": "2"}) == 0
    monkeypatch.setattr(_address, "HOLDS_S", 0)
    assert clicked(anew=True) == 0
