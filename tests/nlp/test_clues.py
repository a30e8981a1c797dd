"""A phrase is never missed for want of a clue, and the clues of a phrase are rare words."""

from __future__ import annotations

import pytest

from nlp import phrases as lists
from nlp.channels import channels_in
from nlp.clues import Rows, sought, with_clues
from nlp.date_rules import ANSWER, RULES, TRIGGER
from nlp.folded import folded, phrase
from nlp.learn.examples import read_examples


def _clues(pattern: str) -> frozenset[str] | None:
    return with_clues(phrase(pattern)).clues


def test_no_phrase_is_missed_in_labelled_calls() -> None:
    calls = [e.transcript() for e in read_examples(splits=("dev",)) if e.kind == "call"][::8]
    lines = [folded(turn.text) for call in calls for turn in call.turns]
    patterns = [lists.phrases(name) for name in lists._lists()]
    patterns += [TRIGGER, ANSWER[0], *(pattern for pattern, _ in RULES)]
    for one in map(with_clues, patterns):
        missed = [line.line for line in lines if not one.may_be_in(line) and one.pattern.search(line.line)]
        assert not missed, (one.pattern.pattern, missed[:3])


@pytest.mark.parametrize(
    ("pattern", "clues"),
    [
        ("el viernes", {"biernes"}),  # the rarer of its words
        ("voy a pagar | abono", {"boi", "abono"}),
        ("(?:le |les )*pago(?: hoy)?", {"pago"}),  # what may be missing is no clue
        ("llam[^ ]+", {"yam*"}),
        ("cancel(?:ar|arle)", {"kan*"}),
        ("pagos?", {"pag*"}),
        ("(?:lunes|martes) (?:que viene|próximo)", {"lunes", "martes"}),
        ("el #(?P<n>[1-9])(?= )", {"#"}),
        ("(?:no)? ~2 (?! gracias)", None),  # nothing in it is sure
        ("de[^ ]*", None),  # two letters tell too little
        ("(?:pago){2}", None),
    ],
)
def test_clues_are_words_that_cannot_be_missing(pattern: str, clues: set[str] | None) -> None:
    pattern = pattern.replace(" | ", "|")
    assert _clues(pattern) == (None if clues is None else frozenset(clues))


def test_a_phrase_is_found_where_it_stands() -> None:
    turn, debt = folded("Mi saldo, dígame."), sought("debt")
    assert debt.is_in(turn)
    assert not debt.is_in(folded("Buenas tardes."))
    assert debt.is_after(turn, turn.line.index(" saldo"))
    assert not debt.is_before(turn, turn.line.index("saldo"))


def test_rows_keep_what_has_no_clue() -> None:
    rows = Rows([phrase("viernes"), phrase("de[^ ]*"), phrase("sábado")])
    assert rows.likely(folded("el sábado")) == [1, 2]
    assert [channel.name for channel in channels_in("por OXXO o por Nequi")] == ["OXXO", "Nequi"]
