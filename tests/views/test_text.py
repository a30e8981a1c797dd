"""Every sentence of the screens has its English, and nothing is left over."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

from views._text import english

ROOT = Path(__file__).parents[2]


def sentences() -> set[str]:
    return {sentence for file in screens() for sentence in said_in(file)}


def screens() -> Iterator[Path]:
    yield ROOT / "coach_app.py"
    yield from (ROOT / "views").rglob("*.py")


def said_in(file: Path) -> Iterator[str]:
    """What `file` hands to `t` and `counted` as a literal."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in ("t", "counted")
        ):
            literals = (arg.value for arg in node.args if isinstance(arg, ast.Constant))
            yield from (value for value in literals if isinstance(value, str))


def slots(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def test_every_sentence_has_its_english() -> None:
    assert sentences() - english().keys() == set()


def test_the_catalogue_holds_no_sentence_that_nobody_says() -> None:
    assert english().keys() - sentences() == set()


def test_both_languages_have_the_same_slots() -> None:
    # «once» needs no number
    uneven = {es for es, en in english().items() if slots(es) != slots(en)} - {"{n} vez"}
    assert uneven == set()


def test_what_is_drawn_by_hand_goes_through_the_catalogue() -> None:
    """A screen that hands a Spanish literal straight to Streamlit would stay Spanish in English."""
    drawing = {
        "title",
        "subheader",
        "caption",
        "markdown",
        "info",
        "button",
        "page_link",
        "text_input",
        "selectbox",
    }
    bare = []
    for file in screens():
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in drawing
            ):
                texts = [
                    a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)
                ]
                bare += [f"{file.name}: {text}" for text in texts if not text.startswith("views/")]
    assert bare == []
