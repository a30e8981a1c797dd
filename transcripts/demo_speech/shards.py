"""Training windows on disk: written by several processes, read memory-mapped."""

import json
import multiprocessing
import random
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from transcripts.demo_speech.channel import MODEL_RATE
from transcripts.demo_speech.mel import BANDS, FRAMES_PER_SECOND, log_mel, to_bytes
from transcripts.demo_speech.mix import load_mix
from transcripts.demo_speech.windows import LABELS_PER_SECOND, WINDOW_S, Utterance, draw_window, label_frames

FRAMES = int(WINDOW_S * FRAMES_PER_SECOND)
LABELS = int(WINDOW_S * LABELS_PER_SECOND)
SHARD = 1000
_CLIPPED_SHARE = 0.75


@dataclass(frozen=True, slots=True)
class TimedText:
    """Token ids of one utterance with each token's start and end (s); `full`: it ends inside the window."""

    ids: npt.NDArray[np.int64]
    starts: npt.NDArray[np.float32]
    ends: npt.NDArray[np.float32]
    start_s: float
    end_s: float
    full: bool


@dataclass(frozen=True, slots=True)
class Shards:
    """All windows: features per file, and per window its frame count, phoneme labels and texts."""

    features: tuple[npt.NDArray[np.uint8], ...]
    offsets: npt.NDArray[np.int64]
    frames: npt.NDArray[np.int32]
    labels: npt.NDArray[np.uint8]
    texts: tuple[tuple[TimedText, ...], ...]

    def window(self, index: int) -> npt.NDArray[np.uint8]:
        """Features (80, 1000) of window `index`."""
        shard = int(np.searchsorted(self.offsets, index, "right")) - 1
        part: npt.NDArray[np.uint8] = self.features[shard]
        return np.asarray(part[index - self.offsets[shard]])


def timed_text(tokenizer: Tokenizer, said: Utterance, length_s: float) -> TimedText | None:
    """The words of `said` that lie inside 0..length_s as timed tokens; None when there are none."""
    inside = [word for word in said.words if _audible(word.start_s, word.end_s, length_s)]
    if not inside:
        return None
    text = "".join(f" {word.text}" for word in inside)
    at_character, place = np.zeros(len(text) + 1), 0
    for word in inside:
        span = len(word.text) + 1
        at_character[place : place + span + 1] = np.linspace(word.start_s, word.end_s, span + 1)
        place += span
    coded = tokenizer.encode(text, add_special_tokens=False)
    starts = np.array([at_character[low] for low, _ in coded.offsets], np.float32)
    ends = np.array([at_character[high] for _, high in coded.offsets], np.float32)
    return TimedText(
        np.array(coded.ids, np.int64),
        starts,
        np.maximum(ends, starts + 0.02),
        max(inside[0].start_s, 0.0),
        min(said.end_s, length_s),
        said.end_s <= length_s + 0.03,
    )


def _audible(start_s: float, end_s: float, length_s: float) -> bool:
    if start_s < -0.08:
        return False
    return end_s <= length_s + 0.03 or (min(end_s, length_s) - start_s) / (end_s - start_s) > _CLIPPED_SHARE


def write_shard(folder: Path, name: str, count: int, seed: int) -> float:
    """Write `count` windows as `name`.* in `folder` (which holds tokenizer.json and phonemes.json).

    Returns the hours of sound.
    """
    mix, tokenizer = load_mix(), Tokenizer.from_file(str(folder / "tokenizer.json"))
    phonemes = json.loads((folder / "phonemes.json").read_text(encoding="utf-8"))
    ids = {phoneme: index for index, phoneme in enumerate(phonemes)}
    r, rng = random.Random(seed), np.random.default_rng(seed)
    features = np.lib.format.open_memmap(
        folder / f"{name}.part.npy", mode="w+", dtype=np.uint8, shape=(count, BANDS, FRAMES)
    )
    frames, labels = np.zeros(count, np.int32), np.zeros((count, LABELS), np.uint8)
    texts: list[list[TimedText]] = []
    seconds = 0.0
    for index in range(count):
        window = draw_window(mix, r, rng)
        mels = log_mel(window.wave)[:, :FRAMES]
        features[index, :, : mels.shape[1]] = to_bytes(mels)
        frames[index], labels[index] = mels.shape[1], label_frames(window, ids)
        length_s = len(window.wave) / MODEL_RATE
        timed = [timed_text(tokenizer, said, length_s) for said in window.utterances]
        texts.append([text for text in timed if text])
        seconds += length_s
    features.flush()
    _save_texts(folder / f"{name}.npz", texts, frames, labels)
    (folder / f"{name}.part.npy").replace(folder / f"{name}.npy")
    return seconds / 3600


