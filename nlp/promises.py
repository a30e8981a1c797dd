"""The promise to pay of a call: what the debtor agreed to, spread over turns as people spread it.

Two readings work together. The walk keeps sum and day apart until both stand: each may come from the debtor's
own words («le pago quinientos el viernes»), from an answer to the agent's question, or from a yes to what the
agent proposed; a later word replaces an earlier one, a refusal clears the table. Then every sum and day of
the call is weighed against the others (`weighing.py`), with what the walk found as one piece of evidence
among many: who repeated what, what the other side answered, what the agent noted at the end. Of a payment in
parts the first part is the promise: it is the one that comes due first; the later ones stand beside it
(`instalments.py`).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from nlp import agreed_channel, money, yes
from nlp.bargain import Table, agent_turn_before, drop_denied, frame_of, hear_offer
from nlp.countries import country_of
from nlp.day_beside_sum import Open, parted, quoted, stands_on
from nlp.doubted import denied, only_doubted, turned_down
from nlp.evidence import CallView, heard_in, refused_in
from nlp.folded import folded
from nlp.granted import binding
from nlp.heard import chosen, hear_payer
from nlp.hedges import only_maybe
from nlp.instalments import later_parts
from nlp.left_open import left_open
from nlp.mentions import Mention, lent, mentions_in
from nlp.paid_before import PaidBefore
from nlp.phrases import phrases
from nlp.picked import Picked, picked
from nlp.pointed import pointed
from nlp.readback import read_back_of
from nlp.refused import answerable, without_refused, without_turned_down
from nlp.said import Frame, Heard, Said
from nlp.sentences import sentence
from nlp.stance import Stance, about_paying, speaks_of_payment
from nlp.types import Finding, Near, Promise
from nlp.weighing import NONE_FROM, Deal, likeliest, turn_of
from transcripts.types import Quote, Recording, Transcript

_PART = phrases("part")
_CHANGES = phrases("changes")
_SENTENCE_END = re.compile("[.?!…]")
# of 30 calls without a promise that came so near to one 6 held one, of 100 others one
PERHAPS = 0.1
_OFFER_TURNS = 6  # so many turns an offer stays open for a yes


class Weighed(NamedTuple):
    promise: Promise | None
    nearly: Near | None  # where none was heard, but one is not out of question


def weighed(transcript: Transcript, findings: Sequence[Finding] = ()) -> Weighed:
    """The promise of a call, or how near the call comes to one; `quote.turn` is the debtor's turn at which
    sum and day both stood.

    `findings` may name refusals (label "refusal", by rule, sure): they cancel what was agreed before them.
    Where the day of the call is not known, a promise is found but its date is None.
    """
    told, open_ = parted(transcript)
    promise, nearly = _weighed(told, findings, open_)
    return Weighed(promise if told is transcript else quoted(promise, transcript), nearly)


def _weighed(transcript: Transcript, findings: Sequence[Finding], open_: Sequence[Open]) -> Weighed:
    view = view_of(transcript, findings)
    deal = likeliest(view)
    if deal is None or deal.probability < PERHAPS:
        return Weighed(None, None)
    nearly = Near("promise", max(deal.amount[-1].turn, deal.date[-1].turn), round(deal.probability, 3))
    turn = turn_of(view, deal) if deal.probability >= 1 - NONE_FROM else None
    if turn is None:
        return Weighed(None, nearly)
    promise = _promise(view, deal, turn)
    given = _given(deal, promise.quote.turn)
    doubted = only_doubted(view, promise) or turned_down(transcript, deal.amount, deal.date, promise)
    none = not given and (doubted or denied(transcript, findings, promise))
    if none:
        return Weighed(None, None)
    kept = left_open(view, promise, unsure=stands_on((*deal.amount, *deal.date), open_))
    return Weighed(kept, nearly if kept is None else None)


def _given(deal: Deal, turn: int) -> bool:
    """Whether the debtor says in one turn, in so many words, to pay the sum on the day."""
    said = [m for m in (*deal.amount, *deal.date) if m.turn == turn and m.stance is Stance.PAYS]
    return {m.is_day for m in said} == {True, False}


def view_of(transcript: Transcript, findings: Sequence[Finding] = ()) -> CallView:
    """The call as `weighing.py` sees it: sums and days since the last refusal, and the walk's table."""
    facts = transcript.recording.facts
    table = Table(hint=facts.amount_due)
    if facts.amount_due is not None:
        table.named[money.TOTAL] = facts.amount_due
    refused, said_of = refused_in(findings), heard_in(findings)
    paid = PaidBefore(said_of.get("already_paid", ()))
    mentions: list[Mention] = []
    numbered: list[datetime.date] = []  # days named by their number, the last first
    for index, turn in enumerate(transcript.turns):
        if turn.doubt is not None or not turn.text.strip():
            continue
        agent = turn.speaker == "agent"
        frame = frame_of(table, transcript, index)
        way = picked(mentions, transcript, index) if turn.speaker == "debtor" else None
        said = mentions_in(way.text if way else turn.text, index, frame, agent=agent, known=tuple(numbered))
        if way is not None and not all(m.is_day for m in said):
            way = None  # a sum of the debtor's own says more
            said = mentions_in(turn.text, index, frame, agent=agent, known=tuple(numbered))
        if way is not None:
            way.lay(mentions, table)
            said = [*said, *way.said(mentions, index, said)]
            mentions = way.without_others(mentions)
        if paid.only(transcript, index, frame, said):
            continue
        if agent:
            hear_offer(table, transcript, index, frame)
        elif turn.speaker in ("debtor", "other"):
            _payer(table, transcript, index, frame, way)
            if index in refused and table.committed not in (None, index):
                table.clear()
                mentions.clear()
            if turn.speaker == "debtor" and _calls_off(turn.text, said):
                mentions.clear()
                said = []
            said, refused_days = without_turned_down(turn.text, said)
            mentions = [m for m in mentions if m.worth not in refused_days]
            if turn.speaker == "debtor":
                said += pointed(mentions, transcript, index, said)
        mentions += said
        numbered = [*lent(said), *numbered]
    kept = without_refused(answerable(transcript, mentions), transcript, table)
    return CallView(transcript, binding(kept, transcript, table), table, said_of)


