"""What is said again, in the same words or nearly: it brings nothing new, and people say so.

    repeats(transcript)                   # the agent's turns that only say what the agent said before
    without_echoes(transcript, findings)  # where the agent only says the debtor's words back

A sum, a day or a way to pay that was not named before is news, however alike the words around it are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from drills.asking import ECHOES
from drills.matter import ANSWERS, EXPLORES, lacks
from drills.meant import CARE
from drills.parting import MESSAGE
from drills.phrasing import TAKES_UP, WAY, WHEN, named_times
from nlp.channels import channels_in
from nlp.ladder_model import sentences
from nlp.text import plain
from nlp.types import Finding
from transcripts.types import Quote, Transcript

REPEATS = "repeats"  # finding of a turn that only repeats
SAME = 0.88  # likeness 0..1 of two sentences' words, from which one is the other said again
MOSTLY = 0.8  # share of a reply's words in sentences that were said before
FEWEST = 5  # words: «sí, dígame» may be said as often as it is asked for
FEWEST_ASKED = 3  # of a question that is all of a reply, and comes back word for word
SHORT = 3  # words of a sentence that may come back in any reply: «¿le parece?»
# what a turn that only repeats does not bring again: care, questions, answers, offers
BRINGS = (
    EXPLORES
    | ANSWERS
    | frozenset("empathy acknowledges apologises takes_up invites calls_back asks_again asks_call".split())
)
OWN_WORDS = "echoes_own"  # finding of the debtor's words said back, «yo» and «mi» with them
SAID_BACK = 0.8  # share of a sentence's words that the debtor said, in runs of so many or longer
RUN, LEAST = 3, 4  # words
TAKEN = 6  # words of a sentence that may take up a day, a sum or a way: «claro, después de las siete»
SOURCE = "drill:subject"
RECOGNISES = frozenset({*CARE, TAKES_UP})
# what the debtor's own words do not do in the agent's mouth
BROUGHT = (BRINGS | {WAY, WHEN, MESSAGE}) - RECOGNISES
_LEADS = re.compile(
    r"^(?:(?:entonces|o sea|bueno|si|ya|aja|claro|ok|a ver|y|pues) )*"
    r"(?:(?:le |lo |la )?(?:entiendo|comprendo)|(?:usted )?(?:me )?(?:dice|cuenta|comenta)|dijo|asi que)?"
    r"(?: que)? ?"
)
_CARES = re.compile(
    r"\b(?:entiend|comprend|lament|siento|veo|imagin|gracias|agradez|disculp|razon|me hago cargo|escucho)"
)
_AGREES = re.compile(r"parece|acuerdo|correcto|escuch|me oye|sigue ahi|sirve|queda|esta bien")  # asked anew
_FIRST = frozenset("yo mi mis me mio mia nos nuestro nuestra conmigo".split())
_WORD = re.compile(r"\w+")
REASKS = "reasks"  # finding of a question for what the debtor has told
# asks what happened, and takes up nothing of what was told
_WHAT_HAPPENED = re.compile(
    r"(?:(?:y|pero|entonces|bueno|a ver|ya|mire|oiga|digame|cuenteme|si|entiendo) )*"
    r"(?:que (?:es lo que |fue lo que )?(?:le |te |les )?(?:ha )?(?:paso|pasa|pasado|ocurrio|sucedio)"
    r"|por que no (?:ha |me ha )?(?:pago|pagado|paga|ha pagado|pudo pagar|ha podido pagar|abono)"
    r"|por que (?:se )?(?:atraso|retraso|esta atrasad[oa])"
    r"|a que se debe(?: (?:el|su|este) (?:atraso|retraso))?"
    r"|cual (?:es|fue) (?:el|la|su) (?:motivo|razon|causa)(?: (?:de|del) (?:su |el )?(?:atraso|retraso))?)"
    r"(?: (?:pues|entonces|senora?|usted|a usted|en si|exactamente|para no pagar|que no pago))*"
)


def repeats(transcript: Transcript) -> frozenset[int]:
    """The agent's turns that only say what the agent has said before."""
    out: set[int] = set()
    earlier: list[str] = []
    for at, turn in transcript.said_by("agent"):
        if _is_again(turn.text, tuple(earlier)):
            out.add(at)
        earlier.append(turn.text)
    return frozenset(out)


