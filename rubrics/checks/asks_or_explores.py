"""Pass when the agent asks for something, or explores it right after the debtor has told of it.

`explores_it` asks on about what was told, whatever else is asked beside it; so does `takes_up` what is named
there alone, in any turn after it: whoever has a dispute checked asks nothing more of why it was not paid, and
may hear it out first. Words of `explores` may
ask for another thing (how much the debtor can pay, not why it was missed), so a person looks; as one does
before a fail where the agent took up, without a question, a reason that was `volunteered` («ah, por eso de
la operación»): of eleven such calls people took three for asked. So does one where the agent `recalls` what
was told in an earlier call («ayer me dijo que perdió el trabajo»), whether it is asked on about or not.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from pydantic import BaseModel, ConfigDict, Field

from nlp.echoes import AGAINST, given_back
from nlp.plain import one_sentence
from nlp.plain_words import HINTED
from nlp.thresholds import OPERATING
from nlp.types import Finding, Findings
from rubrics import reading
from rubrics.labels import Label
from rubrics.types import Verdict
from rubrics.verdicts import DOUBTFUL_CONFIDENCE, absent, passed, places, quotes, sureness
from transcripts.types import Quote, Transcript

HARSH = ("rude", "impatient")
UNKIND = (*AGAINST, "orders_payment")
EXPLORED_CONFIDENCE = 0.55
ASKED_ON_CONFIDENCE = 0.7


class Params(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    what: str  # as the reason says it: «el motivo del atraso»
    asks: tuple[Label, ...] = Field(min_length=1)
    explores: tuple[Label, ...] = ()
    explores_it: tuple[Label, ...] = ()
    recalls: tuple[Label, ...] = ()  # a reason of an earlier call
    takes_up: dict[Label, tuple[Label, ...]] = Field(default_factory=dict)  # by what the debtor tells
    volunteered: tuple[Label, ...] = ()  # reasons that need no question once the agent gives them back
    after: tuple[Label, ...] = ()  # what the debtor tells; exploring counts in the agent's next turns
    within: int = Field(default=1, ge=1)  # so many turns of the agent
    asked_on_within: int = Field(default=3, ge=1)  # the same, of what `explores_it` names
    not_in: tuple[Label, ...] = ()  # turns that ask for another thing («¿con cuánto cuenta?») explore nothing


def check(transcript: Transcript, findings: Findings, params: Params) -> Verdict:
    asked = reading.said(transcript, findings, params.asks)
    if asked:
        where = places([f.quote.turn for f in asked])
        return passed(f"Pregunta por {params.what} ({where}).", quotes(asked), confidence=sureness(asked))
    told = reading.said(transcript, findings, params.after, by=("debtor", "other"))
    disputes = [f for f in told if f.label in params.takes_up]
    soon = _replies(transcript, told, params.asked_on_within) | _replies(transcript, disputes, None)
    asked_on = _kindly(
        transcript, findings, reading.said(transcript, findings, params.explores_it, turns=soon)
    )
    taken_up = () if asked_on else _taken_up(transcript, findings, params, told)
    if asked_on or taken_up:
        found = asked_on or taken_up
        did = "Indaga lo que contó el deudor" if asked_on else "Recoge el reclamo para que se revise"
        reason = f"{did} ({places([f.quote.turn for f in found])})."
        return passed(reason, quotes(found), confidence=min(ASKED_ON_CONFIDENCE, sureness(found)))
    other = {f.quote.turn for f in reading.said(transcript, findings, params.not_in)}
    at_once = _replies(transcript, told, params.within) - other
    explored = reading.said(transcript, findings, params.explores, turns=at_once)
    explored = _kindly(transcript, findings, explored)
    if not explored and not told and findings.people.debt_turn is not None:
        # a reason that nobody recognised as one («perdí el empleo»), asked about as only a reason is
        since = reading.agent_turns_after(transcript, findings.people.debt_turn)
        explored = reading.said(transcript, findings, params.explores_it, turns=since)
    recalled = _recalled(transcript, findings, params, told)
    explored = explored or tuple(f for f in recalled if _asks_after(transcript, f, other))
    if explored:
        where = places([f.quote.turn for f in explored])
        reason = f"Indaga lo que contó el deudor ({where})."
        doubt = f"Falta oír si es {params.what}."
        return passed(reason, quotes(explored), confidence=EXPLORED_CONFIDENCE, doubt=doubt)
    nearly = [one for one in findings.nearly if one.label in params.asks]
    turns = reading.turns_of(transcript, "agent")
    unasked = [f.quote.turn for f in told if f.label in params.volunteered]
    what = (
        f"No indaga más sobre {params.what}, que el deudor contó por su cuenta ({places(unasked)})"
        if unasked
        else f"No pregunta por {params.what}"
    )
    heard = _given_back(transcript, findings, params, told) or list(quotes(recalled))
    if not heard:
        return absent(transcript, what, turns, nearly=nearly)
    where = places([one.turn for one in heard])
    return absent(
        transcript,
        f"{what}, aunque lo retoma ({where})",
        turns,
        evidence=heard,
        confidence=DOUBTFUL_CONFIDENCE,
        nearly=nearly,
        doubt="Falta oír si lo indaga.",
    )


def _kindly(transcript: Transcript, findings: Findings, asked: Sequence[Finding]) -> tuple[Finding, ...]:
    """`asked` without what an insult asks, or may: «¿está sordo o qué le pasa?» explores nothing."""
    harsh = [f.quote for f in findings.findings if f.label in HARSH and f.score >= HINTED]
    return tuple(
        f
        for f in asked
        if not any(
            one.turn == f.quote.turn
            and one_sentence(
                transcript.turns[one.turn].text, (one.start, one.end), (f.quote.start, f.quote.end)
            )
            for one in harsh
        )
    )


def _recalled(
    transcript: Transcript, findings: Findings, params: Params, told: Sequence[Finding]
) -> tuple[Finding, ...]:
    """Reasons of an earlier call that the agent takes up, kindly, before the debtor told one in this call."""
    first = min((f.quote.turn for f in told if f.label in params.volunteered), default=len(transcript.turns))
    found = reading.said(transcript, findings, params.recalls, turns=range(first))
    return _kindly(transcript, findings, found)


def _asks_after(transcript: Transcript, recalled: Finding, other: Collection[int]) -> bool:
    """Whether the agent asks on in the same turn, and not for another thing."""
    quote = recalled.quote
    return quote.turn not in other and "?" in transcript.turns[quote.turn].text[quote.start :]


def _taken_up(
    transcript: Transcript, findings: Findings, params: Params, told: Sequence[Finding]
) -> tuple[Finding, ...]:
    """What of `takes_up` was said after what it is for, in order."""
    found = set[Finding]()
    for label, words in params.takes_up.items():
        turns = _replies(transcript, [f for f in told if f.label == label], None)
        found.update(reading.said(transcript, findings, words, turns=turns))
    return tuple(sorted(found, key=lambda f: f.quote))


def _given_back(
    transcript: Transcript, findings: Findings, params: Params, told: Sequence[Finding]
) -> list[Quote]:
    """The sentences of the agent's next turn that take up the words of a reason nobody had asked for, kindly
    and without an order to pay.
    """
    against = [f.quote for f in findings.findings if f.label in UNKIND and f.score >= OPERATING]
    out: list[Quote] = []
    for turn in sorted({f.quote.turn for f in told if f.label in params.volunteered}):
        for reply in reading.agent_turns_after(transcript, turn, at_most=params.within):
            if reading.doubtful(transcript, (reply,)):
                continue
            for start, end in given_back(transcript.turns[reply].text, transcript.turns[turn].text):
                spoiled = (q.start < end and start < q.end for q in against if q.turn == reply)
                if not any(spoiled):
                    out.append(transcript.quote(reply, start, end))
    return out


def _replies(transcript: Transcript, told: Sequence[Finding], within: int | None) -> set[int]:
    """The agent's next `within` turns after each of `told`; all of them where that is None."""
    each = (reading.agent_turns_after(transcript, f.quote.turn, at_most=within) for f in told)
    return {turn for turns in each for turn in turns}
