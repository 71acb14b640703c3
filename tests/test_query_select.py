"""What each filter selects of each kind of record, in what order, and how much is read for it."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dipcli.errors import (
    AmbiguousName,
    DateOptionError,
    DipcliError,
    NotFound,
    QuerySyntaxError,
    UnknownValue,
    UsageError,
)
from dipcli.query import FILTERS, Filters, Selection, select
from dipcli.query.scan import Count
from dipcli.records import Event
from query_world import EVENTS, INES, KANG, MAJA, NORWAY, PORTUGAL, RECORDS, Memory, world
from record_builder import event

MEET, ACCUSE, AGREE, VISIT, CALM = (one.id for one in EVENTS)
WANTED: list[tuple[str, dict[str, Any], list[str], str]] = [
    ("events", {}, [MEET, ACCUSE, AGREE, VISIT, CALM], "everything, the undated last"),
    ("events", {"actor": "Inês Duarte"}, [MEET, AGREE], "in any role"),
    ("events", {"actor": "ines duarte"}, [MEET, AGREE], "without accents and capitals"),
    ("events", {"actor": "kang min ho"}, [VISIT], "without the hyphen"),
    ("events", {"actor": "Duarte"}, [MEET, AGREE], "a surname that one person has"),
    ("events", {"actor": "kang"}, [VISIT], "the beginning of an id"),
    ("events", {"actor": ["Inês Duarte", "Norway"]}, [AGREE], "several: all of them"),
    ("events", {"actor": "NOR"}, [ACCUSE, AGREE], "a country by its code: itself, not its people"),
    ("events", {"initiator": "Norway"}, [ACCUSE], "acts"),
    ("events", {"initiator": "Maja Holm"}, [MEET], "in a mutual event everybody acts"),
    ("events", {"recipient": "Norway"}, [AGREE], "is acted on"),
    ("events", {"recipient": "Maja Holm"}, [], "a mutual event has no recipients"),
    ("events", {"country": "NOR"}, [MEET, ACCUSE, AGREE, VISIT], "its people too"),
    ("events", {"country": "norwegian"}, [MEET, ACCUSE, AGREE, VISIT], "by demonym"),
    ("events", {"country": ["Norway", "PT"]}, [MEET, ACCUSE, AGREE], "several: all of them"),
    ("events", {"kind": "organization"}, [CALM], "any participant of the kind"),
    ("events", {"kind": ["organisation", "country"]}, [ACCUSE, AGREE, CALM], "several: any"),
    ("events", {"type": "accuse"}, [ACCUSE], "in any case"),
    ("events", {"type": ["ACCUSE", "demand"]}, [ACCUSE, CALM], "several: any; older names"),
    ("events", {"status": "planned"}, [AGREE], ""),
    ("events", {"medium": "in-person"}, [MEET], "a hyphen for an underscore"),
    ("events", {"place": "bergen"}, [MEET, VISIT], "words of the place's name"),
    ("events", {"place": "Berg"}, [], "whole words"),
    ("events", {"place": "Norway"}, [MEET], "a country: what lies in it"),
    ("events", {"since": "2030-05"}, [ACCUSE, AGREE, VISIT], "from the month's first day"),
    ("events", {"since": "2030-05-20", "until": "2030-06-11"}, [ACCUSE], "an interval that overlaps"),
    ("events", {"until": "2030-05"}, [MEET, ACCUSE], "up to the month's last day"),
    ("events", {"on": "2030-06-12"}, [AGREE], "one day"),
    ("events", {"on": "2030"}, [MEET, ACCUSE, AGREE, VISIT], "a year"),
    ("events", {"on": "2029-03-03"}, [MEET], "a doubted date by its alternative"),
    ("events", {"on": date(2030, 6, 12)}, [AGREE], "a date of Python's"),
    ("events", {"since": "2030-06", "undated": True}, [AGREE, VISIT, CALM], "the undated too"),
    (
        "events",
        {"undated": True},
        [MEET, ACCUSE, AGREE, VISIT, CALM],
        "without a date filter it says nothing",
    ),
    ("events", {"precision": "month"}, [ACCUSE], ""),
    ("events", {"precision": "unknown"}, [CALM], "the undated alone"),
    ("events", {"document": "doc-aab"}, [AGREE], "the beginning of an id"),
    ("events", {"document": "harbour.txt"}, [MEET, ACCUSE, CALM], "a file name"),
    ("events", {"document": ["harbour", "A letter"]}, [MEET, ACCUSE, AGREE, CALM], "stem, title; any"),
    ("events", {"text": "trawler"}, [ACCUSE], "a quote's word, its plural"),
    ("events", {"text": "duarte NOT bergen"}, [AGREE], "the query language"),
    (
        "events",
        {"role": "foreign minister"},
        [MEET, AGREE],
        "titled so there, or holding it then; not the vice",
    ),
    ("events", {"role": "ambassador"}, [VISIT], "posted somewhere; one without a date is no evidence"),
    ("events", {"participant": "role=ambassador,country=KOR"}, [VISIT], "all of one participant"),
    ("events", {"participant": "role=ambassador,country=PRT"}, [], "not of two"),
    ("events", {"participant": "kind=country,name=Portugal"}, [ACCUSE], "by name"),
    ("events", {"participant": ["country=NOR", "country=KOR"]}, [VISIT], "several: each by somebody"),
    ("events", {"quad": 3}, [ACCUSE, CALM], "a number"),
    ("events", {"quad": "verbal conflict"}, [ACCUSE, CALM], "its name"),
    ("events", {"mode": ["visit", "disapprove"]}, [ACCUSE, VISIT], "any"),
    ("events", {"context": "territory"}, [ACCUSE], "one of its contexts"),
    ("events", {"certainty": "reported"}, [ACCUSE], ""),
    ("events", {"asserted_by": "Duarte"}, [ACCUSE], "whose word it is"),
    ("events", {"asserted_by": ["Norway", "Duarte"]}, [ACCUSE], "any of them"),
    ("events", {"text": "asserted-by:duarte trawlers"}, [ACCUSE], "in the query"),
    ("events", {"tag": "fish"}, [MEET], "a tag of its own"),
    ("events", {"tag": ["ships", "treaty"]}, [MEET], "any of them"),
    ("actors", {"tag": "fish"}, [], "a tag of the actor's own"),
    ("documents", {"tag": "fish"}, [], "a tag of the document's own"),
    ("relations", {"tag": "fish"}, ["member-of-nor-nordic-council"], "a tag of its own"),
    ("events", {"reviewed": True}, [MEET], "accepted"),
    ("events", {"unreviewed": True}, [ACCUSE, AGREE, VISIT, CALM], "not accepted"),
    ("actors", {"reviewed": True}, ["ines-duarte", "maja-holm"], "took part in such an event"),
    ("events", {"min_sources": 2}, [MEET], "at least"),
    ("events", {"text": "min-sources:2 certainty:stated holm"}, [MEET], "in the query"),
    ("actors", {"min_sources": 2}, ["ines-duarte", "maja-holm"], "took part in such an event"),
    ("documents", {"min_sources": 2}, ["doc-aaa111"], "tells such an event"),
    ("documents", {"language": "EN"}, ["doc-aab222"], "in any case"),
    ("documents", {"originals": True}, ["doc-aaa111", "doc-aab222"], "copies of none"),
    ("documents", {"copies": True}, [], "there is none"),
    ("events", {"min_confidence": 0.8}, [MEET, AGREE, VISIT, CALM], "at least"),
    ("actors", {"actor": ["Norway", "Duarte"]}, ["ines-duarte", "nor"], "those named"),
    (
        "actors",
        {"country": ["NOR", "KOR"]},
        ["erik-holm", "kang-min-ho", "maja-holm", "nor"],
        "any: it has but one",
    ),
    ("actors", {"kind": "organization"}, ["nordic-council"], ""),
    ("actors", {"type": "ACCUSE"}, ["nor", "prt"], "took part in such an event"),
    ("actors", {"type": "AGREE", "kind": "person"}, ["ines-duarte"], "its own filters beside the event's"),
    ("actors", {"since": "2030-06", "until": "2030-06"}, ["ines-duarte", "nor"], "took part in the span"),
    ("actors", {"initiator": "Norway"}, ["nor", "prt"], "in an event that it began"),
    ("actors", {"role": "foreign minister"}, ["ines-duarte", "maja-holm"], "whole title; one of two offices"),
    ("actors", {"role": "vice foreign ministers"}, ["erik-holm"], "plural"),
    (
        "actors",
        {"role": "foreign minister", "country": "NOR", "on": "2030-02-14"},
        ["maja-holm"],
        "seen before and after",
    ),
    ("actors", {"role": "foreign minister", "on": "2030-04"}, ["ines-duarte"], "not seen any more"),
    ("actors", {"role": "foreign minister", "on": "2029-12"}, ["ines-duarte"], "stated since"),
    ("actors", {"role": "ambassador", "on": "2030-07-02"}, ["kang-min-ho"], "no date known: left out"),
    (
        "actors",
        {"role": "ambassador", "on": "2030-07-02", "undated": True},
        ["erik-holm", "kang-min-ho"],
        "unless asked",
    ),
    ("actors", {"participant": "role=ambassador,country=NOR"}, ["erik-holm"], ""),
    ("actors", {"relation": "member-of"}, ["nor", "nordic-council"], "either end"),
    ("actors", {"document": "letter"}, ["ines-duarte", "nor", "prt"], "named there"),
    ("actors", {"text": "oslo"}, ["nor"], "an alias"),
    ("relations", {"relation": "member_of"}, ["member-of-nor-nordic-council"], ""),
    ("relations", {"actor": "Norway"}, ["engages-nor-prt", "member-of-nor-nordic-council"], "either end"),
    ("relations", {"actor": ["Norway", "Portugal"]}, ["engages-nor-prt"], "both ends"),
    (
        "relations",
        {"recipient": "Portugal"},
        ["engages-nor-prt", "holds-office-ines-duarte-prt"],
        "the object",
    ),
    ("relations", {"country": "NOR"}, ["engages-nor-prt", "member-of-nor-nordic-council"], "of an end"),
    ("relations", {"kind": "person"}, ["holds-office-ines-duarte-prt"], ""),
    ("relations", {"type": "ACCUSE"}, ["engages-nor-prt"], "events counted"),
    ("relations", {"role": "foreign minister"}, ["holds-office-ines-duarte-prt"], ""),
    ("relations", {"since": "2030-06"}, ["holds-office-ines-duarte-prt"], ""),
    (
        "relations",
        {"document": "harbour.txt"},
        ["engages-nor-prt", "holds-office-ines-duarte-prt"],
        "or its events",
    ),
    ("relations", {"text": "fisheries"}, ["member-of-nor-nordic-council"], "its quote"),
    ("documents", {"since": "2030-06-15"}, ["doc-aaa111"], "published in it"),
    ("documents", {"actor": "kang-min-ho"}, ["doc-aaa111"], "names him"),
    ("documents", {"country": ["NOR", "KOR"]}, ["doc-aaa111"], "names an actor of each"),
    ("documents", {"type": "AGREE"}, ["doc-aab222"], "tells such an event"),
    ("documents", {"role": "ambassador"}, ["doc-aaa111"], "names a holder"),
    ("documents", {"text": '"fish dispute"'}, ["doc-aab222"], "a phrase"),
    ("documents", {"document": "letter.txt"}, ["doc-aab222"], ""),
]


def chosen(kind: str, asked: dict[str, Any], **options: Any) -> Selection:
    return select(world(), kind, Filters.of(**asked), **options)


def ids(selection: Selection) -> list[str]:
    return [row.record.id for row in selection]


@pytest.mark.parametrize(("kind", "asked", "expected", "why"), WANTED)
def test_filter(kind: str, asked: dict[str, Any], expected: list[str], why: str) -> None:
    assert ids(chosen(kind, asked)) == expected, why


def test_every_filter_of_every_kind_has_a_case() -> None:
    tried = {(kind, name) for kind, asked, *_ in WANTED for name in asked}
    own = {"events", "relations"}
    assert {(kind, line.name) for line in FILTERS for kind in line.means if kind in own} - tried <= {
        ("relations", name) for name in ("initiator", "until", "on", "undated")
    }


REFUSED: list[tuple[str, dict[str, Any], type[DipcliError], str]] = [
    ("events", {"type": "CONSLT"}, UnknownValue, "did you mean 'CONSULT'?"),
    ("events", {"country": "Norwya"}, UnknownValue, "did you mean 'Norway'?"),
    ("events", {"place": "x", "since": "2030-13"}, DateOptionError, "2022-05-16"),
    ("events", {"since": "2030-06", "until": "2030-05"}, DateOptionError, "exchange"),
    ("events", {"on": "2030", "since": "2030"}, UsageError, "--since and --until"),
    ("events", {"reviewed": True, "unreviewed": True}, UsageError, "both are listed"),
    ("events", {"quad": 5}, UnknownValue, "1, 2, 3, 4"),
    ("events", {"min_confidence": "high"}, UsageError, ""),
    ("events", {"min_sources": "two"}, UsageError, ""),
    ("documents", {"copies": True, "originals": True}, UsageError, "both are listed"),
    ("events", {"participant": "ambassador"}, UsageError, "role=ambassador"),
    ("events", {"participant": "rol=ambassador"}, UnknownValue, "did you mean 'role'?"),
    ("events", {"relation": "member_of"}, UsageError, "relations"),
    ("events", {"actr": "x"}, UnknownValue, "did you mean 'actor'?"),
    ("events", {"since": ["2030", "2031"]}, UsageError, ""),
    ("events", {"text": '"open'}, QuerySyntaxError, ""),
    ("events", {"document": "doc-aa"}, AmbiguousName, "id"),
    ("events", {"document": "nowhere.txt"}, NotFound, "dipcli documents"),
    ("documents", {"medium": "written", "relation": "engages"}, UsageError, "relations, actors"),
]


@pytest.mark.parametrize(("kind", "asked", "error", "hint"), REFUSED)
def test_refused(kind: str, asked: dict[str, Any], error: type[DipcliError], hint: str) -> None:
    with pytest.raises(error) as raised:
        chosen(kind, asked)
    assert hint in (raised.value.hint or "")


def test_a_negative_limit_is_refused() -> None:
    with pytest.raises(UsageError, match="-1"):
        chosen("events", {}, limit=-1)


def test_a_doubted_date_is_marked() -> None:
    rows = list(chosen("events", {"on": "2029"}))
    assert [row.marks for row in rows] == ["?"]
    assert [row.marks for row in chosen("events", {"on": "2030-03"})] == [""]


def test_undated_events_left_out_are_counted() -> None:
    assert chosen("events", {"since": "2030-06"}).undated_left_out == 1
    assert chosen("events", {"since": "2030-06", "type": "AGREE"}).undated_left_out == 0
    assert chosen("events", {"since": "2030-06", "undated": True}).undated_left_out == 0
    assert chosen("actors", {"since": "2030-06"}).undated_left_out == 1
    assert chosen("actors", {"since": "2030-06"}).undated_kind == "events"
    assert chosen("actors", {"since": "2030-06", "role": "ambassador"}).undated_kind == "actors"
    assert chosen("documents", {"since": "2030"}).undated_left_out == 1


SORTED: list[tuple[str, str, bool, list[str]]] = [
    ("events", "start", False, [MEET, ACCUSE, AGREE, VISIT, CALM]),
    ("events", "date", True, [VISIT, AGREE, ACCUSE, MEET, CALM]),
    ("events", "confidence", False, [ACCUSE, MEET, AGREE, VISIT, CALM]),
    ("events", "type", True, [CALM, MEET, VISIT, AGREE, ACCUSE]),
    ("events", "place", False, [MEET, VISIT, ACCUSE, AGREE, CALM]),
    ("events", "actors", False, [MEET, AGREE, VISIT, CALM, ACCUSE]),
    ("documents", "date", False, ["doc-aaa111", "doc-aab222"]),
    (
        "relations",
        "count",
        True,
        ["engages-nor-prt", "holds-office-ines-duarte-prt", "member-of-nor-nordic-council"],
    ),
]


@pytest.mark.parametrize(("kind", "field", "reverse", "expected"), SORTED)
def test_sort(kind: str, field: str, reverse: bool, expected: list[str]) -> None:
    assert ids(chosen(kind, {}, sort=field, reverse=reverse)) == expected
    for limit in range(len(expected) + 1):
        cut = chosen(kind, {}, sort=field, reverse=reverse, limit=limit)
        assert ids(cut) == expected[:limit]
        assert cut.cut is (limit < len(expected))
        assert cut.total == len(expected)


def test_every_field_sorts() -> None:
    for kind in RECORDS:
        for field in type(RECORDS[kind][0]).__struct_fields__:
            assert len(ids(chosen(kind, {}, sort=field))) == len(RECORDS[kind])
    with pytest.raises(UnknownValue) as raised:
        chosen("events", {}, sort="strat")
    assert "did you mean 'start'?" in (raised.value.hint or "")


def test_reverse_without_a_sort_turns_the_stored_order() -> None:
    assert ids(chosen("events", {}, reverse=True, limit=2)) == [CALM, VISIT]


def test_a_limit_stops_reading_until_more_is_asked() -> None:
    memory = world()
    selection = select(memory, "events", limit=2)
    assert ids(selection) == [MEET, ACCUSE]
    assert (selection.cut, memory.read) == (True, 3)
    assert (selection.total, memory.read) == (5, 5)


def test_stored_lines_pass_through_unchanged() -> None:
    line = b'{"record":"event","id":"x","type":"AID", "later":[1, 2]}'
    memory = Memory()
    memory.lines["events"] = [line]
    assert [row.raw for row in select(memory, "events", Filters.of(type="AID"))] == [line]


def test_terms_print_themselves() -> None:
    asked = {"actor": "duarte", "type": ["AGREE", "CONSULT"], "text": "fish OR bergen", "min_confidence": 0.5}
    assert [str(term) for term in chosen("events", asked).terms] == [
        "--type AGREE or CONSULT",
        "--actor Inês Duarte",
        "--min-confidence 0.5",
        "--text fish OR bergen",
    ]


_DAYS = st.dates(date(2030, 1, 1), date(2030, 12, 31)).map(date.isoformat)
_EVENTS = st.builds(
    lambda number, span, type, actors, confidence: event(
        f"e{number}",
        span and min(span),
        span and max(span),
        type=type,
        actors=actors,
        confidence=confidence,
    ),
    st.integers(0, 99),
    st.none() | st.tuples(_DAYS, _DAYS),
    st.sampled_from(["AGREE", "CONSULT", "ASSAULT"]),
    st.lists(st.sampled_from([MAJA, INES, KANG, NORWAY, PORTUGAL]), max_size=3),
    st.sampled_from([0.25, 0.5, 0.75]),
)


@given(
    st.lists(_EVENTS, max_size=8),
    st.fixed_dictionaries(
        {},
        optional={
            "since": _DAYS,
            "type": st.lists(st.sampled_from(["AGREE", "CONSULT"]), min_size=1),
            "actor": st.lists(st.sampled_from(["maja-holm", "nor", "kang-min-ho"]), min_size=1),
            "country": st.lists(st.sampled_from(["NOR", "PRT"]), min_size=1),
            "min_confidence": st.sampled_from([0.3, 0.5]),
        },
    ),
)
def test_select_is_a_plain_filter(events: list[Event], asked: dict[str, Any]) -> None:
    def wanted(one: Event) -> bool:
        ids = {someone.id for someone in one.actors}
        countries = {someone.country for someone in one.actors}
        return (
            ("since" not in asked or (one.end is not None and one.end >= asked["since"]))
            and ("type" not in asked or one.type in asked["type"])
            and set(asked.get("actor", ())) <= ids
            and set(asked.get("country", ())) <= countries
            and one.confidence >= asked.get("min_confidence", 0)
        )

    memory = Memory(**(RECORDS | {"events": events}))
    found = select(memory, "events", Filters.of(**asked))
    assert [row.raw for row in found] == [msgspec.json.encode(one) for one in events if wanted(one)]
    assert found.count() == sum(map(wanted, events))


class Large(Memory):
    """As if there were more than are soon read."""

    manifest = SimpleNamespace(counts={"events": 1_000_000})


def test_many_lines_are_not_read_only_to_be_counted() -> None:
    lines = Large(**{"events": EVENTS})
    found = select(lines, "events", Filters.of(min_confidence=0), limit=1)
    assert len(list(found)) == 1
    assert (found.cut, lines.read) == (True, 2)
    assert found.counts(exactly=False) == Count(0, 0, whole=False)
    assert (lines.read, found.count()) == (2, len(EVENTS))
