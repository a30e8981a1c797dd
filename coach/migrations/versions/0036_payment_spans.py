"""Of which days payments are known is kept by currency, country and portfolio. What an older store knows is
taken from its payments: from the first to the last of each, without the holes of over a month.
"""

from collections import defaultdict
from datetime import date, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

_HOLE = timedelta(days=31)


def upgrade() -> None:
    spans = op.create_table(
        "payment_spans",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("portfolio", sa.String(length=200), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_spans")),
    )
    op.create_index("ix_payment_spans_whose", "payment_spans", ["country", "portfolio"], unique=False)
    if rows := _of_before(op.get_bind()):
        op.bulk_insert(spans, rows)


def downgrade() -> None:
    op.drop_index("ix_payment_spans_whose", table_name="payment_spans")
    op.drop_table("payment_spans")


def _of_before(connection: sa.Connection) -> list[dict[str, object]]:
    paid = sa.table("payments", sa.column("account"), sa.column("paid_on", sa.Date), sa.column("currency"))
    calls = sa.table("recordings", sa.column("account"), sa.column("country"), sa.column("portfolio"))
    query = (
        sa.select(paid.c.currency, calls.c.country, calls.c.portfolio, paid.c.paid_on)
        .select_from(paid.join(calls, calls.c.account == paid.c.account))
        .where(paid.c.paid_on <= date.today())
        .distinct()
    )
    days: defaultdict[tuple[str, str, str], list[date]] = defaultdict(list)
    for currency, country, portfolio, day in connection.execute(query):
        days[currency, country or "", portfolio or ""].append(day)
    rows: list[dict[str, object]] = []
    for (currency, country, portfolio), its in days.items():
        whose = {"currency": currency, "country": country, "portfolio": portfolio}
        first = last = min(its)
        for day in sorted(its):
            if day - last > _HOLE:
                rows.append({**whose, "first_on": first, "last_on": last})
                first = day
            last = day
        rows.append({**whose, "first_on": first, "last_on": last})
    return rows
