"""Takes the README pictures from a running demonstration: `docs/screenshots/take.py ADDRESS [NAME...]`,
all of them or those named (`agent-dark`).

Needs the dev requirements and a system Chromium. Begins one review, as Elena Robles.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).parent
# picture: who looks, at which address, and what is there once it is drawn
PAGES = {
    "calls": ("Elena Robles", "calls", "tbody tr"),
    "call": ("Elena Robles", "call?call=mx-02-descuento-en-tres-pagos", ".wave canvas"),
    "review": ("Elena Robles", "call?call=pe-02-nombre-usado", ".wave canvas"),
    "criticals": ("Inés Paredes", "criticals", "blockquote"),
    "agent": ("Marisol Tapia", "agent", "blockquote"),
    "team": ("Lucía Herrera", "team", "tbody tr"),
    "objections": ("Tomás Vidal", "objections", "tbody tr"),
}
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
COLOURS = 256  # enough for flat surfaces, and a third of the size


def main(address: str, *wanted: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(FLAGS))
        for scheme in ("light", "dark"):
            for name, (who, path, ready) in PAGES.items():
                target = HERE / f"{name}-{scheme}.png"
                if not wanted or target.stem in wanted:
                    take(browser, f"{address.rstrip('/')}/{path}", who, ready, target)
        browser.close()


def take(browser: Browser, address: str, who: str, ready: str, target: Path) -> None:
    scheme = "dark" if target.stem.endswith("dark") else "light"
    context = browser.new_context(color_scheme=scheme, viewport={"width": 1280, "height": 860})
    context.set_default_timeout(90_000)
    page = context.new_page()
    page.goto(address)
    page.get_by_role("button", name=who).click()  # the door of the demonstration
    page.wait_for_selector(ready)
    if target.stem.startswith("review"):
        begin(page)
    page.wait_for_function("() => !document.querySelector('[data-testid=stSkeleton]')")
    page.wait_for_timeout(2_000)  # fonts, waveform
    page.screenshot(path=target)
    context.close()
    with Image.open(target) as taken:
        small = taken.convert("RGB").quantize(COLOURS)
    small.save(target, optimize=True)


def begin(page: Page) -> None:
    """The call under review; it stays so for the next picture."""
    if not page.locator(".criterion.focused").count():
        page.get_by_role("button", name="Revisar esta llamada").click()
    page.wait_for_selector(".criterion.focused")
    page.wait_for_selector(".wave canvas")


if __name__ == "__main__":
    main(*sys.argv[1:])
