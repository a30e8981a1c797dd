"""What can be wrong in a form or a pack beyond its shape: names that only this package knows, ids given
twice, cues that cannot be read. Each mistake has its line.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any, TypeVar

from pydantic import ValidationError
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.scalarstring import LiteralScalarString

from nlp.own_cues import slips
from rubrics.checks import CHECKS
from rubrics.conditions import CONDITIONS
from rubrics.labels import KNOWN
from rubrics.types import Change, Criterion, Form, Mistake, Pack, RuleChange
from rubrics.yamlfile import Loc, line_of, mistakes, suggestion, where

AnyForm = TypeVar("AnyForm", bound=Form)
Item = TypeVar("Item", bound=Criterion)


def validated(data: CommentedMap, model: type[AnyForm]) -> tuple[AnyForm | None, list[Mistake]]:
    """The form that `data` is by itself, None where it has not even the shape of one."""
    found: list[Mistake] = []
    for name in (one for one in ("digest", "over") if one in data):
        line = line_of(data, [name])
        found.append(Mistake(line, name, "no se escribe a mano: se calcula del archivo"))
    form = None
    try:
        form = model.model_validate(data)
    except ValidationError as error:
        found += mistakes(error, data, (), model)
    found += _own_cues(data)
    return form, found


def _own_cues(data: CommentedMap) -> Iterator[Mistake]:
    """Names that Temple has, and patterns that cannot be read, whatever else is wrong in the file."""
    written = data.get("cues")
    for name, stanza in written.items() if isinstance(written, CommentedMap) else ():
        if name in KNOWN:
            line = line_of(data, ["cues", name])
            yield Mistake(line, f"cues › {name}", "ese nombre ya es de Temple; elija otro")
        if isinstance(stanza, CommentedMap):
            yield from slipped(data, ("cues", name), stanza)


def slipped(data: CommentedMap, loc: Loc, stanza: CommentedMap) -> Iterator[Mistake]:
    """Patterns of the cue at `loc` that cannot be read, each on its own line."""
    for one in slips(stanza):
        line = line_of(data, (*loc, one.block))
        if isinstance(stanza[one.block], LiteralScalarString):  # «|»: its text begins on the next line
            line += 1 + one.line
        yield Mistake(line, where(data, (*loc, one.block)), one.what)


def items(data: CommentedMap, key: str, cues: Collection[str]) -> Iterator[Mistake]:
    """What is wrong in the criteria or rules, which stand at `key`; `cues` are those the file may name."""
    written = data.get(key)
    if not isinstance(written, list):
        return
    yield from _twice(data, key, written)
    for place, item in enumerate(written):
        if isinstance(item, CommentedMap):
            yield from _names(data, (key, place), item, cues)


def _twice(data: CommentedMap, key: str, written: list[Any]) -> Iterator[Mistake]:
    seen: dict[str, int] = {}
    for place, item in enumerate(written):
        name = item.get("id") if isinstance(item, CommentedMap) else None
        if name is None:
            continue
        line = line_of(data, [key, place, "id"])
        if name in seen:
            yield Mistake(line, f"{key} › {name}", f"este id ya está en la línea {seen[name]}")
        seen.setdefault(str(name), line)


def _names(data: CommentedMap, here: Loc, item: CommentedMap, cues: Collection[str]) -> Iterator[Mistake]:
    """The check, its params and the preconditions."""
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


def strangers(data: CommentedMap, based: Collection[str]) -> Iterator[Mistake]:
    """What `without` and `changes` name that is not among `based`, the ids of the base's criteria."""
    for key, kind in (("without", list), ("changes", dict)):
        held = data.get(key)
        for at, name in enumerate(held if isinstance(held, kind) else ()):
            if isinstance(name, str) and name not in based:
                line = line_of(data, [key, name if key == "changes" else at])
                what = f"«{name}» no está en el archivo en que este se basa{suggestion(name, based)}"
                yield Mistake(line, key, what)


def changes_alone(
    data: CommentedMap, inherited: Iterable[Item], model: type[Form], cues: Collection[str]
) -> list[Mistake]:
    """What is wrong in the settings that a file changes, where the file as a whole has no shape yet."""
    found: list[Mistake] = []
    kind = RuleChange if issubclass(model, Pack) else Change
    held = data.get("changes")
    for item in inherited if isinstance(held, CommentedMap) else ():
        try:
            change = kind.model_validate(held.get(item.id))
        except ValidationError:
            continue  # not named, or told with the rest
        changed(data, item, change, cues, found)
    return found


def changed(
    data: CommentedMap, item: Item, change: Change, cues: Collection[str], found: list[Mistake]
) -> Item:
    """`item` of the base with what `change` says anew; mistakes of it are added to `found`."""
    new = {key: held for key, held in change.model_dump(exclude_none=True).items() if key != "params"}
    for key in ("label", "help"):
        if key in new:  # the base's English says something else
            new.setdefault(f"{key}_en", "")
    params = item.params | (change.params or {})
    model = CHECKS[item.check].params
    try:
        model.model_validate(params, context={"cues": cues})
    except ValidationError as error:
        found += mistakes(error, data, ("changes", item.id, "params"), model)
    for name in new.get("na_when", ()):
        if name not in CONDITIONS:
            line = line_of(data, ("changes", item.id, "na_when"))
            what = f"precondición desconocida «{name}»{suggestion(name, CONDITIONS)}"
            found.append(Mistake(line, f"changes › {item.id}", what))
    return item.model_copy(update=new | {"params": params})


def replaced(pack: Pack) -> list[tuple[Loc, str]]:
    """The base criteria whose points the rules and changes of `pack` say that they take, with their place."""
    rules: list[tuple[Loc, str]] = [
        (("rules", place, "replaces"), rule.replaces) for place, rule in enumerate(pack.rules)
    ]
    changes: list[tuple[Loc, str]] = [
        (("changes", name, "replaces"), change.replaces or "") for name, change in pack.changes.items()
    ]
    return [(loc, name) for loc, name in rules + changes if name]
