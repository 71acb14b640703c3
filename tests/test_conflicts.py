"""What the rules of `dipcli conflicts` find, and what they leave alone: invented stories, the samples, the command."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

import dipcli
from dipcli import conflicts
from dipcli.conflicts import RULES, Conflict
from dipcli.errors import UnknownValue
from dipcli.records import CopyOf
from dipcli.resolution import resolve
from extraction_builder import MODEL
from resolution_builder import Story

Run = Callable[..., Any]
SLIP = "Suh Hoon met Yang Jiechi in Tianjin on December 3, 2021.\n"
DOCUMENTS = Path(__file__).resolve().parent.parent / "data" / "documents"


class Stories:
    """An index of stories, as far as `conflicts.find` reads it."""

    def __init__(self, *stories: Story) -> None:
        self.kinds: dict[str, list[Any]] = {
            "documents": sorted((story.document for story in stories), key=lambda one: one.id),
            "mentions": sorted((story.mentions for story in stories), key=lambda one: one.document),
        }
        resolved = resolve(self.kinds["documents"], self.kinds["mentions"])
        self.kinds |= {"events": resolved.events, "actors": resolved.actors}

    def records(self, kind: str) -> Iterator[Any]:
        return iter(self.kinds[kind])


def find(*stories: Story) -> list[Conflict]:
    return conflicts.find(Stories(*stories))


def found(*stories: Story) -> list[tuple[str, str, str]]:
    return [(one.rule, one.a.value, one.b.value) for one in find(*stories)]


def meeting(name: str, when: str, published: str | None = None, **told: Any) -> Story:
    """A document in which Mira Kos of Ardania meets Tomas Rell of Belvania."""
    story = Story(name, published)
    people = [story.person("Mira Kos", "AND"), story.person("Tomas Rell", "BEL")]
    story.tells(when, "CONSULT", people, trigger="talks", **told)
    return story


def diary(*lines: str, name: str = "diary") -> Story:
    """A chronology with a line for each date."""
    story = Story(name)
    for number, when in enumerate(lines):
        someone = story.body(f"Bureau {chr(65 + number)}")
        text = f"{when}: something happens."
        story.tells(when, "OTHER", [someone], text=text, date_text=when, chronology=True)
    return story


MONTHS = ("2022-01-05", "2022-02-05", "2022-03-05", "2022-04-05", "2022-05-05", "2022-06-05")


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (MONTHS, []),
        (MONTHS[::-1], []),
        (("2021-03-20", *MONTHS), [("2021-03-20", "2022-03-20")]),
        (("2021-12-20", *MONTHS), []),
        (("2019-03-20", *MONTHS), []),
        ((*MONTHS[:3], "2021-03-20", *MONTHS[3:]), [("2021-03-20", "2022-03-20")]),
        ((*MONTHS[:3], "2023-03-20", *MONTHS[3:]), [("2023-03-20", "2022-03-20")]),
        ((*MONTHS[:3], "2022-06-20", *MONTHS[3:]), [("2022-06-20", "2022-04-05")]),
        ((*MONTHS[::-1][:3], "2021-03-20", *MONTHS[::-1][3:]), [("2021-03-20", "2022-03-20")]),
        (("2020-03-05", "2020-04-05", "2021-02-05", "2021-03-05", "2022-06-01", "2022-07-01"), []),
        (("2022-05-03", "2021-05-09", "2022-05-10"), []),
        (("2022-01", "2022-01-20", "2022-02-05", "2022-02", "2022-03-05", "2022-03-01/2022-03-09"), []),
    ],
    ids=str,
)
def test_a_line_out_of_order_or_a_year_off(lines: tuple[str, ...], wanted: list[tuple[str, str]]) -> None:
    assert [(a, b) for rule, a, b in found(diary(*lines)) if rule == "chronology"] == wanted
    assert len(find(diary(*lines))) == len(wanted)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("They met on Thursday, August 10, 2022.", "Wednesday, 2022-08-10"),
        ("They met on Wednesday, August 10, 2022.", None),
        ("They met on Thu., 10 Aug. 2022.", "Wednesday, 2022-08-10"),
        ("They met on Sunday the 16th of May, 2022.", "Monday, 2022-05-16"),
        ("They met on Monday 16 May 2022.", None),
        ("They met on Monday, February 30, 2022.", None),
        ("On Monday, 16 people met. May 2022 was warm.", None),
        ("The Sun, 10 August 2022", "Wednesday, 2022-08-10"),
    ],
)
def test_a_weekday_is_held_against_the_calendar(text: str, wanted: str | None) -> None:
    story = Story("one")
    story.line(text)
    assert [b for rule, _, b in found(story)] == ([wanted] if wanted else [])


def test_a_weekday_without_a_year_counts_where_it_dates_an_event() -> None:
    story = meeting("one", "2021-12-23", text="They met on Friday, Dec. 23.", date_text="Friday, Dec. 23")
    assert found(story) == [("weekday", "Friday, Dec. 23", "Thursday, 2021-12-23")]
    story = meeting("one", "2021-12-23", text="They met on Thursday.", date_text="Thursday")
    assert found(story) == []


@pytest.mark.parametrize(
    ("when", "date_text", "status", "many"),
    [
        ("2022-06-01", "June 1, 2022", "occurred", 1),
        ("2022-06-01", "June 1, 2022", "planned", 0),
        ("2022-05-11", "May 11, 2022", "occurred", 0),
        ("2022-05-09", "May 9, 2022", "occurred", 0),
        ("2022-06-01", "June 1", "occurred", 0),
    ],
)
def test_a_document_tells_nothing_of_its_future_as_past(
    when: str, date_text: str, status: str, many: int
) -> None:
    story = meeting("one", when, "2022-05-10", date_text=date_text, status=status)
    assert [one.rule for one in find(story)] == ["published"] * many


@pytest.mark.parametrize(
    ("text", "many"),
    [
        ("On June 9, 2022, Mira Kos met Tomas Rell in Port Sel.", 1),
        ("On June 9, 2022, Mira Kos will meet Tomas Rell in Port Sel.", 0),
        ("Talks of Mira Kos and Tomas Rell are to be held on June 9, 2022.", 0),
        ("Mira Kos said that she would meet Tomas Rell on June 9, 2022.", 0),
        ("Mira Kos met Tomas Rell in Port Sel.", 0),
    ],
)
def test_the_past_tense_after_the_date_of_a_text(tmp_path: Path, text: str, many: int) -> None:
    """Extraction takes what lies after a document's date for planned, whatever the tense."""
    (tmp_path / "a.txt").write_text(f"Visit notes\n\nMay 5, 2022\n\n{text}\n", encoding="utf-8")
    dipcli.ingest(tmp_path / "a.txt", tmp_path / "index", model="none")
    with dipcli.open(tmp_path / "index") as index:
        assert [one.rule for one in index.conflicts()] == ["published"] * many


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("W\u0430ng Yi spoke.", "Wang"),
        ("Wa\u200bng Yi spoke.", "Wang"),
        ("Сергей Лавров said so.", None),
        ("Raúl Castro and Björn Straße spoke.", None),
        ("Plain letters.", None),
        ("The Αθήνα talks and Erdoğan.", None),
        ("می‌خواهم", None),
    ],
)
def test_letters_of_another_script(text: str, wanted: str | None) -> None:
    story = Story("one")
    story.line(text)
    assert [b for rule, _, b in found(story) if rule == "lookalike"] == ([wanted] if wanted else [])


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        ({"when": "2022-05-02"}, {"when": "2022-05-03"}, [("date", "2022-05-02", "2022-05-03")]),
        ({"when": "2022-05-02"}, {"when": "2022-05-02"}, []),
        ({"when": "2022-05-02"}, {"when": "2022-05"}, []),
        ({"when": "2022-05-02"}, {"when": "2022-05-09"}, []),
        ({"when": "2022-05-02", "place": "Port Sel"}, {"when": "2022-05-03", "place": "Velm"}, []),
        ({"when": "2022-05-02", "medium": "telephone"}, {"when": "2022-05-03", "medium": "in_person"}, []),
        (
            {"when": "2021-05-02", "place": "Port Sel"},
            {"when": "2022-05-02", "place": "Port Sel"},
            [("date", "2021-05-02", "2022-05-02")],
        ),
        ({"when": "2021-05-02"}, {"when": "2022-05-02"}, []),
        (
            {"when": "2022-05-02", "place": "Port Sel", "place_country": "AND"},
            {"when": "2022-05-02", "place": "Velm", "place_country": "BEL"},
            [("place", "Port Sel, AND", "Velm, BEL")],
        ),
        (
            {"when": "2022-05-02", "medium": "in_person"},
            {"when": "2022-05-02", "medium": "virtual"},
            [("medium", "in_person", "virtual")],
        ),
        ({"when": "2022-05-02"}, {"when": "2022-05-02", "medium": "virtual"}, []),
    ],
    ids=str,
)
def test_two_documents_tell_of_one_meeting(
    one: dict[str, Any], other: dict[str, Any], wanted: list[tuple[str, str, str]]
) -> None:
    assert sorted(found(meeting("a", **one), meeting("b", **other))) == wanted
    turned = {(rule, *sorted((a, b))) for rule, a, b in found(meeting("b", **one), meeting("a", **other))}
    assert turned == {(rule, *sorted((a, b))) for rule, a, b in wanted}


