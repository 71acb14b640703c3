"""Who held which office, and when the documents see it held."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from dipcli.mentions import EventMention, Mentions, Span, TitleMention
from dipcli.records import Evidence, Role
from dipcli.resolution.cast import Cast, Figure
from dipcli.resolution.corpus import Corpus, Place
from dipcli.resolution.local import Post, office_key

SAME_DOCUMENT_DAYS = 3 * 366
OTHER_DOCUMENT_DAYS = 366
"""How far from the days it is seen held an office may be thought to be held still, where no document
names another holder: in the document that names the holder, and in others."""


@dataclass
class Tenure:
    """One person in one office: everything that documents say of it."""

    person: str
    office: str
    """What spellings of its title have in common (`office_key`)."""
    of: str | None
    forms: Counter[str] = field(default_factory=Counter)
    since: str | None = None
    until: str | None = None
    seen: list[str] = field(default_factory=list)
    """The first and the last day on which it is seen held, if any."""
    documents: set[str] = field(default_factory=set)
    """Where it is told as held, not as held once or soon."""
    tenses: set[str] = field(default_factory=set)
    marks: set[int] = field(default_factory=set)
    """The sentences that tell it (`Corpus.mark`)."""
    born: tuple[str, int, str] = ("", 0, "")
    """Where it is told first."""

    @property
    def key(self) -> TenureKey:
        return self.person, self.office, self.of

    @property
    def title(self) -> str:
        """The form told most; "former" or "incoming" before it where no document tells it as held."""
        told = min(self.forms, key=lambda form: (-self.forms[form], not form[:1].isupper(), form))
        if self.documents or self.since or self.until or len(self.tenses) != 1:
            return told
        return f"{min(self.tenses)} {told}"

    def places(self, corpus: Corpus) -> list[Place]:
        return sorted(map(corpus.marked, self.marks))

    def quotes(self, corpus: Corpus) -> list[Evidence]:
        return [corpus.quoted(place) for place in self.places(corpus)]

    def role(self, corpus: Corpus) -> Role:
        return Role(
            title=self.title,
            of=self.of,
            since=self.since,
            until=self.until,
            first_seen=min(self.seen, default=None),
            last_seen=max(self.seen, default=None),
            evidence=self.quotes(corpus),
        )

    def distance(self, day: str) -> int | None:
        """Days from `day` to the nearest day of the tenure, 0 within it; None where no day is known."""
        first, last = self.since or min(self.seen, default=None), self.until or max(self.seen, default=None)
        if first is None and last is None:
            return None
        first, last = first or last, last or first
        assert first and last
        if day < first:
            return (date.fromisoformat(first) - date.fromisoformat(day)).days
        return max(0, (date.fromisoformat(day) - date.fromisoformat(last)).days)


HELD = ("current", "outgoing")
"""The tenses of a title that is held."""
TenureKey = tuple[str, str, str | None]
"""The person, the office (`office_key`), and whose office it is."""


def in_order(tenure: Tenure) -> tuple[str, str, tuple[str, int, str], str]:
    """How a person's roles are listed."""
    return tenure.person, tenure.office, tenure.born, tenure.of or ""


def by_birth(tenure: Tenure) -> tuple[tuple[str, int, str], str, str, str]:
    """How the holders of an office are listed."""
    return tenure.born, *tenure.key[:2], tenure.of or ""


