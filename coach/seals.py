"""What the seal of a month is over: all of it but the ids of its calls, in whose place stands a digest.

Whose salt is thrown away with the id when the call is erased: then nobody can try ids until one fits, what
is under the seal is the same to the letter, and the call is known by its new id. Months of stores from before
get their digests when the store is opened, and no seal over ids is left (migration 0040).
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from typing import Any

ERASED = "borrada-"  # how the new ids of erased calls begin
_ID, _SALT, _MARK = "recording_id", "salt", "mark"


def canonical(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def new_id() -> str:
    """One that says nothing."""
    return f"{ERASED}{secrets.token_hex(6)}"


def marked(call: Mapping[str, Any], salts: Mapping[str, str]) -> dict[str, Any]:
    """A call of a month, with what stands for its id under the seal; `salts` as `salts_of` has them."""
    salt = salts.get(call[_ID]) or secrets.token_hex(16)
    return {**call, _SALT: salt, _MARK: _mark(salt, call[_ID])}


def salts_of(body: str) -> dict[str, str]:
    """The salts of a month that was prepared before, by call: what has not changed has the same seal."""
    return {call[_ID]: call.get(_SALT, "") for call in json.loads(body)["calls"]}


def unmarked(call: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in call.items() if name not in (_SALT, _MARK)}


def under(body: str) -> str:
    """What is sealed of the body of a month. An id that is not its mark's is left in, and breaks the seal."""
    held = json.loads(body)
    return canonical(held | {"calls": [_without_id(call) if _fits(call) else call for call in held["calls"]]})


def renamed(body: str, names: Mapping[str, str]) -> str:
    """The body with new ids in the place of old ones."""
    held = json.loads(body)
    return canonical(held | {"calls": [_renamed(call, names) for call in held["calls"]]})


def _renamed(call: dict[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    return call | {_ID: names[call[_ID]], _SALT: ""} if call[_ID] in names else call


def _fits(call: Mapping[str, Any]) -> bool:
    if not call.get(_SALT):
        return _MARK in call and call[_ID].startswith(ERASED)
    return bool(call.get(_MARK) == _mark(call[_SALT], call[_ID]))


def _without_id(call: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in call.items() if name not in (_ID, _SALT)}


def _mark(salt: str, recording_id: str) -> str:
    return hashlib.sha256(f"{salt}:{recording_id}".encode()).hexdigest()
