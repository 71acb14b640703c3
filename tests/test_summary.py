"""Timeline, stats and pairs: what counts as one, where it counts, and that the cache changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dipcli
from dipcli.errors import UnknownValue, UsageError
from dipcli.facts import Collector, Facts, interval
from dipcli.index import cache
from dipcli.records import Doubt, Event, Participant, Place
from dipcli.summary import FIELDS, PERIODS, pairs, stats, timeline
from dipcli.summary.periods import before, default, last_year
from record_builder import actor, document, event, quote, store

TEXT = "Ana met Bo. Bo warned Ana. Dia wrote."
ANA = Participant(id="ana", name="Ana", country="AAA")
BO = Participant(id="bo", name="Bo", country="BBB")
DIA = Participant(id="dia", name="Dia", country="AAA")
LAND = Participant(id="bbb", name="Bland", country="BBB")


def told(*documents: str) -> list[Any]:
    return [quote(TEXT, "Ana met Bo.", one) for one in documents]


def at(ident: str, start: str | None, *people: Participant, **values: Any) -> Event:
    values.setdefault("evidence", told("doc-aaa000"))
    return event(ident, start, actors=list(people), **values)


def against(ident: str, start: str, one: Participant, other: Participant, **values: Any) -> Event:
    known = {"type": "ACCUSE", "quad": 3, "score": -2.0, "goldstein": -2.0, "recipients": [other]}
    return at(ident, start, one, **(known | values))


MEETING = at("m", "2030-03-03", ANA, BO, place=Place(name="Oslo"), evidence=told("doc-aaa000", "doc-bbb000"))
EVENTS = [
    MEETING,
    against("m1", "2030-03-03", BO, ANA, occasion="m"),
    against("m2", "2030-03-03", BO, ANA, type="REQUEST", score=-1.0, occasion="m"),
    at("y", "2030-01-01", ANA, BO, end="2030-12-31", precision="year"),
    against("w", "2030-06-28", DIA, BO, end="2030-07-03", precision="range"),
    at("p", "2030-07-04", ANA, BO, status="planned"),
    at("c", "2030-07-04", ANA, DIA, status="cancelled"),
    at("h", "2030-08-04", BO, LAND),
    at("j", "2030-09-01", ANA, DIA, type="ACCUSE", quad=3, score=-2.0),
    at("u", None, ANA, BO),
]


def facts(events: list[Event] = EVENTS) -> Facts:
    collector = Collector()
    for one in sorted(events, key=lambda one: (one.start is None, one.start or "", one.id)):
        collector.add(one)
    return collector.facts()


def counted(rows: Any) -> dict[Any, tuple[int, ...]]:
    return {(row.period, row.by and row.by.value): (row.count, row.planned, row.cancelled) for row in rows}


def test_a_timeline_has_empty_periods_and_inexact_ones_and_the_undated() -> None:
    rows = timeline(facts(), per="month")
    assert counted(rows) == {
        ("2030", None): (1, 0, 0),
        ("2030-03", None): (1, 0, 0),
        ("2030-04", None): (0, 0, 0),
        ("2030-05", None): (0, 0, 0),
        ("2030-06", None): (1, 0, 0),
        ("2030-07", None): (0, 1, 1),
        ("2030-08", None): (1, 0, 0),
        ("2030-09", None): (1, 0, 0),
        (None, None): (1, 0, 0),
    }
    assert [row.period for row in rows if not row.exact] == ["2030"]
    assert (rows[1].start, rows[1].end) == ("2030-03-01", "2030-03-31")


@pytest.mark.parametrize(
    ("start", "end", "precision", "period"),
    [
        ("2030-03-30", "2030-04-02", "range", "2030-03"),
        ("2030-09-01", "2030-12-31", "range", "Sep–Dec 2030"),
        ("2030-09-01", "2030-09-30", "range", "2030-09"),
        ("2030-01-01", "2030-06-30", "half", "2030-H1"),
        ("2030-03-01", "2030-05-31", "season", "Spring 2030"),
        ("2030-04-01", "2030-06-30", "quarter", "2030-Q2"),
    ],
)
def test_where_what_spans_months_counts(start: str, end: str, precision: str, period: str) -> None:
    rows = timeline(facts([at("e", start, ANA, BO, end=end, precision=precision)]), per="month")
    assert [(row.period, row.exact) for row in rows] == [(period, period.startswith("2030-0"))]


def test_acts_count_by_themselves_when_asked() -> None:
    assert counted(timeline(facts(), per="month", acts=True))["2030-03", None] == (3, 0, 0)


@pytest.mark.parametrize(
    ("by", "month", "groups"),
    [
        ("type", "2030-03", {"CONSULT": 1, "ACCUSE": 1, "REQUEST": 1}),
        ("actor", "2030-06", {"dia": 1, "bo": 1}),
        ("country", "2030-09", {"AAA": 1}),
        ("pair", "2030-03", {"ana/bo": 1}),
        ("pair", "2030-08", {}),
        ("document", "2030-03", {"doc-aaa000": 1, "doc-bbb000": 1}),
    ],
)
def test_groups_of_a_timeline(by: str, month: str, groups: dict[str, int]) -> None:
    rows = [row for row in timeline(facts(), per="month", by=by) if row.period == month]
    assert rows[0].by is None
    assert {row.by.value: row.count for row in rows[1:] if row.by} == groups


def test_periods_fill_the_span_asked_for() -> None:
    chosen = facts([against("w", "2030-06-28", DIA, BO, end="2030-07-03", precision="range")])
    rows = timeline(chosen, per="month", since="2030-07-01", until="2030-09-30")
    assert counted(rows) == {
        ("2030-07", None): (1, 0, 0),
        ("2030-08", None): (0, 0, 0),
        ("2030-09", None): (0, 0, 0),
    }


def test_documents_cover_a_period_by_what_they_tell_or_when_they_were_published() -> None:
    published = {"doc-bbb000": (20300410, 20300410), "doc-ccc000": (20300101, 20301231)}
    rows = timeline(facts([MEETING]), per="month", every=facts(), published=published, until="2030-06-30")
    assert [(row.period, row.documents) for row in rows] == [
        ("2030-03", 2),
        ("2030-04", 1),
        ("2030-05", 0),
        ("2030-06", 1),
    ]


@pytest.mark.parametrize(
    ("span", "per"),
    [
        ((20300101, 20300209), "day"),
        ((20300101, 20300301), "month"),
        ((20300101, 20331231), "quarter"),
        ((20000101, 20331231), "year"),
    ],
)
def test_the_default_period_gives_not_too_many(span: tuple[int, int], per: str) -> None:
    assert default(*span) == per


def test_what_cannot_be_meant_is_said() -> None:
    with pytest.raises(UnknownValue, match="fortnight"):
        timeline(facts(), per="fortnight")
    with pytest.raises(UnknownValue, match="colour"):
        timeline(facts(), by="colour")
    with pytest.raises(UnknownValue, match="colour"):
        stats(facts(), ["colour"])
    with pytest.raises(UsageError, match="3 fields"):
        stats(facts(), ["type", "year", "pair", "place"])
    with pytest.raises(UsageError, match="more than"):
        timeline(facts([at("a", "0900-01-01", ANA), at("z", "2030-01-01", ANA)]), per="day")
    with pytest.raises(UnknownValue, match="robot"):
        pairs(facts(), kind="robot")


def test_nothing_is_nothing() -> None:
    assert timeline(facts([])) == stats(facts([])) == stats(facts([]), ["type"]) == pairs(facts([])) == []


def test_stats_of_all() -> None:
    (row,) = stats(facts())
    assert (row.count, row.acts, row.planned, row.cancelled, row.share) == (6, 8, 1, 1, 1.0)
    quads = (row.verbal_cooperation, row.material_cooperation, row.verbal_conflict, row.material_conflict)
    assert (quads, row.request) == ((4, 0, 3, 0), 1)
    # The meeting counts with the mean of 2.5, -2 and -1; y, h and u with 2.5, w and j with -2.
    assert row.score_sum == round((2.5 - 2 - 1) / 3 + 3 * 2.5 - 2 * 2, 2)
    assert row.score_mean == round(((2.5 - 2 - 1) / 3 + 3 * 2.5 - 2 * 2) / 6, 2)
    assert (row.first_seen, row.last_seen) == ("2030", "2030-09-01")
    assert (row.documents, row.documents_each) == (2, round(7 / 6, 2))


def test_stats_by_fields_are_in_order() -> None:
    rows = stats(facts(), ["pair", "type"])
    assert [([key.value for key in row.by], row.count, row.planned) for row in rows] == [
        (["ana/bo", "CONSULT"], 3, 1),
        (["ana/bo", "ACCUSE"], 1, 0),
        (["ana/bo", "REQUEST"], 1, 0),
        (["bo/dia", "ACCUSE"], 1, 0),
        (["ana/dia", "CONSULT"], 0, 0),
    ]
    assert rows[0].by[0].name == "Ana – Bo"
    months = stats(facts(), ["month"])
    assert [row.by[0].value for row in months] == [
        *sorted(str(row.by[0].value) for row in months[:-1]),
        None,
    ]


def test_a_limit_gives_the_first_rows() -> None:
    for by in (["actor"], ["month"], ["pair", "type"], ["type", "month", "country"]):
        assert stats(facts(), by, limit=2) == stats(facts(), by)[:2]
    assert pairs(facts(), limit=1) == pairs(facts())[:1]


def test_who_deals_with_whom() -> None:
    rows = {"/".join(str(key.value) for key in row.by): row for row in pairs(facts())}
    # Bo meets his own country in h, Ana and Dia protest together in j: neither is a dealing.
    assert {name: row.count for name, row in rows.items()} == {"ana/bo": 3, "bo/dia": 1, "ana/dia": 0}
    both = rows["ana/bo"]
    assert (both.verbal_cooperation, both.verbal_conflict, both.request) == (3, 1, 1)
    assert (both.balance, both.last_seen, both.planned) == (0.5, "2030-03-03", 1)
    lands = pairs(facts(), kind="country")
    assert [([key.value for key in row.by], row.count) for row in lands] == [(["AAA", "BBB"], 4)]
    kinds = {"ana": "person", "bo": "organization", "dia": "person"}
    assert [row.count for row in pairs(facts(), kind="person", kinds=kinds)] == [0]


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        (20300516, 20300516, "2030-05-16"),
        (20300501, 20300531, "2030-05"),
        (20240201, 20240229, "2024-02"),
        (20240201, 20240228, "2024-02-01/2024-02-28"),
        (20300101, 20301231, "2030"),
        (20300701, 20301231, "2030-07-01/2030-12-31"),
        (0, 0, None),
    ],
)
def test_a_date_is_told_as_exactly_as_it_is_known(start: int, end: int, text: str | None) -> None:
    assert interval(start, end) == text


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        ((20300101, 20301231), (20290101, 20291231)),
        ((20300301, 20300331), (20300201, 20300228)),
        ((20300310, 20300312), (20300307, 20300309)),
    ],
)
def test_the_span_before_is_as_long(span: tuple[int, int], expected: tuple[int, int]) -> None:
    assert before(*span) == expected
    assert last_year(20300315) == (20290401, 20300331)


DAYS = st.dates().map(lambda day: int(day.strftime("%Y%m%d") if day.year > 999 else 20300101))


@given(DAYS, DAYS)
def test_the_span_before_ends_the_day_before(one: int, other: int) -> None:
    since, until = sorted((one, other))
    first, last = before(since, until)
    assert first <= last < since


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A large invented index in parts, with its cache."""
    from test_cache import generator

    path = tmp_path_factory.mktemp("summary") / "index"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("dipcli.index.kinds.WHOLE_RECORDS", 300)
        patch.setattr(cache, "LEAST", 100)
        generator().generate(600, path, seed=5)
        cache.renew(path)
        yield path


