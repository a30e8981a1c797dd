"""The kinds of check: one module each, `CHECKS` by the name that rubric files use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from nlp.types import Findings
from rubrics.checks import (
    answers_objections,
    asks_or_explores,
    gets_promise,
    identity_first,
    insists,
    never_says,
    offers,
    repeats_back,
    says,
    says_after,
    says_often,
    talks_over,
    tells_no_other,
    turn_length,
)
from rubrics.types import Verdict
from transcripts.types import Transcript


@dataclass(frozen=True, slots=True)
class Check:
    """A kind of judgement: `check(transcript, findings, params) -> Verdict`, with `params` of the type
    `params`.
    """

    params: type[BaseModel]
    check: Callable[[Transcript, Findings, Any], Verdict]


CHECKS: dict[str, Check] = {
    "answers_objections": Check(answers_objections.Params, answers_objections.check),
    "asks_or_explores": Check(asks_or_explores.Params, asks_or_explores.check),
    "gets_promise": Check(gets_promise.Params, gets_promise.check),
    "identity_first": Check(identity_first.Params, identity_first.check),
    "insists": Check(insists.Params, insists.check),
    "never_says": Check(never_says.Params, never_says.check),
    "offers": Check(offers.Params, offers.check),
    "repeats_back": Check(repeats_back.Params, repeats_back.check),
    "says": Check(says.Params, says.check),
    "says_after": Check(says_after.Params, says_after.check),
    "says_often": Check(says_often.Params, says_often.check),
    "talks_over": Check(talks_over.Params, talks_over.check),
    "tells_no_other": Check(tells_no_other.Params, tells_no_other.check),
    "turn_length": Check(turn_length.Params, turn_length.check),
}
