"""What is told of nobody in particular: a debtor's illness, and whatever names or numbers give a person away.

Reports and the programs' door ask here; it covers as `coach.shield` does for the screens, with placeholders
where no quote has to keep its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from coach import shield
from coach.stems import folded
from coach.types import Call
from coach.viewers import HEALTH, Viewer
from nlp.labels import labels
from nlp.redact import PLACEHOLDERS, Redaction, redacted_text, redactions
from nlp.types import Promise
from rubrics.case_conditions import NO_SPECIAL_CASE
from rubrics.settled import Settled
from rubrics.types import Verdict
from transcripts.types import Quote, Recording, Transcript, Turn

LEAST_TOLD = 5  # calls: fewer with such an objection would point at somebody
LEAST_AGENTS = 3  # with calls in what is asked: the figure of one or two would be theirs
HIDDEN = "[salud]"
# reasons that tell of an illness or a death without standing on the debtor's words, as the machine words them
# (`rubrics.conditions`) or a person, who writes with accents or without, in Spanish or English; read `folded`
_OF_HEALTH = re.compile(
    r"""(?<!fondo\ de\ )(?<!numero\ de\ )\bemergencias?\b(?!\s+economica)|caso\s+especial|enferm
    |\bfallec|\bmuri(?:o|eron)\b|(?<!amenaza\ de\ )(?<!amenazas\ de\ )(?<!amenazo\ de\ )\bmuerte\b
    |(?<!punto\ )(?<!tiempo\ )(?<!tiempos\ )\bmuert[oa]s?\b|\bdifunt|\bviud[oa]s?\b|\b(?:luto|duelo)\b
    |\bperdio\s+a\s+(?:alguien|su\s+(?:madre|padre|mama|papa|hij|espos|herman|abuel|marido|mujer|bebe))
    |\bcancer\b|\btumor|\bquimio|\bdialisis\b|\bdiabet|\binfart|\bcovid\b|\bembaraz(?:o|ada)\b
    |\bhospital(?!idad)|\bintern(?:ad[oa]s?|aron)\b|\boper(?:aron|ad[oa]s?)\b|\bcirugia|\bquirofano
    |\bmedic(?:[oa]s?|inas?|amentos?)\b|(?<!por\ )\baccident(?:es?|o|ad[oa]s?)\b
    |\b(?:sick|illness|disease|died|passed\s+away|surgery)\b""",
    re.VERBOSE,
)
_LONG_NUMBER = re.compile(r"(?<!\d)\d(?:[ .-]?\d){7,}")  # longer than any sum that is read aloud


def tells_of_health(objection: str) -> bool:
    return objection in HEALTH


def may_tell(objection: str, calls: int, *, agents: int) -> bool:
    """Whether a figure over `calls` calls with the objection may be told, where all that was asked is of
    `agents` people.
    """
    return not tells_of_health(objection) or (agents >= LEAST_AGENTS and calls >= LEAST_TOLD)


def health_turns(call: Call) -> frozenset[int]:
    """The turns in which a debtor tells of health, by the machine's word or a person's."""
    said = {one.quote.turn for one in call.findings.findings if tells_of_health(one.label)}
    added = call.review.relabels if call.review else ()
    return frozenset(said | {one.turn for one in added if one.added and tells_of_health(one.added)})


def outside(viewer: Viewer, call: Call) -> Call:
    """The call as files, lists and examples tell of it: whole to who has the right `health`. To others every
    turn about health is covered, as long as it is, and so are the reasons that stand on one or name it; such
    findings are gone. On the call's own screen whoever may open it reads it as it is.
    """
    if viewer.may("health"):
        return call
    health = health_turns(call)
    turns = tuple(
        replace(turn, text=shield.cover(HIDDEN, len(turn.text)), words=()) if at in health else turn
        for at, turn in enumerate(call.transcript.turns)
    )
    transcript = replace(call.transcript, turns=turns)
    told = tuple(one for one in call.findings.findings if not tells_of_health(one.label))
    card = call.scorecard
    card = replace(
        card,
        verdicts=_unspoken(card.verdicts, health),
        pack_verdicts=_unspoken(card.pack_verdicts, health),
    )
    review = call.review
    if review is not None:
        silent = {name for name, one in (card.verdicts | card.pack_verdicts).items() if one.reason == HIDDEN}
        said = tuple(
            replace(one, reason=HIDDEN) if one.criterion in silent or _names_it(one.reason) else one
            for one in review.overrides
        )
        left = tuple(
            replace(one, removed=None) if one.removed and tells_of_health(one.removed) else one
            for one in review.relabels
            if not (one.added and tells_of_health(one.added))
        )
        review = replace(review, overrides=said, relabels=left)
    findings = shield.requoted(replace(call.findings, findings=told), transcript)
    return Call(transcript, findings, shield.requoted(card, transcript), review)


def standing_outside(viewer: Viewer, call: Call, now: Settled) -> Settled:
    """Where the call stands, told like `outside`; `call` is the one before that."""
    if viewer.may("health"):
        return now
    health = health_turns(call)
    shown = outside(viewer, call).transcript
    verdicts, of_pack = (_unspoken(held, health) for held in (now.verdicts, now.pack_verdicts))
    return replace(
        now, verdicts=shield.requoted(verdicts, shown), pack_verdicts=shield.requoted(of_pack, shown)
    )


def unspoken(verdict: Verdict, health: frozenset[int]) -> Verdict:
    """The verdict without its reason, where that stands on a turn about health or names an illness."""
    if any(quote.turn in health for quote in verdict.evidence) or _names_it(verdict.told):
        return replace(verdict, reason=HIDDEN, doubt="")
    return verdict


def _unspoken(verdicts: dict[str, Verdict], health: frozenset[int]) -> dict[str, Verdict]:
    return {name: unspoken(one, health) for name, one in verdicts.items()}


def _names_it(reason: str) -> bool:
    """Whether a reason says which objection it was, as those about answers do, or an illness."""
    if _OF_HEALTH.search(folded(reason.replace(NO_SPECIAL_CASE, ""))):
        return True
    known = (labels().objections[one].label for one in HEALTH)
    return any(name.casefold() in reason.casefold() for label in known for name in (label.es, label.en))


def masked_quotes(call: Call) -> Callable[[Quote], str]:
    """Reads quotes of the call with placeholders for names, numbers, places, and turns about health."""
    held = shield.stretches_of(call)
    health = health_turns(call)

    def masked(quote: Quote) -> str:
        return HIDDEN if quote.turn in health else _within(quote, held)

    return masked


def masked_text(text: str, call: Call) -> str:
    """A text written about the call as `coach.shield` covers it, and without any long number."""
    return _LONG_NUMBER.sub(PLACEHOLDERS["digits"], shield.written(text, call, names=False))


def without_numbers(transcript: Transcript, promise: Promise | None = None) -> Transcript:
    """The call with placeholders for numbers, addresses and e-mails; names stay. Words lose their times."""
    held = _numbers(transcript, promise)
    turns = tuple(
        replace(turn, text=_within(Quote(at, 0, len(turn.text), turn.text), held), words=())
        for at, turn in enumerate(transcript.turns)
    )
    stretches = tuple(replace(one, text="") for one in transcript.trust.stretches)
    trust = replace(transcript.trust, stretches=stretches)
    return replace(transcript, turns=turns, trust=trust, covers=())


def numberless_quotes(call: Call) -> Callable[[Quote], str]:
    """Reads quotes of the call with placeholders for numbers; names stay."""
    held = tuple(one for one in shield.stretches_of(call) if one.kind != "name")
    return lambda quote: _within(quote, held)


def numberless_text(text: str, recording: Recording) -> str:
    """A text written about the call with placeholders for numbers; names stay."""
    alone = Transcript(recording, (Turn("unknown", text),))
    return _LONG_NUMBER.sub(PLACEHOLDERS["digits"], redacted_text(text, _numbers(alone, None)))


def _numbers(transcript: Transcript, promise: Promise | None) -> tuple[Redaction, ...]:
    return tuple(one for one in redactions(transcript, promise) if one.kind != "name")


def _within(quote: Quote, held: tuple[Redaction, ...]) -> str:
    """The quote's text with a placeholder for each redaction that reaches into it, whole or in part."""
    inside = [
        Redaction(
            Quote(
                one.quote.turn,
                max(one.quote.start, quote.start) - quote.start,
                min(one.quote.end, quote.end) - quote.start,
                "",
            ),
            one.kind,
        )
        for one in held
        if one.quote.overlaps(quote)
    ]
    return _LONG_NUMBER.sub(PLACEHOLDERS["digits"], redacted_text(quote.text, inside))
