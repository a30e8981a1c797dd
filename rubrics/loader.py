"""Rubric and pack files: read, joined with what they are based on, checked whole, and refused with every
mistake named by file and line.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from ruamel.yaml.comments import CommentedMap

from nlp.own_cues import check_cues
from nlp.types import NlpError
from rubrics.checks import CHECKS
from rubrics.conditions import CONDITIONS
from rubrics.labels import KNOWN
from rubrics.types import Change, Criterion, Pack, Rubric
from rubrics.yamlfile import Loc, Mistake, line_of, mistakes, read, refuse, suggestion, where

HERE = Path(__file__).parent
Form = TypeVar("Form", bound=BaseModel)
Item = TypeVar("Item", bound=Criterion)
DEFAULT = HERE / "cobranza.yaml"
PACKS = HERE / "packs"


def load_rubric(path: Path = DEFAULT) -> Rubric:
    """The rubric in `path`, joined with the one it is based on, its digest filled in.

    RubricError tells of every mistake at once.
    """
    return _rubric(path, ())


def load_pack(path: Path) -> Pack:
    """The pack in `path`, joined with the one it is based on. RubricError tells of every mistake at once."""
    return _pack(path, ())


def load_rubrics(folder: Path = HERE) -> tuple[Rubric, ...]:
    """Every rubric that comes with Temple, the base form first."""
    files = [
        path for path in sorted(folder.glob("*.yaml")) if path.name not in ("playbook.yaml", DEFAULT.name)
    ]
    return (load_rubric(folder / DEFAULT.name), *(load_rubric(path) for path in files))


def load_packs(folder: Path = PACKS) -> dict[str, Pack]:
    """The packs by country; "" is the one for countries without their own."""
    return {pack.country: pack for pack in (load_pack(path) for path in sorted(folder.glob("*.yaml")))}


@lru_cache(maxsize=64)
def pack_of(country: str | None, folder: Path = PACKS) -> Pack:
    """The pack of a country, read once; the common rules where it has none, or where no country is known."""
    own = folder / f"{(country or '').lower()}.yaml"
    return load_pack(own if country and own.is_file() else folder / "comun.yaml")


def _rubric(path: Path, seen: tuple[Path, ...]) -> Rubric:
    data, digest = read(path)
    rubric, found = _validated(data, Rubric)
    base = _base_of(path, data, seen, found)
    based = _rubric(base, (*seen, path)) if base else None
    found += _items(data, "criteria", {*(data.get("cues") or ()), *(based.cues if based else ())})
    if rubric is None:
        raise refuse(path, found)
    if not rubric.based_on and not rubric.criteria:
        found.append(
            Mistake(line_of(data, ["criteria"]), "criteria", "falta este dato: al menos un criterio")
        )
    cues = (based.cues if based else {}) | rubric.cues
    criteria = _joined(data, rubric.criteria, based.criteria if based else (), rubric, cues, found)
    if found:
        raise refuse(path, found)
    if based is not None:
        digest = _both(digest, based.digest)
    return rubric.model_copy(update={"digest": digest, "cues": cues, "criteria": criteria})


def _pack(path: Path, seen: tuple[Path, ...]) -> Pack:
    data, digest = read(path)
    pack, found = _validated(data, Pack)
    base = _base_of(path, data, seen, found)
    based = _pack(base, (*seen, path)) if base else None
    found += _items(data, "rules", {*(data.get("cues") or ()), *(based.cues if based else ())})
    if pack is None:
        raise refuse(path, found)
    cues = (based.cues if based else {}) | pack.cues
    rules = _joined(data, pack.rules, based.rules if based else (), pack, cues, found)
    found += _replaced(data, pack)
    if found:
        raise refuse(path, found)
    if based is not None:
        digest = _both(digest, based.digest)
    return pack.model_copy(update={"digest": digest, "cues": cues, "rules": rules})


def _both(digest: str, other: str) -> str:
    return hashlib.sha256(f"{digest}{other}".encode()).hexdigest()[:12]


def _validated(data: CommentedMap, model: type[Form]) -> tuple[Form | None, list[Mistake]]:
    found: list[Mistake] = []
    if "digest" in data:
        line = line_of(data, ["digest"])
        found.append(Mistake(line, "digest", "no se escribe a mano: se calcula del archivo"))
    form = None
    try:
        form = model.model_validate(data)
    except ValidationError as error:
        found += mistakes(error, data, (), model)
    found += _own_cues(data, form)
    return form, found


def _own_cues(data: CommentedMap, form: Any) -> Iterator[Mistake]:
    for name in data.get("cues") or ():
        if name in KNOWN:
            line = line_of(data, ["cues", name])
            yield Mistake(line, f"cues › {name}", "ese nombre ya es de Temple; elija otro")
    if form is None:
        return
    try:
        check_cues(form.cues)
    except NlpError:
        for name, cue in form.cues.items():
            try:
                check_cues({name: cue})
            except NlpError as error:
                yield Mistake(line_of(data, ["cues", name]), f"cues › {name}", str(error))


def _base_of(path: Path, data: CommentedMap, seen: Sequence[Path], found: list[Mistake]) -> Path | None:
    """The file that this one is based on: beside it, else among those that come with Temple."""
    name = data.get("based_on")
    if not name:
        return None
    line = line_of(data, ["based_on"])
    for place in (path.parent / f"{name}.yaml", HERE / f"{name}.yaml", PACKS / f"{name}.yaml"):
        if place.is_file():
            if place.resolve() in {one.resolve() for one in (*seen, path)}:
                found.append(Mistake(line, "based_on", f"«{name}» se basa a su vez en este archivo"))
                return None
            return place
    near = suggestion(name, [p.stem for at in (path.parent, HERE, PACKS) for p in at.glob("*.yaml")])
    found.append(Mistake(line, "based_on", f"no hay ningún archivo «{name}.yaml»{near}"))
    return None


def _joined(
    data: CommentedMap,
    own: tuple[Item, ...],
    based: tuple[Item, ...],
    form: Any,
    cues: Any,
    found: list[Mistake],
) -> tuple[Item, ...]:
    """The criteria of the base, less `without`, with `changes`; then the file's own. The same id replaces."""
    ids = [item.id for item in based]
    for key in ("without", "changes"):
        for at, name in enumerate(getattr(form, key)):
            if name not in ids:
                line = line_of(data, [key, name if key == "changes" else at])
                what = f"«{name}» no está en el archivo en que este se basa{suggestion(name, ids)}"
                found.append(Mistake(line, key, what))
    mine = {item.id: item for item in own}
    out = []
    for item in based:
        if item.id in form.without or item.id in mine:
            continue
        change = form.changes.get(item.id)
        out.append(_changed(data, item, change, cues, found) if change else item)
    return (*out, *own)


