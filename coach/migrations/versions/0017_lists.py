"""What lists and figures need at 200,000 calls: a row for each judged call, and days added up."""

# ruff: noqa: S608 - the statements are put together from the names above, from nothing that anybody typed

import unicodedata
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

import sqlalchemy as sa
from alembic import op

from nlp.labels import objection_ids

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

# facts of a call that `listed` repeats: its columns, what they are in `recordings` (`{r}` stands for the row)
FACTS = {
    "call_date": "{r}.call_date", "call_started_at": "{r}.call_started_at",
    "started_local": "{r}.started_local", "agent_login": "{r}.agent_login", "agent": "{r}.agent",
    "agent_order": "lower({r}.agent)", "debtor_name": "{r}.debtor_name", "country": "{r}.country",
    "company": "{r}.company", "campaign": "{r}.campaign", "portfolio": "{r}.portfolio",
    "disposition": "{r}.disposition", "duration_s": "{r}.duration_s",
    "has_audio": "({r}.audio IS NOT NULL)", "demo": "{r}.demo", "named": "{r}.named",
}  # fmt: skip
STANDS = {
    "points": "{s}.points", "points_low": "{s}.points_low", "points_high": "{s}.points_high",
    "critical": "{s}.critical", "urgent": "({s}.critical > 0)", "to_review": "{s}.to_review",
    "void": "{s}.void",
}  # fmt: skip
RESULTS = {
    "scorecard_id": "c.id", "recording_id": "c.recording_id", "findings_id": "c.findings_id",
    "transcript_id": "f.transcript_id", "evaluable": "c.evaluable", "promised": "f.promised",
    "firm_promise": "f.firm_promise", "outcomes": "c.outcomes", "said": "f.said",
}  # fmt: skip
KEY = {
    "day": "coalesce({l}.call_date, '0001-01-01')", "country": "coalesce({l}.country, '')",
    "campaign": "coalesce({l}.campaign, '')", "portfolio": "coalesce({l}.portfolio, '')",
    "demo": "{l}.demo", "assigned": "({l}.agent_login IS NOT NULL)",
}  # fmt: skip
_COUNTS = "{l}.evaluable <> 'no' AND {l}.points IS NOT NULL"
SUMS = {
    "calls": "1",
    "evaluable": "CASE WHEN {l}.evaluable <> 'no' THEN 1 ELSE 0 END",
    "critical": "CASE WHEN {l}.critical > 0 THEN 1 ELSE 0 END",
    "to_review": "CASE WHEN {l}.to_review > 0 THEN 1 ELSE 0 END",
    "firm_promises": "CASE WHEN {l}.firm_promise THEN 1 ELSE 0 END",
    "seconds": "coalesce({l}.duration_s, 0)",
    "with_points": f"CASE WHEN {_COUNTS} THEN 1 ELSE 0 END",
    "points": f"CASE WHEN {_COUNTS} THEN {{l}}.points ELSE 0 END",
    "squares": f"CASE WHEN {_COUNTS} THEN {{l}}.points * {{l}}.points ELSE 0 END",
}

PAGE = 2000


def upgrade() -> None:
    _columns()
    _tables()
    _fill_letters()
    _fill_named()
    for name, (table, when, body) in triggers().items():
        _trigger(name, table, when, body)
    op.execute(f"INSERT INTO listed {_listed_rows('WHERE c.current')}")


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name in triggers():
            op.execute(f"DROP TRIGGER {name}")
    else:
        for name, (table, _, _) in triggers().items():
            op.execute(f"DROP TRIGGER {name} ON {table}")
            op.execute(f"DROP FUNCTION {name}()")
    for table in ("tallies", "listed", "places"):
        op.drop_table(table)
    for table, column in (("recordings", "named"), ("findings", "said"), ("scorecards", "outcomes")):
        op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")


