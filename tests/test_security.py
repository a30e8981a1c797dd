"""The threat model names tests that exist, and the packages Temple needs may be used and sold."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from docs import dependencies

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "security.md"
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def lines() -> list[str]:
    """Every line of the tables of threats."""
    return [
        line
        for line in PAGE.read_text(encoding="utf-8").partition("\n## Not covered")[0].splitlines()
        if line.startswith("| ") and not line.startswith(("| threat", "|---"))
    ]


@cache
def functions_of(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return frozenset(one.name for one in ast.walk(tree) if isinstance(one, ast.FunctionDef))


def test_every_line_of_the_threat_model_names_its_test() -> None:
    assert len(lines()) > 30
    assert [line for line in lines() if not NAMED.search(line)] == []


def test_every_test_that_is_named_exists() -> None:
    named = NAMED.findall(PAGE.read_text(encoding="utf-8"))
    assert [f"{file}::{test}" for file, test in named if test not in functions_of(file)] == []


@pytest.mark.parametrize("lock", ["requirements-bootstrap.txt", "requirements.txt", "requirements-dev.txt"])
def test_every_package_is_pinned_by_hash(lock: str) -> None:
    """Nothing is installed that is not, byte for byte, what was locked."""
    stanzas = re.sub(r"\\\n\s*", " ", (ROOT / lock).read_text(encoding="utf-8")).splitlines()
    packages = [line for line in stanzas if line and not line.startswith("#")]
    assert len(packages) > 1
    assert [line[:60] for line in packages if "==" not in line or "--hash=sha256:" not in line] == []
    assert "--require-hashes" in (ROOT / "setup.sh").read_text(encoding="utf-8")


def test_no_licence_forbids_use_or_sale() -> None:
    found = dependencies.licences(ROOT / "requirements.txt")
    assert len(found) > 50
    assert {name: text for name, text in found.items() if dependencies.forbids(text)} == {}


@pytest.mark.parametrize(
    ("text", "no"),
    [
        ("MIT", False),
        ("BSD-3-Clause AND LGPL-3.0-only", False),
        ("CC-BY-NC-4.0", True),
        ("AGPL-3.0-or-later", True),
        ("GPL-3.0-only", True),
        ("GPL-2.0-only OR MIT", False),
        ("Proprietary, non-commercial use only", True),
        ("", True),
    ],
)
def test_what_a_licence_allows(text: str, no: bool) -> None:
    assert dependencies.forbids(text) is no


def test_the_list_of_packages_is_the_present_one() -> None:
    """Run `python -m docs.dependencies` where this fails. What is installed elsewhere is not compared."""
    written = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"^\| ([\w.-]+) \| (.+) \|$", written, re.M))
    told.pop("package")
    locked = re.findall(r"^([\w.-]+)==", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.M)
    assert list(told) == list(dict.fromkeys(locked))
    here = dependencies.licences()
    assert {name: told[name] for name in here} == here
