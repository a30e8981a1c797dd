"""Several words as a sentence holds them: «a, b y c», «a ni b»; in English «a, b and c»."""

from __future__ import annotations

from collections.abc import Sequence

_SOFTENED = {"y": ("e", ("i", "hi")), "o": ("u", ("o", "ho"))}  # before which sounds a joint is another
_FULL = ("hia", "hie")  # no such sound: «nieve y hielo»


def listed(words: Sequence[str], joint: str = "y") -> str:
    """`joint` stands before the last: «e» and «u» where Spanish has them for «y» and «o»."""
    if len(words) < 2:
        return "".join(words)
    first, last = words[:-1], words[-1]
    other, sounds = _SOFTENED.get(joint, (joint, ()))
    if last.lower().startswith(sounds) and not last.lower().startswith(_FULL):
        joint = other
    return f"{', '.join(first)} {joint} {last}"
