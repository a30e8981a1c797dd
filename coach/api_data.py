"""What the programs' door gives: the same queries as the screens, less what tells who somebody is."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from coach import api_models as m
from coach import as_said, audit, discreet, ledger, owners, queries, rungs, teams
from coach import promises as promise_rows
from coach.filters import where
from coach.intervals import Mean
from coach.rows import CallFilter
from coach.schema_lists import listed
from coach.settings import Settings
from coach.store import Store
from coach.types import Call, CoachError
from coach.viewers import Viewer
from coach.words import forms_for, stands
from nlp.labels import name_of
from nlp.redact import redact_text
from rubrics.settled import Settled
from rubrics.types import Criterion, Rule

BAD_CURSOR = "after: no es una página de esta lista. Use tal cual la dirección que da «next»."


@dataclass(frozen=True, slots=True)
class House:
    """What every question needs."""

    store: Store
    settings: Settings
    viewer: Viewer

    @property
    def names(self) -> bool:
        """Whether agents are told apart: not to who audits a portfolio from outside."""
        return self.viewer.may("team")


@dataclass(frozen=True, slots=True)
class Answer:
    """`after` is the cursor of the next page; "" where there is none."""

    body: m.Given
    after: str = ""


def calls(house: House, asked: m.Paged) -> Answer:
    columns: list[Any] = [listed.c.recording_id.label("id")]
    columns += [listed.c[name] for name in m.CallOut.model_fields if name not in ("id", "agent")]
    columns.append(owners.agent_name(listed).label("agent"))
    rows, after = _page(house, asked, columns)
    data = tuple(_call(house, dict(row._mapping)) for row in rows)
    return Answer(m.Calls(data=data, next=None), after)


def scorecard(house: House, recording_id: str) -> Answer:
    """Written down as seen, like on a screen. CoachError where there is no such call in reach."""
    call = queries.call(house.store, house.viewer, recording_id)
    audit.seen(house.store, house.viewer, "see", f"call:{recording_id}")
    now = stands(house.store, house.settings, call)
    recording, engine = call.transcript.recording, call.transcript.engine
    promise = as_said.promised(call)
    told = m.PromiseOfCall(
        amount=float(promise.amount) if promise.amount is not None else None, currency=promise.currency,
        date=promise.date, read_back=promise.read_back is not None, needs_review=as_said.unsure(call),
    ) if promise else _left(house, call.id)  # fmt: skip
    body = m.ScorecardOut(
        id=call.id, call_date=recording.call_date,
        **_agent(house, owners.name_of(house.store, call.id), recording.agent_login),
        country=recording.country, evaluable=call.scorecard.evaluable,
        evaluable_reason=discreet.masked_text(call.scorecard.evaluable_reason, call),
        points=now.points, points_low=now.points_low, points_high=now.points_high, void=now.void,
        rubric=call.scorecard.rubric, pack=call.scorecard.pack, engine=engine.name, model=engine.model,
        promise=told, verdicts=_verdicts(house, call, now),
    )  # fmt: skip
    return Answer(body)


def _left(house: House, recording_id: str) -> m.PromiseOfCall | None:
    """What the ledger has of a promise whose words were erased: it counts in lists and figures."""
    left = promise_rows.left_of(house.store, recording_id)
    if left is None:
        return None
    amount = float(left.amount) if left.amount is not None else None
    return m.PromiseOfCall(
        amount=amount, currency=left.currency, date=left.due_on, read_back=left.read_back,
        needs_review=left.unsure,
    )  # fmt: skip


def agents(house: House, asked: m.Asked) -> Answer:
    house.viewer.require("team")
    rows = queries.agents(house.store, house.viewer, asked.filter())
    data = tuple(
        m.AgentOut(
            login=row.login, agent=row.agent, calls=row.calls, critical=row.critical, promises=row.promises,
            to_review=row.to_review, **_mean(row.points),
        )
        for row in rows
    )  # fmt: skip
    return Answer(m.Agents(data=data))


def team_weeks(house: House, asked: m.Asked) -> Answer:
    data = []
    for team in teams.list_teams(house.store, house.viewer):
        if asked.team and team.id not in asked.team:
            continue
        eyes = teams.through(house.viewer, team.id)
        for week in queries.weeks(house.store, eyes, asked.filter()):
            data.append(
                m.TeamWeekOut(
                    team_id=team.id, team=team.name, site=team.site, monday=week.monday, **_mean(week.points)
                )
            )
    return Answer(m.TeamWeeks(data=tuple(data)))


def objections(house: House, asked: m.Asked) -> Answer:
    which = _which(house, asked)
    found = rungs.met(house.store, house.viewer, which)
    # asked by agent: of none, as two answers that differ by one agent would tell of that one
    people = 0 if which.agents else queries.agents_in(house.store, house.viewer, which)
    data = tuple(
        m.ObjectionOut(
            objection=row.objection, label=name_of(row.objection), calls=row.calls.hits,
            of=row.calls.n, resolved=row.resolved.hits, resolvable=row.resolved.n,
        )
        for row in found
        if discreet.may_tell(row.objection, row.calls.hits, agents=people)
    )  # fmt: skip
    return Answer(m.Objections(data=data))


def promises(house: House, asked: m.Paged) -> Answer:
    """In the order of their calls' ids: by their day a promise put right would be told twice, or never."""
    of = ledger.Asked(house.settings, house.viewer, _which(house, asked))
    rows = ledger.by_call(house.store, of, after=_read(asked.after), size=asked.size + 1)
    data = tuple(
        m.PromiseOut(
            call_id=row.recording_id, call_date=row.call_date, **_agent(house, row.agent, row.agent_login),
            country=row.country, amount=float(row.amount) if row.amount is not None else None,
            currency=row.currency, due_on=row.due_on, paid=float(row.paid), paid_on=row.paid_on,
            read_back=row.read_back, confirmed=row.confirmed, state=row.state,
        )
        for row in rows[: asked.size]
    )  # fmt: skip
    return Answer(m.Promises(data=data, next=None), _after(rows, asked.size, "recording_id"))


