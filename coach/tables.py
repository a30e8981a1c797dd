"""Tables from spreadsheets (CSV, XLSX) and for them: what comes in is text, what goes out is no formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from coach import books
from coach.types import CoachError
from transcripts.facts import headings
from transcripts.facts.csv_rows import OpenQuote, Row, rows
from transcripts.facts.headings import Known
from transcripts.formats.files import TABLE, text_of

FOR_SPREADSHEETS = "utf-8-sig"  # the mark at its start lets Excel know that a file is UTF-8
MOST_ROWS, MOST_COLUMNS = 200_000, 400
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # wide ones are read as narrow


@dataclass(frozen=True, slots=True)
class Line:
    """One row. `formulas` are the places of cells that hold a formula: it is never evaluated."""

    number: int  # as the spreadsheet counts, from 1
    cells: tuple[str, ...]
    formulas: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Table:
    name: str  # of the file
    header: tuple[str, ...]
    lines: tuple[Line, ...]  # without blank ones
    row: int = 1  # of the header


def read_table(path: Path, sheet: str = "", *, header: Known | None = None) -> Table:
    """The table of a file: CSV (comma, semicolon, tab or bar), or one sheet of an XLSX book, the first by
    default. `header`: whether these cells are the headings, where other lines may stand above them; where
    none of the first lines is, the first counts as such.

    Dates come as AAAA-MM-DD, whole numbers without a decimal mark. CoachError where there is no table.
    """
    ending = path.suffix.lower()
    if ending in (".xls", ".ods"):
        raise CoachError("{file}: guarde la hoja como .xlsx o .csv y vuelva a intentarlo.", file=path.name)
    read = _book(path, sheet) if ending == ".xlsx" else _csv(path, header)
    lines = [line for line in read if any(line.cells)]
    if header:
        lines = lines[headings.place((one.cells for one in lines), header) :]
    if len(lines) < 2:
        raise CoachError("{file}: no hay ninguna fila debajo de los encabezados.", file=path.name)
    return Table(path.name, lines[0].cells, tuple(lines[1:]), lines[0].number)


def csv_text(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A CSV table. Text that a spreadsheet would run as a formula gets a leading apostrophe."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([safe(title) for title in header])
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return out.getvalue()


def safe(cell: object) -> str:
    """A cell as a CSV file holds it. Numbers and dates of ours stay what they are, a negative one too."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "sí" if cell else "no"
    if isinstance(cell, int | float | Decimal | date):
        return str(cell)
    text = str(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text


def csv_rows(text: str, name: str, delimiter: str = "") -> list[Row]:
    """The rows of a CSV file of this name; CoachError names the line of a quotation mark left open."""
    try:
        return rows(text, delimiter)
    except OpenQuote as error:
        raise CoachError(
            "{file}: línea {line}: las comillas que se abren aquí no se cierran. Corríjalas y vuelva a "
            "intentarlo; no se tomó nada del archivo.",
            file=name,
            line=error.line,
        ) from error


def _csv(path: Path, header: Known | None) -> Iterator[Line]:
    text = text_of(path, expected=TABLE)
    delimiter = headings.delimiter(text, header) if header else ""
    for count, row in enumerate(csv_rows(text, path.name, delimiter)):
        _check_size(path, count, len(row.cells))
        cells = tuple(cell.strip() for cell in row.cells)
        yield Line(row.line, cells, frozenset(at for at, cell in enumerate(cells) if cell.startswith("=")))


def _book(path: Path, sheet: str) -> Iterator[Line]:
    import openpyxl

    books.check(path)
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=False, keep_links=False)
    except Exception as error:  # whatever a damaged book makes the library say
        raise CoachError(
            "{file}: no es un libro de Excel que se pueda leer. Guárdelo de nuevo.", file=path.name
        ) from error
    try:
        if sheet and sheet not in book.sheetnames:
            names = ", ".join(f"«{name}»" for name in book.sheetnames[:10])
            raise CoachError(
                "{file}: no tiene la hoja «{sheet}». Tiene {sheets}.",
                file=path.name,
                sheet=sheet,
                sheets=names,
            )
        if not book.worksheets:
            raise CoachError("{file}: no tiene ninguna hoja con celdas. Guárdelo de nuevo.", file=path.name)
        page = book[sheet] if sheet else book.worksheets[0]
        for number, row in enumerate(_rows(page, path), start=1):
            filled = max((at for at, cell in enumerate(row, start=1) if cell.value is not None), default=0)
            _check_size(path, number - 1, filled)
            formulas = frozenset(at for at, cell in enumerate(row[:filled]) if cell.data_type == "f")
            yield Line(number, tuple(_text(cell.value) for cell in row[:filled]), formulas)
    finally:
        book.close()


def _rows(page: Any, path: Path) -> Iterator[Sequence[Any]]:
    rows = page.iter_rows(max_col=MOST_COLUMNS + 1)
    while True:
        try:
            row = next(rows, None)
        except Exception as error:  # a part that is damaged is found out only when it is read
            raise CoachError(
                "{file}: la hoja está dañada y no se puede leer entera. Guárdela de nuevo.", file=path.name
            ) from error
        if row is None:
            return
        yield row


def _check_size(path: Path, rows: int, columns: int) -> None:
    if rows > MOST_ROWS or columns > MOST_COLUMNS:
        raise CoachError(
            "{file}: la tabla es demasiado grande (hasta {rows} filas y {columns} columnas). Divídala.",
            file=path.name, rows=MOST_ROWS, columns=MOST_COLUMNS,
        )  # fmt: skip


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "sí" if value else "no"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
