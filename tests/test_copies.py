"""The same story again: which documents are found to be copies of which, and what follows for their events."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

import dipcli
from dipcli import copies
from dipcli.copies import Signed, bands, link, signature
from dipcli.ingestion import forget, ingest
from dipcli.records import Published

STORY = """OSLO, May 7, 2024 (Fjord News) - The foreign ministers of Norway and Kenya met in Oslo on Tuesday.

They agreed to open talks on a fisheries treaty before the end of the year, officials of both sides said. Minister
Ingrid Solheim told reporters that the two governments had settled on a list of nine subjects, from port inspection to
the training of observers. Her guest, Peter Otieno, said that Nairobi would send a delegation to Bergen in October.

The visit is the first by a Kenyan foreign minister in eleven years. The two also discussed the drought in the Horn of
Africa, for which Oslo pledged forty million kroner in April. A joint statement is expected on Wednesday, after Otieno
has met the prime minister and visited the port of Bergen with a group of business people.

Trade between the two countries is small, but has doubled since 2015, mostly in tea, flowers and fertiliser. Analysts
in Nairobi said that the treaty, if it is concluded, would be a model for others on the coast.
"""
PARTS = STORY.split("\n\n")
SHORTENED = "\n\n".join(PARTS[:2])
UPDATED = f"""{PARTS[0]}

In their statement on Wednesday the ministers said that a first round would take place on 3 October in Bergen, and that
observers from three other states had been invited to attend it.

{STORY.partition(chr(10) * 2)[2]}"""
QUOTED = f"""What the papers say of it

Our man in Mombasa has read the report of the agency, which we give here as it was printed.

{STORY}
So far the report. Fishermen on the coast doubt that it will change much for them, since most of their catch is sold at
home, and since patrol boats are few. They want ice, they say, and a road, before any treaty.
"""
RETYPED = STORY.upper().replace("\n\n", "\r\n").replace(",", " ,")
NORWAYS = """Readout of the Ministry in Oslo, 7 May 2024

Foreign Minister Ingrid Solheim received Foreign Minister Peter Otieno of Kenya today. The ministers had a good and
thorough exchange on the ocean, on climate and on security in the region. "The sea that lies between our coasts is wide,
but the rules that we need for it are the same," the Minister said. She underlined the support of Norway for the work of
the United Nations, and thanked Kenya for its part in it. The ministers agreed that officials will meet in the autumn to
prepare negotiations. Minister Otieno was accompanied by the principal secretary for fisheries.
"""
KENYAS = """Press statement, Nairobi, 8 May 2024

