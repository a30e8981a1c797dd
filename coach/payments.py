"""Payments from a table (CSV or XLSX), one a line: account, day, amount, and where known currency and
reference.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, select

from coach import (
    audit,
    days_ahead,
    erasures,
    other_money,
    payment_doubts,
    payment_returns,
    payment_rows,
    payment_spans,
    promises,
)
from coach.complaints import some
from coach.payment_lines import LONGEST, cell, fault, parse
from coach.payment_rows import Payment
from coach.payment_spans import Span
from coach.payment_table import payment_table
from coach.schema import recordings
from coach.settings import Settings
from coach.store import Store
from coach.tables import Table
from coach.types import CoachError
from coach.viewers import Viewer
from transcripts.facts import values
from transcripts.facts.values import Place

_PAGE = 500
_ANYWHERE = ("", "US")  # both orders of day and month
_EARLY = (
    "Pagos de antes de la primera llamada ({first}): {n}, en las filas {rows}. Se guardan, y no son de "
    "ninguna promesa; si no son de antes, revise el año."
)
_APART = "Misma referencia en otra fecha, a más de cinco días: se tomó como otro pago. Filas: {rows}."
_UNLIKE = (
    "Pagos en otra moneda que la promesa de su cuenta en esos días: {n}, en las filas {rows}. Se guardan, y "
    "no cuentan para ella; si la moneda es otra, corríjala y traiga otra vez la tabla."
)
_ERASED = (
    "Pagos de cuentas que se borraron con su persona: {n}, en las filas {rows}. No se guardan; si una de "
    "ellas tiene llamadas nuevas, traiga otra vez la tabla cuando estén."
)
_ROWS_NAMED = 10


@dataclass(frozen=True, slots=True)
class Imported:
    """`new` rows were kept, `known` were there already, `faults` say row by row what could not be used.
    `strays`: how many of the new ones are of an account that no call has; a call of it may come yet.
    `corrected` says row by row what was there with another day, sum or currency. `early`: a sentence on those
    of before the first call, "" where there are none; `apart`: one on those of `new` whose reference had a
    payment of another time; `erased`: one on those of erased people, which are not kept. `returned`
    says row by row which payments went back. `covers`: the days that the file tells of, and whose.
    `unlike`: a sentence on those in another currency than the promise of their account.
    """

    new: int
    known: int
    faults: tuple[str, ...]
    strays: int = 0
    corrected: tuple[str, ...] = ()
    early: str = ""
    apart: str = ""
    returned: tuple[str, ...] = ()
    covers: tuple[Span, ...] = ()
    erased: str = ""
    unlike: str = ""


def import_payments(
    store: Store,
    settings: Settings,
    viewer: Viewer,
    path: Path,
    *,
    currency: str = "",
    country: str = "",
    today: date | None = None,
    said: Mapping[str, str] | None = None,
) -> Imported:
    """Keep the payments of a file and reckon the ledger anew. The same file twice changes nothing; one put
    right takes the place of what it said before of the same references, within some days.

    `currency` and `country` hold for lines that do not say it; else it is what the account's own calls say,
    else the settings' country. A day after `today` (the latest of those countries, where not said, and this
    machine's where an account has none) is no payment yet. `said` gives by title what a column is, where its
    heading does not tell: see `payment_table.meant`.
    """
    viewer.require("upload")
    table, columns = payment_table(path, said)
    with store.reading() as connection:
        places = _countries(connection, _accounts(table, columns), country, settings.country or "")
    if currency:
        currency = _currency(currency)
    house = (settings.country,) if settings.country else ()
    orders = (("",) if its == _ANYWHERE else its for its in places.values())  # an order of days is no place
    last = today or days_ahead.today_of({*house, *(one for its in orders for one in its)})
    parsed, faults, unread = parse(table, columns, places, currency, last)
    gone = erasures.gone(store, {one.account for one in parsed} | {one.account for one in unread})
    found = [one for one in parsed if one.amount > 0 and one.account not in gone]
    backs = [one for one in parsed if one.amount < 0 and one.account not in gone]
    promises.backfill(store)
    kept: list[payment_rows.Kept] = []
    for start in range(0, len(found), _PAGE):
        with store.writing() as connection:
            kept.append(payment_rows.keep(connection, found[start : start + _PAGE]))
    with store.writing() as connection:
        went_back = payment_returns.keep(connection, backs)
        moved = [one for part in kept for one in part.moved] + list(went_back.moved)
        covers = payment_spans.keep(connection, parsed, moved)
        payment_doubts.keep(connection, parsed, [one for one in unread if one.account not in gone])
    new, refused = sum(part.new for part in kept), [one for part in kept for one in part.refused]
    returned = tuple(f"{table.name}: fila {row}: {told}." for row, told in went_back.new)
    put_right = [one for part in kept for one in part.corrected] + list(went_back.corrected)
    corrected = tuple(f"{table.name}: fila {row}: {told}." for row, told in put_right)
    faults += tuple(fault(table, row, why) for row, why in (*refused, *went_back.refused))
    with store.writing() as connection:
        others = {"corrected": len(corrected), "returned": len(returned)}
        audit.record(
            connection, viewer, "payments.import", f"file:{table.name}",
            new=new, **{name: n for name, n in others.items() if n}, faults=len(faults),
        )  # fmt: skip
    promises.reckon(store, settings)
    known = len(found) - new - sum(len(part.corrected) for part in kept) - len(refused) + went_back.known
    apart = _told(_APART, [row for part in kept for row in part.apart])
    erased = _told(_ERASED, [one.row for one in parsed if one.account in gone])
    strays = sum(part.strays for part in kept)
    early = _early(store, found)
    with store.reading() as connection:
        unlike = _told(_UNLIKE, other_money.lines(connection, settings, found))
    return Imported(new, known, faults, strays, corrected, early, apart, returned, covers, erased, unlike)


def _early(store: Store, found: Sequence[Payment]) -> str:
    """A year may be mistyped for one that is gone too, and then a promise that was kept looks broken."""
    with store.reading() as connection:
        first = days_ahead.first_day(connection, recordings.c.call_date)
    return _told(_EARLY, [one.row for one in found if first and one.paid_on < first], first=first)


def _told(sentence: str, rows: Sequence[int], **given: object) -> str:
    return sentence.format(n=len(rows), rows=some(map(str, rows), _ROWS_NAMED), **given) if rows else ""


def import_upload(
    store: Store,
    settings: Settings,
    viewer: Viewer,
    name: str,
    data: bytes,
    *,
    said: Mapping[str, str] | None = None,
) -> Imported:
    """The same for a file that came by the browser, with the name that its person knows."""
    viewer.require("upload")
    with TemporaryDirectory() as folder:
        file = Path(folder) / (Path(name).name[-100:] or "pagos.csv")
        file.write_bytes(data)
        return import_payments(store, settings, viewer, file, said=said)


def _currency(asked: str) -> str:
    try:
        return values.currency(asked, Place())
    except ValueError as error:
        raise CoachError("--currency: «{value}» {error}.", value=asked[:40], error=error) from error


def _accounts(table: Table, columns: Mapping[str, int]) -> set[str]:
    return {cell(line, columns["account"])[:LONGEST] for line in table.lines}


def _countries(
    connection: Connection, accounts: Collection[str], asked: str, house: str
) -> dict[str, tuple[str, ...]]:
    """By account, the countries that its lines may be written for: the one asked for, else those of its own
    calls, else the house's, else any.
    """
    if asked:
        return dict.fromkeys(accounts, (asked,))
    r, names = recordings.c, sorted(accounts)
    told: dict[str, list[str]] = defaultdict(list)
    for start in range(0, len(names), _PAGE):
        its = (r.account.in_(names[start : start + _PAGE]), r.country.is_not(None))
        for account, country in connection.execute(select(r.account, r.country).where(*its).distinct()):
            told[account].append(country)
    otherwise = (house,) if house else _ANYWHERE
    return {account: tuple(sorted(told.get(account, otherwise))) for account in accounts}
