"""Scorecards that were stored before there was a field are read as they are."""

from __future__ import annotations

import json

from coach import bodies
from rubrics.types import Scorecard, Verdict


def test_an_older_verdict_has_its_doubt_in_the_reason() -> None:
    verdicts = {"firm": Verdict("pass", "Tal vez pide el pago.", needs_review=True)}
    stored = json.loads(bodies.write_scorecard(Scorecard("c", "cobranza@2", verdicts, None, None, None)))
    del stored["verdicts"]["firm"]["doubt"]
    read = bodies.read_scorecard(json.dumps(stored)).verdicts["firm"]
    assert (read, read.told) == (verdicts["firm"], "Tal vez pide el pago.")
