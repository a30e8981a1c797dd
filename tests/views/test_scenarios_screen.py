"""Own scenarios on their screen: the list, a draft with every mistake at once, a try, putting it in use."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from coach import scenarios
from coach.schema_drills import drill_attempts
from coach.settings import Settings
from coach.store import Store
from coach.viewers import Role, Viewer
from drills.drill import FormatId, Play
from drills.scenario import Scenario
from tests.coach.test_scenarios import BASE, text
from tests.views.test_coaching import press
from tests.views.test_screens import component, run, screen, texts
from views import _coaching_words, _pages, _widgets

SignIn = Callable[..., Viewer]


@pytest.fixture
def settings(fresh: Store, signed_in: SignIn) -> Settings:
    signed_in(fresh, "trainer")
    return Settings(data_dir=fresh.data_dir)


def test_the_list_has_temples_cases_by_level_and_filters(settings: Settings) -> None:
    assert len(component(screen("scenarios"), "scenarios")["rows"]) >= 40
    few = component(screen("scenarios", country="CO", level="2"), "scenarios")["rows"]
    assert few
    assert {row["cells"]["level"]["text"] for row in few} == {"2"}
    english = component(screen("scenarios", lang="en"), "scenarios")["columns"]
    assert english[-1]["label"] == "Level"  # a band is what a score is called
    assert "Ningún escenario cumple" in texts(
        screen("scenarios", country="US", level="1", objection="refusal")
    )


def test_a_case_in_a_choice_says_that_its_number_is_a_level(settings: Settings) -> None:
    assert _coaching_words.scenario_names()[BASE].rpartition(" · ")[2].startswith("nivel ")


def test_a_new_one_begins_with_an_easy_case_of_the_house_and_asks_for_its_name(settings: Settings) -> None:
    app = screen("scenarios")
    case = scenarios.in_use(settings)[app.selectbox(key="new-base").value].scenario
    assert (case.country, case.difficulty) == (settings.country or case.country, 1)
    app = press(app, "Crear el borrador")
    assert "Escriba un nombre corto." in texts(app)
    assert scenarios.drafts(settings) == ()


def test_a_new_one_is_written_checked_and_put_in_use(settings: Settings) -> None:
    app = screen("scenarios")
    app.text_input(key="new-scenario").set_value("mi_caso")
    app.selectbox(key="new-base").set_value(BASE)
    app = press(run(app), "Crear el borrador")
    assert "Se puede publicar." in texts(app)
    app.text_area(key="text-mi_caso").set_value(
        text().replace("mood: ", "mood: calmado # ", 1).replace("patience:", "paciencia:", 1)
    )
    app = run(app)
    told = texts(app)
    assert "errores impiden publicarlo" in told
    assert "mood" in told
    assert "paciencia" in told
    assert next(button for button in app.button if button.label == "Publicar").disabled
    app.text_area(key="text-mi_caso").set_value(text())
    app = press(run(app), "Publicar")
    assert "Diga qué cambia y por qué" in texts(app)  # nothing is put in use without
    assert "mi_caso" not in scenarios.in_use(settings)
    app.text_input(key="note-mi_caso").set_value("Caso nuevo")
    app = press(app, "Publicar")
    assert scenarios.in_use(settings)["mi_caso"].own
    assert scenarios.drafts(settings) == ()
    assert "En uso desde la próxima práctica." in app.success[0].value


def test_text_that_looks_like_markup_stays_text(settings: Settings) -> None:
    wrong = text().replace("mood: ", "mood: <b>x</b>![x](http://a.b/x.png) # ", 1)
    scenarios.keep_draft(settings, "mi_caso", wrong)
    app = screen("scenarios", draft="mi_caso")
    assert not any("![x](" in one.value for one in app.markdown)


def test_a_case_is_tried_and_nothing_of_it_kept(fresh: Store, settings: Settings) -> None:
    app = screen("scenarios", scenario=BASE)
    key = f"try-{BASE}-whole_call-text"
    app.text_input(key=key).set_value("Buenas tardes, ¿hablo con usted de su pago?")
    app = press(app, "Decirlo")
    assert "Buenas tardes, ¿hablo con usted de su pago?" in texts(app)
    assert texts(app).count("**Deudor:**") == 2
    assert "**Por qué debe:** " in texts(app)
    with fresh.reading() as connection:
        assert connection.execute(select(drill_attempts)).first() is None


def test_a_case_that_is_tried_anew_begins_with_another_seed(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    seeds: list[int] = []

    def watched(case: Scenario, kind: FormatId, said: list[str], seed: int) -> Play:
        seeds.append(seed)
        return scenarios.tried(case, kind, said, seed)

    monkeypatch.setattr("views._scenario_try.tried", watched)
    app = screen("scenarios", scenario=BASE)
    app.text_input(key=f"try-{BASE}-whole_call-text").set_value("Buenas tardes.")
    app = run(press(app, "Decirlo"))
    assert {*seeds} == {0}  # all of one talk
    app = press(app, "Empezar de nuevo")
    assert "Buenas tardes." not in texts(app)
    assert seeds[-1] == 1


def test_a_case_is_changed_and_an_earlier_text_comes_back(settings: Settings) -> None:
    app = press(screen("scenarios", scenario=BASE), "Cambiar")
    app.text_area(key=f"text-{BASE}").set_value(text(BASE) + "# más\n")
    app.text_input(key=f"note-{BASE}").set_value("Una nota")
    app = press(run(app), "Publicar")
    app = press(app, "Volver a esta")
    assert scenarios.text_in_use(settings, BASE) == text(BASE)


def test_an_own_case_is_retired_and_temples_stays(fresh: Store, settings: Settings) -> None:
    viewer = Viewer(None, "tvidal", "Tomás Vidal", "trainer")
    scenarios.publish(fresh, settings, "mi_caso", text("mi_caso"), viewer)
    app = press(screen("scenarios", scenario="mi_caso"), "Sí, retirarlo")
    assert app.success[0].value == "El escenario quedó retirado."
    assert "mi_caso" not in scenarios.scenarios(settings)
    assert "Sí, retirarlo" not in {one.label for one in screen("scenarios", scenario=BASE).button}
    app = screen("scenarios")
    title = _widgets.plain(scenarios.scenarios(settings)[BASE].title)
    assert f"{title} · versión 1" in [one.value for one in app.markdown]  # its name, not its id
    app = press(app, "Volver a usarlo")
    assert app.success[0].value == "El escenario vuelve a usarse."
    assert scenarios.in_use(settings)["mi_caso"].own
    assert "Volver a usarlo" not in {one.label for one in screen("scenarios").button}


@pytest.mark.parametrize("role", ["lead", "analyst", "agent", "auditor"])
def test_others_are_not_led_there(role: Role) -> None:
    assert not _pages.has(role, "scenarios")


@pytest.mark.parametrize("where", ["scenario", "draft"])
def test_a_link_to_a_case_that_is_not_there_says_so(settings: Settings, where: str) -> None:
    app = screen("scenarios", **{where: "no_existe"})
    assert "no está: pudo retirarse o cambiar de nombre" in texts(app)
    assert "no está: pudo" not in texts(screen("scenarios"))


@pytest.mark.parametrize(
    ("lang", "title", "says"),
    [
        ("es", "Ayuda: qué lleva cada campo", "- `mood`: cómo empieza el deudor: `calm` (tranquilo)"),
        ("en", "Help: what each field holds", "- `mood`: how the debtor begins"),
    ],
)
def test_what_each_field_may_hold_stands_below_the_text(
    settings: Settings, lang: str, title: str, says: str
) -> None:
    scenarios.keep_draft(settings, "mio", text())
    app = screen("scenarios", draft="mio", lang=lang)
    assert title in [one.label for one in app.expander]
    assert says in texts(app)
    assert "docs/" not in texts(app)
