"""What our components share: colours, type and a few small functions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

from views._text import t

_here = Path(__file__).parent


def component(name: str, folder: Path, *parts: str) -> Callable[..., Any]:
    """Register the component whose `NAME.css` and `NAME.js` lie in `folder`, the files of its `parts` before.

    To be called on import of a package of its own: registering in a page script would warn on every rerun.
    """
    short = name.removeprefix("temple_")

    def text(ending: str) -> str:
        names = [one for one in (*parts, f"{short}.css", f"{short}.js") if one.endswith(ending)]
        files = (_here / f"base{ending}", *(folder / one for one in names))
        return "\n".join(file.read_text(encoding="utf-8") for file in files)

    return st.components.v2.component(name, css=text(".css"), js=text(".js"))


def nothing() -> None:
    """Streamlit asks for a callback for every trigger; the value itself comes back from the call."""


def more() -> str:
    """What a table says while more of it lies to the right (`scrolls` in base.js)."""
    return t("La tabla sigue a la derecha: deslícela. →")
