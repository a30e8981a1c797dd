"""The month: looked at, frozen, signed, and never changed after."""

from __future__ import annotations

import csv
import io
import itertools
import json
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from coach import audit as log
from coach import (
    calibration,
    closing,
    database,
    doctor,
    intact,
    lost_draws,
    month_calls,
    months,
    payroll,
    person_erase,
    retention,
    tasks,
    unname,
    wiping,
)
from coach.erasure_report import report, summary
from coach.frozen import digest_of, rows_of, signed_month_of
from coach.lost_draws import Lost
from coach.schema import recordings, scorecards
from coach.schema_month import close_rows, closes
from coach.schema_people import agent_logins, audit, memberships, sites, users
from coach.schema_work import disputes, releases
from coach.seals import canonical, unmarked
from coach.settings import Settings
from coach.store import Store
from coach.types import Call, CoachError
from coach.viewers import HOUSE, Viewer
from tests.coach.house import NOW, agent, drawn, person, released, team

MONTH = date(2026, 9, 14)


@pytest.fixture
def month(store: Store, keep: Callable[..., Call]) -> dict[str, int]:
    """Lima: Rosa with six good calls, Paco with one. Cusco: Inés with six. One call is nobody's."""
    lima, north = team(store, "Lima", "Norte")
    _, south = team(store, "Lima", "Sur")
    cusco, east = team(store, "Cusco", "Este")
    for login, where_, points in (("rosa", north, 90.0), ("paco", south, 70.0), ("ines", east, 60.0)):
        agent(store, login, where_)
        for at in range(1 if login == "paco" else 6):
            keep(f"{login}-{at}", points=points + at % 2, agent_login=login)
            drawn(store, f"{login}-{at}", 0.5)
            released(store, f"{login}-{at}")
    keep("nobody", agent_login="zz")
    return {"lima": lima, "cusco": cusco, "north": north, "south": south, "east": east}


@pytest.fixture
def admin(store: Store) -> Viewer:
    return person(store, "ada", "admin")


def closed(store: Store, settings: Settings, who: Viewer, site_id: int | None = None) -> int:
    number = closing.prepare(store, settings, who, MONTH, site_id)
    closing.sign(store, who, number, closing.read(store, who, number).digest)
    return number


def disputed(store: Store, who: int, recording_id: str, state: str = "upheld", **given: object) -> int:
    """A dispute of that person on that call, decided now where it is not open."""
    with store.writing() as connection:
        card = select(scorecards.c.id).where(scorecards.c.recording_id == recording_id)
        row = {
            "recording_id": recording_id, "scorecard_id": connection.execute(card).scalar_one(),
            "criterion": "firm", "opened_by": who, "opened_at": NOW, "reason": "", "quote": "",
            "due_on": MONTH, "decision": "", "state": state,
            "decided_at": None if state == "open" else datetime.now(UTC), **given,
        }  # fmt: skip
        return connection.execute(insert(disputes).values(**row).returning(disputes.c.id)).scalar_one()


def test_the_preview_says_what_to_settle_first(
    store: Store, settings: Settings, month: dict[str, int], keep: Callable[..., Call]
) -> None:
    keep("late", agent_login="paco")
    drawn(store, "late", 0.5)
    seen = closing.preview(store, settings, HOUSE, MONTH)
    assert [(row.name, row.n, row.calls, row.band) for row in seen.rows] == [
        ("Ines", 6, 6, "en desarrollo"), ("Paco", 1, 2, ""), ("Rosa", 6, 6, "sobresaliente"),
    ]  # fmt: skip
    assert (seen.month, seen.waiting, seen.too_few, seen.nobodys, seen.signed) == (
        date(2026, 9, 1),
        1,
        1,
        1,
        False,
    )


def test_who_closes_a_site_hears_of_the_calls_that_are_in_no_sites_month(
    store: Store, settings: Settings, month: dict[str, int], keep: Callable[..., Call]
) -> None:
    beto = agent(store, "beto", month["north"], since=date(2026, 9, 20))
    with store.writing() as connection:
        row = {
            "login": "beto",
            "user_id": beto.user_id,
            "since": date(2026, 1, 1),
            "until": date(2026, 9, 19),
        }
        connection.execute(insert(agent_logins).values(**row))
    for name, day in (("early", 10), ("late", 25)):
        keep(name, agent_login="beto", call_started_at=datetime(2026, 9, day, 15, tzinfo=UTC))
    lia = person(store, "lia", "lead", teams=(month["north"], month["south"]))
    site = closing.preview(store, settings, lia, MONTH, month["lima"])
    whole = closing.preview(store, settings, HOUSE, MONTH)
    assert [(one.nobodys, one.teamless) for one in (site, whole)] == [(1, 1), (1, 0)]
    assert [row.calls for row in site.rows if row.name == "Beto"] == [1]


