"""The call player: audio with a two-channel waveform, transcript, rubric and replies in one.

Everything a reviewer does while listening (seek by line or quote, speed, next turn, next evidence) happens in
the browser. `data` is what `views._call_data.player_data` builds; times are seconds, ranges are half-open.
With `data["review"]` it is the review screen: what a person does comes back as `acts`, and only what lies
outside of `data["version"]` changes, so that the sound goes on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from views._base import component, nothing

PARTS = (
    "review.css", "bar.js", "panes.js", "writing.js", "appeal.js",
    "outbox.js", "forms.js", "windows.js", "review.js",
)  # fmt: skip
_component = component("temple_player", Path(__file__).parent, *PARTS)


@dataclass(frozen=True, slots=True)
class Done:
    """What the person has just done: clicked a turn, disputed a verdict ({"criterion", "quote": index of the
    evidence or None, "reason"}). Empty most of the time.
    """

    picked: int | None = None
    appeal: dict[str, Any] | None = None


def player(
    data: dict[str, Any],
    *,
    key: str,
    of: str = "",
    on_acts: Callable[[str, tuple[Any, ...]], None] | None = None,
) -> Done:
    """Draw the player. `on_acts` gets `of` and what was done in the review (`coach.acts`) before the page is
    drawn anew, so that the next picture shows it.
    """

    def acted() -> None:
        sent = st.session_state[key].get("acts")
        if on_acts is not None and isinstance(sent, list):
            on_acts(of, tuple(sent))

    result = _component(
        data=data, key=key, on_picked_change=nothing, on_acts_change=acted, on_appeal_change=nothing
    )
    picked, appeal = result.get("picked"), result.get("appeal")
    return Done(int(picked) if picked is not None else None, appeal if isinstance(appeal, dict) else None)
