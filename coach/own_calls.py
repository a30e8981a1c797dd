"""What an agent reads of the own calls: whose sheet it is, words that show what to work on, confirmed faults.

Only released calls are quoted, and critical failures only once a person has confirmed them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ColumnElement, func, select

from coach import days_ahead, login_names
from coach.better_lines import better_line
from coach.blind import awaited
from coach.dated import held_on
from coach.discreet import outside
from coach.practice_cards import MEETS
from coach.queries import JUDGED, where
from coach.releases import shown
from coach.rows import CallFilter
from coach.schema import findings, ladders, recordings, standings, verdicts
from coach.schema import scorecards as cards
from coach.schema_lists import listed
from coach.schema_people import agent_logins, users
from coach.schema_work import disputes
from coach.settings import Settings
from coach.store import Store
from coach.types import Call, CoachError
from coach.viewers import Viewer, released, told
from coach.words import forms_for, stands
from nlp.labels import objection_ids
from rubrics.settled import Settled
from rubrics.types import Verdict
from transcripts.types import Quote

LOOKED_AT = 12  # calls read for their quotes, the newest first
UNKNOWN = "No hay ningún agente con este usuario entre las llamadas que usted puede ver. Elija uno en Equipo."


@dataclass(frozen=True, slots=True)
class Person:
    """Whose sheet it is. `user_id` is None for a login that nobody of the house holds."""

    name: str
    logins: tuple[str, ...]  # of the dialler
    user_id: int | None


@dataclass(frozen=True, slots=True)
class Example:
    """Where a criterion was missed in an own call: the quote, if there are words to quote, and why."""

    criterion: str
    recording_id: str
    call_date: date | None
    debtor_name: str | None
    reason: str
    quote: Quote | None = None
    said: str = ""  # the whole turn that the quote is of
    has_audio: bool = False
    appealed: bool = False  # the agent has an open appeal on just this verdict
    lifted: bool = False  # it was a fail, and the call's standing verdict is none any more
    better: str = ""  # what to say instead in that call, where it was asked for and one line would do
    named: tuple[str, str] = ("", "")  # as what judged the call calls it, Spanish and English, with `better`


def person(store: Store, viewer: Viewer, login: str = "") -> Person:
    """Whose sheet the viewer looks at: an agent the own one, whatever `login` says; others that of a dialler
    login in reach. CoachError where there is none.
    """
    if viewer.role == "agent" and viewer.user_id is not None:
        own = select(agent_logins.c.login).where(agent_logins.c.user_id == viewer.user_id).distinct()
        with store.reading() as connection:
            return Person(viewer.name, tuple(connection.execute(own).scalars()), viewer.user_id)
    viewer.require("team")
    its = (listed.c.agent_login == login, *where(viewer))
    ends = (func.min(listed.c.agent), func.max(listed.c.agent), func.max(listed.c.call_date))
    seen = select(func.count(), *ends).where(*its)
    held = select(users.c.id, users.c.name).join(agent_logins, agent_logins.c.user_id == users.c.id)
    with store.reading() as connection:
        calls, first, last, newest = connection.execute(seen).one()
        if not login or not calls:
            raise CoachError(UNKNOWN)
        day = min(newest or date.today(), days_ahead.newest())
        on_day = held.where(held_on(login, day))
        known = connection.execute(on_day).first()
        name = login_names.names_of(connection, {login: (first, last)}, its)[login]
    return Person(known.name if known else name, (login,), known.id if known else None)


def examples(
    store: Store,
    settings: Settings,
    viewer: Viewer,
    which: CallFilter,
    criterion: str,
    *,
    most: int = 2,
    better: bool = False,
) -> tuple[Example, ...]:
    """The newest released calls in which the criterion was missed for sure; those with a quote first. With
    `better` each has its own line: a call was read for it anyway.
    """
    missed = select(1).where(
        verdicts.c.scorecard_id == cards.c.id, verdicts.c.criterion == criterion, verdicts.c.outcome == "fail"
    )
    found: list[tuple[Example, Call, Settled]] = []
    quoted = 0
    for call in _released(store, settings, viewer, which, missed.exists()):
        now = stands(store, settings, call)
        if (example := _example(call, criterion, now)) is not None:
            found.append((example, call, now))
            quoted += example.quote is not None
        if quoted == most:
            break
    shown_first = sorted(found, key=lambda one: one[0].quote is None)[:most]
    told = with_appeals(store, [one for one, _, _ in shown_first])
    if not better:
        return told
    of_calls = zip(told, shown_first, strict=True)
    return tuple(_with_line(one, call, now, settings) for one, (_, call, now) in of_calls)


def with_appeals(store: Store, found: Sequence[Example]) -> tuple[Example, ...]:
    """The examples, each with whether its very verdict is under appeal: nobody is to be coached on it as if
    that were settled.
    """
    d = disputes.c
    query = select(d.recording_id, d.criterion).where(
        d.state == "open", d.recording_id.in_({one.recording_id for one in found})
    )
    with store.reading() as connection:
        open_ones = {tuple(row) for row in connection.execute(query)}
    names = dict.fromkeys(objection_ids(), MEETS)  # an objection that stays open is a fault of this one
    return tuple(
        replace(one, appealed=(one.recording_id, names.get(one.criterion, one.criterion)) in open_ones)
        for one in found
    )


def confirmed(
    store: Store, settings: Settings, viewer: Viewer, which: CallFilter, *, most: int = 3
) -> tuple[Example, ...]:
    """Critical failures of released calls that a person has confirmed, the newest first."""
    found: list[Example] = []
    for call in _released(store, settings, viewer, which, standings.c.void):
        now = stands(store, settings, call)
        judged = now.verdicts | now.pack_verdicts
        found += [_with_line(_shown(call, name, judged[name]), call, now, settings) for name in now.confirmed]
    return tuple(found[:most])


def _with_line(example: Example, call: Call, now: Settled, settings: Settings) -> Example:
    """The example with what to say instead in its call."""
    form, pack = forms_for(call, settings)
    lines = {one.id: one for one in (*form.criteria, *(pack.rules if pack else ()))}
    if example.criterion not in lines:
        return example
    verdict = (now.verdicts | now.pack_verdicts)[example.criterion]
    line = lines[example.criterion]
    better = better_line(call, line, verdict, settings)
    return replace(example, better=better, named=(line.label, line.label_en))


def _released(
    store: Store, settings: Settings, viewer: Viewer, which: CallFilter, holds: ColumnElement[bool]
) -> Iterator[Call]:
    """The newest released calls that `holds` is true of, as the viewer may be told of them."""
    query = (
        select(recordings.c.id)
        .select_from(JUDGED)
        .where(released(), holds, ~awaited(viewer, recordings.c.id), *where(viewer, which))
        .order_by(recordings.c.call_started_at.desc(), recordings.c.id)
        .limit(LOOKED_AT)
    )
    with store.reading() as connection:
        ids = list(connection.execute(query).scalars())
    for recording_id in ids:
        yield outside(viewer, shown(store, settings, viewer, recording_id))


def _example(call: Call, criterion: str, now: Settled) -> Example | None:
    verdict = now.verdicts.get(criterion)
    if verdict is None or verdict.outcome != "fail" or verdict.needs_review or criterion in now.to_confirm:
        return None
    return _shown(call, criterion, verdict)


def _shown(call: Call, criterion: str, verdict: Verdict) -> Example:
    recording = call.transcript.recording
    heard = recording.audio is not None
    about = (criterion, call.id, recording.call_date, recording.debtor_name, verdict.told)
    plain = Example(*about, has_audio=heard)
    if not verdict.evidence:
        return plain
    quote = verdict.evidence[0]
    return replace(plain, quote=quote, said=call.transcript.turns[quote.turn].text)


def unmet(
    store: Store, settings: Settings, viewer: Viewer, which: CallFilter, objection: str, *, most: int = 2
) -> tuple[Example, ...]:
    """The newest released calls in which an objection never got an answer that fits: the debtor's words, and
    as the reason what the agent said next. A call whose standing verdict holds nothing against the agent, or
    waits for a person, is none.
    """
    if not told(viewer, (objection,)):
        return ()
    never = (
        ladders.c.findings_id == findings.c.id, ladders.c.label == objection, ladders.c.missed > 0,
        ladders.c.fits == 0, ladders.c.turn.is_not(None),
    )  # fmt: skip
    found = []
    for call in _released(store, settings, viewer, which, select(1).where(*never).exists()):
        verdict = stands(store, settings, call).verdicts.get(MEETS)
        if verdict is not None and (verdict.outcome != "fail" or verdict.needs_review):
            continue
        turn = _where_missed(store, call.id, objection)
        if turn is None or turn >= len(call.transcript.turns):
            continue
        said, recording = call.transcript.turns[turn].text, call.transcript.recording
        after = [one.text for one in call.transcript.turns[turn + 1 : turn + 4] if one.speaker == "agent"]
        quote = Quote(turn, 0, len(said), said)
        about = (objection, call.id, recording.call_date, recording.debtor_name)
        heard = recording.audio is not None
        found.append(Example(*about, after[0] if after else "", quote, said, heard))
    return with_appeals(store, found[:most])


def _where_missed(store: Store, recording_id: str, objection: str) -> int | None:
    its = (findings.c.recording_id == recording_id, findings.c.current, ladders.c.label == objection)
    query = select(ladders.c.turn).join(findings, findings.c.id == ladders.c.findings_id).where(*its)
    with store.reading() as connection:
        found: int | None = connection.execute(query).scalar()
    return found
