"""What «queda anotado» notes: the words alone do not say it, and a payment is noted in the same ones."""

from __future__ import annotations

import re
from collections.abc import Collection

from nlp.money import amounts
from nlp.sentences import sentence
from nlp.stance import speaks_of_payment
from nlp.text import plain
from transcripts.types import Quote, Transcript

_NOTES = re.compile(
    r"\b(?:anot|apunt|asent|asient)\w*|\bregistr(?:o|amos|ad[oa]s?)\b|\b(?:nota|constancia)\b|\bdocument(?:o|amos)\b"
)
_GRIEVANCE = re.compile(
    r"\b(?:quej|reclam|inconform|malestar|molesti|disgust|comentari|observacion|peticion|pedido|solicitud|denunci"
    r"|trato|trataron|atencion|atendieron|llam|marc(?:a|ar|amos|an)\b|horario|grit|respeto|insult)\w*"
)


def notes_payment(transcript: Transcript, quote: Quote, told: Collection[int]) -> bool:
    """Whether words of the agent that note something note a payment, not what was told in one of the turns
    `told`.

    Where their sentence does not name it, it is what was spoken of last: earlier in the turn, or by the other
    side just before.
    """
    if not _NOTES.search(plain(quote.text)):
        return False
    text = transcript.turns[quote.turn].text
    whole = sentence(transcript, quote.turn, quote.start, quote.end)
    before = range(quote.turn - 1, -1, -1)
    last = next((i for i in before if transcript.turns[i].speaker != "agent"), None)
    for said in (whole.text, text[: whole.start]):
        if _GRIEVANCE.search(plain(said)):
            return False
        if _of_payment(transcript, said):
            return True
    if last is None or last in told or _GRIEVANCE.search(plain(transcript.turns[last].text)):
        return False
    return _of_payment(transcript, transcript.turns[last].text)


def _of_payment(transcript: Transcript, text: str) -> bool:
    about = _NOTES.sub("", plain(text))  # «lo anoto» is said of payments too, and is no word of one
    return speaks_of_payment(about) or bool(amounts(text, transcript.recording.country))
