"""The language of `search` and `--text`: words, "phrases", prefix*, NEAR, OR, NOT or -, parentheses, fields.

`parse` gives a tree whose nodes know how to match words and how to print themselves;
`parse(str(query)) == query`. Terms side by side must all hold; OR binds weaker than that, NOT
stronger, NEAR strongest. A field (`dipcli.query.fields`) asks nothing of a text. Operators are in capitals only. `a NEAR b`: at most ten words stand
between, in either order; `a NEAR/3 b`: at most three.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import product
from typing import Any

import msgspec

from dipcli.errors import QuerySyntaxError
from dipcli.query.near import near
from dipcli.words import Words, fold, joined, words

Span = tuple[int, int]


class Phrase(msgspec.Struct, frozen=True):
    """Stems that follow each other; the last may be the beginning of one (`prefix`)."""

    stems: tuple[str, ...]
    prefix: bool = False

    def __str__(self) -> str:
        return f'"{" ".join(self.stems)}"{" *" * self.prefix}'

    def places(self, text: list[str]) -> list[int]:
        """Where it begins in a text of stems."""
        *before, last = self.stems
        size = len(before)
        return [
            at
            for at in range(len(text) - size)
            if (text[at + size].startswith(last) if self.prefix else text[at + size] == last)
            and text[at : at + size] == before
        ]

    def words_in(self, text: list[str]) -> int:
        """How many words of the text this single one, or the beginning of some, is."""
        (word,) = self.stems
        return sum(stem.startswith(word) for stem in set(text)) if self.prefix else word in text


class Term(msgspec.Struct, frozen=True, dict=True):
    """A word, several that follow each other, or the beginning of one (`prefix`)."""

    text: str
    quoted: bool = False
    prefix: bool = False

    def __str__(self) -> str:
        return f'"{self.text}"' if self.quoted else self.text + "*" * self.prefix

    @cached_property
    def _sought(self) -> Words:
        return words(self.text)

    @cached_property
    def _stems_of_beginning(self) -> list[str]:
        """Stems of words that begin so, and end in the beginning themselves: minister of `ministers*`,
        country of `countri*`."""
        beginning = self._sought.folded[-1]
        y = [beginning[: -len(end)] + "y" for end in ("i", "ie") if beginning.endswith(end)]
        return [
            stem for stem in dict.fromkeys([self._sought.stems[-1], *y]) if not stem.startswith(beginning)
        ]

    @cached_property
    def parts(self) -> list[Phrase]:
        """Any of these phrases is what is sought."""
        *before, last = self._sought.stems
        if not self.prefix:
            return [Phrase((*before, last))]
        exact = [Phrase((*before, stem)) for stem in self._stems_of_beginning]
        return [Phrase((*before, self._sought.folded[-1]), True), *exact]

    @cached_property
    def hint(self) -> str:
        """Folded letters that any text with this term has (see `might_match`)."""
        return max((stem[:-1] if stem.endswith("y") else stem for stem in self._sought.stems), key=len)

    def matches(self, text: Words) -> bool:
        return next(self.find(text), None) is not None

    def might_match(self, folded: str) -> bool:
        return self.hint in folded

    def find(self, text: Words) -> Iterator[Span]:
        """Where the term stands, as spans of what `text` was made from."""
        sought = self._sought.stems
        first, size, stems = sought[0], len(sought), text.stems
        if self.prefix:
            beginning, others = self._sought.folded[-1], self._stems_of_beginning
            for at in range(len(stems) - size + 1):
                last = at + size - 1
                stem = stems[last]
                if stems[at:last] == sought[:-1] and (stem.startswith(beginning) or stem in others):
                    yield text.spans[at][0], text.spans[last][1]
            return
        at = -1
        while True:
            try:
                at = stems.index(first, at + 1)
            except ValueError:
                return
            if size == 1 or stems[at : at + size] == sought:
                yield text.spans[at][0], text.spans[at + size - 1][1]


USUALLY_BETWEEN = 10


class Near(msgspec.Struct, frozen=True):
    """Terms that stand near one another, in any order: at most `between` words are between them."""

    parts: tuple[Term, ...]
    between: int = USUALLY_BETWEEN

    def __str__(self) -> str:
        operator = "NEAR" if self.between == USUALLY_BETWEEN else f"NEAR/{self.between}"
        return f" {operator} ".join(map(str, self.parts))

    @property
    def sets(self) -> list[tuple[Phrase, ...]]:
        """The phrases of any of these are to be near one another."""
        return list(product(*(term.parts for term in self.parts)))

    def matches(self, text: Words) -> bool:
        return any(
            near(
                [phrase.places(text.stems) for phrase in phrases],
                [len(phrase.stems) for phrase in phrases],
                self.between,
            )[0]
            for phrases in self.sets
        )

    def might_match(self, folded: str) -> bool:
        return all(term.might_match(folded) for term in self.parts)


class Not(msgspec.Struct, frozen=True):
    part: Query

    def __str__(self) -> str:
        return f"NOT {_grouped(self.part, (And, Or))}"

    def matches(self, text: Words) -> bool:
        return not self.part.matches(text)

    def might_match(self, folded: str) -> bool:
        return True


class And(msgspec.Struct, frozen=True):
    parts: tuple[Query, ...]

    def __str__(self) -> str:
        return " ".join(_grouped(part, (Or,)) for part in self.parts)

    def matches(self, text: Words) -> bool:
        return all(part.matches(text) for part in self.parts)

    def might_match(self, folded: str) -> bool:
        return all(part.might_match(folded) for part in self.parts)


class Or(msgspec.Struct, frozen=True):
    parts: tuple[Query, ...]

    def __str__(self) -> str:
        return " OR ".join(map(str, self.parts))

    def matches(self, text: Words) -> bool:
        return any(part.matches(text) for part in self.parts)

    def might_match(self, folded: str) -> bool:
        return any(part.might_match(folded) for part in self.parts)


Query = Term | Near | Not | And | Or
EVERYTHING: Query = And(())
"""What every text satisfies: a query of fields alone."""


def _grouped(part: Query, kinds: tuple[type, ...]) -> str:
    return f"({part})" if isinstance(part, kinds) else str(part)


def all_of(parts: list[Query]) -> Query:
    """All the parts at once; conjunctions among them are made one."""
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, And) else (part,))]
    flat = list(dict.fromkeys(flat))
    return flat[0] if len(flat) == 1 else And(tuple(flat))


def any_of(parts: list[Query]) -> Query:
    """Any of the parts; alternatives among them are made one."""
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, Or) else (part,))]
    flat = list(dict.fromkeys(flat))
    return flat[0] if len(flat) == 1 else Or(tuple(flat))


def positive_terms(query: Query) -> list[Term]:
    """The terms that are sought, those under NOT left out, each once."""
    match query:
        case Term():
            return [query]
        case Near(parts):
            return list(dict.fromkeys(parts))
        case Not():
            return []
        case And(parts) | Or(parts):
            return list(dict.fromkeys(term for part in parts for term in positive_terms(part)))


def might_match(query: Query, text: str) -> bool:
    """Whether `text` could satisfy the query, told from its letters alone: fast, never wrongly no."""
    return query.might_match(fold(text).replace(".", ""))


class Says(msgspec.Struct, frozen=True):
    """A term of a filter: the texts of a record satisfy a query."""

    query: Query
    needs: tuple[str, ...]
    texts: Callable[[Any], Iterable[str | None]]

    def __str__(self) -> str:
        return f"--text {self.query}"

    def matches(self, record: Any) -> bool:
        texts = [text for text in self.texts(record) if text]
        return might_match(self.query, " ".join(texts)) and self.query.matches(joined(texts))


class _Token(msgspec.Struct, frozen=True):
    kind: str
    text: str
    position: int


FIELD = "\ue000"
"""Stands for each character of a field; no document has it."""
_TOKENS = re.compile(
    r"""(?P<phrase>["“”„](?P<quoted>[^"“”„]*)(?P<closed>["“”„]?))"""
    r"""|(?P<open>\()|(?P<close>\))|(?P<minus>-(?=[\w"“”„(]))"""
    rf"""|(?P<field>{FIELD}+)|(?P<word>[^\s()"“”„]+)"""
)
_OPERATORS = ("AND", "OR", "NOT", "NEAR")
_NEAR = r"NEAR(?:/(\d{1,4}))?"
_DEEPEST = 50


def parse(query: str) -> Query:
    """The tree of a query.

    Raises QuerySyntaxError, with the position of the bad token, on an open quotation or parenthesis,
    an operator without its operands, a bad field, or a query without a word or field.
    """
    return _Parser(query).parse()


def _masked(query: str) -> str:
    """The query with `FIELD` for its fields. Raises QuerySyntaxError at a bad one."""
    if ":" not in query:
        return query
    from dipcli.query.fields import fields

    for field in fields(query):
        query = query[: field.position] + FIELD * field.length + query[field.position + field.length :]
    return query


class _Parser:
    def __init__(self, query: str) -> None:
        self.query = query
        self.tokens = list(self._lex())
        self.at = 0
        self.depth = 0

    def parse(self) -> Query:
        if not self.tokens:
            error = self._error("the query has no word to look for", 0, max(1, len(self.query)))
            error.hint = "such as: thaad type:consult date:2022"
            raise error
        found = self._alternatives()
        if self.at < len(self.tokens):
            raise self._error("this parenthesis closes nothing", self._here.position)
        return found

    def _lex(self) -> Iterator[_Token]:
        for match in _TOKENS.finditer(_masked(self.query)):
            kind, text = str(match.lastgroup), match[0]
            if match["phrase"] is not None:
                if not match["closed"]:
                    raise self._error("this quotation is not closed", match.start())
                if not words(match["quoted"]).folded:
                    raise self._error("there is no word in this phrase", match.start(), len(text))
                yield _Token("phrase", match["quoted"], match.start())
            elif kind == "word" and (text in _OPERATORS or text.startswith("NEAR/")):
                yield _Token(text.partition("/")[0], text, match.start())
            elif kind != "word" or words(text).folded:
                yield _Token(kind, text, match.start())

    @property
    def _here(self) -> _Token:
        if self.at < len(self.tokens):
            return self.tokens[self.at]
        return _Token("end", "", len(self.query))

    def _take(self, *kinds: str) -> _Token | None:
        here = self._here
        if here.kind not in kinds:
            return None
        self.at += 1
        return here

    def _alternatives(self) -> Query:
        parts = [self._conjunction()]
        while self._take("OR"):
            parts.append(self._conjunction())
        return any_of(parts)

    def _conjunction(self) -> Query:
        parts = [self._negation()]
        while self._here.kind not in ("OR", "close", "end"):
            self._take("AND")
            parts.append(self._negation())
        return all_of(parts)

    def _negation(self) -> Query:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise self._error("the query is nested too deeply", self._here.position)
        found = Not(self._negation()) if self._take("NOT", "minus") else self._nearness()
        self.depth -= 1
        return found

    def _nearness(self) -> Query:
        parts, between = [self._atom()], None
        while token := self._take("NEAR"):
            number = re.fullmatch(_NEAR, token.text)
            if number is None:
                raise self._error("NEAR takes a number of words: NEAR/5", token.position, len(token.text))
            most = int(number[1] or USUALLY_BETWEEN)
            if between not in (None, most):
                raise self._error("one distance for all that are near", token.position, len(token.text))
            between = most
            parts.append(self._atom())
            if not all(isinstance(part, Term) for part in parts):
                raise self._error("NEAR stands between words and phrases", token.position, len(token.text))
        if between is None:
            return parts[0]
        return Near(tuple(part for part in parts if isinstance(part, Term)), between)

    def _atom(self) -> Query:
        if token := self._take("word"):
            bare = token.text.rstrip("*")
            return Term(bare, prefix=bare != token.text)
        if token := self._take("phrase"):
            return Term(token.text, quoted=True)
        if self._take("field"):
            return EVERYTHING
        if token := self._take("open"):
            found = self._alternatives()
            if not self._take("close"):
                raise self._error("this parenthesis is not closed", token.position)
            return found
        here = self._here
        if here.kind == "end":
            last = self.tokens[-1]
            raise self._error(f"nothing follows {last.text}", last.position, len(last.text))
        raise self._error(f"there is no word before {here.text}", here.position, len(here.text))

    def _error(self, message: str, position: int, length: int = 1) -> QuerySyntaxError:
        return QuerySyntaxError(message, query=self.query, position=position, length=length)
