"""Rubric and pack files: read, joined with what they are based on, checked whole, and refused with every
mistake named by file and line.

A file is parsed once and kept until it, or one that it is based on, is another on the disk: asking again
costs a look at each file's size and time, so that a published form is in use from the next call on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml.comments import CommentedMap

from rubrics.checks import CHECKS
from rubrics.labels import ANY
from rubrics.types import Form, Mistake, Pack, Rubric, RubricError
from rubrics.written import (
    AnyForm,
    changed,
    changes_alone,
    items,
    other_countries,
    replaced,
    strangers,
    validated,
)
from rubrics.yamlfile import line_of, parsed, refuse, suggestion, text_of, where

HERE = Path(__file__).parent
DEFAULT = HERE / "cobranza.yaml"
PACKS = HERE / "packs"
COMMON = "comun"  # the pack for countries without their own
REASON = "asks_reason"
OF_PACKS = ("country", "law", "reviewed_on", "rules")  # keys that only a pack has

Stamp = tuple[int, int, int] | None  # time, size and inode of a file; None: there is none
Files = tuple[tuple[Path, Stamp], ...]
Instead = tuple[Path, str] | None  # a file, and the text that it is taken to hold
_MOST_KEPT = 256
_kept: dict[tuple[Path, type[Form]], tuple[Form, Files]] = {}


class _Circle(Exception):
    """What `file` is based on is based on it in turn: told in `file`, not where that was found out."""

    def __init__(self, file: Path) -> None:
        super().__init__(str(file))
        self.file = file


def load_rubric(path: Path = DEFAULT) -> Rubric:
    """The rubric in `path`, joined with the one it is based on, its digest filled in.

    RubricError tells of every mistake at once.
    """
    return _load(path, Rubric, ())[0]


def load_pack(path: Path) -> Pack:
    """The pack in `path`, joined with the one it is based on. RubricError tells of every mistake at once."""
    return _load(path, Pack, ())[0]


def load(path: Path) -> Rubric | Pack:
    """The form or pack in `path`, whichever it is; RubricError tells of every mistake at once."""
    if _still(path, Pack) is None and (_still(path, Rubric) or not is_pack(parsed(text_of(path), path.name))):
        return load_rubric(path)
    return load_pack(path)


def load_text(text: str, place: Path, instead: Instead = None) -> Rubric | Pack:
    """The form or pack that `text` would be if it stood in `place`, with `instead` where that says.
    RubricError tells of every mistake.
    """
    if is_pack(parsed(text, place.name)):
        return _form(text, place, Pack, (), instead)[0]
    return _form(text, place, Rubric, (), instead)[0]


def load_beside(path: Path, place: Path, text: str) -> Rubric | Pack:
    """The form or pack in `path` as it would be if `text` stood in `place`, on which it may be based.
    RubricError tells of every mistake that it would have then.
    """
    instead = place.absolute(), text
    if is_pack(parsed(text_of(path), path.name)):
        return _load(path, Pack, (), instead)[0]
    return _load(path, Rubric, (), instead)[0]


def hangs_on(path: Path, place: Path) -> bool:
    """Whether what is in `path` would be another if `place` were, there already or not. RubricError where
    `path` does not load.
    """
    model = type(load(path))
    return path.absolute() != place.absolute() and place.absolute() in dict(_load(path, model, ())[1])


def is_pack(data: Mapping[str, Any]) -> bool:
    """Whether a file's map is meant as a country's pack, not as a form."""
    return any(key in data for key in OF_PACKS)


def load_packs(*folders: Path) -> dict[str, Pack]:
    """The packs by country; "" is the one for countries without their own. The first folder wins."""
    files: dict[str, Path] = {}
    for folder in (*folders, PACKS):
        for path in sorted(folder.glob("*.yaml")):
            files.setdefault(path.name, path)
    return {pack.country: pack for pack in map(load_pack, files.values())}


def pack_of(country: str | None, *folders: Path) -> Pack:
    """The pack of a country, as in `pack_file`."""
    return load_pack(pack_file(country, *folders))


def pack_file(country: str | None, *folders: Path) -> Path:
    """The file of a country's pack, of the first of `folders` that has it, else Temple's; the common rules
    where there is none, or where no country is known.
    """
    for name in (*([country.lower()] if country else []), COMMON):
        for folder in (*folders, PACKS):
            if (path := folder / f"{name}.yaml").is_file():
                return path
    return PACKS / f"{COMMON}.yaml"


@cache
def reason_barred(country: str | None) -> bool:
    """Whether Temple's rules of a country bar asking why somebody has not paid."""
    rules = pack_of(country).rules
    return any(r.check == "never_says" and REASON in r.params.get("findings", ()) for r in rules)


def _load(
    path: Path, model: type[AnyForm], seen: tuple[Path, ...], instead: Instead = None
) -> tuple[AnyForm, Files]:
    """The form in `path` and every file that it hangs on."""
    if instead is not None and path.absolute() == instead[0]:
        return _form(instead[1], path, model, seen)
    if (kept := _still(path, model)) and (instead is None or instead[0] not in dict(kept[1])):
        return kept
    if instead is not None:  # what only might be is not kept
        return _form(text_of(path), path, model, seen, instead)
    mine = path.absolute(), stamp(path)  # before it is read: what is written meanwhile is seen the next time
    form, others = _form(text_of(path), path, model, seen)
    if len(_kept) >= _MOST_KEPT:
        _kept.clear()
    _kept[path.absolute(), model] = form, (mine, *others)
    return form, (mine, *others)


