"""What the pages say can be done: links lead somewhere, commands exist, labels stand on a screen.

In `docs/guia` and `docs/guide` a label of a screen is written in bold, and nothing else is.
"""

from __future__ import annotations

import json
import re
import runpy
import shlex
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import typer
from ruamel.yaml import YAML

from coach import cli

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
PAIRS = {
    "administrador": "administrator",
    "agente": "agent",
    "analista": "analyst",
    "capacitador": "trainer",
    "jefe-de-equipo": "lead",
}
GUIDES = [DOCS / "guia" / f"{one}.md" for one in PAIRS] + [
    DOCS / "guide" / f"{one}.md" for one in PAIRS.values()
]
CATALOGUES = (ROOT / "views" / "english.yaml", ROOT / "coach" / "signin.yaml")

LINK = re.compile(r"\]\(([^)\s]+)\)|(?:src|srcset)=\"([^\"]+)\"")
FENCE = re.compile(r"```.*?```", re.S)
CODE = re.compile(r"```\w*\n(.*?)```|`([^`\n]+)`", re.S)
LABEL = re.compile(r"\*\*(.+?)\*\*", re.S)
CUT = re.compile(r"\s(?:\||&&|;|>|#)\s|\s{2,}")


def name_of(page: Path) -> str:
    return str(page.relative_to(ROOT))


@cache
def text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


@cache
def anchors(page: Path) -> frozenset[str]:
    """The addresses of a page's headings, as a forge makes them."""
    heads = re.findall(r"^#+ (.+)$", FENCE.sub("", text(page)), re.M)
    return frozenset(re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads)


def dead_links(page: Path) -> list[str]:
    dead = []
    for link in (a or b for a, b in LINK.findall(FENCE.sub("", text(page)))):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = unquote(link).partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and target.suffix == ".md" and anchor not in anchors(target)):
            dead.append(link)
    return dead


def commands(page: Path) -> list[str]:
    """Every line of code that begins with `coach`, up to where the shell begins something else."""
    code = (block or one for block, one in CODE.findall(text(page)))
    lines = (line.strip().removeprefix("$ ") for one in code for line in one.splitlines())
    parts = (CUT.split(part)[0] for line in lines for part in re.split(r"&&", line))
    return [part.strip() for part in parts if re.match(r"\s*coach [a-z]", part)]


@cache
def tree() -> typer.core.TyperGroup:
    made = typer.main.get_command(cli.app)
    assert isinstance(made, typer.core.TyperGroup)
    return made


def wrong_with(command: str) -> str:
    """What the program would refuse in a command line; empty where nothing."""
    words = shlex.split(re.sub(r"[\[\]«»]", "", command.rstrip(".,:")), comments=True)[1:]
    here = tree()
    while words and hasattr(here, "commands"):
        name = words.pop(0)
        if name.startswith("-"):
            break
        if name not in here.commands:
            return f"no command {name}"
        here = here.commands[name]
    known = {"--help"} | {name for one in here.params for name in (*one.opts, *one.secondary_opts)}
    given = {word.partition("=")[0] for word in words if re.match(r"--?[a-z]", word)}
    return ", ".join(f"no option {name}" for name in sorted(given - known))


@cache
def sentences() -> frozenset[tuple[str, str]]:
    """Every sentence of the screens and the doors, Spanish and English."""
    found = set()
    for catalogue in CATALOGUES:
        entries = YAML(typ="safe").load(catalogue.read_text(encoding="utf-8"))
        found |= {(_plain(spanish), _plain(english)) for spanish, english in entries.items()}
    return frozenset(found)


def _plain(sentence: object) -> str:
    return str(sentence).replace("**", "")


@cache
def shown(*, english: bool) -> tuple[frozenset[str], re.Pattern[str]]:
    """The sentences of one language, and a pattern of those that have places for values between words."""
    said = frozenset(pair[english] for pair in sentences())
    with_values = (one for one in said if re.search(r"\w.*\{\w+\}.*\w", one))
    return said, re.compile(
        "|".join(".+".join(map(re.escape, re.split(r"\{\w+\}", one))) for one in with_values)
    )


