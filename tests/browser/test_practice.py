"""An exercise in a real browser: typed, and spoken into a microphone that plays a sample call's agent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import CHROMIUM, QUIET, enter, is_foreign
from tests.helpers_voice import said

pytestmark = pytest.mark.browser
GOOD = "Comprendo que este mes no le alcance. ¿Qué día recibe su ingreso? ¿Le anoto 500 para el viernes?"
WINDOW = {"width": 1280, "height": 900}


@pytest.fixture
def complaints() -> list[str]:
    """What the page wrote to its console, and what it asked other machines for."""
    return []


@pytest.fixture
def page(browser: Browser, address: str, tmp_path: Path, complaints: list[str]) -> Iterator[Page]:
    """Chromium with a microphone that plays five seconds of an agent, over and over; Marisol signed in."""
    voice = tmp_path / "voice.wav"
    voice.write_bytes(said(0.4, 5.4))
    fake = (
        "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-audio-capture={voice}",
    )  # fmt: skip
    kind = browser.browser_type
    with_voice = kind.launch(executable_path=CHROMIUM, args=[*QUIET, *fake])
    context = with_voice.new_context(viewport=WINDOW)  # type: ignore[arg-type]
    context.set_default_timeout(60_000)
    expect.set_options(timeout=60_000)
    opened = context.new_page()
    opened.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("request", lambda r: complaints.append(r.url) if is_foreign(r.url, address) else None)
    enter(opened, address, "Marisol Tapia")
    expect(opened.get_by_role("heading", level=1)).to_be_visible()
    opened.goto(f"{address}/practice")
    opened.get_by_role("button", name="Empezar", exact=True).click()
    expect(opened.get_by_role("heading", name="¿Qué responde?")).to_be_visible()
    expect(opened.get_by_text(re.compile(r"Quedan 0:\d\d"))).to_have_count(0)  # the clock waits
    expect(opened.get_by_role("button", name="Descartar")).to_be_visible()  # all of it is drawn
    opened.get_by_role("button", name="Empezar a responder").click()
    yield opened
    with_voice.close()


def test_a_typed_answer_is_graded_and_leads_on(page: Page, complaints: list[str]) -> None:
    expect(page.get_by_text(re.compile(r"Quedan 0:\d\d"))).to_be_visible()
    expect(page.get_by_label("Su respuesta")).to_be_focused()  # the clock waits for nobody to look for it
    expect(page.get_by_role("button", name="Responder", exact=True)).to_be_in_viewport(ratio=1)
    page.get_by_label("Su respuesta").fill("Comprendo que este mes")
    page.reload()
    expect(page.get_by_label("Su respuesta")).to_have_value("Comprendo que este mes")  # half typed, not lost
    page.get_by_label("Su respuesta").fill(f"{GOOD} <b>hoy</b>")
    page.get_by_role("button", name="Responder", exact=True).click()
    expect(page.get_by_role("heading", name="¿Cómo le fue?")).to_be_visible()
    page.get_by_text("Turno por turno, con el porqué").click()
    expect(page.get_by_text("<b>hoy</b>").first).to_be_visible()
    page.get_by_role("button", name="La siguiente de hoy").click()
    expect(page.get_by_role("heading", name="¿Qué responde?")).to_be_visible()
    assert [text for text in complaints if "404" not in text] == []


def test_a_spoken_answer_is_heard_corrected_and_graded(page: Page, complaints: list[str]) -> None:
    page.get_by_text("Oír y hablar").click()
    expect(page.get_by_text("no entiende voces humanas")).to_be_visible()
    expect(page.get_by_text("no tiene una voz en español instalada")).to_be_visible()
    page.get_by_role("button", name="Grabar mi respuesta").click()
    expect(page.get_by_text("Grabando")).to_be_visible()
    page.wait_for_timeout(6_500)
    page.get_by_role("button", name="Terminar la grabación").click()
    field = page.get_by_label("Lo que se oyó")
    expect(field).to_have_value(re.compile("Marisol Tapia"))
    field.fill(GOOD)
    page.get_by_role("button", name="Responder", exact=True).click()
    expect(page.get_by_role("heading", name="¿Cómo le fue?")).to_be_visible()
    assert [text for text in complaints if "404" not in text] == []
