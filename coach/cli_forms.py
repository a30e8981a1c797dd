"""`coach form list | check | publish | versions | restore`: forms and country packs of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coach.cli_shared import (
    SOME_FAILED,
    Group,
    complain,
    end,
    load_settings,
    opened_store,
    progress_bar,
    refuse,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coach.forms import Published
    from coach.settings import Settings
    from coach.store import Store
    from rubrics.types import Pack, Rubric

app = typer.Typer(
    cls=Group, help="Pautas y reglas de países propias.", no_args_is_help=True, rich_markup_mode=None
)

_Id = Annotated[str, typer.Argument(metavar="ID", help="Id de la pauta o del paquete de un país.")]
_File = Annotated[Path, typer.Argument(metavar="PAUTA.yaml", help="La pauta o el paquete de un país.")]
_Note = Annotated[str, typer.Option(help="Por qué, para quien lo lea después.")]
_Rescore = Annotated[
    bool, typer.Option("--rescore", help="Evaluar de nuevo las llamadas guardadas; lo anterior se conserva.")
]


@app.callback()
def _forms() -> None:
    """Pautas y reglas de países propias."""


@app.command("list")
def list_() -> None:
    """Muestra las pautas y paquetes en uso y los borradores."""
    from coach.forms import drafts, in_use
    from coach.pipeline import unread_of

    settings = load_settings()
    for wrong in unread_of(settings):
        complain(f"{wrong.path}: no se puede usar. {wrong.why}")
    for form, path in in_use(settings).values():
        own = str(path) if path.is_relative_to(settings.own_forms) else "de Temple"
        typer.echo(f"{form.id:20} versión {form.edition:<4} {form.label}  ({own})")
    for draft in drafts(settings):
        typer.echo(f"{draft.name:20} borrador, {draft.changed_at:%Y-%m-%d %H:%M} UTC")


@app.command()
def check(file: _File) -> None:
    """Dice qué impide publicar una pauta, por línea."""
    from coach.form_scope import judges
    from coach.forms import check as problems
    from coach.forms import read
    from coach.heirs import changed_with
    from coach.settings import FILE_NAME, config_file

    settings, text = load_settings(), _text(file)
    found = problems(text, settings)
    for mistake in found:
        typer.echo(mistake.text)
    if found:
        raise typer.Exit(SOME_FAILED)
    typer.echo(f"{file}: se puede publicar.")
    if not judges(read(text, settings), settings):
        here = (config_file() or Path(FILE_NAME)).parent.resolve() == Path.cwd()
        typer.echo(
            "Así no juzgará ninguna llamada: diga en «for_calls» para cuáles es, o para que juzgue todas las "
            f'demás ponga en coach.toml rubric = "{file if here else file.absolute()}".'
        )
    if heirs := changed_with(text, settings):
        typer.echo(f"Cambiarían con ella, porque se basan en ella: {_names(heirs)}.")


@app.command()
def publish(file: _File, note: _Note = "", rescore: _Rescore = False) -> None:
    """Pone una pauta en uso desde la próxima llamada. La anterior se conserva."""
    settings = load_settings()
    with opened_store(settings) as store:
        put_in_use(store, settings, _text(file), note, rescore=rescore)


@app.command()
def versions(form_id: _Id) -> None:
    """Muestra las versiones que están o estuvieron en uso, la última primero."""
    from coach.forms import versions as known

    found = known(load_settings(), form_id)
    for one in found:
        sign = "●" if one.in_use else " "
        why = " · ".join(filter(None, (f"sobre {one.over}" if one.over else "", one.by, one.note)))
        typer.echo(f"{sign} {one.version:>4} {one.digest}  {one.at:%Y-%m-%d %H:%M} UTC  {why}".rstrip())
    if not found:
        typer.echo(f"{form_id}: todavía no se publicó ninguna versión propia.")


@app.command()
def restore(
    form_id: _Id,
    digest: Annotated[
        str, typer.Argument(metavar="HUELLA", help="De la versión, como la muestra «coach form versions».")
    ],
    note: _Note = "",
    rescore: _Rescore = False,
) -> None:
    """Vuelve a poner en uso una versión anterior."""
    from coach import forms
    from coach.viewers import HOUSE

    settings = load_settings()
    with opened_store(settings) as store:
        _told(forms.restore(store, settings, form_id, digest, HOUSE, note), rescore=rescore)
        if rescore:
            _rescored(store, settings, form_id)


def put_in_use(store: Store, settings: Settings, text: str, note: str, *, rescore: bool = False) -> None:
    """Publish, say where it stands now, and judge the history anew where that was asked for."""
    from coach import forms
    from coach.viewers import HOUSE

    new = forms.publish(store, settings, text, HOUSE, note)
    _told(new, rescore=rescore)
    if rescore:
        _rescored(store, settings, new.form.id)


def _told(new: Published, *, rescore: bool) -> None:
    typer.echo(f"En uso: {new.form.id}, versión {new.form.edition} ({new.place}).")
    if new.heirs:
        again = (
            "Sus llamadas se evalúan de nuevo también."
            if rescore
            else "Lo ya guardado queda como estaba, también sus llamadas; con --rescore se evalúa de nuevo."
        )
        typer.echo(f"Cambian con ella, porque se basan en ella: {_names(new.heirs)}. {again}")
    if not new.used:
        typer.echo(
            f'Ninguna llamada se evalúa con ella todavía: en coach.toml ponga rubric = "{new.form.id}", '
            "o diga en la pauta para qué llamadas es («for_calls»)."
        )


def _names(heirs: Iterable[Rubric | Pack]) -> str:
    return "; ".join(f"{one.id}, versión {one.edition}" for one in heirs)


def _rescored(store: Store, settings: Settings, form_id: str) -> None:
    from coach.rescore import rescore

    with progress_bar() as bar:
        task = bar.add_task("Evaluando", total=None)
        done = rescore(store, settings, form_id, lambda _: bar.advance(task))
    typer.echo(f"{done.calls} llamadas evaluadas de nuevo; {done.changed} con algún veredicto distinto.")
    if done.wordless:
        typer.echo(f"Sin texto, quedan como están: {done.wordless}. Su texto se borró.")
    for error in done.failed:
        complain(error)
    end(bool(done.failed), bool(done.calls))


def _text(file: Path) -> str:
    from transcripts.formats.files import reason

    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        refuse(f"{file}: no se puede leer ({reason(error)}). Revise la ruta.")
    except UnicodeDecodeError:
        refuse(f"{file}: no es texto UTF-8. Guárdelo como UTF-8.")
