"""Spoilt files for every reader, a few of each; `python -m benchmarks.fuzz` tries them by the thousand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.fuzz import Count, fuzz, one
from benchmarks.fuzz_damage import YAML_BOMB
from benchmarks.fuzz_readers import READERS, House

INPUTS = 8
ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
KEYS = st.sampled_from(
    "id turns speaker text start end words facts trust amount_due contacts call_date segments results "
    "Transcript items alternatives content channel_labels".split()
)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    made = House(tmp_path_factory.mktemp("fuzz"))
    yield made
    made.store.close()


@pytest.mark.sqlite
@pytest.mark.parametrize("name", READERS)
def test_what_is_spoilt_ends_in_a_result_or_in_words(house: House, name: str) -> None:
    slow = name in ("form and pack", "own playbook", "scenario") or name.endswith("book")
    count = fuzz(READERS[name], house, 8, inputs=4 if slow else INPUTS)
    assert count.crashes == {}
    assert count.read, "not even the good sample was read"


def trouble(house: House, name: str, data: bytes) -> str:
    return one(READERS[name], house, data, Count())


@pytest.mark.parametrize("name", ["transcript json", "transcript whisperx", "transcript amazon", "sidecar"])
@given(
    tree=st.dictionaries(KEYS, ODD | st.lists(st.dictionaries(KEYS, ODD, max_size=4), max_size=3), max_size=5)
)
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), database=None)
def test_json_of_any_shape(house: House, name: str, tree: dict[str, Any]) -> None:
    assert trouble(house, name, json.dumps(tree).encode()) == ""


@pytest.mark.parametrize("name", ["form and pack", "own playbook", "scenario"])
@pytest.mark.parametrize(
    "text",
    [
        YAML_BOMB,
        b"a: &a [*a]\n",
        b"a: " + b"[" * 1500,
        b"id: x\nversion: " + b"9" * 5000,
        b"a: \x00",
        b"a: 2026-02-30\n",
        b"!!python/object/apply:os.system [id]\n",
        b"a: " + b"x" * 500_000,
    ],
    ids=["aliases", "cycle", "nesting", "number", "NUL", "day", "tag", "length"],
)
def test_what_yaml_can_do_beyond_keys_and_values(house: House, name: str, text: bytes) -> None:
    count = Count()
    assert one(READERS[name], house, text, count) == ""
    assert (count.refused, count.read) == (1, 0)
    assert count.slowest_s < 5


def test_the_crashes_that_were_found_once_are_told(house: House) -> None:
    """A sound that changes its shape, an hour before all calendars, endless and infinite times."""
    early = b'{"name": "a.wav", "call_date": "0001-01-01T00:00:00+14:00"}'
    endless = b'{"segments": [{"text": "a", "start": 1e400, "end": NaN, "speaker": "A"}]}'
    for name, data in (("upload facts", early), ("transcript whisperx", endless)):
        count = Count()
        assert one(READERS[name], house, data, count) == ""
        assert count.refused == 1
    assert trouble(house, "addresses", b"/api/clip/99999999999999999999999") == ""


def test_a_crash_is_counted(house: House, tmp_path: Path) -> None:
    """The counter itself: what is no error of ours is a crash, and its input is kept."""

    def broken(_house: House, _path: Path) -> None:
        raise KeyError("x")

    reader = READERS["payments"]
    bad = type(reader)("bad", ".csv", reader.samples, reader.ways, broken)
    count = fuzz(bad, house, 1, inputs=3, keep=tmp_path / "kept")
    assert sum(count.crashes.values()) == count.inputs == 3
    assert [path.suffix for path in (tmp_path / "kept").iterdir()] == [".csv"]
