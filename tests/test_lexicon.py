"""The lexicon's tables: every row parses, codes are valid, forms that two things share are flagged."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from dipcli.lexicon import countries, offices, organizations, personal, places, tables
from dipcli.names import normal

CODES = {country.alpha3 for country in countries.all()}


def test_countries_are_whole() -> None:
    assert len(CODES) == len(countries.all()) >= 250
    for country in countries.all():
        assert re.fullmatch("[A-Z]{3}", country.alpha3)
        assert re.fullmatch("[A-Z]{2}|", country.alpha2)
    shared = [c.alpha2 for c in countries.all() if c.alpha2]
    assert len(shared) == len(set(shared))


def test_no_form_has_two_countries() -> None:
    owners: dict[str, set[str]] = {}
    for country in countries.all():
        for form in (*country.forms, *country.capitals, *country.metonyms, *country.demonyms):
            owners.setdefault(normal(form), set()).add(country.alpha3)
    for key, of in owners.items():
        assert len(of) == 1 or "ambiguous" in countries.forms()[key].flags, (key, of)


def test_care_is_about_a_form() -> None:
    for country in countries.all():
        for form in country.care:
            assert countries.forms()[normal(form)].alpha3 == country.alpha3, (country.alpha3, form)


@pytest.mark.parametrize(
    ("name", "alpha3"),
    [
        ("China", "CHN"),
        ("PRC", "CHN"),
        ("people's republic of china", "CHN"),
        ("Taiwan", "TWN"),
        ("Republic of Korea", "KOR"),
        ("ROK", "KOR"),
        ("Democratic People's Republic of Korea", "PRK"),
        ("DPRK", "PRK"),
        ("U.S.", "USA"),
        ("the United States", "USA"),
        ("Britain", "GBR"),
        ("Burma", "MMR"),
        ("Holland", "NLD"),
        ("Côte d’Ivoire", "CIV"),
        ("Ivory Coast", "CIV"),
        ("UAE", "ARE"),
        ("Türkiye", "TUR"),
        ("Zaire", "COD"),
        ("Congo-Brazzaville", "COG"),
        ("Kosovo", "XKX"),
        ("USSR", "SUN"),
        ("East Germany", "DDR"),
        ("Pyongyang", "PRK"),
        ("Kremlin", "RUS"),
        ("Cheong Wa Dae", "KOR"),
        ("Downing Street", "GBR"),
    ],
)
def test_country_by_name(name: str, alpha3: str) -> None:
    country = countries.by_name(name)
    assert country is not None and country.alpha3 == alpha3


@pytest.mark.parametrize("name", ["Chinese", "Briton", "Atlantis", "", "the North"])
def test_no_country_by_name(name: str) -> None:
    assert countries.by_name(name) is None


@pytest.mark.parametrize(
    ("demonym", "alpha3"),
    [
        ("South Korean", "KOR"),
        ("Emirati", "ARE"),
        ("Dutch", "NLD"),
        ("Filipinos", "PHL"),
        ("Nigerien", "NER"),
    ],
)
def test_demonyms(demonym: str, alpha3: str) -> None:
    form = countries.lookup(demonym)
    assert form is not None and (form.alpha3, form.sort) == (alpha3, "demonym")


def test_forms_that_need_care() -> None:
    flags = {
        form: countries.forms()[normal(form)].flags for form in ("US", "Turkey", "Korea", "Jordan", "Georgia")
    }
    assert "case" in flags["US"]
    assert "word" in flags["Turkey"]
    assert "ambiguous" in flags["Korea"]
    assert "person" in flags["Jordan"]
    assert {"person", "place"} <= flags["Georgia"]


def test_country_by_code() -> None:
    by = [countries.by_code(code) for code in ("KOR", "kr", "SUN", "XX", "")]
    assert [country and country.name for country in by] == [
        "South Korea",
        "South Korea",
        "Soviet Union",
        None,
        None,
    ]


def test_places_are_whole() -> None:
    assert len(places.all()) >= 1200
    owners: dict[str, set[str]] = {}
    for place in places.all():
        assert place.sort in get_args(places.PlaceSort)
        assert place.country is None or place.country in CODES
        assert place.flags <= {"word", "person", "place", "organization", *_COUNTRY_FLAGS}
        for form in (place.name, *place.aliases):
            owners.setdefault(normal(form), set()).add(place.name)
    assert {key: of for key, of in owners.items() if len(of) > 1} == {}


_COUNTRY_FLAGS = {"case", "host", "metonym"}


def test_places_that_are_first_names_are_flagged() -> None:
    named = {place.name for place in places.all() if not place.flags and place.sort in ("city", "region")}
    western = personal.given_names()["western"]
    assert sorted(name for name in named if normal(name) in western) == []


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Panmunjom", "KOR"),
        ("the Great Hall of the People", "CHN"),
        ("Camp David", "USA"),
        ("Sharm el-Sheikh", "EGY"),
        ("Seoul", "KOR"),
        ("Taiwan Strait", None),
        ("Davos", "CHE"),
    ],
)
def test_place(text: str, country: str | None) -> None:
    place = places.lookup(text)
    assert place is not None and place.country == country


def test_organizations_are_whole() -> None:
    listed = organizations.all()
    known = {organization.name for organization in listed}
    assert len(known) == len(listed) >= 350
    for organization in listed:
        assert organization.sort in get_args(organizations.OrganizationSort)
        assert organization.country is None or organization.country in CODES
        assert organization.parent is None or organization.parent in known
        for form in organization.care:
            assert normal(form) in map(normal, organization.forms)
    for key, of in organizations.forms().items():
        assert len(of) == 1 or all("ambiguous" in o.flags(key) for o in of), key
        assert key not in countries.forms(), key


@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [
        ("UNSC", None, "UN Security Council"),
        ("the Pentagon", None, "Department of Defense"),
        ("AFP", None, None),
        ("AFP", "PHL", "Armed Forces of the Philippines"),
        ("KCNA", None, "Korean Central News Agency"),
        ("Workers' Party of Korea", None, "Workers' Party of Korea"),
    ],
)
def test_organization(text: str, country: str | None, expected: str | None) -> None:
    found = organizations.lookup(text, country)
    assert (found and found.name) == expected


def test_organization_patterns() -> None:
    patterns = organizations.patterns()
    assert patterns["ministry"].body and patterns["ministry"].opens and patterns["ministry"].closes
    assert not patterns["party"].body
    assert not patterns["herald"].opens
    for head, pattern in patterns.items():
        assert head == normal(head)
        assert pattern.sort in get_args(organizations.OrganizationSort)


@pytest.mark.parametrize(
    ("title", "country", "role", "tense"),
    [
        ("Foreign Minister", None, "foreign minister", "current"),
        ("Minister for Foreign Affairs and Trade", None, "foreign minister", "current"),
        ("External Affairs Minister", "IND", "foreign minister", "current"),
        ("Secretary of State", "USA", "foreign minister", "current"),
        ("Secretary of State", None, "secretary of state", "current"),
        ("Foreign Secretary", "GBR", "foreign minister", "current"),
        ("Vice Foreign Minister", None, "vice foreign minister", "current"),
        ("First Vice Foreign Minister", None, "first vice foreign minister", "current"),
        ("Assistant Secretary of State", "USA", "assistant secretary of state", "current"),
        ("former Defence Minister", None, "defense minister", "former"),
        ("ex-President", None, "president", "former"),
        ("outgoing Prime Minister", None, "prime minister", "outgoing"),
        ("President-elect", None, "president", "incoming"),
        ("newly appointed Foreign Minister", None, "foreign minister", "current"),
        ("acting Chargé d’Affaires", None, "charge daffaires", "current"),
        ("Vice President", None, "vice president", "current"),
        ("Special Representative", None, "special representative", "current"),
        ("National Security Advisor", None, "national security adviser", "current"),
        ("top diplomat", None, "top diplomat", "current"),
        ("Lt. Gen.", None, "lieutenant general", "current"),
        ("Keeper of the Seals", None, "keeper of the seals", "current"),
    ],
)
def test_offices(title: str, country: str | None, role: str, tense: str) -> None:
    assert offices.role(title, country) == role
    assert offices.tense(title) == tense


def test_office_words_are_normal_and_parse() -> None:
    for words, head in offices.heads().items():
        assert words == normal(words)
        assert head.words == normal(head.words)
        assert offices.parse(words) is not None, words
    for table in (offices.modifiers(), offices.portfolios()):
        assert all(words == normal(words) for words in table)


def test_implied_offices_are_heads() -> None:
    for titles in offices.data()["implies"].values():
        for title in titles:
            assert offices.parse(title) is not None, title


def test_names_tables_are_whole() -> None:
    assert sum(map(len, personal.given_names().values())) >= 1200
    assert {"chinese", "korean", "japanese", "vietnamese"} <= set(personal.families())
    for table in ("family_names.tsv", "given_names.tsv"):
        for culture, name, variants in tables.rows(table):
            assert culture and name and name[0].isupper(), name
            assert normal(name), name
            assert " " not in name, "a table of names has no persons"
            assert all(" " not in variant for variant in tables.several(variants))


def test_a_row_of_another_width_is_refused(tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "broken.tsv").write_text("a\tb\n1\t2\n1\n", encoding="utf-8")
    monkeypatch.setattr(tables, "FOLDER", tmp_path)
    with pytest.raises(ValueError, match="line 3: 1 cells, 2 columns"):
        list(tables.rows("broken.tsv"))
