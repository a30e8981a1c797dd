"""Who was on the phone, as the words tell: the debtor, somebody else, a machine; who was told of the debt,
and who hung up.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from nlp.identity import settled_at
from nlp.listener import listener
from nlp.thresholds import OPERATING
from nlp.types import Finding, People
from transcripts.types import Quote, Transcript

_TELLS_DEBT = ("states_debt", "discloses_debt")
_TELLS_OF_DEBT = (*_TELLS_DEBT, "lateness_said")  # to another person, «lleva dos meses» tells enough
_DENIES = ("wrong_person",)
_CALLS = frozenset("bueno aló alo hola oiga diga dígame".split())
_GONE = frozenset("colgó colgo colgado cortó corto cortado colgaron".split())
_TITLES = frozenset("señor señora señorita don doña joven oiga".split())
_STILL_THERE = frozenset("sigue sigues escucha escuchas oye oyes".split())  # «¿sigue ahí?», «¿me escucha?»
_HOLDS_ON = _STILL_THERE | frozenset(
    "ahí ahi está esta estás estas en la línea linea me no cuelgue cuelgues espere espéreme espereme esperá "
    "un momento momentito segundo permítame permitame escúcheme escucheme".split()
)
_IN_ANGER = frozenset(
    "hostile refusal distrust harassment_complaint legal_threat call_later wrong_person".split()
)
LAST_TURNS = 3
DEAD_LINE_WORDS = 10  # last words of a turn that are looked at


def people(transcript: Transcript, findings: Sequence[Finding]) -> People:
    far = [(i, turn) for i, turn in transcript.said_by("debtor", "other")]
    voicemail = _voicemail(transcript, findings)
    reached = any(turn.speaker == "debtor" for _, turn in far) and not voicemail
    debt = _first(transcript, findings, _TELLS_DEBT, "agent")
    settled = settled_at(transcript, findings, debt)
    return People(
        debtor_reached=reached,
        third_party=any(turn.speaker == "other" for _, turn in far) and not voicemail,
        voicemail=voicemail,
        debtor_hung_up=reached and _hung_up(transcript, findings),
        left_turn=_left_turn(transcript, findings) if reached else None,
        agent_hung_up=_left_alone(transcript, "debtor"),
        identity_turn=settled,
        debt_turn=debt,
        identity_before_debt=None if debt is None else settled is not None and settled < debt,
        disclosed_to_other=None if voicemail else _disclosed(transcript, findings),
        other_said=None if voicemail else _other_said(transcript, findings),
    )


def _disclosed(transcript: Transcript, findings: Sequence[Finding]) -> Quote | None:
    """The agent's first words of the debt to a person who is not the debtor."""
    told = [
        f.quote
        for f in findings
        if f.label in _TELLS_OF_DEBT
        and f.score >= OPERATING
        and _said_by(transcript, f, "agent")
        and listener(transcript, findings, f.quote.turn) == "other"
    ]
    return min(told, default=None)


def _other_said(transcript: Transcript, findings: Sequence[Finding]) -> Quote | None:
    """«No está, soy su esposa»: the words by which somebody else is known to have answered."""
    said = [
        f.quote
        for f in findings
        if f.label in _DENIES and f.score >= OPERATING and _said_by(transcript, f, "other")
    ]
    return min(said, default=None)


def _voicemail(transcript: Transcript, findings: Sequence[Finding]) -> bool:
    """Whether a machine answered and nobody else: it greets, and may go on («marque uno») all along. What it
    said may not be heard: then the agent's «este mensaje es para…», which nobody answers, tells it.
    """
    far = [i for i, _ in transcript.said_by("debtor", "other", "unknown")]
    if not far:
        return any(f.label == "leaves_message" and f.score >= OPERATING for f in findings)
    far = [i for i in far if transcript.turns[i].speaker != "unknown"]
    marked = {f.quote.turn for f in findings if f.label == "voicemail"}.intersection(far)
    if not marked:
        return False
    machine = marked.union(f.quote.turn for f in findings if f.label == "machine_goes_on")
    return len(far) <= 2 or machine.issuperset(far)


def _first(
    transcript: Transcript, findings: Sequence[Finding], labels: tuple[str, ...], speaker: str
) -> int | None:
    turns = [
        f.quote.turn
        for f in findings
        if f.label in labels and transcript.turns[f.quote.turn].speaker == speaker
    ]
    return min(turns, default=None)