def test_a_signed_month_is_frozen_whatever_happens_after(
    store: Store, settings: Settings, month: dict[str, int], admin: Viewer, keep: Callable[..., Call]
) -> None:
    number = closed(store, settings, admin)
    before = closing.read(store, admin, number)
    with store.writing() as connection:
        connection.exec_driver_sql("UPDATE standings SET points = 0, void = true")
        connection.exec_driver_sql("UPDATE users SET name = 'Otra'")
    assert closing.read(store, admin, number) == before
    assert next(row for row in before.rows if row.name == "Rosa").points == 90.5
    assert before.signed_by == admin.user_id


def test_what_changed_since_is_not_told_of_a_call_that_its_reader_judges_blind(
    store: Store, settings: Settings, month: dict[str, int], admin: Viewer
) -> None:
    number = closed(store, settings, admin)
    eva = person(store, "eva")
    assert eva.user_id is not None
    assert admin.user_id is not None
    calibration.create(store, eva, "Septiembre", ["rosa-0"], [eva.user_id, admin.user_id])
    with store.writing() as connection:
        connection.exec_driver_sql(
            "UPDATE standings SET points = 0, void = true WHERE scorecard_id IN "
            "(SELECT id FROM scorecards WHERE recording_id IN ('rosa-0', 'rosa-1'))"
        )
    covered, told = month_calls.changed(store, settings, admin, closing.read(store, admin, number))
    assert (covered.recording_id, covered.was, covered.now, covered.hidden) == ("rosa-0", None, None, True)
    assert told.now is not None
    assert (told.recording_id, told.now.void, told.hidden) == ("rosa-1", True, False)


def test_what_waits_is_told_of_the_calls_of_the_site_and_not_of_one_that_its_reader_judges_blind(
    store: Store, settings: Settings, month: dict[str, int], admin: Viewer
) -> None:
    with store.writing() as connection:
        connection.exec_driver_sql(
            "UPDATE standings SET critical = 1 WHERE scorecard_id IN (SELECT id FROM scorecards "
            "WHERE recording_id IN ('rosa-0', 'rosa-1', 'ines-0', 'nobody'))"
        )

    def told(site_id: int | None) -> list[tuple[str, str, int]]:
        sample = closing.preview(store, settings, admin, MONTH, site_id).sample
        found = month_calls.open_calls(store, admin, MONTH, site_id, sample)
        return [(one.recording_id, one.part, one.critical) for one in found]

    assert told(None) == [
        ("ines-0", "counts", 1), ("rosa-0", "counts", 1), ("rosa-1", "counts", 1), ("nobody", "apart", 1),
    ]  # fmt: skip
    assert told(month["lima"]) == [("rosa-0", "counts", 1), ("rosa-1", "counts", 1)]
    eva = person(store, "eva")
    assert eva.user_id is not None
    assert admin.user_id is not None
    calibration.create(store, eva, "Septiembre", ["rosa-0"], [eva.user_id, admin.user_id])
    assert told(month["lima"]) == [("rosa-1", "counts", 1)]


def test_it_keeps_what_made_it(
    store: Store, settings: Settings, month: dict[str, int], admin: Viewer
) -> None:
    body = closing.read(store, admin, closed(store, settings, admin)).body
    assert body["made_by"] == [
        {
            "form": "cobranza@1+abc",
            "pack": "",
            "nlp_version": "nlp-1",
            "engine": "import",
            "model": "",
            "calls": 13,
        }
    ]
    assert body["settings"]["score"]["bands"] == {"sobresaliente": 90.0, "cumple": 80.0}
    assert {call["probability"] for call in body["calls"]} == {0.5}
    assert any(one["firm"]["why"] == "all" for one in body["trust"].values())


def test_a_signed_month_is_not_opened_again(
    store: Store, settings: Settings, month: dict[str, int], admin: Viewer
) -> None:
    number = closed(store, settings, admin)
    with pytest.raises(CoachError, match="no se abre de nuevo"):
        closing.prepare(store, settings, admin, MONTH)
    with pytest.raises(CoachError, match="ya está firmado"):
        closing.sign(store, admin, number, closing.read(store, admin, number).digest)
    assert closing.preview(store, settings, admin, MONTH).signed


def test_before_the_signature_it_is_prepared_as_often_as_one_likes(
    store: Store, settings: Settings, month: dict[str, int], admin: Viewer
) -> None:
    first = closing.prepare(store, settings, admin, MONTH)
    seen = closing.read(store, admin, first).digest
    second = closing.prepare(store, settings, admin, MONTH, cut_off=NOW - timedelta(days=1))
    assert [row.n for row in closing.read(store, admin, second).rows] == [0, 0, 0]
    with pytest.raises(CoachError, match="cambió desde que usted lo leyó"):
        closing.sign(store, admin, second, seen)
    assert [(row[1], row[3]) for row in closing.listed(store, admin)] == [(date(2026, 9, 1), False)]


