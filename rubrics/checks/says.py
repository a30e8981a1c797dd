"""Pass when the speaker says everything in `all_of`; each entry names one thing and the findings that count
as it.

`first` and `last` bound the search to that many of the speaker's turns at the start or the end of the call;
where somebody else answered, the debtor's coming to the phone is a start as well, and `to_debtor` names what
must be said from there on. `once` the other side has told something, only what follows counts. What is said
in one turn with something of `none_of` does not count, and what only stands beside words too faint to be
claimed as such is for a person, as what is told in offers alone.
`with_act` keeps the search to the turns that do an act, or that for the things in `of_act` only, which count
elsewhere where they are not heard there, but not beside one of `not_beside`, as everything where no turn does
the act; things named in `nearby` count
in the speaker's next turns as well, but not beside one of `not_beside`: «lleva 83 días» adds to the sum said
before, a day of payment does not. What stands in words of `not_where` is none: «se lo recibo mañana» asks
for money. Where the other side has `asked_for` it, a yes is enough, or an answer with
one of `given_as`: «¿me llega por escrito?» «Sí, hoy mismo». Where an act is found but not the single thing (a
farewell without thanks that the cues know), the fail is a doubtful one; so is a pass on the act alone.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from nlp.opening import asks_whence
from nlp.two_currencies import two_currencies
from nlp.types import Finding, Findings
from nlp.yes import says_yes
from rubrics import reading
from rubrics.labels import Label
from rubrics.types import Verdict
from rubrics.verdicts import (
    DOUBTFUL_CONFIDENCE,
    LISTEN,
    SURE_WORDS,
    absent,
    agreeing,
    doubting,
    failed,
    passed,
    places,
    quotes,
    sureness,
)
from transcripts.listed import listed
from transcripts.types import Quote, Speaker, Transcript

ONLY_OFFERED = "Se oye solo junto con lo que se propone: falta oír si se informó de la deuda."
NEAR = 2  # the speaker's turns in which something is still added to what was said
BARE = ("leaves_barely",)  # «bye» and no more is hardly a courtesy
GRANTED = 0.75  # score of a yes to what was asked for
PARTLY_CONFIDENCE = 0.65  # of a pass with something missing that need not be there


class Params(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    speaker: Speaker = "agent"
    all_of: dict[str, tuple[Label, ...]] = Field(min_length=1)
    at_least: int | None = Field(default=None, ge=1)  # of the things in `all_of`; None: every one
    none_of: tuple[Label, ...] = ()  # what spoils the turn in which it is said
    to_debtor: tuple[str, ...] = ()  # things the debtor must hear; not asked for where the debtor never came
    act: Label | None = None  # the act these things make up, where a tagger may see it without its parts
    with_act: Label | None = None  # only turns count that do this, where any does
    of_act: tuple[str, ...] = ()  # things bound to `with_act` (none: all are); unheard there, elsewhere
    nearby: tuple[str, ...] = ()  # things that count in the speaker's next turns after those too
    not_beside: tuple[Label, ...] = ()  # beside these they do not
    not_where: tuple[Label, ...] = ()  # words of these are something else, whatever was heard in them
    asked_for: tuple[Label, ...] = ()  # the other side's own request for what is missing
    given_as: tuple[Label, ...] = ()  # beside a yes, what grants it in the next turn
    too_early: tuple[Label, ...] = ()  # what must wait until the debtor is known, or asks who calls
    once: tuple[Label, ...] = ()  # what the other side must have told before; unheard, its first words
    first: int | None = Field(default=None, ge=1)
    last: int | None = Field(default=None, ge=1)
    sure: float = Field(default=0.75, ge=0, le=1)  # how sure an absence is
    one_currency: bool = False  # of debts in two currencies a person hears whether each was told


def check(transcript: Transcript, findings: Findings, params: Params) -> Verdict:
    verdict = _check(transcript, findings, params)
    if params.with_act and verdict.outcome == "fail":
        offered = _check(transcript, findings, params, offers=True)
        verdict = doubting(offered, ONLY_OFFERED) if offered.outcome == "pass" else verdict
    if params.one_currency and (told := two_currencies(transcript)):
        where = places([quote.turn for quote in told])
        return doubting(
            verdict, f"Hay deudas en dos monedas ({where}): falta oír si las dos se informan bien."
        )
    return verdict


def _check(transcript: Transcript, findings: Findings, params: Params, *, offers: bool = False) -> Verdict:
    """`offers`: what is told only in offers counts too."""
    turns = _searched(transcript, findings, params)
    if params.once and not turns:
        return passed("La llamada terminó antes de que pudiera decirlo.", confidence=DOUBTFUL_CONFIDENCE)
    spoiling = reading.said(transcript, findings, params.none_of, by=params.speaker, turns=turns)
    spoilt = {f.quote.turn for f in spoiling}
    heard = _heard(transcript, findings, params, turns, offers=offers)
    if params.asked_for and not all(heard.values()):
        granted = _granted(transcript, findings, params, turns)
        heard = {name: some or granted for name, some in heard.items()}
    found = {name: tuple(f for f in some if f.quote.turn not in spoilt) for name, some in heard.items()}
    everything = quotes(sorted((f for some in found.values() for f in some), key=lambda f: f.quote))
    missing = [name for name, some in found.items() if not some]
    acts = (params.act,) if params.act else ()
    done = reading.said(transcript, findings, acts, by=params.speaker, turns=turns)
    act = tuple(f for f in done if f.quote.turn not in spoilt)
    enough = len(found) - len(missing) >= (params.at_least or len(found))
    early = _too_early(transcript, findings, params, turns)
    if enough and early:
        where = places([f.quote.turn for f in early])
        words = listed([f"«{quote.text}»" for quote in quotes(early)])
        reason = f"Dice {words} antes de saber que habla con el titular ({where})."
        return failed(reason, quotes(early), confidence=min(PARTLY_CONFIDENCE, sureness(early)))
    if enough and (act or not missing or not _stray(params, turns, everything)):
        beside = _perhaps_spoilt(transcript, findings, params, found)
        verdict = _said(found, missing, _opening(found) if params.first else everything, beside)
        bare = {f.quote.turn for f in reading.said(transcript, findings, BARE, by=params.speaker)}
        only = missing and {quote.turn for quote in everything} <= bare
        return doubting(verdict, LISTEN) if only else verdict
    if any(heard[name] for name in missing):
        return _spoilt(heard, missing, spoiling)
    if act and params.at_least:  # said in words that no cue tells apart
        where = places([f.quote.turn for f in act])
        return passed(f"Lo dice con sus palabras ({where}).", quotes(act), confidence=DOUBTFUL_CONFIDENCE)
    if done and params.at_least:
        beside = quotes(f for f in spoiling if f.quote.turn in {one.quote.turn for one in done})
        words = listed([f"«{quote.text}»" for quote in beside])
        where = places([f.quote.turn for f in done])
        both = sorted({*quotes(done), *beside})
        reason = f"Lo dice con sus palabras, pero junto con {words} ({where})."
        return failed(reason, both, confidence=DOUBTFUL_CONFIDENCE)
    elsewhere = _told_elsewhere(transcript, findings, params, missing)
    wanted = {*acts, *(label for name in missing for label in params.all_of[name])}
    return absent(
        transcript,
        f"No se {agreeing('oye', missing)} {listed(missing)}{elsewhere}",
        turns,
        evidence=everything,
        confidence=min(params.sure, 0.65) if act and len(missing) < len(found) else params.sure,
        nearly=[one for one in findings.nearly if one.label in wanted and one.turn not in spoilt],
    )


def _too_early(
    transcript: Transcript, findings: Findings, params: Params, turns: tuple[int, ...]
) -> tuple[Finding, ...]:
    """What of `too_early` was said before the debtor was known to be on the phone; not where whoever answered
    had asked who calls.
    """
    known = findings.people.identity_turn
    before = [i for i in turns if known is None or i < known]
    found = reading.said(transcript, findings, params.too_early, by=params.speaker, turns=before)
    asked = [
        i
        for i, turn in enumerate(transcript.turns)
        if turn.speaker in ("debtor", "other") and asks_whence(turn.text)
    ]
    return tuple(f for f in found if not any(i < f.quote.turn for i in asked))


def _said(
    found: dict[str, tuple[Finding, ...]],
    missing: list[str],
    everything: tuple[Quote, ...],
    beside: tuple[Quote, ...],
) -> Verdict:
    said = [name for name, some in found.items() if some]
    sure = min(sureness(found[name]) for name in said)
    more = f"; para la próxima, también {listed(missing)}" if missing else ""
    sure = min(sure, PARTLY_CONFIDENCE) if missing else sure
    where = places([quote.turn for quote in everything])
    if beside:
        words = listed([f"«{quote.text}»" for quote in beside])
        verdict = passed(f"Dice {listed(said)}, junto con {words} ({where}).", sorted({*everything, *beside}))
        return doubting(verdict, LISTEN)
    return passed(f"Dice {listed(said)} ({where}){more}.", everything, confidence=sure)


def _perhaps_spoilt(
    transcript: Transcript, findings: Findings, params: Params, found: dict[str, tuple[Finding, ...]]
) -> tuple[Quote, ...]:
    """The words that may be of `none_of` in the turns of a thing that is said in no turn without them:
    «quedó grabado, después no me vengas a llorar, chau» says goodbye.
    """
    hints = reading.hinted(transcript, findings, params.none_of, by=params.speaker)
    turns = {f.quote.turn for f in hints}
    beside = {f.quote.turn for some in found.values() for f in some if {g.quote.turn for g in some} <= turns}
    return quotes(f for f in hints if f.quote.turn in beside)


def _opening(found: dict[str, tuple[Finding, ...]]) -> tuple[Quote, ...]:
    """What is shown of an opening: each thing where it was said first. «¿Cómo está?» later is no greeting."""
    firsts = (f for some in found.values() for f in some if f.quote.turn == some[0].quote.turn)
    return quotes(sorted(firsts, key=lambda f: f.quote))


def _told_elsewhere(transcript: Transcript, findings: Findings, params: Params, missing: list[str]) -> str:
    """What the reason adds where something was said, but to somebody else, or only to ask or to propose."""
    to_debtor, found = set(reading.to_debtor(transcript)), []
    for name in (one for one in missing if one in params.to_debtor):
        said = reading.said(transcript, findings, params.all_of[name], by=params.speaker)
        turns = {f.quote.turn for f in said}
        if turns and not turns & to_debtor:
            found.append(f"{name} se dijo solo a otra persona, {places(turns)}")
        elif turns and params.not_beside:
            found.append(f"{name} se dijo solo al pedir o proponer, {places(turns & to_debtor)}")
    return f" ({'; '.join(found)})" if found else ""


def _stray(params: Params, turns: tuple[int, ...], everything: tuple[Quote, ...]) -> bool:
    """Whether a part of what closes the call stands before the last turn: «gracias por esperar»."""
    return bool(params.act and params.last) and all(quote.turn != turns[-1] for quote in everything)


def _searched(transcript: Transcript, findings: Findings, params: Params) -> tuple[int, ...]:
    """The speaker's turns in which the things are looked for."""
    turns = reading.turns_of(transcript, params.speaker)
    if params.once:
        far = [
            i for i, turn in enumerate(transcript.turns) if turn.speaker not in (params.speaker, "unknown")
        ]
        told = reading.said(transcript, findings, params.once, by=("debtor", "other"))
        since = told[0].quote.turn if told else next(iter(far), -1)
        turns = tuple(i for i in turns if i > since)
    if params.first:
        again = reading.to_debtor(transcript)[: params.first] if params.to_debtor else ()
        turns = tuple(sorted({*turns[: params.first], *again}))
    return turns[-params.last :] if params.last else turns


