"""The playbook in use, looked through: Temple's, and over it a shop's own wordings (`coach.own_wordings`)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from coach.settings import Settings
from nlp.plain import says_plainly
from nlp.tagger import hear
from nlp.text import plain
from nlp.thresholds import DOUBT, OPERATING
from nlp.utterance import scores_all
from rubrics.labels import ACTS, OBJECTIONS
from rubrics.loader import PACKS, load_packs, pack_of
from rubrics.own_playbook import NOTHING_OWN, OwnPlaybook, load_own, over
from rubrics.playbook import FIELDS, Playbook, Wording, Wordings, load_playbook
from rubrics.replies import FAULTS, faults
from rubrics.types import Pack, RubricError, Rule
from rubrics.waived import OFFER, UNDUE, promises

# what stands in the place of a slot while a wording is tried
SAMPLE = {
    "nombre": "señora Bustos", "monto": "dos mil cien pesos", "fecha": "viernes 17",
    "segunda_fecha": "día 30", "empresa": "Crédito Alameda", "agente": "Rubén Arce",
    "producto": "préstamo", "dias": "12", "oferta": "tres pagos sin recargo",
}  # fmt: skip


# from which score on the trained taggers keep a sentence out without a rule. Of Temple's own 1,246, all
# harmless, these marks would keep out 12; the operating mark for every fault and the doubt mark for the
# gravest would keep out 76, with «Lamento mucho esta emergencia» a threat among them
CLEAR = 0.66
DISCLOSES, SENDS_TO_KIN = "discloses_debt", "sends_to_kin"
BARRED = {"lawyer": DOUBT, DISCLOSES: DOUBT, "threat": 0.6}
CAUTION = ("threat", "rude", "impatient")  # told from the doubt mark on, or where plain words hint at it
# what may follow on «si no…» is a threat already where threat and rudeness come to this together
CONDITION, FOLLOWS = "unless_paid", 0.2


@dataclass(frozen=True, slots=True)
class Guide:
    """What may be said here. `trouble` says why one's own wordings are not in it, where they cannot be."""

    playbook: Playbook
    own: OwnPlaybook
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a wording is not kept: an act that is a fault anywhere, or a country's rule that it would break."""

    fault: str  # an act like "threat", or the id of a rule
    rule: Rule | None = None
    country: str = ""  # of the rule; empty: every country


def guide(settings: Settings) -> Guide:
    """The playbook in use; read again only where the own file has changed."""
    path = settings.own_playbook
    try:
        at = path.stat()
    except FileNotFoundError:
        return Guide(load_playbook(), NOTHING_OWN)
    return _guide(path, at.st_mtime_ns, at.st_size, at.st_ino)


@lru_cache(maxsize=4)
def _guide(path: Path, *stamp: int) -> Guide:
    base = load_playbook()
    try:
        own = load_own(path, base)
    except RubricError as error:  # a call is still shown, with Temple's replies
        return Guide(base, NOTHING_OWN, str(error))
    return Guide(over(base, own), own)


# looking something up


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for; an empty field asks for nothing. A wording without a country, tone or stage
    fits any.
    """

    text: str = ""
    country: str = ""
    tone: str = ""
    stage: str = ""


def wordings(book: Guide, settings: Settings, objection: str, wanted: Wanted) -> dict[str, Wordings]:
    """What may be said at each of `FIELDS`, what is meant for this country, tone or stage first."""
    play = book.playbook.play(objection)
    return {step: _sorted(play.wordings(step), settings, wanted) for step in FIELDS}


def matches(book: Guide, objection: str, wanted: Wanted) -> int:
    """How many wordings fit, the rules of the country not asked."""
    play = book.playbook.play(objection)
    return sum(_fits(one, wanted) for step in FIELDS for one in play.wordings(step))


def own_sentences(book: Guide, objection: str) -> frozenset[str]:
    """The sentences of one's own in this play."""
    play = book.own.play(objection)
    return frozenset(wording.say for step in FIELDS for wording in play.wordings(step))


def objections() -> tuple[str, ...]:
    """Every objection that has a play, in the order of the taxonomy."""
    return OBJECTIONS


@cache
def countries() -> tuple[str, ...]:
    """The countries that have rules or words of their own."""
    known = {
        code
        for play in load_playbook().plays
        for step in FIELDS
        for w in play.wordings(step)
        for code in w.in_
    }
    return tuple(sorted({*known, *(path.stem.upper() for path in PACKS.glob("??.yaml"))}))


