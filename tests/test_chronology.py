"""Chronologies: how an event is said, what its notes tell, and the files that are made."""

from __future__ import annotations

import errno
import json
import re
import xml.etree.ElementTree as ElementTree
import zipfile
from collections.abc import Callable
from io import BytesIO
from itertools import product
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

import dipcli
import record_builder
from conftest import DOCUMENTS, EVENTS, KOS, RELL, write_index
from dipcli.chronology.pages import plain
from dipcli.chronology.wording import event_date, long_date, sentence
from dipcli.errors import UsageError
from dipcli.lexicon.plover import TYPES
from dipcli.output import files
from dipcli.records import Correction, Doubt, Evidence, Medium, Participant, Place
from record_builder import event

Run = Callable[..., Any]

LEE = Participant(id="lee", name="Lee", title="foreign minister", country="KOR")
WANG = Participant(id="wang", name="Wang", title="top diplomat", country="CHN")
USA = Participant(id="usa", name="United States", country="USA")
KOREA = Participant(id="kor", name="South Korea", country="KOR")
ENVOY = Participant(id="kim", name="Kim", title="Ambassador to South Korea", country="KOR")
MINISTRY = Participant(id="kor-mofa", name="Foreign Ministry", country="KOR")
HERALD = Participant(id="herald", name="Harbour Herald")
KINDS = {"kor-mofa": "organization", "herald": "organization"}
SEOUL = Place(name="Seoul", country="KOR")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (
            {"actors": [LEE, WANG], "medium": "virtual"},
            "South Korean Foreign Minister Lee and Chinese top diplomat Wang hold talks by video.",
        ),
        (
            {"actors": [LEE, WANG], "medium": "in_person", "place": SEOUL},
            "South Korean Foreign Minister Lee and Chinese top diplomat Wang meet in Seoul.",
        ),
        (
            {"actors": [USA, KOREA, HERALD], "status": "planned"},
            "The United States, South Korea and Harbour Herald are to hold talks. [planned]",
        ),
        (
            {
                "actors": [WANG],
                "status": "cancelled",
                "recipients": [LEE],
                "mode": "phone",
                "medium": "telephone",
            },
            "Chinese top diplomat Wang was to talk by telephone with South Korean Foreign Minister Lee. [cancelled]",
        ),
        (
            {"actors": [WANG], "mode": "visit", "recipients": [KOREA], "place": SEOUL},
            "Chinese top diplomat Wang visits Seoul.",
        ),
        (
            {"actors": [WANG], "mode": "visit", "recipients": [MINISTRY], "place": SEOUL},
            "Chinese top diplomat Wang visits the Foreign Ministry in Seoul.",
        ),
        (
            {"actors": [WANG], "mode": "visit", "place": Place(name="United States", country="USA")},
            "Chinese top diplomat Wang makes a visit to the United States.",
        ),
        (
            {
                "actors": [ENVOY],
                "recipients": [USA],
                "type": "REQUEST",
                "mode": "assist",
                "quad": 3,
                "contexts": ["diplomatic", "economic", "health"],
            },
            "Ambassador to South Korea Kim asks the United States for assistance regarding economic matters and health.",
        ),
        (
            {"actors": [], "recipients": [KOREA], "type": "COERCE", "mode": "arrest", "quad": 4},
            "Unnamed actors make an arrest that concerns South Korea.",
        ),
        (
            {
                "actors": [MINISTRY],
                "type": "ACCUSE",
                "mode": "allege",
                "medium": "statement",
                "quad": 3,
                "certainty": "reported",
                "asserted_by": ["usa"],
            },
            "The Foreign Ministry makes an accusation in a statement, according to the United States.",
        ),
        (
            {"actors": [MINISTRY], "type": "ACCUSE", "quad": 3, "certainty": "alleged"},
            "The Foreign Ministry voices criticism, as alleged.",
        ),
        ({"actors": [KOREA], "type": "OTHER", "medium": "statement"}, "South Korea makes a statement."),
        (
            {
                "actors": [KOREA],
                "type": "AGREE",
                "doubts": [Doubt(field="actors", alternative="Japan", reason="another telling")],
            },
            "South Korea makes a commitment. [in doubt: actors]",
        ),
    ],
)
def test_what_is_said(values: dict[str, Any], said: str) -> None:
    assert sentence(event("e", "2022-05-16", **values), KINDS, {"usa": "the United States"}) == said


