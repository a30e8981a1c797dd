"""Administration and the log: who may see them, what they say, what a click does."""

from __future__ import annotations

import codecs
import math
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from coach import aside, audit, chores, doctor, jobs, owners, people, places, tending, webhook
from coach.settings import Settings
from coach.store import Store
from coach.viewers import HOUSE, Role
from tests.coach.conftest import judged
from tests.coach.people import somebody
from tests.coach.test_tasks import put
from tests.views import seed
from tests.views.conftest import SignIn
from tests.views.test_screens import component, dashboard, run, screen, texts
from transcripts.types import Recording
from views._pages import HIDDEN, has

HOSTILE = "<script>alert(1)</script> ![x](http://example.org/x.png)"


def logins(app: AppTest) -> list[str]:
    return [row["id"] for row in component(app, "people")["rows"]]


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click()
    return run(app)


# who


@pytest.mark.parametrize("role", ["analyst", "trainer", "lead", "agent", "auditor"])
def test_nobody_else_administers(fresh: Store, signed_in: SignIn, role: Role) -> None:
    signed_in(fresh, role, f"una-{role}")
    assert not has(role, "administration")
    app = dashboard()
    app.switch_page("views/administration.py")
    app.run()
    assert not any("Quién entra a Temple" in title.value for title in app.title)


@pytest.mark.parametrize("role", ["analyst", "trainer", "lead", "agent"])
def test_the_log_is_for_who_may_read_it(role: Role) -> None:
    assert not has(role, "log")


# people


def test_people_are_found_by_name_role_and_account(fresh: Store) -> None:
    somebody(fresh, "agent", "rarce", name="Rubén Arce")
    somebody(fresh, "lead", "pmedina", name="Paula Medina")
    people.deactivate(fresh, HOUSE, "pmedina")
    assert logins(screen("administration")) == ["admin", "pmedina", "rarce"]
    assert logins(screen("administration", who="rubén")) == ["rarce"]
    assert logins(screen("administration", role="lead")) == ["pmedina"]
    assert logins(screen("administration", active="no")) == ["pmedina"]
    assert "Nadie cumple estos filtros" in texts(screen("administration", who="zzz"))


def test_many_people_come_in_pages(fresh: Store) -> None:
    for n in range(30):
        somebody(fresh, "agent", f"a{n:02}")
    app = screen("administration")
    assert len(logins(app)) == 25
    assert "1–25 de 31 personas" in texts(app)


def test_a_new_person_gets_a_password_that_is_shown_once(fresh: Store) -> None:
    app = screen("administration")
    app.text_input(key="new-login-0").set_value("lsoto")
    app.text_input(key="new-name-0").set_value("Lucía Soto")
    app.button(key="new-add-0").click()
    app = run(app)
    assert "Contraseña de un solo uso de **Lucía Soto**" in texts(app)
    password = app.code[0].value
    assert len(password) >= 12
    assert password not in str([one.value for one in run(app).code])
    made = people.person(fresh, HOUSE, "lsoto")
    assert (made.role, made.must_change) == ("agent", True)


def test_a_login_that_is_taken_is_told_beside_the_form(fresh: Store) -> None:
    app = screen("administration")
    app.text_input(key="new-login-0").set_value("admin")
    app.text_input(key="new-name-0").set_value("Otra")
    app.button(key="new-add-0").click()
    app.run()
    assert "ya hay una persona con este usuario" in app.error[0].value.replace("\\", "")


def test_a_password_is_given_anew_and_shown_once(fresh: Store) -> None:
    somebody(fresh, "agent", "rarce", name="Rubén Arce")
    app = screen("administration", person="rarce")
    app.button(key="reset").click()
    app = run(app)
    assert app.code[0].value
    assert not run(app).code


def test_a_person_is_deactivated_and_activated(fresh: Store) -> None:
    somebody(fresh, "agent", "rarce")
    app = screen("administration", person="rarce")
    app.button(key="deactivate").click()
    app = run(app)
    assert "– desactivada" in texts(app)
    app.button(key="activate").click()
    assert "La cuenta está activa." in run(app).success[0].value


def test_who_is_deactivated_gives_back_what_waited_for_them(fresh: Store) -> None:
    eva = somebody(fresh, "analyst", "eva")
    put(fresh, Settings(), "a", state="open", assigned_to=eva.user_id)
    app = screen("administration", person="eva")
    app.button(key="deactivate").click()
    said = run(app).success[0].value
    assert said == "La cuenta está desactivada. 1 llamada que tenía para revisar volvió a la cola."


