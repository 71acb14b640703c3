"""What is said of a document, and by whom: of several tellers of a field the first counts.

A sidecar comes first, then the document itself, then what it came in (a feed, a mail, a table), each in
order. Framing (`dipcli.extraction.frame`) then looks into the text, and what an option gave stands where
nothing of that says anything (`completed`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, get_args

import msgspec

from dipcli.dates import Context, Resolved, expressions
from dipcli.locators import Locator
from dipcli.names import in_order
from dipcli.reading.base import Part, Read, document_id, sha256
from dipcli.records import Document, Evidence, Field, Published, Told

SIDECAR = "sidecar"
OPTION = "option"
"""Origins of what a person says of a document; who else tells something is named as is apt."""
FILE = "file"
"""Who tells when a file was made or changed, which need not be when its text was published."""
TEXT = "text"
"""The origin of what framing found in the text."""

FIELDS: tuple[Field, ...] = get_args(Field)
DATES = ("published", "updated")
KEYS: dict[Field, tuple[str, ...]] = {
    "title": ("title", "headline", "post_title"),
    "authors": ("authors", "author", "creators", "creator", "byline", "post_author"),
    "publisher": ("publisher", "source", "site_name", "sitename", "outlet", "publication", "newspaper"),
    "published": tuple(
        "published published_time published_at published_date date_published publication_date publish_date publishdate"
        " pubdate pub_date post_date date issued created created_at".split()
    ),
    "updated": tuple(
        "updated modified last_modified lastmod updated_time modified_time updated_at modified_at date_modified"
        " post_modified".split()
    ),
    "language": ("language", "lang"),
    "address": tuple(
        "address url link permalink canonical_url source_url original_url original_link source".split()
    ),
    "translates": ("translates", "translation_of"),
}
"""Which keys of front matter, a sidecar or a table's head give which field, best first."""

_TIME = re.compile(r"(?:[ ,]+(?:at )?|T)\d{1,2}:\d\d.*$")
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_][\w-]+)?$")
_ADDRESS = re.compile(r"https?://[^\s<>\"]+$", re.IGNORECASE)
_URL = re.compile(r"\w+://|www\.")
_LONGEST = 1_000
"""Code points of a value; what is longer is cut."""


def told(origin: str, /, **values: str | Iterable[str] | None) -> tuple[Told, ...]:
    """What one teller says: `told("feed: entry", title="…", authors=["…", "…"], published=None)`."""
    return tuple(
        Told(field=field, value=value, origin=origin)
        for field in FIELDS
        for value in _several(values.get(field))
        if value.strip()
    )


def told_by_keys(origin: str, values: Mapping[str, Sequence[str]]) -> tuple[Told, ...]:
    """What a mapping with keys of `KEYS` says; the origin of a value is `origin: key`."""
    return tuple(
        Told(field=field, value=value, origin=f"{origin}: {key}")
        for field, keys in KEYS.items()
        for key in keys
        for value in values.get(key, ())
        if value.strip()
    )


def _several(value: str | Iterable[str] | None) -> Iterable[str]:
    return () if value is None else (value,) if isinstance(value, str) else value


class Span(NamedTuple):
    """Where in the text something is told."""

    char_start: int
    char_end: int


def read(
    part: Part,
    text: str,
    media_type: str,
    own: Iterable[Told] = (),
    *,
    notes: tuple[str, ...] = (),
    pages: Sequence[int] = (),
    spans: Mapping[str, Span] | None = None,
) -> Read:
    """The document of a part with this text.

    own: what the document says of itself, best teller first
    pages: where each page begins in the text, if it has pages
    spans: where in the text a date is told, by its origin, for evidence
    """
    digest = sha256(part.data)
    document = Document(
        id=document_id(digest),
        path=part.name,
        paths=[part.name],
        sha256=digest,
        media_type=media_type,
        given=list(part.given),
        pages=list(pages),
        text=text,
    )
    first = [one for one in part.given if _is(one.origin, SIDECAR)]
    last = [one for one in part.given if not _is(one.origin, SIDECAR) and one.origin != OPTION]
    filled, said = _filled(document, [*first, *own, *last], spans or {})
    return Read(filled, notes + said)


def completed(framed: Document) -> Document:
    """A framed document with what an option gave where nothing else says it: a date that was only
    inferred, or is the file's, gives way."""
    options = [one for one in framed.given if one.origin == OPTION]
    if is_weak(framed) and any(one.field == "published" for one in options):
        framed = msgspec.structs.replace(framed, published=None)
    return _filled(framed, options, {})[0]


