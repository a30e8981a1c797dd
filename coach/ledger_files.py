"""The ledger outside Temple: a table for spreadsheets, and the days to expect money on for calendars."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from coach import audit
from coach.exporters.speak import Speak
from coach.ledger import EVERY, Asked, LedgerFilter, LedgerRow, State, ledger
from coach.store import Store
from coach.tables import csv_text
from coach.written import Language

Both = tuple[str, str]  # in Spanish and in English
WORDS: dict[State, Both] = {
    "vague": ("por precisar", "to be made precise"), "pending": ("por vencer", "to come"),
    "due": ("vence o en gracia", "due, or in grace"), "kept": ("cumplida", "kept"),
    "renewed": ("prometió de nuevo", "promised anew"), "partial": ("pago parcial", "part paid"),
    "broken": ("incumplida", "broken"), "unknown": ("sin datos de pagos", "no payment data"),
    "withdrawn": ("retirada en revisión", "taken out in review"),
}  # fmt: skip
_COLUMNS: tuple[Both, ...] = (
    ("llamada", "call"), ("fecha", "date"), ("agente", "agent"), ("usuario", "login"), ("deudor", "debtor"),
    ("cuenta", "account"), ("monto", "sum"), ("moneda", "currency"), ("vence", "due"), ("pagado", "paid"),
    ("último pago", "last payment"), ("estado", "state"),
    ("repetida por el agente", "repeated by the agent"),
    ("confirmada por quien paga", "confirmed by who pays"), ("otras partes", "other parts"),
    ("corregida en revisión", "corrected in review"),
)  # fmt: skip
_YES, _NO = ("sí", "yes"), ("no", "no")
_EXPECTED: tuple[State, ...] = ("pending", "due")


def write_csv(store: Store, asked: Asked, kind: LedgerFilter = EVERY, language: Language = "es") -> str:
    """Every row of the filtered ledger that the viewer may reach."""
    rows = _all(store, asked, kind)
    _logged(store, asked, "csv", len(rows))
    speak = Speak(language)
    return csv_text([speak(*title) for title in _COLUMNS], [_cells(row, speak) for row in rows])


def write_ics(
    store: Store, asked: Asked, kind: LedgerFilter = EVERY, language: Language = "es", *,
    now: datetime | None = None,
) -> str:  # fmt: skip
    """An all-day event for each firm promise whose day is to come or in its days of grace (RFC 5545)."""
    expected = LedgerFilter(_EXPECTED, kind.due_since, kind.due_until, kind.read_back)
    rows = _all(store, asked, expected)
    _logged(store, asked, "ics", len(rows))
    stamp = (now or datetime.now(UTC)).astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Temple//Promesas//ES", "CALSCALE:GREGORIAN"]
    for row in rows:
        lines += _event(row, stamp, Speak(language))
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _event(row: LedgerRow, stamp: str, speak: Speak) -> list[str]:
    if row.due_on is None:
        return []
    money = f"{row.left} {row.currency or ''}".strip()
    whose = row.debtor_name or row.account or row.recording_id
    what = speak("Promesa de pago", "Promise to pay")
    about = [
        f"{speak('Cuenta', 'Account')}: {row.account}" if row.account else "",
        f"{speak('Agente', 'Agent')}: {row.agent}" if row.agent else "",
        "" if row.read_back else speak("El agente no repitió el acuerdo.", "The agent did not repeat it."),
        f"{speak('Otras partes', 'Other parts')}: {_parts(row, speak)}" if row.later else "",
    ]
    return [
        "BEGIN:VEVENT",
        f"UID:{_escaped(row.recording_id)}-promesa@temple",
        f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{row.due_on:%Y%m%d}",
        f"DTEND;VALUE=DATE:{row.due_on + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(f'{what}: {whose}, {money}')}",
        f"DESCRIPTION:{_escaped(chr(10).join(filter(None, about)))}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _escaped(text: str) -> str:
    marked = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    one_line = marked.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")
    return "".join(c for c in one_line if c.isprintable())


def _folded(line: str) -> str:
    """No line is over 75 octets; a letter is never cut in two."""
    parts, size = [""], 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > 75:
            parts.append("")
            size = 1  # the space that goes before
        parts[-1] += letter
        size += octets
    return "\r\n ".join(parts)


def _cells(row: LedgerRow, speak: Speak) -> list[object]:
    repeated, confirmed, by_person = (
        speak(*(_YES if one else _NO)) for one in (row.read_back, row.confirmed, row.by_person)
    )
    return [
        row.recording_id, row.call_date, row.agent, row.agent_login, row.debtor_name, row.account, row.amount,
        row.currency, row.due_on, row.paid, row.paid_on, speak(*WORDS[row.state]), repeated, confirmed,
        _parts(row, speak), by_person,
    ]  # fmt: skip


def _parts(row: LedgerRow, speak: Speak) -> str:
    """«370 el 2026-12-02»: what else was agreed for later days."""
    return "; ".join(f"{part.amount} {speak('el', 'on')} {part.date}" for part in row.later)


def _all(store: Store, asked: Asked, kind: LedgerFilter) -> tuple[LedgerRow, ...]:
    """In one look: a payment that comes meanwhile would move pages, and a row be told twice or not at all."""
    asked.viewer.require("export")
    return ledger(store, asked, kind, size=None).rows


def _logged(store: Store, asked: Asked, kind: str, rows: int) -> None:
    with store.writing() as connection:
        audit.record(connection, asked.viewer, "export", f"export:promises.{kind}", rows=rows)
