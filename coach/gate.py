"""The gate in front of every route: nobody without a session, and the headers that every answer carries.

Identity comes from our cookie alone; no header of a client says who somebody is.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from coach import gone_away, sessions
from coach.gone_away import SCRIPTS
from coach.sessions import Session
from coach.settings import Settings
from coach.store import Store

COOKIE = "temple"
SIGN_IN, PASSWORD = "/auth/login", "/auth/password"
PROGRAMS = "/api/v1/"  # by token alone: `coach.api` asks for it, and no cookie says there who somebody is

# what may be asked without a session: the doors themselves, health, and files that are the same for everybody
_OPEN = frozenset({SIGN_IN, "/auth/logout", PASSWORD, "/auth/sso", "/auth/sso/back", "/api/health"})
_OPEN |= {"/_stcore/health", "/favicon.png"}
_OPEN_FOLDERS = ("/static/", "/app/static/")

_CLOSED: Message = {"type": "websocket.close", "code": 1008}

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(self), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    # Streamlit starts with a script in its page and styles by the tag; our components come as blob modules
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval' blob:; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        "media-src 'self' blob:; connect-src 'self' blob:; worker-src 'self' blob:; object-src 'none'; "
        "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
    ),
}


class Gate:
    """ASGI middleware. Routes behind it find the `Session` in `request.state.session`."""

    def __init__(self, app: ASGIApp, settings: Settings, store: Store) -> None:
        self.app, self.settings, self.store = app, settings, store

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        path = scope["path"]
        secure = is_secure(scope, self.settings)
        if scope["type"] == "websocket" and not of_our_page(Headers(scope=scope), secure=secure):
            await send(_CLOSED)
            return
        token = token_in(_cookies(scope), secure=secure)
        session = None
        refused = self._from_afar(scope)
        by_token = scope["type"] == "http" and path.startswith(PROGRAMS)
        if refused is None and not by_token and not path.startswith(_OPEN_FOLDERS):
            session, refused = await self._session(token, scope)
            free = session is not None and not session.must_change
            refused = refused or (None if free or path in _OPEN else _refusal(scope, session))
        if scope["type"] == "websocket" and refused is not None:
            await send(_CLOSED)
            return
        state = {**scope.get("state", {}), "session": session, "token": token, "secure": secure}
        inner = refused if refused is not None else self.app
        await inner({**scope, "state": state}, receive, _with_headers(send, secure))

    async def _session(self, token: str, scope: Scope) -> tuple[Session | None, Response | None]:
        """Whose the token is; or, where the database does not tell, the answer to give instead."""
        try:
            if token:
                return await run_in_threadpool(sessions.session_of, self.store, self.settings, token), None
        except Exception as error:
            instead = gone_away.told(error, scope)
            if instead is None:
                raise
            return None, instead
        return None, None

    def _from_afar(self, scope: Scope) -> Response | None:
        """In the demonstration, where anybody comes in by a click, only this very machine is served."""
        if not self.settings.demo or _on_this_machine(scope.get("client")):
            return None
        return JSONResponse({"error": "La demostración solo se abre en su propio equipo."}, 403)


def token_in(cookies: Mapping[str, str], *, secure: bool | None = None) -> str:
    """The session's token; under TLS only the cookie that no other host can have set. None: either."""
    if secure is None:
        return cookies.get(f"__Host-{COOKIE}") or cookies.get(COOKIE, "")
    return cookies.get(cookie_name(secure=secure), "")


def cookie_name(name: str = COOKIE, *, secure: bool) -> str:
    return f"__Host-{name}" if secure else name


def is_secure(scope: Scope, settings: Settings) -> bool:
    """Whether the browser speaks TLS. The server has put what a trusted proxy says of it into the scheme."""
    return settings.accounts.secure or scope.get("scheme") in ("https", "wss")


def of_our_page(headers: Mapping[str, str], *, secure: bool) -> bool:
    """Whether a page of this very server asks, by the origin that browsers tell: scheme, name and port."""
    host = headers.get("host", "")
    return bool(host) and headers.get("origin") == f"{'https' if secure else 'http'}://{host}"


def _refusal(scope: Scope, session: Session | None) -> Response:
    """Pages lead to the door and back again; everything else is told only that it needs a session."""
    path = scope["path"]
    if path.startswith(SCRIPTS) or scope["type"] == "websocket" or scope["method"] not in ("GET", "HEAD"):
        error = {"error": "Su sesión terminó. Vuelva a entrar."}
        return JSONResponse(error, 401, headers={"Cache-Control": "no-store"})
    if session is not None:
        return RedirectResponse(PASSWORD, 303)
    query = scope.get("query_string", b"").decode("latin-1")
    wanted = path + (f"?{query}" if query else "")
    target = SIGN_IN if wanted == "/" else f"{SIGN_IN}?next={quote(wanted, safe='')}"
    return RedirectResponse(target, 303, headers={"Cache-Control": "no-store"})


def _with_headers(send: Send, secure: bool) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
            if secure:
                headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        await send(message)

    return sending


def _cookies(scope: Scope) -> dict[str, str]:
    try:
        jar = SimpleCookie("; ".join(Headers(scope=scope).getlist("cookie")))
    except CookieError:
        return {}
    return {name: morsel.value for name, morsel in jar.items()}


def _on_this_machine(client: tuple[str, int] | None) -> bool:
    try:
        return client is not None and ipaddress.ip_address(client[0]).is_loopback
    except ValueError:
        return False