def _calls_off(text: str, said: list[Mention]) -> bool:
    """Whether a turn of the payer refuses for good; «¿y si no pago?» asks."""
    refused_at = yes.refuses(text)
    if refused_at is None or yes.says_yes(text) is not None or any(m.start > refused_at for m in said):
        return False
    stop = _SENTENCE_END.search(text, refused_at)
    return stop is None or stop.group() != "?"


# the payer's side


def _payer(table: Table, transcript: Transcript, index: int, frame: Frame, way: Picked | None) -> None:
    """What the turn of the debtor, or of somebody who pays for them, changes on the table. `way`: the one
    that it takes of several that the agent offered.
    """
    own = transcript.turns[index].speaker == "debtor"
    text = transcript.turns[index].text if way is None else way.text
    heard = hear_payer(text, index, frame)
    if not own and not heard.pays:
        return  # somebody else's yes or no binds nobody
    if _ends_it(text, heard):
        table.clear()
        return
    drop_denied(table, heard)
    amount, date = chosen(heard.amounts), chosen(heard.dates)
    if table.committed is not None and any(said.rest for said in (*heard.amounts, *heard.dates)):
        amount = date = None  # «y el resto a fin de mes»: what comes after the first part
    said_yes = yes.says_yes(text)
    said_so = said_yes is not None and not only_maybe(text, said_yes[0])
    agrees = own and heard.terms is None and (said_so or (way is not None and way.way is not None))
    if agrees:
        amount, date = _agreed(table, transcript, index, amount, date)
    if heard.pays or agrees or amount or date:
        amount, date = _filled(table, transcript, index, amount, date, pays=heard.pays)
    table.floated_amount = chosen(heard.floated_amounts) or table.floated_amount
    table.floated_date = chosen(heard.floated_dates) or table.floated_date
    if _put(table, amount, date) and table.amount is not None and table.date is not None:
        table.committed = index


def _ends_it(text: str, heard: Heard) -> bool:
    """Whether the turn refuses with no offer after it, or holds that the debt is paid."""
    if yes.says_paid(text) and not heard.pays:
        return True
    refused_at = yes.refuses(text)
    return refused_at is not None and all(said.start <= refused_at for said in (*heard.amounts, *heard.dates))


