"""Recognition by giving back: the debtor's own matter in the agent's words, with a word of what it weighs.

    D: Trabajo a honorarios y me pagan cuando se acuerdan.
    A: Trabajar a honorarios y que le paguen tarde complica cualquier fecha.

No word such as «entiendo» is needed for that, so no phrase can tell it: what the debtor said last does. Two
words shared make it sure; with one, or with none but the matter of the objection («quedarse sin trabajo»,
«eso aprieta»), or behind a bare «comprendo», the score is so low that a person looks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from nlp.calendar_names import WEEKDAY_NAMES
from nlp.ladder_model import sentences
from nlp.text import plain
from nlp.thresholds import OPERATING, call_bar
from nlp.types import Finding
from transcripts.types import Transcript

CUE, ACT, SOURCE = "weighs", "empathy", "rule:echo"
# «comprendo» by itself acknowledges nothing; with the debtor's own matter a person looks
TAKES_IN = "takes_in"
# needs owned as such without a name, and what they may be named after
NEEDS = "own_needs"
_OF_NEEDS = frozenset({"other_debts", "no_money", "job_loss", "health_emergency"})
SURE, LIKELY = 0.62, 0.52
BACK = 4  # turns before in which the debtor's words are sought
STEM, SHORTEST = 5, 4  # letters that two words share that are about the same; of the shortest that count
ENOUGH = 2  # words shared
AFTER = 25  # characters behind a word of understanding in which a «but» still takes it back
# what speaks against the debtor: who says it takes up what was told neither to recognise nor to explore it
AGAINST = ("rude", "impatient", "threat", "lawyer", "brush_off", "disowns", "own_matter")
# nor does a taunt recognise; it may still ask («¿esos también te los pagan en partes?»)
_TAUNTS = ("levels_down", "compares", "jeers", "mocks", "scorns", "shames")
# what each objection is about, where the debtor's word for it is another
MATTER: dict[str, str] = {
    "job_loss": "traba emple chamb labur camel pega turno horas sueld negoc venta jorna ingre",
    "no_money": "sueld dinero plata quinc ingre alcan rinde bolsi",
    "health_emergency": "salud enfer hospi medic opera trata accid duelo cuida clini",
    "other_debts": "renta alqui arrie coleg escue gasto hijos famil comid",
    "bad_service": "falla servi garan repar",
    "harassment_complaint": "llama",
    "payment_channel": "aplic pagin siste cajer",
    "wrong_amount": "cargo cobro monto",
    "no_notice": "aviso recib estad",
}
# words that any call is full of tell of nobody's situation; nor do those of the debt
_COMMON = frozenset(
    "usted ustedes ahora ahorita tiene tengo tener estoy esta estan este esto esta estos porque para "
    "pero como cuando cuanto bueno donde entonces primero tambien todo toda todos todas nada algo "
    "alguno cualquier cualquiera otro otra otros otras mismo misma solo hace hacer hago puede puedo "
    "poder quiero quiere sabe dice digo decir sido seria sera haber habia hasta desde sobre entre "
    "mucho mucha muchos muchas poco menos hoy manana ayer semana semanas meses dias fecha fechas "
    "tarde verdad senor senora senorita favor gracias".split()
).union(WEEKDAY_NAMES)
_OF_THE_DEBT = re.compile(r"^(?:pag|abon|deud|adeud|deb(?:e|o|ia|er)|cuot|sald|credit|prestam|banc|cobr)")
# said of the creditor's trouble, of what arrears cost, or turned against the debtor
_TURNED = re.compile(
    r"\b(?:nos|nosotros|yo|a mi|al banco|a la empresa|interes(?:es)?|recargos?|buro|historial"
    r"|si (?:usted )?no|(?:su|la|esta|una) (?:deuda|mora|obligacion)|su (?:adeudo|atraso)"
    r"|excusas?|pretextos?|cuentos?|otra vez|de nuevo|siempre lo mismo)\b"
)
_POINTS_BACK = re.compile(
    r"^\W*(?:y |pues |claro |si |uy |vaya )*(?:eso|esto|asi|con eso|en esas|algo asi)\b"
)
_BUT = re.compile(r"\b(?:pero|aunque)\b")
_WORD = re.compile(r"\w+")


def with_echoes(transcript: Transcript, found: Sequence[Finding]) -> list[Finding]:
    """`found` and what recognises by giving back, once a turn; nothing is taken from a surer finding."""
    new: dict[int, Finding] = {}
    for cue in found:
        turn = cue.quote.turn
        if (
            cue.label not in (CUE, TAKES_IN, NEEDS)
            or cue.score < OPERATING
            or transcript.turns[turn].speaker != "agent"
        ):
            continue
        one = _echo(transcript, found, cue)
        if one is not None and (turn not in new or one.score > new[turn].score):
            new[turn] = one
    held = {f.quote.turn: f.score for f in found if f.label == ACT}
    new = {turn: one for turn, one in new.items() if held.get(turn, 0.0) < one.score}
    kept = [f for f in found if not (f.quote.turn in new and f.label in (ACT, "none"))]
    return [*kept, *new.values()]


def given_back(said: str, told: str) -> list[tuple[int, int]]:
    """The sentences of `said` that take up a word of what was `told`, and do not turn it against anybody."""
    own = _stems([told])
    return [
        place
        for place in sentences(said)
        if own & _stems([said[slice(*place)]]) and not _TURNED.search(plain(said[slice(*place)]))
    ]


def _echo(transcript: Transcript, found: Sequence[Finding], cue: Finding) -> Finding | None:
    at, text = cue.quote.turn, transcript.turns[cue.quote.turn].text
    place = next((p for p in sentences(text) if p[0] <= cue.quote.start < p[1]), None)
    if place is None:
        return None
    takes_in = cue.label == TAKES_IN
    if (
        takes_in
        and cue.quote.start > place[0]
        and not _BUT.search(plain(text[cue.quote.end : place[1]][:AFTER]))
    ):
        place = place[0], cue.quote.end  # what follows goes on to something else: no mark may part it
    said = plain(text[slice(*place)])
    against = (*AGAINST, *_TAUNTS)
    spoiled = (f.quote for f in found if f.label in against and f.score >= OPERATING and f.quote.turn == at)
    if "?" in said or _TURNED.search(said) or any(q.start < place[1] and place[0] < q.end for q in spoiled):
        return None
    before = range(max(0, at - BACK), at)
    far = [i for i in before if transcript.turns[i].speaker in ("debtor", "other", "unknown")]
    told = [transcript.turns[i].text for i in far if transcript.turns[i].doubt is None]
    own = _stems([said]) - _stems([plain(cue.quote.text)])
    shared = len(own & _stems(told))
    of = {
        f.label for f in found if f.quote.turn in far and f.label in MATTER and f.score >= call_bar(f.label)
    }
    if takes_in:
        if not shared or _BUT.search(said):
            return None
        score = LIKELY
    elif cue.label == NEEDS:
        if not _OF_NEEDS & of or _BUT.search(said):
            return None
        score = LIKELY
    elif shared >= ENOUGH and not _BUT.search(said):
        score = SURE
    elif shared or (of and (_POINTS_BACK.search(said) or own & _matter(of))):
        score = LIKELY
    else:
        return None
    return Finding(ACT, transcript.quote(at, *place), score, SOURCE)


def _stems(texts: Iterable[str]) -> frozenset[str]:
    """Beginnings of the words that tell of somebody's situation."""
    words = (word for text in texts for word in _WORD.findall(plain(text)))
    return frozenset(
        word[:STEM]
        for word in words
        if len(word) >= SHORTEST
        and not word.isdigit()
        and word not in _COMMON
        and not _OF_THE_DEBT.match(word)
    )


def _matter(labels: Iterable[str]) -> frozenset[str]:
    return frozenset(stem for label in labels for stem in MATTER[label].split())