def _heard(
    transcript: Transcript, findings: Findings, params: Params, turns: tuple[int, ...], *, offers: bool
) -> dict[str, tuple[Finding, ...]]:
    """What was found of each thing in `turns`, or in those of them that do `with_act`, where any does."""
    doing = (params.with_act,) if params.with_act else ()
    acts = reading.said(transcript, findings, doing, by=params.speaker, turns=turns)
    searched, turns = turns, tuple(sorted({f.quote.turn for f in acts})) or turns
    beside = reading.said(transcript, findings, params.not_beside, by=params.speaker, turns=searched)
    spoilt = {f.quote.turn for f in beside}
    if params.with_act and not acts and not offers:
        turns = tuple(i for i in searched if i not in spoilt)
    out = {}
    for name, labels in params.all_of.items():
        must_hear = name in params.to_debtor
        if must_hear and not findings.people.debtor_reached:
            continue
        within = searched if params.of_act and name not in params.of_act else turns
        where = [i for i in within if i in reading.to_debtor(transcript)] if must_hear else within
        out[name] = reading.said(transcript, findings, labels, by=params.speaker, turns=where)
        if not out[name] and name in params.nearby:
            where = [i for i in _next(searched, turns) if i not in spoilt]
            out[name] = reading.said(transcript, findings, labels, by=params.speaker, turns=where)
        if not out[name] and name in params.of_act:
            where = [i for i in searched if i not in spoilt]
            out[name] = reading.said(transcript, findings, labels, by=params.speaker, turns=where)
    others = reading.said(transcript, findings, params.not_where, by=params.speaker, turns=searched)
    return {
        name: tuple(f for f in some if not any(f.quote.overlaps(other.quote) for other in others))
        for name, some in out.items()
    }


