"""A chronology in Word's format (Office Open XML, ISO/IEC 29500), with real footnotes.

What is the same in every document is in `word_parts/`, laid out as in the archive. The three parts that
differ are written here: the text, its footnotes, the title. The archive has no dates of its own.
"""

from __future__ import annotations

import io
import re
import zipfile
from html import escape
from pathlib import Path

from dipcli.chronology.lines import NOTES, Chronology, Line, Note
from dipcli.chronology.pages import note_pieces, years

_PARTS = Path(__file__).with_name("word_parts")
_MAIN = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_UNWRITABLE = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_EPOCH = (1980, 1, 1, 0, 0, 0)
_FIRST = "[Content_Types].xml"
_SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
)


def as_docx(made: Chronology) -> bytes:
    """The archive; the same chronology gives the same bytes."""
    parts = {
        path.relative_to(_PARTS).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(_PARTS.rglob("*"))
        if path.is_file()
    }
    parts |= {
        "word/document.xml": _document(made),
        "word/footnotes.xml": _footnotes(made),
        "docProps/core.xml": _core(made.title),
    }
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for name in sorted(parts, key=lambda name: (name != _FIRST, name)):
            file.writestr(zipfile.ZipInfo(name, _EPOCH), parts[name], zipfile.ZIP_DEFLATED)
    return archive.getvalue()


def _document(made: Chronology) -> str:
    body = [_paragraph(_run(made.title), "Title"), _paragraph(_run(made.about))]
    for year, lines in years(made.lines):
        body += [_paragraph(_run(year), "Heading1")] * bool(year)
        body += [_paragraph(_line(line)) for line in lines]
    page = '<w:sectPr><w:pgSz w:w="12240" w:h="15840"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="720" w:footer="720" w:gutter="0"/></w:sectPr>'
    return f"{_HEAD}<w:document {_MAIN}><w:body>{''.join(body)}{page}</w:body></w:document>"


def _line(line: Line) -> str:
    """The line's runs: its date in bold, where the notes belong their references."""
    text = line.text
    runs = ""
    if text.startswith(f"{line.date}:"):
        runs, text = _run(line.date, "<w:b/>"), text[len(line.date) :]
    before, _, after = text.partition(NOTES)
    comma = _run(",", '<w:vertAlign w:val="superscript"/>')
    return runs + _run(before) + comma.join(map(_reference, line.notes)) + _run(after)


def _reference(note: Note) -> str:
    style = '<w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
    return f'<w:r>{style}<w:footnoteReference w:id="{note.number}"/></w:r>'


def _footnotes(made: Chronology) -> str:
    notes = "".join(_footnote(note) for line in made.lines for note in line.notes)
    return f"{_HEAD}<w:footnotes {_MAIN}>{_SEPARATORS}{notes}</w:footnotes>"


def _footnote(note: Note) -> str:
    mark = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
    source = ", ".join(filter(None, (note.source, note.address)))
    said = "; ".join(note_pieces(note))
    text = f" {source}, {said}" if said else f" {source}"
    return f'<w:footnote w:id="{note.number}">{_paragraph(mark + _run(text), "FootnoteText")}</w:footnote>'


def _paragraph(runs: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{runs}</w:p>"


def _run(text: str, properties: str = "") -> str:
    about = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{about}<w:t xml:space="preserve">{_written(text)}</w:t></w:r>' if text else ""


def _written(text: str) -> str:
    """Text as XML has it, without the characters that XML cannot hold."""
    return escape(_UNWRITABLE.sub("", text), quote=False)


def _core(title: str) -> str:
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{_written(title)}</dc:title><dc:creator>dipcli</dc:creator></cp:coreProperties>"
    )
