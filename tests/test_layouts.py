"""Chronologies, diaries and digests in the many ways of laying them out: each entry gets its own day."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from dipcli import extraction
from dipcli.dates import expressions
from dipcli.extraction.columns import barred
from dipcli.extraction.frame import frame
from dipcli.extraction.lines import lines as lines_of
from dipcli.extraction.sections import days_alone
from dipcli.extraction.sentences import blocks
from dipcli.mentions import Mentions
from dipcli.records import Document
from extraction_builder import document

HEAD = "A CHRONOLOGY OF RELATIONS\n\n"
TOLD = (
    "Foreign Minister Jan Novak meets Foreign Minister Ana Prado in Oslo.",
    "President Tom Berg visits Chile.",
    "Foreign Minister Ana Prado condemns the arrest of two envoys.",
)
DAYS = ["1969-03-02", "1969-03-11", "1969-05-24"]


def lines(*begin: str, head: str = HEAD, sep: str = "\n") -> str:
    return head + sep.join(f"{how}{told}" for how, told in zip(begin, TOLD, strict=True)) + "\n"


YEAR = HEAD + "1969\n\n"
LAYOUTS = {
    "full stop": lines("Mar. 2. ", "Mar. 11. ", "May 24. ", head=YEAR),
    "day before month, full stop": lines("2 March. ", "11 March. ", "24 May. ", head=YEAR),
    "dash": lines("2 March - ", "11 March - ", "24 May - ", head=YEAR),
    "colon below bold year": lines("March 2: ", "March 11: ", "May 24: ", head=HEAD + "**1969**\n\n"),
    "capitals": lines("MARCH 2: ", "MARCH 11: ", "MAY 24: ", head=YEAR),
    "year before, full stops": lines("1969. March 2. ", "1969. March 11. ", "1969. May 24. "),
    "year before, comma": lines("1969, March 2 — ", "1969, March 11 — ", "1969, May 24 — "),
    "ordinals": lines("March 2nd, 1969 — ", "March 11th, 1969 — ", "May 24th, 1969 — "),
    "full date as a sentence": lines("2 March 1969. ", "11 March 1969. ", "24 May 1969. ", sep="\n\n"),
    "brackets": lines("[2 March 1969] ", "[11 March 1969] ", "[24 May 1969] "),
    "ISO": lines("1969-03-02: ", "1969-03-11: ", "1969-05-24: "),
    "tabs": lines("1969-03-02\t", "1969-03-11\t", "1969-05-24\t"),
    "numbered": lines("1. 2 March 1969: ", "2. 11 March 1969: ", "3. 24 May 1969: "),
    "weekday": lines("Sunday, March 2: ", "Tuesday, March 11: ", "Saturday, May 24: ", head=YEAR),
    "day on its line": lines("2 March 1969\n", "11 March 1969\n", "24 May 1969\n"),
    "day on its line, blank below": lines(
        "March 2, 1969\n\n", "March 11, 1969\n\n", "May 24, 1969\n\n", sep="\n\n"
    ),
    "weekday and day on their line": lines(
        "Sunday, 2 March 1969\n\n", "Tuesday, 11 March 1969\n\n", "Saturday, 24 May 1969\n\n", sep="\n\n"
    ),
    "day on its line below a year": lines("March 2\n", "March 11\n", "May 24\n", head=YEAR),
    "Markdown headings": lines("### March 2, 1969\n\n", "### March 11, 1969\n\n", "### May 24, 1969\n\n", sep="\n\n"),
    "bold days below a heading": lines(
        "**March 2**\n\n", "**March 11**\n\n", "**May 24**\n\n", head=HEAD + "## 1969\n\n", sep="\n\n"
    ),
    "days below months": f"{HEAD}## March 1969\n\n* 2: {TOLD[0]}\n* 11: {TOLD[1]}\n\n## May 1969\n\n* 24: {TOLD[2]}\n",
    "ordinals below months": f"{HEAD}MARCH 1969\n\n2nd. {TOLD[0]}\n11th. {TOLD[1]}\n\nMAY 1969\n\n24th. {TOLD[2]}\n",
    "dashes below months": f"{HEAD}March 1969\n\n2 — {TOLD[0]}\n11 — {TOLD[1]}\n\nMay 1969\n\n24 — {TOLD[2]}\n",
    "table": f"{HEAD}| Date | Event |\n| --- | --- |\n"
    + "".join(f"| {day} 1969 | {told} |\n" for day, told in zip(("2 March", "11 March", "24 May"), TOLD, strict=True)),
}  # fmt: skip


def extracted(text: str, authors: Sequence[str] = ()) -> Mentions:
    document = Document(
        id="doc-1",
        path="x.txt",
        paths=["x.txt"],
        sha256="0" * 64,
        media_type="text/plain",
        text=text,
        authors=list(authors),
    )
    return extraction.extract(frame(document), extraction.Settings(model=None))


def told(text: str) -> list[tuple[str | None, str | None]]:
    return [(event.start, event.end) for event in extracted(text).events]


@pytest.mark.parametrize("text", LAYOUTS.values(), ids=LAYOUTS)
def test_each_entry_has_its_day(text: str) -> None:
    assert told(text) == [(day, day) for day in DAYS]


def test_months_begin_lines() -> None:
    text = f"{YEAR}March. {TOLD[0]}\nMarch–April: {TOLD[1]}\nMay. {TOLD[2]}\n"
    assert told(text) == [
        ("1969-03-01", "1969-03-31"),
        ("1969-03-01", "1969-04-30"),
        ("1969-05-01", "1969-05-31"),
    ]


def test_today_is_the_day_above() -> None:
    text = (
        "DIGEST OF DIPLOMACY\n\n24 May 2017\n\nFinland's President Tom Berg visited Chile today.\n\n"
        "10 July 2017\n\nFinland's President Tom Berg visited Ghana yesterday.\n"
    )
    assert told(text) == [("2017-05-24",) * 2, ("2017-07-09",) * 2]


def test_days_alone_may_stand_above_a_few_words() -> None:
    told = "23 June 1956", "26 July", "1 August", "2 August", "16 August"
    below = (
        "Ana Prado is elected president of the Republic of Peru.",
        "President Prado announces a new law on the canal.",
        "Peru, Chile and Norway hold talks on the canal.",
        "Peru mobilises.",
        "Chile recalls its ambassador.",
    )
    text = "\n\n".join(part for pair in zip(told, below, strict=True) for part in pair)
    assert len(days_alone(lines_of(text), expressions(text))) == 5


def test_days_alone_take_the_year_of_the_first() -> None:
    text = f"{HEAD}1969, March 2–5\n{TOLD[0]}\n\nMarch 11\n{TOLD[1]}\n\nMay 24\n{TOLD[2]}\n"
    assert told(text) == [("1969-03-02", "1969-03-05"), ("1969-03-11",) * 2, ("1969-05-24",) * 2]


def test_what_a_place_is_called_today_is_no_date() -> None:
    text = (
        f"{HEAD}May 2, 1990\n\n1968\n\nMay: {TOLD[0]}\n\n1969\n\nMarch: Finland condemned a raid on Zaire (today the"
        " Congo).\n"
    )
    assert ("1969-03-01", "1969-03-31") in told(text)


def test_a_day_alone_below_a_headline_is_that_of_printing() -> None:
    text = "Berg Goes to Chile\n\nMay 24, 2017\n\nPresident Tom Berg of Finland went on to Peru.\n"
    assert days_alone(lines_of(text), expressions(text)) == {}


def test_a_numbered_list_is_no_calendar() -> None:
    text = f"{HEAD}March 1969\n\n1. {TOLD[0]}\n2. {TOLD[1]}\n3. {TOLD[2]}\n"
    assert all(start is None or start != "1969-03-01" for start, _ in told(text))


def who(text: str, authors: Sequence[str] = ()) -> list[tuple[str | None, list[str], list[str]]]:
    found = extracted(text, authors)
    names = {actor.key: actor.name for actor in found.actors}
    return [(e.start, [names[k] for k in e.actors], [names[k] for k in e.recipients]) for e in found.events]


GUESTS = [
    ("1983-05-28", ["Novak", "Berg"], []),
    ("1983-06-02", ["Hassan II"], ["Canada"]),
    ("1983-10-23", ["Kohl"], ["Canada"]),
]
TABLES = {
    "bars": """VISITS OF FOREIGN LEADERS TO CANADA, 1983