def _changed(data: CommentedMap, item: Item, change: Change, cues: Any, found: list[Mistake]) -> Item:
    new = {key: held for key, held in change.model_dump(exclude_none=True).items() if key != "params"}
    params = item.params | (change.params or {})
    loc: Loc = ("changes", item.id, "params")
    model = CHECKS[item.check].params
    try:
        model.model_validate(params, context={"cues": cues})
    except ValidationError as error:
        found += mistakes(error, data, loc, model)
    for name in new.get("na_when", ()):
        if name not in CONDITIONS:
            what = f"precondición desconocida «{name}»{suggestion(name, CONDITIONS)}"
            found.append(
                Mistake(line_of(data, ("changes", item.id, "na_when")), f"changes › {item.id}", what)
            )
    return item.model_copy(update=new | {"params": params})


def _items(data: CommentedMap, key: str, cues: Any) -> Iterator[Mistake]:
    items = data.get(key)
    if not isinstance(items, list):
        return
    yield from _twice(data, key, items)
    for place, item in enumerate(items):
        if isinstance(item, CommentedMap):
            yield from _names(data, (key, place), item, cues)


def _twice(data: CommentedMap, key: str, items: list[Any]) -> Iterator[Mistake]:
    seen: dict[str, int] = {}
    for place, item in enumerate(items):
        name = item.get("id") if isinstance(item, CommentedMap) else None
        if name is None:
            continue
        line = line_of(data, [key, place, "id"])
        if name in seen:
            yield Mistake(line, f"{key} › {name}", f"este id ya está en la línea {seen[name]}")
        seen.setdefault(str(name), line)


def _names(data: CommentedMap, here: Loc, item: CommentedMap, cues: Any) -> Iterator[Mistake]:
    """The check, its params and the preconditions: names that only this package can know."""
    conditions = item.get("na_when", [])
    for at, condition in enumerate(conditions if isinstance(conditions, list) else []):
        if condition not in CONDITIONS:
            loc = (*here, "na_when", at)
            what = f"precondición desconocida «{condition}»{suggestion(condition, CONDITIONS)}"
            yield Mistake(line_of(data, loc), where(data, (*here, "na_when")), what)
    name = item.get("check")
    if name is None:
        return
    if name not in CHECKS:
        loc = (*here, "check")
        what = f"tipo de revisión desconocido «{name}»{suggestion(name, CHECKS)}"
        yield Mistake(line_of(data, loc), where(data, loc), what)
        return
    params = CHECKS[name].params
    try:
        params.model_validate(item.get("params", {}), context={"cues": cues})
    except ValidationError as error:
        yield from mistakes(error, data, (*here, "params"), params)


def _replaced(data: CommentedMap, pack: Pack) -> Iterator[Mistake]:
    """Rules that take the points of a base criterion must name one."""
    named: list[tuple[Loc, str]] = [
        (("rules", place, "replaces"), rule.replaces)
        for place, rule in enumerate(pack.rules)
        if rule.replaces
    ]
    named += [
        (("changes", name, "replaces"), change.replaces)
        for name, change in pack.changes.items()
        if change.replaces
    ]
    if not named:
        return
    ids = [criterion.id for criterion in _base_form().criteria]
    for loc, name in named:
        if name not in ids:
            what = f"«{name}» no es un criterio de la pauta{suggestion(name, ids)}"
            yield Mistake(line_of(data, loc), where(data, loc), what)


@lru_cache(maxsize=1)
def _base_form() -> Rubric:
    return load_rubric()
