"""Who need not know the debtor reads no name, account, card or telephone on any screen; and of nobody's
health outside of the call.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from google.protobuf.text_format import MessageToString
from streamlit.testing.v1 import AppTest

from coach.settings import Settings
from coach.store import Store
from coach.viewers import Role
from tests.coach import covered
from tests.coach.covered import ILL, NAME, SECRETS, VOID, WAITS
from tests.views.conftest import SignIn
from tests.views.test_screens import component, screen
from views._pages import HIDDEN, OF_ROLE

HEALTH = ("Enfermedad o emergencia", "health_emergency")
ADDRESSES: dict[str, tuple[dict[str, str], ...]] = {
    "call": ({"call": WAITS}, {"call": VOID}),
    "agent": ({"agent": "rosa"},),
    "criticals": ({}, {"view": "confirmed"}),
    "calibration": ({"view": "sessions"}, {"session": "1"}, {"session": "2"}),
    "coaching": ({}, {"agent": "rosa"}),
    "objections": ({"objection": "no_money"}, {"objection": "health_emergency"}),
    "clips": ({}, {"objection": "health_emergency"}),
}
MADE_UP = ("practice", "drill", "scenarios", "session", "guide", "coaching", "call", "calibration")


@pytest.fixture
def house(fresh: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """What could be said to each objection takes the models and quotes the call as it is shown anyway."""
    monkeypatch.setattr("views._session.suggestions", lambda call: ())
    covered.fill(fresh, Settings(data_dir=fresh.data_dir))
    return fresh


def drawn(app: AppTest) -> str:
    """All that the screen hands to the browser, its letters as they are read."""
    found = (
        element.proto for part in (app.main, app.sidebar) for element in part if element.proto is not None
    )
    sent = "\n".join(MessageToString(proto, as_utf8=True) for proto in found)
    return re.sub(r"\\+u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), sent).replace("\\", "")


def screens(role: Role) -> Iterator[tuple[str, AppTest]]:
    for name in (*OF_ROLE[role], *HIDDEN[role]):
        for address in ADDRESSES.get(name, ({},)):
            yield name, screen(name, **address)


@pytest.mark.parametrize("role", ["trainer", "auditor"])
def test_no_screen_gives_a_debtor_away(house: Store, signed_in: SignIn, role: Role) -> None:
    login = "tere" if role == "trainer" else "aud"
    signed_in(house, role, login, **({"portfolios": ("Norte",)} if role == "auditor" else {}))
    seen: dict[str, str] = {}
    for name, app in screens(role):
        text = drawn(app)
        assert [one for one in SECRETS if one in text] == [], name
        assert re.findall("[•▪▫]", text) == [], name  # how long a name is
        if name not in MADE_UP:
            assert [one for one in HEALTH if one in text] == [], name
        seen[name] = seen.get(name, "") + text
    assert "lo vamos a embargar" in seen["call"]
    assert "doscientos cuarenta soles" in seen["call"]
    if role == "trainer":
        assert "lo vamos a embargar" in seen["criticals"]
        assert "Al señor [nombre]" in seen["criticals"]
        assert "no_money: [nombre]" in seen["clips"]
        assert "lo vamos a embargar" in seen["agent"]


def test_who_may_know_the_names_reads_them_and_no_cards(house: Store, signed_in: SignIn) -> None:
    signed_in(house, "analyst", "luz")
    seen = "\n".join(
        drawn(screen(name, **address)) for name in ("call", "criticals") for address in ADDRESSES[name]
    )
    assert NAME in seen
    assert covered.PHONE in seen
    assert covered.CARD not in seen


def test_the_agent_reads_the_own_call_as_it_was_said(house: Store, signed_in: SignIn) -> None:
    signed_in(house, "agent", "rosa")
    app = screen("call", call=VOID)
    turns = [turn["text"] for turn in component(app, f"player-{VOID}")["turns"]]
    assert ILL in turns
    assert HEALTH[0] in drawn(app)
    for name in ("calls", "objections", "clips"):
        for address in ADDRESSES.get(name, ({},)):
            assert HEALTH[0] not in drawn(screen(name, **address)), name
