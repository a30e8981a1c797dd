"""Fail when the agent tells somebody else, or a voice mail, of the debt.

It is told to another where another person or a voice mail hears it, or whoever says that they are not the
debtor, before the debtor comes to the phone; also where only the answer shows who had picked up. To grant
what they ask («¿lo de las cuotas atrasadas?» «eso mismo») tells it too, and a person looks. Words too faint
to be claimed are left to a person, and so is what others make of them: somebody else's surprise at a debt,
the debtor's «¿qué le dijo a mi marido?», the agent's own regret. An agent who says to the debtor's
face that somebody else was told fails, and waits for a person: it was done before, and this call cannot
show it. The company's name tells nothing by itself; where it, or the trade, says that debts are collected
(«de Cobranzas del Norte») and another person is known to hear it, a person looks.

What the debtor let the agent tell somebody else, in so many words, is told to nobody who may not know; where
the debtor only said who sees to it, a person looks.

Who answers for the debt beside the debtor (aval, fiador, codeudor), and says so, may know of it in some
countries: `guarantor_may_know`. Where that is not known, a person looks.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from pydantic import BaseModel, ConfigDict

from nlp.listener import listener
from nlp.types import Finding, Findings
from rubrics import admitted, authorised, reading
from rubrics.labels import Label
from rubrics.types import Verdict
from rubrics.verdicts import DOUBTFUL_CONFIDENCE, failed, passed, places, sureness
from transcripts.types import Quote, Speaker, Transcript

SURE = 0.8
UNSURE = 0.55  # a person looks
GRANTED = "Solo asintió cuando le preguntaron por la deuda: falta oír si con eso la confirma."
GUARANTOR = "Quien la oyó dice responder también por ella: falta ver si la ley del país lo permite."
_FAR: tuple[Speaker, ...] = ("debtor", "other")


class Params(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    discloses: tuple[Label, ...] = ("discloses_debt",)
    debt: tuple[Label, ...] = ("states_debt", "lateness_said")  # a figure or a product alone tells no debt
    called: Label = "calls_to_phone"
    confirms: Label = "confirms_debt"
    of_another: tuple[Label, ...] = ("debt_of_another", "discloses_debt")
    surprise: Label = "startled"
    afterwards: tuple[Label, ...] = ("asks_what_was_told", "regrets_telling")
    collector: Label = "names_collector"
    guarantor: Label = "tells_guarantor"
    guarantor_may_know: bool = False


def check(transcript: Transcript, findings: Findings, params: Params) -> Verdict:
    if told := disclosures(transcript, findings, params):
        where = places([quote.turn for quote in told])
        reason = f"Habló de la deuda con quien no es el titular ({where})."
        doubt = doubt_of(transcript, findings, told, params)
        return failed(reason, sorted(told), confidence=max(told.values()), doubt=doubt)
    if owned := admitted.telling(transcript, findings):
        where = places([quote.turn for quote in owned])
        reason = f"El agente cuenta que ya habló de la deuda con otra persona ({where})."
        return failed(reason, owned, confidence=UNSURE)
    if let := _let(transcript, findings, params):
        return _with_leave(let)
    reason = "No habló de la deuda con nadie más que el titular."
    if hints := hinted(transcript, findings, params):
        where = places([quote.turn for quote in hints])
        doubt = f"Tal vez habló de ella con quien no es el titular ({where}); las palabras no bastan."
        return passed(reason, sorted(hints), confidence=DOUBTFUL_CONFIDENCE, doubt=doubt)
    signs = _signs(transcript, findings, params)
    if signs:
        where = places([quote.turn for quote in signs])
        doubt = f"Tal vez se habló de ella con otra persona: lo hace pensar lo que se dice ({where})."
        return passed(reason, signs, confidence=DOUBTFUL_CONFIDENCE, doubt=doubt)
    if named := _collector_named(transcript, findings, params):
        where = places([quote.turn for quote in named])
        doubt = f"Le dijo a otra persona que llama quien cobra ({where}): falta oír si con eso lo revela."
        return passed(reason, named, confidence=DOUBTFUL_CONFIDENCE, doubt=doubt)
    return passed(reason)


def _let(transcript: Transcript, findings: Findings, params: Params) -> dict[Quote, Finding]:
    """What another was told by the debtor's leave, and the words that gave it."""
    told = _every_telling(transcript, findings, params)
    return authorised.leave(transcript, findings, told, debtor_came(transcript, findings))


