"""Which columns of a table of payments hold what. A bank's file begins with lines of its own («Movimientos de
la cuenta…», «Periodo…»): the headings are the first line that names all that is needed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from coach.tables import HEAD_ROWS, Line, Table, read_table
from coach.types import CoachError
from transcripts.facts.titles import plain

_NAMES = {
    "account": "cuenta account numero_de_cuenta numero_cuenta credito numero_credito prestamo "
    "operacion contrato",
    "day": "fecha fecha_de_pago fecha_pago paid_on date payment_date dia day fecha_operacion "
    "fecha_de_operacion fecha_movimiento fecha_de_movimiento fecha_abono fecha_de_abono transaction_date",
    "amount": "monto importe pago valor amount monto_pagado monto_del_pago abono",
    "currency": "moneda currency divisa",
    "reference": "referencia reference folio recibo comprobante transaccion id id_pago numero_de_operacion",
}
_FIELD = {alias: field for field, aliases in _NAMES.items() for alias in aliases.split()}
_SECOND_DAY = frozenset("fecha_valor fecha_de_valor f_valor value_date".split())  # where no other is told
_NUMBER = re.compile(r"(?:no|n|nro|num|numero|number)_(?:de_)?")
_NUMBERED = frozenset(
    "cuenta contrato credito prestamo referencia folio recibo comprobante transaccion".split()
)
_OTHERWISE = {"operacion": "reference"}  # a number of it names the payment, the word alone the debt
NEEDED = {"account": "cuenta", "day": "fecha", "amount": "monto"}
_SHOWN = 10  # headings, each to so many letters
_LETTERS = 30


def payment_table(path: Path) -> tuple[Table, dict[str, int]]:
    """The table, and the place of each known column; CoachError where one that is needed is missing."""
    table = read_table(path, header=lambda cells: not _missing(columns(cells)))
    found = columns(table.header)
    if _missing(found):
        most = _most_like(table)
        raise CoachError(
            "{file}: falta la columna de {missing}. Como encabezados se leyó la fila {row}: {seen}. Se "
            "necesitan cuenta, fecha y monto; moneda y referencia son opcionales.",
            file=table.name,
            missing=", ".join(_missing(columns(most.cells))),
            row=most.number,
            seen=_seen(most.cells),
        )
    return table, found


def columns(cells: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    second: dict[str, int] = {}
    for at, cell in enumerate(cells):
        title = plain(cell)
        if title in _SECOND_DAY:
            second.setdefault("day", at)
        elif field := _field(title):
            found.setdefault(field, at)
    return second | found


def _field(title: str) -> str | None:
    if known := _FIELD.get(title):
        return known
    number = _NUMBER.match(title)
    of = title[number.end() :] if number else ""
    return _FIELD[of] if of in _NUMBERED else _OTHERWISE.get(of)


def _missing(found: dict[str, int]) -> list[str]:
    return [label for field, label in NEEDED.items() if field not in found]


def _most_like(table: Table) -> Line:
    """Of the first lines the one in which most headings are known."""
    first = (Line(table.row, table.header), *table.lines[: HEAD_ROWS - 1])
    return max(first, key=lambda line: len(columns(line.cells)))


def _seen(cells: Sequence[str]) -> str:
    named = [f"«{cell[:_LETTERS]}»" for cell in cells if cell]
    return ", ".join(named[:_SHOWN]) + (", …" if len(named) > _SHOWN else "")
