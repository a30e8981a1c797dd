"""The filters behind one button: kept in the address, counted, taken off together."""

from __future__ import annotations

from dataclasses import replace

from streamlit.testing.v1 import AppTest

from coach.settings import Settings
from coach.store import Store
from tests.coach import people
from tests.views import seed
from tests.views.test_screens import component, ids, run, screen, texts


def button(app: AppTest) -> str:
    """What is written on the button."""
    return str(app.get("popover")[0].proto.popover.label)


def test_nothing_chosen_nothing_counted(shown: Store) -> None:
    assert button(screen("calls")) == "Más filtros"


def test_an_objection_from_the_address(shown: Store) -> None:
    app = screen("calls", objection="no_money")
    assert (sorted(ids(app)), button(app)) == (["mx-embargo", "pe-sin-asignar"], "Más filtros · 1")


def test_a_criterion_alone_asks_who_fails_it(shown: Store) -> None:
    app = screen("calls")
    app.selectbox(key="filter-criterion").set_value("no_threats")
    assert ids(run(app)) == ["mx-embargo"]
    app.selectbox(key="filter-outcome").set_value("pass")
    found = ids(run(app))
    assert "mx-embargo" not in found
    assert "h-rarce-8" in found
    assert (app.query_params["criterion"], app.query_params["outcome"]) == ("no_threats", "pass")


def test_promises_of_each_kind(shown: Store) -> None:
    assert ids(screen("calls", agreed="firm")) == ["mx-embargo"]
    assert ids(screen("calls", agreed="vague")) == ["es-vaga"]
    assert "mx-embargo" not in ids(screen("calls", agreed="none"))


def test_calls_with_sound_and_those_that_are_only_read(shown: Store) -> None:
    both = screen("calls")
    heard, read = (ids(screen("calls", sound=name)) for name in ("heard", "read"))
    assert heard
    assert read
    assert sorted(heard + read) == sorted(ids(both))
    rows = component(both, "calls")["rows"]
    marked = [row["id"] for row in rows if row["cells"]["date"]["sub"].endswith("sin audio")]
    assert sorted(marked) == sorted(read)


def test_signs_alone_are_said_to_be_nothing_to_search_for(shown: Store) -> None:
    app = screen("calls", q="%%% *")
    assert "no hay letras ni números que buscar" in texts(app)
    assert len(ids(app)) == 22


def test_what_is_asked_here_goes_before_the_state(shown: Store) -> None:
    assert ids(screen("calls", state="promise", agreed="vague")) == ["es-vaga"]


def test_nonsense_in_the_address_filters_nothing(shown: Store) -> None:
    app = screen("calls", objection="<b>", criterion="'; DROP TABLE", team="norte", outcome="pass")
    assert (len(ids(app)), button(app)) == (22, "Más filtros")


def test_all_are_taken_off_at_once(shown: Store) -> None:
    app = screen("calls", objection="no_money", agreed="firm")
    assert button(app) == "Más filtros · 2"
    app.button(key="more-none").click()
    assert len(ids(run(app))) == 22
    assert button(app) == "Más filtros"
    assert "objection" not in app.query_params


def test_portfolios_and_campaigns_are_offered_where_there_are_any(fresh: Store) -> None:
    settings = Settings(data_dir=fresh.data_dir)
    for number, (portfolio, campaign) in enumerate([("tardía", "c1"), ("temprana", "c1"), ("tardía", None)]):
        call = seed.nobodys(settings)
        named = replace(
            call.transcript.recording, id=f"n{number}", portfolio=portfolio, campaign=campaign, agent="Ana"
        )
        fresh.add_recording(named)
        card = replace(call.scorecard, recording_id=named.id)
        fresh.save(replace(call, transcript=replace(call.transcript, recording=named), scorecard=card))
    app = screen("calls", portfolio="tardía")
    assert sorted(ids(app)) == ["n0", "n2"]
    app.selectbox(key="filter-campaign").set_value("c1")
    assert ids(run(app)) == ["n0"]


def test_teams_are_offered_where_there_are_two(fresh: Store) -> None:
    settings = Settings(data_dir=fresh.data_dir)
    seed.fill(fresh, settings)
    people.somebody(fresh, "agent", "rarce", holds=("rarce",), team="Norte")
    assert "filter-team" not in [box.key for box in screen("calls").selectbox]
    people.somebody(fresh, "agent", "mtapia", holds=("mtapia",), team="Sur")
    app = screen("calls")
    box = app.selectbox(key="filter-team")
    assert box.options == ["Todos los equipos", "Norte", "Sur"]
    box.set_value("1")  # the first that was made
    assert {row.split("-")[1] for row in ids(run(app)) if row.startswith("h-")} == {"rarce"}


def test_other_screens_offer_what_holds_for_figures(shown: Store) -> None:
    keys = [box.key for box in screen("objections").selectbox]
    assert not {"filter-objection", "filter-criterion", "filter-agreed"} & set(keys)


def test_one_click_takes_off_every_filter_wherever_it_hides(shown: Store) -> None:
    app = screen("calls", agent="rarce", state="critical", q="embargar", days="2026-10-01_2026-10-09",
                 criterion="no_threats")  # fmt: skip
    assert ids(app) == ["mx-embargo"]
    app.button(key="filters-none").click()
    assert len(ids(run(app))) == 22
    assert not {"agent", "state", "q", "days", "criterion"} & set(app.query_params)
    assert "filters-none" not in [button.key for button in app.button]


def test_what_hides_behind_the_button_is_said_in_the_open(shown: Store) -> None:
    app = screen("calls", criterion="no_threats")
    assert "Sin amenazas: no cumple" in texts(app)
    assert app.selectbox(key="filter-criterion").label == "Criterio que no se cumple"
    app.selectbox(key="filter-outcome").set_value("pass")
    assert "Sin amenazas: cumple" in texts(run(app))
    assert app.selectbox(key="filter-criterion").label == "Criterio"
    assert app.selectbox(key="filter-criterion").value == "no_threats"
