"""The kinds of check: one module each, `CHECKS` by the name that rubric files use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from nlp.types import Findings
from rubrics.checks import (
    agrees_with_case,
    answers_objections,
    answers_questions,
    asks_or_explores,
    before,
    coded_right,
    contact_frequency,
    contact_hours,
    fact,
    gets_promise,
    identity_first,
    in_order,
    insists,
    manual,
    never_says,
    offers,
    offers_authorized,
    one_channel,
    ratio,
    repeats_back,
    responds,
    says,
    says_after,
    says_often,
    says_some,
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
    "agrees_with_case": Check(agrees_with_case.Params, agrees_with_case.check),
    "answers_objections": Check(answers_objections.Params, answers_objections.check),
    "answers_questions": Check(answers_questions.Params, answers_questions.check),
    "asks_or_explores": Check(asks_or_explores.Params, asks_or_explores.check),
    "before": Check(before.Params, before.check),
    "coded_right": Check(coded_right.Params, coded_right.check),
    "contact_frequency": Check(contact_frequency.Params, contact_frequency.check),
    "contact_hours": Check(contact_hours.Params, contact_hours.check),
    "fact": Check(fact.Params, fact.check),
    "gets_promise": Check(gets_promise.Params, gets_promise.check),
    "identity_first": Check(identity_first.Params, identity_first.check),
    "in_order": Check(in_order.Params, in_order.check),
    "insists": Check(insists.Params, insists.check),
    "manual": Check(manual.Params, manual.check),
    "never_says": Check(never_says.Params, never_says.check),
    "offers": Check(offers.Params, offers.check),
    "one_channel": Check(one_channel.Params, one_channel.check),
    "offers_authorized": Check(offers_authorized.Params, offers_authorized.check),
    "ratio": Check(ratio.Params, ratio.check),
    "repeats_back": Check(repeats_back.Params, repeats_back.check),
    "responds": Check(responds.Params, responds.check),
    "says": Check(says.Params, says.check),
    "says_after": Check(says_after.Params, says_after.check),
    "says_often": Check(says_often.Params, says_often.check),
    "says_some": Check(says_some.Params, says_some.check),
    "talks_over": Check(talks_over.Params, talks_over.check),
    "tells_no_other": Check(tells_no_other.Params, tells_no_other.check),
    "turn_length": Check(turn_length.Params, turn_length.check),
}
