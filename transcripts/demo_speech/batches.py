"""Training batches: features with masks and level shifts, decoder input and answers."""

import random
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from transcripts.demo_speech.mel import BREADTH, FRAMES_PER_SECOND, LOWEST
from transcripts.demo_speech.shards import FRAMES, Shards
from transcripts.demo_speech.targets import IGNORED, cropped, teach
from transcripts.demo_speech.tokenizer import BYTES, Vocabulary

_WRONG_SHARE = 0.06


@dataclass(frozen=True, slots=True)
class Batch:
    """Tensors of b windows.

    features (b, 80, frames), frames (b), tokens and answers (b, n), labels (b, frames / 2),
    spans (b, n, 2) in seconds with 0 for none.
    """

    features: Tensor
    frames: Tensor
    tokens: Tensor
    answers: Tensor
    spans: Tensor
    labels: Tensor

    def to(self, device: str) -> "Batch":
        """The batch on `device`."""
        return Batch(*(getattr(self, name).to(device, non_blocking=True) for name in self.__slots__))


@dataclass(frozen=True, slots=True)
class Source:
    """Windows with the vocabulary and, by token id, whether a token begins a word."""

    shards: Shards
    ids: Vocabulary
    word_starts: list[bool]


def make_batch(
    source: Source,
    chosen: npt.NDArray[np.int64],
    r: random.Random,
    *,
    training: bool,
    with_before: bool = False,
    crop_s: float | None = None,
) -> Batch:
    """The windows `chosen`, cut to `crop_s` seconds if given; `training` disturbs sound and input tokens."""
    shards = source.shards
    stacked = np.stack([shards.window(index) for index in chosen])
    features = torch.from_numpy(stacked).float().mul_(BREADTH / 255).add_(LOWEST)
    frames = torch.from_numpy(shards.frames[chosen]).long()
    labels = torch.from_numpy(shards.labels[chosen]).long()
    if training:
        features = _disturbed(features, r)
    features = features * (torch.arange(FRAMES)[None, None] < frames[:, None, None])
    if crop_s:
        cut = int(crop_s * FRAMES_PER_SECOND)
        features, labels = features[:, :, :cut].contiguous(), labels[:, : cut // 2]
        frames = frames.clamp(max=cut)
    tokens, answers, spans = _lessons(
        source, chosen, r, with_before=with_before, crop_s=crop_s, training=training
    )
    return Batch(features, frames, tokens, answers, spans, labels)


def _lessons(
    source: Source,
    chosen: npt.NDArray[np.int64],
    r: random.Random,
    *,
    training: bool,
    with_before: bool,
    crop_s: float | None,
) -> tuple[Tensor, Tensor, Tensor]:
    """Tokens, answers and spans of the windows `chosen`, padded to the longest."""
    texts = source.shards.texts
    lessons = []
    for index in chosen:
        said = cropped(texts[index], crop_s, source.word_starts) if crop_s else texts[index]
        before = texts[r.randrange(len(texts))] if with_before else None
        lessons.append(teach(said, before, source.ids, r))
    longest = max(len(given) for given, _, _ in lessons)
    tokens = torch.full((len(chosen), longest), source.ids.end)
    answers = torch.full((len(chosen), longest), IGNORED)
    spans = torch.zeros(len(chosen), longest, 2)
    for row, (given, wanted, times) in enumerate(lessons):
        tokens[row, : len(given)] = torch.tensor(_misheard(given, source.ids, r) if training else given)
        answers[row, : len(wanted)] = torch.tensor(wanted)
        for place, span in enumerate(times):
            if span is not None:
                spans[row, place, 0], spans[row, place, 1] = span
    return tokens, answers, spans


def _disturbed(features: Tensor, r: random.Random) -> Tensor:
    """Other levels, a raised floor, bands and moments masked."""
    count = len(features)
    features = features + torch.empty(count, 1, 1).uniform_(-0.2, 0.2)
    floor = torch.rand(count, 1, 1) * 0.6 * (torch.rand(count, 1, 1) < 0.5)
    features = torch.maximum(features, features.amax((1, 2), keepdim=True) - 2 + floor)
    for row in range(count):
        average = features[row].mean()
        if r.random() < 0.5:
            band = r.randint(0, 70)
            features[row, band : band + r.randint(1, 10)] = average
        for _ in range(r.choice([0, 1, 2])):
            at = r.randint(0, FRAMES - 20)
            features[row, :, at : at + r.randint(2, 12)] = average
    return features


def _misheard(tokens: list[int], ids: Vocabulary, r: random.Random) -> list[int]:
    """Some text tokens replaced, so that the decoder trusts the sound more than its own words."""
    first = tokens.index(ids.start) + 4
    out = list(tokens)
    for place in range(first, len(tokens)):
        if tokens[place] < ids.end and r.random() < _WRONG_SHARE:
            out[place] = r.randrange(BYTES, ids.end)
    return out