def is_weak(document: Document) -> bool:
    """Whether a document's date of publication is at best a guess."""
    told = document.published
    return told is not None and (told.basis == "inferred" or _is(document.origins.get("published", ""), FILE))


def stored(document: Document, given: Sequence[Told]) -> Document:
    """A document of the index as it was read, before framing, with what was `given` by now."""
    kept = {field: origin for field, origin in document.origins.items() if origin not in (TEXT, OPTION)}
    empty: dict[str, Any] = {
        field: [] if field == "authors" else None for field in FIELDS if field not in kept
    }
    return msgspec.structs.replace(document, **empty, origins=kept, given=list(given))


def noted(before: Document, after: Document) -> Document:
    """`after` with the origin of each field that framing changed since `before`: the text."""
    origins = dict(before.origins)
    for field in FIELDS:
        if getattr(after, field) != getattr(before, field):
            origins[field] = TEXT
    return msgspec.structs.replace(after, origins=_ordered(origins))


def _is(origin: str, teller: str) -> bool:
    return origin.partition(":")[0] == teller


def _filled(
    document: Document, tellers: Sequence[Told], spans: Mapping[str, Span]
) -> tuple[Document, tuple[str, ...]]:
    """The document with its empty fields as the first teller has them, and what to say of values that
    cannot be used."""
    values: dict[str, Any] = {}
    origins = dict(document.origins)
    notes: list[str] = []
    for one in tellers:
        field = one.field
        if getattr(document, field) or (field in values and field != "authors"):
            continue
        if field == "authors":
            if _URL.match(one.value.strip()):
                continue
            if origins.setdefault("authors", one.origin) == one.origin:
                values.setdefault("authors", []).append(_line(one.value))
            continue
        value: Any
        if field in DATES:
            value = _date(one, document, spans.get(one.origin), notes)
        else:
            value = _CHECKS.get(field, _line)(one.value)
        if value:
            values[field], origins[field] = value, one.origin
    if "authors" in values:
        values["authors"] = _authors(values["authors"])
    return msgspec.structs.replace(document, **values, origins=_ordered(origins)), tuple(notes)


def _ordered(origins: Mapping[str, str]) -> dict[str, str]:
    return {field: origins[field] for field in FIELDS if field in origins}


def _line(value: str) -> str:
    """A value as one line."""
    return " ".join(value[:_LONGEST].split())


def _publisher(value: str) -> str | None:
    return None if _URL.match(value.strip()) else _line(value)


def _language(value: str) -> str | None:
    match = _LANGUAGE.match(value.strip())
    return match[1].lower() if match else None


def _address(value: str) -> str | None:
    match = _ADDRESS.match(value.strip())
    return match[0] if match else None


_CHECKS: dict[str, Callable[[str], str | None]] = {
    "publisher": _publisher,
    "language": _language,
    "address": _address,
}
"""What a value of a field must look like; null where it does not."""


def _authors(values: list[str]) -> list[str]:
    """The names in a list, or in a scalar parted at semicolons, "and", "&", and at commas between full names; "Family,
    Given" as one writes it in a text."""
    if len(values) != 1:
        return list(dict.fromkeys(in_order(value) for value in values))
    authors: list[str] = []
    for part in re.split(r"\s*(?:;|,?\s+and\s|&)\s*", re.sub(r"^[Bb]y\s+", "", values[0])):
        names = [name.strip() for name in part.split(",")]
        authors += names if all(" " in name for name in names) else [in_order(part.strip())]
    return [author for author in authors if author]


def _date(one: Told, document: Document, span: Span | None, notes: list[str]) -> Published | None:
    value = _line(one.value)
    resolved = date(value)
    if resolved is None:
        notes.append(f'{one.origin} "{value}" is no date that can be read')
        return None
    if resolved.doubt:
        notes.append(f'{one.origin} "{value}": {resolved.doubt}')
    evidence = None
    if span:
        evidence = Evidence(
            document=document.id,
            char_start=span.char_start,
            char_end=span.char_end,
            text=document.text[span.char_start : span.char_end],
            date_text=value,
            locator=Locator(document).at(span.char_start),
        )
    return Published(
        start=resolved.start.isoformat(),
        end=resolved.end.isoformat(),
        precision=resolved.precision,
        basis="given" if _is(one.origin, SIDECAR) or one.origin == OPTION else "metadata",
        evidence=evidence,
    )


def date(value: str) -> Resolved | None:
    """The days that a whole value means, its time of day left out; None where it is not one date that
    stands by itself ("yesterday", "May 16")."""
    words = _TIME.sub("", value)
    found = expressions(words)
    if len(found) != 1 or found[0].text != words:
        return None
    return found[0].resolve(Context())
