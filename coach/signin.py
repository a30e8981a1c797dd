"""The doors: sign in, sign out, change the password. Forms carry a secret that only our own pages know."""

from __future__ import annotations

import hmac
import secrets
from html import escape
from urllib.parse import parse_qs, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from coach import accounts, demo_people, sessions
from coach.door_language import address, in_language, language_of, other_language, prefer
from coach.gate import PASSWORD, SIGN_IN, cookie_name, of_our_page
from coach.in_english import retold
from coach.sessions import Session
from coach.settings import Settings
from coach.signin_page import field, form, link, page, say, text
from coach.store import Store
from coach.types import CoachError
from coach.viewers import Viewer

FORM_COOKIE = "temple-form"
_MOST_BYTES = 8_000


async def login(request: Request, *, settings: Settings, store: Store) -> Response:
    """The sign-in page, and what it sends."""
    if request.method == "POST":
        return await _enter(request, settings, store)
    if request.state.session is not None:
        return RedirectResponse(_next(request.query_params.get("next", "")), 303)
    return await run_in_threadpool(_door, request, settings, store)


async def logout(request: Request, *, settings: Settings, store: Store) -> Response:
    """The question whether to go, and the going."""
    session: Session | None = request.state.session
    language = language_of(request)
    if session is None:
        return _forget(RedirectResponse(SIGN_IN, 303), request)
    if request.method == "POST":
        sent = await _sent(request)
        if not sent or not _same(sent.get("csrf", ""), session.csrf):
            return _not_ours(language)
        await run_in_threadpool(accounts.sign_out, store, request.state.token, session.viewer)
        return _forget(RedirectResponse(SIGN_IN, 303), request)
    button = escape(say("Salir", language))
    parts = [form("/auth/logout", {"csrf": session.csrf}, [], button), link("/", say("Volver", language))]
    return page(say("¿Quiere salir?", language), parts, language)


async def password(request: Request, *, settings: Settings, store: Store) -> Response:
    """The page to change one's password, and what it sends."""
    session: Session | None = request.state.session
    language = language_of(request)
    if session is None:
        return RedirectResponse(SIGN_IN, 303)
    if request.method != "POST":
        return _password_page(session, language)
    sent = await _sent(request)
    if not sent or not _same(sent.get("csrf", ""), session.csrf):
        return _not_ours(language)
    if sent.get("new", "") != sent.get("again", ""):
        return _password_page(session, language, say("Las dos veces deben ser iguales.", language))
    try:
        words = (sent.get("former", ""), sent.get("new", ""))
        token = await run_in_threadpool(accounts.change_password, store, settings, session.viewer, *words)
    except CoachError as error:
        return _password_page(session, language, retold(str(error), language))
    return _with_session(RedirectResponse("/", 303), request, token)


async def _enter(request: Request, settings: Settings, store: Store) -> Response:
    sent = await _sent(request)
    known = request.cookies.get(cookie_name(FORM_COOKIE, secure=request.state.secure), "")
    if not sent or not known or not _same(sent.get("form", ""), known):
        return _not_ours(language_of(request))
    who = sent.get("login", "")
    if settings.demo:
        token = await run_in_threadpool(accounts.sign_in_demo, store, settings, who)
    else:
        word = sent.get("password", "")
        token = await run_in_threadpool(accounts.sign_in, store, settings, who, word)
    if token is None:
        return await run_in_threadpool(
            _door, request, settings, store, refused=who, back=sent.get("next", "")
        )
    if request.state.token:  # whoever was signed in here before is out
        await run_in_threadpool(sessions.end, store, request.state.token)
    await prefer(store, settings, token, sent.get("lang", ""))
    return welcome(request, token, sent.get("next", ""))


def welcome(request: Request, token: str, back: str) -> Response:
    """To where the person wanted to go, with the cookie of the new session."""
    return _with_session(RedirectResponse(_next(back), 303), request, token)


def _door(
    request: Request, settings: Settings, store: Store, *, refused: str | None = None, back: str = ""
) -> Response:
    """The page to sign in; in a house without people, how the first one is made."""
    language = language_of(request)
    name = cookie_name(FORM_COOKIE, secure=request.state.secure)
    secret = request.cookies.get(name) or secrets.token_urlsafe(24)
    wanted = _next(back or request.query_params.get("next", ""))
    chosen = request.query_params.get("lang", "")
    hidden = {"form": secret, "next": in_language(wanted, chosen), "lang": chosen}
    if settings.demo:
        shown = _demo_door(demo_people.at_the_door(store), hidden, language)
    elif not accounts.anybody(store):
        return _first_run(language)
    else:
        shown = _usual_door(settings, hidden, language, refused)
    token = request.state.token  # of who was here before: a stranger's browser has none that is known
    if refused is None and token and sessions.paused(store, settings, token):
        told = say("Su sesión terminó por inactividad. Entre de nuevo y seguirá donde estaba.", language)
        shown.insert(0, text(told, "banner"))
    shown.append(other_language(language, hidden["next"]))
    answer = page(say("Entrar", language), shown, language, status=200 if refused is None else 401)
    answer.set_cookie(name, secret, httponly=True, secure=request.state.secure, samesite="strict", path="/")
    return answer


