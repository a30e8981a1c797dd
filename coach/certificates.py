"""The server's own certificate: whether it can be used, and for how long."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from coach.settings import Settings
from coach.types import CoachError
from transcripts.formats.files import reason

SOON = 21  # days before its end from which on it is told


def check(settings: Settings) -> int | None:
    """Days until the certificate ends, negative where it has; None where there is none, or nobody can tell.

    CoachError where it or its key is missing, cannot be read, or the two do not belong together.
    """
    certificate, key = settings.certificate, settings.key
    if certificate is None and key is None:
        return None
    if certificate is None or key is None:
        lacks = "certificate" if certificate is None else "key"
        raise CoachError(
            "Para HTTPS hacen falta «certificate» y «key»: no está indicado «{setting}».", setting=lacks
        )
    for file in (certificate, key):
        try:
            file.open("rb").close()
        except OSError as error:
            raise CoachError(
                "{path}: no se puede leer ({why}). Revise la ruta y los permisos.",
                path=file,
                why=reason(error),
            ) from error
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key, password="")
    except ssl.SSLError as error:
        raise CoachError(
            "{certificate}, {key}: no son un certificado PEM y su clave sin contraseña ({why}). "
            "Pida ambos en formato PEM a quien los emitió.",
            certificate=certificate,
            key=key,
            why=error.reason,
        ) from error
    return _days_left(certificate)


def _days_left(certificate: Path) -> int | None:
    """Asked of openssl, where it is installed: Python reads no dates of a certificate of one's own."""
    program = shutil.which("openssl")
    if program is None:
        return None
    command = [program, "x509", "-noout", "-enddate", "-in", str(certificate)]
    told = subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    _, _, until = told.partition("=")
    try:
        ends = datetime.fromtimestamp(ssl.cert_time_to_seconds(until), UTC)
    except ValueError:
        return None
    return (ends - datetime.now(UTC)).days
