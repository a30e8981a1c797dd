"""Pass when the agent says one of `labels` after the debtor's `after`, at some point; `not_with` spoils it.

Looked for from the first such turn of the debtor to the end; what is `in_answer` to one thing alone, in the
agent's next turn: an apology for the calls. A fail names the turn in which a hardship was
told, where one was, and quotes what the agent said instead, next; where it is doubtful that the debtor told
anything of the kind, it waits for a person. One turn with `not_with` does not outweigh more of them that
acknowledge without it: that passes, for a person to hear, and so does what stands beside harsh words alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict, Field

from nlp.types import Finding, Findings
from rubrics import reading
from rubrics.labels import Label
from rubrics.types import Verdict
from rubrics.unmet import HARDSHIP, SURE
from rubrics.verdicts import (
    DOUBTFUL_CONFIDENCE,
    LISTEN,
    failed,
    passed,
    places,
    quotes,
    sureness,
    unless_lost,
    whole_turns,
)
from transcripts.listed import listed
from transcripts.types import Transcript

HARSH = ("threat", "lawyer", "rude", "impatient")
# «lamento su situación; si no paga, mando la patrulla» may recognise nothing
VOIDS = ("threat", "lawyer", "rude")
HEARD = "Conviene escuchar si el deudor se sintió reconocido."
MIXED_CONFIDENCE = 0.5
TAKEN_BACK = 0.6  # so low a recognition waits for a person


class Params(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    what: str  # as the reason says it: «la situación del deudor»
    labels: tuple[Label, ...] = Field(min_length=1)
    after: tuple[Label, ...] = Field(min_length=1)
    perhaps: tuple[Label, ...] = ()  # what may be such a thing too: a fail on these alone waits for a person
    in_answer: dict[Label, tuple[Label, ...]] = Field(default_factory=dict)  # what counts right behind it
    not_with: tuple[Label, ...] = ()
    taken_back: tuple[Label, ...] = ()  # what, behind them, leaves them doubtful: nlp lowers their score
    shown: int = Field(default=2, ge=1)  # agent turns that a fail quotes


def check(transcript: Transcript, findings: Findings, params: Params) -> Verdict:
    told = reading.said(transcript, findings, params.after, by=("debtor", "other"))
    surely_told = bool(told) and sureness(told) >= SURE
    told = told or reading.said(transcript, findings, params.perhaps, by=("debtor", "other"))
    first = told[0].quote.turn if told else 0
    later = reading.agent_turns_after(transcript, first)
    found = reading.said(transcript, findings, params.labels, turns=later)
    found = found or _in_answer(transcript, findings, params)
    spoiled = reading.said(transcript, findings, params.not_with, turns=later)
    pitied = {f.quote.turn for f in spoiled}
    clean = [f for f in found if f.quote.turn not in pitied]
    if spoiled and len(pitied) == 1 < len({f.quote.turn for f in clean}):
        where = places([f.quote.turn for f in clean])
        reason = f"Reconoce {params.what} ({where}), aunque una frase suena a lástima ({places(pitied)})."
        return passed(reason, quotes([*clean, *spoiled]), confidence=MIXED_CONFIDENCE)
    if spoiled:
        reason = f"Responde con lástima ({places([f.quote.turn for f in spoiled])})."
        sure = MIXED_CONFIDENCE if clean else 0.6 if found else 0.8
        return failed(reason, quotes(spoiled), confidence=sure)
    if found:
        return _recognised(transcript, findings, params, found)
    if not later:
        return passed("La llamada terminó antes de que pudiera responder.", confidence=0.5)
    # without a word of it in many turns one may be surer than after a single reply
    confidence = 0.75 if len(later) > 1 else 0.65
    grave, surely = _situation(transcript, findings, told)
    surely_told = surely_told and surely
    who = "quien contestó" if transcript.turns[grave].speaker == "other" else "el deudor"
    reason = f"No reconoce {params.what} que {who} contó en el {places([grave])}: se buscó hasta el final."
    next_said = reading.agent_turns_after(transcript, grave, at_most=params.shown)
    evidence = whole_turns(transcript, next_said or later[: params.shown])
    if told and not surely_told:
        doubt = "No es seguro que lo contara: conviene escucharlo."
        return failed(reason, evidence, confidence=DOUBTFUL_CONFIDENCE, doubt=doubt)
    # what was recognised before anything was found to recognise may well have been the same matter
    heard = next((i for i, _ in transcript.said_by("debtor", "other")), first)
    before = reading.said(transcript, findings, params.labels, turns=range(heard, first))
    if before:
        where = places([f.quote.turn for f in before])
        reason += f" Antes sí reconoció algo ({where})."
        evidence = tuple(sorted({*evidence, *quotes(before)}))
    if before or reading.doubtful(transcript, later):
        confidence = DOUBTFUL_CONFIDENCE
    doubt = LISTEN if before else ""
    return unless_lost(failed(reason, evidence, confidence=confidence, doubt=doubt), transcript, later)


def _in_answer(transcript: Transcript, findings: Findings, params: Params) -> tuple[Finding, ...]:
    out: list[Finding] = []
    for label, labels in params.in_answer.items():
        for told in reading.said(transcript, findings, (label,), by=("debtor", "other")):
            next_turn = reading.agent_turns_after(transcript, told.quote.turn, at_most=1)
            out += reading.said(transcript, findings, labels, turns=next_turn)
    return tuple(out)


def _recognised(
    transcript: Transcript, findings: Findings, params: Params, found: Sequence[Finding]
) -> Verdict:
    """Passed on what was `found`: surely where nothing behind or beside it takes it back."""
    turns = {f.quote.turn for f in found}
    back = reading.said(transcript, findings, params.taken_back, turns=turns)
    back = tuple(f for f in back if any(_behind(f, one) for one in found))
    but, doubt, sure, evidence = "", "", sureness(found), quotes(found)
    if back and sure < TAKEN_BACK:
        words = listed([f"«{quote.text}»" for quote in quotes(back)])
        but, doubt = f", aunque enseguida dice {words}", HEARD
        evidence = tuple(sorted({*evidence, *quotes(back)}))
    harsh = reading.said(transcript, findings, VOIDS, turns=turns)
    if not but and turns == {f.quote.turn for f in harsh}:
        but, doubt = f", aunque ahí mismo se oye dureza ({places(turns)})", HEARD
        evidence, sure = tuple(sorted({*evidence, *quotes(harsh)})), min(sure, MIXED_CONFIDENCE)
    reason = f"Reconoce {params.what} ({places(turns)}){but}."
    return passed(reason, evidence, confidence=sure, doubt=doubt)


def _situation(transcript: Transcript, findings: Findings, told: Sequence[Finding]) -> tuple[int, bool]:
    """The turn in which the debtor told what was to be acknowledged, and whether that is sure: a hardship;
    one that was all but heard; else what is no outcry at the agent's own hard words.
    """
    hard = next((f.quote.turn for f in told if f.label in HARDSHIP), None)
    if hard is not None:
        return hard, True
    harsh = {f.quote.turn for f in reading.said(transcript, findings, HARSH)}
    calm = next((f.quote.turn for f in told if f.quote.turn - 1 not in harsh), None)
    far = {turn for turn, _ in transcript.said_by("debtor", "other")}
    likely = next((n.turn for n in findings.nearly if n.label in HARDSHIP and n.turn in far), None)
    if calm is None and likely is not None:
        return likely, False
    first = told[0].quote.turn if told else 0
    return (first if calm is None else calm), True


def _behind(late: Finding, early: Finding) -> bool:
    return late.quote.turn == early.quote.turn and late.quote.start >= early.quote.start
