"""The path over a whole dialogue: cues turn by turn, then what only the dialogue tells."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from nlp.acts import Place, in_place, told, with_read_back
from nlp.address_call import settled_address
from nlp.agreed_at import quoted_where_agreed
from nlp.bare_words import with_bare_words
from nlp.but import with_buts
from nlp.call_hours import with_call_hours
from nlp.cues import Scored
from nlp.dates import dates
from nlp.echoes import with_echoes
from nlp.guessed import NO_GUESS, guess
from nlp.hedges import hedged
from nlp.labels import act_ids, objection_ids
from nlp.leave import without_leave
from nlp.merged import SOURCE, with_trained
from nlp.money import amounts
from nlp.named_self import without_nameless
from nlp.names import addressed_by_name
from nlp.names_said import beyond_names
from nlp.objections import Ledger, without_machine, without_messages
from nlp.opening import own_names, without_company, without_courtesy, without_debtors_name
from nlp.own_name import without_own_name
from nlp.paid_before import without_past_asks
from nlp.people import people
from nlp.promises import weighed
from nlp.tagger import scored
from nlp.talk import talk_stats
from nlp.text import QUESTION, Words
from nlp.thresholds import HINT, OPERATING, call_bar, kept_from
from nlp.types import Finding, Findings, Near, Promise
from nlp.whole_numbers import whole_numbers
from transcripts.types import Transcript

SHORT = 12  # words: an answer, not a story
SOME_DAY = date(2025, 1, 1)  # whether words fix a day does not hang on the day of the call
_ONE_EACH = frozenset((*act_ids(), *objection_ids()))  # once a turn; cues are told each time


def analyze(transcript: Transcript, slogans: Sequence[str] = ()) -> Findings:
    """Everything found in `transcript`, in order of turn. Turns marked doubtful are not read.

    `slogans` are the company's set phrases, in which tú is no address.
    """
    heard = with_trained(transcript, ruled_findings(transcript, slogans))
    found = with_buts(transcript, with_echoes(transcript, heard.found))
    found = without_messages(transcript, with_bare_words(transcript, found))
    found = without_debtors_name(transcript, with_call_hours(transcript, found))
    found = without_nameless(transcript, without_own_name(transcript, without_leave(transcript, found)))
    found += addressed_by_name(transcript)
    found += own_names(transcript, found)
    found = without_past_asks(transcript, without_courtesy(without_company(transcript, found)))
    promise, perhaps = weighed(transcript, found)
    promise = quoted_where_agreed(promise, transcript)
    found = [f for f in with_read_back(found, promise) if not _is_promise(transcript, f, promise)]
    found.sort(key=lambda f: (f.quote.turn, f.quote.start, f.label))
    known = people(transcript, found)
    if known.voicemail:
        found = without_machine(found)
    nearly = [*heard.nearly, *_perhaps_sums(found), *([perhaps] if perhaps is not None else [])]
    return Findings(
        findings=tuple(found),
        promise=promise,
        talk=talk_stats(transcript, found),
        people=known,
        nearly=tuple(sorted(nearly, key=lambda one: (one.turn, one.label))),
    )


def ruled_findings(transcript: Transcript, slogans: Sequence[str] = ()) -> list[Finding]:
    """What the rules find by themselves, each at its place in the call."""
    return settled_address(transcript, _Walk(transcript).findings(), slogans)


def _is_promise(transcript: Transcript, finding: Finding, promise: Promise | None) -> bool:
    """Whether what looks vague is the very turn that commits to a sum and a day, or words that no rule calls
    vague and that name the day: «el jueves cinco, un día después de que me pagan».
    """
    if finding.label != "vague_promise":
        return False
    if promise is not None and promise.firm and finding.quote.turn == promise.quote.turn:
        return True
    call = transcript.recording
    named = dates(finding.quote.text, call.call_date or SOME_DAY, call.country)
    return finding.source == SOURCE and any(d.firm for d in named) and not hedged(finding.quote.text)


def _perhaps_sums(found: Sequence[Finding]) -> list[Near]:
    """Bare numbers that may be the sum that is owed, or those of a card or a paper."""
    return [Near("amount_said", f.quote.turn, HINT) for f in found if f.label == "perhaps_sum"]


class _Walk:
    """One pass over the turns with what it must remember: what was objected, who spoke last."""

    def __init__(self, transcript: Transcript) -> None:
        self.transcript = transcript
        self.ledger = Ledger()
        self.far_labels: frozenset[str] = frozenset()
        self.far_speaker: str | None = None
        self.far_asks = False
        self.denied = False
        self.guess = NO_GUESS
        self.debtor_here = False
        self.out: list[Finding] = []

    def findings(self) -> list[Finding]:
        for index, turn in enumerate(self.transcript.turns):
            if turn.doubt is not None:
                continue
            if turn.speaker in ("agent", "unknown"):
                self._agent(index, turn.text)
            if turn.speaker != "agent":
                self._far(index, turn.text, turn.speaker)
        return self.out

    def _agent(self, index: int, text: str) -> None:
        words, acts = scored(text, "agent")
        acts = beyond_names(self.transcript.recording, words, "agent", acts)
        place = Place(
            index,
            len(self.transcript.turns),
            self.far_labels,
            self.far_speaker,
            self.debtor_here,
            far_asks=self.far_asks,
            denied=self.denied,
            guess=self.guess,
            told=told(words),
        )
        acts = in_place(acts, place)
        self.ledger.agent_says(acts, text, words.sounds)
        before = len(self.out)
        for label, one in acts.items():
            self._add(index, words, label, one)
        acted = any(f.label in act_ids() and f.score >= OPERATING for f in self.out[before:])
        if not acted and text.strip() and self.transcript.turns[index].speaker == "agent":
            self.out.append(Finding("none", self.transcript.quote(index), OPERATING, "rule:none"))

    def _far(self, index: int, text: str, speaker: str) -> None:
        words, found = scored(text, "debtor")
        found = beyond_names(self.transcript.recording, words, "debtor", found)
        short = len(words.words) <= SHORT
        found = self.ledger.raised(found, short=short, firm=self._firm(text))
        if self._promises(text):
            found.pop("vague_promise", None)
        counted = False
        for label, one in found.items():
            if label in objection_ids():
                if one.score < call_bar(label):
                    continue
                said = frozenset(words.words[i].sound for h in one.hits for i in range(h.first, h.end))
                if not self.ledger.counts(index, speaker, label, one, said):
                    continue
                counted = True
            self._add(index, words, label, one)
        self.ledger.debtor_said(counted)
        self.far_labels = frozenset(name for name, one in found.items() if one.score >= call_bar(name))
        self.far_speaker = speaker
        self.far_asks = QUESTION in words.sounds
        if speaker == "debtor" and {"wrong_person", "self_identifies"} & self.far_labels:
            self.denied = "wrong_person" in self.far_labels
        self.guess = guess(words, found)
        self.debtor_here = self.debtor_here or (speaker == "debtor" and "wrong_person" not in self.far_labels)

    def _add(self, index: int, words: Words, label: str, one: Scored) -> None:
        if one.score < kept_from(label):
            return
        hits = one.hits[:1] if label in _ONE_EACH else one.hits
        for hit in hits:
            if hit is not one.hits[0] and hit.weight < call_bar(label):
                continue
            text, country = self.transcript.turns[index].text, self.transcript.recording.country
            start, end = whole_numbers(text, *words.span(hit.first, hit.end), country)
            score = one.score if hit is one.hits[0] else hit.weight
            self.out.append(Finding(label, self.transcript.quote(index, start, end), score, hit.source))

    def _firm(self, text: str) -> bool:
        day = self.transcript.recording.call_date or SOME_DAY
        return any(d.firm for d in dates(text, day, self.transcript.recording.country))

    def _promises(self, text: str) -> bool:
        """Whether a turn names both a sum and a day firmly: that is a promise, not an evasion."""
        return (
            not hedged(text)
            and self._firm(text)
            and any(a.firm for a in amounts(text, self.transcript.recording.country))
        )
