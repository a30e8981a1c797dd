"""A real server on a free port over a temporary store, and a real Chromium in front of it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from coach import demo_people
from coach.settings import Settings
from coach.store import Store
from tests.views import seed

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "examples" / "audio" / "mx-01-promesa-quincena.ogg"
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
# the system's, as `setup.sh dev` finds or installs it: Playwright's own is not downloaded
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
SERVE = """
import sys, uvicorn
from coach import server
from coach.settings import load
from coach.store import Store
settings = load()
app = server.build(settings, Store.open(settings), work=False)
uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="warning")
"""


@dataclass
class Seen:
    """The one page of a test file, its analyst signed in, with all it wrote to its console and asked other
    machines for.
    """

    page: Page
    address: str
    console: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Running:
    """The server, and the folder of its data."""

    address: str
    settings: Settings


@pytest.fixture(scope="session")
def address(running: Running) -> str:
    return running.address


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("browser")
    settings = Settings(data_dir=folder, demo=True)
    store = Store.open(settings)
    for call in seed.calls(settings, SAMPLE):
        store.add_recording(call.transcript.recording)
        store.save(call)
    demo_people.settle(store)
    store.close()
    port = free_port()
    environment = os.environ | {"COACH_DATA_DIR": str(folder), "COACH_DEMO": "true", "PYTHONPATH": str(ROOT)}
    with (folder / "server.log").open("wb") as log:
        command = [sys.executable, "-c", SERVE, str(port)]
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
    try:
        wait_for(f"http://127.0.0.1:{port}/api/health", process, folder / "server.log")
        yield Running(f"http://127.0.0.1:{port}", settings)
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Closed with the last of these files: while Playwright is there, no other test of its process may run a
    loop of asyncio's.
    """
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def seen(browser: Browser, address: str) -> Iterator[Seen]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(60_000)
    expect.set_options(timeout=60_000)
    seen = Seen(context.new_page(), address)
    seen.page.on("console", lambda m: seen.console.append(m.text) if m.type in ("error", "warning") else None)
    seen.page.on("pageerror", lambda error: seen.console.append(str(error)))
    seen.page.on("request", lambda r: seen.foreign.append(r.url) if is_foreign(r.url, address) else None)
    enter(seen.page, address, "Elena Robles")
    yield seen
    context.close()


def enter(page: Page, address: str, name: str) -> None:
    """Through the door of the demonstration, by a click on a person."""
    page.goto(address)
    page.get_by_role("button", name=name).click()


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def whole(page: Page) -> None:
    """Until the page is drawn to its end: what a rerun leaves out stands until then, and moves the rest as it
    goes.
    """
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def is_foreign(url: str, address: str) -> bool:
    return not url.startswith((address, address.replace("http", "ws"), "blob:", "data:"))


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Until the server answers; its log where it does not."""
    for _ in range(240):
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            if process.poll() is not None:
                break
            time.sleep(0.5)
    raise RuntimeError(log.read_text(encoding="utf-8"))
