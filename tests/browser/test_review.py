"""The whole way of a review in a real browser: queue, keys, release, the agent's answer, a second person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from coach.draw_plan import Chance
from coach.sampling import write_tasks
from coach.store import Store
from tests.browser.conftest import SAMPLE, Running, enter, whole
from tests.views import seed

pytestmark = pytest.mark.browser
COMMENT = "Aquí conviene <b>nombrar</b> la fecha"


@dataclass
class Desk:
    """Somebody's own browser, with what it complained about."""

    page: Page
    console: list[str]

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def write(self, text: str) -> None:
        self.page.keyboard.type(text)


@pytest.fixture
def desks(browser: Browser) -> Iterator[list[Desk]]:
    """Three browsers: an analyst's, an agent's, a second analyst's."""
    contexts = [browser.new_context(viewport={"width": 1280, "height": 900}) for _ in range(3)]
    made = []
    for context in contexts:
        context.set_default_timeout(60_000)
        desk = Desk(context.new_page(), [])
        desk.page.on(
            "console", lambda m, d=desk: d.console.append(m.text) if m.type in ("error", "warning") else None
        )
        desk.page.on("pageerror", lambda error, d=desk: d.console.append(str(error)))
        made.append(desk)
    expect.set_options(timeout=60_000)
    yield made
    for context in contexts:
        context.close()


@pytest.fixture
def queued(running: Running) -> None:
    """A call of Marisol's in the queue, with a threat."""
    call = seed.threatening(running.settings, SAMPLE)
    recording = replace(
        call.transcript.recording,
        id="mx-revisar", agent="Marisol Tapia", agent_login="mtapia", debtor_name="Berta Solís",
    )  # fmt: skip
    call = replace(
        call,
        transcript=replace(call.transcript, recording=recording),
        scorecard=replace(call.scorecard, recording_id="mx-revisar"),
    )
    store = Store.open(running.settings)
    store.add_recording(recording)
    store.save(call)
    now = datetime.now(UTC)
    with store.writing() as connection:
        write_tasks(connection, [Chance("mx-revisar", "mtapia", 1.0, "critical")], now, now.date())
    store.close()


def test_a_call_is_reviewed_released_disputed_and_decided(
    desks: list[Desk], running: Running, queued: None
) -> None:
    analyst, agent, second = desks
    enter(analyst.page, running.address, "Elena Robles")
    review_by_keyboard(analyst)
    enter(agent.page, running.address, "Marisol Tapia")
    read_and_dispute(agent)
    enter(second.page, running.address, "Inés Paredes")
    decide(second)
    agent.page.goto(running.address)
    expect(agent.page.get_by_text("Aceptaron su apelación de «Sin amenazas»")).to_be_visible()
    told = [text for text in agent.console if "404" not in text]  # Streamlit's own, on a reload
    assert analyst.console == told == second.console == []


