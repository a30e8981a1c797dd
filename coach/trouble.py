"""When the machine fails and not the recording: the database is gone, the disk is full. Work waits, told in
a plain sentence, and goes on by itself; nothing is lost and no recording is blamed.
"""

from __future__ import annotations

import errno
import logging
import sqlite3
import time
from collections.abc import Callable

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, TimeoutError

from coach.database import FAILS, FULL, READ_ONLY

log = logging.getLogger(__name__)

WAIT_S = 5.0  # before another try
_NAP_S = 0.2  # between two questions whether to stop
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
# what else SQLite says under the same name is a fault in what it was asked: «no such column»
_OF_THE_MACHINE = (FULL, FAILS, READ_ONLY, "is locked", "unable to open database file")

Stop = Callable[[], bool]


def is_trouble(error: BaseException) -> bool:
    """Whether the machine is at fault: no database, no room on the disk."""
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return True
    if isinstance(error, OperationalError | InterfaceError) and isinstance(error.orig, sqlite3.Error):
        return any(words in str(error.orig) for words in _OF_THE_MACHINE)
    if isinstance(error, OperationalError | InterfaceError | TimeoutError):
        return True
    return isinstance(error, OSError) and error.errno in _NO_ROOM


def is_full(error: BaseException) -> bool:
    """Whether it is the disk that fails: room may come, unlike a database that nobody finds."""
    return is_trouble(error) and _known(error) is not None


def in_words(error: BaseException) -> str:
    """What is wrong and what happens now, for who watches the terminal or reads the log."""
    again = f"se intenta de nuevo cada {WAIT_S:g} s y nada se pierde."
    known = _known(error)
    if known is not None:
        return f"{known}; {again}"
    return f"{cause(error)} {again.capitalize()}"


def cause(error: BaseException) -> str:
    """What the database or its driver says of it."""
    said = str(getattr(error, "orig", None) or error).strip().partition("\n")[0]
    return f"La base de datos no responde ({said})."


def at_once(error: BaseException) -> str | None:
    """What is wrong, for who gave a command that ends with it; None where the machine is not known to be at
    fault.
    """
    if isinstance(error, OSError) and error.errno == errno.EROFS:
        return (
            f"{error.filename or 'El disco'}: aquí no se puede escribir, el disco es de solo lectura. "
            "Indique otra carpeta, o móntelo para escritura."
        )
    if isinstance(error, DBAPIError) and READ_ONLY in str(error):
        return (
            "La base de datos está donde no se puede escribir. Dé permiso de escritura a su carpeta y vuelva "
            "a intentarlo."
        )
    if not is_trouble(error):
        return None
    known = _known(error)
    if known is not None:
        return f"{known} y vuelva a intentarlo."
    if isinstance(error, DBAPIError) and isinstance(error.orig, sqlite3.Error):
        return None  # it is a file: nothing is to be started
    return "La base de datos no responde. Compruebe que está en marcha y vuelva a intentarlo."


def _known(error: BaseException) -> str | None:
    """What is wrong with the disk, and what to do: a sentence without its end."""
    if isinstance(error, OSError):
        where = f" ({error.filename})" if error.filename else ""
        return f"No queda espacio en el disco{where}. Libere espacio"
    if FULL in str(error):
        return "No queda espacio en el disco de la base de datos. Libere espacio"
    if FAILS in str(error):
        return "El disco de la base de datos falla o no le queda espacio. Libere espacio o revise el disco"
    return None


def until_done(act: Callable[[], object], stop: Stop, error: BaseException | None = None) -> bool:
    """Do it, and where the machine fails wait and do it again; False where `stop` came first.

    `error`: what failed just now, told and waited for before the first try.
    """
    told = False
    while True:
        if error is not None:
            if not told:
                log.warning(in_words(error))
            told = True
            if nap(WAIT_S, stop):
                return False
        try:
            act()
        except Exception as found:
            if not is_trouble(found):
                raise
            error = found
        else:
            if told:
                log.warning("Ya responde: el trabajo sigue.")
            return True


def nap(seconds: float, stop: Stop) -> bool:
    """Wait; True at once where `stop` comes meanwhile."""
    until = time.monotonic() + seconds
    while not stop():
        left = until - time.monotonic()
        if left <= 0:
            return False
        time.sleep(min(_NAP_S, left))
    return True
