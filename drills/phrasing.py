"""What a sentence of the trainee's does for the steps, by its words; what «asking again» is for an objection.

    found_of(transcript, raised, playbook)   # findings: asks_again, asks_call, asks_when, asks_back, …

The taggers learned from whole calls and judge with caution; in an exercise the objection is known, so plain
words are enough. What counts as asking again is what the play of the objection asks of anybody: the payment,
a time to speak again (whoever calls whom), or leave to go on. Who offers two hours, or asks for one, has
asked which suits, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from nlp.cues import read_yaml
from nlp.ladder_model import sentences
from nlp.text import bare, plain
from nlp.types import Finding
from rubrics.playbook import Play, Playbook, Wording, load_playbook
from transcripts.types import Transcript

SOURCE = "drill:words"
ASKS, ASKS_CALL = "asks_again", "asks_call"  # for the payment; for a time to speak or leave to go on
WHEN, BACK, TAKES_UP, WAY = "asks_when", "asks_back", "takes_up", "gives_way"
PAYS, CALLS, GOES_ON = "pays", "calls", "goes_on"  # the ways to ask again
FOR_IT = "asks_for_it"
QUESTIONS = (PAYS, CALLS, GOES_ON, BACK)  # kinds that only a question is
STATEMENTS = (TAKES_UP, WAY)  # kinds that no question is
NAMES, FIXES, CHOOSES = "names_hour", "fixes", "chooses"
TIMES = frozenset((CALLS, FIXES, NAMES))
LONG_TAG = 3  # words: «¿le parece bien?» asks for nothing new
KNOWN = {"fecha": "viernes 6 de marzo", "segunda_fecha": "domingo 15 de marzo", "monto": "1.500 pesos"}
_WORD = re.compile(r"\w+")
_PARTING = frozenset(
    "gracias muchas muchisimas mil hasta luego pronto mañana manana adios chau chao bye ok okey bueno"
    " ya listo vale buen buena buenas dia dias tarde tardes noche noches que tenga pase este le vaya muy"
    " bien igualmente senora senor senorita don dona usted a y por su tiempo atencion atenderme igual"
    " ningun de nada un una lindo linda".split()
)
_UNLESS = re.compile(
    r"(?:\w+ )?si (?:usted |ustedes )?(?:no|\w*pag\w+|abon\w+|cubr\w+|liquid\w+|deposit\w+)\b"
)
_OPEN = re.compile(r"\b(?:que (?:horas?|dias?|horario|rato|momento|franja)|cuando)\b")
# what stands beside times in a question that is nothing but times
BESIDE = (
    "(?:al?|el|las?|los?|o|u|y|del?|en|por|para|menos|media|cuarto|punto|mejor|entonces|como|tipo|bien|senora?|don|dona|mismo|tempranito"
    "|temprano|antes|despues|la (?:primera|segunda)|primera)"
)


def found_of(transcript: Transcript, raised: Sequence[tuple[int, str]], playbook: Playbook) -> list[Finding]:
    """What the sentences of the agent's turns after an objection do for it."""
    out, on, labels = [], None, dict(raised)
    for at, turn in enumerate(transcript.turns):
        on = labels.get(at, on)
        play = playbook.find(on) if on is not None and turn.speaker == "agent" else None
        if play is None:
            continue
        for start, end in _clauses(turn.text):
            quote = transcript.quote(at, start, end)
            out += [Finding(one, quote, 1.0, SOURCE) for one in _does(turn.text[start:end], play)]
    return out


def named_times(text: str) -> frozenset[str]:
    """Every number, day and hour that the words name."""
    return frozenset(_named().findall(bare(text)))


def ways(play: Play) -> frozenset[str]:
    """How the play asks again anybody: for the payment, for a time to speak, for leave to go on."""
    return _ways(play.ask)


def takes_calls(labels: Iterable[str]) -> bool:
    """Whether to fix when to speak again is to ask again, for all of these objections."""
    return all(CALLS in _of_temple(label) for label in labels)


def asks_payment(labels: Iterable[str]) -> bool:
    """Whether the payment is asked for, for one of these objections or where there is none."""
    known = [_of_temple(label) for label in labels]
    return not known or any(PAYS in one or not one for one in known)


def _of_temple(label: str) -> frozenset[str]:
    play = load_playbook().find(label)
    return frozenset() if play is None else ways(play)


@lru_cache(maxsize=256)
def _ways(asked: tuple[Wording, ...]) -> frozenset[str]:
    out: set[str] = set()
    for one in asked:
        if not (one.in_ or one.not_in or one.stage or one.debtor):
            said = one.say.format_map(_Known())
            heard = {kind for start, end in _clauses(said) for kind in kinds(said[start:end])}
            calls = heard & TIMES and _speaks().search(plain(said))
            other = {CALLS} if calls else heard & {GOES_ON}
            out |= other or {PAYS}
            out |= heard & {PAYS} if not calls else set()
    return frozenset(out)


