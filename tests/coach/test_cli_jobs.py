"""`coach jobs` and `coach work`: what is printed, what is done, and the exit codes."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from coach import jobs
from coach.cli import app
from coach.reruns import Reruns
from coach.settings import load
from coach.store import Store
from coach.types import Job
from coach.viewers import HOUSE
from transcripts.types import Recording


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A store in an empty folder, with two jobs that wait."""
    monkeypatch.chdir(tmp_path)
    store = Store.open(load())
    for name in ("a", "b"):
        store.add_recording(Recording(name, duration_s=60.0))
        jobs.submit(store, name, f"{name}.wav")
    yield store
    store.close()


def coach(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def states(store: Store) -> dict[int, str]:
    return {job.id: job.state for job in jobs.open_jobs(store, HOUSE)}


def fail(store: Store) -> None:
    mine = jobs.take(store, jobs.worker_name())
    assert mine is not None
    jobs.end(store, mine, "failed", "a.wav: no es audio.")


def test_the_list_says_what_waits_what_failed_and_that_no_time_is_known(here: Store) -> None:
    fail(here)
    said = coach("jobs").output
    assert "2 · en cola · b.wav" in said
    assert "1 · falló · a.wav · a.wav: no es audio." in said
    assert "En cola: 1, en curso: 0, en pausa: 0, lista: 0, falló: 1, cancelada: 0." in said
    assert "aún no se sabe; nadie está trabajando" in said


def test_the_queue_is_paused_and_goes_on(here: Store) -> None:
    assert coach("jobs", "pause").output == "La cola está en pausa. Siga con: coach jobs resume\n"
    said = coach("jobs").output
    assert "La cola está en pausa desde" in said
    assert jobs.take(here, "otro:1") is None
    assert coach("jobs", "resume").exit_code == 0
    assert jobs.take(here, "otro:1") is not None


def test_single_jobs_are_paused_cancelled_and_tried_again(here: Store) -> None:
    assert coach("jobs", "pause", "1").output == "En pausa: 1.\n"
    assert coach("jobs", "cancel", "2").output == "Cancelados: 2.\n"
    assert states(here) == {1: "paused", 2: "cancelled"}
    coach("jobs", "resume", "1")
    coach("jobs", "retry", "2")
    assert states(here) == {1: "queued", 2: "queued"}


def test_a_finished_job_is_not_said_to_be_cancelled(here: Store) -> None:
    mine = jobs.take(here, jobs.worker_name())
    assert mine is not None
    jobs.end(here, mine, "done")
    said = coach("jobs", "cancel", "1", "2")
    assert (said.exit_code, said.stdout) == (1, "Cancelados: 2.\n")
    assert "Trabajo 1: ya terminó" in said.stderr


def test_all_that_failed_is_tried_again(here: Store) -> None:
    fail(here)
    assert coach("jobs", "retry", "--failed").output == "De nuevo en cola: 1.\n"
    assert coach("jobs", "retry").exit_code == 2


def test_a_job_is_put_first(here: Store) -> None:
    assert coach("jobs", "priority", "alta", "2").exit_code == 0
    assert "2 · en cola · alta · b.wav" in coach("jobs").output
    first = jobs.take(here, "otro:1")
    assert first is not None
    assert first.id == 2


def test_a_priority_that_is_none_is_refused_with_those_there_are(here: Store) -> None:
    result = coach("jobs", "priority", "urgente", "2")
    assert (result.exit_code, result.stderr) == (
        2,
        "Prioridad «urgente»: no existe. Hay: alta, normal, baja.\n",
    )


def test_a_number_that_is_none_costs_the_others_nothing(here: Store) -> None:
    result = coach("jobs", "cancel", "9", "1")
    assert (result.exit_code, states(here)[1]) == (1, "cancelled")
    assert "Cancelados: 1." in result.output
    assert "Trabajo 9: no existe" in result.stderr


def test_a_rerun_of_nothing_says_so(here: Store) -> None:
    said = coach("jobs", "rerun", "--dry-run").output
    expected = "Se pondrían en cola: por transcribir 0, por analizar 0, por evaluar 0. Ya están al día: 0.\n"
    assert said == expected
    assert coach("jobs", "rerun", "--from", "soñar").exit_code == 2


def test_a_running_job_shows_its_step_and_the_time_left(here: Store) -> None:
    from coach.cli_jobs import left_in_words, line, shortly
    from coach.time_left import Speed, TimeLeft

    mine = jobs.take(here, jobs.worker_name())
    assert mine is not None
    jobs.beat(here, mine, "transcribe", 0.5)
    running: Job = jobs.open_jobs(here, HOUSE)[0]
    assert line(running) == "1 · en curso (transcribir 50%) · a.wav"
    left = TimeLeft(5400.0, "", 9000.0, 2, Speed(1.0, None, 60.0))
    assert left_in_words(left) == "Tiempo restante: cerca de 90 minutos, con 2 procesos."
    assert shortly(left) == " (queda cerca de 90 min)"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--engine", "spark"), "--engine «spark»: no existe. Hay: here, dask."),
        (("--workers", "3"), "--workers y --scheduler son para --engine dask."),
    ],
)
def test_work_that_cannot_be_is_refused(here: Store, words: tuple[str, ...], said: str) -> None:
    result = coach("work", "--once", *words)
    assert result.exit_code == 2
    assert said in result.stderr


def test_work_once_says_what_became_of_the_queue(here: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logging.root, "handlers", [])
    monkeypatch.setattr(logging.root, "level", logging.WARNING)
    monkeypatch.setattr(logging.getLogger("coach"), "level", logging.NOTSET)
    done = coach("work", "--once")  # the recordings have no sound
    assert done.stdout == "Transcritas y evaluadas: 0. Con error: 2. En la cola: 0.\n"
    assert done.stderr.endswith("Por qué fallaron lo dice «coach jobs».\n")
    assert not logging.getLogger("faster_whisper").isEnabledFor(logging.INFO)
    assert coach("work", "--once").stdout == "No había nada en la cola.\n"


def test_a_rerun_names_the_calls_whose_form_cannot_be_used(
    here: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = Reruns(score=2, waiting={"micro.yaml: esta pauta no se puede usar: x.": ("a", "b")})
    monkeypatch.setattr("coach.reruns.rerun", lambda *_, **__: found)
    said = coach("jobs", "rerun")
    assert said.exit_code == 1
    assert "por evaluar 2" in said.stdout
    assert "esta pauta no se puede usar: x. Sus llamadas quedan como están: 2 (a, b)." in said.stderr
