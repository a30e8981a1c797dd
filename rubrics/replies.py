"""What could have been said to each objection of a call: the playbook's wordings, fitted to the case.

A wording is suggested only where all its slots are known, its country and stage are the case's, what it asks
was not asked already, and no rule of ours or of the country's would find a fault in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from nlp.ladder import Pair
from nlp.ladder_model import sentences
from nlp.own_cues import find_own
from nlp.stance import speaks_of_payment
from nlp.tagger import hear
from nlp.thresholds import OPERATING
from nlp.types import Finding, Findings
from rubrics.case_words import debtor_type, known_words, stage_of
from rubrics.labels import spanish
from rubrics.ladder import ladders
from rubrics.playbook import DEFAULT, STEPS, Play, Playbook, Tone, Wording
from rubrics.types import Pack
from rubrics.unasked import Spared, unasked
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
# what asks for money, and what has no place where it may not be asked for: the play of another speaks then
ASKS = "asks_commitment"
OF_MONEY = frozenset((
    "no_money", "job_loss", "other_debts", "payment_channel", "vague_promise", "needs_third_party", "refusal",
    "asks_discount", "no_notice",
))  # fmt: skip


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
    spared: Spared | None = None  # why nothing of money may be asked


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
        label = pair.objection.label
        spared, instead = unasked(transcript, findings, pair.objection.quote.turn, met) or (None, label)
        case = Case(
            known,
            recording.country or "",
            stage_of(recording),
            debtor,
            pack,
            frozenset(taken.get(label, ())),
            TONES.get(label),
            spared,
        )
        # of whoever answers in the debtor's place nothing is asked, and they are told of no debt
        play = playbook.find(instead if spared == "other" or label in OF_MONEY else label)
        out.append(_suggestion(pair, play, case, every) if play else _nothing(pair))
        taken.setdefault(label, set()).update(pair.rungs)
    return tuple(out)


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
    return (w for w in fitting if not _unfit(w.say.format(**case.known), case))


def _unfit(text: str, case: Case) -> bool:
    return bool(faults(text, case.pack)) or (case.spared is not None and _asks_money(text))


@lru_cache(maxsize=20_000)
def _asks_money(text: str) -> bool:
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
    )


def _rank(wording: Wording, case: Case) -> float:
    """What is said for this case counts more than what could be said in any."""
    return (
        len(wording.slots)
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
        ("usa datos del caso", bool(wording.slots)),
        ("palabras del país", bool(wording.in_)),
        ("para esta etapa de la mora", wording.stage is not None),
        ("para este tipo de situación", wording.debtor is not None),
        ("ofrece lo autorizado", "oferta" in wording.slots),
    )
    return tuple(text for text, holds in reasons if holds) or ("sirve en cualquier caso",)


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
