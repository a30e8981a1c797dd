"""One POST to another program, which has so long to answer and not longer, however slowly it answers."""

from __future__ import annotations

import io
import socket
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any


def post(url: str, body: bytes, headers: Mapping[str, str], timeout_s: float) -> str:
    """Why it did not arrive; empty where it did. Redirections are not followed."""
    request = urllib.request.Request(url, body, dict(headers), method="POST")
    try:
        with _OPENER.open(request, timeout=timeout_s):
            return ""
    except urllib.error.HTTPError as error:
        return f"respuesta {error.code}"
    except (OSError, HTTPException) as error:  # no answer, a name that is not found, a broken certificate
        return _no_answer(error, timeout_s)


class _Stays(urllib.request.HTTPRedirectHandler):
    """A message goes where the settings say and nowhere else."""

    def redirect_request(self, *_: Any) -> None:
        return None


class _InTime(io.RawIOBase):
    """What a connection brings in the time that it gives for one read: who sends a byte now and then would
    else be read for ever.
    """

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._until = time.monotonic() + (connection.gettimeout() or 0.0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if (left := self._until - time.monotonic()) <= 0:
            raise TimeoutError
        self._connection.settimeout(left)
        return self._connection.recv_into(buffer)


class _Answer(HTTPResponse):
    def __init__(self, sock: socket.socket, *args: Any, **named: Any) -> None:
        super().__init__(sock, *args, **named)
        self._of_socket = self.fp  # holds the connection open
        self.fp = io.BufferedReader(_InTime(sock))

    def close(self) -> None:
        super().close()
        self._of_socket.close()


class _Plain(HTTPConnection):
    response_class = _Answer


class _Safe(HTTPSConnection):
    response_class = _Answer


class _PlainHandler(urllib.request.HTTPHandler):
    def http_open(self, request: urllib.request.Request) -> HTTPResponse:
        return self.do_open(_Plain, request)


class _SafeHandler(urllib.request.HTTPSHandler):
    def https_open(self, request: urllib.request.Request) -> HTTPResponse:
        return self.do_open(_Safe, request)


_OPENER = urllib.request.build_opener(_Stays, _PlainHandler, _SafeHandler)


def _no_answer(error: OSError | HTTPException, timeout_s: float) -> str:
    """What happens to everybody in words; of the rest its kind, as its message may hold what came back."""
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(reason, ConnectionRefusedError):
        return "nadie escucha en ese equipo y ese puerto"
    if isinstance(reason, socket.gaierror):
        return "no se encuentra ningún equipo con ese nombre"
    if isinstance(reason, TimeoutError):
        return f"no contestó en {timeout_s:g} segundos"
    if isinstance(reason, ssl.SSLCertVerificationError):
        return f"este equipo no acepta su certificado: {reason.verify_message}"
    if isinstance(reason, HTTPException):
        return f"contestó algo que no es HTTP ({type(reason).__name__})"
    return type(reason if isinstance(reason, BaseException) else error).__name__
