"""How verdicts are worded and built: with quotes, or with the place where something was sought and not found.

People count turns from 1; quotes count from 0. `places` is where one becomes the other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from nlp.types import Finding, Near, Promise
from rubrics import reading
from rubrics.types import Verdict
from transcripts.listed import listed
from transcripts.types import Quote, Transcript

PASS_CONFIDENCE = 0.9
ABSENT_CONFIDENCE = 0.75
SURE_WORDS = 0.75  # a fail on words that are less surely what they seem waits for a person
DOUBTFUL_CONFIDENCE = 0.5  # below the bar of every rubric: a person looks
LOST = "Falta una parte de la grabación, que pudo cambiarlo: decida una persona."
WRITTEN_LATE = "Lo escrito empieza a media frase: lo de antes pudo cambiarlo."
LISTEN = "Conviene que una persona lo escuche."
UNHEARD = "Una parte no se oyó bien: conviene escucharla."
_PLURALS = ("los ", "las ", "unos ", "unas ")
_ARTICLES = ("el ", "la ", "un ", "una ", *_PLURALS)


def quotes(findings: Iterable[Finding]) -> tuple[Quote, ...]:
    """The quotes of `findings`, in order, each once."""
    return tuple(dict.fromkeys(f.quote for f in findings))


def whole_turns(transcript: Transcript, turns: Iterable[int]) -> tuple[Quote, ...]:
    """Each of `turns` in full, doubtful ones left out: they are no evidence."""
    return tuple(transcript.quote(i) for i in turns if not reading.doubtful(transcript, (i,)))


def sureness(findings: Collection[Finding], *, at_most: float = 0.95) -> float:
    """How sure one may be that at least one of `findings` is there, 0..1."""
    return min(at_most, max((f.score for f in findings), default=0.0))


def places(turns: Collection[int]) -> str:
    """«turno 3» or «turnos 2, 5 y 9», counted from 1."""
    numbers = [str(i + 1) for i in sorted(set(turns))]
    if len(numbers) == 1:
        return f"turno {numbers[0]}"
    return f"turnos {listed(numbers)}"


def stretch(turns: Sequence[int]) -> str:
    """«los turnos 1–5»: where something was sought."""
    if not turns:
        return "la llamada, en la que no hay turnos del agente"
    first, last = min(turns) + 1, max(turns) + 1
    return f"el turno {first}" if first == last else f"los turnos {first}–{last}"


def agreeing(verb: str, names: Sequence[str]) -> str:
    """`verb` in the plural where `names` are several things: «falta el saludo», «faltan los derechos».

    Before clauses («que es un aviso y para qué sirve») it stays in the singular.
    """
    several = sum(name.startswith(_ARTICLES) for name in names) > 1
    return f"{verb}n" if several or names[0].startswith(_PLURALS) else verb


def unsure_of(promise: Promise) -> str:
    """Why it is open what was agreed: the agent noted another sum or day than the debtor said, or the day was
    said in two ways that do not agree, or is one that its month lacks; empty where neither is so.
    """
    if promise.firm and (found := promise.otherwise) is not None:
        return (
            f"El deudor dijo {'un día' if found.day else 'un monto'} ({places([found.told.turn])}) y el "
            f"agente anotó otro ({places([found.noted.turn])}): falta oír cuál quedó."
        )
    if promise.date_agrees:
        return ""
    return "El día que se dijo no cuadra con el calendario: falta oír cuál quedó."


def passed(
    reason: str, evidence: Iterable[Quote] = (), *, confidence: float = PASS_CONFIDENCE, doubt: str = ""
) -> Verdict:
    return Verdict("pass", reason, tuple(evidence), confidence, doubt=doubt)


def failed(reason: str, evidence: Iterable[Quote], *, confidence: float = 0.85, doubt: str = "") -> Verdict:
    """A fail that shows the words it is about."""
    return Verdict("fail", reason, tuple(evidence), confidence, doubt=doubt)


def absent(
    transcript: Transcript,
    what: str,
    sought: Sequence[int],
    *,
    evidence: Iterable[Quote] = (),
    confidence: float = ABSENT_CONFIDENCE,
    nearly: Iterable[Near] = (),
    doubt: str = "",
) -> Verdict:
    """A fail because `what` (a sentence without its full stop) was not found in the turns `sought`.

    Where a doubtful turn may hold what is missing, or a part that was not recorded, or it was `nearly` heard,
    a person looks before it counts.
    """
    perhaps = sorted({one.turn for one in nearly} & set(sought))
    verdict = failed(f"{what}: se buscó en {stretch(sought)}.", evidence, confidence=confidence, doubt=doubt)
    if perhaps:
        otherwise = f"Tal vez está dicho de otro modo ({places(perhaps)})."
        verdict = doubting(verdict, otherwise)
    if reading.doubtful(transcript, sought):
        return replace(doubting(verdict, UNHEARD), needs_review=True)
    return unless_lost(verdict, transcript, sought)


def unless_lost(verdict: Verdict, transcript: Transcript, sought: Collection[int]) -> Verdict:
    """`verdict`, which says that something is not in the turns `sought`; where the recording lacks the part
    in which it may be, or another voice's words may be the ones, a person looks before it counts.
    """
    verdict = _perhaps_said(verdict, transcript)
    return _lost(verdict) if reading.perhaps_lost(transcript, sought) else verdict


def unless_lost_before(verdict: Verdict, transcript: Transcript) -> Verdict:
    """`verdict`, which says that something came too late; where the recording or what is written lacks what
    came before, or it may stand in another voice's words, a person looks before it counts.
    """
    verdict = _perhaps_said(verdict, transcript)
    if reading.perhaps_lost_before(transcript):
        return _lost(verdict)
    return doubting(verdict, WRITTEN_LATE) if reading.written_late(transcript) else verdict


def _perhaps_said(verdict: Verdict, transcript: Transcript) -> Verdict:
    """`verdict`, for a person to look at where it is open whose words a turn holds."""
    turns = reading.perhaps_anothers(transcript)
    why = f"Una parte ({places(turns)}) pudo decirla otra voz: decida una persona." if turns else ""
    if not why or why in verdict.doubt:
        return verdict
    return replace(doubting(verdict, why), needs_review=True)


def _lost(verdict: Verdict) -> Verdict:
    return verdict if LOST in verdict.doubt else replace(doubting(verdict, LOST), needs_review=True)


def doubting(verdict: Verdict, why: str) -> Verdict:
    """`verdict`, no surer than a doubtful one, with one more sentence of why."""
    doubt = f"{verdict.doubt} {why}" if verdict.doubt else why
    return replace(verdict, doubt=doubt, confidence=min(verdict.confidence, DOUBTFUL_CONFIDENCE))


def not_applicable(reason: str, condition: str, *, confidence: float = PASS_CONFIDENCE) -> Verdict:
    return Verdict("na", reason, (), confidence, condition=condition)
