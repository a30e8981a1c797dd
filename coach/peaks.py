"""Waveform outlines and playable copies, made once and kept as files in data_dir."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path

from coach.store import Store
from coach.types import CoachError
from coach.whole_files import whole_file
from transcripts import playback
from transcripts.types import Recording


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
        raise CoachError(f"{recording.id}: esta llamada se importó sin audio; solo tiene texto.")
    if not recording.audio.is_file():
        raise CoachError(f"{recording.id}: ya no está su audio, {recording.audio}. Devuélvalo a esa carpeta.")
    return recording.audio


def made_from(store: Store, audio: Path) -> tuple[Path, ...]:
    """The outline and the playable copy of a sound that is there, where they were made."""
    made = (_kept(store, "peaks", audio, ".json"), _kept(store, "playback", audio, ".mp3"))
    return tuple(path for path in made if path.is_file())


def _kept(store: Store, folder: str, audio: Path, suffix: str) -> Path:
    """Named by the file and its last change: another sound under the same path gets another outline."""
    state = audio.stat()
    mark = hashlib.sha256(f"{audio}|{state.st_size}|{state.st_mtime_ns}".encode()).hexdigest()[:32]
    return store.data_dir / folder / f"{mark}{suffix}"
