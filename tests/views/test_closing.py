"""The month on the screen: looked at, prepared, signed with a second yes, paid out, adjusted after."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import insert, select, update

from coach import closing, months, payroll, versions, wiping, workdays
from coach.closing import Close
from coach.frozen import CloseRow
from coach.house_rules import ScoreRules, TrustRules
from coach.months import MonthRow
from coach.schema import scorecards, standings
from coach.schema_month import closes
from coach.schema_people import users
from coach.schema_work import disputes
from coach.settings import Settings
from coach.store import Store
from coach.types import CoachError
from coach.viewers import HOUSE, Role, Viewer
from rubrics.types import Criterion, Outcome
from tests.coach.house import drawn, rated, released
from tests.coach.people import token
from tests.views import seed
from tests.views.conftest import with_token
from tests.views.test_calibration import cells
from tests.views.test_screens import dashboard, run, screen, texts
from views import _closing_cells, _closing_parts, _closing_signed, _labels, _score_help

SignIn = Callable[..., Viewer]
MONTH = date(2026, 8, 1)
HOSTILE = '=HYPERLINK("http://example.org") <b>x</b> [y](z)'


@pytest.fixture
def month(fresh: Store, signed_in: SignIn) -> dict[str, Viewer]:
    """August: Rubén with five drawn calls, all released, Marisol with two; a lead of the whole site."""
    settings = Settings(data_dir=fresh.data_dir)
    seed.fill(fresh, settings)
    ruben = signed_in(fresh, "agent", "ruben", name="Rubén Arce", holds=("rarce",), team="Norte")
    marisol = signed_in(fresh, "agent", "marisol", name="Marisol Tapia", holds=("mtapia",), team="Norte")
    for login, n in (("rarce", 5), ("mtapia", 2)):
        for week in range(n):
            drawn(fresh, f"h-{login}-{week}", 0.5)
            released(fresh, f"h-{login}-{week}")
    lead = signed_in(fresh, "lead", "lucia", name="Lucía Herrera", leads="Norte")
    admin = signed_in(fresh, "admin", "ada", name="Ada Ríos")
    return {"ruben": ruben, "marisol": marisol, "lead": lead, "admin": admin}


def sign(store: Store, who: Viewer) -> int:
    settings = Settings(data_dir=store.data_dir, trust=TrustRules(count_all=True))
    number = closing.prepare(store, settings, who, MONTH)
    closing.sign(store, who, number, closing.read(store, who, number).digest)
    return number


def test_an_empty_store_says_what_will_be_here(fresh: Store) -> None:
    assert "Aquí verá el puntaje de cada agente" in texts(screen("closing"))


@pytest.mark.parametrize("role", ["analyst", "trainer", "agent", "auditor"])
def test_others_are_not_led_there(fresh: Store, signed_in: SignIn, role: Role) -> None:
    signed_in(fresh, role)
    app = dashboard()
    app.switch_page("views/closing.py")
    app.run()
    assert "¿Está listo el mes" not in texts(app)


def test_a_lead_of_a_part_of_a_site_is_told_who_closes(fresh: Store, signed_in: SignIn) -> None:
    signed_in(fresh, "agent", "x1", holds=("rarce",), team="Sur")
    signed_in(fresh, "lead", "pablo", leads="Norte")
    assert "quien dirige todos los equipos de una sede" in texts(screen("closing"))


def test_the_preview_says_what_to_settle_and_who_has_too_few(fresh: Store, month: dict[str, Viewer]) -> None:
    drawn(fresh, "h-mtapia-3", 0.5)
    app = screen("closing", month="2026-08")
    said = texts(app)
    assert "1 llamada sorteada sin entregar no cuenta todavía." in said
    assert "1 agente tiene pocas llamadas todavía: queda sin puntaje." in said
    rows = cells(app, "preview")
    ruben, marisol = str(month["ruben"].user_id), str(month["marisol"].user_id)
    assert rows[ruben]["points"]["text"].startswith("56 ± ")
    assert rows[ruben]["points"]["sub"] == "5 de 5 llamadas"
    assert rows[ruben]["band"] == {"text": "en desarrollo"}
    assert rows[marisol]["points"]["text"] == "aún pocas llamadas"
    assert "Promedio de las llamadas sorteadas y entregadas" in said


def test_a_cut_off_leaves_out_what_came_later(fresh: Store, month: dict[str, Viewer]) -> None:
    app = screen("closing", month="2026-08")
    app.date_input(key="cut-off").set_value(date(2026, 9, 1))
    rows = cells(run(app), "preview")
    assert rows[str(month["ruben"].user_id)]["points"]["sub"] == "0 de 5 llamadas"


def test_a_month_is_prepared_then_signed_after_a_second_yes(fresh: Store, month: dict[str, Viewer]) -> None:
    app = screen("closing", month="2026-08")
    app.button(key="prepare").click()
    said = texts(run(app))
    assert "Preparado para la firma" in said
    assert "Nada cambió desde que se preparó." in said
    assert "Se firma **agosto de 2026, toda la casa**: 1 agente con puntaje y 1 sin él." in said
    app.button(key="sign").click()
    app = run(app)
    assert "✓ **Firmado** por Ada Ríos" in texts(app)
    assert app.get("download_button")
    assert "sign" not in {button.key for button in app.button}
    assert [one.signed_by for one in months.months(fresh, month["admin"])] == ["Ada Ríos"]


def test_a_signed_month_that_was_moved_in_the_database_is_no_open_month(
    fresh: Store, month: dict[str, Viewer]
) -> None:
    number = sign(fresh, month["admin"])
    with fresh.writing() as connection:
        connection.execute(update(closes).values(month=date(2026, 7, 1)))
    app = dashboard()
    app.switch_page("views/closing.py")
    app.query_params["month"] = "2026-08"
    app.run()
    assert "no coinciden con su sello" in app.error[0].value
    assert "prepare" not in {button.key for button in app.button}
    app = screen("closing", month="2026-06")
    assert cells(app, "closed")[str(number)]["state"]["text"] == "No coincide con su sello"


def test_what_moved_after_the_signature_is_shown_beside_it(fresh: Store, month: dict[str, Viewer]) -> None:
    sign(fresh, month["admin"])
    with fresh.writing() as connection:
        connection.exec_driver_sql("UPDATE standings SET points = 99")
    app = screen("closing", month="2026-08")
    assert "Cambió 1 agente desde la firma" in [one.label.removeprefix("? ") for one in app.expander]
    row = cells(app, "moved")[str(month["ruben"].user_id)]
    assert row["was"]["text"].startswith("56")
    assert row["now"]["text"].startswith("99")
    assert cells(app, "signed")[str(month["ruben"].user_id)]["points"]["text"].startswith("56")


def test_drawn_calls_that_nobody_released_are_named_with_what_waits_on_them(
    fresh: Store, month: dict[str, Viewer]
) -> None:
    for recording_id in ("h-mtapia-3", "h-mtapia-4"):
        drawn(fresh, recording_id, 0.5)
    waits(fresh, "h-mtapia-4")
    app = screen("closing", month="2026-08")
    left = cells(app, "left")
    assert list(left) == ["h-mtapia-4", "h-mtapia-3"]
    assert left["h-mtapia-4"]["state"] == {
        "sign": "?", "kind": "review", "text": "Crítica por confirmar", "sub": "sin revisar",
    }  # fmt: skip
    assert left["h-mtapia-3"]["agent"]["text"] == "Marisol Tapia"
    once = "En 1 sin entregar espera una crítica, que no impide firmar."
    assert texts(app).count(once) == 1
    assert texts(app).count("Nada de esto impide preparar ni firmar el mes") == 1
    app.button(key="prepare").click()
    said = texts(run(app))
    assert said.count(once) == 2  # again in the box of the signature
    assert said.count("2 llamadas sorteadas sin entregar no cuentan todavía.") == 2
    assert app.button(key="sign").label == "Sí, firmar con 2 llamadas sorteadas sin entregar"


def test_a_critical_that_waits_is_told_of_every_call_of_the_month_released_or_not(
    fresh: Store, month: dict[str, Viewer]
) -> None:
    drawn(fresh, "h-mtapia-3", 0.5)
    for recording_id in ("h-mtapia-3", "h-mtapia-4", "h-rarce-1"):
        waits(fresh, recording_id)
    app = screen("closing", month="2026-08")
    left = cells(app, "left")
    assert [(one, left[one]["state"]["sub"], left[one]["part"]["text"]) for one in left] == [
        ("h-rarce-1", "entregada", "cuenta con sus puntos"),
        ("h-mtapia-3", "sin revisar", "no cuenta todavía"),
        ("h-mtapia-4", "sin revisar", "no cuenta"),  # nobody drew it
    ]
    given = "En 1 entregada espera una crítica, que no impide firmar: cuenta con sus puntos, como si no"
    assert given in texts(app)
    assert "si se confirma después de firmar, el mes solo cambia con un ajuste" in texts(app)
    assert "En 1 que no cuenta en el mes espera una crítica, que no impide firmar" in texts(app)
    released(fresh, "h-mtapia-3")  # the same call once more, only released
    app = screen("closing", month="2026-08")
    assert len(cells(app, "left")) == 3
    assert "En 2 entregadas esperan críticas" in texts(app)
    app.button(key="prepare").click()
    app = run(app)
    assert texts(app).count("En 2 entregadas esperan críticas") == 2
    assert app.button(key="sign").label == "Sí, firmar"


def test_a_call_voided_after_the_signature_is_told_though_it_was_never_released(
    fresh: Store, month: dict[str, Viewer]
) -> None:
    drawn(fresh, "h-mtapia-3", 0.5)
    sign(fresh, month["admin"])
    assert "Nada cambió desde la firma." in texts(screen("closing", month="2026-08"))
    with fresh.writing() as connection:
        its = select(scorecards.c.id).where(scorecards.c.recording_id == "h-mtapia-3", scorecards.c.current)
        of = standings.c.scorecard_id == its.scalar_subquery()
        connection.execute(update(standings).where(of).values(void=True, points=0.0))
    app = screen("closing", month="2026-08")
    assert "Nada cambió" not in texts(app)
    assert "? Cambió 1 llamada sorteada desde la firma" in [one.label for one in app.expander]
    row = cells(app, "changed")["h-mtapia-3"]
    assert row["was"]["sub"] == "sin entregar"
    assert (row["now"]["text"], row["now"]["sub"]) == ("0", "anulada · sin entregar")


def waits(store: Store, recording_id: str) -> None:
    """A critical failure of the call waits for a person."""
    with store.writing() as connection:
        its = select(scorecards.c.id).where(scorecards.c.recording_id == recording_id, scorecards.c.current)
        of = standings.c.scorecard_id == its.scalar_subquery()
        connection.execute(update(standings).where(of).values(critical=1))


def test_an_adjustment_is_an_entry_with_its_reason(fresh: Store, month: dict[str, Viewer]) -> None:
    number = sign(fresh, month["admin"])
    app = screen("closing", month="2026-08")
    app.selectbox(key="adjust-who").set_value(month["ruben"].user_id)
    app.number_input(key="adjust-points").set_value(2.5)
    app.text_input(key="adjust-why").set_value(HOSTILE)
    app.button(key="adjust-save").click()
    app = run(app)
    (entry,) = payroll.adjustments_of(fresh, month["admin"], number)
    row = cells(app, "adjustments")[str(entry.id)]
    assert (row["points"]["text"], row["reason"]["text"], row["by"]["text"]) == ("+2.5", HOSTILE, "Ada Ríos")
    frozen = cells(app, "signed")[str(month["ruben"].user_id)]
    assert frozen["added"]["sub"] == "+2.5"
    fields = app.selectbox(key="adjust-who"), app.text_input(key="adjust-why")
    assert [(one.value, one.proto.set_value) for one in fields] == [(None, True), ("", True)]  # told to it
    payroll.adjust(fresh, month["admin"], number, month["ruben"].user_id, 90.0, "Otra")
    added = cells(screen("closing", month="2026-08"), "signed")[str(month["ruben"].user_id)]["added"]
    assert added["sub"] == "+92.5 · sobresaliente"  # the level that is paid


def test_an_adjustment_without_a_reason_keeps_what_was_filled_in(
    fresh: Store, month: dict[str, Viewer]
) -> None:
    number = sign(fresh, month["admin"])
    app = screen("closing", month="2026-08")
    app.selectbox(key="adjust-who").set_value(month["ruben"].user_id)
    app.number_input(key="adjust-points").set_value(3.0)
    app.button(key="adjust-save").click()
    app.run()
    assert "Escriba por qué" in app.error[0].value
    assert app.number_input(key="adjust-points").value == 3.0
    assert payroll.adjustments_of(fresh, month["admin"], number) == ()


def test_a_dispute_that_was_won_since_is_offered_once(fresh: Store, month: dict[str, Viewer]) -> None:
    number = sign(fresh, month["admin"])
    close = closing.read(fresh, month["admin"], number)
    card = {"recording_id": "h-rarce-0", "scorecard_id": 1, "criterion": "empathy"}
    after = {"state": "upheld", "decided_at": datetime.now(close.created_at.tzinfo), "decision": "Sí."}
    row = {
        **card, **after, "opened_by": month["ruben"].user_id, "opened_at": close.cut_off, "reason": "x",
        "quote": "", "due_on": MONTH,
    }  # fmt: skip
    with fresh.writing() as connection:
        connection.execute(insert(disputes).values(**row))
    (won,) = months.won(fresh, month["admin"], close)
    app = screen("closing", month="2026-08")
    assert app.selectbox(key="adjust-dispute").options
    assert "Propuesto: Rubén Arce ganó después de la firma su apelación de «Empatía" in texts(app)
    assert "Ninguno. Lo que llegue" not in texts(app)
    app.button(key=f"adjust-fill-{won.dispute_id}").click()
    app = run(app)
    assert app.selectbox(key="adjust-who").value == won.user_id
    assert app.selectbox(key="adjust-dispute").value == won.dispute_id
    app.number_input(key="adjust-points").set_value(2.0)
    app.button(key="adjust-save").click()
    app = run(app)
    (entry,) = payroll.adjustments_of(fresh, month["admin"], number)
    assert (entry.dispute_id, entry.reason.startswith("Apelación ganada: Empatía")) == (won.dispute_id, True)
    assert months.won(fresh, month["admin"], close) == ()
    assert "Propuesto:" not in texts(app)


def test_names_with_formulas_stay_text_in_the_payroll_file(fresh: Store, month: dict[str, Viewer]) -> None:
    with fresh.writing() as connection:
        connection.execute(
            update(users).where(users.c.id == month["ruben"].user_id).values(name="=1+1 <script>")
        )
    number = sign(fresh, month["admin"])
    rows = list(csv.DictReader(io.StringIO(payroll.payroll(fresh, month["admin"], number))))
    assert "'=1+1 <script>" in [row["nombre"] for row in rows]
    app = screen("closing", month="2026-08")
    assert cells(app, "signed")[str(month["ruben"].user_id)]["name"]["text"] == "=1+1 <script>"


def test_a_lead_of_the_whole_site_closes_it_and_no_other(
    fresh: Store, month: dict[str, Viewer], signed_in: SignIn
) -> None:
    lead = signed_in(fresh, "lead", "lucia")
    assert [one.name for one in months.places(fresh, lead)] == ["Sede"]
    app = screen("closing", month="2026-08")
    assert app.selectbox(key="at-site").options == ["Sede"]
    assert len(cells(app, "preview")) == 2
    sign(fresh, month["admin"])
    with pytest.raises(CoachError):
        closing.read(fresh, lead, 1)
    assert months.months(fresh, lead) == ()


def test_the_address_says_which_month_and_nonsense_is_the_newest(
    fresh: Store, month: dict[str, Viewer]
) -> None:
    assert screen("closing", month="2026-08").selectbox(key="at-month").value == "2026-08"
    assert screen("closing", month="ayer").selectbox(key="at-month").value == "2026-10"


def test_how_a_score_is_made_follows_the_house_rules() -> None:
    rules = ScoreRules(bands={"bien": 75.0}, below="por mejorar", least_calls=8)
    said = "\n".join(_score_help.lines(rules))
    assert "Con menos de 8 llamadas no hay puntaje" in said
    assert "Niveles: bien desde 75, por mejorar debajo." in said


def test_bands_are_read_in_the_language_of_the_session_and_a_houses_own_stay(
    fresh: Store, month: dict[str, Viewer]
) -> None:
    app = screen("closing", month="2026-08", lang="en")
    ruben = str(month["ruben"].user_id)
    assert cells(app, "preview")[ruben]["band"]["text"] == "developing"
    assert "Bands: outstanding from 90, pass from 80, developing below." in texts(app)
    assert _labels.band("por mejorar") == "por mejorar"


def test_a_day_ends_where_the_site_works(fresh: Store) -> None:
    """Of the whole house by its clock."""
    ends = workdays.begins(date(2026, 9, 1)) - timedelta(seconds=1)
    assert months.end_of(fresh, HOUSE, date(2026, 8, 31)) == ends


def test_a_level_that_the_interval_leaves_open_is_said_to_be_open() -> None:
    rules = ScoreRules()
    open_ = CloseRow(1, "Olga Paz", "Sur", 6, 9, 62.0, 36.0, 88.0, "en desarrollo", 0, 0)
    sure = replace(open_, low=84.0, points=86.0, high=88.0, band="cumple")
    few = replace(open_, low=None, points=None, high=None, band="")
    told = _closing_cells.band(open_, rules)
    assert told == {"text": "en desarrollo", "sub": "puede ser también cumple"}
    assert _closing_cells.band(sure, rules) == {"text": "cumple"}
    body = {"settings": {"score": rules.model_dump()}}
    at = datetime(2026, 9, 1, tzinfo=UTC)
    close = Close(1, date(2026, 8, 1), None, at, at, None, None, "0" * 64, body, (open_, sure, few))
    row = MonthRow(1, date(2026, 8, 1), None, "", at, None, "")
    said = "El nivel de 1 agente no es seguro: su intervalo toca más de uno."
    assert said in _closing_parts.freezes(row, close)
    assert said not in _closing_parts.freezes(row, replace(close, rows=(sure, few)))


def test_a_drawn_call_that_was_erased_is_told_though_nothing_is_left_to_do(
    fresh: Store, month: dict[str, Viewer]
) -> None:
    drawn(fresh, "h-mtapia-3", 0.5, state="open")
    with fresh.writing() as connection:
        wiping.wipe_words(connection, "h-mtapia-3", "person", datetime.now(UTC))
    seen = texts(screen("closing", month="2026-08"))
    assert "1 llamada sorteada se borró a pedido de una persona, sin entregar: ya no puede contar." in seen


def test_what_a_person_confirmed_is_told_though_there_is_no_score() -> None:
    few = CloseRow(1, "Marisol", "Norte", 2, 5, None, None, None, "", 1, 0)
    assert _closing_cells.voided(few) == {"text": "1", "kind": ""}
    assert _closing_cells.voided(replace(few, voided=0)) == {"text": "0", "kind": "na"}


def test_what_another_form_makes_of_a_signed_month_is_named_and_is_no_difference_to_adjust(
    fresh: Store, month: dict[str, Viewer]
) -> None:
    """What people have changed meanwhile stays told by itself, by what judged the calls then."""
    number = sign(fresh, month["admin"])
    ruben = str(month["ruben"].user_id)
    judged_anew(fresh, [f"h-rarce-{week}" for week in range(5)], points=20.0)
    app = screen("closing", month="2026-08")
    assert [one.label for one in app.expander if "Cambi" in one.label] == []
    title = "? 5 llamadas sorteadas cambiaron por otra pauta o versión desde la firma"
    assert title in [one.label for one in app.expander]
    assert "Se evaluaron de nuevo: cobranza@1 → cobranza@2." in texts(app)
    row = cells(app, "moved-remade")[ruben]
    assert (row["was"]["text"][:2], row["now"]["text"][:2]) == ("56", "20")
    assert cells(app, "changed-remade")["h-rarce-0"]["now"]["text"] == "20"
    before = closing.read(fresh, month["admin"], number)
    said(fresh, "h-rarce-0", month["admin"], {"empathy": "pass", "firm": "pass"})
    (move,) = months.moved(fresh, Settings(data_dir=fresh.data_dir), month["admin"], before)
    assert move.was is not None
    assert move.then is not None
    assert (move.by_people, move.remade) == (True, True)
    assert (move.then.points or 0.0) > (move.was.points or 0.0)
    app = screen("closing", month="2026-08")
    assert cells(app, "moved")[ruben]["more"]["text"].startswith("+")
    assert list(cells(app, "changed")) == ["h-rarce-0"]


def test_what_was_adjusted_stands_beside_what_changed() -> None:
    was = CloseRow(1, "Olga Paz", "Sur", 6, 9, 62.0, 36.0, 88.0, "en desarrollo", 0, 0)
    now = replace(was, points=62.8)
    assert _closing_cells.difference(was, now, 0.0) == {"text": "+0.8", "sub": ""}
    assert _closing_cells.difference(was, now, 0.8)["sub"] == "ya anotado: +0.8"


def test_a_won_criterion_that_no_form_has_any_more_is_told_by_its_label(
    fresh: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    was = Criterion(id="adios", label="Despedida cordial", group="cierre", check="x", weight=1, help="")
    monkeypatch.setattr(_closing_signed._session, "criteria", dict)
    monkeypatch.setattr(_closing_signed._session, "settings", lambda: Settings(data_dir=fresh.data_dir))
    monkeypatch.setattr(_closing_signed, "past_criterion", lambda _, name: {"adios": was}.get(name))
    assert _closing_signed._criterion(months.Won(1, 1, "x", "adios", MONTH)) == "Despedida cordial"
    assert _closing_signed._criterion(months.Won(1, 1, "x", "no_such_one", MONTH)) == "no such one"


def judged_anew(store: Store, ids: list[str], *, points: float) -> None:
    """By another version of the form, as when one judges history anew; what was said before holds on."""
    for recording_id in ids:
        with store.writing() as connection:
            call = store.call(recording_id)
            card = replace(call.scorecard, rubric="cobranza@2+ffff", points=points)
            number = versions.current(connection, scorecards, recording_id)
            assert number is not None
            versions.save_scorecard(
                connection, replace(call, scorecard=card), number.findings_id, count_all=True
            )


def said(store: Store, recording_id: str, who: Viewer, words: dict[str, Outcome]) -> None:
    """Somebody's word on a call, by now."""
    rated(store, recording_id, who, words, at=datetime.now(UTC))


