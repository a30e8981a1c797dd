"""Past evaluations as a browser hands them over: bytes with a name, titles to say yes to, then the import."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import func, select

from coach.past import PastImport, import_past
from coach.past_columns import Guess, guesses
from coach.schema_month import past_evaluations
from coach.settings import Settings
from coach.store import Store
from coach.tables import read_table
from coach.types import CoachError
from coach.viewers import Viewer
from rubrics.types import Rubric

ENDINGS = ("xlsx", "csv")


@dataclass(frozen=True, slots=True)
class Held:
    """What has been brought in so far. `matched`: of the calls, how many are in the store."""

    verdicts: int
    calls: int
    matched: int


def titles(viewer: Viewer, name: str, content: bytes, rubric: Rubric) -> tuple[Guess, ...]:
    """The titles of a sheet, each with what it seems to be. CoachError where it is no table."""
    viewer.require("calibrate")
    with _on_disk(name, content) as path:
        return guesses(read_table(path), rubric)


def bring_in(
    store: Store,
    settings: Settings,
    viewer: Viewer,
    name: str,
    content: bytes,
    rubric: Rubric,
    said: Mapping[str, str],
    *,
    keep: bool,
) -> PastImport:
    """`coach.past.import_past` of a sheet in memory; `said` is what each title means."""
    with _on_disk(name, content) as path:
        return import_past(store, viewer, path, rubric, said=said, country=settings.country, keep=keep)


def held(store: Store, viewer: Viewer) -> Held:
    viewer.require("calibrate")
    of = past_evaluations.c
    query = select(func.count(), func.count(of.call_ref.distinct()), func.count(of.recording_id.distinct()))
    with store.reading() as connection:
        return Held(*connection.execute(query.select_from(past_evaluations)).one())


@contextmanager
def _on_disk(name: str, content: bytes) -> Iterator[Path]:
    """A file of that name for as long as it is read; folders in the name are left out."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1].replace("\0", "")[-120:]
    if Path(last).suffix.lower().lstrip(".") not in (*ENDINGS, "xls", "ods"):
        raise CoachError("{file}: use una hoja de cálculo .xlsx o .csv.", file=last)
    with TemporaryDirectory() as folder:
        path = Path(folder) / last
        path.write_bytes(content)
        yield path
