"""Calls of the queue handed on in a real browser, by keyboard: boxes keep the focus, and empty afterwards."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from coach.draw_plan import Chance
from coach.sampling import write_tasks
from coach.store import Store
from tests.browser.conftest import Running, Seen, whole

pytestmark = pytest.mark.browser


@pytest.fixture
def queued(running: Running) -> None:
    """Two calls in the queue, which the test takes out again."""
    store = Store.open(running.settings)
    now = datetime.now(UTC)
    with store.writing() as connection:
        drawn = [Chance(one, "rarce", 1.0, "random") for one in ("h-rarce-1", "h-rarce-2")]
        write_tasks(connection, drawn, now, now.date())
    store.close()


def test_ticked_calls_are_assigned_and_taken_out(seen: Seen, queued: None) -> None:
    page = seen.page
    page.get_by_role("link", name="Cola").click()
    first, second = (page.get_by_role("checkbox", name="Marcar la llamada de").nth(i) for i in (0, 1))
    first.focus()
    page.keyboard.press("Space")
    expect(page.get_by_text("1 llamada marcada.")).to_be_visible()
    expect(first).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")  # past the link of the row
    expect(second).to_be_focused()
    page.keyboard.press("Space")
    page.get_by_text("2 llamadas marcadas.").wait_for()
    whole(page)  # a panel that opens before would be drawn anew, shut
    page.get_by_role("button", name="Asignar a…").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Quién revisa").focus()
    page.keyboard.type("Tomás")
    page.get_by_role("option", name="Tomás Vidal").wait_for()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Asignar 2 llamadas").press("Enter")
    expect(page.get_by_text("2 llamadas quedan a nombre de Tomás Vidal")).to_be_visible()
    expect(page.get_by_role("cell", name="Tomás Vidal")).to_have_count(2)
    expect(first).not_to_be_checked()
    whole(page)
    page.get_by_role("checkbox", name="Marcar todas").press("Space")
    page.get_by_text("2 llamadas marcadas.").wait_for()
    whole(page)
    page.get_by_role("button", name="Quitar de la cola").press("Enter")
    page.get_by_label("¿Por qué no se revisa?").fill("Son de prueba.")
    page.get_by_role("button", name="Quitar 2 llamadas").click()
    expect(page.get_by_text("2 llamadas salieron de la cola.")).to_be_visible()
    assert seen.console == []
