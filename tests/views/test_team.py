"""The team's screen: the answer first, the map with its n, whom to begin with; for those it is for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date

import pytest

from coach import broken_rules, editions, teams
from coach.broken_rules import Broken
from coach.pipeline import pack_for
from coach.rows import CallFilter
from coach.settings import Settings
from coach.store import Store
from coach.viewers import HOUSE, Role, Viewer
from tests.views import seed
from tests.views.test_screens import component, dashboard, run, screen, texts
from transcripts.types import Recording

ALL_DAYS = "2026-08-01_2026-10-31"


def test_it_answers_its_question_first(shown: Store) -> None:
    app = screen("team", days=ALL_DAYS)
    assert app.title[0].value == "¿Qué conviene trabajar esta semana?"
    said = texts(app)
    assert "Conviene empezar por **Rubén Arce**" in said
    assert "Frente al periodo anterior no hay cambios claros." in said


def test_points_of_two_versions_of_a_form_are_told(shown: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    said = "versiones distintas de una misma pauta o de las mismas reglas"
    asked: list[CallFilter] = []

    found: tuple[str, ...] = ()

    def mixed(store: Store, viewer: Viewer, which: CallFilter) -> tuple[str, ...]:
        asked.append(which)
        return found

    monkeypatch.setattr(editions, "mixed", mixed)
    assert said not in texts(screen("team", days=ALL_DAYS))
    found = ("cobranza@1", "cobranza@2")
    told = texts(screen("team", days=ALL_DAYS))
    assert f"{said}: cobranza@1, cobranza@2. Sus puntos no se comparan entre sí." in told
    assert asked[0].since is not None
    assert asked[0].since < date(2026, 8, 1)  # the days before, whose points stand beside, too


def test_weeks_that_the_chosen_days_cut_are_told(shown: Store) -> None:
    said = "Por las fechas elegidas entran solo en parte:"
    assert said not in texts(screen("team", days=ALL_DAYS))
    assert f"{said} semana del 10 ago." in texts(
        screen("team", days="2026-08-05_2026-08-12")
    )  # from a Monday
    cut = texts(screen("agent", agent="mtapia", days="2026-08-05_2026-08-12"))
    assert f"{said} semana del 10 ago." in cut


def test_agents_are_told_with_interval_and_calls(shown: Store) -> None:
    enough = component(screen("team", days=ALL_DAYS), "enough")["rows"]
    assert [row["id"] for row in enough] == ["rarce", "mtapia"]
    assert enough[0]["cells"]["points"] == {"text": "58 ± 4", "sub": "10 llamadas"}
    assert enough[0]["href"] == "agent?agent=rarce"
    assert enough[0]["cells"]["critical"]["sign"] == "?"  # waits: «✕» is a confirmed one on this screen


def test_too_few_calls_give_no_place(shown: Store) -> None:
    app = screen("team", days=ALL_DAYS)
    assert [row["id"] for row in component(app, "few")["rows"]] == ["irojas"]
    assert "Todavía con menos de 8 llamadas" in texts(app)


def test_calls_of_nobody_are_told_apart(shown: Store) -> None:
    assert "Sin asignar: 1 llamada, en el puntaje de nadie." in texts(screen("team", days=ALL_DAYS))


def test_the_map_shows_shares_with_their_n_and_greys_what_is_too_few(shown: Store) -> None:
    drawn = component(screen("team", days=ALL_DAYS), "map")
    rows = {row["id"]: row for row in drawn["rows"]}
    assert rows["courteous"]["cells"]["rarce"] == {
        "text": "100 %", "sub": "10", "shade": 0.0,
        "tip": "Rubén Arce · Cortesía: 100 % de 10 llamadas (72–100 %)",
    }  # fmt: skip
    few = component(screen("team", days="2026-09-24_2026-10-31"), "map")
    assert {row["id"]: row for row in few["rows"]}["courteous"]["cells"]["rarce"]["faint"]


def test_a_critical_failure_is_a_sign_and_no_miss_until_a_person_says_so(shown: Store) -> None:
    drawn = component(screen("team", days=ALL_DAYS), "map")
    cell = {row["id"]: row for row in drawn["rows"]}["no_threats"]["cells"]["rarce"]
    assert (cell["text"], cell["sign"]) == ("100 %", "? 1")


def test_a_countrys_rule_that_a_person_found_broken_is_a_row_of_its_own(
    shown: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = pack_for(Recording("co", country="CO"), Settings())
    assert pack is not None
    rules = [one for one in pack.rules if one.voids][:2]
    found = (Broken(rules[0], Counter({"rarce": 2}), 3), Broken(rules[1], Counter(), 1))
    monkeypatch.setattr(broken_rules, "confirmed", lambda *_: found)
    *_, first, second = component(screen("team", days=ALL_DAYS), "map")["rows"]
    assert (first["id"], first["group"], second.get("group")) == (rules[0].id, "Reglas del país", None)
    signs = {who: (cell["text"], cell["sign"]) for who, cell in first["cells"].items()}
    assert signs == {"*": ("—", "✕ 3"), "rarce": ("—", "✕ 2")}


def test_without_dates_the_last_four_weeks_are_looked_at(shown: Store) -> None:
    assert "Llamadas del 11 sep al 8 oct; antes: del 14 ago al 10 sep." in texts(screen("team"))


def test_days_without_calls_say_what_next(shown: Store) -> None:
    assert "Elija otras fechas" in texts(screen("team", days="2026-08-04_2026-08-05"))


def test_the_head_of_a_column_leads_to_the_agent(shown: Store) -> None:
    heads = component(screen("team", days=ALL_DAYS), "map")["columns"]
    assert {"id": "rarce", "label": "Rubén Arce", "href": "agent?agent=rarce"} in heads


def test_an_empty_store_says_what_will_be_here(fresh: Store) -> None:
    assert "Aquí verá a sus agentes" in texts(screen("team"))


def test_names_that_look_like_markup_stay_text(fresh: Store, tmp_path: object) -> None:
    settings = Settings(data_dir=fresh.data_dir)
    for week in range(9):
        call = seed.history(settings, week, "x", "[![**X**](http://a.b)](c)", points=20.0 + week % 2)
        fresh.add_recording(call.transcript.recording)
        fresh.save(call)
    for week in range(9):
        call = seed.history(settings, week, "mtapia", "Marisol Tapia", points=90.0)
        fresh.add_recording(call.transcript.recording)
        fresh.save(call)
    app = screen("team", days=ALL_DAYS)
    said = [text.value for text in app.markdown if "Conviene empezar" in text.value]
    assert "\\[\\!\\[\\*\\*X\\*\\*\\]" in said[0]


@pytest.mark.parametrize("role", ["admin", "analyst", "trainer", "lead"])
def test_who_leads_or_judges_sees_it(fresh: Store, signed_in: Callable[..., Viewer], role: Role) -> None:
    seed.fill(fresh, Settings(data_dir=fresh.data_dir))
    signed_in(fresh, "agent", "rarce", holds=("rarce",), team="Norte")
    signed_in(fresh, role, "alguien", leads="Norte" if role == "lead" else "")
    columns = component(screen("team", days=ALL_DAYS), "map")["columns"]
    assert "rarce" in {column["id"] for column in columns}


def test_one_team_of_several_is_looked_at(fresh: Store, signed_in: Callable[..., Viewer]) -> None:
    seed.fill(fresh, Settings(data_dir=fresh.data_dir))
    signed_in(fresh, "agent", "rarce", holds=("rarce",), team="Norte")
    signed_in(fresh, "agent", "mtapia", holds=("mtapia",), team="Sur")
    signed_in(fresh, "analyst")
    app = screen("team", days=ALL_DAYS)
    south = next(one for one in teams.list_teams(fresh, HOUSE) if one.name == "Sur")
    app.segmented_control(key="filter-team").set_value(str(south.id))
    columns = component(run(app), "map")["columns"]
    assert {column["id"] for column in columns} - {"", "*"} == {"mtapia"}
    assert app.query_params["team"] == str(south.id)


@pytest.mark.parametrize("role", ["agent", "auditor"])
def test_others_get_nothing_of_it(fresh: Store, signed_in: Callable[..., Viewer], role: Role) -> None:
    seed.fill(fresh, Settings(data_dir=fresh.data_dir))
    signed_in(fresh, role, "otro")
    app = dashboard()
    app.switch_page("views/team.py")
    app.run()
    assert "Rubén" not in texts(app)


def test_english_is_whole(shown: Store) -> None:
    app = screen("team", days=ALL_DAYS, lang="en")
    assert app.title[0].value == "What is worth working on this week?"
