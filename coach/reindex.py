"""The search's words made again for transcripts that are stored already."""

from __future__ import annotations

from sqlalchemy import select, update

from coach import bodies
from coach.indexed import indexed
from coach.schema import findings, transcripts
from coach.store import Store
from nlp.types import Findings

_PAGE = 200


def index_again(store: Store) -> int:
    """Index every stored transcript by the rules of today; gives in how many the words changed.

    For stores from before numbers and names were left out, or words about health marked, and after redaction
    has learnt more.
    """
    changed, last = 0, 0
    while True:
        with store.reading() as connection:
            page = (
                select(transcripts.c.id, transcripts.c.recording_id, transcripts.c.body, transcripts.c.stems)
                .where(transcripts.c.id > last)
                .order_by(transcripts.c.id)
                .limit(_PAGE)
            )
            rows = connection.execute(page).all()
        for row in rows:
            transcript = bodies.read_transcript(row.body, store.recording(row.recording_id))
            words = indexed(transcript, _found(store, row.id))
            if words != row.stems and transcript.turns:
                with store.writing() as connection:
                    its = update(transcripts).where(transcripts.c.id == row.id)
                    connection.execute(its.values(stems=words))
                changed += 1
        if len(rows) < _PAGE:
            return changed
        last = rows[-1].id


def _found(store: Store, transcript_id: int) -> Findings | None:
    newest = select(findings.c.body).where(findings.c.transcript_id == transcript_id)
    newest = newest.order_by(findings.c.id.desc()).limit(1)
    with store.reading() as connection:
        body = connection.execute(newest).scalar()
    return bodies.read_findings(body) if body else None
