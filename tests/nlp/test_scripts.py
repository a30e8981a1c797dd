"""Texts that the centre requires are recognised where the agent says them, word for word or nearly."""

from __future__ import annotations

import pytest

from nlp.scripts import LABEL, with_scripts
from tests.dialogue import dialogue, found

NOTICE = "Esta llamada puede ser grabada con fines de calidad y para su protección."


def heard(lines: str, *scripts: str) -> list[tuple[int, str]]:
    """Turn and words of every required text that is said."""
    call = dialogue(lines)
    findings = with_scripts(call, found(call), scripts or (NOTICE,)).of(LABEL)
    return [(one.quote.turn, one.quote.text) for one in findings]


def test_word_for_word_it_is_sure() -> None:
    call = dialogue(f"D: ¿Bueno?\nA: {NOTICE}")
    (one,) = with_scripts(call, found(call), [NOTICE]).findings
    assert (one.label, one.quote, one.score) == (LABEL, call.quote(1), 1.0)
    assert one.source == "rule:required_script"


def test_only_its_own_words_are_quoted() -> None:
    assert heard(f"A: Buenas tardes, le habla Ana. {NOTICE} ¿Hablo con Luis?") == [(0, NOTICE)]


@pytest.mark.parametrize(
    "said",
    [
        "esta llamada puede ser grabada con fines de calidad y para su proteccion",
        "Esta llamada puede ser gravada con fin de calidad y para su protección.",
        "ESTA LLAMADA PUEDE SER GRABADA CON FINES DE CALIDAD Y PARA SU PROTECCIÓN.",
    ],
)
def test_what_a_recogniser_mishears_does_not_matter(said: str) -> None:
    assert heard(f"A: {said}") == [(0, said)]


@pytest.mark.parametrize(
    "call",
    [
        "A: Su cuota venció el día dos y quiero saber qué ocurrió con el pago de este mes.",
        "A: Esta llamada se graba.",
        f"D: {NOTICE}",
        f"U: {NOTICE}",
        f"A{{low_confidence}}: {NOTICE}",
    ],
)
def test_other_words_other_people_and_doubtful_turns_say_no_script(call: str) -> None:
    assert heard(call) == []


def test_three_words_are_no_script() -> None:
    assert heard("A: Gracias por llamar.", "Gracias por llamar") == []
    assert heard("A: Gracias por su pago.", "Gracias por su pago") == [(0, "Gracias por su pago")]


def test_what_was_found_before_stays_in_its_place() -> None:
    call = dialogue(f"A: Buenas tardes. {NOTICE}\nD: No tengo dinero.")
    before = found(call, "greets@0: Buenas tardes", "no_money@1")
    after = with_scripts(call, before, [NOTICE])
    assert [one.label for one in after.findings] == ["greets", LABEL, "no_money"]


def test_where_no_script_is_said_nothing_changes() -> None:
    call = dialogue("A: ¿Hablo con Luis?")
    findings = found(call, "asks_for_debtor@0")
    assert with_scripts(call, findings, [NOTICE]) is findings
    assert with_scripts(call, findings, []) is findings
