"""What the decoder must write for a window, as Whisper writes it: prompt, timestamps, text, end."""

import math
import random
from dataclasses import replace

from transcripts.demo_speech.shards import TimedText
from transcripts.demo_speech.tokenizer import Vocabulary

Span = tuple[float, float] | None
IGNORED = -100
_LATEST_FIRST = 50  # faster-whisper lets no window's first timestamp be later than 1.0 s = 50 steps
_SPANISH_SHARE, _TIMES_SHARE, _SILENT_TAG_SHARE = 0.35, 0.5, 0.5
_PROMPT_TOKENS = (10, 100)


def time_token(at_s: float, ids: Vocabulary, *, up: bool) -> int:
    """The timestamp of `at_s`, to 0.1 s."""
    tenths = min(max(at_s, 0.0), 10.0) * 10
    return ids.first_time + (math.ceil(tenths - 0.35) if up else math.floor(tenths + 0.35)) * 5


def timed_tokens(texts: tuple[TimedText, ...], ids: Vocabulary) -> tuple[list[int], list[Span]]:
    """Tokens with timestamps, and for each text token when it is said.

    A last text that runs over the window's end gives only its start, so that the next window begins there; if
    it is the only one it is written, with its end doubled.
    """
    tokens: list[int] = []
    spans: list[Span] = []
    if not texts:
        return [ids.first_time], [None]
    for place, text in enumerate(texts):
        start = time_token(text.start_s, ids, up=False)
        start = min(start, ids.first_time + _LATEST_FIRST) if place == 0 else max(start, tokens[-1])
        unfinished = place == len(texts) - 1 and not text.full
        tokens.append(start)
        spans.append(None)
        if unfinished and place > 0:
            break
        tokens += text.ids.tolist()
        spans += _spans(text)
        end_s = float(text.ends[-1]) if unfinished else text.end_s
        end = max(time_token(end_s, ids, up=True), start)
        tokens += [end, end] if unfinished else [end]
        spans += [None, None] if unfinished else [None]
    return tokens, spans


def _spans(text: TimedText) -> list[Span]:
    return list(zip(text.starts.tolist(), text.ends.tolist(), strict=True))


def cropped(texts: tuple[TimedText, ...], length_s: float, word_starts: list[bool]) -> tuple[TimedText, ...]:
    """`texts` as far as they are heard in the first `length_s` seconds, whole words only."""
    kept: list[TimedText] = []
    for text in texts:
        if text.start_s >= length_s - 0.1:
            break
        full = text.full and text.end_s <= length_s + 0.03
        count = len(text.ids) if full else int((text.ends <= length_s + 0.03).sum())
        while not full and 0 < count < len(text.ids) and not word_starts[text.ids[count]]:
            count -= 1
        if count == 0 and not kept:
            break
        kept.append(
            replace(
                text,
                ids=text.ids[:count],
                starts=text.starts[:count],
                ends=text.ends[:count],
                full=full,
                end_s=min(text.end_s, length_s),
            )
        )
        if count == 0:
            break
    return tuple(kept)


def teach(
    texts: tuple[TimedText, ...], before: tuple[TimedText, ...] | None, ids: Vocabulary, r: random.Random
) -> tuple[list[int], list[int], list[Span]]:
    """Decoder input, what it must answer (IGNORED inside the prompt) and when each answer is said.

    Prompts come with and without language and timestamps; `before` is the text of an earlier window.
    """
    prompt: list[int] = []
    if before is not None:
        prompt = [ids.previous, *timed_tokens(before, ids)[0][-r.randint(*_PROMPT_TOKENS) :]]
    start = len(prompt)
    prompt.append(ids.start)
    if r.random() < _SPANISH_SHARE:
        prompt += [ids.spanish, ids.transcribe]
    if r.random() < _TIMES_SHARE:
        tokens, spans = timed_tokens(texts, ids)
    else:
        prompt.append(ids.no_times)
        tokens = [token for text in texts for token in text.ids.tolist()]
        spans = [span for text in texts for span in _spans(text)]
    whole = [*prompt, *tokens, ids.end]
    answers = [IGNORED] * start + whole[1:][start:]
    if not texts and (answers[start] != ids.first_time or r.random() < _SILENT_TAG_SHARE):
        answers[start] = ids.no_speech
    return whole[:-1], answers, [*[None] * (len(prompt) - 1), *spans, None]