def test_the_last_who_administers_cannot_be_deactivated(fresh: Store) -> None:
    app = screen("administration", person="admin")
    app.button(key="deactivate").click()
    app.run()
    assert "única persona que administra" in app.error[0].value.replace("\\", "")


def test_facts_of_a_person_are_changed(fresh: Store) -> None:
    somebody(fresh, "agent", "rarce", name="Rubén Arce")
    app = screen("administration", person="rarce")
    next(one for one in app.selectbox if one.label == "Rol").set_value("trainer")
    app = press(app, "Guardar")
    assert people.person(fresh, HOUSE, "rarce").role == "trainer"
    assert "Guardado." in app.success[0].value


def test_dialler_logins_and_teams_come_with_their_days(fresh: Store) -> None:
    somebody(fresh, "agent", "rarce", holds=("RARCE",), team="Tardía")
    app = screen("administration", person="rarce")
    said = texts(app)
    assert "**RARCE** · desde el mié 1 ene 2020 · sigue" in said
    assert "**Sede · Tardía** · desde el mié 1 ene 2020 · sigue" in said
    app.date_input(key="end-login-0").set_value(date(2026, 3, 1))
    app.button(key="set-login-0").click()
    assert "hasta el dom 1 mar 2026" in texts(run(app))


def test_an_auditor_is_given_portfolios_and_nobody_else(fresh: Store) -> None:
    somebody(fresh, "auditor", "olga")
    app = screen("administration", person="olga")
    app.text_input(key="portfolio").set_value("tarjetas")
    app.button(key="portfolio-add").click()
    assert "tarjetas" in texts(run(app))
    somebody(fresh, "agent", "rarce")
    assert "Carteras que puede ver" not in texts(screen("administration", person="rarce"))


def test_a_person_who_is_not_there_is_told(fresh: Store) -> None:
    app = dashboard()
    app.switch_page("views/administration.py")
    app.query_params["person"] = "nadie"
    app.run()
    assert "no hay ninguna persona con este usuario" in app.error[0].value.replace("\\", "")


def test_a_name_that_looks_like_markup_stays_text(fresh: Store) -> None:
    somebody(fresh, "agent", "raro", name=HOSTILE)
    app = screen("administration", person="raro")
    assert app.title[0].value.startswith("\\<script\\>")


# teams


def test_without_teams_the_screen_says_what_will_be_here(fresh: Store) -> None:
    assert "Aquí verá sedes y equipos" in texts(screen("administration", view="teams"))


def test_a_team_is_added_and_listed_with_who_leads_it(fresh: Store) -> None:
    somebody(fresh, "lead", "pmedina", name="Paula Medina", leads="Tardía")
    somebody(fresh, "agent", "rarce", team="Tardía")
    app = screen("administration", view="teams")
    assert "**Tardía** · 1 persona · lo dirige Paula Medina" in texts(app)
    app.text_input(key="site").set_value("Mérida")
    app.text_input(key="team-name").set_value("Preventiva")
    app.button(key="add-team").click()
    assert "**Preventiva** · 0 personas · nadie lo dirige hoy" in texts(run(app))


# jobs


def test_a_failed_job_says_why_and_is_tried_again(fresh: Store) -> None:
    fresh.add_recording(Recording("rota"))
    jobs.submit(fresh, "rota", "rota.wav")
    taken = jobs.take(fresh, jobs.worker_name())
    assert taken is not None
    jobs.end(fresh, taken, "failed", "rota.wav: el archivo está dañado.")
    app = screen("administration", view="jobs")
    assert "✕ falló · rota.wav: el archivo está dañado." in texts(app)
    app.button(key="again-1").click()
    assert "en cola" in texts(run(app))


def test_the_queue_is_paused_and_goes_on_by_hand(fresh: Store) -> None:
    fresh.add_recording(Recording("nueva"))
    jobs.submit(fresh, "nueva", "nueva.wav")
    app = screen("administration", view="jobs")
    assert "Tiempo restante: aún no se sabe; nadie está trabajando." in texts(app)
    app.button(key="queue-off").click()
    assert "La cola está en pausa desde" in texts(run(app))
    assert jobs.take(fresh, jobs.worker_name()) is None
    app.button(key="queue-on").click()
    run(app)
    assert jobs.take(fresh, jobs.worker_name()) is not None


