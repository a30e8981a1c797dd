"""Which objections of a call count: used afresh or with new grounds, not where a question is merely answered."""

from __future__ import annotations

from dataclasses import dataclass, field

from nlp.cues import Scored
from nlp.text import QUESTION
from nlp.thresholds import call_bar

ASKS = ("asks_commitment", "offers_alternatives", "explains_benefit", "states_debt", "read_back", "threat", "lawyer")
ASKS += ("offer_plan", "offer_date", "offer_channel", "offer_waiver", "hedge", "rude", "impatient", "verifies_identity")
_EXPLORES = ("probes", "asks_reason", "asks_clarifying")
TOPIC = 0.3  # from which score on the agent's own words are about an objection
SURE = 0.6  # what a repetition must reach
FAR = 6  # turns after which the same words count again
ALWAYS = frozenset({"hostile"})  # every insult is a new one
ONCE = frozenset({"wrong_person"})  # again only by somebody else
RAISED = 0.6  # score of a short answer that the question turns into an objection
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
    topics: dict[str, Scored] = field(default_factory=dict)  # objections that the agent's own words name
    asked: bool = False
    pressed: bool = False  # the agent asked, offered or told anew since the debtor last objected

    def agent_says(self, acts: dict[str, Scored], topics: dict[str, Scored], sounds: tuple[str, ...]) -> None:
        self.agent = acts
        self.topics = {name: one for name, one in topics.items() if one.score >= TOPIC}
        self.asked = QUESTION in sounds or any(name in acts for name in _EXPLORES)
        self.pressed = self.pressed or any(name in acts and acts[name].score >= call_bar(name) for name in ASKS)

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
        if self.asked and label in self.topics:
            return fresh and one.score > SURE and self.pressed
        return self.pressed or fresh or turn - before.turn > FAR

    def debtor_said(self, counted: bool) -> None:
        if counted:
            self.pressed = False

    def raised(self, scored: dict[str, Scored], *, short: bool, firm: bool) -> dict[str, Scored]:
        """`scored` with what only the question before makes an objection: «¿qué día paga?» «Pues luego»."""
        out = dict(scored)
        asked_when = any(self.agent.get(name, _NOTHING).score >= call_bar(name) for name in _WHEN)
        sure = [name for name, one in scored.items() if one.score >= call_bar(name) and name in _REASONS]
        if asked_when and short and not sure:
            vague = scored.get("vague_promise")
            if vague and not firm and vague.score >= TOPIC:
                out["vague_promise"] = _at_least(vague, RAISED)
            money = scored.get("no_money")
            if money and money.score >= TOPIC and "payment_channel" not in scored:
                out["no_money"] = _at_least(money, RAISED)
        denies = scored.get("denies")
        asked_who = any(name in self.agent for name in ("asks_for_debtor", "verifies_identity"))
        datum = "asks_identity_datum" in self.agent
        if denies and short and asked_who and not datum and denies.score >= SURE and not sure:
            out["wrong_person"] = Scored("wrong_person", RAISED, denies.hits)
        return out


_NOTHING = Scored("", 0.0, ())
_REASONS = frozenset(
    "no_money job_loss health_emergency other_debts already_paid not_my_debt wrong_amount bad_service no_notice "
    "payment_channel call_later vague_promise needs_third_party wrong_person refusal distrust legal_threat "
    "harassment_complaint asks_discount hostile".split()
)


def _at_least(one: Scored, score: float) -> Scored:
    return Scored(one.label, max(one.score, score), one.hits)
