"""Which columns of a table of payments hold what. A bank's file begins with lines of its own («Movimientos de
la cuenta…», «Periodo…»): the headings are the first line that names all that is needed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from coach import payment_titles
from coach.complaints import suggestion
from coach.tables import Line, Table, read_table
from coach.types import CoachError
from transcripts.facts import headings
from transcripts.facts.headings import seen
from transcripts.facts.titles import plain
from transcripts.listed import listed

_NEEDED_WORDS = {
    "account": "«cuenta», «crédito», «préstamo», «contrato», «obligación», «número de cliente»",
    "day": "«fecha», «fecha de pago», «fecha de abono», «fecha de consignación», «fecha depósito»",
    "amount": "«monto», «importe», «valor pagado», «valor consignado», «abono», «importe depositado»",
}
NEEDED = {"account": "cuenta", "day": "fecha", "amount": "monto"}
NOTHING = "nada"  # said of a column that is not to be used
FIELDS = NEEDED | {"currency": "moneda", "reference": "referencia"}
_LETTERS = 30  # of a heading
_SAID = -1  # before every rank of a title


class UnclearColumns(CoachError):
    """Which column holds what only a person can say. `choices`: by field the titles that it may be; of fields
    that are not needed those too that the table may do without.
    """

    def __init__(self, said: str, *, choices: Mapping[str, tuple[str, ...]], **given: object) -> None:
        super().__init__(said, **given)
        self.choices = choices


def payment_table(path: Path, said: Mapping[str, str] | None = None) -> tuple[Table, dict[str, int]]:
    """The table, and the place of each known column; UnclearColumns where one that is needed is missing, or
    may be either of two. `said` gives by title what a person says of a column: see `meant`.
    """
    told = meant(said or {})
    table = read_table(path, header=lambda cells: not _missing(columns(cells, told)))
    found = columns(table.header, told)
    most = _most_like(table, told)
    titles = {plain(cell) for cell in most.cells}
    if unknown := [title for title in said or {} if plain(title) not in titles]:
        raise CoachError(
            "{file}: no hay ninguna columna «{column}»{maybe}.",
            file=table.name,
            column=unknown[0],
            maybe=suggestion(plain(unknown[0]), titles),
        )
    if _missing(found):
        missing = _missing(columns(most.cells, told))
        raise UnclearColumns(
            "{file}: falta la columna de {missing}. Como encabezados se leyó la fila {row}: {seen}. Sirven, "
            "por ejemplo: {accepted}. Cambie el encabezado o diga cuál es: en la pantalla, al traer los "
            "pagos; por la terminal, con --map «COLUMNA={first}».",
            choices=_choices(most.cells, told),
            file=table.name,
            missing=listed([NEEDED[field] for field in missing]),
            row=most.number,
            seen=seen(most.cells),
            accepted="; ".join(_NEEDED_WORDS[field] for field in missing),
            first=NEEDED[missing[0]],
        )
    _refuse_equals(table, told)
    return table, found


def _refuse_equals(table: Table, told: Mapping[str, str]) -> None:
    """Two columns that are as likely the account, the day or the sum: only a person knows which is meant."""
    for field, equals in _equals(table.header, told).items():
        raise UnclearColumns(
            "{file}: hay más de una columna de {field}: {seen}. Deje una sola con ese encabezado o diga "
            "cuál es: en la pantalla, al traer los pagos; por la terminal, con --map «{column}={field}».",
            choices=_choices(table.header, told),
            file=table.name,
            field=NEEDED[field],
            seen=seen(equals),
            column=equals[0][:_LETTERS],
        )


def _equals(cells: Sequence[str], told: Mapping[str, str]) -> dict[str, list[str]]:
    """By field that is needed the titles that are as likely it, where these are more than one."""
    found = {}
    for field, its in _ranked(cells, told).items():
        best = [cells[at] for rank, at in its if rank == min(its)[0]]
        if field in NEEDED and len(best) > 1:
            found[field] = best
    return found


def _choices(cells: Sequence[str], told: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """By field that is missing every title that is no other needed one's; by field with two, these."""
    found, equals = columns(cells, told), _equals(cells, told)
    settled = {cells[at] for field, at in found.items() if field in NEEDED and field not in equals}
    free = dict.fromkeys(cell for cell in cells if plain(cell) and cell not in settled)
    its = {field: equals.get(field, free) for field in FIELDS if field in equals or field not in found}
    return {field: tuple(dict.fromkeys(titles)) for field, titles in its.items()}


def meant(said: Mapping[str, str]) -> dict[str, str]:
    """By plain title the field that it is, in Spanish or by our own name; "" for a column not to be used."""
    names = {label: field for field, label in FIELDS.items()} | {field: field for field in FIELDS}
    names |= {"": "", NOTHING: ""}
    for meaning in said.values():
        if plain(meaning) not in names:
            raise CoachError(
                "«{meaning}» no es un dato de un pago. Use {known}; o «nada», si no se usa.",
                meaning=meaning,
                known=", ".join(FIELDS.values()),
            )
    return {plain(title): names[plain(meaning)] for title, meaning in said.items()}


def columns(cells: Sequence[str], told: Mapping[str, str] | None = None) -> dict[str, int]:
    """Where each field stands: what a person said, else the plainest title, of equals the first."""
    return {field: min(its)[1] for field, its in _ranked(cells, told or {}).items()}


def _ranked(cells: Sequence[str], told: Mapping[str, str]) -> dict[str, list[tuple[int, int]]]:
    """By field the rank and the place of each column that may be it."""
    found: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for at, cell in enumerate(cells):
        title = plain(cell)
        if title in told:
            if told[title]:
                found[told[title]].append((_SAID, at))
        elif known := payment_titles.field(title):
            found[known.field].append((known.rank, at))
    return found


def _missing(found: dict[str, int]) -> list[str]:
    return [field for field in NEEDED if field not in found]


def _most_like(table: Table, told: Mapping[str, str]) -> Line:
    """Of the first lines the one in which most headings are known; of equal ones the fullest."""
    lines = (Line(table.row, table.header), *table.lines[: headings.HEAD_ROWS])
    return lines[headings.most_like((one.cells for one in lines), lambda cells: len(columns(cells, told)))]
