"""Which Python `setup.sh` takes, and what it says where only root can use it; Python and pip are stubs."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TOOLS = ("bash", "cat", "cut", "dirname", "find", "mkdir", "mktemp", "rm", "sha256sum", "cp", "chmod", "ln")
# tells its place, makes an environment that is a link to it, installs nothing
STUB = """#!/bin/bash
case "$*" in
    *realpath*) echo "{place}" ;;
    "-m venv .venv") mkdir -p .venv/bin && ln -s "{place}" .venv/bin/python && ln -s "{place}" .venv/bin/uv ;;
    --version) echo Python 3.12.1 ;;
esac
"""


@pytest.fixture
def machine() -> Iterator[Path]:
    """A folder that every account may enter; pytest's own are closed."""
    folder = Path(tempfile.mkdtemp())
    (folder / "temple").mkdir()
    for file in ("setup.sh", "requirements-bootstrap.txt", "requirements.txt", "pyproject.toml"):
        shutil.copy(ROOT / file, folder / "temple")
    tools = folder / "tools"
    tools.mkdir()
    for tool in TOOLS:
        where = shutil.which(tool)
        assert where is not None
        (tools / tool).symlink_to(where)
    (tools / "id").write_text("#!/bin/bash\necho 0\n")
    (tools / "id").chmod(0o755)
    for each in (folder, folder / "temple", tools):
        each.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def python(machine: Path, name: str, mode: int) -> Path:
    place = machine / name / "bin" / "python3"
    place.parent.mkdir(parents=True)
    place.write_text(STUB.format(place=place))
    place.chmod(0o755)
    place.parent.chmod(0o755)
    place.parent.parent.chmod(mode)
    return place


def run(machine: Path, *pythons: Path, **more: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join(str(each.parent) for each in (*pythons, machine / "tools" / "-"))
    return subprocess.run(
        ["bash", "setup.sh"], cwd=machine / "temple", env={"PATH": path, **more},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_a_python_that_only_root_can_enter_is_told_of(machine: Path) -> None:
    private = python(machine, "pyenv", 0o700)

    done = run(machine, private)

    assert done.returncode == 0
    assert f"su Python es {private}, y a {machine / 'pyenv'} no entra otra cuenta" in done.stderr
    assert "TEMPLE_PYTHON=/usr/bin/python3 ./setup.sh" in done.stderr


def test_one_that_all_can_enter_is_taken_instead(machine: Path) -> None:
    private, other = python(machine, "pyenv", 0o700), python(machine, "system", 0o755)

    done = run(machine, private, other)

    assert (done.returncode, done.stderr) == (0, "")
    assert (machine / "temple" / ".venv" / "bin" / "python").resolve() == other


def test_the_named_one_is_taken_whatever_comes_first(machine: Path) -> None:
    first, other = python(machine, "system", 0o755), python(machine, "own", 0o755)

    done = run(machine, first, TEMPLE_PYTHON=str(other))

    assert done.returncode == 0
    assert (machine / "temple" / ".venv" / "bin" / "python").resolve() == other


def test_a_name_that_is_no_python_is_refused(machine: Path) -> None:
    done = run(machine, python(machine, "system", 0o755), TEMPLE_PYTHON="/no/such/python")

    assert done.returncode == 1
    assert "TEMPLE_PYTHON: /no/such/python no es Python" in done.stderr


def test_in_a_folder_of_roots_own_nothing_is_said(machine: Path) -> None:
    (machine / "temple").chmod(0o700)
    private = python(machine, "pyenv", 0o700)

    done = run(machine, private, python(machine, "system", 0o755))

    assert (done.returncode, done.stderr) == (0, "")
    assert (machine / "temple" / ".venv" / "bin" / "python").resolve() == private
