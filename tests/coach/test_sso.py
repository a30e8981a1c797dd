"""Single sign-on against a small service of our own: the whole way there and back, and who stays outside."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey
from sqlalchemy.exc import OperationalError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from coach import accounts, audit, doctor, people, server, sessions, shared_mails, sso
from coach.sections import Sso
from coach.settings import Settings
from coach.store import Store
from coach.types import CoachError
from coach.viewers import HOUSE

ISSUER = "https://cuentas.casa.example"


class Service:
    """What stands for the company's service: it vouches for `claims`."""

    def __init__(self) -> None:
        self.claims: dict[str, Any] = {"sub": "7", "email": "ana@casa.example", "email_verified": True}
        self.key = ECKey.generate_key("P-256", {"kid": "k1", "use": "sig"})
        self.signs_with = self.key
        self.codes: dict[str, dict[str, str]] = {}
        self.app = Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self.about),
                Route("/authorize", self.authorize),
                Route("/token", self.token, methods=["POST"]),
                Route("/keys", self.keys),
            ]
        )

    async def about(self, request: Request) -> Response:
        return JSONResponse(
            {
                "issuer": ISSUER,
                "authorization_endpoint": f"{ISSUER}/authorize",
                "token_endpoint": f"{ISSUER}/token",
                "jwks_uri": f"{ISSUER}/keys",
                "id_token_signing_alg_values_supported": ["ES256"],
            }
        )

    async def authorize(self, request: Request) -> Response:
        asked = dict(request.query_params)
        assert asked["code_challenge_method"] == "S256"
        self.codes["c1"] = asked
        return RedirectResponse(f"{asked['redirect_uri']}?code=c1&state={asked['state']}")

    async def token(self, request: Request) -> Response:
        sent = parse_qs((await request.body()).decode())
        asked = self.codes.pop(sent["code"][0])
        assert sent["code_verifier"]
        now = int(time.time())
        claims = {"iss": ISSUER, "aud": "temple", "iat": now, "exp": now + 60, "nonce": asked["nonce"]}
        signed = jwt.encode({"alg": "ES256", "kid": "k1"}, claims | self.claims, self.signs_with)
        return JSONResponse({"access_token": "a", "token_type": "Bearer", "id_token": signed})

    async def keys(self, request: Request) -> Response:
        return JSONResponse({"keys": [self.key.as_dict(private=False)]})


@pytest.fixture
def service() -> Service:
    return Service()


@pytest.fixture
def configured(settings: Settings) -> Settings:
    there = Sso(issuer=ISSUER, client_id="temple", client_secret="s3cret", address="http://localhost")
    return settings.model_copy(update={"sso": there})


@pytest.fixture
def client(
    store: Store, configured: Settings, service: Service, monkeypatch: pytest.MonkeyPatch
) -> TestClient:
    people.add(store, HOUSE, "ana", "Ana Ruiz", "analyst", email="ana@casa.example")
    network = httpx2.ASGITransport(app=service.app)

    async def page(request: Request) -> Response:
        return PlainTextResponse(request.state.session.viewer.login)

    real = sso.routes
    monkeypatch.setattr(sso, "routes", lambda settings, store: real(settings, store, network))
    app = Starlette(routes=[*server.routes(configured, store), Route("/call", page)])
    guarded = server.guarded(app, configured, store)
    return TestClient(guarded, base_url="http://localhost", follow_redirects=False)


@pytest.fixture
def there_and_back(client: TestClient, service: Service) -> Callable[[], Any]:
    def go(lang: str = "") -> Any:
        to = client.get("/auth/sso", params={"next": "/call?call=mx-1", "lang": lang}).headers["location"]
        asked = urlsplit(to)
        assert f"{asked.scheme}://{asked.netloc}" == ISSUER
        back = TestClient(service.app, follow_redirects=False).get(f"{asked.path}?{asked.query}")
        return client.get(back.headers["location"])

    return go


def test_whom_the_service_knows_comes_in_where_they_wanted(
    client: TestClient, there_and_back: Callable[[], Any]
) -> None:
    assert "cuenta de la empresa" in client.get("/auth/login").text
    back = there_and_back()
    assert (back.status_code, back.headers["location"]) == (303, "/call?call=mx-1")
    assert client.get("/call").text == "ana"