ASKED = st.fixed_dictionaries(
    {},
    optional={
        "country": st.sampled_from(["CHN", "AFG"]),
        "type": st.sampled_from(["CONSULT", ["AID", "ACCUSE"]]),
        "status": st.just("planned"),
        "since": st.sampled_from(["2009", "2012-05", "2017-11-03"]),
        "until": st.sampled_from(["2018", "2019-06"]),
        "text": st.sampled_from(["talks", "talks NOT minister", "NOT talks", '"foreign minister"']),
        "min_confidence": st.just("0.8"),
        "undated": st.booleans(),
    },
)


@settings(max_examples=30, deadline=None)
@given(
    asked=ASKED,
    by=st.lists(st.sampled_from(sorted(FIELDS)), max_size=2),
    per=st.none() | st.sampled_from(sorted(PERIODS)),
    group=st.sampled_from([None, "type", "pair", "country", "document"]),
    of=st.sampled_from([None, "country", "person"]),
    acts=st.booleans(),
    limit=st.none() | st.integers(1, 9),
)
def test_the_same_answers_with_and_without_cache(
    made: Path, asked: dict[str, Any], by: list[str], per: Any, group: Any, of: Any, acts: bool, limit: Any
) -> None:
    with dipcli.open(made) as quick, dipcli.open(made) as slow:
        slow.snapshot.__dict__["cache"] = None
        assert quick.snapshot.cache is not None
        answers = [
            (
                msgspec.to_builtins(index.timeline(per=per, by=group, acts=acts, **asked)),
                msgspec.to_builtins(index.stats(by, acts=acts, limit=limit, **asked)),
                msgspec.to_builtins(index.pairs(of=of, acts=acts, limit=limit, **asked)),
                msgspec.to_builtins(index.matrix(of=of, acts=acts, **asked)),
                index.stats(**asked).undated_left_out,
                index.stats(**asked).doubted_left_out,
            )
            for index in (quick, slow)
        ]
        assert answers[0] == answers[1]
        found = slow.count("events", **asked)
        (whole,) = slow.stats(acts=True, **asked) or [None]
        left = slow.stats(**asked).doubted_left_out
        assert found == left + (whole.acts + whole.planned + whole.cancelled if whole else 0)


def test_trends_compare_with_the_span_before(tmp_path: Path) -> None:
    events = [at(f"e{day}", day, ANA, BO) for day in ("2029-05-02", "2030-01-09", "2030-02-01", "2030-03-04")]
    doubt = Doubt(field="date", alternative="2030-02-05", reason="weekday")
    events.append(at("doubted", "2031-02-05", ANA, BO, doubts=[doubt]))
    records = {
        "documents": [document("doc-aaa000", TEXT)],
        "events": events,
        "actors": [actor("ana", "Ana", country="AAA"), actor("bo", "Bo", country="BBB")],
    }
    with dipcli.open(store(tmp_path / "index", records)) as index:
        (row,) = index.pairs(since="2030-02", until="2030-03")
        assert (row.count, row.recent, row.before) == (2, 2, 1)
        assert index.pairs(since="2030-02", until="2030-03").doubted_left_out == 1
        (row,) = index.pairs(until="2030-12")
        assert (row.count, row.recent, row.before) == (4, 3, 1)
