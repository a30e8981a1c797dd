"""A speech engine that answers wrongly is named, with what is wrong; what rounding does is cut."""

from __future__ import annotations

import errno
import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.helpers_audio import sample, write_wav
from tests.transcripts.conftest import Hear
from tests.transcripts.fake_engine import FakeEngine, says
from transcripts.engine_answers import answers, slow_answers
from transcripts.engines import ENGINES
from transcripts.options import SpeechOptions
from transcripts.transcribe import transcribe
from transcripts.types import Recording, Segment, TranscriptError, Word

NO_TEXT: Any = None
WAVE = np.zeros(5 * 16000, np.float32)


def said(*times: tuple[Any, Any], confidence: Any = 0.9, **given: Any) -> Segment:
    return Segment(0.0, 5.0, "sí", tuple(Word(*both, "sí", confidence) for both in times), **given)


def heard(given: Any) -> Segment | None:
    engine = FakeEngine(lambda wave: given, asked=SpeechOptions(engine="propio"))
    return answers(engine, [WAVE], None)[0]


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        (said((9000.0, 9001.0)), "puso una palabra en el segundo 9000.0 de un audio de 5.0 s"),
        (said((-3.0, 1.0)), "segundo -3.0 de un audio"),
        (said((1.0, math.nan)), "dio «nan» como tiempo de una palabra"),
        (said((None, 1.0)), "dio «None» como tiempo"),
        (said((4.0, 1.0)), "terminan antes de empezar, o en desorden (segundos 4.0 y 1.0)"),
        (said((3.0, 4.0), (1.0, 2.0)), "en desorden (segundos 3.0 y 1.0)"),
        (said((1.0, 2.0), confidence=7.5), "dio una confianza de 7.5, y va de 0 a 1"),
        (said((1.0, 2.0), confidence=math.nan), "confianza de nan"),
        (said((1.0, 2.0), no_speech=-4.0), "confianza de -4.0"),
        (said(), "dio un texto sin sus palabras"),
        (replace(said((1.0, 2.0)), words=(Word(1.0, 2.0, NO_TEXT, 0.9),)), "no es texto («None»)"),
        ("sí", "dio «str» donde van segmentos con palabras"),
    ],
)
def test_an_answer_that_cannot_be_right_names_the_engine(given: Any, wrong: str) -> None:
    with pytest.raises(TranscriptError) as told:
        heard(given)
    assert str(told.value).startswith("El motor de voz «propio» contestó mal: ")
    assert wrong in str(told.value)
    with pytest.raises(TranscriptError, match="«propio» contestó mal"):
        slow_answers(FakeEngine(second=lambda w: given, asked=SpeechOptions(engine="propio")), WAVE, None)


def test_what_rounding_does_is_cut_to_the_sound() -> None:
    found = heard(said((-0.2, 1.0), (0.9, 0.8), (4.8, 5.6), confidence=np.float32(1.0001)))

    assert found is not None
    assert [(word.start_s, word.end_s) for word in found.words] == [(0.0, 1.0), (0.9, 0.9), (4.8, 5.0)]
    assert {word.confidence for word in found.words} == {1.0}


def test_a_right_answer_stays_as_it_is() -> None:
    right = replace(says("buenos días")(WAVE) or said(), end_s=5.0)

    assert heard(right) == right
    assert heard(None) is None


@pytest.mark.parametrize("given", [None, [], [None, None, None]])
def test_answers_to_another_number_of_waves_name_the_engine(given: Any) -> None:
    class Miscounts(FakeEngine):
        def transcribe(self, waves: Any, hotwords: str | None = None) -> Any:
            return given

    with pytest.raises(TranscriptError, match=f"«fake» contestó mal: dio {len(given or [])} respuestas a 2"):
        answers(Miscounts(asked=SpeechOptions(engine="fake")), [WAVE, WAVE], None)


def _fails(error: Exception) -> Callable[[Any], Any]:
    def answer(wave: Any) -> Any:
        raise error

    return answer


def test_an_error_of_the_engine_is_told_as_its_own(tmp_path: Path, hear: Hear) -> None:
    sound = write_wav(tmp_path / "a.wav", sample("mx-01-promesa-quincena", 0, 10))

    with pytest.raises(TranscriptError, match=r"«fake» falló con un error suyo \(ValueError: sin memoria\)"):
        hear(sound, FakeEngine(_fails(ValueError("sin memoria"))))
    with pytest.raises(TranscriptError, match=r"^Falta el modelo\.$"):
        hear(sound, FakeEngine(_fails(TranscriptError("Falta el modelo."))))
    with pytest.raises(OSError, match="lleno"):  # a full disk is waited for
        hear(sound, FakeEngine(_fails(OSError(errno.ENOSPC, "lleno"))))


def test_an_engine_that_does_not_load_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sound = write_wav(tmp_path / "a.wav", sample("mx-01-promesa-quincena", 0, 10))
    monkeypatch.setitem(ENGINES, "roto", _fails(ImportError("No module named 'roto'")))

    with pytest.raises(TranscriptError, match="«roto» falló con un error suyo"):
        transcribe(Recording("1", audio=sound), SpeechOptions(engine="roto"))