@pytest.mark.parametrize("word", ["again", "for a second round", "for further talks"])
def test_one_meeting_more_is_no_other_date(word: str) -> None:
    later = meeting("b", "2022-05-03", text=f"Kos and Rell met {word}.")
    assert found(meeting("a", "2022-05-02"), later) == []


def test_who_tells_both_meetings_knows_them_for_two() -> None:
    both = meeting("a", "2022-05-02")
    people = [both.person("Mira Kos", "AND"), both.person("Tomas Rell", "BEL")]
    both.tells("2022-05-03", "CONSULT", people, trigger="talks")
    assert found(both, meeting("b", "2022-05-03")) == []


def talks(name: str, when: str, *people: tuple[str, str, str | None], **told: Any) -> Story:
    """A document in which people (name, country, title) meet."""
    story = Story(name)
    keys = [story.person(person, country, *([title] if title else [])) for person, country, title in people]
    titles = {key: title for key, (_, _, title) in zip(keys, people, strict=True) if title}
    text = " and ".join(person for person, _, _ in people) + f" meet on {when}."
    story.tells(when, "CONSULT", keys, trigger="talks", titles=titles, text=text, **told)
    return story


RELL = ("Tomas Rell", "BEL", None)


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        (("Wang Yi", "CHN", None), ("Wang Zhijun", "CHN", None), True),
        (("Wang Yi", "CHN", None), ("Yang Jiechi", "CHN", None), False),
        (("Wang Yi", "CHN", None), ("Wang Gang", "TWN", None), False),
        (("Mira Kos", "AND", "Foreign Minister"), ("Ada Lind", "AND", "Foreign Minister"), True),
        (("Mira Kos", "AND", "Foreign Minister"), ("Ada Lind", "AND", "Defense Minister"), False),
    ],
    ids=str,
)
def test_another_passage_has_somebody_else_there(
    one: tuple[str, str, str | None], other: tuple[str, str, str | None], wanted: bool
) -> None:
    stories = talks("a", "2022-03-18", one, RELL), talks("b", "2022-03-18", other, RELL)
    names = [(rule, *sorted((a, b))) for rule, a, b in found(*stories) if rule == "participant"]
    assert names == ([("participant", *sorted((one[0], other[0])))] if wanted else [])


