"""Names said early in the call: the agent's and the company's, as the recording's own facts give them, and
the company that answers «¿de dónde habla?».
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nlp.clauses import within
from nlp.folded import folded, phrase, says_only
from nlp.text import Words, sound, word_set, words_of
from nlp.types import Finding
from transcripts.types import Quote, Recording, Transcript

FIRST_AGENT_TURNS = 4
SCORE = 0.9
LONG = 6  # letters of a word that tells a company by itself
_TRADE = frozenset(
    map(
        sound,
        word_set(
            "banco financiera credito creditos caja cooperativa cobranza cobranzas gestion gestiones gestora "
            "servicio servicios solucion soluciones recuperacion recupero recobro recobros cartera centro "
            "instituto agencia despacho tienda tiendas almacen almacenes comercial prestamos finanzas grupo "
            "financiero financial recovery collections services juridica integral nacional pagos apoyo"
        ),
    )
)
_COMMON = frozenset(map(sound, word_set("de del la el los las y e sa cv srl ltda spa sac grupo")))

_PRESENTS = frozenset(map(sound, word_set("habla saluda soy llama atiende es")))
_SURNAME = 4  # letters of a surname that tells somebody by itself
_HOUSE_NEAR = 12  # characters between it and the company: «, de la »
_OTHERS = frozenset(map(sound, word_set("a al con don doña señor señora señorita sr sra joven")))

# «¿De dónde?» «De Elektra.» · «¿Quién es?» «Teresa Valcárcel, de Lexia.»
_ASKS_WHENCE = phrase(
    "(?:de (?:donde|parte de quien)|que (?:empresa|banco|compañia|lado)|"
    "(?:con )?quien (?:es|habla|hablo|llama|lo|la|le|me|dice|tengo))"
)
_HOW_ARE_YOU = phrase(
    "(?:hola )?(?:y )?(?:usted )?(?:como|que tal) (?:me |le |te |ha |has )?"
    "(?:esta|estan|estas|estado|anda|andas|andan|va|vas|sigue|encuentra|encuentras|amanecio|amaneciste|paso|trata)"
    "(?: (?:usted|vos|hoy|todo|el dia|la vida|señora|señor|don|doña))?"
)
_NAME = r"[A-ZÁÉÍÓÚÑ]\w*"
_ANSWERS_WHENCE = re.compile(
    rf"(?:(?:[Ss]oy |[Hh]abla |[Ll]e habla )?{_NAME}(?: {_NAME}){{0,3}},? )?"
    f"(?:[Dd]e parte )?[Dd]el? (?:la |el |los )?(?P<company>{_NAME}(?: (?:(?:de|del|la|y) )?{_NAME}){{0,3}})"
)


def asks_whence(text: str) -> bool:
    """Whether whoever answered asks who calls, or from where."""
    return bool(_ASKS_WHENCE.search(folded(text).line))


def own_names(transcript: Transcript, found: Sequence[Finding]) -> list[Finding]:
    """Findings `says_own_name` and `says_company` that the cues missed, from the names in the recording's
    facts.
    """
    out: list[Finding] = []
    known = {"says_own_name": transcript.recording.agent, "says_company": transcript.recording.company}
    for turns in _openings(transcript):
        for label, name in known.items():
            if not name or any(f.label == label and f.quote.turn in turns for f in (*found, *out)):
                continue
            for index in turns:
                words = words_of(transcript.turns[index].text)
                span = _company(words, name)
                if label == "says_own_name":
                    span = _span(words, name) or _surname(words, transcript.recording)
                if span is not None:
                    out.append(Finding(label, transcript.quote(index, *span), SCORE, f"rule:{label}/facts"))
                    break
        if not any(f.label == "says_company" and f.quote.turn in turns for f in (*found, *out)):
            out += _answers(transcript, turns)
    return out


def without_debtors_name(transcript: Transcript, found: Sequence[Finding]) -> list[Finding]:
    """`found` without the debtor's name taken for the agent's own: «le habla a don Rigoberto Alas».

    A first name by itself may be both theirs: it stays, unless «a», «con» or «don» make it the other's.
    """
    debtor = [word.sound for word in words_of(transcript.recording.debtor_name or "").words]
    agent = {word.sound for word in words_of(transcript.recording.agent or "").words}
    if not debtor or debtor[0] in agent:
        return list(found)
    return [f for f in found if f.label != "says_own_name" or not _names_debtor(transcript, f, debtor)]


def without_courtesy(found: Sequence[Finding]) -> list[Finding]:
    """`found` without «¿cómo andás?» taken for the question who is on the phone."""
    return [f for f in found if f.label != "verifies_identity" or not says_only(_HOW_ARE_YOU, f.quote.text)]


def without_company(transcript: Transcript, found: Sequence[Finding]) -> list[Finding]:
    """`found` without a product that is a word of the company's own name: «le habla de Crédito Norte»."""
    named = [f.quote for f in found if f.label == "says_company"]
    return [f for f in found if f.label != "product_said" or not _is_company(transcript, f.quote, named)]


