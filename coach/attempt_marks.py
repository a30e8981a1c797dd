"""Points by rule of an attempt that was graded, out of the JSON of what its trainee was shown."""

from __future__ import annotations

import json
from collections.abc import Mapping

Got = tuple[int, int]  # points of so many


def marks_of(grade: str) -> Mapping[str, Got]:
    """By rule, in their order; none of an attempt that is not graded yet."""
    kept = json.loads(grade) if grade else {}
    return {one["id"]: (int(one["got"]), int(one["of"])) for one in kept.get("marks", ())}


def is_critical(grade: str) -> bool:
    """Whether a critical word made the attempt worth nothing."""
    return bool(json.loads(grade).get("broken")) if grade else False