Hon. Peter Otieno returned yesterday from a fruitful visit to the Kingdom of Norway, where he held bilateral talks with
his counterpart. "The sea that lies between our coasts is wide, but the rules that we need for it are the same," the
Norwegian Minister said on the occasion. Kenya looks forward to new opportunities for its fishing communities, to
investment in cold storage in Lamu and Kilifi, and to scholarships for its young people. The Minister also met Kenyans
who live in Oslo and assured them of the Government's attention to their concerns. He invited his counterpart to Nairobi.
"""
HISTORY = "A history of a treaty\n\n" + "\n".join(
    f"{1950 + year}: delegation number {year} went to port {year * 7} about matter {year * 13} and came home again."
    for year in range(60)
)


def printed(day: str | None) -> Published | None:
    return Published(start=day, end=day, precision="day", basis="given") if day else None


def linked(**documents: tuple[str, str | None]) -> dict[str, tuple[str, float]]:
    signed = [Signed(name, printed(day), signature([text])) for name, (text, day) in documents.items()]
    return {name: (copied.document, copied.likeness) for name, copied in link(signed).items()}


CASES = [
    (SHORTENED, True, "its first half"),
    (UPDATED, True, "a new paragraph"),
    (QUOTED, True, "quoted at length, with words before and after"),
    (RETYPED, True, "other line ends, capitals, blanks"),
    (NORWAYS, False, "another text on the same meeting"),
    (KENYAS, False, "one more"),
    (PARTS[2] + "\n\n" + HISTORY, False, "a long text of its own with one paragraph of the story"),
    (PARTS[0], False, "a sentence"),
    ("", False, "nothing"),
]


@pytest.mark.parametrize(("text", "is_copy", "why"), CASES, ids=[case[2] for case in CASES])
def test_a_later_text(text: str, is_copy: bool, why: str) -> None:
    found = linked(story=(STORY, "2024-05-07"), later=(text, "2024-05-09"))
    assert [ident for ident, _ in found.items()] == ["later"] * is_copy
    assert not found or (found["later"][0] == "story" and found["later"][1] > 0.9)


def test_two_readouts_with_a_quote_in_common_are_two_sources() -> None:
    assert linked(norway=(NORWAYS, "2024-05-07"), kenya=(KENYAS, "2024-05-08")) == {}


def test_the_earliest_is_the_original() -> None:
    found = linked(c=(STORY, None), b=(UPDATED, "2024-05-08"), a=(QUOTED, "2024-05-07"))
    assert {name: of for name, (of, _) in found.items()} == {"b": "a", "c": "a"}
    assert linked(long=(UPDATED, "2024-05-08"), short=(STORY, "2024-05-08"))["short"][0] == "long"


def test_the_same_few_words_are_a_copy_and_nearly_the_same_are_not() -> None:
    note = "Otieno left for Oslo on Monday."
    found = linked(
        one=(note, "2024-05-06"), two=(note + "\n", None), three=("Otieno left for Oslo on Friday.", None)
    )
    assert found == {"two": ("one", 1.0)}


def test_a_script_without_spaces() -> None:
    text = (
        "两国外长星期二在奥斯陆举行会谈,双方同意年底前就渔业条约开始谈判,并就港口检查和观察员培训交换了意见。"
    )
    assert linked(one=(text, "2024-05-07"), two=(text + "会谈后发表声明。", "2024-05-08"))["two"][0] == "one"


def test_the_order_of_the_documents_does_not_matter() -> None:
    texts = (STORY, SHORTENED, UPDATED, QUOTED, RETYPED, NORWAYS, KENYAS, HISTORY)
    signed = [
        Signed(f"d{number}", printed("2024-05-07" if number % 2 else None), signature([text]))
        for number, text in enumerate(texts)
    ]
    found = link(signed)
    shared = [dict.fromkeys(bands(other.signature), other) for other in signed]
    for one in signed:
        beside = [[same[band] for same in shared if band in same] for band in bands(one.signature)]
        assert copies.linked(one, beside) == found.get(one.id)
    for seed in range(20):
        assert link(random.Random(seed).sample(signed, len(signed))) == found


def test_many_documents_are_linked_without_comparing_all(monkeypatch: pytest.MonkeyPatch) -> None:
    from dipcli import copies

    compared = 0

    def likeness(one: Any, other: Any) -> float | None:
        nonlocal compared
        compared += 1
        return original(one, other)

    original = copies._likeness
    monkeypatch.setattr(copies, "_likeness", likeness)
    random_words = random.Random(1)
    texts = [" ".join(f"w{random_words.randrange(3000)}" for _ in range(80)) for _ in range(400)]
    signed = [
        Signed(f"{number:04}", None, signature([text])) for number, text in enumerate([*texts, *texts[:100]])
    ]
    assert len(link(signed)) == 100
    assert compared < 1000


# in an index


def write(folder: Path, **texts: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def lines(index: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in index.glob("*.json*")}


def copied(index: Path) -> dict[str, str]:
    with dipcli.open(index) as opened:
        paths = {one.id: one.path for one in opened.documents()}
        return {one.path: paths[one.copy_of.document] for one in opened.documents() if one.copy_of}


def sources(index: Path) -> set[int]:
    with dipcli.open(index) as opened:
        return {
            event.sources for event in opened.events(type="CONSULT", status="occurred", text="otieno OR met")
        }


DATED = {
    "agency": STORY,
    "paper": f"Published: 8 May 2024\n\n{SHORTENED}\n",
    "weekly": f"Published: 11 May 2024\n\n{QUOTED}",
}


def test_in_any_order_of_arrival_the_bytes_are_the_same(tmp_path: Path) -> None:
    folder = write(tmp_path / "docs", **DATED, norway=NORWAYS)
    at_once = tmp_path / "one"
    ingest([folder], at_once, model="none")
    assert copied(at_once) == {"paper.txt": "agency.txt", "weekly.txt": "agency.txt"}
    one_by_one = tmp_path / "two"
    for name in ("weekly", "norway", "paper", "agency"):
        ingest([folder / f"{name}.txt"], one_by_one, model="none")
    assert lines(one_by_one) == lines(at_once)


def test_without_the_original_the_next_is_it(tmp_path: Path) -> None:
    folder = write(tmp_path / "docs", **DATED)
    index, without = tmp_path / "index", tmp_path / "without"
    ingest([folder], index, model="none")
    forget(index, ["agency.txt"])
    assert copied(index) == {"weekly.txt": "paper.txt"}
    ingest([folder / "paper.txt", folder / "weekly.txt"], without, model="none")
    assert lines(index) == lines(without)


def test_copies_count_as_one_source(tmp_path: Path) -> None:
    other = "Visits\n\n- May 7, 2024: Kenyan Foreign Minister Peter Otieno met Norwegian Foreign Minister Ingrid Solheim in Oslo.\n"
    note = "Diary\n\n- May 7, 2024: Norwegian Foreign Minister Ingrid Solheim met Kenyan Foreign Minister Peter Otieno in Oslo, the capital.\n"
    twice = write(tmp_path / "twice", one=other, two=other + "\n")
    apart = write(tmp_path / "apart", one=other, two=note)
    for folder, expected in ((twice, {1}), (apart, {2})):
        index = tmp_path / f"{folder.name}.index"
        ingest([folder], index, model="none")
        assert sources(index) == expected


def test_what_the_commands_say(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    from dipcli.cli.main import main

    index = tmp_path / "index"
    ingest([write(tmp_path / "docs", **DATED)], index, model="none")

    def run(*words: str) -> str:
        assert main([*words, "--index", str(index)]) == 0
        return capfd.readouterr().out

    assert run(
        "documents", "--copies", "--fields", "path", "--sort", "path", "--format", "jsonl"
    ).splitlines() == [
        '{"path":"paper.txt"}',
        '{"path":"weekly.txt"}',
    ]
    assert run("documents", "--originals", "--count") == "1\n"
    page = run("show", run("documents", "--copies", "--fields", "id", "--format", "tsv").splitlines()[1])
    assert "copy of    doc-" in page and "% of the shorter stands in the longer" in page


def test_the_summary_of_an_ingest_counts_them(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    from dipcli.cli.main import main

    folder, index = write(tmp_path / "docs", **DATED), str(tmp_path / "index")
    assert main(["ingest", str(folder), "--index", index, "--model", "none"]) == 0
    assert "copies: 2 documents (`dipcli documents --copies` lists them)" in capfd.readouterr().err
    with dipcli.open(index) as opened:
        assert len(opened.documents(copies=True)) == 2 and len(opened.documents(originals=True)) == 1
