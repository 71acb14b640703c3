"""One story in every format that is read, made here, so that what each reader gives can be compared.

The people, the talks and the paper are invented; the countries are not.
"""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Callable, Iterator
from html import escape
from io import StringIO

import zstandard

from container_builder import crawl, mail, tarred, zipped
from office_builder import docx, epub, odt, paragraph
from pdf_builder import Words, pdf

TITLE = "Talks between Seoul and Tokyo"
AUTHOR = "Ana Lima"
DAY = "2022-05-20"
BLOCKS = [
    ("p", "On May 16, 2022, South Korean Foreign Minister Mira Kos held talks with Japanese Foreign Minister Jun Abe"
     " in Lima. They signed an agreement on trade."),
    ("p", "On May 18, 2022, Kos accused North Korea of breaking its promises."),
    ("h", "Timeline of Relations"),
    ("li", "March 3, 2021: Japan recalls its ambassador from South Korea."),
    ("li", "June 2, 2021: Mira Kos visits Tokyo and meets Jun Abe."),
    ("li", "January 12, 2022: South Korea and Japan resume military cooperation."),
    ("p", "Abe said on May 19, 2022, that Japan would send food aid to Peru."),
]  # fmt: skip
"""Paragraphs, a heading, items of a list: kind and words."""


def samples() -> dict[str, bytes]:
    """Files by name, each with the title, the author, the day and the blocks."""
    return {f"story.{kind}": make() for kind, make in MAKERS.items()}


def _html() -> bytes:
    navigation = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/world'>World</a></li></ul></nav>"
    footer = "<footer><p>On May 1, 2020, Harbour Street Review signed an agreement with nobody.</p></footer>"
    return (
        f"<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><title>{TITLE}</title>"
        f"<meta name='author' content='{AUTHOR}'>"
        f"<meta property='article:published_time' content='{DAY}T08:00:00Z'></head><body>{navigation}"
        f"<article><h1>{TITLE}</h1>{_body()}</article>{footer}</body></html>"
    ).encode()


def _body() -> str:
    return _listed(
        f"<{'h2' if kind == 'h' else kind}>{escape(words)}</{'h2' if kind == 'h' else kind}>"
        for kind, words in BLOCKS
    )


def _listed(blocks: Iterator[str]) -> str:
    return (
        "".join(blocks)
        .replace("<h2>", "<h2>", 1)
        .replace("</h2><li>", "</h2><ul><li>")
        .replace("</li><p>", "</li></ul><p>")
    )


def _markdown() -> bytes:
    marks = {"p": "", "h": "## ", "li": "- "}
    body = (
        "\n\n".join(marks[kind] + words for kind, words in BLOCKS)
        .replace("\n\n- ", "\n- ")
        .replace("\n- ", "\n\n- ", 1)
    )
    return f"---\ntitle: {TITLE}\nauthor: {AUTHOR}\ndate: {DAY}\n---\n# {TITLE}\n\n{body}\n".encode()


def _text() -> bytes:
    return _markdown().replace(b"## ", b"").replace(b"# ", b"")


def _mht() -> bytes:
    head = (
        "From: <Saved by Blink>\nSubject: x\nMIME-Version: 1.0\n"
        'Content-Type: multipart/related; type="text/html"; boundary="x"\n\n'
    )
    return f"{head}--x\nContent-Type: text/html\n\n".encode() + _html() + b"\n--x--\n"


def _pdf() -> bytes:
    drawn: list[Words] = [(72, 60, 20, TITLE)]
    top = 100.0
    for kind, words in BLOCKS:
        size = 15 if kind == "h" else 11
        for number, line in enumerate(_wrapped(words, 80)):
            bullet = "\u2022 " if kind == "li" and not number else ""
            drawn.append((72, top, size, bullet + line))
            top += size + 3
        top += 10
    return pdf(
        [drawn], f"/Title ({TITLE}) /Author ({AUTHOR}) /CreationDate (D:{DAY.replace('-', '')}080000Z)"
    )


def _wrapped(words: str, width: int) -> Iterator[str]:
    line = ""
    for word in words.split():
        if line and len(line) + len(word) >= width:
            yield line
            line = ""
        line = f"{line} {word}".strip()
    yield line


