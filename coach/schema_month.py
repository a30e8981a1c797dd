"""The tables of trust, of the month's score and its close, and of the ledger of promises."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    Numeric,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from coach.schema import Instant, metadata, of_recording
from coach.schema_people import of_user

trusts = Table(  # whether a criterion's verdicts enter points, where these have made them
    "trusts",
    metadata,
    Column("rubric", String(200), primary_key=True),
    Column("nlp_version", String(100), primary_key=True),
    Column("model", String(300), primary_key=True),  # speech model
    Column("criterion", String(100), primary_key=True),
    Column("counts", Boolean, nullable=False),
    Column("n", Integer, nullable=False),  # blind reviews
    Column("agreement", Float),
    Column("low", Float),
    Column("kappa", Float),
    Column("since", Instant, nullable=False),  # of `counts` as it is
)

past_evaluations = Table(  # what people had scored before, brought in from spreadsheets
    "past_evaluations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source", String(300), nullable=False),  # file and line
    Column("recording_id", ForeignKey("recordings.id", ondelete="CASCADE"), index=True),
    Column("call_ref", String(200), nullable=False),  # as the file names the call
    Column("agent_login", String(200), index=True),
    Column("reviewer", String(200), nullable=False),
    Column("evaluated_on", Date),
    Column("criterion", String(100), nullable=False),
    Column("outcome", String(4), nullable=False),
    UniqueConstraint("call_ref", "reviewer", "criterion"),
)

closes = Table(  # a month signed off: frozen, with what made it
    "closes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("month", Date, nullable=False),  # its first day
    Column("site_id", ForeignKey("sites.id", ondelete="RESTRICT")),  # None: the whole house
    Column("cut_off", Instant, nullable=False),
    of_user(name="created_by", ondelete="RESTRICT"),
    Column("created_at", Instant, nullable=False),
    of_user(name="signed_by", nullable=True, ondelete="RESTRICT"),
    Column("signed_at", Instant),
    Column("body", Text, nullable=False),  # JSON: versions, bands, rules of that day
    Column("digest", String(64), nullable=False),  # sha256 of rows and body
    UniqueConstraint("month", "site_id"),
)

close_rows = Table(
    "close_rows",
    metadata,
    Column("close_id", ForeignKey("closes.id", ondelete="CASCADE"), primary_key=True),
    Column("user_id", ForeignKey("users.id", ondelete="RESTRICT"), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("team", String(200), nullable=False),
    Column("n", Integer, nullable=False),
    Column("calls", Integer, nullable=False),  # that month, evaluable or not
    Column("points", Float),  # None: too few calls for a score
    Column("low", Float),
    Column("high", Float),
    Column("band", String(50), nullable=False),
    Column("voided", Integer, nullable=False),
    Column("open_disputes", Integer, nullable=False),
)

adjustments = Table(  # what came after the signature: an entry of its own, never a change of the month
    "adjustments",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("close_id", ForeignKey("closes.id", ondelete="RESTRICT"), nullable=False, index=True),
    of_user(),
    Column("points", Float, nullable=False),  # added, may be negative only by a person's word
    Column("reason", Text, nullable=False),
    Column("dispute_id", ForeignKey("disputes.id", ondelete="SET NULL")),
    of_user(name="entered_by"),
    Column("at", Instant, nullable=False),
)

promises = Table(  # the ledger: one row for the current promise of a call, written with its findings
    "promises",
    metadata,
    Column("findings_id", ForeignKey("findings.id", ondelete="CASCADE"), primary_key=True),
    of_recording(),
    Column("account", String(200), index=True),
    Column("amount", Numeric(14, 2)),
    Column("currency", String(3)),
    Column("due_on", Date, index=True),
    Column("firm", Boolean, nullable=False),
    Column("read_back", Boolean, nullable=False),
    Column("confirmed", Boolean, nullable=False),
    Column("paid", Numeric(14, 2), nullable=False, server_default="0"),  # of this promise, in its days
    Column("paid_on", Date),  # the last of those payments
    Column("renewed_on", Date),  # when the account promised anew before this one was kept
    Column("withdrawn", Boolean, nullable=False, server_default=false()),  # a person says: no promise
    Column("by_person", Boolean, nullable=False, server_default=false()),  # put right or withdrawn by one
)

payments = Table(  # from the payments CSV
    "payments",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("account", String(200), nullable=False, index=True),
    Column("paid_on", Date, nullable=False),
    Column("amount", Numeric(14, 2), nullable=False),
    Column("currency", String(3), nullable=False),
    Column("reference", String(200), nullable=False),
    UniqueConstraint("account", "paid_on", "amount", "reference"),
)

unread_payments = Table(  # what the CSV says and nobody could read; see `coach.payment_doubts`
    "unread_payments",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("account", String(200), nullable=False, index=True),
    Column("first_on", Date, nullable=False),
    Column("last_on", Date, nullable=False),  # included
)

payment_spans = Table(  # of which days payments are known, and of whose; see `coach.payment_spans`
    "payment_spans",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("currency", String(3), nullable=False),
    Column("country", String(2), nullable=False),  # "": calls that do not say it; the portfolio too
    Column("portfolio", String(200), nullable=False),
    Column("first_on", Date, nullable=False),
    Column("last_on", Date, nullable=False),  # included
    Column("source", Integer, nullable=False, server_default="0"),  # the same: one file told of them once
    Index("ix_payment_spans_whose", "country", "portfolio"),
)
