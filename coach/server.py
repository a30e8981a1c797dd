"""The dashboard with our own routes around it: the doors, sound, waveform, vendored script, uploads, health.

The routes know recordings by their id in the store; a path never comes from a client. Whoever asks was let in
by the gate and reaches what `coach.viewers` allows; the rest is answered as if it were not there. Run it with
`coach app`, or with uvicorn's `--factory coach.server:app`.
"""

from __future__ import annotations

import gc
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from coach import (
    api,
    arrived,
    audit,
    bulk,
    clips,
    demo_people,
    gone_away,
    muting,
    peaks,
    queries,
    quiet,
    signin,
    sso,
    tending,
    uploads,
)
from coach.gate import PASSWORD, SIGN_IN, Gate
from coach.in_english import retold
from coach.settings import LOOPBACK, Settings, load
from coach.store import Store
from coach.types import CoachError
from coach.viewers import Viewer
from transcripts.types import TranscriptError

log = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = ROOT / "coach_app.py"
VENDOR = ROOT / "views" / "_vendor"
UPLOAD_HEADER = "x-temple-upload"  # a page of another origin cannot send it without asking first

_PRIVATE = {"Cache-Control": "private, no-cache"}
_MEDIA_TYPES = {
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".oga": "audio/ogg",
    ".wav": "audio/wav",
    ".flac": "audio/flac",
}
_NO_SOUND = "Esta llamada no existe o no tiene audio. Vuelva a la lista de llamadas."


def app() -> Any:
    """The ASGI app by the settings of this process's folder and environment."""
    quiet.install()
    loaded = load()
    return build(loaded, Store.open(loaded), work=loaded.work)


def build(settings: Settings, store: Store, *, work: bool = True) -> Any:
    """The ASGI app. With `work`, a worker takes the queued jobs as long as the app runs (`coach.tending`).

    CoachError where the demonstration would stand open to real people or to other machines.
    """
    import streamlit as st
    from streamlit import config, logger

    demo_people.refuse(settings, store)

    # first, so that Streamlit reads the configuration beside the script, wherever this process was started
    dashboard = st.App(
        SCRIPT, routes=routes(settings, store), lifespan=partial(_lifespan, settings=settings, work=work)
    )
    # whatever a file says: nothing leaves this machine, and nobody comes in but by our door
    config.set_option("browser.gatherUsageStats", False)
    config.set_option("server.enableAgentApi", False)
    config.set_option("server.trustedUserHeaders", {})
    logger.set_log_level("warning")  # reading it has set the server's loggers to tell every address that asks
    return guarded(dashboard, settings, store)


def guarded(dashboard: Any, settings: Settings, store: Store) -> Any:
    """The app behind the gate, and both behind a check of the name they were asked by."""
    gate = Gate(dashboard, settings, store)
    return TrustedHostMiddleware(gate, allowed_hosts=allowed_hosts(settings))


