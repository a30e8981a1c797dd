"""The words that were searched for as a row of the list shows them: who says them, and what stands around."""

from __future__ import annotations

from typing import Any

from coach.search_places import Place
from coach.shield import as_read
from views._call_turns import name_of
from views._text import marks, t

AROUND, MOST = 40, 140  # characters before the first of the words, and of all that is shown


def line(place: Place) -> dict[str, Any]:
    """`pieces` are (text, whether it was searched for), in order."""
    who = name_of(place.transcript, place.turn)
    where = f"{who} · {t('turno {n}', n=place.turn + 1)}"
    return {"who": where, "marks": marks(), "pieces": pieces(place)}


def pieces(place: Place) -> list[tuple[str, bool]]:
    """The words in bold and their neighbours, cut between words."""
    text = place.transcript.turns[place.turn].text
    first, last = _window(text, place.spans[0])
    out = [("… ", False)] if first else []
    at = first
    for start, end in place.spans:
        if end > last:
            break
        out += [(text[at:start], False), (text[start:end], True)]
        at = end
    out.append((text[at:last], False))
    if last < len(text):
        out.append((" …", False))
    return [(as_read(text), found) for text, found in out if text]


def _window(text: str, span: tuple[int, int]) -> tuple[int, int]:
    start, end = span
    first = 0 if start <= AROUND else text.find(" ", start - AROUND) + 1
    if first > start or first == 0:
        first = 0 if start <= AROUND else start
    last = len(text)
    if last - first > MOST:
        last = max(end, text.rfind(" ", first, first + MOST))
    return first, last
