"""Tokens of programs that may read: shown once, kept as their SHA-256, with a reach and an end.

A program is a viewer like any other: what `coach.viewers` lets a lead, an auditor or an analyst reach, a
token of a team, of a portfolio or of the house reaches too, and it may do nothing else.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from difflib import get_close_matches
from typing import Any, Literal, get_args

from sqlalchemy import Row, Select, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from coach import audit
from coach.choices import choices
from coach.schema_out import api_tokens, api_uses
from coach.schema_people import teams
from coach.store import Store
from coach.types import CoachError
from coach.viewers import Viewer
from coach.workdays import local_day

Reach = Literal["all", "team", "portfolio"]
REACHES: tuple[Reach, ...] = get_args(Reach)
USUAL_DAYS, MOST_DAYS = 90, 366
USUAL_PER_MINUTE, MOST_PER_MINUTE = 60, 600
_PREFIX = "temple_"
_NAMED = 12  # portfolios in one sentence
_TOUCH_EVERY = timedelta(minutes=1)  # `last_used_at` need not be known more exactly


@dataclass(frozen=True, slots=True)
class Token:
    """What is known of a token; the token itself nobody can read any more. Instants are UTC."""

    id: int
    name: str
    hint: str  # how it begins
    reach: Reach
    team_id: int | None
    team: str
    portfolio: str | None
    per_minute: int
    created_by: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    last_used_at: datetime | None
    uses: int = 0  # requests, ever

    def good(self, now: datetime) -> bool:
        return self.revoked_at is None and now < self.expires_at

    def viewer(self) -> Viewer:
        """The program as a viewer of what its reach allows."""
        login = f"api:{self.name}"
        if self.reach == "team":
            return Viewer(None, login, self.name, "lead", (self.team_id,) if self.team_id else ())
        if self.reach == "portfolio":
            return Viewer(None, login, self.name, "auditor", portfolios=(self.portfolio or "",))
        return Viewer(None, login, self.name, "analyst")


def _likest(name: str, known: Sequence[str]) -> Sequence[str]:
    """As many as a sentence can hold."""
    return known if len(known) <= _NAMED else get_close_matches(name, known, _NAMED, cutoff=0)


def create(
    store: Store,
    viewer: Viewer,
    name: str,
    reach: Reach,
    *,
    team_id: int | None = None,
    portfolio: str = "",
    days: int = USUAL_DAYS,
    per_minute: int = USUAL_PER_MINUTE,
    now: datetime | None = None,
) -> str:
    """A new token, given this once. CoachError where the reach is not complete or a number out of bounds."""
    viewer.require("administer")
    name, portfolio, now = name.strip(), portfolio.strip(), now or datetime.now(UTC)
    if not 1 <= len(name) <= 60 or not name.isprintable():
        raise CoachError("El token necesita un nombre de hasta 60 letras: el del programa que lo usará.")
    if not 1 <= days <= MOST_DAYS:
        raise CoachError("Un token vale de 1 a {most} días. Elija otro plazo.", most=MOST_DAYS)
    if not 1 <= per_minute <= MOST_PER_MINUTE:
        raise CoachError(
            "Las consultas por minuto van de 1 a {most}. Elija otro número.", most=MOST_PER_MINUTE
        )
    if reach == "portfolio" and not portfolio:
        raise CoachError("Diga de qué cartera es el token.")
    if reach == "portfolio" and portfolio not in (known := choices(store, viewer).portfolios):
        raise CoachError(  # it would read nothing, and nobody would know why
            (
                "Ninguna llamada es de la cartera «{portfolio}». Hay {portfolios}."
                if len(known) <= _NAMED
                else "Ninguna llamada es de la cartera «{portfolio}». Hay {n}; las de nombre más parecido: "
                "{portfolios}."
            )
            if known
            else "Ninguna llamada es de la cartera «{portfolio}». Todavía no hay llamadas con cartera.",
            portfolio=portfolio,
            n=len(known),
            portfolios=", ".join(f"«{one}»" for one in _likest(portfolio, known)),
        )
    made = _PREFIX + secrets.token_urlsafe(32)
    ends = now + timedelta(days=days)
    with store.writing() as connection:
        if reach == "team" and not connection.execute(select(1).where(teams.c.id == team_id)).first():
            raise CoachError("Diga de qué equipo es el token: ese equipo no existe.")
        same = select(1).where(api_tokens.c.name == name, api_tokens.c.revoked_at.is_(None))
        if connection.execute(same).first():
            raise CoachError("Ya hay un token «{name}». Revóquelo antes o elija otro nombre.", name=name)
        values = {
            "name": name, "digest": digest(made), "hint": made[: len(_PREFIX) + 4], "reach": reach,
            "team_id": team_id if reach == "team" else None,
            "portfolio": portfolio if reach == "portfolio" else None,
            "per_minute": per_minute, "created_by": viewer.login, "created_at": now,
            "expires_at": ends,
        }  # fmt: skip
        connection.execute(insert(api_tokens).values(**values))
        audit.record(connection, viewer, "token.create", f"token:{name}", reach=reach, until=local_day(ends))
    return made


def revoke(store: Store, viewer: Viewer, token_id: int, *, now: datetime | None = None) -> None:
    """From now on the token opens nothing. CoachError where there is none with this number that does."""
    viewer.require("administer")
    its = (api_tokens.c.id == token_id, api_tokens.c.revoked_at.is_(None))
    with store.writing() as connection:
        name = connection.execute(select(api_tokens.c.name).where(*its)).scalar()
        if name is None:
            raise CoachError(
                "No hay ningún token vigente con el número {number}. Vea la lista.", number=token_id
            )
        done = update(api_tokens).where(*its).values(revoked_at=now or datetime.now(UTC))
        connection.execute(done)
        audit.record(connection, viewer, "token.revoke", f"token:{name}")


def list_tokens(store: Store, viewer: Viewer) -> tuple[Token, ...]:
    """Every token that there ever was, the newest first."""
    viewer.require("administer")
    used = select(func.coalesce(func.sum(api_uses.c.times), 0)).where(api_uses.c.token_id == api_tokens.c.id)
    query = _query().add_columns(used.scalar_subquery().label("uses")).order_by(api_tokens.c.id.desc())
    with store.reading() as connection:
        return tuple(_token(row, int(row.uses)) for row in connection.execute(query))


def known(store: Store, written: str, *, now: datetime | None = None) -> Token | None:
    """The token that a program shows; None where it never was, has ended or was revoked."""
    if not written.startswith(_PREFIX) or len(written) > 200:
        return None
    with store.reading() as connection:
        row = connection.execute(_query().where(api_tokens.c.digest == digest(written))).first()
    found = _token(row) if row is not None else None
    return found if found is not None and found.good(now or datetime.now(UTC)) else None


def used(store: Store, token: Token, resource: str, *, now: datetime | None = None) -> None:
    """Count a request that was answered; the log gets an entry once in half an hour and resource."""
    now = now or datetime.now(UTC)
    row = {"token_id": token.id, "day": now.date(), "resource": resource}
    same = [api_uses.c[name] == value for name, value in row.items()]
    with store.writing() as connection:
        once_more = update(api_uses).where(*same).values(times=api_uses.c.times + 1)
        if not connection.execute(once_more).rowcount:
            try:
                with connection.begin_nested():
                    connection.execute(insert(api_uses).values(**row, times=1))
            except IntegrityError:  # another process was first
                connection.execute(once_more)
        if token.last_used_at is None or now - token.last_used_at >= _TOUCH_EVERY:
            its = update(api_tokens).where(api_tokens.c.id == token.id)
            connection.execute(its.values(last_used_at=now))
    audit.seen(store, token.viewer(), "api", f"api:{resource}")


def digest(written: str) -> str:
    return hashlib.sha256(written.encode()).hexdigest()


def _query() -> Select[Any]:
    joined = api_tokens.outerjoin(teams, teams.c.id == api_tokens.c.team_id)
    return select(api_tokens, teams.c.name.label("team")).select_from(joined)


def _token(row: Row[tuple[object, ...]], uses: int = 0) -> Token:
    return Token(
        row.id, row.name, row.hint, row.reach, row.team_id, row.team or "", row.portfolio, row.per_minute,
        row.created_by, row.created_at, row.expires_at, row.revoked_at, row.last_used_at, uses,
    )  # fmt: skip
