"""Pass when the agent offers at least `ways` different ways to settle: plans, dates, channels.

Turns that are known as an offer count: for each as many ways as cues can tell apart in it («por Yape o en
ventanilla»), and at least one. Where no turn is, cues alone count, less surely. The same words count once,
and so does a sum that is offered again with no other day and no other place to pay; a person looks where
only that leaves too few ways.
Words that set ways against each other («hay dos planes», «todo el viernes, o si no tres pagos») are two by
themselves, whatever else is known of the turn. An ultimatum («o paga hoy o pierde el descuento») is one way.
What turns the debtor's offer down, or tells what paying is good for, is none unless a cue hears a way in it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal

from pydantic import BaseModel, ConfigDict, Field

from nlp.channels import channels_in
from nlp.dates import dates
from nlp.money import amounts
from nlp.types import Finding, Findings
from rubrics import reading
from rubrics.labels import Label
from rubrics.types import Verdict
from rubrics.verdicts import DOUBTFUL_CONFIDENCE, absent, failed, passed, places, quotes
from transcripts.types import Transcript

ANY_DAY = date(2026, 1, 1)  # of a call of unknown day: its days are only compared with each other


class Params(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    ways: int = Field(default=2, ge=1)
    kinds: tuple[Label, ...] = reading.OFFERS
    act: Label = "offers_alternatives"
    beside: tuple[Label, ...] = ("offer_waiver",)  # part of an offer, none by itself
    choice: Label = "offers_choice"
    days: tuple[Label, ...] = ("offer_date",)
    ultimatum: Label = "gives_ultimatum"
    threat: Label = "threat"  # in the same turn, as with a lawyer, a day is an ultimatum and a choice none
    lawyer: Label = "lawyer"
    no_offer: tuple[Label, ...] = ("turns_down_offer", "explains_benefit")  # not where these words stand


def check(transcript: Transcript, findings: Findings, params: Params) -> Verdict:
    threatened = {f.quote.turn for f in reading.said(transcript, findings, (params.threat, params.lawyer))}
    choices = reading.said(transcript, findings, (params.choice,))
    choices = tuple(f for f in choices if f.quote.turn not in threatened)
    cues = [f for f in reading.said(transcript, findings, params.kinds) if f.label not in params.beside]
    named = [f for f in cues if f.label not in params.days or f.quote.turn not in threatened]
    ultimata = {f.quote.turn for f in cues} - {f.quote.turn for f in named}
    acts = [f for f in reading.said(transcript, findings, (params.act,)) if f.quote.turn not in ultimata]
    acts = _but(acts, cues, reading.said(transcript, findings, params.no_offer))
    offering = {f.quote.turn for f in acts}
    told = [f for f in named if f.quote.turn in offering] if acts else named
    alone = [f for f in acts if f.quote.turn not in {n.quote.turn for n in (*told, *choices)}]
    unnamed = _new(transcript, alone)
    pressed = reading.said(transcript, findings, (params.ultimatum,))
    single = [f for f in (*told, *unnamed) if any(f.quote.overlaps(one.quote) for one in pressed)]
    offers = _once([*told, *unnamed, *choices], single)
    twice = [f for f in offers if f.label == params.choice or (f not in single and _either(f))]
    if len(offers) + len(twice) >= params.ways:
        best = sorted((f.score for f in offers), reverse=True)[: params.ways]
        where = places([f.quote.turn for f in offers])
        sure = min(best) if acts or choices else min(0.6, *best)
        return passed(f"Ofrece más de una forma de arreglar ({where}).", quotes(offers), confidence=sure)
    heard = "se oye una sola" if offers else "no se oye ninguna"
    again = _once([*told, *alone, *choices], single)
    if len(again) + len(twice) >= params.ways:
        reason = f"Vuelve a ofrecer lo mismo ({places([f.quote.turn for f in again])})."
        return failed(reason, quotes(again), confidence=DOUBTFUL_CONFIDENCE)
    return absent(
        transcript,
        f"Debe ofrecer al menos {params.ways} formas de arreglar y {heard}",
        reading.turns_of(transcript, "agent"),
        evidence=quotes(offers),
        # beside one way that is no ultimatum a second one was meant more often than not
        confidence=DOUBTFUL_CONFIDENCE if set(offers) - set(single) else 0.65 if offers else 0.75,
    )


def _but(acts: Sequence[Finding], cues: Sequence[Finding], others: Sequence[Finding]) -> list[Finding]:
    """`acts` without those that no cue bears out and whose words are known as something else: a no to what
    the debtor offers, what paying is good for.
    """
    borne_out = {f.quote.turn for f in cues}
    return [
        f for f in acts if f.quote.turn in borne_out or not any(f.quote.overlaps(one.quote) for one in others)
    ]


def _new(transcript: Transcript, said: Sequence[Finding]) -> list[Finding]:
    """`said` without what only says again a sum that was offered: a day or a place to pay that was open
    before makes it no other way, another one does.
    """
    country, on = transcript.recording.country, transcript.recording.call_date or ANY_DAY
    known: list[tuple[tuple[Decimal, ...], set[object], set[object]]] = []
    new = []
    for finding in said:
        text = finding.quote.text
        sums = tuple(sorted(one.value for one in amounts(text, country) if one.value is not None))
        days: set[object] = {one.date or text[one.start : one.end] for one in dates(text, on, country)}
        where: set[object] = {one.name for one in channels_in(text)}
        alike = (k for k in known if sums and k[0] == sums and _fits(k[1], days) and _fits(k[2], where))
        same = next(alike, None)
        if same is None:
            known.append((sums, days, where))
            new.append(finding)
        else:
            same[1].update(days)
            same[2].update(where)
    return new


def _fits(known: set[object], said: set[object]) -> bool:
    return known == said or not known or not said


def _once(said: Sequence[Finding], single: Collection[Finding]) -> list[Finding]:
    """`said` with the same words counted once, and of what is `single` one a turn."""
    ways: dict[tuple[str, str], Finding] = {}
    for finding in said:
        words = finding.quote.text.casefold().strip(" .,;:")
        key = ("", str(finding.quote.turn)) if finding in single else (finding.label, words)
        ways.setdefault(key, finding)
    return sorted(ways.values(), key=lambda f: f.quote)


def _either(offer: Finding) -> bool:
    """«por ventanilla o por Yape»: two ways in one breath."""
    return any(link in f" {offer.quote.text.casefold()} " for link in (" o ", " u ", ", o "))