def _granted(
    transcript: Transcript, findings: Findings, params: Params, turns: tuple[int, ...]
) -> tuple[Finding, ...]:
    """The speaker's answers that grant what the other side asked for: a yes, or one of `given_as`."""
    far: tuple[Speaker, ...] = ("agent",) if params.speaker == "debtor" else ("debtor", "other")
    out = []
    for asked in reading.said(transcript, findings, params.asked_for, by=far):
        answer = next((i for i in turns if i > asked.quote.turn), None)
        if answer is None or reading.doubtful(transcript, [answer]):
            continue
        given = reading.said(transcript, findings, params.given_as, by=params.speaker, turns=[answer])
        yes = says_yes(transcript.turns[answer].text)
        quote = transcript.quote(answer, *yes) if yes else given[0].quote if given else None
        if quote is not None:
            out.append(Finding(asked.label, quote, GRANTED, f"rule:{asked.label}/granted"))
    return tuple(out)


def _next(searched: tuple[int, ...], turns: tuple[int, ...]) -> tuple[int, ...]:
    """Those of `searched` that come right after one of `turns`."""
    return tuple(
        i for at, i in enumerate(searched) if any(j in turns for j in searched[max(0, at - NEAR) : at])
    )


def _spoilt(
    heard: dict[str, tuple[Finding, ...]], missing: list[str], spoiling: tuple[Finding, ...]
) -> Verdict:
    """The fail of what was said only beside what does not go with it; it waits where that is not sure."""
    names = [name for name in missing if heard[name]]
    turns = {f.quote.turn for name in names for f in heard[name]}
    beside = [f for f in spoiling if f.quote.turn in turns]
    both = sorted((*beside, *(f for name in names for f in heard[name])), key=lambda f: f.quote)
    words = listed([f"«{quote.text}»" for quote in quotes(beside)])
    reason = f"Dice {listed(names)}, pero junto con {words} ({places(turns)})."
    verdict = failed(reason, quotes(both), confidence=sureness(beside))
    return doubting(verdict, LISTEN) if verdict.confidence < SURE_WORDS else verdict
