"""Objections said in the middle of a life: plain enough to count whatever the trained taggers say."""

from __future__ import annotations

import pytest

from nlp.cues import cues_of

SAID = {
    "says_paid": ["ah eso ya lo deposité", "Noviembre está pago, débito automático.", "Yo he dado pues."],
    "cuts_short": ["Yo le devuelvo la llamada.", "no puedo atender ahora"],
    "doubts_word": ["¿Se cierra o me llama otro el lunes?", "y luego usted me dice que no le llegó"],
    "failed_us": ["Pago el día que ande el ascensor.", "llevo 4 correos explicando lo mismo"],
    "work_dried": ["ya el taller no está dando", "Me desvincularon.", "con este frío nadie compra helado"],
    "eaten_up": ["El taller me comió la quincena.", "estoy hasta el cuello"],
    "turns_down": ["90 no tampoco voy apagar", "No lo vamos a pagar y punto."],
    "leaves_open": ["Si me pagan.", "Entonces mañana lo pienso."],
    "bargains_for": ["¿por cuánto me cierras eso?", "¿Cuánto perdona usted?", "Póngale seis meses."],
    "falls_to_other": ["¿Una alarma de qué?", "El que debe es el papá.", "eso no me toca a mí"],
    "asks_for_quiet": ["No me hable de mis hijas.", "se me sube la presión cada vez que ustedes llaman"],
    "goes_to_law": ["ya puse la queja en la condusef", "Mi hija estudia Derecho."],
}


@pytest.mark.parametrize(("cue", "text"), [(cue, text) for cue, texts in SAID.items() for text in texts])
def test_what_is_plainly_said_is_heard(cue: str, text: str) -> None:
    debtor = cues_of("debtor")
    assert cue in debtor.score(debtor.words(text))


@pytest.mark.parametrize(
    "text",
    [
        "Voy manejando, pero platíqueme, lo llevo en la bocina.",
        "Ya le pagué a mi hermano; lo de ustedes el viernes.",
        "Póngale que el quince, los mil completos.",
        "Eso no es problema, lo pago hoy.",
        "Quiero saber cuánto es y lo pago.",
        "Sí, el ascensor ya anda bien.",
    ],
)
def test_what_only_sounds_like_it_is_not(text: str) -> None:
    debtor = cues_of("debtor")
    assert SAID.keys().isdisjoint(debtor.score(debtor.words(text)))
