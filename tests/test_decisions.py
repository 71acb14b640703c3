"""Decisions last: they are found by their words, whatever comes, goes, or is read again."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import dipcli
import fake_stages
from dipcli import decisions
from dipcli.decisions import file, types
from dipcli.errors import AmbiguousName, DecisionsError, DipcliError, NotFound
from dipcli.index import transaction
from dipcli.ingestion import forget, ingest

ONE = "2022-05-16 Ada Berg met Cem Aydin\n2022-05-17 Ada Berg met Dora Kiss\n"
TWO = "2022-06-01 Dora Kiss met Cem Aydin\n"
THREE = "2022-06-02 Eva Roth met Finn Dahl\n"
FIRST = "2022-05-16-consult-ada-berg-cem-aydin"


@pytest.fixture(autouse=True)
def stages(monkeypatch: pytest.MonkeyPatch) -> None:
    fake_stages.install(monkeypatch)


def write(folder: Path, **texts: str) -> list[Path]:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text)
    return [folder / f"{name}.txt" for name in texts]


@pytest.fixture
def opened(tmp_path: Path) -> dipcli.Index:
    ingest(write(tmp_path / "docs", a=ONE, b=TWO, c=THREE), tmp_path / "ix")
    return dipcli.open(tmp_path / "ix")


def state(index: Path) -> dict[str, bytes]:
    return {place.name: place.read_bytes() for place in index.glob("*.jsonl")}


def ids(index: dipcli.Index) -> list[str]:
    return [event.id for event in index.events()]


def decide(index: dipcli.Index, kind: str, *subjects: Any, **given: Any) -> decisions.Ruling:
    """Make one decision; what became of it."""
    (ruling,) = index.decide(index.decision(kind, subjects, by="ana", **given)).rulings
    assert ruling.state == "holds"
    return ruling


# what each kind does


def test_an_edit_sets_fields_and_keeps_what_was_told(opened: dipcli.Index) -> None:
    values = {"date": "2022-06", "type": "disapprove", "recipients": "Dora Kiss", "place": "Oslo, Norway"}
    (ident,) = decide(opened, "edit", FIRST, set=values, why="the readout").records
    event = opened.show(ident)
    assert isinstance(event, dipcli.Event)
    assert ident == "2022-06-accuse-ada-berg-cem-aydin-dora-kiss"
    assert (event.start, event.end, event.precision) == ("2022-06-01", "2022-06-30", "month")
    assert (event.type, event.quad, event.cameo) == ("ACCUSE", 3, "110")
    assert [someone.name for someone in event.recipients] == ["Dora Kiss"]
    assert event.place and (event.place.name, event.place.country) == ("Oslo", "NOR")
    assert {(one.field, one.told, one.by) for one in event.corrections} == {
        ("date", "2022-05-16", "ana"),
        ("type", "CONSULT", "ana"),
        ("recipients", None, "ana"),
        ("place", None, "ana"),
    }
    assert opened.show(FIRST) == event


def test_a_second_edit_finds_the_event_by_what_documents_tell(opened: dipcli.Index) -> None:
    (first,) = decide(opened, "edit", FIRST, set={"date": "2001-02-03", "type": "AID"}).records
    (second,) = decide(opened, "edit", first, set={"date": "2001-02-04"}).records
    assert second.startswith("2001-02-04-aid-ada-berg")
    assert opened.show(first).id == opened.show(FIRST).id == second


def test_a_rejected_event_is_left_out(opened: dipcli.Index) -> None:
    ruling = decide(opened, "reject", FIRST)
    assert FIRST not in ids(opened)
    assert opened.show("cem-aydin").event_count == 1  # type: ignore[union-attr]
    with pytest.raises(NotFound) as error:
        opened.show(FIRST)
    assert error.value.hint == f"it was rejected by ana; to have it again: dipcli undo {ruling.decision}"


def test_events_are_joined_and_parted(opened: dipcli.Index) -> None:
    other = "2022-06-01-consult-cem-aydin-dora-kiss"
    (joined,) = decide(opened, "same", FIRST, other).records
    event = opened.show(joined)
    assert isinstance(event, dipcli.Event) and len(event.evidence) == 2
    assert opened.show(other).id == joined
    parted = decide(opened, "split", event, quotes=event.evidence[1:]).records
    assert sorted(parted) == sorted([FIRST, other])


def test_actors_are_joined_and_parted(opened: dipcli.Index) -> None:
    before = ids(opened)
    (joined,) = decide(opened, "same", "ada-berg", "eva-roth").records
    actor = opened.show(joined)
    assert isinstance(actor, dipcli.Actor) and actor.event_count == 3
    assert {opened.show(old).id for old in ("ada-berg", "eva-roth")} == {joined}
    parted = decide(opened, "different", "ada-berg", "cem-aydin").records
    assert len(parted) == 2
    decide(opened, "split", joined, quotes=[actor.evidence[1]])
    assert ids(opened) == before


def test_names(opened: dipcli.Index) -> None:
    decide(opened, "alias", "ada-berg", name="Eva Roth")
    (renamed,) = decide(opened, "rename", "ada-berg", name="Ada Maria Berg").records
    actor = opened.show(renamed)
    assert isinstance(actor, dipcli.Actor)
    assert (renamed, actor.aliases) == ("ada-maria-berg", ["Ada Berg", "Eva Roth"])
    assert len(opened.events(actor="Eva Roth")) == 3
    assert opened.show("ada-berg").id == renamed
    assert opened.show("ada-berg-engages-cem-aydin").id == "ada-maria-berg-engages-cem-aydin"
    assert opened.show(FIRST).id == "2022-05-16-consult-ada-maria-berg-cem-aydin"


def test_an_added_event_has_evidence(opened: dipcli.Index) -> None:
    text = "Heard: Ada Berg rang Gil Moss on 3 July 2022."
    values = {"date": "2022-07-03", "type": "CONSULT", "actors": "Ada Berg; Gil Moss (envoy)"}
    (ident,) = decide(opened, "add", text=text, set=values).records
    event = opened.show(ident)
    assert isinstance(event, dipcli.Event)
    assert (event.origin, event.reviewed, event.actors[1].title) == ("manual", True, "envoy")
    (quote,) = event.evidence
    document = opened.show(quote.document)
    assert isinstance(document, dipcli.Document)
    assert document.text[quote.char_start : quote.char_end] == quote.text == text
    assert opened.show("ada-berg").event_count == 3  # type: ignore[union-attr]
    (edited,) = decide(opened, "edit", ident, set={"medium": "telephone"}).records
    assert opened.show(edited).medium == "telephone"  # type: ignore[union-attr]


def test_tags_and_notes(opened: dipcli.Index) -> None:
    relation = opened.relations()[0]
    for subject in (FIRST, "ada-berg", relation, opened.documents()[0]):
        decide(opened, "tag", subject, tags=["check", "visa"])
        decide(opened, "untag", subject, tags=["visa"])
        decide(opened, "note", subject, text="Ask the embassy.")
    for ident in (FIRST, "ada-berg", relation.id, opened.documents()[0].id):
        record = opened.show(ident)
        assert (record.tags, [note.text for note in record.notes]) == (["check"], ["Ask the embassy."])


def test_an_accepted_event_is_reviewed_until_it_changes(opened: dipcli.Index) -> None:
    decide(opened, "accept", FIRST)
    assert opened.show(FIRST).reviewed  # type: ignore[union-attr]
    decide(opened, "edit", FIRST, set={"place": "Oslo"})
    assert not opened.show(FIRST).reviewed  # type: ignore[union-attr]
    said = {ruling.said for _, ruling in opened.decisions()}
    assert "changed since: place was None" in said


def test_undo(opened: dipcli.Index, tmp_path: Path) -> None:
    before = {name: data for name, data in state(tmp_path / "ix").items() if name != file.NAME}
    made = opened.decision("edit", FIRST, set={"type": "AID"})
    opened.decide(made)
    (undone,) = opened.decide(opened.decision("undo", undoes=made.id)).decisions
    after = state(tmp_path / "ix")
    assert opened.show(FIRST).id == FIRST
    assert {name: after[name] for name in before} == before
    opened.decide(opened.decision("undo", undoes=undone.id))
    assert opened.show(FIRST).id.startswith("2022-05-16-aid")


# contradictions


def test_the_later_wins_and_it_is_said(opened: dipcli.Index) -> None:
    kinds = ["same", "different"]
    for kind in kinds:
        opened.decide(opened.decision(kind, ["ada-berg", "eva-roth"]) if kind == "same" else _apart(opened))
    (_, first), (later, second) = opened.decisions()
    assert (first.state, second.state) == ("overruled", "holds")
    assert first.said == f"{later.id} says otherwise, later"
    for place in ("Oslo", "Bergen"):
        decide(opened, "edit", FIRST, set={"place": place})
    assert opened.show(FIRST).place.name == "Bergen"  # type: ignore[union-attr]
    assert [ruling.state for _, ruling in opened.decisions()] == ["overruled", "holds", "overruled", "holds"]


def _apart(index: dipcli.Index) -> decisions.Decision:
    actor = index.show("ada-berg")
    assert isinstance(actor, dipcli.Actor)
    return index.decision("split", actor, quotes=actor.evidence[1:])


def test_a_merge_in_a_circle_is_one_merge(opened: dipcli.Index) -> None:
    pairs = [("ada-berg", "eva-roth"), ("eva-roth", "finn-dahl"), ("finn-dahl", "ada-berg")]
    opened.decide(*(opened.decision("same", pair) for pair in pairs))
    assert {ruling.state for _, ruling in opened.decisions()} == {"holds"}
    assert len({opened.show(ident).id for pair in pairs for ident in pair}) == 1


# fifty decisions


def test_fifty_decisions_survive(tmp_path: Path) -> None:
    """A full re-ingest, one in another order, an added document, and a forgotten one."""
    names = [f"{first} {last}" for first in ("Ada", "Bo", "Cem", "Dora") for last in ("Berg", "Kiss", "Moss")]
    picked = random.Random(6)
    texts = {
        f"d{number}": "".join(
            f"2022-{number % 12 + 1:02}-{line + 1:02} {' met '.join(picked.sample(names, 2))}\n"
            for line in range(6)
        )
        for number in range(15)
    }
    paths = write(tmp_path / "docs", **texts)
    ingest(paths, tmp_path / "ix")
    with dipcli.open(tmp_path / "ix") as index:
        made = _fifty(index)
        index.decide(*made)
        before = [ruling for _, ruling in index.decisions()]
        assert len(before) == 50 and {ruling.state for ruling in before} == {"holds"}
    told = state(tmp_path / "ix")
    for order in (paths, paths[::-1]):
        again = tmp_path / f"ix{len(list(tmp_path.iterdir()))}"
        again.mkdir()
        shutil.copy(tmp_path / "ix" / file.NAME, again)
        for path in order:
            ingest([path], again)
        assert state(again) == told
    ingest(write(tmp_path / "docs", more="2022-12-30 Ada Berg met Bo Kiss\n"), tmp_path / "ix")
    with dipcli.open(tmp_path / "ix") as index:
        assert {ruling.state for _, ruling in index.decisions()} == {"holds"}
    forget(tmp_path / "ix", ["more.txt"])
    assert state(tmp_path / "ix") == told
    forget(tmp_path / "ix", ["d3.txt"])
    with dipcli.open(tmp_path / "ix") as index:
        after = [ruling for _, ruling in index.decisions()]
        assert 30 < sum(ruling.state == "holds" for ruling in after) < 50
        assert {ruling.state for ruling in after} == {"holds", "nothing"}


def _fifty(index: dipcli.Index) -> list[decisions.Decision]:
    events = index.events()
    actors = index.actors(kind="person")
    edits = [
        index.decision("edit", event, set={"place": f"Town {number}"})
        for number, event in enumerate(events[:20])
    ]
    rejects = [index.decision("reject", event) for event in events[20:27]]
    joined = [index.decision("same", pair) for pair in (events[30:32], events[33:35], actors[:2])]
    parted = [index.decision("different", [actors[3], actors[4]])]
    named = [index.decision("rename", actor, name=f"Sir {actor.name}") for actor in actors[5:8]]
    called = [index.decision("alias", actors[8], name="The Envoy")]
    added = [
        index.decision(
            "add", text=f"Call {n}: Ada Berg.", set={"type": "AID", "actors": "Ada Berg", "date": "2021"}
        )
        for n in range(5)
    ]
    marks = [index.decision("tag", event, tags=["seen"]) for event in events[40:45]]
    notes = [index.decision("note", event, text="hm") for event in events[45:50]]
    return [*edits, *rejects, *joined, *parted, *named, *called, *added, *marks, *notes]


KINDS = ("edit", "reject", "accept", "same", "different", "split", "alias", "rename", "add", "tag", "undo")


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    made=st.lists(
        st.tuples(st.sampled_from(KINDS), st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=5
    )
)
def test_any_decisions_give_the_same_bytes_again(
    tmp_path_factory: Any, made: list[tuple[str, int, int]]
) -> None:
    """Made one by one, each about the records as they are by then; read again at once, in another order."""
    place = tmp_path_factory.mktemp("any")
    paths = write(place / "docs", a=ONE, b=TWO, c=THREE, d=ONE.replace("2022", "2023"))
    ingest(paths, place / "ix")
    with dipcli.open(place / "ix") as index:
        for kind, one, other in made:
            try:
                index.decide(_any(index, kind, one, other))
            except DipcliError:
                assert kind in (
                    "same",
                    "different",
                    "split",
                    "undo",
                    "add",
                    "edit",
                )  # a name split is no one's alone
        every = index.decisions()
        gone = any(isinstance(one, types.Add) and ruling.state == "undone" for one, ruling in every)
        assert gone or "nothing" not in {ruling.state for _, ruling in every}
        for record in (*index.events(), *index.actors(), *index.relations()):
            for former in record.former_ids:
                try:
                    found = [index.show(former).id]
                except AmbiguousName as error:
                    found = error.candidates
                assert record.id in found
    (place / "again").mkdir()
    if (place / "ix" / file.NAME).exists():
        shutil.copy(place / "ix" / file.NAME, place / "again")
    for path in reversed(paths):
        ingest([path], place / "again")
    assert state(place / "again") == state(place / "ix")


def _any(index: dipcli.Index, kind: str, one: int, other: int) -> decisions.Decision:
    """A decision of a kind on whatever records the numbers pick."""
    events: list[Any] = list(index.events())
    actors: list[Any] = list(index.actors())
    both = events if one % 2 else actors
    first, second = events[one % len(events)], both[other % len(both)]
    match kind:
        case "edit":
            values = [{"date": "2021"}, {"place": "Oslo"}, {"actors": "Eva Roth; Dora Kiss"}, {"type": "AID"}]
            return index.decision(kind, first, set=values[other % 4])
        case "same" | "different":
            return index.decision(kind, [both[one % len(both)], second])
        case "split":
            return index.decision(kind, second, quotes=second.evidence[:1])
        case "alias" | "rename":
            return index.decision(kind, actors[one % len(actors)], name=f"Name {other % 3}")
        case "add":
            values = {"type": "AID", "actors": "Ada Berg; Ben Ode", "date": "2022-05-16"}
            return index.decision(kind, text=f"Ada Berg helped {other % 2}.", set=values)
        case "tag":
            return index.decision(kind, second, tags=["x"])
        case "undo":
            made = file.read(index.path)
            return index.decision(kind, undoes=made[one % len(made)].id if made else "d-0")
    return index.decision(kind, first)


# what cannot be decided


@pytest.mark.parametrize(
    ("kind", "subjects", "given", "said"),
    [
        ("edit", ["ada-berg"], {"set": {"type": "AID"}}, "to edit takes an event, not an actor"),
        ("edit", [FIRST], {"set": {"typ": "AID"}}, "the field 'typ' cannot be set"),
        ("edit", [FIRST], {"set": {"type": "AIDS"}}, "unknown type 'AIDS'"),
        ("edit", [FIRST], {"set": {"mode": "visits"}}, "CONSULT has no mode 'visits'"),
        ("edit", [FIRST], {"set": {"actors": "Nobody"}}, "no actor 'Nobody'"),
        ("edit", [FIRST], {"set": {"actors": ""}}, "the actors cannot be empty"),
        ("edit", [FIRST], {"set": {"date": "2022-13"}}, "2022-13: there is no month 13"),
        ("edit", [FIRST], {"set": {"start": "2022-06", "end": "2022-05"}}, "it ends"),
        ("edit", [FIRST], {}, "to edit takes set"),
        ("same", [FIRST, "ada-berg"], {}, "an event and an actor cannot be one"),
        ("same", ["ada-berg", "ada-berg"], {}, "ada-berg is named twice"),
        ("same", ["ada-berg"], {}, "to same takes 2 or more"),
        ("split", [FIRST], {"quotes": [1]}, f"{FIRST} rests on one passage"),
        ("alias", [FIRST], {"name": "x"}, "to alias takes an actor, not an event"),
        ("rename", ["ada-berg"], {"name": " "}, "to rename takes a name"),
        ("tag", [FIRST], {"tags": ["two words"]}, "'two words' cannot be a tag"),
        ("undo", [], {"undoes": "d-0"}, "it undoes d-0, which is no decision before it"),
        ("edits", [FIRST], {}, "unknown decision 'edits'"),
    ],
)
def test_what_cannot_be_decided(
    opened: dipcli.Index, tmp_path: Path, kind: str, subjects: list[str], given: dict[str, Any], said: str
) -> None:
    before = state(tmp_path / "ix")
    with pytest.raises(DipcliError) as error:
        opened.decide(opened.decision(kind, subjects, **given))
    assert said in error.value.message
    assert state(tmp_path / "ix") == before


LINE = '{"decision":"undo","id":"d-9","by":"a","at":"2022","about":[],"undoes":"d-1"}'


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "input data was truncated"),
        ("[]", "expected `object`, got `array`"),
        ('{"decision":"edit"}', "object missing required field `id`"),
        ('{"decision":"edits"}', "invalid value 'edits' - at `$.decision`"),
        (LINE.replace('"undoes"', '"undo":1,"undoes"'), "object contains unknown field `undo`"),
        (LINE, "it undoes d-1, which is no decision before it"),
        ("\udcff", "invalid"),
    ],
)
def test_a_broken_line_is_named_and_nothing_lost(
    opened: dipcli.Index, tmp_path: Path, line: str, said: str
) -> None:
    decide(opened, "tag", FIRST, tags=["x"])
    place = tmp_path / "ix" / file.NAME
    place.write_bytes(place.read_bytes() + b"\r\n\n" + line.encode(errors="surrogateescape"))
    before = state(tmp_path / "ix")
    changes = [
        lambda: decide(opened, "tag", FIRST, tags=["y"]),
        lambda: ingest([tmp_path / "docs"], tmp_path / "ix"),
        lambda: forget(tmp_path / "ix", ["a.txt"]),
    ]
    for change in changes:
        with pytest.raises(DecisionsError) as error:
            change()
        assert error.value.message.startswith(f"line 4 of {place} is no decision: ")
        assert said in error.value.message.lower()
        assert state(tmp_path / "ix") == before
    assert ids(opened)


def test_a_file_edited_by_hand_is_applied(opened: dipcli.Index, tmp_path: Path) -> None:
    decide(opened, "edit", FIRST, set={"place": "Oslo"})
    place = tmp_path / "ix" / file.NAME
    place.write_bytes(
        b"\xef\xbb\xbf" + place.read_bytes().replace(b"Oslo", b"Bergen").replace(b"\n", b"\r\n")
    )
    assert not opened.is_decided()
    opened.decide()
    assert opened.is_decided()
    assert opened.show(FIRST).place.name == "Bergen"  # type: ignore[union-attr]


def test_a_crash_leaves_the_decision_or_nothing(
    opened: dipcli.Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = opened.decision("edit", FIRST, set={"place": "Oslo"})
    replaced = transaction.Transaction._replace
    for fails in (file.NAME, "manifest.json"):

        def crash(self: Any, name: str, data: bytes, fails: str = fails) -> None:
            if name == fails:
                raise KeyboardInterrupt
            replaced(self, name, data)

        monkeypatch.setattr(transaction.Transaction, "_replace", crash)
        with pytest.raises(KeyboardInterrupt):
            opened.decide(made)
        opened.refresh()
        assert opened.show(FIRST).place is None  # type: ignore[union-attr]
        assert (tmp_path / "ix" / file.NAME).exists() == (fails == "manifest.json")
    monkeypatch.undo()
    opened.decide()
    assert opened.show(FIRST).place.name == "Oslo"  # type: ignore[union-attr]


def test_a_document_that_was_edited_is_found_by_its_words(opened: dipcli.Index, tmp_path: Path) -> None:
    decide(opened, "edit", FIRST, set={"place": "Oslo"})
    decide(opened, "rename", "finn-dahl", name="Finn A. Dahl")
    write(tmp_path / "docs", a=f"Corrected.\n{ONE}", c=f"{THREE}More.\n")
    ingest([tmp_path / "docs"], tmp_path / "ix")
    opened.refresh()
    assert opened.show(FIRST).place.name == "Oslo"  # type: ignore[union-attr]
    assert opened.show("finn-dahl").id == "finn-a-dahl"
