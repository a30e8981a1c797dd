"""A team lead closes the month in a real browser: what is in it, prepared, signed; then it stays."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from coach.store import Store
from tests.browser.conftest import Running, enter
from tests.coach.house import drawn, released

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Browser, running: Running) -> Iterator[Page]:
    """Lucía's browser; some of Marisol's calls were drawn and handed to her."""
    store = Store.open(running.settings)
    for week in range(9):
        drawn(store, f"h-mtapia-{week}", 0.5)
        released(store, f"h-mtapia-{week}")
    store.close()
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(60_000)
    expect.set_options(timeout=60_000)
    yield context.new_page()
    context.close()


def test_a_lead_closes_the_month(page: Page, running: Running) -> None:
    enter(page, running.address, "Lucía Herrera")
    page.get_by_test_id("stSidebarNav").get_by_role("link", name="Cierre").click()
    expect(page.get_by_role("heading", name="¿Está listo el mes para firmarse?")).to_be_visible()
    expect(page.get_by_text("Marisol Tapia").first).to_be_visible()
    page.get_by_role("button", name="Preparar para la firma").click()
    page.get_by_role("button", name="Firmar el mes").click()
    page.get_by_role("button", name="Sí, firmar").click()
    expect(page.get_by_role("button", name="Descargar para la nómina (CSV)")).to_be_visible()
    expect(page.get_by_role("button", name="Preparar para la firma")).to_have_count(0)
    with page.expect_download() as saved:
        page.get_by_role("button", name="Descargar para la nómina (CSV)").click()
    assert "Marisol Tapia" in saved.value.path().read_text(encoding="utf-8-sig")
