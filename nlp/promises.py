"""The promise to pay of a call: what the debtor agreed to, spread over turns as people spread it.

Sum and day are kept apart until both stand. Each may come from the debtor's own words («le pago quinientos el viernes»),
from an answer to the agent's question, or from a yes to what the agent proposed. A later word replaces an
earlier one; a
refusal clears the table. Of a payment in parts the first part is the promise: it is the one that comes due
first.
Doubtful words («a ver si», «cuando cobre») agree to nothing.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from nlp import money, yes
from nlp.channels import channels_in
from nlp.countries import country_of
from nlp.folded import folded
from nlp.heard import MAX_AHEAD, UNKNOWN_DAY, Frame, Heard, Said, chosen, hear_agent, hear_payer, names_of
from nlp.phrases import phrases
from nlp.readback import channel_of, read_back_of, sentence
from nlp.stance import about_paying, speaks_of_payment
from nlp.types import Finding, Promise
from transcripts.types import Quote, Recording, Transcript

_PART = phrases("part")
_REJECTS = phrases("rejects")
_CHANGES = phrases("changes")
_SECOND = phrases("second")
_FIRST = phrases("first")
_CANCELS = frozenset({"refusal", "already_paid"})
_OFFER_TURNS = 6  # so many turns an offer stays open for a yes


@dataclass(slots=True)
class _Table:
    """What lies on the table after each turn: agreed, offered by the agent, floated by the debtor."""

    amount: Said | None = None
    date: Said | None = None
    offered_amount: Said | None = None
    offered_date: Said | None = None
    floated_amount: Said | None = None
    floated_date: Said | None = None
    committed: int | None = None
    hint: Decimal | None = None
    named: dict[str, Decimal] = field(default_factory=dict)
    choices: tuple[Said, ...] = ()  # the sums of the agent's last list of ways

    def clear(self) -> None:
        self.amount = self.date = self.floated_amount = self.floated_date = None
        self.offered_amount = self.offered_date = self.committed = None


def find_promise(transcript: Transcript, findings: Sequence[Finding] = ()) -> Promise | None:
    """The firm promise of a call, or None; `quote.turn` is the debtor's turn at which sum and day both stood.

    `findings` may name later refusals and claims of having paid (by rule): they cancel what was agreed before them. Where
    the day of the call is not known, a promise is found but its date is None.
    """
    facts = transcript.recording.facts
    table = _Table(hint=facts.amount_due)
    if facts.amount_due is not None:
        table.named[money.TOTAL] = facts.amount_due
    refused = {f.quote.turn for f in findings if f.label in _CANCELS and f.source.startswith("rule:")}
    for index, turn in enumerate(transcript.turns):
        if turn.doubt is not None or not turn.text.strip():
            continue
        if turn.speaker == "agent":
            _agent(table, transcript, index)
        elif turn.speaker in ("debtor", "other"):
            _payer(table, transcript, index, own=turn.speaker == "debtor")
            if index in refused and table.committed not in (None, index):
                table.clear()
    return _promise(table, transcript)


def promise_in(
    text: str, *, call_date: datetime.date, country: str | None, hint: Decimal | None = None
) -> tuple[Decimal | None, datetime.date | None, str | None]:
    """(sum, day, channel) that one turn of a debtor firmly offers, each None where it does not: for drills and tests."""
    if yes.refuses(text) is not None:
        return None, None, None
    heard = hear_payer(text, 0, Frame(call_date, country, hint, answering=True))
    amount, date = chosen(heard.amounts), chosen(heard.dates)
    channel = next((c.name for c in channels_in(text) if c.wanted), None)
    return amount.amount if amount else None, date.date if date else None, channel


def _frame(table: _Table, transcript: Transcript, index: int) -> Frame:
    """What turn `index` is heard against: the agent's turn just before it, and all that was named."""
    recording = transcript.recording
    before = _agent_turn_before(transcript, index)
    how_much, when, yes_no = (
        yes.asks(transcript.turns[before].text) if before is not None else (False, False, False)
    )
    offered = before is not None and any(
        o and o.turn == before for o in (table.offered_amount, table.offered_date)
    )
    return Frame(
        recording.call_date or UNKNOWN_DAY,
        recording.country,
        table.hint,
        table.named,
        asked_amount=how_much,
        asked_date=when,
        answering=how_much or when or (yes_no and offered),
        agreed=table.amount is not None or table.date is not None,
        days=tuple(
            s.date for s in (table.date, table.offered_date, table.floated_date) if s is not None and s.date
        ),
    )


def _agent_turn_before(transcript: Transcript, index: int) -> int | None:
    """The agent's last turn before `index`, if no more than three turns back."""
    turns = transcript.turns
    return next((i for i in range(index - 1, max(-1, index - 4), -1) if turns[i].speaker == "agent"), None)


# the agent's side


