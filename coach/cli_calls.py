"""`coach transcribe | import | show`: recordings and transcripts in, a scorecard out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coach.cli_shared import (
    NOTHING_DONE,
    SOME_FAILED,
    complain,
    console,
    load_settings,
    opened_store,
    progress_bar,
)

if TYPE_CHECKING:
    from coach.jobs import Taken
    from coach.settings import Settings
    from coach.types import JobStep
    from transcripts.types import Recording

_Files = Annotated[list[Path], typer.Argument(metavar="ARCHIVOS…", help="Archivos o carpetas.")]
_Source = Annotated[str | None, typer.Option(help="De dónde vienen: una sección [sources.…] de coach.toml.")]
_Manifest = Annotated[Path | None, typer.Option(help="CSV con los datos de cada llamada.")]


def transcribe(
    files: _Files,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Carpeta para las transcripciones (JSON), sin evaluar.")
    ] = None,
    source: _Source = None,
    manifest: _Manifest = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Mostrar qué datos se leen de 20 nombres de archivo, y nada más.")
    ] = False,
) -> None:
    """Transcribe y evalúa grabaciones.

    Quedan en la base de datos; con --out, solo transcritas, como JSON en esa carpeta.
    """
    from coach.call_facts import recordings_in, with_facts

    settings = load_settings()
    recordings = with_facts(recordings_in(files), settings, source, manifest)
    if not recordings:
        complain("No hay grabaciones en esas rutas. Indique archivos de audio o una carpeta que los tenga.")
        raise typer.Exit(NOTHING_DONE)
    if dry_run:
        _show_facts(recordings[:20])
    elif out is not None:
        _to_folder(recordings, settings, out)
    else:
        _to_store(recordings, settings)


def _to_store(recordings: list[Recording], settings: Settings) -> None:
    from coach import queries, worker
    from coach.intake import accept

    with opened_store(settings) as store:
        accepted = [accept(store, recording.audio, recording) for recording in recordings if recording.audio]
        ours = {one.job for one in accepted if one.job is not None}
        known = len(accepted) - len(ours)
        if known:
            complain(f"{known} ya estaban transcritas.")
        with progress_bar() as bar:
            task = bar.add_task("Transcribiendo", total=float(max(1, len(ours))))
            done = 0

            def watch(job: Taken, step: JobStep, fraction: float) -> None:
                nonlocal done
                part = fraction if step == "transcribe" else 1.0
                bar.update(task, description=job.name[:40], completed=done + 0.98 * part)
                done += step == "score"

            worker.drain(store, settings, watch)
            bar.update(task, description="Listo", completed=float(max(1, len(ours))))
        failed = [job for job in queries.open_jobs(store) if job.id in ours and job.state != "done"]
        for job in failed:
            complain(f"{job.name}: {job.error}" if job.error else f"{job.name}: {job.state}")
        for one in accepted:
            if store.has_scorecard(one.recording_id):
                typer.echo(one.recording_id)
    if failed:
        raise typer.Exit(SOME_FAILED)


def import_(
    files: _Files,
    manifest: _Manifest = None,
) -> None:
    """Importa transcripciones o datos.

    Transcripciones ya hechas (JSON, JSONL, WhisperX, Amazon, SRT, VTT, texto con «Agente:» y «Deudor:») se evalúan
    y quedan en la base de datos. Un CSV solo, con --manifest, agrega datos a llamadas que ya están y las evalúa de
    nuevo.
    """
    typer.echo(files, manifest)


def show(call_id: Annotated[str, typer.Argument(metavar="ID", help="El id de la llamada.")]) -> None:
    """Muestra la evaluación de una llamada."""
    from coach.cli_show import print_call
    from coach.pipeline import rubric_of

    settings = load_settings()
    with opened_store(settings) as store:
        print_call(store.call(call_id), rubric_of(settings), console())
