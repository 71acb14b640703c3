"""From filters to terms: values checked, names resolved, dates read, once per query.

Filters that a kind of record does not have itself (an actor has no date, a document no type) are
asked of events first; what stands in the events found is what matches.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from dipcli import dates
from dipcli.errors import AmbiguousName, CacheStale, DateOptionError, NotFound, UnknownValue, UsageError
from dipcli.query import terms
from dipcli.query.filters import FILTER, Filters, check_applies, closed, suggestion
from dipcli.query.scan import Conditions, Found, matching
from dipcli.query.stored import Snapshot, cache_of, view_reader
from dipcli.query.terms import Term
from dipcli.views import BOTH, Interval, event_intervals, event_texts, participants

if TYPE_CHECKING:
    from dipcli.query.actors import ActorView, Directory, Resolved

Span = tuple[str | None, str | None]

ONE_OF = {
    "events": ("type", "status", "medium", "precision", "mode", "certainty"),
    "actors": ("kind",),
    "relations": ("relation",),
    "documents": (),
}
"""Filters whose value is one of a closed list, and the field of the same name must have it."""
OWN = {
    "actors": ("actor", "country", "kind", "role", "participant", "relation", "document", "text", "tag"),
    "documents": (
        "actor",
        "country",
        "role",
        "document",
        "text",
        "since",
        "until",
        "on",
        "undated",
        "language",
        "copies",
        "originals",
        "tag",
    ),
}
"""Filters that these kinds answer themselves; events answer the rest."""
SPAN = ("since", "until", "on")


class Compiler:
    """Makes the terms of one query on one snapshot.

    Raises UsageError and its kinds for values that cannot be meant, AmbiguousName and NotFound for
    names.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        filters: Filters,
        *,
        substitute: bool,
        now: date | None,
        whole: Compiler | None = None,
    ) -> None:
        """`whole`: that of all the filters, whose directory this one uses too."""
        self.snapshot = snapshot
        self.filters = filters
        self.substitute = substitute
        self.now = now
        self.whole = whole
        self.conditions = Conditions(undated=filters.undated)

    @cached_property
    def directory(self) -> Directory:
        if self.whole is not None:
            return self.whole.directory
        from dipcli.query.actors import directory  # here: most queries name nobody

        return directory(self.snapshot)

    def compile(self, kind: str) -> Conditions:
        """The terms of the filters for a kind of record."""
        if kind not in ONE_OF:
            raise UnknownValue(f"unknown kind of record '{kind}'", hint=suggestion(kind, ONE_OF))
        check_applies(kind, self.filters)
        for name in ONE_OF[kind]:
            if values := getattr(self.filters, name):
                allowed = closed(name, values)
                self._add(terms.OneOf(FILTER[name].option, name, allowed), fields={name: allowed})
        if self.filters.tag:
            self._add(terms.AnyOf("--tag", "tags", frozenset(self.filters.tag)))
        getattr(self, f"_{kind}")()
        return self.conditions

    # events

    def _events(self) -> None:
        asked = self.filters
        for name, sides in {
            "actor": BOTH,
            "initiator": ("actors",),
            "recipient": ("recipients",),
        }.items():
            for actor in self._resolved(getattr(asked, name)):
                label = f"{FILTER[name].option} {actor.name}"
                asked_for = (actor.id, _SIDES[sides])
                self._add(terms.TakesPart(label, _has_id(actor.id), sides), actors=[asked_for])
        for country in self._countries():
            self._add(terms.TakesPart(f"--country {country}", _from(country)), countries=[country])
        if asked.kind:
            kinds = closed("kind", asked.kind)
            self._add(terms.TakesPart(f"--kind {' or '.join(sorted(kinds))}", self._of_kind(kinds)))
        for role in asked.role:
            self._add(terms.Participant(f"--role {role}", (), role, self.directory.holders(role)))
        for text in asked.participant:
            tests, title = self._participant(text)
            holders = self.directory.holders(title) if title else {}
            self._add(terms.Participant(f"--participant {text}", tests, title, holders))
        if asked.place:
            self._add(terms.Either(tuple(map(_in_place, asked.place))))
        if asked.quad:
            quads = frozenset(int(quad) for quad in closed("quad", asked.quad))
            self._add(terms.OneOf("--quad", "quad", quads), fields={"quad": quads})
        if asked.context:
            self._add(terms.AnyOf("--context", "contexts", closed("context", asked.context)))
        if asked.asserted_by:
            sayers = self._resolved(asked.asserted_by)
            label = f"--asserted-by {' or '.join(sayer.name for sayer in sayers)}"
            self._add(terms.Sharing(label, "asserted_by", frozenset(sayer.id for sayer in sayers)))
        if asked.min_sources is not None:
            self._add(terms.AtLeast("--min-sources", "sources", _count(asked.min_sources)))
        if asked.min_confidence is not None:
            self._add(terms.AtLeast("--min-confidence", "confidence", _fraction(asked.min_confidence)))
        if asked.reviewed and asked.unreviewed:
            raise UsageError(
                "--reviewed and --unreviewed cannot both be meant", hint="without either, both are listed"
            )
        if asked.reviewed or asked.unreviewed:
            option = "--reviewed" if asked.reviewed else "--unreviewed"
            self._add(terms.OneOf(option, "reviewed", frozenset({asked.reviewed})))
        if asked.document:
            documents = self.documents_named()
            label = f"--document {' or '.join(asked.document)}"
            self._add(terms.ToldIn(label, documents), documents=documents)
        self._says(("actors", "recipients", "place", "summary", "evidence"), event_texts)
        self._during(("start", "end", "doubts"), event_intervals)

    def _participant(self, text: str) -> tuple[tuple[Callable[[Any], bool], ...], str | None]:
        """Tests on one participant, and its role, from `role=ambassador,country=CHN`."""
        tests: list[Callable[[Any], bool]] = []
        role: str | None = None
        for key, value in _pairs(text):
            match key:
                case "role":
                    role = value
                case "country":
                    tests.append(_from(_country(value)))
                case "kind":
                    tests.append(self._of_kind(closed("kind", [value])))
                case "name":
                    tests.append(_has_id(self._resolved([value])[0].id))
                case _:
                    raise UnknownValue(
                        f"--participant has no '{key}'",
                        hint=suggestion(key, ("role", "country", "kind", "name")),
                    )
        return tuple(tests), role

    def _of_kind(self, kinds: frozenset[str]) -> Callable[[Any], bool]:
        known = self.directory.kinds
        return lambda someone: known.get(someone.id) in kinds

    # actors

    def _actors(self) -> None:
        asked, span = self.filters, self.span()
        self._of_events("actors", (*SPAN, "undated") if asked.role else ())
        if asked.actor:
            named = self._resolved(asked.actor)
            label = f"--actor {' or '.join(actor.name for actor in named)}"
            self._among(label, {actor.id for actor in named})
        if asked.country:
            lands = frozenset(self._countries())
            self._add(terms.OneOf("--country", "country", lands), fields={"country": lands})
        for role in asked.role:
            self._add(terms.HasTitle(role, "roles", _role_titles), titles=[role])
        if asked.role and span != (None, None):
            holders = tuple(self.directory.holders(role) for role in asked.role)
            self.conditions.when = terms.HeldDuring(" and ".join(asked.role), *span, holders)
        for text in asked.participant:
            tests, title = self._participant(text)
            if title:
                self._add(terms.HasTitle(title, "roles", _role_titles), titles=[title])
            self._among(f"--participant {text}", self.directory.ids(*tests))
        if asked.relation:
            related = matching(
                self.snapshot, "relations", self.part(("relation",)).compile("relations"), _ENDS
            )
            ends = frozenset(end for one in related for end in (one.view.subject, one.view.object))
            self._among(f"--relation {' or '.join(asked.relation)}", ends)
        if asked.document:
            label = f"--document {' or '.join(asked.document)}"
            self._add(terms.Sharing(label, "documents", self.documents_named()))
        self._says(("name", "aliases", "roles", "evidence"), _actor_texts)

    # relations

    def _relations(self) -> None:
        asked = self.filters
        for name, ends in {"actor": _ENDS, "initiator": _ENDS[:1], "recipient": _ENDS[1:]}.items():
            for actor in self._resolved(getattr(asked, name)):
                self._add(terms.AnyField(FILTER[name].option, actor.name, ends, frozenset([actor.id])))
        for country in self._countries():
            self._add(terms.AnyField("--country", country, _ENDS, self.directory.ids(_from(country))))
        if asked.kind:
            kinds = closed("kind", asked.kind)
            ids = self.directory.ids(self._of_kind(kinds))
            self._add(terms.AnyField("--kind", " or ".join(sorted(kinds)), _ENDS, ids))
        if asked.type:
            self._add(terms.AnyOf("--type", "by_type", closed("type", asked.type)))
        for role in asked.role:
            self._add(terms.HasTitle(role, "label", _labels))
        if asked.document:
            label = f"--document {' or '.join(asked.document)}"
            told = frozenset(found.view.id for found in self._found_events(("document",), ("id",)))
            documents = self.documents_named()
            self._add(terms.Either((terms.ToldIn(label, documents), terms.Sharing(label, "events", told))))
        self._says(("label", "relation", "subject", "object", "evidence"), _relation_texts)
        self._during(("since", "until", "first_seen", "last_seen"), terms.relation_intervals)

    # documents

    def _documents(self) -> None:
        asked = self.filters
        self._of_events("documents", ())
        if asked.document:
            self._among(f"--document {' or '.join(asked.document)}", self.documents_named())
        for actor in self._resolved(asked.actor):
            self._naming(f"--actor {actor.name}", self.directory.having(ident=actor.id))
        for country in self._countries():
            self._naming(f"--country {country}", self.directory.having(country=country))
        for role in asked.role:
            self._naming(f"--role {role}", self.directory.having(title=role))
        if asked.language:
            codes = frozenset(code.strip().lower() for code in asked.language)
            self._add(terms.OneOf("--language", "language", codes))
        if asked.copies and asked.originals:
            raise UsageError(
                "--copies and --originals cannot both be meant", hint="without either, both are listed"
            )
        if asked.copies or asked.originals:
            self._add(terms.IsCopy(asked.copies))
        self._says(("title", "text"), lambda document: (document.title, document.text))
        self._during(("published",), terms.document_intervals)

    def _naming(self, label: str, actors: Iterable[ActorView]) -> None:
        self._among(label, {ident for actor in actors for ident in actor.documents})

    # what several kinds share

    def _of_events(self, kind: str, answered: tuple[str, ...]) -> None:
        """Ask events first for the filters that the kind does not answer itself."""
        names = [name for name in self.filters.given() if name not in (*OWN[kind], *answered)]
        if not names or names == ["undated"]:
            return
        if kind == "actors":
            found = self._found_events(names, BOTH)
            ids = {someone.id for event in found for someone in participants(event.view)}
        else:
            found = self._found_events(names, ("evidence",))
            ids = {evidence.document for event in found for evidence in event.view.evidence}
        self._among(" ".join(FILTER[name].option for name in names), ids)

    def _found_events(self, names: Iterable[str], needs: tuple[str, ...]) -> list[Found]:
        """The events for which the named filters hold."""
        compiler = self.part(names)
        compiled = compiler.compile("events")
        self.conditions.notes.extend(compiled.notes)
        found = list(matching(self.snapshot, "events", compiled, needs))
        if compiled.when:
            undated = sum(one.verdict is terms.Verdict.UNDATED for one in found)
            self.conditions.undated_events = undated
        return [one for one in found if one.verdict is not terms.Verdict.UNDATED]

    def part(self, names: Iterable[str]) -> Compiler:
        """A compiler of the named filters alone, on what this one has read already."""
        part = self.filters.only(names)
        return Compiler(self.snapshot, part, substitute=self.substitute, now=self.now, whole=self)

    def _add(self, term: Term, whole: bool = True, **asked: Any) -> None:
        """Adds a condition; `asked` is what a cache can be asked for it, `whole` whether that is all."""
        self.conditions.terms.append(term)
        lookup = self.conditions.lookup
        for name, value in asked.items():
            before = getattr(lookup, name)
            if before:
                value = before | value if isinstance(value, dict) else before + value
            setattr(lookup, name, value)
        lookup.whole = lookup.whole and whole and bool(asked)

    def _among(self, label: str, ids: Iterable[str]) -> None:
        """Adds the condition to be one of these."""
        lookup, among = self.conditions.lookup, frozenset(ids)
        self._add(terms.Among(label, among))
        lookup.idents = among if lookup.idents is None else lookup.idents & among

    def _resolved(self, names: Iterable[str]) -> list[Resolved]:
        found = [self.directory.resolve(name, substitute=self.substitute) for name in names]
        self.conditions.notes.extend(actor.note for actor in found if actor.note)
        return found

    def bodies_named(self, name: str) -> list[ActorView]:
        """The organisations that a name or alias is."""
        return self.directory.bodies_named(name)

    def _countries(self) -> list[str]:
        return [_country(text) for text in self.filters.country]

    def _says(self, needs: tuple[str, ...], texts: Callable[[Any], Iterable[str | None]]) -> None:
        if self.filters.text is not None:
            from dipcli.query.acronyms import expanded
            from dipcli.query.expression import expression, expressions
            from dipcli.query.text import EVERYTHING, Says, parse

            tree = expanded(parse(self.filters.text), self.bodies_named)
            if tree == EVERYTHING:  # a query of fields, which are filters of their own
                return
            match, whole = expression(tree)
            asked = {"match": str(match), "matches": expressions(tree)} if match else {}
            self._add(Says(tree, needs, texts), whole, **asked)

    def _during(self, needs: tuple[str, ...], intervals: Callable[[Any], list[Interval]]) -> None:
        since, until = self.span()
        if since or until:
            self.conditions.when = terms.During(since, until, needs, intervals)
            self.conditions.lookup.since, self.conditions.lookup.until = since, until

    def span(self) -> Span:
        """First and last day of the date filters, ISO; None where open."""
        asked = self.filters
        if asked.on is not None and (asked.since is not None or asked.until is not None):
            raise UsageError(
                "--on goes with neither --since nor --until", hint="a span is --since and --until"
            )
        first, last = (asked.on, asked.on) if asked.on is not None else (asked.since, asked.until)
        since = self._date(first).start.isoformat() if first is not None else None
        until = self._date(last).end.isoformat() if last is not None else None
        if since and until and since > until:
            raise DateOptionError(
                f"the span ends before it starts: {since} to {until}", hint="exchange --since and --until"
            )
        return since, until

    def _date(self, text: str) -> dates.Interval:
        return dates.option(text, self.now or dates.now())

    def documents_named(self) -> frozenset[str]:
        """Ids of the documents that --document names."""
        return frozenset(find_document(name, self.snapshot) for name in self.filters.document)


