"""Make the pictures of the report that the docs show: python tools/pictures.py

A report of the sample documents is opened in headless Chromium, in light, in dark and on a phone, with an
event opened in the table; each view becomes a PNG in docs/pictures. Needs Chromium and the group `dev`.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

import dipcli

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
FLAGS = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"
VIEWS: dict[str, dict[str, Any]] = {
    "report-light": {"color_scheme": "light", "viewport": {"width": 1160, "height": 1180}},
    "report-dark": {"color_scheme": "dark", "viewport": {"width": 1160, "height": 760}},
    "report-phone": {"color_scheme": "light", "viewport": {"width": 390, "height": 840}},
}
OPENED = "tr.event:has-text('hold talks by video') .open"
"""The event whose quotes are shown."""


def main() -> int:
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        print("there is no Chromium: apt-get install chromium", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "report.html"
        dipcli.ingest([ROOT / "data" / "documents"], Path(folder) / "index")
        with dipcli.open(Path(folder) / "index") as index:
            page.write_bytes(index.report(index.events()))
        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=chromium, args=FLAGS.split())
            for name, look in VIEWS.items():
                view = browser.new_page(**look)
                view.goto(page.as_uri())
                view.wait_for_selector("html[data-ready=yes]")
                if name != "report-light":
                    opened = view.locator(OPENED).first
                    opened.click()
                    view.evaluate(
                        "scrollTo(0, document.querySelector('.told').getBoundingClientRect().top + scrollY - innerHeight * 0.4)"
                    )
                    view.mouse.move(1, 1)
                view.wait_for_timeout(300)
                view.screenshot(path=str(PICTURES / f"{name}.png"))
                print(f"docs/pictures/{name}.png")
            browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
