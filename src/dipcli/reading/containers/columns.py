"""Which column of a table, or key of an object, says what of an article; and articles on their way.

A row's document is its own data: the words that say something of the article, as canonical JSON. So a
row stays one document wherever in its table it stands, and two with the same text and other dates are two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import msgspec

from dipcli.errors import DocumentError, UsageError, suggestion
from dipcli.reading import metadata
from dipcli.reading.base import Limits, Part, Read
from dipcli.reading.containers.fragment import is_markup, text_of
from dipcli.reading.encoding import LINE_ENDS
from dipcli.records import Struct, Told

ARTICLE = "application/x-article+json"
"""The media type of an article on its way from a container to its reader."""
TEXT = "text"
TARGETS = (TEXT, *metadata.FIELDS)
Columns = Mapping[str, tuple[str, ...]]
"""For each of `TARGETS` that a person mapped, the columns that are meant, best first."""

USUAL: dict[str, tuple[str, ...]] = {
    TEXT: (
        *("text", "body", "content", "full_text", "fulltext", "article", "article_text", "article_body"),
        *("body_text", "content_text", "text_content", "main_text", "maintext", "story", "content_html"),
        *("body_html", "html", "raw_content", "message", "transcript"),
    ),
    "title": ("head", "heading", "headline_text", "article_title", "name", "subject"),
    "authors": ("by", "writer", "writers", "journalist", "author_name", "reporter"),
    "publisher": ("publication", "outlet_name", "media", "media_name", "newspaper", "source_name", "journal"),
    "published": (
        *("published_at", "publish_date", "date_published", "published_date", "publication_time"),
        *("pub_date", "article_date", "posted", "created_at", "datetime", "timestamp", "day"),
    ),
    "updated": ("updated_at", "date_modified", "modified_at", "last_updated", "lastmod"),
    "language": ("language_code", "lang_code"),
    "address": ("uri", "web_url", "article_url", "canonical_url", "href"),
    "translates": (),
}
"""Usual names besides those of `metadata.KEYS`, best first."""

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_MARKS = re.compile(r"\W+")
_NUMBERED_DATE = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?\d{4,6}Z?)?\Z")
_EPOCH = re.compile(r"(\d{9,10})(?:\d{3})?(?:\.\d+)?\Z")


class Article(Struct, frozen=True, kw_only=True):
    """What a row or a feed's entry gives: its text, which may be HTML, and what it tells of it."""

    text: str
    told: list[Told]
    media_type: str
    """Of what it came in."""


def mapping(text: str) -> dict[str, tuple[str, ...]]:
    """What `--map text=body,published=date` says; an empty name takes a field's columns away again.

    Raises `UsageError`.
    """
    found: dict[str, tuple[str, ...]] = {}
    for item in filter(None, (item.strip() for item in text.split(","))):
        field, equals, column = (part.strip() for part in item.partition("="))
        if not equals:
            raise UsageError(f"--map takes FIELD=COLUMN, not '{item}'", hint="such as --map text=body")
        if field not in TARGETS:
            raise UsageError(f"--map has no field '{field}'", hint=suggestion(field, TARGETS))
        found[field] = (*found.get(field, ()), *([column] if column else []))
    if not found:
        raise UsageError("--map names nothing", hint="such as --map text=body,published=date")
    return found


def merged(before: Mapping[str, Iterable[str]], now: Columns) -> dict[str, tuple[str, ...]]:
    """The columns an index knows, with those now given before them; a field given none has none."""
    fields = {
        field: tuple(dict.fromkeys((*now[field], *before.get(field, ())))) if now.get(field) else ()
        for field in now
    }
    whole = {**{field: tuple(columns) for field, columns in before.items()}, **fields}
    return {field: whole[field] for field in sorted(whole) if whole[field]}


@lru_cache(maxsize=1024)
def plain(name: str) -> str:
    """A column's name without its case and marks: `publishedAt`, `Published at` -> `published_at`."""
    return _MARKS.sub("_", _CAMEL.sub("_", name.strip()).casefold()).strip("_")


def chosen(names: Iterable[str], columns: Columns) -> dict[str, list[str]]:
    """For each field the columns among `names` that may give it, best first."""
    by_plain: dict[str, str] = {}
    for name in names:
        by_plain.setdefault(plain(name), name)
    found = {}
    for field in TARGETS:
        usual = (*metadata.KEYS.get(field, ()), *USUAL[field])  # type: ignore[call-overload]
        wanted = [plain(name) for name in (*columns.get(field, ()), *usual)]
        found[field] = list(dict.fromkeys(by_plain[name] for name in wanted if name in by_plain))
    return found


def article(row: Mapping[str, Any], fields: Mapping[str, list[str]], media_type: str) -> Article | None:
    """What a row says, by the columns `chosen` for each field; null where it has no text."""
    text = next((value for column in fields[TEXT] for value in _values(row.get(column))), "")
    if not text.strip():
        return None
    told = [
        Told(
            field=field,
            value=_dated(value) if field in metadata.DATES else value,
            origin=f"column {column}",
        )
        for field in metadata.FIELDS
        for column in fields[field]
        for value in _values(row.get(column))
    ]
    return Article(text=text, told=told, media_type=media_type)


def part(found: Article, name: str, given: tuple[Told, ...] = ()) -> Part:
    """The article as a part, to be read by `read_article`."""
    return Part(name, msgspec.json.encode(found), ARTICLE, given)


def read_article(part: Part, limits: Limits) -> Iterator[Read]:
    """The document of an article; its text is taken out of HTML where it is such."""
    try:
        found = msgspec.json.decode(part.data, type=Article)
    except msgspec.MsgspecError as error:
        raise DocumentError(f"is not an article: {error}") from error
    is_html = is_markup(found.text)
    text = text_of(found.text) if is_html else LINE_ENDS.sub("\n", found.text).replace("\0", "")
    if not text.strip():
        raise DocumentError("is empty")
    yield metadata.read(part, text, found.media_type, found.told)


def _values(value: Any) -> list[str]:
    """The texts that a value is: a scalar, a list of them, objects with a name."""
    if isinstance(value, str):
        return [value.strip()] if value.strip() else []
    if isinstance(value, bool) or value is None:
        return []
    if isinstance(value, int | float):
        return [str(value)]
    if isinstance(value, dict):
        return next(
            (
                found
                for key in ("name", "title", "text", "#text", "value")
                if (found := _values(value.get(key)))
            ),
            [],
        )
    if isinstance(value, list):
        return [text for item in value for text in _values(item)]
    return []


def _dated(value: str) -> str:
    """A date that is only digits as people write it: `20220516T120000Z`, seconds since 1970."""
    if digits := _NUMBERED_DATE.match(value):
        return "-".join(digits.groups())
    if seconds := _EPOCH.match(value):
        return datetime.fromtimestamp(int(seconds[1]), UTC).date().isoformat()
    return value
