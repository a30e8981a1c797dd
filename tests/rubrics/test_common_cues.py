"""The cues that the common pack declares for itself, sentence by sentence (tests/cases/common_cues.yaml)."""

from __future__ import annotations

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from nlp.own_cues import find_own
from rubrics.loader import PACKS, load_pack
from tests.dialogue import dialogue

FILE = Path(__file__).parents[1] / "cases" / "common_cues.yaml"
SENTENCES = [
    pytest.param(cue, words, known == "found", id=f"{cue}: {words}")
    for cue, groups in YAML(typ="safe").load(FILE.read_text(encoding="utf-8")).items()
    for known, sentences in groups.items()
    for words in sentences
]
CUES = load_pack(PACKS / "comun.yaml").cues


@pytest.mark.parametrize(("cue", "words", "known"), SENTENCES)
def test_a_cue_finds_what_is_meant_and_nothing_else(cue: str, words: str, known: bool) -> None:
    found = find_own(dialogue(f"A: {words}"), CUES, "comun")

    assert (cue in {finding.label for finding in found}) == known


def test_a_turn_without_a_speaker_is_read_as_either_side() -> None:
    call = dialogue("U: Le llamo en nombre de Banco Norte.")

    assert [finding.label for finding in find_own(call, CUES, "comun")] == ["creditor_named"]
