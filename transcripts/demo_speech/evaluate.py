"""How well a speech model hears the sample calls and sentences it never met: word error rates.

    python -m transcripts.demo_speech.evaluate [FOLDER OF A MODEL]

Words are compared in lower case without punctuation. Calls take the way of every recording
(transcripts.transcribe); sentences go to the engine one by one.
"""

import json
import random
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from transcripts.demo_speech.channel import draw_line, telephone
from transcripts.demo_speech.samples import wide_lines
from transcripts.demo_speech.synth import Wave, speak
from transcripts.demo_speech.text import grammar_sentence
from transcripts.demo_speech.voices import DEMO_VOICES, demo_voice
from transcripts.options import SpeechOptions
from transcripts.types import Recording, Transcript

UNSEEN = Path(__file__).with_name("unseen.txt")
ROOT = Path(__file__).parents[2]
_PUNCTUATION = re.compile(r"[^\wáéíóúüñ]+")
_AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class WordErrors:
    """Counts of reference words and of the three kinds of error."""

    name: str
    words: int
    substituted: int
    deleted: int
    inserted: int

    @property
    def rate(self) -> float:
        """Word error rate, 0..1 and above."""
        return (self.substituted + self.deleted + self.inserted) / max(self.words, 1)

    def __str__(self) -> str:
        parts = f"S{self.substituted} D{self.deleted} I{self.inserted} de {self.words}"
        return f"{self.name}: {100 * self.rate:.1f} % ({parts})"


def plain(text: str) -> str:
    """Lower case, no punctuation, single blanks."""
    return _PUNCTUATION.sub(" ", text.lower()).strip()


def word_errors(name: str, pairs: Iterable[tuple[str, str]]) -> WordErrors:
    """Errors over pairs of (said, heard)."""
    import jiwer

    said, heard = zip(*((plain(a), plain(b)) for a, b in pairs), strict=True)
    out = jiwer.process_words(list(said), list(heard))
    return WordErrors(
        name, sum(len(text.split()) for text in said), out.substitutions, out.deletions, out.insertions
    )


def unseen_sentences() -> list[str]:
    """The sentences of unseen.txt, which no training reads."""
    return wide_lines(UNSEEN)


def grammar_sentences(count: int, seed: int = 2026) -> list[str]:
    """New draws of the grammar."""
    r = random.Random(seed)
    return [grammar_sentence(r) for _ in range(count)]


def telephone_sentences(sentences: list[str], seed: int = 7) -> list[Wave]:
    """Each sentence by one of the samples' voices over a telephone line of its own, 16 kHz."""
    r, rng = random.Random(seed), np.random.default_rng(seed)
    waves = []
    for sentence in sentences:
        name = r.choice(list(DEMO_VOICES))
        spoken = speak(sentence, demo_voice(name, r.randint(*DEMO_VOICES[name].rates)))
        quiet = np.zeros(int(0.3 * spoken.rate), np.float32)
        waves.append(telephone(np.concatenate([quiet, spoken.wave, quiet]), spoken.rate, draw_line(r), rng))
    return waves


def score_sentences(name: str, sentences: list[str], options: SpeechOptions) -> WordErrors:
    """Errors of the engine on `sentences`, spoken as telephone_sentences does."""
    from transcripts.engines import ENGINES

    engine = ENGINES[options.engine](options)
    waves = telephone_sentences(sentences)
    heard: list[str] = []
    for first in range(0, len(waves), _AT_ONCE):
        found = engine.transcribe(waves[first : first + _AT_ONCE])
        heard += [segment.text if segment else "" for segment in found]
    return word_errors(name, zip(sentences, heard, strict=True))


def score_call(audio: Path, options: SpeechOptions) -> dict[str, WordErrors]:
    """Errors by side, "agent" and "far", of the recording beside <audio>.truth.json."""
    from transcripts.transcribe import transcribe

    truth = json.loads(audio.with_suffix(".truth.json").read_text(encoding="utf-8"))
    return side_errors(truth, transcribe(Recording(id=truth["id"], audio=audio), options))


def side_errors(truth: dict[str, Any], transcript: Transcript) -> dict[str, WordErrors]:
    """Errors by side, "agent" and "far", of `transcript` against the maker's `truth` about the same call."""
    scores = {}
    for side in ("agent", "far"):
        said = " ".join(turn["text"] for turn in truth["turns"] if side_of(turn["speaker"]) == side)
        heard = " ".join(turn.text for turn in transcript.turns if side_of(turn.speaker) == side)
        scores[side] = word_errors(f"{truth['id']}, {side}", [(said, heard)])
    return scores


def total(name: str, scores: Iterable[WordErrors]) -> WordErrors:
    """All errors together."""
    counts = [(score.words, score.substituted, score.deleted, score.inserted) for score in scores]
    words, substituted, deleted, inserted = (sum(column) for column in zip(*counts, strict=True))
    return WordErrors(name, words, substituted, deleted, inserted)


def evaluate_demo_speech(model: Path, calls: Path) -> list[WordErrors]:
    """Errors by sample call in `calls`, of all calls, of the unseen sentences and of new grammar draws."""
    options = SpeechOptions(model=str(model), device="cpu", compute_type="int8")
    by_call = []
    for audio in sorted(calls.glob("*.ogg")):
        by_call.append(total(audio.stem, score_call(audio, options).values()))
    return [
        *by_call,
        total("todas las llamadas", by_call),
        score_sentences("frases nunca oídas", unseen_sentences(), options),
        score_sentences("frases nuevas de la gramática", grammar_sentences(150), options),
    ]


def side_of(speaker: str) -> str:
    """The channel of the maker's calls on which `speaker` is heard: "agent" or "far"."""
    return "agent" if speaker == "agent" else "far"


def main() -> None:
    model = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "models" / "whisper-demo-es"
    for errors in evaluate_demo_speech(model, ROOT / "examples" / "audio"):
        sys.stdout.write(f"{errors}\n")


if __name__ == "__main__":
    main()
