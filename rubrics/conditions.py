"""Preconditions by name: when one holds, a criterion does not apply, and its reason says why.

A condition takes the call and returns an `Unmet` (what failed, in Spanish, and how sure that is) or None
where the criterion can be judged. The names are what `na_when` in rubric files may list; they follow the
taxonomy's `na when`.
"""

from __future__ import annotations

from nlp.types import Finding, Findings
from rubrics import reading
from rubrics.case_conditions import CASE_CONDITIONS
from rubrics.unmet import COMPLAINT, Condition, Unmet, only_the_debtor, surely
from rubrics.verdicts import places
from transcripts.types import Transcript

HARDSHIP = ("no_money", "job_loss", "health_emergency", "other_debts", "grave_case")
GRIEVANCES = ("legal_threat", "harassment_complaint", "bad_service", "wrong_amount")  # they go with a dispute
HEAT = ("legal_threat", "harassment_complaint", "refusal", "hostile")  # what a dispute brings with it
DISPUTES = ("already_paid", "not_my_debt", "wrong_amount", "bad_service")
FEW = 2  # turns: of other grounds, after «ya pagué», that open a call to bargaining; of an illness, that close it
MANY = 3  # times that make an objection the matter of the call
TROUBLE = (
    "wrong_amount",
    "no_notice",
    "payment_channel",
    "not_my_debt",
    "already_paid",
)  # to some a complaint


def voicemail_only(transcript: Transcript, findings: Findings) -> Unmet | None:
    if findings.people.voicemail and not findings.people.debtor_reached:
        return Unmet("Contestó un buzón de voz: no habló ninguna persona.")
    return None


def debtor_not_reached(transcript: Transcript, findings: Findings) -> Unmet | None:
    if findings.people.debtor_reached:
        return _wrong_number(transcript, findings)
    if findings.people.voicemail:
        return Unmet("No se habló con el titular: contestó un buzón de voz.")
    if findings.people.third_party:
        return Unmet("No se habló con el titular: contestó otra persona.")
    return Unmet("No se habló con el titular.", 0.8)


def _wrong_number(transcript: Transcript, findings: Findings) -> Unmet | None:
    """Whoever spoke as the debtor said to be another, and nobody came to talk of the debt afterwards."""
    denied = surely(transcript, findings, "wrong_person")
    if not denied or findings.people.identity_turn is not None or findings.promise is not None:
        return None
    own = reading.NEGOTIATED | {"legal_threat"}
    if reading.said(transcript, findings, own - {"harassment_complaint"}, by="debtor"):
        return None
    return Unmet(f"Quien contestó dijo que no es el titular ({places([denied[0].quote.turn])}).", 0.75)


def starts_after_greeting(transcript: Transcript, findings: Findings) -> Unmet | None:
    if transcript.trust.starts_late:
        return Unmet("La grabación empieza después del saludo.")
    return None


def transferred_in(transcript: Transcript, findings: Findings) -> Unmet | None:
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


def debtor_hung_up(transcript: Transcript, findings: Findings) -> Unmet | None:
    if findings.people.debtor_hung_up:
        return Unmet("El deudor colgó.")
    return None


def only_debtor_spoke(transcript: Transcript, findings: Findings) -> Unmet | None:
    if only_the_debtor(transcript, findings):
        return Unmet("Solo habló el deudor: no hubo un tercero a quien revelar nada.")
    return None


def no_hardship_told(transcript: Transcript, findings: Findings) -> Unmet | None:
    if reading.said(transcript, findings, HARDSHIP + COMPLAINT, by=("debtor", "other")):
        return None
    trouble = reading.said(transcript, findings, TROUBLE, by=("debtor", "other"))
    met = reading.said(transcript, findings, ("empathy",))
    if not trouble and len({f.quote.turn for f in met}) >= FEW:
        return None  # acknowledged again and again: something was told that no objection was found in
    if not trouble:
        return Unmet("El deudor no contó ninguna dificultad ni queja.")
    after = reading.agent_turns_after(transcript, trouble[0].quote.turn)
    if reading.said(transcript, findings, ("empathy", "pity"), turns=after):
        return None  # the agent took it for one, and can be judged by that
    if len(reading.objections(transcript, findings)) >= MANY <= len({f.quote.turn for f in trouble}):
        return None  # who comes back to it again and again complains
    place = places([trouble[0].quote.turn])
    return Unmet(f"El deudor contó un problema ({place}), pero ninguna dificultad ni queja.", 0.65)


