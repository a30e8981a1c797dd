"""The three things the demo model learns at once: the text, the phonemes, and where each token is said."""

from dataclasses import dataclass
from functools import cache

import torch
from torch import Tensor
from torch.nn import functional

from transcripts.demo_speech.batches import Batch
from transcripts.demo_speech.model import DemoWhisper
from transcripts.demo_speech.targets import IGNORED
from transcripts.demo_speech.windows import LABELS_PER_SECOND

_SMOOTHING, _SLACK_S = 0.05, 0.06


@dataclass(frozen=True, slots=True)
class Losses:
    """Cross-entropies of text and phonemes, missing attention; accuracies 0..1 of text, marks, phonemes."""

    text: Tensor
    phonemes: Tensor
    attention: Tensor
    text_right: float
    marks_right: float
    phonemes_right: float


def measure(model: DemoWhisper, batch: Batch, text_end: int) -> Losses:
    """All losses on `batch`; `text_end` is the first token id that is no text."""
    kind = batch.features.device.type
    with torch.autocast(kind, dtype=torch.bfloat16, enabled=kind != "cpu" or _fast_bfloat16()):
        states, attention, phonemes = model(batch.features, batch.tokens)
        asked = batch.answers != IGNORED
        scores = model.scores(states[asked])
    scores, wanted = scores.float(), batch.answers[asked]
    text = functional.cross_entropy(scores, wanted, label_smoothing=_SMOOTHING if model.training else 0.0)
    count = phonemes.shape[1]
    heard = torch.arange(count, device=batch.frames.device)[None] < (batch.frames // 2)[:, None]
    spoken, labels = phonemes[heard].float(), batch.labels[heard]
    right, is_text = (scores.argmax(-1) == wanted).float(), wanted < text_end
    return Losses(
        text,
        functional.cross_entropy(spoken, labels),
        _missing_attention(attention, batch.spans, count),
        float(right[is_text].mean()),
        float(right[~is_text].mean()),
        float((spoken.argmax(-1) == labels).float().mean()),
    )


@cache
def _fast_bfloat16() -> bool:
    """True where the processor knows bfloat16; one that imitates it takes eight times as long as float32."""
    knows = torch.cpu.get_capabilities()
    return bool(knows.get("avx512_bf16") or knows.get("amx_bf16") or knows.get("bf16"))


def _missing_attention(attention: list[Tensor], spans: Tensor, count: int) -> Tensor:
    """Minus the log of the attention that falls inside each token's true time, averaged over guided heads."""
    said = spans[..., 1] > 0
    if not said.any():
        return spans.new_zeros(())
    low = ((spans[..., 0] - _SLACK_S) * LABELS_PER_SECOND).clamp(0, count - 1)
    high = ((spans[..., 1] + _SLACK_S) * LABELS_PER_SECOND).clamp(1, count)
    places = torch.arange(count + 1, device=spans.device)
    inside = places >= low[:, None, :, None].floor()
    inside = inside & (places <= high[:, None, :, None].ceil()) & (places < count)
    total = spans.new_zeros(())
    for weights in attention:
        missing = torch.logsumexp(weights, -1) - torch.logsumexp(weights.masked_fill(~inside, -1e4), -1)
        total = total + missing[said[:, None].expand(-1, weights.shape[1], -1)].mean()
    return total / len(attention)
