"""The list of calls as a table: CSV, an Excel book, or a JSON object a line. No text of a call is in it."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Literal

from coach import audit, blind, criticals, editions, listings
from coach.rows import CallFilter, CallRow
from coach.settings import Settings
from coach.store import Store
from coach.tables import FOR_SPREADSHEETS, csv_text
from coach.viewers import Viewer
from coach.written import Language
from nlp.labels import name_of
from rubrics.types import Criterion, Evaluable

Kind = Literal["csv", "xlsx", "jsonl"]
MEDIA_TYPES: dict[Kind, str] = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jsonl": "application/x-ndjson",
}
Labels = dict[str, Criterion]  # by id: what is told of in the table
_PAGE = 2000
_COLUMNS: dict[str, tuple[str, str]] = {
    "id": ("llamada", "call"),
    "call_date": ("fecha", "date"),
    "started_local": ("inicio", "start"),
    "agent": ("agente", "agent"),
    "agent_login": ("usuario", "login"),
    "debtor_name": ("titular", "debtor"),
    "country": ("país", "country"),
    "company": ("empresa", "company"),
    "disposition": ("tipificación", "disposition"),
    "duration_s": ("duración (s)", "length (s)"),
    "points": ("puntos", "points"),
    "points_low": ("puntos, mínimo", "points, least"),
    "points_high": ("puntos, máximo", "points, most"),
    "evaluable": ("evaluable", "evaluable"),
    "void": ("anulada", "void"),
    "confirmed": ("críticas confirmadas", "confirmed criticals"),
    "critical": ("críticas por confirmar", "criticals to confirm"),
    "to_review": ("veredictos por revisar", "verdicts to review"),
    "promised": ("promesa", "promise"),
    "firm_promise": ("promesa firme", "firm promise"),
    "objections": ("objeciones", "objections"),
    "rubric": ("pauta", "form"),
    "pack": ("reglas del país", "country rules"),
}


@dataclass(frozen=True, slots=True)
class TableRow(CallRow):
    """A call of the list with its objections as people left them, the most frequent first; of health only for
    who may be told of it. `confirmed`: the critical failures that void it. `rubric`, `pack`: what judged it,
    as its scorecard names them.
    """

    objections: tuple[str, ...] = ()
    confirmed: tuple[str, ...] = ()
    rubric: str = ""
    pack: str = ""


def calls_table(
    store: Store,
    settings: Settings,
    viewer: Viewer,
    which: CallFilter,
    kind: Kind,
    language: Language = "es",
    *,
    names: bool = False,
) -> bytes:
    """Every call of the filter that the viewer reaches, the newest first. Needs the right to export.

    Debtors are named only with `names`, which needs the right to them; the log says which it was.
    """
    viewer.require("export")
    if names:
        viewer.require("names")
    count, labels = 0, Labels()

    def counted() -> Iterator[TableRow]:
        nonlocal count
        for row in _rows(store, settings, viewer, which, labels):
            count += 1
            yield row if names else replace(row, debtor_name=None)

    made = _WRITERS[kind](counted(), language, labels)
    audit.note(store, viewer, "export", "export:calls", kind=kind, rows=count, names=names)
    return made


def _rows(
    store: Store, settings: Settings, viewer: Viewer, which: CallFilter, labels: Labels
) -> Iterator[TableRow]:
    """Page by page: memory does not grow with their number. `labels` learns what the criteria are called."""
    which = blind.without(store, viewer, which)  # their points would give them away
    for found in listings.every(store, viewer, which, sort="-date", size=_PAGE):
        met = listings.objections_in(store, viewer, [row.id for row in found])
        by = editions.of_calls(store, viewer, [row.id for row in found])
        voids = [row.id for row in found if row.void]
        sure = criticals.confirmed(store, settings, viewer, voids)
        labels.update((one.id, one) for names in sure.values() for one in names)
        for row in found:
            its = {name: getattr(row, name) for name in CallRow.__dataclass_fields__}
            failed = tuple(one.id for one in sure.get(row.id, ()))
            form, pack = by.get(row.id, ("", ""))
            told = met.get(row.id, ())
            yield TableRow(**its, objections=told, confirmed=failed, rubric=form, pack=pack)


def _header(language: Language) -> list[str]:
    return [names[language == "en"] for names in _COLUMNS.values()]


_EVALUABLE: dict[Evaluable, tuple[str, str]] = {
    "yes": ("sí", "yes"), "partly": ("en parte", "partly"), "no": ("no", "no"),
}  # fmt: skip


def _cells(row: TableRow, language: Language, labels: Labels) -> list[object]:
    said = {
        "evaluable": _EVALUABLE[row.evaluable][language == "en"],
        "objections": "; ".join(name_of(name, language) for name in row.objections) or None,
        "confirmed": "; ".join(_label(labels[name], language) for name in row.confirmed) or None,
    }
    held = [said[name] if name in said else getattr(row, name) for name in _COLUMNS]
    return [
        _EVALUABLE["yes" if one else "no"][language == "en"] if isinstance(one, bool) else one for one in held
    ]


def _label(criterion: Criterion, language: Language) -> str:
    return (criterion.label_en if language == "en" else "") or criterion.label


def _csv(rows: Iterator[TableRow], language: Language, labels: Labels) -> bytes:
    cells = (_cells(row, language, labels) for row in rows)
    return csv_text(_header(language), cells).encode(FOR_SPREADSHEETS)


def _jsonl(rows: Iterator[TableRow], language: Language, labels: Labels) -> bytes:
    """Names of the fields and ids are those of the program in either language."""
    del language, labels
    lines = (json.dumps(asdict(row), ensure_ascii=False, default=_iso) for row in rows)
    return "".join(f"{line}\n" for line in lines).encode()


def _iso(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def _xlsx(rows: Iterator[TableRow], language: Language, labels: Labels) -> bytes:
    """Text is written as text: what begins with «=» is no formula, what looks like an address no link."""
    import xlsxwriter

    out = io.BytesIO()
    as_text = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    options = {"constant_memory": True, **as_text}
    book = xlsxwriter.Workbook(out, options)
    bold = book.add_format({"bold": True, "bottom": 1})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    instant = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    points = book.add_format({"num_format": "0.0"})
    sheet = book.add_worksheet("calls" if language == "en" else "llamadas")
    sheet.freeze_panes(1, 1)
    for at, title in enumerate(_header(language)):
        sheet.set_column(at, at, max(10, len(title) + 2))
        sheet.write_string(0, at, title, bold)
    for number, row in enumerate(rows, 1):
        for at, value in enumerate(_cells(row, language, labels)):
            if isinstance(value, datetime):
                sheet.write_datetime(number, at, value, instant)
            elif isinstance(value, date):
                sheet.write_datetime(number, at, datetime(value.year, value.month, value.day), day)
            elif isinstance(value, int | float):
                sheet.write_number(number, at, value, points if isinstance(value, float) else None)
            elif value is not None:
                sheet.write_string(number, at, str(value))
    book.close()
    return out.getvalue()


_WRITERS: dict[Kind, Callable[[Iterator[TableRow], Language, Labels], bytes]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "jsonl": _jsonl,
}
