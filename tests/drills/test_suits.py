"""The agent's lines of an exercise suit what its debtor really said."""

from __future__ import annotations

import pytest

from drills.drill import Attempt
from drills.faults import faults, faults_in
from drills.formats import FORMATS
from drills.grade import Tools, grade
from drills.loader import load_lines, load_scenarios
from drills.suits import suits
from rubrics.loader import load_rubric
from rubrics.playbook import load_playbook
from tests.drills.conftest import MONDAY

CASES = load_scenarios()
PAID = "Debe ser que no se ha reflejado, lo hice el viernes después de las seis."


@pytest.fixture(scope="module")
def tools() -> Tools:
    return Tools(load_lines(), load_playbook(), load_rubric())


@pytest.mark.parametrize(
    ("line", "said", "label", "good"),
    [
        ("Cuando dice «en estos días», ¿qué día sería?", "En cuanto me desocupe.", "vague_promise", False),
        ("Cuando dice «en estos días», ¿qué día sería?", "Le pago en estos días.", "vague_promise", True),
        ("Si va manejando, seguimos luego.", "Ahora estoy en la pega.", "call_later", False),
        ("¿Qué día pagó y por qué medio?", PAID, "already_paid", False),
        ("¿Qué día pagó y por qué medio?", "Eso ya está pagado.", "already_paid", True),
        ("¿Por qué medio lo hizo?", PAID, "already_paid", True),
        ("¿Cuánto le pagó?", "Les di quinientos pesos.", "already_paid", False),
        ("Por Yape sale con su código.", "Yape no me deja por el monto.", "payment_channel", False),
        ("También hay transferencia o ventanilla.", "Yape no me deja.", "payment_channel", True),
    ],
)
def test_a_line_takes_for_granted_only_what_was_said(line: str, said: str, label: str, *, good: bool) -> None:
    assert suits(line, (said,), (label,)) is good


@pytest.mark.parametrize("name", ["en_estos_dias", "en_junta", "yape_no_pasa", "ya_consigne"])
@pytest.mark.parametrize("kind", ["spot_fault", "choose_best"])
def test_good_turns_answer_what_was_said(tools: Tools, name: str, kind: str) -> None:
    for seed in range(3):
        drill = FORMATS[kind].build(CASES[name], seed, MONDAY, tools.book, tools.playbook)
        label = drill.raised[-1][1]
        first = drill.raised[-1][0] + 1
        for at, turn in enumerate(drill.turns[first:], first):
            said = tuple(one.text for one in drill.turns[:at] if one.speaker != "agent")
            assert turn.speaker != "agent" or at == drill.at or suits(turn.text, said, (label,)), turn.text


def test_of_a_line_with_two_faults_either_is_right(tools: Tools) -> None:
    found = 0
    for name in sorted(CASES):
        drill = FORMATS["spot_fault"].build(CASES[name], 1, MONDAY, tools.book, tools.playbook)
        assert drill.bad is not None
        right = faults_in(drill.bad.fault, drill.bad.text)
        for at, one in enumerate(drill.options):
            got = grade(drill, Attempt(turn=drill.at, choice=at), tools)
            assert got.passed is (one.fault in right)
        found += len(right) > 1
    assert found


def test_what_else_is_wrong_is_told_of_lines_that_there_are() -> None:
    for fault in faults().values():
        assert set(fault.also) <= set(fault.says)
        assert {one for also in fault.also.values() for one in also} <= set(faults())
