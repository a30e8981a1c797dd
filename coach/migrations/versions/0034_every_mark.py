"""A call knows the name of its agent as it is sorted, written by the program: no mark on a letter counts.

Triggers put letters in the place of letters one by one, and SQLite bears only so many: «Àngels» and «Çelik»
stood behind «Zúñiga».
"""

import unicodedata
from importlib import import_module

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

LETTERS = import_module("coach.migrations.versions.0033_names_in_order")
LONGEST: int = LETTERS.LONGEST


def upgrade() -> None:
    op.add_column("recordings", sa.Column("agent_order", sa.String(LONGEST)))
    _fill()
    for name, row in LETTERS.TRIGGERS.items():
        LETTERS._reword(name, LETTERS._now(row), f"{row}.agent_order")
    op.execute(
        "UPDATE listed SET agent_order = r.agent_order FROM recordings r "
        "WHERE r.id = listed.recording_id AND listed.agent_order <> r.agent_order"
    )


def downgrade() -> None:
    for name, row in LETTERS.TRIGGERS.items():
        LETTERS._reword(name, f"{row}.agent_order", LETTERS._now(row))
    now = LETTERS._now("listed")
    op.execute(f"UPDATE listed SET agent_order = {now} WHERE agent_order <> {now}")  # noqa: S608 - words of 0033
    op.drop_column("recordings", "agent_order")


def _fill() -> None:
    connection = op.get_bind()
    names = connection.execute(sa.text("SELECT DISTINCT agent FROM recordings WHERE agent IS NOT NULL"))
    known = [{"name": name, "place": _key(name)[:LONGEST]} for name in names.scalars()]
    places = op.create_table(
        "places_of_names",
        sa.Column("name", sa.String(LONGEST), primary_key=True),
        sa.Column("place", sa.String(LONGEST)),
        prefixes=["TEMPORARY"],
    )
    op.bulk_insert(places, known)
    place = "(SELECT place FROM places_of_names WHERE name = agent)"
    op.execute(f"UPDATE recordings SET agent_order = {place} WHERE agent IS NOT NULL")  # noqa: S608 - as above
    op.drop_table("places_of_names")


def _key(name: str) -> str:
    """As `coach.by_name.key`."""
    whole = unicodedata.normalize("NFC", name).casefold().replace("ñ", "n~")
    return "".join(c for c in unicodedata.normalize("NFD", whole) if not unicodedata.combining(c))
