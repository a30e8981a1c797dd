"""What the trainee's words hold, as the debtor hears them: read in their place in the call, by the eyes that
judge calls.

Acts are the call's findings and, where a kind word would be missed there, those of the utterance alone. So
are threats and lawyers that a rule hears in a sentence by itself: an exercise is too short a call for doubt,
and kind words around a threat do not take it back.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache
from pathlib import Path

from drills import demand
from drills.asking import ALONE_SOURCE, EXPLORING, INCOME, PAST, asks_more, puts_forward
from drills.matter import ANSWERS, OFF_MATTER, STANDS_FOR, Matter, offers_none, tags
from drills.meant import ASK, CLEAR, SOFT, Raised, meant, on_table, only_kind, same_sentence
from drills.offering import is_offer
from drills.parting import CLOSERS, closes, word_left
from drills.phrasing import ASKS_CALL, BACK, found_of
from drills.proposal import proposal
from drills.recommended import SOURCE as RECOMMENDED
from drills.recommended import said_of
from drills.repeats import BRINGS, REASKS, REPEATS, asked_again, repeats, without_echoes
from drills.subject import BESIDE, KEPT, beside
from drills.veiled import veiled
from nlp.analyze import analyze
from nlp.cues import Cue, read_yaml
from nlp.ladder_model import sentences
from nlp.own_cues import find_own
from nlp.rung_words import RUNG_ACTS
from nlp.tagger import hear
from nlp.text import plain
from nlp.thresholds import OPERATING, call_bar
from nlp.types import Finding, Findings, Part
from rubrics.labels import OBJECTIONS
from rubrics.ladder import ladders
from rubrics.playbook import Playbook, load_playbook
from transcripts.types import Quote, Transcript

# acts that are taken from the utterance alone too
ALONE = (
    "greeting", "verifies_identity", "asks_reason", "empathy", "probes", "answers", "offers_alternatives",
    "explains_benefit", "asks_commitment", "read_back", "follow_up", "polite_close", "hedge", "rude",
)  # fmt: skip
HARSH, HARSH_SOURCE, HARSH_BAR = ("threat", "lawyer"), "rule:sentence", 0.85
IN_SO_MANY_WORDS = (*HARSH, "rude", "impatient", "discloses_debt", "pays_to_agent")
RUDE = 0.62  # the same for rude words: under it politeness about something else is heard as one, too
SUBJECT = "drill:subject"
_COURT = re.compile(r"abogad|juzgad|juici|demand|juez|legal|tribunal", re.IGNORECASE)
LEAVES = "leaves"  # a goodbye after which nothing more is asked
BARE_CARE = "bare_care"  # act: courtesy that names nothing of what was told
BENEFIT, CARE = "explains_benefit", ("empathy", "acknowledges")
FEWEST = 4  # different words of what the learned ladder may take for a step, unless it asks: an «ok» is none
SOURCE = "drill:debtor"  # of an objection that is known because the debtor's line was chosen for it


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply. `acts` maps what was found to the words that say it; `amount` and `day` are those proposed,
    `sums` and `days` all that were put forward, `named` the sums that were told as owed too.
    """

    text: str
    acts: Mapping[str, str] = field(default_factory=dict)
    rungs: frozenset[str] = frozenset()
    amount: Decimal | None = None
    day: datetime.date | None = None
    repeated: bool = False  # nothing but what was said before
    sums: tuple[Decimal, ...] = ()
    named: tuple[Decimal, ...] = ()
    days: tuple[datetime.date, ...] = ()
    appointed: bool = False  # a day was named, for a call or a visit too
    asks: bool = True  # something was really asked, more than «¿no?»
    ways: int = 0  # ways to pay that were put forward
    offers: bool = False  # something was put forward for the debtor to say yes to
    later: tuple[Part, ...] = ()  # what is proposed after `amount` on `day`
    cares: bool = False  # acknowledged or asked something, be it only by courtesy

    @property
    def words(self) -> int:
        return len(self.text.split())

    def has(self, *acts: str) -> bool:
        return any(act in self.acts for act in acts)

    def says(self, amount: Decimal) -> bool:
        """Whether the sum was named, in whatever sense."""
        return amount == self.amount or amount in self.named

    def says_day(self, day: datetime.date) -> bool:
        return day == self.day or day in self.days


