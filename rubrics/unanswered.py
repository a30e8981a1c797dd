"""What the debtor asked of the offer, or of who calls, and nobody took up in all that followed.

Of other questions it is not known which words would answer them: they are no matter of this.
And what is done against a wish that was told, or asked again instead of an answer.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from nlp.ladder import Pair
from nlp.plain import one_sentence
from nlp.questions import matter_of, question, touches, yes_or_no
from nlp.text import plain
from nlp.types import Findings
from rubrics import reading
from rubrics.unmet import HARDSHIP
from rubrics.verdicts import places
from transcripts.types import Quote, Speaker, Transcript

# acts in which a matter is taken up, whatever their words
TOLD_BY = {
    "writing": ("answers", "written_deal"),
    "total": ("answers", "amount_said"),
    "record": ("answers",),
    "caller": ("says_own_name", "says_company", "greeting"),
}
PASSED_ON = ("hold", "passes_on")
LONG = 3  # letters of a name that tell it


def questions(transcript: Transcript) -> list[int]:
    """Turns of the debtor that ask for something."""
    return [i for i, turn in transcript.said_by("debtor") if turn.doubt is None and question(turn.text)]


def unanswered(transcript: Transcript, findings: Findings, *, since: int = 0) -> tuple[Quote, ...]:
    """The questions from turn `since` on that nothing later takes up, where every reply was heard."""
    out = []
    for turn in questions(transcript):
        span = question(transcript.turns[turn].text)
        replies = reading.agent_turns_after(transcript, turn)
        if turn < since or span is None or not replies or reading.doubtful(transcript, replies):
            continue
        asked = transcript.quote(turn, *span)
        matter = matter_of(asked.text)
        if matter is None or _taken_up(matter, transcript, findings, turn, replies):
            continue
        if not reading.perhaps_lost(transcript, replies):
            out.append(asked)
    return tuple(out)


def left_open(asked: tuple[Quote, ...]) -> str:
    """The sentence for the doubt; empty where nothing was left open."""
    words = "; ".join(f"«{quote.text}» ({places([quote.turn])})" for quote in asked)
    return f"Tal vez quedó sin respuesta: {words}." if asked else ""


def _taken_up(
    matter: str, transcript: Transcript, findings: Findings, turn: int, replies: tuple[int, ...]
) -> bool:
    """Any later word of the matter counts; at once a yes, a no, or that somebody else will tell."""
    then = next((i for i, _ in transcript.said_by("debtor", "other") if i > turn), len(transcript.turns))
    at_once = tuple(reply for reply in replies if reply < then)
    if matter not in ("caller", "total") and any(yes_or_no(transcript.turns[i].text) for i in at_once):
        return True
    if reading.said(transcript, findings, PASSED_ON, turns=at_once or replies[:1]):
        return True
    if reading.said(transcript, findings, TOLD_BY[matter], turns=replies):
        return True
    texts = [transcript.turns[i].text for i in replies]
    if matter == "caller" and any(_names(transcript, text) for text in texts):
        return True
    return any(touches(matter, text) for text in texts)


def _names(transcript: Transcript, text: str) -> bool:
    """Whether the agent or the company is named, as the recording's own facts have them."""
    known = plain(f"{transcript.recording.agent or ''} {transcript.recording.company or ''}").split()
    return bool({word for word in known if len(word) > LONG} & set(plain(text).replace(",", " ").split()))


def against_wish(
    transcript: Transcript,
    findings: Findings,
    told: int,
    reply: int,
    goes_against: Mapping[str, Collection[str]],
) -> tuple[Quote, ...]:
    """What turn `reply` does against a wish of turn `told`, whatever it notes beside it: «queda anotado,
    igual le marco el treinta». `goes_against`: by wish.
    """
    far: tuple[Speaker, ...] = ("debtor", "other")
    wishes = [w for w in goes_against if reading.said(transcript, findings, (w,), by=far, turns=(told,))]
    against = {label for wish in wishes for label in goes_against[wish]}
    return tuple(f.quote for f in reading.said(transcript, findings, against, turns=(reply,)))


def only_asked(transcript: Transcript, pair: Pair) -> tuple[Quote, ...]:
    """The requests, where a hardship was met with nothing else: «ajá, ¿y cuándo paga?» explores nothing."""
    asks, more = pair.rungs.get("ask", ()), {*pair.rungs, *(pair.touched & {"recognise"})}
    if pair.objection.label not in HARDSHIP or more - {"ask", "explore"}:
        return ()
    explored = [q for q in pair.rungs.get("explore", ()) if len(q.text.split()) > 1]  # «mjm» is no question
    return () if any(not together(transcript, q, asks) for q in explored) else asks


def together(transcript: Transcript, quote: Quote, others: Sequence[Quote]) -> bool:
    """Whether one of `others` stands in the sentence of `quote`."""
    text, place = transcript.turns[quote.turn].text, (quote.start, quote.end)
    return any(one.turn == quote.turn and one_sentence(text, (one.start, one.end), place) for one in others)
