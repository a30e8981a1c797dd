"""How the agent met each objection: recognised, explored, answered or offered, asked again; does it fit?

    for pair in pairs(transcript, findings):
        pair.objection.label, pair.outcome, pair.rungs["explore"]  # "no_money", "fits", the words that ask

Which rungs are there and whether the answer fits is learned (`nlp.ladder_model`). The quotes are the acts
found there or, where none was found, the sentence that speaks most for the rung.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from nlp.clauses import whole_clause, within
from nlp.labels import act_ids, objection_ids
from nlp.ladder_model import KIND, RUNGS, Exchange, LadderModel, ladder_model, sentences
from nlp.rung_words import GRANTED, MAY_GRANT, NO_RUNG, PLAIN_RUNGS, RUNG_ACTS, TOUCHES
from nlp.stance import speaks_of_payment
from nlp.thresholds import borne_out, call_bar
from nlp.types import Finding, Findings
from transcripts.types import Quote, Speaker, Transcript

HowMet = Literal["fits", "brushed_off", "unanswered", "call_ended"]
MOST_REPLIES = 3
A_SAY = 12  # words: an agent who had no more than these has not answered yet
HARD_REPLIES = 2  # replies in which hardness is an answer to the objection, not to something later
FAR_TURNS = 2  # turns of the far side in a row in which it goes on
AROUND = 10  # turns of either side, before and after
HARD = ("threat", "lawyer", "rude", "impatient")
SURE = 0.85
ASKED = RUNG_ACTS["explore"]  # what is shown as a question is one: it counts without being that sure
# an emergency, or a death told by whoever answers instead; what a debtor in one is left with
GRAVE_NEWS, DEATH = frozenset({"health_emergency", "wrong_person"}), ("death_told",)
LEAVES_IT = (*RUNG_ACTS["explore"], *RUNG_ACTS["answer"], "calls_back", "leaves_in_peace")
NO_TALK = frozenset({"call_later", "wrong_person"})
PLAINLY_FITS = 0.62
_ACTS = frozenset(act_ids())


@dataclass(frozen=True, slots=True)
class Pair:
    """An objection and how it was met.

    `replies`: indices of the agent turns that may answer it, at most three; not past a further objection
    where the agent has had a say before it, unless the debtor went on with the same matter. `rungs`: the
    quotes of each rung reached, in the order of `RUNGS`. `asked_before`: the question of the reason that the
    objection answers. `fit`: probability 0..1 that the answer fits; 0 where the agent ended the call without
    one, 0.5 where nobody can tell. `against`: hard words or a brush-off in answer to the objection.
    `touched`: rungs whose words stand in the replies, though not sure enough to be reached.
    """

    objection: Finding
    replies: tuple[int, ...]
    rungs: Mapping[str, tuple[Quote, ...]]
    fit: float
    outcome: HowMet
    against: tuple[Finding, ...] = ()
    asked_before: tuple[Quote, ...] = ()
    touched: frozenset[str] = frozenset()

    @property
    def missing(self) -> tuple[str, ...]:
        """The rungs to advise: those neither reached nor `touched`; who asked for the reason that is given
        has explored it.
        """
        asked = {"explore"} if self.asked_before else set()
        return tuple(rung for rung in RUNGS if rung not in self.rungs.keys() | asked | self.touched)


def pairs(
    transcript: Transcript, findings: Findings, *, sure_speakers: bool = True, guesses: bool = False
) -> tuple[Pair, ...]:
    """One pair per objection, in order of turn; an objection counts once a turn. `sure_speakers` False: turns
    without a speaker may be either side's. `guesses`: what only seems to recognise counts as well.
    """
    call = LaidOut(transcript, findings, sure_speakers=sure_speakers, guesses=guesses)
    met = [(objection, call.heard(call.replies(objection))) for objection in call.objections]
    told = iter(ladder_model().told([call.exchange(*one) for one in met if one[1]]))
    return _gone_on_with(
        [
            _read(call, objection, heard, next(told)) if heard else _unread(call, objection)
            for objection, heard in met
        ]
    )


class LaidOut:
    """A call laid out for pairing: its objections, who speaks where, and what was found in each turn."""

    def __init__(
        self, transcript: Transcript, findings: Findings, *, sure_speakers: bool = True, guesses: bool = False
    ) -> None:
        either: tuple[Speaker, ...] = () if sure_speakers else ("unknown",)
        self.transcript, self.agent_hung_up = transcript, findings.people.agent_hung_up
        self.guesses = guesses
        self._agent = frozenset(i for i, _ in transcript.said_by("agent", *either))
        far = frozenset(i for i, _ in transcript.said_by("debtor", "other", *either))
        self._by_turn: dict[int, list[Finding]] = {}
        raised: dict[tuple[int, str], Finding] = {}
        for finding in sorted(findings.findings, key=lambda f: f.quote):
            turn = finding.quote.turn
            if transcript.turns[turn].doubt is not None:
                continue
            if finding.label not in objection_ids():
                self._by_turn.setdefault(turn, []).append(finding)
            elif turn in far and borne_out(finding.label, finding.score, finding.source):
                raised.setdefault((turn, finding.label), finding)
        self.objections = tuple(raised.values())
        self._raised = frozenset(turn for turn, _ in raised)

    def replies(self, objection: Finding) -> tuple[int, ...]:
        """The agent's next turns; a further objection ends them once the agent has had a say."""
        out: list[int] = []
        said = 0  # words
        for i in range(objection.quote.turn + 1, len(self.transcript.turns)):
            if len(out) == MOST_REPLIES or (said > A_SAY and i in self._raised):
                break
            if i in self._agent:
                out.append(i)
                said += len(self.transcript.turns[i].text.split())
        return tuple(out)

    def asked(self, objection: Finding) -> tuple[Quote, ...]:
        """The questions of the reason in the agent's turn right before the objection."""
        before = max((i for i in self._agent if i < objection.quote.turn), default=None)
        turns = () if before is None else self.heard((before,))
        return tuple(f.quote for f in self.found(("asks_reason",), turns))

    def heard(self, replies: Sequence[int]) -> tuple[int, ...]:
        """Those of `replies` that may be evidence."""
        return tuple(i for i in replies if self.transcript.turns[i].doubt is None)

    def exchange(self, objection: Finding, heard: Sequence[int]) -> Exchange:
        """The objection and its replies (one at least) as the model reads them."""
        return Exchange(
            objection.label,
            tuple(self.transcript.turns[i].text for i in heard),
            tuple(self._scores(i) for i in heard),
            self._around(objection.quote.turn, heard),
        )

    def _scores(self, turn: int) -> dict[str, float]:
        """The best score of each label found in `turn`."""
        by_score = sorted(self._by_turn.get(turn, ()), key=lambda f: f.score)
        return {f.label: f.score for f in by_score}

    def _around(self, turn: int, heard: Sequence[int]) -> dict[str, float]:
        """Shares of acts in the agent's turns near `turn` but for the replies; small where they are few."""
        near = [i for i in range(turn - AROUND, turn + AROUND + 1) if i in self._agent and i not in heard]
        counts = Counter(label for i in near for label in _ACTS & self._scores(i).keys())
        return {label: count / (len(near) + 2) for label, count in counts.items()}

    def found(self, labels: Sequence[str], turns: Sequence[int]) -> tuple[Finding, ...]:
        """What was found of `labels` in `turns`, sure enough to be claimed."""
        said = (f for i in turns for f in self._by_turn.get(i, ()))
        return tuple(f for f in said if f.label in labels and f.score >= call_bar(f.label))


