"""Twelve ways of an agent to a colleague's call: each gets nothing, and learns not even that there is one.

The colleague is Rubén Arce (`mx-embargo`, released to him), the agent is Marisol Tapia with calls of her own.
An id that exists and one that does not must be answered alike.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, update
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect
from streamlit.testing.v1 import AppTest

from coach import audit, listings, people, queries, reviews, server
from coach.exporters import of_call
from coach.rows import CallFilter
from coach.schema_work import releases
from coach.settings import Settings
from coach.store import Store
from coach.types import CoachError
from coach.viewers import HOUSE, ROLES, Role, Viewer
from tests.coach.people import somebody, token
from tests.views import seed
from tests.views.test_screens import component, dashboard, ids, run, screen, texts
from views._pages import OF_ROLE

THEIRS, NONE, MINE = "mx-embargo", "no-existe", "es-vaga"


@pytest.fixture
def house(fresh: Store, tmp_path: Path) -> Store:
    """All the hand-made calls, every one released to whoever took it."""
    seed.fill(fresh, Settings(data_dir=tmp_path))
    now = datetime.now(UTC)
    with fresh.writing() as connection:
        for row in queries.calls(fresh, HOUSE, size=99).rows:
            connection.execute(
                insert(releases).values(recording_id=row.id, released_at=now, visible_from=now)
            )
    somebody(fresh, "agent", "rarce", name="Rubén Arce", holds=("rarce",))
    return fresh


@pytest.fixture
def marisol(house: Store, signed_in: Callable[..., Viewer]) -> Viewer:
    return signed_in(house, "agent", "mtapia", name="Marisol Tapia", holds=("mtapia",))


@pytest.fixture
def client(house: Store, marisol: Viewer, tmp_path: Path) -> TestClient:
    """Her browser, in front of the routes."""

    async def socket(websocket: WebSocket) -> None:
        await websocket.accept()

    settings = Settings(data_dir=tmp_path)
    app = Starlette(routes=[*server.routes(settings, house), WebSocketRoute("/_stcore/stream", socket)])
    guarded = server.guarded(app, settings, house)
    cookies = {"temple": token(house, "mtapia")}
    return TestClient(guarded, base_url="http://localhost", cookies=cookies, follow_redirects=False)


def said(app: AppTest, wanted: str) -> str:
    """Everything on the screen, the id that was asked for left out."""
    return texts(app).replace(wanted, "ID")


# her own


def test_her_own_calls_are_there(house: Store, marisol: Viewer) -> None:
    shown = ids(screen("calls"))
    assert MINE in shown
    assert all(house.recording(one).agent_login == "mtapia" for one in shown)
    assert len(shown) == 10
    app = screen("call", call=MINE)
    assert "Marisol Tapia" in app.title[0].value


def test_her_own_sound_is_heard(house: Store, client: TestClient) -> None:
    somebody(house, "agent", "rarce")
    client.cookies.set("temple", token(house, "rarce"))
    assert client.get(f"/api/audio/{THEIRS}").status_code == 200
    assert client.get(f"/api/peaks/{THEIRS}").status_code == 200


def test_a_call_that_is_not_released_yet_is_not_there(house: Store, marisol: Viewer) -> None:
    with house.writing() as connection:
        mine = update(releases).where(releases.c.recording_id == MINE)
        connection.execute(mine.values(visible_from=datetime.now(UTC) + timedelta(days=1)))
    assert MINE not in ids(screen("calls"))
    assert said(screen("call", call=MINE), MINE) == said(screen("call", call=NONE), NONE)


# the twelve ways


def test_1_by_the_address_of_the_call(house: Store, marisol: Viewer) -> None:
    theirs = screen("call", call=THEIRS)
    assert said(theirs, THEIRS) == said(screen("call", call=NONE), NONE)
    assert not theirs.get("bidi_component") or "player" not in str(theirs.get("bidi_component"))


@pytest.mark.parametrize(
    "wanted", [THEIRS.upper(), f" {THEIRS}", f"{THEIRS}/", f"{MINE}' OR '1'='1", "%", "mx-%"]
)
def test_2_by_an_id_written_another_way(house: Store, marisol: Viewer, wanted: str) -> None:
    with pytest.raises(CoachError, match="no hay ninguna grabación"):
        queries.call(house, marisol, wanted)
    assert screen("call", call=wanted).info


def test_3_by_the_sound(client: TestClient) -> None:
    theirs, none = client.get(f"/api/audio/{THEIRS}"), client.get(f"/api/audio/{NONE}")
    assert (theirs.status_code, theirs.content) == (none.status_code, none.content) == (404, none.content)
    part = client.get(f"/api/audio/{THEIRS}", headers={"range": "bytes=0-99"})
    assert (part.status_code, part.content) == (404, none.content)


def test_4_by_the_outline(client: TestClient) -> None:
    theirs, none = client.get(f"/api/peaks/{THEIRS}"), client.get(f"/api/peaks/{NONE}")
    assert (theirs.status_code, theirs.content) == (none.status_code, none.content) == (404, none.content)


def test_5_by_the_download(house: Store, marisol: Viewer, signed_in: Callable[..., Viewer]) -> None:
    labels = [button.proto.label for button in screen("call", call=MINE).get("download_button")]
    assert labels == ["Descargar la evaluación (PDF)"]  # one's own, as one may see it; nothing for programs
    assert not screen("call", call=THEIRS).get("download_button")
    with pytest.raises(CoachError):
        of_call.paper(house, Settings(), marisol, THEIRS)
    signed_in(house, "analyst")
    assert len(screen("call", call=MINE).get("download_button")) == 2


def test_6_by_words_that_were_said(house: Store, marisol: Viewer) -> None:
    for words in ("embargar", "Lorena Bustos", "400317", THEIRS):
        found = listings.calls(house, marisol, CallFilter(text=words), sort="date", page=0, size=9)
        assert (found.rows, found.total) == ((), 0)
    app = screen("calls", q="embargar")
    assert "Ninguna llamada tiene lo que busca" in texts(app)


def test_7_by_the_cookie_of_a_session_that_ended(house: Store, client: TestClient) -> None:
    theirs = token(house, "rarce")
    out = TestClient(
        client.app, base_url="http://localhost", cookies={"temple": theirs}, follow_redirects=False
    )
    page = out.get("/auth/logout").text
    csrf = page.partition('name="csrf" value="')[2].partition('"')[0]
    out.post("/auth/logout", data={"csrf": csrf}, headers={"origin": "http://localhost"})
    client.cookies.set("temple", theirs)
    assert client.get(f"/api/audio/{THEIRS}").status_code == 401


def test_8_by_a_socket_without_a_cookie(client: TestClient) -> None:
    client.cookies.clear()
    stream = client.websocket_connect("ws://localhost/_stcore/stream", headers={"origin": "http://localhost"})
    with pytest.raises(WebSocketDisconnect), stream:
        pass


@pytest.mark.parametrize(
    "headers",
    [
        {"x-forwarded-user": "rarce", "x-remote-user": "rarce", "x-cq-email": "rarce"},
        {"x-original-url": f"/api/audio/{THEIRS}", "x-rewrite-url": f"/api/audio/{THEIRS}"},
        {"x-forwarded-for": "127.0.0.1", "x-forwarded-host": "localhost"},
        {"authorization": "Bearer rarce"},
    ],
)
def test_9_by_headers_that_say_she_is_somebody_else(client: TestClient, headers: dict[str, str]) -> None:
    assert client.get(f"/api/audio/{THEIRS}", headers=headers).status_code == 404
    assert client.get("/api/audio/x", headers=headers).status_code == 404


def test_10_by_a_colleagues_login_in_the_filter(house: Store, marisol: Viewer) -> None:
    which = CallFilter(agents=("rarce",))
    assert queries.calls(house, marisol, which).total == 0
    assert queries.summary(house, marisol, which).calls == 0
    assert queries.weeks(house, marisol, which) == ()
    assert [row.login for row in queries.agents(house, marisol)] == ["mtapia"]
    app = screen("calls", agent="rarce")
    assert "Rubén" not in texts(app)
    assert all(house.recording(one).agent_login == "mtapia" for one in ids(app))


def test_11_by_the_neighbours_of_a_call(house: Store, marisol: Viewer) -> None:
    for sort in ("-date", "date", "-attention", "points"):
        known, near = set(), listings.around(house, marisol, MINE, CallFilter(), sort=sort)
        while near.after and near.after not in known:
            known.add(near.after)
            near = listings.around(house, marisol, near.after, CallFilter(), sort=sort)
        assert all(house.recording(one).agent_login == "mtapia" for one in known)
    nowhere = listings.around(house, marisol, THEIRS, CallFilter(), sort="-date")
    assert (nowhere.before, nowhere.after) == (None, None)


def test_12_by_an_account_or_a_session_that_is_no_more(
    house: Store, client: TestClient, marisol: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = token(house, "rarce", now=datetime.now(UTC) - timedelta(hours=13))
    client.cookies.set("temple", old)
    assert client.get(f"/api/audio/{THEIRS}").status_code == 401
    theirs = token(house, "rarce")
    people.deactivate(house, HOUSE, "rarce")
    client.cookies.set("temple", theirs)
    assert client.get(f"/api/audio/{THEIRS}").status_code == 401
    for gone in (old, theirs, "", "made-up"):
        monkeypatch.setattr("views._session.token", lambda gone=gone: gone)
        app = screen("call", call=THEIRS)
        assert app.title[0].value == "Su sesión terminó"
        assert "Lorena" not in texts(app)


# what else she may not


@pytest.mark.parametrize("name", ["team", "upload"])
def test_screens_of_others_do_not_open(house: Store, marisol: Viewer, name: str) -> None:
    app = dashboard()
    app.switch_page(f"views/{name}.py")
    app.run()
    assert "Rubén" not in texts(app)
    assert not app.exception


def test_nobody_without_the_right_uploads(client: TestClient, house: Store) -> None:
    ours = {"origin": "http://localhost", "x-temple-upload": "1", "sec-fetch-site": "same-origin"}
    answer = client.post("/api/upload", params={"name": "a.wav"}, content=b"RIFF", headers=ours)
    assert answer.status_code == 403


def test_she_confirms_no_critical_failure(house: Store, signed_in: Callable[..., Viewer]) -> None:
    signed_in(house, "agent", "rarce")
    app = screen("call", call=THEIRS)
    assert "Sin amenazas" not in texts(app)  # nobody has confirmed it: it is nobody's word yet
    assert {button.label for button in app.button} == {"Salir", "Anterior", "Siguiente", "Ya la leí"}


@pytest.mark.parametrize("sort", ["-attention", "-critical"])
def test_the_agents_list_tells_of_nothing_that_nobody_confirmed(
    house: Store, signed_in: Callable[..., Viewer], sort: str
) -> None:
    signed_in(house, "agent", "rarce")
    app = screen("calls", sort=sort)
    [row] = [one for one in component(app, "calls")["rows"] if one["id"] == THEIRS]
    assert "confirmar" not in f"{row['cells']} {texts(app)}".lower()


def test_a_filter_in_the_address_names_no_failure_that_nobody_confirmed(
    house: Store, signed_in: Callable[..., Viewer]
) -> None:
    signed_in(house, "agent", "rarce")
    said = texts(screen("calls", criterion="no_threats", outcome="fail"))
    assert "Ninguna llamada cumple estos filtros" in said
    reviews.override(
        house, Settings(data_dir=house.data_dir), HOUSE, THEIRS, "no_threats", "fail", "Amenaza."
    )
    assert ids(screen("calls", criterion="no_threats", outcome="fail")) == [THEIRS]


def test_filters_name_nobody_out_of_reach(house: Store, marisol: Viewer) -> None:
    choices = queries.choices(house, marisol)
    assert choices.agents == (("mtapia", "Marisol Tapia"),)
    assert set(choices.countries) == {"ES", "MX"}
    assert choices.unassigned == 0


# leads and auditors


def test_the_own_list_offers_no_colleague_and_nothing_that_waits_for_others(
    house: Store, marisol: Viewer
) -> None:
    app = screen("calls", state="critical")
    assert "filter-agent" not in [box.key for box in app.selectbox]
    [states] = [group for group in app.button_group if group.key == "filter-state"]
    assert list(states.options) == ["Todas", "✓ Con promesa", "– No evaluables"]
    assert len(ids(app)) == len(ids(screen("calls")))


def test_a_lead_sees_the_own_team_and_no_other(house: Store, signed_in: Callable[..., Viewer]) -> None:
    somebody(house, "agent", "rarce", team="Norte")
    somebody(house, "agent", "mtapia", holds=("mtapia",), team="Sur")
    signed_in(house, "lead", "leo", leads="Norte")
    shown = ids(screen("calls"))
    assert THEIRS in shown
    assert all(house.recording(one).agent_login == "rarce" for one in shown)
    assert said(screen("call", call=MINE), MINE) == said(screen("call", call=NONE), NONE)
    assert [
        row["id"] for row in component(screen("team", days="2026-08-01_2026-10-31"), "enough")["rows"]
    ] == ["rarce"]


def test_a_lead_without_a_team_and_an_auditor_without_a_portfolio_see_nothing(
    house: Store, signed_in: Callable[..., Viewer]
) -> None:
    for role in ("lead", "auditor"):
        viewer = signed_in(house, role)
        assert queries.calls(house, viewer).total == 0
        assert "Aquí verá las llamadas evaluadas" in texts(screen("calls"))


# navigation, and the end of a session on an open page


@pytest.mark.parametrize("role", ROLES)
def test_every_role_has_its_way_around_and_a_way_out(
    house: Store, signed_in: Callable[..., Viewer], role: Role
) -> None:
    signed_in(house, role, "alguien", name="Alguien *Más*")
    app = run(dashboard())
    assert 1 <= len(OF_ROLE[role]) <= 7
    assert [button.label for button in app.sidebar.button] == ["Salir"]
    assert "Alguien *Más*" in "".join(one.value.replace("\\", "") for one in app.sidebar.markdown)


def test_signing_out_leaves_nothing_on_the_page(house: Store, marisol: Viewer) -> None:
    app = dashboard()
    app.query_params["call"] = "mx-embargo"
    app = run(app)
    app.sidebar.button(key="leave").click()
    app = run(app)
    assert app.title[0].value == "Sesión cerrada"
    assert dict(app.query_params) == {}  # nor what the last one looked at
    assert component(app, "sign-in")["back"] is False
    assert not app.sidebar.button
    assert "Marisol" not in texts(app)
    assert component(app, "sign-in")["address"] == "/auth/login"


def test_a_page_left_open_shows_nothing_at_its_next_run(
    house: Store, marisol: Viewer, signed_in: Callable[..., Viewer]
) -> None:
    app = screen("call", call=MINE)
    people.deactivate(house, HOUSE, "mtapia")
    app = run(app)
    assert app.title[0].value == "Su sesión terminó"
    assert len(app.title) == 1
    assert not app.sidebar.button


def test_another_person_on_the_same_connection_finds_nothing_of_the_former(
    house: Store, marisol: Viewer, signed_in: Callable[..., Viewer]
) -> None:
    app = screen("calls", q="pagar")
    app.session_state["list"] = "hers"
    signed_in(house, "agent", "rarce")
    app.run()
    assert app.session_state["who"] != marisol.user_id
    assert app.session_state["list"] != "hers"


# the log


def test_who_opened_a_call_is_written_down_once(house: Store, marisol: Viewer) -> None:
    for _ in range(3):
        screen("call", call=MINE)
    screen("call", call=THEIRS)
    seen = audit.entries(house, HOUSE, action="see")
    assert [(entry.login, entry.subject) for entry in seen.rows] == [("mtapia", f"call:{MINE}")]


def test_who_heard_a_call_is_written_down_once(house: Store, client: TestClient) -> None:
    somebody(house, "agent", "rarce")
    client.cookies.set("temple", token(house, "rarce"))
    for first in range(3):
        client.get(f"/api/audio/{THEIRS}", headers={"range": f"bytes={first}-99"})
    heard = audit.entries(house, HOUSE, action="hear")
    assert [(entry.login, entry.subject) for entry in heard.rows] == [("rarce", f"call:{THEIRS}")]


def fragments() -> list[Any]:
    import ast

    found = []
    for file in (Path(__file__).parents[2] / "views").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and any(
                "fragment" in ast.unparse(d) for d in node.decorator_list
            ):
                found.append(pytest.param(ast.unparse(node), id=f"{file.stem}.{node.name}"))
    return found


@pytest.mark.parametrize("code", fragments())
def test_a_fragment_asks_who_is_looking(code: str) -> None:
    """It runs without the script around it, so nothing else would notice that the session is over."""
    assert "_session.viewer(" in code
