"""Turns of a voice that is neither side's, such as a supervisor's: neither the agent's credit nor fault."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nlp.analyze import analyze
from rubrics import reading
from rubrics.loader import PACKS, load_pack, load_rubric
from rubrics.scoring import ANOTHER_VOICE, score
from rubrics.types import Verdict
from tests.dialogue import dialogue
from transcripts.types import Trust

CALL = """
    A: Buenos días, me llamo Marisol Vega, de Gulf Recovery, la llamada se graba. ¿Hablo con Óscar Benavides?
    D: Sí, dígame.
    A: Le hablo por su préstamo de Alamo Bank: quinientos dólares vencidos desde el primero de septiembre.
    D: Páseme a su supervisor. Con usted ya no quiero hablar.
    A: Claro que sí, señor Benavides. Ya le paso a mi supervisora.
    U: Señor Benavides, soy Patricia Salas, la supervisora. ¿Qué es lo que no le han resuelto?
    D: Que me cobraron dos veces un recargo.
    U: Tiene razón, está repetido. Se lo quito. ¿Puede pagarlo todo esta semana o prefiere en dos partes?
    D: Lo pago el viernes, completo, por transferencia.
    U: Entonces son cuatrocientos sesenta y cinco dólares el viernes por transferencia. ¿Correcto?
    D: Correcto.
    A: Gracias por su paciencia, señor Benavides. Que tenga buen día.
"""


def judged(lines: str, country: str = "US", confidence: float | None = None) -> dict[str, Verdict]:
    call = dialogue(lines, country=country, trust=Trust(sure_speakers=False))
    call = replace(call, turns=tuple(replace(turn, speaker_confidence=confidence) for turn in call.turns))
    card = score(call, analyze(call), load_rubric(), load_pack(PACKS / f"{country.lower()}.yaml"))
    return {**card.verdicts, **card.pack_verdicts}


def test_what_was_not_heard_is_not_held_against_the_agent_for_sure() -> None:
    found = judged(CALL)["explains_benefit"]
    assert found.outcome == "fail"
    assert found.needs_review
    assert found.doubt.endswith(ANOTHER_VOICE)


def test_the_words_of_another_are_no_sure_credit() -> None:
    found = judged(CALL)["offers_alternatives"]
    assert {quote.turn for quote in found.evidence} <= {7, 9}
    assert found.needs_review


@pytest.mark.parametrize(
    "name", ["states_purpose", "greeting_identification", "recording_notice", "polite_close"]
)
def test_the_agents_own_words_stand(name: str) -> None:
    found = judged(CALL)[name]
    assert found.outcome == "pass"
    assert ANOTHER_VOICE not in found.told


def with_other(lines: str) -> dict[str, Verdict]:
    call = dialogue(lines.replace("U:", "O:"), country="US")
    card = score(call, analyze(call), load_rubric(), load_pack(PACKS / "us.yaml"))
    return {**card.verdicts, **card.pack_verdicts}


def test_a_supervisor_told_as_another_person_is_nobodys_either() -> None:
    found = with_other(CALL)["explains_benefit"]
    assert (found.outcome, found.needs_review) == ("fail", True)
    assert found.doubt.endswith(ANOTHER_VOICE)


def test_a_son_who_supervises_elsewhere_is_no_colleague() -> None:
    found = with_other(CALL.replace("soy Patricia Salas, la supervisora", "soy su hijo, de la casa"))
    assert not found["explains_benefit"].needs_review


def test_what_a_colleague_says_is_no_objection() -> None:
    call = dialogue(CALL.replace("U:", "O:").replace("Se lo quito.", "¿Y si le hago un descuento?"))
    found = analyze(call)
    assert any(f.label == "takes_over_call" and f.quote.turn == 5 for f in found.findings)
    assert all(f.quote.turn not in (5, 7, 9) for f in reading.objections(call, found))


def test_roles_that_were_guessed_are_unsure_as_before() -> None:
    found = judged(CALL.replace("U:", "A:"), confidence=0.8)["explains_benefit"]
    assert found.outcome == "fail"
    assert not found.needs_review
