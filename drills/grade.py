"""What an attempt is worth: 0-2 for each step of the base cycle, five small points; a critical word voids it.

    grade(drill, attempt, tools).points, .of, .passed, .marks, .critical

A step that an exercise gives no room for is left out of `of`: nobody can close in a single reply.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from drills.account import accounted
from drills.aims import of_mine, words_of
from drills.drill import Attempt, Drill, Option, Play, findings_in, replayed
from drills.effects import Why
from drills.faults import FAULT_ACTS, faults_in
from drills.lines import Book
from drills.lost import why_lost
from drills.marks import RESPECT, Mark, mark
from drills.meant import BEGS
from drills.message import WORD
from drills.rounds import ROUNDS, held
from drills.scenario import DISPUTES, DrillError
from drills.single import in_one_reply
from drills.small import respect_mark, small_marks
from drills.steps import step_marks
from drills.third import third_party_marks
from nlp.labels import Text
from nlp.types import Findings
from rubrics.better import better
from rubrics.loader import pack_of
from rubrics.playbook import Playbook
from rubrics.replies import Suggestion, suggest
from rubrics.scoring import score
from rubrics.types import Criterion, Rubric, Verdict
from rubrics.verdicts import DOUBTFUL_CONFIDENCE

PASS = 0.7  # share of the points from which an attempt counts as passed
SAID = ("never_says", "tells_no_other")  # kinds of check that fail for words, not for their absence
CHOSEN, REASONED = 10, 5  # points for the best answer, and for why
TURN, KIND = 8, 7  # points for the turn that fails, and for what fails
# voids no call by itself, but no attempt is passed by who asks for the money into their own pocket
POCKET_RULE = "payment_to_creditor_only"


@dataclass(frozen=True, slots=True)
class Tools:
    """What grading needs besides the attempt."""

    book: Book
    playbook: Playbook
    rubric: Rubric


@dataclass(frozen=True, slots=True)
class Critical:
    """A critical word: which rule, the words, and what to say instead."""

    rule: str  # criterion or rule id
    label: str
    quote: str
    turn: int
    help: str
    better: str


@dataclass(frozen=True, slots=True)
class Grade:
    """`points` of `of`; 0 where something critical was said. `won`: None where there is nothing to win."""

    marks: tuple[Mark, ...]
    points: int
    of: int
    critical: tuple[Critical, ...] = ()
    won: bool | None = None
    better: tuple[str, ...] = ()  # whole replies of the playbook to what was objected
    lost: Text | None = None  # why the goal was not reached
    whys: tuple[Why, ...] = ()  # the account of each turn, as far as the points bear it out
    begged: bool = False  # in half of the replies or more

    @property
    def share(self) -> float:
        """0..1 of the points."""
        return self.points / self.of if self.of else 0.0

    @property
    def passed(self) -> bool:
        offended = any(one.id == RESPECT for one in self.marks)
        spoilt = offended or self.begged
        return not self.critical and not spoilt and self.won is not False and self.share >= PASS


def grade(drill: Drill, attempt: Attempt, tools: Tools) -> Grade:
    """The grade of an attempt. DrillError where it holds nothing that the format asks for."""
    if drill.format == "choose_best":
        return _chosen(drill, attempt)
    if drill.format == "spot_fault":
        return _spotted(drill, attempt)
    if not attempt.replies:
        raise DrillError("Falta su respuesta. Escriba o diga algo.")
    return grade_play(replayed(drill, attempt.replies, tools.book), tools)


def grade_play(play: Play, tools: Tools) -> Grade:
    """The grade of a talk."""
    findings = findings_in(play, tools.playbook)
    pack = pack_of(play.drill.recording.country)
    said = suggest(findings, play.transcript, tools.playbook, pack, every=("recognise",))
    mended = _mended(play, findings)
    if play.drill.with_other:
        marks: tuple[Mark, ...] = (*third_party_marks(play, findings), *mended)
    else:
        marks = (*step_marks(play, findings, said), *mended, *small_marks(play, findings))
    marks = (*in_one_reply(play, findings, marks), *respect_mark(play, findings))
    critical = criticals(play, findings, tools)
    marks = tuple(replace(one, quote=play.own_words(one.quote)) for one in marks)
    points = 0 if critical else sum(one.got for one in marks)
    won = not critical and held(play, findings) if play.drill.format == ROUNDS else _won(play, critical)
    lost = why_lost(play, findings) if won is False and not critical else None
    return Grade(
        marks,
        points,
        sum(one.of for one in marks),
        critical,
        won,
        _better(said),
        lost,
        tuple(map(play.told, accounted(play, findings))),
        any(one.reason == BEGS and 2 * one.times >= len(play.mine) for one in marks),
    )


def _mended(play: Play, findings: Findings) -> tuple[Mark, ...]:
    """Of a line written anew: whether the old fault is gone."""
    bad = play.drill.bad
    if bad is None or bad.fault not in FAULT_ACTS:
        return ()
    again = of_mine(play, findings, FAULT_ACTS[bad.fault])
    return (mark("mended", 0 if again else 2, 2, words_of(play, again[0].quote) if again else ""),)


def criticals(play: Play, findings: Findings, tools: Tools) -> tuple[Critical, ...]:
    """Words of the trainee that would void a call, by the form and by the country's rules."""
    pack = pack_of(play.drill.recording.country)
    rubric = tools.rubric
    card = score(play.transcript, findings, rubric, pack)
    lines: list[tuple[Criterion, Verdict]] = [(c, card.verdicts[c.id]) for c in rubric.criteria if c.critical]
    lines += [
        (rule, card.pack_verdicts[rule.id]) for rule in pack.rules if rule.voids or rule.id == POCKET_RULE
    ]
    out = []
    for line, verdict in lines:
        if line.check not in SAID or verdict.outcome != "fail" or verdict.confidence <= DOUBTFUL_CONFIDENCE:
            continue
        quote = next((q for q in verdict.evidence if q.turn in play.mine), None)
        if quote is not None:
            instead = better(line, verdict, findings, play.transcript, tools.playbook, pack)
            words = play.own_words(quote.text)
            out.append(Critical(line.id, line.label, words, quote.turn, line.help, instead))
    return tuple(out)