def test_the_one_whom_fewer_passages_have_there_is_doubted() -> None:
    once = talks("a", "2022-03-18", ("Wang Yi", "CHN", None), RELL)
    often = [talks(name, "2022-03-18", ("Wang Zhijun", "CHN", None), RELL) for name in "bcd"]
    (conflict,) = find(once, *often)
    assert (conflict.a.value, conflict.b.value) == ("Wang Yi", "Wang Zhijun")
    assert conflict.reason.startswith("3 other passages have Wang Zhijun")


def holder(name: str, person: str, title: str, *days: str) -> Story:
    story = Story(name)
    someone = story.person(person, "AND", title)
    for day in days:
        story.tells(day, "OTHER", [someone], titles={someone: title}, text=f"{title} {person} on {day}.")
    return story


@pytest.mark.parametrize(
    ("title", "first", "second", "wanted"),
    [
        ("Foreign Minister", ["2022-02-01", "2022-04-01"], ["2022-03-01"], 1),
        ("Foreign Minister", ["2022-01-01", "2022-08-01"], ["2022-03-01"], 0),
        ("Foreign Minister", ["2022-03-01"], ["2022-03-01"], 1),
        ("Foreign Minister", ["2022-01-01", "2022-03-01"], ["2022-03-01", "2022-05-01"], 0),
        ("Foreign Minister", ["2022-01-01"], ["2022-03-01"], 0),
        ("President", ["2018-01-01", "2026-01-01"], ["2022-03-01"], 0),
        ("Vice Foreign Minister", ["2022-02-01", "2022-04-01"], ["2022-03-01"], 0),
        ("Ambassador", ["2022-02-01", "2022-04-01"], ["2022-03-01"], 0),
        ("General", ["2022-02-01", "2022-04-01"], ["2022-03-01"], 0),
        ("former President", ["2022-02-01", "2022-04-01"], ["2022-03-01"], 0),
    ],
    ids=str,
)
def test_one_office_has_one_holder(title: str, first: list[str], second: list[str], wanted: int) -> None:
    stories = holder("a", "Mira Kos", title, *first), holder("b", "Ada Lind", title, *second)
    assert [rule for rule, _, _ in found(*stories)] == ["office"] * wanted