Visitor | From | Description | Date
Prime Minister Novak | Poland | Working visit. Met with President Berg. | May 28-31
King Hassan II | Morocco | State visit. | June 2-4, 1983
Chancellor Kohl | Germany, Federal Republic of | Attended the Summit. | October 23
""",
    "Markdown": """# Visits of foreign leaders to Canada, 1983

| Date | Visitor | From | Description |
|---|---|---|---|
| May 28-31 | Prime Minister Novak | Poland | Working visit; met with President Berg |
| June 2-4, 1983 | King Hassan II | Morocco | State visit |
| October 23 | Chancellor Kohl | Germany | Attended the Summit |
""",
    "columns": """VISITS OF FOREIGN LEADERS TO CANADA, 1983

Date         Visitor                From      Description
May 28-31    Prime Minister Novak   Poland    Met with President Berg
June 2-4     King Hassan II         Morocco   State visit
October 23   Chancellor Kohl        Germany   Attended the Summit
""",
    "tabs": """VISITS OF FOREIGN LEADERS TO CANADA, 1983

Visitor\tFrom\tDates\tDescription
Prime Minister Novak\tPoland\tMay 28-31\tMet with President Berg.
King Hassan II\tMorocco\tJune 2-4\tState visit.
Chancellor Kohl\tGermany\tOctober 23\tAttended the Summit.
""",
}


@pytest.mark.parametrize("text", TABLES.values(), ids=TABLES)
def test_a_row_tells_of_who_stands_in_it(text: str) -> None:
    found = who(text)
    assert [(day, actors) for day, actors, _ in found] == [(day, actors) for day, actors, _ in GUESTS]
    assert all(hosts in (told, ["Canada"]) for (*_, hosts), (*_, told) in zip(found, GUESTS, strict=True))


TRAVELS = {
    "nothing but blanks parts the columns": """Travels of President Jan Novak

