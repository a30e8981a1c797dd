"""What could have been said to each objection of a call: the playbook's wordings, fitted to the case.

A wording is suggested only where all its slots are known, its country and stage are the case's, nothing in
the call speaks against it, what it asks was not asked already, and no rule of ours or of the country's would
find a fault in it; one that waives something, only where the case authorises as much.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from nlp.ladder import Pair
from nlp.ladder_model import sentences
from nlp.own_cues import find_own
from nlp.same_question import asked_in, asks_again
from nlp.stance import speaks_of_payment
from nlp.tagger import hear
from nlp.thresholds import OPERATING
from nlp.types import Finding, Findings
from rubrics.case_words import debtor_type, known_words, stage_of
from rubrics.labels import spanish
from rubrics.ladder import ladders
from rubrics.met_as import NOT_TODAY, OF_MONEY, meant_by, met_as
from rubrics.playbook import DEFAULT, STEPS, Play, Playbook, Tone, Wording
from rubrics.told import facts
from rubrics.types import Pack
from rubrics.unasked import Spared, unasked
from rubrics.waived import OFFER, allowed, promises
from transcripts.types import Recording, Transcript, Turn

FAULTS = (
    "threat", "lawyer", "rude", "impatient", "tuteo", "pity", "hedge", "brush_off", "waves_off", "gives_up",
)  # fmt: skip
# the tone that suits what the debtor brings up; in the others none is better
TONES: dict[str, Tone] = {
    "job_loss": "calido", "health_emergency": "calido", "no_money": "calido",
    "hostile": "formal", "harassment_complaint": "formal", "legal_threat": "formal", "distrust": "formal",
    "vague_promise": "directo", "refusal": "directo", "call_later": "directo",
}  # fmt: skip
SHOWN = 4  # whole replies to one objection
OWN_WORDS = 4.0  # what answers the debtor's own words goes before what only knows the case
# no money is asked for after these; nor after those that are hard, unless the debtor offers some all the same
SETTLED = {"agreed", "paid", "disputed", "wants_peace", "wants_repair"}
HARD = {"emergency", "nothing_left"}
OFFERS = {
    *("has_part", "names_terms", "wants_waiver", "wants_less", "wants_parts", "wants_lower", "wants_time"),
    "pay_day_named",
}
ASKS = "asks_commitment"


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole reply and, in a few words each, why it is among the first."""

    text: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What could be said to one objection.

    `steps` holds one wording per step, in order; `missing` names the steps that the agent did not take.
    `every` holds all that fit, of the steps for which they were wanted. `spared`: why nothing of money is in
    it.
    """

    objection: Finding
    label: str  # in Spanish
    why: str
    steps: dict[str, str]
    missing: tuple[str, ...]
    replies: tuple[Reply, ...]
    avoid: tuple[str, ...]
    every: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    spared: Spared | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """What wordings are fitted to."""

    known: dict[str, str]
    country: str
    stage: str | None
    debtor: str | None
    pack: Pack | None
    asked: frozenset[str]  # steps taken before for the same objection
    tone: Tone | None = None
    told: frozenset[str] = frozenset()  # `rubrics.told`
    questions: tuple[frozenset[str], ...] = ()  # the agent's, before the objection
    unasked: frozenset[str] = frozenset()  # what no wording may do now, as nlp calls it
    spared: Spared | None = None  # why nothing of money may be asked
    offers: tuple[str, ...] = ()  # what the case authorises


def suggest(
    findings: Findings,
    transcript: Transcript,
    playbook: Playbook,
    pack: Pack | None = None,
    *,
    every: Sequence[str] = (),
) -> tuple[Suggestion, ...]:
    """One suggestion per objection found, in the order of the call; of the steps `every`, all wordings."""
    recording = transcript.recording
    known = known_words(findings, transcript)
    debtor = debtor_type(transcript, findings)
    taken: dict[str, set[str]] = {}
    out = []
    pairs = ladders(transcript, findings)
    met = frozenset(pair.objection.quote for pair in pairs if pair.outcome == "fits")
    for pair in pairs:
        label, turn = pair.objection.label, pair.objection.quote.turn
        told = facts(transcript, findings, pair.objection)
        spared, instead = unasked(transcript, findings, turn, met) or (None, label)
        meant = meant_by(transcript, findings, pair.objection, told)
        if meant in OF_MONEY and instead == label != meant:
            spared, instead = None, meant  # no quarrel after all
        if spared == "other" and label in OF_MONEY:
            told |= {"asked_for_other"}
        case = Case(
            known,
            recording.country or "",
            stage_of(recording),
            debtor,
            pack,
            frozenset(taken.get(label, ())),
            TONES.get(label),
            told,
            _questions(transcript, turn),
            _not_now(label, told, spared),
            spared,
            recording.facts.authorized_offers or (),
        )
        play = playbook.find(met_as(meant, told, spared, instead))
        out.append(_suggestion(pair, play, case, every) if play else _nothing(pair))
        taken.setdefault(label, set()).update(pair.rungs)
    return tuple(out)


def _questions(transcript: Transcript, turn: int) -> tuple[frozenset[str], ...]:
    """What the agent asked before `turn`, in words."""
    return tuple(one for i, t in transcript.said_by("agent") if i < turn for one in asked_in(t.text))


def _not_now(label: str, told: frozenset[str], spared: Spared | None) -> frozenset[str]:
    """What may not be asked of this debtor at this moment: money, money at once, another call, a day."""
    out = set()
    settled = spared or told & SETTLED or (told & HARD and not told & OFFERS)
    if settled:
        out.add("asks_money")
    if settled or (label in NOT_TODAY and "has_part" not in told):
        out.add("asks_money_now")
    if "wants_peace" in told:
        out.add("proposes_talk")
    if "day_unknown" in told and label in OF_MONEY:
        out.add("asks_the_day")
    return frozenset(out)


def _nothing(pair: Pair) -> Suggestion:
    """For an objection that was added to the vocabulary and has no play yet: which file lacks it."""
    label = pair.objection.label
    why = f"Todavía no hay respuestas: falta la entrada «{label}» en rubrics/{DEFAULT.name}."
    return Suggestion(pair.objection, spanish(label), why, {}, (), (), ())


def _suggestion(pair: Pair, play: Play, case: Case, every: Sequence[str]) -> Suggestion:
    steps = {}
    for step in STEPS:
        if step == "ask" and case.spared:
            continue
        best = next(ranked(play.wordings(step), case), None)
        if best is not None:
            steps[step] = best.say.format(**case.known)
    replies = (w for w in ranked(play.replies, case) if not _asked_again(w, case))
    return Suggestion(
        pair.objection,
        spanish(pair.objection.label),
        play.why,
        steps,
        tuple(step for step in steps if step in pair.missing),
        tuple(Reply(w.say.format(**case.known), _why(w)) for w in islice(replies, SHOWN)),
        play.avoid,
        {
            step: tuple(w.say.format(**case.known) for w in ranked(play.wordings(step), case))
            for step in every
        },
        case.spared,
    )


def ranked(wordings: tuple[Wording, ...], case: Case) -> Iterator[Wording]:
    """The wordings that may be said in this case, the best fitting first; faults are looked for one by one,
    only as far as somebody asks on.
    """
    fitting = sorted((w for w in wordings if _fits(w, case)), key=lambda w: -_rank(w, case))
    return (
        w
        for w in fitting
        if not _unfit(w.say.format(**case.known), case) and allowed(w, case.offers, case.country)
    )


def _unfit(text: str, case: Case) -> bool:
    return bool(faults(text, case.pack)) or (case.spared is not None and _asks_payment(text))


@lru_cache(maxsize=20_000)
def _asks_payment(text: str) -> bool:
    """Whether a question of the text asks for a payment; one for a call or a claim's date does not."""
    said = (text[start:end] for start, end in sentences(text))
    asked = (one[one.rfind("¿") :] for one in said if "¿" in one)
    heard = (hear(one, "agent").found for one in asked if speaks_of_payment(one))
    return any(ASKS in found and found[ASKS].score >= OPERATING for found in heard)