def write_shards(
    folder: Path, count: int, seed: int, processes: int, progress: Callable[[str], None]
) -> None:
    """Write `count` windows (rounded up to shards) by `processes` processes; shards already there stay."""
    names = [f"shard-{index:03d}" for index in range(-(-count // SHARD))]
    jobs = [(folder, name, SHARD, seed * 1000 + place) for place, name in enumerate(names)]
    todo = [job for job in jobs if not (folder / f"{job[1]}.npy").exists()]
    with multiprocessing.get_context("spawn").Pool(processes, _one_thread) as pool:
        for done, hours in enumerate(pool.imap_unordered(_write_one, todo), start=1):
            progress(f"ventanas: {done} de {len(todo)} bloques, {hours:.1f} h en el último")


def _write_one(job: tuple[Path, str, int, int]) -> float:
    return write_shard(*job)


def _one_thread() -> None:
    """One BLAS thread per process: the processes already fill the cores."""
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    threadpool_limits(1)


def _save_texts(
    path: Path, texts: list[list[TimedText]], frames: npt.NDArray[np.int32], labels: npt.NDArray[np.uint8]
) -> None:
    flat = [text for window in texts for text in window]
    np.savez(
        path,
        frames=frames,
        labels=labels,
        per_window=np.array([len(window) for window in texts], np.int32),
        per_text=np.array([len(text.ids) for text in flat], np.int32),
        ids=np.concatenate([np.zeros(0, np.int64), *(text.ids for text in flat)]).astype(np.int16),
        starts=np.concatenate([np.zeros(0, np.float32), *(text.starts for text in flat)]),
        ends=np.concatenate([np.zeros(0, np.float32), *(text.ends for text in flat)]),
        spans=np.array([[text.start_s, text.end_s, text.full] for text in flat], np.float32).reshape(-1, 3),
    )


def _load_texts(data: dict[str, npt.NDArray[Any]]) -> list[tuple[TimedText, ...]]:
    cuts = np.cumsum(data["per_text"])[:-1]
    ids = np.split(data["ids"].astype(np.int64), cuts)
    starts, ends = np.split(data["starts"], cuts), np.split(data["ends"], cuts)
    flat = [
        TimedText(token_ids, begin, end, float(span[0]), float(span[1]), bool(span[2]))
        for token_ids, begin, end, span in zip(ids, starts, ends, data["spans"], strict=True)
    ]
    bounds = np.concatenate([[0], np.cumsum(data["per_window"])])
    return [tuple(flat[low:high]) for low, high in pairwise(bounds)]


def load_shards(folder: Path) -> Shards:
    """Every finished shard in `folder`."""
    paths = sorted(path for path in folder.glob("shard-*.npy") if not path.name.endswith(".part.npy"))
    features = tuple(np.load(path, mmap_mode="r") for path in paths)
    side = [dict(np.load(path.with_suffix(".npz"))) for path in paths]
    return Shards(
        features,
        np.cumsum([0, *(len(part) for part in features)]),
        np.concatenate([part["frames"] for part in side]),
        np.concatenate([part["labels"] for part in side]),
        tuple(window for part in side for window in _load_texts(part)),
    )
