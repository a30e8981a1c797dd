"""Evaluations from before Temple, brought in from a spreadsheet: one row a call with a column for each
criterion, or one row a verdict. What cannot be used is told with its row and reason; the rest is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import Connection, insert, select

from coach import audit
from coach.past_columns import Columns, columns_of, criterion_of, near
from coach.schema import recordings
from coach.schema_month import past_evaluations
from coach.store import Store
from coach.tables import Line, Table, read_table
from coach.viewers import Viewer
from rubrics.types import Outcome, Rubric
from transcripts.facts import values
from transcripts.facts.titles import plain
from transcripts.facts.values import Place

_WORDS: dict[Outcome, str] = {
    "pass": "cumple si s 1 pass ok yes y x correcto aprobado logrado verdadero true conforme",
    "fail": "no_cumple no n 0 fail incorrecto reprobado no_logrado falso false no_conforme incumple",
    "na": "no_aplica na n_a n_d nd no_evaluable no_aplicable sin_dato",
}
OUTCOMES: dict[str, Outcome] = {word: outcome for outcome, words in _WORDS.items() for word in words.split()}
_FORMULA = "«{cell}» es una fórmula; pegue el valor"
_PAGE = 200  # rows of the sheet in one transaction


@dataclass(frozen=True, slots=True)
class Past:
    """One verdict of a person of old."""

    line: int
    call_ref: str
    reviewer: str
    agent_login: str | None
    evaluated_on: date | None
    criterion: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class PastImport:
    """What became of a sheet. `matched`: of the calls, how many are in the store."""

    calls: int
    matched: int
    new: int  # verdicts
    known: int
    faults: tuple[str, ...]
    unknown: tuple[str, ...]  # columns that were not used


def import_past(
    store: Store,
    viewer: Viewer,
    path: Path,
    rubric: Rubric,
    *,
    said: Mapping[str, str] | None = None,
    sheet: str = "",
    country: str = "",
    keep: bool = True,
) -> PastImport:
    """Keep the verdicts of a sheet; the same sheet again changes nothing. `keep=False` only tells what
    it would do.

    A verdict that contradicts one that is kept already (same call, reviewer, criterion) is a fault: the first
    stays.
    """
    viewer.require("calibrate")
    table = read_table(path, sheet)
    columns = columns_of(table, rubric, said)
    faults: list[str] = []
    found = list(verdicts_of(table, columns, rubric, Place(country or None), faults))
    calls = {one.call_ref for one in found}
    new, contradicted = 0, 0
    matched: set[str] = set()
    for start in range(0, len(found), _PAGE):
        with store.writing() if keep else store.reading() as connection:
            page = found[start : start + _PAGE]
            ids = _recordings(connection, (one.call_ref for one in page))
            matched |= ids.keys()
            told = len(faults)
            new += _keep(connection, table, page, ids, faults, keep=keep)
            contradicted += len(faults) - told
    if keep:
        with store.writing() as connection:
            audit.record(connection, viewer, "past.import", f"file:{table.name}", new=new, faults=len(faults))
    known = len(found) - new - contradicted
    return PastImport(len(calls), len(matched), new, known, tuple(faults), columns.unknown)


def verdicts_of(
    table: Table, columns: Columns, rubric: Rubric, place: Place, faults: list[str]
) -> Iterator[Past]:
    """The verdicts of a sheet; what is wrong with a row or a cell goes to `faults`, all of a row at once."""
    for line in table.lines:
        where, head = f"{table.name}: fila {line.number}", None
        try:
            head = _head(line, columns, table.header, place)
            cells = list(_cells(line, columns, rubric))
        except ValueError as error:
            faults.append(f"{where}: {error}; la fila no se usó.")
            if columns.long:
                continue
            cells = list(_cells(line, columns, rubric))
        for title, criterion, at in cells:
            name = title if columns.long else table.header[at]
            try:
                outcome = _outcome(line, at)
            except ValueError as error:
                faults.append(f"{where}: «{name}»: {error}; el dato no se usó.")
                continue
            if outcome is not None and head is not None:
                yield Past(line.number, *head, criterion, outcome)


def _head(
    line: Line, columns: Columns, header: Sequence[str], place: Place
) -> tuple[str, str, str | None, date | None]:
    """(call, reviewer, agent, day) of a row."""
    cells = {name: line.cells[at] if at < len(line.cells) else "" for name, at in columns.fields.items()}
    for name, at in columns.fields.items():
        if at in line.formulas and name != "outcome":
            raise ValueError(f"«{header[at]}»: {_FORMULA.format(cell=line.cells[at][:40])}")
    if not cells["call"]:
        raise ValueError("falta la llamada")
    day = None
    if cells.get("date"):
        try:
            day = values.day(cells["date"], place)
        except ValueError as error:
            raise ValueError(f"«{cells['date'][:40]}» {error}") from error
    return cells["call"][:200], cells.get("reviewer", "")[:200], cells.get("agent", "")[:200] or None, day


def _cells(line: Line, columns: Columns, rubric: Rubric) -> Iterator[tuple[str, str, int]]:
    """(name in the sheet, criterion, place of the outcome) of the verdicts in a row."""
    if not columns.long:
        yield from (("", criterion, at) for at, criterion in columns.criteria.items())
        return
    at = columns.fields["criterion"]
    name = line.cells[at] if at < len(line.cells) else ""
    criterion = criterion_of(name, rubric) if name else None
    if criterion is None:
        maybe = near(name, rubric) if name else None
        hint = f" (¿será {maybe}?)" if maybe else ""
        raise ValueError(
            f"«{name[:40]}» no es un criterio de la pauta{hint}" if name else "falta el criterio"
        )
    yield name, criterion, columns.fields["outcome"]


def _outcome(line: Line, at: int) -> Outcome | None:
    """None for an empty cell: nobody judged it. ValueError with the reason where it is no outcome."""
    cell = line.cells[at] if at < len(line.cells) else ""
    if at in line.formulas:
        raise ValueError(_FORMULA.format(cell=cell[:40]))
    if not cell:
        return None
    outcome = OUTCOMES.get(plain(cell))
    if outcome is None:
        raise ValueError(
            f"«{cell[:40]}» no es un resultado (use cumple, no cumple, no aplica; 1, 0, NA; sí, no)"
        )
    return outcome


def _recordings(connection: Connection, refs: Iterable[str]) -> dict[str, str]:
    """Recording ids by the sheet's name of the call: the id itself, or that of a file without folder and
    ending.
    """
    stems: dict[str, str] = {}
    for ref in refs:
        name = ref.replace("\\", "/").rsplit("/", 1)[-1]
        stems[ref] = name.rsplit(".", 1)[0] if "." in name else name
    wanted = {*stems, *stems.values()}
    known = set(connection.execute(select(recordings.c.id).where(recordings.c.id.in_(wanted))).scalars())
    found = {ref: ref if ref in known else stem for ref, stem in stems.items()}
    return {ref: name for ref, name in found.items() if name in known}


def _keep(
    connection: Connection,
    table: Table,
    page: Sequence[Past],
    ids: Mapping[str, str],
    faults: list[str],
    *,
    keep: bool,
) -> int:
    """Put what is new into the store; gives how many verdicts that is."""
    of = past_evaluations.c
    stored = select(of.call_ref, of.reviewer, of.criterion, of.outcome).where(
        of.call_ref.in_({one.call_ref for one in page})
    )
    known = {(row.call_ref, row.reviewer, row.criterion): row.outcome for row in connection.execute(stored)}
    rows = []
    for one in page:
        key = (one.call_ref, one.reviewer, one.criterion)
        if key not in known:
            known[key] = one.outcome
            rows.append(
                {
                    "source": f"{table.name}:{one.line}"[:300], "recording_id": ids.get(one.call_ref),
                    "call_ref": one.call_ref, "agent_login": one.agent_login, "reviewer": one.reviewer,
                    "evaluated_on": one.evaluated_on, "criterion": one.criterion, "outcome": one.outcome,
                }
            )  # fmt: skip
        elif known[key] != one.outcome:
            faults.append(
                f"{table.name}: fila {one.line}: «{one.criterion}» contradice lo ya guardado de esta llamada "
                "y evaluador; vale lo primero."
            )
    if rows and keep:
        connection.execute(insert(past_evaluations), rows)
    return len(rows)


def match(store: Store) -> int:
    """Tie evaluations that came before their calls to the calls that are there by now; gives how many
    verdicts.
    """
    of, tied = past_evaluations.c, 0
    query = select(of.call_ref).where(of.recording_id.is_(None)).distinct().order_by(of.call_ref)
    with store.reading() as connection:
        refs = list(connection.execute(query).scalars())
    for start in range(0, len(refs), _PAGE):
        with store.reading() as connection:
            found = _recordings(connection, refs[start : start + _PAGE])
        if not found:
            continue
        with store.writing() as connection:
            for ref, recording_id in found.items():
                its = past_evaluations.update().where(of.call_ref == ref, of.recording_id.is_(None))
                tied += connection.execute(its.values(recording_id=recording_id)).rowcount
    return tied
