"""The playbook in use: Temple's, and over it a shop's own wordings; each is tried before it is kept.

    own_forms/playbook/
      own.yaml       in use
      versions/      every text that is or was in use (`coach.kept`)
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, lru_cache
from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from coach import audit, kept
from coach.kept import Version
from coach.settings import Settings
from coach.store import Store
from coach.types import CoachError
from coach.viewers import Viewer
from nlp.tagger import hear
from nlp.thresholds import OPERATING
from rubrics.labels import ACTS
from rubrics.loader import load_packs, pack_of
from rubrics.own_playbook import NOTHING_OWN, OwnPlay, OwnPlaybook, load_own, over, read_own
from rubrics.playbook import FIELDS, Playbook, Wording, load_playbook
from rubrics.replies import faults
from rubrics.types import Pack, RubricError, Rule

# what stands in the place of a slot while a wording is tried
SAMPLE = {
    "nombre": "señora Bustos", "monto": "dos mil cien pesos", "fecha": "viernes 17", "segunda_fecha": "día 30",
    "empresa": "Crédito Alameda", "agente": "Rubén Arce", "producto": "préstamo", "dias": "12",
    "oferta": "tres pagos sin recargo",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Guide:
    """What may be said here. `trouble` says why one's own wordings are not in it, where they cannot be."""

    playbook: Playbook
    own: OwnPlaybook
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a wording is not kept: an act that is a fault anywhere, or a country's rule that it would break."""

    fault: str  # an act like "threat", or the id of a rule
    rule: Rule | None = None
    country: str = ""  # of the rule; empty: every country


def guide(settings: Settings) -> Guide:
    """The playbook in use; read again only where the own file has changed."""
    path = settings.own_playbook
    try:
        at = path.stat()
    except FileNotFoundError:
        return Guide(_temple(), NOTHING_OWN)
    return _guide(path, at.st_mtime_ns, at.st_size, at.st_ino)


@lru_cache(maxsize=4)
def _guide(path: Path, *stamp: int) -> Guide:
    base = _temple()
    try:
        own = load_own(path, base)
    except RubricError as error:  # a call is still shown, with Temple's replies
        return Guide(base, NOTHING_OWN, str(error))
    return Guide(over(base, own), own)


@cache
def _temple() -> Playbook:
    return load_playbook()


def temples(objection: str, step: str) -> tuple[str, ...]:
    """What Temple's own playbook says at this step: sentences that may be left out."""
    return tuple(wording.say for wording in _temple().play(objection).wordings(step))


# what speaks against a wording


def tried(wording: Wording, settings: Settings) -> tuple[Doubt, ...]:
    """Everything that keeps a wording out: acts that are faults, rules of the countries that it is for."""
    text = filled(wording)
    if own := faults(text):
        return tuple(Doubt(fault) for fault in own)
    packs = load_packs(settings.own_packs) if settings.packs else {}
    meant = wording.in_ or tuple(country for country in packs if country not in wording.not_in)
    asked = {country: _pack(country, settings) for country in meant} if settings.packs else {}
    return tuple(
        Doubt(rule.id, rule, country)
        for country, pack in asked.items()
        for rule in broken(text, pack, settings)
    )


def broken(text: str, pack: Pack, settings: Settings) -> tuple[Rule, ...]:
    """The rules of a country that bar an agent from saying this."""
    barred = _faults(text, pack.country, settings.own_packs, pack.digest)
    return tuple(rule for rule in pack.rules if rule.id in barred)


@lru_cache(maxsize=20_000)
def _faults(text: str, country: str, packs: Path, digest: str) -> tuple[str, ...]:
    return faults(text, pack_of(country or None, packs))


def _pack(country: str, settings: Settings) -> Pack:
    return pack_of(country or None, settings.own_packs)


def heard(wording: Wording) -> tuple[str, ...]:
    """The acts that Temple hears in it, as it would in a call."""
    found = hear(filled(wording), "agent").found
    return tuple(name for name in ACTS if name in found and found[name].score >= OPERATING)


def filled(wording: Wording) -> str:
    """The sentence with something in each slot."""
    return wording.say.format(**{slot: SAMPLE.get(slot, slot) for slot in wording.slots})


# one's own


def may_write(viewer: Viewer) -> bool:
    return viewer.may("answers") or viewer.may("forms")


def add(
    store: Store, settings: Settings, viewer: Viewer, objection: str, step: str, wording: Wording, note: str
) -> None:
    """Keep a wording, in use from now on. CoachError where something speaks against it or it is there."""
    if any(wording.say == known.say for known in guide(settings).playbook.play(objection).wordings(step)):
        raise CoachError("Esta frase ya está en la guía. Escriba otra.")
    if tried(wording, settings):
        raise CoachError("Esta frase no se guardó: una regla la objeta. Cámbiela y vuelva a intentarlo.")

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
    now = _digest(path.read_text(encoding="utf-8")) if path.is_file() else ""
    return kept.versions(path.parent / "versions", now)


def restore(store: Store, settings: Settings, viewer: Viewer, digest: str) -> None:
    """Put an earlier state in use again."""
    _require(viewer)
    folder = settings.own_playbook.parent
    with kept.alone(folder):
        known = next((one for one in versions(settings) if one.digest == digest), None)
        if known is None:
            raise CoachError(f"No hay ninguna versión «{digest}» de la guía. Vea las que hay.")
        text = kept.text_of(folder / "versions", known)
        own = read_own(text, settings.own_playbook, _temple())
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
        own = load_own(path, _temple()) if path.is_file() else NOTHING_OWN
        play = change(own.play(objection))
        plays = (*(one for one in own.plays if one.objection != objection), play)
        highest = max((one.version for one in versions(settings)), default=own.version)
        new = own.model_copy(update={"version": highest + 1, "plays": plays})
        text = _written(new)
        try:
            read_own(text, path, _temple())
        except RubricError as error:
            raise CoachError(f"No se cambió: {error.mistakes[0].what}. Agregue antes otra frase.") from error
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
