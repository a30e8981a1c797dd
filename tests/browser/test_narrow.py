"""On a telephone: nothing of an agent's sheet runs over the edge, links are read to their end, and a closed
menu is out of the keyboard's way.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import insert

from coach.schema_work import releases
from coach.store import Store
from rubrics.types import Verdict
from tests.browser.conftest import Running, enter
from tests.views import seed

pytestmark = pytest.mark.browser
WIDE_OF_WINDOW = """() => [...document.querySelectorAll('.st-key-halves, .st-key-halves *')]
    .filter(one => one.getBoundingClientRect().right > window.innerWidth
        || one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflow !== 'visible')
    .map(one => one.textContent)"""


@pytest.fixture
def released(running: Running) -> None:
    """Six calls of Carla's that miss the same thing, with a debtor of a long name."""
    store, now = Store.open(running.settings), datetime.now(UTC)
    for week in range(6):
        call = seed.history(running.settings, week, "cbenitez", "Carla Benítez", points=60.0)
        missed = Verdict("fail", "No pregunta por el motivo.", (seed.quote(call.transcript, 0),), 0.9)
        card = replace(call.scorecard, verdicts={**call.scorecard.verdicts, "asks_reason": missed})
        named = replace(call.transcript.recording, debtor_name="María Guadalupe Ibarrategui Etcheverry")
        store.add_recording(named)
        store.save(replace(call, transcript=replace(call.transcript, recording=named), scorecard=card))
        row = {"recording_id": call.id, "released_at": now, "visible_from": now}
        with store.writing() as connection:
            connection.execute(insert(releases).values(**row))
    store.close()


def test_an_agents_sheet_fits_a_telephone(running: Running, released: None, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    context.set_default_timeout(60_000)
    page = context.new_page()
    enter(page, running.address, "Elena Robles")
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=60_000)
    page.goto(f"{running.address}/agent?agent=cbenitez&days=2026-08-01_2026-10-31")
    expect(page.get_by_role("heading", name="¿Cómo va Carla Benítez?")).to_be_visible(timeout=60_000)
    links = page.locator(".st-key-halves [data-testid=stPageLink]")
    expect(links.first).to_be_visible(timeout=60_000)
    expect(links.first).to_contain_text("sep 2026")
    assert page.evaluate(WIDE_OF_WINDOW) == []
    menu = page.get_by_test_id("stSidebar").get_by_role("link")
    expect(menu.first).to_be_hidden()  # of a closed menu the keyboard knows nothing either
    page.get_by_test_id("stExpandSidebarButton").click()
    expect(menu.first).to_be_in_viewport()
    context.close()
