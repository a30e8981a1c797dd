"""What a browser is told while the database is away or its disk is full: a page or a sentence with 503, and
one line in the log instead of a trace for every request.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Scope

from coach import trouble
from coach.signin_page import page, say, text

log = logging.getLogger(__name__)

SCRIPTS = ("/api/", "/_stcore/", "/media/", "/component/")  # asked by scripts, which show no page
Handler = Callable[[Request], Awaitable[Response]]


def told(error: Exception, scope: Scope) -> Response | None:
    """The answer where the machine fails; None where the error is a fault of the program."""
    if not trouble.is_trouble(error):
        return None
    log.warning(trouble.at_once(error) or trouble.cause(error))
    headers = {"Cache-Control": "no-store", "Retry-After": f"{trouble.WAIT_S:.0f}"}
    asked = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("lang", [""])
    language = "en" if asked[-1] == "en" else "es"
    said = say(
        "La base de datos no responde o su disco está lleno. Espere un momento y vuelva a intentarlo.",
        language,
    )
    if scope["path"].startswith(SCRIPTS):
        return JSONResponse({"error": said}, 503, headers=headers)
    answer = page(say("Temple no puede atender ahora", language), [text(said)], language, status=503)
    answer.headers.update(headers)
    return answer


def answering(handler: Handler) -> Handler:
    """`handler`, with that answer where the machine fails."""

    async def answer(request: Request) -> Response:
        try:
            return await handler(request)
        except Exception as error:
            instead = told(error, request.scope)
            if instead is None:
                raise
            return instead

    return answer