def test_what_no_type_says_is_quoted() -> None:
    told = Evidence(
        document="d",
        char_start=0,
        char_end=33,
        text="June 7, 2022: Lee is named envoy.",
        date_text="June 7, 2022",
    )
    appointed = event("e", "2022-06-07", type="OTHER", actors=[LEE], evidence=[told])
    assert sentence(appointed, KINDS, {}) == "“Lee is named envoy.”"
    assert (
        sentence(appointed, KINDS, {}, quotes=False)
        == "South Korean Foreign Minister Lee figures in an event."
    )


def test_every_type_and_mode_has_words() -> None:
    media = (None, *get_args(Medium))
    for (name, about), medium, actors, recipients in product(
        TYPES.items(), media, ([], [KOREA], [KOREA, USA]), ([], [LEE])
    ):
        for mode in (None, *about.modes):
            said = sentence(
                event(
                    "e",
                    "2022-05-16",
                    type=name,
                    mode=mode,
                    medium=medium,
                    actors=actors,
                    recipients=recipients,
                ),
                {},
                {},
            )
            assert not re.search(r"[\[\]{}|]|  ", said), said
            assert "Lee" in said or not recipients, said


@pytest.mark.parametrize(
    ("start", "end", "precision", "written"),
    [
        ("2022-05-16", "2022-05-16", "day", "May 16, 2022"),
        ("2022-05-03", "2022-05-06", "range", "May 3–6, 2022"),
        ("2022-05-30", "2022-06-02", "range", "May 30 – June 2, 2022"),
        ("2021-12-30", "2022-01-02", "range", "December 30, 2021 – January 2, 2022"),
        ("2018-03-01", "2019-01-31", "range", "March 2018 – January 2019"),
        ("2021-09-01", "2021-12-31", "range", "September–December 2021"),
        ("2010-01-01", "2012-12-31", "range", "2010–2012"),
        ("2022-05-01", "2022-05-31", "month", "May 2022"),
        ("2021-12-01", "2022-02-28", "season", "Winter 2021–22"),
        ("2021-03-01", "2021-05-31", "season", "Spring 2021"),
        ("2021-04-01", "2021-06-30", "quarter", "Second quarter of 2021"),
        ("2021-07-01", "2021-12-31", "half", "Second half of 2021"),
        ("2021-01-01", "2021-12-31", "year", "2021"),
        (None, None, "unknown", "Undated"),
    ],
)
def test_dates_as_chronologies_write_them(
    start: str | None, end: str | None, precision: str, written: str
) -> None:
    assert long_date(start, end, precision) == written


def test_a_doubted_date_is_marked() -> None:
    doubted = event("e", "2022-05-16", doubts=[Doubt(field="date", alternative="2021-05-16", reason="year")])
    assert event_date(doubted) == "May 16, 2022 (date in doubt)"


def test_lines_by_date_each_with_its_source(index: Path) -> None:
    with dipcli.open(index) as opened:
        text = opened.chronology().decode()
    assert text.startswith(
        "# Chronology, June 2021 – August 2021\n\n4 events told in 2 documents; 0 of 4 reviewed.\n"
    )
    assert re.findall(r"^\*\*(.+?)\*\*: ", text, re.MULTILINE) == [
        "June 3, 2021",
        "June 9, 2021",
        "August 2021",
        "Undated",
    ]
    note = "[^2]: “Talks on the Strait of Velm”, Velm Review, June 10, 2021, accord.txt, line 4: “Belvania accused Ardania of laying mines in the strait.”"
    assert note in text.split("\n")
    assert (
        len(re.findall(r"\[\^\d+\](?!:)", text)) == len(re.findall(r"^\[\^\d+\]:", text, re.MULTILINE)) == 4
    )


def test_events_that_read_alike_are_one_line(tmp_path: Path) -> None:
    words = [DOCUMENTS[0].text.splitlines()[2], "An unnamed envoy praised the accord."]
    quotes = [record_builder.quote(DOCUMENTS[0].text, some, DOCUMENTS[0].id) for some in words]
    asked = [
        event(f"2021-06-03-request-{number}", "2021-06-03", type="REQUEST", actors=[KOS], evidence=[quote])
        for number, quote in enumerate(quotes)
    ]
    with dipcli.open(write_index(tmp_path / "i", asked)) as opened:
        text = opened.chronology(form="txt").decode()
    assert text.count("makes a request") == 1
    assert all(some in text for some in words)


