"""The screens of the review work, by role: what each finds to do, and what a review shows and hides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from coach import (
    acts,
    dispute_rows,
    disputes,
    drafting,
    drafts,
    keeping,
    pipeline,
    queries,
    releases,
    reviews,
    tasks,
    wiping,
)
from coach.draw_plan import Chance
from coach.notices import Notice
from coach.quotas import QuotaRow
from coach.sampling import write_tasks
from coach.settings import Settings
from coach.store import Store
from coach.types import Call
from coach.viewers import HOUSE, Role, Viewer
from nlp.labels import objection_ids
from rubrics.loader import load_rubric
from tests.coach.people import somebody
from tests.coach.remarks import remark
from tests.views import seed
from tests.views.test_screens import component, dashboard, run, screen, texts
from transcripts.trust import notice
from views import _call_review, _call_words, _critical_word, _home_news, _labels, _queue_month, _session
from views._pages import HIDDEN, OF_ROLE
from views._player import Done

THREAT, FAIR = "mx-embargo", "es-vaga"
SignIn = Callable[..., Viewer]


@pytest.fixture
def house(fresh: Store, settings: Settings) -> Store:
    """All the hand-made calls; Rubén Arce's account."""
    seed.fill(fresh, settings)
    somebody(fresh, "agent", "rarce", name="Rubén Arce", holds=("rarce",))
    return fresh


def queue_up(store: Store, recording_id: str = THREAT, *, blind: bool = False) -> None:
    now = datetime.now(UTC)
    with store.writing() as connection:
        drawn = [Chance(recording_id, "rarce", 0.5, "critical", blind)]
        write_tasks(connection, drawn, now, (now - timedelta(days=2)).date())


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click()
    return run(app)


def shown(app: AppTest, criterion: str) -> dict:  # type: ignore[type-arg]
    """A criterion as the scorecard beside the player shows it."""
    groups = component(app, "player")["groups"]
    return next(one for group in groups for one in group["criteria"] if one["id"] == criterion)


def sheet(app: AppTest) -> dict:  # type: ignore[type-arg]
    return component(app, "player")["review"]


# the start of the day


@pytest.mark.parametrize("role", ["admin", "analyst", "trainer", "lead", "agent"])
def test_an_empty_house_says_what_will_be_here(fresh: Store, signed_in: SignIn, role: Role) -> None:
    signed_in(fresh, role, "alguien", name="Ana Mora")
    said = texts(run(dashboard()))
    assert "¿Qué le espera hoy, Ana?" in said
    assert "Nada le espera" in said


def test_an_analyst_finds_the_queue_and_the_critical_failures(house: Store, signed_in: SignIn) -> None:
    queue_up(house)
    signed_in(house, "analyst")
    app = run(dashboard())
    assert "Hay 1 llamada con una crítica por confirmar" in texts(app)
    assert "Hay 1 llamada en la cola que nadie tomó" in texts(app)
    assert sum(button.proto.type == "primary" for button in app.main.button) == 1


def test_what_waits_stands_beside_the_start_in_the_navigation(
    house: Store, settings: Settings, signed_in: SignIn
) -> None:
    queue_up(house)
    viewer = signed_in(house, "analyst")
    drafts.open_review(house, settings, viewer, THREAT)
    said = texts(run(dashboard()))
    assert "Tiene 1 llamada por revisar" in said
    assert "revisión empezada" not in said  # the same call, told once
    drafts.open_review(house, settings, viewer, FAIR)
    assert "Tiene 1 revisión empezada" in texts(run(dashboard()))


def test_a_lead_is_led_to_what_is_missing_this_month(house: Store, signed_in: SignIn) -> None:
    signed_in(house, "lead", leads="Norte")
    app = screen("queue")
    assert app.title[0].value == "¿Qué falta este mes?"
    assert app.segmented_control(key="queue-view").options == ["Por entregar", "Revisiones del mes"]


@pytest.mark.parametrize("role", list(OF_ROLE))
def test_nobody_has_more_than_seven_ways(role: Role) -> None:
    assert len(OF_ROLE[role]) <= 7
    assert not set(OF_ROLE[role]) & set(HIDDEN[role])


# the queue


def test_the_queue_says_why_and_until_when(house: Store, signed_in: SignIn) -> None:
    queue_up(house)
    signed_in(house, "analyst")
    drawn = component(screen("queue"), "queue")
    cells = drawn["rows"][0]["cells"]
    assert next(one["label"] for one in drawn["columns"] if one["id"] == "due") == "Hasta el"  # that day too
    assert cells["why"]["text"] == "falta crítica por confirmar"
    assert cells["due"]["sub"] == "vencida"
    assert cells["who"]["text"] == "nadie"


def test_a_blind_task_tells_neither_why_nor_points(house: Store, signed_in: SignIn) -> None:
    queue_up(house, blind=True)
    signed_in(house, "trainer")
    why = component(screen("queue"), "queue")["rows"][0]["cells"]["why"]
    assert why == {"text": "a ciegas", "sub": "los veredictos se ven al final"}


def test_blind_tasks_are_found_as_such(house: Store, signed_in: SignIn) -> None:
    queue_up(house, blind=True)
    queue_up(house, FAIR)
    signed_in(house, "trainer")
    app = screen("queue", why="blind")
    assert app.selectbox(key="queue-why").value == "blind"
    told = [row["cells"]["why"]["text"] for row in component(app, "queue")["rows"]]
    assert told == ["a ciegas"]


def test_a_call_that_waits_for_a_blind_review_shows_no_points_anywhere(
    house: Store, settings: Settings, signed_in: SignIn
) -> None:
    queue_up(house, blind=True)
    somebody(house, "analyst", "luz")
    viewer = signed_in(house, "analyst", "ana")
    app = screen("calls", agent="rarce")
    assert THREAT not in [row["id"] for row in component(app, "calls")["rows"]]
    assert "1 llamada espera su juicio a ciegas: no está en estas cifras" in texts(app)
    hidden = screen("calls", agent="rarce", criterion="no_threats")
    assert "Ninguna llamada cumple estos filtros" in texts(hidden)
    assert "de 0 llamadas" in texts(hidden)
    assert "espera ninguna" in texts(screen("criticals"))
    app = screen("call", call=THREAT)
    assert component(app, "player")["groups"] == []
    assert component(app, "player")["words"]["noRubric"] == "Los veredictos se ven después de juzgarla."
    assert "Esta llamada se revisa a ciegas" in texts(app)
    assert not app.get("download_button")
    app.button(key="forgo").click()
    app = run(app)
    assert component(app, "player")["groups"]
    assert tasks.queue(house, settings, viewer).total == 0  # it is for Luz now
    found = component(screen("calls", agent="rarce", criterion="no_threats"), "calls")["rows"]
    assert THREAT in [row["id"] for row in found]


