"""Whom to coach: what repeats, plans with drills, tasks of practice, attempts side by side; who sees what."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import insert, update
from streamlit.testing.v1 import AppTest

from coach import assignments, coaching, practice, practice_turns, reviews, scenarios, workdays
from coach.assignments import Order
from coach.coaching_effect import Effect
from coach.kappa import Share
from coach.schema_drills import drill_assigned, drill_assignments
from coach.schema_people import agent_logins
from coach.settings import Settings
from coach.store import Store
from coach.team_figures import by_id
from coach.types import CoachError
from coach.viewers import HOUSE, Role, Viewer
from rubrics.loader import load_rubric
from tests.coach.house import released
from tests.coach.people import somebody
from tests.coach.review_people import keep_call
from tests.coach.test_assignments import attempt
from tests.coach.test_coaching import with_words
from tests.filled import filled
from tests.views.conftest import COUNT_ALL
from tests.views.test_screens import component, run, screen, texts
from views import _formats, _pages

CRITERIA = by_id([load_rubric().criteria])
HOSTILE = "<b>Rosa</b> ![x](http://a.b/x.png)"
SignIn = Callable[..., Viewer]


@pytest.fixture
def house(fresh: Store) -> Store:
    """Rosa misses empathy in nine of twelve calls, three colleagues in two of twelve."""
    filled(fresh, "screens of coaching", lambda: fill(fresh))
    return fresh


def fill(store: Store) -> None:
    settings = Settings(data_dir=store.data_dir, trust=COUNT_ALL)
    for login in ("rosa", "ana", "beto", "caro"):
        name = HOSTILE if login == "rosa" else ""
        somebody(store, "agent", login, name=name, holds=(login,), team="Norte")
        for place in range(12):
            faulty = place < (9 if login == "rosa" else 2)
            keep_call(
                store, settings, f"{login}-{place}", failed=("empathy",) if faulty else (),
                agent_login=login, agent=HOSTILE if login == "rosa" else login.title(),
                call_started_at=datetime(2026, 9, 1 + place, tzinfo=UTC),
            )  # fmt: skip
    with_words(store, settings)
    released(store, "rosa-0")


def plan(store: Store, viewer: Viewer, login: str = "rosa") -> int:
    order = Order("one_reply", date.today() + timedelta(days=3), objection="no_money")
    return coaching.begin(
        store, Settings(data_dir=store.data_dir), viewer, CRITERIA, login, "criterion:empathy",
        f"Que nombre lo que contó. {HOSTILE}", date.today() + timedelta(days=20), [order],
    )  # fmt: skip


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click()
    return run(app)


def refused(app: AppTest, label: str) -> str:
    """What a button says that cannot do what it is asked for yet."""
    next(button for button in app.button if button.label == label).click()
    app.run()
    return str(app.error[0].value)


# people


@pytest.mark.parametrize("role", ["trainer", "lead", "admin"])
def test_it_says_first_whom_to_coach_and_in_what(house: Store, signed_in: SignIn, role: Role) -> None:
    signed_in(house, role, "quien", leads="Norte" if role == "lead" else "")
    app = screen("coaching")
    assert "Conviene empezar con" in texts(app)
    first = component(app, "people")["rows"][0]
    assert first["cells"]["what"]["text"] == CRITERIA["empathy"].label
    assert first["cells"]["what"]["sub"].startswith("77 % de 13 llamadas")
    assert first["href"] == "coaching?agent=rosa"


def test_what_repeats_without_a_plan_is_told_of_who_has_one_for_something_else(
    house: Store, signed_in: SignIn
) -> None:
    settings = Settings(data_dir=house.data_dir, trust=COUNT_ALL)
    trainer = signed_in(house, "trainer")
    plan(house, trainer)
    said = texts(screen("coaching"))
    assert "hoy no hay plan que empezar ni que volver a mirar" in said
    for place in range(10):
        keep_call(
            house, settings, f"more-{place}", failed=("asks_reason",), agent_login="rosa", agent=HOSTILE,
            call_started_at=datetime(2026, 9, 1 + place, tzinfo=UTC),
        )  # fmt: skip
    app = screen("coaching")
    assert f"«{CRITERIA['asks_reason'].label}» falla en" in texts(app)
    row = component(app, "people")["rows"][0]
    assert row["cells"]["what"]["text"] == CRITERIA["asks_reason"].label
    assert "Fuera de los planes abiertos, por dónde empezar" in texts(screen("coaching", agent="rosa"))


def test_a_topic_that_somebody_chose_is_not_said_to_repeat(house: Store, signed_in: SignIn) -> None:
    trainer = signed_in(house, "trainer")
    plan(house, trainer)
    plan(house, trainer, "ana")
    assert "Lo que se repite ya tiene un plan abierto" in texts(screen("coaching", agent="rosa"))
    chosen = texts(screen("coaching", agent="ana"))
    assert "Planes abiertos" in chosen
    assert "No hay nada que se repita." in chosen
    assert "ya tiene un plan" not in chosen


def test_of_whom_there_are_too_few_calls_nothing_is_claimed(house: Store, signed_in: SignIn) -> None:
    settings = Settings(data_dir=house.data_dir, trust=COUNT_ALL)
    plan(house, signed_in(house, "trainer"))
    for place in range(3):
        keep_call(
            house, settings, f"new-{place}", failed=("firm",), agent_login="nueva", agent="Nueva",
            call_started_at=datetime(2026, 9, 1 + place, tzinfo=UTC),
        )  # fmt: skip
    assert "pocas llamadas para saber qué se repite" in texts(screen("coaching"))


def test_what_has_too_few_verdicts_is_named_and_any_topic_can_be_chosen(
    house: Store, signed_in: SignIn
) -> None:
    settings = Settings(data_dir=house.data_dir, trust=COUNT_ALL)
    signed_in(house, "trainer")
    for place in range(3):
        keep_call(
            house, settings, f"new-{place}", failed=("firm",), agent_login="nueva", agent="Nueva",
            call_started_at=datetime(2026, 9, 1 + place, tzinfo=UTC),
        )  # fmt: skip
    assert "con menos de 10 veredictos queda fuera" in texts(screen("coaching"))
    app = screen("coaching", agent="nueva")
    assert f"quedan fuera: {CRITERIA['firm'].label} (3 de 3)" in texts(app)
    assert "Abajo puede elegir usted el tema" in texts(app)
    app.selectbox(key="topic-nueva").set_value("criterion:asks_reason")
    app = run(app)
    day = next(one for one in app.date_input if one.label == "Volver a mirar el").value
    assert isinstance(day, date)
    assert day.weekday() < 5
    app = press(app, "Empezar el plan")
    assert "Planes abiertos" in texts(app)
    assert "criterion:asks_reason" not in app.selectbox(key="topic-nueva").options


def test_names_and_targets_that_look_like_markup_stay_text(house: Store, signed_in: SignIn) -> None:
    trainer = signed_in(house, "trainer")
    plan(house, trainer)
    app = screen("coaching", agent="rosa")
    assert "\\<b\\>Rosa" in app.title[0].value
    drawn = [one.value for one in app.markdown]
    assert any("\\<b\\>Rosa" in text for text in drawn)
    assert not any("![x](" in text for text in drawn)


def test_a_lead_finds_nobody_of_another_team(house: Store, signed_in: SignIn) -> None:
    signed_in(house, "lead", "sur", leads="Sur")
    assert "Aquí verá qué se repite" in texts(screen("coaching"))
    assert "No hay ningún agente" in texts(screen("coaching", agent="rosa"))


@pytest.mark.parametrize("role", ["analyst", "agent", "auditor"])
def test_others_are_not_led_there(house: Store, signed_in: SignIn, role: Role) -> None:
    assert not _pages.has(role, "coaching")


def test_an_empty_house_says_what_will_be_here(fresh: Store, signed_in: SignIn) -> None:
    signed_in(fresh, "trainer")
    assert "Aquí verá qué se repite" in texts(screen("coaching"))
    assert "Aquí verá lo que pida practicar" in texts(screen("coaching", view="asked"))
    assert "Aquí verá los intentos" in texts(screen("coaching", view="compare"))


# a plan


def test_a_pattern_shows_own_words_and_becomes_a_plan(house: Store, signed_in: SignIn) -> None:
    signed_in(house, "trainer")
    app = screen("coaching", agent="rosa")
    told = texts(app)
    assert "Falla en 77 % de 13" in told
    assert "En el equipo: 17 %, con claridad menos." in told
    assert "**No tengo dinero**, señorita, me pagan el viernes." in told
    kind, times = "format-rosa-criterion:empathy", "times-rosa-criterion:empathy"
    assert app.selectbox(key=kind).disabled
    assert app.number_input(key=times).disabled
    app.selectbox(key="objection-rosa-criterion:empathy").set_value("no_money")
    app = run(app)
    assert not app.selectbox(key=kind).disabled
    assert not app.number_input(key=times).disabled
    app = press(app, "Empezar el plan")
    assert "Planes abiertos" in texts(app)
    tomorrow = _formats.day(workdays.local_day(datetime.now(UTC)) + timedelta(days=1))
    assert f"cuentan las llamadas desde el {tomorrow}" in texts(app)
    assert "Todavía no se puede saber si ayudó." in texts(app)
    assert "Desde entonces ninguna llamada suya dice algo de esto." in texts(app)
    assert "lograda 0 de 3 veces" in texts(app)
    assert "Lo que se repite" not in [one.value for one in app.subheader]


def test_a_plan_without_a_target_says_so_and_loses_nothing(house: Store, signed_in: SignIn) -> None:
    signed_in(house, "trainer")
    app = screen("coaching", agent="rosa")
    app.text_area(key="target-rosa-criterion:empathy").set_value("  ")
    next(button for button in app.button if button.label == "Empezar el plan").click()
    app.run()
    assert [error.value for error in app.error] == [
        "Falta la meta\\: diga en una frase qué quiere oír en las próximas llamadas\\."
    ]


def test_the_agent_reads_the_own_plan_with_its_drills(house: Store, signed_in: SignIn) -> None:
    plan(house, somebody(house, "trainer"))
    signed_in(house, "agent", "rosa")
    said = texts(screen("agent"))
    assert "Su plan" in said
    assert "Que nombre lo que contó." in said
    assert "Una respuesta: Falta de dinero · lograda 0 de 1 vez" in said
    assert "No entra en su puntaje ni en su paga." in said
    home = texts(screen("home"))
    assert "Tiene un plan nuevo" in home
    assert "Le pidieron practicar: Una respuesta: Falta de dinero." in home
    in_english = texts(screen("home", lang="en"))
    assert "You were asked to practise: One reply: Lack of money." in in_english
    assert "One reply: Lack of money · 0 of 1 pass" in texts(screen("agent", lang="en"))


def test_a_colleague_reads_no_plan_of_another(house: Store, signed_in: SignIn) -> None:
    plan(house, somebody(house, "trainer"))
    released(house, "ana-5")
    signed_in(house, "agent", "ana")
    assert "Su plan" not in texts(screen("agent"))
    assert "plan" not in texts(screen("home"))


def test_a_plan_is_closed_with_what_was_measured(house: Store, signed_in: SignIn) -> None:
    trainer = signed_in(house, "trainer")
    plan(house, trainer)
    app = press(screen("coaching", agent="rosa"), "Cerrar: se trabajó")
    assert "El plan está cerrado" in "".join(one.value for one in app.success)
    assert "Planes cerrados" in [one.label for one in app.expander]


def test_the_agent_reads_that_a_plan_was_closed_and_what_came_of_it(house: Store, signed_in: SignIn) -> None:
    trainer = signed_in(house, "trainer")
    plan(house, trainer)
    press(screen("coaching", agent="rosa"), "Cerrar: se trabajó")
    signed_in(house, "agent", "rosa")
    home = texts(screen("home"))
    assert "Se cerró su plan «Empatía" in home
    assert "Tiene un plan nuevo" not in home
    app = screen("agent")
    assert "Planes cerrados" in [one.label for one in app.expander]
    assert "Todavía no se puede saber si ayudó." in texts(app)


def test_the_sheet_of_an_agent_leads_to_coaching(house: Store, signed_in: SignIn) -> None:
    signed_in(house, "trainer")
    links = [one.proto.page for one in screen("agent", agent="rosa").get("page_link")]
    assert any("coaching" in link for link in links)


# tasks


def test_a_task_is_asked_for_and_seen_person_by_person(house: Store, signed_in: SignIn) -> None:
    viewer = signed_in(house, "trainer")
    app = screen("coaching", view="asked")
    assert "Falta a quién" in refused(app, "Pedirla")
    rosa = somebody(house, "agent", "rosa").user_id
    app.multiselect(key="ask-people").set_value([rosa])
    app = press(run(app), "Pedirla")
    (row,) = component(app, "asked")["rows"]
    assert row["cells"]["done"]["text"] == "0 de 1"
    assert row["cells"]["title"]["sub"] == f"{HOSTILE} · 1 vez"
    attempt(house, somebody(house, "agent", "rosa"), int(row["id"]), passed=True)
    one = screen("coaching", assignment=row["id"])
    assert "**1 de 1** ya la lograron." in texts(one)
    assert component(one, "progress")["rows"][0]["cells"]["stand"]["text"] == "lograda"
    assert viewer.user_id is not None


def place_of(app: AppTest, label: str) -> list[str]:
    """Where a form stands on the page: one that moves folds itself away."""
    return [str(at) for at, one in app.main.children.items() if getattr(one, "label", "") == label]


def test_a_form_stays_where_it_is_once_its_message_goes(house: Store, signed_in: SignIn) -> None:
    signed_in(house, "trainer")
    rosa = somebody(house, "agent", "rosa").user_id
    app = screen("coaching", view="asked")
    app.multiselect(key="ask-people").set_value([rosa])
    app = press(run(app), "Pedirla")
    assert app.success
    before = place_of(app, "Pedir una práctica")
    app.selectbox(key="ask-kind").set_value("whole_call")
    app = run(app)
    assert not app.success
    assert place_of(app, "Pedir una práctica") == before != []


def test_only_what_a_format_is_about_is_offered(house: Store, signed_in: SignIn) -> None:
    signed_in(house, "trainer")
    app = screen("coaching", view="asked")
    for kind, only in (("third_party", "No es el titular"), ("close_vague", "Promesa vaga o evasiva")):
        app.selectbox(key="ask-kind").set_value(kind)
        app = run(app)
        assert [one.options for one in app.selectbox if one.label == "Cuál"] == [[only]]


def test_who_a_plan_is_for_says_that_they_read_it_and_who_coaches_sees_so(
    house: Store, signed_in: SignIn
) -> None:
    plan(house, signed_in(house, "trainer"))
    assert "Todavía no dijo que lo leyó." in texts(screen("coaching", agent="rosa"))
    signed_in(house, "agent", "rosa")
    app = press(screen("agent"), "Ya lo leí")
    assert "Su plan" in texts(app)
    assert "Ya lo leí" not in [button.label for button in app.button]
    assert "Tiene un plan nuevo" not in texts(screen("home"))  # told in both places, said once
    signed_in(house, "trainer")
    told = texts(screen("coaching", agent="rosa"))
    assert "Lo leyó el " in told
    assert "Todavía no dijo" not in told


def test_a_task_whose_case_is_gone_can_only_be_withdrawn(house: Store, signed_in: SignIn) -> None:
    signed_in(house, "trainer")
    row = {
        "title": "x", "format": "whole_call", "scenario": "se_fue", "objection": "", "times": 1, "note": "",
        "due_on": date.today() - timedelta(days=2), "created_at": datetime.now(UTC),
    }  # fmt: skip
    rosa = somebody(house, "agent", "rosa").user_id
    with house.writing() as connection:
        made = insert(drill_assignments).values(**row).returning(drill_assignments.c.id)
        number = connection.execute(made).scalar_one()
        connection.execute(insert(drill_assigned).values(assignment_id=number, user_id=rosa))
    (shown,) = component(screen("coaching", view="asked"), "asked")["rows"]
    assert shown["cells"]["due"]["sub"] == "ya no se puede hacer"
    app = screen("coaching", assignment=str(number))
    assert "ni va tarde. Retírela." in texts(app)
    assert "persona va tarde" not in texts(app)
    assert component(app, "progress")["rows"][0]["cells"]["stand"]["text"] == "en curso"
    assert "un caso que ya no está" in texts(app)
    assert "se fue" not in texts(app)
    assert "Retirada el" in texts(press(app, "Sí, retirar"))


@pytest.mark.parametrize(("lang", "says"), [("es", "versión 2, ya no se practica"), ("en", "version 2, no")])
def test_a_task_names_a_case_that_was_retired_as_it_was_last(
    house: Store, signed_in: SignIn, lang: str, says: str
) -> None:
    signed_in(house, "trainer")
    settings = Settings(data_dir=house.data_dir)
    known = scenarios.scenarios(settings)["quincena_corta"]
    text = scenarios.text_in_use(settings, "quincena_corta").replace("id: quincena_corta", "id: mi_caso")
    for title in ("Antes", "El último nombre"):
        scenarios.publish(house, settings, "mi_caso", text.replace(known.title, title), HOUSE)
    scenarios.retire(house, settings, "mi_caso", HOUSE)
    number = assigned(house, somebody(house, "agent", "rosa"), "mi_caso")
    title = {"es": "El último nombre", "en": known.title_en}[lang]
    told = texts(screen("coaching", assignment=str(number), lang=lang)).replace("\\", "")
    assert f"{title} ({says}" in told


def test_a_task_that_all_have_done_asks_for_nothing_when_its_case_goes(
    house: Store, signed_in: SignIn
) -> None:
    signed_in(house, "trainer")
    rosa = somebody(house, "agent", "rosa")
    number = assigned(house, rosa, "se_fue")
    attempt(house, rosa, number, passed=True)
    app = screen("coaching", view="asked")
    assert "No hay tareas en curso." in texts(app)
    assert "Aquí verá lo que pida practicar" not in texts(app)
    (shown,) = component(press(app, "Ver la tarea terminada"), "asked")["rows"]
    assert "sub" not in shown["cells"]["due"]
    app = screen("coaching", assignment=str(number))
    assert "**1 de 1** ya la lograron." in texts(app)
    assert "Retírela" not in texts(app)


def assigned(store: Store, who: Viewer, scenario: str) -> int:
    """A task that asks somebody for this case by today."""
    row = {
        "title": "x", "format": "whole_call", "scenario": scenario, "objection": "", "times": 1, "note": "",
        "due_on": date.today(), "created_at": datetime.now(UTC),
    }  # fmt: skip
    with store.writing() as connection:
        made = insert(drill_assignments).values(**row).returning(drill_assignments.c.id)
        number = int(connection.execute(made).scalar_one())
        connection.execute(insert(drill_assigned).values(assignment_id=number, user_id=who.user_id))
    return number


def test_a_task_is_withdrawn(house: Store, signed_in: SignIn) -> None:
    viewer = signed_in(house, "trainer")
    rosa = somebody(house, "agent", "rosa")
    order = Order("one_reply", date.today(), objection="no_money")
    number = assignments.assign(house, Settings(data_dir=house.data_dir), viewer, order, [rosa.user_id or 0])
    app = press(screen("coaching", assignment=str(number)), "Sí, retirar")
    assert "Retirada el" in texts(app)


def test_a_lead_sees_no_task_of_another_team(house: Store, signed_in: SignIn) -> None:
    order = Order("one_reply", date.today(), objection="no_money")
    rosa = somebody(house, "agent", "rosa").user_id or 0
    trainer = somebody(house, "trainer")
    number = assignments.assign(house, Settings(data_dir=house.data_dir), trainer, order, [rosa])
    signed_in(house, "lead", "sur", leads="Sur")
    assert "entre las que usted ve" in texts(screen("coaching", assignment=str(number)))
    assert screen("coaching", view="asked").get("multiselect")[1].options == []


# attempts side by side


def test_attempts_stand_side_by_side_step_by_step(house: Store, signed_in: SignIn) -> None:
    signed_in(house, "trainer")
    for login, got in (("rosa", 0), ("ana", 2)):
        grade = f'{{"marks": [{{"id": "recognise", "got": {got}, "of": 2}}], "broken": []}}'
        attempt(
            house,
            somebody(house, "agent", login),
            None,
            passed=got == 2,
            points=got,
            points_of=2,
            grade=grade,
        )
    app = screen("coaching", view="compare")
    drawn = component(app, "attempts")
    assert [one["label"] for one in drawn["columns"]] == ["Paso", "Ana", HOSTILE]
    cells = drawn["rows"][1]["cells"]
    assert [cells[one["id"]]["text"] for one in drawn["columns"][1:]] == ["2/2", "0/2"]
    rosa = somebody(house, "agent", "rosa").user_id
    app = screen("coaching", view="compare", person=str(rosa))
    assert len(component(app, "attempts")["columns"]) == 2


def test_the_attempts_of_one_person_are_told_apart_by_number_and_hour(
    house: Store, signed_in: SignIn
) -> None:
    signed_in(house, "trainer")
    rosa = somebody(house, "agent", "rosa")
    for place in range(9):
        at = datetime(2026, 9, 1, 8 + place, 5, tzinfo=UTC)
        attempt(house, rosa, None, passed=True, points=15, finished_at=at)
    app = screen("coaching", view="compare", person=str(rosa.user_id))
    heads = component(app, "attempts")["columns"][1:]
    assert [one["label"] for one in heads] == [f"Intento {n}" for n in range(2, 10)]
    assert heads[0]["sub"] == "mar 1 sep 2026, 09:05 UTC"
    assert "Toque uno para verlo." in texts(app)


def test_attempts_on_a_case_as_it_was_are_marked_beside_those_on_it_as_it_is(
    house: Store, signed_in: SignIn
) -> None:
    signed_in(house, "trainer")
    settings = Settings(data_dir=house.data_dir)
    first = scenarios.text_in_use(settings, "quincena_corta").replace("id: quincena_corta", "id: mi_caso")
    title = scenarios.scenarios(settings)["quincena_corta"].title
    second = re.sub("^amount: .*", 'amount: "6100"', first, flags=re.MULTILINE)
    for login, text in (("rosa", first), ("ana", second), ("beto", second.replace(title, "Otro título"))):
        scenarios.publish(house, settings, "mi_caso", text, HOUSE)
        who = somebody(house, "agent", login)
        new = practice.begin(house, settings, who, "one_reply", "mi_caso")
        practice_turns.reply(house, settings, who, new, "Comprendo. ¿Qué día recibe su ingreso?")
    app = screen("coaching", view="compare")
    heads = component(app, "attempts")["columns"][1:]
    told = {one["label"]: one["sub"] for one in heads}
    assert told == {HOSTILE: f"versión anterior, «{title}»", "Ana": "", "Beto": ""}
    assert "el caso cambió desde ese intento" in texts(app)
    scenarios.retire(house, settings, "mi_caso", HOUSE)
    app = screen("coaching", view="compare")
    assert app.selectbox(key="at-exercise").options == ["Otro título · Una respuesta (3 personas)"]
    assert {one["label"]: one["sub"] for one in component(app, "attempts")["columns"][1:]} == told


def test_an_attempt_on_a_call_of_ones_own_is_found_too(house: Store, signed_in: SignIn) -> None:
    signed_in(house, "trainer")
    grade = '{"marks": [{"id": "recognise", "got": 2, "of": 2}], "broken": []}'
    rosa = somebody(house, "agent", "rosa")
    new = attempt(house, rosa, None, passed=True, points=2, points_of=2, grade=grade, scenario="")
    app = screen("coaching", view="compare")
    assert app.selectbox(key="at-exercise").options == ["De una llamada propia · Una respuesta (1 persona)"]
    assert "los pasos se comparan, el caso no" in texts(app)
    (column,) = component(app, "attempts")["columns"][1:]
    assert column["href"] == f"drill?attempt={new}"


def test_nobody_without_the_right_reads_the_list(house: Store, signed_in: SignIn) -> None:
    analyst = signed_in(house, "analyst")
    with pytest.raises(CoachError, match="no tiene permiso"):
        coaching.agents(house, analyst, CRITERIA)


# critical failures


@pytest.mark.parametrize("confirmed", [False, True])
def test_critical_failures_are_told_before_anything_is_trained(
    house: Store, signed_in: SignIn, confirmed: bool
) -> None:
    settings = Settings(data_dir=house.data_dir, trust=COUNT_ALL)
    day = datetime(2026, 9, 11, tzinfo=UTC)
    for place, login in enumerate(("rosa", "rosa", "ana")):
        keep_call(
            house, settings, f"grave-{place}", failed=("no_threats",), agent_login=login, agent=login.title(),
            call_started_at=day,
        )  # fmt: skip
    if confirmed:
        reviews.override(house, settings, HOUSE, "grave-0", "no_threats", "fail", "Es una amenaza.")
    signed_in(house, "trainer")
    app = screen("coaching")
    told = texts(app)
    assert "Antes de practicar, mire las faltas críticas de estas semanas" in told
    grave = told.index("Antes de practicar")
    assert grave < told.index("Conviene empezar con")
    if confirmed:
        assert "1 llamada con una falta crítica por confirmar, 1 llamada anulada por" in told
    else:
        assert "2 llamadas con faltas críticas por confirmar." in told
    assert "**Ana**: 1 llamada con una falta crítica por confirmar" in told
    own = texts(screen("coaching", agent="rosa"))
    assert "falta crítica por confirmar" in own or "faltas críticas por confirmar" in own
    assert "Ana" not in own


def test_without_critical_failures_nothing_is_said_of_them(house: Store, signed_in: SignIn) -> None:
    signed_in(house, "trainer")
    assert "faltas críticas" not in texts(screen("coaching"))
    assert "crítica" not in texts(screen("coaching", agent="rosa"))


# a login that changed hands


def test_a_plan_of_who_had_the_login_before_is_told_as_theirs(house: Store, signed_in: SignIn) -> None:
    trainer = signed_in(house, "trainer")
    plan(house, trainer)
    beto = somebody(house, "agent", "beto-2", name="Beto Paz")
    with house.writing() as connection:
        its = update(agent_logins).where(agent_logins.c.login == "rosa")
        connection.execute(its.values(until=date(2026, 9, 20)))
        row = {"login": "rosa", "user_id": beto.user_id, "since": date(2026, 9, 21)}
        connection.execute(insert(agent_logins).values(**row))
    at = datetime(2026, 9, 22, tzinfo=UTC)
    keep_call(
        house,
        Settings(data_dir=house.data_dir, trust=COUNT_ALL),
        "rosa-99",
        agent_login="rosa",
        agent="Beto",
        call_started_at=at,
    )
    app = screen("coaching", agent="rosa")
    assert "Beto Paz" in app.title[0].value
    assert "que tuvo antes este usuario del marcador." in texts(app)
    (row,) = [one for one in component(screen("coaching"), "people")["rows"] if one["id"] == "rosa"]
    assert row["cells"]["plan"]["sub"].endswith("1 de quien tuvo antes el usuario")


# what came of a plan, and what can be practised for it

NOBODY = Share(0, 0)


def test_a_difference_of_like_calls_says_that_it_is_no_subtraction(fresh: Store, signed_in: SignIn) -> None:
    signed_in(fresh, "trainer")
    of = Effect(Share(4, 10), Share(0, 9), -0.42, 0.31, NOBODY, NOBODY)
    told = texts(run(AppTest.from_function(draw_effect, args=(of,))))
    assert "En llamadas parecidas falla 42 ± 31 puntos menos." in told
    assert "por eso no es la resta de los porcentajes" in told
    assert "Sin equipo con qué comparar" in told


def test_a_plain_difference_beside_a_team_needs_no_more_words(fresh: Store, signed_in: SignIn) -> None:
    signed_in(fresh, "trainer")
    of = Effect(Share(5, 10), Share(1, 10), -0.4, 0.31, Share(1, 4), Share(1, 4))
    told = texts(run(AppTest.from_function(draw_effect, args=(of,))))
    assert "El equipo, en los mismos días: 25 % y 25 %." in told
    assert "la resta" not in told
    assert "Sin equipo" not in told


@pytest.mark.parametrize("change", [None, -0.4])
def test_what_waits_is_told_beside_the_figures_that_leave_it_out(
    fresh: Store, signed_in: SignIn, change: float | None
) -> None:
    signed_in(fresh, "trainer")
    of = Effect(Share(5, 10), Share(0, 10), change, change and 0.31, Share(1, 4), Share(1, 4), (0, 3), 2)
    told = texts(run(AppTest.from_function(draw_effect, args=(of,))))
    assert "por confirmar, fuera de estas cifras: 0 de antes, 3 de después." in told
    assert "Le quedan 2 llamadas con faltas críticas por confirmar." in told
    assert ("es la menor que puede quedar" in told) == (change is not None)
    assert "la resta" not in told


@pytest.mark.parametrize(
    ("before", "after", "waiting", "said"),
    [
        (Share(5, 10), NOBODY, (0, 3), ("Antes fallaba en 50", "De después, lo que hay está por confirmar.")),
        (NOBODY, Share(1, 10), (3, 0), ("De antes, lo que hay está por confirmar.", "Desde entonces falla")),
        (NOBODY, NOBODY, (0, 0), ("Antes ninguna llamada suya", "Desde entonces ninguna llamada suya")),
    ],
)
def test_calls_that_wait_for_a_person_are_there(
    fresh: Store,
    signed_in: SignIn,
    before: Share,
    after: Share,
    waiting: tuple[int, int],
    said: tuple[str, str],
) -> None:
    signed_in(fresh, "trainer")
    of = Effect(before, after, None, None, NOBODY, Share(0, 4), waiting, 2)
    told = texts(run(AppTest.from_function(draw_effect, args=(of,))))
    assert all(one in told for one in said)
    assert "faltan veredictos de colegas de antes o de después. Le quedan 2 llamadas con faltas" in told


@pytest.mark.parametrize(
    ("of", "said"),
    [
        (
            Effect(Share(4, 10), Share(0, 12), -0.4, 0.45, NOBODY, NOBODY, like=(10, 12)),
            "la diferencia es de -40 ± 45 puntos: cabe en el azar.",
        ),
        (
            Effect(Share(4, 10), Share(0, 12), None, None, NOBODY, NOBODY, like=(10, 7)),
            "hay 10 de antes y 7 de",
        ),
        (
            Effect(Share(4, 7), Share(0, 12), None, None, NOBODY, NOBODY, like=(7, 12)),
            "De antes hay 7 llamadas",
        ),
        (
            Effect(Share(4, 9), Share(0, 3), None, None, NOBODY, NOBODY, (0, 9), like=(9, 12)),
            "Depende de las faltas críticas por confirmar.",
        ),
    ],
)
def test_why_nobody_can_tell_stands_beside_it(fresh: Store, signed_in: SignIn, of: Effect, said: str) -> None:
    signed_in(fresh, "trainer")
    assert said in texts(run(AppTest.from_function(draw_effect, args=(of,)))).replace("−", "-")


def draw_effect(of: object) -> None:
    from views import _coaching_plan

    _coaching_plan._effect(of)  # type: ignore[arg-type]


@pytest.mark.parametrize("criterion", ["states_purpose", "greeting_identification"])
def test_a_plan_about_what_no_exercise_marks_says_so(house: Store, signed_in: SignIn, criterion: str) -> None:
    signed_in(house, "trainer")
    app = screen("coaching", agent="rosa")
    app.selectbox(key="topic-rosa").set_value(f"criterion:{criterion}")
    app = run(app)
    offered = [one for one in app.selectbox if one.key == f"objection-rosa-criterion:{criterion}"]
    if criterion == "states_purpose":
        assert offered == []
        assert "el plan va sin práctica" in texts(app)
        assert CRITERIA[criterion].better.split(";")[0][:9] in texts(app)
        return
    assert offered[0].options == ["Sin práctica", "No es el titular"]
    assert "cuando contesta otra persona" in texts(app)
    offered[0].set_value("wrong_person")
    kinds = run(app).selectbox(key=f"format-rosa-criterion:{criterion}")
    assert len(kinds.options) == 1
