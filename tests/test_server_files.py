"""The files of examples/server say what the programs that read them expect, and what the page tells."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from configparser import ConfigParser
from pathlib import Path

import pytest
import typer

from coach.cli import app
from coach.settings import Settings, load

ROOT = Path(__file__).parent.parent
SERVER = ROOT / "examples" / "server"
UNITS = sorted(path for path in SERVER.iterdir() if path.suffix in (".service", ".timer"))


def unit(path: Path) -> ConfigParser:
    """Its sections; a key that stands twice keeps the last value."""
    parser = ConfigParser(strict=False, interpolation=None, delimiters=("=",), comment_prefixes=("#",))
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read(path, encoding="utf-8")
    return parser


@pytest.mark.parametrize("path", [u for u in UNITS if u.suffix == ".service"], ids=lambda path: path.name)
def test_a_service_calls_a_command_that_there_is(path: Path) -> None:
    service = unit(path)["Service"]
    program, *arguments = shlex.split(service["ExecStart"])
    assert program == "/opt/temple/.venv/bin/coach"
    command = typer.main.get_command(app)
    with command.make_context("coach", [*arguments, "--help"], resilient_parsing=True):
        pass
    known = command
    for word in arguments:
        if word.startswith("-"):
            options = {name for p in known.params for name in (*p.opts, *p.secondary_opts)}
            assert word in options
        elif word in getattr(known, "commands", {}):
            known = known.commands[word]  # type: ignore[attr-defined]
    assert known is not command
    assert (service["User"], service["NoNewPrivileges"], service["ProtectSystem"]) == (
        "temple",
        "yes",
        "strict",
    )


@pytest.mark.parametrize("path", [u for u in UNITS if u.suffix == ".service"], ids=lambda path: path.name)
def test_no_service_starts_while_its_volume_is_shut(path: Path) -> None:
    """It would begin an empty store on the disk below, which nobody encrypted."""
    assert "/srv/temple" in unit(path)["Unit"]["RequiresMountsFor"].split()


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_systemd_understands_it(path: Path) -> None:
    ended = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(path)], capture_output=True, text=True, check=False
    )
    told = [
        line for line in ended.stderr.splitlines() if "is not executable" not in line and path.name in line
    ]
    assert told == []


def test_the_settings_are_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load(SERVER / "coach.toml")
    assert settings.accounts.secure
    assert not settings.stands_open
    assert not settings.work


def test_both_proxies_forward_to_the_dashboard() -> None:
    for name in ("Caddyfile", "nginx.conf"):
        text = re.sub(r"(^|\s)#.*", "", (SERVER / name).read_text(encoding="utf-8"))
        assert text.count("{") == text.count("}")
        assert f"127.0.0.1:{Settings().port}" in text
        size = re.search(r"(?:max_size|client_max_body_size)\s+(\d+)", text)
        assert size
        assert int(size[1]) > max(Settings().upload.max_mb, Settings().upload.zip_mb)
    nginx = (SERVER / "nginx.conf").read_text(encoding="utf-8")
    for header in ("Host", "X-Forwarded-Proto", "X-Forwarded-For", "Upgrade", "Connection"):
        assert re.search(rf"proxy_set_header {header}\s+\$", nginx)


def test_a_certificate_lies_in_one_place() -> None:
    texts = [(SERVER / name).read_text(encoding="utf-8") for name in ("Caddyfile", "nginx.conf")]
    texts.append((ROOT / "docs" / "server.md").read_text(encoding="utf-8"))
    assert {place for text in texts for place in re.findall(r"(/\S+)/temple\.(?:pem|key)", text)} == {
        "/etc/ssl/temple"
    }


@pytest.mark.skipif(shutil.which("nginx") is None, reason="no nginx here")
def test_nginx_understands_it(tmp_path: Path) -> None:
    text = (SERVER / "nginx.conf").read_text(encoding="utf-8")
    text = re.sub(r"ssl_certificate(_key)?\s+\S+;.*", "", text).replace(" ssl;", ";")
    whole = tmp_path / "nginx.conf"
    whole.write_text(f"pid {tmp_path}/pid; error_log {tmp_path}/log; events {{}} http {{ {text} }}")
    subprocess.run(["nginx", "-t", "-c", str(whole), "-p", str(tmp_path)], check=True, capture_output=True)


def test_the_page_names_every_file() -> None:
    page = (ROOT / "docs" / "server.md").read_text(encoding="utf-8")
    named = page.replace("temple-*.service", " ".join(u.name for u in UNITS))
    assert [path.name for path in sorted(SERVER.iterdir()) if path.name not in named] == []


def test_the_backup_says_which_recordings_it_leaves_out() -> None:
    """Restored from it, calls of the recorder's folder have no sound: who sets it up must know."""
    text = (SERVER / "temple-backup.service").read_text(encoding="utf-8")
    assert "--recordings own" in text
    assert "--recordings all" in text
    assert "left out" in text


def test_intake_leaves_hearing_to_the_worker_and_may_move_bad_files_away() -> None:
    """The dashboard starts no worker there (`work = false`), nor does the intake."""
    service = unit(SERVER / "temple-ingest.service")["Service"]
    _, command, folder, *options = shlex.split(service["ExecStart"])
    assert (command, {"--watch", "--no-work"} <= set(options)) == ("ingest", True)
    assert service["ReadWritePaths"].removeprefix("-") == folder