def test_a_cut_off_whose_day_has_not_come_is_refused_and_todays_is_now(
    store: Store, settings: Settings, month: dict[str, int], admin: Viewer
) -> None:
    """What is delivered later today counts no more than what is delivered next year."""
    with store.writing() as connection:
        later = update(releases).where(releases.c.recording_id == "rosa-0")
        connection.execute(later.values(visible_from=datetime.now(UTC) + timedelta(days=300)))
        connection.execute(update(sites).values(timezone="America/Lima"))
    for site in (None, month["lima"]):
        today = months.today_at(store, site)
        ahead = months.end_of(store, admin, today + timedelta(days=1), site)
        with pytest.raises(CoachError, match="corte aún no llega"):
            closing.prepare(store, settings, admin, MONTH, site, ahead)
        end = months.end_of(store, admin, today, site)
        number = closing.prepare(store, settings, admin, MONTH, site, end)
        close = closing.read(store, admin, number)
        assert close.cut_off <= datetime.now(UTC)
        assert {row.name: row.n for row in close.rows}["Rosa"] == 5
        assert closing.prepare(store, settings, admin, MONTH, site, end) == number


def test_a_row_that_somebody_changed_in_the_database_is_told(
    store: Store, settings: Settings, month: dict[str, int], admin: Viewer
) -> None:
    number = closed(store, settings, admin)
    with store.writing() as connection:
        connection.exec_driver_sql("UPDATE close_rows SET points = 100 WHERE name = 'Ines'")
    with pytest.raises(CoachError, match="no coinciden con su sello"):
        closing.read(store, admin, number)


@pytest.mark.parametrize(
    "changed",
    [
        {"month": date(2026, 8, 1)},
        {"cut_off": NOW - timedelta(days=3)},
        {"site_id": "cusco"},
        {"signed_at": None, "signed_by": None},
        {"signed_by": "eva"},
        {"month": date(2026, 8, 1), "signed_at": None, "signed_by": None},
    ],
)
def test_a_signed_month_given_to_another_or_opened_again_in_the_database_is_told(
    store: Store, settings: Settings, month: dict[str, int], admin: Viewer, changed: dict[str, Any]
) -> None:
    """No month is signed a second time by moving the first away, or by taking its signature back."""
    number = closed(store, settings, admin, month["lima"])
    ids = month | {"eva": person(store, "eva", "admin").user_id}
    values = {name: ids[one] if isinstance(one, str) else one for name, one in changed.items()}
    with store.writing() as connection:
        connection.execute(update(closes).where(closes.c.id == number).values(**values))
    assert [row[4] for row in closing.listed(store, admin)] == [False]
    assert [one.broken for one in months.months(store, admin)] == [True]
    with pytest.raises(CoachError, match="no coinciden con su sello"):
        closing.read(store, admin, number)
    places = {None, month["lima"], values.get("site_id")}
    for day, site in itertools.product({MONTH, values.get("month", MONTH)}, places):
        for step in (closing.preview, closing.prepare):
            with pytest.raises(CoachError, match="no coinciden con su sello"):
                step(store, settings, admin, day, site)
    with store.reading() as connection:
        digest = connection.execute(select(closes.c.digest)).scalar_one()
    with pytest.raises(CoachError, match=r"no coinciden con su sello|ya está firmado"):
        closing.sign(store, admin, number, digest)


def test_a_body_and_seal_put_in_the_place_of_the_signed_ones_are_told(
    store: Store, settings: Settings, month: dict[str, int], admin: Viewer
) -> None:
    number = closed(store, settings, admin)
    with store.writing() as connection:
        connection.exec_driver_sql("UPDATE close_rows SET points = 100 WHERE name = 'Ines'")
        body = connection.execute(select(closes.c.body)).scalar_one()
        connection.execute(update(closes).values(digest=digest_of(body, rows_of(connection, number))))
    with pytest.raises(CoachError, match="no coinciden con su sello"):
        closing.read(store, admin, number)


def test_a_signature_that_the_log_no_longer_tells_of_is_believed(
    store: Store, settings: Settings, month: dict[str, int], admin: Viewer
) -> None:
    number = closed(store, settings, admin)
    with store.writing() as connection:
        connection.execute(delete(audit))
    assert closing.read(store, admin, number).signed_by == admin.user_id
    assert [row[3:] for row in closing.listed(store, admin)] == [(True, True)]


def test_what_was_only_prepared_and_moved_is_not_signed_but_prepared_anew(
    store: Store, settings: Settings, month: dict[str, int], admin: Viewer
) -> None:
    number = closing.prepare(store, settings, admin, MONTH)
    digest = closing.read(store, admin, number).digest
    with store.writing() as connection:
        connection.execute(update(closes).values(cut_off=NOW - timedelta(days=3)))
    with pytest.raises(CoachError, match="no coinciden con su sello"):
        closing.sign(store, admin, number, digest)
    closing.read(store, admin, closed(store, settings, admin))