def _gone_on_with(read: Sequence[Pair]) -> tuple[Pair, ...]:
    """`read`, where a debtor who was recognised and went on with the same matter got the answer after that:
    to say «estoy enfermo», then «así que no tengo plata», is to object once.
    """
    out = list(read)
    for i, pair in reversed(list(enumerate(read))):
        own = [p for p in read[: i + 1] if same_matter(p, pair) and "recognise" in p.rungs]
        if pair.outcome == "fits" or pair.against or not own or not pair.replies:
            continue
        kind = max(own[-1].rungs["recognise"][0].turn, pair.objection.quote.turn)
        went_on = range(kind + 1, pair.replies[-1] + 1 + FAR_TURNS)
        for later in out[i + 1 :]:
            if later.outcome == "fits" and later.objection.quote.turn in went_on and same_matter(pair, later):
                out[i] = _with(pair, later)
                break
    return tuple(out)


def same_matter(pair: Pair, later: Pair) -> bool:
    """Whether the debtor only goes on with what was objected before; hardships are one matter."""
    mine, other = pair.objection.label, later.objection.label
    return mine == other or KIND.get(mine) == KIND.get(other) == "hardship"


def _with(pair: Pair, later: Pair) -> Pair:
    """`pair` with the answer that the debtor got after having gone on."""
    both = {rung: (*pair.rungs.get(rung, ()), *later.rungs.get(rung, ())) for rung in RUNGS}
    rungs = {rung: tuple(dict.fromkeys(found)) for rung, found in both.items()}
    return replace(
        pair,
        replies=tuple(dict.fromkeys((*pair.replies, *later.replies))),
        rungs={rung: found for rung, found in rungs.items() if found},
        fit=later.fit,
        outcome=later.outcome,
        against=later.against,
    )


