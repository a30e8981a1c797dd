"""`coach eval`: how good the labels are on calls labelled by hand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from coach.cli_shared import (
    SOME_FAILED,
    progress_bar,
    refuse,
    refuse_to_write,
)

if TYPE_CHECKING:
    from nlp.learn.examples import Example


def evaluate(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[ARCHIVOS]…", help="Llamadas etiquetadas (JSONL); sin nombrar: el corpus."),
    ] = None,
    split: Annotated[
        Literal["dev", "test"] | None,
        typer.Option(help="Parte que se mide; del corpus, «dev» si no se dice otra."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Archivo JSON para todas las cifras.")
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Semilla de los intervalos.")] = 0,
    rubric: Annotated[
        bool, typer.Option("--rubric", help="Mide los veredictos, con llamadas que juzgaron personas.")
    ] = False,
    every: Annotated[
        int, typer.Option(min=1, metavar="N", help="Solo una de cada N, siempre las mismas.")
    ] = 1,
    against: Annotated[
        Path | None,
        typer.Option(metavar="ARCHIVO.json", help="Cifras de antes: avisa y termina con 1 si algo empeoró."),
    ] = None,
    tagger: Annotated[
        Path | None,
        typer.Option(metavar="CARPETA", help="Mide el modelo de esa carpeta en lugar del que se usa."),
    ] = None,
) -> None:
    """Mide los aciertos con llamadas etiquetadas.

    Objeciones, actos, promesa y trato de las llamadas; las frases sueltas, aparte. Con intervalos de 95 %.
    """
    if out is not None and out.is_dir():
        refuse(f"{out}: es una carpeta. Indique el archivo de resultados, como {out / 'eval.json'}.")
    floor = _floor(against) if against is not None else {}
    with _at_work(tagger):
        if rubric:
            from coach.cli_rubrics import eval_rubric

            report = eval_rubric(files or [], every)
        else:
            report = _eval_labels(files, split, seed, every)
    if out is not None:
        _write(report, out)
        typer.echo(f"\nTodas las cifras: {out}")
    _compare(report, floor)


def _at_work(tagger: Path | None) -> AbstractContextManager[None]:
    """The tagger of a folder, where one is named, for as long as it is measured."""
    if tagger is None:
        return nullcontext()
    from nlp.learn.apart import at_work

    if not tagger.is_dir():
        refuse(f"{tagger}: no existe esa carpeta. Indique la que escribió «coach train --out».")
    return at_work(tagger)


def _eval_labels(
    files: list[Path] | None, split: Literal["dev", "test"] | None, seed: int, every: int
) -> dict[str, Any]:
    """Figures of objections, acts, promises and address, printed."""
    from coach.cli_figures import show
    from nlp.learn import evaluate as measuring

    examples = _labelled(files, split)[::every]
    with progress_bar() as bar:
        task = bar.add_task("Midiendo", total=len(examples))
        measured = measuring.evaluate(examples, seed=seed, each=lambda done: bar.advance(task, done))
    report = {
        "files": [file.name for file in files or ()],
        "split": split or (None if files else "dev"),
        "every": every,
        "used_in_training": sum(one.split != "test" for one in examples),
        **measured,
    }
    show(report)
    return report


def _floor(file: Path) -> dict[str, Any]:
    """Figures that were measured before; refuses what holds none."""
    from transcripts.formats.files import OTHER, parsed, text_of

    read = parsed(text_of(file, expected=OTHER), file.name)
    if not isinstance(read, dict):
        refuse(f"{file}: no son cifras de «coach eval». Indique un archivo escrito con --out.")
    return read


def _compare(report: dict[str, Any], floor: dict[str, Any]) -> None:
    from nlp.learn.floors import fallen

    worse = fallen(report, floor)
    for one in worse:
        now = "no se midió" if one.now is None else f"{one.now:g}"
        typer.echo(f"Peor que antes: {one.figure}: {one.floor:g} → {now}", err=True)
    if worse:
        raise typer.Exit(SOME_FAILED)


# reading


def _labelled(files: list[Path] | None, split: Literal["dev", "test"] | None) -> list[Example]:
    """The examples to measure; refuses where there are none."""
    from nlp.learn.examples import CORPUS, read_examples

    if not files:
        examples = read_examples(CORPUS, (split or "dev",))
        where = str(CORPUS)
    else:
        read = [example for file in files for _, example in read_labelled(file)]
        examples = [one for one in read if split in (None, one.split)]
        where = ", ".join(map(str, files))
    if not examples:
        part = f" de la parte «{split or 'dev'}»" if split or not files else ""
        refuse(f"{where}: no hay llamadas etiquetadas{part}. Indique otros archivos o cambie --split.")
    return examples


def read_labelled(file: Path) -> Iterator[tuple[int, Example]]:
    """The labelled calls of a file with their line numbers, from 1; refuses the file at the first mistake."""
    from pydantic import ValidationError

    from coach.complaints import sentences
    from nlp.learn.examples import Example
    from transcripts.formats.files import OTHER, text_of

    for number, line in enumerate(text_of(file, expected=OTHER).split("\n"), 1):
        if not line.strip():
            continue
        try:
            example = Example.model_validate_json(line)
        except ValidationError as error:
            refuse(f"{file}, línea {number}: {'; '.join(sentences(error))}. Corríjala y vuelva a intentarlo.")
        if mistake := _mistake(example):
            refuse(f"{file}, línea {number}: {mistake}. Corríjala y vuelva a intentarlo.")
        yield number, example


def _mistake(example: Example) -> str | None:
    """A label that its speaker cannot have, or whose place is not in the turn."""
    from coach.complaints import suggestion
    from nlp.labels import act_ids, objection_ids

    for index, turn in enumerate(example.turns, 1):
        known = act_ids() if turn.side == "agent" else objection_ids()
        for label in turn.labels:
            if label.id not in known:
                side = "agente" if turn.side == "agent" else "deudor"
                return f"turno {index}: «{label.id}» no es etiqueta del {side}{suggestion(label.id, known)}"
            if not label.start < label.end <= len(turn.text):
                return f"turno {index}: «{label.id}» cita letras que el turno no tiene"
    return None


# writing


def _write(report: dict[str, Any], out: Path) -> None:
    import json

    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        refuse_to_write(out, error)
