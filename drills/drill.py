"""One exercise, what was done with it, and the talk it became.

    drill = FORMATS["whole_call"].build(scenario, seed, on)
    play = begin_play(drill, book)
    play = say(play, "Buenas tardes, ¿hablo con Rosa López?", book)
    play.over, play.turns[-1].text

A play follows from its drill and the replies alone: an attempt is kept as its replies and played again.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from drills.credit import credited
from drills.debtor import answer, opening
from drills.effects import Why
from drills.lines import Book
from drills.marked import as_written, composed, marked
from drills.meant import Raised
from drills.reply import findings_of, read_reply
from drills.scenario import DrillError, Scenario
from drills.state import Debtor, Scene, begin
from nlp.types import Findings
from rubrics.playbook import Playbook
from transcripts.types import Recording, Speaker, Transcript, Turn

FormatId = Literal[
    "one_reply", "choose_best", "rewrite_bad_line", "three_escalating", "whole_call", "close_vague",
    "spot_fault", "third_party",
]  # fmt: skip
MOST_LETTERS = 2000  # of one reply
OTHER = "wrong_person"  # objected by who is not the debtor


@dataclass(frozen=True, slots=True)
class Option:
    """One of several answers or reasons. `fault`, an id of `faults.yaml`, is empty for what is right."""

    text: str
    fault: str


@dataclass(frozen=True, slots=True)
class Drill:
    """What is put before the trainee. `turns` were said before; `raised` tells which of them object.

    `scenario` is None where nobody answers. `most` replies at most. `bad` is the line to write anew, or that
    fails; it stands at turn `at`. `options` and `reasons` are chosen from.
    """

    format: FormatId
    recording: Recording
    turns: tuple[Turn, ...] = ()
    raised: Raised = ()
    seed: int = 0
    most: int = 1
    seconds: int | None = None
    scenario: Scenario | None = None
    bad: Option | None = None
    options: tuple[Option, ...] = ()
    reasons: tuple[Option, ...] = ()
    at: int | None = None
    script: tuple[str, ...] = ()  # what is said after each reply, whatever it was
    source: tuple[str, int] | None = None  # recording and turn of the real call it comes from

    @property
    def with_other(self) -> bool:
        """Whether somebody else than the debtor is spoken to."""
        return self.format == "third_party" or {label for _, label in self.raised} == {OTHER}

    @property
    def answers(self) -> Speaker:
        """Who says what the trainee replies to."""
        return "other" if self.with_other else "debtor"

    @property
    def on(self) -> datetime.date:
        day = self.recording.call_date
        assert day is not None, "a drill is made for a day"
        return day

    @property
    def objections(self) -> tuple[str, ...]:
        """Those that the exercise is about, in order."""
        if self.scenario is not None and self.format == "whole_call":
            return self.scenario.objections
        return tuple(dict.fromkeys(label for _, label in self.raised))


@dataclass(frozen=True, slots=True)
class Attempt:
    """What the trainee did: replies, typed or heard, or what was chosen (places in the drill's lists)."""

    replies: tuple[str, ...] = ()
    choice: int | None = None
    reason: int | None = None
    turn: int | None = None


@dataclass(frozen=True, slots=True)
class Play:
    """A talk so far. `mine` are the trainee's turns; `whys` account for each answer of the debtor, with the
    trainee's words as they were read.
    """

    drill: Drill
    turns: tuple[Turn, ...]
    raised: Raised
    mine: tuple[int, ...] = ()
    debtor: Debtor | None = None
    whys: tuple[Why, ...] = ()

    @property
    def read(self) -> tuple[Turn, ...]:
        """The turns as they are read: a reply without marks has those that it lacks."""
        return tuple(
            replace(turn, text=marked(turn.text)) if at in self.mine else turn
            for at, turn in enumerate(self.turns)
        )

    @property
    def transcript(self) -> Transcript:
        """What is read and judged; what is shown are the `turns`."""
        return Transcript(self.drill.recording, self.read)

    def own_words(self, words: str) -> str:
        """Words of the trainee's, quoted as they were read, as they were written."""
        said = [self.turns[turn].text for turn in self.mine]
        return as_written(words, said)

    def told(self, why: Why) -> Why:
        """An account with the trainee's words as they were written."""
        return replace(why, moved=tuple((effect, self.own_words(words)) for effect, words in why.moved))

    @property
    def over(self) -> bool:
        ended = self.debtor is not None and self.debtor.ended is not None
        return ended or len(self.mine) >= self.drill.most


def begin_play(drill: Drill, book: Book) -> Play:
    """The talk as the trainee finds it."""
    scenario = drill.scenario
    if scenario is None:
        return Play(drill, drill.turns, drill.raised)
    scene = scene_of(drill, book)
    debtor = begin(scenario)
    if drill.format == "whole_call":
        debtor, line = opening(debtor, scene)
        return Play(drill, (*drill.turns, Turn("debtor", line)), drill.raised, debtor=debtor)
    if drill.format == "third_party":
        debtor, line = opening(debtor, scene)
        return Play(drill, (*drill.turns, Turn("other", line)), drill.raised, debtor=debtor)
    said = drill.turns[-1].text
    return Play(
        drill, drill.turns, drill.raised, debtor=replace(debtor, raised=True, identified=True, said=(said,))
    )


def say(play: Play, text: str, book: Book) -> Play:
    """The talk after the trainee's words and the answer; DrillError where it is over or nothing was said."""
    text = composed(text)
    if play.over:
        raise DrillError("Este ejercicio ya terminó. Empiece otro intento.")
    if not text:
        raise DrillError("Falta su respuesta. Escriba o diga algo.")
    if len(text) > MOST_LETTERS:
        raise DrillError(f"La respuesta pasa de {MOST_LETTERS} letras. Acórtela como la diría por teléfono.")
    turn = len(play.turns)
    play = replace(play, turns=(*play.turns, Turn("agent", text)), mine=(*play.mine, turn))
    if play.debtor is None or play.drill.scenario is None:
        return _scripted(play)
    found = findings_of(play.transcript, play.raised, told_reason=told_at(play))
    reply = read_reply(play.transcript, play.raised, found, on_table=bool(play.debtor.open))
    if play.raised and play.debtor.open and play.debtor.promise is None and not play.drill.with_other:
        reply = credited(play, found, reply, play.raised[-1][1])
    debtor, line, why = answer(play.debtor, scene_of(play.drill, book), reply, turn)
    play = replace(play, debtor=debtor, whys=(*play.whys, why))
    if not line:
        return play
    raised = play.raised
    if why.cause in ("objection", "again", "softer") and debtor.open:
        raised = (*raised, (turn + 1, debtor.open[0]))
    return replace(play, turns=(*play.turns, Turn(play.drill.answers, line)), raised=raised)


def _scripted(play: Play) -> Play:
    """The next line of the drill's script, if it has one: the same objection again."""
    at = len(play.mine) - 1
    if at >= len(play.drill.script):
        return play
    label = play.drill.raised[-1][1]
    turns = (*play.turns, Turn(play.drill.answers, play.drill.script[at]))
    return replace(play, turns=turns, raised=(*play.raised, (len(play.turns), label)))


def replayed(drill: Drill, replies: Sequence[str], book: Book) -> Play:
    """The talk that the replies make, in order; what was said after its end is left out."""
    play = begin_play(drill, book)
    for text in replies:
        if play.over:
            break
        play = say(play, text, book)
    return play


def findings_in(play: Play, playbook: Playbook | None = None) -> Findings:
    """What the eyes that judge calls find in the talk, and what `playbook` recommends for it."""
    return findings_of(play.transcript, play.raised, playbook, told_reason=told_at(play))


def told_at(play: Play) -> int | None:
    """The turn with which the debtor told the true reason; None where it has not."""
    return next((why.turn + 1 for why in play.whys if why.cause == "revealed"), None)


def scene_of(drill: Drill, book: Book) -> Scene:
    if drill.scenario is None:
        raise DrillError("Este ejercicio no tiene escenario.")
    return Scene(drill.scenario, book, drill.on, drill.seed)
