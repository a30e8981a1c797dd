"""The better line beside a failed criterion, as it fits this call: to whom it is said, what was objected,
what was agreed. None where no line would do, or where the rules would find a fault in it.
"""

from __future__ import annotations

from dataclasses import dataclass

from nlp.listener import listener
from nlp.types import Finding, Findings
from rubrics import reading
from rubrics.case_words import agreed_in_case, in_case
from rubrics.fair_chance import debtor_not_reached
from rubrics.ladder import named
from rubrics.playbook import Playbook, Wordings, for_any_case
from rubrics.reading import DISPUTES, refused_at
from rubrics.replies import Case, faults, ranked
from rubrics.told import THEIRS, facts
from rubrics.types import Criterion, Pack, Rule, Verdict
from transcripts.types import Transcript

OTHER = "Es un asunto personal y lo hablo solo con esa persona. ¿A qué hora la encuentro?"
VOICEMAIL = "Le habla [su nombre]. Le agradezco que me devuelva la llamada."
# what is said to whoever answers in the debtor's place: no line there may take them for the debtor. A
# criterion that is not here has no line for them
TO_OTHER = {
    "verifies_identity": OTHER,
    "verified_before_disclosure": OTHER,
    "no_third_party_disclosure": OTHER,
    "contact_allowed_person": OTHER,
    "asks_when_to_call": OTHER,
    "handles_objections": OTHER,
    "no_threats": OTHER,
    "no_lawyer": OTHER,
    "no_public_shaming": OTHER,
    "concise": OTHER,
    "accurate_information": OTHER,
    "usted_no_tuteo": "¿Me dice usted a qué hora encuentro a esa persona?",
    "courteous": "Disculpe la molestia, y gracias por atenderme.",
    "empathy": "Le entiendo, y gracias por decírmelo.",
    "respects_stop_request": "Tomo nota de su petición. Disculpe la molestia.",
    "polite_close": "Gracias por su tiempo. Que tenga buen día.",
}
CHECKS = "Lo que me dice hay que revisarlo. ¿Qué comprobante tiene? Le doy respuesta el [fecha]."
# to who told of an illness or a death before they disputed: a proof asked of them sounds like one of that
CHECKS_IN_GRIEF = "Lo del cobro lo reviso yo. Le doy respuesta el [fecha]."
CHECKS_PAID_IN_GRIEF = "Lo del pago lo reviso. ¿Tiene el comprobante de ese pago? Le respondo el [fecha]."
# and where that is not what the criterion asks for: two ways to clear it up, what that gives, a day for it
CHECKS_BY = {
    "offers_alternatives": "Para revisarlo, mándeme lo que tenga o dícteme los datos. ¿Qué prefiere?",
    "explains_benefit": "Conviene revisarlo: si usted tiene razón, el saldo se corrige.",
    "explains_benefit_without_record": "Conviene revisarlo: si usted tiene razón, el saldo se corrige.",
    "gets_commitment": "Para revisarlo, ¿qué día me manda lo que tenga? Lo anoto y le respondo el [fecha].",
}
# whose own line asks for a payment, or tells what it gives: not where the debt itself is disputed
ASKS_TO_PAY = (
    *("no_threats", "no_lawyer", "no_public_shaming", "credit_record_wording", "firm", "offers_alternatives"),
    *("explains_benefit", "explains_benefit_without_record", "gets_commitment", "concise"),
)
# who refused to the end agreed to nothing that could be sent or noted
REFUSED = {
    "gets_commitment": "Respeto su decisión. Si algo cambia, ¿cómo prefiere que lo retomemos?",
    "follow_up": "Dejo anotado lo que me dijo. Si algo cambia, puede llamarnos a este número.",
    "reads_back_agreement": "",
}
# said to who refused, for what was never tried with them, as reasons call it (see `reading.RUNGS`)
TRIES = {
    "reconocer su situación": "Entiendo que hoy lo vea así.",
    "explorar": "¿Qué tendría que cambiar para que pueda pagar?",
    "ofrecer una alternativa": "¿Le serviría pagarlo en partes?",
    "volver a pedir el pago": "¿Qué día podría pagar y cuánto?",
}
# said instead of a threat: where the debtor told of an illness or a death before it, a word on that
INSTEAD_OF_A_THREAT = ("no_threats", "no_lawyer", "no_public_shaming", "credit_record_wording")
GRAVE = ("health_emergency", "grave_case", "death_told")
# whose own line fits whoever answers
OPENING = ("greeting_identification", "greeting_until_verified", "recording_notice")
SAID_TO_ANYONE = (*OPENING, "calm", "lets_debtor_speak", "special_case_routing")
# checks of how the call was made, not of words: their lines tell the agent what to do
OF_THE_CALL = ("contact_hours", "contact_frequency", "one_channel", "coded_right")
DISCLOSES = ("no_third_party_disclosure", "contact_allowed_person", "verifies_identity")


