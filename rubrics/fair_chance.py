"""When there was no fair chance to ask for the payment: nobody to ask, nothing owed, a special case, no time.

See the note † under the criteria of the taxonomy.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from nlp.clauses import whole_clause
from nlp.text import plain
from nlp.types import Finding, Findings
from rubrics import reading
from rubrics.left_at_once import OF_DEBT, ended_at_once
from rubrics.reading import DISPUTES
from rubrics.spared import FEW, left_for_later, let_go, pressed_in_emergency, spared, theft_checked
from rubrics.unmet import Unmet, surely
from rubrics.unrecorded import recording_refused
from rubrics.verdicts import places
from transcripts.types import Transcript

GRIEVANCES = ("legal_threat", "harassment_complaint", "bad_service", "wrong_amount")  # they go with a dispute
HEAT = ("legal_threat", "harassment_complaint", "refusal", "hostile")  # what a dispute brings with it
UNWILLING = ("call_later", "distrust", "wrong_person", "hostile", "harassment_complaint", "ends_call")
PARTING = ("calls_back", "names_hour", "polite_close", "goodbye")
_LOOKED_INTO = re.compile(r"revis|aclar|resuelv|respond|contest|investig|disput|reclam|incidenc")
HELD_BACK = ("refusal", "vague_promise")  # «cuando lo arreglen, pago»: what waits for a claim is none
SETTLES = (*reading.LOOKS_INTO, "grants_paid")  # «usted ya cumplió»
MANY = 3  # times that make an objection the matter of the call


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
    mine = tuple(i for i, _ in transcript.said_by("debtor"))
    said = surely(transcript, findings, "wrong_person")
    # «no está, soy su ex», said before the debtor took the phone, denies nothing of the debtor
    denied = [f for f in said if f.quote.turn in mine or not any(i > f.quote.turn for i in mine)]
    if not denied or findings.people.identity_turn is not None or findings.promise is not None:
        return None
    own = (reading.NEGOTIATED | {"legal_threat"}) - {"harassment_complaint"}
    if findings.people.debt_turn is None:
        own -= {"not_my_debt"}  # nobody disputes a debt that was not told: it is the name that is not theirs
    if reading.said(transcript, findings, own, by="debtor"):
        return None
    return Unmet(f"Quien contestó dijo que no es el titular ({places([denied[0].quote.turn])}).", 0.75)


def no_fair_chance(transcript: Transcript, findings: Findings) -> Unmet | None:
    """Asking on would have been wrong or was not possible: see the note under the taxonomy's criteria."""
    not_reached = debtor_not_reached(transcript, findings)
    if not_reached is not None:
        return not_reached
    return (
        _settled_otherwise(transcript, findings)
        or recording_refused(transcript, findings)
        or never_told(transcript, findings)
        or debtor_busy(transcript, findings)
        or ended_at_once(transcript, findings)
        or _would_not_have_it(transcript, findings)
        or _pressed_in_emergency(transcript, findings)
    )


def _settled_otherwise(transcript: Transcript, findings: Findings) -> Unmet | None:
    """Paid, disputed, or a special case, and no promise came after it."""
    paid = _last(transcript, findings, "already_paid", FEW)
    denied = _last(transcript, findings, "not_my_debt")
    grave, insolvent = (surely(transcript, findings, told) for told in ("grave_case", "insolvent"))
    grounds = (
        ("El deudor dijo que ya pagó y no se le debía insistir", paid, 0.75),
        ("El deudor no reconoce la deuda: corresponde revisar, no insistir", denied, 0.8),
        ("Hay un reclamo que corresponde revisar", _checked_dispute(transcript, findings), 0.6),
        (
            "El deudor no paga mientras no le cumplan: corresponde revisar, no insistir",
            _withheld(transcript, findings),
            0.65,
        ),
        (
            "El deudor contó una emergencia y el agente lo dejó para otro momento",
            left_for_later(transcript, findings),
            0.75,
        ),
        (
            "El deudor contó una enfermedad y el agente no le pidió el pago",
            spared(transcript, findings),
            0.6,
        ),
        (
            "El agente detuvo el cobro mientras se revisa lo que el deudor reclama",
            _halted(transcript, findings),
            0.75,
        ),
        ("El deudor contó un robo que corresponde revisar", theft_checked(transcript, findings), 0.65),
        ("El deudor no quiso tratar la deuda por desconfianza", _distrusted(transcript, findings), 0.65),
        ("Es un caso especial", grave, 0.75),
        ("El deudor está en insolvencia o quiebra: es un caso especial", insolvent, 0.75),
    )
    return _holding(findings, grounds)


