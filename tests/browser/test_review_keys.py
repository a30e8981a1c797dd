"""What is typed in a review reaches it: notes, comments and reasons, whatever key comes next."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Running, enter, press, whole

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def page(browser: Browser, running: Running) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.set_default_timeout(30_000)
    expect.set_options(timeout=30_000)
    page = context.new_page()
    enter(page, running.address, "Elena Robles")
    expect(page.get_by_role("link", name="Cola")).to_be_visible()
    yield page
    context.close()


def begin(page: Page, running: Running, call: str) -> None:
    page.goto(f"{running.address}/call?call={call}")
    page.get_by_role("button", name="Revisar esta llamada").click()
    expect(page.locator(".criterion.focused")).to_be_visible()
    whole(page)


def go_on(page: Page, running: Running, call: str) -> None:
    """The review of `call`, begun here or by a test before."""
    page.goto(f"{running.address}/call?call={call}")
    start = page.get_by_role("button", name="Revisar esta llamada")
    under_way = page.locator(".criterion.focused")
    expect(start.or_(under_way)).to_be_visible()
    if start.is_visible():
        start.click()
    expect(under_way).to_be_visible()
    whole(page)


def test_the_player_keeps_its_place_as_a_review_begins_and_is_discarded(page: Page, running: Running) -> None:
    page.goto(f"{running.address}/call?call=mx-embargo")
    start = page.get_by_role("button", name="Revisar esta llamada")
    expect(start).to_be_visible()
    player = page.locator(".stBidiComponent").filter(has=page.locator(".temple .bar"))
    player.evaluate("root => { root.dataset.mark = 'former'; }")
    kept = page.locator(".stBidiComponent[data-mark=former]")
    start.click()
    expect(kept.locator(".criterion.focused")).to_be_visible()
    page.get_by_text("Descartar", exact=True).click()
    page.get_by_role("button", name="Descartar la revisión").click()
    expect(start).to_be_visible()
    expect(kept).to_have_count(1)


def test_enter_in_the_note_ends_the_review_once_what_is_open_was_told(page: Page, running: Running) -> None:
    begin(page, running, "mx-embargo")
    expect(page.locator(".criterion.focused")).to_contain_text("con lo que usted marque aquí")
    press(page, "f")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("«Sin amenazas» queda sin confirmar")
    expect(dialog).to_contain_text("no se oyó ni se recorrió nada")
    dialog.get_by_role("button").dblclick()  # asks a second time, and nothing has ended
    expect(dialog.get_by_role("button")).to_contain_text("Sí, terminar así")
    press(page, "Escape", "f")
    page.keyboard.type("Buena apertura, falta cerrar.")
    for _ in range(3):
        page.keyboard.down("Enter")  # held down: it is one answer
    page.keyboard.up("Enter")
    expect(dialog.get_by_role("button")).to_contain_text("Sí, terminar así")
    press(page, "Enter")
    expect(page.get_by_text("Revisión terminada.")).to_be_in_viewport()
    expect(page.get_by_text("Queda 1 crítica sin confirmar")).to_be_visible()  # beside the handing over


def test_a_key_about_a_turn_takes_the_one_under_the_pointer_or_says_what_it_needs(
    page: Page, running: Running
) -> None:
    begin(page, running, "mx-embargo")
    page.mouse.move(2, 2)
    press(page, "c")
    expect(page.locator(".bar .hint")).to_contain_text("¿De qué turno?")
    turn = page.locator(".turn").nth(1)
    turn.hover()
    press(page, "c")
    expect(turn.locator(".form textarea")).to_be_focused()
    press(page, "Escape")


def test_a_search_without_a_find_says_so_and_every_key_is_in_the_help(page: Page, running: Running) -> None:
    go_on(page, running, "mx-embargo")
    page.locator(".turn").nth(1).hover()  # the debtor's
    press(page, "r")
    page.keyboard.type("$&zz")
    expect(page.get_by_role("dialog").locator(".options")).to_have_text("Nada con «$&zz».")
    press(page, "Enter", "Escape", "?")
    expect(page.get_by_role("dialog").locator("dt kbd").filter(has_text=re.compile("Esc|[?]"))).to_have_count(
        2
    )
    press(page, "Escape")


def test_the_box_of_a_comment_opens_where_the_bar_does_not_cover_it(page: Page, running: Running) -> None:
    go_on(page, running, "mx-embargo")
    page.locator("button.quote").first.click()
    page.locator(".turn.on").evaluate(
        "row => { for (let at = row; at; at = at.parentElement ?? at.getRootNode().host)"
        " at.scrollTop += 400; }"
    )
    press(page, "c")
    box, bar = page.locator(".turn .form textarea").bounding_box(), page.locator(".bar").bounding_box()
    assert box is not None
    assert bar is not None
    assert bar["y"] + bar["height"] <= box["y"]


def test_what_was_typed_is_kept_whatever_comes_next(page: Page, running: Running) -> None:
    begin(page, running, "h-mtapia-4")
    focused = page.locator(".criterion.focused")
    press(page, "3")
    reason = focused.locator(".why-box")
    if not reason.evaluate("box => box === box.getRootNode().activeElement"):
        press(page, "3")  # the machine's own outcome: the same key again leads to the reason
    expect(reason).to_be_focused()
    page.keyboard.type("f")
    press(page, "Enter", "3")
    expect(reason).to_be_focused()  # already set: to its reason, not to commands
    page.keyboard.type("uera de lugar")
    press(page, "Enter", "j", "c")
    page.keyboard.type("Buen tono aquí")
    page.locator(".review-head").click()  # elsewhere: the box stays, its text is saved
    expect(page.locator(".own-line")).to_have_text("Entre revisores: Buen tono aquí")
    page.locator(".turn .form textarea").fill("Buen tono aquí, sígalo")
    page.locator(".turn .form").get_by_role("button", name="Guardar").click()
    expect(page.locator(".own-line")).to_have_text("Entre revisores: Buen tono aquí, sígalo")
    expect(page.locator(".turn .form textarea")).to_have_count(0)
    press(page, "c")
    page.locator(".turn .form textarea").fill("Otro texto")
    page.locator(".review-head").click()
    expect(page.locator(".own-line")).to_have_text("Entre revisores: Otro texto")
    page.locator(".turn .form textarea").focus()
    press(page, "Escape")  # puts back what stood there
    expect(page.locator(".own-line")).to_have_text("Entre revisores: Buen tono aquí, sígalo")
    press(page, "j", "c")
    page.keyboard.type("Y este también")
    page.get_by_role("button", name="Terminar la revisión").click()
    expect(page.get_by_role("dialog")).to_contain_text("2 comentarios")


def test_a_click_out_of_the_reason_does_what_its_button_says(page: Page, running: Running) -> None:
    begin(page, running, "h-mtapia-3")
    focused = page.locator(".criterion.focused")
    press(page, "3", "3")
    expect(focused.locator(".why-box")).to_be_focused()
    page.keyboard.type("No se llegó a hablar de eso.")
    focused.locator(".choice.pass").click(delay=150)
    expect(focused.locator(".choice.pass")).to_have_attribute("aria-pressed", "true")


def test_keys_judge_the_criterion_that_was_clicked_wherever_in_it(page: Page, running: Running) -> None:
    go_on(page, running, "mx-embargo")
    boxes = page.locator(".criterion:not(.focused)")
    for inner in (".reason", "button.quote"):
        box = boxes.filter(has=page.locator(inner)).first
        label = box.locator("> button span").nth(1).inner_text()
        before = page.locator(".criterion.focused").inner_text()
        box.locator(inner).first.click()
        focused = page.locator(".criterion.focused")
        expect(focused.locator("> button")).to_contain_text(label)
        assert focused.inner_text() != before
        press(page, "1")
        expect(focused.locator(".choice.pass")).to_have_attribute("aria-pressed", "true")
        expect(page.locator(".choice.pass[aria-pressed=true]")).to_have_count(1)
        press(page, "Escape")
        page.locator(".review-head").click()


def test_who_spoke_is_put_back_in_the_same_form(page: Page, running: Running) -> None:
    begin(page, running, "h-mtapia-2")
    press(page, "j", "t")
    who, line = page.locator(".turn .form select"), page.locator(".own-line")
    heard = who.input_value()

    def choose(speaker: str) -> None:
        who.focus()
        who.select_option(speaker)
        page.locator(".review-head").click()  # elsewhere: it is sent

    choose("other")
    expect(line).to_contain_text("Habla: ")
    choose(heard)
    expect(line).to_have_count(0)
    choose("other")
    expect(line).to_contain_text("Habla: ")
    who.focus()
    press(page, "Escape")
    expect(line).to_have_count(0)