def test_every_close_that_does_not_match_its_seal_is_found(
    store: Store, settings: Settings, month: dict[str, int], admin: Viewer
) -> None:
    lima, cusco = (closed(store, settings, admin, month[site]) for site in ("lima", "cusco"))
    settings = settings.model_copy(update={"database_url": store.engine.url.render_as_string(False)})

    def examined() -> list[str]:
        told = (one.text for one in doctor.examine(settings) if one.text.startswith("Cierres"))
        return [text[: text.index(".") + 1] for text in told]

    assert (intact.broken(store), examined()) == ((), [])
    with store.writing() as connection:
        connection.exec_driver_sql("UPDATE close_rows SET points = 100 WHERE name = 'Ines'")
    assert intact.broken(store) == (intact.Broken(cusco, date(2026, 9, 1), "Cusco"),)
    assert examined() == ["Cierres que no coinciden con su sello: 2026-09 Cusco."]
    with store.writing() as connection:
        connection.execute(update(closes).where(closes.c.id == cusco).values(body="{"))
        connection.execute(delete(close_rows).where(close_rows.c.close_id == lima))
        connection.execute(delete(closes).where(closes.c.id == lima))
    assert [(one.close_id, one.site) for one in intact.broken(store)] == [(cusco, "Cusco"), (lima, "")]
    assert examined()[1:] == [f"Cierres firmados que ya no están en la base de datos: {lima}."]


def test_a_lead_of_the_whole_site_closes_it_and_nobody_elses(
    store: Store, settings: Settings, month: dict[str, int]
) -> None:
    lia = person(store, "lia", "lead", teams=(month["north"], month["south"]))
    number = closed(store, settings, lia, month["lima"])
    assert [row.name for row in closing.read(store, lia, number).rows] == ["Paco", "Rosa"]
    for site in (month["cusco"], None):
        with pytest.raises(CoachError, match="Solo quien dirige"):
            closing.preview(store, settings, lia, MONTH, site)
    half = person(store, "leo", "lead", teams=(month["north"],))
    with pytest.raises(CoachError, match="Solo quien dirige"):
        closing.preview(store, settings, half, MONTH, month["lima"])
    with pytest.raises(CoachError, match="No hay ningún cierre"):
        closing.read(store, half, number)
    with pytest.raises(CoachError, match="no tiene permiso"):
        closing.read(store, person(store, "eva"), number)


def test_a_month_is_paid_once(store: Store, settings: Settings, month: dict[str, int], admin: Viewer) -> None:
    whole = closing.prepare(store, settings, admin, MONTH)
    closed(store, settings, admin, month["lima"])
    with pytest.raises(CoachError, match="por sedes"):
        closing.sign(store, admin, whole, closing.read(store, admin, whole).digest)
    closed(store, settings, admin, month["cusco"])


def test_an_adjustment_is_an_entry_of_its_own(
    store: Store, settings: Settings, month: dict[str, int], admin: Viewer
) -> None:
    number = closed(store, settings, admin)
    frozen = closing.read(store, admin, number)
    rosa, paco = (next(row.user_id for row in frozen.rows if row.name == name) for name in ("Rosa", "Paco"))
    payroll.adjust(store, admin, number, rosa, 2.5, "Apelación resuelta tarde.")
    payroll.adjust(store, admin, number, rosa, -1.0, "Llamada duplicada.")
    assert closing.read(store, admin, number) == frozen
    assert [one.points for one in payroll.adjustments_of(store, admin, number)] == [2.5, -1.0]
    for user_id, points, reason, message in (
        (paco, 2.0, "x", "no tiene puntaje"), (rosa, 2.0, " ", "Escriba por qué"),
        (rosa, 0.0, "x", "no es cero"),
        (rosa, float("nan"), "x", "no es cero"), (9999, 1.0, "x", "no tiene puntaje"),
    ):  # fmt: skip
        with pytest.raises(CoachError, match=message):
            payroll.adjust(store, admin, number, user_id, points, reason)


def test_a_dispute_never_takes_points_away(
    store: Store, settings: Settings, month: dict[str, int], admin: Viewer
) -> None:
    number = closed(store, settings, admin)
    rosa = next(row.user_id for row in closing.read(store, admin, number).rows if row.name == "Rosa")
    won, waits = disputed(store, rosa, "rosa-1"), disputed(store, rosa, "rosa-2", state="open")
    for dispute_id, points in ((won, -1.0), (waits, 1.0)):
        with pytest.raises(CoachError, match="solo suma puntos"):
            payroll.adjust(store, admin, number, rosa, points, "x", dispute_id)
    payroll.adjust(store, admin, number, rosa, 1.0, "x", won)


def test_a_won_dispute_is_paid_once_to_who_won_it(
    store: Store, settings: Settings, month: dict[str, int], admin: Viewer, keep: Callable[..., Call]
) -> None:
    number = closed(store, settings, admin)
    people = {row.name: row.user_id for row in closing.read(store, admin, number).rows}
    won = disputed(store, people["Rosa"], "rosa-1")
    with pytest.raises(CoachError, match="de otra persona"):
        payroll.adjust(store, admin, number, people["Ines"], 3.0, "x", won)
    payroll.adjust(store, admin, number, people["Rosa"], 3.0, "x", won)
    for name in ("Rosa", "Ines"):
        with pytest.raises(CoachError, match="una sola vez"):
            payroll.adjust(store, admin, number, people[name], 3.0, "x", won)
    keep("rosa-august", agent_login="rosa", call_started_at=datetime(2026, 8, 14, 10, tzinfo=UTC))
    with pytest.raises(CoachError, match="del puntaje de este mes"):
        payroll.adjust(
            store, admin, number, people["Rosa"], 3.0, "x", disputed(store, people["Rosa"], "rosa-august")
        )
    assert [one.points for one in payroll.adjustments_of(store, admin, number)] == [3.0]


