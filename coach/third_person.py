"""What is said to who practises, said about them: for who reads another's attempt."""

from __future__ import annotations

import re

_QUOTED = re.compile("(«[^»]*»|“[^”]*”)")
_YOU = re.compile(r"\b(?:usted|you|your|yourself)\b", re.IGNORECASE)


def about(text: str, name: str) -> str:
    """The same with their `name`, in Spanish or English; what is quoted in it stays."""
    said = {"usted": name, "you": name, "your": "their", "yourself": "themselves"}
    parts = _QUOTED.split(text)
    parts[::2] = [_YOU.sub(lambda found: said[found[0].lower()], part) for part in parts[::2]]
    return "".join(parts)
