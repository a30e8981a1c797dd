"""Clips for class: 20 to 60 seconds of a real call around an objection, silent where somebody is given away.

Who reviews calls, or coaches, proposes one; a trainer or a lead approves it, once a person has judged what
was failed in it. Until then only they hear it; then everybody of the house does. What is heard is a file made
from the muted sound, never the recording. Of a debtor's health only those clips tell that are about it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import ColumnElement, and_, func, insert, or_, select, true, update

from coach import audit, clip_files, drafts, queries
from coach.clip_cut import Cut, Line, Span, around, cut, fitted, recut, without_health, worth
from coach.clip_judged import unjudged
from coach.clip_recall import recall
from coach.discreet import tells_of_health
from coach.peaks import sound
from coach.schema import recordings
from coach.schema_drills import clips
from coach.schema_people import users
from coach.shield import written_alone
from coach.store import Store
from coach.types import CoachError
from coach.viewers import Viewer, told, untold, visible
from nlp.labels import labels
from transcripts.types import Recording

NOT_THERE = "No hay ningún recorte con este número. Vea la lista."
LONGEST = {"title": 200, "note": 1000}  # letters
State = Literal["proposed", "approved"]


@dataclass(frozen=True, slots=True)
class Clip:
    """`muted` and the ends are seconds of the call. `call`: the viewer may open the call itself. Of proposed
    ones, `blind`: the viewer is to judge the call blind; else `unjudged`: see `clip_judged`, and `recalled`.
    """

    id: int
    recording_id: str
    objection: str
    start_s: float
    end_s: float
    title: str
    note: str
    muted: tuple[Span, ...]
    said: tuple[Line, ...]
    state: State
    made_by: str  # name; "" where the account is gone
    approved_by: str
    country: str | None
    call_date: date | None
    call: bool
    unjudged: tuple[str, ...] = ()
    blind: bool = False
    recalled: bool = False  # it was approved, and waits again

    @property
    def seconds(self) -> float:
        return self.end_s - self.start_s


@dataclass(frozen=True, slots=True)
class Page:
    rows: tuple[Clip, ...]
    total: int


def may_propose(viewer: Viewer) -> bool:
    return viewer.may("review") or viewer.may("assign")


def may_approve(viewer: Viewer) -> bool:
    return viewer.may("answers") or viewer.may("assign")


def suggested(store: Store, viewer: Viewer, recording_id: str, turn: int) -> Span:
    """Where a clip around a turn would begin and end."""
    _require(may_propose(viewer))
    return around(queries.call(store, viewer, recording_id).transcript, turn)


def propose(
    store: Store,
    viewer: Viewer,
    recording_id: str,
    objection: str,
    span: Span,
    title: str,
    note: str = "",
    *,
    now: datetime | None = None,
) -> int:
    """Put a clip before who approves. Gives its id; CoachError where it cannot be cut or muted."""
    _require(may_propose(viewer) and bool(told(viewer, (objection,))))
    call = queries.call(store, viewer, recording_id)
    sound(call.transcript.recording)
    if objection not in labels().objections:
        raise CoachError("«{objection}» no es una objeción conocida.", objection=objection)
    title, note = " ".join(title.split()), note.strip()
    if not title:
        raise CoachError("Falta el título: diga en pocas palabras qué se aprende al oírlo.")
    if len(title) > LONGEST["title"] or len(note) > LONGEST["note"]:
        raise CoachError("El título va hasta {title} letras y la nota hasta {note}.", **LONGEST)
    made = worth(call, objection, cut(call, *fitted(call.transcript, *span), objection))
    values = {
        "recording_id": recording_id, "objection": objection, "start_s": made.start_s, "end_s": made.end_s,
        "title": title, "note": note, "muted": json.dumps(made.muted), "said": _written(made.said),
        "made_by": viewer.user_id, "made_at": now or datetime.now(UTC),
    }  # fmt: skip
    with store.writing() as connection:
        clip_id = int(connection.execute(insert(clips).values(**values).returning(clips.c.id)).scalar_one())
        audit.record(connection, viewer, "clip.propose", f"call:{recording_id}", clip_id=clip_id)
    return clip_id


def approve(
    store: Store, viewer: Viewer, clip_id: int, *, shown: Clip | None = None, now: datetime | None = None
) -> None:
    """From now on everybody of the house hears it. Whoever approves has the call in reach.

    CoachError where it is not what was `shown` to them any more: nobody has heard that; while a failure in it
    waits for a person; before that is told, for who is to judge the call blind. It waits again where the call
    is judged anew and holds something else (`clip_recall`).
    """
    _require(may_approve(viewer))
    at = now or datetime.now(UTC)  # whatever is judged from here on is looked at again
    one = clip(store, viewer, clip_id)
    if one.blind:
        raise CoachError("Usted revisa esta llamada a ciegas: otra persona aprueba este recorte.")
    call = queries.call(store, viewer, one.recording_id)
    if one.unjudged:
        raise CoachError(
            "En este tramo hay una falta que ninguna persona ha juzgado todavía. Apruébelo cuando se decida."
        )
    if shown is not None and (one.muted, one.said) != (shown.muted, shown.said):
        raise CoachError("La llamada se corrigió mientras usted oía el recorte. Óigalo otra vez.")
    made = recut(call, one.objection, (one.start_s, one.end_s), one.muted)
    values = {
        "approved_by": viewer.user_id, "approved_at": at, "checked_at": None, "recalled_at": None,
        "muted": json.dumps(made.muted), "said": _written(made.said),
    }  # fmt: skip
    with store.writing() as connection:
        its = update(clips).where(clips.c.id == clip_id, clips.c.approved_at.is_(None))
        if connection.execute(its.values(**values)).rowcount:
            told = {"clip_id": clip_id, "proposed_by": one.made_by}
            audit.record(connection, viewer, "clip.approve", f"call:{one.recording_id}", **told)


def withdraw(store: Store, viewer: Viewer, clip_id: int, *, now: datetime | None = None) -> None:
    """Nobody hears it any more, and its file goes: by who approves, or by who proposed it until then."""
    one = clip(store, viewer, clip_id)
    with store.reading() as connection:
        made_by = connection.execute(select(clips.c.made_by).where(clips.c.id == clip_id)).scalar()
    own = one.state == "proposed" and made_by is not None and made_by == viewer.user_id
    _require(own or may_approve(viewer))
    if not own:
        queries.reach(store, viewer, one.recording_id)
    with store.writing() as connection:
        its = update(clips).where(clips.c.id == clip_id, clips.c.withdrawn_at.is_(None))
        connection.execute(its.values(withdrawn_at=now or datetime.now(UTC)))
        audit.record(connection, viewer, "clip.withdraw", f"call:{one.recording_id}", clip_id=clip_id)
    clip_files.sweep(store)


def listed(
    store: Store, viewer: Viewer, state: State, objection: str = "", *, page: int = 0, size: int = 10
) -> Page:
    """One page (from 0) of clips that the viewer may hear, the newest first."""
    recall(store)
    decided = clips.c.approved_at.is_not(None) if state == "approved" else clips.c.approved_at.is_(None)
    tests = [decided, *_heard_by(viewer)]
    tests += [clips.c.objection == objection] if objection else []
    source = clips.join(recordings, recordings.c.id == clips.c.recording_id)
    total = select(func.count()).select_from(source).where(*tests)
    query = _query(viewer).where(*tests).order_by(clips.c.made_at.desc(), clips.c.id.desc())
    with store.reading() as connection:
        rows = connection.execute(query.limit(size).offset(page * size)).all()
        found = connection.execute(total).scalar_one()
    return Page(tuple(_today(store, viewer, _clip(row)) for row in rows), found)


def counts(store: Store, viewer: Viewer) -> dict[str, int]:
    """How many approved clips there are of each objection that has any, most first."""
    recall(store)
    source = clips.join(recordings, recordings.c.id == clips.c.recording_id)
    query = select(clips.c.objection, func.count()).select_from(source)
    query = query.where(clips.c.approved_at.is_not(None), *_heard_by(viewer)).group_by(clips.c.objection)
    with store.reading() as connection:
        rows = connection.execute(query.order_by(func.count().desc(), clips.c.objection)).all()
    return {row[0]: row[1] for row in rows}


def recalled(store: Store, viewer: Viewer) -> int:
    """How many that were approved wait again for who may approve them."""
    if not may_approve(viewer):
        return 0
    query = select(func.count()).select_from(clips.join(recordings, recordings.c.id == clips.c.recording_id))
    query = query.where(clips.c.recalled_at.is_not(None), *_heard_by(viewer))
    with store.reading() as connection:
        return connection.execute(query).scalar_one()


def clip(store: Store, viewer: Viewer, clip_id: int) -> Clip:
    """CoachError, the same as for one that is not there, where the viewer may not hear it."""
    recall(store)
    row = None
    if clip_id < 2**31:  # more no database counts to
        with store.reading() as connection:
            row = connection.execute(_query(viewer).where(clips.c.id == clip_id, *_heard_by(viewer))).first()
    if row is None:
        raise CoachError(NOT_THERE)
    return _today(store, viewer, _clip(row))


def audio(store: Store, viewer: Viewer, clip_id: int) -> Path:
    """The MP3 of a clip that the viewer may hear, made at its first hearing."""
    one = clip(store, viewer, clip_id)
    return clip_files.heard(
        store, clip_id, sound(store.recording(one.recording_id)), one.start_s, one.end_s, one.muted
    )


def _heard_by(viewer: Viewer) -> tuple[ColumnElement[bool], ...]:
    """Conditions on clips and their recordings; none about an objection that the viewer is not told of."""
    live = and_(clips.c.withdrawn_at.is_(None), untold(viewer, clips.c.objection))
    if viewer.role == "auditor":
        return (live, clips.c.approved_at.is_not(None), *visible(viewer))
    tests: list[ColumnElement[bool]] = [clips.c.approved_at.is_not(None)]
    if viewer.user_id is not None:
        tests.append(clips.c.made_by == viewer.user_id)
    if may_approve(viewer):
        tests.append(and_(true(), *visible(viewer)))
    return (live, or_(*tests))


def _query(viewer: Viewer) -> Any:
    maker, judge = users.alias("maker"), users.alias("judge")
    source = clips.join(recordings, recordings.c.id == clips.c.recording_id)
    source = source.outerjoin(maker, maker.c.id == clips.c.made_by)
    source = source.outerjoin(judge, judge.c.id == clips.c.approved_by)
    near = and_(true(), *visible(viewer))
    return select(
        *clips.c, maker.c.name.label("maker"), judge.c.name.label("judge"), recordings.c.country,
        recordings.c.call_date, recordings.c.debtor_name, recordings.c.account, near.label("near"),
    ).select_from(source)  # fmt: skip


def _clip(row: Any) -> Clip:
    facts = Recording(
        row.recording_id, row.call_date, country=row.country, debtor_name=row.debtor_name, account=row.account
    )
    title, note = (written_alone(text, facts, names=False) for text in (row.title, row.note))
    return Clip(
        row.id, row.recording_id, row.objection, row.start_s, row.end_s, title, note,
        tuple((a, b) for a, b in json.loads(row.muted)),
        tuple(Line(one["speaker"], one["text"]) for one in json.loads(row.said)),
        "approved" if row.approved_at else "proposed", row.maker or "", row.judge or "", row.country,
        row.call_date, bool(row.near), recalled=row.recalled_at is not None,
    )  # fmt: skip


def _today(store: Store, viewer: Viewer, one: Clip) -> Clip:
    """The clip by what is known of its call today: silent where somebody found since that a debtor tells of
    health in it, and with what waits for a person. One that waits is as it would be approved.
    """
    about_health = tells_of_health(one.objection)
    try:
        call = store.call(one.recording_id)
    except CoachError:  # it went into a transferred call: what is in it is not known any more
        return one if about_health else replace(one, muted=((one.start_s, one.end_s),), said=())
    if one.state == "proposed":
        blind = drafts.hides(store, viewer, call.id)
        waits = () if blind else unjudged(call, one.start_s, one.end_s)
        one = replace(one, blind=blind, unjudged=waits, recalled=one.recalled and not blind)
        with suppress(CoachError):  # told where it is to be approved
            now = recut(call, one.objection, (one.start_s, one.end_s), one.muted)
            one = replace(one, muted=now.muted, said=now.said)
    if about_health:
        return one
    made = without_health(call, Cut(one.start_s, one.end_s, one.muted, one.said))
    return replace(one, muted=made.muted, said=made.said)


def _written(said: Iterable[Line]) -> str:
    return json.dumps([asdict(line) for line in said], ensure_ascii=False)


def _require(allowed: bool) -> None:
    if not allowed:
        raise CoachError("Su cuenta no tiene permiso para esto. Pídalo a quien administra Temple.")
