"""Who is who in a transcript from elsewhere: by label («Asesor:»), by name, or by what an agent says."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from transcripts import spoken
from transcripts.phrases import AGENT_SAYS, DEBTOR_SAYS
from transcripts.types import Notice, Recording, Speaker, Transcript, Turn

_LABELS: dict[Speaker, str] = {
    "agent": "agente agent a asesor asesora ejecutivo ejecutiva gestor gestora operador operadora cobrador "
    "cobradora analista "
    "representante consultor consultora ag agt ase rep llamador system_agent teleoperador teleoperadora",
    "debtor": "cliente client customer c d deudor deudora debtor titular t usuario usuaria socio socia "
    "acreditado acreditada cotitular codeudor codeudora "
    "contacto interlocutor interlocutora consumidor cli deud tit caller",
    "other": "otro otra other o tercero tercera familiar familia third_party conyuge pareja "
    "esposo esposa marido exesposo exesposa exmarido exmujer novio novia viudo viuda "
    "madre padre mama papa mami papi hijo hija hijastro hijastra nino nina nene nena hermano hermana "
    "suegro suegra cunado cunada yerno nuera tio tia primo prima sobrino sobrina abuelo abuela abuelito "
    "abuelita nieto nieta padrino madrina compadre comadre vecino vecina amigo amiga roommate "
    "inquilino inquilina casero casera jefe jefa patron patrona secretario secretaria recepcionista "
    "recepcion portero conserje vigilante guardia cuidador cuidadora enfermero enfermera ninera "
    "contestador contestadora buzon casilla voicemail conmutador ivr grabacion",
    # whose words may be either side's, or who has a part in the debt: nobody is told of it by mistake
    "unknown": "desconocido desconocida unknown u hablante speaker persona voz spk participante "
    "supervisor supervisora coordinador coordinadora companero companera interprete traductor traductora "
    "aval fiador fiadora",
}
ARTICLES = frozenset("el la los las su un una".split())
_OF_WHOM = frozenset("de del persona voz hombre mujer deudor deudora titular cliente".split())
_ROLE_OF: dict[str, Speaker] = {label: role for role, labels in _LABELS.items() for label in labels.split()}
NAME_OF: dict[Speaker, str] = {
    "agent": "Agente",
    "debtor": "Deudor",
    "other": "Otro",
    "unknown": "Desconocido",
}

ROLES_GUESSED, SPEAKERS_UNKNOWN = "roles_guessed", "speakers_unknown"
SIDES_MAYBE_SWAPPED = "sides_maybe_swapped"  # two channels, each of which sounds like the other's side
LABEL_TAKEN, LABEL_LEFT = "label_taken", "label_left"
VOICES = frozenset((ROLES_GUESSED, SPEAKERS_UNKNOWN, LABEL_TAKEN, LABEL_LEFT))  # notices on who is who
_GUESSED = "Los papeles (agente, deudor) se dedujeron de lo que dice cada voz; revíselos si algo no cuadra."
_UNKNOWN = "La transcripción no dice quién habla en algunos turnos; esos no cuentan como prueba de nadie."
_LIKE_AGENT = 2  # plain phrases of an agent, less those of a debtor
_BESIDE_NAMES = frozenset("sr sra srta senor senora senorita don dona de la las los del el".split())
_SURE = 0.95  # no guess is sold as knowledge


def plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def role_of(label: str | None, recording: Recording | None = None) -> Speaker | None:
    """The role that a label names, by the word or by the people of the call; None for a label that names
    nobody known.
    """
    if not label:
        return None
    words = re.findall(r"[^\W\d]+", plain(label))
    if not words:
        return None
    if recording is not None and (role := _by_name(set(words), recording)):
        return role
    if len(words) > 1 and words[0] in ARTICLES:
        words = words[1:]
    return _ROLE_OF.get("_".join(words)) or _by_first(words, label)


def _by_first(words: list[str], label: str) -> Speaker | None:
    """«Agente 2», «Hermana de Luis», «Esposa Laura», but neither «A ver» nor «Otra cosa»."""
    role = _ROLE_OF.get(words[0])
    if len(words) == 1 or role != "other":
        return role if len(words) == 1 or len(words[0]) > 1 else None
    named = words[1] in _OF_WHOM or _ROLE_OF.get(words[1]) == "other" or label.split()[-1][:1].isupper()
    return role if named and len(words[0]) > 1 else None


def _by_name(words: set[str], recording: Recording) -> Speaker | None:
    for role, name in (("agent", recording.agent), ("debtor", recording.debtor_name)):
        parts = {part for part in re.findall(r"[^\W\d_]+", plain(name or "")) if len(part) > 2}
        if words & parts and words <= parts | _BESIDE_NAMES:
            return "agent" if role == "agent" else "debtor"
    return None


def with_roles(transcript: Transcript, labels: Sequence[str | None]) -> Transcript:
    """`transcript` with the speaker of each turn told by its label; `labels` runs beside `transcript.turns`.

    Beside an agent and a debtor, a label that names no role («María») is another person. Beside an agent
    alone the words tell, later: such labels stand in `voices` (`nlp.parties.name_voices`), until then one is
    taken for the debtor and several are unknown. Where no agent is named («SPEAKER_00») the two sides are
    told apart by what an agent says: the guess carries its confidence and a notice, speakers are not sure.
    """
    named = {label: role_of(label, transcript.recording) for label in dict.fromkeys(labels)}
    taken = {role for role in named.values() if role}
    said = {label: _texts(transcript, labels, label) for label in named if label}
    open_labels = [label for label in said if named[label] in (None, "unknown")]
    guessed, confidence = ({}, 0.0) if "agent" in taken else _guess(said, open_labels, taken)
    nobodys = [name for name in open_labels if named[name] is None and not _talks_like_agent(said[name])]
    voices = nobodys if "agent" in taken and "debtor" not in taken else []
    others = [name for name in nobodys if {"agent", "debtor"} <= taken and not _is_generic(name)]
    if len(voices) == 1:
        guessed, confidence = {voices[0]: "debtor"}, _SURE
    named |= dict.fromkeys(others, "other")
    turns = tuple(
        _turn(turn, label, named, guessed, confidence)
        for turn, label in zip(transcript.turns, labels, strict=True)
    )
    sure = not guessed and all(turn.speaker != "unknown" for turn in turns)
    notices = [taken_for(label, "other", "no es ni el agente ni el titular") for label in others]
    if turns and not sure:
        notices.append(Notice(ROLES_GUESSED, _GUESSED) if guessed else Notice(SPEAKERS_UNKNOWN, _UNKNOWN))
    trust = replace(transcript.trust, sure_speakers=sure, notices=(*transcript.trust.notices, *notices))
    open_voices = tuple(label if label in voices else None for label in labels) if voices else ()
    return replace(transcript, turns=turns, trust=trust, voices=open_voices)


def _texts(transcript: Transcript, labels: Sequence[str | None], label: str) -> list[str]:
    return [turn.text for turn, own in zip(transcript.turns, labels, strict=True) if own == label]


def taken_for(label: str, role: Speaker, why: str) -> Notice:
    """What a label that names no role was taken for, told to people."""
    whom = "el titular" if role == "debtor" else "otra persona"
    text = f"«{label}» se tomó por {whom}: {why}. Si no es así, corrija quién habla."
    return Notice(LABEL_TAKEN, text)


def _turn(
    turn: Turn,
    label: str | None,
    named: Mapping[str | None, Speaker | None],
    guessed: Mapping[str, Speaker],
    confidence: float,
) -> Turn:
    if label and label in guessed:
        return replace(turn, speaker=guessed[label], speaker_confidence=confidence)
    return replace(turn, speaker=named[label] or "unknown")


def _talks_like_agent(texts: Iterable[str]) -> bool:
    """A second agent or a supervisor under a name of their own: nobody knows whose words these are."""
    words = [spoken.plain(text) for text in texts]
    return sum(len(AGENT_SAYS.findall(w)) - len(DEBTOR_SAYS.findall(w)) for w in words) >= _LIKE_AGENT


def _guess(
    said: Mapping[str, Sequence[str]], open_labels: list[str], taken: set[Speaker]
) -> tuple[dict[str, Speaker], float]:
    """Roles of the open labels where no agent is named: the one that talks like one, and the one other."""
    if len(open_labels) == 1 and "debtor" in taken and not _is_generic(open_labels[0]):
        return {open_labels[0]: "agent"}, _SURE
    if len(open_labels) != 2 or "debtor" in taken:
        return {}, 0.0
    from transcripts.speakers import SURE, agent_likeness  # numpy behind it: only where it is needed

    first, second = open_labels
    likeness = {label: sum(map(agent_likeness, said[label])) for label in open_labels}
    confidence = round(min(_SURE, 1 / (1 + math.exp(-abs(likeness[first] - likeness[second])))), 2)
    if confidence < SURE:
        return {}, 0.0
    agent, debtor = (first, second) if likeness[first] > likeness[second] else (second, first)
    return {agent: "agent", debtor: "debtor"}, confidence


def _is_generic(label: str) -> bool:
    """«Hablante», «SPEAKER_02»: a voice that a program counted, maybe one of the others again."""
    return role_of(label) == "unknown" or role_of(label.rstrip("_0123456789 ")) == "unknown"