Country Locale Remarks Date
Canada Ottawa Met with Prime Minister Berg. February 19, 2009
Germany Baden-Baden, Kehl Attended the NATO Summit Meeting. April 3-4, 2009
Trinidad and Tobago Port-of-Spain Met with President Prado and U.S. military personnel. April 17-19, 2009
""",
    "a line above tells the year": """Travels of President Jan Novak

Novak has visited three countries as of May 2011.

The following trips were made during 2009:

Country | Places | Date | Notes
---|---|---|---
Canada | Ottawa | February 19 | Met with Prime Minister Berg.
Germany | Baden-Baden, Kehl | April 3-4 | Attended the NATO Summit Meeting.
Trinidad and Tobago | Port of Spain | April 17-19 | Met with President Prado and U.S. military personnel.
""",
    "first and last days": """Travels of President Jan Novak

Start | End | Country | Notes
---|---|---|---
February 19, 2009 | February 19, 2009 | Canada | Met with Prime Minister Berg.
April 3, 2009 | April 4, 2009 | Germany | Attended the NATO Summit Meeting.
April 17, 2009 | April 19, 2009 | Trinidad and Tobago | Met with President Prado and U.S. military personnel.
""",
}


@pytest.mark.parametrize("text", TRAVELS.values(), ids=TRAVELS)
def test_a_row_tells_of_whose_travels_it_is(text: str) -> None:
    assert who(text) == [
        ("2009-02-19", ["Jan Novak", "Berg"], ["Canada"]),
        ("2009-04-03", ["Jan Novak"], ["Germany"]),
        ("2009-04-17", ["Jan Novak", "Prado", "United States"], ["Trinidad and Tobago"]),
    ]


def test_a_meeting_with_a_day_of_its_own_stands_beside_the_trip_of_its_row() -> None:
    text = TRAVELS["first and last days"].replace(
        "April 17, 2009 | April 19, 2009 | Trinidad and Tobago | Met with President Prado",
        "April 16, 2009 | April 19, 2009 | Trinidad and Tobago | On April 17 met with President Prado",
    )
    assert who(text)[2:] == [
        ("2009-04-17", ["Jan Novak", "Prado", "United States"], ["Trinidad and Tobago"]),
        ("2009-04-16", ["Jan Novak"], ["Trinidad and Tobago"]),
    ]


def test_whoever_releases_it_speaks() -> None:
    text = (
        "MEDIA RELEASE\n\nMINISTER FOR FOREIGN AFFAIRS JOHANNA LINDBERG\n\n7 December 2001\n\n"
        "I will visit Fiji from 10 to 16 December.\n"
    )
    assert who(text, authors=["Johanna Lindberg"]) == [("2001-12-10", ["Johanna Lindberg"], ["Fiji"])]


def test_whoever_a_catalogue_names_speaks() -> None:
    text = (
        "---\ncreators:\n  - Lindberg, Johanna\n---\n\nMEDIA RELEASE\n\n7 December 2001\n\n"
        "I will visit Fiji from 10 to 16 December.\n"
    )
    assert who(text, authors=["Johanna Lindberg"]) == [("2001-12-10", ["Johanna Lindberg"], ["Fiji"])]


JOURNEYS = {
    "country, place, day": """Chad Lima 3–5 May 2016 State visit
Peru 11 June 2016
Ghana Accra, Kumasi 20 July 2016 Funeral of a king
""",
    "day, country": """May 3-5, 2016 Chad Lima (State visit)
June 11, 2016: Peru – working visit
July 20, 2016 - Ghana - funeral of a king
""",
    "cells on lines of their own": """1
Chad
Lima
3–5 May 2016
State visit.

2
Peru
11 June 2016

