"""Profiles, who held an office between sightings, and what differs between two indexes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

import dipcli
from dipcli.records import Participant, Place
from record_builder import actor, document, event, quote, role, store

Run = Callable[..., Any]
TEXT = "Minister Ana met Bo in Oslo. Ana will visit Bo. Cy took over."
ANA = Participant(id="ana", name="Ana", country="NOR")
BO = Participant(id="bo", name="Bo", country="SWE")


def records(**values: Any) -> dict[str, list[Any]]:
    met = [quote(TEXT, "Minister Ana met Bo in Oslo.", "doc-aaa000")]
    visit = [quote(TEXT, "Ana will visit Bo.", "doc-aaa000")]
    meeting = {"actors": [ANA, BO], "evidence": met, "place": Place(name="Oslo")}
    return {
        "documents": [document("doc-aaa000", TEXT, title="Notes")],
        "events": [
            event("2030-03-03-consult-ana-bo", "2030-03-03", **(meeting | values)),
            event(
                "2031-visit", "2031-01-01", "2031-12-31", precision="year", status="planned", actors=[ANA, BO]
            )
            if not values
            else event("2031-visit", None, status="planned", actors=[ANA, BO], evidence=visit),
        ],
        "actors": [
            actor(
                "ana",
                "Ana",
                country="NOR",
                documents=["doc-aaa000"],
                roles=[role("Foreign Minister", of="nor", first_seen="2030-03-03", last_seen="2030-04-05")],
            ),
            actor("bo", "Bo", country="SWE", documents=["doc-aaa000"]),
            actor(
                "cy",
                "Cy",
                country="NOR",
                roles=[role("Foreign Minister", of="nor", first_seen="2032-01-02", last_seen="2032-01-02")],
            ),
        ],
        "relations": [],
    }


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    return store(tmp_path / "notes", records())


def test_a_profile_tells_all_of_an_actor(notes: Path) -> None:
    with dipcli.open(notes) as index:
        found = index.profile("Ana")
    assert (found.id, found.kind, found.country) == ("ana", "person", "NOR")
    (office,) = found.offices
    assert (office.first_seen, office.last_seen, office.before) == ("2030-03-03", "2030-04-05", None)
    assert office.after and (office.after.name, office.after.first_seen) == ("Cy", "2032-01-02")
    assert [(row.by[0].value, row.count, row.planned) for row in found.counterparts] == [("bo", 1, 1)]
    assert [(row.by[0].value, row.count) for row in found.places] == [("Oslo", 1)]
    assert [(event.id, event.date) for event in found.planned] == [("2031-visit", "2031")]
    assert [(one.title, one.events) for one in found.documents] == [("Notes", 1)]
    assert {row.period for row in found.times} == {"2030-03", "2031"}


@pytest.mark.parametrize(
    ("on", "holders", "before", "after"),
    [
        ("2030-03-20", ["Ana"], None, "Cy"),
        ("2031", [], "Ana", "Cy"),
        ("2029", [], None, "Ana"),
        ("2033-05", [], "Cy", None),
    ],
)
def test_who_held_an_office(notes: Path, on: str, holders: list[str], before: Any, after: Any) -> None:
    with dipcli.open(notes) as index:
        (tenure,) = index.tenures("foreign minister", on=on, of="Norway")
        assert index.tenures("foreign minister", on=on, of="SWE") == []
    assert [one.name for one in tenure.holders] == holders
    assert (tenure.before and tenure.before.name, tenure.after and tenure.after.name) == (before, after)


def test_between_sightings_nobody_is_made_out_to_hold_it(installed: Run, notes: Path) -> None:
    asked = ["actors", "--role", "foreign minister", "--index", notes]
    found = installed(*asked, "--on", "2031")
    assert found.returncode == 1
    assert "foreign minister of nor: Ana last seen 5 Apr 2030, Cy first seen 2 Jan 2032" in found.stderr
    assert "last seen" not in installed(*asked, "--on", "2030-03-10").stderr


@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "tsv", "md", "table"])
def test_a_profile_has_all_formats(installed: Run, notes: Path, form: str) -> None:
    found = installed("profile", "ana", "--format", form, "--index", notes)
    assert found.returncode == 0 and "Oslo" in found.stdout and "Cy" in found.stdout


def test_a_profile_of_nobody(installed: Run, notes: Path) -> None:
    found = installed("profile", "Zed", "--json", "--index", notes)
    assert found.returncode == 1 and "no actor 'Zed'" in found.stderr


def test_a_profile_without_events(installed: Run, notes: Path) -> None:
    found = installed("profile", "cy", "--index", notes)
    assert found.returncode == 0 and "Foreign Minister" in found.stdout


def test_what_changed(notes: Path, tmp_path: Path) -> None:
    later = records(type="AGREE", place=None)
    later["actors"] = [one for one in later["actors"] if one.id != "cy"]
    later["actors"].append(actor("dy", "Dy", documents=["doc-bbb000"]))
    other = store(tmp_path / "later", later)
    with dipcli.open(notes) as old, dipcli.open(other) as new:
        found = {change.id: change for change in old.diff(new)}
        assert old.diff(old) == []
        back = {change.id: change.change for change in new.diff(old)}
    assert {ident: change.change for ident, change in found.items()} == {
        "2030-03-03-consult-ana-bo": "changed",
        "2031-visit": "changed",
        "cy": "gone",
        "dy": "added",
    }
    fields = {one.field: (one.before, one.after) for one in found["2030-03-03-consult-ana-bo"].fields}
    assert fields["type"] == ("CONSULT", "AGREE") and fields["place"][1] is None
    assert found["2031-visit"].documents == ["doc-aaa000"]
    assert found["dy"].documents == ["doc-bbb000"]
    assert (back["cy"], back["dy"]) == ("added", "gone")


def test_an_event_of_another_id_is_known_by_its_passage(notes: Path, tmp_path: Path) -> None:
    later = records()
    later["events"][0] = msgspec.structs.replace(later["events"][0], id="2030-03-04-x", start="2030-03-04")
    with dipcli.open(notes) as old, dipcli.open(store(tmp_path / "later", later)) as new:
        (change,) = old.diff(new)
    assert change.change == "changed"
    assert [one.field for one in change.fields] == ["id", "start"]


def test_diff_on_the_command_line(installed: Run, notes: Path, tmp_path: Path) -> None:
    other = store(tmp_path / "later", records(type="AGREE"))
    found = installed("diff", notes, other, "--json")
    assert found.returncode == 0 and {one["record"] for one in json.loads(found.stdout)} == {"event"}
    assert "type CONSULT → AGREE" in installed("diff", notes, other).stdout
    same = installed("diff", notes, notes, "--json")
    assert (same.returncode, same.stdout) == (1, "[]\n") and "no difference" in same.stderr
    assert installed("diff", notes, tmp_path / "none").returncode == 2
