"""What is left open of a promise that was heard: a person hears it before it is counted."""

from __future__ import annotations

from dataclasses import replace

from nlp.doubted import yes_after_doubt
from nlp.evidence import CallView
from nlp.house_condition import condition_on
from nlp.income_condition import hangs_on_income
from nlp.maybe_fixed import noted_as_fixed
from nlp.misheard import noted_otherwise
from nlp.month_open import month_open
from nlp.roughly import said_roughly
from nlp.shrugged import shrugged
from nlp.two_currencies import two_currencies
from nlp.types import Promise

_OPEN = 0.75  # how probable a promise is at most of which something is left open


def left_open(view: CallView, promise: Promise, *, unsure: bool = False) -> Promise | None:
    """`promise` with what is left open of it; None where a doubt was followed by a yes to something else,
    or a shrug by no yes.

    `unsure`: its words may be read in another way, as are a weekday and a number of different days.
    """
    after, shrug = yes_after_doubt(view, promise), shrugged(view, promise)
    if after == "elsewhere" or shrug == "off":
        return None
    open_ = replace(
        promise,
        otherwise=noted_otherwise(view, promise),
        condition=condition_on(view, promise),
        hangs_on=hangs_on_income(view, promise),
        roughly=said_roughly(view, promise) or noted_as_fixed(view, promise),
        month_open=month_open(view, promise),
    )
    doubted = unsure or after is not None or shrug is not None or not promise.date_agrees
    if open_ == promise and not doubted and not two_currencies(view.transcript):
        return promise
    return replace(open_, probability=min(promise.probability, _OPEN))
