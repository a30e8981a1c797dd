"""Who of the machine runs a command: at the terminal nobody has a login of Temple."""

from __future__ import annotations

import getpass
import os

_told: list[str] = []  # of this process


def tell() -> None:
    """From now on what this process does by itself is told as this user's."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):  # a service may run under a number that no name is of
        name = f"uid {os.getuid()}"
    _told[:] = [name[:100]]


def told() -> str:
    """Empty where the process is no command."""
    return _told[0] if _told else ""
