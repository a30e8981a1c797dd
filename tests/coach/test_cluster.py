"""docs/cluster.md as it is written: certificates, a scheduler and a worker by TLS, `coach work`."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from coach import jobs
from coach.settings import Settings, environment
from coach.store import Store
from coach.viewers import HOUSE
from tests.coach.conftest import judged

DOC = (Path(__file__).parents[2] / "docs" / "cluster.md").read_text(encoding="utf-8")
ROOT = str(Path(__file__).parents[2])

pytestmark = pytest.mark.slow


def commands(program: str) -> Iterator[list[str]]:
    """The lines of the documentation that begin with this program."""
    return (shlex.split(line) for line in DOC.splitlines() if line.startswith(f"{program} "))


@pytest.fixture
def members(tmp_path: Path) -> Path:
    """A folder with the certificates."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    for command in commands("openssl"):
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    return tmp_path


def started(command: list[str], folder: Path, settings: Settings) -> subprocess.Popen[bytes]:
    """A line of the documentation, on this machine and on a port of its own."""
    here = [word.replace("10.0.0.5", "127.0.0.1").replace("8786", "18786") for word in command]
    programs = {"dask": [sys.executable, "-m", "dask"], "coach": [sys.executable, "-m", "coach"]}
    env = environment(settings) | {"PYTHONPATH": ROOT, "OMP_NUM_THREADS": "1"}
    return subprocess.Popen([*programs[here[0]], *here[1:]], cwd=folder, env=env)


def test_a_cluster_by_tls_does_the_work(store: Store, settings: Settings, members: Path) -> None:
    pytest.importorskip("distributed")
    for n in range(3):
        call = judged(f"c{n}")
        store.add_recording(call.transcript.recording)
        store.save_transcript(call.transcript)
        jobs.submit(store, f"c{n}", step="analyze")
    scheduler, worker = next(commands("dask scheduler")), next(commands("dask worker"))
    worker[worker.index("--nworkers") + 1] = "1"
    work = next(line for line in commands("coach work") if "--scheduler" in line)
    with ExitStack() as ends:
        for command in (scheduler, worker):
            ends.callback(started(command, members, settings).terminate)
            time.sleep(3)
        assert started([*work, "--once"], members, settings).wait(timeout=200) == 0
    assert jobs.job_counts(store, HOUSE).done == 3
    assert all(store.call(f"c{n}").scorecard.rubric for n in range(3))


def test_who_has_no_certificate_is_not_let_in(settings: Settings, members: Path) -> None:
    from coach.runners import dask
    from coach.runners.types import Wanted
    from coach.types import CoachError

    pytest.importorskip("distributed")
    other = members / "other"
    other.mkdir()
    for command in commands("openssl"):
        subprocess.run(command, cwd=other, check=True, capture_output=True)
    with ExitStack() as ends:
        ends.callback(started(next(commands("dask scheduler")), members, settings).terminate)
        time.sleep(5)
        foreign = Wanted(
            "dask", 1, "tls://127.0.0.1:18786", other / "ca.pem", other / "node.pem", other / "node.key"
        )
        with pytest.raises(CoachError, match="no responde"), dask.connected(settings, foreign):
            pass
