"""Names: normal forms, parts, and whether two names are one person's (tables in cases/)."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dipcli import names

CASES = Path(__file__).parent / "cases"


def table(name: str) -> list[dict[str, str]]:
    with (CASES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


WORDS = st.sampled_from(
    "Li Peng Ban Ki-moon Kim Jong-il al-Sadat bin Abdul Aziz Mohammed Muhammad Yusuf Sergei Ivanov de la"
    " George W. H. Bush Lopez Kōno Taro Nguyen Van Ö'Brien Jr. - . É".split()
)
NAMES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join) | st.text(max_size=12)
COUNTRIES = st.sampled_from([None, "CHN", "KOR", "JPN", "EGY", "USA"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("BAN Ki-moon", "ban ki moon"),
        ("U.S.", "us"),
        ("Côte d'Ivoire", "cote divoire"),
        ("Lech Wałęsa", "lech walesa"),
        ("İstanbul", "istanbul"),
        ("Ma’rib", "marib"),
        ("AT&T", "at and t"),
        ("P5+1", "p5 plus 1"),
        ("  two\u00a0 spaces ", "two spaces"),
        ("—", ""),
    ],
)
def test_normal(text: str, expected: str) -> None:
    assert names.normal(text) == expected


def test_slug() -> None:
    assert names.slug("UN Security Council") == "un-security-council"
    assert names.slug("Lech Wałęsa") == "lech-walesa"
    assert names.slug("…") == "unnamed"


@pytest.mark.parametrize("case", table("names_parts.tsv"), ids=lambda case: case["name"])
def test_parts(case: dict[str, str]) -> None:
    country = case["country"] or None
    assert names.shape(case["name"], country) == case["culture"] or "," in case["name"]
    assert names.parts(case["name"], country).culture == case["culture"]
    assert names.family(case["name"], country) == case["family"]
    assert names.given(case["name"], country) == case["given"]


@pytest.mark.parametrize(
    "text",
    [
        "Security Council",
        "Han River",
        "Long March",
        "Victoria Harbour",
        "Jordan Valley",
        "South Korea",
        "San Jose",
        "Santa Fe",
        "Do So",
        "Foreign Minister",
        "Beijing",
        "park jin-woo",
        "Park Road",
        "Ma 17",
    ],
)
def test_no_name(text: str) -> None:
    assert names.shape(text) is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Anwar el-Sadat", ("el-Sadat", "Sadat", "Anwar")),
        ("Felipe Gonzalez Marquez", ("Gonzalez Marquez", "Gonzalez", "Marquez")),
        ("Nguyen Tan Dung", ("Nguyen", "Dung")),
        ("Ursula von der Leyen", ("von der Leyen", "Leyen")),
        ("Helmut Kohl", ("Kohl",)),
    ],
)
def test_short_forms(name: str, expected: tuple[str, ...]) -> None:
    assert names.short_forms(name) == expected


@pytest.mark.parametrize(
    "case", table("names_same.tsv"), ids=lambda case: f"{case['one']} {case['country']} {case['other']}"
)
def test_same_person(case: dict[str, str]) -> None:
    decision = names.same_person(
        case["one"], case["other"], country_a=case["country"] or None, country_b=case["country2"] or None
    )
    assert decision.same == (case["same"] == "yes"), (decision, case["why"])
    assert decision.reason


def test_many_cases() -> None:
    assert len(table("names_same.tsv")) >= 120


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Niger", "Nigeria", False),
        ("North Korea", "South Korea", False),
        ("Republic of Korea", "DPRK", False),
        ("Congo-Brazzaville", "DRC", False),
        ("Guinea", "Equatorial Guinea", False),
        ("Sudan", "South Sudan", False),
        ("Republic of China", "People's Republic of China", False),
        ("China", "PRC", True),
        ("Burma", "Myanmar", True),
        ("China", "China Daily", False),
        ("European Council", "Council of Europe", False),
        ("NATO", "North Atlantic Treaty Organization", True),
        ("UN Security Council", "UN General Assembly", False),
        ("Acme Steel", "Acme Steel Group", True),
    ],
)
def test_may_merge(one: str, other: str, expected: bool) -> None:
    assert names.may_merge(one, other) is expected
    assert names.may_merge(other, one) is expected


def test_romanisation_key() -> None:
    key = names.romanisation_key
    assert key("Roh Moo-hyun", "KOR") == key("Roh Mu Hyon", "KOR")
    assert key("Mohammad Mossadegh") == key("Muhammad Mosadeq".replace("q", "gh"))
    assert key("Kim Jong-il") != key("Kim Jong-nam")


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("korae", "korea"),  # two letters swapped are one fault, so nearer than "korba"
        ("talx", "talk"),
        ("treety", "treaty"),
        ("trety", "treaty"),
        ("tak", "talk"),  # of two as near the more frequent
        ("tx", None),
        ("zyxwvut", None),
    ],
)
def test_respelt(word: str, expected: str | None) -> None:
    counts = {"korea": 90, "korba": 500, "talk": 40, "tank": 3, "treaty": 7, "treat": 2}
    assert names.respelt(word, counts) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Prado, Ana", "Ana Prado"),
        ("Berg, Jan Olav", "Jan Olav Berg"),
        ("Ana Prado", "Ana Prado"),
        ("Oslo, in May", "Oslo, in May"),
        ("Party of Norway, Youth of the Labour", "Party of Norway, Youth of the Labour"),
    ],
)
def test_in_order(name: str, expected: str) -> None:
    assert names.in_order(name) == expected
    assert names.in_order(names.catalogued(expected)) == expected or "," in expected


def test_closest() -> None:
    known = ["Ban Ki-moon", "Ban Kyung", "Helmut Kohl", "Li Peng", "Li Ping"]
    assert names.closest("Ban Kimoon", known)[0][0] == "Ban Ki-moon"
    assert names.closest("kohl", known) == [("Helmut Kohl", 95.0)]
    assert [name for name, _ in names.closest("Li Pang", known, limit=2)] == ["Li Peng", "Li Ping"]
    assert names.closest("Zzyzx", known) == []


@given(st.text())
def test_normal_is_idempotent(text: str) -> None:
    assert names.normal(names.normal(text)) == names.normal(text)


@given(NAMES, NAMES)
def test_likeness_is_symmetric(one: str, other: str) -> None:
    assert names.likeness(one, other) == names.likeness(other, one)
    assert 0 <= names.likeness(one, other) <= 100


@settings(max_examples=300)
@given(NAMES, NAMES, COUNTRIES, COUNTRIES)
def test_same_person_is_symmetric(one: str, other: str, a: str | None, b: str | None) -> None:
    assert names.same_person(one, other, country_a=a, country_b=b) == names.same_person(
        other, one, country_a=b, country_b=a
    )


@given(NAMES, COUNTRIES)
def test_parts_lose_no_letter(name: str, country: str | None) -> None:
    found = names.parts(name, country)
    inside = sorted("".join(names.normal(" ".join([*found.given, found.family])).split()))
    whole = sorted("".join(names.normal(name).split()))
    assert [c for c in inside if c not in whole] == []


def test_import_is_light() -> None:
    code = "import sys, dipcli.names; print([m for m in ('rapidfuzz', 'tomllib') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
