"""Waveform outlines and playable copies, made once and kept as files in data_dir."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from coach.store import Store
from coach.types import CoachError
from coach.whole_files import whole_file
from transcripts import playback
from transcripts.types import Recording

_LONGEST_S = 3600.0  # that making a copy takes


def waveform(store: Store, recording_id: str) -> Path:
    """The file with `{"duration_s": …, "channels": [[…], …]}`: up to 2,000 values, 0..1, a channel."""
    recording = store.recording(recording_id)
    audio = sound(recording)
    kept = _kept(store, "peaks", audio, ".json")
    if not kept.is_file():
        with whole_file(kept) as aside:
            aside.write_text(json.dumps(asdict(playback.peaks(audio)), separators=(",", ":")), "utf-8")
    return kept


def playable(store: Store, recording_id: str) -> Path:
    """The recording itself where browsers can play it, else an MP3 copy."""
    audio = sound(store.recording(recording_id))
    if playback.plays_in_browsers(audio):
        return audio
    kept = _kept(store, "playback", audio, ".mp3")
    if not kept.is_file():
        with whole_file(kept) as aside:
            playback.browser_copy(audio, aside)
    return kept


def prepare(store: Store, recording: Recording) -> None:
    """Make both ahead, so that the screen need not wait."""
    if recording.audio is not None:
        waveform(store, recording.id)
        playable(store, recording.id)


def sound(recording: Recording) -> Path:
    """The file of its audio; CoachError where it came without, or the file is gone."""
    if recording.audio is None:
        raise CoachError("{id}: esta llamada se importó sin audio; solo tiene texto.", id=recording.id)
    if not recording.audio.is_file():
        raise CoachError(
            "{id}: ya no está su audio, {audio}. Devuélvalo a esa carpeta.",
            id=recording.id,
            audio=recording.audio,
        )
    return recording.audio


def silenced(store: Store, audio: Path, muted: Sequence[tuple[float, float]]) -> Path:
    """An MP3 copy of a sound with `muted` stretches (in seconds) silent, made once. One with other stretches,
    from before the words were corrected, goes.
    """
    mark = hashlib.sha256(json.dumps(list(muted)).encode()).hexdigest()[:16]
    kept = _kept(store, "playback", audio, f"-{mark}.mp3")
    if not kept.is_file():
        kept.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=kept.parent) as aside:  # two may ask for it at once
            made = Path(aside) / kept.name
            playback.browser_copy(audio, made, muted=muted)
            made.replace(kept)
        for old in set(_silenced(store, audio)) - {kept}:
            old.unlink(missing_ok=True)
    return kept


def sweep(store: Store) -> None:
    """Remove what a copy that was cut off left behind."""
    latest = time.time() - _LONGEST_S
    for folder in (store.data_dir / "playback").glob("tmp*"):
        if folder.is_dir() and folder.stat().st_mtime < latest:
            shutil.rmtree(folder, ignore_errors=True)


def follow(store: Store, before: Path, audio: Path) -> None:
    """Of a sound that was moved to `audio`: what was made of it at its earlier place goes with it, so that it
    is found when the sound is erased.
    """
    was, now = _mark(before, audio), _mark(audio, audio)
    for folder in ("peaks", "playback"):
        for made in (store.data_dir / folder).glob(f"{was}*"):
            made.replace(made.with_name(now + made.name.removeprefix(was)))


def made_from(store: Store, audio: Path) -> tuple[Path, ...]:
    """The outline and the playable copies of a sound that is there, where they were made."""
    made = (_kept(store, "peaks", audio, ".json"), _kept(store, "playback", audio, ".mp3"))
    return (*(path for path in made if path.is_file()), *_silenced(store, audio))


def _silenced(store: Store, audio: Path) -> tuple[Path, ...]:
    plain = _kept(store, "playback", audio, "")
    return tuple(plain.parent.glob(f"{plain.name}-*.mp3"))


def _kept(store: Store, folder: str, audio: Path, suffix: str) -> Path:
    """Named by the file and its last change: another sound under the same path gets another outline."""
    return store.data_dir / folder / f"{_mark(audio, audio)}{suffix}"


def _mark(place: Path, file: Path) -> str:
    state = file.stat()
    return hashlib.sha256(f"{place}|{state.st_size}|{state.st_mtime_ns}".encode()).hexdigest()[:32]
