"""Calendar dates of news in TimeML: python benchmarks/dates.py FOLDER… [--misses]

A FOLDER has TimeML files (`*.tml`), such as those of TimeBank or of TempEval-3: the day of publication in
a TIMEX3 with `functionInDocument="CREATION_TIME"`, the text in TEXT, its expressions in TIMEX3 elements.
A date that `dipcli.dates.find` gives is right where it overlaps a DATE or TIME whose value is a calendar
interval and gives that interval. What overlaps only durations, sets and vague references counts neither way.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from dipcli.dates import Interval, find, intervals
from machine import about


class Timex(NamedTuple):
    """An expression of the gold, `interval` None where its value is no calendar interval."""

    start: int
    end: int
    interval: Interval | None


class News(NamedTuple):
    name: str
    text: str
    published: date
    timexes: list[Timex]


VALUES = (
    (r"(\d{4})-(\d\d)-(\d\d)", lambda y, m, d: intervals.day(date(y, m, d))),
    (r"(\d{4})-(\d\d)", intervals.month),
    (r"(\d{4})", intervals.year),
    (r"(\d{4})-W(\d\d)", lambda y, w: intervals.week(date.fromisocalendar(y, w, 1))),
    (r"(\d{4})-Q([1-4])", intervals.quarter),
    (r"(\d{4})-H([12])", intervals.half),
)
"""TIMEX3 values that are calendar intervals, without their time of day."""


def interval(value: str) -> Interval | None:
    for pattern, make in VALUES:
        if match := re.fullmatch(pattern, value.partition("T")[0]):
            return make(*map(int, match.groups()))
    return None


def read(path: Path) -> News:
    root = ElementTree.parse(path).getroot()
    created = next(t for t in root.iter("TIMEX3") if t.get("functionInDocument") == "CREATION_TIME")
    words, timexes = "", []

    def walk(element: ElementTree.Element) -> None:
        nonlocal words
        start = len(words)
        words += element.text or ""
        for child in element:
            walk(child)
            words += child.tail or ""
        if element.tag == "TIMEX3":
            told = interval(element.get("value", "")) if element.get("type") in ("DATE", "TIME") else None
            timexes.append(Timex(start, len(words), told))

    body = root.find("TEXT")
    assert body is not None, f"{path} has no TEXT"
    walk(body)
    return News(path.stem, words, date.fromisoformat(created.attrib["value"][:10]), timexes)


def matches(news: News) -> Iterator[tuple[str, Timex | None, str | None]]:
    """Each date found with the gold it overlaps, each gold that none overlaps, and what is wrong with it."""
    free = [t for t in news.timexes if t.interval]
    vague = [t for t in news.timexes if not t.interval]
    for hit in find(news.text, news.published):
        told = next((t for t in free if t.start < hit.char_end and hit.char_start < t.end), None)
        if told is None:
            if not any(t.start < hit.char_end and hit.char_start < t.end for t in vague):
                yield "found", None, f"no such date: {hit.text} = {hit.start}/{hit.end}"
            continue
        free.remove(told)
        assert told.interval is not None
        right = (told.interval.start.isoformat(), told.interval.end.isoformat()) == (hit.start, hit.end)
        yield (
            "found",
            told,
            None
            if right
            else f"{hit.text} = {hit.start}/{hit.end}, not {told.interval.start}/{told.interval.end}",
        )
    for told in free:
        yield "missed", told, f"not found: {news.text[told.start : told.end]}"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    parser.add_argument("--misses", action="store_true", help="show each date that is wrong")
    arguments = parser.parse_args()
    paths = sorted(path for folder in arguments.folders for path in folder.rglob("*.tml"))
    right = found = gold = 0
    for path in paths:
        news = read(path)
        gold += sum(t.interval is not None for t in news.timexes)
        for kind, told, wrong in matches(news):
            found += kind == "found"
            right += told is not None and wrong is None
            if wrong and arguments.misses:
                print(f"{news.name}, {news.published}: {wrong}")
    precision, recall = right / max(found, 1), right / max(gold, 1)
    print(about())
    print(
        f"\n{len(paths)} documents: value F1 {2 * right / max(found + gold, 1):.3f}, "
        f"precision {precision:.3f} ({right} of {found}), recall {recall:.3f} ({right} of {gold})"
    )


if __name__ == "__main__":
    main()
