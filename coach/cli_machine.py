"""`coach score` and `coach tag`: the machine interface, file in, file out, no store."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from coach.cli_shared import (
    complain,
    country_code,
    end,
    load_settings,
    progress_bar,
    refuse,
    refuse_to_write,
)
from coach.whole_files import whole_file

if TYPE_CHECKING:
    from coach.interchange import Report

_Out = Annotated[
    Path, typer.Option("--out", "-o", help="Archivo JSONL de resultados; «-» para la salida estándar.")
]


def score(
    calls: Annotated[Path, typer.Argument(metavar="CALLS.jsonl", help="Una llamada por línea.")],
    out: _Out,
    rubric: Annotated[
        str | None, typer.Option(help="Pauta: «cobranza» o la ruta de un archivo YAML.")
    ] = None,
    country: Annotated[
        str | None, typer.Option(help="País de las llamadas que no dicen el suyo: MX, CO…")
    ] = None,
) -> None:
    """Evalúa llamadas de un JSONL.

    Sin base de datos: una llamada por línea entra, un resultado por línea sale.
    """
    from coach import pipeline
    from coach.interchange import score_file

    # every line gets the same criteria: forms for a kind of call are for the store and the screens
    settings = load_settings(rubric=rubric, country=country_code(country), rubrics_by_call=())
    pipeline.rubric_of(settings)  # a form that cannot be used is told before the first call
    with progress_bar() as bar, _output(out, calls) as stream, _read(calls) as source:
        task = bar.add_task("Evaluando", total=_lines(source))
        judge, rules = pipeline.judge_with(settings), partial(pipeline.pack_for, settings=settings)
        each = partial(bar.advance, task)
        report = score_file(source, stream, judge, rules=rules, country=settings.country or None, each=each)
    _tell(report, "llamada evaluada", "llamadas evaluadas")


def tag(
    utterances: Annotated[Path, typer.Argument(metavar="UTTERANCES.jsonl", help="Una frase por línea.")],
    out: _Out,
) -> None:
    """Etiqueta frases de un JSONL.

    Objeciones en las del deudor, actos en las del agente; línea por línea.
    """
    from coach.interchange import tag_file
    from nlp.utterance import tag as tag_one

    with progress_bar() as bar, _output(out, utterances) as stream, _read(utterances) as source:
        task = bar.add_task("Etiquetando", total=_lines(source))
        report = tag_file(source, stream, tag_one, each=lambda: bar.advance(task))
    _tell(report, "frase etiquetada", "frases etiquetadas")


def _tell(report: Report, one: str, many: str) -> None:
    for sentence in (*report.notices, *report.errors):
        complain(sentence)
    complain(f"{report.done} {one if report.done == 1 else many}, {len(report.errors)} con error.")
    end(bool(report.errors), bool(report.done))


@contextmanager
def _output(out: Path, source: Path) -> Iterator[TextIO]:
    """The results' stream. A file is written aside and takes its name when it is complete."""
    if str(out) == "-":
        try:
            yield sys.stdout
        except BrokenPipeError:
            raise  # the reader had enough
        except OSError as error:
            refuse_to_write(out, error)
        return
    if out.is_dir():
        refuse(f"{out}: es una carpeta. Indique el archivo de resultados, como {out / 'r.jsonl'}.")
    if out.exists() and source.exists() and out.samefile(source):
        refuse(f"{out}: los resultados borrarían el archivo de entrada. Indique otro con --out.")
    device = out.exists() and not out.is_file() and not out.is_dir()  # /dev/null, a pipe: written as it is
    try:
        with nullcontext(out) if device else whole_file(out) as path, path.open("w", encoding="utf-8") as to:
            yield to
    except OSError as error:
        refuse_to_write(out, error)


@contextmanager
def _read(source: Path) -> Iterator[Path]:
    """What is read: the file itself; of a pipe, which can be read but once, a copy that goes afterwards."""
    if not source.exists() or source.is_file() or source.is_dir():
        yield source
        return
    with TemporaryDirectory() as aside:
        copy = Path(aside) / "entrada.jsonl"
        with source.open("rb") as piped, copy.open("wb") as kept:
            shutil.copyfileobj(piped, kept)
        yield copy


def _lines(path: Path) -> int | None:
    """How many lines that are not blank; None where the file cannot be read (the reader will say so)."""
    try:
        with path.open("rb") as file:
            return sum(1 for line in file if line.strip())
    except OSError:
        return None
