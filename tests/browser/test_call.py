"""A person at work in a real browser: opens a call, clicks a line, clicks a quote, drops a recording."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Seen
from tests.views import seed

pytestmark = pytest.mark.browser
LENGTH = len(seed.LINES) * seed.TURN_S


@pytest.fixture(scope="module")
def opened(seen: Seen) -> Seen:
    """The first call of the list, opened by a click on its row."""
    open_it(seen)
    return seen


def open_it(seen: Seen) -> None:
    seen.page.goto(seen.address)
    seen.page.get_by_role("link", name="Llamadas").click()
    seen.page.get_by_text("Lorena Bustos").click()
    expect(seen.page.locator(".turn").first).to_be_visible()
    expect(seen.page.locator(".wave canvas").first).to_be_attached()


# first: nobody has pressed play yet
def test_nothing_of_the_sound_is_asked_for_before_somebody_plays_it(opened: Seen) -> None:
    """The server writes down who heard a call where its sound is asked for."""
    asked: list[str] = []
    opened.page.on("request", lambda request: asked.append(request.url))
    open_it(opened)
    opened.page.locator(".wave").click(position={"x": 30, "y": 20})
    clicked = seconds(opened)
    assert 0 < clicked < LENGTH - 5
    opened.page.keyboard.press("ArrowRight")
    jumped = seconds(opened)
    assert jumped == pytest.approx(clicked + 5, abs=0.2)
    expect(opened.page.locator(".side span")).to_have_text(f"0:{int(jumped):02} / 0:{LENGTH:02.0f}")
    assert not [url for url in asked if "/api/audio/" in url]
    opened.page.locator("button.play").click()
    opened.page.wait_for_function("([a, s]) => a.currentTime > s + 0.2", arg=[audio(opened), jumped])
    assert [url for url in asked if "/api/audio/" in url]


@pytest.fixture
def silent(opened: Seen) -> Seen:
    """The same, whatever played before stopped."""
    opened.page.locator("audio").evaluate("audio => audio.pause()")
    return opened


def seconds(seen: Seen) -> float:
    return float(seen.page.locator("audio").evaluate("audio => audio.currentTime"))


def seeks(seen: Seen, click: Locator) -> float:
    """The second that the sound jumps to on this click, whatever was heard before."""
    audio = seen.page.locator("audio")
    audio.evaluate("a => { a.pause(); a.jump = null; a.onseeking = () => { a.jump = a.currentTime; }; }")
    click.click()
    seen.page.wait_for_function("a => a.jump !== null", arg=audio.element_handle())
    return float(audio.evaluate("a => a.jump"))


def test_a_click_on_a_line_is_heard_at_its_second(silent: Seen) -> None:
    assert seeks(silent, silent.page.locator(".turn", has_text="Es que ahorita")) == pytest.approx(
        12.0, abs=0.05
    )
    silent.page.wait_for_function("a => a.currentTime > 12.3", arg=audio(silent))


def test_a_click_on_a_quote_is_heard_from_three_seconds_before(silent: Seen) -> None:
    said = 8.0 + 3.0 * 8 / 12  # «la», the ninth of twelve words that share three seconds
    jump = seeks(silent, silent.page.locator(".criterion.fail .quote").first)
    assert jump == pytest.approx(said - 3.0, abs=0.05)


def test_the_turn_that_sounds_is_lit_and_kept_in_the_address_while_it_goes_on(silent: Seen) -> None:
    silent.page.locator(".turn .says", has_text="Sí, el quince").click()
    silent.page.wait_for_url("**turn=5**")  # the page has run again
    expect(silent.page.locator(".turn.on")).to_contain_text("Sí, el quince")
    before = seconds(silent)
    silent.page.wait_for_function("([a, s]) => a.currentTime > s + 0.5", arg=[audio(silent), before])
    assert silent.page.locator("audio").evaluate("a => a.paused") is False


def test_keys_work_without_a_mouse(silent: Seen) -> None:
    silent.page.locator(".turn .says", has_text="Sí, el quince").click()
    silent.page.keyboard.press(" ")
    silent.page.keyboard.press("k")
    expect(silent.page.locator(".turn.on")).to_contain_text("¿Entonces el jueves quince")
    silent.page.keyboard.press("e")
    expect(silent.page.locator(".says mark.flash")).to_have_text("la vamos a embargar")


def test_replies_stand_in_the_second_tab(silent: Seen) -> None:
    silent.page.get_by_role("tab", name="Respuestas sugeridas").click()
    expect(silent.page.locator(".advice h4")).to_have_text("Falta de dinero")
    expect(silent.page.locator(".advice li").first).to_be_visible()


def test_the_console_stays_clean_and_nothing_leaves_the_machine(opened: Seen) -> None:
    assert opened.console == []
    assert opened.foreign == []


# last: it leaves the call
def test_a_recording_dropped_here_is_queued(opened: Seen, tmp_path: Path) -> None:
    seed.tone(tmp_path / "prueba nueva.wav", 2.0)
    opened.page.get_by_role("link", name="Subir grabaciones").click()
    opened.page.locator("input[type=file]").set_input_files(tmp_path / "prueba nueva.wav")
    expect(opened.page.locator(".done .says")).to_have_text("recibida, en cola")
    expect(opened.page.get_by_text("1 en cola")).to_be_visible()


def test_what_is_no_recording_is_refused_in_words(opened: Seen, tmp_path: Path) -> None:
    (tmp_path / "foto.wav").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    opened.page.get_by_role("link", name="Subir grabaciones").click()
    opened.page.locator("input[type=file]").set_input_files(tmp_path / "foto.wav")
    expect(opened.page.locator(".failed .says")).to_contain_text("una imagen PNG")


def audio(seen: Seen) -> object:
    return seen.page.locator("audio").element_handle()
