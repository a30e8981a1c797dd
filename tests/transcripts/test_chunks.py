"""Cutting speech for the engine, and finding the way back to the second of the call."""

from __future__ import annotations

import numpy as np
import pytest

from transcripts.channels import FRAME_S, Side
from transcripts.chunks import Chunk, Piece, pack, pieces_of
from transcripts.types import Segment, Word

RATE = 16000


def _side(*speech: tuple[float, float], seconds: float = 60.0) -> Side:
    chance = np.zeros(int(seconds / FRAME_S), np.float32)
    for start, end in speech:
        chance[int(start / FRAME_S) : int(end / FRAME_S)] = 0.9
    return Side(0, np.where(chance > 0, -20.0, -60.0).astype(np.float32), chance)


def _seconds(pieces: list[Piece]) -> list[tuple[float, float]]:
    return [(round(piece.start / RATE, 1), round(piece.end / RATE, 1)) for piece in pieces]


def test_each_stretch_of_speech_is_a_piece_with_a_margin() -> None:
    assert _seconds(pieces_of(_side((2, 4), (8, 9)), 10)) == [(1.8, 4.2), (7.8, 9.2)]


def test_a_breath_does_not_end_a_piece() -> None:
    assert len(pieces_of(_side((2, 4), (4.2, 6)), 10)) == 1


def test_margins_of_near_pieces_share_the_pause() -> None:
    first, second = pieces_of(_side((2, 4), (4.32, 6)), 10)

    assert first.end == second.start


def test_a_click_is_no_speech() -> None:
    assert pieces_of(_side((2, 2.05)), 10) == []


def test_long_speech_is_cut_to_the_window_where_it_is_weakest() -> None:
    side = _side((0, 25))
    weak = int(8 / FRAME_S)
    side.speech[weak] = 0.4

    pieces = pieces_of(side, 10)

    assert all(len(piece) <= 10 * RATE for piece in pieces)
    assert pieces[0].end == pytest.approx(8 * RATE, abs=600)
    assert pieces[-1].end == pytest.approx(25 * RATE, abs=0.3 * RATE)


def test_pieces_fill_few_chunks_and_keep_their_order_inside() -> None:
    lengths = (6, 6, 3, 3)
    pieces = [Piece(i * 20 * RATE, (i * 20 + length) * RATE) for i, length in enumerate(lengths)]

    chunks = pack(1, pieces, 10)

    assert [chunk.pieces for chunk in chunks] == [(pieces[0], pieces[2]), (pieces[1], pieces[3])]
    assert {chunk.channel for chunk in chunks} == {1}


def test_words_come_back_to_the_second_of_the_call() -> None:
    chunk = Chunk(1, (Piece(10 * RATE, 12 * RATE), Piece(30 * RATE, 33 * RATE)))
    words = (Word(0.5, 1.0, "Hola,", 0.9), Word(2.25, 2.75, "buenas.", 0.8))

    segment = chunk.in_call(Segment(0.5, 2.75, "Hola, buenas.", words))

    assert [(word.start_s, word.end_s) for word in segment.words] == [(10.5, 11.0), (30.25, 30.75)]
    assert (segment.start_s, segment.end_s, segment.channel) == (10.5, 30.75, 1)


def test_word_across_a_cut_stays_in_the_piece_that_holds_its_middle() -> None:
    chunk = Chunk(0, (Piece(10 * RATE, 12 * RATE), Piece(30 * RATE, 33 * RATE)))

    segment = chunk.in_call(Segment(1.5, 2.2, "pago", (Word(1.5, 2.2, "pago", 0.9),)))

    assert (segment.words[0].start_s, segment.words[0].end_s) == (11.5, 12.0)
