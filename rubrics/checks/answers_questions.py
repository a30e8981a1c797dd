"""Pass when each direct question of the debtor is answered, or passed on to who can answer it.

A question counts where the debtor's turn ends in one of some words. The agent's next turns must hold an
answer of any kind; a doubtful fail, since what answers may be said in words that no finding names.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from nlp.types import Findings
from rubrics import reading
from rubrics.labels import Label
from rubrics.types import Verdict
from rubrics.verdicts import DOUBTFUL_CONFIDENCE, failed, passed, places, whole_turns
from transcripts.types import Transcript


class Params(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    answers: tuple[Label, ...] = (
        "answers", "states_debt", "offers_alternatives", "explains_benefit", "follow_up", "greeting",
        "read_back", "hold", "verifies_identity", "amount_said", "offer_date", "offer_channel", "offer_plan",
    )  # fmt: skip
    least_words: int = Field(default=4, ge=1)  # «¿bueno?», «¿cómo?» ask for nothing
    within: int = Field(default=2, ge=1)  # agent turns


def check(transcript: Transcript, findings: Findings, params: Params) -> Verdict:
    asked = questions(transcript, params.least_words)
    open_ = []
    for turn in asked:
        replies = reading.agent_turns_after(transcript, turn, at_most=params.within)
        if replies and not reading.said(transcript, findings, params.answers, turns=replies):
            open_.append(turn)
    if not open_:
        return passed(f"Responde lo que el deudor pregunta ({places(asked)}).", confidence=0.75)
    replies = [reading.agent_turns_after(transcript, turn, at_most=1)[0] for turn in open_]
    reason = (
        f"Quedó sin respuesta lo que el deudor preguntó ({places(open_)}); se buscó en los turnos siguientes."
    )
    return failed(reason, whole_turns(transcript, replies), confidence=DOUBTFUL_CONFIDENCE)


def questions(transcript: Transcript, least_words: int) -> list[int]:
    """Turns of the debtor that end in a question of at least `least_words` words."""
    out = []
    for index, turn in transcript.said_by("debtor"):
        text = turn.text.rstrip(" »\"'")
        asked = text[text.rfind("¿") + 1 :] if "¿" in text else text
        if turn.doubt is None and text.endswith("?") and len(asked.split()) >= least_words:
            out.append(index)
    return out
