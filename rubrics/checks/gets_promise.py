"""Pass when the debtor, or who pays in their place, agrees to an amount and a date; a fail says which of the
two is missing.

Where nobody told on which day the call was, a day like «el viernes» cannot be placed: a person looks.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from nlp.two_currencies import two_currencies
from nlp.types import Findings, Promise
from rubrics import reading
from rubrics.types import Verdict
from rubrics.verdicts import (
    DOUBTFUL_CONFIDENCE,
    PASS_CONFIDENCE,
    absent,
    failed,
    passed,
    places,
    unless_lost,
    unsure_of,
)
from transcripts.listed import listed
from transcripts.types import Quote, Transcript

MONEYS = "Se habla de deudas en dos monedas ({where}): falta oír qué se acordó en cada una."


class Params(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def check(transcript: Transcript, findings: Findings, params: Params) -> Verdict:
    promise = findings.promise
    everywhere = range(len(transcript.turns))  # a yes to the agent's words commits as well
    if promise is None:
        what = "El deudor no se comprometió a un monto en una fecha"
        what += _not_tried(transcript, findings)
        nearly = [one for one in findings.nearly if one.label == "promise"]
        return absent(transcript, what, everywhere, confidence=0.8, nearly=nearly)
    where = places([promise.quote.turn])
    who = reading.payer(transcript, findings, promise.quote.turn).capitalize()
    if promise.firm:
        return _agreed(transcript, promise, who)
    if promise.amount is not None and promise.date is None and transcript.recording.call_date is None:
        # both were said, or there would be no amount: only the calendar is missing
        return passed(
            f"{who} se comprometió con monto y día ({where}).",
            [promise.quote],
            confidence=DOUBTFUL_CONFIDENCE,
            doubt="Sin la fecha de la llamada no se sabe qué día es: agréguela a los datos de la llamada.",
        )
    parts = (("el monto", promise.amount), ("la fecha", promise.date))
    lacks = [name for name, value in parts if value is None]
    reason = f"{who} dijo que pagará ({where}), pero falta {listed(lacks)}."
    confidence = 0.65 if reading.agreement(findings) else 0.75
    if reading.doubtful(transcript, everywhere):
        confidence = DOUBTFUL_CONFIDENCE
    return unless_lost(failed(reason, [promise.quote], confidence=confidence), transcript, everywhere)


def _agreed(transcript: Transcript, promise: Promise, who: str) -> Verdict:
    """The pass of sum and day, and why it is open where it is."""
    reason = f"{who} se comprometió con monto y fecha ({places([promise.quote.turn])})."
    evidence: tuple[Quote, ...] = (promise.quote,)
    doubt = ""
    if promise.otherwise is not None or not promise.date_agrees:
        doubt = unsure_of(promise)
        if promise.otherwise is not None:
            evidence = (promise.otherwise.told, promise.otherwise.noted, promise.quote)
    elif promise.condition is not None:
        where = places([promise.condition.turn])
        doubt = f"Puso una condición que depende de la empresa ({where}): falta oír si se le concedió."
        evidence = (promise.quote, promise.condition)
    elif promise.hangs_on is not None:
        where = places([promise.hangs_on.turn])
        doubt = f"Depende de un dinero que tal vez no le llegue ({where}): falta oír si se comprometió."
        evidence = tuple(dict.fromkeys((promise.quote, promise.hangs_on)))
    elif promise.roughly is not None:
        where = places([promise.roughly.turn])
        doubt = f"Dijo el monto o el día de forma aproximada o insegura ({where}): falta oír en qué quedaron."
        evidence = tuple(dict.fromkeys((promise.quote, promise.roughly)))
    elif promise.month_open is not None:
        where = places([promise.month_open.turn])
        doubt = (
            f"El día se dijo sin el mes o la semana ({where}) y la fecha completa se nombró para otra cosa: "
            "falta oír cuál quedó."
        )
        evidence = tuple(dict.fromkeys((promise.quote, promise.month_open)))
    elif not promise.counts and (told := two_currencies(transcript)):
        doubt = MONEYS.format(where=places([quote.turn for quote in told]))
    elif not promise.counts:
        doubt = "No es seguro: conviene que una persona lo escuche."
    return passed(reason, evidence, confidence=DOUBTFUL_CONFIDENCE if doubt else PASS_CONFIDENCE, doubt=doubt)


def _not_tried(transcript: Transcript, findings: Findings) -> str:
    """What was not tried with a debtor who refused; nothing where the refusal left no time to try."""
    refused = reading.refused_at(transcript, findings)
    if refused is None or not (left := reading.rungs_left(transcript, findings, refused)):
        return ""
    first = reading.refused_first(transcript, findings, refused)
    if first and not reading.agent_turns_after(transcript, refused):
        return f"; se negó ({places([refused])})"
    return f"; se negó ({places([refused])}), y {'después' if first else 'antes'} faltó {listed(left)}"
