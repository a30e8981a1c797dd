"""Pass when each direct question of the debtor is answered, or passed on to who can answer it.

The last question of a turn that asks for something counts (`nlp.questions`). The agent's next turns must hold
an answer of any kind, and not beside something of `not_with`: a retort answers nothing. A doubtful fail,
since what answers may be said in words that no finding names. A pass is doubtful too where what was found has
neither a yes or a no nor a word of the question («¿me lo da por escrito?», «¿se lo dejo en mil?»), and where
what was asked of the offer is not taken up in all that follows (`rubrics.unanswered`).
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from nlp.labels import objection_ids
from nlp.questions import question, takes_up
from nlp.types import Findings
from rubrics import reading
from rubrics.labels import Label
from rubrics.types import Verdict
from rubrics.unanswered import questions, unanswered
from rubrics.verdicts import DOUBTFUL_CONFIDENCE, failed, passed, places, whole_turns
from transcripts.types import Transcript


class Params(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    answers: tuple[Label, ...] = (
        "answers", "states_debt", "offers_alternatives", "explains_benefit", "follow_up", "greeting",
        "read_back", "hold", "verifies_identity", "amount_said", "offer_date", "offer_channel", "offer_plan",
        "says_own_name", "says_company", "product_said", "lateness_said",
    )  # fmt: skip
    not_with: tuple[Label, ...] = ("threat", "lawyer", "rude", "impatient", "brush_off", "waves_off")
    act: Label = "answers"
    within: int = Field(default=2, ge=1)  # agent turns


def check(transcript: Transcript, findings: Findings, params: Params) -> Verdict:
    open_, cut_off, answered, beside = [], [], [], []
    ignored = {quote.turn for quote in unanswered(transcript, findings)}
    for turn in questions(transcript):
        replies = reading.agent_turns_after(transcript, turn, at_most=params.within)
        if not replies:
            cut_off.append(turn)
        elif _answered(transcript, findings, replies, params):
            answered.append(turn)
            if turn in ignored or not _takes_up(transcript, findings, turn, replies, params):
                beside.append(turn)
        else:
            open_.append(turn)
    if not open_ and beside:
        reply = reading.agent_turns_after(transcript, beside[0], at_most=1)
        return passed(
            f"Responde lo que el deudor pregunta ({places(answered)}).",
            whole_turns(transcript, reply),
            confidence=DOUBTFUL_CONFIDENCE,
            doubt=f"Tal vez quedó sin respuesta lo que preguntó ({places(beside)}).",
        )
    if not open_:
        told = [f"Responde lo que el deudor pregunta ({places(answered)})."] if answered else []
        if cut_off:
            told.append(f"La llamada terminó con una pregunta del deudor ({places(cut_off)}).")
        return passed(" ".join(told) or "El deudor no hizo ninguna pregunta directa.", confidence=0.75)
    first = sorted({reading.agent_turns_after(transcript, turn, at_most=1)[0] for turn in open_})
    reason = (
        f"Quedó sin respuesta lo que el deudor preguntó ({places(open_)}); se buscó en los turnos siguientes."
    )
    return failed(reason, whole_turns(transcript, first), confidence=DOUBTFUL_CONFIDENCE)


def _answered(transcript: Transcript, findings: Findings, replies: tuple[int, ...], params: Params) -> bool:
    hard = {f.quote.turn for f in reading.said(transcript, findings, params.not_with, turns=replies)}
    plain = [turn for turn in replies if turn not in hard]
    return bool(reading.said(transcript, findings, params.answers, turns=plain))


def _takes_up(
    transcript: Transcript, findings: Findings, turn: int, replies: tuple[int, ...], params: Params
) -> bool:
    """Whether what was said next is about the question, as far as can be told: the act of answering, words in
    common, or what an offer meets that the debtor asked for or objected.
    """
    then = next((i for i in questions(transcript) if i > turn), len(transcript.turns))
    replies = tuple(reply for reply in replies if reply < then)  # what comes later answers the next question
    if reading.said(transcript, findings, (params.act,), turns=replies):
        return True
    if reading.said(transcript, findings, objection_ids(), by="debtor", turns=(turn,)):
        return True
    span = question(transcript.turns[turn].text)
    asked = transcript.turns[turn].text[slice(*span)] if span else ""
    return any(takes_up(asked, transcript.turns[reply].text) for reply in replies)
