"""Clips on their screen: proposed on the call, approved by who may, heard by objection."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from coach import calibration, clips, reviews
from coach.settings import Settings
from coach.store import Store
from coach.viewers import Role, Viewer
from tests.coach.people import somebody
from tests.views import seed
from tests.views.conftest import COUNT_ALL
from tests.views.test_coaching import press, refused
from tests.views.test_screens import component, run, screen, texts

CALL = "mx-embargo"
HOSTILE = "<b>Oigan</b> ![x](http://a.b/x.png)"
SignIn = Callable[..., Viewer]


@pytest.fixture
def unheard(fresh: Store) -> Store:
    """Nobody has judged the threat of `CALL`, nor what is in doubt there."""
    seed.fill(fresh, Settings(data_dir=fresh.data_dir, trust=COUNT_ALL))
    return fresh


@pytest.fixture
def house(unheard: Store) -> Store:
    judge(unheard)
    return unheard


def judge(store: Store) -> None:
    settings, analyst = Settings(data_dir=store.data_dir), somebody(store, "analyst", "juez")
    for criterion in ("no_threats", "empathy"):
        reviews.override(store, settings, analyst, CALL, criterion, "fail", "Se oye.")


def proposed(store: Store, title: str = HOSTILE) -> int:
    trainer = somebody(store, "trainer")
    span = clips.suggested(store, trainer, CALL, 3)
    return clips.propose(store, trainer, CALL, "no_money", span, title, HOSTILE)


def test_a_clip_is_proposed_on_the_call(house: Store, signed_in: SignIn) -> None:
    viewer = signed_in(house, "analyst")
    app = screen("call", call=CALL)
    assert "Falta el título" in refused(app, "Proponer el recorte")
    app.text_input(key=f"clip-title-{CALL}").set_value("Reconoce y pregunta")
    app = press(run(app), "Proponer el recorte")
    assert "El recorte está propuesto" in app.success[0].value
    (one,) = clips.listed(house, viewer, "proposed").rows
    assert (one.title, one.objection, one.recording_id) == ("Reconoce y pregunta", "no_money", CALL)
    assert 20 <= one.seconds <= 60


@pytest.mark.parametrize("role", ["agent", "auditor"])
def test_others_are_offered_no_clip(house: Store, signed_in: SignIn, role: Role) -> None:
    signed_in(house, role, "quien", holds=("rarce",) if role == "agent" else ())
    assert "Recorte para clase" not in {one.label for one in screen("call", call=CALL).expander}


def test_who_may_approves_it_and_an_agent_hears_it(house: Store, signed_in: SignIn) -> None:
    number = proposed(house)
    signed_in(house, "agent", "mtapia")
    assert HOSTILE.split(" ", maxsplit=1)[0] not in texts(screen("clips"))
    signed_in(house, "trainer")
    app = press(screen("clips", view="proposed"), "Aprobar")
    assert "El recorte ya se puede oír en clase." in app.success[0].value
    signed_in(house, "agent", "mtapia")
    app = screen("clips")
    assert "Hay **1** recorte aprobado" in texts(app)
    assert component(app, f"clip-{number}")["address"] == f"/api/clip/{number}"
    assert {button.label for button in app.button} == {"Salir"}
    assert "Ver la llamada" not in {one.proto.label for one in app.get("page_link")}


def test_a_clip_waits_until_a_person_has_judged_what_is_heard_in_it(
    unheard: Store, signed_in: SignIn
) -> None:
    signed_in(unheard, "analyst")
    warned = "espera a que una persona lo juzgue"
    assert warned in texts(screen("call", call=CALL))
    proposed(unheard)
    signed_in(unheard, "trainer", "tomas")
    app = screen("clips", view="proposed")
    assert "«Sin amenazas" in texts(app)
    assert warned in texts(app)
    assert "Aprobar" not in {button.label for button in app.button}
    judge(unheard)
    app = screen("clips", view="proposed")
    assert warned not in texts(app)
    assert "El recorte ya se puede oír en clase." in press(app, "Aprobar").success[0].value


def test_what_waits_is_named_as_what_judged_the_call_names_it(unheard: Store, signed_in: SignIn) -> None:
    card = unheard.call(CALL).scorecard
    threat = card.verdicts["no_threats"]
    rules = {"vieja_regla": threat}
    verdicts = {name: one for name, one in card.verdicts.items() if name != "no_threats"} | {"quedo": threat}
    judged = replace(
        card, rubric="cobranza@1+0123456789ab", verdicts=verdicts, pack="mx@1+0123456789ab",
        pack_verdicts=rules, critical_failures=("quedo", "vieja_regla"),
    )  # fmt: skip
    unheard.save(replace(unheard.call(CALL), scorecard=judged))
    proposed(unheard)
    signed_in(unheard, "trainer", "tomas")
    said = texts(screen("clips", view="proposed"))
    assert "«Quedo», «Vieja regla»" in said
    assert "Regla del país" not in said


def test_who_judges_the_call_blind_is_told_nothing_of_it(unheard: Store, signed_in: SignIn) -> None:
    proposed(unheard)
    tomas, luz = signed_in(unheard, "trainer", "tomas"), somebody(unheard, "analyst", "luz")
    assert tomas.user_id is not None
    assert luz.user_id is not None
    calibration.create(unheard, luz, "Octubre", [CALL], [tomas.user_id, luz.user_id])
    app = screen("clips", view="proposed")
    assert "otra persona aprueba este recorte" in texts(app)
    assert "Aprobar" not in {button.label for button in app.button}
    assert "espera a que una persona lo juzgue" not in texts(app) + texts(screen("call", call=CALL))


def test_who_did_both_is_said_once(house: Store, signed_in: SignIn) -> None:
    number = proposed(house)
    trainer = signed_in(house, "trainer")
    clips.approve(house, trainer, number)
    said = texts(screen("clips"))
    assert f"propuesto y aprobado por {trainer.name}" in said
    assert "Hay **1** recorte aprobado, sobre Falta de dinero." in said
    assert "Los montos, las fechas y las horas se oyen" in said


def test_what_is_said_stands_there_without_names(house: Store, signed_in: SignIn) -> None:
    proposed(house)
    signed_in(house, "trainer")
    said = texts(screen("clips", view="proposed"))
    assert "no tengo dinero" in said
    assert "Bustos" not in said


def test_titles_that_look_like_markup_stay_text(house: Store, signed_in: SignIn) -> None:
    proposed(house)
    signed_in(house, "trainer")
    app = screen("clips", view="proposed")
    assert any("\\<b\\>Oigan" in one.value for one in app.markdown)
    assert not any("![x](" in one.value for one in app.markdown)


def test_one_objection_is_chosen_by_the_address(house: Store, signed_in: SignIn) -> None:
    trainer = signed_in(house, "trainer")
    clips.approve(house, trainer, proposed(house, "Uno"))
    assert "Uno" in texts(screen("clips", objection="no_money"))
    assert "Uno" in texts(screen("clips", objection="nada"))


def test_a_clip_is_withdrawn(house: Store, signed_in: SignIn) -> None:
    trainer = signed_in(house, "trainer")
    clips.approve(house, trainer, proposed(house))
    press(screen("clips"), "Retirar")
    assert clips.listed(house, trainer, "approved").total == 0


@pytest.mark.parametrize(("role", "words"), [("trainer", "Elegir una llamada"), ("agent", "")])
def test_an_empty_library_says_what_will_be_here(
    fresh: Store, signed_in: SignIn, role: Role, words: str
) -> None:
    signed_in(fresh, role)
    app = screen("clips")
    assert "Aquí se oirán tramos cortos" in texts(app)
    assert (words in {one.proto.label for one in app.get("page_link")}) is bool(words)


def test_a_trainer_is_told_that_a_clip_waits_again(house: Store, signed_in: SignIn) -> None:
    clips.approve(house, somebody(house, "trainer", "ana"), proposed(house))
    call = house.call(CALL)
    verdict = replace(call.scorecard.verdicts["no_threats"], needs_review=True)
    anew = {"no_insults": verdict}
    house.save(replace(call, scorecard=replace(call.scorecard, verdicts=call.scorecard.verdicts | anew)))
    signed_in(house, "trainer")
    assert "**1** recorte que estaba aprobado espera otra vez" in texts(screen("clips"))
    assert "Estaba aprobado. La llamada se juzgó de nuevo" in texts(screen("clips", view="proposed"))