def _pressed_in_emergency(transcript: Transcript, findings: Findings) -> Unmet | None:
    """Asked for money in an emergency: a promise pressed out of it counts for nobody until a person looks."""
    told = pressed_in_emergency(transcript, findings)
    if not told:
        return None
    where = places([told[0].quote.turn])
    sure = 0.65 if findings.promise is None else 0.5
    return Unmet(f"El deudor contó una emergencia y no era momento de pedirle el pago ({where}).", sure)


def _would_not_have_it(transcript: Transcript, findings: Findings) -> Unmet | None:
    """Disputed from one end to the other, or told to stop calling."""
    disputes, mostly = _mostly_dispute(transcript, findings)
    fought = (
        "Casi todo lo que objetó fue una disputa"
        if mostly
        else "El deudor disputó la deuda, molesto, hasta el final"
    )
    stop = _last(transcript, findings, "stop_request")
    return _holding(findings, ((fought, disputes, 0.65), ("El deudor pidió que no lo llamen más", stop, 0.7)))


def _holding(findings: Findings, grounds: Sequence[tuple[str, tuple[Finding, ...], float]]) -> Unmet | None:
    """The first of `grounds` that is there, unless a promise came after it."""
    promise = findings.promise
    for reason, found, confidence in grounds:
        if found and not (
            promise is not None and (promise.firm or promise.quote.turn > found[-1].quote.turn)
        ):
            return Unmet(f"{reason} ({places([found[-1].quote.turn])}).", confidence)
    return None


def _last(
    transcript: Transcript, findings: Findings, label: str, least: int = 1, *, likely: bool = False
) -> tuple[Finding, ...]:
    """`label`, unless the debtor went on to other grounds later, in `least` turns or more: then there was
    something to talk about. No payment until a dispute is cleared up is part of it. Said for certain, or
    `likely` said at least.
    """
    found = (
        reading.said(transcript, findings, (label,), by=("debtor", "other"))
        if likely
        else surely(transcript, findings, label)
    )
    if not found:
        return ()
    others = reading.NEGOTIATED - {label, *GRIEVANCES}
    waits = reading.waits_for_claim(transcript, findings) if label in DISPUTES else ()
    later = {
        f.quote.turn
        for f in reading.said(transcript, findings, others, by="debtor")
        if f.quote.turn > found[-1].quote.turn and not (f.label in HELD_BACK and f.quote.turn in waits)
    }
    return () if len(later) >= least else found


def _checked_dispute(transcript: Transcript, findings: Findings) -> tuple[Finding, ...]:
    """A dispute that the agent took up for checking instead of asking on. That it was taken up tells what was
    meant where a denial by itself is only likely («eso no es mío»), and a claim opened what a complaint was.
    """
    claim = bool(reading.said(transcript, findings, ("takes_up_claim",), by="agent"))
    disputes = [
        found
        for label in DISPUTES
        for found in _last(transcript, findings, label, likely=claim or label not in GRIEVANCES)
    ]
    if not disputes:
        return ()
    after = reading.agent_turns_after(transcript, min(f.quote.turn for f in disputes))
    checked = reading.said(transcript, findings, SETTLES, turns=after)
    disputes.sort(key=lambda f: f.quote)
    return tuple(disputes) if checked and not _asked_on(transcript, findings, after) else ()


def _halted(transcript: Transcript, findings: Findings) -> tuple[Finding, ...]:
    """The words by which the agent stopped the collection for something to be looked into, unless a payment
    was asked for after them. «Hasta la quincena» looks into nothing.
    """
    halted = reading.said(transcript, findings, ("halts_collection",), by="agent")
    claims = (*DISPUTES, *GRIEVANCES, "withholds_until_mended")
    disputed = reading.said(transcript, findings, claims, by=("debtor", "other"))
    halted = tuple(
        f for f in halted if disputed or _LOOKED_INTO.search(plain(whole_clause(transcript, f.quote).text))
    )
    if not halted:
        return ()
    after = reading.agent_turns_after(transcript, halted[0].quote.turn)
    return () if _asked_on(transcript, findings, after) else halted


def _asked_on(transcript: Transcript, findings: Findings, turns: Sequence[int]) -> bool:
    """Whether the agent asked for a payment in `turns`; «¿qué fecha tiene, y trae número de reclamo?» asks
    for the claim's.
    """
    claim = {f.quote.turn for f in reading.said(transcript, findings, ("takes_up_claim",), turns=turns)}
    asked = reading.said(transcript, findings, ("asks_commitment",), turns=turns)
    return any(f.quote.turn not in claim or f.source.startswith("rule:") for f in asked)