def triggers() -> dict[str, tuple[str, str, str]]:
    """By name: the table, when, and what then happens. The same words for both databases."""
    facts = ", ".join(f"{name} = {value.format(r='NEW')}" for name, value in FACTS.items())
    stands = ", ".join(f"{name} = {value.format(s='NEW')}" for name, value in STANDS.items())
    of_facts = ", ".join(sorted({*FACTS, "audio"} - {"agent_order", "has_audio"}))
    return {
        "listed_new": (
            "standings",
            "INSERT",
            f"INSERT INTO listed {_listed_rows('WHERE c.id = NEW.scorecard_id AND c.current')};",
        ),
        "listed_old": (
            "scorecards",
            "UPDATE OF current",
            "DELETE FROM listed WHERE scorecard_id = NEW.id AND NOT NEW.current;",
        ),
        "listed_stands": (
            "standings",
            "UPDATE",
            f"UPDATE listed SET {stands} WHERE scorecard_id = NEW.scorecard_id;",
        ),
        "listed_facts": (
            "recordings",
            f"UPDATE OF {of_facts}",
            f"UPDATE listed SET {facts} WHERE recording_id = NEW.id;",
        ),
        "tallies_more": ("listed", "INSERT", _added("NEW")),
        "tallies_less": ("listed", "DELETE", _taken("OLD")),
        "tallies_moved": ("listed", "UPDATE", _taken("OLD") + _added("NEW")),
    }


def _listed_rows(where: str) -> str:
    columns = RESULTS | FACTS | STANDS
    values = ", ".join(value.format(r="r", s="s") for value in columns.values())
    return (
        f"({', '.join(columns)}) SELECT {values} FROM scorecards c JOIN standings s ON s.scorecard_id = c.id "
        f"JOIN findings f ON f.id = c.findings_id JOIN recordings r ON r.id = c.recording_id {where}"
    )


def _added(row: str) -> str:
    names = ", ".join([*KEY, *SUMS])
    values = ", ".join(value.format(l=row) for value in (KEY | SUMS).values())
    more = ", ".join(f"{name} = tallies.{name} + excluded.{name}" for name in SUMS)
    return (
        f"INSERT INTO tallies ({names}) VALUES ({values}) "
        f"ON CONFLICT ({', '.join(KEY)}) DO UPDATE SET {more};"
    )


def _taken(row: str) -> str:
    its = " AND ".join(f"{name} = {value.format(l=row)}" for name, value in KEY.items())
    less = ", ".join(f"{name} = {name} - ({value.format(l=row)})" for name, value in SUMS.items())
    return f"UPDATE tallies SET {less} WHERE {its}; DELETE FROM tallies WHERE {its} AND calls = 0;"


def _trigger(name: str, table: str, when: str, body: str) -> None:
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"CREATE TRIGGER {name} AFTER {when} ON {table} BEGIN {body} END")
        return
    body = body.replace("coalesce(NEW.call_date, '", "coalesce(NEW.call_date, date '")
    body = body.replace("coalesce(OLD.call_date, '", "coalesce(OLD.call_date, date '")
    connection.exec_driver_sql(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} RETURN NULL; END $$"
    )
    connection.exec_driver_sql(
        f"CREATE TRIGGER {name} AFTER {when} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
    )