def test_the_language_chosen_at_the_door_goes_along(
    store: Store, client: TestClient, there_and_back: Callable[..., Any]
) -> None:
    assert "lang=en" in client.get("/auth/login?lang=en").text.partition("/auth/sso?")[2].partition('"')[0]
    there_and_back("en")
    assert people.person(store, HOUSE, "ana").language == "en"


def test_the_next_time_the_mail_may_have_changed(
    client: TestClient, service: Service, there_and_back: Callable[[], Any]
) -> None:
    there_and_back()
    client.cookies.clear()
    service.claims = {"sub": "7", "email": "ana.ruiz@casa.example"}
    assert there_and_back().status_code == 303
    assert client.get("/call").text == "ana"


@pytest.mark.parametrize(
    "claims",
    [
        {"sub": "8", "email": "otra@casa.example", "email_verified": True},
        {"sub": "8", "email": "ana@casa.example", "email_verified": False},
        {"sub": "8", "email": "ana@casa.example"},
        {"sub": "8"},
    ],
)
def test_strangers_and_mails_that_nobody_verified_stay_outside(
    client: TestClient, service: Service, there_and_back: Callable[[], Any], claims: dict[str, Any]
) -> None:
    service.claims = claims
    back = there_and_back()
    assert back.status_code == 403
    assert "temple" not in client.cookies


@pytest.mark.parametrize(
    ("claims", "why", "told"),
    [
        ({"sub": "8", "email": "otra@casa.example", "email_verified": True}, "unknown", "a nadie en Temple"),
        ({"sub": "8", "email": "ana@casa.example"}, "unverified", "no da por comprobado su correo"),
        (
            {"sub": "8", "email": "Ana@casa.example", "email_verified": True},
            "other_account",
            "ya entró otra cuenta",
        ),
    ],
)
def test_who_stays_outside_is_told_why_and_the_log_keeps_it(
    client: TestClient,
    store: Store,
    service: Service,
    there_and_back: Callable[[], Any],
    claims: dict[str, Any],
    why: str,
    told: str,
) -> None:
    if why == "other_account":
        there_and_back()
    service.claims = claims
    back = there_and_back()
    assert back.status_code == 403
    assert told in back.text
    (entry,) = audit.entries(store, HOUSE, action="sign_in_refused").rows
    assert entry.login == ("otra@casa.example" if why == "unknown" else "ana")
    assert entry.detail == {"by": "sso", "why": why}


@pytest.mark.parametrize("how", ["unlinked", "another mail and back"])
def test_a_new_account_of_the_company_takes_the_place_of_one_that_is_forgotten(
    client: TestClient, store: Store, service: Service, there_and_back: Callable[[], Any], how: str
) -> None:
    there_and_back()
    if how == "unlinked":
        people.unlink(store, HOUSE, "ana")
    else:
        people.change(store, HOUSE, "ana", email="ana.r@casa.example")
        people.change(store, HOUSE, "ana", email="ana@casa.example")
    assert not people.person(store, HOUSE, "ana").linked
    service.claims = {"sub": "8", "email": "ana@casa.example", "email_verified": True}
    assert there_and_back().status_code == 303
    assert people.person(store, HOUSE, "ana").linked


def test_whom_the_company_vouches_for_is_not_asked_for_a_password_to_use_once(
    client: TestClient, store: Store, settings: Settings, there_and_back: Callable[[], Any]
) -> None:
    once = people.reset(store, HOUSE, "ana")
    there_and_back()
    assert client.get("/call").text == "ana"
    token = accounts.sign_in(store, settings, "ana", once)
    assert token is not None
    session = sessions.session_of(store, settings, token)
    assert session is not None
    assert session.must_change  # by the password it still is


@pytest.mark.parametrize("linked", [True, False])
def test_who_is_deactivated_stays_outside(
    client: TestClient, store: Store, there_and_back: Callable[[], Any], linked: bool
) -> None:
    if linked:
        there_and_back()
        client.cookies.clear()
    people.deactivate(store, HOUSE, "ana")
    back = there_and_back()
    assert back.status_code == 403
    assert "está desactivada" in back.text
    (entry,) = audit.entries(store, HOUSE, action="sign_in_refused").rows
    assert (entry.login, entry.detail) == ("ana", {"by": "sso", "why": "deactivated"})


