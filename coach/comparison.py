"""What a calibration shows once it may be compared: who said what, where people differ, who is strict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Row, select

from coach import blind, drafts
from coach.agreement import Agreement, among, between
from coach.calibration import Session, cards_of, session_of
from coach.schema_work import calibration_scores
from coach.shield import written
from coach.store import Store
from coach.types import CoachError
from coach.viewers import Viewer
from rubrics.types import Outcome, Scorecard


@dataclass(frozen=True, slots=True)
class Cell:
    """What was said of one criterion of one call. `people` in the order of the session's people; None:
    nothing.
    """

    recording_id: str
    criterion: str
    machine: Outcome
    people: tuple[Outcome | None, ...]
    notes: tuple[str, ...]

    @property
    def split(self) -> bool:
        """Whether people differ."""
        return len({one for one in self.people if one is not None}) > 1

    @property
    def shared(self) -> bool:
        """Whether two or more have said something."""
        return sum(one is not None for one in self.people) > 1


@dataclass(frozen=True, slots=True)
class CalibrationRow:
    criterion: str
    people: Agreement  # among themselves
    machine: Agreement  # with each of them


@dataclass(frozen=True, slots=True)
class Strict:
    """A person's share of fails in the session, and everybody's on the same calls."""

    user_id: int
    name: str
    n: int  # verdicts that are no «na»
    failed: float | None  # 0..1
    all_failed: float | None


@dataclass(frozen=True, slots=True)
class Comparison:
    session: Session
    cells: tuple[Cell, ...]  # by call and criterion; those that people split on come first
    criteria: tuple[CalibrationRow, ...]  # the least agreed first
    strict: tuple[Strict, ...]  # the strictest first
    cards: Mapping[str, Scorecard]  # of each call: as the machine judged it
    apart: int = 0  # calls left out, as the viewer is to judge them blind first


def compare(store: Store, viewer: Viewer, calibration_id: int) -> Comparison:
    """Everything that was said, notes covered as the viewer may read them; what it shows is noted as seen. A
    call that the viewer is to judge blind is left out. CoachError while somebody still scores and the session
    is open.
    """
    with store.reading() as connection:
        session = session_of(connection, viewer, calibration_id)
        if not session.comparable:
            raise CoachError(
                "Faltan {n} personas por evaluar. Espere, o cierre la calibración.", n=len(session.behind)
            )
        cards = cards_of(connection, calibration_id)
        rows = connection.execute(
            select(calibration_scores).where(calibration_scores.c.calibration_id == calibration_id)
        ).all()
    shown = [one for one in session.calls if not drafts.hides(store, viewer, one)]
    blind.looked(store, viewer, shown)
    cells = _covered(store, viewer, _cells(session, shown, cards, rows))
    names = dict.fromkeys(cell.criterion for cell in cells)
    criteria = [_row(name, [cell for cell in cells if cell.criterion == name]) for name in names]
    return Comparison(
        session,
        tuple(sorted(cells, key=lambda cell: not cell.split)),
        tuple(
            sorted(
                criteria, key=lambda row: 1.0 if row.people.share.value is None else row.people.share.value
            )
        ),
        _strict(session, cells),
        cards,
        len(session.calls) - len(shown),
    )


def _cells(
    session: Session, shown: Sequence[str], cards: Mapping[str, Scorecard], rows: Sequence[Row[Any]]
) -> list[Cell]:
    said = {(row.recording_id, row.criterion, row.user_id): row for row in rows}
    cells = []
    for recording_id in shown:
        for criterion, verdict in cards[recording_id].shown.items():
            words = [said.get((recording_id, criterion, user_id)) for user_id, _ in session.people]
            outcomes = tuple(word.outcome if word is not None else None for word in words)
            notes = tuple(word.note if word is not None else "" for word in words)
            cells.append(Cell(recording_id, criterion, verdict.outcome, outcomes, notes))
    return cells


def _covered(store: Store, viewer: Viewer, cells: Sequence[Cell]) -> list[Cell]:
    """The same with notes that tell this viewer of no debtor more than the call does."""
    noted = {cell.recording_id for cell in cells if any(cell.notes)}
    calls = {one: store.call(one) for one in noted}
    names = viewer.may("names")

    def told(cell: Cell) -> Cell:
        if not any(cell.notes):
            return cell
        call = calls[cell.recording_id]
        return replace(cell, notes=tuple(written(note, call, names=names) for note in cell.notes))

    return [told(cell) for cell in cells]


def _row(criterion: str, cells: Sequence[Cell]) -> CalibrationRow:
    spoken = [{at: word for at, word in enumerate(cell.people) if word is not None} for cell in cells]
    beside: dict[tuple[Outcome, Outcome], int] = {}
    for cell in cells:
        for word in cell.people:
            if word is not None:
                beside[word, cell.machine] = beside.get((word, cell.machine), 0) + 1
    return CalibrationRow(criterion, among(spoken), between(beside))


def _strict(session: Session, cells: Sequence[Cell]) -> tuple[Strict, ...]:
    found = []
    for at, (user_id, name) in enumerate(session.people):
        judged = [cell for cell in cells if cell.people[at] is not None]
        own = [word for cell in judged if (word := cell.people[at]) in ("pass", "fail")]
        everybody = [word for cell in judged for word in cell.people if word in ("pass", "fail")]
        found.append(Strict(user_id, name, len(own), _fails(own), _fails(everybody)))
    return tuple(sorted(found, key=lambda one: -(one.failed or 0.0)))


def _fails(words: Sequence[Outcome | None]) -> float | None:
    return sum(word == "fail" for word in words) / len(words) if words else None
