"""The call player: audio with a two-channel waveform, transcript, rubric and replies in one.

Everything a reviewer does while listening (seek by line or quote, speed, next turn, next evidence) happens in
the browser. `data` is what `views._call_data.player_data` builds; times are seconds, ranges are half-open.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from views._base import component, nothing

_component = component("temple_player", Path(__file__).parent)


def player(data: dict[str, Any], *, key: str) -> int | None:
    """Draw the player. Returns the index of the turn the person has just clicked, else None."""
    result = _component(data=data, key=key, on_picked_change=nothing)
    picked = result.get("picked")
    return int(picked) if picked is not None else None