def test_a_job_is_put_first_paused_and_goes_on(fresh: Store) -> None:
    for name in ("a", "b"):
        fresh.add_recording(Recording(name))
        jobs.submit(fresh, name, f"{name}.wav")
    app = screen("administration", view="jobs")
    app.button(key="first-2").click()
    app = run(app)
    assert [job.id for job in jobs.open_jobs(fresh, HOUSE)] == [2, 1]
    app.button(key="hold-2").click()
    assert "en pausa" in texts(run(app))
    app.button(key="on-2").click()
    run(app)
    assert [job.state for job in jobs.open_jobs(fresh, HOUSE)] == ["queued", "queued"]


def test_history_judged_anew_is_seen_and_stopped(fresh: Store) -> None:
    chores.ask(fresh, HOUSE, "rescore", "cobranza")
    app = screen("administration", view="jobs")
    assert "**Llamada de cobranza** · en cola" in texts(app)
    app.button(key="halt-1").click()
    assert "– cancelada" in texts(run(app))


# the house


def test_what_is_kept_is_told_with_its_days(fresh: Store, tmp_path: Path) -> None:
    seed.fill(fresh, Settings(data_dir=tmp_path))
    said = texts(screen("administration", view="data"))
    assert "22 evaluadas" in said
    assert "lun 3 ago 2026" in said


def test_recent_calls_of_a_login_that_nobody_had_wait_there_too(fresh: Store) -> None:
    """Not where no login is anybody's: such a house has put nobody in yet."""
    now = datetime.now(UTC)
    for name, login, at in (("a", "D099", now), ("b", "D099", now), ("c", "D4", now - timedelta(days=60)),
                            ("d", "D5", now)):  # fmt: skip
        call = judged(name, agent_login=login, call_started_at=at)
        fresh.add_recording(call.transcript.recording)
        fresh.save(call, "nlp-1")
    assert owners.unheld_lately(fresh) == {}
    somebody(fresh, "agent", "dina", holds=("D5",))
    said = texts(screen("home"))
    assert "2 llamadas del último mes no entran en el mes de nadie" in said
    assert "(D099)" in said
    assert any(
        "de su llamada: D099." in one.text for one in doctor.examine(Settings(data_dir=fresh.data_dir))
    )


def test_an_alert_that_did_not_arrive_waits_there_too(fresh: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook, "not_arrived", lambda *_: webhook.InVain((), ("mx-1",)))
    assert "1 aviso al instante no llegó" in texts(screen("home"))


