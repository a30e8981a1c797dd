"""What may be used as it is written and was hardly meant: told by line, and no reason to refuse a file."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any, TypeGuard

from ruamel.yaml.comments import CommentedMap

from nlp.own_cues import oddities
from rubrics.groups import OF_FORMS, OF_RULES
from rubrics.types import Mistake, Pack, Rubric
from rubrics.written import slip_at
from rubrics.yamlfile import Loc, line_of, where


def of_form(data: CommentedMap, form: Rubric | Pack) -> tuple[Mistake, ...]:
    """Those of a form or of a country's pack, in the order of the file; `form` is what `data` was read as."""
    cues = data.get("cues")
    found = [one for name in cues for one in of_cue(data, ("cues", name))] if _is_map(cues) else []
    found += [*_unheard(data), *_weighs_nothing(data, form)]
    if isinstance(form, Pack):
        found += [*_in_spanish_alone(data), *_newer_rules(data)]
    else:
        found += [*_of_no_call(data, form), *_without_points(data, form), *_among_rules(data)]
    return tuple(sorted(found))


def _unheard(data: CommentedMap) -> Iterator[Mistake]:
    """Changes of what the file leaves out, or writes anew as a whole."""
    left, own = _left_out(data), _written_whole(data)
    for name in data.get("changes") or ():
        if name in left | own:
            at = ("changes", name)
            held = "lo escribe entero en otra parte" if name in own else "lo deja fuera (without)"
            what = f"no cambia nada: este archivo {held}; quite uno de los dos"
            yield Mistake(line_of(data, at), where(data, at), what)


def _left_out(data: CommentedMap) -> set[str]:
    return set(data.get("without") or ())


def _written_whole(data: CommentedMap) -> set[str]:
    return {str(item.get("id")) for _, item in (*_items(data, "criteria"), *_items(data, "rules"))}


def _weighs_nothing(data: CommentedMap, form: Rubric | Pack) -> Iterator[Mistake]:
    """Points written for what voids a call instead of taking points."""
    criteria = form.rules if isinstance(form, Pack) else form.criteria
    grave = {one.id for one in criteria if one.critical}
    changes = data.get("changes")
    changed = [(("changes", name), name, one) for name, one in changes.items()] if _is_map(changes) else []
    moot = _left_out(data) | _written_whole(data)
    own = [(at, one.get("id"), one) for key in ("criteria", "rules") for at, one in _items(data, key)]
    for loc, name, item in (*own, *(one for one in changed if one[1] not in moot)):
        if name in grave and item.get("weight"):
            at = (*loc, "weight")
            what = "no da ni quita puntos, pues es crítico y anula la llamada; escriba 0"
            yield Mistake(line_of(data, at), where(data, at), what)


def _of_no_call(data: CommentedMap, form: Rubric) -> Iterator[Mistake]:
    """Limits that no number of days is within."""
    its = form.for_calls
    if its is None or its.days_late_at_most is None or its.days_late_at_least is None:
        return
    if its.days_late_at_least > its.days_late_at_most:
        at = ("for_calls", "days_late_at_least")
        days = f"{its.days_late_at_least} días de atraso o más y {its.days_late_at_most} o menos"
        what = f"ninguna llamada tiene {days}: la pauta no evaluará ninguna"
        yield Mistake(line_of(data, at), where(data, at), what)


def _without_points(data: CommentedMap, form: Rubric) -> Iterator[Mistake]:
    """A call judged by it has no points at all."""
    if not any(one.counts_for for one in form.criteria):
        what = "ningún criterio da puntos: las llamadas que evalúe no los tendrán; dé «weight» a alguno"
        yield Mistake(line_of(data, ("criteria",)), "criteria", what)


def _among_rules(data: CommentedMap) -> Iterator[Mistake]:
    """A criterion of the house that people would read among what the law asks."""
    for loc, item in _items(data, "criteria"):
        if item.get("group") == OF_RULES:
            at = (*loc, "group")
            what = f"«{OF_RULES}» es el grupo de las reglas de un país; use {', '.join(OF_FORMS)}"
            yield Mistake(line_of(data, at), where(data, at), what)


def of_cue(data: CommentedMap, loc: Loc) -> Iterator[Mistake]:
    """Those of the cue at `loc`."""
    stanza: Any = data
    for key in loc:
        stanza = stanza[key]
    for one in oddities(stanza) if _is_map(stanza) else ():
        yield slip_at(data, loc, stanza, one)


def _in_spanish_alone(data: CommentedMap) -> Iterator[Mistake]:
    """Who reads Temple in English reads the Spanish there."""
    for loc, item in [((), data), *_items(data, "rules")]:
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
    for loc, item in (*_items(data, "rules"), *changed):
        day = item.get("reviewed_on") if _is_map(item) else None
        if isinstance(day, datetime.date) and isinstance(whole, datetime.date) and day > whole:
            at = (*loc, "reviewed_on")
            what = (
                f"{day} es posterior al {whole} del paquete; ponga en el paquete el día en que se leyó entero"
            )
            yield Mistake(line_of(data, at), where(data, at), what)


def _items(data: CommentedMap, key: str) -> list[tuple[Loc, CommentedMap]]:
    written = data.get(key)
    items = written if isinstance(written, list) else []
    return [((key, place), one) for place, one in enumerate(items) if _is_map(one)]


def _is_map(value: object) -> TypeGuard[CommentedMap]:
    return isinstance(value, CommentedMap)