def _agreed(
    table: Table, transcript: Transcript, index: int, amount: Said | None, date: Said | None
) -> tuple[Said | None, Said | None]:
    """Sum and day after a yes: the debtor's own words first, then what the agent offered.

    Once something is settled, a yes changes it only where the agent proposed both anew or spoke of a change.
    """
    before = agent_turn_before(transcript, index)
    if before is None:
        return amount, date
    agent = transcript.turns[before].text
    fresh = [offer for offer in (table.offered_amount, table.offered_date) if offer and offer.turn == before]
    if not (fresh or yes.asks(agent)[2]) or not about_paying(agent):
        return amount, date
    if table.committed is not None and len(fresh) < 2 and not _CHANGES.search(folded(agent).line):
        return amount, date
    offer = table.offered_amount
    if amount is None and offer is not None and _open(offer, index) and not offer.debt:
        amount = _newer(offer, table.amount)
    if date is None and _open(table.offered_date, index):
        date = _newer(table.offered_date, table.date)
    return amount, date


def _open(offer: Said | None, index: int) -> bool:
    return offer is not None and index - offer.turn <= _OFFER_TURNS


def _newer(offer: Said | None, agreed: Said | None) -> Said | None:
    return offer if offer and (agreed is None or offer.turn > agreed.turn) else None


def _filled(
    table: Table, transcript: Transcript, index: int, amount: Said | None, date: Said | None, *, pays: bool
) -> tuple[Said | None, Said | None]:
    """A day without a sum is for the sum spoken of, and a sum without a day for the day spoken of, if only
    just.

    «algo», «un abono» take no sum from before; a bare day takes one only where payment is being spoken of.
    """
    offer = table.offered_amount
    part = _PART.search(folded(transcript.turns[index].text).line) is not None
    if amount is None and table.amount is None and not part and (date or (pays and table.date)):
        amount = offer if pays or (_open(offer, index) and _of_payment(table, transcript, index)) else None
    if date is None and table.date is None and (amount or (table.amount and pays)):
        for named in (table.floated_date, table.offered_date):
            if named is not None and index - named.turn <= 2:
                return amount, named
    return amount, date


def _of_payment(table: Table, transcript: Transcript, index: int) -> bool:
    """Whether the agent's turn before speaks of paying, or names the sum on offer."""
    before = agent_turn_before(transcript, index)
    if before is None:
        return False
    named = table.offered_amount is not None and table.offered_amount.turn == before
    return named or speaks_of_payment(transcript.turns[before].text)


def _put(table: Table, amount: Said | None, date: Said | None) -> bool:
    """Lay sum and day on the table; whether anything changed."""
    changed = False
    if amount is not None and (table.amount is None or table.amount.amount != amount.amount):
        table.amount, changed = amount, True
    if date is not None and (table.date is None or table.date.date != date.date):
        table.date, changed = date, True
    return changed


# the result


def _promise(view: CallView, deal: Deal, turn: int) -> Promise:
    transcript = view.transcript
    recording = transcript.recording
    amount, date = deal.amount[0].worth, deal.date[0].worth
    assert isinstance(amount, Decimal)
    assert isinstance(date, datetime.date)
    day = date if recording.call_date is not None else None
    read_back, confirmed = read_back_of(transcript, turn, amount, day, view.table.hint)
    numbered = [m for m in deal.date if m.by_number]
    return Promise(
        quote=_quote(transcript, turn, (*deal.amount, *deal.date)),
        amount=amount,
        currency=deal.amount[-1].currency or _currency(recording),
        date=day,
        channel=agreed_channel.channel_of(transcript, turn, read_back),
        read_back=read_back,
        confirmed=confirmed,
        date_agrees=all(m.agrees for m in numbered) if day is not None else True,
        later=later_parts(view, amount, day, turn, read_back) if day is not None else (),
        probability=deal.probability,
    )


def _currency(recording: Recording) -> str | None:
    return recording.facts.currency or country_of(recording.country).currency


def _quote(transcript: Transcript, turn: int, said: Sequence[Mention]) -> Quote:
    places = [(m.start, m.end) for m in said if m.turn == turn]
    agreed = yes.says_yes(transcript.turns[turn].text)
    if not places:
        places = [agreed or (0, len(transcript.turns[turn].text))]
    return sentence(transcript, turn, min(p[0] for p in places), max(p[1] for p in places))
