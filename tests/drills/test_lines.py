"""What debtors say in drills: enough of it, as said on the phone, each line once, none from training."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from nlp.labels import objection_ids
from nlp.text import plain
from tests.drills.written import (
    AFTER,
    COUNTRIES,
    DRILLS,
    MOODS,
    Line,
    common_lines,
    held,
    line_files,
    objection_lines,
    read,
)

CORPUS = Path(__file__).parents[2] / "nlp" / "corpus"
ENOUGH = {"first": 12, "softer": 8, "again": 8}
COMMON_ENOUGH = 8
FOR_ANY_COUNTRY = 5  # lines of a mood that fit any debtor, so that no country runs dry
WITH_SUM_AND_DAY = ("small_offers", "accepts")
COMMON_KINDS = {
    "hedges",
    *WITH_SUM_AND_DAY,
    "refuses",
    "hangs_up",
    "reacts_threat",
    "reacts_tuteo",
    "asks_back",
    "reveals_lead_in",
    "thanks",
    "third_party",
}
ALIKE = 0.7  # share of a line's character n-grams that another text may hold
LEAST_WORDS = 6  # shorter lines are alike by nature
SENTENCE_WORDS = 5
_SLOT = re.compile(r"\{\w*\}")
# the trainee may be anybody, and a line is said by any debtor: neither is named by sex or age
_ADDRESSED = re.compile(
    r"(^|[,¿¡.] ?)(señorita|joven|caballero|señora?|mij[oa]|licenciad[oa]|amig[oa])(?=[,.?!]|$)",
    re.IGNORECASE,
)
_OF_ONESELF = re.compile(
    r"\b(estoy|soy|ando|quedé|sigo|vengo|me siento) (tan |muy |bien |más |ya )?"
    r"(cansad|desesperad|preocupad|enferm|tranquil|endeudad|asustad|sol|ocupad|jubilad|despedid|apurad|viej)[oa]\b",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def lines() -> list[Line]:
    return [*objection_lines(), *common_lines()]


def test_every_objection_has_its_file() -> None:
    homes = {path.stem: read(path) for path in line_files()}
    assert set(homes) == set(objection_ids())
    for home, data in homes.items():
        assert set(data) == {"objection", *MOODS, *AFTER}, home
        assert data["objection"] == home


def test_every_objection_is_said_often_enough_in_every_mood() -> None:
    said = Counter((line.home, line.kind, line.mood) for line in objection_lines())
    short = {place: n for place, n in said.items() if n < ENOUGH[place[1]]}
    assert not short
    assert len(said) == len(objection_ids()) * (len(MOODS) + len(AFTER))


def test_every_common_kind_is_said_often_enough_in_every_mood() -> None:
    said = Counter((line.kind, line.mood) for line in common_lines())
    assert set(said) == {(kind, mood) for kind in COMMON_KINDS for mood in MOODS}
    assert min(said.values()) >= COMMON_ENOUGH


def test_no_country_runs_dry(lines: list[Line]) -> None:
    anywhere = Counter((line.home, line.kind, line.mood) for line in lines if not line.countries)
    assert not [place for place, n in anywhere.items() if n < FOR_ANY_COUNTRY]


def test_countries_are_those_of_the_scenarios(lines: list[Line]) -> None:
    assert {country for line in lines for country in line.countries} == set(COUNTRIES)


def test_lines_are_as_long_as_speech(lines: list[Line]) -> None:
    assert not [line for line in lines if not 4 <= len(line.text.split()) <= 30]


def test_sums_and_days_are_left_open_where_they_can_be_filled(lines: list[Line]) -> None:
    for line in lines:
        slots = set(_SLOT.findall(line.text))
        wanted = {"{amount}", "{date}"} if line.kind in WITH_SUM_AND_DAY else set()
        assert slots == wanted, line
        assert not re.search(r"\d", line.text), line


def test_nobody_is_taken_for_a_man_or_a_woman(lines: list[Line]) -> None:
    assert not [line for line in lines if _ADDRESSED.search(line.text) or _OF_ONESELF.search(line.text)]


def test_no_line_is_there_twice(lines: list[Line]) -> None:
    times = Counter(" ".join(re.findall(r"\w+", plain(line.text))) for line in lines)
    assert not [text for text, n in times.items() if n > 1]


def test_no_line_nearly_repeats_another(lines: list[Line]) -> None:
    texts = [line.text for line in lines if _words(line.text) >= LEAST_WORDS]
    assert not held(texts, texts, ALIKE)


def test_no_line_comes_from_the_training_corpus(lines: list[Line]) -> None:
    texts = [line.text for line in lines if _words(line.text) >= LEAST_WORDS]
    turns = list(_training_turns())
    assert len(turns) > 10_000
    assert not held(texts, turns, ALIKE)
    known = {one for turn in turns for one in _sentences(turn)}
    assert not [line for line in lines if not known.isdisjoint(_sentences(line.text))]


def test_a_repeated_line_would_be_seen() -> None:
    """The check itself: a copy with one word changed is found, another way to say it is not."""
    line = "Mire, la cuenta la hice anoche y no me alcanza."
    assert held([line], ["Mire, la cuenta la hice ayer y no me alcanza."], ALIKE)
    assert not held([line], ["Anoche me senté con la calculadora y ni así salgo."], ALIKE)


def test_the_common_lines_are_in_one_file() -> None:
    assert [path.name for path in (DRILLS / "lines").glob("_*")] == ["_common.yaml"]


def _training_turns() -> Iterator[str]:
    """What debtors and others say in the training lines."""
    for path in sorted(CORPUS.glob("*.jsonl")):
        for row in path.read_text(encoding="utf-8").splitlines():
            call = json.loads(row)
            if call["split"] == "train":
                yield from (turn["text"] for turn in call["turns"] if turn["speaker"] != "agent")


def _sentences(text: str) -> set[str]:
    cut = (re.findall(r"\w+", plain(one)) for one in re.split(r"[.?!…]+", text))
    return {" ".join(words) for words in cut if len(words) >= SENTENCE_WORDS}


def _words(text: str) -> int:
    """How many words, the places left open not counted."""
    return len(_SLOT.sub(" ", text).split())
