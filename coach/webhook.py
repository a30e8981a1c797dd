"""Tells a program of the house at once when a call may hold a critical failure: one signed POST, tried again.

The message names the call and the criterion, never words of a call or of a person. Its signature is that of
`signature`: whoever receives it computes the same with the shared secret and compares.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import urlencode

from sqlalchemy import Row, insert, select, update

from coach.posting import post
from coach.schema import recordings
from coach.schema_out import deliveries
from coach.sections import Webhook
from coach.settings import Settings
from coach.store import Store
from coach.types import Call
from coach.words import stands

log = logging.getLogger(__name__)

WAITS = tuple(timedelta(minutes=n) for n in (1, 5, 30, 120, 720))  # before each further attempt; then no more
AT_ONCE = 20
TOLD_FOR = timedelta(days=7)  # that a message did not arrive
HEADER = "Temple-Signature"


def announce(store: Store, settings: Settings, call: Call) -> int:
    """Write down what is to be told of a call just judged; gives how many messages are new.

    The same failure of the same call is told once, however often the call is judged, and none on which a
    person has had a word.
    """
    failures = call.scorecard.critical_failures
    if not failures or not settings.webhook.url or call.transcript.recording.demo:
        return 0
    open_still = stands(store, settings, replace(call, review=store.call(call.id).review)).to_confirm
    failures = tuple(one for one in failures if one in open_still)
    new = 0
    now = datetime.now(UTC)
    with store.writing() as connection:
        its = deliveries.c.recording_id == call.id
        told = set(connection.scalars(select(deliveries.c.criterion).where(its)))
        for criterion in failures:
            if criterion not in told:
                values = {
                    "kind": "critical.possible", "recording_id": call.id, "criterion": criterion,
                    "created_at": now, "attempts": 0, "next_at": now, "error": "",
                }  # fmt: skip
                connection.execute(insert(deliveries).values(**values))
                new += 1
    return new


def send_due(store: Store, settings: Settings, *, now: datetime | None = None) -> int:
    """Send what is due; gives how many arrived. What did not is tried later, or given up with its reason."""
    if not settings.webhook.url:
        return 0
    now = now or datetime.now(UTC)
    due = (
        select(deliveries, recordings.c.agent_login, recordings.c.portfolio, recordings.c.country)
        .join(recordings, recordings.c.id == deliveries.c.recording_id)
        .where(deliveries.c.next_at <= now)
        .order_by(deliveries.c.id)
        .limit(AT_ONCE)
    )
    with store.reading() as connection:
        rows = connection.execute(due).all()
    arrived = 0
    for row in rows:
        if row.criterion not in _to_confirm(store, settings, row.recording_id):
            _drop(store, row)  # a person has had a word since, or it is judged otherwise
            continue
        error = _post(settings.webhook, _message(row, settings.webhook), now)
        _note(store, row, error, now)
        if error:
            break  # whoever does not answer would keep the worker from its calls; the rest stays due
        arrived += 1
    return arrived


class InVain(NamedTuple):
    """The calls of messages that did not arrive, one for each message: tried again, and given up."""

    again: tuple[str, ...] = ()
    given_up: tuple[str, ...] = ()


def not_arrived(store: Store, settings: Settings, *, now: datetime | None = None) -> InVain:
    """Those of the last days."""
    if not settings.webhook.url:
        return InVain()
    its = deliveries.c
    recent = its.created_at >= (now or datetime.now(UTC)) - TOLD_FOR
    vain = select(its.recording_id, its.next_at).where(its.error != "", recent).order_by(its.id)
    with store.reading() as connection:
        rows = connection.execute(vain).all()
    return InVain(
        tuple(row.recording_id for row in rows if row.next_at is not None),
        tuple(row.recording_id for row in rows if row.next_at is None),
    )


def retry(store: Store, settings: Settings, recording_id: str = "") -> tuple[str, ...]:
    """Have messages that were given up, of all calls or of this one, sent again as if they were new; gives
    their calls. None on which a person has had a word meanwhile.
    """
    its = deliveries.c
    given_up = select(its.id, its.recording_id, its.criterion).order_by(its.id)
    given_up = given_up.where(its.error != "", its.next_at.is_(None))
    if recording_id:
        given_up = given_up.where(its.recording_id == recording_id)
    with store.reading() as connection:
        rows = connection.execute(given_up).all()
    open_still = {one: _to_confirm(store, settings, one) for one in {row.recording_id for row in rows}}
    asked = [row for row in rows if row.criterion in open_still[row.recording_id]]
    anew = {"attempts": 0, "error": "", "next_at": datetime.now(UTC)}
    with store.writing() as connection:
        for row in asked:
            connection.execute(update(deliveries).where(its.id == row.id).values(**anew))
    return tuple(row.recording_id for row in asked)


def try_out(settings: Settings, *, now: datetime | None = None) -> str:
    """Send a message of no call, signed as all are; gives why it did not arrive, empty where it did."""
    now = now or datetime.now(UTC)
    told = {"id": "test", "event": "test", "call": None, "criterion": None, "found_at": now.isoformat()}
    return _post(settings.webhook, json.dumps(told).encode(), now)


def signature(secret: str, instant: int, body: bytes) -> str:
    """`t=INSTANT,v1=HEX`: HMAC-SHA256 with the shared secret over «INSTANT.BODY»; seconds since 1970, so that
    an old message cannot be sent again.
    """
    mark = hmac.new(secret.encode(), f"{instant}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={instant},v1={mark}"


def _message(row: Row[Any], webhook: Webhook) -> bytes:
    told = {
        "id": _mark(row),
        "event": row.kind,
        "call": row.recording_id,
        "criterion": row.criterion,
        "agent_login": row.agent_login,
        "portfolio": row.portfolio,
        "country": row.country,
        "found_at": row.created_at.isoformat(),
        "confirmed": False,
    }
    if webhook.address:
        told["link"] = f"{webhook.address.rstrip('/')}/call?{urlencode({'call': row.recording_id})}"
    return json.dumps(told, ensure_ascii=False).encode()


def _mark(row: Row[Any]) -> str:
    """The same at each attempt, and no other message's ever: numbers of rows come again where calls are
    erased or a backup is restored.
    """
    of = json.dumps([row.kind, row.recording_id, row.criterion, row.created_at.isoformat()])
    return hashlib.sha256(of.encode()).hexdigest()[:32]


def _to_confirm(store: Store, settings: Settings, recording_id: str) -> Collection[str]:
    """The critical failures of the call that wait for a person; none where its words are erased."""
    return (
        () if store.wordless(recording_id) else stands(store, settings, store.call(recording_id)).to_confirm
    )


def _drop(store: Store, row: Row[Any]) -> None:
    with store.writing() as connection:
        dropped = update(deliveries).where(deliveries.c.id == row.id)
        connection.execute(dropped.values(next_at=None, error=""))


def _post(webhook: Webhook, body: bytes, now: datetime) -> str:
    """Why it did not arrive; empty where it did."""
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        HEADER: signature(webhook.secret.get_secret_value(), int(now.timestamp()), body),
    }
    return post(webhook.url, body, headers, webhook.timeout_s)


def _note(store: Store, row: Row[Any], error: str, now: datetime) -> None:
    values: dict[str, Any] = {"attempts": row.attempts + 1, "error": error}
    if not error:
        values |= {"delivered_at": now, "next_at": None}
    elif row.attempts < len(WAITS):
        values |= {"next_at": now + WAITS[row.attempts]}
        log.warning("message %s did not arrive, attempt %s: %s", row.id, row.attempts + 1, error)
    else:
        values |= {"next_at": None}
        log.warning("message %s was given up after %s attempts: %s", row.id, row.attempts + 1, error)
    with store.writing() as connection:
        connection.execute(update(deliveries).where(deliveries.c.id == row.id).values(**values))