def labels(page: Path) -> list[str]:
    return [re.sub(r"\s+", " ", label) for label in LABEL.findall(FENCE.sub("", text(page)))]


def unknown_labels(page: Path) -> list[str]:
    """Labels that no screen has; «…» stands for a value, as in «Sortear las … que faltan»."""
    said, pattern = shown(english=page.parent.name == "guide")
    return [one for one in labels(page) if one not in said and not ("…" in one and pattern.fullmatch(one))]


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_leads_to_a_file(page: Path) -> None:
    assert dead_links(page) == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_command_exists_with_its_options(page: Path) -> None:
    assert [(one, wrong) for one in commands(page) if (wrong := wrong_with(one))] == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_target_of_make_and_every_script_exists(page: Path) -> None:
    code = "\n".join(block or one for block, one in CODE.findall(text(page)))
    targets = set(re.findall(r"^[\w-]+(?=:)", text(ROOT / "Makefile"), re.M))
    assert set(re.findall(r"^make ([a-z-]+)", code, re.M)) <= targets
    scripts = re.findall(r"python ((?:benchmarks|docs)/\w+\.py)", code)
    modules = re.findall(r"python -m (benchmarks\.\w+)", code)
    wanted = [*scripts, *(f"{one.replace('.', '/')}.py" for one in modules)]
    assert [one for one in wanted if not (ROOT / one).is_file()] == []


@pytest.mark.parametrize("page", GUIDES, ids=name_of)
def test_every_label_stands_on_a_screen(page: Path) -> None:
    assert unknown_labels(page) == []


@pytest.mark.parametrize(("spanish", "english"), PAIRS.items())
def test_both_languages_name_the_same_labels(spanish: str, english: str) -> None:
    here = {one for one in labels(DOCS / "guia" / f"{spanish}.md") if "…" not in one}
    there = {one for one in labels(DOCS / "guide" / f"{english}.md") if "…" not in one}
    pairs = {pair for pair in sentences() if pair[0] in here and pair[1] in there}
    assert (here, there) == ({one for one, _ in pairs}, {one for _, one in pairs})


def test_the_list_of_commands_is_made_from_the_program() -> None:
    made = runpy.run_path(str(DOCS / "commands.py"))
    assert text(DOCS / "commands.md") == made["page"](), "run: python docs/commands.py"


def measured(name: str) -> Any:
    return json.loads(text(ROOT / "benchmarks" / "results" / f"{name}.json"))


def test_the_limits_say_what_was_measured() -> None:
    sealed, verdicts, heard = measured("gold-sealed"), measured("verdicts"), measured("recognised")
    critical = verdicts["critical"]
    rare = critical["precision_at_prevalence"]
    low, high = rare["interval"]
    page = re.sub(r"\s+", " ", text(DOCS / "limits.md"))
    for said in (
        f"(F1 {sealed['objections']['all']['f1']:.2f})",
        f"{100 * sealed['verdicts']['accuracy']:.0f} of 100 verdicts",
        f"on the others {100 * verdicts['accuracy']:.1f}.",
        f"{critical['recall']:.2f} of the real ones are found and {critical['precision']:.2f} of the alarms",
        f"({rare['value']:.2f}, interval {low:.2f} to {high:.2f})",
        f"on whole dialogues {100 * heard['wer']['wer']:.1f} %",
    ):
        assert said in page


def test_the_index_names_every_page() -> None:
    index = DOCS / "README.md"
    linked = {(DOCS / a.partition("#")[0]).resolve() for a, _ in LINK.findall(text(index)) if a}
    pages = {page for page in DOCS.rglob("*.md") if "decisions" not in page.parts} - {index}
    assert {name_of(page) for page in pages - linked} == set()


@pytest.mark.parametrize(
    ("command", "wrong"),
    [
        ("coach users add ana --role admin", ""),
        ("coach users ad ana", "no command ad"),
        ("coach eval --rubrics", "no option --rubrics"),
    ],
)
def test_a_wrong_command_would_be_seen(command: str, wrong: str) -> None:
    assert wrong_with(command) == wrong
