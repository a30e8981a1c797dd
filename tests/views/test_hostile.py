"""Markup and formulas in words, names, comments and reasons stay text: on every screen, in every export."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from coach import audit, critical_cases, disputes, ledger_files, past_upload, releases, reviews
from coach.audit import Asked
from coach.ledger import Asked as AskedOfLedger
from coach.pipeline import rubric_of
from coach.rows import CallFilter
from coach.settings import Settings
from coach.store import Store
from coach.viewers import Viewer
from tests.coach.people import somebody
from tests.coach.remarks import remark
from tests.views import seed
from tests.views.test_screens import screen
from transcripts.formats import vtt
from views._pages import HIDDEN, OF_ROLE

BAD = "=1+1 <script>alert(1)</script><img src=x> [clic](javascript:alert) **x** :red[y] $z$"
CALL = "mx-hostil"
MARKUP = re.compile(r"(?<!\\)(<script|<img|\]\(javascript|:red\[y)")  # not behind a backslash
SignIn = Callable[..., Viewer]


@pytest.fixture
def house(fresh: Store, tmp_path: Path, signed_in: SignIn) -> Store:
    """The hand-made calls, one of them with such text wherever a person or a file can put any."""
    settings = Settings(data_dir=tmp_path)
    seed.fill(fresh, settings)
    call = seed.threatening(settings, tmp_path / "tone.wav")
    facts = {
        "agent": BAD,
        "debtor_name": BAD,
        "company": BAD,
        "account": BAD,
        "campaign": BAD,
        "portfolio": BAD,
    }
    recording = replace(call.transcript.recording, id=CALL, **facts)
    turns = tuple(replace(turn, text=f"{turn.text} {BAD}", words=()) for turn in call.transcript.turns)
    fresh.add_recording(recording)
    transcript = replace(call.transcript, recording=recording, turns=turns)
    fresh.save(replace(call, transcript=transcript, scorecard=replace(call.scorecard, recording_id=CALL)))
    ana = somebody(fresh, "analyst", "ana", name=BAD)
    rarce = somebody(fresh, "agent", "rarce", name=BAD, holds=("rarce",), team=BAD)
    reviews.override(fresh, settings, ana, CALL, "no_threats", "fail", BAD)
    reviews.override(fresh, settings, ana, CALL, "empathy", "fail", BAD)
    critical_cases.act(fresh, ana, CALL, BAD)
    remark(fresh, ana, CALL, BAD, for_agent=True)
    releases.release(fresh, settings, ana, CALL)
    disputes.dispute(fresh, settings, rarce, CALL, "empathy", BAD)
    sheet = f"llamada;evaluador;empathy;{BAD}\n{CALL};Eva;{BAD};{BAD}\n"
    past_upload.bring_in(
        fresh, settings, ana, "viejas.csv", sheet.encode(), rubric_of(settings), {}, keep=True
    )
    audit.note(fresh, ana, "add", f"user:{BAD}", reason=BAD)
    return fresh


def drawn(app: AppTest) -> Iterator[str]:
    """Everything that the screen hands to Streamlit as markdown."""
    for kind in (
        "title",
        "header",
        "subheader",
        "markdown",
        "caption",
        "info",
        "warning",
        "error",
        "success",
    ):
        for element in app.get(kind):
            yield str(element.value)
            yield str(getattr(element.proto, "help", ""))
    for kind in ("button", "page_link", "expander", "popover", "selectbox", "multiselect", "checkbox"):
        for element in app.get(kind):
            yield str(getattr(element, "label", None) or getattr(element.proto, "label", ""))


@pytest.mark.parametrize("name", [one for one in (*OF_ROLE["admin"], *HIDDEN["admin"]) if one != "upload"])
def test_on_every_screen_of_who_sees_all(house: Store, name: str) -> None:
    extra = {"call": {"call": CALL}, "agent": {"agent": "rarce"}}.get(name, {})
    for view in {"criticals": ("", "confirmed"), "queue": ("", "month"), "calibration": ("", "past")}.get(
        name, ("",)
    ):
        app = screen(name, **extra, **({"view": view} if view else {}))
        assert not app.exception
        assert [text for text in drawn(app) if MARKUP.search(text)] == []


def test_on_the_screens_of_the_agent_and_of_who_decides(house: Store, signed_in: SignIn) -> None:
    signed_in(house, "agent", "rarce")
    own = [screen("home"), screen("call", call=CALL), screen("agent"), screen("calls")]
    signed_in(house, "analyst", "luz")
    own += [screen("queue", view="disputes"), screen("call", dispute="1")]
    assert [text for app in own for text in drawn(app) if MARKUP.search(text)] == []


def test_in_the_address_of_a_call_that_is_not_there(fresh: Store, signed_in: SignIn) -> None:
    signed_in(fresh, "analyst")
    app = screen("call", call="[Ver la llamada](https://otra-parte.example) **x**")
    said = " ".join(drawn(app))
    assert "Ver la llamada" in said
    assert "](http" not in said
    assert "**x**" not in said


def cells(text: str) -> list[str]:
    return [cell for row in csv.reader(io.StringIO(text)) for cell in row]


def test_in_every_table_for_spreadsheets(house: Store, tmp_path: Path) -> None:
    settings, admin = Settings(data_dir=tmp_path), somebody(house, "admin")
    ledger = ledger_files.write_csv(house, AskedOfLedger(settings, admin, CallFilter()))
    log = audit.write_csv(house, admin, Asked())
    for text in (ledger, log):
        assert "alert(1)" in text
        assert not [cell for cell in cells(text) if cell.startswith(("=", "+", "-", "@"))]


def test_in_subtitles(house: Store) -> None:
    heard = house.transcript(CALL)
    assert heard is not None
    assert "alert(1)" in vtt.write(heard)
    assert "<script" not in vtt.write(heard)


def test_only_one_place_writes_tables_for_spreadsheets() -> None:
    root = Path(__file__).parents[2]
    found = [
        file.name
        for package in ("coach", "views")
        for file in (root / package).rglob("*.py")
        if re.search(r"csv\.(writer|DictWriter)|\.to_csv\(", file.read_text(encoding="utf-8"))
    ]
    assert found == ["tables.py"]
