"""What an audio file really is, before anything is decoded.

The decoder gets an open file and a list of formats that it may use, never a path: a playlist or an `ffconcat`
list under an innocent name cannot make it read other files of the machine.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import av

from transcripts.formats.files import AS_TEXT, WRITTEN
from transcripts.headers import Ending, claimed_s, ending
from transcripts.options import Limits
from transcripts.types import TranscriptError

FORMATS = (
    "wav,w64,mp3,ogg,matroska,webm,mov,mp4,m4a,3gp,asf,flac,amr,amrnb,amrwb,au,aiff,caf,aac,gsm,g722,g729"
)

# raw formats carry no signature: FFmpeg knows them by the end of the name alone
AUDIO_ENDINGS = frozenset(
    [
        ".wav",
        ".w64",
        ".mp3",
        ".ogg",
        ".oga",
        ".opus",
        ".webm",
        ".mkv",
        ".mka",
        ".m4a",
        ".mp4",
        ".3gp",
        ".wma",
        ".asf",
        ".flac",
        ".amr",
        ".awb",
        ".au",
        ".snd",
        ".aif",
        ".aiff",
        ".caf",
        ".aac",
        ".gsm",
        ".g722",
        ".722",
        ".g729",
    ]
)
_HEADERLESS = frozenset(
    [".ul", ".al", ".ulaw", ".alaw", ".pcm", ".raw", ".vox", ".sln", ".sw", ".sb", ".ub", ".g726", ".g723"]
)
_NOT_AUDIO = (
    (b"\x89PNG", "una imagen PNG"), (b"\xff\xd8\xff", "una imagen JPEG"), (b"GIF8", "una imagen GIF"),
    (b"%PDF", "un documento PDF"), (b"PK\x03\x04", "un archivo ZIP o de Office"),
    (b"\x1f\x8b\x08", "un archivo gzip"),
    (b"ffconcat", "una lista de archivos"), (b"#EXTM3U", "una lista de reproducción"),
    (b"[playlist]", "una lista de reproducción"),
)  # fmt: skip
# a first byte by itself is chance: what follows must be of the kind, and text as far as one looks
_NOT_AUDIO_TEXT = (
    (re.compile(rb"(\xef\xbb\xbf)?\s*<[!?/a-zA-Z]"), "una página web o XML"),
    (re.compile(rb"(\xef\xbb\xbf)?\s*[{\[]\s*[\"{\[\]}]"), "un archivo JSON"),
)
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_LOOKED_AT = 32  # bytes
_ACCEPTED = "WAV, MP3, Ogg/Opus, WebM, M4A, WMA, FLAC, AMR, GSM, G.722 o G.729"
# below this many bytes per second no telephone codec speaks: a longer duration is a header's mistake
_FEWEST_BYTES_PER_S = 80.0


@dataclass(frozen=True, slots=True)
class Probe:
    """The facts of one audio file. `header_s` is what the file claims to last; None where it does not say."""

    container: str
    codec: str
    channels: int
    sample_rate: int
    header_s: float | None
    ending: Ending = "whole"


class Source(io.RawIOBase):
    """An open file under a harmless name: all that the decoder is told is the kind of ending."""

    def __init__(self, file: BinaryIO, ending: str) -> None:
        self._file = file
        self.name = f"audio{ending}"

    def read(self, size: int | None = -1, /) -> bytes:
        return self._file.read(-1 if size is None else size)

    def seek(self, offset: int, whence: int = 0, /) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True


@contextmanager
def opened(path: Path) -> Iterator[tuple[Any, Any]]:
    """The container and its first audio stream, open for demuxing.

    Raises TranscriptError for everything that is no audio of a known format.
    """
    with path.open("rb") as file:
        ending = path.suffix.lower()
        source = Source(file, ending if ending in AUDIO_ENDINGS else "")
        options = {"format_whitelist": FORMATS, "protocol_whitelist": ""}
        try:
            container = av.open(source, metadata_errors="ignore", options=options)
        except (av.error.FFmpegError, ValueError) as problem:
            raise TranscriptError(_unreadable(path)) from problem
        with container:
            if not container.streams.audio:
                raise TranscriptError(
                    f"{path.name}: el archivo no contiene sonido. Exporte la llamada como audio."
                )
            yield container, container.streams.audio[0]


def probe(path: Path, limits: Limits | None = None) -> Probe:
    """The facts of the audio file at `path`; one frame is decoded to know them for sure.

    Raises TranscriptError when it is missing, too large, too long, not audio, or has not one or two channels.
    """
    limits = limits or Limits()
    size = _size(path, limits)
    with opened(path) as (container, stream):
        frame = _first_frame(container, stream)
        if frame is None:
            raise TranscriptError(
                f"{path.name}: el archivo se abre, pero no contiene sonido que se pueda leer. "
                "Expórtelo de nuevo desde la grabadora."
            )
        channels, rate = frame.layout.nb_channels, frame.sample_rate
        known = container.duration / av.time_base if container.duration else None
        found = Probe(
            container=container.format.name,
            codec=stream.codec_context.name,
            channels=channels,
            sample_rate=rate,
            header_s=claimed_s(path) or known,
            ending=ending(path),
        )
    if not 1 <= channels <= 2:
        raise TranscriptError(
            f"{path.name}: tiene {channels} canales y se esperan uno o dos (agente y deudor). "
            "Expórtelo en estéreo, con el agente en un canal y el deudor en el otro."
        )
    if (
        found.header_s
        and found.header_s > limits.max_duration_s
        and size / found.header_s > _FEWEST_BYTES_PER_S
    ):
        raise TranscriptError(too_long(path, limits))
    return found


def too_long(path: Path, limits: Limits) -> str:
    """The sentence for a recording that lasts longer than allowed."""
    most_s = limits.max_duration_s
    most = f"{most_s / 3600:g} horas" if most_s >= 3600 else f"{most_s:g} segundos"
    return f"{path.name}: dura más de {most}, el máximo permitido. Divídalo en partes o suba el límite."


def _size(path: Path, limits: Limits) -> int:
    if not path.is_file():
        raise TranscriptError(f"No existe el archivo de audio {path}. Revise la ruta.")
    size = path.stat().st_size
    if size == 0:
        raise TranscriptError(f"{path.name}: el archivo está vacío. Expórtelo de nuevo desde la grabadora.")
    if size > limits.max_bytes:
        raise TranscriptError(
            f"{path.name}: pesa {size / 1e6:.0f} MB y el máximo es {limits.max_bytes / 1e6:.0f} MB. "
            "Divídalo en partes, comprímalo o suba el límite."
        )
    return size


def _first_frame(container: Any, stream: Any) -> Any | None:
    """The first frame that decodes, sought in the first 200 packets; None when there is none."""
    for count, packet in enumerate(container.demux(stream)):
        try:
            frames = packet.decode()
        except av.error.FFmpegError:
            frames = []
        sounding = [frame for frame in frames if frame.samples and frame.sample_rate]
        if sounding or count >= 200:
            return sounding[0] if sounding else None
    return None


def _unreadable(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(64).lstrip()
    if path.suffix.lower() in WRITTEN:
        return f"{path.name}: {AS_TEXT}"
    if path.suffix.lower() in _HEADERLESS:
        return (
            f"{path.name}: es audio sin cabecera, que no dice ni su velocidad ni sus canales. "
            "Conviértalo a WAV en la grabadora y vuelva a cargarlo."
        )
    signs = [kind for mark, kind in _NOT_AUDIO if head.startswith(mark)]
    if not _BINARY.search(head[:_LOOKED_AT]):
        signs += [kind for sign, kind in _NOT_AUDIO_TEXT if sign.match(head)]
    if signs:
        return f"{path.name}: no es una grabación: parece {signs[0]}. Cargue un archivo {_ACCEPTED}."
    return (
        f"{path.name}: no se reconoce como audio, o está dañado o incompleto desde el principio. "
        f"Se aceptan archivos {_ACCEPTED}."
    )