class Offices:
    """Every tenure, by person and by office."""

    def __init__(self, corpus: Corpus, cast: Cast) -> None:
        self._cast = cast
        self.tenures: dict[TenureKey, Tenure] = {}
        self.titles: Mapping[str, list[Tenure]] = defaultdict(list)
        """Those of each person, in the order of their keys."""
        self._holders: Mapping[tuple[str, str], list[Tenure]] = defaultdict(list)
        for found in corpus.mentions:
            self.read(found, corpus)
        for tenure in sorted(self.tenures.values(), key=in_order):
            self.titles[tenure.person].append(tenure)
        for tenure in sorted(self.tenures.values(), key=by_birth):
            for office in self.offices(tenure):
                self._holders[office].append(tenure)

    def read(self, found: Mentions, corpus: Corpus) -> None:
        """Takes in what a document tells of who holds what."""
        dates = sentence_dates(found)
        printed = corpus.printed(found.document)
        for key, title in self.told(found):
            self._add(key, found.document, title, dates.get(title.sentence, printed), corpus)

    def told(self, found: Mentions) -> Iterator[tuple[TenureKey, TitleMention]]:
        """The titles of persons in a document, each with the tenure that it is of."""
        for actor in found.actors:
            person = self._cast.ids.get((found.document, actor.key))
            if actor.kind != "person" or person is None:
                continue
            country = self._cast.figures[person].country
            for title in sorted(actor.titles, key=lambda t: (t.char_start, t.title)):
                of = self._cast.ids.get((found.document, title.of)) if title.of else None
                if of is None and country and country.lower() in self._cast.figures:
                    of = country.lower()
                yield (person, office_key(title.title, country), of), title

    def offices(self, tenure: Tenure) -> set[tuple[str, str]]:
        """The offices, each with its country, of which a tenure makes a holder."""
        return holding(tenure, self._cast.figures)

    def _add(
        self, key: TenureKey, document: str, title: TitleMention, days: Sequence[str], corpus: Corpus
    ) -> None:
        tenure = self.tenures.setdefault(key, Tenure(*key))
        born = (document, title.char_start, title.title)
        tenure.born = min(tenure.born, born) if tenure.forms else born
        tenure.forms[title.title] += 1
        tenure.since = min(filter(None, (tenure.since, title.since)), default=None)
        tenure.until = max(filter(None, (tenure.until, title.until)), default=None)
        tenure.tenses.add(title.tense)
        if title.tense in HELD:
            fit = [day for day in days if (title.since or day) <= day <= (title.until or day)]
            seen = sorted([*tenure.seen, *fit])
            tenure.seen = [corpus.shared(day) for day in (*seen[:1], *seen[1:][-1:])]
        if is_held(title):
            tenure.documents.add(corpus.shared(document))
        tenure.marks.add(corpus.mark(document, title.sentence))

    def holder(self, document: str, office: Post, day: str | None) -> Tenure | None:
        """The tenure of whoever held an office that a document names without its holder.

        The document's own holder if it names one, else the one that all documents tell of: the one
        whose tenure covers `day`, or the only one near it. None where documents name several, or none.
        """
        if office.title is None or not office.country:
            return None
        tenures = self._holders[office_of(office)]
        own = [tenure for tenure in tenures if document in tenure.documents]
        return _at(own, day, SAME_DOCUMENT_DAYS) or _at(tenures, day, OTHER_DOCUMENT_DAYS)


def office_of(office: Post) -> tuple[str, str]:
    """The office, with its country, that a document names without its holder ("" where it has none)."""
    title = "" if office.title is None else office_key(office.title, office.country)
    return title, office.country or ""


def holding(tenure: Tenure, figures: Mapping[str, Figure]) -> set[tuple[str, str]]:
    """The offices, each with its country, of which a tenure makes a holder, if these are the actors."""
    country = figures[tenure.of or tenure.person].country
    if not country or not tenure.documents:
        return set()
    return {(office_key(form, country), country) for form in tenure.forms}


def is_held(title: TitleMention) -> bool:
    """Whether a title is told as held, or as held until some day; not as held once or soon."""
    return title.tense in HELD or bool(title.until)


def _at(tenures: list[Tenure], day: str | None, limit: int) -> Tenure | None:
    """The holder on `day` among tenures of one office; the only one near it where none covers it."""
    if day is not None:
        apart = [(tenure.distance(day), tenure) for tenure in tenures]
        covering = [tenure for days, tenure in apart if days == 0]
        tenures = covering or [tenure for days, tenure in apart if days is None or days <= limit]
    return tenures[0] if len({tenure.person for tenure in tenures}) == 1 else None


def sentence_dates(found: Mentions) -> dict[Span, list[str]]:
    """First and last days of what happened in each sentence, as exact as to the half-year."""
    dates: dict[Span, list[str]] = defaultdict(list)
    for event in found.events:
        if event.start and event.end and event.status == "occurred" and _is_near(event):
            dates[event.sentence] += [event.start, event.end]
    return dates


def _is_near(event: EventMention) -> bool:
    """Whether an event's date is exact enough to say when an office was held."""
    return event.precision not in ("year", "unknown")