3
Ghana
Accra
20 July 2016
Funeral of a king.
""",
    "numbered, day below": "1. Chad\n3–5 May 2016\n2. Peru\n11 June 2016\n3. Ghana\n20 July 2016\n",
    "run together": "Place of visit Period 1. Chad 3–5 May 2016 2. Peru 11 June 2016 3. Ghana 20 July 2016\n",
    "towns and occasion after commas": "Chad, Lima, State visit, May 3–5, 2016\nPeru, Cusco, Attended a forum, June 11, 2016\n"
    "Ghana, Accra, Kumasi, Working visit, July 20, 2016\n",
    "day, towns, occasion": "May 3-5, 2016: Chad, Moundou. State visit.\nJune 11, 2016: Peru, Cusco. Attended a forum.\n"
    "July 20, 2016: Ghana, Accra. Working visit.\n",
    "towns, day, occasion": "- Chad, Moundou: May 3–5, 2016. State visit.\n- Peru, Cusco: June 11, 2016. Attended a forum.\n"
    "- Ghana, Accra: July 20, 2016. Working visit.\n",
    "dashes": "1. Chad – 3 to 5 May 2016 – State visit\n2. Peru – 11 June 2016 – Attended the G20 summit\n3. Ghana – 20 July 2016 – Funeral\n",
    "year in a column": "| Year | Date | Country | City | Type |\n|---|---|---|---|---|\n| 2016 | 3–5 May | Chad | Moundou | State visit |\n"
    "| | 11 June | Peru | Lima | Attended the G20 summit |\n| | 20 July | Ghana | Accra | Working visit |\n",
    "below a rule of dashes": """  Date           Country    Occasion
  -------------- ---------- -------------------------
  3–5 May 2016   Chad       State visit

  11 June 2016   Peru       Working visit, on the way
                            home
  20 July 2016   Ghana      Funeral of a king
