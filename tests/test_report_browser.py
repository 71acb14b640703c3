"""The report in headless Chromium: opened from a file, filtered, clicked, read by axe.

Skipped where there is no Chromium (`.ci/run` installs it where it can) or no playwright to drive it.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import dipcli
from conftest import EVENTS
from test_report import write_hostile

playwright = pytest.importorskip("playwright.sync_api", reason="there is no playwright to drive a browser")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium: apt-get install chromium")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def report(index: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("report") / "report.html"
    with dipcli.open(index) as opened:
        made.write_bytes(opened.report())
    return made


class Watched:
    """A page, and what went wrong or out in it."""

    def __init__(self, browser: Any, path: Path, **look: Any) -> None:
        self.page = browser.new_page(**{"viewport": {"width": 1100, "height": 900}, **look})
        self.wrong: list[str] = []
        self.page.on("console", lambda message: self.wrong.append(message.text))
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("dialog", lambda dialog: self.wrong.append(dialog.message))
        self.page.on("request", self._request)
        self.own = path.as_uri()
        self.page.goto(self.own)
        self.page.wait_for_selector("html[data-ready=yes]")

    def _request(self, request: Any) -> None:
        if request.url != self.own:
            self.wrong.append(f"asked for {request.url}")

    def rows(self) -> list[str]:
        return self.page.locator("tr.event .open").all_inner_texts()

    def wait_for_count(self, count: int) -> None:
        self.page.wait_for_selector(f"#count:has-text('{count} of {len(EVENTS)} events')")


@pytest.fixture
def watched(browser: Any, report: Path) -> Iterator[Watched]:
    found = Watched(browser, report)
    yield found
    found.page.close()
    assert found.wrong == []


def test_it_opens_from_a_file_and_shows_everything(watched: Watched) -> None:
    assert len(watched.rows()) == len(EVENTS)
    assert watched.page.locator("#timeline path[fill^='var(--quad']").count() >= 2
    assert watched.page.locator("#network svg text").all_text_contents() == [
        "Belvania",
        "Ardania",
        "Mira Kos",
        "Tomas Rell",
    ]
    assert watched.page.locator("#sources li").count() == 2


def test_a_filter_narrows_the_table(watched: Watched) -> None:
    watched.page.fill("#f-text", "mines")
    watched.wait_for_count(1)
    assert watched.rows() == ["Belvania makes an accusation against Ardania."]
    watched.page.click("button[type=reset]")
    watched.wait_for_count(4)
    watched.page.select_option("#f-status", "planned")
    watched.wait_for_count(1)
    watched.page.select_option("#f-status", "")
    watched.page.fill("#f-from", "2021-06-01")
    watched.page.fill("#f-to", "2021-06-30")
    watched.wait_for_count(2)
    watched.page.fill("#f-actor", "tomas")
    watched.wait_for_count(1)
    watched.page.fill("#f-text", "nothing like it")
    watched.wait_for_count(0)


def test_a_click_opens_the_right_quote(watched: Watched) -> None:
    for place, event in enumerate(EVENTS):
        opener = watched.page.locator("tr.event .open").nth(place)
        opener.click()
        assert watched.page.locator(".told mark").all_inner_texts() == [event.evidence[0].text]
        assert watched.page.locator(".told figcaption").inner_text().endswith(event.evidence[0].locator)
        opener.click()
        assert watched.page.locator(".told").count() == 0


def test_headings_sort_by_keyboard(watched: Watched) -> None:
    before = watched.rows()
    watched.page.focus("[data-sort=score]")
    watched.page.keyboard.press("Enter")
    assert watched.rows()[0].startswith("Belvania makes an accusation")
    assert watched.page.locator("th[aria-sort=ascending]").inner_text().startswith("Score")
    watched.page.focus("[data-sort=when]")
    watched.page.keyboard.press("Enter")
    assert watched.rows() == before


def test_the_pictures_lead_to_the_table(watched: Watched) -> None:
    watched.page.locator("#matrix button").first.click()
    assert watched.page.input_value("#f-actor") == "any of Andorra"
    assert watched.page.input_value("#f-other") == "any of Belgium"
    watched.page.click("button[type=reset]")
    watched.page.locator("#network .mark-symbol path").first.click()
    watched.wait_for_count(3)
    watched.page.click("button[type=reset]")
    watched.wait_for_count(4)
    watched.page.locator("#timeline path[fill='var(--quad3)']").first.click(position={"x": 1, "y": 5})
    watched.wait_for_count(1)


def test_filters_that_change_fast_end_in_the_last(watched: Watched) -> None:
    refresh = "words => { const box = document.getElementById('f-text'); box.value = words; box.form.dispatchEvent(new Event('reset')); }"
    for words in ("mines", "summit", "nothing like it", "strait", ""):
        watched.page.evaluate(refresh, words)  # each shows what the controls say at once
    watched.wait_for_count(4)
    watched.page.wait_for_selector("#network svg text:nth-of-type(4)", state="attached")
    assert watched.page.locator("#network svg").count() == 1


def test_the_timeline_zooms(watched: Watched) -> None:
    told = watched.page.locator("#timeline-text")
    assert "counted by week" in told.inner_text() or "counted by day" in told.inner_text()
    for _ in range(5):
        watched.page.click("#zoom-out")
    assert "counted by quarter" in told.inner_text()
    watched.page.click("#later")
    watched.page.click("#zoom-all")
    assert "counted by quarter" not in told.inner_text()


def test_hostile_text_does_nothing(browser: Any, tmp_path: Path) -> None:
    made = tmp_path / "hostile.html"
    with dipcli.open(write_hostile(tmp_path / "h")) as opened:
        made.write_bytes(opened.report())
    watched = Watched(browser, made)
    watched.page.locator("tr.event .open").click()
    assert "window.hacked=1" in watched.page.locator(".told mark").inner_text()
    assert watched.page.locator("img, main script, #sources a").count() == 0
    assert watched.page.evaluate("window.hacked") is None
    watched.page.close()
    assert watched.wrong == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1100, 390])
def test_axe_finds_nothing_serious(browser: Any, report: Path, scheme: str, width: int) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="there is no axe")
    watched = Watched(browser, report, color_scheme=scheme, viewport={"width": width, "height": 900})
    watched.page.locator("tr.event .open").first.click()
    found = axe.Axe().run(watched.page).response["violations"]
    wide = watched.page.evaluate("document.documentElement.scrollWidth")
    watched.page.close()
    assert [
        (one["id"], [node["html"] for node in one["nodes"]])
        for one in found
        if one["impact"] in ("serious", "critical")
    ] == []
    assert wide <= width