def _won(play: Play, critical: Sequence[Critical]) -> bool | None:
    """Whether the scenario's goal was reached; None where nobody answered or one reply was all."""
    debtor, scenario = play.debtor, play.drill.scenario
    if debtor is None or scenario is None or play.drill.format == "one_reply":
        return None
    if critical or debtor.sour:
        return False
    goal = scenario.success
    if goal.kind == "callback":
        return debtor.ended == "callback"
    if goal.kind == "third_party_message":
        return WORD in debtor.rungs and debtor.ended != "hang_up"
    if debtor.ended == "callback":
        return bool(set(scenario.objections) & DISPUTES)  # in an emergency a day to speak again is enough
    promise = debtor.promise
    if promise is None or debtor.ended == "hang_up":
        return False
    in_time = goal.within_days is None or (promise.day - play.drill.on).days <= goal.within_days
    return promise.whole >= scenario.least and in_time


def _better(said: Sequence[Suggestion]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reply.text for one in said for reply in one.replies[:2]))


def _chosen(drill: Drill, attempt: Attempt) -> Grade:
    option, reason = _at(drill.options, attempt.choice), _at(drill.reasons, attempt.reason)
    best = next(one for one in drill.options if not one.fault)
    true = next(one for one in drill.reasons if not one.fault)
    right = not option.fault
    marks = (
        mark("choice", CHOSEN if right else 0, CHOSEN, option.text, best.text, reason=option.fault),
        mark("reason", REASONED if right and not reason.fault else 0, REASONED, reason.text, true.text),
    )
    return _summed(marks)


def _spotted(drill: Drill, attempt: Attempt) -> Grade:
    if attempt.turn is None or not 0 <= attempt.turn < len(drill.turns):
        raise DrillError("Falta señalar un turno de la llamada.")
    assert drill.at is not None
    assert drill.bad is not None
    kind = _at(drill.options, attempt.choice)
    found = attempt.turn == drill.at
    right = next(one for one in drill.options if one.fault == drill.bad.fault)
    named = kind.fault in faults_in(drill.bad.fault, drill.bad.text)
    marks = (
        mark("turn", TURN if found else 0, TURN, drill.turns[attempt.turn].text, drill.bad.text),
        mark("kind", KIND if found and named else 0, KIND, kind.text, right.text),
    )
    return _summed(marks)


def _summed(marks: tuple[Mark, ...]) -> Grade:
    return Grade(marks, sum(one.got for one in marks), sum(one.of for one in marks))


def _at(options: Sequence[Option], place: int | None) -> Option:
    if place is None or not 0 <= place < len(options):
        raise DrillError("Falta elegir una de las opciones.")
    return options[place]
