"""Small calls for tests: a transcript from a few lines, and findings by hand.

call = dialogue('''
    A: Buenas tardes, le habla Ana Ruiz, de Crédito Norte.
    D: No tengo dinero.
''')
findings = found(call, "greets@0", "no_money@1: No tengo dinero")
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from nlp.types import Finding, Findings, People, Promise, TalkStats
from transcripts.types import (
    CaseFacts,
    Contact,
    Quote,
    Recording,
    Speaker,
    StretchKind,
    Transcript,
    Trust,
    Turn,
)

SPEAKERS: dict[str, Speaker] = {"A": "agent", "D": "debtor", "O": "other", "U": "unknown"}
_LINE = re.compile(
    r"^\s*(?P<who>[ADOU])(?:\[(?P<start>[\d.]+)[-–](?P<end>[\d.]+)\])?(?:\{(?P<doubt>\w+)\})?:\s*(?P<text>.*?)\s*$"
)
_FOUND = re.compile(r"^(?P<label>\w+)@(?P<turn>\d+)(?:\*(?P<score>[\d.]+))?(?::\s*(?P<text>.*))?$")


def dialogue(lines: str, *, trust: Trust | None = None, **recording: Any) -> Transcript:
    """The call told in `lines`, one turn each.

    A (agent), D (debtor), O (other) or U (unknown), then `[start-end]` seconds and `{doubt}` where wanted:
    «A[0-3.5]: Hola.», «D{low_confidence}: mmm». Lines that begin otherwise go on the turn before.
    `recording` gives fields of the Recording; those of CaseFacts may be given beside them.
    """
    turns: list[Turn] = []
    for line in lines.strip().splitlines():
        match = _LINE.match(line)
        if match is None:
            turns[-1] = replace(turns[-1], text=f"{turns[-1].text} {line.strip()}")
            continue
        start, end = (float(at) if at else None for at in match.group("start", "end"))
        doubt: StretchKind | None = match["doubt"]  # type: ignore[assignment]
        turns.append(Turn(SPEAKERS[match["who"]], match["text"], start, end, doubt=doubt))
    facts = {k: recording.pop(k) for k in list(recording) if k in CaseFacts.__dataclass_fields__}
    if "amount_due" in facts:
        facts["amount_due"] = Decimal(str(facts["amount_due"]))
    if facts.get("authorized_offers") is not None:
        facts["authorized_offers"] = tuple(facts["authorized_offers"])
    if facts.get("contacts") is not None:
        facts["contacts"] = tuple(
            Contact(**{**one, "at": datetime.fromisoformat(one["at"])}) for one in facts["contacts"]
        )
    if isinstance(recording.get("call_started_at"), str):
        at = recording["call_started_at"]
        recording["call_started_at"] = (date if len(at) <= 10 else datetime).fromisoformat(at)
    about = Recording(**{"id": "prueba", "facts": CaseFacts(**facts), **recording})
    return Transcript(about, tuple(turns), trust=trust or Trust())


def quote(call: Transcript, place: int | str) -> Quote:
    """`3` is the whole of turn 3, «3: mil pesos» those words of it; the words must be there."""
    turn, _, words = str(place).partition(":")
    text = call.turns[int(turn)].text
    words = words.strip() or text
    start = text.find(words)
    assert start >= 0, f"«{words}» is not in turn {turn}: «{text}»"
    return call.quote(int(turn), start, start + len(words))


def found(
    call: Transcript,
    *labels: str,
    promise: dict[str, Any] | None = None,
    people: dict[str, Any] | None = None,
    talk: dict[str, Any] | None = None,
) -> Findings:
    """Findings by hand: «label@turn», «label@turn*score», «label@turn: words» (a score of 0.9 by default).

    `promise` takes the fields of Promise, quotes written as `quote` reads them, amounts and dates as text;
    `people` is a debtor who was reached unless it says otherwise.
    """
    return Findings(
        tuple(_finding(call, label) for label in labels),
        _promise(call, promise) if promise else None,
        TalkStats(**({**talk, "interruptions": tuple(talk.get("interruptions", ()))} if talk else {})),
        People(**{"debtor_reached": True, **(people or {})}),
    )


def _finding(call: Transcript, written: str) -> Finding:
    match = _FOUND.match(written)
    assert match, f"«{written}»: write label@turn, label@turn*score or label@turn: words"
    place = f"{match['turn']}:{match['text'] or ''}"
    return Finding(
        match["label"], quote(call, place), float(match["score"] or 0.9), f"rule:{match['label']}/1"
    )


def _promise(call: Transcript, fields: dict[str, Any]) -> Promise:
    values = dict(fields)
    for name in ("quote", "read_back", "confirmed"):
        if name in values:
            values[name] = quote(call, values[name])
    if "amount" in values:
        values["amount"] = Decimal(str(values["amount"]))
    if "date" in values:
        values["date"] = date.fromisoformat(str(values["date"]))
    return Promise(**values)
