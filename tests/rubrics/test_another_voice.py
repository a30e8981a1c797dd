"""Turns of a voice that is neither side's, such as a supervisor's: neither the agent's credit nor fault."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from textwrap import dedent

import pytest

from nlp.analyze import analyze
from rubrics import reading
from rubrics.loader import PACKS, load_pack, load_rubric
from rubrics.scoring import ANOTHER_VOICE, NOBODYS, score
from rubrics.types import Verdict
from tests.dialogue import dialogue
from transcripts.corrections import correct_turn
from transcripts.formats import read
from transcripts.types import Transcript, Trust

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


@pytest.mark.parametrize("side", ["D", "U"])
def test_a_quote_of_nobody_s_turn_waits_where_not_both_sides_are_told(side: str) -> None:
    lines = f"""
        U: Buenas, soy el supervisor, solo confirmo que quedó.
        {side}: De acuerdo, entonces les pago el viernes los dos mil pesos, por transferencia.
    """
    found = judged(lines)["greeting_identification"]
    assert (found.outcome, [quote.turn for quote in found.evidence]) == ("fail", [0])
    assert found.needs_review
    assert found.doubt.endswith(NOBODYS)


def test_what_nobody_at_all_said_is_missing_for_sure() -> None:
    lines = """
        U: ¿Con quién hablo?
        U: De acuerdo, entonces les pago el viernes los dos mil pesos, por transferencia.
    """
    found = judged(lines)["greeting_identification"]
    assert (found.outcome, found.evidence, found.needs_review) == ("fail", (), False)


LEFT = """
    Agente: Buenas tardes, le saluda Ana Ruiz, de Crédito Norte. ¿Hablo con el señor Luis Pérez?
    Deudor: Sí, con él.
    {who} Don Luis, le llamo por su préstamo, debe dos mil pesos con 15 días de atraso. ¿Qué pasó con su pago?
    Deudor: Se me olvidó. Le pago el viernes los dos mil.
    Agente: Gracias, don Luis, el viernes le llamo. Buena tarde.
"""


def written(folder: Path, who: str) -> Transcript:
    path = folder / "medio.txt"
    path.write_text(dedent(LEFT.format(who=who)), encoding="utf-8")
    return read(path)


@pytest.mark.parametrize("who", ["Agnete:", "Agnete :", "*Agnete* (móvil):", "Ana Ruiz:"])
@pytest.mark.parametrize("name", ["states_purpose", "asks_reason", "firm", "explains_benefit"])
def test_what_may_stand_under_a_label_left_to_the_other_side_waits(
    tmp_path: Path, who: str, name: str
) -> None:
    call = written(tmp_path, who)
    found = score(call, analyze(call), load_rubric()).verdicts[name]

    assert (found.outcome, found.needs_review) == ("fail", True)
    assert found.doubt.count("Una parte (turno 2) pudo decirla otra voz: decida una persona.") == 1


def test_what_is_quoted_elsewhere_stands_beside_a_label_that_was_left(tmp_path: Path) -> None:
    call = written(tmp_path, "Agnete:")
    found = score(call, analyze(call), load_rubric()).verdicts

    assert [found[name].needs_review for name in ("greeting_identification", "polite_close")] == [
        False,
        False,
    ]


def test_once_a_person_says_whose_the_words_are_the_verdict_is_sure(tmp_path: Path) -> None:
    call = correct_turn(written(tmp_path, "Agnete:"), 1, speaker="debtor")
    found = score(call, analyze(call), load_rubric()).verdicts["explains_benefit"]

    assert (found.outcome, found.needs_review) == ("fail", False)
    assert not call.trust.notices