def test_the_next_one_is_claimed_and_opened(house: Store, signed_in: SignIn) -> None:
    queue_up(house)
    viewer = signed_in(house, "analyst")
    press(screen("queue"), "Revisar la siguiente")
    assert drafts.current(house, viewer, THREAT) is not None


def test_an_empty_queue_can_be_filled(house: Store, settings: Settings, signed_in: SignIn) -> None:
    viewer = signed_in(house, "analyst")
    app = press(screen("queue"), "Sortear ahora")
    assert tasks.queue(house, settings, viewer).total > 0
    assert component(app, "queue")["rows"]


def test_quotas_and_load_are_told(house: Store, signed_in: SignIn) -> None:
    signed_in(house, "analyst")
    app = screen("queue", view="month")
    assert [row["cells"]["name"]["text"] for row in component(app, "load")["rows"]]
    said = texts(app)
    assert "De ellas, ya en la cola" in said  # so that what is missing and what can be drawn agree
    drawn = [button.label for button in app.button if button.label.startswith("Sortear")]
    assert all("en la cola" in label for label in drawn)


def test_a_quota_of_several_logins_or_of_nobodys_says_so() -> None:
    rows = (
        QuotaRow(3, "rq2", "Rosa", 6, 4, 0, 0, logins=2),
        QuotaRow(None, "r2", "r2", 2, 2, 0, 0),
        QuotaRow(None, "x9", "Lía Paz", 2, 2, 0, 0),
    )
    told: list[dict[str, Any]] = [_queue_month._quota_row(row)["cells"]["agent"] for row in rows]  # type: ignore[index]
    assert told == [
        {"text": "Rosa", "sub": "2 usuarios del marcador; se abren las llamadas de rq2"},
        {"text": "r2", "sub": "en los días en que no era de nadie"},
        {"text": "Lía Paz"},
    ]


def test_points_of_a_call_read_alike_wherever_they_stand(
    house: Store, settings: Settings, signed_in: SignIn
) -> None:
    """A range while something waits for a person: in the lists, the queue, on the call, for its agent."""
    signed_in(house, "admin", "ada")
    rows = {row.id: row for row in queries.calls(house, HOUSE).rows}
    waits = next(
        row.id
        for row in rows.values()
        if row.agent_login == "rarce" and row.to_review and row.points_low != row.points_high
    )
    queue_up(house, waits)
    (cell,) = (one["cells"] for one in component(screen("calls"), "calls")["rows"] if one["id"] == waits)
    written = cell["points"]["text"]
    assert "–" in written
    (row,) = component(screen("queue"), "queue")["rows"]
    assert f"{written} puntos" in row["cells"]["why"]["sub"]
    assert f"### {written}" in [one.value.replace("\\", "") for one in screen("call", call=waits).markdown]
    releases.release(house, settings, HOUSE, waits)
    signed_in(house, "agent", "rarce")
    (row,) = component(run(dashboard()), "own")["rows"]
    assert row["cells"]["points"] == {"text": written, "sub": cell["points"]["sub"]}


def test_a_call_that_cannot_be_judged_has_no_points_on_its_page_either(
    house: Store, signed_in: SignIn
) -> None:
    signed_in(house, "analyst")
    row = next(row for row in queries.calls(house, HOUSE).rows if row.evaluable == "no")
    assert "no evaluable: no cuenta" in texts(screen("call", call=row.id))


def test_the_queue_says_that_a_person_voided_the_call(house: Store, signed_in: SignIn) -> None:
    queue_up(house)
    signed_in(house, "analyst")
    press(screen("criticals"), "Sí, es una falta")
    (row,) = component(screen("queue"), "queue")["rows"]
    assert row["cells"]["why"]["sub"] == "anulada por una persona: 0 puntos"


def test_after_a_review_the_call_is_drawn_as_the_person_left_it(
    house: Store, settings: Settings, signed_in: SignIn
) -> None:
    viewer = signed_in(house, "analyst", "ana")
    data = component(screen("call", call=THREAT), "player")
    assert {"kind": "review", "label": "? Empatía"} in data["turns"][4]["tags"]
    met = next(turn for turn in data["turns"] if any(tag["kind"] == "objection" for tag in turn["tags"]))
    (label,) = (tag["label"] for tag in met["tags"] if tag["kind"] == "objection")
    found = house.call(THREAT).findings.findings
    name = next(one.label for one in found if one.quote.turn == met["i"] and one.label in objection_ids())
    drafts.open_review(house, settings, viewer, THREAT)
    drafting.judge(house, viewer, THREAT, "empathy", "na", "No hubo ocasión.")
    data = sheet(screen("call", call=THREAT))
    agents = {i for i, one in data["voices"].items() if one["who"] == "agent"}
    assert agents  # the turns at which the player offers no objection
    assert str(met["i"]) not in agents
    drafting.relabel(house, viewer, THREAT, met["i"], name, None)
    drafting.relabel(house, viewer, THREAT, met["i"], None, "wrong_amount")
    beside = sheet(screen("call", call=THREAT))["turns"][str(met["i"])]
    assert beside == [f"Quitada: {label}", f"Agregada: {_labels.finding('wrong_amount')}"]
    reviews.finish(house, settings, viewer, THREAT)
    releases.release(house, settings, HOUSE, THREAT)
    for role, login in (("analyst", "ana"), ("agent", "rarce")):
        signed_in(house, role, login)
        after = component(screen("call", call=THREAT), "player")
        assert "? Empatía" not in [tag["label"] for tag in after["turns"][4]["tags"]]
        tags = [tag["label"] for tag in after["turns"][met["i"]]["tags"]]
        assert label not in tags
        assert _labels.finding("wrong_amount") in tags
        empathy = shown(screen("call", call=THREAT), "empathy")
        assert (empathy["outcome"], empathy["review"]) == ("na", False)


# critical failures


def test_a_critical_failure_waits_with_its_words_and_its_second(house: Store, signed_in: SignIn) -> None:
    signed_in(house, "analyst")
    app = screen("criticals")
    assert "Si no paga **la vamos a embargar**" in texts(app)
    assert "Mejor así:" in texts(app)
    assert "at=" in app.get("page_link")[-1].proto.query_string


def test_confirming_takes_it_out_of_the_inbox(house: Store, signed_in: SignIn) -> None:
    signed_in(house, "analyst")
    assert "No espera ninguna" in texts(press(screen("criticals"), "Sí, es una falta"))