def findings_of(
    transcript: Transcript,
    raised: Raised,
    playbook: Playbook | None = None,
    *,
    told_reason: int | None = None,
) -> Findings:
    """What is found in a drill so far. What the debtor objects is known, and needs no finding; what the
    playbook (Temple's, where none is given) recommends is heard in any case. `told_reason`: the debtor's turn
    that told the true reason, for which nobody needs to ask any more.
    """
    found = analyze(transcript)
    known = [
        Finding(label, transcript.quote(turn), 1.0, SOURCE)
        for turn, label in raised
        if transcript.turns[turn].text
    ]
    far = {i for i, _ in transcript.said_by("debtor", "other")}
    kept = [f for f in found.findings if f.quote.turn not in far or not _objects(f)]
    own = find_own(transcript, _cues(), "drills")
    own += _alone(transcript, found)
    own += said_of(transcript, raised, playbook or load_playbook())
    phrased = found_of(transcript, raised, playbook or load_playbook())
    own += phrased
    fixed = {f.quote.turn for f in phrased if f.label == ASKS_CALL}  # who fixes an hour gives nothing up
    thrown = [f.quote for f in kept if f.label == "throws_back"]  # asks for nothing, as a question does
    own = [f for f in own if not (f.label == BACK and same_sentence(transcript, f.quote, thrown))]
    told_past = [f.quote for f in own if f.label == PAST]
    told_income = [f.quote for f in own if f.label == INCOME]
    own += [Finding("probes", quote, 1.0, SOURCE) for quote in told_income]
    care = [f.quote for f in (*kept, *own) if f.label in CARE]  # kind words are no reason to pay
    told = [
        f
        for f in (*kept, *known, *own)
        if not (f.label == ASK and same_sentence(transcript, f.quote, told_past))
        and not (
            f.label == ASK and f.source != RECOMMENDED and any(f.quote.overlaps(one) for one in told_income)
        )
        and not (f.label == BENEFIT and f.source[:5] == "model" and same_sentence(transcript, f.quote, care))
        and not (f.label in HARSH and _doubtful(transcript, f, CLEAR))
        and not (f.label == "rude" and f.source[:5] == "model" and _doubtful(transcript, f, RUDE))
        and not (f.label in SOFT and f.quote.turn in fixed and only_kind(f))
        and not (f.label == LEAVES and "?" in transcript.turns[f.quote.turn].text[f.quote.end :])
    ]
    told = [f for f in told if f.label not in CLOSERS or f.quote.turn in far or closes(transcript, f, told)]
    told += word_left(transcript, [f for f in told if f.quote.turn not in far and _sure(f)])
    off = {at for at, _ in transcript.said_by("agent") if beside(transcript, at)}
    told = [f for f in told if f.quote.turn not in off or f.label in KEPT or _in_so_many_words(f)]
    told += [Finding(BESIDE, transcript.quote(at), 1.0, SUBJECT) for at in off]
    again = repeats(transcript)
    told = [f for f in told if f.quote.turn not in again or f.label not in BRINGS]
    told += [Finding(REPEATS, transcript.quote(at), 1.0, SUBJECT) for at in again]
    reasked = asked_again(transcript, told_reason)
    told = [f for f in told if f.label not in BRINGS or not same_sentence(transcript, f.quote, reasked)]
    told += [Finding(REASKS, quote, 1.0, SUBJECT) for quote in reasked]
    told = without_echoes(transcript, meant(transcript, raised, told))
    told += demand.found_of(transcript, on_table(transcript, raised))
    told = [
        f
        for f in told
        if f.quote.turn in far or f.source == RECOMMENDED or not offers_none(transcript, f.label, f.quote)
    ]
    harsh = _harsh(transcript, told)
    doubled = {(f.quote.turn, f.label) for f in harsh}
    told = [f for f in told if (f.quote.turn, f.label) not in doubled] + harsh
    told += veiled(transcript, told)
    told = sorted(told, key=lambda f: (f.quote.turn, f.quote.start, f.label))
    return replace(found, findings=tuple(told))


def read_reply(
    transcript: Transcript, raised: Raised, findings: Findings | None = None, *, on_table: bool = True
) -> Reply:
    """The last turn of `transcript`, the trainee's, as the debtor hears it. `on_table`: what was objected
    last is not met yet, so that only words of its matter do something for it.
    """
    findings = findings if findings is not None else findings_of(transcript, raised)
    turn = len(transcript.turns) - 1
    text = transcript.turns[turn].text
    matter = Matter(transcript, raised[-1][1] if raised and on_table else "")
    sure = [f for f in findings.findings if f.quote.turn == turn and _sure(f)]
    ours = [f for f in sure if f.source == RECOMMENDED or not matter.is_idle(f.label, f.quote)]
    acts = {f.label: cited(text, f.quote) for f in ours}
    off = [f for f in sure if f.label not in acts and matter.is_off(f.label, f.quote)]
    if off and not any(f.label in ANSWERS for f in ours):
        acts[OFF_MATTER] = cited(text, off[0].quote)
    if len(acts) > 1:
        acts.pop("none", None)
    if acts.get("acknowledges", "-").strip("… ") in acts.get("empathy", ""):
        acts.pop("acknowledges")  # the same words, told once
    made = proposal(transcript, turn)
    return Reply(
        text,
        acts,
        _rungs(transcript, findings, turn, acts, matter),
        made.amount,
        made.day,
        REPEATS in acts,
        made.sums,
        made.named,
        made.days,
        made.appointed,
        "invites" in acts or asks_more(transcript, findings, turn, kind="empathy" in acts),
        matter.ways(text),
        is_offer(text),
        made.later,
        any(act in acts for act in (*CARE, *EXPLORING)),
    )


