"""Promises to pay, told as calls: see `tests/cases/promises.yaml`."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from nlp.promises import find_promise, promise_in
from nlp.types import Finding, Promise
from transcripts.types import CaseFacts, Quote, Recording, Speaker, Transcript, Turn

CASES: list[dict[str, Any]] = YAML(typ="safe").load(
    (Path(__file__).parents[1] / "cases" / "promises.yaml").read_text(encoding="utf-8")
)
SPEAKERS: dict[str, Speaker] = {"A": "agent", "D": "debtor", "O": "other"}


def call(case: dict[str, Any]) -> Transcript:
    turns = [line.split(": ", 1) for line in case["call"].strip().splitlines()]
    due = Decimal(str(case["due"])) if "due" in case else None
    recording = Recording(
        case["id"], call_started_at=case["date"], country=case["country"], facts=CaseFacts(amount_due=due)
    )
    return Transcript(recording, tuple(Turn(SPEAKERS[who], said) for who, said in turns))


def quotes_of(promise: Promise) -> list[Quote]:
    return [q for q in (promise.quote, promise.read_back, promise.confirmed) if q is not None]


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_promise(case: dict[str, Any]) -> None:
    transcript = call(case)

    promise = find_promise(transcript)

    expected = case["promise"]
    if expected is None:
        assert promise is None
        return
    assert promise is not None
    assert (promise.amount, promise.date) == (Decimal(str(expected["amount"])), expected["date"])
    if "turn" in expected:
        assert promise.quote.turn == expected["turn"]
    if "channel" in expected:
        assert promise.channel == expected["channel"]
    for part in ("read_back", "confirmed"):
        if part in case:
            quote = getattr(promise, part)
            assert (quote.turn if quote else None) == case[part], part
    for quote in quotes_of(promise):
        assert transcript.turns[quote.turn].text[quote.start : quote.end] == quote.text
    assert transcript.turns[promise.quote.turn].speaker != "agent"
