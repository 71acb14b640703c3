"""A small invented index for tests of the query package: nothing in it ever happened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from dipcli.records import Doubt, Participant, Place, Published, Relation
from record_builder import actor, document, event, quote, role, store

HARBOUR = """Harbour talks

- 3 March 2030: Foreign Minister Maja Holm met Portuguese Foreign Minister Inês Duarte in Bergen.
- May 2030: Norway condemned the seizure of two trawlers by Portugal's coast guard.
- The Nordic Council called for calm. Ambassadors Kang Min-ho and Erik Holm stayed away.
"""
LETTER = """Portugal will send fish to Norway in 2031, Ms. Duarte wrote on 12 June 2030. The
U.S. took no side in the fish dispute, and Norway's fisheries ministry kept silent
about trawlers. 王毅访问里斯本。 Olá, São Tomé.
"""


class Memory:
    """Records in memory that answer as a snapshot does."""

    def __init__(self, **records: Sequence[Any]) -> None:
        self.lines = {kind: [msgspec.json.encode(one) for one in found] for kind, found in records.items()}
        self.read = 0

    def raw(self, kind: str) -> Iterator[bytes]:
        for line in self.lines.get(kind, []):
            self.read += 1
            yield line


MAJA = Participant(id="maja-holm", name="Maja Holm", title="Foreign Minister", country="NOR")
ERIK = Participant(id="erik-holm", name="Erik Holm", country="NOR")
INES = Participant(id="ines-duarte", name="Inês Duarte", country="PRT")
KANG = Participant(id="kang-min-ho", name="Kang Min-ho", title="Ambassador to Portugal", country="KOR")
NORWAY = Participant(id="nor", name="Norway", country="NOR")
PORTUGAL = Participant(id="prt", name="Portugal", country="PRT")
COUNCIL = Participant(id="nordic-council", name="Nordic Council")

DOCUMENTS = [
    document(
        "doc-aaa111",
        HARBOUR,
        path="north/harbour.txt",
        title="Harbour talks",
        publisher="The Quay",
        published=Published(start="2030-06-01", end="2030-06-30", precision="month", basis="printed"),
    ),
    document("doc-aab222", LETTER, path="letter.txt", title="A letter", language="en"),
]
EVENTS = [
    event(
        "2030-03-03-consult-ines-duarte-maja-holm",
        "2030-03-03",
        actors=[INES, MAJA],
        place=Place(name="Bergen", country="NOR"),
        medium="in_person",
        contexts=["diplomatic"],
        evidence=[
            quote(
                HARBOUR,
                HARBOUR.splitlines()[2][2:],
                "doc-aaa111",
            )
        ],
        doubts=[Doubt(field="start", alternative="2029-03-03", reason="the weekday is that of 2029")],
        sources=2,
        tags=["fish", "treaty"],
        reviewed=True,
    ),
    event(
        "2030-05-accuse-nor-prt",
        "2030-05-01",
        "2030-05-31",
        precision="month",
        type="ACCUSE",
        mode="disapprove",
        quad=3,
        actors=[NORWAY],
        recipients=[PORTUGAL],
        certainty="reported",
        asserted_by=["ines-duarte"],
        contexts=["economic", "territory"],
        confidence=0.55,
        evidence=[
            quote(
                HARBOUR,
                "May 2030: Norway condemned the seizure of two trawlers by Portugal's coast guard.",
                "doc-aaa111",
            )
        ],
    ),
    event(
        "2030-06-12-agree-ines-duarte-nor",
        "2030-06-12",
        type="AGREE",
        actors=[INES],
        recipients=[NORWAY],
        status="planned",
        medium="written",
        evidence=[
            quote(
                LETTER,
                "Portugal will send fish to Norway in 2031, Ms. Duarte wrote on 12 June 2030.",
                "doc-aab222",
            )
        ],
    ),
    event(
        "2030-07-02-consult-kang-min-ho-erik-holm",
        "2030-07-02",
        actors=[KANG],
        recipients=[ERIK],
        mode="visit",
        place=Place(name="Old Bergen Harbour"),
    ),
    event(
        "undated-request-nordic-council",
        None,
        type="REQUEST",
        quad=3,
        actors=[COUNCIL],
        evidence=[quote(HARBOUR, "The Nordic Council called for calm.", "doc-aaa111")],
    ),
]
ACTORS = [
    actor(
        "erik-holm",
        "Erik Holm",
        country="NOR",
        aliases=["Erik Hollm"],
        event_count=1,
        documents=["doc-aaa111"],
        roles=[
            role("Vice Foreign Minister", of="nor", first_seen="2030-03-03", last_seen="2030-07-02"),
            role("Ambassador"),
        ],
    ),
    actor(
        "ines-duarte",
        "Inês Duarte",
        country="PRT",
        aliases=["Duarte", "Ines Durate"],
        event_count=2,
        documents=["doc-aaa111", "doc-aab222"],
        roles=[
            role(
                "State Councillor and Foreign Minister", of="prt", since="2029-11-01", last_seen="2030-06-12"
            )
        ],
    ),
    actor(
        "kang-min-ho",
        "Kang Min-ho",
        country="KOR",
        event_count=1,
        documents=["doc-aaa111"],
        roles=[role("Ambassador to Portugal", of="kor", first_seen="2030-07-02", last_seen="2030-07-02")],
    ),
    actor(
        "maja-holm",
        "Maja Holm",
        country="NOR",
        aliases=["Holm"],
        event_count=1,
        documents=["doc-aaa111"],
        roles=[role("Foreign Minister", of="nor", first_seen="2030-02-01", last_seen="2030-03-03")],
    ),
    actor(
        "nor",
        "Norway",
        "country",
        "NOR",
        aliases=["Oslo"],
        event_count=2,
        documents=["doc-aaa111", "doc-aab222"],
    ),
    actor(
        "nordic-council",
        "Nordic Council",
        "organization",
        aliases=["the Council"],
        event_count=1,
        documents=["doc-aaa111"],
    ),
    actor("prt", "Portugal", "country", "PRT", event_count=1, documents=["doc-aaa111", "doc-aab222"]),
]
RELATIONS = [
    Relation(
        id="engages-nor-prt",
        subject="nor",
        relation="engages",
        object="prt",
        first_seen="2030-05-01",
        last_seen="2030-05-31",
        count=1,
        by_type={"ACCUSE": 1},
        events=["2030-05-accuse-nor-prt"],
    ),
    Relation(
        id="holds-office-ines-duarte-prt",
        subject="ines-duarte",
        relation="holds_office",
        object="prt",
        label="State Councillor and Foreign Minister",
        since="2029-11-01",
        last_seen="2030-06-12",
        count=1,
        evidence=[quote(HARBOUR, "Portuguese Foreign Minister Inês Duarte", "doc-aaa111")],
    ),
    Relation(
        id="member-of-nor-nordic-council",
        subject="nor",
        relation="member_of",
        object="nordic-council",
        count=1,
        evidence=[quote(LETTER, "Norway's fisheries ministry", "doc-aab222")],
        tags=["fish"],
    ),
]
RECORDS: dict[str, list[Any]] = {
    "documents": DOCUMENTS,
    "events": EVENTS,
    "actors": ACTORS,
    "relations": RELATIONS,
}


def world() -> Memory:
    return Memory(**RECORDS)


def write_index(path: Path) -> Path:
    """The same records as an index on disk."""
    return store(path, RECORDS)
