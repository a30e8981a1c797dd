"""`coach import`: ready transcripts in, and facts of calls that are here."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coach.cli_shared import (
    NOTHING_DONE,
    Stop,
    complain,
    end,
    load_settings,
    opened_store,
    progress_bar,
    stop_asked,
)

if TYPE_CHECKING:
    from coach.settings import Settings

_Source = Annotated[str | None, typer.Option(help="De dónde vienen: una sección [sources.…] de coach.toml.")]
_Manifest = Annotated[Path | None, typer.Option(help="CSV con los datos de cada llamada.")]
_Replace = Annotated[
    bool,
    typer.Option(
        "--replace", help="Cambiar las palabras de las llamadas que ya están; no las que alguien ya trabajó."
    ),
]

_SHOWN = 10  # sentences on what was read
_NAMED = 5  # files named in one sentence


def import_(
    files: Annotated[list[Path] | None, typer.Argument(metavar="ARCHIVOS…")] = None,
    source: _Source = None,
    manifest: _Manifest = None,
    replace: _Replace = False,
) -> None:
    """Importa transcripciones o datos.

    Transcripciones ya hechas (JSON, JSONL, WhisperX, Amazon, SRT, VTT, texto con «Agente:» y «Deudor:») se
    evalúan y quedan en la base de datos. Con --manifest, los datos se agregan a las llamadas que ya están, y
    esas se evalúan de nuevo.
    """
    from coach.call_facts import check_source

    if not files and manifest is None:
        complain("Indique archivos para importar, o --manifest con un CSV de datos.")
        raise typer.Exit(NOTHING_DONE)
    settings = load_settings()
    check_source(settings, source)
    with stop_asked() as stop:
        _import(files or [], settings, source, manifest, stop, replace=replace)


def _import(
    files: list[Path],
    settings: Settings,
    source: str | None,
    manifest: Path | None,
    stop: Stop,
    *,
    replace: bool,
) -> None:
    """Take in the files one after the other, and the facts of the table for what is here, until `stop`."""
    from coach import arrival_notes, brought, legs, past, pipeline, rungs, traces, worker
    from coach.call_facts import facts_of_source, files_by_path, read_manifest
    from coach.complaints import some
    from coach.imports import TRANSCRIPTS, import_files
    from coach.late_facts import join_facts, not_here, unjoined
    from coach.look import Asked

    judge = pipeline.judge_with(settings)
    reading = read_manifest(manifest, settings, source) if manifest else None
    for problem in reading.problems if reading else ():
        complain(problem)
    listed = files_by_path(files, TRANSCRIPTS)  # before any is kept: a folder may be unreadable
    errors: list[str] = []
    with opened_store(settings) as store, progress_bar() as bar:
        task = bar.add_task("Importando", total=None)
        told: list[str] = []
        others: set[str] = set()
        left_out = 0
        known = facts_of_source(settings, source)
        tables = [reading] if reading else []
        came: dict[Path, list[str]] = {}
        left: list[Path] = []  # not taken, or not to their end
        here: list[str] = []  # a leg that was here may wait still: whoever brought it was stopped
        for path, file in ((path, file) for path, inside in listed.items() for file in inside):
            if stop():
                left.append(file)
                continue
            its = came.setdefault(path, [])
            for one in import_files(
                store, settings, [file], judge, known, tables=tables, again=replace, anew=replace
            ):
                errors += [one.error] if one.error else []
                its += [one.name] if one.new else []
                here += [one.name] if one.same else []
                left_out += not (one.new or one.error or one.same)
                told += one.told
                others |= {one.other} - {""}
                bar.update(task, description=one.name[:40], advance=1)
                if one.more and stop():
                    left.append(file)
                    break
        kept = [name for its in came.values() for name in its]
        if manifest is not None:
            traces.remember_table(store.data_dir, manifest)
        changed: list[str] = []
        if reading and manifest is not None:
            asked = Asked(stop)
            changed = join_facts(store, settings, reading, judge, told, but=others, stop=asked)
            left += [manifest] if left or asked.cut else []
        asked = Asked(stop)  # what follows of it a worker does, and whoever repeats this
        if not asked():
            for joined in legs.settle(store, settings, of=[*kept, *here, *changed], patient=False):
                if not asked():
                    worker.drain_one(store, settings, joined.job)
        if not asked():
            past.match(store)
        if not asked():
            rungs.keep_up(store)
        alone = unjoined(store, reading) if reading and not left else ()
        notes = arrival_notes.told(store, sorted({*kept, *changed}))
        came |= {manifest: changed} if manifest is not None else {}
        counts = {"new": len(kept), "changed": len(changed), "failed": len(errors)}
        brought.note(store, "coach import", (), came, **counts)
    if manifest is not None and alone:
        complain(not_here(manifest.name, alone))
    for sentence in (*told[:_SHOWN], *errors):
        complain(sentence)
    if len(told) > _SHOWN:
        complain(f"Hay {len(told) - _SHOWN} avisos más; los de quién habla están con su llamada.")
    if left_out:
        complain(f"No se toman de nuevo, porque se borraron por su plazo o con su persona: {left_out}.")
    for sentence in notes:
        complain(sentence)
    if here:
        complain(f"Ya estaban, y quedan como están: {len(here)}.")
    complain(f"Importadas: {len(kept)}. Con datos nuevos: {len(changed)}. Con error: {len(errors)}.")
    if left:
        names = some((file.name for file in left), _NAMED)
        complain(
            f"Se detuvo antes de terminar. Quedan por tomar: {len(left)} ({names}). Lo tomado está guardado: "
            "repita la orden y toma el resto; nada queda dos veces."
        )
    elif asked.cut:
        complain(
            "Se detuvo con todo tomado y guardado. Falta unir las llamadas transferidas y poner al día el "
            "seguimiento: repita la orden, o lo hace el proceso que transcribe (coach work)."
        )
    if left or asked.cut:
        stop.leave()
    end(bool(errors), bool(kept or changed or here))
