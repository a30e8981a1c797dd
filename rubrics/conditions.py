"""Preconditions by name: when one holds, a criterion does not apply, and its reason says why.

A condition takes the call and returns an `Unmet` (what failed, in Spanish, and how sure that is) or None
where the criterion can be judged. The names are what `na_when` in rubric files may list; they follow the
taxonomy's `na when`.
"""

from __future__ import annotations

import re
from decimal import Decimal

from nlp.labels import objection_ids
from nlp.money import amounts
from nlp.text import plain
from nlp.thresholds import borne_out
from nlp.two_currencies import two_currencies
from nlp.types import Finding, Findings
from rubrics import admitted, reading
from rubrics.case_conditions import CASE_CONDITIONS
from rubrics.fair_chance import MANY, debtor_busy, debtor_not_reached, never_told, no_fair_chance
from rubrics.labels import spanish
from rubrics.spared import FEW, in_emergency
from rubrics.unmet import (
    COMPLAINT,
    HARDSHIP,
    SURE,
    Condition,
    Unmet,
    only_the_debtor,
    surely,
    unless_likely,
    who_did_not,
)
from rubrics.verdicts import DOUBTFUL_CONFIDENCE, places
from transcripts.types import Transcript

TROUBLE = ("wrong_amount", "no_notice", "payment_channel", "not_my_debt", "already_paid")  # or complaint
SURELY_NONE = 0.9
# a loss of these days, and one of which nobody said when it was
FRESH_GRIEF, DEATH = ("just_lost", "bereaved"), ("death_told",)
_LONG_AGO = re.compile(r"\bhace (?:\w+ ){0,2}anos\b")


def voicemail_only(transcript: Transcript, findings: Findings) -> Unmet | None:
    if findings.people.voicemail and not findings.people.debtor_reached:
        return Unmet("Contestó un buzón de voz: no habló ninguna persona.")
    return None


def starts_after_greeting(transcript: Transcript, findings: Findings) -> Unmet | None:
    if transcript.trust.starts_late:
        return Unmet("La grabación empieza después del saludo.")
    if reading.written_late(transcript):
        return Unmet("Lo escrito empieza a media frase: el saludo quedó fuera.", DOUBTFUL_CONFIDENCE)
    return None


def transferred_in(transcript: Transcript, findings: Findings) -> Unmet | None:
    """Where the legs of the call are known they decide, not what was said of a transfer."""
    if transcript.parts:
        if transcript.parts[0].number == 1:
            return None
        return Unmet("La llamada llegó transferida y falta el tramo en que empieza.")
    moved = ("transferred_in",)
    # what the debtor tells later («me pasaron con cinco personas») is a story of another call
    start = reading.said(transcript, findings, moved, by="debtor", turns=range(2))
    start = start or reading.said(transcript, findings, moved, turns=range(4))
    if start:
        return Unmet(f"La llamada llegó transferida de otra persona ({places([start[0].quote.turn])}).", 0.7)
    return None


def ended_before_purpose(transcript: Transcript, findings: Findings) -> Unmet | None:
    """The debtor ended the call before the agent could say what it was about."""
    if not reading.debtor_ended(transcript, findings):
        return None
    told = [reading.said(transcript, findings, (label,)) for label in ("amount_said", "lateness_said")]
    debt = findings.people.debt_turn
    if all(told) or (debt is not None and len(reading.agent_turns_after(transcript, debt)) >= 2):
        return None
    return Unmet("El deudor terminó la llamada antes de que se le pudiera informar el adeudo.", 0.8)


def emergency_first(transcript: Transcript, findings: Findings) -> Unmet | None:
    """An emergency cut short what the agent had begun to say of the debt, and the agent let it be."""
    told = [reading.said(transcript, findings, (label,)) for label in ("amount_said", "lateness_said")]
    return None if all(told) else in_emergency(transcript, findings)


def emergency_before_reason(transcript: Transcript, findings: Findings) -> Unmet | None:
    """An emergency came before the agent asked for the reason, and the agent let it be."""
    if reading.said(transcript, findings, ("asks_reason",)):
        return None
    return in_emergency(transcript, findings)


def grief_before_reason(transcript: Transcript, findings: Findings) -> Unmet | None:
    """The debtor told of a death before the agent asked for the reason: nobody asks for it after that.

    Where the agent had gone on without asking for some turns before, a person looks.
    """
    if reading.said(transcript, findings, ("asks_reason",)):
        return None
    fresh = [f for f in reading.said(transcript, findings, FRESH_GRIEF, by="debtor") if f.score >= SURE]
    died = fresh or [f for f in _deaths(transcript, findings) if f.score >= SURE]
    if not died:
        return None
    told, debt = died[0].quote.turn, findings.people.debt_turn
    before = [] if debt is None else reading.agent_turns_after(transcript, debt)
    sure = 0.75 if fresh and len([i for i in before if i < told]) <= FEW else 0.5
    return Unmet(f"El deudor contó que perdió a alguien: no era de preguntarle ({places([told])}).", sure)


