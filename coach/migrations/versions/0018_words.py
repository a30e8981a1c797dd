"""Words indexed for searches, and what else is looked up or counted at 200,000 calls."""

# ruff: noqa: S608 - the statements are put together from the names above, from nothing that anybody typed

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

WORDS = "array_to_tsvector(string_to_array(btrim(stems), ' '))"
MADE = ["blind", "rubric", "nlp_version", "model", "criterion"]
LISTED = {  # indices of it
    "attention": ["urgent", "to_review", "call_started_at", "recording_id"],
    "date": ["call_started_at", "recording_id"],
    "agent": ["agent_order", "call_started_at", "recording_id"],
    "points": ["points", "call_started_at", "recording_id"],
    "critical": ["critical", "firm_promise", "call_started_at", "recording_id"],
    "transcript_id": ["transcript_id"],
    "findings_id": ["findings_id"],
    "call_date": ["call_date"],
    "country": ["country", "call_date"],
    "portfolio": ["portfolio", "call_date"],
    "campaign": ["campaign", "call_date"],
    "figures": [
        "agent_login", "agent", "call_date", "evaluable", "points", "critical", "to_review", "firm_promise",
        "promised", "duration_s", "transcript_id", "said", "outcomes",
    ],
}  # fmt: skip
INDICES = {
    "ix_memberships_user_id_team_id": ("memberships", ["user_id", "team_id"]),
    "ix_recordings_portfolio_id": ("recordings", ["portfolio", "id"]),
    "ix_audit_action": ("audit", ["action", "at"]),
    "ix_audit_login": ("audit", ["login", "at"]),
}


def upgrade() -> None:
    for name, columns in LISTED.items():
        op.create_index(f"ix_listed_{name}", "listed", columns)
    for name, (table, columns) in INDICES.items():
        op.create_index(name, table, columns)
    op.drop_index("ix_audit_subject", "audit")
    op.create_index("ix_audit_subject", "audit", ["subject", "action", "user_id"])
    op.drop_index("ix_ratings_made", "ratings")
    counted = ["person", "machine", "recording_id", "user_id", "review_id"]
    op.create_index("ix_ratings_made", "ratings", [*MADE, *counted])
    _index_words()


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name in _words():
            op.execute(f"DROP TRIGGER {name}")
        op.execute("DROP TABLE listed_names")
        op.execute("DROP TABLE transcript_words")
    else:
        op.drop_index("ix_transcripts_words", "transcripts")
    op.drop_index("ix_audit_subject", "audit")
    op.create_index("ix_audit_subject", "audit", ["subject"])
    op.drop_index("ix_ratings_made", "ratings")
    op.create_index("ix_ratings_made", "ratings", MADE)
    for name, (table, _) in INDICES.items():
        op.drop_index(name, table)
    for name in LISTED:
        op.drop_index(f"ix_listed_{name}", "listed")


def _words() -> dict[str, tuple[str, str, str]]:
    """SQLite: the triggers that keep the two word indices."""
    kept = {}
    for index, table, key, column in (
        ("transcript_words", "transcripts", "id", "stems"),
        ("listed_names", "listed", "transcript_id", "named"),
    ):
        more = f"INSERT INTO {index} (rowid, {column}) VALUES (NEW.{key}, NEW.{column});"
        less = f"INSERT INTO {index} ({index}, rowid, {column}) VALUES ('delete', OLD.{key}, OLD.{column});"
        kept[f"{index}_more"] = (table, "INSERT", more)
        kept[f"{index}_less"] = (table, "DELETE", less)
        kept[f"{index}_moved"] = (table, f"UPDATE OF {column}", less + more)
    return kept


def _index_words() -> None:
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        connection.exec_driver_sql(f"CREATE INDEX ix_transcripts_words ON transcripts USING gin ({WORDS})")
        return
    # stems are separated by spaces and hold letters, digits and «_» only: every other sign is a letter to it
    connection.exec_driver_sql(
        "CREATE VIRTUAL TABLE transcript_words USING fts5(stems, content='transcripts', content_rowid='id', "
        "detail=none, columnsize=0, tokenize=\"ascii tokenchars '_'\")"
    )
    connection.exec_driver_sql(
        "CREATE VIRTUAL TABLE listed_names USING fts5(named, content='listed', "
        "content_rowid='transcript_id', columnsize=0, tokenize='trigram')"
    )
    for index in ("transcript_words", "listed_names"):
        connection.exec_driver_sql(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")
    for name, (table, when, body) in _words().items():
        connection.exec_driver_sql(f"CREATE TRIGGER {name} AFTER {when} ON {table} BEGIN {body} END")
