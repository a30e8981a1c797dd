"""Pass when the debtor agrees to an amount and a date; a fail says which of the two is missing.

Where nobody told on which day the call was, a day like «el viernes» cannot be placed: a person looks.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from nlp.types import Findings, Promise
from rubrics import reading
from rubrics.types import Verdict
from rubrics.verdicts import (
    DOUBTFUL_CONFIDENCE,
    absent,
    failed,
    listed,
    noted_otherwise,
    passed,
    places,
    unless_lost,
)
from transcripts.types import Quote, Transcript


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
    if promise.counts and not promise.date_agrees:
        reason = (
            f"El deudor se comprometió ({where}), pero el día de la semana y el del mes no son el mismo día."
        )
        return passed(reason, [promise.quote], confidence=DOUBTFUL_CONFIDENCE)
    if promise.firm and promise.otherwise is not None:
        return passed(
            noted_otherwise(promise.otherwise),
            (promise.otherwise.told, promise.otherwise.noted, promise.quote),
            confidence=DOUBTFUL_CONFIDENCE,
        )
    if promise.firm and (left := _left_open(promise, where)) is not None:
        reason, words = left
        evidence = dict.fromkeys((promise.quote, words))
        return passed(reason, tuple(evidence), confidence=DOUBTFUL_CONFIDENCE)
    if promise.counts:
        return passed(f"El deudor se comprometió con monto y fecha ({where}).", [promise.quote])
    if promise.firm:
        reason = f"Tal vez el deudor se comprometió con monto y fecha ({where}), pero no es seguro."
        return passed(reason, [promise.quote], confidence=DOUBTFUL_CONFIDENCE)
    if promise.amount is not None and promise.date is None and transcript.recording.call_date is None:
        # both were said, or there would be no amount: only the calendar is missing
        reason = (
            f"El deudor se comprometió con monto y día ({where}); sin la fecha de la llamada no se sabe "
            "qué día es. Agréguela a los datos de la llamada."
        )
        return passed(reason, [promise.quote], confidence=DOUBTFUL_CONFIDENCE)
    parts = (("el monto", promise.amount), ("la fecha", promise.date))
    lacks = [name for name, value in parts if value is None]
    reason = f"El deudor dijo que pagará ({where}), pero falta {listed(lacks)}."
    confidence = 0.65 if reading.agreement(findings) else 0.75
    if reading.doubtful(transcript, everywhere):
        confidence = DOUBTFUL_CONFIDENCE
    return unless_lost(failed(reason, [promise.quote], confidence=confidence), transcript, everywhere)


def _left_open(promise: Promise, where: str) -> tuple[str, Quote] | None:
    """Why a promise waits of which something is left open, and the words that leave it."""
    if (asked := promise.condition) is not None:
        reason = (
            f"El deudor se comprometió ({where}) con una condición que depende de la empresa "
            f"({places([asked.turn])}): falta oír si se le concedió."
        )
        return reason, asked
    if (about := promise.roughly) is not None:
        reason = (
            f"El deudor se comprometió ({where}), pero dijo el monto o el día solo de forma aproximada "
            f"({places([about.turn])}): falta oír en qué quedaron."
        )
        return reason, about
    if (day := promise.month_open) is not None:
        reason = (
            f"El deudor se comprometió ({where}), pero el día se dijo sin el mes o la semana "
            f"({places([day.turn])}) y la fecha completa se nombró para otra cosa: falta oír cuál quedó."
        )
        return reason, day
    return None


def _not_tried(transcript: Transcript, findings: Findings) -> str:
    """What was not tried with a debtor who refused; nothing where the refusal left no time to try."""
    refused = reading.refused_at(transcript, findings)
    if refused is None or not (left := reading.rungs_left(transcript, findings, refused)):
        return ""
    first = reading.refused_first(transcript, findings, refused)
    if first and not reading.agent_turns_after(transcript, refused):
        return f"; se negó ({places([refused])})"
    return f"; se negó ({places([refused])}), y {'después' if first else 'antes'} faltó {listed(left)}"
