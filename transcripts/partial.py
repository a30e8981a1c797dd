"""What was already heard of a recording, kept on disk chunk by chunk: a stopped run goes on from there.

One JSON object a line: {"key", "segment"}. The key is a digest of the chunk's sound and of every option that
changes its text, so a file of another recording or another model is simply of no use, never wrong.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

import numpy as np
import numpy.typing as npt

from transcripts.engines.types import SpeechEngine
from transcripts.types import Segment, Word


class Partial:
    """The finished chunks of one run. Without a path it remembers nothing."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._known: dict[str, Segment | None] = {}
        if path is not None and path.is_file():
            self._known = dict(_read(path))

    def __contains__(self, key: str) -> bool:
        return key in self._known

    def __getitem__(self, key: str) -> Segment | None:
        return self._known[key]

    def keep(self, key: str, segment: Segment | None) -> None:
        if self._path is None:
            return
        line = json.dumps({"key": key, "segment": segment and asdict(segment)}, ensure_ascii=False)
        with self._path.open("a", encoding="utf-8") as file:
            file.write(line + "\n")

    def finish(self) -> None:
        """The run is complete: its file is of no more use."""
        if self._path is not None:
            self._path.unlink(missing_ok=True)


def chunk_key(wave: npt.NDArray[np.float32], engine: SpeechEngine, hotwords: str | None) -> str:
    """Digest of a chunk's sound and of all that decides its text."""
    chosen = engine.options
    settings = (
        str(engine.folder),
        engine.version,
        chosen.language,
        chosen.beam_size,
        chosen.compute_type,
        hotwords,
    )
    return sha256(repr(settings).encode() + wave.tobytes()).hexdigest()


def _read(path: Path) -> list[tuple[str, Segment | None]]:
    """The whole lines of `path`; the last one may be cut where a run was killed."""
    found = []
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        try:
            kept = json.loads(line)
        except json.JSONDecodeError:
            continue
        segment = kept["segment"]
        if segment is not None:
            segment = Segment(**segment | {"words": tuple(Word(**word) for word in segment["words"])})
        found.append((kept["key"], segment))
    return found
