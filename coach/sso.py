"""Single sign-on: the company's own service (OpenID Connect) vouches for a person whom Temple already knows.

It only opens the door: the session behind it is ours, with our expiry, sign-out and rights. Needs the extra
`sso`; where `sso.issuer` is empty there are no such routes.
"""

from __future__ import annotations

import hashlib
import logging
from functools import partial
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from coach import accounts, gone_away
from coach.accounts import Stranger
from coach.door_language import language_of, prefer
from coach.gate import SIGN_IN
from coach.settings import Settings
from coach.signin import welcome
from coach.signin_page import link, page, say, text
from coach.store import Store
from coach.types import CoachError
from transcripts.listed import listed

log = logging.getLogger(__name__)

START, BACK = "/auth/sso", "/auth/sso/back"
_ABOUT = "/.well-known/openid-configuration"
_ANSWERS_S = 5.0
_ON_THE_WAY_S = 600  # from our door to the service's and back


def routes(settings: Settings, store: Store, transport: Any = None) -> list[BaseRoute]:
    """The way there and the way back; none where it is off. `transport` stands for the network in tests.

    CoachError where a setting or the library is missing.
    """
    if not settings.sso.issuer:
        return []
    client = _client(settings, transport)
    # what must be remembered on the way lies in a signed cookie of its own
    secure = settings.sso.address.startswith("https://")
    secret = settings.sso.client_secret.get_secret_value()
    remembers = Middleware(
        SessionMiddleware,
        secret_key=hashlib.sha256(f"temple-sso|{secret}".encode()).hexdigest(),
        session_cookie="temple-sso",
        max_age=_ON_THE_WAY_S,
        same_site="lax",
        https_only=secure,
    )
    way = gone_away.answering(partial(start, client=client, settings=settings))
    back = gone_away.answering(partial(arrive, client=client, settings=settings, store=store))
    return [Route(START, way, middleware=[remembers]), Route(BACK, back, middleware=[remembers])]


async def start(request: Request, *, client: Any, settings: Settings) -> Response:
    """To the service, which sends the browser back to `arrive`."""
    request.session.update({name: request.query_params.get(name, "") for name in ("next", "lang")})
    try:
        answer: Response = await client.authorize_redirect(request, settings.sso.address.rstrip("/") + BACK)
    except Exception as error:
        issuer, kind = settings.sso.issuer, type(error).__name__
        log.warning("the service of [sso] issuer, %s, does not answer: %s. See «coach doctor»", issuer, kind)
        return _silent(request)
    return answer


async def arrive(request: Request, *, client: Any, settings: Settings, store: Store) -> Response:
    """Back from the service: whom it vouches for comes in, where Temple knows them."""
    from authlib.integrations.base_client import OAuthError

    back, chosen = (str(request.session.pop(name, "")) for name in ("next", "lang"))
    try:
        token = await client.authorize_access_token(request)
    except Exception as error:
        kind = type(error).__name__
        log.warning("sign-in by the service failed: %s", kind)
        if not isinstance(error, OAuthError):  # that is a way back without a way there, or a change of mind
            await run_in_threadpool(accounts.unproved, store, kind)
            return _stranger(request, Stranger.UNPROVED, 400)
        return _failed(request, 400)
    said: dict[str, Any] = token.get("userinfo") or {}
    subject = f"{said.get('iss', settings.sso.issuer)}|{said.get('sub', '')}"
    email, verified = str(said.get("email", "")).strip(), said.get("email_verified") in (True, "true")
    mine: str | Stranger = Stranger.UNKNOWN
    if said.get("sub") and len(subject) <= 300 and len(email) <= 300:
        mine = await run_in_threadpool(accounts.sign_in_known, store, subject, email, verified=verified)
    if isinstance(mine, Stranger):
        return _stranger(request, mine)
    request.session.clear()
    await prefer(store, settings, mine, chosen)
    return welcome(request, mine, back)


