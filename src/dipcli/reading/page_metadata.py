"""What a page says of itself: JSON-LD, OpenGraph and other meta tags, `<time>`, its head."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from dipcli.reading.metadata import told
from dipcli.records import Field, Told

META: dict[Field, str] = {
    "title": "og:title citation_title dc.title dcterms.title twitter:title headline",
    "authors": "citation_author author article:author dc.creator parsely-author byl",
    "publisher": "og:site_name citation_publisher dc.publisher publisher application-name",
    "published": "article:published_time citation_publication_date citation_date dc.date.issued dcterms.issued"
    " dcterms.created dc.date dcterms.date parsely-pub-date sailthru.date publish-date publication_date pubdate"
    " date datepublished",
    "updated": "article:modified_time og:updated_time dcterms.modified last-modified datemodified",
    "language": "og:locale content-language dc.language language",
    "address": "og:url citation_public_url dc.identifier",
}
"""Names of meta tags (`name`, `property`, `itemprop` or `http-equiv`) for each field, best first."""
LINKED: dict[Field, str] = {
    "title": "headline",
    "authors": "author",
    "publisher": "publisher",
    "published": "datePublished",
    "updated": "dateModified",
    "language": "inLanguage",
    "address": "url",
}
"""Keys of JSON-LD."""
ARTICLES = re.compile(
    r"(?:\w*Article|BlogPosting|Report|WebPage|Event|SocialMediaPosting|DiscussionForumPosting)$"
)
_SAVED = re.compile(r"<!-- saved from url=\(\d+\)(\S+) -->")
_SINCE = re.compile(r"\s*(?:[|·»—–-]|::)\s*")
_BY = re.compile(r"(?i)(?:written )?by:?\s+")
_MOST_SCRIPTS = 50


def said(tree: Any, markup: str) -> tuple[Told, ...]:
    """What a page says of itself, best teller first."""
    found: list[Told] = []
    for article in _linked_data(tree):
        values = {field: list(_names(article.get(key))) for field, key in LINKED.items()}
        for field, some in values.items():
            found += told(f"JSON-LD: {LINKED[field]}", **{field: some})
    found += _meta(tree)
    found += _seen(tree, {one.value.casefold() for one in found if one.field == "publisher"})
    if saved := _SAVED.search(markup, 0, 4_000):
        found += told("saved from", address=saved[1])
    return tuple(found)


def _linked_data(tree: Any) -> Iterator[dict[str, Any]]:
    """The JSON-LD objects that describe the page."""
    for script in tree.xpath("//script[@type='application/ld+json']")[:_MOST_SCRIPTS]:
        try:
            stack = [msgspec.json.decode((script.text or "").strip())]
        except (msgspec.MsgspecError, UnicodeError, RecursionError):
            continue
        while stack:
            one = stack.pop()
            if isinstance(one, list):
                stack += reversed(one)
            elif isinstance(one, dict):
                kinds = one.get("@type")
                if any(ARTICLES.match(str(kind)) for kind in (kinds if isinstance(kinds, list) else [kinds])):
                    yield one
                stack += [one[key] for key in ("@graph", "mainEntity") if key in one]


def _names(value: Any) -> Iterator[str]:
    """The words of a JSON-LD value: text, or the name of a person or organisation, or several."""
    for one in value if isinstance(value, list) else [value]:
        name = one.get("name") if isinstance(one, dict) else one
        if isinstance(name, str):
            yield name


def _meta(tree: Any) -> list[Told]:
    contents: dict[str, list[str]] = {}
    for tag in tree.iter("meta"):
        if content := (tag.get("content") or "").strip():
            for key in ("property", "name", "itemprop", "http-equiv"):
                if name := (tag.get(key) or "").strip().lower():
                    contents.setdefault(name, []).append(content)
    return [
        one
        for field, names in META.items()
        for name in names.split()
        for one in told(name if ":" in name else f"meta {name}", **{field: contents.get(name)})
    ]


def _seen(tree: Any, sites: set[str]) -> list[Told]:
    """What is not in meta tags: links, `<time>`, headings, microdata, the language of the page; `sites` is
    what the site may be called."""
    found: list[Told] = []
    found += told("link canonical", address=_first(tree, "//link[@rel='canonical']/@href"))
    found += told("itemprop datePublished", published=_first(tree, *_item("datePublished")))
    found += told("itemprop dateModified", updated=_first(tree, *_item("dateModified")))
    found += told("time pubdate", published=_first(tree, "//time[@pubdate]/@datetime"))
    found += told("time", published=_first(tree, *_TIMES))
    found += told("rel author", authors=_text(tree, "//a[@rel='author']"))
    byline = _text(tree, "//*[contains(concat(' ', @class, ' '), ' byline ')]")
    found += told("byline", authors=_BY.sub("", byline, count=1) if byline and len(byline) < 80 else None)
    heading, title = _text(tree, "//h1"), _text(tree, "//head/title")
    if heading and title and heading.casefold() in title.casefold():
        found += told("h1", title=heading)
    found += told("title", title=_without_site(title, sites))
    found += told("html lang", language=_first(tree, "/html/@lang", "/html/@xml:lang"))
    return found


_TIMES = (
    "//article//time[@datetime]/@datetime",
    "//header//time[@datetime]/@datetime",
    "//main//time[@datetime]/@datetime",
)


def _item(name: str) -> tuple[str, str]:
    return f"//*[@itemprop='{name}']/@datetime", f"//*[@itemprop='{name}']/@content"


def _without_site(title: str | None, sites: set[str]) -> str | None:
    """The title of the browser's window without the name of the site."""
    if title is None:
        return None
    parts = _SINCE.split(title)
    return title[: title.rfind(parts[-1])].rstrip(" |·»—–-:") if parts[-1].casefold() in sites else title


def _first(tree: Any, *paths: str) -> str | None:
    return next((str(value) for path in paths for value in tree.xpath(path)[:1]), None)


def _text(tree: Any, path: str) -> str | None:
    elements = tree.xpath(path)[:1]
    return " ".join(elements[0].text_content().split()) or None if elements else None
