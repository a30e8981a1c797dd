"""The one Store: recordings and all that was found and judged in them. Numbers for screens: `queries`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Row, delete, insert, select, update

from coach import bodies, brought_up, database, leg_rows, payment_spans, recording_rows, saving, versions
from coach.judged import NOT_JUDGED, wordless
from coach.schema import findings, recordings, scorecards, transcripts
from coach.schema_month import promises
from coach.schema_privacy import WORDLESS
from coach.settings import Settings
from coach.types import Call, CoachError
from transcripts.types import Recording, Transcript

LONGEST_ID = 180  # letters; the column takes 200, and one that is taken gets some appended
NOT_THERE = "{id}: no hay ninguna grabación con este id. Vea la lista de llamadas."

Chosen = Callable[[Recording, str, str], bool]
"""Whether a judged call is meant: by its facts, and the form and pack that its scorecard names."""


class Store:
    """Opened once per process; every method is one transaction and safe from several threads."""

    def __init__(self, engine: Engine, data_dir: Path, *, count_all: bool = False) -> None:
        self.engine = engine
        self.count_all = count_all  # every criterion enters points, whether it has earned trust or not
        self.data_dir = data_dir.resolve()

    @classmethod
    def open(cls, settings: Settings) -> Store:
        """The store of these settings, its schema up to date; made where there is none. One of an older
        program is brought up, which is told and logged: that program opens it no more.
        """
        engine = database.connect(settings.url, setting=settings.place_of_store)
        was = database.upgrade(engine, setting=settings.place_of_store)
        database.make_folder(settings.data_dir)
        store = cls(engine, settings.data_dir, count_all=settings.count_all)
        if was:
            brought_up.tell(store, was)
        return store

    def close(self) -> None:
        self.engine.dispose()

    def reading(self) -> AbstractContextManager[Connection]:
        return database.reading(self.engine)

    def writing(self) -> AbstractContextManager[Connection]:
        return database.writing(self.engine)

    # recordings

    def add_recording(self, recording: Recording, content_hash: str | None = None) -> str:
        """Keep a recording and give its id; the id it already has where the same content is known.

        An id taken by other content gets the first letters of the hash appended.
        """
        with self.writing() as connection:
            return self.added(connection, recording, content_hash)[0]

    def added(
        self, connection: Connection, recording: Recording, content_hash: str | None = None
    ) -> tuple[str, bool]:
        """`add_recording` within a transaction; also whether it is new."""
        if len(recording.id) > LONGEST_ID:
            raise CoachError(
                "{id}…: el id tiene más de {most} letras. Acórtelo.", id=recording.id[:40], most=LONGEST_ID
            )
        if content_hash and (known := _id_of(connection, content_hash)):
            return known, False
        if _row(connection, recording.id) is not None:
            if not content_hash:
                raise CoachError("{id}: ya hay una grabación con este id. Use otro.", id=recording.id)
            recording = replace(recording, id=f"{recording.id}-{content_hash[:8]}")
        values = recording_rows.columns(recording, self.data_dir)
        connection.execute(
            insert(recordings).values(**values, content_hash=content_hash, added_at=datetime.now(UTC))
        )
        leg_rows.note(connection, recording)
        return recording.id, True

    def put_recording(self, connection: Connection, recording: Recording) -> None:
        """Keep a recording that is joined from others, or its new facts."""
        values = recording_rows.columns(recording, self.data_dir)
        if _row(connection, recording.id) is None:
            connection.execute(insert(recordings).values(**values, added_at=datetime.now(UTC)))
        else:
            its = update(recordings).where(recordings.c.id == recording.id)
            connection.execute(its.values(**values))

    def row(self, connection: Connection, recording_id: str) -> Recording:
        """`recording` within a transaction."""
        return self._recording(_known(connection, recording_id))

    def recording(self, recording_id: str) -> Recording:
        with self.reading() as connection:
            return self._recording(_known(connection, recording_id))

    def id_of(self, content_hash: str) -> str | None:
        """The id of the recording with this content, None where it is new."""
        with self.reading() as connection:
            return _id_of(connection, content_hash)

    def has(self, recording_id: str) -> bool:
        with self.reading() as connection:
            return _row(connection, recording_id) is not None

    def update_recording(self, recording: Recording) -> None:
        """Put new call facts in the place of the old; the call should then be judged again."""
        with self.writing() as connection, payment_spans.followed(connection, recording.id):
            recording_rows.note_facts(connection, recording, self.data_dir)
            its = update(recordings).where(recordings.c.id == recording.id)
            if not connection.execute(its, recording_rows.columns(recording, self.data_dir)).rowcount:
                raise CoachError(NOT_THERE, id=recording.id)
            promised = update(promises).where(promises.c.recording_id == recording.id)
            connection.execute(promised.values(account=recording.account))
            leg_rows.note(connection, recording)

    def forget(self, recording_id: str) -> None:
        """Take a recording and all results out of the store, with the legs it was joined from. Its files are
        the caller's to remove.
        """
        with self.writing() as connection:
            leg_rows.forget(connection, recording_id)
            connection.execute(delete(recordings).where(recordings.c.id == recording_id))

    # results

    def save(self, call: Call, nlp_version: str = "") -> None:
        """Keep a judged call (`coach.saving`); that what people said of it holds on: `coach.keeping`."""
        with self.writing() as connection:
            saving.save(connection, self, call, nlp_version)

    def save_transcript(self, transcript: Transcript) -> None:
        """Keep a transcript that is not judged yet: a job that dies after this need not transcribe again."""
        with self.writing() as connection:
            if wordless(connection, transcript.recording.id):
                raise CoachError(
                    "{id}: su texto se borró: no se transcribe de nuevo.", id=transcript.recording.id
                )
            versions.keep_heard(connection, transcript)
            its = transcript.recording
            recording_rows.note_length(connection, its.id, its.duration_s)

    def transcript(self, recording_id: str) -> Transcript | None:
        """The current transcript with the recording's present facts, None where there is none yet."""
        recording = self.recording(recording_id)
        with self.reading() as connection:
            row = versions.current(connection, transcripts, recording_id)
        return bodies.read_transcript(row.body, recording) if row else None

    def heard(self, recording_id: str) -> Transcript | None:
        """The newest transcript, current or kept ahead of its judgement; None where there is none yet."""
        recording = self.recording(recording_id)
        with self.reading() as connection:
            row = versions.newest(connection, transcripts, recording_id)
        return bodies.read_transcript(row.body, recording) if row else None

    def wordless(self, recording_id: str) -> bool:
        """Whether the words of the call were erased: what is left of it is never judged again."""
        with self.reading() as connection:
            return wordless(connection, recording_id)

    def erased(self, recording_id: str) -> bool:
        """Whether nothing is left to hear or judge: the recording is gone, or its words are."""
        return not self.has(recording_id) or self.wordless(recording_id)

    def call(self, recording_id: str) -> Call:
        """Everything of one call; CoachError where it is unknown or not judged yet."""
        with self.reading() as connection:
            return self.read_call(connection, recording_id)

    def read_call(self, connection: Connection, recording_id: str) -> Call:
        """`call` within a transaction."""
        recording = self._recording(_known(connection, recording_id))
        transcript = versions.current(connection, transcripts, recording_id)
        found = versions.current(connection, findings, recording_id)
        scorecard = versions.current(connection, scorecards, recording_id)
        review = versions.latest_review(connection, recording_id)
        if transcript is None or found is None or scorecard is None:
            raise CoachError(NOT_JUDGED, id=recording_id)
        return Call(
            bodies.read_transcript(transcript.body, recording),
            bodies.read_findings(found.body),
            bodies.read_scorecard(scorecard.body),
            bodies.read_review(review.body) if review else None,
        )

    def judged_by(self, forms: Collection[str], nlp_version: str) -> set[str]:
        """Ids of the calls whose current results were made by exactly these: a form and a pack of `forms`."""
        made = scorecards.join(findings, findings.c.id == scorecards.c.findings_id)
        by_them = (scorecards.c.current, scorecards.c.rubric.in_(forms), scorecards.c.pack.in_(forms))
        query = select(scorecards.c.recording_id).select_from(made)
        query = query.where(*by_them, findings.c.nlp_version == nlp_version)
        with self.reading() as connection:
            return set(connection.execute(query).scalars())

    def recordings(self) -> Iterator[Recording]:
        """Every recording, in order of id; read in pages, so that memory does not grow with their number."""
        last = ""
        while True:
            page = select(recordings).where(recordings.c.id > last).order_by(recordings.c.id).limit(500)
            with self.reading() as connection:
                rows = connection.execute(page).all()
            if not rows:
                return
            yield from map(self._recording, rows)
            last = rows[-1].id

    def latest(self, limit: int, chosen: Chosen | None = None, *, worded: bool = False) -> Iterator[Call]:
        """The calls judged last, newest first, at most `limit`; of those that are `chosen`, where given.

        `worded`: only those that can be judged anew. What chooses is read in pages, a call at its turn.
        """
        last, left = None, limit
        wanted = [scorecards.c.recording_id.not_in(WORDLESS)] if worded else []
        while left > 0:
            page = (
                select(
                    scorecards.c.id.label("scorecard_id"),
                    scorecards.c.rubric,
                    scorecards.c.pack,
                    *recordings.c,
                )
                .join(recordings, recordings.c.id == scorecards.c.recording_id)
                .where(scorecards.c.current, *wanted, *([] if last is None else [scorecards.c.id < last]))
                .order_by(scorecards.c.id.desc())
                .limit(500)
            )
            with self.reading() as connection:
                rows = connection.execute(page).all()
            if not rows:
                return
            last = rows[-1].scorecard_id
            for row in rows:
                meant = chosen is None or chosen(self._recording(row), row.rubric, row.pack)
                if meant and (call := self._still(row.id)) is not None:
                    yield call
                    left -= 1
                if left <= 0:
                    return

    def _still(self, recording_id: str) -> Call | None:
        """None where it was erased since its page was read."""
        try:
            return self.call(recording_id)
        except CoachError:
            if self.erased(recording_id):
                return None
            raise

    def _recording(self, row: Row[Any]) -> Recording:
        return recording_rows.read(row, self.data_dir)


def _row(connection: Connection, recording_id: str) -> Row[Any] | None:
    return connection.execute(select(recordings).where(recordings.c.id == recording_id)).first()


def _known(connection: Connection, recording_id: str) -> Row[Any]:
    row = _row(connection, recording_id)
    if row is None:
        raise CoachError(NOT_THERE, id=recording_id)
    return row


def _id_of(connection: Connection, content_hash: str) -> str | None:
    known = select(recordings.c.id).where(recordings.c.content_hash == content_hash)
    return connection.execute(known).scalar()