def test_a_dispute_is_paid_in_the_site_of_its_call(
    store: Store, settings: Settings, month: dict[str, int], admin: Viewer, keep: Callable[..., Call]
) -> None:
    """Inés moved from Cusco to Lima in the middle of the month: she has a row in both closes."""
    with store.writing() as connection:
        ines = connection.execute(select(users.c.id).where(users.c.login == "ines")).scalar_one()
        its = memberships.c.user_id == ines
        connection.execute(update(memberships).where(its).values(until=date(2026, 9, 20)))
        moved = {"user_id": ines, "team_id": month["north"], "leads": False, "since": date(2026, 9, 21)}
        connection.execute(insert(memberships).values(**moved))
    for at in range(6):
        keep(f"lima-{at}", agent_login="ines", call_started_at=datetime(2026, 9, 25, 10, tzinfo=UTC))
        drawn(store, f"lima-{at}", 0.5)
        released(store, f"lima-{at}")
    lima, cusco = (closed(store, settings, admin, month[site]) for site in ("lima", "cusco"))
    won = disputed(store, ines, "ines-1")
    with pytest.raises(CoachError, match="esta sede"):
        payroll.adjust(store, admin, lima, ines, 3.0, "x", won)
    payroll.adjust(store, admin, cusco, ines, 3.0, "x", won)


def test_a_dispute_counted_in_the_frozen_points_is_not_paid_beside_them(
    store: Store, settings: Settings, month: dict[str, int], admin: Viewer
) -> None:
    with store.reading() as connection:
        rosa = connection.execute(select(users.c.id).where(users.c.login == "rosa")).scalar_one()
    before = disputed(store, rosa, "rosa-1")
    number = closed(store, settings, admin)
    assert months.won(store, admin, closing.read(store, admin, number)) == ()
    with pytest.raises(CoachError, match="ya la cuentan"):
        payroll.adjust(store, admin, number, rosa, 3.0, "x", before)


def test_a_dispute_is_paid_only_for_a_call_that_the_signed_points_are_made_of(
    store: Store, settings: Settings, month: dict[str, int], admin: Viewer, keep: Callable[..., Call]
) -> None:
    """One call was never drawn, one was drawn and released after the month had been frozen."""
    for name in ("hand", "late"):
        keep(name, agent_login="rosa", points=50.0)
    released(store, "hand")
    drawn(store, "late", 0.5)
    number = closed(store, settings, admin)
    released(store, "late")
    close = closing.read(store, admin, number)
    rosa = next(row.user_id for row in close.rows if row.name == "Rosa")
    for name in ("hand", "late"):
        won = disputed(store, rosa, name)
        with pytest.raises(CoachError, match="del puntaje de este mes"):
            payroll.adjust(store, admin, number, rosa, 3.0, "x", won)
    assert months.won(store, admin, close) == ()
    counts = disputed(store, rosa, "rosa-1")
    with store.writing() as connection:
        unname.unname(connection, ["rosa-1"])
    anew = closing.read(store, admin, number)
    assert [one.dispute_id for one in months.won(store, admin, anew)] == [counts]


def test_a_decision_that_waited_while_the_month_was_prepared_is_not_lost(
    store: Store, settings: Settings, month: dict[str, int], admin: Viewer
) -> None:
    """Its hour is from before the month was frozen, its outcome was kept after."""
    number = closed(store, settings, admin)
    close = closing.read(store, admin, number)
    rosa = next(row.user_id for row in close.rows if row.name == "Rosa")
    late = disputed(store, rosa, "rosa-1", decided_at=close.created_at - timedelta(seconds=2))
    assert [one.dispute_id for one in months.won(store, admin, close)] == [late]
    payroll.adjust(store, admin, number, rosa, 3.0, "x", late)


