"""The texts that forms and packs had, read once: until a file of theirs is another on the disk, what was read
of them is kept, also that a name is in none of them.
"""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from coach.form_places import loaded
from coach.settings import Settings
from rubrics.ids import ID
from rubrics.loader import HERE, PACKS, Stamp, load_pack, load_rubric, stamp
from rubrics.types import Criterion, Pack, Rubric, RubricError
from rubrics.yamlfile import parsed, text_of

_MOST_KEPT = 256
_Files = tuple[tuple[Path, Stamp], ...]
_Reading = tuple[Path, tuple[Path, Path] | None]  # a text, and what is taken to stand elsewhere (`_read`)


@dataclass
class _Known:
    """What the files said while they were these."""

    files: _Files
    read: dict[_Reading, Rubric | Pack | None] = field(default_factory=dict)
    named: dict[tuple[str, str, str], Rubric | Pack | None] = field(default_factory=dict)
    criteria: dict[str, dict[str, Criterion]] = field(default_factory=dict)  # by form id and id


_known: dict[tuple[Path, Path], _Known] = {}  # by the folders of one's own


def named(settings: Settings, form_id: str, version: str, digest: str) -> Rubric | Pack | None:
    """The form or pack of this name among the texts that are kept or not in use; None where none is it."""
    known, key = _now(settings), (form_id, version, digest)
    if key not in known.named:
        name = f"{form_id}@{version}+{digest}"
        found = (form for form in _sought(settings, known, *key) if form.name == name)
        _room(known.named)
        known.named[key] = next(found, None)
    return known.named[key]


def criteria(settings: Settings, form_id: str = "*") -> dict[str, Criterion]:
    """Every criterion or rule by its id, of any text that the form or pack of this id (else any) had: as in
    the latest that has it.
    """
    known = _now(settings)
    if form_id not in known.criteria:
        every: dict[str, Criterion] = {}
        for path in reversed(_texts(settings, form_id)):
            form = _read(known, path, settings)
            for one in form.rules if isinstance(form, Pack) else form.criteria if form else ():
                every.setdefault(one.id, one)
        _room(known.criteria)
        known.criteria[form_id] = every
    return known.criteria[form_id]


def _now(settings: Settings) -> _Known:
    folders = settings.own_forms.absolute(), settings.own_packs.absolute()
    paths = [*(settings.own_forms / "versions").glob("*/*.yaml")]
    for folder in (*folders, HERE, PACKS):  # on any of which a kept text may be based
        paths += folder.glob("*.yaml")
    files = tuple((path, stamp(path)) for path in sorted(paths))
    known = _known.get(folders)
    if known is None or known.files != files:
        _room(_known)
        known = _known[folders] = _Known(files)
    return known


def _room(kept: MutableMapping[Any, Any]) -> None:
    if len(kept) >= _MOST_KEPT:
        kept.clear()


def _sought(
    settings: Settings, known: _Known, form_id: str, version: str, digest: str
) -> Iterator[Rubric | Pack]:
    """Every text that may be the one of this name; of one that is based on another, on each that was."""
    kept = settings.own_forms / "versions" / form_id / f"{version}-{digest}.yaml"
    if kept.is_file():
        yield from _readings(known, kept, settings)
    for path in (settings.own_forms / f"{form_id}.yaml", HERE / f"{form_id}.yaml"):
        try:  # one's own may be there and not in use any more
            yield load_rubric(path)
        except RubricError:
            continue
    for path in (PACKS / f"{form_id}.yaml", *settings.own_packs.glob("*.yaml")):
        try:
            yield load_pack(path)
        except RubricError:
            continue


def _readings(known: _Known, path: Path, settings: Settings) -> Iterator[Rubric | Pack]:
    """A kept text on what it is based on today, then on each text that was kept of that."""
    if (found := _read(known, path, settings)) is not None:
        yield found
    try:
        based_on = str(parsed(text_of(path), path.name).get("based_on") or "")
    except RubricError:
        return
    mine = path.parent.name
    places = [at / f"{based_on}.yaml" for at in (HERE, PACKS)]
    if based_on != mine:
        places = [at / f"{based_on}.yaml" for at in (settings.own_forms, settings.own_packs)] + places
    bases = [*_texts(settings, based_on), *(at for at in places if at.is_file())]
    for base in bases:
        for place in places:
            if (found := _read(known, path, settings, (place, base))) is not None:
                yield found


def _read(
    known: _Known, path: Path, settings: Settings, on: tuple[Path, Path] | None = None
) -> Rubric | Pack | None:
    """What a text is; `on`: a place where something else is taken to stand, and the file that has it."""
    if (path, on) not in known.read:
        try:
            instead = (on[0].absolute(), text_of(on[1])) if on else None
            found: Rubric | Pack | None = loaded(text_of(path), settings, instead)
        except RubricError:
            found = None
        _room(known.read)
        known.read[path, on] = found
    return known.read[path, on]


def _texts(settings: Settings, form_id: str) -> list[Path]:
    """Oldest version first."""
    sound = form_id == "*" or ID.fullmatch(form_id)
    texts = (settings.own_forms / "versions").glob(f"{form_id}/*.yaml") if sound else ()
    return sorted(texts, key=lambda path: (path.stat().st_mtime, path.name))
