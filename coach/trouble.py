"""When the machine fails and not the recording: the database is gone, the disk is full. Work waits, told in
a plain sentence, and goes on by itself; nothing is lost and no recording is blamed.
"""

from __future__ import annotations

import errno
import logging
import time
from collections.abc import Callable

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, TimeoutError

from coach.database import FAILS, FULL

log = logging.getLogger(__name__)

WAIT_S = 5.0  # before another try
_NAP_S = 0.2  # between two questions whether to stop
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)

Stop = Callable[[], bool]


def is_trouble(error: BaseException) -> bool:
    """Whether the machine is at fault: no database, no room on the disk."""
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return True
    if isinstance(error, OperationalError | InterfaceError | TimeoutError):
        return True
    return isinstance(error, OSError) and error.errno in _NO_ROOM


def in_words(error: BaseException) -> str:
    """What is wrong and what happens now, for who watches the terminal or reads the log."""
    if isinstance(error, OSError):
        where = f" ({error.filename})" if error.filename else ""
        return (
            f"No queda espacio en el disco{where}. Libere espacio; se intenta de nuevo cada "
            f"{WAIT_S:g} s y nada se pierde."
        )
    if FULL in str(error):
        return (
            "No queda espacio en el disco de la base de datos. Libere espacio; se intenta de nuevo cada "
            f"{WAIT_S:g} s y nada se pierde."
        )
    if FAILS in str(error):
        return (
            "El disco de la base de datos falla o no le queda espacio. Libere espacio o revise el disco; se "
            f"intenta de nuevo cada {WAIT_S:g} s y nada se pierde."
        )
    cause = str(getattr(error, "orig", None) or error).strip().partition("\n")[0]
    return f"La base de datos no responde ({cause}). Se intenta de nuevo cada {WAIT_S:g} s y nada se pierde."


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
