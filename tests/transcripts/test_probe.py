"""Every kind of file that people drop on us: what is read, and what is refused with which sentence."""

from __future__ import annotations

import random
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import av
import numpy as np
import pytest

from tests.helpers_audio import joined, silence, tone, write, write_wav
from transcripts.audio import _Resampler, decoded
from transcripts.options import Limits
from transcripts.probe import Probe, opened, probe
from transcripts.types import TranscriptError

FORMATS = [
    # name, codec, container, rate, bit rate, channels
    ("pcm16.wav", "pcm_s16le", "wav", 8000, None, 2),
    ("pcm24.wav", "pcm_s24le", "wav", 8000, None, 2),
    ("float.wav", "pcm_f32le", "wav", 8000, None, 2),
    ("alaw.wav", "pcm_alaw", "wav", 8000, None, 2),
    ("mulaw.wav", "pcm_mulaw", "wav", 8000, None, 2),
    ("ima.wav", "adpcm_ima_wav", "wav", 8000, None, 2),
    ("ms.wav", "adpcm_ms", "wav", 8000, None, 2),
    ("sun.au", "pcm_mulaw", "au", 8000, None, 2),
    ("call.mp3", "libmp3lame", "mp3", 8000, 64000, 2),
    ("call.ogg", "libopus", "ogg", 48000, None, 2),
    ("call.opus", "libopus", "ogg", 48000, None, 2),
    ("call.webm", "libopus", "webm", 48000, None, 2),
    ("call.m4a", "aac", "mp4", 16000, None, 2),
    ("call.wma", "wmav2", "asf", 44100, 64000, 2),
    ("call.flac", "flac", "flac", 8000, None, 2),
    ("call.amr", "libopencore_amrnb", "amr", 8000, 12200, 1),
    ("call.g722", "g722", "g722", 16000, None, 1),
    ("g722.wav", "g722", "wav", 16000, None, 1),
]


@pytest.mark.parametrize(("name", "codec", "container", "rate", "bit_rate", "channels"), FORMATS)
def test_sound_of_each_format_is_read_whole_with_its_channels_apart(
    tmp_path: Path, name: str, codec: str, container: str, rate: int, bit_rate: int | None, channels: int
) -> None:
    left = tone(4.0, 600.0, 2)
    left[:, 1] = 0.0
    path = write(tmp_path / name, left[:, :channels], codec, container, rate, bit_rate)

    found = probe(path)
    with decoded(path, found, Limits()) as audio:
        assert audio.channels == channels
        assert audio.duration_s == pytest.approx(4.0, abs=0.15)
        assert not audio.damaged
        samples = audio.samples(16000, 48000).astype(float)
    assert abs(samples[:, 0]).mean() > 1000
    if channels == 2:
        assert abs(samples[:, 1]).mean() < 0.05 * abs(samples[:, 0]).mean()


def test_gsm_in_wav_is_read(tmp_path: Path) -> None:
    data = (b"\xd2" + bytes(64)) * 100
    header = struct.pack("<HHIIHHHH", 0x31, 1, 8000, 1625, 65, 0, 2, 320)
    path = tmp_path / "gsm.wav"
    path.write_bytes(_riff(header, data))

    found = probe(path)

    assert (found.codec, found.channels, found.sample_rate) == ("gsm_ms", 1, 8000)
    assert found.header_s == pytest.approx(4.0)


def test_g729_in_wav_is_read(tmp_path: Path) -> None:
    path = tmp_path / "g729.wav"
    path.write_bytes(
        _riff(struct.pack("<HHIIHH", 0x83, 1, 8000, 1000, 10, 0), random.Random(1).randbytes(4000))
    )

    found = probe(path)

    assert (found.codec, found.channels) == ("g729", 1)


def test_facts_of_a_stereo_telephone_recording(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "llamada.wav", tone(2.0))

    assert probe(path) == Probe("wav", "pcm_s16le", 2, 8000, 2.0)