_ENDS = ("subject", "object")
_SIDES = {BOTH: 3, ("actors",): 1, ("recipients",): 2}


def find_document(name: str, snapshot: Snapshot) -> str:
    """Id of the document meant by its id, the beginning of it, its path, file name or title.

    Raises AmbiguousName and NotFound.
    """
    sought = name.strip()
    for found in _documents_named(sought, snapshot):
        if len(found) > 1:
            raise AmbiguousName(
                f"'{name}' fits several documents",
                candidates=[f"{ident}  {path}" for ident, path in found[:10]],
                hint="give the id",
            )
        if found:
            return found[0][0]
    raise NotFound(f"no document '{name}'", hint="`dipcli documents` lists them")


def _documents_named(sought: str, snapshot: Snapshot) -> Iterator[list[tuple[str, str]]]:
    """Id and first path of the documents of a name, by one rule of naming after the other."""
    if not sought:
        return
    cache = cache_of(snapshot)
    if cache is not None:
        with suppress(CacheStale):
            yield from list(cache.named(sought))
            return
    documents = list(map(view_reader("documents", "id", "paths", "title"), snapshot.raw("documents")))
    tests: tuple[Callable[[Any], bool], ...] = (
        lambda document: sought == document.id or sought in document.paths,
        lambda document: any(path.rpartition("/")[2] == sought for path in document.paths),
        lambda document: (document.title or "").casefold() == sought.casefold(),
        lambda document: document.id.startswith((sought, f"doc-{sought}")),
        lambda document: any(path.rpartition("/")[2].rpartition(".")[0] == sought for path in document.paths),
    )
    for test in tests:
        yield [(document.id, document.paths[0]) for document in documents if test(document)]