def _with_leave(let: Mapping[Quote, Finding]) -> Verdict:
    """The pass of who told another by the debtor's leave alone."""
    words = {one.quote for one in let.values()}
    where = places([quote.turn for quote in words])
    if all(authorised.plainly(one) for one in let.values()):
        return passed(
            f"El titular autorizó que se hablara de la deuda con otra persona ({where}).", sorted(words)
        )
    doubt = f"Dijo con quién tratarla ({where}): falta oír si con eso lo autorizó."
    reason = "Habló de la deuda con quien el titular le indicó."
    return passed(reason, sorted({*words, *let}), confidence=DOUBTFUL_CONFIDENCE, doubt=doubt)


def disclosures(
    transcript: Transcript, findings: Findings, params: Params | None = None
) -> dict[Quote, float]:
    """The agent's words that told another of the debt, without the debtor's leave, and how sure it is that
    this was wrong.
    """
    asked = params or Params()
    let = _let(transcript, findings, asked)
    every = _every_telling(transcript, findings, asked)
    told = {quote: sure for quote, sure in every.items() if quote not in let}
    return _less_to_guarantor(transcript, findings, told, asked)


def _every_telling(transcript: Transcript, findings: Findings, asked: Params) -> dict[Quote, float]:
    """The agent's words that told another of the debt, with leave or without."""
    labels = (*asked.discloses, *asked.debt)
    told = _told(transcript, findings, reading.said(transcript, findings, labels))
    told |= dict.fromkeys(_to_who_was_called(transcript, findings, asked), UNSURE)
    granted = _told(transcript, findings, reading.said(transcript, findings, (asked.confirms,)))
    told |= dict.fromkeys(granted.keys() - told.keys(), UNSURE)
    known = findings.people.disclosed_to_other
    if known is not None and not reading.doubtful(transcript, (known.turn,)):
        told.setdefault(known, SURE)
    return told


def doubt_of(
    transcript: Transcript, findings: Findings, told: Mapping[Quote, float], params: Params | None = None
) -> str:
    """Why it is open whether `told` was wrongly told: all that tells it is a yes to another's guess, or who
    heard it answers for the debt too.
    """
    asked = params or Params()
    if max(told.values()) > UNSURE:
        return ""
    granted = {f.quote for f in reading.said(transcript, findings, (asked.confirms,))}
    if granted & told.keys():
        return GRANTED
    return GUARANTOR if guarantor_told(transcript, findings, told, asked) else ""


def _less_to_guarantor(
    transcript: Transcript, findings: Findings, told: Mapping[Quote, float], params: Params
) -> dict[Quote, float]:
    """`told` without what a guarantor may know, and less sure where only the country's law could tell, or
    where they said so too late: the agent had not asked who listened.
    """
    heard = guarantor_told(transcript, findings, told, params)
    spared = {quote for quote, known in heard.items() if known and params.guarantor_may_know}
    sure = {quote: how for quote, how in told.items() if quote not in spared}
    return {quote: min(how, UNSURE) if quote in heard else how for quote, how in sure.items()}


def guarantor_told(
    transcript: Transcript, findings: Findings, told: Collection[Quote], params: Params | None = None
) -> dict[Quote, bool]:
    """What of `told` a guarantor heard, and whether they had said before that they are one. Who hands over
    the phone listens no more.
    """
    label = (params or Params()).guarantor
    owned = [f.quote.turn for f in reading.said(transcript, findings, (label,), by=_FAR)]
    passed_on = [f.quote.turn for f in reading.said(transcript, findings, ("hands_over",), by=_FAR)]
    heard: dict[Quote, bool] = {}
    for quote in told:
        near = [
            i for i in owned if not any(min(i, quote.turn) <= at < max(i, quote.turn) for at in passed_on)
        ]
        if near:
            heard[quote] = min(near) < quote.turn
    return heard


