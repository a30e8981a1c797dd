"""Passwords: kept as argon2id, compared in the same time for known and unknown people, weak ones refused."""

from __future__ import annotations

import re
import secrets
import threading
import unicodedata
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from coach.types import CoachError

SHORTEST, LONGEST = 12, 200
HASHER = PasswordHasher()  # the library's own cost: 64 MiB and three passes

_ROOM = threading.BoundedSemaphore(4)  # at once: sign-ins by the thousand must not take the memory
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is read for another
_COMMON = Path(__file__).parent / "common_passwords.txt"


def hashed(password: str) -> str:
    """What to keep of a password."""
    with _ROOM:
        return HASHER.hash(_same_letters(password))


def matches(password: str, kept: str | None) -> bool:
    """Whether this is the password; with nothing kept the answer is no and takes as long."""
    with _ROOM:
        try:
            right = HASHER.verify(kept or _dummy(), _same_letters(password[: LONGEST + 1]))
        except (VerificationError, InvalidHashError):
            return False
    return right and kept is not None


def outdated(kept: str) -> bool:
    """Whether it was made with other parameters than today's."""
    return HASHER.check_needs_rehash(kept)


def check(password: str, *personal: str) -> None:
    """CoachError where a new password is too easy to guess; `personal`: login, name, e-mail of its owner."""
    if len(password) < SHORTEST:
        raise CoachError(
            "La contraseña necesita {letters} letras o más. Varias palabras sueltas sirven.", letters=SHORTEST
        )
    if len(password) > LONGEST:
        raise CoachError("La contraseña puede tener {letters} letras como máximo.", letters=LONGEST)
    folded = _same_letters(password).casefold()
    if any(_holds(folded, _same_letters(text).casefold().split()) for text in personal):
        raise CoachError("La contraseña no debe llevar su usuario, su nombre ni su correo. Elija otra.")
    if folded in _common() or len(set(folded)) < 5 or _runs(folded):
        raise CoachError("Esa contraseña es de las primeras que alguien probaría. Elija otra.")


def one_time() -> str:
    """A password to hand over once: four groups of four letters."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


def _same_letters(password: str) -> str:
    """«ñ» typed as one sign or as two is the same."""
    return unicodedata.normalize("NFC", password)


def _holds(password: str, words: list[str]) -> bool:
    """Whether a password holds one of the words of a login or name. What has three letters or fewer is in too
    many others («ana» in «mañana»), or a «del»: it counts where it is all there is, and stands by itself.
    """
    if len(words) == 1 and len(words[0]) <= 3:
        return re.search(rf"(?<![^\W\d_]){re.escape(words[0])}(?![^\W\d_])", password) is not None
    return any(len(word) > 3 and word in password for word in words)


def _runs(text: str) -> bool:
    """Whether it only counts up or down the alphabet, the digits or a row of keys."""
    rows = ("abcdefghijklmnopqrstuvwxyz", "0123456789", "qwertyuiopasdfghjklzxcvbnm")
    both = [row * 3 for row in rows] + [row[::-1] * 3 for row in rows]
    return any(text in row for row in both)


@cache
def _common() -> frozenset[str]:
    return frozenset(_COMMON.read_text(encoding="utf-8").split())


@cache
def _dummy() -> str:
    return HASHER.hash(secrets.token_hex())
