"""Whether a file was finished, and what that says of the call."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers_audio import SAMPLES, sample, tone, write, write_wav
from tests.transcripts.conftest import Hear
from tests.transcripts.fake_engine import FakeEngine, says
from transcripts.audio import decoded
from transcripts.headers import ending
from transcripts.options import Limits
from transcripts.probe import probe

CALL = SAMPLES / "mx-01-promesa-quincena.ogg"
TALK = "Señor Pérez, ¿me puede pagar el viernes?"
GOODBYE = "Muchas gracias, que tenga buen día."


def _pages(data: bytes) -> list[int]:
    """Where the pages of an Ogg file begin."""
    starts, at = [], data.find(b"OggS\0")
    while at >= 0:
        starts.append(at)
        at = data.find(b"OggS\0", at + 4)
    return starts


def _cut(path: Path, *, at_page: bool, share: float = 0.33) -> Path:
    data = CALL.read_bytes()
    page = next(start for start in _pages(data) if start > share * len(data))
    path.write_bytes(data[: page if at_page else page + 200])
    return path


def test_finished_files_are_whole(tmp_path: Path) -> None:
    mp3 = write(tmp_path / "a.mp3", tone(2.0), "libmp3lame", "mp3", bit_rate=64000)
    wav, ogg = (
        write_wav(tmp_path / "a.wav", tone(2.0)),
        write(tmp_path / "a.ogg", tone(2.0), "libopus", "ogg", 48000),
    )

    m4a = write(tmp_path / "a.m4a", tone(2.0), "aac", "mp4")
    webm = write(tmp_path / "a.webm", tone(2.0), "libopus", "webm", 48000)
    assert [ending(path) for path in (mp3, wav, ogg, m4a, webm)] == ["whole"] * 5
    assert {ending(path) for path in SAMPLES.glob("*.ogg")} == {"whole"}


@pytest.mark.parametrize("more", [1, 20, 27, 40, 200])
def test_an_ogg_that_stops_within_a_page_is_broken(tmp_path: Path, more: int) -> None:
    data = CALL.read_bytes()
    path = tmp_path / "media.ogg"
    path.write_bytes(data[: _pages(data)[5] + 4 + more])

    assert ending(path) == "broken"
    with decoded(path, probe(path), Limits()) as audio:
        assert (audio.damaged, audio.cut_short) == (True, True)


@pytest.mark.parametrize(
    ("name", "codec", "container", "options"),
    [
        ("a.mp3", "libmp3lame", "mp3", {}),
        ("nombrada.mp3", "libmp3lame", "mp3", {"id3v2_version": "4"}),
        ("a.webm", "libopus", "webm", {}),
        ("a.mka", "libopus", "matroska", {}),
        ("a.m4a", "aac", "mp4", {"movflags": "frag_keyframe+empty_moov"}),
    ],
)
@pytest.mark.parametrize("share", [0.5, 0.98])
def test_a_file_that_says_how_far_it_goes_and_stops_before_is_broken(
    tmp_path: Path, name: str, codec: str, container: str, options: dict[str, str], share: float
) -> None:
    rate = 48000 if codec == "libopus" else 16000
    data = write(tmp_path / name, tone(20.0), codec, container, rate, options=options).read_bytes()
    path = tmp_path / f"cortada-{name}"
    path.write_bytes(data[: int(share * len(data))])

    assert ending(tmp_path / name) == "whole"
    assert ending(path) == "broken"
    with decoded(path, probe(path), Limits()) as audio:
        assert (audio.damaged, audio.cut_short) == (True, True)


@pytest.mark.parametrize(
    ("name", "codec", "container", "options"),
    [("a.mp3", "libmp3lame", "mp3", {"write_xing": "0"}), ("a.webm", "libopus", "webm", {"live": "1"})],
)
def test_one_that_does_not_say_how_far_it_goes_is_not_held_to_it(
    tmp_path: Path, name: str, codec: str, container: str, options: dict[str, str]
) -> None:
    rate = 48000 if codec == "libopus" else 16000
    path = write(tmp_path / name, tone(20.0), codec, container, rate, options=options)
    path.write_bytes(path.read_bytes()[:-2500])

    assert ending(path) == "whole"


def test_an_ogg_without_its_last_page_is_open_and_no_damage(tmp_path: Path) -> None:
    path = _cut(tmp_path / "media.ogg", at_page=True)

    assert ending(path) == "open"
    with decoded(path, probe(path), Limits()) as audio:
        assert (audio.damaged, audio.cut_short) == (False, False)


def test_a_wav_whose_length_nobody_filled_in_is_open_and_one_from_a_pipe_is_not(tmp_path: Path) -> None:
    data = bytearray(write_wav(tmp_path / "a.wav", tone(2.0)).read_bytes())
    for size, expected in ((0, "open"), (0xFFFFFFFF, "whole")):
        data[40:44] = size.to_bytes(4, "little")
        (tmp_path / "b.wav").write_bytes(data)
        assert ending(tmp_path / "b.wav") == expected


@pytest.mark.parametrize("said", [TALK, GOODBYE])
def test_half_a_file_is_a_call_cut_off_whatever_is_heard_in_it(tmp_path: Path, hear: Hear, said: str) -> None:
    wav = write_wav(tmp_path / "media.wav", sample(CALL.stem, 0, 30))
    wav.write_bytes(wav.read_bytes()[: wav.stat().st_size // 3])
    ogg = _cut(tmp_path / "media.ogg", at_page=False)

    for path in (wav, ogg):
        trust = hear(path, FakeEngine(says(said))).trust
        assert (trust.damaged, trust.ends_cut) == (True, True)
        assert {"damaged", "ends_cut"} <= {each.code for each in trust.notices}


def test_of_a_file_that_nobody_closed_a_goodbye_tells_that_the_call_was_over(
    tmp_path: Path, hear: Hear
) -> None:
    path = _cut(tmp_path / "en vivo.ogg", at_page=True)

    over, cut = (hear(path, FakeEngine(says(said))).trust for said in (GOODBYE, TALK))
    assert (over.damaged, over.ends_cut) == (False, False)
    assert (cut.damaged, cut.ends_cut) == (False, True)


def test_a_hole_is_no_end(tmp_path: Path, hear: Hear) -> None:
    data = bytearray(CALL.read_bytes())
    middle = _pages(bytes(data))[6]
    data[middle : middle + 4] = b"????"
    path = tmp_path / "hueco.ogg"
    path.write_bytes(data)

    trust = hear(path, FakeEngine(says(GOODBYE))).trust
    assert not trust.ends_cut
