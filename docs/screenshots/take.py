"""Takes the README's pictures from a running demonstration: `python docs/screenshots/take.py http://localhost:8501`.

Needs the dev requirements and a system Chromium.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

HERE = Path(__file__).parent
CALL = "call?call=mx-02-descuento-en-tres-pagos"
PAGES = {"calls": ("", "tbody tr"), "call": (CALL, ".wave canvas")}
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")


def main(address: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(FLAGS))
        for scheme in ("light", "dark"):
            for name, (path, ready) in PAGES.items():
                take(browser, f"{address.rstrip('/')}/{path}", ready, HERE / f"{name}-{scheme}.png")
        browser.close()


def take(browser: Browser, address: str, ready: str, target: Path) -> None:
    scheme = "dark" if target.stem.endswith("dark") else "light"
    context = browser.new_context(color_scheme=scheme, viewport={"width": 1280, "height": 860})
    page = context.new_page()
    page.goto(address)
    page.get_by_role("button", name="Elena Robles").click()  # the door of the demonstration
    page.wait_for_selector(ready, timeout=60_000)
    page.wait_for_timeout(2_000)  # fonts, waveform
    page.screenshot(path=target)
    context.close()


if __name__ == "__main__":
    main(sys.argv[1])