def _fits(wording: Wording, case: Case) -> bool:
    return (
        wording.slots <= case.known.keys()
        and (not wording.in_ or case.country in wording.in_)
        and case.country not in wording.not_in
        and wording.stage in (None, case.stage)
        and wording.debtor in (None, case.debtor)
        and (not wording.when or not case.told.isdisjoint(wording.when))
        and case.told.isdisjoint(wording.unless)
        and (not case.unasked or case.unasked.isdisjoint(_does(wording.say)))
        and not asks_again(wording.say, case.questions)
    )


def _rank(wording: Wording, case: Case) -> float:
    """What is said for this case counts more than what could be said in any."""
    return (
        len(wording.slots)
        + OWN_WORDS * bool(wording.when)
        + 1.5 * bool(wording.in_)
        + 1.0 * (wording.stage is not None)
        + 1.0 * (wording.debtor is not None)
        + 0.5 * ("oferta" in wording.slots)
        + 0.4 * (wording.tone is not None and wording.tone == case.tone)
    )


def _asked_again(wording: Wording, case: Case) -> bool:
    """Whether the reply explores what was explored before: once is enough."""
    return "explore" in case.asked and wording.say.count("?") > 1


def _why(wording: Wording) -> tuple[str, ...]:
    reasons = (
        ("responde a lo que dijo", bool(wording.when)),
        ("usa datos del caso", bool(wording.slots)),
        ("palabras del país", bool(wording.in_)),
        ("para esta etapa de la mora", wording.stage is not None),
        ("para este tipo de situación", wording.debtor is not None),
        ("ofrece lo autorizado", "oferta" in wording.slots),
        ("el caso autoriza lo que promete", promises(wording.say.replace(OFFER, ""))),
    )
    return tuple(text for text, holds in reasons if holds) or ("sirve en cualquier caso",)


@lru_cache(maxsize=20_000)
def _does(say: str) -> frozenset[str]:
    """What a wording would do, as nlp calls it."""
    return frozenset(hear(say, "agent").found)


@lru_cache(maxsize=20_000)
def _own_faults(text: str) -> tuple[str, ...]:
    found = hear(text, "agent").found
    return tuple(name for name in FAULTS if name in found and found[name].score >= OPERATING)


def faults(text: str, pack: Pack | None = None) -> tuple[str, ...]:
    """What a wording would be faulted for: grave acts, and what the country's rules bar an agent from
    saying.
    """
    own = _own_faults(text)
    return own if own or pack is None else _barred(text, pack)


def _barred(text: str, pack: Pack) -> tuple[str, ...]:
    """Rules of kind «never says» that `text` would break."""
    call = Transcript(Recording("wording"), (Turn("agent", text),))
    found = {f.label for f in find_own(call, pack.cues, pack.id, pack.digest)}
    found |= {name for name, one in hear(text, "agent").found.items() if one.score >= OPERATING}
    rules = [rule for rule in pack.rules if rule.check == "never_says"]
    return tuple(rule.id for rule in rules if found & set(rule.params.get("findings", ())))