@lru_cache(maxsize=256)
def _asks_of_calls(explored: tuple[Wording, ...]) -> bool:
    """Whether to ask how or when to speak again is one of the questions."""
    return any(_speaks().search(plain(one.say)) for one in explored)


class _Known(dict[str, str]):
    """What fills a wording's slots, to read it."""

    def __missing__(self, slot: str) -> str:
        return KNOWN.get(slot, slot)


def _does(said: str, play: Play) -> Iterator[str]:
    """What a sentence does for the objection of `play`."""
    heard, asked = kinds(said), ways(play)
    calls = bool(CALLS in asked and heard & TIMES) or bool(GOES_ON in asked & heard)
    if play.ask and PAYS in heard:
        yield ASKS
    if calls:
        yield ASKS_CALL
    if CHOOSES in heard and (CALLS in asked or _asks_of_calls(play.explore)):
        yield WHEN
    if FOR_IT in heard or (BACK in heard and not calls and not (play.ask and PAYS in heard)):
        yield BACK
    yield from (one for one in STATEMENTS if one in heard and not (one == TAKES_UP and _takes_leave(said)))


def _takes_leave(said: str) -> bool:
    """Whether the words only thank or part, or name a condition: they take nothing up."""
    words = [plain(one) for one in _WORD.findall(said)]
    return _PARTING.issuperset(words) or _UNLESS.match(" ".join(words)) is not None


@lru_cache(maxsize=4096)
def kinds(said: str) -> frozenset[str]:
    """The kinds of `phrasing.yaml` that a sentence is; CHOOSES where it leaves a time to the debtor."""
    words = bare(said)
    asks = said.rstrip().endswith("?")
    barred = STATEMENTS if asks else QUESTIONS
    found = {kind for kind, one in _patterns().items() if kind not in barred and one.search(words)}
    if asks and _is_time().fullmatch(words):
        found |= {PAYS, CALLS}
    elif asks and len(words.split()) <= LONG_TAG and not found & {PAYS, CALLS}:
        return frozenset()
    open_ = NAMES in found or (asks and (" o " in words or _OPEN.search(words)))
    return frozenset(found | {CHOOSES} if open_ and found & TIMES else found)


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    """Each sentence of a text; what leads up to a question is one of its own: «mientras tanto, ¿…?». With a
    tag the sentence before it asks: «hablamos el viernes. ¿Le sirve?»
    """
    before = None
    for start, end in sentences(text):
        asks = text.find("¿", start + 1, end)
        leads_up = asks > 0 and any(map(str.isalnum, text[start:asks]))
        if leads_up:
            yield start, asks
            before = start
        first = asks if leads_up else start
        yield first, end
        if before is not None and "?" in text[first:end] and len(text[first:end].split()) <= LONG_TAG:
            yield before, end
        before = first


@cache
def _words() -> dict[str, str]:
    """Each list as one alternative; a list may use those above it."""
    lists: dict[str, str] = {}
    for name, text in _file()["words"].items():
        items = (" ".join(plain(part).split()) for part in str(text).split(","))
        lists[name] = "(?:" + "|".join(_filled(one, lists) for one in items if one) + ")"
    return lists


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """One pattern for each kind."""
    return {
        kind: re.compile("|".join(rf"(?:{_edged(_filled(plain(one), _words()))})" for one in given))
        for kind, given in _file()["kinds"].items()
    }


@cache
def _named() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_words()['payday']}|{_words()['number']}|{_words()['month']})\b")


@cache
def _is_time() -> re.Pattern[str]:
    """A question that is nothing but times: «¿mañana a las diez o el lunes?»"""
    time = rf"(?:{_words()['payday']}|{_words()['number']}|{_words()['month']}|{BESIDE})"
    return re.compile(rf"(?=.*\b{_words()['time']}\b){time}(?: {time})*")


@cache
def _speaks() -> re.Pattern[str]:
    """What tells a time to speak from one to pay: a call, an hour."""
    return re.compile(rf"\b(?:{_words()['call']}|horas?|las {_words()['number']})\b")


def _filled(pattern: str, lists: Mapping[str, str]) -> str:
    for name, said in lists.items():
        pattern = pattern.replace(f"{{{name}}}", said)
    return pattern


def _edged(pattern: str) -> str:
    """The pattern between edges of words."""
    return rf"\b(?:{pattern})\b"


@cache
def _file() -> dict[str, dict[str, Any]]:
    return read_yaml(Path(__file__).with_name("phrasing.yaml"))