def _still(path: Path, model: type[AnyForm]) -> tuple[AnyForm, Files] | None:
    """What was read of `path`, while no file that it hangs on has changed."""
    form, files = _kept.get((path.absolute(), model), (None, ()))
    return (form, files) if isinstance(form, model) and all(stamp(p) == was for p, was in files) else None


def stamp(path: Path) -> Stamp:
    try:
        at = path.stat()
    except OSError:
        return None
    return at.st_mtime_ns, at.st_size, at.st_ino


def _form(
    text: str, path: Path, model: type[AnyForm], seen: tuple[Path, ...], instead: Instead = None
) -> tuple[AnyForm, Files]:
    """The form that `text`, the content of `path`, is; and the files that it hangs on beside `path`."""
    data = parsed(text, path.name)
    key = "rules" if model is Pack else "criteria"
    form, found = validated(data, model)
    base, files = _base_of(path, data, seen, found, instead)
    based = None
    if base is not None:
        try:
            based, more = _load(base, model, (*seen, path), instead)
            files += more
        except _Circle as circle:
            if circle.file != path.resolve():
                raise
            found.append(_in_turn(data))
        except RubricError as error:  # its lines are those of another file
            here = Mistake(line_of(data, ["based_on"]), "based_on", str(error))
            raise RubricError(str(error), (here,)) from error
    cues = dict(based.cues) if based else {}
    inherited = getattr(based, key) if based else ()
    whole = based is not None or not data.get("based_on")  # else nobody knows what its base has
    known = {*(data.get("cues") or ()), *cues} if whole else ANY
    found += items(data, key, known)
    if whole:
        found += strangers(data, [item.id for item in inherited])
    if form is None:
        found += changes_alone(data, inherited, model, known)
        raise refuse(path, found)
    cues |= form.cues
    joined = _joined(data, form, inherited, key, cues, found)
    if isinstance(form, Pack):
        found += [*_strange_criteria(data, form), *other_countries(data, form)]
    elif not form.based_on and not joined:
        line = line_of(data, ["criteria"])
        found.append(Mistake(line, "criteria", "falta este dato: al menos un criterio"))
    if found:
        raise refuse(path, found)
    for item in joined:
        item.settings(CHECKS[item.check].params, cues)
    digest = hashlib.sha256(text.encode()).hexdigest()[:12]
    if based is not None:
        digest = hashlib.sha256(f"{digest}{based.digest}".encode()).hexdigest()[:12]
    made = {"digest": digest, "over": _over(form, based), "cues": cues, key: joined}
    return form.model_copy(update=made), files


def _in_turn(data: CommentedMap) -> Mistake:
    what = f"«{data['based_on']}» se basa a su vez en este archivo"
    return Mistake(line_of(data, ["based_on"]), "based_on", what)


def _over(form: Form, based: Form | None) -> str:
    """What tells apart two forms of one text whose bases differ; Temple's of the form's own id is no news."""
    if based is None:
        return ""
    nearest = "" if based.id == form.id else f"{based.id} {based.version}"
    return ", ".join(filter(None, (nearest, based.over)))


def _base_of(
    path: Path, data: CommentedMap, seen: Sequence[Path], found: list[Mistake], instead: Instead
) -> tuple[Path | None, Files]:
    """The file that this one is based on, and every place where it was looked for, as it was.

    It stands beside the file, else among those that come with Temple. A file that names itself means Temple's
    of that name.
    """
    name = data.get("based_on")
    if not name:
        return None, ()
    line = line_of(data, ["based_on"])
    looked: Files = ()
    for place in (path.parent / f"{name}.yaml", HERE / f"{name}.yaml", PACKS / f"{name}.yaml"):
        looked += ((place.absolute(), stamp(place)),)
        there = place.is_file() or (instead is not None and place.absolute() == instead[0])
        if there and place.resolve() != path.resolve():
            if place.resolve() in {one.resolve() for one in seen}:
                raise _Circle(place.resolve())
            return place, looked
    if any(was is not None for _, was in looked):
        found.append(_in_turn(data))
    else:
        near = suggestion(name, [p.stem for at in (path.parent, HERE, PACKS) for p in at.glob("*.yaml")])
        found.append(Mistake(line, "based_on", f"no hay ningún archivo «{name}.yaml»{near}"))
    return None, looked


def _joined(
    data: CommentedMap,
    form: Form,
    inherited: tuple[Any, ...],
    key: str,
    cues: dict[str, Any],
    found: list[Mistake],
) -> tuple[Any, ...]:
    """The criteria of the base, less `without`, with `changes`; then the file's own. The same id replaces."""
    own = getattr(form, key)
    gone = {*form.without, *(item.id for item in own)}
    return (
        *(
            changed(data, item, form.changes[item.id], cues, found) if item.id in form.changes else item
            for item in inherited
            if item.id not in gone
        ),
        *own,
    )


def _strange_criteria(data: CommentedMap, pack: Pack) -> list[Mistake]:
    """Rules that take the points of a criterion which the base form does not have."""
    named = replaced(pack)
    ids = [criterion.id for criterion in load_rubric().criteria] if named else []
    return [
        Mistake(
            line_of(data, loc),
            where(data, loc),
            f"«{name}» no es un criterio de la pauta{suggestion(name, ids)}",
        )
        for loc, name in named
        if name not in ids
    ]
