"""The public vocabulary and its loader."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlp.labels import act_ids, labels, load_labels, name_of, objection_ids
from nlp.types import NlpError

STANZA = """
objections:
  no_money:
    label: {es: Falta de dinero, en: Lack of money}
    definition: {es: No tiene., en: Has none.}
    examples: [uno, dos, tres]
acts: {}
"""


def test_there_are_twenty_objections_and_twenty_three_acts() -> None:
    assert (len(objection_ids()), len(act_ids())) == (20, 23)


def test_every_label_is_named_in_both_languages() -> None:
    assert all(labels()[name].label.en for name in (*objection_ids(), *act_ids()))


def test_a_label_without_enough_examples_says_where(tmp_path: Path) -> None:
    path = tmp_path / "labels.yaml"
    path.write_text(STANZA.replace(", tres", ""), encoding="utf-8")
    with pytest.raises(NlpError, match=r"labels\.yaml: objections\.no_money\.examples"):
        load_labels(path)


def test_a_key_nobody_knows_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "labels.yaml"
    path.write_text(STANZA.replace("examples:", "exemples:"), encoding="utf-8")
    with pytest.raises(NlpError, match=r"objections\.no_money\.ex"):
        load_labels(path)


def test_a_label_that_was_taken_out_is_called_by_its_id() -> None:
    assert (name_of("no_money"), name_of("no_money", "en")) == ("Falta de dinero", "Lack of money")
    assert name_of("gone_since") == "gone since"