def better(
    criterion: Criterion,
    verdict: Verdict,
    findings: Findings,
    transcript: Transcript,
    playbook: Playbook,
    pack: Pack | None = None,
) -> str:
    """What to say instead, or "". `findings` and `verdict` as they stand in the call."""
    line = _Failed(criterion, verdict, findings, transcript, playbook, pack).line()
    if isinstance(criterion, Rule):  # the words that a country's law asks for are no fault there
        return line
    return "" if faults(line, pack) else line


@dataclass(frozen=True, slots=True)
class _Failed:
    """A criterion that a call fails, with all that a line beside it hangs on."""

    criterion: Criterion
    verdict: Verdict
    findings: Findings
    transcript: Transcript
    playbook: Playbook
    pack: Pack | None

    def line(self) -> str:
        if self.criterion.check in OF_THE_CALL:
            return self.criterion.better
        if _to_another(self.verdict, self.findings, self.transcript):
            return self._for_other()
        disputed = self._disputed()
        if self.criterion.id in REFUSED and disputed is None and self._refused():
            return self._to_refusal()
        if self.criterion.id in INSTEAD_OF_A_THREAT and (told := self._of_grave_news(disputed)):
            return told
        if self.criterion.id in ASKS_TO_PAY and disputed is not None:
            return self._of_grave_news(disputed) or self._check(disputed)
        if self.criterion.check == "repeats_back":
            return agreed_in_case(self.criterion.better, self.findings.promise, self.transcript)
        return self._of_playbook() or self._own()

    def _refused(self) -> bool:
        """Whether the debtor refused to pay, and nothing was agreed."""
        return self.findings.promise is None and refused_at(self.transcript, self.findings) is not None

    def _to_refusal(self) -> str:
        """What to say to who refused: of a commitment, what the reason names as never tried; nothing is asked
        for again of who told grave news or wants no calls.
        """
        call, refused = self.transcript, reading.refused_at(self.transcript, self.findings)
        spared = reading.said(call, self.findings, ("stop_request", *GRAVE), by=("debtor", "other"))
        if self.criterion.id != "gets_commitment" or refused is None or spared:
            return REFUSED[self.criterion.id]
        left = reading.rungs_left(call, self.findings, refused)
        return " ".join(TRIES[name] for name in left) or REFUSED[self.criterion.id]

    def _check(self, disputed: int) -> str:
        """What to say to a dispute; who told grave news before it is asked for no proof but of a payment."""
        if feeling := self._of_grave_news(None):
            objected = reading.objections(self.transcript, self.findings)
            paid = any(o.label == "already_paid" and o.quote.turn == disputed for o in objected)
            return f"{feeling} {CHECKS_PAID_IN_GRIEF if paid else CHECKS_IN_GRIEF}"
        return CHECKS_BY.get(self.criterion.id, CHECKS)

    def _disputed(self) -> int | None:
        """The turn in which the debtor last holds, before the words at fault, that nothing or less is owed.
        None where nobody does, or something was agreed after all.
        """
        if self.findings.promise is not None:
            return None
        objected = (
            one for one in reading.objections(self.transcript, self.findings) if one.label in DISPUTES
        )
        stolen = reading.said(self.transcript, self.findings, ("tells_theft",), by=("debtor", "other"))
        return self._last((*objected, *stolen))

    def _last(self, told: tuple[Finding, ...]) -> int | None:
        """The turn of the last of these before the words at fault."""
        last = self._last_of(told)
        return last.quote.turn if last else None

    def _last_of(self, told: tuple[Finding, ...]) -> Finding | None:
        """The last of these that stands before the words at fault; of any, where what is at fault is that
        something was not said.
        """
        turns = self.transcript.turns
        at_fault = [quote.turn for quote in self.verdict.evidence if turns[quote.turn].speaker == "agent"]
        until = min(at_fault, default=len(turns))
        before = (one for one in told if one.quote.turn < until)
        return max(before, key=lambda one: one.quote.turn, default=None)

    def _of_grave_news(self, disputed: int | None) -> str:
        """The playbook's word on an illness or a death that was told before the words at fault, and after any
        dispute; "" where none was.
        """
        news = reading.said(self.transcript, self.findings, GRAVE, by=("debtor", "other"))
        told, play = self._last_of(news), self.playbook.find("health_emergency")
        if told is None or play is None or (disputed is not None and disputed > told.quote.turn):
            return ""
        return _first(play.recognise, self.transcript, self.pack, self._told(told))

    def _own(self) -> str:
        """The criterion's own line, with what this call tells in its slots."""
        return in_case(self.criterion.better, self.findings, self.transcript)

    def _for_other(self) -> str:
        criterion, people = self.criterion, self.findings.people
        if people.voicemail and not people.third_party and not people.debtor_reached:
            if criterion.id in OPENING:
                return self._own()
            return VOICEMAIL if criterion.id in DISCLOSES else ""
        play = self.playbook.find("wrong_person")
        if criterion.check == "answers_objections" and play is not None:
            met = next(iter(reading.said(self.transcript, self.findings, ("wrong_person",), by=THEIRS)), None)
            return _first(play.replies, self.transcript, self.pack, self._told(met)) or OTHER
        if criterion.id in SAID_TO_ANYONE:
            return self._own()
        return TO_OTHER.get(criterion.id, "")

    def _told(self, met: Finding | None) -> frozenset[str]:
        """What the call tells by the objection that is answered."""
        return facts(self.transcript, self.findings, met) if met else frozenset()

    def _of_playbook(self) -> str:
        """For what answers an objection, the playbook's words to the one that was met badly; "" for all else.

        Only words that fit whoever objects so: those of a country or a case may name what the debtor never
        told.
        """
        params = self.criterion.params
        if self.criterion.check == "answers_objections":
            met = _met_badly(self.verdict, self.findings, self.transcript)
            play = self.playbook.find(met.label) if met else None
            return _first(play.replies, self.transcript, self.pack, self._told(met)) if play else ""
        if self.criterion.check == "says_after" and "empathy" in params.get("labels", ()):
            told = reading.said(self.transcript, self.findings, params["after"], by=("debtor", "other"))
            one = next((one for one in told if self.playbook.find(one.label) is not None), None)
            play = self.playbook.find(one.label) if one else None
            return _first(play.recognise, self.transcript, self.pack, self._told(one)) if play else ""
        return ""