def _withheld(transcript: Transcript, findings: Findings) -> tuple[Finding, ...]:
    """What failed, told more than once, and no payment until it is put right: a dispute whatever the agent
    answers.
    """
    failed = _last(transcript, findings, "bad_service")
    until = reading.said(transcript, findings, ("withholds_until_mended",), by="debtor")
    turns = {f.quote.turn for f in (*failed, *until)}
    return until if failed and until and len(turns) >= FEW else ()


def _mostly_dispute(transcript: Transcript, findings: Findings) -> tuple[tuple[Finding, ...], bool]:
    """Disputes of the debt or the service, taken up again and again, with little but anger beside them; and
    whether they are most of what was objected.
    """
    objected = reading.objections(transcript, findings)
    disputes = tuple(f for f in objected if f.label in DISPUTES)
    turns = {f.quote.turn for f in objected}
    hot = {f.quote.turn for f in objected if f.label in (*DISPUTES, *HEAT)}
    mostly = 2 * len(disputes) >= len(objected)
    if len(disputes) >= MANY and mostly:
        return disputes, mostly
    return (disputes if len(hot) >= MANY and 3 * len(hot) >= 2 * len(turns) else ()), mostly


def _distrusted(transcript: Transcript, findings: Findings) -> tuple[Finding, ...]:
    """Doubt that the caller is genuine to the end, and nothing negotiated."""
    doubted = reading.said(transcript, findings, ("distrust",), by=("debtor", "other"))
    others = reading.said(transcript, findings, reading.NEGOTIATED, by="debtor")
    return doubted if len(doubted) >= MANY and not others else ()


def never_told(transcript: Transcript, findings: Findings) -> Unmet | None:
    """The agent neither told of the debt nor asked for anything: the other side would not have it, or was in
    an emergency and was let go.
    """
    if findings.people.debt_turn is not None or reading.said(transcript, findings, OF_DEBT):
        return None
    if told := let_go(transcript, findings):
        where = places([told[0].quote.turn])
        return Unmet(f"El deudor contó una emergencia y no se llegó a hablar de la deuda ({where}).", 0.75)
    bargained = reading.NEGOTIATED - {"vague_promise", "harassment_complaint"}
    unwilling = reading.said(transcript, findings, UNWILLING, by=("debtor", "other"))
    if not unwilling or reading.said(transcript, findings, bargained, by="debtor"):
        return None
    return Unmet(f"No se llegó a hablar de la deuda ({places([unwilling[0].quote.turn])}).", 0.7)


def debtor_busy(transcript: Transcript, findings: Findings) -> Unmet | None:
    """The debtor had no time before the debt was told or as soon as it was, and the agent agreed on another
    hour instead of asking on.
    """
    debt = findings.people.debt_turn
    busy = reading.said(transcript, findings, ("call_later", "busy"), by="debtor")
    if debt is None or not busy or findings.sure_promise is not None:
        return None
    put_off = busy[0].quote.turn
    since = range(put_off, len(transcript.turns))
    next_step = {f.quote.turn for f in reading.said(transcript, findings, ("follow_up",), turns=since)}
    hour = reading.said(transcript, findings, ("calls_back",), turns=since)
    hour = hour or reading.said(transcript, findings, ("names_hour",), turns=next_step)
    objected = reading.said(transcript, findings, reading.NEGOTIATED - {"harassment_complaint"}, by="debtor")
    told = reading.agent_turns_after(transcript, debt - 1)
    parting = {f.quote.turn for f in reading.said(transcript, findings, PARTING, turns=told)}
    before = [i for i in told if i < put_off or i not in parting]
    if not hour or len(before) > FEW or _went_on(transcript, findings, max(debt, put_off), parting):
        return None
    where = places([put_off, hour[0].quote.turn])
    reason = f"El deudor no podía hablar y se acordó otra hora ({where})."
    if not objected:
        return Unmet(reason, 0.75)
    # a word on the matter before the other hour was asked for may or may not have opened the bargaining
    if all(f.quote.turn < busy[-1].quote.turn <= hour[-1].quote.turn for f in objected):
        return Unmet(reason, 0.5)
    return None


def _went_on(transcript: Transcript, findings: Findings, since: int, parting: Collection[int]) -> bool:
    """Whether the agent asked or offered after turn `since`; «le llevo opciones a las siete» is of the next
    call.
    """
    turns = reading.agent_turns_after(transcript, since)
    asked = reading.said(transcript, findings, ("asks_commitment", "threat", *reading.OFFERS), turns=turns)
    return any(f.label not in reading.OFFERS or f.quote.turn not in parting for f in asked)