def busy_before_reason(transcript: Transcript, findings: Findings) -> Unmet | None:
    """The debtor had no time before the agent asked for the reason, and another hour was agreed on."""
    if reading.said(transcript, findings, ("asks_reason",)):
        return None
    return debtor_busy(transcript, findings)


def _deaths(transcript: Transcript, findings: Findings) -> list[Finding]:
    """Deaths that the debtor told of, but for those of years ago."""
    told = reading.said(transcript, findings, DEATH, by="debtor")
    return [f for f in told if not _LONG_AGO.search(plain(transcript.turns[f.quote.turn].text))]


def debtor_hung_up(transcript: Transcript, findings: Findings) -> Unmet | None:
    if findings.people.debtor_hung_up:
        return Unmet("El deudor colgó.")
    left = findings.people.left_turn
    if (bye := left if left is not None else _took_leave(transcript, findings)) is not None:
        return Unmet(f"El deudor se despidió y terminó la llamada ({places([bye])}).", 0.75)
    if never_told(transcript, findings) is not None and _left(transcript, findings):
        return Unmet("El deudor terminó la llamada antes de oír de qué se trataba.", 0.7)
    return None


def _took_leave(transcript: Transcript, findings: Findings) -> int | None:
    """The turn in which the debtor said goodbye and ended the call: the last, unless the agent was closing it
    already.
    """
    last = len(transcript.turns) - 1
    if last < 1 or transcript.turns[last].speaker != "debtor" or findings.people.agent_hung_up:
        return None
    if not reading.said(transcript, findings, ("goodbye",), by="debtor", turns=(last,)):
        return None
    before = reading.turns_of(transcript, "agent")[-1:]
    closing = (
        *("polite_close", "goodbye", "wishes_well", "thanks", "follow_up", "calls_back", "read_back"),
        *("parting_shot", "brush_off", "waves_off"),
    )
    return None if reading.said(transcript, findings, closing, turns=before) else last


def _left(transcript: Transcript, findings: Findings) -> bool:
    """Whether the debtor has the last word, a goodbye, or the agent hardly had one."""
    last = len(transcript.turns) - 1
    if last < 0 or transcript.turns[last].speaker != "debtor":
        return False
    if reading.said(transcript, findings, ("polite_close", "goodbye", "wishes_well", "thanks", "follow_up")):
        return False
    bye = reading.said(transcript, findings, ("goodbye", "ends_call"), by="debtor", turns=(last,))
    return bool(bye) or len(reading.turns_of(transcript, "agent")) <= FEW


def only_debtor_spoke(transcript: Transcript, findings: Findings) -> Unmet | None:
    told = admitted.telling(transcript, findings) or admitted.hints(transcript, findings)
    if only_the_debtor(transcript, findings) and not told:
        return Unmet("Solo habló el deudor: no hubo un tercero a quien revelar nada.")
    return None


def nobody_to_find(transcript: Transcript, findings: Findings) -> Unmet | None:
    """Nobody there knows the person asked for, or that person has died: there is no hour to ask for.

    Who knows the debtor, and only says that they are out, is still to be asked.
    """
    for label, reason in (
        ("death_told", "Le dijeron que el titular falleció"),
        ("wrong_number", "Quien contestó no conoce al titular: es un número equivocado"),
    ):
        told = reading.said(transcript, findings, (label,), by=("debtor", "other"))
        if told and not reading.said(transcript, findings, ("hands_over",), by=("debtor", "other")):
            return Unmet(f"{reason} ({places([told[0].quote.turn])}).", min(0.8, max(f.score for f in told)))
    return None


def no_hardship_told(transcript: Transcript, findings: Findings) -> Unmet | None:
    hard = (*HARDSHIP, *COMPLAINT, *FRESH_GRIEF, "will_complain", "robbed")
    if reading.said(transcript, findings, hard, by=("debtor", "other")) or _deaths(transcript, findings):
        return None
    doubted = reading.said(transcript, findings, ("distrust",), by=("debtor", "other"))
    if len({f.quote.turn for f in doubted}) >= MANY:
        return None  # who doubts the call again and again complains of it
    trouble = reading.said(transcript, findings, TROUBLE, by=("debtor", "other"))
    met = reading.said(transcript, findings, ("empathy",))
    if not trouble and len({f.quote.turn for f in met}) >= FEW:
        return None  # acknowledged again and again: something was told that no objection was found in
    if not trouble:
        none = Unmet(f"{who_did_not(findings)} contó ninguna dificultad ni queja.")
        return unless_likely(none, transcript, findings, (*HARDSHIP, *COMPLAINT), met)
    after = reading.agent_turns_after(transcript, trouble[0].quote.turn)
    if reading.said(transcript, findings, ("empathy", "pity"), turns=after):
        return None  # the agent took it for one, and can be judged by that
    if len(reading.objections(transcript, findings)) >= MANY <= len({f.quote.turn for f in trouble}):
        return None  # who comes back to it again and again complains
    told = f"«{spanish(trouble[0].label)}» ({places([trouble[0].quote.turn])})"
    return Unmet(f"Lo que se planteó es {told}, y no una dificultad ni una queja.", 0.65)