@lru_cache(maxsize=1024)
def _is_again(text: str, earlier: tuple[str, ...]) -> bool:
    words = _words(text)
    asks = "?" in text and len(words) >= FEWEST_ASKED and not _AGREES.search(plain(text))
    if asks and any(_words(one) == words for one in earlier):
        return True
    if len(words) < FEWEST or not earlier or _news(text) - _news(" . ".join(earlier)):
        return False
    said = [_words(one[start:end]) for one in earlier for start, end in sentences(one)]
    mine = [_words(text[start:end]) for start, end in sentences(text)]
    again = sum(len(one) for one in mine if len(one) <= SHORT or any(_alike(one, other) for other in said))
    told = any(len(one) > SHORT for one in mine)  # of nothing but small words nobody says that they come back
    return told and again >= MOSTLY * len(words)


def _alike(one: Sequence[str], other: Sequence[str]) -> bool:
    if abs(len(one) - len(other)) > (1 - SAME) * (len(one) + len(other)):
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= SAME


def _news(text: str) -> frozenset[str]:
    """What tells one offer from another: figures, days and hours, ways to pay."""
    return named_times(text) | {one.name for one in channels_in(text)}


def _words(text: str) -> tuple[str, ...]:
    return tuple(plain(one) for one in _WORD.findall(text))


def asked_again(transcript: Transcript, told: int | None) -> tuple[Quote, ...]:
    """The agent's sentences that ask what happened, after the debtor's turn `told` told it."""
    if told is None:
        return ()
    return tuple(
        transcript.quote(at, start, end)
        for at, turn in transcript.said_by("agent")
        if at > told
        for start, end in sentences(turn.text)
        if _WHAT_HAPPENED.fullmatch(" ".join(_words(turn.text[start:end])))
    )


def without_echoes(transcript: Transcript, found: Sequence[Finding]) -> list[Finding]:
    """`found`, and which of the agent's sentences only say the debtor's words back. They neither explore nor
    answer; they acknowledge where a word of the agent's own does, and by half where «yo» and «mi» stay.
    """
    mine = {at: _heard(transcript, at) for at, _ in transcript.said_by("agent")}
    back = [
        transcript.quote(at, start, end)
        for at, heard in mine.items()
        for start, end in sentences(transcript.turns[at].text)
        if _is_echo(transcript.turns[at].text[start:end], heard)
    ]
    turns = {quote.turn for quote in back}

    def is_brought(one: Finding) -> bool:
        at = one.quote.turn
        if at not in turns or one.label not in BROUGHT | RECOGNISES:
            return True
        bare = one.label in RECOGNISES
        return not lacks(
            transcript, one.label, one.quote,
            lambda said: not _is_echo(said, mine[at]) or (bare and _cares(said)),
        )  # fmt: skip

    own = [quote for quote in back if _FIRST & set(_words(_LEADS.sub("", plain(quote.text))))]
    told = [Finding(ECHOES, quote, 1.0, SOURCE) for quote in back]
    told += [Finding(OWN_WORDS, quote, 1.0, SOURCE) for quote in own]
    return [one for one in found if is_brought(one)] + told


def is_within(quote: Quote, others: Iterable[Quote]) -> bool:
    """Whether `others` hold nearly all of the quote."""
    held = [one for one in others if quote.overlaps(one)]
    return sum(min(quote.end, one.end) - max(quote.start, one.start) for one in held) >= SAID_BACK * (
        quote.end - quote.start
    )


def _cares(sentence: str) -> bool:
    return _CARES.search(plain(sentence)) is not None


def _heard(transcript: Transcript, turn: int) -> tuple[str, ...]:
    """What was said to the agent before a turn."""
    return tuple(one.text for at, one in transcript.said_by("debtor", "other") if at < turn)


@lru_cache(maxsize=1024)
def _is_echo(sentence: str, heard: tuple[str, ...]) -> bool:
    words = _words(_LEADS.sub("", " ".join(_words(sentence))))
    if len(words) < LEAST or (len(words) <= TAKEN and _news(sentence)):
        return False
    return any(_run(words, _words(one)) >= SAID_BACK * len(words) for one in heard)


def _run(words: Sequence[str], heard: Sequence[str]) -> int:
    """How many of the words stand in runs that were heard."""
    blocks = SequenceMatcher(None, words, heard, autojunk=False).get_matching_blocks()
    return sum(one.size for one in blocks if one.size >= RUN)