def said_already_paid(transcript: Transcript, findings: Findings) -> Unmet | None:
    paid = surely(transcript, findings, "already_paid")
    return Unmet(f"El deudor dijo que ya pagó ({places([paid[0].quote.turn])}).") if paid else None


def no_objection(transcript: Transcript, findings: Findings) -> Unmet | None:
    if reading.objections(transcript, findings):
        return None
    return Unmet("El deudor no puso ninguna objeción.")


def no_agreement(transcript: Transcript, findings: Findings) -> Unmet | None:
    if reading.agreement(findings):
        return None
    return Unmet("No hubo acuerdo de pago que repetir.")


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
    if bargained or offered or (due is not None and promise.amount < due):
        return None
    at_once = reading.said(transcript, findings, ("accepts_payment",), by="debtor")
    sure = 0.9 if due is not None else 0.8 if at_once else 0.65
    return Unmet(f"El deudor aceptó enseguida pagar todo ({places([promise.quote.turn])}).", sure)


def refused_after_every_rung(transcript: Transcript, findings: Findings) -> Unmet | None:
    """The debtor refused for good although the agent recognised, explored, offered and asked again."""
    refusals = reading.said(transcript, findings, ("refusal",), by=("debtor", "other"))
    first = reading.objections(transcript, findings)
    if findings.promise is not None or not refusals:
        return None
    between = range(first[0].quote.turn, refusals[-1].quote.turn + 1)
    rungs = (
        ("empathy",),
        ("probes", "asks_reason"),
        ("offers_alternatives", *reading.OFFERS),
        ("asks_commitment",),
    )
    if all(reading.said(transcript, findings, rung, turns=between) for rung in rungs):
        place = places([refusals[-1].quote.turn])
        why = f"El deudor se negó ({place}) después de que se le reconoció, indagó, ofreció y volvió a pedir."
        return Unmet(why, 0.7)
    return None


def no_fair_chance(transcript: Transcript, findings: Findings) -> Unmet | None:
    """Asking on would have been wrong or was not possible: see the note under the taxonomy's criteria."""
    not_reached = debtor_not_reached(transcript, findings)
    if not_reached is not None:
        return not_reached
    settled = _settled_otherwise(transcript, findings)
    return settled or never_told(transcript, findings) or _ended_at_once(transcript, findings)


def _settled_otherwise(transcript: Transcript, findings: Findings) -> Unmet | None:
    """Paid, disputed, or a special case, and no promise came after it."""
    paid = _last(transcript, findings, "already_paid", FEW)
    denied = _last(transcript, findings, "not_my_debt")
    grave = surely(transcript, findings, "grave_case")
    stop = _last(transcript, findings, "stop_request")
    grounds: tuple[tuple[str, tuple[Finding, ...], float], ...] = (
        ("El deudor dijo que ya pagó y no se le debía insistir", paid, 0.75),
        ("El deudor no reconoce la deuda: corresponde revisar, no insistir", denied, 0.8),
        ("Hay un reclamo que corresponde revisar", _checked_dispute(transcript, findings), 0.6),
        ("Casi todo lo que objetó fue una disputa", _mostly_dispute(transcript, findings), 0.65),
        ("El deudor contó una enfermedad y el agente no le pidió el pago", _spared(transcript, findings), 0.6),
        ("El deudor no quiso tratar la deuda por desconfianza", _distrusted(transcript, findings), 0.65),
        ("Es un caso especial", grave, 0.75),
        ("El deudor pidió que no lo llamen más", stop, 0.7),
    )
    promise = findings.promise
    for reason, found, confidence in grounds:
        if found and not (
            promise is not None and (promise.firm or promise.quote.turn > found[-1].quote.turn)
        ):
            return Unmet(f"{reason} ({places([found[-1].quote.turn])}).", confidence)
    return None