def test_what_a_person_corrected_is_remarked(tmp_path: Path) -> None:
    set_by_hand = Correction(field="place", told="Port Sel", by="ana", decision="d1")
    met = event(
        "2021-06-03-met", "2021-06-03", actors=[KOS, RELL], corrections=[set_by_hand], former_ids=["old"]
    )
    with dipcli.open(write_index(tmp_path / "i", [met])) as opened:
        assert "corrected by hand: place, told as Port Sel" in opened.chronology().decode()


def test_the_acts_of_a_meeting_follow_it(tmp_path: Path) -> None:
    meeting = event("2021-06-03-zzz", "2021-06-03", actors=[KOS, RELL])
    act = event("2021-06-03-aaa", "2021-06-03", type="AGREE", actors=[KOS], occasion=meeting.id)
    other = event("2021-06-03-bbb", "2021-06-03", type="AGREE", actors=[RELL])
    with dipcli.open(write_index(tmp_path / "i", [act, meeting, other])) as opened:
        lines = opened.chronology(form="txt", template="{id}").decode().split("\n")
    assert [line.split()[0] for line in lines if line.startswith("2021-")] == [other.id, meeting.id, act.id]


def test_without_quotes_nothing_is_quoted(index: Path) -> None:
    with dipcli.open(index) as opened:
        for form in ("txt", "md", "html"):
            text = opened.chronology(form=form, quotes=False, template="{date} {sentence} {quote}").decode()
            assert "laying mines" not in text and "accord.txt" in text
            assert "laying mines" in opened.chronology(form=form).decode()


HOSTILE = "</script><img src=x onerror=alert(1)> *bold* [link](http://x) \x1b[31m\u2028{sentence} & ]]> \x0b"


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    text = f"Mira Kos said {HOSTILE} end."
    document = record_builder.document(
        "doc-h", text, title=HOSTILE, publisher=HOSTILE, address="javascript:alert(1)"
    )
    quote = record_builder.quote(text, text, "doc-h", locator="line 1")
    evil = Participant(id="kos", name=HOSTILE, title=HOSTILE, country="AND")
    events = [event("2021-06-03-h", "2021-06-03", actors=[evil], evidence=[quote], place=Place(name=HOSTILE))]
    return record_builder.store(tmp_path / "hostile", {"documents": [document], "events": events})


def test_nothing_in_a_document_acts(hostile: Path) -> None:
    with dipcli.open(hostile) as opened:
        page = opened.chronology(form="html").decode()
        markdown = opened.chronology(form="md").decode()
        text = opened.chronology(form="txt").decode()
    assert "<img" not in page and "<script" not in page and 'href="javascript' not in page
    assert "default-src 'none'" in page and "unsafe" not in page
    assert re.search(r"(?<!\\)[<*]", markdown.replace("**June 3, 2021**", "")) is None
    assert "\x1b" not in text and "\u2028" not in text


def parts(data: bytes) -> dict[str, ElementTree.Element]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: ElementTree.fromstring(archive.read(name)) for name in archive.namelist()}


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.mark.parametrize("which", ["index", "hostile"])
def test_a_word_document_has_real_footnotes(which: str, request: pytest.FixtureRequest) -> None:
    with dipcli.open(request.getfixturevalue(which)) as opened:
        data = opened.chronology(form="docx")
        assert data == opened.chronology(form="docx")
    found = parts(data)
    references = [one.get(f"{W}id") for one in found["word/document.xml"].iter(f"{W}footnoteReference")]
    notes = [one.get(f"{W}id") for one in found["word/footnotes.xml"].iter(f"{W}footnote")]
    assert notes == ["-1", "0", *references] and references
    named = {one.get("PartName") for one in found["[Content_Types].xml"]} - {None}
    assert {
        f"/{name}" for name in found if name.startswith(("word/", "docProps/")) and "_rels" not in name
    } == named


def test_a_reader_of_word_documents_opens_it(index: Path) -> None:
    docx = pytest.importorskip("docx")
    with dipcli.open(index) as opened:
        read = docx.Document(BytesIO(opened.chronology(form="docx")))
    assert read.paragraphs[0].style.name == "Title"
    assert any(line.text.startswith("June 9, 2021: Belvania makes an accusation") for line in read.paragraphs)


@given(st.text())
def test_markdown_escapes_and_adds_nothing_else(text: str) -> None:
    shown = plain(text)
    assert re.search(r"(?<!\\)(?:\\\\)*[`*_{}\[\]<>#|~&]", shown) is None
    assert shown.replace("\\", "") == text.replace("\\", "")


