"""The demo model's byte-level tokenizer and its list of phonemes, both made from the training texts."""

import json
import random
import string
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, trainers

from transcripts.demo_speech.mix import Mix, stream
from transcripts.demo_speech.synth import Voice, speak

BYTES, MERGED = 256, 850
SPECIALS = (
    "<|endoftext|>",
    "<|startoftranscript|>",
    "<|es|>",
    "<|translate|>",
    "<|transcribe|>",
    "<|startoflm|>",
    "<|startofprev|>",
    "<|nospeech|>",
    "<|notimestamps|>",
)
TIMESTAMPS = 501
_SAMPLE, _PHONEME_SAMPLE, _MOST_PHONEMES, _RAREST = 40_000, 3000, 62, 20


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Ids of the special tokens; texts' ids lie below `end`, timestamps of 20 ms from `first_time` on."""

    end: int
    start: int
    spanish: int
    transcribe: int
    previous: int
    no_speech: int
    no_times: int
    first_time: int

    @property
    def size(self) -> int:
        """All tokens, timestamps included."""
        return self.first_time + TIMESTAMPS


def vocabulary(tokenizer: Tokenizer) -> Vocabulary:
    """The ids that training and export need."""
    ids = [tokenizer.token_to_id(name) or 0 for name in SPECIALS]
    return Vocabulary(ids[0], ids[1], ids[2], ids[4], ids[6], ids[7], ids[8], ids[8] + 1)


def build_tokenizer(mix: Mix, path: Path, seed: int) -> Tokenizer:
    """Learn the merges and write tokenizer.json at `path`."""
    r = random.Random(seed)
    texts = [" " + stream(mix, r) for _ in range(_SAMPLE)]
    learner = Tokenizer(models.BPE())
    learner.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    learner.decoder = decoders.ByteLevel()
    learner.train_from_iterator(
        texts,
        trainers.BpeTrainer(
            vocab_size=MERGED, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False
        ),
    )
    tokenizer = Tokenizer.from_str(_with_spaced_characters(learner.to_str()))
    tokenizer.add_special_tokens([AddedToken(name, special=True, normalized=False) for name in SPECIALS])
    tokenizer.save(str(path))
    return tokenizer


def _with_spaced_characters(written: str) -> str:
    """Add a token for the blank before every letter, digit and mark.

    faster-whisper suppresses the first token of " -", " '" and " ♪"; without these merges that would be the
    bare blank, which rare words need.
    """
    data = json.loads(written)
    known, merges = data["model"]["vocab"], data["model"]["merges"]
    for character in [*"-'âÃÂ", *string.ascii_letters, *string.digits]:
        if f"Ġ{character}" not in known:
            known[f"Ġ{character}"] = len(known)
            merges.append(["Ġ", character])
    return json.dumps(data)


def list_phonemes(mix: Mix, path: Path, seed: int) -> list[str]:
    """The phonemes that espeak says, silence first, written as JSON at `path`."""
    r, seen = random.Random(seed), Counter[str]()
    for index in range(_PHONEME_SAMPLE):
        said = speak(stream(mix, r), Voice(("es", "es-419")[index % 2], 190, 50))
        seen.update(name for _, name in said.phonemes if not name.startswith("_"))
    names = ["_", *(name for name, count in seen.most_common(_MOST_PHONEMES) if count >= _RAREST)]
    path.write_text(json.dumps(names, ensure_ascii=False), encoding="utf-8")
    return names
