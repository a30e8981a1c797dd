"""A YAML file that cannot be read: the line where the slip is, in words for who wrote it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import yaml
from ruamel.yaml import YAML

from nlp.yaml_trouble import (
    AFTER_QUOTE,
    CLOSED_TWICE,
    COLON,
    ESCAPE,
    INDENT,
    LETTERS,
    NO_COLON,
    OPEN_BRACKET,
    OPEN_QUOTE,
    SIGN,
    TAB,
    TWICE,
    trouble,
)

READERS: tuple[Callable[[str], Any], ...] = (
    lambda text: YAML(typ="rt").load(text),
    lambda text: yaml.load(text, yaml.CSafeLoader),
)
CASES = [
    ('id: a\ntitle: "uno\nb: "dos"\nc:\n  - x: 1\n    y: "z"\nd: 2\n', 2, OPEN_QUOTE),
    ('id: a\nitems:\n  - "uno\n  - "dos"\n  - "tres"\nb: 1\n', 3, OPEN_QUOTE),
    ('id: a\nb: 1\nc: "x\n', 3, OPEN_QUOTE),
    ("id: a\nc: 'x\nd: 'y'\ne: 1\n", 2, OPEN_QUOTE),
    ('id: a\nt: "ok"\nb: "x\nc: it\nd:\n  - z\ne: "q"\nf: 2\n', 3, OPEN_QUOTE),
    ("id: a\nb:\n\tc: 1\n", 3, TAB),
    ("id: a\nb:\n  - x\n\t- y\n", 4, TAB),
    ("id: a\ntitle: Hola: mundo\nb: 1\n", 2, COLON),
    ("id: a\nb:\n  - Hola: mundo: x\n", 3, COLON),
    ("id: a\nb:\n   c: 1\n  d: 2\n", 4, INDENT),
    ("id: a\n  b: 1\nc: 2\n", 2, INDENT),
    ("id: a\nb: [1, 2\nc: 3\nd: [4]\n", 2, OPEN_BRACKET),
    ("id: a\nb: [1, 2\n", 2, OPEN_BRACKET),
    ("id: a\nb: {x: 1, y: 2\nc: 3\n", 2, OPEN_BRACKET),
    ("id: a\nb: 1, 2]\nc: ]\n", 3, CLOSED_TWICE),
    ("id: a\nhola\nb: 1\n", 2, NO_COLON),
    ("id: a\nb: 1\nid: 2\n", 3, TWICE),
    ("id: a\nb: @x\n", 2, SIGN),
    ("id: a\nb: *x\n", 2, SIGN),
    ("id: a\nb: %x\n", 2, SIGN),
    ('id: a\nb: "x" y\nc: 1\n', 2, AFTER_QUOTE),
    ('id: a\nb: "di "hola" ya"\nc: 1\n', 2, AFTER_QUOTE),
    ('id: a\nb: "x\\d"\n', 2, ESCAPE),
    ("a: |\n  'no\n  x: \"\nb:\n  - c: d: e\n", 5, COLON),
    ("a: 1 # it's \"\nb: c: d\n", 2, COLON),
    ("a: 1\nb: \x01\n", 2, LETTERS),
    ("a:\n  - x\n  - y\n - z\n", 4, INDENT),
    ("a:\n  - x\n  - y\n  k: z\n", 4, INDENT),
    ("id: [1,\nversion: }\n", 1, OPEN_BRACKET),
    ("id: a\ntitle: [", 2, OPEN_BRACKET),
    ("id: [[1, 2], [3, 4]\nb: 1\n", 1, OPEN_BRACKET),
]


@pytest.mark.parametrize(("text", "line", "sentence"), CASES)
def test_the_line_of_the_slip_and_what_it_is(text: str, line: int, sentence: str) -> None:
    for read in READERS:
        try:
            read(text)
        except Exception as error:
            found = trouble(error, text)
            assert (found.line, found.sentence) == (line, sentence)
        else:
            assert sentence is TWICE  # which the quick reader lets pass
