"""What can be wrong in a form or a pack beyond its shape: names that only this package knows, ids given
twice, cues that cannot be read. Each mistake has its line.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from pydantic import ValidationError
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.scalarstring import LiteralScalarString

from nlp.own_cues import Slip, slips
from rubrics.checks import CHECKS
from rubrics.conditions import CONDITIONS
from rubrics.ids import ID, NO_ID
from rubrics.labels import KNOWN
from rubrics.types import Change, Criterion, Form, Mistake, Pack, RubricError, RuleChange
from rubrics.yamlfile import Loc, line_of, mistakes, parsed, suggestion, where

SHARED = (
    "«{id}» es ya el id de una regla de país o de un criterio; los veredictos se distinguen por él: use otro"
)

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
        line = line_of(data, ["cues", name])
        if name in KNOWN:
            yield Mistake(line, f"cues › {name}", "ese nombre ya es de Temple; elija otro")
        elif isinstance(name, str) and not ID.fullmatch(name):
            yield Mistake(line, f"cues › {name}", NO_ID)
        if isinstance(stanza, CommentedMap):
            yield from slipped(data, ("cues", name), stanza)


def slipped(data: CommentedMap, loc: Loc, stanza: CommentedMap) -> Iterator[Mistake]:
    """Patterns of the cue at `loc` that cannot be read, each on its own line."""
    for one in slips(stanza):
        yield slip_at(data, loc, stanza, one)


def slip_at(data: CommentedMap, loc: Loc, stanza: CommentedMap, slip: Slip) -> Mistake:
    """A slip of the cue at `loc` on its own line; without a block, on that of the cue."""
    at = (*loc, slip.block) if slip.block else loc
    line = line_of(data, at)
    if isinstance(stanza.get(slip.block), LiteralScalarString):  # «|»: its text begins on the next line
        line += 1 + slip.line
    return Mistake(line, where(data, at), slip.what)


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


def other_countries(data: CommentedMap, pack: Pack) -> Iterator[Mistake]:
    """Rules and changes of `pack` that reckon by the days and hours of another country."""
    rules: list[tuple[Loc, Mapping[str, Any]]] = [
        (("rules", place), rule.params) for place, rule in enumerate(pack.rules)
    ]
    changes = [(("changes", name), change.params or {}) for name, change in pack.changes.items()]
    for loc, params in (*rules, *changes) if pack.country else ():
        if (said := params.get("country", pack.country)) != pack.country:
            at = (*loc, "params", "country")
            what = f"dice «{said}» y las reglas son de «{pack.country}»; ponga el mismo país"
            yield Mistake(line_of(data, at), where(data, at), what)


def replaced(pack: Pack) -> list[tuple[Loc, str]]:
    """The base criteria whose points the rules and changes of `pack` say that they take, with their place."""
    rules: list[tuple[Loc, str]] = [
        (("rules", place, "replaces"), rule.replaces) for place, rule in enumerate(pack.rules)
    ]
    changes: list[tuple[Loc, str]] = [
        (("changes", name, "replaces"), change.replaces or "") for name, change in pack.changes.items()
    ]
    return [(loc, name) for loc, name in rules + changes if name]


def written_ids(data: Mapping[str, Any], key: str) -> frozenset[str]:
    """Ids of the criteria or rules that a file writes itself, whatever else is wrong with it. A call's
    verdicts are told apart by id: of a criterion and a rule with the same, one would be hidden.
    """
    written = data.get(key)
    items_ = written if isinstance(written, list) else []
    return frozenset(str(one["id"]) for one in items_ if isinstance(one, Mapping) and one.get("id"))


def shared(text: str, key: str, names: Iterable[str]) -> tuple[Mistake, ...]:
    """Ids that others have too, each on the line of the `key` that bears it, else on the first. None of a
    text that cannot be read: it is told by who reads it.
    """
    try:
        data = parsed(text, "")
    except RubricError:
        return ()
    written = data.get(key)
    lines = {
        str(item.get("id")): line_of(data, [key, n, "id"])
        for n, item in enumerate(written if isinstance(written, list) else ())
        if isinstance(item, Mapping)
    }
    return tuple(Mistake(lines.get(name, 1), name, SHARED.format(id=name)) for name in sorted(names))
