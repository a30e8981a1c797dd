"""Every sentence of the screens has its English, and nothing is left over."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from operator import attrgetter
from pathlib import Path
from string import Formatter

from ruamel.yaml import YAML

from views._text import CATALOGUES, english

ROOT = Path(__file__).parents[2]


REFUSALS = frozenset({"CoachError", "Erased", "TooLarge", "CannotMute", "OtherWords", "UnclearColumns"})


def sentences() -> set[str]:
    said = {sentence for file in screens() for sentence in said_in(file)}
    told = {*refusals(), *examined()}
    return said | {sentence for _, sentence in told if isinstance(sentence, str)}


def refusals() -> Iterator[tuple[str, str | ast.expr]]:
    """(file, sentence) of every refusal in `coach` and the screens; an expression where it is no literal."""
    for file in [*(ROOT / "coach").rglob("*.py"), *screens()]:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in REFUSALS and node.args:
                for one in _either(node.args[0]):
                    yield file.name, _said(one, file)


def examined() -> Iterator[tuple[str, str | ast.expr]]:
    """What `coach doctor` finds, in the State tab too."""
    file = ROOT / "coach" / "doctor.py"
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Examined":
            for one in _either(node.args[1]):
                yield file.name, _said(one, file)


def _said(node: ast.expr, file: Path) -> str | ast.expr:
    """A literal or the constant that `file` knows by this name; else the expression as it stands."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    name = ast.unparse(node)
    if isinstance(node, ast.Name | ast.Attribute) and name.rpartition(".")[2].isupper():
        module = import_module(".".join(file.relative_to(ROOT).with_suffix("").parts))
        return str(attrgetter(name)(module))
    return node


def _either(node: ast.expr) -> list[ast.expr]:
    return [*_either(node.body), *_either(node.orelse)] if isinstance(node, ast.IfExp) else [node]


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


def test_no_refusal_is_put_together_from_pieces() -> None:
    """A sentence with its values in it has no entry; what another part of Temple says stays as it is."""
    pieces = [
        (file, ast.unparse(said))
        for file, said in (*refusals(), *examined())
        if not isinstance(said, str) and not re.match(r"str\(|t\(", ast.unparse(said))
    ]
    assert pieces == []


def test_the_catalogue_holds_no_sentence_that_nobody_says() -> None:
    assert english().keys() - sentences() == set()


def test_both_languages_have_the_same_slots() -> None:
    # «once» needs no number
    uneven = {es for es, en in english().items() if slots(es) != slots(en)} - {"{n} vez"}
    assert uneven == set()


DRAWING = frozenset(
    """title header subheader caption markdown info warning error success toast spinner metric
    button form_submit_button download_button link_button page_link popover expander tabs
    text_input text_area number_input date_input selectbox multiselect radio checkbox toggle slider
    segmented_control pills file_uploader""".split()
)
MARKUP = re.compile(r":(?:red|green|orange|small)\[")


def drawn_in(file: Path) -> Iterator[str]:
    """What `file` hands to Streamlit as a literal, in lists and f-strings too; but no names of screens."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in DRAWING:
            named = [keyword.value for keyword in node.keywords if keyword.arg in ("label", "help")]
            for given in (*node.args, *named):
                for text in literals_of(given):
                    if not text.startswith("views/"):
                        yield MARKUP.sub("", text)


def literals_of(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
    elif isinstance(node, ast.List | ast.Tuple):
        for part in node.elts:
            yield from literals_of(part)


def test_what_is_drawn_by_hand_goes_through_the_catalogue() -> None:
    """A screen that hands a Spanish literal straight to Streamlit would stay Spanish in English."""
    drawn = [(file.name, text) for file in screens() for text in drawn_in(file)]

    assert [(name, text) for name, text in drawn if any(letter.isalpha() for letter in text)] == []


def test_no_list_asks_for_a_choice_in_the_words_of_streamlit() -> None:
    """«Choose an option» stands in every field that begins empty and brings no words of its own."""
    asked = [
        (file.name, node.lineno)
        for file in screens()
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        for given in [{one.arg: ast.unparse(one.value) for one in node.keywords}]
        if node.func.attr == "multiselect" or (node.func.attr == "selectbox" and given.get("index") == "None")
        if "placeholder" not in given
    ]
    assert asked == []


def test_english_is_quoted_in_one_way() -> None:
    """“…” in what screens and drills say in English; «…» is for the Spanish."""
    said = [line for path in CATALOGUES for line in YAML(typ="safe").load(path.read_text("utf-8")).values()]
    for path in (ROOT / "drills").glob("*.yaml"):
        said += re.findall(r'\ben: "((?:[^"\\]|\\.)*)"', path.read_text("utf-8"))
    assert len(said) > 2000
    assert not [line for line in said if "«" in str(line)]


def test_one_is_not_told_as_many() -> None:
    """«de 1 agentes»: where a number goes before a noun alone, `counted` knows the singular."""
    many = re.compile(r"(?:de |^)\{n\} (?:agentes|promesas|firmes|veredictos|juicios|criterios|evaluadas)\b")
    alone = [
        (file.name, node.args[0].value)
        for file in screens()
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "t"
        if node.args and isinstance(node.args[0], ast.Constant) and many.match(str(node.args[0].value))
    ]
    assert alone == []
