"""The shop's own best answers: what its agents said to an objection in calls that went well, word for word
but for what gives anybody away.

Answers are proposed from stored calls, ranked by promises kept, then made; a trainer approves one before
anybody else sees it. Below a least number of calls with the objection nothing is ranked: chance would speak.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import Row, insert, select, update

from coach import as_said, audit
from coach.queries import JUDGED, where
from coach.schema import best_answers, findings, recordings
from coach.schema import ladders as ladders_table
from coach.store import Store
from coach.types import Call, CoachError
from coach.viewers import Viewer, told, untold
from nlp.redact import redacted
from rubrics.ladder import ladders
from rubrics.loader import pack_of
from rubrics.replies import faults

LEAST_CALLS = 20  # with the objection, before its answers are ranked
LEAST_WORDS, MOST_WORDS = 8, 80
LOOKED_AT = 150  # calls with the objection, the newest first
FITS = 0.7  # how likely an answer must fit that led to no promise
State = Literal["proposed", "approved", "rejected"]


@dataclass(frozen=True, slots=True)
class Answer:
    """One turn of an agent after an objection. `text` is redacted; `kept` is None where nobody knows."""

    objection: str
    recording_id: str
    turn: int
    text: str
    fit: float  # 0..1: how likely it fits the objection
    promised: bool
    kept: bool | None
    id: int | None = None
    state: State = "proposed"
    decided_by: str = ""


@dataclass(frozen=True, slots=True)
class Ranking:
    """Answers to one objection, the best first; `calls` with the objection they come from."""

    objection: str
    calls: int
    answers: tuple[Answer, ...]

    @property
    def enough(self) -> bool:
        return self.calls >= LEAST_CALLS


def candidates(calls: Iterable[Call], objection: str) -> Ranking:
    """The agents' turns right after `objection` that fit it or led to a promise, and that no rule would
    fault, ranked.
    """
    found: list[Answer] = []
    count = 0
    for call in calls:
        met = [pair for pair in ladders(call.transcript, call.findings) if pair.objection.label == objection]
        count += bool(met)
        clean = redacted(call.transcript, call.findings.promise) if met else call.transcript
        pack = pack_of(call.transcript.recording.country)
        promise = as_said.promised(call)
        for pair in met:
            if not pair.replies or pair.against:
                continue
            turn = pair.replies[0]
            text = clean.turns[turn].text
            if not LEAST_WORDS <= len(text.split()) <= MOST_WORDS or clean.turns[turn].doubt is not None:
                continue
            if faults(text, pack):
                continue
            later = promise is not None and promise.firm and promise.quote.turn > turn
            if pair.fit < FITS and not later:
                continue  # neither known to fit nor shown to work
            kept = call.transcript.recording.facts.promise_kept if later else None
            found.append(Answer(objection, call.id, turn, text, pair.fit, later, kept))
    found.sort(key=lambda a: (a.kept is not True, a.kept is False, not a.promised, -a.fit, a.recording_id))
    return Ranking(objection, count, tuple(found))


def search(store: Store, viewer: Viewer, objection: str) -> int:
    """Look through the newest calls that met an objection, and propose what went well; gives how many.

    Takes the models, a few seconds. Raises CoachError where there are too few calls to rank by.
    """
    viewer.require("answers")
    _require_told(viewer, objection)
    its = (ladders_table.c.label == objection, ladders_table.c.times > 0)
    made = JUDGED.join(ladders_table, ladders_table.c.findings_id == findings.c.id)
    newest = select(recordings.c.id).select_from(made).where(*its, *where(viewer))
    newest = newest.order_by(recordings.c.call_started_at.desc(), recordings.c.id).limit(LOOKED_AT)
    with store.reading() as connection:
        ids = list(connection.execute(newest).scalars())
    return propose(store, viewer, candidates(map(store.call, ids), objection))


def propose(store: Store, viewer: Viewer, ranking: Ranking, most: int = 10) -> int:
    """Put the first answers of a ranking before the trainers; gives how many are new.

    Raises CoachError where there are too few calls to rank by.
    """
    viewer.require("answers")
    if not ranking.enough:
        raise CoachError(
            "Hay {n} llamadas con esta objeción y hacen falta {least} para buscar respuestas propias. "
            "Vuelva a intentarlo cuando haya más.",
            n=ranking.calls,
            least=LEAST_CALLS,
        )
    known = {(one.recording_id, one.turn) for one in answers(store, viewer, ranking.objection)}
    new = [one for one in ranking.answers[:most] if (one.recording_id, one.turn) not in known]
    if new:
        rows = [
            {
                "objection": one.objection, "recording_id": one.recording_id, "turn": one.turn,
                "text": one.text, "fit": one.fit, "promised": one.promised, "kept": one.kept,
                "state": "proposed", "decided_by": "", "proposed_at": datetime.now(UTC),
            }
            for one in new
        ]  # fmt: skip
        with store.writing() as connection:
            connection.execute(insert(best_answers), rows)
            audit.record(connection, viewer, "propose", f"answers:{ranking.objection}", new=len(new))
    return len(new)


def decide(store: Store, viewer: Viewer, answer_id: int, state: Literal["approved", "rejected"]) -> None:
    """A trainer's word on a proposed answer. Raises CoachError where there is no such answer."""
    viewer.require("answers")
    values = {"state": state, "decided_by": viewer.name, "decided_at": datetime.now(UTC)}
    with store.writing() as connection:
        its = (best_answers.c.id == answer_id, untold(viewer, best_answers.c.objection))
        done = connection.execute(update(best_answers).where(*its).values(**values))
        if done.rowcount == 0:
            raise CoachError("No hay ninguna respuesta propuesta con el número {answer}.", answer=answer_id)
        audit.record(connection, viewer, state, f"answer:{answer_id}")


def answers(store: Store, viewer: Viewer, objection: str, state: State | None = None) -> tuple[Answer, ...]:
    """The answers to an objection that were proposed; of one state where it is given.

    What is approved is for everybody of the house; the rest for those who decide.
    """
    if state != "approved" or viewer.role == "auditor":
        viewer.require("answers")
    its = (best_answers.c.objection == objection, untold(viewer, best_answers.c.objection))
    query = select(best_answers).where(*its).order_by(best_answers.c.id)
    if state is not None:
        query = query.where(best_answers.c.state == state)
    with store.reading() as connection:
        return tuple(_answer(row) for row in connection.execute(query))


def _require_told(viewer: Viewer, objection: str) -> None:
    if not told(viewer, (objection,)):
        raise CoachError("Esta objeción habla de la salud de alguien: su cuenta no busca en ella.")


def _answer(row: Row[tuple[object, ...]]) -> Answer:
    return Answer(
        row.objection, row.recording_id, row.turn, row.text, row.fit, row.promised, row.kept, row.id,
        row.state, row.decided_by,
    )  # fmt: skip
