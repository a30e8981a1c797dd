"""What the machine said last of a call, read in the transaction that goes on to change something."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from coach import bodies, versions
from coach.made import Made
from coach.schema import findings, scorecards, transcripts
from coach.schema_privacy import gone
from coach.types import CoachError
from rubrics.types import Scorecard, Verdict
from transcripts.types import Recording, Transcript

NOT_JUDGED = "{id}: esta llamada todavía no está evaluada. Vea su avance en la lista."
ERASED = "{id}: su texto se borró: no se evalúa de nuevo."
NO_PROOF = (
    "{id}: su texto se borró y ya no se ve en qué se apoya un veredicto: no se revisa, ni se entrega, ni se "
    "confirma una falta. Una falta crítica sin confirmar solo se puede descartar."
)


@dataclass(frozen=True, slots=True)
class Judged:
    scorecard_id: int
    card: Scorecard
    made: Made
    body: str  # of the transcript

    @property
    def verdicts(self) -> dict[str, Verdict]:
        """Of the form and of the country's rules, by id: what people are asked about."""
        return self.card.shown | self.card.pack_verdicts

    def transcript(self) -> Transcript:
        """What was heard, without the facts of the call."""
        return bodies.read_transcript(self.body, Recording(self.card.recording_id))


def wordless(connection: Connection, recording_id: str) -> bool:
    """Whether the words of the call were erased."""
    its = (gone.c.recording_id == recording_id, gone.c.what == "words")
    return connection.execute(select(gone.c.id).where(*its)).first() is not None


def check_words(connection: Connection, recording_id: str) -> None:
    """CoachError where the words of the call were erased: nobody could see any more why it is judged so."""
    if wordless(connection, recording_id):
        raise CoachError(NO_PROOF, id=recording_id)


def judged(connection: Connection, recording_id: str) -> Judged:
    """The current verdicts of a call, which nobody else changes until a writing transaction ends.

    Raises CoachError where it is not judged yet.
    """
    card = versions.current(connection, scorecards, recording_id)
    if card is None:
        raise CoachError(NOT_JUDGED, id=recording_id)
    found = connection.execute(select(findings).where(findings.c.id == card.findings_id)).one()
    heard = connection.execute(select(transcripts).where(transcripts.c.id == found.transcript_id)).one()
    made = Made(card.rubric, found.nlp_version, heard.model)
    return Judged(card.id, bodies.read_scorecard(card.body), made, heard.body)
