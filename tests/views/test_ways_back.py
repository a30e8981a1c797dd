"""From a call back to the screen that it was opened from; what the rows of a list are called."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from coach.settings import Settings
from coach.store import Store
from coach.viewers import Role, Viewer
from tests.views import seed
from tests.views.test_review_screens import FAIR, THREAT, queue_up
from tests.views.test_screens import component, run, screen
from views import _list

SignIn = Callable[..., Viewer]


def back(app: AppTest) -> str:
    """The screen that the first link of a call leads to."""
    return str(app.get("page_link")[0].proto.page)


@pytest.fixture
def house(fresh: Store) -> Store:
    seed.fill(fresh, Settings(data_dir=fresh.data_dir))
    queue_up(fresh, THREAT)
    queue_up(fresh, FAIR)
    return fresh


def test_a_call_in_a_tab_of_its_own_leads_back_to_where_its_link_stood(
    house: Store, signed_in: SignIn
) -> None:
    signed_in(house, "analyst", "luz")
    row = component(screen("queue", holder="nobody"), "queue")["rows"][0]
    assert row["href"].startswith("call?call=")
    address = {name: value for name, (value,) in parse_qs(row["href"].partition("?")[2]).items()}
    app = screen("call", **address)  # knows nothing of the session in which the link was drawn
    assert back(app) == "queue"
    assert app.get("page_link")[0].proto.query_string == "holder=nobody"


@pytest.mark.parametrize("name", ["queue", "promises", "objections", "agent"])
def test_a_call_tells_in_its_address_where_it_was_opened(house: Store, signed_in: SignIn, name: str) -> None:
    """So that a page that is loaded again knows the way back too."""
    signed_in(house, "analyst", "luz")
    app = screen(name)
    app.query_params.clear()
    app.switch_page("views/call.py")
    app.query_params["call"] = FAIR
    app = run(app)
    assert back(app) == name
    assert "".join(app.query_params["from"]).startswith(name)
    assert "".join(app.query_params["call"]) == FAIR


@pytest.mark.parametrize(
    ("role", "told"), [("analyst", "administration"), ("analyst", "x"), ("analyst", "call")]
)
def test_what_is_no_screen_of_the_role_leads_back_to_the_list(
    house: Store, signed_in: SignIn, role: Role, told: str
) -> None:
    signed_in(house, role, "luz")
    assert back(screen("call", call=FAIR, **{"from": told})) == "calls"


def test_rows_of_the_same_agent_are_told_apart_by_ear(house: Store, signed_in: SignIn) -> None:
    signed_in(house, "analyst", "luz")
    names = [row["name"] for row in component(screen("queue"), "queue")["rows"]]
    assert len(set(names)) == len(names) == 2
    assert all("2026" in name for name in names)


def test_a_row_is_named_by_as_much_as_it_takes() -> None:
    columns = [{"id": "who", "label": "x"}, {"id": "day", "label": "x"}]
    rows = [
        {"id": str(n), "cells": {"who": {"text": who, "sub": "Banco"}, "day": {"text": day, "chips": ["a"]}}}
        for n, (who, day) in enumerate([("Ana", "lun"), ("Ana", "mar"), ("Beto", "lun")])
    ]
    assert _list._names(columns, rows) == ["Ana, Banco, lun, a", "Ana, Banco, mar, a", "Beto, Banco"]