def _unread(call: LaidOut, objection: Finding) -> Pair:
    """No reply, or none that was understood."""
    replies = call.replies(objection)
    if not replies and call.agent_hung_up:
        return Pair(objection, (), {}, 0.0, "unanswered")
    return Pair(objection, replies, {}, 0.5, "unanswered" if replies else "call_ended")


def _read(call: LaidOut, objection: Finding, heard: Sequence[int], told: Mapping[str, float]) -> Pair:
    """`told`: what the model says of the turns `heard`."""
    model = ladder_model()
    reached = [rung for rung in RUNGS if told[rung] >= model.bars[rung] or _sure(call, rung, heard)]
    against = (*call.found(HARD, heard[:HARD_REPLIES]), *call.found(("brush_off",), heard[:1]))
    fit = told["fit"]
    if not against and (_met_plainly(call, objection, heard[:1]) or _spared(call, objection, heard)):
        fit = max(fit, PLAINLY_FITS)
    outcome: HowMet = "fits"
    if fit < model.bars["fit"]:
        outcome = "brushed_off" if against or set(reached) - {"ask"} else "unanswered"
    return Pair(
        objection,
        call.replies(objection),
        {rung: found for rung in reached if (found := _quotes(call, model, rung, objection.label, heard))},
        round(fit, 3),
        outcome,
        tuple(sorted(against, key=lambda f: f.quote)),
        call.asked(objection),
        frozenset(rung for rung, words in TOUCHES.items() if call.found(words, heard)),
    )


def _met_plainly(call: LaidOut, objection: Finding, first: Sequence[int]) -> bool:
    """Whether the first reply explores in plain words, or recognises what was said and goes on from there:
    of labelled pairs without a hard word such answers fit nine times in ten, whatever else they lack.
    """
    if objection.label in NO_TALK:
        return False
    if call.found(PLAIN_RUNGS["explore"], first):
        return True
    names_it = bool(call.found(PLAIN_RUNGS["recognise"], first))
    goes_on = ("explore", "answer", "ask") if names_it else ("explore", "answer")
    recognised = names_it or any(f.score >= SURE for f in call.found(RUNG_ACTS["recognise"], first))
    return recognised and any(call.found(RUNG_ACTS[rung], first) for rung in goes_on)


def _spared(call: LaidOut, objection: Finding, heard: Sequence[int]) -> bool:
    """Whether grave news was met with sympathy and nothing was asked: after a death that is enough, after
    any other emergency with whatever comes next, or being left in peace.
    """
    told = (objection.quote.turn,)
    death = bool(call.found(DEATH, told))
    if objection.label not in GRAVE_NEWS or not (death or objection.label == "health_emergency"):
        return False
    asked = (whole_clause(call.transcript, f.quote).text for f in call.found(RUNG_ACTS["ask"], heard))
    # «¿le parece el martes?» may ask for a talk, not for money
    if not _recognised(call, heard[:HARD_REPLIES]) or any(map(speaks_of_payment, asked)):
        return False
    return death or bool(call.found(LEAVES_IT, heard))


def _recognised(call: LaidOut, turns: Sequence[int]) -> bool:
    return bool(call.found((*RUNG_ACTS["recognise"], *PLAIN_RUNGS["recognise"]), turns))


def _sure(call: LaidOut, rung: str, heard: Sequence[int]) -> bool:
    """Whether an act in which the rung is said was surely found."""
    if call.found(PLAIN_RUNGS.get(rung, ()), heard):
        return True
    return any(f.score >= SURE or f.label in ASKED for f in call.found(RUNG_ACTS[rung], heard))


def _quotes(
    call: LaidOut, model: LadderModel, rung: str, label: str, heard: Sequence[int]
) -> tuple[Quote, ...]:
    """The acts in which the rung was said; else the sentence that speaks most for it, unless plain words
    make it another thing. To recognise takes words that do: what is credited here, `empathy` may not deny.
    """
    found = call.found(RUNG_ACTS[rung], heard)
    if rung == "recognise" and label in MAY_GRANT:
        found = found or call.found(GRANTED, heard)
    if found or (rung == "recognise" and not call.guesses):
        return tuple(dict.fromkeys(f.quote for f in found))
    turns = call.transcript.turns
    spoken = [call.transcript.quote(i, *place) for i in heard for place in sentences(turns[i].text)]
    if not spoken:
        return tuple(call.transcript.quote(i) for i in heard[:1])
    speaks = model.speaks_for(rung, [quote.text for quote in spoken])
    best = spoken[int(speaks.argmax())]
    other = call.found(NO_RUNG.get(rung, ()), heard)
    return () if any(within(f.quote, best) for f in other) else (best,)
