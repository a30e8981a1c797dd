"""Rules and trained taggers made one: which labels stand at which turn of a call, and on what words."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import NamedTuple

import numpy as np

from nlp.by_sentence import LABEL, drowned
from nlp.labels import act_ids, objection_ids
from nlp.pipeline import ReadTurn, clause, read_turns
from nlp.plain import one_sentence, plain_words, says_plainly, settled
from nlp.plain_words import HINTED, PLAINLY
from nlp.stack import Stack
from nlp.thresholds import CALL_MARGIN, DOUBT, OPERATING, call_bar, kept_from
from nlp.trained import SIDES, Floats, taggers
from nlp.types import Finding, Near
from transcripts.types import Quote, Transcript

SOURCE = "model:tagger@1"
VOIDING = frozenset({"threat", "lawyer"})
# score from which the trained taggers alone claim what can void a call, or what is judged from a tone
ALONE = {"threat": 0.6, "lawyer": 0.6, "rude": 0.66, "hedge": 0.66}
# and the most that they may claim alone, less than what is judged without a person: they take sympathy and
# praise for mockery now and then, and how a tone is meant a person hears; in whole calls of eleven authors
# whom they had never read, one in four threats that they alone heard was none, however high its score
AT_MOST = {"rude": 0.7, "threat": 0.7, "lawyer": 0.7}
# what is laid to somebody is quoted to the end of its clause
WHOLE = frozenset({*PLAINLY, "impatient"}).intersection(act_ids())
# what a form asks for, and the score from which its absence is no longer sure: of 28 such absences in gold
# calls 14 were none, of the others one in six
WANTED = frozenset({"follow_up", "explains_benefit", "polite_close", "asks_reason"})
NEARLY = 0.2
# what was hardly heard of a trouble still asks for sympathy (`borne_out` tells whether for an answer)
_TROUBLE = "no_money job_loss health_emergency other_debts bad_service harassment_complaint"
_NO_TROUBLE = frozenset(objection_ids()).difference(_TROUBLE.split())
# an objection whose score is over half its bar: that none was raised is not sure then
LIKELY = {label: call_bar(label) / 2 for label in objection_ids()}
_TONE = frozenset({"rude", "impatient"})
SNAPS = "snaps_after_but"
BY_PLACE = frozenset({"discloses_debt"})  # who is on the phone decides it, and that the rules know


class Merged(NamedTuple):
    found: list[Finding]
    nearly: list[Near]
    threat: Floats | None = None  # of each turn of the agent's: its score over its bar


def with_trained(transcript: Transcript, ruled: Sequence[Finding]) -> Merged:
    """`ruled`, what the rules found, with the trained taggers' word on every label they know; and the acts
    that fell short of counting.

    Cues that are no label of the taxonomy stay as they are. A rule's words are the better quote where it
    fired, but not a mere hint's for what voids a call; else the net's.
    """
    at = [i for i, turn in enumerate(transcript.turns) if turn.doubt is None and turn.text.strip()]
    turns = read_turns([(transcript.turns[i].speaker, transcript.turns[i].text) for i in at])
    by_turn: dict[int, dict[str, Finding]] = {i: {} for i in at}
    stacks = {side: taggers().stacks[side, "call"] for side in SIDES}
    known = frozenset(label for stack in stacks.values() for label in stack.bars) - BY_PLACE
    out = [f for f in ruled if f.label not in known and f.label != "none"]
    for finding in ruled:
        if finding.label in known and finding.quote.turn in by_turn:
            by_turn[finding.quote.turn].setdefault(finding.label, finding)
    nearly: list[Near] = []
    for side, stack in stacks.items():
        mine = [(i, turn) for i, turn in zip(at, turns, strict=True) if turn.said.side == side]
        merged = _stacked(transcript, mine, by_turn, stack)
        out += merged.found
        nearly += merged.nearly
        if merged.threat is not None:
            out += _drowned(transcript, list(zip(at, turns, strict=True)), merged)
    return Merged(out + _nones(transcript, out), nearly)


def _stacked(
    transcript: Transcript,
    turns: Sequence[tuple[int, ReadTurn]],
    ruled: dict[int, dict[str, Finding]],
    stack: Stack,
) -> Merged:
    if not turns:
        return Merged([], [])
    votes = [
        turn.said.votes(turn.heard, {label: one.score for label, one in ruled[i].items()})
        for i, turn in turns
    ]
    labels = turns[0][1].said.labels
    bars = [call_bar(label) for label in labels]
    least = [NEARLY if label in WANTED else LIKELY.get(label, kept_from(label)) for label in labels]
    scores = stack.scores(votes)
    # most scores are far too low: only what may count, once it is drawn to its bar and rounded, is looked at
    owns = np.array([stack.bars.get(label, np.inf) for label in labels])
    may = scores >= owns * (np.array(least) - 0.001) / np.array(bars)
    for column in [labels.index(label) for label in VOIDING.intersection(labels)]:
        may[:, column] |= [labels[column] in ruled[i] for i, _ in turns]
    for column in [labels.index(label) for label in PLAINLY if label in labels]:
        may[:, column] |= [says_plainly(turn.heard, labels[column]) > 0 for _, turn in turns]
    out: list[Finding] = []
    nearly: list[Near] = []
    worded: set[tuple[int, str]] = set()
    for row, column in np.argwhere(may).tolist():
        (i, turn), label, bar = turns[row], labels[column], bars[column]
        if label in BY_PLACE or label not in stack.bars:
            continue
        scaled = to_bar(float(scores[row, column]), stack.bars[label], bar)
        rule = ruled[i].get(label)
        if (rule is None or rule.score < bar) and bar <= scaled < ALONE.get(label, 0.0):
            scaled = HINTED  # no claim without a rule's word or a clear score; what is grave is looked at
        elif rule is None or rule.score < bar:
            scaled = min(scaled, AT_MOST.get(label, 1.0))
        elif label in VOIDING and rule is not None and rule.score >= bar:
            scaled = max(scaled, DOUBT)  # nor does a rule's full word go unseen
        sure = rule is not None and rule.score >= bar
        if sure or says_plainly(turn.heard, label) >= OPERATING:
            worded.add((i, label))
        scaled = settled(label, scaled, turn.heard, ruled=sure, span=turn.said.span)
        alone = label in _NO_TROUBLE and rule is None  # hardly heard, and no rule's word bears it out
        if label in WANTED and scaled < bar:
            nearly += [Near(label, i, scaled)] if scaled >= NEARLY else []
        elif label in LIKELY and scaled < bar + CALL_MARGIN * alone:
            nearly += [Near(label, i, scaled)] if scaled >= LIKELY[label] else []
        elif scaled >= least[column]:
            out.append(_finding(transcript, i, turn, label, scaled, rule))
    snapped = [quote for i, turn in turns for quote in _words_of(transcript, i, turn, SNAPS)]
    threat = scores[:, labels.index(LABEL)] / stack.bars[LABEL] if LABEL in stack.bars else None
    return Merged(_without_kind_words(transcript, out, worded, snapped), nearly, threat)


def _drowned(transcript: Transcript, turns: Sequence[tuple[int, ReadTurn]], merged: Merged) -> list[Finding]:
    """Hints of a threat in single sentences of turns in which none is heard as a whole."""
    assert merged.threat is not None
    kept = {f.quote.turn for f in merged.found if f.label == LABEL}
    quotes = drowned(transcript, turns, merged.threat)
    return [Finding(LABEL, quote, HINTED, SOURCE) for quote in quotes if quote.turn not in kept]


def _without_kind_words(
    transcript: Transcript, found: list[Finding], worded: Set[tuple[int, str]], snapped: Sequence[Quote]
) -> list[Finding]:
    """`found` without the rudeness or impatience that no words bear out (`worded`) in a sentence that shows
    understanding: of 1,510 turns that readers found kind, none was rude or impatient in the same sentence.
    One that goes on to a curt order (`snapped`) is not kind throughout.
    """
    kind = [f.quote for f in found if f.label == "empathy" and f.score >= OPERATING]
    return [
        f
        for f in found
        if f.label not in _TONE
        or (f.quote.turn, f.label) in worded
        or any(_together(transcript, quote, f.quote) for quote in snapped)
        or not any(_together(transcript, quote, f.quote) for quote in kind)
    ]


def _words_of(transcript: Transcript, at: int, turn: ReadTurn, cue: str) -> list[Quote]:
    found = turn.heard.found.get(cue)
    spans = [turn.heard.words.span(hit.first, hit.end) for hit in found.hits] if found else []
    return [transcript.quote(at, *span) for span in spans]


def _together(transcript: Transcript, one: Quote, other: Quote) -> bool:
    if one.turn != other.turn:
        return False
    text = transcript.turns[one.turn].text
    return one_sentence(text, (one.start, one.end), (other.start, other.end))


def _finding(
    transcript: Transcript, at: int, turn: ReadTurn, label: str, score: float, rule: Finding | None
) -> Finding:
    # where plain words alone lifted the score, they are what was meant
    plainly = plain_words(turn.heard, label) if score <= says_plainly(turn.heard, label) else None
    if rule is not None and plainly is None and (label not in VOIDING or rule.score >= OPERATING):
        quote = rule.quote
        if label in WHOLE:
            quote = transcript.quote(at, *clause(turn.doc, quote.start, quote.end))
        return Finding(label, quote, score, rule.source)
    span = plainly or turn.said.span(label)
    return Finding(label, transcript.quote(at, *clause(turn.doc, *span)), score, SOURCE)


def to_bar(score: float, own: float, wanted: float) -> float:
    """`score` drawn so that the threshold `own` falls on `wanted`: every label then counts from one mark."""
    if score < own:
        return round(wanted * score / own, 3)
    return round(wanted + (1 - wanted) * (score - own) / max(1e-6, 1 - own), 3)


def _nones(transcript: Transcript, found: Sequence[Finding]) -> list[Finding]:
    """`none` for every agent turn in which no act stands."""
    acts = frozenset(act_ids())
    acted = {f.quote.turn for f in found if f.label in acts and f.score >= call_bar(f.label)}
    return [
        Finding("none", transcript.quote(i), OPERATING, "rule:none")
        for i, turn in transcript.said_by("agent")
        if turn.doubt is None and turn.text.strip() and i not in acted
    ]