def _agent(table: _Table, transcript: Transcript, index: int) -> None:
    text = transcript.turns[index].text
    frame = _frame(table, transcript, index)
    table.named |= names_of(text, frame)
    table.hint = transcript.recording.facts.amount_due or table.named.get(money.TOTAL) or table.hint
    heard = hear_agent(text, index, frame)
    if table.hint is None and heard.amounts:
        table.hint = max(s.amount for s in heard.amounts if s.amount is not None)
    if heard.amounts:
        table.choices = tuple(s for s in heard.amounts if not s.debt)
    if _reads_back(table, heard):
        return
    if _REJECTS.search(folded(text).line) and table.committed is not None and table.committed >= index - 2:
        _take_back(table, heard)
    else:
        _take_up_floated(table, text, heard, index)
    date = _proposed(text, tuple(s for s in heard.dates if not s.rest))
    amount = _amount_for(date, text, tuple(s for s in heard.amounts if not s.rest))
    if amount is not None and not (amount.debt and table.amount is not None):
        table.offered_amount = amount
    if date is not None:
        table.offered_date = date


def _reads_back(table: _Table, heard: Heard) -> bool:
    """Whether the agent only says again what was agreed."""
    if table.amount is None or table.date is None:
        return False
    return table.amount.amount in {s.amount for s in heard.amounts} and table.date.date in {
        s.date for s in heard.dates
    }


def _take_back(table: _Table, heard: Heard) -> None:
    """The agent does not take what the debtor just offered: it is on the table, but not agreed."""
    if heard.amounts and table.amount is not None and table.amount.turn == table.committed:
        table.amount, table.committed = None, None
    elif heard.dates and table.date is not None and table.date.turn == table.committed:
        table.date, table.committed = None, None


def _take_up_floated(table: _Table, text: str, heard: Heard, index: int) -> None:
    """What the debtor floated becomes an offer once the agent does not turn it down; agreed where the agent says yes."""
    floated = [s for s in (table.floated_amount, table.floated_date) if s is not None and index - s.turn <= 2]
    if not floated or _REJECTS.search(folded(text).line):
        return
    echoed = {s.worth for s in (*heard.amounts, *heard.dates)}
    taken = yes.says_yes(text) is not None or any(s.worth in echoed for s in floated)
    for said in floated:
        if said.amount is not None:
            table.offered_amount = said
            table.amount = said if taken else table.amount
        else:
            table.offered_date = said
            table.date = said if taken else table.date
    if taken and table.amount and table.date:
        table.committed = max(s.turn for s in floated)
        table.floated_amount = table.floated_date = None


def _proposed(text: str, days: tuple[Said, ...]) -> Said | None:
    """The day that an agent's turn proposes: the first of its last question that names one, else the last named."""
    asked = [s for s in days if _in_last_question(text, s)]
    return asked[0] if asked else (days[-1] if days else None)


def _amount_for(date: Said | None, text: str, sums: tuple[Said, ...]) -> Said | None:
    asked = (
        tuple(s for s in sums if _in_last_question(text, s)) or tuple(s for s in sums if not s.debt) or sums
    )
    if not asked:
        return None
    if date is None:
        return asked[-1]
    return min(asked, key=lambda s: min(abs(s.end - date.start), abs(date.end - s.start)))


def _in_last_question(text: str, said: Said) -> bool:
    last = text.rfind("?")
    first = max((text.rfind(c, 0, last) for c in ".?!"), default=-1) if last >= 0 else -1
    return last >= 0 and first < said.start <= last


# the payer's side


def _payer(table: _Table, transcript: Transcript, index: int, *, own: bool) -> None:
    text = transcript.turns[index].text
    frame = _frame(table, transcript, index)
    heard = hear_payer(text, index, frame)
    refused_at = yes.refuses(text)
    if own and yes.says_paid(text) and not heard.pays:
        table.clear()
        return
    counted = [
        s for s in (*heard.amounts, *heard.dates) if s.start > (refused_at if refused_at is not None else -1)
    ]
    if refused_at is not None and not counted:
        if own:
            table.clear()
        return
    _drop_denied(table, heard)
    agrees = own and yes.says_yes(text) is not None
    if not own and not heard.pays:
        return  # somebody else's yes binds nobody
    amount, date = chosen(heard.amounts), chosen(heard.dates)
    if _is_second_part(table, heard):
        amount = date = None
    if agrees:
        amount, date = _agreed(table, transcript, index, text, amount, date)
    if heard.pays or agrees or amount or date:
        before = _agent_turn_before(transcript, index)
        named = table.offered_amount is not None and table.offered_amount.turn == before
        money = (
            heard.pays or named or (before is not None and speaks_of_payment(transcript.turns[before].text))
        )
        amount, date = _filled(table, text, index, amount, date, pays=heard.pays, money=money)
    _float(table, heard)
    changed = _put(table, amount, date)
    if changed and table.amount is not None and table.date is not None:
        table.committed = index