def _usual_door(settings: Settings, hidden: dict[str, str], language: str, refused: str | None) -> list[str]:
    parts = []
    if refused is not None:
        parts.append(
            text(
                say(
                    "El usuario y la contraseña no van juntos. Tras {n} intentos seguidos la cuenta descansa "
                    "{minutes} min o más, también con la contraseña correcta.",
                    language,
                    n=settings.accounts.attempts,
                    minutes=settings.accounts.pause_minutes,
                ),
                "error",
            )
        )
    fields = [
        field(say("Usuario", language), "login", "text", "username", value=refused or "", first=not refused),
        field(say("Contraseña", language), "password", "password", "current-password", first=bool(refused)),
    ]
    parts.append(form(address(hidden["lang"]), hidden, fields, escape(say("Entrar", language))))
    if settings.sso.issuer:
        there = f"/auth/sso?{urlencode({'next': hidden['next'], 'lang': hidden['lang']})}"
        parts.append(link(there, say("Entrar con la cuenta de la empresa", language), "button"))
    parts.append(text(say("¿Olvidó la contraseña? Quien administra Temple le da una nueva.", language)))
    return parts


def _demo_door(people: tuple[Viewer, ...], hidden: dict[str, str], language: str) -> list[str]:
    parts = [
        text(
            say(
                "Demostración: se entra con un clic y sin contraseña. No la use con llamadas reales.",
                language,
            ),
            "banner",
        ),
        text(say("Personas, empresas y voces son inventadas. ¿Como quién quiere entrar?", language)),
    ]
    for one in people:
        button = f"{escape(one.name)} <span>{escape(role_name(one.role, language))}</span>"
        parts.append(form(address(hidden["lang"]), {**hidden, "login": one.login}, [], button, "person"))
    if not people:
        parts.append(text("coach demo", "code"))
    return parts


def _first_run(language: str) -> Response:
    parts = [
        text(
            say("Temple todavía no tiene personas. Cree la primera en la terminal de este equipo:", language)
        ),
        text('coach users add USUARIO --name "Nombre Apellido" --role admin', "code"),
        text(say("Después vuelva a abrir esta página y entre con ese usuario.", language)),
        text(say("Para ver Temple con datos inventados:", language)),
        text("coach demo", "code"),
    ]
    return page(say("Falta la primera persona", language), parts, language)


def role_name(role: str, language: str) -> str:
    return {
        "admin": say("Administración", language),
        "analyst": say("Analista de calidad", language),
        "trainer": say("Formación", language),
        "lead": say("Líder de equipo", language),
        "agent": say("Agente", language),
        "auditor": say("Auditoría externa", language),
    }[role]


def _password_page(session: Session, language: str, error: str = "") -> Response:
    parts = [text(error, "error")] if error else []
    if session.must_change:
        parts.append(text(say("Esa contraseña servía una sola vez. Elija la suya para seguir.", language)))
    parts.append(text(say("12 letras o más; varias palabras sueltas sirven.", language)))
    once, known = say("La de un solo uso", language), say("Contraseña actual", language)
    former = once if session.must_change else known
    fields = [
        field(former, "former", "password", "current-password", first=True),
        field(say("Contraseña nueva", language), "new", "password", "new-password"),
        field(say("La nueva otra vez", language), "again", "password", "new-password"),
    ]
    hidden = {"csrf": session.csrf}
    parts.append(form(PASSWORD, hidden, fields, escape(say("Cambiar la contraseña", language))))
    if not session.must_change:
        parts.append(link("/", say("Volver", language)))
    return page(say("Cambiar la contraseña", language), parts, language, status=400 if error else 200)


def _not_ours(language: str) -> Response:
    parts = [
        text(say("Este formulario no viene de esta página o ya caducó. Ábrala otra vez.", language), "error"),
        link(SIGN_IN, say("Entrar", language)),
    ]
    return page(say("No se hizo nada", language), parts, language, status=403)


async def _sent(request: Request) -> dict[str, str]:
    """The fields of a form of ours; empty where it comes from elsewhere, is another thing, or too large."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded" or not from_here(request):
        return {}
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > _MOST_BYTES:
            return {}
    try:
        fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=20)
    except ValueError:  # more fields than any form of ours has
        return {}
    return {name: values[-1] for name, values in fields.items()}


def from_here(request: Request) -> bool:
    """Whether a browser says that a page of this very server sends this."""
    if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return False
    return of_our_page(request.headers, secure=request.state.secure)


def _next(wanted: str) -> str:
    """A place on this server to go on to; the start for any other address."""
    local = wanted.startswith("/") and not wanted.startswith(("//", "/\\", "/auth/", "/api/"))
    return wanted if local and wanted.isprintable() and "\\" not in wanted else "/"


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())


def _with_session(answer: Response, request: Request, token: str) -> Response:
    """Lax, not strict: a link to a call in a message must find the person signed in."""
    secure = request.state.secure
    name = cookie_name(secure=secure)
    answer.set_cookie(name, token, httponly=True, secure=secure, samesite="lax", path="/")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _forget(answer: Response, request: Request) -> Response:
    secure = request.state.secure
    answer.delete_cookie(cookie_name(secure=secure), path="/", secure=secure, httponly=True, samesite="lax")
    return answer
