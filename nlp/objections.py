"""Which objections of a call count: used afresh or with new grounds, not where a question is answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from nlp.cues import Scored
from nlp.labels import objection_ids
from nlp.rung_words import RUNG_ACTS
from nlp.stance import speaks_of_payment
from nlp.tagger import scored
from nlp.text import QUESTION, word_set
from nlp.thresholds import call_bar
from nlp.types import Finding
from transcripts.types import Transcript

ASKS = word_set(
    "asks_commitment offers_alternatives explains_benefit states_debt read_back threat lawyer offer_plan "
    "offer_date "
    "offer_channel offer_waiver hedge rude impatient verifies_identity"
)
TOPIC = 0.3  # from which score on the agent's own words are about an objection
SURE = 0.6  # what a repetition must reach
FAR = 6  # turns after which the same words count again
ALWAYS = frozenset({"hostile"})  # every insult is a new one
ONCE = frozenset({"wrong_person"})  # again only by somebody else
RAISED = 0.7  # score of a short answer that the question turns into an objection
_WHEN = ("asks_commitment", "probes", "offer_date")


@dataclass(slots=True)
class _Said:
    turn: int
    speaker: str
    words: frozenset[str]


@dataclass(slots=True)
class Ledger:
    """What has been objected so far. Feed it the turns of a call in order."""

    said: dict[str, _Said] = field(default_factory=dict)
    agent: dict[str, Scored] = field(default_factory=dict)  # acts and cues of what the agent said last
    heard: str = ""  # what the agent said last
    asked: bool = False
    pressed: bool = False  # the agent asked, offered or told anew since the debtor last objected

    def agent_says(self, acts: dict[str, Scored], text: str, sounds: tuple[str, ...]) -> None:
        self.agent = acts
        self.heard = text
        self.asked = QUESTION in sounds or any(name in acts for name in RUNG_ACTS["explore"])
        self.pressed = self.pressed or any(
            name in acts and acts[name].score >= call_bar(name) for name in ASKS
        )

    def counts(self, turn: int, speaker: str, label: str, one: Scored, words: frozenset[str]) -> bool:
        """Whether `label` counts at this turn; remembers it in any case. `words` are those of its hits."""
        before = self.said.get(label)
        self.said[label] = _Said(turn, speaker, words | (before.words if before else frozenset()))
        if before is None or label in ALWAYS:
            return True
        if before.speaker != speaker:
            return True
        if label in ONCE or one.score < SURE:
            return False
        fresh = len(words - before.words) >= 2
        if self.asked and self._names(label):
            return fresh and one.score > SURE and self.pressed
        return self.pressed or fresh or turn - before.turn > FAR

    def _names(self, label: str) -> bool:
        """Whether the agent's own last words are about the objection: «¿desde cuándo está sin trabajo?»"""
        topic = scored(self.heard, "debtor")[1].get(label)
        return topic is not None and topic.score >= TOPIC

    def debtor_said(self, counted: bool) -> None:
        if counted:
            self.pressed = False

    def raised(self, found: dict[str, Scored], *, short: bool, firm: bool) -> dict[str, Scored]:
        """`found` with what only the question before makes an objection: «¿qué día paga?» «Pues luego»."""
        out = dict(found)
        asked_when = any(self.agent.get(name, _NOTHING).score >= call_bar(name) for name in _WHEN)
        sure = [name for name, one in found.items() if one.score >= call_bar(name) and name in _REASONS]
        if asked_when and short and not sure:
            vague = found.get("vague_promise")
            if vague and not firm and vague.score >= TOPIC:
                out["vague_promise"] = _at_least(vague, RAISED)
            money = found.get("no_money")
            if money and money.score >= TOPIC and "payment_channel" not in found:
                out["no_money"] = _at_least(money, RAISED)
        denies = found.get("denies")
        asked_who = any(name in self.agent for name in ("asks_for_debtor", "verifies_identity"))
        datum = "asks_identity_datum" in self.agent
        if denies and short and asked_who and not datum and denies.score >= SURE and not sure:
            out["wrong_person"] = Scored("wrong_person", RAISED, denies.hits)
        return out


def without_messages(transcript: Transcript, found: Sequence[Finding]) -> list[Finding]:
    """`found` without the vague promises of somebody who only takes a message: «yo le digo en cuanto llegue».

    Neither they nor the agent before them speak of paying.
    """
    return [f for f in found if f.label != "vague_promise" or not _takes_message(transcript, f.quote.turn)]


def without_machine(found: Sequence[Finding]) -> list[Finding]:
    """`found` without what a machine seems to object: its «ahora no puedo contestar» is no excuse."""
    machine = {f.quote.turn for f in found if f.label in ("voicemail", "machine_goes_on")}
    return [f for f in found if f.label not in _REASONS or f.quote.turn not in machine]


def _takes_message(transcript: Transcript, turn: int) -> bool:
    if transcript.turns[turn].speaker != "other":
        return False
    before = [said.text for i, said in transcript.said_by("agent") if i < turn][-1:]
    return not any(speaks_of_payment(text) for text in (transcript.turns[turn].text, *before))


_NOTHING = Scored("", 0.0, ())
_REASONS = frozenset(objection_ids())


def _at_least(one: Scored, score: float) -> Scored:
    return Scored(one.label, max(one.score, score), one.hits)
