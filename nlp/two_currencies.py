"""Two debts in two currencies in one call: which sum and which day are of which is for a person to hear.

A sum that is only changed into the other money («ochocientos soles, doscientos dólares al cambio») is one
debt, and so is one in indexed units, which are paid in the country's own.
"""

from __future__ import annotations

from collections.abc import Iterator

from nlp.clues import sought
from nlp.countries import country_of
from nlp.figures import Figure, agent_figures
from nlp.folded import folded
from nlp.sentences import sentence
from transcripts.types import Quote, Transcript

INDEXED = ("CLF", "MXV", "COU")
SAME_MONEY = {"PAB": "USD"}  # one balboa is one dollar
_CHANGED, _DEBT = sought("changed_money"), sought("debt")


def two_currencies(transcript: Transcript) -> tuple[Quote, ...]:
    """The agent's words that first tell of a debt in one currency and in another; empty where all is told in
    one.
    """
    first: dict[str, Quote] = {}
    for figure in _owed(transcript):
        money = figure.currency or country_of(transcript.recording.country).currency
        if money is not None:
            first.setdefault(SAME_MONEY.get(money, money), figure.quote)
    return tuple(sorted(first.values())[:2]) if len(first) > 1 else ()


def _owed(transcript: Transcript) -> Iterator[Figure]:
    """The sums of the sentences that speak of debt, but for those that tell another anew."""
    for figure in agent_figures(transcript):
        if figure.kind not in ("debt", "sum") or figure.currency in INDEXED:
            continue
        words = folded(sentence(transcript, figure.quote.turn, figure.quote.start, figure.quote.end).text)
        if (figure.kind == "debt" or _DEBT.is_in(words)) and not _CHANGED.is_in(words):
            yield figure
