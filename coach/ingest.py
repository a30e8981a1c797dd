"""Folders that are looked into again and again: what is finished comes in, what cannot be read goes aside.

A look takes each file once it has kept its size and time for a while: a recorder may still be writing. What
was taken stays where it is (the store reads it there) and costs nothing at the next look. What nobody can
read is moved to the quarantine, beside it a text that says why and what next.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from coach import (
    arrival_notes,
    aside,
    brought,
    imported,
    imports,
    late_facts,
    legs,
    pipeline,
    second_copies,
    traces,
    trouble,
)
from coach.call_facts import facts_of_source, read_manifest, recordings_in, words_of
from coach.finished import Files
from coach.intake import Erased, accept
from coach.local_clock import at_place
from coach.look import Asked, Look
from coach.settings import Settings
from coach.store import Store
from coach.taken import taken
from coach.types import Call, CoachError
from transcripts.facts.join import facts_for, join
from transcripts.facts.types import CallFacts, Reading
from transcripts.formats.file_names import UNKEPT, is_kept, lies, shown
from transcripts.formats.files import parsed, reason, text_of
from transcripts.options import Limits
from transcripts.probe import AUDIO_ENDINGS, probe
from transcripts.types import Recording, Transcript, TranscriptError

MANIFESTS = frozenset([".csv"])
TAKEN = AUDIO_ENDINGS | imports.TRANSCRIPTS | MANIFESTS
_NAP_S = 0.2  # between two questions whether to stop
SETTLED_S = 5.0  # a file that changed later than this is being written


class Watched:
    """Some folders and what is remembered of their files from one look to the next."""

    def __init__(
        self,
        store: Store,
        settings: Settings,
        folders: Iterable[Path],
        *,
        source: str | None = None,
        table: Path | None = None,
        quarantine: Path | None = None,
        settled_s: float = SETTLED_S,
        stop: Callable[[], bool] = lambda: False,
    ) -> None:
        self._stop = stop
        self._store, self._settings, self._source, self._table = store, settings, source, table
        self._aside = (quarantine or aside.folder(settings)).resolve()
        where = tuple(folder.resolve() for folder in folders)
        self._files = Files(where, self._aside, TAKEN, settled_s, self._tell, self._note)
        self._tables: dict[Path, Reading] = {}
        self._told: set[str] = set()
        self._judging: imports.Judge | None = None
        if table is not None:
            traces.remember_table(store.data_dir, table)

    def look(self) -> Look:
        """Take in what is finished, until `stop`. A folder out of reach is told, and looked into again."""
        out = Look()
        ready = [path for path in self._files.ready(out) if self._has_name(path, out)]
        self._manifests([path for path in ready if path.suffix.lower() in MANIFESTS], out)
        self._audio([path for path in ready if path.suffix.lower() in AUDIO_ENDINGS], out)
        heard = [path for path in ready if path.suffix.lower() in imports.TRANSCRIPTS]
        self._transcripts(self._files.in_turn(heard, out), out)
        if not (out.left or out.later):  # the recordings of their rows may be among those
            self._unjoined([path for path in ready if path in self._tables], out)
        out.joined = len(legs.settle(self._store, self._settings))
        for sentence in arrival_notes.told(self._store, list(dict.fromkeys(out.ids))):
            self._note(sentence, out)
        left = {*out.left, *out.later, *(self._tables if out.later else ())}
        self._files.done([path for path in ready if path not in left])
        if new := out.recordings + out.transcripts:
            brought.note(self._store, "coach ingest", out.ids, new=new, failed=len(out.quarantined))
        return out

    def _manifests(self, paths: list[Path], out: Look) -> None:
        """Tables of call facts: for the calls that are here already, and for those that come later."""
        for path in out.until(self._stop, paths):
            try:
                reading = read_manifest(path, self._settings, self._source)
            except TranscriptError as error:
                self._put_aside(path, str(error), out)
                continue
            for problem in reading.problems:
                self._tell(problem, out)
            self._tables[path] = reading
            traces.remember_table(self._store.data_dir, path)
            told: list[str] = []
            store, settings, asked = self._store, self._settings, Asked(self._stop)
            out.ids += late_facts.join_facts(store, settings, reading, self._judge, told, stop=asked)
            out.left += [path] if asked.cut else []
            for sentence in told:
                self._note(sentence, out)
        self._tables = {path: reading for path, reading in self._tables.items() if path in self._files}

    def _audio(self, paths: list[Path], out: Look) -> None:
        new = sorted(set(paths) - taken(self._store, paths).keys())
        if not new:
            return
        found = recordings_in(new, self._settings, source=self._source, table=self._table, words=True)
        for problem in found.problems:
            self._tell(problem, out)
        limits = self._settings.speech_options(self._source).limits
        its = {recording.audio: recording for recording in found.recordings if recording.audio}
        for path in out.until(self._stop, list(its)):
            self._take(path, its[path], limits, out)

    def _take(self, path: Path, recording: Recording, limits: Limits, out: Look) -> None:
        try:
            probe(path, limits)
        except TranscriptError as error:
            self._put_aside(path, str(error), out)
            return
        except OSError as error:
            asks = "Revise los permisos: se toma en cuanto se pueda."
            self._not_now(path, f"{path}: no se puede leer ({reason(error)}). {asks}", out)
            return
        for reading in self._tables.values():
            recording = join(recording, facts_for(recording, reading))
        recording = at_place(self._store, self._settings, recording)
        try:
            assumed = facts_of_source(self._settings, self._source)
            accepted = accept(self._store, path, recording, assumed=assumed)
        except Erased:
            out.known += 1
            return
        except CoachError as error:  # it cannot be read now: a share that went away, a lock
            self._not_now(path, str(error), out)
            return
        if not accepted.itself:  # else touched since it was taken, or taken and never queued until now
            out.recordings += accepted.new
            out.known += not accepted.new
            out.ids.append(accepted.recording_id)
            if not accepted.new:
                self._note(f"{path}: es la misma grabación que la llamada {accepted.recording_id}.", out)
        for sentence in accepted.told:
            self._note(sentence, out)

    def _transcripts(self, paths: list[Path], out: Look) -> None:
        known = facts_of_source(self._settings, self._source)
        tables = [*self._tables.values(), *self._named_table(out)] if paths else []
        for path in out.until(self._stop, paths):
            if path.suffix.lower() == ".json" and self._is_sidecar(path, out):
                continue
            problems, kept = [], 0
            its = (self._store, self._settings, [path], self._judge, known)
            for one in imports.import_files(*its, tables=tables, again=False):
                kept += one.new
                if one.error and one.new:  # it is here, and waits to be judged: its file is not at fault
                    self._tell(one.error, out)
                elif one.error:
                    problems.append(one.error)
                out.ids += [one.name] if one.new else []
                for sentence in one.told:
                    self._note(sentence, out)
                if one.more and self._stop():
                    out.left.append(path)
                    break
            out.transcripts += kept
            if problems and path not in out.left:
                self._put_aside(path, "\n".join(problems), out)

    def _named_table(self, out: Look) -> list[Reading]:
        """The table that was given by its name; what is wrong with it is told once."""
        if self._table is None:
            return []
        reading = read_manifest(self._table, self._settings, self._source)
        for problem in reading.problems:
            self._tell(problem, out)
        return [reading]

    def _is_sidecar(self, path: Path, out: Look) -> bool:
        """Whether it holds the facts of a recording, here or still to come, and not a transcript."""
        stem = path.with_suffix("")
        if stem.suffix.lower() in AUDIO_ENDINGS and stem.is_file():
            self._late_facts(stem, out)
            return True
        if audio := next(filter(lies, map(path.with_suffix, AUDIO_ENDINGS)), None):
            if words_of(path, audio):
                return False
            self._late_facts(audio, out)
            return True
        try:
            told = parsed(text_of(path), path.name)
        except TranscriptError:
            return False
        if isinstance(told, dict) and told.keys() <= CallFacts.model_fields.keys() | {"call_date"}:
            out.alone.append(path)
            self._files.again(path)  # its recording may have come by then
            return True
        return False

    def _late_facts(self, audio: Path, out: Look) -> None:
        """The facts beside a recording that came before them; it is judged again where they say more. Those
        beside a second copy only fill what nobody had told.
        """
        known = taken(self._store, [audio]).get(audio)
        copied = None if known else imported.of_file(self._store, audio)
        if (its := known or copied) is None:
            return
        found = recordings_in([audio], self._settings, source=self._source, table=self._table).recordings[0]
        found = at_place(self._store, self._settings, found)
        before, assumed = self._store.recording(its), facts_of_source(self._settings, self._source)
        if copied:
            told, changed = second_copies.fill_in(self._store, its, found, audio.name, assumed)
            for sentence in told:
                self._note(sentence, out)
        else:
            filled = second_copies.with_assumed(before, found, assumed)
            joined = replace(filled.recording, id=its, audio=before.audio)
            if changed := joined != before:
                self._store.update_recording(joined)
        if changed:
            out.ids.append(its)
            late_facts.judge_again(self._store, self._settings, [its], self._judge)

    def _judge(self, heard: Transcript) -> Call:
        """Judge a ready transcript; what that takes is loaded when the first one comes."""
        if self._judging is None:
            self._judging = pipeline.judge_with(self._settings)
        return self._judging(heard)

    def _has_name(self, path: Path, out: Look) -> bool:
        """Whether the store could name it; else it goes aside, under the name that its bytes most likely are.

        It is not taken under that name where it lies: an erasure would not find it again.
        """
        if is_kept(path):
            return True
        self._put_aside(path, f"{shown(path.name)}: {UNKEPT} Apartado lleva el nombre en UTF-8.", out)
        return False

    def _not_now(self, path: Path, why: str, out: Look) -> None:
        """It stays where it is, is told once and looked at again; what lies behind it comes in."""
        self._files.again(path)
        self._tell(why, out)

    def _put_aside(self, path: Path, why: str, out: Look) -> None:
        """Move the file to the quarantine with its reason; where that fails it stays and is told once."""
        try:
            target = aside.put(self._store.data_dir, self._aside, path, why)
        except OSError as error:
            self._tell(f"{why} No se pudo apartar: {reason(error)}.", out)
            return
        self._files.again(path)
        out.quarantined.append(target)
        out.problems.append(why)

    def _unjoined(self, paths: Iterable[Path], out: Look) -> None:
        """Rows of a new table that belong to no call: they may come yet, or an id is written otherwise."""
        for path in paths:
            if names := late_facts.unjoined(self._store, self._tables[path]):
                self._note(late_facts.not_here(path.name, names), out)

    def _note(self, notice: str, out: Look) -> None:
        self._once(notice, out.notices)

    def _tell(self, problem: str, out: Look) -> None:
        self._once(problem, out.problems)

    def _once(self, sentence: str, among: list[str]) -> None:
        if (sentence := shown(sentence)) not in self._told:
            self._told.add(sentence)
            among.append(sentence)


def watch(watched: Watched, told: Callable[[Look], None], stop: Callable[[], bool], every_s: float) -> None:
    """Look again and again until `stop`; every look is `told`. Where the database is gone or the disk is full
    the same look is tried again: what it had taken in costs nothing the second time.
    """
    while not stop():
        trouble.until_done(lambda: told(watched.look()), stop)
        until = time.monotonic() + every_s
        while time.monotonic() < until and not stop():
            time.sleep(min(_NAP_S, every_s))
