"""Good and bad replies to each objection of the guide: with marks, without, and without accents."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

import pytest
import yaml

from drills.drill import Attempt, Drill
from drills.formats import FORMATS
from drills.grade import Tools, grade
from drills.loader import load_lines, load_scenarios
from drills.scenario import DISPUTES
from rubrics.labels import OBJECTIONS
from rubrics.loader import load_rubric
from rubrics.playbook import load_playbook
from tests.drills.conftest import MONDAY

TABLE = yaml.safe_load(Path(__file__).parents[1].joinpath("cases/replies.yaml").read_text(encoding="utf-8"))
_MARKS = re.compile(r"[^\w\s,.]|(?<!\d)[,.]|[,.](?!\d)")


@pytest.fixture(scope="module")
def tools() -> Tools:
    return Tools(load_lines(), load_playbook(), load_rubric())


@cache
def drill(label: str) -> Drill:
    """A reply to this objection, by the first seed that begins with it."""
    case, book, playbook = load_scenarios()[TABLE[label]["case"]], load_lines(), load_playbook()
    made = (FORMATS["one_reply"].build(case, seed, MONDAY, book, playbook) for seed in range(200))
    return next(one for one in made if one.raised[0][1] == label)


def unmarked(text: str) -> str:
    return " ".join(_MARKS.sub(" ", text).lower().split())


def unaccented(text: str) -> str:
    """Without accents; ñ stays."""
    letters = unicodedata.normalize("NFD", unmarked(text))
    kept = "".join(one for one in letters if unicodedata.category(one) != "Mn" or one == "\u0303")
    return unicodedata.normalize("NFC", kept)


def test_the_table_has_every_objection() -> None:
    assert set(TABLE) == set(OBJECTIONS)


@pytest.mark.parametrize("write", [str, unmarked, unaccented])
@pytest.mark.parametrize(
    "label",
    [
        pytest.param(one, marks=() if one in (*DISPUTES, "no_money", "refusal") else pytest.mark.slow)
        for one in sorted(TABLE)
    ],
)
def test_a_good_reply_passes_and_a_bad_one_does_not(tools: Tools, label: str, write: type[str]) -> None:
    wrong = [
        (kind, write(text))
        for kind in ("good", "bad")
        for text in TABLE[label][kind]
        if grade(drill(label), Attempt(replies=(write(text),)), tools).passed != (kind == "good")
    ]
    assert not wrong
