"""Calls of a day that has not come: kept, told on every way in, and no window of figures ends with them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from coach import arrived, coaching_days, days_ahead, months, periods, uploads
from coach.choices import choices
from coach.database import reading
from coach.ingest import Watched
from coach.rows import CallFilter
from coach.sampling import _frame
from coach.settings import Settings
from coach.store import Store
from coach.types import Call
from coach.uploads import Facts
from coach.viewers import HOUSE, Viewer
from coach.workflow_rules import WorkflowRules
from tests.coach.conftest import LIMA, Clock
from tests.coach.people import somebody
from tests.coach.test_bulk import arrive, sound
from tests.coach.test_cli import CALL, calls, coach
from tests.coach.test_ingest import old

Keep = Callable[..., Call]

TYPO = date(date.today().year + 1, 11, 20)
TOLD = f"Llamadas de un día que aún no llega: {{id}} ({TYPO}). Quedan guardadas"

pytestmark = pytest.mark.usefixtures("lightly_judged")


@pytest.fixture
def mistyped(store: Store, keep: Keep) -> Store:
    """One call of September, and one whose year is wrong."""
    keep("bien", agent_login="rosa", call_started_at=datetime(2026, 9, 14, 10, tzinfo=LIMA))
    keep("mal", agent_login="rosa", call_started_at=TYPO)
    return store


def test_windows_end_with_the_last_call_whose_day_has_come(mistyped: Store) -> None:
    assert periods.last_day(mistyped, HOUSE, CallFilter()) == date(2026, 9, 14)
    assert choices(mistyped, HOUSE).last == date(2026, 9, 14)
    assert coaching_days.days(mistyped, HOUSE, CallFilter()).until == date(2026, 9, 14)
    assert max(months.with_calls(mistyped, HOUSE)) == date(2026, 9, 1)


def test_so_do_those_of_who_sees_a_part_of_the_house(mistyped: Store) -> None:
    somebody(mistyped, "agent", "rosa", holds=("rosa",), team="Norte")
    lead = somebody(mistyped, "lead", "lia", leads="Norte")
    assert choices(mistyped, lead).last == date(2026, 9, 14)


def test_what_is_drawn_goes_back_from_the_last_day_that_has_come(mistyped: Store) -> None:
    with reading(mistyped.engine) as connection:
        assert "bien" in {one.recording_id for one in _frame(connection, WorkflowRules())}


def test_tomorrow_is_today_somewhere(store: Store, keep: Keep) -> None:
    keep("a", call_started_at=days_ahead.newest())
    assert periods.last_day(store, HOUSE, CallFilter()) == days_ahead.newest()
    assert days_ahead.told(store, ["a"]) == ()


def test_where_all_are_ahead_the_window_ends_today(store: Store, keep: Keep) -> None:
    keep("mal", call_started_at=TYPO)
    assert periods.last_day(store, HOUSE, CallFilter()) == days_ahead.today()
    assert choices(store, HOUSE).last == days_ahead.today()


@pytest.mark.parametrize("zone", ["Etc/GMT+12", "Etc/GMT-14"])  # one of them has another day than UTC
def test_today_is_that_of_the_house_s_clock(store: Store, keep: Keep, clock: Clock, zone: str) -> None:
    clock(zone)
    keep("mal", call_started_at=TYPO)
    assert periods.last_day(store, HOUSE, CallFilter()) == date.today()
    assert choices(store, HOUSE).last == date.today()


def test_import_tells_it_and_keeps_the_call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = coach("import", calls(tmp_path, CALL | {"id": "typo-1", "call_date": TYPO.isoformat()}))
    assert result.exit_code == 0
    assert TOLD.format(id="typo-1") in result.output
    Path("t.csv").write_text(f"id;fecha\ntypo-1;{TYPO + timedelta(days=1)}\n")
    assert f"typo-1 ({TYPO + timedelta(days=1)})" in coach("import", "--manifest", "t.csv").output
    Path("t.csv").write_text("id;fecha\ntypo-1;2026-11-20\n")
    assert "aún no llega" not in coach("import", "--manifest", "t.csv").output


def test_a_watched_folder_tells_it_of_words_sound_and_tables(
    store: Store, settings: Settings, tmp_path: Path
) -> None:
    inbox = tmp_path / "grabador"
    inbox.mkdir()
    turn = {"speaker": "agent", "text": "Buenos días, le saluda Rosa."}
    said = {"id": "dicha", "call_date": TYPO.isoformat(), "turns": [turn]}
    (inbox / "dicha.json").write_text(json.dumps(said), encoding="utf-8")
    (inbox / "sonido.wav").write_bytes(sound(3))
    (inbox / "sonido.json").write_text(json.dumps({"call_started_at": TYPO.isoformat()}), encoding="utf-8")
    for path in inbox.iterdir():
        old(path)
    watched = Watched(store, settings, [inbox], settled_s=0.0)
    (notice,) = watched.look().notices
    assert f"dicha ({TYPO}), sonido ({TYPO})" in notice
    other = TYPO + timedelta(days=3)
    (inbox / "t.csv").write_text(f"id;fecha\ndicha;{other}\n")
    old(inbox / "t.csv")
    assert any(f"dicha ({other})" in notice for notice in watched.look().notices)


def test_an_upload_tells_it(store: Store, settings: Settings) -> None:
    folder = settings.data_dir / "incoming" / "uno"
    folder.mkdir(parents=True)
    (folder / "a.wav").write_bytes(sound(1))
    facts = Facts(name="a.wav", call_date=TYPO.isoformat())
    accepted = uploads.take_in(store, settings, folder / "a.wav", facts)
    assert accepted.told[0].startswith(TOLD.format(id="a"))
    folder.mkdir(parents=True)
    (folder / "b.txt").write_text("Agente: Buenos días.\nDeudor: Hola.\n", encoding="utf-8")
    told = arrived.take_in(store, settings, folder / "b.txt", facts.model_copy(update={"name": "b.txt"}))
    assert told.problems[-1].startswith(TOLD.format(id="b"))


def test_a_zip_tells_it(store: Store, settings: Settings) -> None:
    found = arrive(store, settings, {"c.wav": sound(2), "datos.csv": f"id;fecha\nc;{TYPO}\n".encode()})
    assert found.problems[-1].startswith(TOLD.format(id="c"))


@pytest.fixture
def held(store: Store) -> Viewer:
    """Some login is somebody's: else no house has any."""
    return somebody(store, "agent", "rosa", holds=("rosa",))


