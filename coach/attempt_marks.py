"""What is kept of a graded attempt, as JSON: marks by rule, critical words, whether the goal was won."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from drills.grade import Grade

Got = tuple[int, int]  # points of so many


def written(grade: Grade) -> str:
    """The grade as it is kept beside its attempt."""
    marks = [
        {"id": one.id, "got": one.got, "of": one.of, "quote": one.quote, "better": one.better,
         "values": {name: str(value) for name, value in one.values.items()}}
        for one in grade.marks
    ]  # fmt: skip
    kept: dict[str, Any] = {
        "marks": marks, "critical": [asdict(one) for one in grade.critical], "won": grade.won,
        "better": list(grade.better),
    }  # fmt: skip
    return json.dumps(kept, ensure_ascii=False)


def marks_of(text: str) -> Mapping[str, Got]:
    """The points by rule of a grade that is kept, in their order; none of one that is not graded yet."""
    kept = json.loads(text) if text else {}
    return {one["id"]: (int(one["got"]), int(one["of"])) for one in kept.get("marks", ())}


def is_critical(text: str) -> bool:
    """Whether a critical word made the attempt worth nothing."""
    return bool(json.loads(text).get("critical")) if text else False
