"""The labelled corpus: readable, by author, no near-duplicates; noise copies keep labels in place."""

from __future__ import annotations

import random

import pytest

from nlp.learn.duplicates import near_duplicates
from nlp.learn.examples import Example, LabelledTurn, read_examples
from nlp.learn.noise import noisy
from nlp.types import NlpError


def test_no_author_is_in_two_splits() -> None:
    splits: dict[str, set[str]] = {}
    for example in read_examples():
        splits.setdefault(example.author, set()).add(example.split)
    assert all(len(found) == 1 for found in splits.values())


def test_the_corpus_is_as_large_as_it_says() -> None:
    turns = [turn for e in read_examples(splits=("train",)) for turn in e.turns]
    assert sum(turn.side == "agent" for turn in turns) >= 6000
    assert sum(turn.side == "debtor" for turn in turns) >= 6000


@pytest.mark.slow
def test_hardly_two_turns_of_different_calls_are_nearly_the_same() -> None:
    places = [(e.id, turn.text) for e in read_examples() for turn in e.turns]
    twins = [(places[i], places[j]) for i, j, _ in near_duplicates([text for _, text in places])]
    # a few questions of the trade are asked in the same words by everybody
    assert len([pair for pair in twins if pair[0][0] != pair[1][0]]) <= len(places) / 2_000


def test_a_near_duplicate_is_found_and_a_likeness_of_topic_is_not() -> None:
    texts = [
        "Mire, señorita, yo le deposito los quinientos pesos el viernes sin falta.",
        "mire señorita yo le deposito los quinientos pesos el viernes sin falta ok",
        "El viernes cobro y de ahí le doy una parte, no toda la cuota.",
    ]
    assert [(i, j) for i, j, _ in near_duplicates(texts)] == [(0, 1)]


def test_a_noisy_copy_keeps_track_of_the_words() -> None:
    text = "Pues, la verdad, me quedé sin trabajo en enero."
    copy = noisy(text, random.Random(3), strength=0.0)
    start, end = text.index("me quedé"), text.index(" en enero")
    span = copy.span(start, end)
    assert span is not None
    assert copy.text[span[0] : span[1]] in ("me quedé sin trabajo", "me quede sin trabajo")


def test_a_label_of_the_other_side_is_refused(tmp_path) -> None:
    turn = LabelledTurn(
        speaker="agent", text="No tengo dinero.", labels=({"id": "no_money", "start": 0, "end": 8},)
    )
    example = Example(id="x", author="a", split="train", country="MX", noise="clean", turns=(turn,))
    (tmp_path / "a.jsonl").write_text(example.model_dump_json() + "\n", encoding="utf-8")
    with pytest.raises(NlpError, match=r"a\.jsonl, línea 1: «no_money» no es etiqueta de agent"):
        read_examples(tmp_path)