def _to_another(verdict: Verdict, findings: Findings, transcript: Transcript) -> bool:
    """Whether the words would be said to somebody who is not the debtor."""
    people, spoke = findings.people, {turn.speaker for turn in transcript.turns}
    if people.voicemail or "debtor" not in spoke:
        denied = reading.said(transcript, findings, ("wrong_person",), by=("other", "unknown"))
        return not people.debtor_reached and (people.voicemail or "other" in spoke or bool(denied))
    if people.debtor_reached and debtor_not_reached(transcript, findings) is not None:
        return True  # a wrong number: whoever was taken for the debtor is not
    return any(_hears(findings, transcript, quote.turn) == "other" for quote in verdict.evidence)


def _hears(findings: Findings, transcript: Transcript, turn: int) -> str | None:
    who = transcript.turns[turn].speaker
    return listener(transcript, findings.findings, turn) if who == "agent" else who


def _met_badly(verdict: Verdict, findings: Findings, transcript: Transcript) -> Finding | None:
    """The first objection that the verdict's reason names, else the last before the words that it quotes."""
    objections = reading.objections(transcript, findings)
    at = min((quote.turn for quote in verdict.evidence), default=len(transcript.turns))
    before = [one for one in objections if one.quote.turn < at]
    told = (one for one in objections if named(one) in verdict.reason)
    return next(told, before[-1] if before else None)


def _first(
    wordings: Wordings, transcript: Transcript, pack: Pack | None, told: frozenset[str] = frozenset()
) -> str:
    """The first that needs no more of the call than what was `told`."""
    about = transcript.recording
    offers = about.facts.authorized_offers or ()
    case = Case({}, about.country or "", None, None, pack, frozenset(), told=told, offers=offers)
    found = next(ranked(tuple(one for one in wordings if for_any_case(one)), case), None)
    return found.say if found else ""