def test_ending_in_capitals_or_wrong_does_not_matter(tmp_path: Path) -> None:
    path = write(tmp_path / "LLAMADA.MP3", tone(2.0), "pcm_s16le", "wav")

    assert probe(path).codec == "pcm_s16le"


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("azar.wav", random.Random(3).randbytes(20_000), "no se reconoce como audio"),
        ("vacio.wav", b"", "está vacío"),
        ("texto.mp3", b"hola, esto es una nota" * 40, "no se reconoce como audio"),
        ("pagina.mp3", b"<!doctype html><html><body>404</body></html>" * 9, "parece una página web"),
        ("suelta.mp3", b"\n <?xml version='1.0'?><error>no hay</error>" * 9, "parece una página web"),
        ("respuesta.wav", b'{"error": "no hay"}' * 30, "parece un archivo JSON"),
        ("menor.wav", b"<" + random.Random(5).randbytes(20_000), "no se reconoce como audio"),
        ("letra.wav", b"<h\x00\x01" + random.Random(5).randbytes(20_000), "no se reconoce como audio"),
        ("llave.wav", b"{" + random.Random(6).randbytes(20_000), "no se reconoce como audio"),
        ("lista.wav", b"ffconcat version 1.0\nfile otra.wav\n", "parece una lista de archivos"),
        ("lista2.wav", b"#EXTM3U\n#EXTINF:10,\notra.wav\n", "parece una lista de reproducción"),
        ("documento.wav", b"%PDF-1.7\n" + bytes(500), "parece un documento PDF"),
        ("llamada.docx", b"PK\x03\x04" + bytes(500), "es un documento de Word"),
        ("llamada.RTF", b"{\\rtf1 Agente: hola}", "Guárdelo como texto"),
        ("libro.wav", b"PK\x03\x04" + bytes(500), "parece un archivo ZIP"),
    ],
)
def test_what_is_no_recording_is_refused_with_its_name(
    tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    write_wav(tmp_path / "otra.wav", tone(1.0))
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(TranscriptError, match=says) as refused:
        probe(path)
    assert str(refused.value).startswith(name)


def test_png_named_wav_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "foto.wav"
    path.write_bytes(_png())

    with pytest.raises(TranscriptError, match=r"foto\.wav: .*una imagen PNG"):
        probe(path)


def test_list_of_files_opens_no_other_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """FFmpeg's concat demuxer would read `secreto.wav` beside the list if it were allowed to run."""
    write_wav(tmp_path / "secreto.wav", tone(1.0))
    path = tmp_path / "lista.ffconcat"
    path.write_text("ffconcat version 1.0\nfile secreto.wav\n")
    monkeypatch.chdir(tmp_path)
    opened: list[str] = []
    real_open = av.open
    monkeypatch.setattr(av, "open", lambda file, **kw: opened.append(str(file.name)) or real_open(file, **kw))

    with pytest.raises(TranscriptError):
        probe(path)
    assert opened == ["audio"]


def test_headerless_telephone_audio_is_refused_with_the_reason(tmp_path: Path) -> None:
    path = write(tmp_path / "llamada.ul", tone(2.0, channels=1), "pcm_mulaw", "mulaw")

    with pytest.raises(TranscriptError, match="sin cabecera"):
        probe(path)


def test_no_channels_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "nada.wav"
    path.write_bytes(_riff(struct.pack("<HHIIHH", 1, 0, 8000, 0, 0, 16), bytes(16000)))

    with pytest.raises(TranscriptError, match="no contiene sonido que se pueda leer"):
        probe(path)


def test_six_channels_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "cine.wav"
    path.write_bytes(_riff(struct.pack("<HHIIHH", 1, 6, 8000, 96000, 12, 16), bytes(96000)))

    with pytest.raises(TranscriptError, match="tiene 6 canales"):
        probe(path)


def test_half_an_m4a_is_refused(tmp_path: Path) -> None:
    whole = write(tmp_path / "entera.m4a", tone(6.0), "aac", "mp4", 16000).read_bytes()
    path = tmp_path / "media.m4a"
    path.write_bytes(whole[: len(whole) // 2])

    with pytest.raises(TranscriptError, match="incompleto desde el principio"):
        probe(path)


@pytest.mark.parametrize(
    ("name", "codec", "container", "bit_rate"),
    [("media.wav", "pcm_s16le", "wav", None), ("media.mp3", "libmp3lame", "mp3", 64000)],
)
def test_half_a_file_is_read_and_marked_as_damaged(
    tmp_path: Path, name: str, codec: str, container: str, bit_rate: int | None
) -> None:
    path = write(tmp_path / name, tone(8.0), codec, container, bit_rate=bit_rate)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    with decoded(path, probe(path), Limits()) as audio:
        assert audio.damaged
        assert audio.duration_s == pytest.approx(4.0, abs=0.3)


def test_hole_in_an_mp3_is_marked_as_damaged(tmp_path: Path) -> None:
    path = write(tmp_path / "agujero.mp3", tone(8.0), "libmp3lame", "mp3", bit_rate=64000)
    content = bytearray(path.read_bytes())
    content[20_000:26_000] = random.Random(5).randbytes(6000)
    path.write_bytes(content)

    with decoded(path, probe(path), Limits()) as audio:
        assert audio.damaged


@pytest.mark.parametrize("error", [av.error.InvalidDataError, av.error.MemoryError])
def test_a_file_that_leads_nowhere_is_read_up_to_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: type[av.error.FFmpegError]
) -> None:
    path = write(tmp_path / "call.ogg", tone(8.0), "libopus", "ogg", 48000)

    @contextmanager
    def broken(path: Path) -> Iterator[tuple[Any, Any]]:
        with opened(path) as (container, stream):

            def packets(stream: Any) -> Iterator[Any]:
                yield from islice(container.demux(stream), 200)
                raise error(1, "no packet can be found from here on")

            yield SimpleNamespace(demux=packets), stream

    monkeypatch.setattr("transcripts.audio.opened", broken)

    with decoded(path, probe(path), Limits()) as audio:
        assert audio.damaged
        assert audio.duration_s == pytest.approx(4.0, abs=0.1)


def test_three_hours_claimed_and_two_seconds_held_is_damage_and_no_error(tmp_path: Path) -> None:
    path = tmp_path / "promete.wav"
    claimed = 3 * 3600 * 16000
    path.write_bytes(_riff(struct.pack("<HHIIHH", 1, 1, 8000, 16000, 2, 16), bytes(32000), claimed))

    found = probe(path)
    with decoded(path, found, Limits()) as audio:
        assert found.header_s == pytest.approx(3 * 3600)
        assert audio.damaged
        assert audio.duration_s == pytest.approx(2.0, abs=0.01)


@pytest.mark.parametrize("size", [0, 0xFFFFFFFF])
def test_streamed_wav_without_a_length_is_no_damage(tmp_path: Path, size: int) -> None:
    path = tmp_path / "directo.wav"
    path.write_bytes(_riff(struct.pack("<HHIIHH", 1, 1, 8000, 16000, 2, 16), bytes(32000), size))

    with decoded(path, probe(path), Limits()) as audio:
        assert not audio.damaged


def test_file_over_the_limit_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "enorme.wav"
    with path.open("wb") as file:
        file.truncate(300_000_000)

    with pytest.raises(TranscriptError, match="pesa 300 MB y el máximo es 200 MB"):
        probe(path, Limits(max_bytes=200_000_000))


def test_three_hundred_megabytes_of_nothing_are_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "enorme.wav"
    with path.open("wb") as file:
        file.truncate(300_000_000)

    with pytest.raises(TranscriptError, match="no se reconoce como audio"):
        probe(path)


def test_too_long_is_refused_by_its_header(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "larga.wav", silence(30.0))

    with pytest.raises(TranscriptError, match="dura más de"):
        probe(path, Limits(max_duration_s=20.0))


def test_too_long_is_refused_while_decoding_where_the_header_is_silent(tmp_path: Path) -> None:
    path = tmp_path / "directo.wav"
    path.write_bytes(_riff(struct.pack("<HHIIHH", 1, 1, 8000, 16000, 2, 16), bytes(16000 * 30), 0))
    found = probe(path)

    with (
        pytest.raises(TranscriptError, match="dura más de"),
        decoded(path, found, Limits(max_duration_s=20.0)),
    ):
        pass


def test_too_short_is_refused(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "corta.wav", tone(0.1))

    with (
        pytest.raises(TranscriptError, match=r"dura solo 0\.1 segundos"),
        decoded(path, probe(path), Limits()),
    ):
        pass


def test_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(TranscriptError, match="No existe el archivo de audio"):
        probe(tmp_path / "nada.wav")


def test_silence_that_the_recorder_left_out_is_put_back(tmp_path: Path) -> None:
    """WebM recorders skip packets while nobody speaks; later words must not move forward."""
    whole = write(
        tmp_path / "entera.webm", joined(tone(2.0), silence(3.0), tone(1.0)), "libopus", "webm", 48000
    )
    path = tmp_path / "saltada.webm"
    with av.open(str(whole)) as source, av.open(str(path), "w", format="webm") as out:
        stream = out.add_stream_from_template(source.streams.audio[0])
        for packet in source.demux(source.streams.audio[0]):
            if packet.pts is not None and not 2.2 < float(packet.pts * packet.time_base) < 4.8:
                packet.stream = stream
                out.mux(packet)

    with decoded(path, probe(path), Limits()) as audio:
        assert audio.duration_s == pytest.approx(6.0, abs=0.1)
        level = abs(audio.samples(0, audio.count)[:, 0].astype(float))
    assert level[16000 * 3 : 16000 * 4].max() < 50
    assert level[round(16000 * 5.2) : round(16000 * 5.8)].mean() > 1000


def _riff(fmt: bytes, data: bytes, claimed: int | None = None) -> bytes:
    size = len(data) if claimed is None else claimed
    body = b"WAVEfmt " + struct.pack("<I", len(fmt)) + fmt + b"data" + struct.pack("<I", size)
    return b"RIFF" + struct.pack("<I", min(4 + len(body) + size, 0xFFFFFFFF)) + body + data


def _png() -> bytes:
    def part(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    size = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + part(b"IHDR", size)
        + part(b"IDAT", zlib.compress(bytes(4)))
        + part(b"IEND", b"")
    )


def test_sound_that_changes_its_shape_half_way_goes_on() -> None:
    """A damaged MP3 may: the rest is heard at the same rate, nothing is lost."""
    resampler = _Resampler("mono")
    count = 0
    for rate, layout in ((8000, "mono"), (44100, "stereo"), (8000, "mono")):
        channels = 1 if layout == "mono" else 2
        frame = av.AudioFrame.from_ndarray(
            np.zeros((1, rate * channels), np.int16), format="s16", layout=layout
        )
        frame.sample_rate = rate
        count += sum(out.samples for out in resampler.resample(frame))
    count += sum(out.samples for out in resampler.resample(None))
    assert count == pytest.approx(3 * 16000, abs=100)