@pytest.mark.parametrize("form", ["md", "html", "txt", "docx"])
def test_a_file_is_made_and_made_again(installed: Run, index: Path, tmp_path: Path, form: str) -> None:
    made = tmp_path / f"c.{form}"
    first = installed("chronology", "--index", index, "-o", made)
    assert (first.returncode, first.stdout) == (0, "") and "4 events" in first.stderr
    data = made.read_bytes()
    assert installed("chronology", "--index", index, "-o", made).returncode == 0
    assert made.read_bytes() == data
    assert list(tmp_path.glob(".*")) == []
    if form == "docx":
        parts(data)


@pytest.mark.parametrize("form", ["md", "html", "txt", "docx"])
def test_another_file_is_left_alone(installed: Run, index: Path, tmp_path: Path, form: str) -> None:
    made = tmp_path / f"c.{form}"
    installed("chronology", "--index", index, "-o", made)
    edited = made.read_bytes().replace(b"June", b"Juno", 1) if form != "docx" else b"PK" + made.read_bytes()
    made.write_bytes(edited)
    refused = installed("chronology", "--index", index, "-o", made)
    assert refused.returncode == 2 and "--force" in refused.stderr
    assert made.read_bytes() == edited
    assert installed("chronology", "--index", index, "-o", made, "--force").returncode == 0
    assert made.read_bytes() != edited


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["--type", "PROTEST", "-o", "no.md"], 1, "no file is made"),
        (["-o", "c.pdf"], 2, "'pdf'"),
        (["-o", "chronology"], 2, "does not tell the format"),
        (["--format", "docx"], 2, "needs a file"),
        (["-o", "nowhere/c.md"], 2, "no folder"),
        (["-o", "."], 2, "format"),
        (["--ids", "missing.txt"], 2, "missing.txt"),
        (["--template", "missing.txt"], 2, "missing.txt"),
    ],
)
def test_what_cannot_be_made_is_said(
    installed: Run, index: Path, tmp_path: Path, arguments: list[str], status: int, said: str
) -> None:
    found = installed("chronology", "--index", index, *arguments)
    assert found.returncode == status and said in found.stderr
    assert found.stdout == "" and list((tmp_path / "work").iterdir()) == []


def test_a_full_disk_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = tmp_path / "c.md"
    files.write_file(made, b"first\n")
    before = made.read_bytes()

    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "elsewhere")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space left") as raised:
        files.write_file(made, b"second\n")
    assert raised.value.filename == str(made)
    assert made.read_bytes() == before and [path.name for path in tmp_path.iterdir()] == ["c.md"]


@pytest.mark.parametrize("form", ["jsonl", "json", "tsv", "csv"])
def test_a_selection_from_a_pipe(installed: Run, index: Path, form: str) -> None:
    chosen = installed("events", "--index", index, "--status", "planned", "--format", form).stdout
    found = installed("chronology", "--index", index, "--ids", "-", input=chosen)
    assert found.returncode == 0 and "1 event told" in found.stdout and "are to hold talks" in found.stdout


def test_ids_one_a_line_by_their_beginning_and_what_is_missing(installed: Run, index: Path) -> None:
    found = installed("chronology", "--index", index, "--ids", "-", input="2021-06-09\nno-such-event\n\n")
    assert found.returncode == 3 and "no-such-event" in found.stderr and "1 event told" in found.stdout
    several = installed("chronology", "--index", index, "--ids", "-", input="2021-06\n")
    assert several.returncode == 2 and EVENTS[0].id in several.stderr
    broken = installed("chronology", "--index", index, "--ids", "-", input=json.dumps([{"date": 1}]))
    assert broken.returncode == 2 and "without an id" in broken.stderr
    assert installed("chronology", "--index", index, "--ids", "-", input="[{").returncode == 2


def test_a_template_shapes_the_lines(installed: Run, index: Path, tmp_path: Path) -> None:
    template = tmp_path / "line.txt"
    template.write_text("{start} [{type}]{notes} {actors} -> {recipients}\n")
    found = installed(
        "chronology", "--index", index, "--type", "ACCUSE", "--template", template, "--format", "txt"
    )
    assert "2021-06-09 [ACCUSE] [1] Belvania -> Ardania\n" in found.stdout


@pytest.mark.parametrize("template", ["{wen}: x", "no field", "{notes}", "{date}{notes}{notes}"])
def test_a_template_that_cannot_be_meant(index: Path, template: str) -> None:
    with dipcli.open(index) as opened, pytest.raises(UsageError):
        opened.chronology(template=template)
