"""Lists by agent stand in the order of Spanish: accents change nothing, Ñ comes after N and before O.

SQLite makes small letters of ASCII only, so «Ñáñez» stood behind «Zúñiga», and «Óscar» behind both.
"""

# ruff: noqa: S608 - the statements are put together from the words below, from nothing that anybody typed

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

TRIGGERS = {"listed_new": "r", "listed_facts": "NEW"}  # and what each calls the row of the recording
LONGEST = 200  # of the column; «n~» is longer than «ñ»
# as `coach.by_name.column` has it: letters written with a mark of its own first, then the marks that are left
ALIKE = (
    ("n\u0303", "n~"),
    *zip("áéíóúüÁÉÍÓÚÜ", "aeiouuaeiouu", strict=True),
    ("ñ", "n~"),
    ("Ñ", "n~"),
    ("\u0301", ""),
    ("\u0308", ""),
)


def upgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":  # other locales put «~» before all letters
        _collate('"C"')
    for name, row in TRIGGERS.items():
        _reword(name, _before(row), _now(row))
    op.execute(f"UPDATE listed SET agent_order = {_now('listed')} WHERE agent_order <> {_now('listed')}")


def downgrade() -> None:
    for name, row in TRIGGERS.items():
        _reword(name, _now(row), _before(row))
    before = _before("listed")
    op.execute(f"UPDATE listed SET agent_order = {before} WHERE agent_order <> {before}")
    if op.get_bind().dialect.name != "sqlite":
        _collate('"default"')


def _before(row: str) -> str:
    return f"lower({row}.agent)"


def _now(row: str) -> str:
    told = _before(row)
    for letter, plain in ALIKE:
        told = f"replace({told}, '{letter}', '{plain}')"
    return f"substr({told}, 1, {LONGEST})"


def _reword(name: str, before: str, after: str) -> None:
    """The same trigger with other words in it."""
    connection = op.get_bind()
    run = connection.exec_driver_sql
    if connection.dialect.name == "sqlite":
        made = sa.text("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = :name")
        body = connection.execute(made, {"name": name}).scalar_one()
        run(f"DROP TRIGGER {name}")
    else:
        made = sa.text("SELECT pg_get_functiondef(CAST(:name AS regproc))")
        body = connection.execute(made, {"name": name}).scalar_one()
    run(body.replace(before, after))


def _collate(collation: str) -> None:
    op.execute(f"ALTER TABLE listed ALTER COLUMN agent_order TYPE varchar({LONGEST}) COLLATE {collation}")
