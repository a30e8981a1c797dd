"""Dates, durations, money, points: as the house writes them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest

from coach import written
from coach.intervals import Mean
from coach.kappa import Share
from coach.types import CoachError
from views import _calibration_trust, _formats, _session


def test_a_day_is_short_and_without_stops() -> None:
    assert _formats.day(date(2025, 9, 25)) == "jue 25 sep 2025"


def test_an_unknown_day_says_so() -> None:
    assert _formats.day(None) == "sin fecha"


def test_the_hour_is_told_only_where_it_is_known() -> None:
    assert _formats.hour(datetime(2025, 9, 25, 17, 5)) == "17:05"
    assert _formats.hour(date(2025, 9, 25)) == ""


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.0, "0 s"),
        (58.4, "58 s"),
        (252.0, "4 min 12 s"),
        (59.6, "1 min 0 s"),
        (3720.0, "1 h 2 min"),
        (None, "—"),
    ],
)
def test_durations(seconds: float | None, text: str) -> None:
    assert _formats.duration(seconds) == text


@pytest.mark.parametrize(
    ("amount", "currency", "country", "text"),
    [
        ("2180", "MXN", "MX", "$2,180"),
        ("2180.50", "MXN", "MX", "$2,180.50"),
        ("2180", "COP", "CO", "$2.180"),
        ("1250", "EUR", "ES", "1.250 €"),
        ("12500", "EUR", "ES", "12.500 €"),
        ("350", "PEN", "PE", "S/ 350"),
        ("900", "USD", "MX", "USD900"),
        ("900", None, "MX", "900"),
        ("1250.50", None, "MX", "1,250.50"),
        ("1250.5", None, "CO", "1.250,50"),
        ("900", "MXN", "??", "MXN900"),
    ],
)
def test_money_in_the_countrys_form(
    amount: str, currency: str | None, country: str | None, text: str
) -> None:
    shown = _formats.money(Decimal(amount), currency, country)
    assert shown.replace("\xa0", " ") == text


def test_no_amount_is_a_dash() -> None:
    assert _formats.money(None, "MXN", "MX") == "—"


def test_points_are_a_range_while_verdicts_wait() -> None:
    assert _formats.points(71.4, 66.0, 78.2) == "66–78"


def test_points_are_one_number_when_nothing_waits() -> None:
    assert _formats.points(81.6, 81.6, 81.6) == "82"


def test_a_call_without_points_has_a_dash() -> None:
    assert _formats.points(None, None, None) == "—"


def test_a_mean_is_never_without_what_it_stands_on() -> None:
    assert _formats.based(Mean(14, 82.3, 6.1)) == "82 ± 6, 14 llamadas"
    assert _formats.based(Mean(1, 82.3, None)) == "82, 1 llamada"


def test_a_few_values_make_no_interval_and_none_leaves_the_scale() -> None:
    assert _formats.mean(Mean(2, 50.0, 635.3)) == "50"
    assert _formats.mean(Mean(4, 27.0, 69.0)) == "27"
    assert _formats.mean(Mean(5, 60.0, 74.0)) == "60 ± 60"
    assert _formats.mean(Mean(9, 97.0, 5.0)) == "97 ± 5"


def test_a_share_says_what_it_is_of() -> None:
    assert _formats.shared(Share(7, 10)).replace("\xa0", " ") == "70 % de 10 llamadas (40–89 %)"
    assert _formats.shared(Share(1, 1)).replace("\xa0", " ").startswith("100 % de 1 llamada (")


def test_shares() -> None:
    assert _formats.percent(0.554).replace("\xa0", " ") == "55 %"
    assert _formats.percent(1 / 8).replace("\xa0", " ") == "13 %"  # a half goes up
    assert _formats.percent(0.285).replace("\xa0", " ") == "29 %"


@pytest.mark.parametrize(("country", "text"), [("MX", "8.7"), ("CO", "8,7"), ("PE", "8.7"), (None, "8.7")])
def test_a_fraction_has_the_sign_that_money_has_in_that_country(country: str | None, text: str) -> None:
    assert _formats.brief(8.7, country) == text
    assert _formats.brief(-20.0, country) == "\u221220"


def test_what_is_of_no_call_is_written_as_the_house_s_country_does(monkeypatch: pytest.MonkeyPatch) -> None:
    for country, text in (("CO", "0,40"), ("MX", "0.40"), ("", "0.40")):
        house = SimpleNamespace(country=country)
        monkeypatch.setattr(_session, "settings", lambda house=house: house)
        assert _formats.decimal(0.4) == text
        assert _formats.decimal(0.4, country="PE") == "0.40"  # a call's own goes first


def test_a_sum_whose_country_is_not_told_is_written_as_where_it_is_the_money() -> None:
    assert written.money(Decimal(140000), "CLP", None).replace("\xa0", " ") == "CLP 140.000"
    assert written.money(Decimal(2180), "MXN", None).replace("\xa0", " ") == "MXN 2,180"
    assert written.money(Decimal(2180), "USD", None).replace("\xa0", " ") == "USD 2,180"


def test_the_ends_of_an_interval_are_rounded_once() -> None:
    """Wilson's of one of two is 9.45 to 90.55 %."""
    assert _formats.interval(Share(1, 2)) == "9–91 %"
    assert _calibration_trust.share(Share(1, 2))["sub"] == "9–91 %"


@pytest.mark.parametrize("country", ["MX", "CO", "PE", "CL", "AR", "ES", "EC", "GT", "US", None])
def test_a_sum_in_a_field_is_written_as_in_its_country_and_read_back_whole(country: str | None) -> None:
    for value in ("100000", "0.5", "12.30", "999.99", "1250.5", "2180", "1234567.89", "250000000"):
        exact = Decimal(value)
        assert written.read_amount(f" {written.amount(exact, country)} ", None, country) == exact
    assert written.read_amount("", Decimal(3), country) is None


def test_a_sum_that_was_left_as_it_was_loses_nothing() -> None:
    assert written.amount(Decimal(100000), "CO") == "100.000"
    assert written.read_amount("37,12", Decimal("37.1234"), "CL") == Decimal("37.1234")


def test_what_is_no_sum_is_refused_with_how_one_is_written_there() -> None:
    with pytest.raises(CoachError, match=r"^«1\.25\.0» no es .* Escríbalo como 2\.180,50\.$"):
        written.read_amount("1.25.0", None, "CO")
    with pytest.raises(CoachError, match=r"Escríbalo como 2,180\.50\.$"):
        written.read_amount("mucho", None, "MX")
