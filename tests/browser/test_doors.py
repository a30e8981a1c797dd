"""In and out of the demonstration in a real browser: each finds their own screens, and nothing after."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import enter

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(60_000)
    expect.set_options(timeout=60_000)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(
    ("name", "role", "upload"),
    [
        ("Elena Robles", "Analista de calidad", 1),
        ("Inés Paredes", "Analista de calidad", 1),
        ("Tomás Vidal", "Formación", 0),
        ("Marisol Tapia", "Agente", 0),
        ("Lucía Herrera", "Líder de equipo", 0),
    ],
)
def test_each_finds_their_own_screens(page: Page, address: str, name: str, role: str, upload: int) -> None:
    enter(page, address, name)
    expect(page.get_by_test_id("stSidebar").get_by_text(role)).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_test_id("stSidebarNav").get_by_text("Subir grabaciones")).to_have_count(upload)


def test_the_way_of_the_keyboard_is_seen_in_the_navigation(page: Page, address: str) -> None:
    enter(page, address, "Elena Robles")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.get_by_test_id("stSidebarNavLink").nth(0).press("Tab")
    entry = page.get_by_test_id("stSidebarNavLink").nth(1)
    expect(entry).to_be_focused()
    expect(entry).to_have_css("outline", "rgb(11, 100, 100) solid 2px")


def test_a_link_to_a_call_leads_there_through_the_door(page: Page, address: str) -> None:
    enter(page, f"{address}/call?call=mx-embargo", "Elena Robles")
    expect(page.get_by_role("heading", name="Rubén Arce con Lorena Bustos")).to_be_visible()


def test_the_entry_of_the_page_one_is_on_leads_back_to_its_start(page: Page, address: str) -> None:
    enter(page, f"{address}/coaching?agent=rarce", "Tomás Vidal")
    start = page.get_by_role("heading", name="¿A quién conviene acompañar, y en qué?")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(start).to_have_count(0)
    page.get_by_test_id("stSidebarNavLink").filter(has_text="Acompañar").click()
    expect(start).to_be_visible()


def test_a_table_that_was_chosen_is_seen_in_its_box(page: Page, address: str, tmp_path: Path) -> None:
    table = tmp_path / "anteriores.csv"
    table.write_text("a,b\n1,2\n", encoding="utf-8")
    enter(page, f"{address}/calibration", "Elena Robles")
    page.get_by_text("Evaluaciones anteriores").first.click()
    page.locator("input[type=file]").set_input_files(table)
    expect(page.get_by_test_id("stFileChip")).to_be_visible()


def test_out_is_out_in_every_tab(page: Page, address: str) -> None:
    refused: list[str] = []
    page.on("console", lambda m: refused.append(m.text) if "Content Security Policy" in m.text else None)
    enter(page, f"{address}/team", "Elena Robles")
    expect(page.get_by_text("Puntos por semana")).to_be_visible()
    other = page.context.new_page()
    other.goto(address)
    other.evaluate("sessionStorage.setItem('temple-draft 1 una-llamada firm 0', 'No es así')")
    other.get_by_role("button", name="Salir").click()
    expect(other.get_by_role("heading", name="Sesión cerrada")).to_be_visible()
    other.wait_for_function(
        "() => !Object.keys(sessionStorage).some(name => name.startsWith('temple-draft'))"
    )
    page.get_by_text("English").click()
    expect(page.get_by_role("heading", name="Your session has ended")).to_be_visible()
    expect(page.get_by_text("Rubén Arce")).to_have_count(0)
    expect(page.get_by_test_id("stSidebarNav")).to_have_count(0)
    page.get_by_role("link", name="Sign in").click()
    expect(page.get_by_role("button", name="Elena Robles")).to_be_visible()
    assert "next=" in page.url
    assert refused == []


def test_a_tablet_sees_where_a_table_goes_on_and_loses_no_column(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 820, "height": 1100})
    enter(page, address, "Elena Robles")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.goto(f"{address}/guide")
    expect(page.locator("td.why").first).to_be_visible()
    table = page.locator(".temple.scrolls").first
    hint = table.get_by_text("La tabla sigue a la derecha")
    expect(hint).to_be_hidden()
    table.locator("table").evaluate("one => { one.style.minWidth = '900px'; }")
    expect(hint).to_be_visible()
    table.evaluate("one => { one.scrollLeft = one.scrollWidth; }")
    expect(hint).to_be_hidden()


def test_the_list_of_calls_fits_beside_the_navigation_whatever_the_names(page: Page, address: str) -> None:
    enter(page, f"{address}/calls", "Elena Robles")
    row = page.locator("tbody tr").first
    expect(row).to_be_visible()
    row.locator("td.agent .text").evaluate(
        "node => { node.textContent = 'María Fernanda Gutiérrez de la Torre' }"
    )
    row.locator("td.debtor .text").evaluate(
        "node => { node.textContent = 'llamada-2026-10-08-174000-rarce' }"
    )
    expect(page.locator(".scrolls")).not_to_have_class(re.compile(r"\bmore\b"))
    assert page.locator(".scrolls").evaluate("node => node.scrollWidth <= node.clientWidth")
