"""The sound of a clip: the browser's own player on our route, which asks who is listening."""

from __future__ import annotations

from pathlib import Path

from views._base import component

_component = component("temple_clip", Path(__file__).parent)


def sound(clip_id: int, *, failed: str, key: str) -> None:
    """A player for one clip; `failed` is said where it cannot be heard."""
    _component(data={"address": f"/api/clip/{clip_id}", "failed": failed}, key=key)
