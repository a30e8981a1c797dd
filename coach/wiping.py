"""Takes words and sound of a call out of every place that holds them; its figures stay.

A wiped call keeps verdicts, points, counts and lengths; its turns, quotes, reasons and remarks are gone, from
older versions too. It is never judged again: nothing would be left to judge.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Literal

from sqlalchemy import Connection, Table, delete, insert, select, update

from coach import (
    bodies,
    broken_off,
    imported,
    kept_out,
    leg_rows,
    peaks,
    renamed_closes,
    seals,
    typed_beside,
)
from coach.clip_files import sweep
from coach.jobs import OPEN
from coach.personal import FILES
from coach.schema import best_answers, findings, jobs, recordings, reviews, scorecards, transcripts
from coach.schema_drills import clips, coaching_plans, drill_attempts
from coach.schema_out import deliveries
from coach.schema_privacy import gone
from coach.schema_work import (
    calibration_drafts,
    calibration_scores,
    comments,
    critical_steps,
    disputes,
    drafts,
    tasks,
)
from coach.store import Store
from coach.typed_beside import GONE
from coach.types import Review
from coach.upheld import FOLDER as GOLD
from nlp.types import Findings
from rubrics.types import Scorecard, Verdict
from transcripts.types import Recording

Why = Literal["retention", "person"]
What = Literal["audio", "words"]
_FOLDERS = tuple(name for name, one in FILES.items() if one.erased == "deleted")  # inside data_dir


def gone_at(store: Store, recording_id: str, what: What) -> datetime | None:
    """When sound or words of a call were erased; None where they were not."""
    query = select(gone.c.at).where(gone.c.recording_id == recording_id, gone.c.what == what)
    with store.reading() as connection:
        return connection.execute(query).scalar()


def note(connection: Connection, recording_id: str, what: What, why: Why, at: datetime) -> None:
    """Write down that it is gone; a second time changes nothing."""
    its = (gone.c.recording_id == recording_id, gone.c.what == what)
    if connection.execute(select(gone.c.id).where(*its)).first() is None:
        connection.execute(insert(gone).values(recording_id=recording_id, what=what, why=why, at=at))


def sound_files(store: Store, recording: Recording) -> tuple[Path, ...]:
    """The recording and all that was made from it, its second copies, and the legs it was joined from."""
    with store.reading() as connection:
        legs = leg_rows.ids_of(connection, recording.id)
        more = [*imported.copies(connection, [recording.id])]
    more += [file for leg in legs for file in sound_files(store, store.recording(leg))]
    if recording.audio is None:
        return tuple(more)
    if not recording.audio.is_file():
        return (recording.audio, *more)
    return (recording.audio, *peaks.made_from(store, recording.audio), *more)


def word_files(store: Store, connection: Connection, recording_id: str) -> tuple[Path, ...]:
    """Files with its words: transcripts that it came as, labelled calls made from its upheld disputes, a
    transcript that broke off.
    """
    query = select(disputes.c.id).where(disputes.c.recording_id == recording_id)
    numbers = connection.execute(query).scalars()
    heard = leg_rows.with_legs(connection, [recording_id])
    partial = (broken_off.path(store, each) for each in heard)
    gold = (store.data_dir / GOLD / f"dispute_{number}.jsonl" for number in numbers)
    return (*partial, *gold, *imported.files(connection, heard))


def wipe_audio(connection: Connection, recording_id: str, why: Why, at: datetime) -> dict[str, int]:
    """Let the call go without its sound, and without clips of it. The files are `remove`'s."""
    took = connection.execute(delete(clips).where(clips.c.recording_id == recording_id)).rowcount
    its = update(recordings).where(recordings.c.id == recording_id, recordings.c.audio.is_not(None))
    audio = connection.execute(its.values(audio=None)).rowcount
    note(connection, recording_id, "audio", why, at)
    copies = imported.copies(connection, [recording_id])
    rows = {"recordings": audio, "imported": imported.forget_files(connection, recording_id, copies)}
    for leg in leg_rows.ids_of(connection, recording_id):
        of_leg = wipe_audio(connection, leg, why, at)
        rows = {name: count + of_leg[name] for name, count in rows.items()}
    return {"clips": took, **rows}


def wipe_words(connection: Connection, recording_id: str, why: Why, at: datetime) -> dict[str, int]:
    """Take the words out of results and remarks of a call; what is nothing but words is deleted."""
    rows = {
        "transcripts": _transcripts(connection, recording_id),
        "findings": _findings(connection, recording_id),
        "scorecards": _scorecards(connection, recording_id),
        "reviews": _reviews(connection, recording_id),
    }
    for table in (best_answers, clips, drill_attempts, drafts, calibration_drafts):
        rows[table.name] = connection.execute(
            delete(table).where(table.c.recording_id == recording_id)
        ).rowcount
    for table, blank in (
        (comments, {"text": "", "deleted_at": at}),
        (disputes, {"reason": "", "quote": "", "decision": ""}),
        (critical_steps, {"text": ""}),
        (calibration_scores, {"note": ""}),
        (jobs, {"name": recording_id, "error": ""}),
    ):
        its = update(table).where(table.c.recording_id == recording_id)
        rows[table.name] = connection.execute(its.values(**blank)).rowcount
    being_done = update(jobs).where(jobs.c.recording_id == recording_id, jobs.c.state.in_(OPEN))
    connection.execute(being_done.values(state="cancelled", worker="", cancel_asked=False, finished_at=at))
    typed_beside.blank(connection, recording_id)
    rows["coaching_plans"] = _plans(connection, recording_id)
    files = imported.files(connection, [recording_id])
    rows["imported"] = imported.forget_files(connection, recording_id, files)
    # nothing is left to review
    waiting = (tasks.c.recording_id == recording_id, tasks.c.state.in_(("open", "claimed")))
    connection.execute(update(tasks).where(*waiting).values(state="dropped", finished_at=at))
    untold = update(deliveries).where(deliveries.c.recording_id == recording_id)  # nor to confirm
    connection.execute(untold.values(next_at=None, error=""))
    note(connection, recording_id, "words", why, at)
    for leg in leg_rows.ids_of(connection, recording_id):  # what was said stands there too
        rows = {name: count + rows[name] for name, count in wipe_words(connection, leg, why, at).items()}
    return rows


