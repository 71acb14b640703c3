"""RSS and Atom: each entry of a feed an article. The one door to feedparser."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from email.utils import parseaddr, parsedate_tz
from typing import Any

from dipcli.errors import DocumentError
from dipcli.reading import metadata
from dipcli.reading.base import Part
from dipcli.reading.containers import columns
from dipcli.reading.containers.columns import Article
from dipcli.reading.containers.fragment import text_of
from dipcli.reading.containers.kinds import Entry, Means, Numbers, Remark
from dipcli.reading.containers.stream import whole
from dipcli.records import Told

MEDIA_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml")
_FEED = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?[^>]*>\s*|<!--.{0,4000}?-->\s*|<!DOCTYPE[^>\[]*>\s*)*"
    rb"<(?:rss\b|(?:\w+:)?feed\b[^>]*w3\.org/2005/Atom|rdf:RDF\b[^>]*purl\.org/rss)",
    re.DOTALL,
)
_SCHEME = re.compile(r"\A\w+:/*(?:www\.)?")


def is_feed(head: bytes) -> bool:
    return bool(_FEED.match(head.replace(b"\0", b"")))


def read_feed(entry: Entry, means: Means) -> Iterator[Part | Remark]:
    """An entry is called by its link, which stays the same when others come before it."""
    found = _parsed(whole(entry.file, means.limits))
    bozo = found.get("bozo_exception") if found.get("bozo") else None
    if not found.entries:
        raise DocumentError(f"is a feed without entries: {bozo}" if bozo else "is a feed without entries")
    if bozo:
        yield Remark("", f"is a feed with errors: {bozo}")
    empty = Numbers("entry")
    for number, item in enumerate(found.entries, start=1):
        if text := _text(item):
            name = _SCHEME.sub("", _string(item, "link") or _string(item, "id")) or str(number)
            article = Article(text=text, told=list(_told(item, found.feed)), media_type=MEDIA_TYPES[0])
            yield columns.part(article, name, entry.given)
        else:
            empty.add(number)
    if empty:
        yield Remark("", f"has no text in {empty}")


def _parsed(data: bytes) -> Any:
    import feedparser

    try:
        return feedparser.parse(io.BytesIO(data), sanitize_html=True, resolve_relative_uris=False)
    except (AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        raise DocumentError(f"is a damaged feed: {error}") from error


def _string(item: Any, key: str) -> str:
    """A value of an entry as text; where a feed has errors, it may be anything."""
    value = dict.get(item, key) if key == "updated" else item.get(key)  # else `published` stands for it
    return value.strip() if isinstance(value, str) else ""


def _text(item: Any) -> str:
    """The whole content where there is one, else the summary."""
    contents = [_string(content, "value") for content in item.get("content") or []]
    return max([*contents, _string(item, "summary")], key=len)


def _told(item: Any, feed: Any) -> Iterator[Told]:
    source = _string(item.get("source") or {}, "title") or _string(feed, "title")
    yield from metadata.told("feed: title", title=text_of(_string(item, "title")))
    yield from metadata.told("feed: author", authors=_authors(item))
    yield from metadata.told("feed: channel", publisher=text_of(source))
    yield from metadata.told("feed: published", published=_day(_string(item, "published")))
    yield from metadata.told("feed: updated", updated=_day(_string(item, "updated")))
    yield from metadata.told("feed: language", language=_string(feed, "language"))
    yield from metadata.told("feed: link", address=_string(item, "link"))


def _authors(item: Any) -> list[str]:
    """Names; of RSS's `ADDRESS (NAME)` the name."""
    raw = _string(item, "author")
    if "(" in raw:
        return [parseaddr(raw)[0] or raw]
    return [name for author in item.get("authors") or [] if (name := _string(author, "name"))]


def _day(value: str) -> str:
    """A date of mail's kind (`Mon, 3 Jun 2019 10:00:00 GMT`) as ISO; any other as it stands."""
    parsed = parsedate_tz(value)
    return f"{parsed[0]:04}-{parsed[1]:02}-{parsed[2]:02}" if parsed else value
