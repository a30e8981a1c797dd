"""Whether a line of the agent's suits what the debtor has said.

    suits("Cuando dice «en estos días», ¿qué día sería?", ("En cuanto me desocupe.",), ("vague_promise",))

It quotes nothing that nobody said, tells nothing of the debtor's story that was not told, offers no way to
pay that failed the debtor and does not ask for the day, the sum or the way that was just named.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from drills.offering import ways_offered
from drills.story import facts
from nlp.analyze import SOME_DAY
from nlp.channels import channels_in
from nlp.dates import dates
from nlp.money import amounts
from nlp.text import plain

WAYS = "channel"  # the slot of the story that an agent may well name first
_QUOTED = re.compile(r"«([^»]+)»")
_QUESTION = re.compile(r"¿([^?]*)\?")
_DAY = re.compile(r"\b(?:(?:que|cual) (?:dia|fecha)|cuando)\b")
_SUM = re.compile(r"\b(?:cuanto|(?:que|cual) (?:monto|cantidad|importe|valor))\b")
_WAY = re.compile(r"\b(?:por donde|(?:que|cual) (?:medio|via|canal|banco)|como lo (?:hizo|pago))\b")


def suits(line: str, said: Sequence[str], objections: Sequence[str]) -> bool:
    """`said`: what the debtor has said so far, the objection last."""
    heard = " ".join(map(plain, said))
    if any(plain(words).strip(" .,;¿?¡!…") not in heard for words in _QUOTED.findall(line)):
        return False
    known = [facts(one, tuple(objections)) for one in said]
    for slot, values in facts(line, tuple(objections)).items():
        if slot != WAYS and not any(values & one.get(slot, frozenset()) for one in known):
            return False
    failing = {one.name for text in said for one in channels_in(text) if not one.wanted}
    if failing & ways_offered(line):
        return False
    return not _asks_what_was_told(line, said[-1] if said else "")


def _asks_what_was_told(line: str, said: str) -> bool:
    asked = " ".join(map(plain, _QUESTION.findall(line)))
    told = (
        (_DAY, any(one.firm for one in dates(said, SOME_DAY))),
        (_SUM, bool(amounts(said, None))),
        (_WAY, bool(channels_in(said))),
    )
    return any(there and kind.search(asked) for kind, there in told)
