"""Every precondition in words, for people who decide whether a criterion applies."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rubrics.conditions import CONDITIONS
from views import _preconditions
from views._text import english

PAGE = Path(__file__).parents[2] / "docs" / "rubric-files.md"
ROWS = dict(
    re.findall(r"^\| `(\w+)` \| (.*) \|$", PAGE.read_text(encoding="utf-8").split("## Precond")[1], re.M)
)


@pytest.mark.parametrize("name", CONDITIONS)
def test_a_precondition_is_said_as_the_page_says_it(name: str) -> None:
    said = english()[_preconditions.when([name])]
    page = ROWS[name]
    assert said == page or page.startswith("the same, ")  # the page leans on the row before
