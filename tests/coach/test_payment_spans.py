"""What a table of payments tells of, and of what it tells nothing: there no promise is broken."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest

from coach.ledger import Asked, ledger
from coach.payment_spans import Span, gathered, known
from coach.payments import Imported, import_payments
from coach.settings import Settings
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


def test_spans_of_the_same_days_are_told_as_one() -> None:
    days = (date(2026, 11, 1), date(2026, 11, 30))
    spans = [Span("USD", *days, "EC", "A"), Span("USD", *days, "SV", ""), Span("COP", *days)]
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