def _drop_denied(table: _Table, heard: Heard) -> None:
    for worth in heard.denied:
        if table.amount is not None and table.amount.amount == worth:
            table.amount, table.committed = None, None
        if table.date is not None and table.date.date == worth:
            table.date, table.committed = None, None
        if table.offered_date is not None and table.offered_date.date == worth:
            table.offered_date = None
        if table.offered_amount is not None and table.offered_amount.amount == worth:
            table.offered_amount = None


def _is_second_part(table: _Table, heard: Heard) -> bool:
    """Whether a turn after the agreement only speaks of what comes later («y el resto a fin de mes»)."""
    said = (*heard.amounts, *heard.dates)
    return table.committed is not None and bool(said) and any(s.rest for s in said)


def _agreed(
    table: _Table, transcript: Transcript, index: int, text: str, amount: Said | None, date: Said | None
) -> tuple[Said | None, Said | None]:
    """Sum and day after a yes: the debtor's own words first, then what the agent offered."""
    before = _agent_turn_before(transcript, index)
    if before is None:
        return amount, date
    agent = transcript.turns[before].text
    whole = all(o and o.turn == before for o in (table.offered_amount, table.offered_date))
    changing = table.committed is None or whole or bool(_CHANGES.search(folded(agent).line))
    if not (
        yes.asks(agent)[2] or any(o and o.turn == before for o in (table.offered_amount, table.offered_date))
    ):
        return amount, date
    if not about_paying(agent):
        return amount, date
    offered_amount = _picked(table, text) or table.offered_amount
    if amount is None and changing and _open(offered_amount, index) and not offered_amount.debt:
        amount = _newer(offered_amount, table.amount)
    if date is None and changing and _open(table.offered_date, index):
        date = _newer(table.offered_date, table.date)
    return amount, date


def _open(offer: Said | None, index: int) -> bool:
    return offer is not None and index - offer.turn <= _OFFER_TURNS


def _newer(offer: Said | None, agreed: Said | None) -> Said | None:
    return offer if offer and (agreed is None or offer.turn > agreed.turn) else None


def _picked(table: _Table, text: str) -> Said | None:
    """The way that «la primera» or «la segunda» picks from the agent's list."""
    line = folded(text).line
    if len(table.choices) >= 2 and _SECOND.search(line):
        return table.choices[-1]
    return table.choices[0] if len(table.choices) >= 2 and _FIRST.search(line) else None


def _filled(
    table: _Table, text: str, index: int, amount: Said | None, date: Said | None, *, pays: bool, money: bool
) -> tuple[Said | None, Said | None]:
    """A day without a sum is for the sum spoken of, and a sum without a day for the day spoken of, if only just."""
    part = bool(_PART.search(folded(text).line))
    if amount is None and table.amount is None and not part and money and (date or (pays and table.date)):
        amount = table.offered_amount if pays or _open(table.offered_amount, index) else None
    if date is None and table.date is None and (amount or (table.amount and pays)):
        for offer in (table.floated_date, table.offered_date):
            if offer is not None and index - offer.turn <= 2:
                return amount, offer
    return amount, date


def _float(table: _Table, heard: Heard) -> None:
    table.floated_amount = chosen(heard.floated_amounts) or table.floated_amount
    table.floated_date = chosen(heard.floated_dates) or table.floated_date


def _put(table: _Table, amount: Said | None, date: Said | None) -> bool:
    """Lay sum and day on the table; whether anything changed."""
    changed = False
    if amount is not None and (table.amount is None or table.amount.amount != amount.amount):
        table.amount, changed = amount, True
    if date is not None and (table.date is None or table.date.date != date.date):
        table.date, changed = date, True
    return changed


# the result


def _promise(table: _Table, transcript: Transcript) -> Promise | None:
    amount, date, turn = table.amount, table.date, table.committed
    if amount is None or date is None or turn is None or amount.amount is None or date.date is None:
        return None
    recording = transcript.recording
    call_date = recording.call_date
    if call_date is not None and not call_date <= date.date <= call_date + MAX_AHEAD:
        return None
    day = date.date if call_date is not None else None
    read_back, confirmed = read_back_of(transcript, turn, amount.amount, day, table.hint)
    return Promise(
        quote=_quote(transcript, turn, amount, date),
        amount=amount.amount,
        currency=amount.currency or _currency(recording),
        date=day,
        channel=channel_of(transcript, turn, read_back),
        read_back=read_back,
        confirmed=confirmed,
    )


def _currency(recording: Recording) -> str | None:
    return recording.facts.currency or country_of(recording.country).currency


def _quote(transcript: Transcript, turn: int, amount: Said, date: Said) -> Quote:
    places = [(s.start, s.end) for s in (amount, date) if s.turn == turn]
    agreed = yes.says_yes(transcript.turns[turn].text)
    if not places:
        places = [agreed or (0, len(transcript.turns[turn].text))]
    return sentence(transcript, turn, min(p[0] for p in places), max(p[1] for p in places))
