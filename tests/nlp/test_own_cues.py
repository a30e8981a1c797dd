"""Cues that a form declares for itself are found with the same care as Temple's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from nlp.cues import Cue
from nlp.own_cues import find_own, slips
from tests.dialogue import dialogue

CASH = {"takes_cash": Cue(said_by=("agent",), strong="recibo efectivo, al contado", weak="la caja")}


def heard(lines: str, cues: Mapping[str, Cue] = CASH) -> list[tuple[int, str]]:
    """Turn and words of every place where one of `cues` stands."""
    return [(one.quote.turn, one.quote.text) for one in find_own(dialogue(lines), cues, "mia")]


def cash(**stanza: Any) -> dict[str, Cue]:
    return {"takes_cash": Cue(**{"said_by": ("agent",), "strong": "recibo efectivo", **stanza})}


def test_the_finding_quotes_the_words_and_names_the_form() -> None:
    (one,) = find_own(dialogue("A: Le recibo efectivo en su casa."), CASH, "mia")
    assert (one.label, one.quote.text, one.source) == ("takes_cash", "recibo efectivo", "rule:mia/takes_cash")
    assert one.score == 0.9


def test_every_time_is_found_in_the_order_of_the_call() -> None:
    call = "A: Al contado.\nD: ¿Cómo?\nA: Que le RECIBO EFECTIVO, al contado."
    assert heard(call) == [(0, "Al contado"), (2, "RECIBO EFECTIVO"), (2, "al contado")]


def test_the_same_words_of_the_other_side_do_not_count() -> None:
    assert heard("D: ¿Y si le pago al contado?") == []


def test_somebody_else_on_the_line_is_read_as_the_debtors_side() -> None:
    assert heard("O: Recibo efectivo.", cash(said_by=("debtor",))) == [(0, "Recibo efectivo")]


def test_what_is_denied_does_not_count() -> None:
    assert heard("A: No recibo efectivo.") == []


def test_what_is_denied_counts_where_the_stanza_keeps_it() -> None:
    assert heard("A: No recibo efectivo.", cash(negated="keep")) == [(0, "recibo efectivo")]


def test_what_others_are_said_to_say_can_be_left_out() -> None:
    said = "A: Usted dice que yo recibo efectivo."
    assert heard(said) == [(0, "recibo efectivo")]
    assert heard(said, cash(reported="drop")) == []


def test_a_weak_pattern_alone_claims_nothing() -> None:
    assert heard("A: Pase por la caja.") == []


def test_two_weak_patterns_in_a_turn_claim_it_together() -> None:
    said = "A: Pase por la caja. Digo, a la caja."
    assert heard(said) == [(0, "la caja"), (0, "la caja")]


@pytest.mark.parametrize("bar", [{"not": "recibo efectivo falso"}, {"unless": "por transferencia"}])
def test_what_bars_a_cue_bars_it(bar: dict[str, str]) -> None:
    assert heard("A: No es que reciba: recibo efectivo falso, o por transferencia.", cash(**bar)) == []


def test_doubtful_turns_are_not_read() -> None:
    assert heard("A{low_confidence}: Recibo efectivo.") == []


def test_a_turn_without_a_speaker_is_read_as_either_sides_once() -> None:
    assert heard("U: Recibo efectivo.") == [(0, "Recibo efectivo")]
    assert heard("U: Recibo efectivo.", cash(said_by=("agent", "debtor"))) == [(0, "Recibo efectivo")]


def test_a_form_may_use_the_concepts_of_the_lexicon() -> None:
    cues = cash(strong="vence ~2 @weekday")
    assert heard("A: Su cuota vence este viernes.", cues) == [(0, "vence este viernes")]


def test_a_form_without_cues_finds_nothing() -> None:
    assert heard("A: Le recibo efectivo.", {}) == []


@pytest.mark.parametrize("pattern", ["(recibo efectivo", "recibo @dinerito", "~2"])
def test_a_pattern_that_cannot_be_read_is_told(pattern: str) -> None:
    (slip,) = slips({"said_by": ["agent"], "strong": f"hola\nya, {pattern}"})
    assert (slip.block, slip.line) == ("strong", 1)
    assert slip.what.startswith(f"«{pattern}»: ")


def test_what_can_be_read_is_no_slip() -> None:
    assert list(slips({"strong": "vence ~2 @weekday # (nota", "unless": 3})) == []


def test_the_cues_of_a_file_are_found_again_by_its_digest(monkeypatch: pytest.MonkeyPatch) -> None:
    call = dialogue("A: Le recibo efectivo en su casa.")
    assert len(find_own(call, CASH, "mia", "a1b2c3")) == 1
    monkeypatch.setattr(Cue, "model_dump_json", None)  # the cues are not written out once more
    assert len(find_own(call, CASH, "mia", "a1b2c3")) == 1


def test_a_file_with_another_digest_has_its_own_cues() -> None:
    call = dialogue("A: Le recibo efectivo en su casa.")
    assert find_own(call, cash(strong="a domicilio"), "mia", "d4e5f6") == []
    assert len(find_own(call, CASH, "mia", "0a0b0c")) == 1
