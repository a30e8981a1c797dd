"""The language of the page for who reads it with a voice: Streamlit's own page says that it is English.

Streamlit's link past the navigation and what its fields say of Enter are told in the language of the session
too; its other words of its own (docs/limits.md) stay as they are.
"""

from __future__ import annotations

from pathlib import Path

from views._base import component
from views._text import language, t

_component = component("temple_tongue", Path(__file__).parent)


def tell() -> None:
    # by what Streamlit says that the key does
    keys = {"submit form": t("Pulse {key} para enviar"), "apply": t("Pulse {key} para aplicar")}
    _component(data={"language": language(), "skip": t("Ir al contenido"), "keys": keys}, key="tongue")
