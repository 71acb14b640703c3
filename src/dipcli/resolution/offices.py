"""Who held which office, and when the documents see it held."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date

from dipcli.mentions import ActorMention, EventMention, Mentions, Span, TitleMention
from dipcli.records import Evidence, Role
from dipcli.resolution.cast import Cast
from dipcli.resolution.corpus import Corpus
from dipcli.resolution.local import office_key

SAME_DOCUMENT_DAYS = 3 * 366
OTHER_DOCUMENT_DAYS = 366
"""How far from the days it is seen held an office may be thought to be held still, where no document
names another holder: in the document that names the holder, and in others."""


@dataclass
class Tenure:
    """One person in one office: everything that documents say of it."""

    person: str
    of: str | None
    forms: Counter[str] = field(default_factory=Counter)
    since: str | None = None
    until: str | None = None
    seen: list[str] = field(default_factory=list)
    """First and last days on which it is seen held."""
    documents: set[str] = field(default_factory=set)
    """Where it is told as held, not as held once or soon."""
    tenses: set[str] = field(default_factory=set)
    evidence: dict[tuple[str, int, int], Evidence] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The form told most; "former" or "incoming" before it where no document tells it as held."""
        told = min(self.forms, key=lambda form: (-self.forms[form], not form[:1].isupper(), form))
        if self.documents or self.since or self.until or len(self.tenses) != 1:
            return told
        return f"{min(self.tenses)} {told}"

    @property
    def quotes(self) -> list[Evidence]:
        return [self.evidence[place] for place in sorted(self.evidence)]

    def role(self) -> Role:
        return Role(
            title=self.title,
            of=self.of,
            since=self.since,
            until=self.until,
            first_seen=min(self.seen, default=None),
            last_seen=max(self.seen, default=None),
            evidence=self.quotes,
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


class Offices:
    """Every tenure, by person and by office."""

    def __init__(self, corpus: Corpus, cast: Cast) -> None:
        self._cast = cast
        self.tenures: dict[tuple[str, str, str | None], Tenure] = {}
        self._holders: dict[tuple[str, str], list[Tenure]] = defaultdict(list)
        for found in corpus.mentions:
            dates = sentence_dates(found)
            printed = corpus.printed(found.document)
            for actor in found.actors:
                ident = cast.ids.get((found.document, actor.key))
                if actor.kind != "person" or ident is None:
                    continue
                for title in sorted(actor.titles, key=lambda t: (t.char_start, t.title)):
                    days = dates.get(title.sentence, printed)
                    self._add(ident, found.document, title, days, corpus)
        for tenure in self.tenures.values():
            figure = cast.figures[tenure.person]
            country = cast.figures[tenure.of].country if tenure.of else figure.country
            if country and tenure.documents:
                for key in {office_key(form, country) for form in tenure.forms}:
                    self._holders[key, country].append(tenure)
        self.titles: dict[str, list[Tenure]] = defaultdict(list)
        for (person, _, _), tenure in sorted(self.tenures.items(), key=lambda item: (item[0][0], item[0][1])):
            self.titles[person].append(tenure)

    def _add(self, person: str, document: str, title: TitleMention, days: list[str], corpus: Corpus) -> None:
        of = self._cast.ids.get((document, title.of)) if title.of else None
        country = self._cast.figures[person].country
        if of is None and country and country.lower() in self._cast.figures:
            of = country.lower()
        key = (person, office_key(title.title, country), of)
        tenure = self.tenures.setdefault(key, Tenure(person, of))
        tenure.forms[title.title] += 1
        tenure.since = min(filter(None, (tenure.since, title.since)), default=None)
        tenure.until = max(filter(None, (tenure.until, title.until)), default=None)
        tenure.tenses.add(title.tense)
        if title.tense in ("current", "outgoing"):
            tenure.seen += [day for day in days if (title.since or day) <= day <= (title.until or day)]
        if title.tense in ("current", "outgoing") or title.until:
            tenure.documents.add(document)
        quote = corpus.evidence(document, title.sentence)
        tenure.evidence[document, quote.char_start, quote.char_end] = quote

    def holder(self, document: str, office: ActorMention, day: str | None) -> Tenure | None:
        """The tenure of whoever held an office that a document names without its holder.

        The document's own holder if it names one, else the one that all documents tell of: the one
        whose tenure covers `day`, or the only one near it. None where documents name several, or none.
        """
        if not office.titles or not office.country:
            return None
        key = office_key(office.titles[0].title, office.country)
        tenures = self._holders.get((key, office.country), [])
        own = [tenure for tenure in tenures if document in tenure.documents]
        return _at(own, day, SAME_DOCUMENT_DAYS) or _at(tenures, day, OTHER_DOCUMENT_DAYS)


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