def test_a_sentence_of_a_former_holder_is_no_conflict() -> None:
    former, now = Story("a"), holder("b", "Ada Lind", "President", "2022-03-01")
    someone = former.person("Mira Kos", "AND", "President")
    text = "The former President Mira Kos spoke on 2022-03-01."
    former.tells("2022-03-01", "OTHER", [someone], titles={someone: "President"}, text=text)
    assert found(former, now) == []


@pytest.mark.parametrize(
    ("names", "wanted"),
    [
        (("Wang Zhaoxing", "Wang Zhaoxeng"), True),
        (("Zhaoxing Wang", "Wang Zhaoxing"), False),
        (("Ban Ki-moon", "Ban Ki Moon"), False),
        (("Recep Tayyip Erdoğan", "Recep Tayyip Erdogan"), False),
        (("John Kerry", "John F. Kerry"), False),
    ],
    ids=str,
)
def test_one_person_spelled_two_ways(names: tuple[str, str], wanted: bool) -> None:
    stories = [
        talks(str(number), "2022-05-10", (name, "CHN", "Foreign Minister"), RELL)
        for number, name in enumerate(names)
    ]
    assert [rule for rule, _, _ in found(*stories)] == ["spelling"] * wanted
    for conflict in find(*stories):
        sides = (conflict.a, conflict.b)
        assert all(side.evidence and side.value in side.evidence.text for side in sides)


@pytest.mark.parametrize(
    ("later", "wanted"),
    [
        ({"when": "2022-03-01", "published": "2022-08-01"}, 1),
        ({"when": "2022-06-10", "published": "2022-08-01"}, 0),
        ({"when": "2022-03-01", "published": "2022-05-20"}, 0),
        ({"when": "2022-03-01"}, 0),
        ({"when": "2022-06-11", "published": "2022-08-01"}, 0),
        ({"when": "2022-07-01", "published": "2022-08-01"}, 0),
        ({"when": "2022-07-01", "published": "2022-08-01", "status": "cancelled"}, 0),
    ],
    ids=str,
)
def test_a_plan_of_which_nothing_more_is_told(later: dict[str, Any], wanted: int) -> None:
    plan = meeting("plan", "2022-06-10", "2022-05-01", status="planned")
    assert [rule for rule, _, _ in found(plan, meeting("later", **later))] == ["planned"] * wanted


def test_one_person_in_two_countries_on_one_day() -> None:
    one = talks("a", "2022-05-10", ("Mira Kos", "AND", None), RELL, place="Port Sel", place_country="AND")
    other = ("Ada Lind", "CIR", None)
    two = talks("b", "2022-05-10", ("Mira Kos", "AND", None), other, place="Velm", place_country="CIR")
    (conflict,) = find(one, two)
    assert (conflict.rule, {conflict.a.value, conflict.b.value}) == ("elsewhere", {"Port Sel", "Velm"})


def test_one_states_and_another_denies() -> None:
    stories = meeting("a", "2022-05-02"), meeting("b", "2022-05-02", certainty="denied")
    assert found(*stories) == [("denied", "stated", "denied")]


def test_each_conflict_has_evidence_a_reason_and_an_id_of_its_own() -> None:
    stories = [diary("2021-03-20", *MONTHS), meeting("a", "2022-05-02"), meeting("b", "2022-05-03")]
    texts = {story.id: story.document.text for story in stories}
    whole = find(*stories)
    assert len({one.id for one in whole}) == len(whole) == 2
    for one in whole:
        assert one.reason
        assert one.id.startswith(f"{one.rule}-")
        assert one.a.evidence
        for side in (one.a, one.b):
            if quote := side.evidence:
                assert texts[quote.document][quote.char_start : quote.char_end] == quote.text
    assert find(*stories[::-1]) == whole


