"""What the call is about: whether the trainee has told it, and whether the words are beside it.

    names_subject(text, scenario)    # the debt, a payment, the creditor or what was bought
    beside(transcript, turn)         # weather, football, something else to sell, and nothing of the matter

To call good words off the subject would be worse than to miss some that are: only what `subject.yaml` lists
is beside the point, and only where nothing of the matter is said, by the trainee or before by the debtor.
"""

from __future__ import annotations

import re
from collections.abc import Container
from functools import cache
from pathlib import Path

from drills.scenario import Scenario
from nlp.cues import read_yaml
from nlp.text import bare, plain
from transcripts.types import Transcript

BESIDE = "beside"  # finding of a turn that is beside the point
# what holds in such a turn all the same: who speaks to whom, goodbyes, and what was said in so many words
KEPT = frozenset(
    "greeting greets debtor_name says_own_name says_company tuteo polite_close goodbye leaves".split()
)
LONG = 5  # letters of a word that tells what the call is about


def tells_caller(scenario: Scenario, text: str, acts: Container[str]) -> bool:
    """Whether the name of who calls, or the company's, is in what was said."""
    company = any(len(word) >= LONG and word in plain(text) for word in plain(scenario.agent_company).split())
    return company or "says_own_name" in acts or "says_company" in acts


def names_subject(text: str, scenario: Scenario) -> bool:
    """Whether the words tell what the call is about: the matter of such calls, or the case."""
    said = bare(text)
    if _found("sales", said) and not _found("debt", said):
        return False
    return bool(_found("matter", said)) or names_case(text, scenario)


def names_case(text: str, scenario: Scenario) -> bool:
    """Whether the words name the creditor or what was bought."""
    said = set(plain(text).split())
    named = plain(f"{scenario.creditor} {scenario.product}").split()
    return any(len(word) >= LONG and word in said for word in named)


def expects(line: str) -> bool:
    """Whether who picks up the phone with these words knows already what the call is about."""
    said = bare(line)
    return bool(_found("matter", said) or _found("expects", said))


def beside(transcript: Transcript, turn: int) -> bool:
    """Whether an agent's turn is about something else, that the debtor has not brought up."""
    said = bare(transcript.turns[turn].text)
    if _found("sales", said):
        return not _found("debt", said)
    topics = _found("talk", said)
    if not topics or _found("matter", said) or _found("care", said) or any(map(str.isdigit, said)):
        return False
    before = " ".join(bare(one.text) for at, one in transcript.said_by("debtor", "other") if at < turn)
    return not topics & _found("talk", before)


def _found(kind: str, said: str) -> frozenset[str]:
    return frozenset(one[0] for one in _patterns()[kind].finditer(said))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    kinds = read_yaml(Path(__file__).with_name("subject.yaml"))
    return {kind: re.compile("|".join(rf"\b(?:{one})" for one in given)) for kind, given in kinds.items()}
