import random

import numpy as np
import pytest
from tokenizers import Tokenizer, models, pre_tokenizers

from transcripts.demo_speech.shards import TimedText, timed_text
from transcripts.demo_speech.synth import SpokenWord
from transcripts.demo_speech.targets import IGNORED, cropped, teach, time_token, timed_tokens
from transcripts.demo_speech.tokenizer import Vocabulary
from transcripts.demo_speech.windows import Utterance

IDS = Vocabulary(
    end=100, start=101, spanish=102, transcribe=104, previous=106, no_speech=107, no_times=108, first_time=109
)


def text(start_s: float, end_s: float, *, count: int = 4, full: bool = True) -> TimedText:
    edges = np.linspace(start_s, end_s, count + 1).astype(np.float32)
    return TimedText(np.arange(1, count + 1), edges[:-1], edges[1:], start_s, end_s, full)


def test_timestamps_count_in_steps_of_20_ms_rounded_to_tenths() -> None:
    assert time_token(0.0, IDS, up=False) == 109
    assert time_token(1.24, IDS, up=False) == 109 + 12 * 5
    assert time_token(1.24, IDS, up=True) == 109 + 13 * 5
    assert time_token(99.0, IDS, up=True) == 109 + 500


def test_each_text_stands_between_its_timestamps() -> None:
    tokens, spans = timed_tokens((text(0.5, 1.5), text(2.0, 3.0)), IDS)
    assert tokens == [134, 1, 2, 3, 4, 184, 209, 1, 2, 3, 4, 259]
    assert spans[0] is None
    assert spans[1] == pytest.approx((0.5, 0.75))


def test_a_last_text_cut_by_the_window_gives_only_its_start() -> None:
    tokens, _ = timed_tokens((text(0.5, 1.5), text(9.0, 10.0, full=False)), IDS)
    assert tokens == [134, 1, 2, 3, 4, 184, 109 + 450]


def test_the_only_text_is_written_even_if_it_is_cut() -> None:
    tokens, _ = timed_tokens((text(0.0, 10.0, full=False),), IDS)
    assert tokens == [109, 1, 2, 3, 4, 609, 609]


def test_a_first_timestamp_is_never_later_than_a_second() -> None:
    assert timed_tokens((text(3.0, 4.0),), IDS)[0][0] == 109 + 50


def test_a_crop_keeps_whole_words_only() -> None:
    starts_word = [False, True, False, True, True, False]
    kept = cropped((text(0.0, 4.0), text(5.0, 6.0)), 3.1, starts_word)
    assert len(kept) == 1
    assert kept[0].ids.tolist() == [1, 2, 3]
    assert not kept[0].full


def test_nothing_is_asked_inside_the_prompt() -> None:
    for seed in range(20):
        tokens, answers, spans = teach((text(0.5, 1.5),), (text(1.0, 2.0),), IDS, random.Random(seed))
        start = tokens.index(IDS.start)
        assert tokens[0] == IDS.previous
        assert set(answers[:start]) == {IGNORED}
        assert answers[-1] == IDS.end
        assert len(tokens) == len(answers) == len(spans)
        assert [answer for answer, span in zip(answers, spans, strict=True) if span] == [1, 2, 3, 4]


def test_silence_answers_with_no_speech_or_ends_at_once() -> None:
    for seed in range(20):
        _, answers, _ = teach((), None, IDS, random.Random(seed))
        assert answers[0] in (IDS.no_speech, IDS.first_time)


def test_words_outside_the_window_are_left_out_and_cut_ones_kept_if_mostly_heard() -> None:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.add_tokens([" " + word for word in ("ya", "no", "le", "debo")])
    words = (
        SpokenWord("ya", -0.5, -0.1),
        SpokenWord("no", 0.0, 0.4),
        SpokenWord("le", 0.4, 1.0),
        SpokenWord("debo", 1.0, 2.0),
    )
    heard = timed_text(tokenizer, Utterance(words, -0.5, 2.0), 1.2)
    assert heard is not None
    assert tokenizer.decode(heard.ids.tolist(), skip_special_tokens=False).split() == ["no", "le"]
    assert not heard.full
    assert (heard.start_s, heard.end_s) == (0.0, 1.2)
