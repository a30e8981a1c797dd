"""The ledger: what was promised, what was paid of it, and what is honest to say before payments are known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select

from coach import other_money, promises, rungs
from coach.in_english import in_english
from coach.ledger import Asked, LedgerFilter, State, ledger, paths, summary
from coach.ledger_files import write_csv, write_ics
from coach.payments import Imported, import_payments
from coach.rows import CallFilter
from coach.schema_month import payments
from coach.schema_month import promises as table
from coach.schema_people import audit
from coach.settings import Settings
from coach.store import Store
from coach.types import Call, CoachError
from coach.viewers import HOUSE
from nlp.ladder import Pair
from nlp.types import Finding, Findings, Part
from tests.coach.house import agent, person
from transcripts.types import Transcript

TODAY = date(2026, 9, 30)
LINES = "A: ¿Cuánto paga y cuándo?\nD: Pago quinientos el veinte.\nA: Quinientos el veinte, ¿correcto?"
SINCE = "2026-09-13 1"  # payments are known from before the call
Put = Callable[..., Call]


@pytest.fixture
def put(keep: Callable[..., Call]) -> Put:
    """A call with a promise: 500 soles for 20 September, not read back, where not said otherwise."""

    def call(name: str, *labels: str, account: str | None = "10-1", day: int = 14, **promise: Any) -> Call:
        said = {"quote": 1, "amount": "500", "date": "2026-09-20", "currency": "PEN", **promise}
        said = {name: value for name, value in said.items() if value is not None}
        at = datetime(2026, 9, day, 15, tzinfo=UTC)
        return keep(
            name, *labels, lines=LINES, promise=said, account=account, call_started_at=at, country="PE"
        )

    return call


@pytest.fixture
def pay(store: Store, settings: Settings, tmp_path: Path) -> Callable[..., Imported]:
    """Payments of account 10-1 (or as said) from a CSV file: «2026-09-19 500» a line."""

    def bring(*lines: str, header: str = "cuenta,fecha,monto,moneda,referencia") -> Imported:
        file = tmp_path / "pagos.csv"
        rows = [line if "," in line else "10-1,{},{},PEN,".format(*line.split()) for line in lines]
        file.write_text("\n".join([header, *rows]), encoding="utf-8")
        return import_payments(store, settings, HOUSE, file, country="PE")

    return bring


def states(store: Store, settings: Settings, today: date = TODAY) -> dict[str, State]:
    return {row.recording_id: row.state for row in ledger(store, Asked(settings, HOUSE, today=today)).rows}


def test_a_promise_enters_the_ledger_with_its_findings(store: Store, settings: Settings, put: Put) -> None:
    put("a", read_back=2)
    (row,) = ledger(store, Asked(settings, HOUSE, today=TODAY)).rows
    assert (row.account, row.amount, row.currency, row.due_on) == (
        "10-1",
        Decimal(500),
        "PEN",
        date(2026, 9, 20),
    )
    assert (row.read_back, row.confirmed, row.paid, row.left) == (True, False, Decimal(0), Decimal(500))


def test_what_is_agreed_for_later_days_stands_beside_the_first_payment(
    store: Store, settings: Settings, put: Put
) -> None:
    put("a", later=(Part(Decimal(370), date(2026, 12, 2)),))
    put("b")
    asked = Asked(settings, HOUSE, today=TODAY)
    assert {row.recording_id: row.later for row in ledger(store, asked).rows} == {
        "a": (Part(Decimal(370), date(2026, 12, 2)),),
        "b": (),
    }
    assert write_csv(store, asked).splitlines()[1].endswith(",370 el 2026-12-02,no")


def test_calls_from_before_the_ledger_are_written_later_once(
    store: Store, settings: Settings, put: Put
) -> None:
    put("a")
    put("b")
    with store.writing() as connection:
        connection.execute(delete(table))
    assert promises.backfill(store, page=1) == 2
    assert promises.backfill(store) == 0
    assert set(states(store, settings)) == {"a", "b"}


def test_an_account_that_is_told_later_is_the_promises_too(
    store: Store, settings: Settings, put: Put
) -> None:
    call = put("a", account=None)
    store.update_recording(replace(call.transcript.recording, account="10-9"))
    assert ledger(store, Asked(settings, HOUSE)).rows[0].account == "10-9"


@pytest.mark.parametrize(
    ("paid", "state"),
    [
        (["2026-09-19 500", "2026-09-29 1"], "kept"),
        (["2026-09-15 200", "2026-09-20 300", "2026-09-29 1"], "kept"),  # in parts
        (["2026-09-20 476", "2026-09-29 1"], "kept"),  # five per cent may be missing
        (["2026-09-23 500", "2026-09-29 1"], "kept"),  # the last day of grace
        ([SINCE, "2026-09-20 300", "2026-09-29 1"], "partial"),
        ([SINCE, "2026-09-24 500"], "broken"),  # too late
        (["2026-09-10 500", "2026-09-29 1"], "broken"),  # before the call
        ([SINCE, "10-1,2026-09-20,500,USD,", "2026-09-29 1"], "broken"),  # in other money
        ([SINCE, "10-2,2026-09-20,500,PEN,", "2026-09-29 1"], "broken"),  # another account
        (["2026-09-20 300", "2026-09-29 1"], "unknown"),  # nor what was paid before the 20th
        ([SINCE, "2026-09-18 100"], "unknown"),  # nobody has said yet what was paid on the 20th
        ([], "unknown"),
    ],
)
def test_what_becomes_of_a_promise(
    store: Store, settings: Settings, put: Put, pay: Callable[..., Imported], paid: list[str], state: State
) -> None:
    put("a")
    if paid:
        pay(*paid)
    assert states(store, settings) == {"a": state}


@pytest.mark.parametrize(("today", "state"), [(19, "pending"), (20, "due"), (23, "due"), (24, "unknown")])
def test_a_promise_in_time(store: Store, settings: Settings, put: Put, today: int, state: State) -> None:
    put("a")
    assert states(store, settings, date(2026, 9, today)) == {"a": state}


def test_without_sum_or_day_it_is_vague(store: Store, settings: Settings, put: Put) -> None:
    put("a", amount=None)
    put("b", date=None)
    assert states(store, settings) == {"a": "vague", "b": "vague"}


def test_no_payment_keeps_two_promises(
    store: Store, settings: Settings, put: Put, pay: Callable[..., Imported]
) -> None:
    put("a", day=1, date="2026-09-10")
    put("b", day=14, date="2026-09-20")
    pay("2026-09-12 500", "2026-09-29 1")  # in the grace of the first
    assert states(store, settings) == {"a": "kept", "b": "broken"}


def test_what_is_over_goes_to_the_next_promise(
    store: Store, settings: Settings, put: Put, pay: Callable[..., Imported]
) -> None:
    put("a", day=1, date="2026-09-10")
    put("b", day=11, date="2026-09-20", amount="200")
    pay("2026-09-10 500", "2026-09-15 200", "2026-09-29 1")
    assert states(store, settings) == {"a": "kept", "b": "kept"}


def test_who_promises_anew_has_renewed_not_broken(
    store: Store, settings: Settings, put: Put, pay: Callable[..., Imported]
) -> None:
    put("a", day=1, date="2026-09-15")
    put("b", day=14, date="2026-09-20")
    pay("2026-09-20 500", "2026-09-29 1")
    assert states(store, settings) == {"a": "renewed", "b": "kept"}
    kept = summary(store, Asked(settings, HOUSE, today=TODAY)).kept
    assert [(one.currency, one.share.hits, one.share.n) for one in kept] == [("PEN", 1, 1)]


def test_the_same_file_twice_changes_nothing(store: Store, put: Put, pay: Callable[..., Imported]) -> None:
    put("a")
    lines = ("2026-09-19 250", "2026-09-19 250", "10-1,2026-09-20,10,PEN,R-1")
    assert (pay(*lines).new, pay(*lines).new) == (3, 0)
    assert pay(*lines).known == 3


WITHOUT_COUNTRY = "cuenta,fecha,monto,referencia\n{}"


def brought(store: Store, settings: Settings, tmp_path: Path, *lines: str) -> Imported:
    """A file imported without a word on its country."""
    (tmp_path / "p.csv").write_text(WITHOUT_COUNTRY.format("\n".join(lines)), encoding="utf-8")
    return import_payments(store, settings, HOUSE, tmp_path / "p.csv", today=date(2026, 12, 31))


def days(store: Store) -> list[tuple[str, date, Decimal, str]]:
    of = payments.c
    with store.reading() as connection:
        query = select(of.account, of.paid_on, of.amount, of.currency).order_by(of.id)
        return [tuple(row) for row in connection.execute(query)]


def test_days_are_read_as_in_the_country_of_the_accounts_own_calls(
    store: Store, settings: Settings, keep: Callable[..., Call], tmp_path: Path
) -> None:
    for name, country in (("u", "US"), ("m", "MX")):
        keep(name, lines=LINES, account=name, country=country)
    for line in ("u,04/12/2026,50,R1", "m,04/12/2026,50,R2"):
        assert brought(store, settings, tmp_path, line).faults == ()
    assert days(store) == [
        ("u", date(2026, 4, 12), Decimal(50), "USD"),
        ("m", date(2026, 12, 4), Decimal(50), "MXN"),
    ]


def test_a_day_that_two_countries_read_otherwise_is_in_doubt(
    store: Store, settings: Settings, keep: Callable[..., Call], tmp_path: Path
) -> None:
    keep("u", lines=LINES, account="both", country="US")
    keep("m", lines=LINES, account="both", country="MX")
    header = "cuenta,fecha,monto,moneda\n"
    lines = ("both,04/12/2026,50,USD", "nobody,04/12/2026,50,USD", "nobody,25/12/2026,50,USD")
    (tmp_path / "p.csv").write_text(header + "\n".join(lines), encoding="utf-8")
    done = import_payments(store, settings, HOUSE, tmp_path / "p.csv", today=date(2026, 12, 31))
    assert (done.new, len(done.faults)) == (1, 2)
    assert "fila 2: «04/12/2026» puede ser 2026-04-12 o 2026-12-04" in done.faults[0]
    house = settings.model_copy(update={"country": "MX"})
    again = import_payments(store, house, HOUSE, tmp_path / "p.csv", today=date(2026, 12, 31))
    assert again.new == 1  # of nobody: as the house writes


def test_a_reference_that_comes_again_puts_its_payment_right(
    store: Store, settings: Settings, put: Put, pay: Callable[..., Imported]
) -> None:
    put("a")
    pay("10-1,2026-09-12,500,PEN,R-1")
    done = pay("10-1,2026-09-17,500,PEN,R-1")
    assert (done.new, done.known) == (0, 0)
    assert done.corrected == (
        "pagos.csv: fila 2: ya estaba con otra fecha: 2026-09-12; se corrigió. "
        "Si es otro pago, dele otra referencia.",
    )
    assert days(store) == [("10-1", date(2026, 9, 17), Decimal(500), "PEN")]
    assert states(store, settings) == {"a": "kept"}
    assert pay("10-1,2026-09-17,500,PEN,R-1").known == 1
    assert len(pay("10-1,2026-09-17,450,PEN,R-1").corrected) == 1
    assert days(store) == [("10-1", date(2026, 9, 17), Decimal(450), "PEN")]
    with store.reading() as connection:
        told = connection.execute(select(audit.c.detail).order_by(audit.c.id)).scalars().all()
    assert '"corrected": 1' in told[1]


def test_one_reference_is_no_two_payments(
    store: Store, settings: Settings, pay: Callable[..., Imported]
) -> None:
    first = pay("7,2026-09-12,500,PEN,R-1", "7,2026-09-17,500,PEN,R-1", "8,2026-09-19,500,PEN,R-1")
    assert (first.new, first.apart, len(first.faults)) == (2, "", 1)
    assert "fila 3: la referencia ya viene en la fila 2" in first.faults[0]
    later = pay("7,2026-09-14,700,PEN,R-1")
    assert (later.new, later.known, later.corrected) == (0, 0, ())
    assert "ya estaba con otra fecha: 2026-09-12, otro monto: 500.00" in later.faults[0]
    assert days(store)[0][1] == date(2026, 9, 12)


def test_a_reference_that_is_the_same_for_all_is_another_payment_each_month(
    store: Store, settings: Settings, put: Put, pay: Callable[..., Imported]
) -> None:
    put("a")
    pay("10-1,2026-09-18,500,PEN,SPEI")
    assert states(store, settings) == {"a": "kept"}
    later = pay("10-1,2026-10-18,500,PEN,SPEI", "10-1,2026-10-28,90,PEN,SPEI", "9,2026-10-28,90,PEN,SPEI")
    assert (later.new, later.corrected, later.faults) == (3, (), ())
    assert later.apart == (
        "Misma referencia en otra fecha, a más de cinco días: se tomó como otro pago. Filas: 2, 3."
    )
    assert in_english(later.apart).endswith("taken as another payment. Lines: 2, 3.")
    assert [day for account, day, *_ in days(store) if account == "10-1"] == [
        date(2026, 9, 18), date(2026, 10, 18), date(2026, 10, 28),
    ]  # fmt: skip
    assert states(store, settings) == {"a": "kept"}


def test_a_payment_put_right_leaves_room_for_the_next(store: Store, pay: Callable[..., Imported]) -> None:
    """No second line is taken for the payment that the first has moved, nor is it kept twice."""
    pay("7,2026-09-12,500,PEN,SPEI")
    both = ("7,2026-09-16,500,PEN,SPEI", "7,2026-09-16,500,PEN,SPEI", "7,2026-09-08,500,PEN,SPEI")
    done = pay(*both)
    assert (done.new, done.known, len(done.corrected)) == (1, 1, 1)
    assert [day for _, day, *_ in days(store)] == [date(2026, 9, 16), date(2026, 9, 8)]
    assert pay(*both).known == 3


def test_faulty_lines_are_told_and_the_good_ones_kept(
    store: Store, put: Put, pay: Callable[..., Imported]
) -> None:
    found = pay(
        "10-1,ayer,500,PEN,", ",2026-09-19,500,PEN,", "2026-09-19 0", "2026-09-19 500", "10-1,2026-09-19",
        f"2026-09-19 {'9' * 40}", "2026-09-19 0.001",
    )  # fmt: skip
    assert found.new == 1
    assert [fault.partition(": ")[2] for fault in found.faults] == [
        "fila 2: «ayer» no es una fecha (use AAAA-MM-DD); la fila no se usó.",
        "fila 3: falta cuenta; la fila no se usó.",
        "fila 4: «0» no es un pago: el monto debe ser mayor que cero; la fila no se usó.",
        "fila 6: falta monto; la fila no se usó.",
        f"fila 7: «{'9' * 40}» no es un pago: el monto es demasiado grande; la fila no se usó.",
        "fila 8: «0.001» no es un pago: el monto debe ser mayor que cero; la fila no se usó.",
    ]


def test_a_table_without_accounts_is_refused(store: Store, pay: Callable[..., Imported]) -> None:
    with pytest.raises(CoachError, match=r"pagos\.csv: falta la columna de cuenta"):
        pay("2026-09-19,500", header="fecha,monto")


def test_figures_from_the_objection_to_the_money(
    store: Store,
    settings: Settings,
    put: Put,
    keep: Callable[..., Call],
    pay: Callable[..., Imported],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def pairs_of(transcript: Transcript, _: Findings) -> list[Pair]:
        quote = transcript.quote(1, 0, 2)
        pair = Pair(Finding("no_money", quote, 0.9, "x"), (2,), {}, 0.5, "fits")
        return [] if transcript.recording.id == "d" else [pair]

    put("a", "no_money@1")
    put("b", "no_money@1", account="10-2")
    keep("c", "no_money@1")
    keep("d", "no_money@1")  # only perhaps one: no ladder counts it
    pay(SINCE, "2026-09-19 500", "2026-09-29 1")
    monkeypatch.setattr(rungs, "pairs_of", pairs_of)
    rungs.keep_up(store)
    (path,) = paths(store, Asked(settings, HOUSE, today=TODAY))
    assert (path.objection, path.promised.hits, path.promised.n) == ("no_money", 2, 3)
    assert (path.kept.hits, path.kept.n) == (1, 2)
    assert rungs.met(store, HOUSE, CallFilter())[0].calls.hits == path.promised.n  # one row, one base


def test_agreed_but_not_read_back(store: Store, settings: Settings, put: Put) -> None:
    put("a", read_back=2)
    put("b")
    put("c", amount=None)
    asked = Asked(settings, HOUSE, today=TODAY)
    assert [row.recording_id for row in ledger(store, asked, LedgerFilter(read_back=False)).rows] == ["b"]
    assert summary(store, asked).not_read_back == 1


def test_the_table_for_spreadsheets_holds_no_formula(
    store: Store, settings: Settings, keep: Callable[..., Call]
) -> None:
    keep(
        "a", lines=LINES, promise={"quote": 1, "amount": "500", "date": "2026-09-20"},
        debtor_name='=HYPERLINK("http://x")', agent="@ana", account="+51", agent_login="-1",
    )  # fmt: skip
    text = write_csv(store, Asked(settings, HOUSE, today=TODAY))
    assert '\'@ana,\'-1,"\'=HYPERLINK(""http://x"")",\'+51,500.00,' in text
    with store.reading() as connection:
        assert connection.execute(select(audit.c.action, audit.c.subject)).one() == (
            "export",
            "export:promises.csv",
        )


def test_the_files_are_written_in_english_too(store: Store, settings: Settings, put: Put) -> None:
    put("a")
    asked = Asked(settings, HOUSE, today=TODAY)
    spanish, english = (write_csv(store, asked, language=one).splitlines() for one in ("es", "en"))
    assert english[0].startswith(
        "call,date,agent,login,debtor,account,sum,currency,due,paid,last payment,state"
    )
    assert len(english[0].split(",")) == len(spanish[0].split(","))
    assert "no payment data" in english[1]
    assert "sin datos de pagos" in spanish[1]
    assert {"sí", "no"} & set(spanish[1].split(","))
    assert "sí" not in english[1].split(",")
    early = Asked(settings, HOUSE, today=date(2026, 9, 15))
    assert "SUMMARY:Promise to pay:" in write_ics(store, early, language="en")


def test_the_calendar_holds_what_is_to_come(
    store: Store, settings: Settings, put: Put, keep: Callable[..., Call]
) -> None:
    keep(
        "b", lines=LINES, promise={"quote": 1, "amount": "80.50", "date": "2026-10-02"}, account="7",
        debtor_name="Núñez; hijo, y\nBEGIN:VEVENT",
    )  # fmt: skip
    put("old")
    text = write_ics(store, Asked(settings, HOUSE, today=TODAY), now=datetime(2026, 9, 30, tzinfo=UTC))
    assert text.count("\r\nBEGIN:VEVENT\r\n") == 1
    assert "DTSTART;VALUE=DATE:20261002\r\nDTEND;VALUE=DATE:20261003\r\n" in text
    whole = text.replace("\r\n ", "")
    assert "SUMMARY:Promesa de pago: Núñez\\; hijo\\, y\\nBEGIN:VEVENT\\, 80.50\r\n" in whole
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_an_agent_exports_nothing_and_sees_own_released_promises_only(
    store: Store, settings: Settings, put: Put
) -> None:
    put("a")
    rosa = agent(store, "rosa")
    assert ledger(store, Asked(settings, rosa, today=TODAY)).total == 0
    with pytest.raises(CoachError, match="no tiene permiso"):
        write_csv(store, Asked(settings, rosa))
    with pytest.raises(CoachError, match="no tiene permiso"):
        import_payments(store, settings, person(store, "lia", "lead"), Path("x.csv"))


def test_a_formula_in_a_csv_is_no_amount(store: Store, settings: Settings, tmp_path: Path) -> None:
    """«=1+1» once read as 11."""
    file = tmp_path / "pagos.csv"
    file.write_text("cuenta,fecha,monto,moneda\n77,2026-11-01,=1+1,MXN\n", encoding="utf-8")
    done = import_payments(store, settings, HOUSE, file)
    assert done.new == 0
    assert "fórmula" in done.faults[0]


def test_a_payment_in_another_currency_is_named_by_its_line_and_stands_beside_the_promise(
    store: Store, settings: Settings, put: Put, pay: Callable[..., Imported]
) -> None:
    put("a")
    put("b", account="10-2")
    done = pay("10-1,2026-09-20,500,USD,x1", "10-2,2026-09-20,500,PEN,x2", "10-2,2026-12-01,9,USD,x3")
    assert done.unlike.startswith("Pagos en otra moneda que la promesa de su cuenta en esos días: 1, en las")
    assert "en las filas 2." in done.unlike
    assert in_english(done.unlike) != done.unlike
    assert other_money.of_promises(store, settings, ["a", "b"]) == {"a": ((Decimal(500), "USD"),)}
    assert pay("10-1,2026-09-21,-500,USD,x1").unlike == ""  # it went back
    assert other_money.of_promises(store, settings, ["a", "b"]) == {}
