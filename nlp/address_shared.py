"""Forms that look like an order to tú or vos and may be usted's own words.

A recogniser without accents glues words: «se graba la llamada» becomes «se grabala llamada». And «¿paga o no
paga?» asks usted. What stands beside the form, and whether usted is addressed in the turn, decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from nlp.calendar_names import WEEKDAY_NAMES
from nlp.text import Words, plain

_CLITICS = ("la", "lo", "las", "los", "le", "les", "me", "nos")
_ARTICLES = ("la", "lo", "las", "los")
_BOUND = ("me", "nos")  # hardly ever open what comes next: «deja me» is «dejame»
# no order to tú or vos follows them: «se grabala», «usted pagala», «no lo dejala»
_NO_ORDER_AFTER = frozenset(
    """se le les me nos lo la los las el un una unos unas al del de por con sin en usted ustedes quien cada
    cuando""".split()
)
# what follows an order with its pronoun; a noun right behind is the one whose article was glued on
_AFTER_ORDER = frozenset(
    """hoy ya ahora ahorita mañana pasado antes despues luego siempre nunca nomas mas menos bien mejor asi
    aca aqui ahi alla alli pronto pues entonces tambien igual solo en con por para a al de del desde
    hasta sin sobre y e o u ni que si pero porque cuando como donde mientras segun vos tu dale the no el
    la los las un una este esta ese esa estos estas esos esas mi mis tus directo completo completa
    entero entera toda todo todas todos te me nos lo le se oye oi che tranquilo tranquila rapido""".split()
).union(WEEKDAY_NAMES)
# orders to usted that, without accents, are hardly ever anything else; who calls and who is called use them
ORDERS_TO_USTED = frozenset(
    "digame mire disculpe permitame oiga confirmeme confirme espereme indiqueme regaleme digale".split()
)
_TO_USTED = ORDERS_TO_USTED.union(
    "usted ustedes senor senora senorita don dona caballero su sus suyo suya".split()
)
_LONG = 5  # words without any mark or capital: a recogniser's line


def glued_forms(verb: str) -> Iterator[str]:
    """«grabala», «debelo»: what usted's «graba», «debe» become when a recogniser glues the next word on."""
    infinitive, _, stressed = verb.partition("/")
    stem = plain(stressed or infinitive[:-2])
    yield from (stem + ("a" if infinitive.endswith("ar") else "e") + clitic for clitic in _CLITICS)


def no_order(before: str) -> bool:
    """Whether no order to tú or vos can follow the word `before`."""
    return before in _NO_ORDER_AFTER


def may_be_glued(words: Words, at: int, after: str) -> bool:
    """Whether the unaccented order at `at` may be usted's verb with the word behind it glued on."""
    if after and words.words[at].raw.lower().endswith(_ARTICLES) and plain(after) not in _AFTER_ORDER:
        return True
    return to_usted(words) or (not words.words[at].raw.endswith(_BOUND) and _unmarked(words.text))


def asks_usted(words: Words, at: int, after: str) -> bool:
    """Whether «paga», «anota» at `at` tells what usted does: in a question, as one of two, beside «usted»."""
    return after == "o" or _asked(words, at) or to_usted(words)


def to_usted(words: Words) -> bool:
    return _to_usted(words.text, tuple(word.raw for word in words.words))


@lru_cache(maxsize=512)
def _to_usted(text: str, raws: tuple[str, ...]) -> bool:
    return any(plain(raw) in _TO_USTED for raw in raws)


def _asked(words: Words, at: int) -> bool:
    """Whether the sentence of word `at` ends with the mark of a question."""
    rest = words.text[words.words[at].end :]
    mark = next((char for char in rest if char in ".!?…;"), "")
    return mark == "?"


def _unmarked(text: str) -> bool:
    """Whether a text stands as a recogniser without marks leaves it: no capital, no accent, no mark."""
    return len(text.split()) >= _LONG and all(char.islower() or char in " ñ0123456789$" for char in text)
