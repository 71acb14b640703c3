"""Languages: which is detected, what is read of documents that are not English, names in their own script."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import dipcli
from dipcli.errors import Exit
from dipcli.extraction import language, native
from dipcli.extraction.view import view
from dipcli.ingestion import ingest

ENGLISH = "The foreign ministers of Norway and Kenya met in Oslo on 7 May 2024 and agreed to open talks on a treaty."
FRENCH = (
    "Les ministres des affaires étrangères de la Norvège et du Kenya se sont rencontrés à Oslo le 7 mai 2024."
)
SPANISH = (
    "Los ministros de Relaciones Exteriores de Noruega y Kenia se reunieron en Oslo el 7 de mayo de 2024."
)
CHINESE = "挪威外交大臣星期二在奥斯陆会见了肯尼亚外交部长,双方同意就渔业条约开始谈判。"
RUSSIAN = "Министры иностранных дел Норвегии и Кении встретились в Осло во вторник, сообщила пресс-служба."
KOREAN = "노르웨이와 케냐의 외교부 장관이 화요일 오슬로에서 만나 어업 조약 협상을 시작하기로 합의했다."
ARABIC = "التقى وزيرا خارجية النرويج وكينيا في أوسلو يوم الثلاثاء واتفقا على بدء محادثات بشأن معاهدة."
NAMES = "Ingrid Solheim, Peter Otieno"

DECLARED = [
    (None, ENGLISH, "en", "detected"),
    (None, FRENCH, "fr", "detected"),
    (None, CHINESE, "zh", "detected"),
    (None, RUSSIAN, "ru", "detected"),
    (None, KOREAN, "ko", "detected"),
    (None, ARABIC, "ar", "detected"),
    (None, NAMES, None, "nothing tells"),
    (None, "", None, "nothing is there"),
    ("fr", NAMES, "fr", "as declared, since the text does not tell"),
    ("nn", NAMES, "nn", "a language that is not known here"),
    ("en", CHINESE, "zh", "declared by a template, and plainly wrong"),
    ("fr", ENGLISH, "en", "the same"),
    ("en", "王毅", "en", "a name in it says nothing against it"),
    ("en", f"{ENGLISH}\n\n{FRENCH}", "en", "half of it is"),
]


@pytest.mark.parametrize(("declared", "text", "settled", "why"), DECLARED)
def test_the_language_of_a_document(declared: str | None, text: str, settled: str | None, why: str) -> None:
    assert language.settled(declared, text) == settled


def foreign(text: str) -> list[str]:
    return [
        text[span.char_start : span.char_end] for span in language.foreign(text, language.settled(None, text))
    ]


MIXED = [
    (ENGLISH, [], "English"),
    (FRENCH, [FRENCH], "another"),
    (f"{FRENCH}\n\n{SPANISH}", [f"{FRENCH}\n\n{SPANISH}"], "neighbours are one stretch"),
    (f"{FRENCH}\n\n{ENGLISH}\n\n{CHINESE}", [FRENCH, CHINESE], "paragraphs"),
    (f"{FRENCH}\n{ENGLISH}\n{FRENCH}", [FRENCH, FRENCH], "lines that are paragraphs"),
    (f"{ENGLISH}\n\nOslo, 7 May\n\n{ENGLISH}", [], "a line that says too little is as the rest is"),
    (
        f"{ENGLISH}\n\n{CHINESE}\n\n{ENGLISH}\n\n{ENGLISH}",
        [CHINESE],
        "a quotation of its own in another script",
    ),
    (f"Oslo\n\n{FRENCH}", [f"Oslo\n\n{FRENCH}"], "a heading is as the rest is"),
    (NAMES, [], "names alone are read"),
]


@pytest.mark.parametrize(("text", "left", "why"), MIXED, ids=[case[2] for case in MIXED])
def test_what_is_not_read(text: str, left: list[str], why: str) -> None:
    assert foreign(text) == left


@given(st.text(max_size=200))
def test_any_text_has_stretches_in_order(text: str) -> None:
    spans = [
        (span.char_start, span.char_end) for span in language.foreign(text, language.settled(None, text))
    ]
    flat = [offset for span in spans for offset in span]
    assert flat == sorted(flat) and all(0 <= offset <= len(text) for offset in flat)


NATIVE = [
    ("Foreign Minister Wang Yi (王毅) said so.", {"王毅": "Wang Yi"}, "Han"),
    ("Wang Yi（王毅） said so.", {"王毅": "Wang Yi"}, "its own brackets"),
    ("Sergey Lavrov (Сергей Лавров) said so.", {"Сергей Лавров": "Sergey Lavrov"}, "two words"),
    ("Сергей Лавров (Sergey Lavrov) said so.", {"Сергей Лавров": "Sergey Lavrov"}, "the other way round"),
    (
        "Park Jin (Korean: 박진; Hanja: 朴振) said so.",
        {"박진": "Park Jin"},
        "with the language and another script",
    ),
    ("Wang Yi (王毅, Wáng Yì) said so.", {"王毅": "Wang Yi"}, "with a transcription"),
    ("Yōko Kamikawa (上川 陽子) said so.", {"上川 陽子": "Yōko Kamikawa"}, "with a blank"),
    ("Wang Yi (born 1953) said so.", {}, "no name"),
    ("Wang Yi (foreign minister of 中国) said so.", {}, "no name of his"),
    ("他说 王毅 said so.", {}, "no brackets"),
    ("α (the first) and β", {}, "a letter is no name"),
]


@pytest.mark.parametrize(("text", "names", "why"), NATIVE, ids=[case[2] for case in NATIVE])
def test_names_in_their_own_script(text: str, names: dict[str, str], why: str) -> None:
    found = {one.name: text[: one.beside] for one in native.find(text)}
    assert found.keys() == names.keys()
    assert all(before.endswith(names[name]) for name, before in found.items())
    hidden = native.hide(text)
    assert len(hidden) == len(text)
    assert all(name not in hidden and roman in hidden for name, roman in names.items())


@given(st.text(alphabet="Wa (（王毅Сл)）;: .\n", max_size=60))
def test_hiding_keeps_every_offset(text: str) -> None:
    hidden = view(text)
    assert len(hidden) == len(text)
    assert [at for at, c in enumerate(hidden) if c == "\n"] == [at for at, c in enumerate(text) if c == "\n"]


def test_a_folder_of_languages(tmp_path: Path) -> None:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "french.txt").write_text(f"{FRENCH}\n")
    (folder / "mixed.txt").write_text(
        f"{CHINESE}\n\nNorwegian Foreign Minister Ingrid Solheim met Chinese Foreign Minister Wang Yi (王毅) on 7 May 2024.\n"
    )
    report = ingest([folder], tmp_path / "index", model="none")
    assert report.exit is Exit.OK
    assert [(note.path, note.what.partition(":")[0]) for note in report.notes] == [
        ("french.txt", "is in French"),
        ("mixed.txt", "is in Chinese"),
    ]
    assert report.left_out_by_reason["language"] == 2
    with dipcli.open(tmp_path / "index") as index:
        assert [one.path for one in index.documents(language="fr")] == ["french.txt"]
        assert [hit.text for hit in index.search("Norvège")] == [FRENCH]
        (met,) = index.events(actor="王毅")
        assert [someone.name for someone in met.actors] == ["Ingrid Solheim", "Wang Yi"]
        assert index.show("wang-yi").aliases == ["王毅"]  # type: ignore[union-attr]


def test_without_the_detector_what_is_declared_holds(monkeypatch):
    monkeypatch.setitem(sys.modules, "pycld2", None)
    assert [language.settled(declared, CHINESE) for declared in ("zh", None)] == ["zh", None]
    assert language.foreign(CHINESE, None) == []
    assert language.name("zh") == "zh"