def _doubtful(transcript: Transcript, finding: Finding, clear: float) -> bool:
    """Whether no rule is sure of a harsh word of the agent's, nor is its score clear."""
    turn = transcript.turns[finding.quote.turn]
    rule = hear(turn.text, "agent").found.get(finding.label)
    return finding.score < clear and (rule is None or rule.score < OPERATING)


def _in_so_many_words(finding: Finding) -> bool:
    """Whether words that offend were found by a rule: a tagger hears offences in what it has not learned."""
    return finding.label in IN_SO_MANY_WORDS and finding.source[:4] == "rule"


def _alone(transcript: Transcript, found: Findings) -> list[Finding]:
    """What the agent's turns hold by themselves, where the call's findings lack it."""
    mine = list(transcript.said_by("agent"))
    seen = {(f.quote.turn, f.label) for f in found.findings if _sure(f)}
    return [
        Finding(label.id, transcript.quote(at), label.score, ALONE_SOURCE)
        for at, turn in mine
        for label in tags(turn.text)
        if label.id in ALONE and (at, label.id) not in seen
    ]


def _harsh(transcript: Transcript, found: Sequence[Finding]) -> list[Finding]:
    """Threats and lawyers of the agent's that the whole call leaves in doubt, each with its sentence.

    Who only takes up what the debtor said of a lawyer or a court has brought none in.
    """
    sure = {(f.quote.turn, f.label) for f in found if _sure(f)}
    out: dict[tuple[int, str], Finding] = {}
    for at, turn in transcript.said_by("agent"):
        taken_up = any(i < at and _COURT.search(far.text) for i, far in transcript.said_by("debtor", "other"))
        whole = turn.text.replace("...", ",  ").replace("…", ",")  # a pause ends no sentence: «no… por ahora»
        for start, end in sentences(whole):
            heard = hear(turn.text[start:end], "agent").found
            for label in HARSH:
                score = heard[label].score if label in heard else 0.0
                kind = label == "lawyer" and (taken_up or "empathy" in heard)
                if score >= HARSH_BAR and not kind and (at, label) not in sure:
                    quote = transcript.quote(at, start, end)
                    out.setdefault((at, label), Finding(label, quote, score, HARSH_SOURCE))
    return list(out.values())


def _rungs(
    transcript: Transcript, findings: Findings, turn: int, acts: Mapping[str, str], matter: Matter
) -> frozenset[str]:
    """The rungs that this turn reaches for the objection on the table."""
    if BESIDE in acts or REPEATS in acts:
        return frozenset()
    out = {rung for rung, names in RUNG_ACTS.items() if any(name in acts for name in names)}
    out |= {rung for cue, rung in (("acknowledges", "recognise"), ("explores", "explore")) if cue in acts}
    for pair in ladders(transcript, findings, guesses=True)[-1:]:
        quotes = ((rung, quote) for rung, said in pair.rungs.items() for quote in said)
        mine = [one for one in quotes if one[1].turn == turn and says_something(one[1].text)]
        mine = [one for one in mine if one[0] != "answer" or puts_forward(one[1].text)]
        out |= {rung for rung, quote in mine if not matter.is_idle(STANDS_FOR.get(rung, rung), quote)}
    return frozenset(out)


def cited(text: str, quote: Quote) -> str:
    """The quote with «…» on the sides where its sentence in `text` goes on; a word or two need none."""
    words = quote.text.strip()
    if len(words.split()) < FEWEST:
        return words
    first = next((start for start, end in sentences(text) if start <= quote.start < end), quote.start)
    last = next((end for start, end in sentences(text) if start < quote.end <= end), quote.end)
    before = "… " if any(map(str.isalnum, text[first : quote.start])) else ""
    after = " …" if any(map(str.isalnum, text[quote.end : last])) else ""
    return before + words + after


def says_something(text: str) -> bool:
    """Whether words by which no act is known are enough to be a step."""
    return "?" in text or len(set(plain(text).split())) >= FEWEST


def _sure(finding: Finding) -> bool:
    return finding.score >= call_bar(finding.label)


def _objects(finding: Finding) -> bool:
    return finding.label in OBJECTIONS


@cache
def _cues() -> dict[str, Cue]:
    stanzas = read_yaml(Path(__file__).with_name("cues.yaml"))
    return {label: Cue.model_validate(stanza) for label, stanza in stanzas.items()}
