"""The doors of the server: who gets in, by what cookie, and what closes again. Routes only, no dashboard."""

from __future__ import annotations

import ast
import re
import sqlite3
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from argon2 import PasswordHasher
from sqlalchemy.exc import OperationalError
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from coach import demo_people, passwords, people, server, sessions
from coach.settings import Settings
from coach.signin_page import english
from coach.store import Store
from coach.types import CoachError
from coach.viewers import HOUSE
from tests.coach.people import somebody, token

GOOD = "tres gatos en la azotea"
HERE = {"origin": "http://localhost", "sec-fetch-site": "same-origin"}
ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(passwords, "HASHER", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
    passwords._dummy.cache_clear()
    yield
    passwords._dummy.cache_clear()


@pytest.fixture
def ana(store: Store) -> None:
    people.add(store, HOUSE, "ana", "Ana Ruiz", "analyst", password=GOOD, must_change=False)


def browser(store: Store, settings: Settings, *, base: str = "http://localhost", **more: Any) -> TestClient:
    """A browser in front of the doors; behind them a page and a socket stand for the dashboard."""

    async def page(request: Any) -> PlainTextResponse:
        return PlainTextResponse(request.state.session.viewer.login)

    async def socket(websocket: WebSocket) -> None:
        await websocket.accept()
        await websocket.send_text("dentro")
        await websocket.close()

    behind = [Route("/", page), Route("/call", page), WebSocketRoute("/_stcore/stream", socket)]
    app = Starlette(routes=[*server.routes(settings, store), *behind])
    guarded = server.guarded(app, settings, store)
    return TestClient(guarded, base_url=base, follow_redirects=False, **more)


@pytest.fixture
def client(store: Store, settings: Settings) -> TestClient:
    return browser(store, settings)


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, f"no field {name}"
    return unescape(found[1])


def enter(client: TestClient, login: str = "ana", password: str = GOOD, **more: str) -> Any:
    """Fill in the page and send it."""
    page = client.get("/auth/login", params={"next": more.pop("next", "")}).text
    sent = {"form": hidden(page, "form"), "next": hidden(page, "next"), "login": login, "password": password}
    return client.post("/auth/login", data=sent | more, headers=HERE | {"origin": str(client.base_url)})


# in and out


def test_a_page_leads_to_the_door_and_the_door_leads_back(client: TestClient, ana: None) -> None:
    away = client.get("/call?call=mx-1&turn=3")
    assert (away.status_code, away.headers["location"]) == (
        303,
        "/auth/login?next=%2Fcall%3Fcall%3Dmx-1%26turn%3D3",
    )
    inside = enter(client, next="/call?call=mx-1&turn=3")
    assert (inside.status_code, inside.headers["location"]) == (303, "/call?call=mx-1&turn=3")
    assert client.get("/call?call=mx-1").text == "ana"
    assert client.get("/auth/login").status_code == 303


@pytest.mark.parametrize(
    "elsewhere",
    [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "/auth/logout",
        "/\t/x",
    ],
)
def test_the_door_leads_nowhere_else(client: TestClient, ana: None, elsewhere: str) -> None:
    assert enter(client, next=elsewhere).headers["location"] == "/"


def test_what_scripts_ask_is_refused_without_a_page(client: TestClient) -> None:
    for path in (
        "/api/audio/x",
        "/api/peaks/x",
        "/api/vendor/wavesurfer.esm.js",
        "/_stcore/host-config",
        "/media/x",
    ):
        assert client.get(path).status_code == 401
    assert client.post("/api/upload").status_code == 401
    assert client.post("/call").status_code == 401


def test_health_is_for_everybody(client: TestClient) -> None:
    assert client.get("/api/health").json() == {"status": "ok"}


def test_a_socket_without_a_session_is_closed_before_it_opens(client: TestClient, store: Store) -> None:
    with (
        pytest.raises(WebSocketDisconnect) as closed,
        client.websocket_connect("ws://localhost/_stcore/stream", headers=HERE),
    ):
        pass
    assert closed.value.code == 1008
    somebody(store, "agent")
    client.cookies.set("temple", token(store, "agent"))
    with client.websocket_connect("ws://localhost/_stcore/stream", headers=HERE) as open_one:
        assert open_one.receive_text() == "dentro"


@pytest.mark.parametrize(
    ("base", "proxied", "origin", "opens"),
    [
        ("http://localhost:8501", False, "http://localhost:8501", True),
        ("http://127.0.0.1:8501", False, "http://127.0.0.1:8501", True),
        ("http://127.0.0.1:8501", False, "http://127.0.0.1:9999", False),
        ("http://127.0.0.1:8501", False, "http://localhost:8501", False),
        ("http://127.0.0.1:8501", False, "http://127.0.0.1", False),
        ("http://127.0.0.1:8501", False, "https://127.0.0.1:8501", False),
        ("http://127.0.0.1:8501", False, "null", False),
        ("http://127.0.0.1:8501", False, None, False),
        ("http://temple.example", True, "https://temple.example", True),  # as docs/server.md has it
        ("http://temple.example", True, "http://temple.example", False),
        ("http://temple.example", True, "https://temple.example:8443", False),
    ],
)
def test_a_page_of_another_port_or_scheme_opens_no_socket_and_sends_no_form(
    store: Store, settings: Settings, ana: None, base: str, proxied: bool, origin: str | None, opens: bool
) -> None:
    """Cookies of a host go to all its ports: whose page asks is told by its whole origin."""
    ours = settings.model_copy(update={"hosts": ("temple.example",)})
    served = ProxyHeadersMiddleware(browser(store, ours).app, trusted_hosts="testclient")
    told = {"x-forwarded-proto": "https"} if proxied else {}
    client = TestClient(served, base_url=base, follow_redirects=False, headers=told)
    headers = {"cookie": f"{'__Host-' if proxied else ''}temple={token(store, 'ana')}"}
    headers |= {"origin": origin} if origin else {}
    stream = f"ws{base.removeprefix('http')}/_stcore/stream"
    with (
        nullcontext() if opens else pytest.raises(WebSocketDisconnect),
        client.websocket_connect(stream, headers=headers) as socket,
    ):
        assert socket.receive_text() == "dentro"
    page = client.get("/auth/login")
    sent = {"form": hidden(page.text, "form"), "next": "/", "login": "ana", "password": GOOD}
    headers["cookie"] = page.headers["set-cookie"].partition(";")[0]  # secure ones too, past the proxy
    answer = client.post("/auth/login", data=sent, headers=headers)
    assert (answer.status_code == 303) is opens


def test_wrong_words_open_nothing_and_say_nothing_of_who_is_known(client: TestClient, ana: None) -> None:
    known, unknown = enter(client, password="otra cosa"), enter(client, login="nadie")
    assert known.status_code == unknown.status_code == 401
    said = [re.sub(r'nonce[-=]"?[\w-]+|value="[^"]*"', "", answer.text) for answer in (known, unknown)]
    assert said[0] == said[1]
    assert "temple" not in client.cookies


def test_the_sixth_try_waits_even_if_it_is_right(client: TestClient, ana: None) -> None:
    for _ in range(5):
        assert enter(client, password="otra cosa").status_code == 401
    assert enter(client).status_code == 401


def test_what_was_typed_comes_back_as_text(client: TestClient, ana: None) -> None:
    said = enter(client, login='"><script>alert(1)</script>')
    assert "<script" not in said.text
    assert "&lt;script&gt;" in said.text


def test_signing_out_ends_the_session_everywhere(
    client: TestClient, ana: None, store: Store, settings: Settings
) -> None:
    enter(client)
    mine = client.cookies["temple"]
    page = client.get("/auth/logout")
    assert sessions.session_of(store, settings, mine) is not None
    out = client.post("/auth/logout", data={"csrf": hidden(page.text, "csrf")}, headers=HERE)
    assert (out.status_code, out.headers["location"]) == (303, "/auth/login")
    assert sessions.session_of(store, settings, mine) is None
    client.cookies.set("temple", mine)
    assert client.get("/").status_code == 303


@pytest.mark.parametrize(("later", "status"), [(29, 200), (31, 303)])
def test_a_pause_ends_it(client: TestClient, store: Store, later: int, status: int) -> None:
    somebody(store, "agent")
    client.cookies.set("temple", token(store, "agent", now=datetime.now(UTC) - timedelta(minutes=later)))
    assert client.get("/").status_code == status


PAUSED = "Su sesión terminó por inactividad. Entre de nuevo y seguirá donde estaba."


def test_who_paused_too_long_is_told_so_at_the_door_and_nobody_else(
    client: TestClient, store: Store, settings: Settings
) -> None:
    ines = somebody(store, "agent")
    assert PAUSED not in client.get("/auth/login").text
    client.cookies.set("temple", "de-nadie")
    assert PAUSED not in client.get("/auth/login").text
    old = token(store, "agent", now=datetime.now(UTC) - timedelta(minutes=31))
    client.cookies.set("temple", old)
    assert PAUSED in client.get("/auth/login").text
    sessions.end(store, old)
    assert PAUSED not in client.get("/auth/login").text
    another = token(store, "agent", now=datetime.now(UTC) - timedelta(minutes=31))
    client.cookies.set("temple", another)
    people.deactivate(store, HOUSE, ines.login)
    assert PAUSED not in client.get("/auth/login").text


# the cookie


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(client: TestClient, ana: None) -> None:
    cookie = next(one for one in enter(client).headers.get_list("set-cookie") if one.startswith("temple="))
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie
    assert "Secure" not in cookie


def test_behind_tls_it_is_secure_and_bound_to_this_host(store: Store, settings: Settings, ana: None) -> None:
    client = browser(store, settings, base="https://localhost")
    inside = enter(client)
    cookies = inside.headers.get_list("set-cookie")
    assert all("Secure" in cookie and cookie.startswith("__Host-temple") for cookie in cookies)
    assert "max-age" in inside.headers["strict-transport-security"]
    assert client.get("/").text == "ana"


def test_behind_tls_a_cookie_that_another_host_could_set_counts_nothing(
    store: Store, settings: Settings
) -> None:
    somebody(store, "admin")
    client = browser(store, settings, base="https://localhost", cookies={"temple": token(store, "admin")})
    assert client.get("/").status_code == 303


def test_a_setting_makes_it_secure_whatever_the_request_says(
    store: Store, settings: Settings, ana: None
) -> None:
    strict = settings.model_copy(update={"accounts": settings.accounts.model_copy(update={"secure": True})})
    page = browser(store, strict).get("/auth/login")
    assert "Secure" in page.headers["set-cookie"]


def test_a_token_planted_before_is_not_the_one_after(
    client: TestClient, ana: None, store: Store, settings: Settings
) -> None:
    client.cookies.set("temple", "planted-by-somebody-else")
    enter(client)
    assert sessions.session_of(store, settings, "planted-by-somebody-else") is None
    assert client.get("/").text == "ana"


def test_who_signs_in_over_a_session_ends_it(
    client: TestClient, ana: None, store: Store, settings: Settings
) -> None:
    somebody(store, "agent", "bea")
    page = client.get("/auth/login").text
    theirs = token(store, "bea")
    client.cookies.set("temple", theirs)
    sent = {"form": hidden(page, "form"), "login": "ana", "password": GOOD}
    assert client.post("/auth/login", data=sent, headers=HERE).status_code == 303
    assert sessions.session_of(store, settings, theirs) is None


def test_headers_of_a_client_say_nothing_of_who_it_is(client: TestClient, store: Store) -> None:
    somebody(store, "admin", "raiz")
    spoofed = {
        "x-forwarded-user": "raiz", "x-remote-user": "raiz", "remote-user": "raiz", "x-user": "raiz",
        "authorization": "Basic cmFpejpyYWl6", "x-cq-email": "raiz", "x-cq-role": "admin",
    }  # fmt: skip
    assert client.get("/", headers=spoofed).status_code == 303
    somebody(store, "agent")
    client.cookies.set("temple", token(store, "agent"))
    assert client.get("/", headers=spoofed).text == "agent"


# forms of ours only


def test_a_form_from_elsewhere_signs_nobody_in(client: TestClient, ana: None) -> None:
    page = client.get("/auth/login").text
    good = {"form": hidden(page, "form"), "login": "ana", "password": GOOD}
    for data, headers in (
        ({**good, "form": "x"}, HERE),
        ({**good, "form": ""}, HERE),
        (good, {"origin": "http://evil.example"}),
        (good, {"origin": "null"}),
        (good, {}),
        (good, {**HERE, "sec-fetch-site": "cross-site"}),
        ({**good, "x": "y" * 9000}, HERE),
        ({**good, **{f"f{n}": "" for n in range(30)}}, HERE),
    ):
        assert client.post("/auth/login", data=data, headers=headers).status_code == 403
    assert client.post("/auth/login", json=good, headers=HERE).status_code == 403
    client.cookies.clear()
    assert client.post("/auth/login", data=good, headers=HERE).status_code == 403


@pytest.mark.parametrize("path", ["/auth/logout", "/auth/password"])
def test_a_form_from_elsewhere_does_nothing_to_who_is_signed_in(
    client: TestClient, ana: None, path: str
) -> None:
    enter(client)
    csrf = hidden(client.get(path).text, "csrf")
    new = {"former": GOOD, "new": "cinco perros bajo la lluvia", "again": "cinco perros bajo la lluvia"}
    for data, headers in (
        ({**new}, HERE),
        ({**new, "csrf": "x"}, HERE),
        ({**new, "csrf": csrf}, {"origin": "http://evil.example"}),
    ):
        assert client.post(path, data=data, headers=headers).status_code == 403
    assert client.get("/").text == "ana"


# the password


def test_one_changes_it_and_stays_inside(
    client: TestClient, ana: None, store: Store, settings: Settings
) -> None:
    enter(client)
    before = client.cookies["temple"]
    csrf = hidden(client.get("/auth/password").text, "csrf")
    new = "cinco perros bajo la lluvia"
    uneven = {"csrf": csrf, "former": GOOD, "new": new, "again": new + "s"}
    assert "iguales" in client.post("/auth/password", data=uneven, headers=HERE).text
    done = client.post("/auth/password", data=uneven | {"again": new}, headers=HERE)
    assert (done.status_code, done.headers["location"]) == (303, "/")
    assert client.get("/").text == "ana"
    assert sessions.session_of(store, settings, before) is None


def test_until_it_is_changed_nothing_else_opens(client: TestClient, ana: None, store: Store) -> None:
    once = people.reset(store, HOUSE, "ana")
    enter(client, password=once)
    page = client.get("/")
    assert (page.status_code, page.headers["location"]) == (303, "/auth/password")
    assert client.get("/api/audio/x").status_code == 401
    with (
        pytest.raises(WebSocketDisconnect),
        client.websocket_connect("ws://localhost/_stcore/stream", headers=HERE),
    ):
        pass
    page = client.get("/auth/password").text
    assert "una sola vez" in page
    assert "La de un solo uso" in page
    assert "Contraseña actual" not in page


# an empty house, and the demonstration


def test_an_empty_house_says_how_to_make_the_first_person(client: TestClient, store: Store) -> None:
    page = client.get("/auth/login").text
    assert "coach users add" in page
    assert 'name="password"' not in page
    demo_people.settle(store)
    assert "coach users add" in client.get("/auth/login").text


@pytest.fixture
def demo(settings: Settings) -> Settings:
    return settings.model_copy(update={"demo": True})


def at(store: Store, settings: Settings, address: str) -> TestClient:
    return browser(store, settings, client=(address, 50_000))


def test_five_people_stand_at_the_door_of_the_demonstration(store: Store, demo: Settings) -> None:
    demo_people.settle(store)
    client = at(store, demo, "127.0.0.1")
    page = client.get("/auth/login").text
    assert re.findall(r"<button type=\"submit\">(.*?) <span>(.*?)</span>", page) == [
        ("Elena Robles", "Analista de calidad"),
        ("Inés Paredes", "Analista de calidad"),
        ("Tomás Vidal", "Formación"),
        ("Marisol Tapia", "Agente"),
        ("Lucía Herrera", "Líder de equipo"),
    ]
    assert "sin contraseña" in page
    sent = {"form": hidden(page, "form"), "login": "mtapia"}
    assert client.post("/auth/login", data=sent, headers=HERE).status_code == 303
    assert client.get("/").text == "mtapia"


def test_it_serves_no_other_machine(store: Store, demo: Settings) -> None:
    demo_people.settle(store)
    for path in ("/", "/auth/login", "/api/health", "/app/static/temple.svg"):
        assert at(store, demo, "192.168.1.20").get(path).status_code == 403


def test_its_people_do_not_come_in_outside_of_it(
    store: Store, settings: Settings, demo: Settings, ana: None
) -> None:
    demo_people.settle(store)
    theirs = token(store, "erobles")
    assert sessions.session_of(store, demo, theirs) is not None
    assert sessions.session_of(store, settings, theirs) is None
    client = browser(store, settings)
    assert enter(client, login="erobles", password="").status_code == 401
    with pytest.raises(CoachError, match="no lleva contraseña"):
        people.reset(store, HOUSE, "erobles")


def test_real_people_do_not_come_in_by_a_click(store: Store, demo: Settings) -> None:
    demo_people.settle(store)
    client = at(store, demo, "127.0.0.1")
    people.add(store, HOUSE, "ana", "Ana Ruiz", "admin", password=GOOD)
    page = client.get("/auth/login").text
    for login in ("ana", "nadie"):
        sent = {"form": hidden(page, "form"), "login": login}
        assert client.post("/auth/login", data=sent, headers=HERE).status_code == 401


def test_it_opens_neither_to_other_machines_nor_among_real_people(
    store: Store, demo: Settings, ana: None
) -> None:
    with pytest.raises(CoachError, match="hay personas de verdad"):
        server.build(demo, store)
    with pytest.raises(CoachError, match="solo se abre en este equipo"):
        server.build(demo.model_copy(update={"host": "0.0.0.0"}), store)


def test_its_people_are_settled_once(store: Store) -> None:
    from sqlalchemy import func, select

    from coach.schema_people import audit

    demo_people.settle(store)
    with store.reading() as connection:
        before = connection.execute(select(func.count()).select_from(audit)).scalar_one()
    demo_people.settle(store)
    assert people.people(store, HOUSE, size=99).total == 14
    with store.reading() as connection:
        assert connection.execute(select(func.count()).select_from(audit)).scalar_one() == before


# what every answer carries


@pytest.mark.parametrize("path", ["/auth/login", "/", "/api/audio/x", "/api/health"])
def test_every_answer_is_framed_by_nobody_and_guessed_at_by_nobody(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["referrer-policy"] == "same-origin"


def test_the_door_runs_no_script_and_is_kept_by_no_cache(client: TestClient, ana: None) -> None:
    page = client.get("/auth/login")
    assert page.headers["content-security-policy"].startswith("default-src 'none'; style-src 'nonce-")
    assert page.headers["cache-control"] == "no-store"
    assert "<script" not in page.text


# the database away


@pytest.mark.parametrize("path", ["/auth/login", "/auth/login?lang=en", "/", "/api/peaks/a"])
@pytest.mark.parametrize("cookie", ["", "uno-de-antes"])
def test_while_the_database_is_away_a_browser_is_told_so(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
    path: str, cookie: str,
) -> None:  # fmt: skip
    def gone(*_: Any, **__: Any) -> None:
        raise OperationalError(
            "select", None, Exception("terminating connection"), connection_invalidated=True
        )

    monkeypatch.setattr(sessions, "session_of", gone)
    monkeypatch.setattr("coach.accounts.anybody", gone)
    asking = browser(store, settings)
    asking.cookies.set("temple", cookie)
    answer = asking.get(path, follow_redirects=False)

    if path in ("/", "/api/peaks/a") and not cookie:  # nobody is asked for who has no session
        assert answer.status_code in (303, 401)
        return
    assert answer.status_code == 503
    assert answer.headers["retry-after"]
    said = "The database does not answer" if "lang=en" in path else "La base de datos no responde"
    assert said in (answer.json()["error"] if path.startswith("/api/") else answer.text)
    assert [record.exc_info for record in caplog.records if "base de datos" in record.message] == [None]


def test_programs_are_told_so_too_and_no_one_is_promised_another_try(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def locked(*_: Any, **__: Any) -> None:
        raise OperationalError("select", None, sqlite3.OperationalError("database is locked"))

    monkeypatch.setattr("coach.tokens.known", locked)
    answer = browser(store, settings).get("/api/v1/calls", headers={"Authorization": "Bearer temple_x"})
    assert (answer.status_code, "no responde" in answer.json()["error"]) == (503, True)
    assert "La base de datos no responde (database is locked)." in caplog.text
    assert "se intenta de nuevo" not in caplog.text.lower()


def test_a_fault_of_the_program_is_none_of_the_database(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault(*_: Any, **__: Any) -> None:
        raise ValueError("x")

    monkeypatch.setattr(sessions, "session_of", fault)
    asking = browser(store, settings)
    asking.cookies.set("temple", "uno")
    with pytest.raises(ValueError, match="x"):
        asking.get("/")


def test_a_column_that_is_not_there_is_a_fault_of_the_program(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault(*_: Any, **__: Any) -> None:
        raise OperationalError("select", None, sqlite3.OperationalError("no such column: x"))

    monkeypatch.setattr("coach.accounts.anybody", fault)
    with pytest.raises(OperationalError, match="no such column"):
        browser(store, settings).get("/auth/login")


# both languages


def sentences() -> set[str]:
    found = set()
    for name in ("signin.py", "sso.py", "gone_away.py"):
        for node in ast.walk(ast.parse((ROOT / "coach" / name).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say":
                found |= {arg.value for arg in node.args if isinstance(arg, ast.Constant)}
    return {one for one in found if isinstance(one, str)}


def test_every_sentence_of_the_doors_has_its_english_and_none_is_left_over() -> None:
    assert sentences() == english().keys()
    for spanish, text in english().items():
        slots = [{name for _, name, _, _ in Formatter().parse(one) if name} for one in (spanish, text)]
        assert slots[0] == slots[1]


def test_english_is_a_link_away(client: TestClient, ana: None) -> None:
    assert "Contraseña" in client.get("/auth/login").text
    assert "Password" in client.get("/auth/login?lang=en").text


def test_the_language_chosen_at_the_door_goes_in_with_the_person(client: TestClient, ana: None) -> None:
    page = client.get("/auth/login?lang=en&next=/call?call=mx-1").text
    wanted = hidden(page, "next")
    assert wanted == "/call?call=mx-1&lang=en"
    back = client.get("/auth/login", params={"lang": "es", "next": wanted}).text
    assert hidden(back, "next") == "/call?call=mx-1&lang=es"
    sent = {"form": hidden(back, "form"), "next": wanted, "login": "ana", "password": GOOD}
    inside = client.post("/auth/login?lang=en", data=sent, headers=HERE | {"origin": str(client.base_url)})
    assert inside.headers["location"] == wanted


def in_english(client: TestClient, password: str, lang: str = "en") -> Any:
    page = client.get("/auth/login", params={"lang": lang} if lang else {}).text
    sent = {"form": hidden(page, "form"), "next": hidden(page, "next"), "lang": hidden(page, "lang")}
    sent |= {"login": "ana", "password": password}
    return client.post("/auth/login", data=sent, headers=HERE | {"origin": str(client.base_url)})


def test_the_language_chosen_at_the_door_is_kept_over_a_first_password(
    client: TestClient, ana: None, store: Store, settings: Settings
) -> None:
    once = people.reset(store, HOUSE, "ana")
    assert in_english(client, once).headers["location"] == "/?lang=en"
    assert client.get("/?lang=en").headers["location"] == "/auth/password"
    assert "New password" in client.get("/auth/password").text
    found = sessions.viewer_of(store, settings, client.cookies["temple"])
    assert found is None or found.language == "en"
    assert people.person(store, HOUSE, "ana").language == "en"


@pytest.mark.parametrize(("lang", "kept"), [("", "en"), ("es", "es"), ("xx", "en")])
def test_without_a_choice_at_the_door_the_language_stays_the_persons_own(
    client: TestClient, ana: None, store: Store, lang: str, kept: str
) -> None:
    people.change(store, HOUSE, "ana", language="en")
    assert in_english(client, GOOD, lang).status_code == 303
    assert people.person(store, HOUSE, "ana").language == kept
