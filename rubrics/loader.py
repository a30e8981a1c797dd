"""Rubric files: read, checked whole, and refused with every mistake named by file and line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from ruamel.yaml.comments import CommentedMap

from rubrics.checks import CHECKS
from rubrics.conditions import CONDITIONS
from rubrics.types import Rubric
from rubrics.yamlfile import Loc, Mistake, line_of, mistakes, read, refuse, suggestion, where

DEFAULT = Path(__file__).parent / "cobranza.yaml"


def load_rubric(path: Path = DEFAULT) -> Rubric:
    """The rubric in `path`, its digest filled in; RubricError tells of every mistake at once."""
    data, digest = read(path)
    found: list[Mistake] = []
    if "digest" in data:
        found.append(
            Mistake(line_of(data, ["digest"]), "digest", "no se escribe a mano: se calcula del archivo")
        )
    rubric = None
    try:
        rubric = Rubric.model_validate(data)
    except ValidationError as error:
        found += mistakes(error, data, (), Rubric)
    criteria = data.get("criteria")
    if isinstance(criteria, list):
        found += _twice(data, criteria)
        for place, criterion in enumerate(criteria):
            if isinstance(criterion, CommentedMap):
                found += _names(data, place, criterion)
    if rubric is None or found:
        raise refuse(path, found)
    return rubric.model_copy(update={"digest": digest})


def _twice(data: CommentedMap, criteria: list[Any]) -> Iterator[Mistake]:
    seen: dict[str, int] = {}
    for place, criterion in enumerate(criteria):
        name = criterion.get("id") if isinstance(criterion, CommentedMap) else None
        if name is None:
            continue
        line = line_of(data, ["criteria", place, "id"])
        if name in seen:
            yield Mistake(line, f"criteria › {name}", f"este id ya está en la línea {seen[name]}")
        seen.setdefault(str(name), line)


def _names(data: CommentedMap, place: int, criterion: CommentedMap) -> Iterator[Mistake]:
    """The check, its params and the preconditions: names that only this package can know."""
    here: Loc = ("criteria", place)
    conditions = criterion.get("na_when", [])
    for at, condition in enumerate(conditions if isinstance(conditions, list) else []):
        if condition not in CONDITIONS:
            loc = (*here, "na_when", at)
            what = f"precondición desconocida «{condition}»{suggestion(condition, CONDITIONS)}"
            yield Mistake(line_of(data, loc), where(data, (*here, "na_when")), what)
    name = criterion.get("check")
    if name is None:
        return
    if name not in CHECKS:
        loc = (*here, "check")
        what = f"tipo de revisión desconocido «{name}»{suggestion(name, CHECKS)}"
        yield Mistake(line_of(data, loc), where(data, loc), what)
        return
    params = CHECKS[name].params
    try:
        params.model_validate(criterion.get("params", {}))
    except ValidationError as error:
        yield from mistakes(error, data, (*here, "params"), params)
