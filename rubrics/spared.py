"""An illness, an emergency or a theft that the debtor told of, and an agent who asked for nothing after."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.clauses import whole_clause
from nlp.stance import speaks_of_payment
from nlp.types import Finding, Findings
from rubrics import reading
from rubrics.unmet import Unmet
from rubrics.verdicts import places
from transcripts.types import Transcript

FEW = 2  # turns: on other grounds, to bargain over a paid debt; on an illness, to spare the debtor


def spared(transcript: Transcript, findings: Findings) -> tuple[Finding, ...]:
    """An illness or an accident told of again and again, in a call that asks for no payment after it; or
    once, where the agent is sorry for it and takes the case up instead.
    """
    ill = reading.said(transcript, findings, ("health_emergency",), by="debtor")
    if not ill:
        return ()
    after = reading.agent_turns_after(transcript, ill[0].quote.turn)
    if len({f.quote.turn for f in ill}) >= FEW:
        return () if reading.said(transcript, findings, ("asks_commitment",), turns=after) else ill
    sorry = reading.said(transcript, findings, ("empathy", "condoles"), turns=after)
    taken_up = reading.said(transcript, findings, ("follow_up", "calls_back", "leaves_in_peace"), turns=after)
    bargained = reading.said(transcript, findings, ("offers_alternatives", *reading.OFFERS), turns=after)
    return ill if sorry and taken_up and not bargained and not _pressed(transcript, findings, after) else ()


def left_for_later(transcript: Transcript, findings: Findings) -> tuple[Finding, ...]:
    """An emergency of these hours or days, after which the agent asked for nothing and named a day to speak
    again, left the debtor in peace, or took leave at once with a kind word.
    """
    told = _of_these_days(transcript, findings)
    if not told:
        return ()
    after = reading.agent_turns_after(transcript, told[0].quote.turn)
    left = reading.said(transcript, findings, ("calls_back", "leaves_in_peace"), turns=after)
    kind = reading.said(transcript, findings, ("empathy", "condoles", "wishes_well"), turns=after)
    bye = reading.said(transcript, findings, ("polite_close", "goodbye", "wishes_well"), turns=after[:FEW])
    return told if (left or (kind and bye)) and not _pressed(transcript, findings, after) else ()


def pressed_in_emergency(transcript: Transcript, findings: Findings) -> tuple[Finding, ...]:
    """An emergency of these hours or days in which the agent asked for money at once, although the debtor did
    not offer to go on talking: what came of it, a promise too, shows no firmness.
    """
    told = _of_these_days(transcript, findings)
    if not told or reading.said(transcript, findings, ("may_talk", "goes_on_talking"), by="debtor"):
        return ()
    at_once = reading.agent_turns_after(transcript, told[0].quote.turn, at_most=FEW)
    return told if _pressed(transcript, findings, at_once) else ()


def without_kindness(
    transcript: Transcript, findings: Findings, labels: Sequence[str], asks: Sequence[str]
) -> tuple[Finding, ...]:
    """What the agent says of `labels`, but for the turns that answer grave news, from a kind word on, and ask
    for nothing: «cuánto lo siento; cuando pueda, sin apuro, me llama» does not beg, whatever comes after.
    """
    told = reading.said(transcript, findings, ("health_emergency", "grave_case"), by="debtor")
    asked = {f.quote.turn for f in reading.said(transcript, findings, asks)}
    let_be: set[int] = set()
    for one in told:
        answers = reading.agent_turns_after(transcript, one.quote.turn, at_most=FEW)
        kind = reading.said(transcript, findings, ("empathy", "condoles", "wishes_well"), turns=answers)
        first = min((f.quote.turn for f in kind), default=len(transcript.turns))
        let_be |= {i for i in answers if i >= first} - asked
    return tuple(f for f in reading.said(transcript, findings, labels) if f.quote.turn not in let_be)


def _of_these_days(transcript: Transcript, findings: Findings) -> tuple[Finding, ...]:
    """The illness, accident or death that fills the debtor's day."""
    ill = reading.said(transcript, findings, ("health_emergency", "grave_case"), by="debtor")
    now = {f.quote.turn for f in reading.said(transcript, findings, ("emergency_now",), by="debtor")}
    return tuple(f for f in ill if f.quote.turn in now)


def let_go(transcript: Transcript, findings: Findings) -> tuple[Finding, ...]:
    """An emergency, or an illness told of again and again, that the agent let the debtor attend to."""
    return left_for_later(transcript, findings) or spared(transcript, findings)


def in_emergency(transcript: Transcript, findings: Findings) -> Unmet | None:
    """The debtor told of an emergency as soon as the debt was told, and the agent let it be."""
    debt = findings.people.debt_turn
    found = let_go(transcript, findings)
    if debt is None or not found or findings.sure_promise is not None:
        return None
    told = found[0].quote.turn
    if told < debt:
        return None  # the agent went on to the debt all the same
    if len([i for i in reading.agent_turns_after(transcript, debt - 1) if i < told]) > FEW:
        return None
    return Unmet(f"El deudor contó una emergencia y el agente no insistió ({places([told])}).", 0.75)


def theft_checked(transcript: Transcript, findings: Findings) -> tuple[Finding, ...]:
    """Something stolen from the debtor that the agent took up for checking instead of asking on."""
    told = reading.said(transcript, findings, ("robbed",), by="debtor")
    if not told:
        return ()
    after = reading.agent_turns_after(transcript, told[0].quote.turn)
    checked = reading.said(transcript, findings, ("follow_up",), turns=after)
    return told if checked and not _pressed(transcript, findings, after) else ()


def _pressed(transcript: Transcript, findings: Findings, turns: Sequence[int]) -> bool:
    """Whether the agent asked for money in `turns`, offered terms for it, or threatened."""
    asked = reading.said(transcript, findings, ("asks_commitment",), turns=turns)
    hard = ("orders_payment", "offer_plan", "offer_waiver", "threat", "lawyer")
    return bool(reading.said(transcript, findings, hard, turns=turns)) or any(
        speaks_of_payment(whole_clause(transcript, f.quote).text) for f in asked
    )