def _hung_up(transcript: Transcript, findings: Sequence[Finding]) -> bool:
    """Whether the debtor is heard to hang up: says so, or leaves the agent on a dead line."""
    if _left_alone(transcript, "agent") or _left_with_goodbye(transcript, findings):
        return True
    if not transcript.turns or _left_alone(transcript, "debtor"):
        return False
    said = {f.label for f in _of(transcript, findings, "debtor")}
    return "ends_call" in said and not _closed(transcript, findings)


def _left_with_goodbye(transcript: Transcript, findings: Sequence[Finding]) -> bool:
    """Whether the agent's last words call into the void after the debtor's goodbye: «¿Bueno?», «¿Teresa?»."""
    last = len(transcript.turns) - 1
    if last < 1 or transcript.turns[last].speaker != "agent" or not _only_calls(transcript, last):
        return False
    left = any(f.label == "goodbye" and f.quote.turn == last - 1 for f in _of(transcript, findings, "debtor"))
    return left and not _closed(transcript, findings)


def _only_calls(transcript: Transcript, turn: int) -> bool:
    """Whether a turn is nothing but calls for the debtor, by name or not; what follows a title is a name, and
    «bueno» calls where it asks.
    """
    text = transcript.turns[turn].text
    words = _words(text)
    named = _CALLS | _TITLES | _HOLDS_ON | _named(transcript)
    known = all(word in named or before in _TITLES for before, word in pairwise(("", *words)))
    return bool(words) and known and not _assents(text)


def _left_turn(transcript: Transcript, findings: Sequence[Finding]) -> int | None:
    """The turn of the goodbye with which the debtor left in anger; none where the agent had said one, or had
    sent the debtor away: a farewell that answers another ends nothing.
    """
    mine = _of(transcript, findings, "debtor")
    if not _IN_ANGER.intersection(f.label for f in mine) or _closed(transcript, findings):
        return None
    return max((f.quote.turn for f in mine if f.label == "goodbye"), default=None)


def _closed(transcript: Transcript, findings: Sequence[Finding]) -> bool:
    """Whether the agent was closing the call: words of farewell, or a last one that sends away."""
    last = max((i for i, _ in transcript.said_by("agent")), default=-1)
    return any(
        f.label == "goodbye"
        or (f.label == "polite_close" and f.source.startswith("rule"))
        or (f.label == "parting_shot" and f.quote.turn == last)
        for f in _of(transcript, findings, "agent")
    )


def _of(transcript: Transcript, findings: Sequence[Finding], speaker: str) -> list[Finding]:
    """What `speaker` said in the last turns of the call."""
    near = len(transcript.turns) - LAST_TURNS
    return [f for f in findings if f.quote.turn >= near and _said_by(transcript, f, speaker)]


def _said_by(transcript: Transcript, finding: Finding, speaker: str) -> bool:
    return transcript.turns[finding.quote.turn].speaker == speaker


def _left_alone(transcript: Transcript, speaker: str) -> bool:
    """«¿Bueno? ¿Bueno?», «¿Señora? ¿Señora Gloria?», «ha colgado»: `speaker` has the last word, on a dead
    line.
    """
    if not transcript.turns or transcript.turns[-1].speaker != speaker:
        return False
    words = _words(transcript.turns[-1].text)[-DEAD_LINE_WORDS:]
    calls = sum(word in _CALLS for word in words)
    asks = sum(word in _STILL_THERE for word in words)
    # «se corto» tells of the line; «chao, corto» is who hangs up
    gone = any(
        word in _GONE and (word != "corto" or before in ("se", "me"))
        for before, word in pairwise(("", *words))
    )
    titles = [word for word in words if word in _TITLES]
    # nothing but the other's name, called again and again, or «¿bueno? ¿me escucha?»
    known = _CALLS | _TITLES | _HOLDS_ON | _named(transcript)
    called = len(titles) + calls + asks >= 2 and all(word in known for word in words)
    return calls >= 2 or gone or (called and not _assents(transcript.turns[-1].text))


def _assents(text: str) -> bool:
    """«Bueno, señora.» takes up what was said: the «bueno» of a call asks, or has no marks around it."""
    return "bueno" in _words(text) and "?" not in text and not text.strip(".").replace(" ", "").isalpha()


def _words(text: str) -> list[str]:
    return [word for word in (part.strip("¿?¡!.,…«»").lower() for part in text.split()) if word]


def _named(transcript: Transcript) -> set[str]:
    return set((transcript.recording.debtor_name or "").lower().split())
