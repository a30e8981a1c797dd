"""Who is who in a transcript from elsewhere: by label («Asesor:»), by name, or by what an agent says."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from transcripts.types import Notice, Recording, Speaker, Transcript, Turn

_LABELS: dict[Speaker, str] = {
    "agent": "agente agent a asesor asesora ejecutivo ejecutiva gestor gestora operador operadora cobrador "
    "cobradora analista "
    "representante consultor consultora ag agt ase rep llamador system_agent teleoperador teleoperadora",
    "debtor": "cliente client customer c d deudor deudora debtor titular t usuario usuaria socio socia "
    "acreditado acreditada "
    "contacto interlocutor interlocutora consumidor cli deud tit caller",
    "other": "otro otra other o tercero tercera familiar third_party esposa esposo madre padre hijo hija "
    "conyuge",
    "unknown": "desconocido desconocida unknown u hablante speaker persona voz spk participante",
}
_ROLE_OF: dict[str, Speaker] = {label: role for role, labels in _LABELS.items() for label in labels.split()}
NAME_OF: dict[Speaker, str] = {
    "agent": "Agente",
    "debtor": "Deudor",
    "other": "Otro",
    "unknown": "Desconocido",
}

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
    return _ROLE_OF.get("_".join(words)) or _ROLE_OF.get(words[0])


def _by_name(words: set[str], recording: Recording) -> Speaker | None:
    for role, name in (("agent", recording.agent), ("debtor", recording.debtor_name)):
        parts = {part for part in re.findall(r"[^\W\d_]+", plain(name or "")) if len(part) > 2}
        if words & parts and words <= parts | {"sr", "sra", "don", "dona", "de", "la", "los", "del"}:
            return "agent" if role == "agent" else "debtor"
    return None


def with_roles(transcript: Transcript, labels: Sequence[str | None]) -> Transcript:
    """`transcript` with the speaker of each turn told by its label; `labels` runs beside `transcript.turns`.

    Labels that name no role («SPEAKER_00», «María») are told apart by what an agent says; the guess carries
    its confidence and a notice, and speakers are not sure. Where it cannot be guessed they stay unknown.
    """
    named = {label: role_of(label, transcript.recording) for label in dict.fromkeys(labels)}
    open_labels = [label for label, role in named.items() if label and role in (None, "unknown")]
    guessed, confidence = _guess(
        transcript.turns, labels, open_labels, taken={r for r in named.values() if r}
    )
    turns = []
    for turn, label in zip(transcript.turns, labels, strict=True):
        role = guessed.get(label or "") or named[label] or "unknown"
        sure = None if (label or "") not in guessed else confidence
        turns.append(
            replace(
                turn, speaker=role, speaker_confidence=sure if sure is not None else turn.speaker_confidence
            )
        )
    trust = replace(
        transcript.trust, sure_speakers=not guessed and all(t.speaker != "unknown" for t in turns)
    )
    if guessed:
        text = (
            "Los papeles (agente, deudor) se dedujeron de lo que dice cada voz; revíselos si algo no cuadra."
        )
        trust = replace(trust, notices=(*trust.notices, Notice("roles_guessed", text)))
    elif turns and not trust.sure_speakers:
        text = "La transcripción no dice quién habla en algunos turnos; esos no cuentan como prueba de nadie."
        trust = replace(trust, notices=(*trust.notices, Notice("speakers_unknown", text)))
    return replace(transcript, turns=tuple(turns), trust=trust)


def _guess(
    turns: Sequence[Turn], labels: Sequence[str | None], open_labels: list[str], taken: set[Speaker]
) -> tuple[dict[str, Speaker], float]:
    """Roles of the open labels: the one that talks like an agent, and the one other that is left."""
    if len(open_labels) != 2 or taken & {"agent", "debtor"}:
        if (
            len(open_labels) == 1
            and len(taken & {"agent", "debtor"}) == 1
            and not _is_generic(open_labels[0])
        ):
            left: Speaker = "debtor" if "agent" in taken else "agent"
            return {open_labels[0]: left}, _SURE
        return {}, 0.0
    from transcripts.speakers import SURE, agent_likeness  # numpy behind it: only where it is needed

    first, second = open_labels
    likeness = {
        label: sum(agent_likeness(turn.text) for turn, own in zip(turns, labels, strict=True) if own == label)
        for label in open_labels
    }
    confidence = round(min(_SURE, 1 / (1 + math.exp(-abs(likeness[first] - likeness[second])))), 2)
    if confidence < SURE:
        return {}, 0.0
    agent, debtor = (first, second) if likeness[first] > likeness[second] else (second, first)
    return {agent: "agent", debtor: "debtor"}, confidence


def _is_generic(label: str) -> bool:
    return role_of(label) == "unknown"
