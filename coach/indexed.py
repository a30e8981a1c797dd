"""What of a transcript the search knows: its words without those that give anybody away.

Words of turns in which a debtor tells of health are marked: only who may be told of it finds them.
"""

from __future__ import annotations

from coach.stems import marked, stems
from coach.viewers import HEALTH
from nlp.redact import redactions
from nlp.types import Findings
from transcripts.types import Transcript


def indexed(transcript: Transcript, found: Findings | None = None) -> str:
    """The stems to look for; cards, accounts, numbers, names and places are left out. Of `found`, the sum and
    day of the promise can be searched for.
    """
    gone: dict[int, list[tuple[int, int]]] = {}
    for one in redactions(transcript, found.promise if found else None):
        gone.setdefault(one.quote.turn, []).append((one.quote.start, one.quote.end))
    health = {one.quote.turn for one in (found.findings if found else ()) if one.label in HEALTH}
    each = (stems(_rest(turn.text, gone.get(i, []))) for i, turn in enumerate(transcript.turns))
    words = (marked(said) if i in health else said for i, said in enumerate(each))
    return f" {' '.join(said.strip() for said in words if said.strip())} "


def _rest(text: str, gone: list[tuple[int, int]]) -> str:
    for start, end in sorted(gone, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return text
