"""What a table of payments tells of, and of what it tells nothing: there no promise is broken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest
from sqlalchemy import select

from coach.ledger import Asked, ledger
from coach.payment_spans import Span, known
from coach.payments import Imported, import_payments
from coach.schema_month import payment_spans
from coach.settings import Settings
from coach.spans_told import gathered
from coach.store import Store
from coach.types import Call
from coach.viewers import HOUSE

TODAY = date(2026, 11, 30)
LINES = "A: ¿Cuánto paga y cuándo?\nD: Pago quinientos el veinte.\nA: Quinientos el veinte, ¿correcto?"
Put = Callable[..., Call]
Bring = Callable[..., Imported]


@pytest.fixture
def put(keep: Callable[..., Call]) -> Put:
    """A call of 14 November with a promise of 500 for the 20th."""

    def put(name: str, *, money: str = "COP", country: str = "CO", portfolio: str | None = None) -> Call:
        promise = {"quote": 1, "amount": "500", "date": "2026-11-20", "currency": money}
        return keep(
            name, lines=LINES, promise=promise, account=name, call_started_at=date(2026, 11, 14),
            country=country, portfolio=portfolio,
        )  # fmt: skip

    return put


@pytest.fixture
def bring(store: Store, settings: Settings, tmp_path: Path) -> Bring:
    def bring(*lines: str) -> Imported:
        (tmp_path / "p.csv").write_text("\n".join(["cuenta,fecha,monto,moneda", *lines]), encoding="utf-8")
        return import_payments(store, settings, HOUSE, tmp_path / "p.csv", today=TODAY)

    return bring


def states(store: Store, settings: Settings) -> dict[str, str]:
    return {row.recording_id: row.state for row in ledger(store, Asked(settings, HOUSE, today=TODAY)).rows}


def test_three_lines_of_one_portfolio_break_no_promise_of_others(
    store: Store, settings: Settings, put: Put, bring: Bring
) -> None:
    put("a", portfolio="A")
    put("a2", portfolio="A")
    put("b", portfolio="B")
    put("none")
    put("mx", money="MXN", country="MX", portfolio="A")
    put("ec", money="USD", country="EC")
    put("us", money="USD", country="US")
    done = bring("a,2026-11-28,10,COP", "a,2026-11-29,10,COP", "a,2026-11-30,10,COP")
    assert done.covers == (Span("COP", date(2026, 11, 28), TODAY, "CO", "A"),)
    assert set(states(store, settings).values()) == {"unknown"}
    bring("a,2026-11-14,10,COP", "a,2026-11-23,10,COP", "us,2026-11-14,10,USD", "us,2026-11-23,10,USD")
    assert states(store, settings) == {
        "a": "partial", "a2": "broken", "b": "unknown", "none": "unknown", "mx": "unknown", "ec": "unknown",
        "us": "partial",
    }  # fmt: skip


def test_a_kept_promise_needs_no_cover(store: Store, settings: Settings, put: Put, bring: Bring) -> None:
    put("a")
    bring("a,2026-11-20,500,COP")
    assert states(store, settings) == {"a": "kept"}


@pytest.mark.parametrize(
    ("files", "state"),
    [
        ((("a,2026-11-14", "x,2026-11-23"),), "broken"),  # the file tells of its days, whoever paid
        ((("a,2026-11-15", "x,2026-11-23"),), "unknown"),  # it may have been paid the day of the call
        ((("a,2026-11-14", "x,2026-11-22"),), "unknown"),  # or the last day of grace
        ((("x,2026-11-14", "x,2026-11-23"),), "unknown"),  # accounts that no call has
        ((("a,2026-11-13",), ("a,2026-11-18", "x,2026-11-30")), "broken"),  # a long weekend between files
        ((("a,2026-11-12",), ("a,2026-11-18", "x,2026-11-30")), "unknown"),  # a file lacks between them
        ((("a,2026-09-14", "x,2026-10-31"), ("a,2026-11-16", "a,2026-11-30")), "unknown"),
        ((("a,2026-02-04", "x,2026-11-15", "x,2026-11-30"),), "unknown"),  # a month written wrong
    ],
)
def test_what_a_file_covers(
    store: Store, settings: Settings, put: Put, bring: Bring, files: tuple[tuple[str, ...], ...], state: str
) -> None:
    put("a")
    for lines in files:
        bring(*(f"{line},1,COP" for line in lines))
    (found,) = states(store, settings).values()
    assert found.replace("partial", "broken") == state


def test_the_same_file_again_tells_of_the_portfolios_of_calls_that_came_since(
    store: Store, settings: Settings, put: Put, bring: Bring
) -> None:
    lines = ("a,2026-11-14,1,COP", "b,2026-11-23,1,COP")
    put("a", portfolio="A")
    bring(*lines)
    put("b", portfolio="B")
    assert states(store, settings)["b"] == "unknown"
    assert bring(*lines).known == 2
    assert states(store, settings)["b"] == "partial"
    assert known(store) == (Span("COP", date(2026, 11, 14), date(2026, 11, 23)),)


def days(first: int, last: int) -> tuple[date, date]:
    return date(2026, 11, first), date(2026, 11, last)


def of(store: Store, portfolio: str, currency: str = "COP") -> list[tuple[date, date]]:
    s = payment_spans.c
    its = select(s.first_on, s.last_on).where(s.portfolio == portfolio, s.currency == currency)
    with store.reading() as connection:
        return [(row.first_on, row.last_on) for row in connection.execute(its.order_by(s.first_on))]


def test_daily_files_tell_of_a_small_portfolio_on_the_days_on_which_nobody_pays(
    store: Store, settings: Settings, put: Put, bring: Bring
) -> None:
    put("y", portfolio="Y")
    put("x", portfolio="X")
    put("x2", portfolio="X")
    put("z", portfolio="Z")
    bring("z,2026-11-01,1,COP", "z,2026-11-03,1,COP")  # of a source of its own
    for day in range(1, 29):
        paid = ["x"] if day in (1, 9, 20) else []
        done = bring(*(f"{name},2026-11-{day:02},1,COP" for name in ("y", *paid)))
    assert [one.portfolio for one in done.covers] == ["X", "Y"]
    assert of(store, "X") == [days(1, 28)]
    assert states(store, settings)["x2"] == "broken"
    assert of(store, "Z") == [days(1, 3)]
    assert states(store, settings)["z"] == "unknown"


def test_a_month_without_payments_may_be_another_source(store: Store, put: Put, bring: Bring) -> None:
    put("y", portfolio="Y")
    put("x", portfolio="X")
    bring("y,2026-09-30,1,COP", "x,2026-09-30,1,COP")
    bring("y,2026-10-03,1,COP", "y,2026-10-30,1,COP", "y,2026-11-20,1,COP")
    assert of(store, "X") == [(date(2026, 9, 30), date(2026, 10, 31))]
    assert of(store, "Y") == [(date(2026, 9, 30), date(2026, 11, 20))]


def test_a_payment_that_is_put_right_takes_its_days_along(
    store: Store, settings: Settings, put: Put, tmp_path: Path
) -> None:
    put("a", portfolio="A")

    def bring(*lines: str) -> None:
        head = "cuenta,fecha,monto,moneda,referencia"
        (tmp_path / "r.csv").write_text("\n".join([head, *lines]), encoding="utf-8")
        import_payments(store, settings, HOUSE, tmp_path / "r.csv", today=TODAY)

    bring("a,2026-11-12,1,COP,1", "a,2026-11-14,1,COP,2", "a,2026-11-23,2,COP,3")
    assert states(store, settings) == {"a": "partial"}
    bring("a,2026-11-20,2,COP,3")
    assert of(store, "A") == [days(12, 20)]
    assert states(store, settings) == {"a": "unknown"}
    bring("a,2026-11-12,1,USD,1", "a,2026-11-14,1,USD,2", "a,2026-11-20,2,USD,3")
    assert (of(store, "A"), of(store, "A", "USD")) == ([], [days(12, 20)])


def test_a_portfolio_that_comes_late_keeps_what_was_told_of_its_account(
    store: Store, settings: Settings, put: Put, bring: Bring
) -> None:
    put("a")
    put("b")
    bring("a,2026-11-14,1,COP", "b,2026-11-23,1,COP")
    assert set(states(store, settings).values()) == {"partial"}
    store.update_recording(replace(store.recording("a"), portfolio="A"))
    assert set(states(store, settings).values()) == {"partial"}
    assert (of(store, ""), of(store, "A")) == ([days(14, 23)], [days(14, 23)])
    store.update_recording(replace(store.recording("b"), portfolio="B"))
    assert (of(store, ""), of(store, "B")) == ([], [days(14, 23)])  # of no portfolio nobody has paid
    assert set(states(store, settings).values()) == {"partial"}


def test_no_days_are_known_that_only_lie_between_two_portfolios(store: Store, put: Put, bring: Bring) -> None:
    put("a", portfolio="A")
    put("b", portfolio="B")
    bring("a,2026-11-01,1,COP", "a,2026-11-10,1,COP")
    bring("b,2026-11-13,1,COP", "b,2026-11-20,1,COP")
    assert known(store) == (Span("COP", *days(1, 10)), Span("COP", *days(13, 20)))


def test_spans_of_the_same_days_are_told_as_one() -> None:
    its = days(1, 30)
    spans = [Span("USD", *its, "EC", "A"), Span("USD", *its, "SV", ""), Span("COP", *its)]
    assert [(one.money, one.portfolios) for one in gathered(spans)] == [
        ("COP", ("",)),
        ("USD (EC, SV)", ("", "A")),
    ]


def test_an_older_store_knows_what_its_payments_tell(
    store: Store, settings: Settings, put: Put, bring: Bring
) -> None:
    put("a", portfolio="A")
    bring("a,2026-09-01,1,COP", "a,2026-11-14,1,COP", "a,2026-11-23,1,COP")
    migration = import_module("coach.migrations.versions.0036_payment_spans")
    with store.writing() as connection:
        rows = migration._of_before(connection)
    assert [(row["portfolio"], row["first_on"], row["last_on"]) for row in rows] == [
        ("A", date(2026, 9, 1), date(2026, 9, 1)),
        ("A", date(2026, 11, 14), date(2026, 11, 23)),
    ]


@pytest.mark.parametrize(
    "line", ['a,20/11/2026,"1,5E+03",COP', "a,32/11/2026,500,COP", "a,20/11/2026,=SUM(A1),COP"]
)
def test_a_line_that_nobody_could_read_breaks_no_promise_of_its_account(
    store: Store, settings: Settings, put: Put, bring: Bring, line: str
) -> None:
    put("a")
    put("b")
    rest = ("x,2026-11-01,1,COP", "b,2026-11-12,1,COP", "x,2026-11-28,1,COP")
    assert len(bring(*rest, line).faults) == 1
    assert states(store, settings) == {"a": "unknown", "b": "broken"}
    bring("a,2026-12-01,1,COP")  # of other days, and of no day yet
    assert states(store, settings)["a"] == "unknown"
    bring(*rest, "a,2026-11-20,1,COP")  # the same file, put right
    assert states(store, settings) == {"a": "partial", "b": "broken"}


def test_a_line_without_money_is_no_doubt(store: Store, settings: Settings, put: Put, bring: Bring) -> None:
    put("a")
    bring("a,2026-11-01,1,COP", "a,2026-11-20,0,COP", "a,,,", "a,2026-11-28,1,COP")
    assert states(store, settings) == {"a": "broken"}
