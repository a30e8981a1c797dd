"""Files that people write: read as YAML with lines, validated by a closed model, every mistake told at once.

A mistake reads «cobranza.yaml:34: criteria › no_threats › check: … (¿quiso decir «never_says»?)».
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError

from nlp.yaml_trouble import EMPTY, NO_KEYS, trouble
from rubrics.types import Mistake, RubricError
from transcripts.formats.files import reason

Loc = Sequence[str | int]

_MOST_LETTERS = 400_000  # twice Temple's whole playbook, which takes seconds to read
_BRACKET, _MOST_OPEN = re.compile(r"[\[\]{}]"), 200  # some may stand in sentences, unclosed
_DEEPEST = 40  # the library takes minutes for a thousand
_MOST_PARTS = 50_000  # keys and items: with aliases a small file may unfold to millions

_LIKE = {"^[A-Z]{3}$": "MXN", "^[a-z0-9][a-z0-9_-]*$": "mi_caso"}  # a code that a pattern asks for
_MEANINGS = {
    "missing": "falta este dato",
    "string_type": "se esperaba un texto",
    "string_unicode": "se esperaba un texto",
    "invalid_key": "se esperaba un texto",
    "int_parsing": "se esperaba un número entero",
    "int_parsing_size": "se esperaba un número entero",
    "int_from_float": "se esperaba un número entero",
    "int_type": "se esperaba un número entero",
    "float_parsing": "se esperaba un número",
    "float_type": "se esperaba un número",
    "decimal_parsing": "se esperaba un número, con punto decimal y sin separar los miles: 880.50",
    "decimal_type": "se esperaba un número, con punto decimal y sin separar los miles: 880.50",
    "finite_number": "se esperaba un número, no infinito ni «nan»",
    "string_too_long": "va hasta {max_length} letras",
    "bool_parsing": "se esperaba true o false",
    "bool_type": "se esperaba true o false",
    "tuple_type": "se esperaba una lista",
    "dict_type": "se esperaban claves con sus valores",
    "model_type": "se esperaban claves con sus valores",
    "too_short": "no puede quedar vacío",
    "string_too_short": "no puede quedar vacío",
    "greater_than_equal": "debe ser al menos {ge}",
    "greater_than": "debe ser más que {gt}",
    "less_than_equal": "debe ser como mucho {le}",
    "literal_error": "debe ser uno de {expected}",
    "string_pattern_mismatch": "se esperaba un código como {like}",
    "date_type": "se esperaba una fecha AAAA-MM-DD",
    "date_parsing": "se esperaba una fecha AAAA-MM-DD",
    "date_from_datetime_parsing": "se esperaba una fecha AAAA-MM-DD",
    "date_from_datetime_inexact": "se esperaba una fecha AAAA-MM-DD",
}


def text_of(path: Path) -> str:
    """What the file holds; RubricError where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise RubricError(f"{path}: no se puede leer ({reason(error)}). Revise la ruta.") from error
    except UnicodeDecodeError as error:
        raise RubricError(f"{path.name}: no es texto UTF-8. Guárdelo como UTF-8.") from error


def parsed(text: str, name: str) -> CommentedMap:
    """The map that a file of this name and text is, with lines."""
    if len(text) > _MOST_LETTERS:
        raise RubricError(f"{name}: tiene más de {_MOST_LETTERS} letras, el máximo. Divídalo o acórtelo.")
    if _brackets_without_end(text):
        raise RubricError(f"{name}: está anidado sin fin. Corríjalo.")
    yaml = YAML(typ="rt")
    yaml.max_depth = _DEEPEST
    try:
        data = yaml.load(text)
    except RecursionError as error:
        raise RubricError(f"{name}: está anidado sin fin. Corríjalo.") from error
    except YAMLError as error:
        found = trouble(error, text)
        raise RubricError(found.at(name), (Mistake(found.line, "", found.what),)) from error
    except Exception as error:  # impossible dates, numbers and tags, whatever the library says of them
        raise RubricError(f"{name}: contiene una fecha, un número o una marca que no existe.") from error
    if not isinstance(data, CommentedMap):
        wrong = Mistake(1, "", EMPTY if data is None else NO_KEYS)
        raise RubricError(f"{name}:1: {wrong.what}.", (wrong,))
    if _unfolds_to_too_much(data):
        raise RubricError(f"{name}: se repite a sí mismo (& y *) o contiene demasiado. Escríbalo sin eso.")
    return data


def _brackets_without_end(text: str) -> bool:
    """Whether more are open than any form has; the library takes long to find that out."""
    deep = 0
    for found in _BRACKET.finditer(text):
        deep = max(0, deep + (1 if found[0] in "[{" else -1))
        if deep > _MOST_OPEN:
            return True
    return False