def routes(settings: Settings, store: Store) -> list[BaseRoute]:
    """Our routes, each bound to this store."""

    def bound(handler: Callable[..., Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
        return gone_away.answering(partial(handler, settings=settings, store=store))

    both = ["GET", "POST"]
    return [
        Route(SIGN_IN, bound(signin.login), methods=both),
        Route("/auth/logout", bound(signin.logout), methods=both),
        Route(PASSWORD, bound(signin.password), methods=both),
        *sso.routes(settings, store),
        *api.routes(settings, store),
        Route("/api/health", bound(health)),
        Route("/api/audio/{id:path}", bound(audio)),
        Route("/api/peaks/{id:path}", bound(waveform)),
        Route("/api/clip/{id:int}", bound(clip)),
        Route("/api/upload", bound(upload), methods=["POST"]),
        Mount("/api/vendor", StaticFiles(directory=VENDOR)),
    ]


def allowed_hosts(settings: Settings) -> list[str]:
    """The names this server answers to; `hosts` adds those of a proxy, as Streamlit's own settings do.

    On the loopback interface these are only its own, so that no foreign name can be pointed at it.
    """
    from streamlit import config

    configured = [*settings.hosts, *config.get_option("server.allowedHosts")]
    if settings.host in LOOPBACK:
        return [*LOOPBACK[:2], *configured]
    return configured or ["*"]


async def health(request: Request, *, settings: Settings, store: Store) -> Response:
    """200 while the store answers."""
    try:
        await run_in_threadpool(store.has, "")
    except Exception:
        log.exception("the store does not answer")
        return _error(503, "La base de datos no responde. Revise `coach doctor`.")
    return JSONResponse({"status": "ok"})


async def audio(request: Request, *, settings: Settings, store: Store) -> Response:
    """The sound of a recording for browsers, muted for who need not know the debtor; ranges are answered with
    206, impossible ones with 416.
    """
    viewer, recording_id = viewer_of(request), request.path_params["id"]
    try:
        await run_in_threadpool(queries.reach, store, viewer, recording_id)
        path = await run_in_threadpool(muting.playable, store, viewer, recording_id)
        await run_in_threadpool(audit.seen, store, viewer, "hear", f"call:{recording_id}")
    except muting.CannotMute as error:
        return _error(404, str(error))
    except (CoachError, TranscriptError):
        return _error(404, _NO_SOUND)
    return FileResponse(
        path, media_type=_MEDIA_TYPES.get(path.suffix.lower(), "audio/mpeg"), headers=_PRIVATE
    )


async def waveform(request: Request, *, settings: Settings, store: Store) -> Response:
    """The outline that the player draws; see `coach.peaks`."""
    try:
        await run_in_threadpool(queries.reach, store, viewer_of(request), request.path_params["id"])
        path = await run_in_threadpool(peaks.waveform, store, request.path_params["id"])
    except (CoachError, TranscriptError):
        return _error(404, _NO_SOUND)
    return FileResponse(path, media_type="application/json", headers=_PRIVATE)


async def clip(request: Request, *, settings: Settings, store: Store) -> Response:
    """The muted sound of a clip that the viewer may hear."""
    viewer, clip_id = viewer_of(request), request.path_params["id"]
    try:
        path = await run_in_threadpool(clips.audio, store, viewer, clip_id)
        await run_in_threadpool(audit.seen, store, viewer, "hear", f"clip:{clip_id}")
    except (CoachError, TranscriptError):
        return _error(404, clips.NOT_THERE)
    return FileResponse(path, media_type="audio/mpeg", headers=_PRIVATE)


async def upload(request: Request, *, settings: Settings, store: Store) -> Response:
    """A recording or a transcript as the body, its facts in the address. 201 with its id and job, or an error
    in words, in the language of who uploads; of a file with many calls what became of each.
    """
    if not _of_our_upload(request):
        return _error(
            403, "Esta subida no viene de esta aplicación. Ábrala y súbala desde «Subir grabaciones»."
        )
    viewer = viewer_of(request)
    say = partial(retold, language=viewer.language)
    if not viewer.may("upload"):
        return _error(403, say("Su cuenta no tiene permiso para subir grabaciones."))
    named = request.query_params.get("name", "")
    if _announced(request) > uploads.most_bytes(settings, named):
        return _error(413, say(uploads.too_large(settings, named)))
    try:
        facts = uploads.read_facts(dict(request.query_params))
        path = await uploads.receive(request.stream(), settings, facts.name)
        if arrived.has_words(facts.name) or facts.name.lower().endswith(uploads.ZIP):
            return await _many(store, settings, viewer, path, facts, say)
        accepted = await run_in_threadpool(uploads.take_in, store, settings, path, facts)
    except uploads.TooLarge as error:
        return _error(413, say(str(error)))
    except TranscriptError as error:
        return _error(415, say(str(error)))
    except CoachError as error:
        return _error(400, say(str(error)))
    except ClientDisconnect:
        return Response(status_code=499)
    await run_in_threadpool(audit.note, store, viewer, "upload", f"call:{accepted.recording_id}")
    answer: dict[str, Any] = {"recording": accepted.recording_id, "job": accepted.job}
    answer |= {"known": not accepted.new, "waits": accepted.waits}
    answer["told"] = [say(sentence) for sentence in accepted.told]
    return JSONResponse(answer, status_code=201 if accepted.new else 200)


async def _many(
    store: Store,
    settings: Settings,
    viewer: Viewer,
    path: Path,
    facts: uploads.Facts,
    say: Callable[[str], str],
) -> Response:
    """What became of each call of a ZIP or of transcripts, and how many of each kind; of a transcript that
    is one call, as of a recording.
    """
    take_in = bulk.take_in if facts.name.lower().endswith(uploads.ZIP) else arrived.take_in
    found = await run_in_threadpool(take_in, store, settings, path, facts)
    for one in found.files:
        if one.recording_id:
            await run_in_threadpool(audit.note, store, viewer, "upload", f"call:{one.recording_id}")
    problems = [say(problem) for problem in found.problems]
    if take_in is arrived.take_in and len(found.files) == 1:
        (one,) = found.files
        if one.error:
            return _error(415, say(one.error))
        answer = {"recording": one.recording_id, "job": None, "known": one.known, "waits": one.waits}
        return JSONResponse({**answer, "told": problems}, status_code=200 if one.known else 201)
    files = [
        {"name": one.name, "recording": one.recording_id, "error": say(one.error)} for one in found.files
    ]
    return JSONResponse({"files": files, "problems": problems, **arrived.summary(found)})


def viewer_of(request: Request) -> Viewer:
    """Whom the gate let in; behind it a route is not reached without a session."""
    viewer: Viewer = request.state.session.viewer
    return viewer


def _of_our_upload(request: Request) -> bool:
    """Whether a page of this very server sends it, with our header."""
    return request.headers.get(UPLOAD_HEADER) == "1" and signin.from_here(request)


def _announced(request: Request) -> int:
    length = request.headers.get("content-length", "")
    return int(length) if length.isdigit() else 0


def _error(status: int, text: str) -> JSONResponse:
    return JSONResponse({"error": text}, status_code=status, headers=_PRIVATE)


def settle() -> None:
    """What the program is made of stays as long as it runs: the collector, which stops everybody's work for a
    fifth of a second to look through it all, need not look at it again.
    """
    for drawn_with in ("altair", "pandas"):
        import_module(drawn_with)
    gc.collect()
    gc.freeze()


@asynccontextmanager
async def _lifespan(_app: Any, *, settings: Settings, work: bool) -> AsyncIterator[None]:
    async with tending.served(settings, work=work):
        settle()
        yield