def wipe_call(connection: Connection, recording_id: str, at: datetime) -> None:
    """Take the whole call out, with its legs; what stays of it is no word and no id. It does not come back
    from where it came.
    """
    every = leg_rows.with_legs(connection, [recording_id])
    kept_out.note(connection, every, at)
    for each in every:
        typed_beside.blank(connection, each)
    renamed_closes.rename(connection, {each: seals.new_id() for each in every})
    leg_rows.forget(connection, recording_id)
    connection.execute(delete(recordings).where(recordings.c.id == recording_id))


def remove(store: Store, files: tuple[Path, ...], *, shared: bool = True) -> tuple[list[Path], list[Path]]:
    """Delete the files that are `ours`: those deleted, and those that lie elsewhere.

    With `shared`, a sound that another call still uses stays.
    """
    took, left = [], []
    for path in dict.fromkeys(files):  # one file may hold the words of many calls
        if shared and _used(store, path):
            continue
        if not ours(store, path):
            left += [path] if path.exists() else []
        elif path.is_file():
            path.unlink()
            took.append(path)
    sweep(store)
    return took, left


def ours(store: Store, path: Path) -> bool:
    """Whether a file lies in a folder that holds nothing but what is erased with its call. Where a sound
    lies is told from outside: it may say the database, or the ledger.
    """
    full = path.resolve()
    return any(full.is_relative_to(store.data_dir / folder) for folder in _FOLDERS)


def _used(store: Store, path: Path) -> bool:
    full = path.resolve()
    names = [str(full)]
    if full.is_relative_to(store.data_dir):
        names.append(str(full.relative_to(store.data_dir)))
    with store.reading() as connection:
        return (
            connection.execute(select(recordings.c.id).where(recordings.c.audio.in_(names))).first()
            is not None
        )


def _transcripts(connection: Connection, recording_id: str) -> int:
    rows = connection.execute(
        select(transcripts.c.id, transcripts.c.body).where(transcripts.c.recording_id == recording_id)
    ).all()
    for row in rows:
        was = bodies.read_transcript(row.body, Recording(""))
        trust = replace(was.trust, stretches=tuple(replace(s, text="") for s in was.trust.stretches))
        body = bodies.write_transcript(replace(was, turns=(), trust=trust))
        connection.execute(update(transcripts).where(transcripts.c.id == row.id).values(stems=" ", body=body))
    return len(rows)


def _findings(connection: Connection, recording_id: str) -> int:
    def bare(body: str) -> str:
        was = bodies.read_findings(body)
        people = replace(was.people, disclosed_to_other=None, other_said=None)
        return bodies.write_findings(Findings(talk=was.talk, people=people))

    return _rewritten(connection, findings, recording_id, bare)


def _scorecards(connection: Connection, recording_id: str) -> int:
    def bare(body: str) -> str:
        return bodies.write_scorecard(_unquoted(bodies.read_scorecard(body)))

    return _rewritten(connection, scorecards, recording_id, bare)


def _unquoted(card: Scorecard) -> Scorecard:
    def silent(verdicts: dict[str, Verdict]) -> dict[str, Verdict]:
        return {name: replace(v, evidence=(), reason=GONE, doubt="") for name, v in verdicts.items()}

    return replace(card, verdicts=silent(card.verdicts), pack_verdicts=silent(card.pack_verdicts))


def _reviews(connection: Connection, recording_id: str) -> int:
    def bare(body: str) -> str:
        return bodies.write_review(_without_words(bodies.read_review(body)))

    return _rewritten(connection, reviews, recording_id, bare)


def _rewritten(connection: Connection, table: Table, recording_id: str, bare: Callable[[str], str]) -> int:
    """Every version of the call's body in `table` put through `bare`; gives how many."""
    its = select(table.c.id, table.c.body).where(table.c.recording_id == recording_id)
    rows = connection.execute(its).all()
    for row in rows:
        connection.execute(update(table).where(table.c.id == row.id).values(body=bare(row.body)))
    return len(rows)


def _without_words(review: Review) -> Review:
    overrides = tuple(replace(one, reason="") for one in review.overrides)
    promise = replace(review.promise, channel=None) if review.promise else None  # typed: «Yape de su hija»
    return replace(review, overrides=overrides, relabels=(), notes="", promise=promise)


def _plans(connection: Connection, recording_id: str) -> int:
    """Coaching plans point at places in calls: those of this one go."""
    query = select(coaching_plans.c.id, coaching_plans.c.quotes)
    rows = connection.execute(
        query.where(coaching_plans.c.quotes.contains(recording_id, autoescape=True))
    ).all()
    changed = 0
    for row in rows:
        places = json.loads(row.quotes)
        kept = [one for one in places if one["recording"] != recording_id]
        if len(kept) < len(places):
            its = update(coaching_plans).where(coaching_plans.c.id == row.id)
            connection.execute(its.values(quotes=json.dumps(kept)))
            changed += 1
    return changed