def _has_id(ident: str) -> Callable[[Any], bool]:
    return lambda someone: bool(someone.id == ident)


def _country(text: str) -> str:
    """Its code. Raises UnknownValue, AmbiguousName."""
    from dipcli.query.actors import resolve_country

    return resolve_country(text).alpha3


def _from(country: str) -> Callable[[Any], bool]:
    return lambda someone: bool(someone.country == country)


def _in_place(name: str) -> Term:
    from dipcli.lexicon import countries

    country = countries.by_name(name)
    return terms.InPlace(name, country.alpha3 if country else None)


def _fraction(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise UsageError(f"--min-confidence {text} is not a number from 0 to 1")
    return value


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise UsageError(f"--min-sources {text} is not a whole number")
    return int(text)


def _pairs(text: str) -> list[tuple[str, str]]:
    """`role=minister of trade, industry,country=CHN` as pairs; a comma without a key belongs to the value."""
    pairs: list[tuple[str, str]] = []
    for piece in text.split(","):
        key, equals, value = piece.partition("=")
        if equals:
            pairs.append((key.strip().lower(), value.strip()))
        elif pairs:
            pairs[-1] = (pairs[-1][0], f"{pairs[-1][1]},{piece}")
        else:
            break
    if not pairs or not all(value for _, value in pairs):
        raise UsageError(
            f"--participant '{text}' is not KEY=VALUE", hint="such as role=ambassador,country=CHN"
        )
    return pairs


def _role_titles(actor: Any) -> list[str | None]:
    return [role.title for role in actor.roles]


def _labels(relation: Any) -> list[str | None]:
    return [relation.label]


def _quotes(record: Any) -> list[str | None]:
    return [evidence.text for evidence in record.evidence]


def _actor_texts(actor: Any) -> Iterable[str | None]:
    return (actor.name, *actor.aliases, *_role_titles(actor), *_quotes(actor))


def _relation_texts(relation: Any) -> Iterable[str | None]:
    return (relation.label, relation.relation, relation.subject, relation.object, *_quotes(relation))
