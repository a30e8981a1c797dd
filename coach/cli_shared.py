"""What every command needs: errors told in words, settings, a store, a progress bar. Light to import."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import typer
from typer.core import TyperGroup

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

    from coach.settings import Settings
    from coach.store import Store

SOME_FAILED, NOTHING_DONE = 1, 2


class Group(TyperGroup):
    """Our errors, what the system forbids, a full disk and a database that is gone end a command with their
    words and exit code 2; others are faults and show themselves.
    """

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        for parameter in (one for command in self.commands.values() for one in command.params):
            its = getattr(parameter, "type_descriptor", None)
            if its is not None and its.parameter_info is not None:
                its.parameter_info.readable = False  # what cannot be read is told in our own words

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except (typer.Exit, typer.Abort, SystemExit):
            raise
        except Exception as error:
            from coach.complaints import OURS, in_words
            from coach.database import is_damaged
            from coach.trouble import at_once

            if isinstance(error, PermissionError) and error.filename:
                complain(f"{error.filename}: falta permiso. Revise los permisos y vuelva a intentarlo.")
            elif isinstance(error, OURS):
                complain(in_words(error))
            elif is_damaged(error):  # it opens, and a part of it cannot be read
                complain(
                    "La base de datos está dañada. Muévala a otra carpeta y restaure un respaldo: "
                    "coach db restore ARCHIVO."
                )
            elif (trouble := at_once(error)) is not None:
                complain(trouble)
            else:
                raise
            raise typer.Exit(NOTHING_DONE) from error


def end(failed: bool, done: bool) -> None:
    """The end of every command that does a row of things: 0 all well, 1 some failed and the rest was done or
    is there already, 2 nothing was done. What only checks ends with 1 where it found a mistake.
    """
    if failed:
        raise typer.Exit(SOME_FAILED if done else NOTHING_DONE)


def complain(text: str) -> None:
    from transcripts.formats.file_names import shown

    typer.echo(shown(text), err=True)


def refuse(text: str) -> NoReturn:
    """The command cannot be carried out: say why and end with exit code 2."""
    complain(text)
    raise typer.Exit(NOTHING_DONE)


def refuse_to_write(out: Path, error: OSError) -> NoReturn:
    """The file that was asked for cannot be written: say which, why and what next."""
    from transcripts.formats.files import reason

    refuse(f"{out}: no se puede escribir ({reason(error)}). Revise la carpeta y los permisos.")


def write_out(out: Path, made: bytes, *, private: bool = False) -> None:
    """The file that was asked for; `private`: it tells of people, and only its owner may read it."""
    from coach.whole_files import whole_file

    try:
        if private:
            with whole_file(out, private=True) as part:
                part.write_bytes(made)
        else:
            out.write_bytes(made)
    except OSError as error:
        refuse_to_write(out, error)


class Stop:
    """Whether Ctrl-C or SIGTERM came."""

    def __init__(self) -> None:
        self.came: list[int] = []  # their numbers

    def __call__(self) -> bool:
        return bool(self.came)

    def leave(self) -> NoReturn:
        """End as a program that the signal ended, which tells others that there is more to do."""
        raise typer.Exit(128 + self.came[0])


@contextmanager
def stop_asked() -> Iterator[Stop]:
    """Within it Ctrl-C and SIGTERM do not end the program at once: whoever works asks whether one came."""
    import signal

    stop = Stop()
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    for number in before:
        signal.signal(number, lambda got, _: stop.came.append(got))
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler or signal.SIG_DFL)


def console() -> Console:
    from rich.console import Console

    return Console(highlight=False)


def load_settings(**changes: Any) -> Settings:
    """Settings of this folder, with what the command line says on top (None: not said)."""
    from coach.settings import load

    return load().model_copy(update={name: value for name, value in changes.items() if value is not None})


def country_code(said: str | None, option: str = "--country") -> str | None:
    """What a person wrote after --country, or another option, as ISO code; None and "" stay."""
    from transcripts.facts.values import Place, country

    try:
        return country(said.strip(), Place()) if said else said
    except ValueError as error:
        refuse(f"{option} «{said}» {error}. Corríjalo y vuelva a intentarlo.")


def day_of(said: str | None, option: str) -> date | None:
    """What a person wrote after --since, or another option, as a day; None stays."""
    try:
        return date.fromisoformat(said.strip()) if said else None
    except ValueError:
        refuse(f"{option} «{said}»: no es un día. Escríbalo como AAAA-MM-DD, por ejemplo 2026-03-31.")


def _file_to_be(url: str) -> Path | None:
    """The file that opening this store would begin; None where there is one, or the store is no file."""
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        parsed = make_url(url)
    except ArgumentError:
        return None  # told where it is opened
    name = parsed.database or ":memory:"
    if parsed.get_backend_name() != "sqlite" or name == ":memory:" or Path(name).exists():
        return None
    return Path(name)


@contextmanager
def opened_store(settings: Settings, wait: Stop | None = None) -> Iterator[Store]:
    """`wait`: where its disk is full it is opened once there is room, unless a stop comes first."""
    from coach.store import Store

    begun = _file_to_be(settings.url)  # told: from another folder it may be another house
    store = Store.open(settings) if wait is None else _once_there_is_room(settings, wait)
    if begun is not None:
        complain(f"Base de datos nueva: {begun.resolve()}")
    try:
        yield store
    finally:
        store.close()


def _once_there_is_room(settings: Settings, stop: Stop) -> Store:
    from coach import trouble
    from coach.store import Store
    from coach.types import CoachError

    opened: list[Store] = []

    def act() -> None:
        try:
            opened.append(Store.open(settings))
        except CoachError as error:
            if error.__cause__ is not None and trouble.is_full(error.__cause__):
                raise error.__cause__ from error
            raise

    if not trouble.until_done(act, stop):
        stop.leave()
    return opened[0]


def progress_bar() -> Progress:
    """A bar with what, how far and how long; on standard error, so that output can be piped."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(bar_width=28),
        TaskProgressColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
    )
