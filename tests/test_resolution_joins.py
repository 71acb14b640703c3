"""Which tellings are told of one event, and which are not: a table of cases, each with why."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dipcli.resolution import Resolved
from resolution_builder import Story, resolve_stories

# Who may take part, by the name a case uses: kind, name, country, titles.
CAST: dict[str, tuple[Any, ...]] = {
    "duarte": ("person", "Ana Duarte", "PRT", "Foreign Minister"),
    "moreau": ("person", "Luc Moreau", "FRA", "Foreign Minister"),
    "holm": ("person", "Ida Holm", "NOR", "Foreign Minister"),
    "berg": ("person", "Jonas Berg", "NOR", "Defense Minister"),
    "lima": ("person", "Rui Lima", "PRT", "Defense Minister"),
    "PRT": ("country", "Portugal", "PRT"),
    "FRA": ("country", "France", "FRA"),
    "NOR": ("country", "Norway", "NOR"),
    "UN": ("organization", "United Nations", None),
    "NATO": ("organization", "NATO", None),
    "ministry": ("organization", "Portuguese Foreign Ministry", "PRT"),
    "party": ("organization", "French Party", "FRA"),
    "fm-PRT": ("office", "foreign ministers", "PRT"),
    "fm-FRA": ("office", "foreign ministers", "FRA"),
    "envoy-PRT": ("office", "nuclear envoy", "PRT"),
    "envoy-FRA": ("office", "nuclear envoy", "FRA"),
}
PAIR = "duarte moreau"
OFFICES = "fm-PRT fm-FRA"
LINE = {"chronology": True}


def t(when: str | None, type: str, who: str, to: str = "", doc: str = "a", **more: Any) -> dict[str, Any]:
    """A telling: actors and recipients by their names in CAST."""
    return {"when": when, "type": type, "who": who.split(), "to": to.split(), "doc": doc, **more}


def meet(when: str | None, who: str = PAIR, doc: str = "a", **more: Any) -> dict[str, Any]:
    return t(when, "CONSULT", who, doc=doc, **more)


CASES: list[tuple[str, list[dict[str, Any]], str]] = [
    # dates
    ("the same day in prose and chronology", [meet("2030-05-16"), meet("2030-05-16", **LINE)], "01"),
    ("the same day in two documents", [meet("2030-05-16"), meet("2030-05-16", doc="b")], "01"),
    ("different days", [meet("2030-05-16"), meet("2030-05-17", doc="b")], "0|1"),
    ("a day within the month told elsewhere", [meet("2030-05-16"), meet("2030-05", doc="b")], "01"),
    (
        "a month with two days in it",
        [meet("2030-05-16"), meet("2030-05-20"), meet("2030-05", doc="b")],
        "0|1|2",
    ),
    ("another month", [meet("2030-05-16"), meet("2030-06", doc="b")], "0|1"),
    ("a day within named days", [meet("2030-05-16"), meet("2030-05-15/2030-05-17", doc="b")], "01"),
    ("days that overlap", [meet("2030-05-14/2030-05-16"), meet("2030-05-15/2030-05-17", doc="b")], "0|1"),
    ("a year and a day, one document", [meet("2030-05-16"), meet("2030")], "01"),
    ("a year and a day, two documents", [meet("2030-05-16"), meet("2030", doc="b")], "0|1"),
    ("one year in two documents", [meet("2030"), meet("2030", doc="b")], "01"),
    ("no date in the same document", [meet("2030-05-16"), meet(None)], "01"),
    ("persons who met, without dates", [meet(None), meet(None)], "01"),
    ("countries that met, without dates", [meet(None, "PRT FRA"), meet(None, "PRT FRA")], "0|1"),
    (
        "a headline and the text, without dates",
        [
            t(None, "SUPPORT", "UN", trigger="extend mandate", text="UN extends mandate"),
            t(None, "SUPPORT", "UN", trigger="extend mandate"),
        ],
        "01",
    ),
    ("no date in another document", [meet("2030-05-16"), meet(None, doc="b")], "0|1"),
    (
        "months of talks hold no single day",
        [meet("2030-05-16"), meet("2030-03-01/2030-06-30", doc="b")],
        "0|1",
    ),
    (
        "a month whose year was worked out, a line that prints it",
        [meet("2031-07", date_text="In July"), meet("2030-07-03", date_text="July 3, 2030", **LINE)],
        "01",
    ),
    (
        "years that are both printed",
        [meet("2031-07", date_text="In July 2031"), meet("2030-07-03", date_text="July 3, 2030", **LINE)],
        "0|1",
    ),
    (
        "a worked-out year in another document",
        [meet("2031-07", date_text="In July"), meet("2030-07-03", doc="b", date_text="July 3, 2030", **LINE)],
        "0|1",
    ),
    # participants
    ("ministers called by office", [meet("2030-05-16"), meet("2030-05-16", OFFICES, doc="b")], "01"),
    ("ministers called by country", [meet("2030-05-16"), meet("2030-05-16", "PRT FRA", doc="b")], "01"),
    ("countries in a month, two documents", [meet("2030-05-16"), meet("2030-05", "PRT FRA", doc="b")], "0|1"),
    (
        "countries alone in a month, told by another word",
        [meet("2030-05-16", "PRT FRA", trigger="hold talks"), meet("2030-05", "PRT FRA")],
        "0|1",
    ),
    ("countries in a month, one document", [meet("2030-05-16"), meet("2030-05", "PRT FRA")], "01"),
    (
        "countries where two pairs met",
        [meet("2030-05-16"), meet("2030-05-16", "lima moreau"), meet("2030-05-16", "PRT FRA", doc="b")],
        "0|1|2",
    ),
    (
        "a ministry for its minister",
        [meet("2030-05-16"), meet("2030-05-16", "ministry moreau", doc="b")],
        "01",
    ),
    (
        "a ministry for another minister",
        [meet("2030-05-16", "lima moreau"), meet("2030-05-16", "ministry moreau")],
        "0|1",
    ),
    (
        "another person of the same country",
        [meet("2030-05-16", "holm moreau"), meet("2030-05-16", "berg moreau")],
        "0|1",
    ),
    (
        "one more who takes part",
        [meet("2030-05-16"), meet("2030-05-16", "duarte moreau holm", doc="b")],
        "0|1",
    ),
    ("one of two", [meet("2030-05-16"), meet("2030-05-16", "duarte", doc="b")], "0|1"),
    (
        "one of two on the telephone",
        [meet("2030-05-16", medium="telephone"), meet("2030-05-16", "duarte", doc="b", medium="telephone")],
        "01",
    ),
    (
        "one of two pairs on the telephone",
        [
            meet("2030-05-16", medium="telephone"),
            meet("2030-05-16", "duarte holm", medium="telephone"),
            meet("2030-05-16", "duarte", doc="b", medium="telephone"),
        ],
        "0|1|2",
    ),
    (
        "an international body beside them",
        [meet("2030-05-16"), meet("2030-05-16", "duarte moreau UN", doc="b")],
        "01",
    ),
    (
        "a host told as recipient",
        [meet("2030-05-16"), t("2030-05-16", "CONSULT", "duarte", "moreau", "b")],
        "01",
    ),
    (
        "offices that nobody is known to hold",
        [meet("2030-05-16"), meet("2030-05-16", "envoy-PRT envoy-FRA", doc="b")],
        "01",
    ),
    # place, medium, status
    ("two places", [meet("2030-05-16", place="Lisbon"), meet("2030-05-16", place="Paris", doc="b")], "0|1"),
    (
        "a town and its country",
        [
            meet("2030-05-16", place="Lisbon", place_country="PRT"),
            meet("2030-05-16", place="Portugal", place_country="PRT", doc="b"),
        ],
        "01",
    ),
    (
        "a town and another country",
        [
            meet("2030-05-16", place="Lisbon", place_country="PRT"),
            meet("2030-05-16", place="France", place_country="FRA", doc="b"),
        ],
        "0|1",
    ),
    (
        "a palace and its town",
        [meet("2030-05-16", place="Belem Palace in Lisbon"), meet("2030-05-16", place="Lisbon", doc="b")],
        "01",
    ),
    (
        "no place, where they met at two",
        [meet("2030-05-16", place="Lisbon"), meet("2030-05-16", place="Paris"), meet("2030-05-16", doc="b")],
        "0|1|2",
    ),
    (
        "telephone and in person",
        [meet("2030-05-16", medium="telephone"), meet("2030-05-16", medium="in_person", doc="b")],
        "0|1",
    ),
    ("telephone and not told", [meet("2030-05-16", medium="telephone"), meet("2030-05-16", doc="b")], "01"),
    ("planned and held that day", [meet("2030-05-16", status="planned"), meet("2030-05-16", doc="b")], "01"),
    (
        "planned for a month, held on a day",
        [meet("2030-05", status="planned"), meet("2030-05-16", doc="b")],
        "0|1",
    ),
    ("cancelled and held", [meet("2030-05-16", status="cancelled"), meet("2030-05-16", doc="b")], "0|1"),
    # types and triggers
    ("agreeing is not meeting", [meet("2030-05-16"), t("2030-05-16", "AGREE", PAIR, trigger="agree")], "0|1"),
    (
        "a visit is not talks",
        [meet("2030-05-16"), meet("2030-05-16", trigger="visit", mode="visit", doc="b")],
        "0|1",
    ),
    (
        "talks on the days of a visit, with whom is visited",
        [t("2030-05-16", "CONSULT", "duarte", "FRA", trigger="visit", mode="visit"), meet("2030-05-16")],
        "01",
    ),
    (
        "talks on the day that both visit a third country",
        [t("2030-05-16", "CONSULT", PAIR, "NOR", trigger="visit", mode="visit"), meet("2030-05-16")],
        "0|1",
    ),
    (
        "an expulsion in other words",
        [
            t("2030-05-16", "SANCTION", "PRT", "FRA", trigger="expel diplomats", mode="expel"),
            t("2030-05-16", "SANCTION", "ministry", "FRA", trigger="declare persona", mode="expel"),
        ],
        "01",
    ),
    (
        "an expulsion and the one in return",
        [
            t("2030-05-16", "SANCTION", "PRT", "FRA", trigger="expel diplomats", mode="expel"),
            t("2030-05-16", "SANCTION", "FRA", "PRT", trigger="expel diplomats", mode="expel"),
        ],
        "0|1",
    ),
    (
        "a summons told twice",
        [
            t("2030-05-16", "ACCUSE", "PRT", "envoy-FRA", trigger="summon ambassador"),
            t("2030-05-16", "ACCUSE", "duarte", "envoy-FRA", trigger="call in ambassador"),
        ],
        "01",
    ),
    (
        "a summons and the protest made at it",
        [
            t("2030-05-16", "ACCUSE", "PRT", "FRA", trigger="summon ambassador"),
            t("2030-05-16", "ACCUSE", "duarte", "FRA", trigger="express dissatisfaction"),
        ],
        "01",
    ),
    (
        "a summons and criticism of the same day",
        [
            t("2030-05-16", "ACCUSE", "PRT", "FRA", trigger="summon ambassador"),
            t("2030-05-16", "ACCUSE", "duarte", "FRA", trigger="criticize"),
        ],
        "0|1",
    ),
    (
        "a summons and a protest of another day",
        [
            t("2030-05-16", "ACCUSE", "PRT", "FRA", trigger="summon ambassador"),
            t("2030-05-17", "ACCUSE", "duarte", "FRA", trigger="lodge protest"),
        ],
        "0|1",
    ),
    ("talks and meeting", [meet("2030-05-16", trigger="talk"), meet("2030-05-16", doc="b")], "01"),
    (
        "attending and hosting, by one",
        [meet("2030-05-16", "PRT", trigger="host forum"), meet("2030-05", "PRT", trigger="attend summit")],
        "0|1",
    ),
    (
        "phrases that share a word",
        [
            t("2030-05-16", "REJECT", "PRT", trigger="block resolution"),
            t("2030-05-16", "REJECT", "PRT", trigger="block effort", doc="b"),
        ],
        "01",
    ),
    (
        "phrases that share a light word",
        [
            t("2030-05-16", "SUPPORT", "PRT", trigger="send letter"),
            t("2030-05-16", "SUPPORT", "PRT", trigger="send troops", doc="b"),
        ],
        "0|1",
    ),
    (
        "an office and who holds another, of one country",
        [meet("2030-05-16"), meet("2030-05-16", "duarte moreau envoy-FRA", doc="b")],
        "01",
    ),
    (
        "talks in a month of talks and letters",
        [
            meet("2030-05-16", trigger="talk"),
            meet("2030-05-20", trigger="exchange messages", medium="written"),
            meet("2030-05", OFFICES, trigger="talks"),
        ],
        "02|1",
    ),
    (
        "one received, one left out",
        [
            meet("2030-05-16", "lima moreau", trigger="receive", medium="in_person", place="Lisbon"),
            meet("2030-05-16", "moreau", trigger="talks", medium="in_person", place="Lisbon", **LINE),
        ],
        "0|1",
    ),
    ("attending is not talks", [meet("2030-05-16"), meet("2030-05-16", trigger="attend", doc="b")], "0|1"),
    (
        "a visit told with its host and without",
        [
            t("2030-05-16", "CONSULT", "duarte", "FRA", trigger="visit", mode="visit"),
            t("2030-05-16", "CONSULT", "duarte", doc="b", trigger="arrive", mode="visit"),
        ],
        "01",
    ),
    (
        "two statements of one text",
        [
            t("2030-05-16", "REQUEST", "PRT", "FRA", trigger="urge"),
            t("2030-05-16", "REQUEST", "PRT", "FRA", trigger="urge"),
        ],
        "0|1",
    ),
    (
        "a statement in prose and chronology",
        [
            t("2030-05-16", "ACCUSE", "PRT", "FRA", trigger="denounce"),
            t("2030-05-16", "ACCUSE", "PRT", "FRA", trigger="oppose", **LINE),
        ],
        "01",
    ),
    (
        "opposing and rejecting, prose and chronology",
        [
            t("2030-05-16", "ACCUSE", "PRT", "FRA", trigger="denounce"),
            t("2030-05-16", "REJECT", "PRT", "FRA", trigger="oppose", **LINE),
        ],
        "01",
    ),
    (
        "a deed and the noun for it",
        [
            t("2030-05-16", "OTHER", "PRT", trigger="announce"),
            t("2030-05-16", "OTHER", "PRT", trigger="announcement"),
        ],
        "01",
    ),
    (
        "against whom differs",
        [
            t("2030-05-16", "ACCUSE", "PRT", "FRA", trigger="blame"),
            t("2030-05-16", "ACCUSE", "PRT", "NOR", "b", trigger="blame"),
        ],
        "0|1",
    ),
    (
        "who does it to whom differs",
        [
            t("2030-05-16", "ACCUSE", "PRT", "FRA", trigger="blame"),
            t("2030-05-16", "ACCUSE", "FRA", "PRT", "b", trigger="blame"),
        ],
        "0|1",
    ),
    (
        "a party for its country as recipient",
        [
            t("2030-05-16", "SUPPORT", "PRT", "FRA", trigger="send letter"),
            t("2030-05-16", "SUPPORT", "PRT", "party", trigger="send letter", **LINE),
        ],
        "01",
    ),
    (
        "against whom is left out",
        [
            t("2030-05-16", "REJECT", "PRT FRA", "UN", trigger="block"),
            t("2030-05-16", "REJECT", "PRT FRA", doc="b", trigger="veto"),
        ],
        "01",
    ),
    (
        "another mode",
        [
            t("2030-05-16", "MOBILIZE", "PRT", mode="weapons", trigger="test"),
            t("2030-05-16", "MOBILIZE", "PRT", mode="troops", trigger="deploy", doc="b"),
        ],
        "0|1",
    ),
    (
        "the same mode, another word",
        [
            t("2030-05-16", "MOBILIZE", "PRT", mode="weapons", trigger="test"),
            t("2030-05-16", "MOBILIZE", "PRT", mode="weapons", trigger="launch", doc="b"),
        ],
        "01",
    ),
    (
        "one shelling and another",
        [
            t("2030-05-16", "ASSAULT", "PRT", "FRA", place="Nice", trigger="shell"),
            t("2030-05-16", "ASSAULT", "PRT", "FRA", place="Brest", trigger="shell", doc="b"),
        ],
        "0|1",
    ),
    (
        "a building and its town",
        [meet("2030-05-16", place="Kremlin"), meet("2030-05-16", doc="b", place="Moscow")],
        "01",
    ),
    (
        "a building and another town",
        [meet("2030-05-16", place="Kremlin"), meet("2030-05-16", doc="b", place="Kazan")],
        "0|1",
    ),
    # within one text
    (
        "lines of a chronology, other people",
        [meet("2030-05-16", **LINE), meet("2030-05-16", "lima moreau", **LINE)],
        "0|1",
    ),
    (
        "lines of a chronology, countries and people",
        [meet("2030-05-16", **LINE), meet("2030-05-16", "PRT FRA", **LINE)],
        "0|1",
    ),
    ("one line twice", [meet("2030-05-16", **LINE), meet("2030-05-16", **LINE)], "01"),
    (
        "what the document goes on about",
        [meet("2030-05-16"), t("2030-05-16", "CONSULT", "duarte", same_as=["e0"])],
        "01",
    ),
    (
        "what it goes on about at another place",
        [
            meet("2030-05-16", place="Lisbon"),
            t("2030-05-16", "CONSULT", "duarte", place="Paris", same_as=["e0"]),
        ],
        "0|1",
    ),
    (
        "a headline and the text",
        [
            t("2030-05-16", "AGREE", PAIR, trigger="agree", text="Ministers agree on trade"),
            t("2030-05-16", "AGREE", PAIR, trigger="agree"),
        ],
        "01",
    ),
]


def told(tellings: list[dict[str, Any]]) -> list[Story]:
    """A document for each name a case gives; the first (and so every) one knows the whole cast."""
    stories: dict[str, Story] = {}
    keys: dict[tuple[str, str], str] = {}
    for number, telling in enumerate(tellings):
        doc = telling["doc"]
        story = stories.setdefault(doc, Story(doc, published="2030-05-31"))
        for name in [*telling["who"], *telling["to"], "duarte", "moreau"]:
            if (doc, name) not in keys:
                kind, *rest = CAST[name]
                keys[doc, name] = story.office(*rest) if kind == "office" else story.actor(kind, *rest)
        more = {k: v for k, v in telling.items() if k not in ("when", "type", "who", "to", "doc")}
        more.setdefault("text", f"It is told as number {number}.")
        who, to = ([keys[doc, name] for name in telling[side]] for side in ("who", "to"))
        story.tells(telling["when"], telling["type"], who, to, **more)
    return list(stories.values())


def groups(resolved: Resolved, tellings: list[dict[str, Any]]) -> str:
    """Numbers of tellings, those of one event together: `01|2`."""
    count: dict[str, int] = {}
    events: dict[str, str] = {}
    homes = {(join.document, join.key): join.event for join in resolved.joins}
    for number, telling in enumerate(tellings):
        key = count.get(telling["doc"], 0)
        count[telling["doc"]] = key + 1
        event = homes[f"doc-{telling['doc']}", f"e{key}"]
        events[event] = events.get(event, "") + str(number)
    return "|".join(sorted(events.values()))


@pytest.mark.parametrize(("why", "tellings", "expected"), CASES, ids=[case[0] for case in CASES])
def test_tellings_of_one_event_are_joined_and_others_are_not(
    why: str, tellings: list[dict[str, Any]], expected: str
) -> None:
    assert groups(resolve_stories(*told(tellings)), tellings) == expected, why


def test_the_table_has_forty_cases() -> None:
    assert len(CASES) >= 40
    assert len({case[0] for case in CASES}) == len(CASES)


TELLINGS = [telling for _, case, _ in CASES for telling in case if not telling.get("same_as")]


@settings(max_examples=40, deadline=None)
@given(
    chosen=st.lists(st.tuples(st.sampled_from(TELLINGS), st.sampled_from("abcd")), min_size=2, max_size=12),
    data=st.data(),
)
def test_the_order_of_arrival_changes_nothing(
    chosen: list[tuple[dict[str, Any], str]], data: st.DataObject
) -> None:
    stories = told([telling | {"doc": doc} for telling, doc in chosen])
    assert resolve_stories(*data.draw(st.permutations(stories))) == resolve_stories(*stories)


@settings(max_examples=40, deadline=None)
@given(chosen=st.lists(st.tuples(st.sampled_from(TELLINGS), st.sampled_from("abc")), min_size=1, max_size=12))
def test_every_telling_is_evidence_of_exactly_one_event(chosen: list[tuple[dict[str, Any], str]]) -> None:
    stories = told([telling | {"doc": doc} for telling, doc in chosen])
    resolved = resolve_stories(*stories)
    assert len(resolved.joins) == len({(join.document, join.key) for join in resolved.joins}) == len(chosen)
    texts = {story.document.id: story.document.text for story in stories}
    for event in resolved.events:
        assert event.evidence
        for quote in event.evidence:
            assert texts[quote.document][quote.char_start : quote.char_end] == quote.text
    ids = [event.id for event in resolved.events]
    assert len(ids) == len(set(ids))
    assert {join.event for join in resolved.joins} == set(ids)
    known = {actor.id for actor in resolved.actors}
    assert {p.id for event in resolved.events for p in (*event.actors, *event.recipients)} <= known
    for relation in resolved.relations:
        assert {relation.subject, relation.object} <= known
