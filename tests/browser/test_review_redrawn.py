"""A review whose sheet is drawn anew under somebody's hands, as the call was judged anew: nothing is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page, WebSocketRoute, expect

from coach.store import Store
from tests.browser.conftest import Running, enter, press, whole

pytestmark = pytest.mark.browser
CALL = "h-mtapia-1"
ANEW = "Temple evaluó esta llamada de nuevo mientras usted la revisaba."


class Line:
    """The connection of the page: while it is `cut`, nothing that the page says arrives."""

    cut = False

    def over(self, socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()
        socket.on_message(lambda message: None if self.cut else server.send(message))


@pytest.fixture(scope="module")
def line() -> Line:
    return Line()


@pytest.fixture(scope="module")
def page(browser: Browser, running: Running, line: Line) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.route_web_socket("**/*", line.over)
    context.set_default_timeout(60_000)
    expect.set_options(timeout=60_000)
    page = context.new_page()
    enter(page, running.address, "Elena Robles")
    expect(page.get_by_role("link", name="Cola")).to_be_visible()
    page.goto(f"{running.address}/call?call={CALL}")
    page.get_by_role("button", name="Revisar esta llamada").click()
    yield page
    context.close()


@pytest.fixture
def sheet(page: Page, running: Running) -> Page:
    """The review, its call about to look otherwise: the next answer of the server draws another sheet."""
    expect(page.locator(".criterion.focused")).to_be_visible()
    whole(page)
    notice = page.get_by_text(ANEW)
    if notice.is_visible():
        press(page, "f")
        expect(notice).to_be_hidden()
    expect(page.locator(".temple")).to_have_count(1)  # that of the page before may still stand
    page.locator(".temple").evaluate("root => { root.dataset.mark = 'former'; }")
    store = Store.open(running.settings)
    call = store.call(CALL)
    first = call.transcript.turns[0]
    turns = (replace(first, text=f"{first.text} Eh."), *call.transcript.turns[1:])
    store.save(replace(call, transcript=replace(call.transcript, turns=turns)))
    store.close()
    return page


def drawn_anew(page: Page) -> None:
    expect(page.locator(".temple:not([data-mark])")).to_be_visible()


def test_a_reason_is_typed_on_where_it_was(sheet: Page) -> None:
    press(sheet, "n", "n", "3")
    focused = sheet.locator(".criterion.focused")
    label = focused.locator("> button span").nth(1).inner_text().splitlines()[0]
    reason = focused.locator(".why-box")
    if not reason.count():
        press(sheet, "3")
    sheet.keyboard.type("No se llegó a hablar ")
    drawn_anew(sheet)
    expect(reason).to_be_focused()
    sheet.keyboard.type("de eso, ni hizo falta.")
    expect(reason).to_have_value("No se llegó a hablar de eso, ni hizo falta.")
    press(sheet, "Enter")
    expect(focused.locator("> button")).to_contain_text(label)


def test_what_had_not_arrived_goes_with_the_page_loaded_anew(page: Page, line: Line) -> None:
    expect(page.locator(".criterion.focused")).to_be_visible()
    press(page, "n", "3")
    focused = page.locator(".criterion.focused")
    label = focused.locator("> button span").nth(1).inner_text().splitlines()[0]
    reason = focused.locator(".why-box")
    if not reason.count():
        press(page, "3")
    line.cut = True
    reason.fill("Se oye en el otro canal.")
    page.reload()  # while the sentence still waited to be sent
    line.cut = False
    page.reload()
    expect(focused).to_be_visible()
    while focused.locator("> button span").nth(1).inner_text().splitlines()[0] != label:
        press(page, "n")
    expect(reason).to_have_value("Se oye en el otro canal.")


def test_the_note_of_the_end_goes_with_the_page_loaded_anew(page: Page) -> None:
    expect(page.locator(".criterion.focused")).to_be_visible()
    notice = page.get_by_text(ANEW)
    if notice.is_visible():
        press(page, "f")
        expect(notice).to_be_hidden()
    press(page, "f")
    page.get_by_role("dialog").locator("textarea").fill("Falta volver a oír el cierre.")
    page.reload()
    expect(page.locator(".criterion.focused")).to_be_visible()
    press(page, "f")
    expect(page.get_by_role("dialog").locator("textarea")).to_have_value("Falta volver a oír el cierre.")
    press(page, "Escape")


def test_an_open_list_stays_open(sheet: Page) -> None:
    press(sheet, "j", "j", "1", "r")
    sheet.keyboard.type("zz")
    drawn_anew(sheet)
    search = sheet.get_by_role("dialog").locator("input")
    expect(search).to_be_focused()
    expect(search).to_have_value("zz")
    press(sheet, "Escape")


def test_a_comment_stays_under_its_turn_whichever_is_lit(sheet: Page) -> None:
    press(sheet, "k", "k", "c")
    sheet.keyboard.type("Buen saludo")
    sheet.locator(".turn").nth(1).locator(".says").click()  # its text is sent, and another turn is lit
    drawn_anew(sheet)
    expect(sheet.locator(".turn").nth(0).locator(".form textarea")).to_have_value("Buen saludo")
    expect(sheet.locator(".turn").nth(1).locator(".form textarea")).to_have_count(0)
    expect(sheet.locator(".turn").nth(1)).to_have_class(re.compile(r"\bon\b"))
    sheet.locator(".turn").nth(0).locator(".form").get_by_role("button", name="Guardar").click()
    expect(sheet.locator(".turn").nth(0).locator(".own-line")).to_contain_text("Buen saludo")


def test_escape_puts_back_what_stood_there_before_the_other_sheet(sheet: Page) -> None:
    press(sheet, "k", "k", "c")
    form = sheet.locator(".turn").nth(0).locator(".form textarea")
    before = form.input_value()
    form.fill("Mal trato")
    sheet.locator(".criterion.focused .choice.pass").click()
    drawn_anew(sheet)
    expect(form).to_have_value("Mal trato")
    form.focus()
    press(sheet, "Escape")
    expect(sheet.locator(".own-line", has_text="Mal trato")).to_have_count(0)
    press(sheet, "c")
    expect(form).to_have_value(before)
    press(sheet, "Escape")


def test_a_correction_that_nobody_began_takes_the_new_words(sheet: Page) -> None:
    press(sheet, "k", "k", "t")
    form = sheet.locator(".turn").nth(0).locator(".form")
    before = form.locator("textarea").input_value()
    sheet.locator(".criterion.focused .choice.pass").click()
    drawn_anew(sheet)
    expect(form.locator("textarea")).to_have_value(f"{before} Eh.")
    form.get_by_role("button", name="Guardar").click()
    expect(form.locator("textarea")).to_have_count(0)
    expect(sheet.locator(".own-line", has_text="Eh.")).to_have_count(0)


def test_nobody_takes_note_for_who_reviews(sheet: Page) -> None:
    press(sheet, "1", "f")
    sheet.keyboard.type("Bien llevada")
    drawn_anew(sheet)
    expect(sheet.get_by_text(ANEW)).to_be_visible()
    expect(sheet.get_by_role("dialog")).to_have_count(0)
    sheet.reload()
    expect(sheet.get_by_text(ANEW)).to_be_visible()