def try_out(settings: Settings, transport: Any = None) -> None:
    """Ask the service what it is. CoachError where a setting or the library is missing, or where it does not
    answer as what it is said to be.
    """
    _client(settings, transport)
    import httpx2

    issuer = settings.sso.issuer.rstrip("/")
    try:
        with httpx2.Client(transport=transport, timeout=_ANSWERS_S, follow_redirects=True) as client:
            named = client.get(issuer + _ABOUT).raise_for_status().json()["issuer"]
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError, KeyError, TypeError) as error:
        raise CoachError(
            "sso: {issuer} no contesta como servicio de cuentas ({why}). Revise sso.issuer y la red de este "
            "equipo.",
            issuer=issuer, why=type(error).__name__,
        ) from error  # fmt: skip
    if str(named).rstrip("/") != issuer:
        raise CoachError(
            "sso: {issuer} dice llamarse {named}. Escriba ese nombre en sso.issuer.",
            issuer=issuer, named=named,
        )  # fmt: skip


def _client(settings: Settings, transport: Any) -> Any:
    sso = settings.sso
    missing = [name for name in ("client_id", "address") if not getattr(sso, name)]
    if not sso.client_secret.get_secret_value():
        missing.append("client_secret")
    if missing:
        raise CoachError(
            "sso: falta {missing} para entrar con la cuenta de la empresa.", missing=listed(missing)
        )
    try:
        from authlib.integrations.starlette_client import OAuth
    except ImportError as error:
        raise CoachError(
            "sso: falta una biblioteca. En la carpeta de Temple: «.venv/bin/pip install -e '.[sso]'»; "
            "o quite sso.issuer."
        ) from error
    known: dict[str, Any] = {"scope": "openid email profile", "code_challenge_method": "S256"}
    if transport is not None:
        known["transport"] = transport
    return OAuth().register(
        "company",
        client_id=sso.client_id,
        client_secret=sso.client_secret.get_secret_value(),
        server_metadata_url=sso.issuer.rstrip("/") + _ABOUT,
        client_kwargs=known,
    )


def _failed(request: Request, status: int) -> Response:
    language = language_of(request)
    sorry = say("No se pudo entrar con la cuenta de la empresa. Inténtelo otra vez.", language)
    return _told(sorry, language, status)


def _silent(request: Request) -> Response:
    language = language_of(request)
    sorry = say(
        "La cuenta de la empresa no contesta ahora. Inténtelo en unos minutos; si sigue así, dígaselo a "
        "quien administra Temple.",
        language,
    )
    return _told(sorry, language, 502)


def _stranger(request: Request, why: Stranger, status: int = 403) -> Response:
    language = language_of(request)
    sorry = {
        Stranger.UNKNOWN: say(
            "La cuenta de la empresa es válida, pero no corresponde a nadie en Temple. Pídale a quien "
            "administra que ponga su correo en su cuenta.",
            language,
        ),
        Stranger.SHARED: say(
            "La cuenta de la empresa es válida, pero su correo lo tienen varias personas en Temple, y así no "
            "se sabe quién es. Pídale a quien administra que deje a cada una el suyo.",
            language,
        ),
        Stranger.UNVERIFIED: say(
            "La cuenta de la empresa es válida, pero no da por comprobado su correo, y sin eso Temple no "
            "sabe quién es. Pídale a quien administra las cuentas de la empresa que lo compruebe.",
            language,
        ),
        Stranger.OTHER_ACCOUNT: say(
            "Con este correo ya entró otra cuenta de la empresa. Si la suya es nueva, pídale a quien "
            "administra Temple que olvide la anterior.",
            language,
        ),
        Stranger.DEACTIVATED: say(
            "La cuenta de la empresa es válida, pero la suya en Temple está desactivada. Si debe entrar, "
            "pídale a quien administra que la active.",
            language,
        ),
        Stranger.UNPROVED: say(
            "Lo que dijo la cuenta de la empresa no pasó la comprobación. Inténtelo otra vez; si sigue así, "
            "dígaselo a quien administra Temple: el registro guarda el porqué.",
            language,
        ),
    }[why]
    return _told(sorry, language, status)


def _told(sentence: str, language: str, status: int) -> Response:
    back = link(SIGN_IN, say("Volver", language))
    return page(say("Entrar", language), [text(sentence, "error"), back], language, status=status)
