"""What deleting leaves behind in the files of a database, and how it goes.

SQLite overwrites deleted rows with zeros (`secure_delete`, set for every connection), but old pages stay in
the write-ahead log and old words in the parts of the search indices that have not been merged. PostgreSQL
keeps dead rows until a vacuum. The system's own copies (file system, backups) are not reached from here.
"""

from __future__ import annotations

import logging

from sqlalchemy.exc import SQLAlchemyError

from coach.store import Store

log = logging.getLogger(__name__)

_INDICES = ("transcript_words", "listed_names")  # full-text indices of SQLite
_PAGES = 500  # of an index merged in one transaction: others write in between
_MOST = 10_000  # transactions; an index of a million calls takes some hundreds


def scrub(store: Store) -> bool:
    """Take what was deleted out of the files too. False where somebody who reads held it up: next time then.

    Some seconds for 100,000 calls; nobody waits for longer than one step of it.
    """
    try:
        return _sqlite(store) if store.engine.dialect.name == "sqlite" else _postgresql(store)
    except SQLAlchemyError as error:
        log.warning("deleted rows stay in the files for now: %s", type(error).__name__)
        return False


def _sqlite(store: Store) -> bool:
    for index in _INDICES:
        pages = -_PAGES  # the first step asks for all parts to become one
        for _ in range(_MOST):
            with store.writing() as connection:
                before = connection.exec_driver_sql("SELECT total_changes()").scalar_one()
                merge = f"INSERT INTO {index}({index}, rank) VALUES ('merge', {pages})"  # noqa: S608 - our names
                connection.exec_driver_sql(merge)
                after = connection.exec_driver_sql("SELECT total_changes()").scalar_one()
            if after - before < 2:  # as SQLite tells that nothing was left to merge
                break
            pages = _PAGES
    with store.engine.connect() as connection:
        blocked, *_ = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
    return not blocked


def _postgresql(store: Store) -> bool:
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM")
    return True
