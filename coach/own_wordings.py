"""One's own wordings of the playbook: tried before they are kept, in use at once, every state kept.

own_forms/playbook/
  own.yaml       in use
  versions/      every text that is or was in use (`coach.kept`)
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from io import StringIO
from typing import Any

from ruamel.yaml import YAML

from coach import audit, guide, kept
from coach.kept import Version
from coach.settings import Settings
from coach.store import Store
from coach.types import CoachError
from coach.viewers import Viewer
from rubrics.own_playbook import NOTHING_OWN, OwnPlay, OwnPlaybook, load_own, read_own
from rubrics.playbook import FIELDS, Wording, load_playbook
from rubrics.types import RubricError


def may_write(viewer: Viewer) -> bool:
    return viewer.may("answers") or viewer.may("forms")


def add(
    store: Store,
    settings: Settings,
    viewer: Viewer,
    objection: str,
    step: str,
    wording: Wording,
    note: str,
    *,
    sure: bool = False,
) -> None:
    """Keep a wording, in use from now on. CoachError where something speaks against it or it is there, and,
    unless whoever adds it says to be `sure`, where a fault may be heard in it.
    """
    if any(
        wording.say == known.say for known in guide.guide(settings).playbook.play(objection).wordings(step)
    ):
        raise CoachError("Esta frase ya está en la guía. Escriba otra.")
    if guide.tried(wording, settings):
        raise CoachError("Esta frase no se guardó: una regla la objeta. Cámbiela y vuelva a intentarlo.")
    if not sure and guide.doubtful(wording):
        raise CoachError(
            "Esta frase no se guardó: podría sonar a una falta. Confirme que la leyó en voz alta."
        )

    def changed(play: OwnPlay) -> OwnPlay:
        return play.model_copy(update={step: (wording, *play.wordings(step))})

    _change(store, settings, viewer, objection, changed, "playbook.add", note)


def leave_out(store: Store, settings: Settings, viewer: Viewer, objection: str, say: str) -> None:
    """Say a sentence no more: an own one goes, one of Temple's is left out until it is taken back."""

    def changed(play: OwnPlay) -> OwnPlay:
        left = {step: tuple(w for w in play.wordings(step) if w.say != say) for step in FIELDS}
        own = any(len(left[step]) < len(play.wordings(step)) for step in FIELDS)
        without = play.without if own else tuple(dict.fromkeys((*play.without, say)))
        return play.model_copy(update={**left, "without": without})

    _change(store, settings, viewer, objection, changed, "playbook.leave_out", "")


def take_back(store: Store, settings: Settings, viewer: Viewer, objection: str, say: str) -> None:
    """Say a sentence of Temple's again."""

    def changed(play: OwnPlay) -> OwnPlay:
        return play.model_copy(update={"without": tuple(one for one in play.without if one != say)})

    _change(store, settings, viewer, objection, changed, "playbook.take_back", "")


def versions(settings: Settings) -> tuple[Version, ...]:
    """Every state of one's own wordings, the one put in use last first."""
    path = settings.own_playbook
    now = _digest(kept.legible(path)) if path.is_file() else ""
    return kept.versions(path.parent / "versions", now)


def restore(store: Store, settings: Settings, viewer: Viewer, digest: str) -> None:
    """Put an earlier state in use again."""
    _require(viewer)
    folder = settings.own_playbook.parent
    with kept.alone(folder):
        known = next((one for one in versions(settings) if one.digest == digest), None)
        if known is None:
            raise CoachError(
                "No hay ninguna versión «{version}» de la guía. Vea las que hay.", version=digest
            )
        text = kept.text_of(folder / "versions", known)
        own = read_own(text, settings.own_playbook, load_playbook())
        _put_in_use(store, settings, viewer, text, own, "playbook.restore", "", "")


def _change(
    store: Store,
    settings: Settings,
    viewer: Viewer,
    objection: str,
    change: Callable[[OwnPlay], OwnPlay],
    action: str,
    note: str,
) -> None:
    """Another play in the place of the present one; CoachError where too little would be left to say."""
    _require(viewer)
    path = settings.own_playbook
    with kept.alone(path.parent):
        own = load_own(path, load_playbook()) if path.is_file() else NOTHING_OWN
        play = change(own.play(objection))
        plays = (*(one for one in own.plays if one.objection != objection), play)
        highest = max((one.version for one in versions(settings)), default=own.version)
        new = own.model_copy(update={"version": highest + 1, "plays": plays})
        text = _written(new)
        try:
            read_own(text, path, load_playbook())
        except RubricError as error:
            raise CoachError(
                "No se cambió: {mistake}. Agregue antes otra frase.", mistake=error.mistakes[0].what
            ) from error
        _put_in_use(store, settings, viewer, text, new, action, objection, note)


def _put_in_use(
    store: Store,
    settings: Settings,
    viewer: Viewer,
    text: str,
    own: OwnPlaybook,
    action: str,
    objection: str,
    note: str,
) -> None:
    path, digest = settings.own_playbook, _digest(text)
    kept.keep(path.parent / "versions", text, own.version, digest, datetime.now(UTC), viewer.name, note)
    kept.write(path, text)
    audit.note(
        store, viewer, action, f"playbook:{objection}" if objection else "playbook:", version=own.version
    )


def _written(own: OwnPlaybook) -> str:
    data = {
        "version": own.version,
        "based_on": own.based_on,
        "plays": [_play(play) for play in own.plays if play != OwnPlay(objection=play.objection)],
    }
    out = StringIO()
    yaml = YAML()
    yaml.width = 10_000
    yaml.dump(data, out)
    return out.getvalue()


def _play(play: OwnPlay) -> dict[str, Any]:
    return play.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _require(viewer: Viewer) -> None:
    if not may_write(viewer):
        viewer.require("answers")
