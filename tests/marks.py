"""Words as a recogniser that knows no marks writes them."""

from __future__ import annotations

import re


def bare(text: str) -> str:
    return re.sub(r"[¿?¡!.,;:«»]", "", text).lower()
