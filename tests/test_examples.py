"""The demo history: as the maker makes it, in the form that we import, within lawful hours."""

from __future__ import annotations

import importlib
import json
import subprocess
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
DEMO = EXAMPLES / "history" / "demo_calls.jsonl"
KEYS = {
    "id": str,
    "call_started_at": str,
    "agent": (str, type(None)),
    "agent_login": (str, type(None)),
    "company": str,
    "debtor_name": str,
    "country": str,
    "portfolio": str,
    "account": str,
    "call_type": str,
    "disposition": str,
    "amount_due": (int, float),
    "currency": str,
    "days_late": int,
    "product": str,
    "creditor": str,
    "demo": bool,
    "turns": list,
}


@pytest.fixture(scope="module")
def maker() -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(EXAMPLES))
        yield importlib.import_module("make_history")


@pytest.fixture(scope="module")
def calls() -> list[dict[str, Any]]:
    return [json.loads(line) for line in DEMO.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def holidays(maker: Any) -> dict[str, list[str]]:
    countries = maker.load_pools(EXAMPLES / "history" / "pools")["countries"]
    return {code: place["holidays"] for code, place in countries.items()}


def composed(calls: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [call for call in calls if call["id"].startswith("h4-")]


def said(calls: list[dict[str, Any]], speaker: str) -> list[str]:
    return [turn["text"] for call in calls for turn in call["turns"] if turn["speaker"] == speaker]


def test_the_file_is_what_the_maker_makes(maker: Any, tmp_path: Path) -> None:
    maker.write(maker.history(), tmp_path / "again.jsonl")
    assert (tmp_path / "again.jsonl").read_bytes() == DEMO.read_bytes(), "run python examples/make_history.py"


def test_every_call_has_the_keys_of_the_machine_interface(calls: list[dict[str, Any]]) -> None:
    assert len(calls) >= 300
    assert len({call["id"] for call in calls}) == len(calls)
    for call in calls:
        assert list(call) == list(KEYS), call["id"]
        assert all(isinstance(call[key], kind) for key, kind in KEYS.items()), call["id"]
        assert call["demo"] is True
        assert datetime.fromisoformat(call["call_started_at"]).utcoffset() is not None


def test_turns_run_forward_and_hold_no_open_slot(calls: list[dict[str, Any]]) -> None:
    for call in calls:
        starts = [turn["start"] for turn in call["turns"]]
        assert starts == sorted(starts), call["id"]
        for turn in call["turns"]:
            assert set(turn) == {"speaker", "start", "end", "text"}
            assert turn["speaker"] in {"agent", "debtor", "other"}
            assert 0 <= turn["start"] < turn["end"]
            assert turn["text"] == turn["text"].strip() != ""
            assert not set("{}[]") & set(turn["text"]), turn["text"]


def test_calls_are_made_on_working_days_within_hours(
    calls: list[dict[str, Any]], holidays: dict[str, list[str]]
) -> None:
    for call in calls:
        at = datetime.fromisoformat(call["call_started_at"])
        assert date(2026, 8, 24) <= at.date() <= date(2026, 11, 18), call["id"]
        assert at.weekday() < 5, call["id"]
        assert at.date().isoformat() not in holidays.get(call["country"], []), call["id"]
        assert 7 <= at.hour < (19 if call["country"] == "CO" else 20) or call["country"] == "MX", call["id"]


def test_debts_fell_due_before_the_call(calls: list[dict[str, Any]]) -> None:
    assert all(call["amount_due"] > 0 and call["days_late"] > 0 for call in calls)


def test_agents_and_the_unassigned(calls: list[dict[str, Any]]) -> None:
    by_login = Counter(call["agent_login"] for call in calls)
    assert by_login.pop(None) == 6
    assert len(by_login) == 9
    assert min(by_login.values()) >= 20


def test_people_do_not_repeat_one_another(calls: list[dict[str, Any]]) -> None:
    assert max(Counter(said(calls, "debtor")).values()) <= 20  # «Adiós.»
    long = [text for text in said(calls, "debtor") if len(text.split()) > 6]
    assert max(Counter(long).values()) <= 6
    assert len(set(long)) / len(long) > 0.85
    agents = said(calls, "agent")
    assert len(set(agents)) / len(agents) > 0.85


def test_a_composed_call_keeps_its_amount(calls: list[dict[str, Any]]) -> None:
    """The debt, where it is told in digits, is the debt of the case."""
    told = 0
    for call in composed(calls):
        amount = call["amount_due"]
        forms = {f"{amount:,}", f"{amount:,}".replace(",", "."), str(amount), str(amount).replace(".", ",")}
        told += any(form in turn["text"] for turn in call["turns"] for form in forms)
    assert told > 120


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (21, "veintiuno"),
        (100, "cien"),
        (1_101, "mil ciento uno"),
        (21_500, "veintiún mil quinientos"),
        (131_000, "ciento treinta y un mil"),
        (1_352_000, "un millón trescientos cincuenta y dos mil"),
    ],
)
def test_numbers_in_words(maker: Any, number: int, words: str) -> None:
    speech = importlib.import_module("history.speech")
    assert speech.in_words(number) == words


def test_dates_are_said_as_people_say_them(maker: Any) -> None:
    speech = importlib.import_module("history.speech")
    today = date(2026, 8, 27)
    assert speech.short_date(today + timedelta(days=1), today, "digits") == "mañana"
    assert speech.short_date(date(2026, 8, 31), today, "digits") == "el lunes"
    assert speech.full_date(date(2026, 9, 1), today, "words") == "el martes primero de septiembre"


def test_two_seeds_give_two_histories(maker: Any) -> None:
    assert maker.history(7)[0] != maker.history(8)[0] or maker.history(7)[50] != maker.history(8)[50]


@pytest.mark.parametrize(("given", "port"), [((), False), (("PORT=8600",), True)])
def test_make_leaves_the_port_to_the_settings(given: tuple[str, ...], port: bool) -> None:
    shown = subprocess.run(
        ["make", "-n", "app", *given], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert ("--port 8600" in shown) is port
    assert ("--port" in shown) is port
