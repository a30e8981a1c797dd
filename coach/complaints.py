"""What is wrong with something a person wrote: pydantic's errors as short Spanish sentences."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from coach.types import CoachError
from drills.scenario import DrillError
from models.card import ModelError
from nlp.types import NlpError
from rubrics.types import RubricError
from transcripts.demo_speech.errors import DemoSpeechError
from transcripts.types import TranscriptError

_SENTENCES = {
    "missing": "falta este dato",
    "extra_forbidden": "este nombre no existe",
    "json_invalid": "no es JSON válido",
    "string_type": "debe ser un texto",
    "string_unicode": "debe ser un texto",
    "string_too_short": "no puede estar vacío",
    "int_type": "debe ser un número entero",
    "int_parsing": "debe ser un número entero",
    "int_parsing_size": "debe ser un número entero de menos cifras",
    "int_from_float": "debe ser un número entero",
    "float_type": "debe ser un número",
    "float_parsing": "debe ser un número",
    "finite_number": "debe ser un número finito",
    "decimal_type": "debe ser una cantidad, como 1500.50",
    "decimal_parsing": "debe ser una cantidad, como 1500.50",
    "bool_type": "debe ser true o false",
    "bool_parsing": "debe ser true o false",
    "list_type": "debe ser una lista",
    "tuple_type": "debe ser una lista",
    "dict_type": "debe ser un objeto con nombres y valores",
    "model_type": "debe ser un objeto con nombres y valores",
    "model_attributes_type": "debe ser un objeto con nombres y valores",
    "date_type": "debe ser una fecha, como 2026-03-10",
    "datetime_type": "debe ser una fecha, como 2026-03-10",
    "date_from_datetime_inexact": "debe ser una fecha, como 2026-03-10, sin hora",
    "date_from_datetime_parsing": "debe ser una fecha, como 2026-03-10",
    "date_parsing": "debe ser una fecha, como 2026-03-10",
    "datetime_parsing": "debe ser una fecha, como 2026-03-10",
    "datetime_from_date_parsing": "debe ser una fecha, como 2026-03-10",
    "path_type": "debe ser una ruta",
}


def sentence(error: ErrorDetails) -> str:
    """One pydantic error as a sentence: what is wrong and, where there is one, what was received."""
    context = error.get("ctx", {})
    match error["type"]:
        case "literal_error" | "enum":
            text = f"debe ser {_spanish_or(str(context.get('expected', '')))}"
        case "greater_than_equal":
            text = f"debe ser {context['ge']} o más"
        case "less_than_equal":
            text = f"debe ser {context['le']} o menos"
        case "greater_than":
            text = f"debe ser mayor que {context['gt']}"
        case "less_than":
            text = f"debe ser menor que {context['lt']}"
        case "string_too_long":
            text = f"debe tener {context['max_length']} letras o menos"
        case "string_pattern_mismatch" if context.get("pattern") == "^[A-Z]{2}$":
            text = "debe ser un código de dos letras mayúsculas, como MX"
        case "value_error":
            text = str(context.get("error", error["msg"]))
        case kind:
            text = _SENTENCES.get(kind, error["msg"])
    received = error["input"]
    if error["type"] in ("missing", "extra_forbidden", "json_invalid") or isinstance(received, dict | list):
        return text
    if isinstance(received, tuple):  # of an address: what came several times
        return f"{text}; dice {', '.join(map(shown, received))}"
    return f"{text}; dice {shown(received)}"


def sentences(error: ValidationError) -> list[str]:
    """Every mistake of `error` as «place: sentence», in order."""
    details = error.errors(include_url=False)
    return [f"{place(d['loc'])}: {sentence(d)}" if d["loc"] else sentence(d) for d in details]


log = logging.getLogger(__name__)

OURS = (ModelError, TranscriptError, DemoSpeechError, NlpError, RubricError, DrillError, CoachError)


def in_words(error: Exception) -> str:
    """An error as a person reads it: ours say what to do next; any other is a fault of the program."""
    if isinstance(error, OURS):
        return str(error)
    return f"fallo interno ({type(error).__name__}: {error}). Es un error de Temple: avise con este mensaje."


def told(error: Exception, what: str) -> str:
    """`in_words`; a fault of the program goes to the log as well: people get words, we get the trace."""
    if not isinstance(error, OURS):
        log.error("%s", what, exc_info=error)
    return in_words(error)


def place(loc: Iterable[int | str]) -> str:
    """A pydantic location as people read it: `turns.2.speaker`."""
    return ".".join(str(part) for part in loc)


def suggestion(written: str, known: Iterable[str]) -> str:
    """« (¿quiso decir «x»?)» for the known name nearest to what was written, or nothing."""
    near = get_close_matches(written, list(known), n=1, cutoff=0.6)
    return f" (¿quiso decir «{near[0]}»?)" if near else ""


def shown(value: Any) -> str:
    """A value as it was written, cut to a length that fits a line."""
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else text[:57] + "…"


def _spanish_or(expected: str) -> str:
    return expected.replace(" or ", " o ")


def some(names: Iterable[str], most: int) -> str:
    """«a, b, c…»: the first of them, as a sentence can hold them."""
    shown = list(names)
    return ", ".join(shown[:most]) + ("…" if len(shown) > most else "")
