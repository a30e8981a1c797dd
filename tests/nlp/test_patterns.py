"""The phrase grammar: what each of its signs matches, and what it refuses."""

from __future__ import annotations

import time

import pytest

from nlp.patterns import Grammar
from nlp.steps import PatternError
from nlp.text import words_of

CONCEPTS = {"money": ["dinero", "plata", "@slang"], "slang": ["lana", "un varo"], "have": ["tengo", "hay"]}


def matches(pattern: str, text: str) -> list[str]:
    words = words_of(text)
    found = Grammar(CONCEPTS, [("it", pattern)]).find(words.sounds)
    return [text[slice(*words.span(m.first, m.end))] for m in found]


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("no tengo", "pues no tengo", ["no tengo"]),
        ("no @have ~1 @money", "no tengo nada dinero", ["no tengo nada dinero"]),
        ("no @have ~1 @money", "no hay lana", ["no hay lana"]),
        ("no @have @money", "no tengo un varo", ["no tengo un varo"]),
        ("no @have ~1 @money", "no tengo casi nada dinero", []),
        ("no ~2 dinero", "no tengo. dinero sí", []),
        ("pag* hoy", "pagaría hoy", ["pagaría hoy"]),
        (
            "no ~12 puedo",
            "no uno dos tres cuatro cinco seis siete ocho nueve diez puedo",
            ["no uno dos tres cuatro cinco seis siete ocho nueve diez puedo"],
        ),
        ("suy*", "suya", ["suya"]),
        ("apoy*", "apoyarlo", ["apoyarlo"]),
        ("busqu*", "búsquelo", ["búsquelo"]),
        ("atropell*", "atropellaron", ["atropellaron"]),
        ("fall*", "fallaría", ["fallaría"]),
        ("pagar+ hoy", "pagárselo hoy", ["pagárselo hoy"]),
        ("(ya|sí) pagué", "sí pagué", ["sí pagué"]),
        ("ya? pagué todo", "pagué todo", ["pagué todo"]),
        ("(ya mismo)? pago", "pago", ["pago"]),
        ("tengo !(que ver)", "no tengo nada", ["tengo"]),
        ("tengo !nada", "no tengo nada", []),
        ("^ no $", "No. No quiero.", ["No"]),
        ("debo #num", "debo 500", ["debo 500"]),
        ("me llamo #word", "me llamo Ana", ["me llamo Ana"]),
        ("#if pago", "si pago", ["si pago"]),
        ("#if pago", "sí pago", []),
        ("si pago", "sí pago", ["sí pago"]),
        ("cuánto ?", "¿cuánto?", ["cuánto?"]),
        ("cuánto (hoy|?)", "¿cuánto?", ["cuánto?"]),
        ("cuánto ~2 (hoy|le dan|?)", "¿cuánto le paga?", ["cuánto le paga?"]),
        ("reviso !(?)", "¿lo reviso?", []),
        ("reviso !(?)", "lo reviso ya", ["reviso"]),
        ("hoy no|otro dia", "otro día", ["otro día"]),
        ("pago (hoy|$)", "le pago", ["pago"]),
        ("pago (hoy|$)", "le pago. Sí", ["pago"]),
        ("pago (hoy|$)", "le pago nada", []),
        ("(^|mire) no", "No. Mire no", ["No", "Mire no"]),
        ("#word ~1 varo", "ni un varo", ["ni un varo", "un varo"]),
        ("~1 @slang", "traigo ya un varo", ["ya un varo", "un varo"]),
        ("sí le ~1 pago ahora", "Sí, le pago ahora", ["Sí, le pago ahora"]),
        (
            "(pues|bueno)? mañana sin falta",
            "bueno mañana sin falta",
            ["bueno mañana sin falta", "mañana sin falta"],
        ),
        ("no @have (ni @money)?", "no hay ni un varo", ["no hay", "no hay ni un varo"]),
    ],
)
def test_what_a_pattern_matches(pattern: str, text: str, expected: list[str]) -> None:
    assert matches(pattern, text) == expected


def test_patterns_written_alike_speak_for_every_name() -> None:
    grammar = Grammar(CONCEPTS, [("a", "no @have ~1 hoy"), ("b", "no @have ~1 hoy"), ("b", "no hay hoy")])
    found = grammar.find(words_of("no hay hoy").sounds)
    assert [(m.first, m.end, m.name) for m in found] == [(0, 3, "a"), (0, 3, "b")]


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("no (tengo", "falta cerrar un paréntesis"),
        ("no) tengo", "que no se abrió"),
        ("@nada", "ningún concepto se llama @nada"),
        ("no? ya?", "todo puede faltar"),
        ("no & ya", "un signo que un patrón no admite"),
    ],
)
def test_a_pattern_that_cannot_be_read_is_named(pattern: str, message: str) -> None:
    with pytest.raises(PatternError, match=message):
        Grammar(CONCEPTS, [("it", pattern)])


def test_concepts_that_use_each_other_in_a_circle_are_refused() -> None:
    with pytest.raises(PatternError, match="en círculo"):
        Grammar({"a": ["x @b"], "b": ["y @a"]}, [("it", "@a")])


def test_a_word_without_end_takes_no_forever() -> None:
    before = time.process_time()
    Grammar({}, [("it", f"pag* {'a' * 60_000}")])
    assert time.process_time() - before < 3  # half a minute, had each of its letters begun a word