def _unfolds_to_too_much(data: CommentedMap) -> bool:
    """Whether the file, each alias written out, has more than _MOST_PARTS parts; one in itself has no end."""
    waiting: list[Any] = [data]
    for _ in range(_MOST_PARTS):
        if not waiting:
            return False
        one = waiting.pop()
        inner = one.values() if isinstance(one, CommentedMap) else one if isinstance(one, list | set) else ()
        waiting.extend(inner)
        if len(waiting) > _MOST_PARTS:
            return True
    return bool(waiting)


def line_of(data: Any, loc: Loc) -> int:
    """The line (from 1) of the deepest part of `loc` that the file has."""
    line = 0
    for key in loc:
        if isinstance(data, CommentedMap) and key in data:
            line = data.lc.key(key)[0] if data.lc.data else line  # an «!!omap» knows no lines
        elif isinstance(data, CommentedSeq) and isinstance(key, int) and key < len(data):
            line = data.lc.item(key)[0]
        else:
            break
        data = data[key]
    return line + 1


def suggestion(word: Any, known: Collection[str]) -> str:
    """« (¿quiso decir «threat»?)», or nothing where no known word is near."""
    near = get_close_matches(str(word), sorted(known), n=1, cutoff=0.6)
    return f" (¿quiso decir «{near[0]}»?)" if near else ""


def mistakes(
    error: ValidationError, data: CommentedMap, within: Loc, model: type[BaseModel]
) -> list[Mistake]:
    """What `model` refused in the part of `data` at `within`."""
    found = []
    told = [problem["loc"] for problem in error.errors()]
    for problem in error.errors():
        at = problem["loc"]
        if problem["type"] == "too_short" and any(one[: len(at)] == at != one for one in told):
            continue  # what it holds is wrong, which is told; it is not empty
        loc = (*within, *at)
        what = _meaning(problem)
        if problem["type"] == "extra_forbidden":
            fields = _fields(model, at)
            near = suggestion(loc[-1], fields) or f" (aquí van: {', '.join(sorted(fields))})"
            what = f"clave desconocida «{loc[-1]}»{near}"
        elif problem["type"] == "literal_error":
            what += suggestion(
                problem["input"],
                problem["ctx"]["expected"].replace("'", "").replace(" or ", ", ").split(", "),
            )
        found.append(Mistake(line_of(data, loc), where(data, loc), what))
    return found


def where(data: Any, loc: Loc) -> str:
    """`loc` for people: list items by their id where they have one."""
    names = []
    for key in loc:
        if isinstance(data, CommentedSeq) and isinstance(key, int) and key < len(data):
            item = data[key]
            names.append(str(item.get("id", key + 1)) if isinstance(item, CommentedMap) else str(key + 1))
        else:
            names.append(str(key))
        data = data[key] if isinstance(data, CommentedMap | CommentedSeq) and _has(data, key) else None
    return " › ".join(names)


def refuse(path: Path, found: Sequence[Mistake]) -> RubricError:
    """The error that tells of all mistakes, in the order of the file."""
    told = tuple(sorted(dict.fromkeys(found)))
    lines = [m.at(path.name) for m in told]
    return RubricError("\n".join([*lines, unused(path.name, len(lines))]), told)


def unused(name: str, mistakes: int) -> str:
    """What comes of a file with so many mistakes, and what next."""
    count = "un error" if mistakes == 1 else f"{mistakes} errores"
    return f"{name} no se usará: tiene {count}. Corríjalo y vuelva a cargarlo."


def _has(data: CommentedMap | CommentedSeq, key: str | int) -> bool:
    return key in data if isinstance(data, CommentedMap) else isinstance(key, int) and key < len(data)


def _meaning(problem: Any) -> str:
    if problem["type"] == "value_error":
        return str(problem["ctx"]["error"])
    told = problem.get("ctx", {})
    if told.get("min_length", 0) > 1:
        return f"hacen falta al menos {told['min_length']}"
    meaning = _MEANINGS.get(problem["type"], f"valor no válido ({problem['msg']})")
    if "expected" in told:
        told = told | {"expected": str(told["expected"]).replace("' or '", "' o '")}
    if "pattern" in told:
        told = told | {"like": _LIKE.get(told["pattern"], "MX")}
    return meaning.format(**told)


def _fields(model: type[BaseModel], loc: Loc) -> Collection[str]:
    """Names that the model at the parent of `loc` knows."""
    for key in loc[:-1]:
        if isinstance(key, str) and key in model.model_fields:
            inner = [
                a
                for a in _arguments(model.model_fields[key].annotation)
                if isinstance(a, type) and issubclass(a, BaseModel)
            ]
            model = inner[0] if inner else model
    return tuple(model.model_fields)


def _arguments(annotation: Any) -> list[Any]:
    inner = getattr(annotation, "__args__", ())
    return [annotation, *(a for arg in inner for a in _arguments(arg))]