def test_a_word_signed_by_somebody_else_counts_nothing(
    client: TestClient, store: Store, service: Service, there_and_back: Callable[[], Any]
) -> None:
    service.signs_with = ECKey.generate_key("P-256", {"kid": "k1"})
    back = there_and_back()
    assert back.status_code == 400
    assert "no pasó la comprobación" in back.text
    assert "temple" not in client.cookies
    (entry,) = audit.entries(store, HOUSE, action="sign_in_refused").rows
    assert entry.detail == {"by": "sso", "why": "unproved", "kind": "BadSignatureError"}


@pytest.mark.parametrize("query", ["", "?code=c1&state=made-up", "?error=access_denied"])
def test_a_way_back_that_had_no_way_there_is_refused(client: TestClient, store: Store, query: str) -> None:
    assert client.get(f"/auth/sso/back{query}").status_code == 400
    assert not audit.entries(store, HOUSE, action="sign_in_refused").rows  # nobody fills the log from outside


class Network:
    """The service without a network between, for what asks it without a browser."""

    def __init__(self, service: Service) -> None:
        inside = TestClient(service.app, follow_redirects=False)

        def answer(request: httpx2.Request) -> httpx2.Response:
            given = inside.get(request.url.path)
            return httpx2.Response(given.status_code, content=given.content)

        self.transport = httpx2.MockTransport(answer)


def test_the_service_is_tried_out_before_anybody_signs_in(configured: Settings, service: Service) -> None:
    sso.try_out(configured, Network(service).transport)
    elsewhere = configured.model_copy(
        update={"sso": configured.sso.model_copy(update={"issuer": "https://otra.example"})}
    )
    with pytest.raises(CoachError, match=f"dice llamarse {ISSUER}"):
        sso.try_out(elsewhere, Network(service).transport)


def test_a_service_that_is_not_there_is_told_by_the_doctor_and_at_the_door(
    store: Store, configured: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    nowhere = configured.model_copy(
        update={"sso": configured.sso.model_copy(update={"issuer": "http://127.0.0.1:9"})}
    )
    (told,) = [one for one in doctor.examine(nowhere) if "sso" in one.text]
    assert (told.state, "no contesta" in told.text) == ("missing", True)
    door = TestClient(
        server.guarded(Starlette(routes=server.routes(nowhere, store)), nowhere, store),
        base_url="http://localhost",
        follow_redirects=False,
    )
    answer = door.get("/auth/sso")
    assert answer.status_code == 502
    assert "no contesta ahora" in answer.text
    assert "127.0.0.1:9" in caplog.text
    assert "Traceback" not in caplog.text


def test_half_a_configuration_is_told(store: Store, settings: Settings) -> None:
    half = settings.model_copy(update={"sso": Sso(issuer=ISSUER, client_id="temple")})
    with pytest.raises(CoachError, match="falta address y client_secret"):
        server.routes(half, store)


def test_without_it_there_is_no_such_door(store: Store, settings: Settings) -> None:
    assert sso.routes(settings, store) == []


def test_the_secret_is_not_printed_with_the_settings(configured: Settings) -> None:
    assert "s3cret" not in repr(configured)


def test_while_the_database_is_away_whoever_comes_back_is_told_so(
    there_and_back: Callable[[], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: Any, **__: Any) -> None:
        raise OperationalError("select", None, Exception("gone"), connection_invalidated=True)

    monkeypatch.setattr("coach.accounts.sign_in_known", gone)
    assert there_and_back().status_code == 503


def test_a_mail_of_several_is_told_to_who_comes_and_to_who_administers(
    client: TestClient, store: Store, configured: Settings, there_and_back: Callable[[], Any]
) -> None:
    people.add(store, HOUSE, "bea", "Bea Sosa", "agent", email="Ana@casa.example")
    people.add(store, HOUSE, "leo", "Leo Mora", "agent", email="leo@casa.example")
    back = there_and_back()
    assert back.status_code == 403
    assert "lo tienen varias personas" in back.text
    (entry,) = audit.entries(store, HOUSE, action="sign_in_refused").rows
    assert entry.detail == {"by": "sso", "why": "shared"}
    given = {"email": "ana@casa.example", "logins": "ana, bea"}
    assert shared_mails.shared(store, configured) == (given,)
    assert shared_mails.shared(store, configured, "leo") == ()
    assert any("(ana, bea): con él nadie" in one.text for one in doctor.examine(configured))
    people.deactivate(store, HOUSE, "bea")
    assert there_and_back().status_code == 303
    assert shared_mails.shared(store, configured) == ()