def criticals(house: House, asked: m.CriticalsAsked) -> Answer:
    """Failures to confirm and confirmed ones, of each call in the order of its form."""
    held = or_(listed.c.critical > 0, listed.c.void)
    rows, after = _page(house, asked, [listed.c.recording_id.label("id")], held)
    data: list[m.CriticalOut] = []
    for row in rows:
        call = house.store.call(row.id)
        now = stands(house.store, house.settings, call)
        data += [_critical(house, call, one, now) for one in _known(house, call) if one.id in _failed(now)]
    return Answer(m.Criticals(data=tuple(data), next=None), after)


def rows_of(body: m.Given) -> tuple[list[str], list[list[object]]]:
    """The answer as a table: a row each; of a scorecard one for each verdict."""
    if isinstance(body, m.ScorecardOut):
        model: type[m.Given] = m.VerdictOut
        items: tuple[Any, ...] = body.verdicts
    else:
        items = body.data  # type: ignore[attr-defined]
        model = type(body).model_fields["data"].annotation.__args__[0]  # type: ignore[union-attr]
    names = [name for name in model.model_fields if name != "evidence"]
    return names, [[_cell(getattr(item, name)) for name in names] for item in items]


def _cell(value: object) -> object:
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else value


def _which(house: House, asked: m.Asked) -> CallFilter:
    """The filter that is asked for. CoachError where it asks for the calls of an agent or a team, which may
    be of one agent alone, and agents are not told apart.
    """
    if asked.agent or asked.team:
        house.viewer.require("team")
    return asked.filter()


def _page(
    house: House, asked: m.Paged, columns: list[Any], *tests: ColumnElement[bool]
) -> tuple[list[Any], str]:
    """Rows in the order of their ids, after the cursor; and the cursor after them."""
    key = listed.c.recording_id
    query = select(*columns).where(*where(house.viewer, _which(house, asked)), *tests)
    if after := _read(asked.after):
        query = query.where(key > after)
    with house.store.reading() as connection:
        rows = list(connection.execute(query.order_by(key).limit(asked.size + 1)))
    return rows[: asked.size], _after(rows, asked.size, "id")


