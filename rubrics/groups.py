"""The groups of criteria: those of forms, and that of a country's rules."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator

Group = Literal["apertura", "trato", "escucha", "negociacion", "cierre", "pais"]
OF_RULES: Group = "pais"
OF_FORMS: tuple[Group, ...] = tuple(one for one in get_args(Group) if one != OF_RULES)


def _known(group: Any) -> Any:
    """A form is offered those of forms; that of the rules is taken too, and doubted by `rubrics.hints`."""
    if group in get_args(Group):
        return group
    *first, last = map(repr, OF_FORMS)
    near = get_close_matches(str(group), OF_FORMS, n=1, cutoff=0.6)
    meant = f" (¿quiso decir «{near[0]}»?)" if near else ""
    raise ValueError(f"debe ser uno de {', '.join(first)} o {last}{meant}")


FormGroup = Annotated[Group, BeforeValidator(_known)]