def test_an_agents_sheet_tells_the_month_as_it_was_signed_with_what_was_added(
    fresh: Store, month: dict[str, Viewer], signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_token(monkeypatch, token(fresh, "ruben"))
    days = "2026-08-01_2026-08-31"
    assert "Meses firmados" not in [one.label for one in screen("agent", days=days).expander]
    number = sign(fresh, month["admin"])
    assert "firmado · 5 llamadas" in texts(screen("agent", days=days))
    ruben = month["ruben"].user_id
    assert ruben is not None
    payroll.adjust(fresh, month["admin"], number, ruben, -6.5, "Faltó a *dos* calibraciones")
    with fresh.writing() as connection:
        connection.exec_driver_sql("UPDATE standings SET points = 99")
    said = texts(screen("agent", days=days))
    row = next(one for one in closing.read(fresh, month["admin"], number).rows if one.user_id == ruben)
    assert row.points is not None
    assert f"### {row.points - 6.5:.0f}\n" in said
    assert "en desarrollo · firmado, con ajustes" in said
    assert re.search(r"ajuste de .6[.,]5, ", said)
    assert "Faltó a *dos* calibraciones" in said
    assert "Con lo juzgado hasta hoy saldría 99" in said
    signed_in(fresh, "trainer", "tere", name="Tere Paz")  # whom pay is no matter of: the points, no reason
    said = texts(screen("agent", agent="rarce", days=days))
    assert "firmado, con ajustes" in said
    assert "calibraciones" not in said


def test_a_signed_month_that_was_changed_in_the_database_is_on_nobodys_sheet(
    fresh: Store, month: dict[str, Viewer], monkeypatch: pytest.MonkeyPatch
) -> None:
    sign(fresh, month["admin"])
    with fresh.writing() as connection:
        connection.execute(update(closes).values(signed_by=month["lead"].user_id))
    with_token(monkeypatch, token(fresh, "ruben"))
    app = screen("agent", days="2026-08-01_2026-08-31")
    assert "Meses firmados" not in [one.label for one in app.expander]


def test_two_versions_of_the_form_in_a_month_are_told_before_the_signature(
    fresh: Store, month: dict[str, Viewer]
) -> None:
    said = "se evaluaron con versiones distintas"
    assert said not in texts(screen("closing", month="2026-08"))
    with fresh.writing() as connection:
        its = scorecards.c.recording_id == "h-rarce-1"
        connection.execute(update(scorecards).where(its).values(rubric="cobranza@2+abcdef"))
    assert said in texts(screen("closing", month="2026-08"))
