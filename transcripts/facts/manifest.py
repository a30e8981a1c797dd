"""Call facts from a CSV file, one line a call, under Spanish or English column names.

Comma, semicolon, tab or bar parts the cells; sums and dates are read as the country writes them. What
cannot be used is said once and the rest
goes on.
"""

from __future__ import annotations

import csv
import io
from difflib import get_close_matches
from pathlib import Path

from pydantic import ValidationError

from transcripts.facts.titles import plain
from transcripts.facts.types import CallFacts, Reading
from transcripts.facts.values import Place, value
from transcripts.formats.files import text_of
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
_OFFERS, _NO_OFFERS = "authorized_offers", "ninguna"
_DELIMITERS = ";,\t|"
_MOST_TOLD = 20  # problems of single cells that are told one by one


def read(
    path: Path, *, country: str | None = None, timezone: str | None = None, source: str | None = None
) -> Reading:
    """The facts of a CSV file by call id (a file name counts without folder and suffix).

    `country`, `timezone` and `source` hold for lines that do not say their own. Raises TranscriptError
    where the file is no table or has
    no column for the id.
    """
    rows = _rows(text_of(path), path.name)
    columns, problems = _columns(rows[0], path.name)
    facts: dict[str, CallFacts] = {}
    told: list[str] = []
    for line, row in rows[1:]:
        cells = {field: row[at].strip() for at, field in columns.items() if at < len(row) and row[at].strip()}
        if not cells:
            continue
        if _OFFERS in columns.values():
            cells.setdefault(_OFFERS, _NO_OFFERS)  # a house that lists offers, and none for this case
        found, wrong = _facts(cells, Place(country, timezone), source, f"{path.name}: línea {line}")
        told += wrong
        if found is None or found.id is None:
            told += (
                [f"{path.name}: línea {line}: falta el id de la llamada; la línea no se usó."]
                if not wrong
                else []
            )
        elif found.id in facts:
            told.append(f"{path.name}: línea {line}: el id «{found.id}» está repetido; vale la primera vez.")
        else:
            facts[found.id] = found
    if len(told) > _MOST_TOLD:
        told = [*told[:_MOST_TOLD], f"{path.name}: y {len(told) - _MOST_TOLD} avisos más como estos."]
    return Reading(facts, (*problems, *told))


def _rows(text: str, name: str) -> list[tuple[int, list[str]]]:
    """(line, cells) of every line that is not blank, the header first."""
    header = text.lstrip("\n\r").partition("\n")[0]
    delimiter = max(_DELIMITERS, key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows = []
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append((reader.line_num, row))
    except csv.Error as error:
        raise TranscriptError(
            f"{name}: línea {reader.line_num}: la tabla no se entiende (¿comillas sin cerrar?). Vuelva a "
            f"exportarla como CSV."
        ) from error
    if len(rows) < 2:
        raise TranscriptError(
            f"{name}: no hay ninguna llamada debajo de los encabezados. Vuelva a exportar la tabla."
        )
    return rows


def _columns(header: tuple[int, list[str]], name: str) -> tuple[dict[int, str], list[str]]:
    """Which column holds which field; columns that nobody knows, that come twice or that are missing are
    told.
    """
    columns: dict[int, str] = {}
    problems: list[str] = []
    for at, title in enumerate(header[1]):
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
    if "id" not in columns.values():
        raise TranscriptError(
            f"{name}: falta la columna con el id o el archivo de la llamada. Agregue una columna «id» o "
            f"«archivo»."
        )
    missing = [label for field, label in _WANTED.items() if field not in columns.values()]
    if missing:
        problems.append(f"{name}: no hay columna de {', '.join(missing)}; esos datos quedan sin asignar.")
    return columns, problems


def _facts(
    cells: dict[str, str], place: Place, source: str | None, where: str
) -> tuple[CallFacts | None, list[str]]:
    """The facts of one line; a cell that cannot be read is told and left out."""
    if "_time" in cells:
        cells["call_started_at"] = f"{cells.get('call_started_at', '')} {cells.pop('_time')}".strip()
    place = Place(place.country, cells.pop("_timezone", None) or place.timezone)
    values: dict[str, object] = {"source": source} if source else {}
    problems: list[str] = []
    for field in sorted(cells, key=lambda f: f != "country"):  # the country decides how dates are read
        try:
            values[field] = value(field, _id(cells[field]) if field == "id" else cells[field], place)
        except ValueError as error:
            problems.append(f"{where}: «{cells[field][:40]}» {error}; el dato no se usó.")
        if field == "country" and isinstance(values.get("country"), str):
            place = Place(str(values["country"]), place.timezone)
    values.setdefault("country", place.country)
    try:
        return CallFacts.model_validate(values), problems
    except ValidationError as error:
        wrong = ", ".join(sorted({str(e["loc"][0]) for e in error.errors()}))
        return None, [*problems, f"{where}: valores que no sirven en {wrong}; la línea no se usó."]


def _id(raw: str) -> str:
    """An id, or the name of a file without folder and suffix."""
    name = raw.replace("\\", "/").rsplit("/", 1)[-1]
    stem, dot, suffix = name.rpartition(".")
    return stem if dot and 2 <= len(suffix) <= 5 and suffix.isalnum() and not suffix.isdigit() else name


def _suggestion(title: str) -> str:
    close = get_close_matches(plain(title), _FIELD_OF, n=1, cutoff=0.8)
    return f" ¿Quiso decir «{close[0]}»?" if close else ""
