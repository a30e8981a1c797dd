"""Questions for who is there: for a name, whether it is they, for a datum that tells them apart."""

from __future__ import annotations

import re

from nlp.ladder_model import sentences
from nlp.text import bare

WHO = re.compile(
    r"\bquien (?:tengo el (?:gusto|placer)|(?:es que )?(?:estoy )?(?:hablo|hablando|hablamos|habla|converso)"
    r"|me (?:contesta|atiende|comunico|habla|responde)|es usted)"
    r"|\b(?:cual es|digame|me (?:dice|da|indica|confirma)) su nombre\b"
)
_SELF = re.compile(
    r"\b(?:hablo|hablando|comunico|converso|gusto) (?:de hablar )?con\b"
    r"|\b(?:es usted|usted es|es) (?:el |la )?(?:titular|deudora?|senora?|senorita)\b"
)
_NAMED = re.compile(r"\b[Ee]s usted (?:don |doña )?[A-ZÁÉÍÓÚÑ]")
_DATUM = re.compile(
    r"\b(?:documento|cedula|dni|ine|rut|curp|rfc|nacimiento|nacio|ultim[oa]s (?:cuatro|tres|dos|\d)"
    r"|(?:digito|numero|cifra)s?)\b"
)
_ENDS = re.compile(r"\b(?:termina|acaba|terminad[oa]) en (?!que\b|cual)\w")
# of a day or a number, as it is told; «los últimos 4» is none
_VALUE = re.compile(
    r"\d{3}|\b(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre"
    r"|diciembre)\b"
)
# asks for something else, or what became of the paper
_MORE = re.compile(
    r"\b(?:que|cuando|cuant[oa]s?|como|donde|perdi\w*|rob\w+|extravi\w+|prest\w+|us[oó]|usaron|copia\w*|firm\w+)\b"
)


def questions(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text) if "?" in text[start:end]]


def says_datum(question: str) -> bool:
    """Whether it reads a datum out, for a yes or a no: «¿su documento termina en 4521?»"""
    said = bare(question)
    return bool(_ENDS.search(said) or (_DATUM.search(said) and _VALUE.search(said)))


def only_asks_who(text: str) -> bool:
    """Whether all that is asked is who is there: that explores nothing of what was objected."""
    asked = questions(text)
    return bool(asked) and all(map(_asks_who, asked))


def _asks_who(question: str) -> bool:
    said = bare(question)
    if WHO.search(said) or says_datum(question):
        return True
    about = _SELF.search(said) or _NAMED.search(question) or _DATUM.search(said)
    return bool(about) and not _MORE.search(said)
