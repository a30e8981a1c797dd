"""The whole way from texts to the model folder: what `coach train-demo-asr` runs."""

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from transcripts.demo_speech.mix import load_mix
from transcripts.demo_speech.shards import write_shards
from transcripts.demo_speech.tokenizer import build_tokenizer, list_phonemes

WINDOWS = 24_000
TOKENIZER, PHONEMES = "tokenizer.json", "phonemes.json"
_FURTHER_RATE = 1e-3  # a model that can hear already is not shaken up as one from scratch


def train_demo_speech(
    out: Path,
    *,
    minutes: float,
    work: Path,
    seed: int,
    resume: bool,
    progress: Callable[[str], None],
    windows: int = WINDOWS,
    processes: int = 2,
    threads: int = 2,
    begin_with: Path | None = None,
) -> None:
    """Write the demo speech model into `out`: windows, training of `minutes`, export, digests.

    `work` keeps windows (2.2 GB for 24 000) and checkpoint; with `resume` what lies there is used again.
    `begin_with`, the folder of such a model, gives tokens and first weights: it is trained further.
    Raises DemoSpeechError when espeak-ng is missing.
    """
    from transcripts.demo_speech.export import export
    from transcripts.demo_speech.train import Plan, train

    prepare(
        work, windows=windows, seed=seed, resume=resume, processes=processes, progress=progress,
        begin_with=begin_with,
    )  # fmt: skip
    plan = Plan(minutes=minutes, seed=seed, threads=threads)
    if begin_with is not None:
        plan = replace(plan, rate=_FURTHER_RATE, crop_share=0.0)
    checkpoint = train(work, plan, resume=resume, progress=progress, begin_with=begin_with)
    export(checkpoint, work / TOKENIZER, out)
    write_digests(out)
    progress(f"modelo escrito en {out}")


def prepare(
    work: Path,
    *,
    windows: int,
    seed: int,
    resume: bool,
    processes: int,
    progress: Callable[[str], None],
    begin_with: Path | None = None,
) -> None:
    """Tokenizer (that of `begin_with` if given), phonemes and windows; with `resume` only what is missing."""
    work.mkdir(parents=True, exist_ok=True)
    if not resume:
        for path in work.glob("shard-*"):
            path.unlink()
    if not (resume and (work / TOKENIZER).exists() and (work / PHONEMES).exists()):
        mix = load_mix()
        if begin_with is None:
            build_tokenizer(mix, work / TOKENIZER, seed)
        else:
            shutil.copyfile(begin_with / TOKENIZER, work / TOKENIZER)
        list_phonemes(mix, work / PHONEMES, seed)
    write_shards(work, windows, seed, processes, progress)


def write_digests(folder: Path) -> None:
    """Write `sha256` in `folder`: a line per file as sha256sum -c reads it."""
    from transcripts.demo_speech.export import FILES

    lines = [f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}" for name in FILES]
    (folder / "sha256").write_text("\n".join(lines) + "\n", encoding="utf-8")
