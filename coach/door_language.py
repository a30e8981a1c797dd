"""The language of the doors: asked for in their address, otherwise that of whoever is signed in."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from coach import people, sessions
from coach.gate import SIGN_IN
from coach.people import LANGUAGES
from coach.sessions import Session
from coach.settings import Settings
from coach.signin_page import link
from coach.store import Store


async def prefer(store: Store, settings: Settings, token: str, chosen: str) -> None:
    """The language chosen at the door is the person's from now on, as one that is chosen inside; without a
    choice theirs stays.
    """
    session = await run_in_threadpool(sessions.session_of, store, settings, token, touch=False)
    if chosen in LANGUAGES and session is not None and session.viewer.language != chosen:
        await run_in_threadpool(people.prefer, store, session.viewer, chosen)


def language_of(request: Request) -> str:
    session: Session | None = request.state.session
    asked = request.query_params.get("lang") or (session.viewer.language if session else "")
    return "en" if asked == "en" else "es"


def in_language(place: str, chosen: str) -> str:
    """`place` in the language chosen at the door, as screens take it from their address; without a choice it
    is the person's own.
    """
    if chosen not in LANGUAGES:
        return place
    parts = urlsplit(place)
    query = {**dict(parse_qsl(parts.query, keep_blank_values=True)), "lang": chosen}
    return urlunsplit(parts._replace(query=urlencode(query)))


def other_language(language: str, back: str) -> str:
    """The door in the other language."""
    other, label = ("es", "Español") if language == "en" else ("en", "English")
    return link(f"{SIGN_IN}?{urlencode({'lang': other, 'next': back})}", label, "language")


def address(chosen: str) -> str:
    """Of the door, in the language that was chosen there."""
    return f"{SIGN_IN}?lang={chosen}" if chosen in LANGUAGES else SIGN_IN
