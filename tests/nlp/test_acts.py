"""What an agent's turn does, and the small signals of both sides, on sentences of our own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from nlp.analyze import analyze, ruled_findings
from nlp.cues import Side
from nlp.labels import act_ids
from nlp.tagger import above_bar, scored
from nlp.thresholds import OPERATING, call_bar
from tests.dialogue import dialogue

CASES = Path(__file__).parents[1] / "cases" / "nlp"


def cases(pattern: str) -> Iterator[tuple[str, str, bool]]:
    """(label, sentence, whether the sentence does it) of the case files that fit `pattern`."""
    for path in sorted(CASES.glob(pattern)):
        for label, kinds in YAML(typ="safe").load(path.read_text(encoding="utf-8")).items():
            for kind, sentences in kinds.items():
                for sentence in sentences:
                    yield label, sentence, {"says": True, "not": False}[kind]


def plainly(sentence: str) -> str:
    """The sentence as a recogniser without punctuation would write it."""
    return " ".join("".join(c if c.isalnum() else " " for c in sentence.lower()).split())


def has(label: str, sentence: str, side: Side) -> bool:
    found = scored(sentence, side)[1].get(label)
    return found is not None and found.score >= OPERATING


def acts(sentence: str) -> set[str]:
    """What the rules alone hear the agent do in a sentence; `none` where that is nothing."""
    found = scored(sentence, "agent")[1].items()
    return {
        act.id for act in above_bar({name: one.score for name, one in found if name in act_ids()}, "agent")
    }


@pytest.mark.parametrize(("label", "sentence", "does"), list(cases("acts_*.yaml")))
def test_an_act_is_told_from_what_only_sounds_like_it(label: str, sentence: str, does: bool) -> None:
    assert (label in acts(sentence)) is does


@pytest.mark.parametrize(("label", "sentence", "does"), list(cases("cues_agent*.yaml")))
def test_a_signal_of_the_agent(label: str, sentence: str, does: bool) -> None:
    assert has(label, sentence, "agent") is does


@pytest.mark.parametrize(("label", "sentence", "does"), list(cases("cues_far.yaml")))
def test_a_signal_of_whoever_answers(label: str, sentence: str, does: bool) -> None:
    assert has(label, sentence, "debtor") is does


@pytest.mark.parametrize(
    ("label", "sentence"),
    [(name, said) for name, said, does in cases("acts_grave.yaml") if does and name != "discloses_debt"],
)
def test_grave_words_are_heard_without_punctuation_too(label: str, sentence: str) -> None:
    assert label in acts(plainly(sentence))


def acts_of(lines: str, turn: int, **facts: Any) -> set[str]:
    call = dialogue(lines, **facts)
    return {f.label for f in ruled_findings(call) if f.quote.turn == turn and f.score >= call_bar(f.label)}


def test_telling_after_a_question_is_an_answer() -> None:
    lines = """
        A: Le llamo de Crédito Norte por su cuota vencida.
        D: ¿Y si me atraso más qué pasa con la tienda donde compré?
        A: La tienda no interviene, ellos ya recibieron su parte cuando usted compró.
    """
    assert "answers" in acts_of(lines, 2)


def test_telling_without_a_question_before_is_no_answer_by_its_place() -> None:
    lines = """
        D: Bueno, dígame.
        A: La tienda no interviene, ellos ya recibieron su parte cuando usted compró.
    """
    assert "answers" not in acts_of(lines, 1)


def test_the_debt_told_to_whoever_else_answers_is_a_disclosure() -> None:
    lines = """
        A: ¿Hablo con la señora Elvia?
        O: No, ella no está, soy su hermana.
        A: Presenta un saldo vencido de 1,500 pesos desde marzo.
    """
    assert "discloses_debt" in acts_of(lines, 2)


@pytest.mark.parametrize(
    "said",
    [
        "Es por el asunto de lo que ella debe.",
        "Le llamo por lo que debe su hermana.",
        "Su hermana está colgada con nosotros.",
        "Es para cobrarle a su hermana.",
    ],
)
def test_any_word_of_a_debt_tells_who_else_answers_of_it_and_the_debtor_nothing(said: str) -> None:
    asked = "A: ¿Hablo con la señora Elvia?\n"
    assert "discloses_debt" in acts_of(f"{asked}O: No, ella no está, soy su hermana.\nA: {said}", 2)
    assert "discloses_debt" not in acts_of(f"{asked}D: Sí, soy yo.\nA: {said}", 2)


def test_the_name_of_a_company_tells_nobody_of_a_debt() -> None:
    lines = """
        A: ¿Hablo con la señora Elvia?
        O: No, ella no está, soy su hermana.
        A: Le llamo de Crédito Norte, es un asunto de ella.
    """
    assert "discloses_debt" not in acts_of(lines, 2)


def test_the_debt_told_to_the_debtor_is_none() -> None:
    lines = """
        A: ¿Hablo con la señora Elvia?
        D: Sí, soy yo.
        A: Señora Elvia, es por la deuda de la tarjeta, que presenta un saldo vencido de 1,500 pesos.
    """
    assert "discloses_debt" not in acts_of(lines, 2)


def test_the_debt_left_on_voice_mail_is_a_disclosure() -> None:
    lines = """
        D: Deje su mensaje después del tono.
        A: Señora Elvia, presenta un saldo vencido de 1,500 pesos desde marzo.
    """
    assert "discloses_debt" in acts_of(lines, 1)


def test_good_afternoon_at_the_end_greets_nobody() -> None:
    lines = "A: Buenas tardes, le habla Ana.\n" + "D: Sí.\nA: Ajá.\n" * 6 + "D: Adiós.\nA: Buenas tardes."
    assert "greeting" not in acts_of(lines, 14)


def test_answering_a_debtor_who_named_a_lawyer_is_no_threat_of_one() -> None:
    lines = """
        A: Su cuota venció el 2.
        D: Los voy a demandar y le voy a hablar a mi abogado.
        A: Puede consultar a su abogado o presentar la demanda, señor; yo le ayudo con lo que necesite.
    """
    assert "lawyer" not in acts_of(lines, 2)


def test_the_agreement_is_repeated_only_after_it_was_made() -> None:
    lines = """
        A: Entonces quedamos en 750 pesos el viernes, ¿le parece?
        D: Sí, el viernes le pago 750.
        A: Perfecto, 750 pesos el viernes.
        D: Correcto.
    """
    call = dialogue(lines, call_started_at=date(2025, 10, 8), country="MX")
    assert {f.quote.turn for f in analyze(call).findings if f.label == "read_back"} == {2}