def hinted(transcript: Transcript, findings: Findings, params: Params | None = None) -> dict[Quote, float]:
    """The agent's words by which another may have been told of the debt: too faint to be claimed."""
    asked = params or Params()
    faint = reading.hinted(transcript, findings, (*asked.discloses, *asked.debt))
    told = _told(transcript, findings, faint)
    let = authorised.leave(transcript, findings, told, debtor_came(transcript, findings))
    told = {quote: sure for quote, sure in told.items() if quote not in let}
    return _less_to_guarantor(transcript, findings, told, asked)


def _to_who_was_called(transcript: Transcript, findings: Findings, params: Params) -> list[Quote]:
    """«Pásemela. Señora, su marido debe…»: whose debt it is, said after the phone was asked for in the same
    breath, where somebody else is the next to speak. What stands before that the debtor heard.
    """
    told = []
    for call in reading.said(transcript, findings, (params.called,)):
        turn = call.quote.turn
        after = next((t.speaker for t in transcript.turns[turn + 1 :] if t.speaker in _FAR), None)
        if after == "other":
            of_another = reading.said(transcript, findings, params.of_another, turns=(turn,))
            told += [f.quote for f in of_another if f.quote.start >= call.quote.end]
    return told


def _signs(transcript: Transcript, findings: Findings, params: Params) -> list[Quote]:
    """What is said of a debt told to another: of one who was on the phone, or of whom the agent speaks."""
    if not findings.people.third_party:
        return admitted.hints(transcript, findings)
    others = [i for i, _ in transcript.said_by("other")]
    said = reading.said(transcript, findings, (params.surprise,), by="other", turns=others)
    said += reading.said(transcript, findings, params.afterwards, by=("debtor", "agent"))
    return sorted({f.quote for f in said if f.quote.turn >= others[0]})


def _collector_named(transcript: Transcript, findings: Findings, params: Params) -> list[Quote]:
    """Words that tell another person, who spoke before, that a collector calls; until the debtor came."""
    first = next((i for i, _ in transcript.said_by("other")), len(transcript.turns))
    before = range(first, debtor_came(transcript, findings))
    named = reading.said(transcript, findings, (params.collector,), turns=before)
    heard = (f.quote for f in named if listener(transcript, findings.findings, f.quote.turn) == "other")
    return sorted(set(heard))


def _told(transcript: Transcript, findings: Findings, said: tuple[Finding, ...]) -> dict[Quote, float]:
    """What of `said` another person or a voice mail heard, and how sure it is that it was wrong."""
    sure = {f.quote: _to_another(transcript, findings, f) for f in said}
    return {quote: confidence for quote, confidence in sure.items() if confidence is not None}


def _to_another(transcript: Transcript, findings: Findings, told: Finding) -> float | None:
    """How sure it is that `told` reached somebody who may not know; None where the debtor hears it."""
    turn, people = told.quote.turn, findings.people
    known = max(SURE, sureness((told,)))
    if people.voicemail and not people.debtor_reached:
        return known
    far = [i for i, _ in transcript.said_by("debtor", "other")]
    if listener(transcript, findings.findings, turn) == "other":
        if turn > debtor_came(transcript, findings):
            return UNSURE  # who joins a call with the debtor may do so with the debtor's consent
        return known if far[0] < turn else SURE
    denied = [f.quote.turn for f in reading.said(transcript, findings, ("wrong_person",), by="debtor")]
    if not denied or turn >= debtor_came(transcript, findings):
        return None
    if denied[0] < turn:
        return known
    # who denies it only after having spoken of the debt for a while may just want to be left alone
    return SURE if denied[0] == min(i for i in far if i > turn) else UNSURE


def debtor_came(transcript: Transcript, findings: Findings) -> int:
    """The turn from which the debtor is on the phone; past the end of the call where that never happened."""
    never = len(transcript.turns)
    denied = [f.quote.turn for f in reading.said(transcript, findings, ("wrong_person",), by="debtor")]
    settled = findings.people.identity_turn
    if settled is not None and settled not in denied:
        return settled
    if denied:
        named = reading.said(transcript, findings, ("self_identifies", "comes_on"), by="debtor")
        return next((f.quote.turn for f in named if f.quote.turn > denied[-1]), never)
    spoke = next((i for i, _ in transcript.said_by("debtor")), never)
    return spoke if findings.people.debtor_reached else never