def _after(rows: Sequence[Any], size: int, key: str) -> str:
    """The cursor of the next page, where one row more than `size` was found."""
    return _write(getattr(rows[size - 1], key)) if len(rows) > size else ""


def _write(place: str) -> str:
    return base64.urlsafe_b64encode(place.encode()).decode().rstrip("=")


def _read(cursor: str) -> str:
    try:
        return base64.b64decode(cursor + "=" * (-len(cursor) % 4), b"-_", validate=True).decode()
    except (binascii.Error, ValueError) as error:
        raise CoachError(BAD_CURSOR) from error


def _call(house: House, row: dict[str, Any]) -> m.CallOut:
    row |= _agent(house, row["agent"], row["agent_login"])
    row["disposition"] = _masked(row["disposition"]) if row["disposition"] else None
    return m.CallOut(**row)


@lru_cache(maxsize=4096)
def _masked(text: str) -> str:
    """Dispositions come over and over."""
    return redact_text(text)


def _agent(house: House, agent: str | None, login: str | None) -> dict[str, str | None]:
    return {"agent": agent, "agent_login": login} if house.names else {"agent": None, "agent_login": None}


def _mean(points: Mean) -> dict[str, Any]:
    return {
        "points": points.value, "points_n": points.n, "points_low": points.low, "points_high": points.high,
    }  # fmt: skip


def _known(house: House, call: Call) -> tuple[Criterion, ...]:
    form, pack = forms_for(call, house.settings)
    return (*form.criteria, *(pack.rules if pack else ()))


def _failed(now: Settled) -> set[str]:
    return {*now.to_confirm, *now.confirmed}


def _critical(house: House, call: Call, one: Criterion, now: Settled) -> m.CriticalOut:
    recording = call.transcript.recording
    return m.CriticalOut(
        call_id=call.id, call_date=recording.call_date, criterion=one.id, label=one.label,
        **_agent(house, owners.name_of(house.store, call.id), recording.agent_login),
        state="confirmed" if one.id in now.confirmed else "to_confirm",
    )  # fmt: skip


def _verdicts(house: House, call: Call, now: Settled) -> tuple[m.VerdictOut, ...]:
    verdicts = now.verdicts | now.pack_verdicts
    masked, health = discreet.masked_quotes(call), discreet.health_turns(call)
    told = []
    for one in _known(house, call):
        if (verdict := verdicts.get(one.id)) is None:
            continue
        reason = discreet.masked_text(discreet.unspoken(verdict, health).told, call)
        told.append(
            m.VerdictOut(
                criterion=one.id, label=one.label, group=one.group, outcome=verdict.outcome,
                needs_review=verdict.needs_review, critical=one.voids, confirmed=one.id in now.confirmed,
                certainty=one.certainty if isinstance(one, Rule) else None, reason=reason,
                evidence=tuple(
                    m.EvidenceOut(
                        turn=quote.turn, speaker=call.transcript.turns[quote.turn].speaker, text=masked(quote)
                    )
                    for quote in verdict.evidence
                ),
            )
        )  # fmt: skip
    return tuple(told)


ASKING: dict[str, tuple[type[m.Simple], type[m.Given], Callable[[House, Any], Answer], str]] = {
    "calls": (m.Paged, m.Calls, calls, "Llamadas evaluadas, en el orden de su id."),
    "agents": (m.Asked, m.Agents, agents, "Cifras de cada agente."),
    "teams/weeks": (m.Asked, m.TeamWeeks, team_weeks, "Puntos de cada equipo por semana."),
    "objections": (m.Asked, m.Objections, objections, "Objeciones: cuántas y cuántas se resuelven."),
    "promises": (m.Paged, m.Promises, promises, "Promesas de pago y qué fue de ellas."),
    "criticals": (m.CriticalsAsked, m.Criticals, criticals, "Faltas críticas por confirmar y confirmadas."),
}
"""The lists: by path, what they take, what they give, who answers, and what they are."""
