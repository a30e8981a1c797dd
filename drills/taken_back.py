"""An acknowledgement that is taken back in the same breath: «entiendo, pero ya lleva 14 días, necesito…».

    taken_back(text, start, name)    # BARE, TAKEN_BACK, or empty where it stands

What follows «pero» decides: who goes on to demand has named what was told only to lay it aside; who goes on
to offer or to ask has not.
"""

from __future__ import annotations

import re

from drills.worth import is_general
from nlp.text import plain

BARE, TAKEN_BACK = "bare", "taken_back"  # reasons why an acknowledgement is half
_HEAD = re.compile(
    r"([^.!?¿¡…]*?)(?:[,;]|[.!…]+)?\s*\b(?:pero|sin embargo|aun así|ahora bien|no obstante)\b", re.IGNORECASE
)
_TAIL = re.compile(r"[^.!?…]*")
_DEMANDS = re.compile(
    r"\b(?:necesit(?:o|amos)|requ(?:iero|erimos)|exij\w+|exig\w+|quiero que|me urge|nos urge|urge que"
    r"|(?:tiene|tienen|tendria|tendra) que|hay que"
    r"|deb(?:e|en|era|eria) (?:de )?\w+(?:ar|er|ir)(?:l[oae]s?|se|me|nos)?"
    r"|es su (?:obligacion|responsabilidad|deber)|usted (?:se comprometio|firmo|sabia|quedo)"
    r"|ya (?:lleva|tiene|son|van|paso|pasaron|se vencio|vencio|esta vencid[oa])"
    r"|lleva(?:n)? \w+ (?:dias|semanas|meses)|eso no (?:me|nos|le|lo|la|quita|cambia|es)"
    r"|no es (?:mi|nuestro) problema|la deuda (?:es|sigue|esta|ahi))\b"
)
_GIVES = re.compile(r"\b(?:podemos|propongo|ofrezco|ofrecemos|le puedo|puedo ofrecer|le sirve|le ayud\w+)\b")


def taken_back(text: str, start: int, name: str) -> str:
    """Why the acknowledgement at `start` of a turn is no more than half; empty where it stands."""
    head = _HEAD.match(text, start)
    if head is None:
        return ""
    tail = _TAIL.match(text, head.end())
    said = plain(tail[0]) if tail else ""
    if is_general(head[1], name):
        return BARE
    return TAKEN_BACK if _DEMANDS.search(said) and not _GIVES.search(said) else ""