def test_that_nobody_attends_to_the_queue_is_told(fresh: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Nadie atiende la cola" not in texts(screen("home"))
    monkeypatch.setattr(tending, "_served", [-math.inf])  # the dashboard runs, and its worker died
    assert "Nadie atiende la cola" in texts(screen("home"))
    said = texts(screen("administration", view="health"))
    assert "✕] Nadie atiende la cola ahora" in said
    assert "Nada falta" not in said


def test_what_nobody_could_read_is_listed_with_its_reason(fresh: Store) -> None:
    assert "no se pudieron leer" not in texts(screen("administration", view="data"))
    inside = fresh.data_dir / "quarantine"
    inside.mkdir()
    (inside / "foto.wav").write_bytes(b"PNG")
    (inside / f"foto.wav{aside.WHY}").write_text("foto.wav: es una imagen PNG.\n\nEstaba en: /x\n")
    said = texts(screen("administration", view="data"))
    assert "foto.wav: es una imagen PNG." in said
    assert "Estaba en" not in said
    assert "Es 1; está en" in said
    assert "El último: foto.wav" in texts(screen("administration", view="health"))
    assert "foto.wav: es una imagen PNG." in texts(screen("administration", view="jobs"))
    assert "1 archivo no se pudo leer" in texts(screen("home"))


def test_settings_are_read_only_with_where_they_come_from(fresh: Store, tmp_path: Path) -> None:
    (tmp_path / "coach.toml").write_text('country = "MX"\n', encoding="utf-8")
    said = texts(screen("administration", view="settings"))
    assert "| country | MX | **coach.toml**, línea 1 |" in said
    assert "de fábrica" in said


def test_health_says_what_the_machine_has(fresh: Store) -> None:
    said = texts(screen("administration", view="health"))
    assert "Base de datos" in said
    assert "Pauta: cobranza" in said


# the log


def test_the_log_tells_who_did_what_with_what(fresh: Store) -> None:
    somebody(fresh, "agent", "rarce")
    said = texts(screen("log"))
    assert "| la terminal | agregó | persona rarce | rol: Agente |" in said


def test_the_log_is_filtered_by_action_and_subject(fresh: Store) -> None:
    audit.note(fresh, HOUSE, "see", "call:mx-1")
    said = texts(screen("log", action="see", kind="call"))
    assert "| vio | [llamada mx-1](call?call=mx-1&from=log" in said
    assert "agregó" not in said
    assert "No hay nada anotado" in texts(screen("log", login="nadie"))
    assert "No hay nada anotado" in texts(screen("log", kind="call", which="otra"))
    assert "llamada mx-1" in texts(screen("log", kind="call", which="mx"))


def test_the_log_goes_by_days(fresh: Store) -> None:
    assert "No hay nada anotado" in texts(screen("log", days="2020-01-01_2020-01-02"))
    assert "agregó" in texts(screen("log", days="nunca"))


def test_entries_that_look_like_markup_stay_text(fresh: Store) -> None:
    audit.note(fresh, HOUSE, "see", f"call:{HOSTILE}", why="a | b")
    (table,) = [one.value for one in screen("log", action="see").markdown if "script" in one.value]
    assert "\\<script\\>" in table
    assert "a \\| b" in table


def test_an_outside_auditor_reads_of_the_calls_in_reach_only(
    fresh: Store, signed_in: SignIn, tmp_path: Path
) -> None:
    seed.fill(fresh, Settings(data_dir=tmp_path))
    audit.note(fresh, HOUSE, "see", "call:mx-embargo")
    signed_in(fresh, "auditor", "olga", portfolios=("tarjetas",))
    assert "No hay nada anotado" in texts(screen("log"))


@pytest.mark.parametrize("view", ["people", "teams", "jobs", "data", "settings", "health"])
def test_every_part_speaks_english(fresh: Store, view: str) -> None:
    app = screen("administration", view=view, lang="en")
    assert app.title[0].value == "Who comes into Temple, and what needs attention?"


@pytest.mark.parametrize("view", ["people", "teams", "jobs", "data", "settings", "health"])
def test_the_language_is_chosen_where_files_are_handed_in_too(fresh: Store, view: str) -> None:
    app = screen("administration", view=view)
    app.segmented_control(key="lang").set_value("en")
    app = run(app)
    assert app.title[0].value == "Who comes into Temple, and what needs attention?"


def test_places_are_where_the_screen_says(fresh: Store) -> None:
    somebody(fresh, "agent", "rarce", holds=("RARCE",))
    assert [one.login for one in places.places(fresh, HOUSE, "rarce").logins] == ["RARCE"]


def test_recent_calls_without_an_agent_wait_on_the_first_screen(fresh: Store) -> None:
    """An older one, one of a mistyped year ahead, or one that somebody made, asks for nothing."""
    now = datetime.now(UTC)
    made = (("a", None, now), ("b", None, now - timedelta(days=60)), ("c", "rosa", now))
    for name, login, at in (*made, ("d", None, now + timedelta(days=365))):
        call = judged(name, agent_login=login, call_started_at=at)
        fresh.add_recording(call.transcript.recording)
        fresh.save(call, "nlp-1")
    assert "1 llamada del último mes está sin asignar" in texts(screen("home"))


def test_what_the_menu_has_no_room_for_is_at_the_foot(fresh: Store, signed_in: SignIn) -> None:
    """Seven entries are the most; the rest is reached from here, or from the thing that it is about."""
    signed_in(fresh, "admin")
    linked = {link.proto.page for link in screen("administration").get("page_link")}
    assert linked == {"log", "objections", "promises", "calibration", "criticals", "guide", "upload"}
    about = {"call", "agent", "practice", "drill", "coaching", "scenarios", "session", "clips"}
    assert set(HIDDEN["admin"]) - about == linked


@pytest.mark.parametrize(("tongue", "name"), [("es", "registro.csv"), ("en", "log.csv")])
def test_the_log_goes_out_in_the_language_of_the_screen(
    fresh: Store, signed_in: SignIn, tongue: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the mark by which a spreadsheet knows accents."""
    files: dict[str, bytes] = {}

    def kept(label: str, data: bytes, *, file_name: str, **_: object) -> None:
        files[file_name] = data

    monkeypatch.setattr("streamlit.download_button", kept)
    signed_in(fresh, "admin", "ada")
    press(screen("log", lang=tongue), "Make the CSV" if tongue == "en" else "Preparar el CSV")
    assert files[name].startswith(
        codecs.BOM_UTF8 + (b"date_utc,login" if tongue == "en" else b"fecha_utc,usuario")
    )
