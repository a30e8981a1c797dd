"""The comparison of recognised calls with their true text: which turn a finding belongs to, what counts."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.recognised import Heard, read, table, true_turn
from transcripts.demo_speech.evaluate import WordErrors
from transcripts.types import Recording, Transcript, Turn, Word


def call(*turns: Turn) -> Transcript:
    return Transcript(Recording("x"), turns)


def said_at(speaker: str, *words: tuple[str, float, float]) -> Turn:
    heard = tuple(Word(start, end, text, 1.0) for text, start, end in words)
    return Turn(speaker, " ".join(w.text for w in heard), heard[0].start_s, heard[-1].end_s, heard)  # type: ignore[arg-type]


def heard(true: set[tuple[str, str, object]], recognised: set[tuple[str, str, object]]) -> Heard:
    return Heard(WordErrors("x", 10, 1, 0, 0), 0, 4, frozenset(true), frozenset(recognised))


def test_a_quote_goes_to_the_true_turn_that_was_said_at_its_time() -> None:
    true = call(
        Turn("debtor", "No tengo trabajo.", 0.0, 1.5),
        Turn("agent", "Entiendo.", 1.6, 2.2),
        Turn("debtor", "Y estoy enferma.", 3.0, 4.5),
    )
    merged = call(
        said_at(
            "debtor", ("no", 0.0, 0.3), ("tengo", 0.3, 0.8), ("trabajo", 0.8, 1.5),
            ("estoy", 3.1, 3.6), ("enferma", 3.6, 4.5),
        )
    )  # fmt: skip
    assert true_turn(merged, merged.quote(0, 0, 16), true) == 0
    assert true_turn(merged, merged.quote(0, 17, 30), true) == 2


def test_a_quote_never_goes_to_a_turn_of_the_other_side() -> None:
    true = call(Turn("agent", "¿Cuándo paga?", 0.0, 2.0), Turn("other", "No está.", 2.0, 3.0))
    recognised = call(said_at("debtor", ("no", 1.2, 1.4), ("está", 1.4, 1.9)))
    assert true_turn(recognised, recognised.quote(0), true) == 1


def test_what_is_lost_costs_recall_and_what_is_made_up_costs_precision() -> None:
    figures = table(
        [
            heard(
                {("objections", "no_money", 3), ("objections", "no_job", 5)}, {("objections", "no_money", 3)}
            ),
            heard(
                {("promise", "made", True)}, {("promise", "made", True), ("promise", "date", "2026-03-01")}
            ),
        ]
    )
    assert figures["objections"]["all"] == {"n": 2, "precision": 1.0, "recall": 0.5, "f1": 0.667}
    assert figures["objections"]["no_job"]["recall"] == 0
    assert figures["promise"]["all"] == {"n": 1, "precision": 0.5, "recall": 1.0, "f1": 0.667}
    assert figures["acts"] == {}


def test_calls_that_imitate_a_recogniser_are_left_out_and_every_kth_is_taken(tmp_path: Path) -> None:
    lines = [{"id": str(n), "noise": "asr" if n == 2 else "clean", "turns": []} for n in range(7)]
    path = tmp_path / "calls.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    assert [each["id"] for each in read([path], None)] == ["0", "1", "3", "4", "5", "6"]
    assert [each["id"] for each in read([path], 3)] == ["0", "3", "5"]
