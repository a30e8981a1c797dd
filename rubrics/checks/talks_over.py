"""Fail when the agent talks over the debtor, by times; without times, when the pitch leaves no room to
explain.

`lets_debtor_speak` is more than words can show: unless every turn has its times the verdict says «según las
palabras». What the debtor says of not being let speak, and the agent who will finish, leave a pass to a
person; heard again, or of both, they make the best guess a fail.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from nlp.labels import objection_ids
from nlp.plain import one_sentence
from nlp.types import Finding, Findings
from rubrics import reading
from rubrics.labels import Label
from rubrics.types import Verdict
from rubrics.verdicts import DOUBTFUL_CONFIDENCE, failed, passed, places, quotes, whole_turns
from transcripts.listed import listed
from transcripts.types import Transcript

_PLANS = frozenset({"offer_plan", "offer_waiver", "offer_date"})


class Params(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    allowed: int = Field(default=0, ge=0)  # interruptions
    pitch: tuple[Label, ...] = ("offers_alternatives", "offer_plan")
    pitch_words: int = Field(default=60, ge=1)  # a pitch this long before the debtor said why
    notice: tuple[Label, ...] = ("legal_notice", "not_a_court")  # what the law has the agent tell at once
    ways: tuple[Label, ...] = ("offer_channel",)  # in such a notice, where one can pay is no proposal
    cut_short: tuple[Label, ...] = ("not_let_speak",)  # said by the debtor
    keeps_on: tuple[Label, ...] = ("keeps_the_floor",)  # said by the agent


def check(transcript: Transcript, findings: Findings, params: Params) -> Verdict:
    over = [i for i in findings.talk.interruptions if transcript.turns[i].doubt is None]
    if len(over) > params.allowed:
        reason = f"Habla encima del deudor ({places(over)})."
        confidence = 0.85 if len(over) > params.allowed + 1 else 0.65
        return failed(reason, whole_turns(transcript, over), confidence=confidence)
    timed = all(turn.start_s is not None and turn.end_s is not None for turn in transcript.turns)
    pitch = _early_pitch(transcript, findings, params)
    if pitch is not None:
        reason = f"Explica la propuesta antes de que el deudor pueda hablar ({places([pitch])})."
        return failed(reason, whole_turns(transcript, [pitch]), confidence=0.6)
    said = _said_of_it(transcript, findings, params)
    if said:
        return _by_their_words(said, timed=timed)
    if timed:
        return passed("No habla encima del deudor y lo deja explicarse.")
    some = any(turn.start_s is not None for turn in transcript.turns)
    lacks = "no todos los turnos tienen tiempos" if some else "no hay tiempos"
    return passed(f"Deja hablar al deudor, según las palabras: {lacks} con que medirlo.", confidence=0.7)


def _said_of_it(transcript: Transcript, findings: Findings, params: Params) -> tuple[Finding, ...]:
    """What either says of who may speak, in order."""
    debtor = reading.said(transcript, findings, params.cut_short, by="debtor")
    agent = reading.said(transcript, findings, params.keeps_on)
    return tuple(sorted((*debtor, *agent), key=lambda f: f.quote))


def _by_their_words(said: tuple[Finding, ...], *, timed: bool) -> Verdict:
    """The verdict on what they say of it, for a person to hear."""
    turns = {f.quote.turn for f in said}
    where, told = places(turns), quotes(said)
    if len(turns) > 1:
        reason = f"Por lo que se dicen, no lo deja hablar ({where})."
        doubt = "Las palabras no bastan para saberlo: conviene escucharlo."
        return failed(reason, told, confidence=DOUBTFUL_CONFIDENCE, doubt=doubt)
    by = "según los tiempos" if timed else "según las palabras: faltan tiempos con que medirlo"
    words = listed([f"«{quote.text}»" for quote in told])
    doubt = f"Se oye {words} ({where}): conviene escuchar si lo dejó hablar."
    return passed(f"No habla encima del deudor, {by}.", told, confidence=DOUBTFUL_CONFIDENCE, doubt=doubt)


def _early_pitch(transcript: Transcript, findings: Findings, params: Params) -> int | None:
    """The turn that tells of the debt and offers at length in one breath, before the debtor could explain."""
    debt = findings.people.debt_turn
    if debt is None or len(transcript.turns[debt].text.split()) < params.pitch_words:
        return None
    told = reading.said(transcript, findings, objection_ids(), by=("debtor", "other"), turns=range(debt))
    if told:
        return None  # the debtor had explained before
    offers = reading.said(transcript, findings, params.pitch, turns=(debt,))
    if reading.said(transcript, findings, params.notice, turns=(debt,)):
        ways = reading.said(transcript, findings, params.ways, turns=(debt,))
        text = transcript.turns[debt].text
        offers = tuple(f for f in offers if not any(_within(text, f, way) for way in ways))
    return debt if offers else None


def _within(text: str, offer: Finding, way: Finding) -> bool:
    """Whether an offer only names a way to pay: its sentence is the way's."""
    one, other = ((f.quote.start, f.quote.end) for f in (offer, way))
    return offer.label not in _PLANS and one_sentence(text, one, other)