def test_who_confirms_what_a_colleague_has_just_dismissed_is_told(
    house: Store, settings: Settings, signed_in: SignIn
) -> None:
    other = signed_in(house, "analyst", "elena")
    signed_in(house, "analyst", "ines")
    app = screen("criticals")
    reviews.override(house, settings, other, THREAT, "no_threats", "pass", "Así no se oye.")
    app = press(app, "Sí, es una falta")
    assert "Otra persona ya decidió esa falta" in app.warning[0].value


def test_ones_own_word_that_was_sent_twice_is_not_taken_for_a_colleagues(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sent: dict[str, object] = {"dismiss-a-no_threats": True}
    monkeypatch.setattr(_critical_word.st, "session_state", sent)
    assert _critical_word.unheard(())
    call = SimpleNamespace(id="a")
    _critical_word._heard(call, "no_threats")  # type: ignore[arg-type]
    assert not _critical_word.unheard(())
    row = SimpleNamespace(call=call, criterion=SimpleNamespace(id="no_threats"))
    assert not _critical_word.unheard([row])  # type: ignore[list-item]
    assert _critical_word.unheard(())  # it waited again meanwhile


def test_what_was_done_about_a_confirmed_failure_is_written_down_and_closed(
    house: Store, signed_in: SignIn
) -> None:
    signed_in(house, "analyst", "ana", name="Ana *Mora*")
    assert "No queda ninguna por atender" in texts(screen("criticals", view="confirmed"))
    press(screen("criticals"), "Sí, es una falta")
    assert "Hay 1 llamada con una falta crítica confirmada por atender" in texts(run(dashboard()))
    app = screen("criticals", view="confirmed")
    assert "confirmó Ana *Mora* el" in texts(app)
    assert "Si no paga **la vamos a embargar**" in texts(app)
    assert "Mejor así:" in texts(app)
    app.text_area(key=f"did-{THREAT}-0").set_value("Hablé con <b>Rubén</b> [hoy](http://x).")
    app = press(app, "Anotar y cerrar")
    assert "No queda ninguna por atender" in texts(app)
    app = screen("criticals", view="closed")
    assert "1 caso cerrado." in texts(app)
    (step,) = (one.value for one in app.markdown if "Hablé" in one.value)
    assert "\\<b\\>" in step or "&lt;b" in step
    assert "](http" not in step


def test_a_confirmed_failure_is_taken_back_with_a_reason(house: Store, signed_in: SignIn) -> None:
    signed_in(house, "analyst")
    app = press(screen("criticals"), "Sí, es una falta")
    assert "queda confirmada" in app.success[0].value
    app = screen("criticals", view="confirmed")
    next(one for one in app.button if one.label == "Retirarla").click().run()
    assert "Escriba por qué se retira la falta" in app.error[0].value
    app.text_area(key=f"back-why-{THREAT}-no_threats").set_value("Solo informa del proceso.")
    app = press(app, "Retirarla")
    assert "ya no es una falta de esta llamada" in app.success[0].value
    assert "No queda ninguna por atender" in texts(app)


def test_a_call_without_sound_is_read_not_heard(house: Store, settings: Settings, signed_in: SignIn) -> None:
    signed_in(house, "analyst")
    links = [link.proto.label for link in screen("criticals").get("page_link")]
    assert "Oír en la llamada" in links
    call = seed.threatening(settings)
    silent = replace(call.transcript.recording, id="mx-texto", audio=None)
    house.add_recording(silent)
    card = replace(call.scorecard, recording_id="mx-texto")
    house.save(replace(call, transcript=replace(call.transcript, recording=silent), scorecard=card))
    links = [link.proto.label for link in screen("criticals").get("page_link")]
    assert "Leer en la llamada" in links


def test_who_may_not_confirm_only_reads(house: Store, signed_in: SignIn) -> None:
    signed_in(house, "trainer")
    app = screen("criticals")
    assert "Sin amenazas" in texts(app)
    assert "Sí, es una falta" not in [button.label for button in app.button]


# a review


def test_a_review_puts_first_what_needs_a_person(house: Store, settings: Settings, signed_in: SignIn) -> None:
    viewer = signed_in(house, "analyst")
    drafts.open_review(house, settings, viewer, THREAT)
    rows = sheet(screen("call", call=THREAT))["rows"]
    assert [row["id"] for row in rows if row["first"]] == ["no_threats", "empathy"]
    assert rows[0]["machine"] == "fail"
    assert len(rows) == len(load_rubric().criteria)


def test_a_call_that_its_agent_has_says_so_in_the_queue_and_at_the_head_of_the_review(
    house: Store, settings: Settings, signed_in: SignIn
) -> None:
    viewer = signed_in(house, "analyst")
    queue_up(house)
    (row,) = component(screen("queue"), "queue")["rows"]
    assert "ya entregada" not in row["cells"]["agent"]["sub"]
    releases.release(house, settings, viewer, THREAT, date.today() + timedelta(days=3))
    drafts.open_review(house, settings, viewer, THREAT)
    (notice,) = sheet(screen("call", call=THREAT))["notices"]
    assert notice.startswith("Se entrega a Rubén Arce el ")
    releases.withdraw(house, viewer, THREAT)
    releases.release(house, settings, viewer, THREAT)
    (row,) = component(screen("queue"), "queue")["rows"]
    assert row["cells"]["agent"]["sub"].endswith("ya entregada")
    (notice,) = sheet(screen("call", call=THREAT))["notices"]
    assert notice == "Ya entregada a Rubén Arce: lo que usted cambie lo verá al terminar."


def test_channels_that_sound_exchanged_wait_for_a_person_to_exchange_or_confirm_them(
    house: Store, settings: Settings, signed_in: SignIn
) -> None:
    viewer = signed_in(house, "analyst")
    call = house.call(THREAT)
    trust = replace(call.transcript.trust, sure_speakers=False, notices=(notice("sides_maybe_swapped"),))
    house.save(pipeline.judge(replace(call.transcript, trust=trust), settings))
    drafts.open_review(house, settings, viewer, THREAT)
    assert house.call(THREAT).scorecard.verdicts["no_threats"].outcome == "na"
    assert sheet(screen("call", call=THREAT))["notices"][0].startswith("No es seguro qué canal")
    drafting.swap(house, viewer, THREAT)
    notices = sheet(screen("call", call=THREAT))["notices"]
    assert notices[0] == "Agente y deudor están intercambiados. X lo deshace."
    assert "Si así está bien, pulse B." not in notices


def test_where_it_is_not_certain_who_speaks_a_person_says_that_it_is_right(
    house: Store, settings: Settings, signed_in: SignIn
) -> None:
    viewer = signed_in(house, "analyst")
    call = house.call(THREAT)
    turns = tuple(replace(turn, speaker_confidence=0.6) for turn in call.transcript.turns)
    trust = replace(call.transcript.trust, sure_speakers=False)
    house.save(pipeline.judge(replace(call.transcript, turns=turns, trust=trust), settings))
    drafts.open_review(house, settings, viewer, THREAT)
    assert house.call(THREAT).scorecard.verdicts["no_threats"].outcome == "na"
    assert sheet(screen("call", call=THREAT))["notices"][0].startswith("No es seguro quién habla.")
    drafting.settle(house, viewer, THREAT)
    shown = sheet(screen("call", call=THREAT))
    assert shown["notices"][0] == "Quedó confirmado quién habla. B lo deshace."
    assert shown["summary"] == ["quién habla confirmado"]
    drafting.settle(house, viewer, THREAT)
    drafting.swap(house, viewer, THREAT)
    shown = sheet(screen("call", call=THREAT))
    assert shown["notices"][:2] == [
        "Agente y deudor están intercambiados. X lo deshace.",
        "Si así está bien, pulse B.",
    ]
    assert shown["summary"] == ["agente y deudor intercambiados"]
    drafting.swap(house, viewer, THREAT)
    drafting.settle(house, viewer, THREAT)
    reviews.finish(house, settings, viewer, THREAT)
    assert house.call(THREAT).scorecard.verdicts["no_threats"].outcome == "fail"


def test_who_speaks_is_drawn_as_the_reviewer_put_it(
    house: Store, settings: Settings, signed_in: SignIn
) -> None:
    """Beside every turn, under every quote and in the wave, while what was drawn at first stays."""
    viewer = signed_in(house, "analyst")
    drafts.open_review(house, settings, viewer, THREAT)
    player = component(screen("call", call=THREAT), "player")
    before = player["review"]
    assert [before["voices"][str(one["i"])] for one in player["turns"]] == [
        {"who": one["who"], "name": one["name"]} for one in player["turns"]
    ]
    drafting.swap(house, viewer, THREAT)
    drafting.correct(house, viewer, THREAT, 1, speaker="other")
    player = component(screen("call", call=THREAT), "player")
    after = player["review"]
    assert [one["who"] for one in player["turns"][:3]] == ["agent", "debtor", "agent"]
    assert [after["voices"][str(i)]["who"] for i in range(4)] == ["debtor", "other", "debtor", "agent"]
    assert after["voices"]["3"]["name"] == before["voices"]["0"]["name"] == "Rubén Arce"
    assert after["voices"]["1"]["name"] == "Otra persona"
    assert after["channelColours"] == before["channelColours"][::-1]
    (quote,) = next(row for row in after["rows"] if row["id"] == "no_threats")["evidence"]
    assert quote["where"] == f"{before['voices']['3']['name']} · turno 3"


def test_words_on_who_speaks_that_went_with_what_was_heard_are_named(
    house: Store, settings: Settings, signed_in: SignIn
) -> None:
    viewer = signed_in(house, "analyst")
    call = house.call(THREAT)
    drafts.open_review(house, settings, viewer, THREAT)
    drafting.swap(house, viewer, THREAT)
    drafting.settle(house, viewer, THREAT)
    first, *rest = call.transcript.turns
    heard = replace(call.transcript, turns=(replace(first, text=f"{first.text} Sí."), *rest))
    house.save(pipeline.judge(heard, settings))
    drafts.touch(house, viewer, THREAT)
    assert (
        "No se pudo conservar: el intercambio de agente y deudor, la confirmación de quién habla."
        in sheet(screen("call", call=THREAT))["notices"]
    )


def test_the_machines_word_is_kept_beside_the_persons(
    house: Store, settings: Settings, signed_in: SignIn
) -> None:
    viewer = signed_in(house, "analyst")
    drafts.open_review(house, settings, viewer, THREAT)
    drafting.judge(house, viewer, THREAT, "no_threats", "pass", "Es el aviso legal.")
    shown = sheet(screen("call", call=THREAT))
    assert shown["rows"][0]["said"] == {"outcome": "pass", "reason": "Es el aviso legal."}
    assert shown["rows"][0]["machineSaid"] == "Temple dijo: no cumple."
    assert shown["summary"] == ["1 veredicto cambiado"]


def test_finishing_says_beforehand_that_it_voids_the_call(
    house: Store, settings: Settings, signed_in: SignIn
) -> None:
    viewer = signed_in(house, "analyst")
    drafts.open_review(house, settings, viewer, THREAT)
    assert sheet(screen("call", call=THREAT))["stakes"] == []
    drafting.judge(house, viewer, THREAT, "no_threats", "fail")
    (stake,) = sheet(screen("call", call=THREAT))["stakes"]
    assert stake.startswith("Esto anula la llamada por una falta crítica: pasa de ")
    assert stake.endswith(" a 0 puntos.")
    drafting.judge(house, viewer, THREAT, "no_lawyer", "fail", "Nombró al abogado.")
    (stake,) = sheet(screen("call", call=THREAT))["stakes"]
    assert stake.startswith("Esto anula la llamada por 2 faltas críticas: pasa de ")


def test_finishing_says_beforehand_that_it_takes_a_confirmed_failure_back(
    house: Store, settings: Settings, signed_in: SignIn
) -> None:
    viewer = signed_in(house, "analyst")
    reviews.override(house, settings, viewer, THREAT, "no_threats", "fail", "")
    drafts.open_review(house, settings, viewer, THREAT)
    drafting.judge(house, viewer, THREAT, "no_threats", "pass", "Solo informa del proceso.")
    back, points = sheet(screen("call", call=THREAT))["stakes"]
    assert back == "Retira una falta crítica ya confirmada: «Sin amenazas»."
    assert points.startswith("La llamada deja de estar anulada: ")


def test_a_review_ended_in_another_window_takes_no_more_words_from_this_one(
    house: Store, settings: Settings, signed_in: SignIn
) -> None:
    viewer = signed_in(house, "analyst")
    begun = acts.begun(drafts.open_review(house, settings, viewer, THREAT))
    app = screen("call", call=THREAT)
    assert sheet(app)["begun"] == begun
    reviews.finish(house, settings, viewer, THREAT)
    late = {
        "do": "judge",
        "n": 1,
        "review": begun,
        "criterion": "no_threats",
        "outcome": "pass",
        "reason": "x",
    }
    app.session_state[_call_review.STATE] = (THREAT, acts.run(house, viewer, THREAT, [late], after=0))
    assert "lo que acaba de marcar aquí no se guardó" in texts(run(app))
    app = press(app, "Revisar esta llamada")
    assert "no se guardó" not in texts(app)


def test_a_call_is_handed_over_as_it_was_drawn_or_not_at_all(
    house: Store, settings: Settings, signed_in: SignIn
) -> None:
    viewer = signed_in(house, "analyst")
    app = screen("call", call=THREAT)
    reviews.override(house, settings, viewer, THREAT, "no_threats", "fail", "")
    app = press(app, "Entregar al agente")
    assert "La llamada cambió mientras la miraba: no se entregó" in texts(app)
    assert releases.of_call(house, viewer, THREAT) is None
    assert "Entregada a Rubén Arce" in texts(press(app, "Entregar al agente"))


def test_what_a_person_may_not_confirm_voids_nothing(
    house: Store, settings: Settings, signed_in: SignIn
) -> None:
    viewer = signed_in(house, "trainer")
    drafts.open_review(house, settings, viewer, THREAT)
    drafting.judge(house, viewer, THREAT, "no_threats", "fail")
    shown = sheet(screen("call", call=THREAT))
    assert shown["stakes"] == []
    assert "Lo que usted marque no la confirma" in shown["rows"][0]["confirm"]


def test_handing_over_says_what_stays_unconfirmed(
    house: Store, settings: Settings, signed_in: SignIn
) -> None:
    viewer = signed_in(house, "analyst")
    assert "Queda 1 crítica sin confirmar: así, el agente no la ve" in texts(screen("call", call=THREAT))
    drafts.open_review(house, settings, viewer, THREAT)
    row = sheet(screen("call", call=THREAT))["rows"][0]
    assert "al terminar queda confirmada o descartada" in row["confirm"]
    drafting.judge(house, viewer, THREAT, "no_threats", "fail")
    reviews.finish(house, settings, viewer, THREAT)
    assert "sin confirmar" not in texts(screen("call", call=THREAT))


def test_the_sound_goes_on_whatever_is_judged(house: Store, settings: Settings, signed_in: SignIn) -> None:
    viewer = signed_in(house, "analyst")
    drafts.open_review(house, settings, viewer, THREAT)
    before = component(screen("call", call=THREAT), "player")["version"]
    drafting.judge(house, viewer, THREAT, "empathy", "pass", "Sí lo reconoce.")
    drafting.comment(house, viewer, THREAT, 2, "Mire esto.")
    assert component(screen("call", call=THREAT), "player")["version"] == before


def test_a_blind_review_shows_nothing_that_the_machine_said(
    house: Store, settings: Settings, signed_in: SignIn
) -> None:
    queue_up(house, blind=True)
    viewer = signed_in(house, "analyst")
    drafts.open_review(house, settings, viewer, THREAT)
    app = screen("call", call=THREAT)
    data = component(app, "player")
    assert data["review"]["title"] == f"A ciegas: faltan {len(load_rubric().criteria)} criterios"
    assert {(row["outcome"], row["machine"], row["reason"]) for row in data["review"]["rows"]} == {
        (None, None, "")
    }
    assert data["groups"] == data["objections"] == []
    assert "66–78" not in texts(app)
    assert not any(tag["kind"] in ("bad", "review") for turn in data["turns"] for tag in turn["tags"])
    assert not app.get("download_button")


def test_text_that_looks_like_markup_stays_text(house: Store, settings: Settings, signed_in: SignIn) -> None:
    viewer = signed_in(house, "analyst")
    drafts.open_review(house, settings, viewer, THREAT)
    drafting.comment(house, viewer, THREAT, 2, "<script>alert(1)</script>")
    shown = sheet(screen("call", call=THREAT))
    assert shown["turns"] == {"2": ["Entre revisores: <script>alert(1)</script>"]}


def test_a_finished_review_is_offered_to_the_agent(
    house: Store, settings: Settings, signed_in: SignIn
) -> None:
    viewer = signed_in(house, "analyst")
    drafts.open_review(house, settings, viewer, THREAT)
    reviews.finish(house, settings, viewer, THREAT)
    assert component(screen("queue", view="release"), "pending")["rows"][0]["id"] == THREAT
    app = press(screen("call", call=THREAT), "Entregar al agente")
    assert "Entregada a Rubén Arce" in texts(app)


def test_a_void_call_with_a_failure_that_waits_is_not_said_to_be_no_void_one(
    house: Store, settings: Settings, signed_in: SignIn
) -> None:
    viewer = signed_in(house, "analyst")
    call = house.call(THREAT)
    lawyer = replace(call.scorecard.verdicts["no_threats"], reason="Nombra a un abogado.")
    card = replace(
        call.scorecard,
        verdicts=call.scorecard.verdicts | {"no_lawyer": lawyer},
        critical_failures=("no_threats", "no_lawyer"),
    )
    house.save(replace(call, scorecard=card))
    said = texts(screen("call", call=THREAT))
    assert "Quedan 2 críticas sin confirmar" in said
    assert "la llamada no se anula" in said
    reviews.override(house, settings, viewer, THREAT, "no_threats", "fail", "")
    said = texts(screen("call", call=THREAT))
    assert "La llamada ya está anulada. Queda otra crítica sin confirmar" in said
    assert "no se anula" not in said
    assert "Ninguna queda anulada" not in texts(screen("criticals"))


def test_a_trainer_reviews_but_releases_nothing(house: Store, signed_in: SignIn) -> None:
    signed_in(house, "trainer")
    labels = [button.label for button in screen("call", call=THREAT).button]
    assert "Revisar esta llamada" in labels
    assert "Entregar al agente" not in labels


def test_an_auditor_only_reads(house: Store, signed_in: SignIn) -> None:
    signed_in(house, "auditor")
    assert [button.label for button in screen("calls").button] == ["Salir"]


# the agent, and the second person


@pytest.fixture
def confirmed(house: Store, settings: Settings) -> Store:
    """The threat confirmed by an analyst, with a comment for the agent and one among reviewers; released."""
    analyst = somebody(house, "analyst", "ana", name="Ana Mora")
    reviews.override(house, settings, analyst, THREAT, "no_threats", "fail", "")
    remark(house, analyst, THREAT, "Pruebe con otra frase.", turn=2, for_agent=True)
    remark(house, analyst, THREAT, "Va seguido.", turn=2)
    releases.release(house, settings, analyst, THREAT)
    return house


def test_an_agent_reads_kind_words_and_what_is_for_them(confirmed: Store, signed_in: SignIn) -> None:
    signed_in(confirmed, "agent", "rarce")
    app = screen("call", call=THREAT)
    assert "Lo que hizo bien" in texts(app)
    assert "crítica confirmada" in texts(app)
    notes = [note for turn in component(app, "player")["turns"] for note in turn["notes"]]
    assert notes == ["Ana Mora: Pruebe con otra frase."]


def test_who_wrote_a_comment_changes_it_or_takes_it_back(confirmed: Store, signed_in: SignIn) -> None:
    signed_in(confirmed, "analyst", "ana", name="Ana Mora")
    app = screen("call", call=THREAT)
    first, second = (box for box in app.text_area if box.key and box.key.startswith("note-"))
    first.set_value("Pruebe con otra.")
    app = press(run(app), "Guardar el cambio")
    assert [one.value for one in app.success] == ["El comentario cambió."]
    app.button(key=(second.key or "").replace("note-", "note-drop-")).click()
    app = run(app)
    notes = [note for turn in component(app, "player")["turns"] for note in turn["notes"]]
    assert notes == ["Ana Mora: Pruebe con otra."]
    signed_in(confirmed, "analyst", "eva")
    assert not [box for box in screen("call", call=THREAT).text_area if (box.key or "").startswith("note-")]


def test_an_agent_says_that_they_read_it(confirmed: Store, signed_in: SignIn) -> None:
    signed_in(confirmed, "agent", "rarce")
    assert "Tiene 1 llamada evaluada sin leer" in texts(run(dashboard()))
    assert "Usted la leyó el" in texts(press(screen("call", call=THREAT), "Ya la leí"))


def test_what_may_be_disputed_and_until_when_goes_to_the_player(confirmed: Store, signed_in: SignIn) -> None:
    signed_in(confirmed, "agent", "rarce")
    appeal = component(screen("call", call=THREAT), "player")["appeal"]
    assert appeal["criteria"] == ["no_threats"]
    assert "dígalo con «No estoy de acuerdo» hasta el" in appeal["until"]  # as the button is called


def test_who_appeals_in_a_signed_month_reads_what_that_can_still_change(
    confirmed: Store, settings: Settings, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    agent = signed_in(confirmed, "agent", "rarce")
    assert "firmado" not in component(screen("call", call=THREAT), "player")["appeal"]["until"]
    monkeypatch.setattr("views._call_agent.signed_month_of", lambda *_: date(2026, 10, 1))
    told = "El mes de esta llamada (octubre de 2026) ya está firmado y no cambia: si se acepta la apelación"
    app = screen("call", call=THREAT)
    assert told in component(app, "player")["appeal"]["until"]
    disputes.dispute(confirmed, settings, agent, THREAT, "no_threats", "Era el aviso.")
    assert told in texts(screen("call", call=THREAT))


def test_who_appeals_reads_that_it_was_sent(
    confirmed: Store, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_in(confirmed, "agent", "rarce")
    words = [{"criterion": "no_threats", "quote": 0, "reason": "Era el aviso de la empresa."}]
    monkeypatch.setattr(
        "views._player.player", lambda *args, **more: Done(appeal=words.pop() if words else None)
    )
    app = screen("call", call=THREAT)
    assert "Se envió su apelación de «Sin amenazas»" in app.success[0].value
    assert "Apelación en curso" in texts(app)
    assert not run(app).success


def test_a_dispute_that_is_not_upheld_names_its_call_and_what_stands(
    confirmed: Store, settings: Settings, signed_in: SignIn
) -> None:
    agent = signed_in(confirmed, "agent", "rarce")
    number = disputes.dispute(confirmed, settings, agent, THREAT, "no_threats", "Era el aviso.")
    judge = signed_in(confirmed, "analyst", "bruno")
    disputes.decide(confirmed, settings, judge, number, "fail", "Es una amenaza.")
    signed_in(confirmed, "agent", "rarce")
    told = "«Sin amenazas», de la llamada con Lorena Bustos, 8 oct, el veredicto sigue como estaba."
    assert f"– No se aceptó su apelación: {told}" in texts(run(dashboard()))


def test_the_own_call_speaks_to_its_agent(confirmed: Store, signed_in: SignIn) -> None:
    signed_in(confirmed, "agent", "rarce")
    app = screen("call", call=THREAT)
    said = texts(app)
    assert "✓ Usted la repitió" in said
    assert "usted · deudor" in said
    assert "Su turno más largo tuvo" in said
    assert "2 preguntas suyas" in said
    assert "escucha la llamada de nuevo" in component(app, "player")["words"]["appealWhy"]
    signed_in(confirmed, "analyst", "otra")
    said = texts(screen("call", call=THREAT))
    assert "✓ El agente la repitió" in said
    assert "2 preguntas del agente" in said


@pytest.mark.parametrize(
    ("lang", "says"),
    [
        ("es", "No aplica si no se podía o no era justo seguir pidiendo: no se habló con el titular"),
        ("en", "Not applicable if asking on was not possible or would have been wrong: not reached"),
    ],
)
def test_who_decides_reads_when_the_criterion_does_not_apply(
    confirmed: Store,
    settings: Settings,
    signed_in: SignIn,
    monkeypatch: pytest.MonkeyPatch,
    lang: str,
    says: str,
) -> None:
    agent = signed_in(confirmed, "agent", "rarce")
    number = disputes.dispute(confirmed, settings, agent, THREAT, "no_threats", "Se negó a todo.")
    judge = signed_in(confirmed, "analyst", "bruno")
    case = dispute_rows.case(confirmed, settings, judge, number)
    asked = next(c for c in load_rubric().criteria if c.id == "gets_commitment")
    monkeypatch.setattr(dispute_rows, "case", lambda *_: replace(case, criterion=asked))
    said = texts(screen("call", dispute=str(number), lang=lang))
    assert says in said
    assert ("; el deudor se negó aunque" if lang == "es" else "; the debtor refused although") in said


def test_where_there_is_only_text_nobody_hears_the_call_anew() -> None:
    assert "lee la llamada de nuevo" in _call_words.appeal(heard=False)["appealWhy"]
    assert "escucha" not in _call_words.appeal(heard=False)["appealWhy"]


def test_a_second_person_decides_and_the_agent_reads_the_answer(
    confirmed: Store, settings: Settings, signed_in: SignIn
) -> None:
    agent = signed_in(confirmed, "agent", "rarce")
    number = disputes.dispute(confirmed, settings, agent, THREAT, "no_threats", "Era el *aviso*.")
    app = screen("call", call=THREAT)
    assert "Apelación en curso" in texts(app)
    assert shown(app, "no_threats")["outcomeLabel"] == "no cumple · apelación en curso"
    signed_in(confirmed, "analyst", "ana")
    assert "Las de llamadas que ya juzgó" in texts(screen("queue", view="disputes"))
    assert "no está entre las que usted puede decidir" in texts(screen("call", dispute=str(number)))
    signed_in(confirmed, "analyst", "bruno")
    (row,) = component(screen("queue", view="disputes"), "disputes")["rows"]
    assert row["cells"]["criterion"] == {"text": "Sin amenazas"}
    app = screen("call", dispute=str(number))
    assert app.title[0].value == "¿Cumple «Sin amenazas»?"
    assert "Era el *aviso*." in texts(app)
    assert component(app, f"player-dispute-{number}")["groups"] == []
    app.button(key="decide").click().run()
    assert "Elija si para usted cumple" in app.error[0].value
    app.segmented_control(key=f"outcome-{number}").set_value("pass")
    app.button(key="decide").click().run()
    assert "Escriba por qué decide así" in app.error[0].value
    app.segmented_control(key=f"outcome-{number}").set_value("pass")
    app.text_area(key=f"why-{number}").set_value("Es el aviso legal.")
    press(app, "Decidir")
    signed_in(confirmed, "agent", "rarce")
    said = texts(run(dashboard()))
    assert "Aceptaron su apelación de «Sin amenazas», de la llamada con Lorena Bustos, 8 oct." in said
    assert "Respuesta: Es el aviso legal." in said
    app = screen("call", call=THREAT)
    assert "Respuesta: Es el aviso legal." in texts(app)
    assert shown(app, "no_threats")["outcomeLabel"] == "cumple · apelación aceptada"


# what a criterion weighs


def test_who_reviews_sees_what_each_criterion_weighs_but_not_while_blind(
    house: Store, settings: Settings, signed_in: SignIn
) -> None:
    viewer = signed_in(house, "analyst")
    drafts.open_review(house, settings, viewer, THREAT)
    rows = {row["id"]: row for row in sheet(screen("call", call=THREAT))["rows"]}
    assert rows["empathy"]["worth"] == "Pesa 6. Cuenta cuando una persona lo revise."
    drafting.judge(house, viewer, THREAT, "empathy", "fail")
    rows = {row["id"]: row for row in sheet(screen("call", call=THREAT))["rows"]}
    assert rows["empathy"]["worth"].startswith("Pesa 6. En esta llamada costó ")
    queue_up(house, FAIR, blind=True)
    drafts.open_review(house, settings, viewer, FAIR)
    assert {row["worth"] for row in sheet(screen("call", call=FAIR))["rows"]} == {""}
    assert "Cómo se calcula el puntaje" not in [one.label for one in screen("call", call=FAIR).expander]


def test_an_agent_reads_how_the_points_of_a_call_came_about(
    house: Store, settings: Settings, signed_in: SignIn
) -> None:
    releases.release(house, settings, signed_in(house, "admin"), THREAT)
    signed_in(house, "agent", "rarce")
    app = screen("call", call=THREAT)
    assert "Cómo se calcula el puntaje" in [one.label for one in app.expander]
    assert "Cada criterio tiene un peso." in texts(app)
    shown = [item for group in component(app, "player")["groups"] for item in group["criteria"]]
    assert all(item["worth"] for item in shown)


# the way back


def test_a_call_leads_back_to_where_it_was_opened(house: Store, signed_in: SignIn) -> None:
    queue_up(house)
    signed_in(house, "analyst")
    app = screen("queue", why="critical")
    assert "Primero las suyas, luego por fecha límite" in texts(app)
    app = run(app)  # what a click does: the address is whole by then
    app.switch_page("views/call.py")
    app.query_params["call"] = THREAT
    app = run(app)
    (back,) = [link.proto for link in app.get("page_link") if "arrow_back" in link.proto.icon]
    assert (back.label, back.query_string) == ("Cola", "why=critical")
    assert "Siguiente" not in [button.label for button in app.button]
    app = screen("calls", agent="rarce")
    app.switch_page("views/call.py")
    app.query_params["call"] = THREAT
    app = run(app)
    assert {"Anterior", "Siguiente"} <= {button.label for button in app.button}


@pytest.mark.parametrize(("role", "led"), [("analyst", True), ("lead", False)])
def test_a_call_without_points_says_what_it_takes_and_who_sees_to_it(
    house: Store, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch, role: Role, led: bool
) -> None:
    signed_in(house, role, leads="Norte" if role == "lead" else "")
    somebody(house, "agent", "mtapia", holds=("mtapia",), team="Norte")
    assert "Todavía sin puntos" not in texts(screen("call", call=FAIR))
    monkeypatch.setenv("COACH_TRUST__COUNT_ALL", "false")
    st.cache_resource.clear()
    app = screen("call", call=FAIR)
    assert "Todavía sin puntos: un criterio cuenta cuando 50 revisiones a ciegas" in texts(app)
    assert "Quien administra puede hacer que todos cuenten" in texts(app)
    assert ("Cuánto falta" in [link.proto.label for link in app.get("page_link")]) is led


def test_the_promise_is_put_right_in_the_review_and_shown_so(
    house: Store, settings: Settings, signed_in: SignIn
) -> None:
    ana = signed_in(house, "analyst")
    drafts.open_review(house, settings, ana, THREAT)
    app = screen("call", call=THREAT)
    app.radio(key="promise-kind").set_value("corrected")
    app.text_input(key="promise-amount").set_value("setecientos")
    next(button for button in app.button if button.label == "Guardar").click()
    app.run()
    (told,) = [error.value.replace("\\", "") for error in app.error]
    assert told == "«setecientos» no es una cantidad. Escríbalo como 2,180.50."
    app.text_input(key="promise-amount").set_value("700")
    app.text_input(key="promise-channel").set_value("OXXO")
    app.text_input(key="promise-part-0").set_value("1,400.00")
    next(button for button in app.button if button.label == "Guardar").click()
    app.run()
    assert [error.value.replace("\\", "") for error in app.error] == ["Falta la fecha de una parte."]
    app.date_input(key="promise-part-day-0").set_value(date.today() + timedelta(days=60))
    press(app, "Guardar")
    assert "Al terminar su revisión: $700" in texts(app)
    assert "y otra parte: $1,400" in texts(app)
    assert screen("call", call=THREAT).text_input(key="promise-part-0").value == "1,400"
    assert "promesa corregida" in sheet(app)["summary"]
    reviews.finish(house, settings, ana, THREAT)
    said = texts(screen("call", call=THREAT))
    assert "OXXO" in said
    assert "Corregida en la revisión de " in said
    (row,) = [one for one in promise_rows() if one["id"] == THREAT]
    assert row["cells"]["amount"]["text"] == "MXN 700"
    assert "corregida en revisión" in row["cells"]["objections"]["sub"]


def test_a_commitment_that_was_none_leaves_no_promise(
    house: Store, settings: Settings, signed_in: SignIn
) -> None:
    ana = signed_in(house, "analyst")
    drafts.open_review(house, settings, ana, THREAT)
    drafting.judge(house, ana, THREAT, "gets_commitment", "fail", "El agente rechazó lo que ofrecía.")
    assert "la promesa se retira del registro" in sheet(screen("call", call=THREAT))["summary"]
    reviews.finish(house, settings, ana, THREAT)
    said = texts(screen("call", call=THREAT))
    assert "Sin promesa" in said
    assert "Temple había oído: " in said
    (row,) = [one for one in promise_rows() if one["id"] == THREAT]
    assert row["cells"]["critical"]["text"] == "retirada en revisión"


def test_a_promise_in_doubt_is_named_at_the_head_as_in_lists(house: Store, signed_in: SignIn) -> None:
    signed_in(house, "analyst")
    said = texts(screen("call", call=THREAT))
    assert ("Promesa por precisar" in said, "Escúchelo antes de contar con ella" in said) == (False, False)
    call = house.call(THREAT)
    heard = call.findings.promise
    assert heard is not None
    doubt = replace(call.findings, promise=replace(heard, probability=0.7))
    house.save(replace(call, findings=doubt), "nlp-2")
    said = texts(screen("call", call=THREAT))
    assert ("Promesa por precisar" in said, "Escúchelo antes de contar con ella" in said) == (True, True)
    wipe(house, THREAT)
    said = texts(screen("call", call=THREAT))
    assert ("Promesa por precisar" in said, "No es seguro que se haya acordado." in said) == (True, True)


def wipe(store: Store, recording_id: str) -> None:
    with store.writing() as connection:
        wiping.wipe_words(connection, recording_id, "retention", datetime.now(UTC))


def promise_rows() -> list[dict]:  # type: ignore[type-arg]
    rows: list[dict] = component(screen("promises", show="all"), "ledger")["rows"]  # type: ignore[type-arg]
    return rows


def test_who_upholds_a_dispute_of_a_signed_month_hears_that_it_is_an_adjustment(
    confirmed: Store, settings: Settings, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("views._call_dispute.signed_month_of", lambda *_: date(2026, 10, 1))
    agent = signed_in(confirmed, "agent", "rarce")
    number = disputes.dispute(confirmed, settings, agent, THREAT, "no_threats", "Era el aviso.")
    signed_in(confirmed, "analyst", "bruno")
    app = screen("call", dispute=str(number))
    app.segmented_control(key=f"outcome-{number}").set_value("pass")
    app.text_area(key=f"why-{number}").set_value("Es el aviso legal.")
    said = press(app, "Decidir").success[0].value
    assert "Apelación aceptada" in said
    assert "ya está firmado y no cambia: en Cierre se propone un ajuste." in said


def test_what_only_the_new_scorecard_has_is_told_by_its_name(
    house: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_session, "store", lambda: house)
    monkeypatch.setattr(_session, "settings", lambda: settings)
    before = house.call(THREAT)
    verdicts = before.scorecard.verdicts
    card = replace(
        before.scorecard,
        rubric="cobranza@9+0123456789ab",
        verdicts=verdicts | {"algo_nuevo": verdicts["firm"]},
    )
    house.save(replace(before, scorecard=card))
    standing = releases.standing(house, settings, HOUSE, THREAT)
    assert standing is not None
    done = reviews.Finished(1, standing, rescored=True, changed=("algo_nuevo", "firm"))
    assert "cambió: Algo nuevo, Firmeza." in " ".join(_call_review._told(before, standing, done, 60.0))


def test_a_dispute_that_ended_undecided_is_told_to_its_agent_and_to_who_decides(
    confirmed: Store, settings: Settings, signed_in: SignIn
) -> None:
    agent = signed_in(confirmed, "agent", "rarce")
    number = disputes.dispute(confirmed, settings, agent, THREAT, "no_threats", "Era el aviso.")
    call = confirmed.call(THREAT)
    left = {name: one for name, one in call.scorecard.verdicts.items() if name != "no_threats"}
    keeping.keep_rescored(
        confirmed, settings, replace(call, scorecard=replace(call.scorecard, verdicts=left, pack_verdicts={}))
    )
    told = texts(screen("home"))
    assert "Su apelación terminó sin decisión: «Sin amenazas», de la llamada" in told
    told = texts(screen("call", call=THREAT))
    assert "**– Apelación terminada sin decisión** · Sin amenazas" in told
    assert "ya no se juzga en ella" in told
    signed_in(confirmed, "analyst", "judge")
    assert "1 apelación terminó sin decisión en los últimos 14 días" in texts(
        screen("queue", view="disputes")
    )
    assert "terminó sin decisión" in texts(screen("call", dispute=str(number)))


def test_calls_that_came_out_lower_together_stand_behind_one_notice(
    house: Store, settings: Settings, signed_in: SignIn
) -> None:
    for name in (THREAT, FAIR):
        house.update_recording(replace(house.recording(name), agent_login="rarce"))
        releases.release(house, settings, HOUSE, name)
        call = house.call(name)
        verdict = replace(call.scorecard.verdicts["concise"], outcome="fail", needs_review=False)
        card = replace(call.scorecard, verdicts={**call.scorecard.verdicts, "concise": verdict})
        keeping.keep_rescored(house, settings, replace(call, scorecard=card))
    signed_in(house, "agent", "rarce")
    app = screen("home")
    assert "2 llamadas suyas se evaluaron de nuevo y bajaron" in texts(app)
    (its,) = (one for one in app.expander if one.label == "Ver las llamadas")
    assert len(its.get("page_link")) == 2


def test_a_notice_of_a_dispute_reads_its_call_once_and_others_none(
    house: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def call(_store: Store, _viewer: Viewer, recording_id: str) -> Call:
        read.append(recording_id)
        return house.call(recording_id)

    monkeypatch.setattr(_session, "store", lambda: house)
    monkeypatch.setattr(_session, "viewer", lambda: HOUSE)
    monkeypatch.setattr(_session, "settings", lambda: Settings(data_dir=house.data_dir))
    monkeypatch.setattr(queries, "call", call)
    _home_news._told(Notice("plan_made", recording_id=THREAT))
    assert read == []
    assert "«Sin amenazas», de la llamada" in _home_news._told(
        Notice("dispute_upheld", recording_id=THREAT, criterion="no_threats")
    )
    assert read == [THREAT]
