"""A certificate of one's own, and what is told where the dashboard stands open without one."""

from __future__ import annotations

import shutil
import ssl
import subprocess
import threading
import time
import urllib.request
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from typer.testing import CliRunner

from coach import certificates, doctor, people, server
from coach.cli import app
from coach.settings import Settings
from coach.store import Store
from coach.types import CoachError
from coach.viewers import HOUSE

OPENSSL = shutil.which("openssl") or ""
pytestmark = pytest.mark.skipif(not OPENSSL, reason="no openssl here to make a certificate")


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return made(tmp_path_factory.mktemp("certs"), days=90)


def made(folder: Path, *, days: int) -> tuple[Path, Path]:
    certificate, key = folder / "temple.pem", folder / "temple.key"
    subprocess.run(
        [OPENSSL, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
         "-keyout", str(key), "-out", str(certificate), "-days", str(days), "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost"],
        check=True, capture_output=True,
    )  # fmt: skip
    return certificate, key


def told(settings: Settings) -> list[doctor.Examined]:
    return [one for one in doctor.examine(settings) if "HTTPS" in one.text or "certificado" in one.text]


def test_a_good_pair_says_how_long_it_lasts(pair: tuple[Path, Path]) -> None:
    assert certificates.check(Settings(certificate=pair[0], key=pair[1])) in (89, 90)
    assert certificates.check(Settings()) is None


def test_what_is_wrong_is_said(pair: tuple[Path, Path], tmp_path: Path) -> None:
    certificate = pair[0]
    with pytest.raises(CoachError, match="no está indicado «key»"):
        certificates.check(Settings(certificate=certificate))
    with pytest.raises(CoachError, match="no se puede leer"):
        certificates.check(Settings(certificate=certificate, key=tmp_path / "no.key"))
    with pytest.raises(CoachError, match="no son un certificado PEM y su clave"):
        certificates.check(Settings(certificate=certificate, key=made(tmp_path, days=1)[1]))
    result = CliRunner().invoke(app, ["app", "--certificate", str(certificate)])
    assert (result.exit_code, "no está indicado «key»" in result.output) == (2, True)


@pytest.mark.parametrize(
    ("more", "state"),
    [
        ({"host": "0.0.0.0"}, "note"),
        ({"host": "0.0.0.0", "accounts": {"secure": True}}, None),
        ({"host": "127.0.0.1"}, None),
    ],
)
def test_the_doctor_warns_of_an_open_door(more: dict[str, Any], state: str | None, tmp_path: Path) -> None:
    found = told(Settings(data_dir=tmp_path, **more))
    assert [one.state for one in found] == ([state] if state else [])
    assert all("micrófono" in one.text for one in found)


@pytest.mark.parametrize(("days", "state"), [(90, "well"), (10, "note"), (0, "missing")])
def test_the_doctor_watches_the_end_of_a_certificate(days: int, state: str, tmp_path: Path) -> None:
    certificate, key = made(tmp_path, days=max(days, 1))
    if days == 0:
        subprocess.run(
            [OPENSSL, "req", "-x509", "-key", str(key), "-out", str(certificate), "-subj", "/CN=x",
             "-days", "-2"],
            check=False, capture_output=True,
        )  # fmt: skip
        if certificates.check(Settings(certificate=certificate, key=key)) != -3:
            pytest.skip("this openssl makes no certificate of the past")
    found = told(Settings(data_dir=tmp_path, host="0.0.0.0", certificate=certificate, key=key))
    assert [one.state for one in found] == [state]


def test_by_tls_the_cookie_is_secure(pair: tuple[Path, Path], store: Store, settings: Settings) -> None:
    """A real server with that certificate: the sign-in page sets its cookie for TLS alone."""
    from starlette.applications import Starlette

    people.add(store, HOUSE, "ana", "Ana Ruiz", "analyst", password="tres gatos en la azotea")
    guarded = server.guarded(Starlette(routes=server.routes(settings, store)), settings, store)
    config = uvicorn.Config(
        guarded, port=0, ssl_certfile=pair[0], ssl_keyfile=pair[1], log_level="error", lifespan="off"
    )
    running = uvicorn.Server(config)
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    try:
        while not running.started:
            time.sleep(0.02)
        port = running.servers[0].sockets[0].getsockname()[1]
        trusted = ssl.create_default_context(cafile=str(pair[0]))
        with urllib.request.urlopen(f"https://localhost:{port}/auth/login", context=trusted) as answer:
            assert answer.status == 200
            assert answer.headers["Strict-Transport-Security"]
            (cookie,) = answer.headers.get_all("Set-Cookie") or []
            assert cookie.startswith("__Host-")
            assert "Secure" in cookie
    finally:
        running.should_exit = True
        thread.join(10)


def test_a_name_of_the_proxy_is_answered_to() -> None:
    names = server.allowed_hosts(Settings(hosts=("temple.miempresa.example",)))
    assert {"localhost", "temple.miempresa.example"} <= set(names)
