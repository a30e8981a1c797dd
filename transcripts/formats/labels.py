"""Which openings of a line or a cue («Señora: …») name who speaks, and which are words («Mire: …»)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from transcripts.formats.roles import ARTICLES, LABEL_LEFT, plain, role_of
from transcripts.types import Notice, Recording, Transcript

_MOST_NAMES = 4  # a file with more labels that name nobody is no dialogue
_MOST_WORDS = 4  # «La mamá de Luis»; more is a sentence
# what opens a sentence or a datum before a colon, by its first word: nobody is called so
_NO_NAME = frozenset("""
a ahi ahora aqui asi atentamente banca banco beneficiario bueno campana cantidad clabe claro clave codigo
como con concepto contrato convenio correo cuando cuenta cuota de del descuento desde dia digame digo
direccion donde duracion e ejemplo empresa en entonces es esa ese eso esta estado este esto expediente
fecha folio hasta hay hora horario hoy importante importe interes intereses le les liga link llamada luego
manana mas me mensaje mi mira mire monto nada ni no nos nota notas numero o observacion observaciones
oferta oiga ojo opcion opciones otra otro otrosi oye paga pago para perdon pero plan plazo por porque
portafolio primera primero producto pues que quien recuerde referencia repito resultado resumen saldo se
segunda segundo si siempre sin solo son sucursal tambien te telefono tengo tercera tercero tiene titulo
todo total ultima ultimo va van vea verifique y ya yo
""".split())  # fmt: skip
_SHOWN = 6  # words of what nobody is named for
_LEFT_SURE = 0.5  # of a turn with words that may be another voice's
_CALLED_OUT = frozenset(("mia", "mio"))  # «Madre mía: …»


@dataclass(frozen=True, slots=True)
class Speakers:
    """The labels that name speakers, in the form of `key`; `doubtful`: those that may, as written."""

    known: frozenset[str]
    doubtful: tuple[str, ...] = ()


def key(label: str) -> str:
    return " ".join(label.split()).casefold()


def speakers(
    openings: Sequence[str | None], recording: Recording | None = None, marked: Collection[str] = ()
) -> Speakers:
    """Who speaks in lines that open so, None for a line that opens with no label.

    A word for a role and a name of the call count at once, another label where it comes twice or is `marked`
    as the words of no sentence are (by a time before it, or because every line has its label).
    """
    written = [label for label in openings if label]
    times = Counter(key(label) for label in written)
    listed = {key(label) for label in written if _is_listed(label, times[key(label)], recording)}
    names = [label for label in written if key(label) not in listed and may_name(label)]
    sure = {key(label) for label in marked} if listed else set()
    others = {key(label) for label in names if times[key(label)] >= 2 or key(label) in sure}
    if len(others) > _MOST_NAMES:
        others = set()
    first = next((i for i, label in enumerate(openings) if label and key(label) in listed), 0)
    after = {label for label in openings[first:] if label}  # what stands before is the head of the file
    left = {key(n): n for n in names if n in after and key(n) not in others and n[0].isupper()}
    return Speakers(frozenset(listed | others), tuple(left.values()))


def with_doubts(transcript: Transcript, doubtful: Sequence[str]) -> Transcript:
    """The transcript with a word on labels whose words were left to the voice before, and no turn that holds
    one surer than they are.
    """
    if not doubtful:
        return transcript
    holds = re.compile(
        "|".join(rf"\b{re.escape(label)}[\])*_]*\s*(?:\([^)]*\))?\s*[:：]" for label in doubtful)
    )
    turns = tuple(
        replace(turn, speaker_confidence=_LEFT_SURE) if holds.search(turn.text) else turn
        for turn in transcript.turns
    )
    named = ", ".join(f"«{label}:»" for label in doubtful[:_MOST_NAMES])
    text = (
        f"{named} abre una sola vez y se dejó como palabras de quien hablaba. Si es otra voz, póngale "
        "«Otra persona:» (o «Agente:», «Deudor:») y vuelva a importar."
    )
    notices = (*transcript.trust.notices, Notice(LABEL_LEFT, text))
    return replace(transcript, turns=turns, trust=replace(transcript.trust, notices=notices))


def with_nobodys(transcript: Transcript) -> Transcript:
    """The transcript with a word on what is said before anybody is named."""
    words = transcript.turns[0].text.split()
    shown = " ".join(words[:_SHOWN]) + ("…" if len(words) > _SHOWN else "")
    text = (
        f"Lo primero que se dice («{shown}») no dice de quién es y no cuenta como prueba de nadie. "
        "Empiece esa línea con «Agente:» o «Deudor:» y vuelva a importar."
    )
    notices = (*transcript.trust.notices, Notice(LABEL_LEFT, text))
    return replace(transcript, trust=replace(transcript.trust, notices=notices))


def _is_listed(label: str, times: int, recording: Recording | None) -> bool:
    """A word for a role or a name; «mamá: ella sabe», once and small, goes on with a sentence."""
    role = role_of(label, recording)
    return role is not None and (role in ("agent", "debtor") or label[0].isupper() or times >= 2)


def may_name(label: str) -> bool:
    """Whether a word before a colon may be what somebody is called, not a datum («Fecha») or a sentence."""
    words = re.findall(r"[^\W\d]+", plain(label))
    own = words[1:] if len(words) > 1 and words[0] in ARTICLES else words
    return bool(own) and len(words) <= _MOST_WORDS and own[0] not in _NO_NAME and own[-1] not in _CALLED_OUT
