"""The tables of people: who may sign in, in which role, over which teams and portfolios, and who did what.

Memberships, dialler logins and grants carry dates: whose call it was is asked for the day of the call.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from coach.schema import Instant, metadata

sites = Table(
    "sites",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(200), nullable=False, unique=True),
    Column("country", String(2)),
    Column("timezone", String(60), nullable=False, server_default=""),
)

teams = Table(
    "teams",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("site_id", ForeignKey("sites.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("name", String(200), nullable=False),
    UniqueConstraint("site_id", "name"),
)

users = Table(
    "users",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("login", String(200), nullable=False, unique=True),  # case folded
    Column("name", String(200), nullable=False),
    Column("email", String(300), nullable=False, server_default=""),
    Column("role", String(20), nullable=False),
    Column("password_hash", String(300)),  # argon2id; NULL: signs in elsewhere (OIDC) or not yet
    Column("oidc_subject", String(300), unique=True),
    Column("language", String(5), nullable=False, server_default="es"),
    Column("active", Boolean, nullable=False),
    Column("demo", Boolean, nullable=False, server_default=false()),  # signs in by a click, in the demo only
    Column("must_change", Boolean, nullable=False),  # the password, at the next sign-in
    Column("failed", Integer, nullable=False),  # wrong passwords in a row
    Column("locked_until", Instant),
    Column("created_at", Instant, nullable=False),
    Column("last_seen_at", Instant),
)

_USER = "users.id"


def of_user(*, name: str = "user_id", nullable: bool = False, ondelete: str = "CASCADE") -> Column[int]:
    """The column that says which person a row belongs to."""
    return Column(name, ForeignKey(_USER, ondelete=ondelete), nullable=nullable, index=True)


agent_logins = Table(  # the login that the dialler writes into a recording, and whose it was on which days
    "agent_logins",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("login", String(200), nullable=False, index=True),
    of_user(),
    Column("since", Date, nullable=False),
    Column("until", Date),  # included; NULL: still
)

memberships = Table(
    "memberships",
    metadata,
    Column("id", Integer, primary_key=True),
    of_user(),
    Column("team_id", ForeignKey("teams.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("leads", Boolean, nullable=False),  # leads the team; else a member of it
    Column("since", Date, nullable=False),
    Column("until", Date),  # included; NULL: still
    Index("ix_memberships_user_id_team_id", "user_id", "team_id"),
)

grants = Table(  # the portfolios that an outside auditor may see
    "grants",
    metadata,
    Column("id", Integer, primary_key=True),
    of_user(),
    Column("portfolio", String(200), nullable=False),
    UniqueConstraint("user_id", "portfolio"),
)

sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", String(64), primary_key=True),  # sha256 of what the cookie holds
    of_user(),
    Column("csrf", String(64), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("vouched", Boolean, nullable=False, server_default=false()),  # by the company's account
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Instant, nullable=False, index=True),
    Column("user_id", Integer),  # no foreign key: the entry outlives the person
    Column("login", String(200), nullable=False),
    Column("action", String(50), nullable=False),
    Column("subject", String(300), nullable=False),  # of what: "call:mx-1", "user:ana", "export:calls"
    Column("detail", Text, nullable=False),  # JSON; never words of a call
    Index("ix_audit_subject", "subject", "action", "user_id"),  # all three: who saw what is asked for calls
    Index("ix_audit_action", "action", "at"),
    Index("ix_audit_login", "login", "at"),
    CheckConstraint("action <> ''", name="action"),
)
