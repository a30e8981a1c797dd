"""How the title of a column is compared: people write the same one in many ways."""

from __future__ import annotations

import unicodedata


def plain(title: str) -> str:
    """A column's title without accents, case and marks: «Nº de cuenta» is «no_de_cuenta»."""
    letters = (c for c in unicodedata.normalize("NFKD", title.casefold()) if not unicodedata.combining(c))
    return "_".join("".join(c if c.isalnum() else " " for c in letters).split())
