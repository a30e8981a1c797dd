"""What reasons and evidence say of a right verdict: the turn that shows it, and who was on the phone."""

from __future__ import annotations

from nlp.analyze import analyze
from rubrics.loader import load_rubric
from rubrics.scoring import score
from rubrics.types import Verdict
from tests.dialogue import dialogue
from tests.rubrics.invariants import keeps_the_invariants
from transcripts.types import Transcript


def verdicts(call: Transcript) -> dict[str, Verdict]:
    card = score(call, analyze(call), load_rubric())
    keeps_the_invariants(call, card)
    return dict(card.verdicts)


ANOTHER = """
    A: Buenas tardes, le habla Ana Ruiz, de Crédito Norte. ¿Hablo con don Darío Paz?
    O: No, él no está, soy su vecina.
    A: ¿A qué hora lo encuentro?
    O: A las seis.
    A: Gracias, que tenga buena tarde.
"""


def test_nothing_is_told_of_a_debtor_who_was_not_there() -> None:
    told = verdicts(dialogue(ANOTHER))
    assert told["empathy"].reason == "Quien contestó no contó ninguna dificultad ni queja."


def test_a_hardship_told_by_another_is_laid_to_the_other() -> None:
    call = ANOTHER.replace("A las seis.", "Está en el hospital, lo operaron ayer de urgencia.")
    verdict = verdicts(dialogue(call))["empathy"]
    assert verdict.outcome == "fail"
    assert "que quien contestó contó en el turno 4" in verdict.reason


def test_a_plain_matter_is_named_and_called_neither_hardship_nor_complaint() -> None:
    call = dialogue(
        """
        A: Buenas tardes, le habla Ana Ruiz, de Crédito Norte. ¿Hablo con don Darío Paz?
        D: Sí, soy yo. Yo ya pagué eso.
        A: ¿En qué fecha lo pagó?
        D: El lunes, en el banco.
        A: Lo reviso y le llamo. Gracias, hasta luego.
        """
    )
    reason = verdicts(call)["empathy"].reason
    assert reason == "Lo que se planteó es «Ya pagué» (turno 2), y no una dificultad ni una queja."


def test_an_opening_shows_each_thing_where_it_was_said_first() -> None:
    call = dialogue(
        """
        A: Buenas tardes, le habla Ana Ruiz, de Crédito Norte. ¿Hablo con don Darío Paz?
        D: Sí, soy yo.
        A: ¿Cómo se encuentra ahora? Le llamo por su crédito, venció hace diez días, son mil pesos.
        D: Bien, gracias.
        A: Buenas, le repito, son mil pesos. ¿Qué día los paga?
        """
    )
    verdict = verdicts(call)["greeting_identification"]
    assert verdict.outcome == "pass"
    assert {quote.turn for quote in verdict.evidence} == {0}


def test_an_insult_that_asks_explores_nothing() -> None:
    call = dialogue(
        """
        A: Buenas tardes, le habla Ana Ruiz, de Crédito Norte. ¿Hablo con don Darío Paz?
        D: Sí, soy yo.
        A: Su cuota de mil pesos venció hace diez días.
        D: No tengo dinero ahora.
        A: ¿Está sordo o qué le pasa? Le dije mil pesos.
        """
    )
    assert verdicts(call)["asks_reason"].outcome == "fail"