def barring(book: Guide, settings: Settings, objection: str, country: str) -> tuple[Rule, ...]:
    """The rules of a country that keep some wording of this play from being said there."""
    if not country or not settings.packs:
        return ()
    play, pack = book.playbook.play(objection), _pack(country, settings)
    elsewhere = (w for step in FIELDS for w in play.wordings(step) if not w.in_ or country in w.in_)
    barred = {rule.id for wording in elsewhere for rule in broken(filled(wording), pack, settings)}
    return tuple(rule for rule in pack.rules if rule.id in barred)


def _sorted(wordings: Wordings, settings: Settings, wanted: Wanted) -> Wordings:
    fitting = [one for one in wordings if _fits(one, wanted)]
    if wanted.country and settings.packs:
        pack = _pack(wanted.country, settings)
        fitting = [one for one in fitting if not broken(filled(one), pack, settings)]
    return tuple(sorted(fitting, key=lambda one: -_closeness(one, wanted)))


def _fits(wording: Wording, wanted: Wanted) -> bool:
    return (
        (not wanted.country or not wording.in_ or wanted.country in wording.in_)
        and wanted.country not in wording.not_in
        and (not wanted.tone or wording.tone in (None, wanted.tone))
        and (not wanted.stage or wording.stage in (None, wanted.stage))
        and all(part in plain(wording.say) for part in plain(wanted.text).split())
    )


def _closeness(wording: Wording, wanted: Wanted) -> int:
    """How many things that were asked for the wording is made for."""
    asked = (
        (wanted.country, bool(wording.in_)),
        (wanted.tone, wording.tone),
        (wanted.stage, wording.stage),
    )
    return sum(bool(want and made) for want, made in asked)


# what speaks against a wording


def tried(wording: Wording, settings: Settings) -> tuple[Doubt, ...]:
    """Everything that keeps a wording out: acts that are faults, rules of the countries that it is for."""
    text = filled(wording)
    if own := _grave(text):
        return tuple(Doubt(fault) for fault in own)
    packs = load_packs(settings.own_packs) if settings.packs else {}
    meant = wording.in_ or tuple(country for country in packs if country not in wording.not_in)
    asked = {country: _pack(country, settings) for country in meant} if settings.packs else {}
    return tuple(
        Doubt(rule.id, rule, country)
        for country, pack in asked.items()
        for rule in broken(text, pack, settings)
    )


@lru_cache(maxsize=1_000)
def _grave(text: str) -> tuple[str, ...]:
    """The faults that rules or trained taggers hear in a sentence of one's own."""
    ruled = faults(text)
    scores = _scores(text)
    if SENDS_TO_KIN in hear(text, "agent").found and scores.get(DISCLOSES, 0) < CLEAR:
        scores = {**scores, DISCLOSES: 0.0}  # who is to ask the family tells it, if anything, as they like
    named = (*FAULTS, *(name for name in BARRED if name not in FAULTS))
    return tuple(name for name in named if name in ruled or scores.get(name, 0) >= BARRED.get(name, CLEAR))


def doubtful(wording: Wording) -> tuple[str, ...]:
    """Faults that may be heard in it, too faintly to keep it out: whoever writes it decides."""
    text = filled(wording)
    scores, grave, said = _scores(text), _grave(text), hear(text, "agent")
    near = {name for name in CAUTION if scores.get(name, 0) >= DOUBT or says_plainly(said, name) > 0}
    if CONDITION in said.found and 1 - (1 - scores["threat"]) * (1 - scores["rude"]) >= FOLLOWS:
        near.add("threat")
    return tuple(name for name in CAUTION if name in near and name not in grave)


def vouches(wording: Wording) -> bool:
    """Whether it promises a waiver in words of its own, which not every case authorises."""
    if wording.stage == UNDUE:
        return False
    return promises(filled(Wording(say=wording.say.replace(OFFER, ""))))


@lru_cache(maxsize=1_000)
def _scores(text: str) -> dict[str, float]:
    return scores_all([("agent", text)])[0]


def broken(text: str, pack: Pack, settings: Settings) -> tuple[Rule, ...]:
    """The rules of a country that bar an agent from saying this."""
    barred = _faults(text, pack.country, settings.own_packs, pack.digest)
    return tuple(rule for rule in pack.rules if rule.id in barred)


@lru_cache(maxsize=20_000)
def _faults(text: str, country: str, packs: Path, digest: str) -> tuple[str, ...]:
    return faults(text, pack_of(country or None, packs))


def _pack(country: str, settings: Settings) -> Pack:
    return pack_of(country or None, settings.own_packs)


def heard(wording: Wording) -> tuple[str, ...]:
    """The acts that Temple hears in it, as it would in a call."""
    found = hear(filled(wording), "agent").found
    return tuple(name for name in ACTS if name in found and found[name].score >= OPERATING)


def filled(wording: Wording) -> str:
    """The sentence with something in each slot."""
    return wording.say.format(**{slot: SAMPLE.get(slot, slot) for slot in wording.slots})