def test_logins_that_are_nobodys_are_told_of_new_calls_too(
    store: Store, settings: Settings, held: Viewer
) -> None:
    table = "archivo;login;fecha\na.wav;D099;2026-09-14\nb.txt;D098;2026-09-14\n"
    words = "Agente: Buenos días.\nDeudor: Hola.\n"
    found = arrive(store, settings, {"a.wav": sound(1), "b.txt": words.encode(), "datos.csv": table.encode()})
    assert arrived.summary(found)["taken"] == 2
    assert "no eran de nadie el día de su llamada: D098 (1), D099 (1)." in found.problems[-1]
    assert "no entran en el mes ni en el avance de nadie" in found.problems[-1]
    assert "hasta que quien administra Temple dé cada usuario a su persona" in found.problems[-1]


def test_logins_that_come_with_several_names_are_told_of_new_calls(
    store: Store, settings: Settings, held: Viewer
) -> None:
    """With those that came before; who holds a login alone may have any name on the phone."""
    words = "Agente: Buenos días.\nDeudor: Hola.\n"
    table = "archivo;login;agente;fecha\na.txt;D099;Paola Rincón;2026-09-14\nb.txt;rosa;Ana;2026-09-14\n"
    first = arrive(
        store, settings, {"a.txt": words.encode(), "b.txt": words.encode() * 2, "datos.csv": table.encode()}
    )
    assert not any("varias personas" in one for one in first.problems)
    table = "archivo;login;agente;fecha\nc.txt;D099;Andrés Vélez;2026-09-16\nd.txt;rosa;Beto;2026-09-15\n"
    again = arrive(
        store,
        settings,
        {"c.txt": words.encode() * 3, "d.txt": words.encode() * 4, "datos.csv": table.encode()},
    )
    (told,) = (one for one in again.problems if "varias personas" in one)
    assert "nombres de varias personas: D099 (Andrés Vélez, Paola Rincón). " in told
    late = "archivo;login;agente;fecha\ne.txt;D099;Luz Ríos;2026-11-20\n"  # by then it may be another's
    found = arrive(store, settings, {"e.txt": words.encode() * 5, "datos.csv": late.encode()})
    assert not any("varias personas" in one for one in found.problems)


def test_what_was_here_already_is_named_with_its_call(store: Store, settings: Settings) -> None:
    arrive(store, settings, {"a.wav": sound(1)})
    again = arrive(store, settings, {"otra.wav": sound(1), "b.wav": sound(2)})
    assert arrived.summary(again) == {"taken": 1, "known": 1, "failed": 0}
    assert again.problems[-1] == "Ya estaban y no se repiten (archivo → llamada): otra.wav → a."
    folder = settings.data_dir / "incoming" / "dos"
    folder.mkdir(parents=True)
    (folder / "c.wav").write_bytes(sound(1))
    (told,) = uploads.take_in(store, settings, folder / "c.wav", Facts(name="c.wav")).told
    assert told == "c.wav: es la misma grabación que la llamada a."


STOPPED = date(1970, 1, 1)


def test_a_clock_that_has_stopped_is_told_and_moves_no_window(store: Store, keep: Keep) -> None:
    keep("bien", agent_login="rosa", call_started_at=datetime(2026, 9, 14, 10, tzinfo=LIMA))
    keep("parado", agent_login="rosa", call_started_at=STOPPED)
    (sentence,) = days_ahead.told(store, ["bien", "parado"])
    assert sentence.startswith(
        "Llamadas de hace más de diez años, como con el reloj parado: parado (1970-01-01)"
    )
    assert choices(store, HOUSE).first == date(2026, 9, 14)
    assert months.with_calls(store, HOUSE) == (date(2026, 9, 1),)
    somebody(store, "agent", "rosa", holds=("rosa",), team="Norte")
    lead = somebody(store, "lead", "lia", leads="Norte")
    assert choices(store, lead).first == choices(store, lead).last == date(2026, 9, 14)


def test_where_all_are_of_long_ago_they_are_the_window(store: Store, keep: Keep) -> None:
    keep("parado", call_started_at=STOPPED)
    found = choices(store, HOUSE)
    assert (found.first, found.last) == (STOPPED, STOPPED)
    assert days_ahead.told(store, ["parado"])
    keep("viejo", call_started_at=days_ahead.oldest())
    assert days_ahead.told(store, ["viejo"]) == ()
