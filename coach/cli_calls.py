"""`coach transcribe | show`: recordings in, a scorecard out."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coach.cli_jobs import priority_of
from coach.cli_shared import (
    NOTHING_DONE,
    complain,
    console,
    end,
    load_settings,
    opened_store,
    progress_bar,
    refuse,
)

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from coach.intake import Accepted
    from coach.jobs import Priority, Taken
    from coach.settings import Settings
    from coach.store import Store
    from coach.types import JobStep
    from transcripts.types import Recording

_Files = Annotated[list[Path], typer.Argument(metavar="ARCHIVOS…", help="Archivos o carpetas.")]
_Source = Annotated[str | None, typer.Option(help="De dónde vienen: una sección [sources.…] de coach.toml.")]
_Manifest = Annotated[Path | None, typer.Option(help="CSV con los datos de cada llamada.")]
_Out = Annotated[
    Path | None, typer.Option("--out", "-o", help="Carpeta para las transcripciones (JSON), sin evaluar.")
]
_Priority = Annotated[str, typer.Option(help="alta, normal o baja: antes o después de lo que ya espera.")]
_DryRun = Annotated[bool, typer.Option("--dry-run", help="Solo mostrar qué datos se leen de 20 archivos.")]


def transcribe(
    files: _Files,
    out: _Out = None,
    source: _Source = None,
    manifest: _Manifest = None,
    dry_run: _DryRun = False,
    priority: _Priority = "normal",
) -> None:
    """Transcribe y evalúa grabaciones.

    Quedan en la base de datos; con --out, solo transcritas, como JSON en esa carpeta.
    """
    from coach.call_facts import check_source, recordings_in

    wanted = priority_of(priority)
    settings = load_settings()
    check_source(settings, source)
    found = recordings_in(files, settings, source=source, table=manifest)
    for problem in found.problems:
        complain(problem)
    if not found.recordings:
        complain("No hay grabaciones en esas rutas. Indique archivos de audio o una carpeta que los tenga.")
        raise typer.Exit(NOTHING_DONE)
    if dry_run:
        _show_facts(found.recordings[:20])
        return
    if out:
        done, failed = _to_folder(found.recordings, settings, out)
    else:
        done, failed = _to_store(found.recordings, settings, wanted, manifest)
    for error in failed:
        complain(error)
    end(bool(failed), done)


def _to_store(
    recordings: Iterable[Recording], settings: Settings, priority: Priority, table: Path | None
) -> tuple[bool, list[str]]:
    """Take in, transcribe and judge; prints the ids that are in the store, gives whether there is one and
    what failed in words.
    """
    from coach import arrival_notes, brought, jobs, legs, traces, worker
    from coach.cli_jobs import shortly
    from coach.time_left import time_left
    from coach.viewers import HOUSE

    with opened_store(settings) as store:
        if table is not None:
            traces.remember_table(store.data_dir, table)
        accepted, refused = _take_in(store, settings, recordings, priority)
        for sentence in arrival_notes.told(store, [one.recording_id for one in accepted]):
            complain(sentence)
        ids = [one.recording_id for one in accepted if one.new]
        brought.note(store, "coach transcribe", ids, new=len(ids), failed=len(refused))
        joined = legs.settle(store, settings, of=[one.recording_id for one in accepted], patient=False)
        calls = [(one.recording_id, one.job) for one in accepted if not one.waits]
        calls += [(one.recording_id, one.job) for one in joined]
        ours = {job for _, job in calls if job is not None}
        if known := sum(one.job is None and not one.waits for one in accepted):
            complain(f"Ya estaban transcritas: {known}.")
        with progress_bar() as bar:
            task = bar.add_task("Transcribiendo", total=float(len(ours)) or 1.0)
            done, rest = 0, ""

            def watch(job: Taken, step: JobStep, fraction: float) -> None:
                nonlocal done, rest
                part = fraction if step == "transcribe" else 1.0
                bar.update(task, description=job.name[:40] + rest, completed=done + 0.98 * part)
                done += step == "score"
                if step == "transcribe" and fraction == 0.0:
                    rest = shortly(time_left(store, HOUSE))

            worker.drain(store, settings, watch)
            bar.update(task, description="Listo", completed=float(len(ours)) or 1.0)
        failed = [job for job in jobs.open_jobs(store, HOUSE) if job.id in ours and job.state != "done"]
    undone = {job.id for job in failed}
    here = [recording_id for recording_id, job_id in calls if job_id not in undone]
    for recording_id in here:
        typer.echo(recording_id)
    waits = any(one.waits for one in accepted)
    return bool(here) or waits, [*refused, *(_of(job.name, job.error or job.state) for job in failed)]


def _of(name: str, why: str) -> str:
    """`why` with the file that it is about; most sentences name it by themselves."""
    return why if name in why else f"{name}: {why}"


def _take_in(
    store: Store, settings: Settings, recordings: Iterable[Recording], priority: Priority
) -> tuple[list[Accepted], list[str]]:
    """Queue what can be read; what cannot is told in words and costs the others nothing."""
    from coach.call_facts import facts_of_source
    from coach.intake import accept
    from coach.local_clock import at_place
    from coach.types import CoachError

    accepted, refused = [], []
    for recording in recordings:
        try:
            if recording.audio:
                assumed = facts_of_source(settings, recording.source)
                here = at_place(store, settings, recording)
                one = accept(store, recording.audio, here, priority=priority, assumed=assumed)
                accepted.append(one)
                for sentence in one.told:
                    complain(sentence)
        except CoachError as error:
            refused.append(str(error))
    return accepted, refused


def _to_folder(recordings: Iterable[Recording], settings: Settings, out: Path) -> tuple[bool, list[str]]:
    """Transcribe only; one JSON a recording, gives whether there is one and what failed in words."""
    from coach import pipeline, safe_names
    from coach.complaints import in_words
    from transcripts.formats import call_json
    from transcripts.formats.files import reason

    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        refuse(f"{out}: no se puede usar como carpeta ({reason(error)}). Indique otra.")
    done, failed = False, []
    with progress_bar() as bar:
        for recording in recordings:
            task = bar.add_task(recording.id[:40], total=1.0)
            try:
                transcript = pipeline.hear(recording, settings, progress=partial(_advance, bar, task))
            except Exception as error:
                name = recording.audio.name if recording.audio else recording.id
                failed.append(_of(name, in_words(error)))
                continue
            target = out / f"{safe_names.of_id(recording.id)}.json"
            target.write_text(call_json.write(transcript), encoding="utf-8")
            typer.echo(target)
            done = True
    return done, failed


def _advance(bar: Progress, task: TaskID, done: float) -> None:
    bar.update(task, completed=done)


def _show_facts(recordings: Iterable[Recording]) -> None:
    """What would be kept of each recording, and where nothing is known."""
    from rich.table import Table

    table = Table("archivo", "id", "inicio", "agente", "login", "deudor", "cuenta", "país", box=None)
    for r in recordings:
        cells = (r.call_started_at, r.agent, r.agent_login, r.debtor_name, r.account, r.country)
        table.add_row(r.audio.name if r.audio else "", r.id, *(str(cell) if cell else "–" for cell in cells))
    console().print(table)


def show(call_id: Annotated[str, typer.Argument(metavar="ID", help="El id de la llamada.")]) -> None:
    """Muestra la evaluación de una llamada."""
    from coach.cli_show import print_call
    from coach.forms import made_by
    from coach.promises import left_of
    from coach.words import forms_for, stands

    settings = load_settings()
    with opened_store(settings) as store:
        call = store.call(call_id)
        now = stands(store, settings, call)
        (form, pack), left = forms_for(call, settings), left_of(store, call_id)
        print_call(call, now, form, console(), pack, left, made_by(settings, call.scorecard.rubric))