def test_the_graver_come_first() -> None:
    severities = [
        one.severity
        for one in find(diary("2021-03-20", *MONTHS), meeting("a", "2022-05-02"), meeting("b", "2022-05-03"))
    ]
    assert severities == ["high", "medium"]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples, and a text with another slip, so that something is found without a model too."""
    folder = tmp_path_factory.mktemp("sample")
    shutil.copytree(DOCUMENTS, folder / "documents")
    (folder / "documents" / "wire.txt").write_text(SLIP, encoding="utf-8")
    dipcli.ingest(folder / "documents", folder / "index", model="none")
    return folder / "index"


@MODEL
def test_the_slips_and_the_open_promise_of_the_samples_are_found_and_nothing_else(tmp_path: Path) -> None:
    dipcli.ingest(DOCUMENTS, tmp_path / "index")
    with dipcli.open(tmp_path / "index") as index:
        assert [(one.rule, one.a.value) for one in index.conflicts()] == [
            ("weekday", "Thursday, August 10, 2022"),
            ("date", "2021-12-02"),
            ("planned", "planned for 2023-07-01..2023-12-31"),
        ]


def test_filters_rules_and_severity(sample: Path) -> None:
    with dipcli.open(sample) as index:
        assert len(index.conflicts(actor="Yang Jiechi")) == 1
        assert len(index.conflicts(since="2022", until="2022")) == 1
        assert len(index.conflicts(country="CHN")) == 1
        assert index.conflicts(document="finland-joins-nato.md") == []
        assert [one.rule for one in index.conflicts(rule="date")] == ["date"]
        assert index.conflicts(severity="high") == []
        assert len(index.conflicts(severity="low", limit=1)) == 1
        assert [one.rule for one in index.conflicts(sort="rule")] == ["date", "planned", "weekday"]
        with pytest.raises(UnknownValue, match="there is no rule 'dates'"):
            index.conflicts(rule="dates")


def test_the_command_in_a_pipe(sample: Path, installed: Run) -> None:
    answer = installed("conflicts", "--json", "--index", sample)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert [one["rule"] for one in json.loads(answer.stdout)] == ["weekday", "date", "planned"]
    answer = installed("conflicts", "--on", "1999", "--index", sample)
    assert answer.returncode == 1
    assert answer.stdout.startswith("id\trule\tseverity\tfield\ta\tb\treason")
    answer = installed("conflicts", "--explain", "date")
    assert answer.returncode == 0
    assert answer.stdout.startswith("date (medium): one event with different dates")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--rule", "spellings"], "there is no rule 'spellings'"),
        (["--severity", "grave"], "--severity cannot be 'grave'"),
        (["--explain", "all"], "there is no rule 'all'"),
        (["--actor", "Nobody Known"], "no actor 'Nobody Known'"),
        (["--fields", "quote"], "unknown field 'quote'"),
    ],
)
def test_what_cannot_be_meant(sample: Path, installed: Run, arguments: list[str], said: str) -> None:
    answer = installed("conflicts", *arguments, "--index", sample)
    assert answer.returncode in (1, 2)
    assert said in answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize("columns", [40, 80, 160])
def test_both_quotes_side_by_side(sample: Path, on_terminal: Run, columns: int) -> None:
    shown = on_terminal("conflicts", "--rule", "date", "--index", sample, "--color", "never", columns=columns)
    assert shown.returncode == 0
    assert all(len(line) <= max(columns, 60) for line in shown.stdout.splitlines()[1:])
    assert any("2021-12-02" in line and "2021-12-03" in line for line in shown.stdout.splitlines()) == (
        columns > 60
    )


def test_every_rule_is_told_of() -> None:
    for rule in RULES.values():
        assert (rule.of_page is None) != (rule.of_world is None)
        assert rule.finds[0].islower()
        assert len(rule.explanation) > 80


def test_a_copy_contradicts_nothing_and_repeats_no_conflict() -> None:
    """The second document repeats the first but for its date; a third is another's word."""
    first, again, third = (
        meeting(name, when) for name, when in (("a", "2022-05-02"), ("b", "2022-05-03"), ("c", "2022-05-03"))
    )
    copied = Stories(first, again)
    slip = CopyOf(document=first.id, likeness=0.9)
    copied.kinds["documents"] = [
        replace(one, copy_of=slip if one.id == again.id else None) for one in copied.kinds["documents"]
    ]
    assert conflicts.find(copied) == []
    assert len(find(first, third)) == 1
    lines = diary("2021-03-20", *MONTHS), diary("2021-03-20", *MONTHS, name="diary2")
    copied = Stories(*lines)
    slip = CopyOf(document=lines[0].id, likeness=1.0)
    copied.kinds["documents"] = [
        replace(one, copy_of=slip if one.id == lines[1].id else None) for one in copied.kinds["documents"]
    ]
    (conflict,) = conflicts.find(copied)
    assert conflict.a.evidence and conflict.a.evidence.document == lines[0].id
    assert len(find(*lines)) == 2