def _docx() -> bytes:
    styles = {"p": "", "h": "Heading2", "li": "ListBullet"}
    body = "".join(paragraph(escape(words), styles[kind]) for kind, words in BLOCKS)
    core = f"<dc:title>{TITLE}</dc:title><dc:creator>{AUTHOR}</dc:creator><dcterms:created>{DAY}T08:00:00Z</dcterms:created>"
    return docx(paragraph(TITLE, "Title") + body, core)


def _odt() -> bytes:
    body = [f'<text:h text:outline-level="1">{TITLE}</text:h>']
    for kind, words in BLOCKS:
        text = f"<text:p>{escape(words)}</text:p>"
        heading = f'<text:h text:outline-level="2">{escape(words)}</text:h>'
        item = f"<text:list><text:list-item>{text}</text:list-item></text:list>"
        body.append({"p": text, "h": heading, "li": item}[kind])
    meta = (
        f"<dc:title>{TITLE}</dc:title><meta:initial-creator>{AUTHOR}</meta:initial-creator>"
        f"<meta:creation-date>{DAY}T08:00:00</meta:creation-date>"
    )
    return odt("".join(body), meta)


def _rtf() -> bytes:
    year, month, day = DAY.split("-")
    marks = {"p": "", "h": "", "li": r"\bullet  "}
    body = "".join(rf"{marks[kind]}{words}\par " for kind, words in BLOCKS)
    info = (
        rf"{{\info{{\title {TITLE}}}{{\author {AUTHOR}}}{{\creatim\yr{year}\mo{int(month)}\dy{int(day)}}}}}"
    )
    return rf"{{\rtf1\ansi {info}{TITLE}\par {body}}}".encode("cp1252")


def _epub() -> bytes:
    metadata = f"<dc:title>{TITLE}</dc:title><dc:creator>{AUTHOR}</dc:creator><dc:date>{DAY}</dc:date>"
    return epub({"chapter.xhtml": f"<h1>{TITLE}</h1>{_body()}"}, metadata)


def _lines() -> str:
    """The blocks as plain text."""
    return _markdown().decode().partition("---\n# ")[2].partition("\n\n")[2].replace("## ", "")


def _mail() -> bytes:
    return mail(f"From: {AUTHOR} <ana@velm.example>\nSubject: {TITLE}\nDate: {DAY}", _lines())


def _object() -> dict[str, str]:
    return {"title": TITLE, "author": AUTHOR, "date": DAY, "text": _lines()}


def _table(delimiter: str) -> bytes:
    told = StringIO()
    writer = csv.DictWriter(told, list(_object()), delimiter=delimiter)
    writer.writeheader()
    writer.writerow(_object())
    return told.getvalue().encode()


def _feed() -> bytes:
    return (
        "<?xml version='1.0'?><rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><item>"
        f"<title>{TITLE}</title><dc:creator>{AUTHOR}</dc:creator><pubDate>Fri, 20 May 2022 08:00:00 GMT</pubDate>"
        f"<description>{escape(_body())}</description></item></channel></rss>"
    ).encode()


MAKERS: dict[str, Callable[[], bytes]] = {
    "md": _markdown,
    "txt": _text,
    "html": _html,
    "mht": _mht,
    "pdf": _pdf,
    "docx": _docx,
    "odt": _odt,
    "rtf": _rtf,
    "epub": _epub,
    "eml": _mail,
    "mbox": lambda: b"From ana@velm.example Fri May 20 08:00:00 2022\n" + _mail(),
    "rss": _feed,
    "csv": lambda: _table(","),
    "tsv": lambda: _table("\t"),
    "json": lambda: json.dumps([_object()]).encode(),
    "jsonl": lambda: json.dumps(_object()).encode() + b"\n",
    "warc": lambda: crawl(("https://velm.example/story", "text/html", _html())),
    "zip": lambda: zipped({"in/story.md": _markdown()}),
    "tar": lambda: tarred({"story.md": _markdown()}),
    "gz": lambda: gzip.compress(tarred({"story.html": _html()}), mtime=0),
    "zst": lambda: zstandard.compress(zipped({"story.docx": _docx()})),
}
"""By suffix; the first is what the others are compared with."""
