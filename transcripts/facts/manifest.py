"""Call facts from a CSV file, one line a call, under Spanish or English column names.

Comma, semicolon, tab or bar parts the cells; sums and dates are read as the country writes them. Lines of
the export's own may stand above the headings. What cannot be used is said once and the rest goes on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

from transcripts.facts import headings
from transcripts.facts.csv_rows import OpenQuote, Row, rows
from transcripts.facts.titles import plain
from transcripts.facts.types import CallFacts, Reading, fitting
from transcripts.facts.values import Place, day, value
from transcripts.formats.files import TABLE, text_of
from transcripts.listed import listed
from transcripts.types import TranscriptError

_NAMES = {
    "id": "id id_llamada llamada call call_id callid id_grabacion grabacion archivo file filename "
    "nombre_archivo audio recording "
    "recording_id uniqueid id_interaccion folio_llamada",
    "call_started_at": "call_started_at call_date fecha fecha_llamada fecha_hora fecha_y_hora inicio "
    "inicio_llamada start start_time "
    "started_at date datetime fecha_inicio timestamp",
    "_time": "hora hora_llamada hora_inicio time call_time",
    "_timezone": "zona_horaria timezone tz huso zona",
    "agent": "agent agente nombre_agente asesor nombre_asesor ejecutivo gestor agent_name",
    "agent_login": "agent_login login login_agente usuario_agente id_agente agent_id usuario extension "
    "codigo_agente user",
    "company": "company empresa despacho agencia",
    "debtor_name": "debtor_name deudor nombre_deudor cliente nombre_cliente titular nombre_titular customer "
    "customer_name debtor nombre",
    "country": "country pais codigo_pais",
    "direction": "direction direccion sentido tipo_direccion",
    "campaign": "campaign campana campania",
    "portfolio": "portfolio cartera producto_cartera",
    "account": "account cuenta numero_cuenta num_cuenta no_cuenta credito numero_credito operacion "
    "account_number contrato",
    "call_type": "call_type tipo tipo_llamada tipo_de_llamada",
    "disposition": "disposition disposicion resultado tipificacion codigo_resultado gestion "
    "resultado_gestion",
    "source": "source origen fuente",
    "amount_due": "amount_due monto saldo saldo_vencido adeudo deuda importe monto_vencido amount balance "
    "valor valor_vencido",
    "currency": "currency moneda divisa",
    "days_late": "days_late dias_atraso dias_mora dias_de_atraso dias_de_mora mora atraso dpd days_past_due",
    "product": "product producto",
    "creditor": "creditor acreedor banco entidad institucion",
    "authorized_offers": "authorized_offers ofertas ofertas_autorizadas descuentos offers quitas opciones",
    "due_date": "due_date vencimiento fecha_vencimiento fecha_de_vencimiento vence",
    "time_zone": "time_zone zona_horaria_deudor zona_deudor huso_deudor",
    "first_contact": "first_contact primer_contacto",
    "notice_played": "notice_played aviso_reproducido aviso_grabacion aviso_de_grabacion",
    "promise_kept": "promise_kept promesa_cumplida promesa_pagada cumplio_promesa",
    "linked_id": "linked_id linkedid id_comun id_transferencia llamada_completa call_group",
    "leg": "leg tramo numero_tramo",
    "legs": "legs tramos total_tramos",
    "contacts": "contacts contactos contactos_previos historial_contactos bitacora",
}
_FIELD_OF = {alias: field for field, aliases in _NAMES.items() for alias in aliases.split()}
_WANTED = {"call_started_at": "fecha", "agent_login": "login del agente", "debtor_name": "nombre del deudor"}
_MIDNIGHT = re.compile(r"[T\s]+0?0:00(?::00)?(?:\.0+)?$")  # of a date, where the hour stands by itself
_OFFERS, _NO_OFFERS = "authorized_offers", "ninguna"
_MOST_TOLD = 20  # problems of single cells that are told one by one


def read(
    path: Path, *, country: str | None = None, timezone: str | None = None, source: str | None = None
) -> Reading:
    """The facts of a CSV file by call id (a file name counts without folder and suffix).

    `country`, `timezone` and `source` hold for lines that do not say their own. Raises TranscriptError
    where the file is no table or has no column for the id.
    """
    table = _rows(text_of(path, expected=TABLE), path.name)
    columns, problems = _columns(table[0], path.name)
    titles = {field: table[0].cells[at].strip() for at, field in columns.items()}
    facts: dict[str, CallFacts] = {}
    told: list[str] = []
    for row in table[1:]:
        given = ((field, row.cells[at].strip()) for at, field in columns.items() if at < len(row.cells))
        cells = {field: cell for field, cell in given if cell}
        if not cells:
            continue
        if _OFFERS in columns.values():
            cells.setdefault(_OFFERS, _NO_OFFERS)  # a house that lists offers, and none for this case
        where = f"{path.name}: línea {row.line}"
        found, wrong = _facts(cells, Place(country, timezone), source)
        told += [f"{where}: «{titles.get(field, field)}»: {why}; el dato no se usó." for field, why in wrong]
        if found.id is None:
            told.append(f"{where}: falta el id de la llamada; la línea no se usó.")
        elif found.id in facts:
            told.append(f"{where}: el id «{found.id}» está repetido; vale la primera vez.")
        else:
            facts[found.id] = found
    if len(told) > _MOST_TOLD:
        told = [*told[:_MOST_TOLD], f"{path.name}: y {len(told) - _MOST_TOLD} avisos más como estos."]
    return Reading(facts, (*problems, *told))


def _rows(text: str, name: str) -> list[Row]:
    """Every line that is not blank from the headings on, these first."""
    parted = headings.delimiter(text, _names_more) or headings.delimiter(text, _names_id)
    try:
        found = rows(text, parted)
    except OpenQuote as error:
        raise TranscriptError(
            f"{name}: línea {error.line}: las comillas que se abren aquí no se cierran. Corríjalas y vuelva "
            "a intentarlo; no se tomó nada del archivo."
        ) from error
    cells = [row.cells for row in found]
    at = _headings(cells)
    if len(found) < at + 2:
        raise TranscriptError(
            f"{name}: no hay ninguna llamada debajo de los encabezados. Vuelva a exportar la tabla."
        )
    if not _names_id(cells[at]):
        most = found[headings.most_like(cells, lambda its: len(_fields(its)))]
        raise TranscriptError(
            f"{name}: falta la columna con el id o el archivo de la llamada. Como encabezados se leyó la "
            f"fila {most.line}: {headings.seen(most.cells)}. Agregue una columna «id» o «archivo»."
        )
    return found[at:]


def _headings(cells: Sequence[Sequence[str]]) -> int:
    """Which line: the first that names the id, or one below that names more. A line above
    («Archivo;octubre.csv») has few of the cells; one of the table may hold such words beside figures.
    """
    if not cells:
        return 0
    widest = max(map(_filled, cells))

    def named(its: Sequence[str]) -> int:
        return len(_fields(its)) if _names_id(its) and 2 * _filled(its) > widest else 0

    at, most = headings.place(cells, lambda its: bool(named(its))), headings.most_like(cells, named)
    figures = any(letter.isdigit() for cell in cells[most] for letter in cell)
    if named(cells[most]) > named(cells[at]) and (not figures or _filled(cells[most]) > _filled(cells[at])):
        at = most
    # «llamada», in a line of a table without an id
    return 0 if any(len(_fields(above)) >= len(_fields(cells[at])) for above in cells[:at]) else at


def _fields(cells: Sequence[str]) -> set[str]:
    return {field for cell in cells if (field := _FIELD_OF.get(plain(cell)))}


def _names_id(cells: Sequence[str]) -> bool:
    return "id" in _fields(cells)


def _names_more(cells: Sequence[str]) -> bool:
    return _names_id(cells) and len(_fields(cells)) > 1


def _filled(cells: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in cells)


def _columns(header: Row, name: str) -> tuple[dict[int, str], list[str]]:
    """Which column holds which field; columns that nobody knows, that come twice or that are missing are
    told.
    """
    columns: dict[int, str] = {}
    problems: list[str] = []
    for at, title in enumerate(header.cells):
        field = _FIELD_OF.get(plain(title))
        if field is None:
            if title.strip():
                problems.append(
                    f"{name}: la columna «{title.strip()}» no se conoce y no se usó.{_suggestion(title)}"
                )
        elif field in columns.values():
            problems.append(
                f"{name}: la columna «{title.strip()}» repite un dato que ya da otra columna; no se usó."
            )
        else:
            columns[at] = field
    missing = [f"de {label}" for field, label in _WANTED.items() if field not in columns.values()]
    if missing:
        problems.append(
            f"{name}: no hay columna {listed(missing, 'ni')}; lo que ya se sabe de esas llamadas queda como "
            "está, y lo que no, sin asignar."
        )
    return columns, problems


def _facts(
    cells: dict[str, str], place: Place, source: str | None
) -> tuple[CallFacts, list[tuple[str, str]]]:
    """The facts of one line; a cell that cannot be used is left out, and told with its field."""
    said = dict(cells)
    if "_time" in cells:
        on = _MIDNIGHT.sub("", cells.get("call_started_at", ""))
        cells["call_started_at"] = f"{on} {cells.pop('_time')}".strip()
    place = Place(place.country, cells.pop("_timezone", None) or place.timezone, cells.get("time_zone"))
    values: dict[str, object] = {"source": source} if source else {}
    wrong: list[tuple[str, str]] = []
    for field in sorted(cells, key=lambda f: f != "country"):  # the country decides how dates are read
        try:
            values[field] = value(field, _id(cells[field]) if field == "id" else cells[field], place)
        except ValueError as error:
            alone = _day_alone(field, said, place)
            if alone is not None:  # the hour cannot be used, the day can
                values[field] = alone
                wrong.append(("_time", f"«{said['_time'][:40]}» {error}"))
            else:
                wrong.append((field if field in said else "_time", f"«{cells[field][:40]}» {error}"))
        if field == "country" and isinstance(values.get("country"), str):
            place = replace(place, country=str(values["country"]))
    values.setdefault("country", place.country)
    facts, unfit = fitting(values)
    return facts, [*wrong, *((field, f"«{said.get(field, '')[:40]}» {why}") for field, why in unfit.items())]


def _day_alone(field: str, said: Mapping[str, str], place: Place) -> object:
    """The day of a call whose hour stands in another column; None where there is no such day."""
    if field != "call_started_at" or "_time" not in said or field not in said:
        return None
    try:
        return day(said[field], place)
    except ValueError:
        return None


def _id(raw: str) -> str:
    """An id, or the name of a file without folder and suffix."""
    name = raw.replace("\\", "/").rsplit("/", 1)[-1]
    stem, dot, suffix = name.rpartition(".")
    return stem if dot and 2 <= len(suffix) <= 5 and suffix.isalnum() and not suffix.isdigit() else name


def _suggestion(title: str) -> str:
    close = get_close_matches(plain(title), _FIELD_OF, n=1, cutoff=0.8)
    return f" ¿Quiso decir «{close[0]}»?" if close else ""