def test_nobody_decides_between_the_scores_and_the_freezing(
    store: Store, settings: Settings, month: dict[str, int], admin: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrote = threading.Event()
    heard: list[bool] = []

    def decide() -> None:
        with store.writing():
            wrote.set()

    other = threading.Thread(target=decide)
    real = closing.drawn

    def slow(*args: Any, **given: Any) -> Any:
        other.start()
        heard.append(wrote.wait(0.5))
        return real(*args, **given)

    monkeypatch.setattr(closing, "drawn", slow)
    closing.prepare(store, settings, admin, MONTH)
    other.join(20)
    assert (heard, wrote.is_set()) == ([False], True)


def test_adjusting_what_is_not_signed_is_refused(
    store: Store, settings: Settings, month: dict[str, int], admin: Viewer
) -> None:
    number = closing.prepare(store, settings, admin, MONTH)
    with pytest.raises(CoachError, match="todavía no está firmado"):
        payroll.adjust(store, admin, number, 1, 1.0, "x")
    with pytest.raises(CoachError, match="Firme el mes"):
        payroll.payroll(store, admin, number)


def test_payroll_holds_final_points_and_no_formula(
    store: Store, settings: Settings, month: dict[str, int], admin: Viewer
) -> None:
    with store.writing() as connection:
        connection.exec_driver_sql("UPDATE users SET name = '=cmd|x!A1' WHERE login = 'rosa'")
    number = closed(store, settings, admin)
    rosa = next(row.user_id for row in closing.read(store, admin, number).rows if row.name.startswith("="))
    payroll.adjust(store, admin, number, rosa, -3.0, "Llamada duplicada.")
    rows = {row["usuario"]: row for row in csv.DictReader(io.StringIO(payroll.payroll(store, admin, number)))}
    line = rows["rosa"]
    assert (line["mes"], line["sede"], line["nombre"], line["equipo"]) == (
        "2026-09",
        "todas",
        "'=cmd|x!A1",
        "Norte",
    )
    assert (line["puntos"], line["ajustes"], line["puntos con ajustes"], line["nivel"]) == (
        "90.5", "-3.0", "87.5", "sobresaliente",
    )  # fmt: skip
    assert line["niveles que toca el intervalo"] == "cumple / sobresaliente"
    assert line["nivel con ajustes"] == "cumple"  # who pays by level pays by the points that are paid
    assert rows["paco"]["nivel con ajustes"] == ""
    assert (rows["paco"]["puntos"], rows["paco"]["nivel"]) == ("", "aún pocas llamadas")
    assert rows["paco"]["niveles que toca el intervalo"] == ""


def test_payroll_shows_the_points_that_the_level_was_told_from(
    store: Store, settings: Settings, month: dict[str, int], admin: Viewer
) -> None:
    """79.95 is 80 to one decimal, and the floor of «cumple»."""
    number = closed(store, settings, admin)
    paid = next(row for row in closing.read(store, admin, number).rows if row.name == "Rosa")
    payroll.adjust(store, admin, number, paid.user_id, 79.96 - (paid.points or 0.0), "Llamada duplicada.")
    rows = {row["usuario"]: row for row in csv.DictReader(io.StringIO(payroll.payroll(store, admin, number)))}
    assert (rows["rosa"]["puntos con ajustes"], rows["rosa"]["nivel con ajustes"]) == ("80.0", "cumple")


def test_the_log_tells_each_step(
    store: Store, settings: Settings, month: dict[str, int], admin: Viewer
) -> None:
    payroll.payroll(store, admin, closed(store, settings, admin))
    with store.reading() as connection:
        assert list(connection.execute(select(audit.c.action).order_by(audit.c.id)).scalars()) == [
            "close.prepare",
            "close.sign",
            "export",
        ]


def test_from_the_terminal_nobody_signs(store: Store, settings: Settings, month: dict[str, int]) -> None:
    with pytest.raises(CoachError, match="Entre con su cuenta"):
        closing.prepare(store, settings, HOUSE, MONTH)


def test_bringing_an_older_database_up_to_date_keeps_the_months_and_who_signed_them(
    store: Store, settings: Settings, month: dict[str, int], admin: Viewer
) -> None:
    number = closed(store, settings, admin)
    rosa = next(row.user_id for row in closing.read(store, admin, number).rows if row.name == "Rosa")
    payroll.adjust(store, admin, number, rosa, 1.5, "Apelación aceptada.")
    before = closing.read(store, admin, number)
    config = Config()
    config.set_main_option("script_location", str(database.MIGRATIONS))
    older = ScriptDirectory.from_config(config).get_revision("0020").down_revision
    with store.writing() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, str(older))
        command.upgrade(config, "head")
    assert closing.read(store, admin, number) == before
    assert len(before.rows) == 3
    assert [one.points for one in payroll.adjustments_of(store, admin, number)] == [1.5]
    with pytest.raises(IntegrityError), store.writing() as connection:
        connection.execute(delete(users).where(users.c.id == admin.user_id))


