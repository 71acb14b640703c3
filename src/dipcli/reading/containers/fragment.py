"""A piece of HTML that stands in a table or a feed, as text. (Whole pages are `dipcli.reading`'s own.)"""

from __future__ import annotations

import re
from html.parser import HTMLParser

_TAG = re.compile(
    r"</(?:p|div|span|a|h[1-6]|ul|ol|li|em|strong|b|i|blockquote|table|td|article|section|figure)\s*>"
    r"|<(?:p|br|hr|div)\b[^<>]*>",
    re.IGNORECASE,
)
_BLOCKS = frozenset(
    """address article aside blockquote br dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr
    li main nav ol p pre section table tbody td tfoot th thead tr ul""".split()
)
_PARAGRAPHS = frozenset("p blockquote div section article h1 h2 h3 h4 h5 h6 ul ol table pre".split())
_HIDDEN = frozenset("script style template noscript iframe object svg head title".split())


def is_markup(text: str) -> bool:
    return bool(_TAG.search(text))


def text_of(markup: str) -> str:
    """The text, a blank line between paragraphs, no markup."""
    parser = _Text()
    parser.feed(markup)
    parser.close()
    lines = [" ".join(line.split()) for line in "".join(parser.pieces).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in _HIDDEN
        self._part(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        self._part(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._part(tag)

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.pieces.append(data.replace("\0", "").replace("\r", "").replace("\n", " "))

    def _part(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.pieces.append("\n\n" if tag in _PARAGRAPHS else "\n")
