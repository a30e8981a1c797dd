"""The day of what was done is that of the reader's clock: stored instants are UTC."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from views import _address, _formats


@pytest.mark.parametrize(
    ("zone", "told"),
    [
        ("Europe/Madrid", "jue 1 oct 2026"),
        ("America/Lima", "mié 30 sep 2026"),
        (None, "mié 30 sep 2026"),
        ("no/hay", "mié 30 sep 2026"),
    ],
)
def test_a_day_is_that_where_the_browser_is(
    monkeypatch: pytest.MonkeyPatch, zone: str | None, told: str
) -> None:
    monkeypatch.setattr(_address, "st", SimpleNamespace(context=SimpleNamespace(timezone=zone)))
    monkeypatch.setattr(_formats, "language", lambda: "es")
    assert _address.day(datetime(2026, 9, 30, 22, 30, tzinfo=UTC)) == told