def _tables() -> None:
    op.create_table(
        "places",
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "name", name=op.f("pk_places")),
        sa.UniqueConstraint("kind", "place", name=op.f("uq_places_kind_place")),
    )
    op.create_table(
        "tallies",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("campaign", sa.String(length=200), nullable=False),
        sa.Column("portfolio", sa.String(length=200), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("assigned", sa.Boolean(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("calls", "evaluable", "critical")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("to_review", "firm_promises")),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("with_points", sa.Integer(), nullable=False),
        sa.Column("points", sa.Float(), nullable=False),
        sa.Column("squares", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint(*KEY, name=op.f("pk_tallies")),
    )
    op.create_table(
        "listed",
        sa.Column("scorecard_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("recording_id", sa.String(length=200), nullable=False),
        sa.Column("findings_id", sa.Integer(), nullable=False),
        sa.Column("transcript_id", sa.Integer(), nullable=False),
        sa.Column("call_date", sa.Date()),
        sa.Column("call_started_at", sa.DateTime()),
        sa.Column("started_local", sa.DateTime()),
        *(sa.Column(name, sa.String(length=200)) for name in ("agent_login", "agent", "agent_order")),
        sa.Column("debtor_name", sa.String(length=200)),
        sa.Column("country", sa.String(length=2)),
        *(sa.Column(name, sa.String(length=200)) for name in ("company", "campaign", "portfolio")),
        sa.Column("disposition", sa.String(length=100)),
        sa.Column("duration_s", sa.Float()),
        sa.Column("has_audio", sa.Boolean(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("evaluable", sa.String(length=10), nullable=False),
        *(sa.Column(name, sa.Float()) for name in ("points", "points_low", "points_high")),
        sa.Column("critical", sa.Integer(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("to_review", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Boolean(), nullable=False) for name in ("void", "promised", "firm_promise")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("outcomes", "said", "named")),
        _key("recording_id", "recordings.id"),
        _key("scorecard_id", "scorecards.id"),
        sa.PrimaryKeyConstraint("scorecard_id", name=op.f("pk_listed")),
        sa.UniqueConstraint("recording_id", name=op.f("uq_listed_recording_id")),
    )


def _key(column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [other], name=op.f(f"fk_listed_{column}"), ondelete="CASCADE")


def _columns() -> None:
    for table, column in (("recordings", "named"), ("findings", "said"), ("scorecards", "outcomes")):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column(column, sa.Text(), server_default="", nullable=False))


def _fill_named() -> None:
    connection = op.get_bind()
    named = sa.text("UPDATE recordings SET named = :named WHERE id = :id")
    rows = sa.text("SELECT id, account, debtor_name FROM recordings WHERE id > :after ORDER BY id LIMIT 500")
    after = ""
    while page := connection.execute(rows, {"after": after}).all():
        connection.execute(
            named, [{"id": r[0], "named": _folded("\n".join(part or "" for part in r))} for r in page]
        )
        after = page[-1][0]


def _folded(text: str) -> str:
    parts = unicodedata.normalize("NFD", text.lower())
    return "".join(c for c in parts if not unicodedata.combining(c))


def _fill_letters() -> None:
    """The letters of what is current, as `coach.letters` writes them."""
    outcome = {"pass": "p", "fail": "f", "na": "n"}
    verdicts = _pages("verdicts", "scorecard_id", "criterion, outcome, needs_review")
    _spell(
        "criterion",
        "scorecards SET outcomes",
        ((of, name, outcome[out].upper() if waits else outcome[out]) for of, name, out, waits in verdicts),
    )
    counts = _pages("finding_counts", "findings_id", "label, n")
    objections = set(objection_ids())
    _spell(
        "objection",
        "findings SET said",
        ((of, name, chr(ord("0") + n)) for of, name, n in counts if name in objections),
    )


def _spell(kind: str, column: str, letters: Iterator[tuple[int, str, str]]) -> None:
    """Rows of letters into `column` ("table SET name"), from letters that come in the order of their rows.

    A name gets its place when it is first met, so earlier rows are shorter.
    """
    connection = op.get_bind()
    change = sa.text(f"UPDATE {column} = :row WHERE id = :of AND current")
    at: dict[str, int] = {}
    rows = []
    for of, group in groupby(letters, key=itemgetter(0)):
        its = {at.setdefault(name, len(at)): letter for _, name, letter in group}
        rows.append({"of": of, "row": "".join(its.get(place, "-") for place in range(len(at)))})
        if len(rows) == PAGE:
            connection.execute(change, rows)
            rows = []
    if rows:
        connection.execute(change, rows)
    if at:
        placed = sa.text("INSERT INTO places (kind, name, place) VALUES (:kind, :name, :place)")
        connection.execute(placed, [{"kind": kind, "name": n, "place": place} for n, place in at.items()])


def _pages(table: str, key: str, columns: str) -> Iterator[Any]:
    """All rows of `table` in the order of `key`, a page of keys at a time."""
    connection = op.get_bind()
    last = connection.execute(sa.text(f"SELECT coalesce(max({key}), 0) FROM {table}")).scalar_one()
    page = sa.text(
        f"SELECT {key}, {columns} FROM {table} WHERE {key} > :after AND {key} <= :upto ORDER BY {key}"
    )
    for after in range(0, last, PAGE):
        yield from connection.execute(page, {"after": after, "upto": after + PAGE}).all()
