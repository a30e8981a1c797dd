"""The whole path: quotes hold for any text, and a long call is quick."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nlp.analyze import analyze
from nlp.labels import act_ids, objection_ids
from nlp.tagger import hear
from nlp.utterance import tag
from tests.dialogue import dialogue
from transcripts.types import Recording, Speaker, Transcript, Turn

SPEAKERS: tuple[Speaker, ...] = ("agent", "debtor", "other", "unknown")
PHRASES = (
    "No tengo dinero",
    "¿Puede pagar 1,500 pesos el viernes?",
    "te llamo",
    "lo vamos a embargar",
    "Buenas tardes, le habla Ana Ruiz de Crédito Norte",
)
texts = st.one_of(
    st.text(max_size=60),
    st.tuples(st.text(max_size=8), st.sampled_from(PHRASES), st.text(max_size=8)).map("".join),
)
calls = st.lists(st.tuples(st.sampled_from(SPEAKERS), texts), max_size=6)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(calls)
def test_every_quote_is_verbatim(turns: list[tuple[Speaker, str]]) -> None:
    call = Transcript(Recording("x"), tuple(Turn(speaker, text) for speaker, text in turns))
    for finding in analyze(call).findings:
        quote = finding.quote
        assert call.turns[quote.turn].text[quote.start : quote.end] == quote.text
        assert 0 < finding.score <= 1


def test_a_finding_is_narrowed_to_the_words_that_carry_it() -> None:
    call = dialogue("D: Mire, joven, la verdad es que me quedé sin trabajo en marzo, así está la cosa.")
    assert [f.quote.text for f in analyze(call).findings if f.label == "job_loss"] == ["me quedé sin trabajo"]


@pytest.mark.parametrize(
    ("asked", "answer", "company", "said"),
    [
        ("¿De dónde?", "De Elektra, señor.", None, ["De Elektra"]),
        (
            "¿Quién es?",
            "Teresa Valcárcel, de Lexia.",
            "Lexia Gestión de Impagados",
            ["Teresa Valcárcel, de Lexia"],
        ),
        ("¿De dónde?", "De Monterrey.", "Lexia Gestión de Impagados", []),
        ("¿Quién habla?", "De acuerdo, señor.", None, []),
        ("¿Sí?", "De Elektra, señor.", None, []),
    ],
)
def test_a_company_that_answers_who_calls(
    asked: str, answer: str, company: str | None, said: list[str]
) -> None:
    call = dialogue(f"A: Buenas noches.\nD: {asked}\nA: {answer}\nD: Ajá.", company=company)
    assert [f.quote.text for f in analyze(call).findings if f.label == "says_company"] == said


def test_the_company_is_known_by_the_facts_of_the_recording() -> None:
    call = dialogue("A: Buenas, Crédito Norte, dígame.", company="Crédito Norte")
    assert [f.quote.text for f in analyze(call).findings if f.label == "says_company"] == ["Crédito Norte"]


def test_a_turn_that_does_nothing_is_none() -> None:
    assert [f.label for f in analyze(dialogue("A: Mjm.")).findings if f.label in act_ids()] == ["none"]


def test_agents_object_to_nothing() -> None:
    call = dialogue("A: No tengo dinero, me quedé sin trabajo.")
    assert not [f for f in analyze(call).findings if f.label in objection_ids()]


def test_labels_come_highest_first_and_above_the_threshold() -> None:
    found = tag("No tengo dinero y me quedé sin trabajo", "debtor")
    assert {label.id for label in found} == {"no_money", "job_loss"}
    assert [label.score for label in found] == sorted((label.score for label in found), reverse=True)


def test_an_agent_without_any_act_is_none() -> None:
    assert [label.id for label in tag("Ajá.", "agent")] == ["none"]


def test_how_are_you_asks_nobody_who_they_are() -> None:
    def asked(said: str) -> list[str]:
        call = dialogue(f"A: {said}\nD: Bien, ¿y usted?")
        return [f.quote.text for f in analyze(call).findings if f.label == "verifies_identity"]

    assert asked("Buenas tardes, doña Rosa, ¿cómo está usted? Le habla Ana de Credisol.") == []
    assert asked("¿Cómo está? ¿Hablo con doña Rosa Paz?")


def test_a_long_call_takes_under_three_seconds() -> None:
    lines = "\n".join(
        f"A: Podemos dividirlo en {i} pagos, 750 hoy y 750 el viernes; así evita más intereses. ¿Le parece?\n"
        f"D: Mire {i}, la verdad no tengo dinero, me quedé sin trabajo y luego veo cómo le hago con el pago."
        for i in range(2, 32)
    )
    call = dialogue(lines, call_started_at=date(2025, 10, 8), country="MX")
    analyze(dialogue("A: Hola.\nD: Hola."))  # cues are read once a process
    hear.cache_clear()
    start = time.process_time()
    analyze(call)
    assert time.process_time() - start < 3.0
