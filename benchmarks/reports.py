"""What a report and a chronology of many events cost: python benchmarks/reports.py [--events N]

Each command is run three times on an invented index (benchmarks/generate.py); the best time counts. The page
is then opened in headless Chromium, where there is one, until it is ready. Prints a table for
docs/report.md.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from generate import generate
from machine import about, table

ROUNDS = 3


def seconds(command: list[str]) -> tuple[float, float]:
    """The best times of some rounds: as a person waits for it, and of the processor."""
    waited, worked = [], []
    for _ in range(ROUNDS):
        begun, before = time.perf_counter(), _processor_time()
        subprocess.run(command, check=True, capture_output=True)
        waited.append(time.perf_counter() - begun)
        worked.append(_processor_time() - before)
    return min(waited), min(worked)


def _processor_time() -> float:
    """Of the processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def opening(page: Path) -> float | None:
    """Seconds until the page is ready in a browser; None where there is none."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        return None
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=chromium, args=["--headless", "--no-sandbox", "--disable-gpu"]
        )
        view = browser.new_page()
        begun = time.perf_counter()
        view.goto(page.as_uri())
        view.wait_for_selector("html[data-ready=yes]")
        took = time.perf_counter() - begun
        browser.close()
    return took


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=5_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        index, page = Path(folder) / "index", Path(folder) / "report.html"
        generate(options.events, index)
        dipcli = str(Path(sys.executable).with_name("dipcli"))
        print(f"{options.events:,} events; {about()}\n")
        rows = []
        for name, made in (("report", page), ("chronology", Path(folder) / "c.docx")):
            waited, worked = seconds([dipcli, name, "--index", str(index), "-o", str(made)])
            rows.append(
                [
                    f"`dipcli {name} -o {made.name}`",
                    f"{waited:.1f}",
                    f"{worked:.1f}",
                    f"{made.stat().st_size / 1e6:.1f}",
                ]
            )
        opened = opening(page)
        if opened is not None:
            rows.append(["the page, until it is ready in a browser", f"{opened:.1f}", "", ""])
        print(table(["", "seconds", "of the processor", "MB"], rows))


if __name__ == "__main__":
    main()
