"""Office documents written by hand: the least that each format asks for."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DC = "http://purl.org/dc/elements/1.1/"
OASIS = "urn:oasis:names:tc:opendocument:xmlns"
ODT_TYPE = "application/vnd.oasis.opendocument.text"


def package(members: Mapping[str, str | bytes]) -> bytes:
    """A zip archive; a member called `mimetype` is stored as it is."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name)
            stored = name == "mimetype"
            archive.writestr(info, data, zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED)
    return out.getvalue()


def docx(body: str, core: str = "", **members: str) -> bytes:
    """`body` is what `w:body` holds; `core` the properties."""
    return package(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
            "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
            "docProps/core.xml": f'<cp xmlns:dc="{DC}" xmlns:dcterms="http://purl.org/dc/terms/">{core}</cp>',
            **{f"word/{name}.xml": f'<w:x xmlns:w="{W}">{data}</w:x>' for name, data in members.items()},
        }
    )


def paragraph(words: str, style: str = "", item: bool = False) -> str:
    """A paragraph of Word; `style` by its id, `item` of a list."""
    about = f'<w:pStyle w:val="{style}"/>' * bool(style) + "<w:numPr/>" * item
    return f'<w:p><w:pPr>{about}</w:pPr><w:r><w:t xml:space="preserve">{words}</w:t></w:r></w:p>'


def table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def odt(body: str, meta: str = "", before: str = "") -> bytes:
    """`body` is what `office:text` holds; `meta` what `office:meta` does."""
    spaces = (
        f'xmlns:office="{OASIS}:office:1.0" xmlns:text="{OASIS}:text:1.0" xmlns:table="{OASIS}:table:1.0"'
    )
    return package(
        {
            "mimetype": ODT_TYPE,
            "content.xml": f"{before}<office:document-content {spaces}><office:body><office:text>{body}</office:text>"
            "</office:body></office:document-content>",
            "meta.xml": f'<office:document-meta {spaces} xmlns:dc="{DC}" xmlns:meta="{OASIS}:meta:1.0"><office:meta>'
            f"{meta}</office:meta></office:document-meta>",
        }
    )


def epub(chapters: Mapping[str, str], metadata: str = "", **members: str) -> bytes:
    """`chapters` are bodies of pages by name, in their order."""
    items = "".join(
        f'<item id="i{number}" href="{name}" media-type="application/xhtml+xml"/>'
        for number, name in enumerate(chapters)
    )
    spine = "".join(f'<itemref idref="i{number}"/>' for number in range(len(chapters)))
    return package(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles>'
            "</container>",
            "OEBPS/book.opf": f'<package xmlns:dc="{DC}"><metadata>{metadata}</metadata>'
            f"<manifest>{items}</manifest><spine>{spine}</spine></package>",
            **{
                f"OEBPS/{name}": "<?xml version='1.0'?><!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.1//EN'"
                " 'http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd'><html xmlns='http://www.w3.org/1999/xhtml'>"
                f"<head><title>not text</title></head><body>{body}</body></html>"
                for name, body in chapters.items()
            },
            **{name.replace("__", "/"): data for name, data in members.items()},
        }
    )