def said_already_paid(transcript: Transcript, findings: Findings) -> Unmet | None:
    paid = surely(transcript, findings, "already_paid")
    return Unmet(f"El deudor dijo que ya pagó ({places([paid[0].quote.turn])}).") if paid else None


def no_objection(transcript: Transcript, findings: Findings) -> Unmet | None:
    if (machine := voicemail_only(transcript, findings)) is not None:
        return machine
    objected = reading.objections(transcript, findings)
    if any(borne_out(f.label, f.score, f.source) for f in objected):
        return None
    sure = DOUBTFUL_CONFIDENCE if objected else SURELY_NONE  # what was hardly heard may have been one
    none = Unmet(f"{who_did_not(findings)} puso ninguna objeción.", sure)
    return unless_likely(none, transcript, findings, objection_ids())


def no_agreement(transcript: Transcript, findings: Findings) -> Unmet | None:
    if reading.agreement(findings):
        return None
    return Unmet("No hubo acuerdo de pago.")


def accepts_full_payment(transcript: Transcript, findings: Findings) -> Unmet | None:
    """The debtor agrees to pay all, before any objection and before anything was offered."""
    promise = findings.promise
    if promise is None or promise.amount is None:
        return None
    before = range(promise.quote.turn)
    due = transcript.recording.facts.amount_due
    objected = [f for f in reading.objections(transcript, findings) if f.quote.turn in before]
    bargained = any(f.label in reading.NEGOTIATED for f in objected)
    offered = reading.said(transcript, findings, ("offer_plan", "offer_waiver"), turns=before)
    whole = due if due is not None else _told(transcript, findings, before)
    if bargained or offered or promise.amount < whole:
        return None
    at_once = reading.said(transcript, findings, ("accepts_payment",), by="debtor")
    sure = 0.5 if two_currencies(transcript) else 0.9 if due is not None else 0.8 if at_once else 0.65
    return Unmet(f"El deudor aceptó enseguida pagar todo ({places([promise.quote.turn])}).", sure)


def _told(transcript: Transcript, findings: Findings, before: range) -> Decimal:
    """The largest sum that the agent named as the debt, where the debtor's own is none of those; else 0: of a
    whole debt and what is due of it either may be asked for.
    """
    promise = findings.promise
    said = reading.said(transcript, findings, ("states_debt",), turns=before)
    texts = {transcript.turns[f.quote.turn].text for f in said}
    sums = {one.value for text in texts for one in amounts(text, transcript.recording.country) if one.value}
    return Decimal(0) if promise is None or promise.amount in sums else max(sums, default=Decimal(0))


def refused_after_every_rung(transcript: Transcript, findings: Findings) -> Unmet | None:
    """The debtor refused for good although the agent recognised, explored, offered and asked again."""
    refused = reading.refused_at(transcript, findings)
    if refused is None or findings.promise is not None or reading.rungs_left(transcript, findings, refused):
        return None
    rungs = "se le reconoció, indagó, ofreció y volvió a pedir"
    where = f"El deudor se negó ({places([refused])})"
    if reading.refused_first(transcript, findings, refused):
        return Unmet(f"{where} y no se comprometió, aunque después {rungs}.", 0.7)
    return Unmet(f"{where} después de que {rungs}.", 0.7)


CONDITIONS: dict[str, Condition] = {
    "voicemail_only": voicemail_only,
    "debtor_not_reached": debtor_not_reached,
    "starts_after_greeting": starts_after_greeting,
    "transferred_in": transferred_in,
    "ended_before_purpose": ended_before_purpose,
    "never_told": never_told,
    "debtor_busy": debtor_busy,
    "busy_before_reason": busy_before_reason,
    "in_emergency": in_emergency,
    "emergency_first": emergency_first,
    "emergency_before_reason": emergency_before_reason,
    "grief_before_reason": grief_before_reason,
    "debtor_hung_up": debtor_hung_up,
    "only_debtor_spoke": only_debtor_spoke,
    "nobody_to_find": nobody_to_find,
    "no_hardship_told": no_hardship_told,
    "said_already_paid": said_already_paid,
    "no_objection": no_objection,
    "no_agreement": no_agreement,
    "accepts_full_payment": accepts_full_payment,
    "refused_after_every_rung": refused_after_every_rung,
    "no_fair_chance": no_fair_chance,
    **CASE_CONDITIONS,
}