""",
    "wiki": """{| class="wikitable"
! Country !! Date !! Occasion
|-
| {{flag|Chad}} || 3–5 May 2016 || State visit
|-
| {{flag|Peru}}
| style="width: 20%" | 11 June 2016
| [[Working visit|working visit]]
|-
| [[Republic of Ghana|Ghana]] || 20 July 2016 || Funeral of a king
|}
""",
}  # fmt: skip


@pytest.mark.parametrize("text", JOURNEYS.values(), ids=JOURNEYS)
@pytest.mark.parametrize(
    "head", ["Foreign trips of President Ana Prado of Chile", "President Ana Prado's foreign trips"]
)
def test_journeys_are_read_from_a_day_beside_a_country(text: str, head: str) -> None:
    assert who(f"{head}\n\n{text}") == [
        ("2016-05-03", ["Ana Prado"], ["Chad"]),
        ("2016-06-11", ["Ana Prado"], ["Peru"]),
        ("2016-07-20", ["Ana Prado"], ["Ghana"]),
    ]


def test_headings_tell_whose_journeys_follow() -> None:
    text = (
        "List of trips made by presidents of Chile\n\nAna Prado (1964–1966)\n\nPeru Lima 3 May 1964\nChad 4–5 June 1965\n\n"
        "Tom Berg (1966–1970)\n\nGhana Accra July 1967 Heads of State Meeting 1967\n"
    )
    assert who(text) == [
        ("1964-05-03", ["Ana Prado"], ["Peru"]),
        ("1965-06-04", ["Ana Prado"], ["Chad"]),
        ("1967-07-01", ["Tom Berg"], ["Ghana"]),
    ]


@pytest.mark.parametrize("mark", ["", "- "], ids=["bare", "bullets"])
@pytest.mark.parametrize("heads", [("From {} to {}",) * 2, ("State visits from {} to {}",) * 2, ("VISITS FROM {} TO {}",) * 2],
                         ids=["from", "visits from", "capitals"])  # fmt: skip
def test_visits_of_officials_are_listed_below_their_two_countries(heads: Sequence[str], mark: str) -> None:
    text = (
        "Relations between Peru and Chad\n\nIn March 1983 Foreign Minister Omar Farah of Chad visited Peru.\n\nHigh-level visits\n"
        f"{heads[0].format('Chad', 'Peru')}\n{mark}Foreign Minister Omar Farah (March 1983)\n{mark}President Tom Berg (2001, 2008)\n"
        f"{heads[1].format('Peru', 'Chad')}\n{mark}Prime Minister Ana Prado (September 2003)\n\nTrade\n\nTrade fell in 2009.\n"
    )
    assert who(text) == [
        ("1983-03-01", ["Omar Farah"], ["Peru"]),
        ("2001-01-01", ["Tom Berg"], ["Peru"]),
        ("2008-01-01", ["Tom Berg"], ["Peru"]),
        ("2003-09-01", ["Ana Prado"], ["Chad"]),
    ]


def test_a_chronology_has_no_columns_where_a_country_acts() -> None:
    text = "State visits\n\n3 May 2016 Chad recalls its envoy\n4 May 2016 Peru closes its border\n5 May 2016 Ghana, Mali agree\n"
    assert barred(text) == text


def test_bars_keep_every_character_in_its_place() -> None:
    text = TABLES["columns"] + TABLES["tabs"]
    assert len(barred(text)) == len(text)
    assert [a for a, b in zip(text, barred(text), strict=True) if a != b and not a.isspace()] == []
    for listed in JOURNEYS.values():
        text = f"Foreign trips of Ana Prado\n\n{listed}"
        assert len(barred(text)) == len(text)


def test_scanned_pages_go_on_over_their_blank_lines_and_page_numbers() -> None:
    text = (
        " DEPARTMENT OF FOREIGN AFFAIRS\n\n 3 February 1972\n\n The Foreign Minister, Mr Jan Berg, Q.C., M.P., announced today that\n\n"
        " Norway had recognised the government of\n\n the new state of Ghana. Mr Berg said that he regretted that Ghana would\n\n"
        " .../2\n\n 2 .\n\n not allow observers. He also condemned the arrest of two\n\n envoys of Norway.\n"
    )
    assert ("1972-02-03", ["Norway"], ["Ghana"]) in who(text)


RELATIONS = {
    "headings": "Chad\n\nBoth countries established diplomatic relations on 3 May 1962.\n\nMali\n\n"
    "Both countries established diplomatic relations on 4 May 1971.\n",
    "rows": "| Country | Since | Notes |\n| --- | --- | --- |\n"
    "| Chad | 3 May 1962 | Both countries established diplomatic relations on 3 May 1962. |\n"
    "| Mali | 4 May 1971 | The two countries established diplomatic relations on 4 May 1971. |\n",
}


@pytest.mark.parametrize("text", RELATIONS.values(), ids=RELATIONS)
def test_foreign_relations_are_with_the_country_of_the_heading_or_row(text: str) -> None:
    head = "The foreign relations of Peru are those with its neighbours, Chile and Brazil.\n\nBilateral relations\n\n"
    assert who(f"{head}{text}") == [
        ("1962-05-03", ["Peru", "Chad"], []),
        ("1971-05-04", ["Peru", "Mali"], []),
    ]


def test_a_day_beside_a_reference_is_the_beginning_of_relations() -> None:
    text = (
        "Foreign relations of Peru\n\nCountry Formal Relations BeganNotes30 October 1977See Chad–Peru relations\n\n"
        "Chad has old ties with Peru.\n Chad has an embassy in Lima.5 July 1975See Mali–Peru relations\n"
        " Mali has an embassy in Lima.\n Gabon 1940[1] See Gabon–Peru relations Gabon's ties with Peru are good.\n"
        "6 May 1981See Ghana–Peru relationsGhana opened a high commission in Lima on 3 June 1982.\n\n"
        "Country | Formal relations began | Notes\nTogo | 26 August 1968 | See Peru–Togo relations. Togo and Peru opened a bridge on 4 May 2009.\n"
    )
    assert who(text) == [
        ("1977-10-30", ["Chad", "Peru"], []),
        ("1975-07-05", ["Mali", "Peru"], []),
        ("1940-01-01", ["Peru", "Gabon"], []),
        ("1981-05-06", ["Ghana", "Peru"], []),
        ("1982-06-03", ["Ghana"], []),
        ("2009-05-04", ["Togo", "Peru"], []),
        ("1968-08-26", ["Peru", "Togo"], []),
    ]


def test_a_caption_run_into_a_paragraph_is_no_part_of_it() -> None:
    text = "Visits\n\nBerg_in_Oslo.jpg and ministers of Chad in Oslo, May 2016]] On May 3, 2016, Jan Berg met Ana Prado in Oslo.\n"
    assert ("2016-05-03", ["Jan Berg", "Ana Prado"], []) in who(text)


def test_prose_in_a_cell_is_read_sentence_by_sentence() -> None:
    text = (
        "Foreign relations of Peru\n\n| Country | Since | Notes |\n| --- | --- | --- |\n"
        "| Chad | | See Chad–Peru relations. In 2009, President Jan Berg of Chad visited Lima. Both countries signed a treaty on 4 May 2010. |\n"
        "| Mali | 4 May 1971 | The two countries established diplomatic relations on 4 May 1971. President Ana Prado of Mali visited Peru in August 2013. |\n"
    )
    assert who(text) == [
        ("2009-01-01", ["Jan Berg"], ["Peru"]),
        ("2010-05-04", ["Chad", "Peru"], []),
        ("1971-05-04", ["Peru", "Mali"], []),
        ("2013-08-01", ["Ana Prado"], ["Peru"]),
    ]


def test_a_release_without_dates_is_news_of_its_day() -> None:
    text = "PRESS RELEASE\n\n3 May 2014\n\nThe Government of Ghana has pledged to open its border.\n\nPeru has recognised Chad as a state.\n\nIt was long planned.\n"
    assert {start for start, _ in told(text)} == {"2014-05-03"}


def test_guests_towns_and_days_that_nothing_parts() -> None:
    text = (
        "Presidents Travels to Poland\n\nName Locale Remarks Date\n"
        "Tom H. J. Berg Warsaw, Krakow Official visit; met with First Secretary Novak. May 31-June 1, 1972\n"
        "Tom J. Berg Warsaw State visit. June 15-16, 2001\nAna Prado Warsaw Met with President Lund. July 5, 2011\n"
    )
    assert [(day, actors) for day, actors, _ in who(text)] == [
        ("1972-05-31", ["Tom H. J. Berg", "Novak"]),
        ("2001-06-15", ["Tom J. Berg"]),
        ("2011-07-05", ["Ana Prado", "Lund"]),
    ]
    assert [event.place for event in extracted(text).events] == ["Warsaw, Krakow", "Warsaw", "Warsaw"]


def test_a_time_of_day_is_that_of_the_day_told_last() -> None:
    text = (
        "On 23 October 2006 President Ana Prado of Peru met in Lima with the Speaker of Ghana, Jan Berg.\n\n"
        "Early in the afternoon, President Ana Prado met with President Tom Lund of Norway.\n"
    )
    assert told(text) == [("2006-10-23",) * 2] * 2


def test_minutes_are_of_the_day_of_the_meeting() -> None:
    text = (
        "Press Release\nSC/100\n\n19970120\n\nANA PRADO (Portugal) urged both parties to return to the table.\n\n"
        "JAN NOVAK (Poland) said that he welcomed the vote. He accused Ghana of blocking aid.\n"
    )
    assert who(text) == [
        ("1997-01-20", ["Ana Prado"], []),
        ("1997-01-20", ["Jan Novak"], []),
        ("1997-01-20", ["Jan Novak"], ["Ghana"]),
    ]
    prado = next(actor for actor in extracted(text).actors if actor.name == "Ana Prado")
    assert prado.kind == "person"


def test_an_agency_stamps_the_day() -> None:
    for stamp in ("08-16-90 2041EDT", "AP-NY-08-16-90 2041EDT"):
        text = (
            f"Kos Meets Rell\n{stamp}\n\nOslo (AP) - Foreign Minister Mira Kos met Tomas Rell on Thursday.\n"
        )
        assert told(text) == [("1990-08-16",) * 2]


def test_a_history_goes_on_from_the_year_told_last() -> None:
    text = (
        "Peru and Chile\n\nChilean President Jan Berg visited Ghana in June 1969. Peru broke off diplomatic relations with Chile on 26 June.\n\n"
        "In May 2021 Peru donated medicine to Chile.\n"
    )
    assert [start for start, _ in told(text)] == ["1969-06-01", "1969-06-26", "2021-05-01"]


def test_a_weekday_tells_no_year_from_history_alone() -> None:
    text = (
        "Bodies Returned\n\nDAKAR, April 20 (Agency) - Senegal on Friday returned to Gambia the bodies of two soldiers.\n\n"
        "The two countries signed an agreement in November 1974.\n"
    )
    document = Document(
        id="doc-1", path="x.txt", paths=["x.txt"], sha256="0" * 64, media_type="text/plain", text=text
    )
    published = frame(document).published
    assert published is None or published.precision != "day"


def test_guests_visit_the_country_that_publishes_the_list() -> None:
    text = (
        "Visits by Foreign Leaders in 1983\n\nU.S. Department of State\n\nVisitor | From | Description | Date\n"
        "King Hassan II | Morocco | State visit. | June 2-4, 1983\n"
        "Chancellor Kohl | Germany | Working visit. | October 23, 1983\n"
    )
    assert who(text) == [
        ("1983-06-02", ["Hassan II"], ["United States"]),
        ("1983-10-23", ["Kohl"], ["United States"]),
    ]


def test_round_bullets_and_what_stands_below_them() -> None:
    text = (
        "Norway and Ghana\n\nVisits include:-\no H.E Mrs. Ana Prado's, President of Norway, State Visit to Ghana on May 14, 2019\n"
        "o\nH.E Mr. Jan\nBerg, President of Norway, paid an Official Visit to\nGhana on October 10-11,2018\no\nH.E. Tom Lund\n"
        "visited Ghana in March 2005\n"
    )
    assert sorted((start, actors) for start, actors, _ in who(text)) == [
        ("2005-03-01", ["Tom Lund"]),
        ("2018-10-10", ["Jan Berg"]),
        ("2019-05-14", ["Ana Prado"]),
    ]


NARROW = {
    "column": "Foreign Minister Ana Prado of Chile\nmet in Lima on 18 May 1994 with\nPresident Jorge Valdivia of Peru. On 20\nMay, Bolivia condemned the talks held\nby the two of them.\n",
    "column, quoted": "> Foreign Minister Ana Prado of Chile\n> met in Lima on 18 May 1994 with\n> President Jorge Valdivia of Peru. On 20\n> May, Bolivia condemned the talks held\n> by the two of them.\n",
    "entries": "18 May 1994 – Foreign Minister Ana\nPrado of Chile met President Jorge\nValdivia in Lima.\n20 May 1994 – Bolivia condemned the\ntalks in Lima.\n",
    "hanging entries": "18 May 1994     Foreign Minister Ana Prado of\n                Chile met President Jorge\n                Valdivia in Lima.\n"
    "20 May 1994     Bolivia condemned the talks in\n                Lima.\n",
}  # fmt: skip


@pytest.mark.parametrize("text", NARROW.values(), ids=NARROW)
def test_lines_of_a_narrow_column_go_on(text: str) -> None:
    found = who(f"DEPARTMENT OF FOREIGN AFFAIRS\n\n{text}")
    assert [(day, actors) for day, actors, _ in found] == [
        ("1994-05-18", ["Ana Prado", "Jorge Valdivia"]),
        ("1994-05-20", ["Bolivia"]),
    ]


def test_short_lines_of_a_list_stay_apart() -> None:
    text = "Present:\nAna Prado, Chile\nJan Berg\nTom Lund of Norway\nin the chair\nJan Novak, for the press\nof Poland\n"
    assert [text[a:b] for a, b, _ in blocks(text)][1:5] == ["Ana Prado, Chile", "Jan Berg", "Tom Lund of Norway\nin the chair", "Jan Novak, for the press\nof Poland"]  # fmt: skip


SCHEDULES = {
    "of one day": "Public Schedule: Secretary of State Ana Prado\n\nMay 9, 2011\n\n9:15 a.m. Meeting with Foreign Minister Jan Novak of Poland.\n\n"
    "(CLOSED PRESS)\n\n2:30 p.m. Secretary Prado meets with President Tom Lund of Norway.\n",
    "in emphasis": "Public Schedule – May 9, 2011\n\nSECRETARY ANA PRADO\n\n*9:15 a.m.* Secretary Prado meets with Polish Foreign Minister"
    " Jan Novak.\n\n*2:30 p.m.* Secretary Prado meets with Norwegian President Tom Lund.\n",
    "of days": "Diary of Prime Minister Ana Prado of Chile\n\nMonday, May 9, 2011\n\n09:15 Receives the Foreign Minister of Poland, Jan Novak\n"
    "14.30 Talks with President Tom Lund of Norway\n\nTuesday, May 10, 2011\n\n10:00 Visit to a school in Santiago\n",
}  # fmt: skip


@pytest.mark.parametrize("text", SCHEDULES.values(), ids=SCHEDULES)
def test_entries_of_a_schedule_are_of_its_day_and_of_whose_it_is(text: str) -> None:
    assert [(day, actors) for day, actors, _ in who(text) if day == "2011-05-09"] == [
        ("2011-05-09", ["Ana Prado", "Jan Novak"]),
        ("2011-05-09", ["Ana Prado", "Tom Lund"]),
    ]


@pytest.mark.parametrize(
    "head",
    [
        "Overseas visits by the President of Chile\n\nAna Prado took office on 9 May 2013.",
        "Ana Prado – foreign travel",
        "Travels of the Secretary\n\nAna Prado, Secretary of State of Chile",
        "Minister Ana Prado: working visits 2014",
    ],
)
def test_journeys_are_of_the_one_person_named_above_them(head: str) -> None:
    table = "| Country | City | Date | Purpose |\n|---|---|---|---|\n| Kenya | Nairobi | 14–16 January 2014 | State visit |\n| Peru | Lima | 3 March 2014 | Working visit |\n| Japan | Tokyo | 1 May 2014 | Attended a forum |\n"  # fmt: skip
    assert [(day, actors) for day, actors, _ in who(f"{head}\n\n{table}") if day and day > "2014"] == [
        (day, ["Ana Prado"]) for day in ("2014-01-14", "2014-03-03", "2014-05-01")
    ]


def test_a_later_month_is_of_the_year_that_the_sentence_opens_with() -> None:
    text = (
        "Chile and Peru\n\n5 May 2011\n\nIn February 1964 President Ana Prado of Chile visited Peru and in December President Tom Berg"
        " of Peru visited Chile.\n"
    )
    assert [start for start, _ in told(text)] == ["1964-02-01", "1964-12-01"]


def test_a_day_without_its_year_soon_after_a_day_of_the_past_is_of_that_year() -> None:
    text = (
        "5 August 2015\n\nOn November 27, 2011, Peru expelled the ambassador of Chile.\n\nChile closed its embassy in Lima on November 30."
        "\n\nOn July 20 Ana Prado, the foreign minister of Peru, visited Chile.\n"
    )
    assert [start for start, _ in told(text)] == ["2011-11-27", "2011-11-30", "2015-07-20"]


def test_months_stand_above_their_entries_with_a_colon() -> None:
    text = f"{HEAD}July 1971:\n{TOLD[0]}\nFebruary 1972:\n{TOLD[1]}\nOct. 1973:\n{TOLD[2]}\n"
    assert [start for start, _ in told(text)] == ["1971-07-01", "1972-02-01", "1973-10-01"]


GUEST_LISTS = {
    "office after the name": "| Date | Country | Name | Title |\n|---|---|---|---|\n| 20–22 January 2015 | Ghana | Tom Berg | President |\n"
    "| 4 May 2015 | Kenya | Jan Novak | Foreign Minister |\n",
    "office before the name": "| Country | Title | Name | Date |\n|---|---|---|---|\n| Ghana | President | Tom Berg | 20–22 January 2015 |\n"
    "| Kenya | Foreign Minister | Jan Novak | 4 May 2015 |\n",
}  # fmt: skip


@pytest.mark.parametrize("text", GUEST_LISTS.values(), ids=GUEST_LISTS)
@pytest.mark.parametrize("head", ["Incoming visits, Kingdom of Norway, 2015", "State visits to Norway"])
def test_guests_whose_office_stands_in_a_column_of_its_own(head: str, text: str) -> None:
    assert who(f"{head}\n\n{text}") == [
        ("2015-01-20", ["Tom Berg"], ["Norway"]),
        ("2015-05-04", ["Jan Novak"], ["Norway"]),
    ]


def test_letters_that_a_scanner_took_for_figures() -> None:
    text = "President Tom Berg of Chile visited Peru on l8 May l994. President Ana Prado of Peru visited Chile on 2O July l995.\n"
    assert [start for start, _ in told(text)] == ["1994-05-18", "1995-07-20"]


def test_days_below_a_month_may_be_several() -> None:
    text = f"{HEAD}March 1969\n\n2–5: {TOLD[0]}\n11: {TOLD[1]}\n"
    assert told(text) == [("1969-03-02", "1969-03-05"), ("1969-03-11",) * 2]


def test_a_weekday_of_soon_heads_what_is_to_come() -> None:
    text = (
        "The Prime Minister's week\n\n11 March 2016\n\nMonday 14 March\n\nPresident Tom Berg of Chile will visit Peru.\n\n"
        "Tuesday 15 March\n\nPresident Ana Prado of Peru will visit Ghana.\n"
    )
    assert [start for start, _ in told(text)] == ["2016-03-14", "2016-03-15"]


def told_of(text: str) -> list[tuple[str | None, str]]:
    """Day and type of the events of a text whose date only its own words tell."""
    read = frame(document(text, None))
    return sorted((e.start, e.type) for e in extraction.extract(read, extraction.Settings()).events)


DIGEST = (
    "### Ghana apologises to Togo for the killings.",
    "### Malawi and Zambia sign a treaty on fishing.",
    "### Chad expels the ambassador of Peru.",
)


@pytest.mark.parametrize(
    "head", ["## 10 August 2010", "## [2010-08-10](/news/2010/08/10.md)", "August 10, 2010"]
)
def test_the_items_of_a_days_digest_are_of_its_day(head: str) -> None:
    found = told_of("\n\n".join([head, *DIGEST]))
    assert found == [("2010-08-10", type) for type in ("CONCEDE", "SANCTION", "SUPPORT")]


def test_items_with_weekdays_are_not_all_of_the_day_on_top() -> None:
    week = [line.replace("### ", "- On Monday, ") for line in DIGEST]
    assert ("2010-08-10", "CONCEDE") not in told_of("\n\n".join(["10 August 2010", *week]))


def test_a_history_takes_the_year_of_its_first_days_from_the_first_day_told_in_full() -> None:
    told = (
        "On 25 May, Ghana expelled the ambassador of Mali. On 4 June, Togo recalled its ambassador from Mali.\n\n"
        "On 11 June 2011, Mali accused Ghana of spying.\n\nOn 9 January 2012, Mali and Ghana signed a treaty.\n"
    )
    days = [day for day, _ in told_of(told)]
    assert days == ["2011-05-25", "2011-06-04", "2011-06-11", "2012-01-09"]
    below = "\n## Reactions\n\nOn 31 May, Benin condemned the expulsion.\n"
    assert ("2011-05-31", "ACCUSE") in told_of(told + below)


def test_what_one_says_at_a_meeting_tells_of_the_meeting_too() -> None:
    text = (
        "Press release, 22 September 2023\n\nAt a meeting with Bahrain's Foreign Minister Abdul Zayani, Minister Ana Cruz "
        "of Peru thanked Bahrain for its support.\n"
    )
    assert told_of(text) == [("2023-09-22", "CONSULT"), ("2023-09-22", "SUPPORT")]


def test_a_chronology_below_its_day_is_not_of_that_day() -> None:
    told = "January 20, 2017\n\nSecret talks, two flags: what Chad and Togo did.\n\n" + "".join(
        f"- May {day}, 2016: Chad expels the ambassador of Togo.\n" for day in (3, 5, 9)
    )
    assert all(day != "2017-01-20" for day, _ in told_of(told))