def _last(
    transcript: Transcript, findings: Findings, label: str, least: int = 1
) -> tuple[Finding, ...]:
    """`label`, unless the debtor went on to other grounds later, in `least` turns or more: then there was
    something to talk about.
    """
    found = surely(transcript, findings, label)
    if not found:
        return ()
    others = reading.NEGOTIATED - {label, *GRIEVANCES}
    later = {
        f.quote.turn
        for f in reading.said(transcript, findings, others, by="debtor")
        if f.quote.turn > found[-1].quote.turn
    }
    return () if len(later) >= least else found


def _checked_dispute(transcript: Transcript, findings: Findings) -> tuple[Finding, ...]:
    """A dispute of amount or service that the agent took up for checking instead of asking on."""
    disputes = _last(transcript, findings, "wrong_amount") + _last(transcript, findings, "bad_service")
    if not disputes:
        return ()
    after = reading.agent_turns_after(transcript, disputes[0].quote.turn)
    checked = reading.said(transcript, findings, ("follow_up",), turns=after)
    asked = reading.said(transcript, findings, ("asks_commitment",), turns=after)
    return disputes if checked and not asked else ()


def _mostly_dispute(transcript: Transcript, findings: Findings) -> tuple[Finding, ...]:
    """Disputes of the debt or the service, taken up again and again, with little else beside them but anger."""
    objected = reading.objections(transcript, findings)
    disputes = tuple(f for f in objected if f.label in DISPUTES)
    turns = {f.quote.turn for f in objected}
    hot = {f.quote.turn for f in objected if f.label in (*DISPUTES, *HEAT)}
    if len(disputes) >= MANY and 2 * len(disputes) >= len(objected):
        return disputes
    return disputes if len(hot) >= MANY and 3 * len(hot) >= 2 * len(turns) else ()


def _spared(transcript: Transcript, findings: Findings) -> tuple[Finding, ...]:
    """An illness or an accident told of again and again, in a call that asks for no payment after it."""
    ill = reading.said(transcript, findings, ("health_emergency",), by="debtor")
    if len({f.quote.turn for f in ill}) < FEW:
        return ()
    after = reading.agent_turns_after(transcript, ill[0].quote.turn)
    return () if reading.said(transcript, findings, ("asks_commitment",), turns=after) else ill


def _distrusted(transcript: Transcript, findings: Findings) -> tuple[Finding, ...]:
    """Doubt that the caller is genuine to the end, and nothing negotiated."""
    doubted = reading.said(transcript, findings, ("distrust",), by=("debtor", "other"))
    others = reading.said(transcript, findings, reading.NEGOTIATED, by="debtor")
    return doubted if len(doubted) >= MANY and not others else ()


def never_told(transcript: Transcript, findings: Findings) -> Unmet | None:
    """The agent neither told of the debt nor asked for anything: there was no time, or no trust, for it."""
    told = ("states_debt", "discloses_debt", "amount_said", "asks_commitment")
    bargained = reading.said(transcript, findings, reading.NEGOTIATED - {"vague_promise"}, by="debtor")
    if findings.people.debt_turn is not None or bargained or reading.said(transcript, findings, told):
        return None
    return Unmet("No se llegó a hablar de la deuda.", 0.7)


def _ended_at_once(transcript: Transcript, findings: Findings) -> Unmet | None:
    if not reading.debtor_ended(transcript, findings):
        return None
    debt = findings.people.debt_turn
    if debt is None:
        return Unmet("El deudor terminó la llamada antes de oír de la deuda.", 0.8)
    if len(reading.agent_turns_after(transcript, debt)) <= 2:
        return Unmet("El deudor terminó la llamada apenas oyó de la deuda.", 0.8)
    return None


CONDITIONS: dict[str, Condition] = {
    "voicemail_only": voicemail_only,
    "debtor_not_reached": debtor_not_reached,
    "starts_after_greeting": starts_after_greeting,
    "transferred_in": transferred_in,
    "ended_before_purpose": ended_before_purpose,
    "never_told": never_told,
    "debtor_hung_up": debtor_hung_up,
    "only_debtor_spoke": only_debtor_spoke,
    "no_hardship_told": no_hardship_told,
    "said_already_paid": said_already_paid,
    "no_objection": no_objection,
    "no_agreement": no_agreement,
    "accepts_full_payment": accepts_full_payment,
    "refused_after_every_rung": refused_after_every_rung,
    "no_fair_chance": no_fair_chance,
    **CASE_CONDITIONS,
}