def test_a_drawn_call_that_a_person_had_erased_is_named_before_and_counted_after(
    store: Store, settings: Settings, keep: Callable[..., Call], month: dict[str, int], admin: Viewer
) -> None:
    for name, account in (("lost", "44-1"), ("out", "44-1"), ("aged", None)):
        keep(name, agent_login="rosa", account=account)
        drawn(store, name, 0.5, state="open")
    released(store, "out")
    plan = person_erase.planned(store, admin, "44-1")
    assert plan.drawn == (("lost", MONTH.replace(day=1)),)
    rehearsal = report(plan)
    assert "Llamadas sorteadas de un mes sin firmar, que nadie entregó todavía: 1." in rehearsal
    assert "  - lost, mes 2026-09" in rehearsal
    assert "llamadas sorteadas que conviene entregar antes: 1" in summary(plan)
    assert lost_draws.of_month(store, admin, MONTH) == Lost()
    made = person_erase.erase(store, admin, "44-1")
    assert "lost" not in report(made)
    assert "que nadie entregó todavía: 1." in report(made)
    with store.writing() as connection:
        wiping.wipe_words(connection, "aged", "retention", NOW)
    assert lost_draws.of_month(store, admin, MONTH) == Lost(asked=1, age=1)
    assert lost_draws.of_month(store, admin, MONTH, month["lima"]) == Lost(asked=1, age=1)
    assert lost_draws.of_month(store, admin, MONTH, month["cusco"]) == Lost()


def test_what_never_would_have_counted_is_no_loss(
    store: Store, settings: Settings, keep: Callable[..., Call], month: dict[str, int], admin: Viewer
) -> None:
    for name in ("mute", "left", "later"):
        keep(name, agent_login="rosa", account="44-1", evaluable="no" if name == "mute" else "yes")
    drawn(store, "mute", 0.5, state="open")
    left = drawn(store, "left", 0.5, state="open")
    tasks.drop(store, settings, admin, left, "Se oye mal.", now=NOW - timedelta(days=1))
    drawn(store, "later", 0.5, state="open")
    assert [name for name, _ in person_erase.planned(store, admin, "44-1").drawn] == ["later"]
    with store.writing() as connection:
        for name in ("mute", "left", "later"):
            wiping.wipe_words(connection, name, "person", NOW)
    assert lost_draws.of_month(store, admin, MONTH) == Lost(asked=1)


def test_a_drawn_call_of_a_signed_month_is_no_loss(
    store: Store, settings: Settings, keep: Callable[..., Call], month: dict[str, int], admin: Viewer
) -> None:
    keep("late", agent_login="rosa", account="44-1")
    drawn(store, "late", 0.5, state="open")
    closed(store, settings, admin)
    assert person_erase.planned(store, admin, "44-1").drawn == ()


@pytest.mark.parametrize("whole", [False, True])
def test_a_signed_month_keeps_an_erased_call_and_nothing_of_its_id(
    store: Store, settings: Settings, keep: Callable[..., Call], month: dict[str, int], admin: Viewer,
    whole: bool,
) -> None:  # fmt: skip
    """On request it is known by its new id; erased whole by its age, as one that is gone."""
    keep("rec-44-1", agent_login="rosa", account="44-1")
    drawn(store, "rec-44-1", 0.5)
    released(store, "rec-44-1")
    number = closed(store, settings, admin)
    before = closing.read(store, admin, number)
    assert signed_month_of(store, "rec-44-1") == date(2026, 9, 1)
    if whole:
        with store.writing() as connection:
            connection.execute(update(recordings).where(recordings.c.id == "rec-44-1").values(source="x"))
        retention.put(store, HOUSE, retention.Rule(source="x", score_months=1))
        retention.run(store, HOUSE, now=datetime.now(UTC) + timedelta(days=90))
    else:
        person_erase.erase(store, admin, "44-1")
    after = closing.read(store, admin, number)
    assert "44-1" not in str(after)
    assert (after.digest, after.rows, after.signed_at, len(after.body["calls"])) == (
        before.digest, before.rows, before.signed_at, len(before.body["calls"]),
    )  # fmt: skip
    (new,) = (one for one in month_calls.sample_of(after) if one.recording_id.startswith("borrada-"))
    (was,) = (one for one in month_calls.sample_of(before) if one.recording_id == "rec-44-1")
    assert new == replace(was, recording_id=new.recording_id)
    changed = month_calls.changed(store, settings, admin, after)
    assert [(one.recording_id, one.now) for one in changed] == ([(new.recording_id, None)] if whole else [])
    assert signed_month_of(store, new.recording_id) == (None if whole else date(2026, 9, 1))


def without_marks(store: Store, number: int) -> None:
    """The month as it was frozen before calls had marks."""
    with store.writing() as connection:
        row = connection.execute(select(closes).where(closes.c.id == number)).one()
        body = json.loads(row.body)
        body = canonical(body | {"calls": [unmarked(call) for call in body["calls"]]})
        values = {"body": body, "digest": digest_of(body, rows_of(connection, number))}
        connection.execute(update(closes).where(closes.c.id == number).values(**values))
        signed = update(audit).where(audit.c.subject == f"close:{number}", audit.c.action == "close.sign")
        connection.execute(signed.values(detail=json.dumps({"digest": values["digest"]})))


