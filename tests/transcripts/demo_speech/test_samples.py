import json
import random
import re
from pathlib import Path

import pytest

from transcripts.demo_speech.errors import DemoSpeechError
from transcripts.demo_speech.evaluate import unseen_sentences
from transcripts.demo_speech.mix import load_mix
from transcripts.demo_speech.samples import (
    SCRIPTS,
    corpus_sides,
    pieces,
    read_script,
    recombined,
    sentences,
    swapped,
)

WORD = re.compile(r"\w+")


def test_a_turn_is_cut_after_each_sentence() -> None:
    assert sentences("Sí, dígame. ¿Quién habla? Ah… ya.") == ["Sí, dígame.", "¿Quién habla?", "Ah… ya."]


def test_an_endless_sentence_is_cut_at_a_comma_and_loses_no_word() -> None:
    text = "Mire, " + "yo le explico todo lo que pasó con ese pago, " * 6 + "y ya."
    cut = pieces(text)
    assert all(len(piece) <= 150 for piece in cut)
    assert " ".join(cut) == text


def test_swapping_changes_names_numbers_and_days_and_nothing_else() -> None:
    heard = {swapped("Paula, pague mil doscientos el lunes.", random.Random(seed)) for seed in range(30)}
    assert len(heard) > 10
    assert all(re.fullmatch(r"\w+, pague [\w ]+ el \w+\.", sentence) for sentence in heard)


def test_recombined_sentences_stay_short_enough_to_speak() -> None:
    pool = list(load_mix().pool)
    r = random.Random(4)
    assert all(len(recombined(pool, r)) < 220 for _ in range(300))


def test_training_hears_every_word_of_every_sample_call() -> None:
    pool = {word for piece in load_mix().pool for word in WORD.findall(piece.lower())}
    for path in SCRIPTS.glob("*.yaml"):
        for turn in read_script(path).turns:
            assert set(WORD.findall(str(turn.get("text", "")).lower())) <= pool, path.name


def corpus_line(text: str, split: str = "train", noise: str = "clean") -> str:
    turns = [
        {"speaker": "agent", "text": "¿Me escucha?"},
        {"speaker": "debtor", "text": text},
        {"speaker": "agent", "text": "Gracias."},
    ]
    return json.dumps({"id": "x", "split": split, "noise": noise, "turns": turns})


def test_the_corpus_is_heard_side_by_side_without_figures(tmp_path: Path) -> None:
    line = corpus_line("Ay... me dijo «venga». Son 450 pesos. No puedo.")
    (tmp_path / "w.jsonl").write_text(line + "\n", encoding="utf-8")
    assert corpus_sides(tmp_path) == [["¿Me escucha?", "Gracias."], ["Ay… me dijo venga.", "No puedo."]]


def test_training_never_hears_what_is_kept_for_development_nor_a_recognisers_text(tmp_path: Path) -> None:
    lines = [corpus_line("No tengo.", split="dev"), corpus_line("no tengo", noise="asr")]
    (tmp_path / "d.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert corpus_sides(tmp_path) == []
    assert corpus_sides(tmp_path / "nowhere") == []


def test_training_never_reads_an_unseen_sentence() -> None:
    pool = set(load_mix().pool)
    assert len(unseen_sentences()) == 150
    assert not [s for s in unseen_sentences() for piece in pieces(s) if piece in pool and len(piece) > 25]


def test_a_file_without_turns_is_no_script(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text("id: x\n", encoding="utf-8")
    with pytest.raises(DemoSpeechError, match=r"x\.yaml: falta la lista «turns»"):
        read_script(tmp_path / "x.yaml")
