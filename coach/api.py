"""The programs' door at `/api/v1/`: read only, by token and by nothing else. See docs/api.md.

A cookie opens nothing here, and a token nothing elsewhere: the gate lets these paths through, and this module
asks each request for its token before anything else.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections import deque
from functools import partial
from urllib.parse import urlencode

from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from coach import api_criteria, api_data, api_doc, gone_away, tokens
from coach.api_data import ASKING, Answer, House
from coach.api_models import Asked, Given, Simple
from coach.complaints import sentences
from coach.gate import PROGRAMS
from coach.settings import Settings
from coach.store import Store
from coach.tables import csv_text
from coach.tokens import Token
from coach.types import CoachError

NO_AGENTS = (  # it is no account that somebody could grant them to
    "Un token de cartera no ve agentes ni equipos: pida sin ellos, o con un token de un equipo o de todas "
    "las llamadas."
)
_READ = ("GET", "HEAD")
_EVERY = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
_MINUTE = 60.0


class Pace:
    """How many requests a token has made in the last minute, in this process."""

    def __init__(self) -> None:
        self._times: dict[int, deque[float]] = {}

    def wait(self, token: Token, now: float) -> int:
        """Seconds until the token may ask again; 0: now, and the request is counted."""
        times = self._times.setdefault(token.id, deque())
        while times and now - times[0] >= _MINUTE:
            times.popleft()
        if len(times) >= token.per_minute:
            return max(1, int(_MINUTE - (now - times[0])) + 1)
        times.append(now)
        return 0


def routes(settings: Settings, store: Store) -> list[BaseRoute]:
    """One route for all of it, so that nothing below its path is answered without a token."""
    handler = gone_away.answering(partial(door, settings=settings, store=store, pace=Pace()))
    route = Route(PROGRAMS + "{rest:path}", handler, methods=_EVERY)
    route.path_regex = re.compile(route.path_regex.pattern, re.DOTALL)  # of an address with a line feed, too
    return [route]


async def door(request: Request, *, settings: Settings, store: Store, pace: Pace) -> Response:
    """Method, token, pace; then the answer."""
    if request.method not in _READ:
        text = "Aquí solo se lee: use GET o HEAD."
        return _error(405, text, {"Allow": ", ".join(_READ)})
    token = await run_in_threadpool(tokens.known, store, _shown(request))
    if token is None:
        text = "Falta un token válido: «Authorization: Bearer …». Pídalo a quien administra Temple."
        return _error(401, text, {"WWW-Authenticate": 'Bearer realm="temple"'})
    if seconds := pace.wait(token, time.monotonic()):
        text = f"Este token puede hacer {token.per_minute} consultas por minuto. Espere {seconds} s."
        return _error(429, text, {"Retry-After": str(seconds)})
    answer = await run_in_threadpool(_answered, request, settings, store, token)
    return _cached(request, answer)


def _answered(request: Request, settings: Settings, store: Store, token: Token) -> Response:
    rest: str = request.path_params["rest"]
    house = House(store, settings, token.viewer())
    call_id = rest.removeprefix("calls/") if rest.startswith("calls/") else ""
    if rest == "openapi.json":
        tokens.used(store, token, "openapi")
        return JSONResponse(api_doc.document())
    if not call_id and rest not in ASKING:
        known = ", ".join(f"{PROGRAMS}{name}" for name in ASKING)
        return _error(404, f"{PROGRAMS}{rest[:100]}: aquí no hay nada. Hay {known}.")
    try:
        asked = _asked(request, Simple if call_id else ASKING[rest][0])
    except ValidationError as error:
        wrong = "; ".join(sentences(error))
        return _error(422, f"{wrong}. Los parámetros están en {PROGRAMS}openapi.json.")
    try:
        if isinstance(asked, Asked):
            api_criteria.check(store, settings, asked.criterion)
        made = api_data.scorecard(house, call_id) if call_id else ASKING[rest][2](house, asked)
    except CoachError as error:
        status = _status(house, rest, asked)
        return _error(status, NO_AGENTS if status == 403 else str(error))
    tokens.used(store, token, "call" if call_id else rest)  # what was refused was not read
    return _written(request, asked, made)


def _status(house: House, rest: str, asked: Simple) -> int:
    """Of a refusal: a call that is not there, a right that is missing, a cursor of another list, a criterion
    that no call can be found by."""
    if rest not in ASKING:
        return 404
    of_agents = rest in ("agents", "teams/weeks") or (
        isinstance(asked, Asked) and (asked.agent or asked.team)
    )
    return 403 if of_agents and not house.names else 422


def _asked(request: Request, model: type[Simple]) -> Simple:
    """The query as the model reads it. A filter may come several times, what is one thing only once."""
    several = {name for name, its in model.model_fields.items() if str(its.annotation).startswith("tuple")}
    query = request.query_params
    values = {
        name: tuple(query.getlist(name)) if name in several or len(query.getlist(name)) > 1 else query[name]
        for name in query
    }
    return model.model_validate(values)


def _written(request: Request, asked: Simple, made: Answer) -> Response:
    following = _next(request, made.after) if made.after else None
    if asked.format == "csv":
        header, rows = api_data.rows_of(made.body)
        headers = {"Link": f'<{following}>; rel="next"'} if following else {}
        return Response(csv_text(header, rows).encode(), media_type="text/csv", headers=headers)
    body: Given = made.body.model_copy(update={"next": following}) if following else made.body
    return Response(body.model_dump_json().encode(), media_type="application/json")


def _next(request: Request, after: str) -> str:
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != "after"]
    return f"{request.url.path}?{urlencode([*kept, ('after', after)])}"


def _cached(request: Request, answer: Response) -> Response:
    """The answer with its tag; nothing but that where the program has it already, or asked for the head."""
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["Vary"] = "Authorization"
    if answer.status_code == 200:
        tag = f'"{hashlib.sha256(bytes(answer.body)).hexdigest()[:32]}"'
        answer.headers["ETag"] = tag
        if tag in request.headers.get("if-none-match", "").replace("W/", "").split(", "):
            return Response(status_code=304, headers={"ETag": tag, "Cache-Control": "private, no-cache"})
    if request.method == "HEAD":
        answer.body = b""
    return answer


def _shown(request: Request) -> str:
    """The token in the one header that may carry it."""
    kind, _, written = request.headers.get("authorization", "").partition(" ")
    return written.strip() if kind.lower() == "bearer" else ""


def _error(status: int, text: str, headers: dict[str, str] | None = None) -> JSONResponse:
    return JSONResponse({"error": text}, status, {"Cache-Control": "no-store", **(headers or {})})