@pytest.mark.parametrize("before_marks", [False, True])
def test_the_id_of_an_erased_call_is_not_found_by_trying_ids(
    store: Store, settings: Settings, keep: Callable[..., Call], month: dict[str, int], admin: Viewer,
    before_marks: bool,
) -> None:  # fmt: skip
    """By no seal that is kept, in the month or in the log, does a guess show that it fits. A month of before
    calls had marks gets them when its store is opened, under a new seal.
    """
    keep("rec-44-1", agent_login="rosa", account="44-1")
    drawn(store, "rec-44-1", 0.5)
    released(store, "rec-44-1")
    number = closed(store, settings, admin)
    if before_marks:
        without_marks(store, number)
    before = closing.read(store, admin, number)
    for _ in range(2):
        brought_up(store, "0039")
    after = closing.read(store, admin, number)
    assert (after.digest == before.digest) is not before_marks
    assert (month_calls.sample_of(after), after.rows) == (month_calls.sample_of(before), before.rows)
    person_erase.erase(store, admin, "44-1")
    after = closing.read(store, admin, number)
    with store.reading() as connection:
        its = select(audit.c.action, audit.c.detail).where(audit.c.subject == f"close:{number}")
        logged = {row.action: json.loads(row.detail) for row in connection.execute(its)}
        rows = rows_of(connection, number)
    assert logged["close.sign"] == {"digest": after.digest}
    assert logged.get("close.reseal") == ({"now": after.digest} if before_marks else None)
    calls = [unmarked(call) for call in after.body["calls"]]
    guessed = [
        call | {"recording_id": "rec-44-1"} if call["recording_id"].startswith("borrada-") else call
        for call in calls
    ]
    assert guessed != calls
    seals = {digest_of(canonical(after.body | {"calls": its}), rows) for its in (calls, guessed)}
    assert not seals & {after.digest, *(str(value) for one in logged.values() for value in one.values())}


@pytest.mark.parametrize("broken", [False, True])
@pytest.mark.parametrize("older", [False, True])
def test_a_month_that_kept_the_id_of_an_erased_call_loses_it_when_its_store_is_brought_up_to_date(
    store: Store, settings: Settings, keep: Callable[..., Call], month: dict[str, int], admin: Viewer,
    monkeypatch: pytest.MonkeyPatch, older: bool, broken: bool,
) -> None:  # fmt: skip
    keep("rec-44-1", agent_login="rosa", account="44-1")
    drawn(store, "rec-44-1", 0.5)
    released(store, "rec-44-1")
    number = closed(store, settings, admin)
    if older:
        without_marks(store, number)
    before = closing.read(store, admin, number)
    if broken:
        with store.writing() as connection:
            body = func.replace(closes.c.body, '"points":90.0', '"points":99.0')
            connection.execute(update(closes).where(closes.c.id == number).values(body=body))
    monkeypatch.setattr("coach.renamed_closes.rename", lambda *_: None)  # as the program did before
    person_erase.erase(store, admin, "44-1")
    for _ in range(2):
        brought_up(store, "0038")
    with store.reading() as connection:
        assert "44-1" not in str(connection.execute(select(closes)).all())
    told = [entry.detail for entry in log.entries(store, HOUSE, action="close.reseal").rows]
    if broken:
        with pytest.raises(CoachError, match="no coinciden con su sello"):
            closing.read(store, admin, number)
        assert told == []
        return
    after = closing.read(store, admin, number)
    assert (after.rows, len(after.body["calls"])) == (before.rows, len(before.body["calls"]))
    assert (after.digest == before.digest) is not older
    assert told == ([{"now": after.digest}] if older else [])
    kept = {one.recording_id for one in month_calls.sample_of(after)}
    assert kept >= {one.recording_id for one in month_calls.sample_of(before)} - {"rec-44-1"}
    assert sum(one.startswith("borrada-") for one in kept) == 1


def brought_up(store: Store, older: str) -> None:
    """The store as if the program of an older schema had left it."""
    config = Config()
    config.set_main_option("script_location", str(database.MIGRATIONS))
    with store.writing() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, older)
        command.upgrade(config, "head")


@pytest.mark.parametrize("older", [False, True])
@pytest.mark.parametrize(
    "change", [("rosa-0", "ines-0"), ("rosa-0", "borrada-0"), ('"points":90.0', '"points":99.0')]
)
def test_no_call_of_a_month_is_exchanged_and_an_erasure_mends_no_broken_seal(
    store: Store, settings: Settings, keep: Callable[..., Call], month: dict[str, int], admin: Viewer,
    older: bool, change: tuple[str, str],
) -> None:  # fmt: skip
    keep("rec-44-1", agent_login="rosa", account="44-1")
    drawn(store, "rec-44-1", 0.5)
    number = closed(store, settings, admin)
    if older:
        without_marks(store, number)
    with store.writing() as connection:
        body = func.replace(closes.c.body, *change)
        connection.execute(update(closes).where(closes.c.id == number).values(body=body))
    if older:
        brought_up(store, "0039")
    for _ in range(2):
        with pytest.raises(CoachError, match="no coinciden con su sello"):
            closing.read(store, admin, number)
        if store.has("rec-44-1"):
            person_erase.erase(store, admin, "44-1")
    with store.reading() as connection:
        assert "44-1" not in str(connection.execute(select(closes)).all())