def _is_company(transcript: Transcript, product: Quote, named: Sequence[Quote]) -> bool:
    text = transcript.turns[product.turn].text[product.start :]
    if text.lower().startswith("de ") and any(within(product, whole) for whole in named):
        return True
    company = transcript.recording.company
    place = _span(words_of(text), company) if company else None
    return place is not None and place[0] < len(product.text) < place[1]


def _names_debtor(transcript: Transcript, finding: Finding, debtor: Sequence[str]) -> bool:
    text = transcript.turns[finding.quote.turn].text
    said = [word.sound for word in words_of(text[finding.quote.start : finding.quote.end]).words]
    if debtor[0] not in said:
        return False
    after = [word.sound for word in words_of(text[finding.quote.end :]).words[:1]]
    return bool(_OTHERS.intersection(said) or set(debtor[1:]).intersection((*said, *after)))


def _answers(transcript: Transcript, turns: Sequence[int]) -> list[Finding]:
    """The company that a turn begins with, where the far side has just asked who calls; where the company is
    known, a word of its name must be in it: «de Monterrey» is none.
    """
    known = {word.sound for word in words_of(transcript.recording.company or "").words} - _COMMON - _TRADE
    for index in turns:
        asked = transcript.turns[index - 1] if index else None
        if asked is None or asked.speaker == "agent" or not asks_whence(asked.text):
            continue
        told = _ANSWERS_WHENCE.match(transcript.turns[index].text)
        if told and (not known or known & set(words_of(told["company"]).sounds)):
            quote = transcript.quote(index, *told.span())
            return [Finding("says_company", quote, SCORE, "rule:says_company/answer")]
    return []


def _openings(transcript: Transcript) -> Iterator[list[int]]:
    """The agent's first turns, and the first to the debtor where somebody else answered the phone."""
    turns = [i for i, turn in transcript.said_by("agent", "unknown") if turn.doubt is None]
    yield turns[:FIRST_AGENT_TURNS]
    debtor = next((i for i, _ in transcript.said_by("debtor")), None)
    if debtor is not None and any(i < debtor for i, _ in transcript.said_by("other")):
        yield [i for i in turns if i > debtor][:FIRST_AGENT_TURNS]


def _surname(words: Words, facts: Recording) -> tuple[int, int] | None:
    """Characters by which the agent presents themselves with a surname alone: «habla Ferrero», «Ferrero, de
    Cobranzas del Litoral», and «Ferrero, señora» to who asks. One that the debtor has too tells nobody.
    """
    theirs = {word.sound for word in words_of(facts.debtor_name or "").words}
    parts = [w.sound for w in words_of(facts.agent or "").words if w.sound not in _COMMON]
    own = {part for part in parts[1:] if len(part) >= _SURNAME and part not in theirs}
    company = _company(words, facts.company) if facts.company else None
    sounds = [word.sound for word in words.words]
    for at, said in enumerate(sounds):
        if said not in own or (at and sounds[at - 1] in _OTHERS):
            continue
        start, end = words.span(at, at + 1)
        of_house = company is not None and 0 <= company[0] - end <= _HOUSE_NEAR
        presents = at > 0 and sounds[at - 1] in _PRESENTS
        alone = at == 0 and all(one in _OTHERS or not one.isalpha() for one in sounds[1:])
        if of_house or presents or alone:
            return start, end
    return None


def _company(words: Words, name: str) -> tuple[int, int] | None:
    """Characters that say the company, or the part of its name that tells it from others."""
    parts = [w.sound for w in words_of(name).words if w.sound not in _COMMON]
    own = [part for part in parts if part not in _TRADE]
    for at in range(len(words.words)):
        end = at
        while end < len(words.words) and words.words[end].sound in (*parts, *_COMMON):
            end += 1
        said = [word.sound for word in words.words[at:end] if word.sound in parts]
        telling = [part for part in said if part in own]
        if not telling or words.words[at].sound not in parts:
            continue
        if len(said) > 1 or len(telling[0]) >= LONG or own == telling:
            while words.words[end - 1].sound in _COMMON:
                end -= 1
            return words.span(at, end)
    return None


def _span(words: Words, name: str) -> tuple[int, int] | None:
    """Characters of `words` that say `name`: its first telling word, with those of its words that follow."""
    parts = [w.sound for w in words_of(name).words if w.sound not in _COMMON]
    if not parts:
        return None
    for at, word in enumerate(words.words):
        if word.sound == parts[0] and len(parts[0]) >= 3:
            end = at + 1
            while end < len(words.words) and words.words[end].sound in (*parts, *_COMMON):
                end += 1
            while words.words[end - 1].sound in _COMMON:
                end -= 1
            return words.span(at, end)
    return None
