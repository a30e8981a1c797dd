"""The tables of what is kept how long, what may not be erased, and what was."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    select,
)

from coach.schema import Instant, metadata, of_recording

retention_rules = Table(  # how long calls are kept; an empty field of time: for ever
    "retention_rules",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source", String(100), nullable=False),  # "": any
    Column("country", String(2), nullable=False),  # "": any
    Column("audio_days", Integer),
    Column("transcript_days", Integer),
    Column("score_months", Integer),
    UniqueConstraint("source", "country"),
)

legal_holds = Table(  # a call, or all of an account, that may not be erased
    "legal_holds",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(10), nullable=False),  # call, account
    Column("subject", String(200), nullable=False),  # its id
    Column("reason", Text, nullable=False),
    Column("placed_by", String(200), nullable=False),  # login; "": the terminal
    Column("since", Instant, nullable=False),
    Column("until", Date),  # included; NULL: until somebody lifts it
    Column("lifted_by", String(200), nullable=False, server_default=""),
    Column("lifted_at", Instant),
    Index("ix_legal_holds_kind_subject", "kind", "subject"),
)

imported = (
    Table(  # words that came in a file, and second copies of sounds: what was erased is not taken in again
        "imported",
        metadata,
        Column(
            "digest", String(64), primary_key=True
        ),  # of the call's id in the file and what was said; of a copy: content and path
        Column("recording_id", ForeignKey("recordings.id", ondelete="CASCADE"), nullable=False, index=True),
        Column("path", Text),  # NULL: not known, or erased
    )
)

kept_out = Table(  # sounds and words of whole calls that were erased by age: they are not taken in again
    "kept_out",
    metadata,
    Column("digest", String(64), primary_key=True),  # as in `recordings.content_hash` and `imported.digest`
    Column("at", Instant, nullable=False),  # when it was erased
)

gone = Table(  # what was erased of a call that is still counted
    "gone",
    metadata,
    Column("id", Integer, primary_key=True),
    of_recording(),
    Column("what", String(10), nullable=False),  # audio, words
    Column("at", Instant, nullable=False),
    Column("why", String(10), nullable=False),  # retention, person
    UniqueConstraint("recording_id", "what"),
)
WORDLESS = select(gone.c.recording_id).where(gone.c.what == "words")  # calls that cannot be judged any more
