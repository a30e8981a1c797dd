"""Screens ask and draw: what they may import, and how long they may get."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

VIEWS = Path(__file__).parents[2] / "views"
SCREENS = sorted(file for file in VIEWS.glob("*.py") if not file.name.startswith("_"))
ALLOWED = {"streamlit", "altair", "coach", "views"}
PLAIN = {"__future__", "collections", "dataclasses", "datetime", "json", "typing"}


def imported(file: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("file", SCREENS, ids=lambda file: file.stem)
def test_a_screen_imports_only_what_it_draws_with(file: Path) -> None:
    assert imported(file) - ALLOWED - PLAIN == set()


@pytest.mark.parametrize("file", SCREENS, ids=lambda file: file.stem)
def test_a_screen_stays_short(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").splitlines()) < 120


def test_nothing_is_drawn_as_markup() -> None:
    drawn = [
        file for file in VIEWS.rglob("*") if file.suffix in (".py", ".js") and "_vendor" not in file.parts
    ]
    text = {file.name: file.read_text(encoding="utf-8") for file in drawn}
    for word in ("unsafe_allow_html", "innerHTML", "insertAdjacentHTML", "outerHTML"):
        assert [name for name, code in text.items() if word in code] == []


def test_only_vendored_files_name_other_machines() -> None:
    ours = [f for f in VIEWS.rglob("*") if f.suffix in (".py", ".js", ".css") and "_vendor" not in f.parts]
    named = [f.name for f in ours if "https://" in f.read_text(encoding="utf-8")]
    assert named == []
