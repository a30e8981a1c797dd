"""The call player: audio with a two-channel waveform, transcript, rubric and suggested replies in one component.

Everything a reviewer does while listening (seek by line or quote, speed, next turn, next evidence) happens in the
browser. `data` is what `views.call_data.player_data` builds; times are seconds, character ranges are half-open.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

_here = Path(__file__).parent

# Registered once, on import: registering in the page script would warn on every rerun.
_component = st.components.v2.component(
    "temple_player",
    css=(_here / "player.css").read_text(encoding="utf-8"),
    js=(_here / "player.js").read_text(encoding="utf-8"),
)


def player(data: dict[str, Any], *, key: str) -> int | None:
    """Draw the player. Returns the index of the turn the person has just clicked, else None."""
    result = _component(data=data, key=key, on_picked_change=_nothing)
    picked = result.get("picked")
    return int(picked) if picked is not None else None


def _nothing() -> None:
    """Streamlit asks for a callback for every trigger; the value itself comes back from the call."""
