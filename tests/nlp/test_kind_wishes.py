"""An illness that was told is taken up by a good wish, by what came first, by a question how they are."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from nlp.tagger import hear
from rubrics.loader import load_rubric
from rubrics.scoring import score
from rubrics.types import Verdict
from tests.dialogue import dialogue
from tests.marks import bare

KIND = {"wishes_health", "asks_after_ill"}


def empathy(said: str) -> Verdict:
    call = dialogue(
        f"""
        A: Buenos días, le habla Ana Ruiz, de Crédito Norte. ¿Hablo con don Jorge Paz?
        D: Sí, soy yo.
        A: Don Jorge, su cuota de mil pesos venció hace diez días. ¿Qué pasó?
        D: Se nos enfermó la niña y todo se fue en medicinas, no me alcanzó.
        A: {said} ¿Con cuánto contaría esta semana?
        D: Con la mitad.
        A: Gracias por su tiempo, hasta luego.
        """
    )
    return score(call, analyze(call), load_rubric()).verdicts["empathy"]


def kind(said: str) -> bool:
    return not KIND.isdisjoint(hear(said, "agent").found)


@pytest.mark.parametrize(
    "said",
    [
        "Que se mejore pronto su niña.",
        "Que se alivie pronto.",
        "Que Dios me la sane.",
        "Espero que no haya sido nada grave.",
        "Ojalá que ya se sienta mejor la niña.",
        "Espero que la niña ya ande corriendo otra vez.",
        "Primero la salud, desde luego.",
        "No se preocupe, primero su niña.",
        "Hizo usted bien en atender primero a su hija.",
        "Lo bueno es que la atendieron a tiempo.",
        "Menos mal que ya la dieron de alta.",
        "Le deseo una pronta mejoría a su guagua.",
    ],
)
def test_a_good_wish_recognises_an_illness(said: str) -> None:
    for words in (said, bare(said)):
        assert empathy(words).outcome == "pass", words


@pytest.mark.parametrize(
    "said",
    [
        "¿Cómo sigue su hija?",
        "¿Y la niña cómo sigue?",
        "¿Ya está mejor su niña?",
        "¿Y la niña ya salió de peligro?",
        "¿Cómo está la niña ahorita?",
        "¿Ya la dieron de alta?",
        "Ay, pobrecita su niña, ¿y ya está mejor?",
        "Qué angustia.",
    ],
)
def test_asked_how_they_are_is_never_surely_nothing(said: str) -> None:
    for words in (said, bare(said)):
        found = empathy(words)
        assert found.outcome == "pass" or found.needs_review, words


@pytest.mark.parametrize(
    "said",
    [
        "Bueno, eso ya lo sabemos.",
        "¿Y su esposa trabaja?",
        "Y su hija, ¿es titular de la cuenta?",
        "Yo no tengo la culpa, señor.",
    ],
)
def test_what_takes_up_nothing_fails(said: str) -> None:
    for words in (said, bare(said)):
        assert empathy(words).outcome == "fail", words


@pytest.mark.parametrize(
    "said",
    [
        "Pague para que se mejore su historial.",
        "Espero que se recupere el crédito pronto.",
        "Que se restablezca el sistema y le mando la referencia.",
        "Primero, señora, necesito su nombre.",
        "Primero su hija me dijo que usted no estaba.",
        "¿Cómo va a pagar su hijo la cuota?",
        "¿Su esposa está en casa?",
        "¿Cómo va con el pago, señor?",
        "Aunque se mejore su niña, la cuota sigue ahí.",
        "Que se mejore, pero esas son excusas.",
        "Qué susto me dio el sistema.",
        "¿Cómo está la señora Rosa?",
    ],
)
def test_what_shares_the_words_of_a_wish_is_none(said: str) -> None:
    assert not kind(said)
    assert not kind(bare(said))