def review_by_keyboard(analyst: Desk) -> None:
    page = analyst.page
    page.get_by_role("link", name="Cola").click()
    page.get_by_role("button", name="Revisar la siguiente").click()
    expect(page.locator(".criterion.focused")).to_contain_text("Sin amenazas")
    # while the page is still being drawn below, Streamlit may mount the player once more
    whole(page)
    audio = page.locator("audio")
    audio.evaluate("audio => { audio.dataset.mark = 'same'; }")
    analyst.press("e")
    expect(page.locator(".says mark.flash")).to_have_text("la vamos a embargar")
    page.wait_for_function("audio => audio.readyState > 1", arg=audio.element_handle())  # it lights a turn
    analyst.press("Space", *"kkkkkkjj")  # silent, and the lit turn is the threat's whatever sounded meanwhile
    analyst.press("2", "n")  # it is a threat; on to the next one
    expect(page.locator(".criterion.focused")).to_contain_text("Empatía")
    analyst.press("1")  # otherwise than Temple: why?
    expect(page.locator(".why-box")).to_be_focused()
    analyst.write("Sí reconoce que le pagan el jueves.")
    analyst.press("Enter")
    expect(page.locator(".criterion.focused")).to_contain_text("Temple dijo: no cumple.")
    analyst.press("c")
    analyst.write(COMMENT)
    analyst.press("Tab", "Space", "Enter")  # saved from the tick as well
    expect(page.locator(".own-line")).to_have_text(f"Para el agente: {COMMENT}")
    analyst.press(*"kkkkkkjjj", "r")  # the turn after the threat's, however far the sound has come
    analyst.write("quitar")
    analyst.press("Enter")
    expect(page.locator(".own-line", has_text="Quitada: ")).to_be_visible()
    assert audio.evaluate("a => [a.paused, a.currentTime > 0]") == [True, True]  # where it was stopped
    analyst.press("f")
    expect(page.get_by_role("dialog")).to_contain_text("1 veredicto cambiado")
    expect(page.get_by_role("dialog")).to_contain_text("Esto anula la llamada por una falta crítica")
    analyst.press("Enter")
    expect(page.get_by_text("Revisión terminada.")).to_be_in_viewport()
    page.get_by_role("button", name="Entregar al agente").click()
    expect(page.get_by_text("Entregada a Marisol Tapia")).to_be_visible()


def read_and_dispute(agent: Desk) -> None:
    page = agent.page
    page.get_by_role("button", name="Leer la primera").click()
    expect(page.locator(".own-line")).to_have_text(f"Elena Robles: {COMMENT}")
    page.get_by_role("button", name="Ya la leí").click()
    expect(page.get_by_text("Usted la leyó el")).to_be_visible()
    page.locator(".criterion.fail .appeal button").first.click()
    page.get_by_role("button", name="Enviar la apelación").click()
    expect(page.locator(".appeal .error")).to_have_text("Escriba por qué.")
    agent.write("Le leí el aviso que nos dieron.")
    page.reload()
    expect(page.locator(".appeal textarea")).to_have_value("Le leí el aviso que nos dieron.")
    page.get_by_text("English", exact=True).click()
    expect(page.get_by_role("button", name="Send the dispute")).to_be_visible()
    expect(page.locator(".appeal textarea")).to_have_value("Le leí el aviso que nos dieron.")
    page.get_by_text("Español", exact=True).click()
    expect(page.get_by_role("button", name="Enviar la apelación")).to_be_visible()  # drawn anew by now
    passed = page.locator(".criterion.pass > button").first
    passed.click()  # unfolds what else the agent looks at
    page.get_by_role("button", name="Enviar la apelación").click()
    expect(page.get_by_text("Apelación en curso", exact=True)).to_be_visible()
    appealed = page.locator(".criterion.fail > button", has_text="apelación en curso")
    expect(appealed).to_be_in_viewport()  # the page stays where the agent was, and so do the keys
    expect(appealed).to_be_focused()
    expect(passed).to_have_attribute("aria-expanded", "true")
    assert page.evaluate("Object.keys(sessionStorage).filter(name => name.startsWith('temple-draft'))") == []


def decide(second: Desk) -> None:
    page = second.page
    expect(page.get_by_text("Hay 1 apelación por decidir")).to_be_visible()
    page.get_by_role("link", name="Cola").click()
    page.get_by_text("Apelaciones", exact=True).click()
    page.get_by_text("Le leí el aviso que nos dieron.").click()
    expect(page.get_by_role("heading", name="¿Cumple «Sin amenazas»?")).to_be_visible()
    expect(page.locator(".turn").first).to_be_visible()
    expect(page.locator(".criterion")).to_have_count(0)  # nobody's verdict
    page.get_by_role("radio", name="cumple", exact=True).click()
    page.get_by_label("¿Por qué? El agente lo va a leer.").fill("Es el aviso legal, leído tal cual.")
    page.get_by_role("button", name="Decidir").click()
    expect(page.get_by_text("Apelación aceptada")).to_be_visible()
