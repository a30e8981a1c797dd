"""Training of the demo speech model, on CPU or GPU; it can stop at any time and go on from its checkpoint."""

import json
import random
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Tokenizer

from transcripts.demo_speech.batches import Source, make_batch
from transcripts.demo_speech.begin import exported_weights
from transcripts.demo_speech.errors import DemoSpeechError
from transcripts.demo_speech.losses import Losses, measure
from transcripts.demo_speech.model import DemoWhisper, Shape
from transcripts.demo_speech.shards import load_shards
from transcripts.demo_speech.tokenizer import vocabulary

Progress = Callable[[str], None]
_KEPT_FOR_CHECKS = 96
_WARM_UP_STEPS, _FLAT_SHARE, _LOWEST_RATE = 100, 0.4, 1e-3
_HELPERS_FULL_STEPS = 400
_CROPS_S = (4.0, 5.0)
_SAVE_EVERY_S, _TELL_EVERY = 240.0, 25


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how: the run ends at `minutes` or `steps`, whichever comes first.

    `crop_share` of the run sees 4 to 5 s only; from `before_share` on, one batch in five has text before it.
    """

    minutes: float
    steps: int = 1_000_000
    batch: int = 12
    rate: float = 2e-3  # the highest learning rate
    crop_share: float = 0.2
    before_share: float = 0.45
    threads: int = 2
    seed: int = 0

    def position(self, step: int, elapsed_s: float) -> float:
        """How far the run is, 0..1."""
        return max(step / self.steps, elapsed_s / (self.minutes * 60))

    def rate_at(self, step: int, position: float) -> float:
        """Learning rate: warm-up, flat, then a straight line to nothing."""
        falling = min(1.0, (1 - position) / (1 - _FLAT_SHARE))
        return self.rate * max(min(1.0, (step + 1) / _WARM_UP_STEPS) * falling, _LOWEST_RATE)


@dataclass(slots=True)
class State:
    """What a checkpoint holds besides the weights."""

    step: int = 0
    elapsed_s: float = 0.0


def open_source(work: Path) -> tuple[Source, int]:
    """The windows in `work`, and the number of phonemes."""
    tokenizer = Tokenizer.from_file(str(work / "tokenizer.json"))
    ids = vocabulary(tokenizer)
    word_starts = [(tokenizer.id_to_token(token) or "").startswith("Ġ") for token in range(ids.end)]
    phonemes = json.loads((work / "phonemes.json").read_text(encoding="utf-8"))
    return Source(load_shards(work), ids, word_starts), len(phonemes)


def train(
    work: Path, plan: Plan, *, resume: bool, progress: Progress, begin_with: Path | None = None
) -> Path:
    """Train on the windows in `work`; returns the checkpoint, `work`/model.pt.

    `resume` goes on from that checkpoint if there is one; else `begin_with`, the folder of an exported model
    with the same tokens, gives the first weights.
    """
    torch.set_num_threads(plan.threads)
    torch.manual_seed(plan.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    source, phonemes = open_source(work)
    model = DemoWhisper(Shape(source.ids.size, phonemes)).to(device)
    optimizers = _optimizers(model, plan.rate)
    path, state = work / "model.pt", State()
    if resume and path.exists():
        state = _load(path, model, optimizers, device)
    elif begin_with is not None:
        _take_exported(model, begin_with)
    size = sum(parameter.numel() for parameter in model.parameters())
    progress(f"{len(source.shards.frames)} ventanas, {size} parámetros, {device}")
    _run(model, optimizers, source, plan, state, path, device, progress)
    return path


def _take_exported(model: DemoWhisper, folder: Path) -> None:
    """The weights of the exported model; its phoneme reader was left out there and is learnt anew."""
    weights = exported_weights(folder, model.shape.positions)
    tensors = {name: torch.from_numpy(value.copy()) for name, value in weights.items()}
    unfit = model.load_state_dict(tensors, strict=False)
    missing = [name for name in unfit.missing_keys if not name.startswith("phonemes.")]
    if missing or unfit.unexpected_keys:
        raise DemoSpeechError(f"{folder}: los pesos no encajan: {missing or unfit.unexpected_keys}")


def _run(
    model: DemoWhisper,
    optimizers: list[torch.optim.Optimizer],
    source: Source,
    plan: Plan,
    state: State,
    path: Path,
    device: str,
    progress: Progress,
) -> None:
    r = random.Random(plan.seed + state.step)
    order = _Order(len(source.shards.frames), plan.seed + state.step)
    began, saved = time.monotonic() - state.elapsed_s, time.monotonic()
    average = _Average()
    while (position := plan.position(state.step, state.elapsed_s)) < 1:
        for optimizer in optimizers:
            for group in optimizer.param_groups:
                group["lr"] = plan.rate_at(state.step, position)
        crop_s = r.choice(_CROPS_S) if position < plan.crop_share else None
        before = position > plan.before_share and r.random() < 0.2
        chosen = order.take(plan.batch)
        batch = make_batch(source, chosen, r, training=True, with_before=before, crop_s=crop_s).to(device)
        average.add(_learn(model, optimizers, measure(model, batch, source.ids.end), state.step))
        state.step, state.elapsed_s = state.step + 1, time.monotonic() - began
        if state.step % _TELL_EVERY == 0:
            progress(f"paso {state.step}, {state.elapsed_s / 60:.1f} min, {position:.0%}: {average.tell()}")
        if time.monotonic() - saved > _SAVE_EVERY_S:
            progress(f"comprobación, paso {state.step}: {check(model, source, device)}")
            _save(path, model, optimizers, state)
            saved = time.monotonic()
    progress(f"comprobación final, paso {state.step}: {check(model, source, device)}")
    _save(path, model, optimizers, state)


def _learn(model: DemoWhisper, optimizers: list[torch.optim.Optimizer], losses: Losses, step: int) -> Losses:
    """One step; the two helpers weigh less once they have shown the way."""
    early = step < _HELPERS_FULL_STEPS
    total = losses.text + (1.0 if early else 0.4) * losses.phonemes
    total = total + (1.0 if early else 0.3) * losses.attention
    total.backward()  # type: ignore[no-untyped-call]
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    for optimizer in optimizers:
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
    return losses


def check(model: DemoWhisper, source: Source, device: str) -> str:
    """Losses on the windows kept apart, as a line of text."""
    model.eval()
    r, average = random.Random(5), _Average(keep=0.0, mean=True)
    with torch.no_grad():
        for first in range(0, _KEPT_FOR_CHECKS, 32):
            batch = make_batch(source, np.arange(first, first + 32), r, training=False).to(device)
            average.add(measure(model, batch, source.ids.end))
    model.train()
    return average.tell()


def _optimizers(model: DemoWhisper, rate: float) -> list[torch.optim.Optimizer]:
    """Muon for the matrices inside the layers, AdamW for everything else."""
    matrices: list[torch.nn.Parameter] = []
    others: list[torch.nn.Parameter] = []
    for name, parameter in model.named_parameters():
        (matrices if parameter.ndim == 2 and "layers" in name else others).append(parameter)
    return [
        torch.optim.Muon(
            matrices, lr=rate, weight_decay=0.05, momentum=0.95, nesterov=True, adjust_lr_fn="match_rms_adamw"
        ),
        torch.optim.AdamW(others, lr=rate, betas=(0.9, 0.98), weight_decay=0.0),
    ]


def _save(path: Path, model: DemoWhisper, optimizers: list[torch.optim.Optimizer], state: State) -> None:
    content: dict[str, Any] = {
        "weights": model.state_dict(),
        "shape": asdict(model.shape),
        "state": asdict(state),
        "optimizers": [optimizer.state_dict() for optimizer in optimizers],
    }
    part = path.with_suffix(".part")
    torch.save(content, part)
    part.replace(path)


def _load(path: Path, model: DemoWhisper, optimizers: list[torch.optim.Optimizer], device: str) -> State:
    content = torch.load(path, map_location=device)
    model.load_state_dict(content["weights"])
    for optimizer, kept in zip(optimizers, content["optimizers"], strict=True):
        optimizer.load_state_dict(kept)
    return State(**content["state"])


class _Order:
    """Windows in random order, all of them before any comes again; those kept for checks never."""

    def __init__(self, count: int, seed: int) -> None:
        self._rng, self._count = np.random.default_rng(seed), count
        self._left = np.zeros(0, np.int64)

    def take(self, many: int) -> npt.NDArray[np.int64]:
        if len(self._left) < many:
            self._left = self._rng.permutation(np.arange(_KEPT_FOR_CHECKS, self._count))
        taken, self._left = self._left[:many], self._left[many:]
        return taken


class _Average:
    """Moving (or plain) averages of the losses, to tell."""

    def __init__(self, keep: float = 0.95, mean: bool = False) -> None:
        self._keep, self._mean = keep, mean
        self._values: list[list[float]] = []
        self._moving: list[float] = []
        self._since, self._steps = time.monotonic(), 0

    def add(self, losses: Losses) -> None:
        values = [
            float(losses.text.detach()),
            float(losses.phonemes.detach()),
            float(losses.attention.detach()),
            losses.text_right,
            losses.marks_right,
            losses.phonemes_right,
        ]
        self._steps += 1
        self._values = [*self._values, values] if self._mean else []
        old = self._moving or values
        self._moving = [self._keep * a + (1 - self._keep) * b for a, b in zip(old, values, strict=True)]

    def tell(self) -> str:
        values = np.mean(self._values, 0).tolist() if self._mean else self._moving
        speed = self._steps / max(time.monotonic() - self._since, 1e-9)
        self._since, self._steps = time.monotonic(), 0
        names = ("texto", "fonemas", "atención", "acierto", "marcas", "fonemas")
        told = " ".join(f"{name} {value:.3f}" for name, value in zip(names, values, strict=True))
        return f"{told} ({speed:.2f}/s)"
