"""What may be used as it is written and was hardly meant: told by line, and no reason to refuse a file."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any, TypeGuard

from ruamel.yaml.comments import CommentedMap

from nlp.own_cues import oddities
from rubrics.loader import is_pack
from rubrics.types import Mistake
from rubrics.written import slip_at
from rubrics.yamlfile import Loc, line_of, where


def of_form(data: CommentedMap) -> tuple[Mistake, ...]:
    """Those of a form or of a country's pack, in the order of the file."""
    cues = data.get("cues")
    found = [one for name in cues for one in of_cue(data, ("cues", name))] if _is_map(cues) else []
    if is_pack(data):
        found += [*_in_spanish_alone(data), *_newer_rules(data)]
    return tuple(sorted(found))


def of_cue(data: CommentedMap, loc: Loc) -> Iterator[Mistake]:
    """Those of the cue at `loc`."""
    stanza: Any = data
    for key in loc:
        stanza = stanza[key]
    for one in oddities(stanza) if _is_map(stanza) else ():
        yield slip_at(data, loc, stanza, one)


def _in_spanish_alone(data: CommentedMap) -> Iterator[Mistake]:
    """Who reads Temple in English reads the Spanish there."""
    for loc, item in [((), data), *_rules(data)]:
        if item.get("label") and not item.get("label_en"):
            at = (*loc, "label")
            yield Mistake(
                line_of(data, at), where(data, at), "falta «label_en»: en inglés se leerá en español"
            )


def _newer_rules(data: CommentedMap) -> Iterator[Mistake]:
    """A pack was not read whole on a day before one of its rules was."""
    whole = data.get("reviewed_on")
    changes = data.get("changes")
    changed = [(("changes", name), one) for name, one in changes.items()] if _is_map(changes) else []
    for loc, item in (*_rules(data), *changed):
        day = item.get("reviewed_on") if _is_map(item) else None
        if isinstance(day, datetime.date) and isinstance(whole, datetime.date) and day > whole:
            at = (*loc, "reviewed_on")
            what = (
                f"{day} es posterior al {whole} del paquete; ponga en el paquete el día en que se leyó entero"
            )
            yield Mistake(line_of(data, at), where(data, at), what)


def _rules(data: CommentedMap) -> list[tuple[Loc, CommentedMap]]:
    written = data.get("rules")
    items = written if isinstance(written, list) else []
    return [(("rules", place), one) for place, one in enumerate(items) if _is_map(one)]


def _is_map(value: object) -> TypeGuard[CommentedMap]:
    return isinstance(value, CommentedMap)
