"""Everybody and everything named in a document, sentence by sentence: slots that events refer to.

Two passes: the first finds full names, the second goes through the text in order and decides whom
each mention means (a family name alone, an office, "the two sides", "he").
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial

import msgspec

from dipcli.extraction import acronyms, bodies, collectives, institutions, neuter, people, rows, sites, titles
from dipcli.extraction.families import Families
from dipcli.extraction.formulas import parted
from dipcli.extraction.gatherings import Gatherings
from dipcli.extraction.groups import Groups
from dipcli.extraction.holders import Holders, country_at, title_mention
from dipcli.extraction.nations import country_of, former_states, is_money, namesake
from dipcli.extraction.nearby import Nearby
from dipcli.extraction.referents import TEAMS
from dipcli.extraction.registry import Entity, Registry
from dipcli.extraction.sentences import Sentence
from dipcli.extraction.slots import (
    STAND_INS,
    Scene,
    Slot,
    SlotKind,
    date_word,
    distinct,
    join,
)
from dipcli.extraction.speakers import Speakers
from dipcli.extraction.units import Unit, cut, flags, tag_string
from dipcli.lexicon import countries, organizations
from dipcli.mentions import Span
from dipcli.names import normal

_FULL_NAME = re.compile(r"N[JN]*N")
_SHARED_NOUN = re.compile(r"(?:,[DC])*,?&[DC][MFK]*G")
"""After a demonym: others, and whom they all are of."""
_SUFFIX = re.compile(r",?\s+(?:(?:Jr|Sr)\b\.?|(?:III|IV)\b)")
"""After a name, as a part of it that it may go without."""


class Cast:
    """The actors of a document while its sentences are read in order."""

    def __init__(
        self, seen: str, authors: Mapping[str, Span] | None = None, home: str | None = None, title: str = ""
    ) -> None:
        """`authors` with where each is named, `home` the code of the country whose government it comes from."""
        self.seen = seen
        self.authors = frozenset(authors or ())
        self.registry = Registry()
        self._families = Families(seen, self.registry)
        self._groups = Groups(seen, self.registry)
        self._gatherings = Gatherings(seen, self.registry)
        self.speakers = Speakers(seen, self.registry, authors or {}, home, title)
        self._mentioned: set[str] = set()
        self._before = former_states(seen)
        self._holders = Holders(seen, self.registry, self._mentioned, self.speakers.post or home)
        self._nearby = Nearby(seen)
        self._land: str | None = None  # code of the one country that the text is about
        self.home_land: str | None = None  # of the one that it is mostly about
        self._last: Scene | None = None
        self._told: dict[str, str] = {}

    # -- full names -----------------------------------------------------------------------------

    def read(
        self,
        sentences: Sequence[Sentence],
        dates: Sequence[Sequence[tuple[int, int]]],
        named: Sequence[Sequence[tuple[int, int]]],
    ) -> list[Scene]:
        """Scenes of all sentences; `dates` and `named` (a model's persons) are spans per sentence."""
        cuts = [cut(self.seen, s.char_start, s.char_end, d) for s, d in zip(sentences, dates, strict=True)]
        tagged = [tag_string(units) for units in cuts]
        known = self._known_runs(cuts, tagged)
        self._land, self.home_land = institutions.land_of(cuts)
        known |= rows.names(self.seen, sentences, cuts)
        told = [spans for s, spans in zip(sentences, named, strict=True) if s.kind != "heading"]
        plain = [units for s, units in zip(sentences, cuts, strict=True) if s.kind != "heading"]
        self._families.meet({(a, b) for spans in told for a, b in spans if self.seen[a:b].istitle()}, plain)
        found = []
        for sentence, units, tags, spans in zip(sentences, cuts, tagged, named, strict=True):

            def is_name(
                first: int,
                last: int,
                units: list[Unit] = units,
                spans: Sequence[tuple[int, int]] = spans,
                heading: bool = sentence.kind == "heading",
            ) -> str | None:
                lo, hi = units[first].char_start, units[last].char_end
                if sites.is_site(self.seen, units, first, last):
                    return None
                if collectives.is_of_organisation(self.seen, units, first, last):
                    return None
                if " ".join(self.seen[lo:hi].split()).casefold() in known:
                    return "known"
                if people.given_shape(units, first, last):
                    return "shape"
                capitals = self.seen[lo:hi].isupper()  # a headline's, in which models see names everywhere
                if heading and any(people.tells(units[k].text) for k in (first, last)):
                    return None
                if last > first and not capitals and any(a <= lo + 2 and hi <= b + 2 for a, b in spans):
                    return "model"
                return None

            found.append(people.find(self.seen, units, tags, is_name, sentence.kind == "heading"))
        self._families.learn([person.name for persons, _ in found for person in persons])
        scenes: list[Scene] = []
        for sentence, units, tags, both in zip(sentences, cuts, tagged, found, strict=True):
            self.speakers.open(scenes)
            scenes.append(self._scene(sentence, units, tags, *both))
            self._last = scenes[-1]
        return scenes

    def _known_runs(self, cuts: Sequence[Sequence[Unit]], tagged: Sequence[str]) -> frozenset[str]:
        """Full names that stand somewhere with a title or in the shape of a name, and the authors'; folded."""
        known: set[str] = set()
        for units, tags in zip(cuts, tagged, strict=True):
            if not _FULL_NAME.search(tags):
                continue
            for person in people.named(
                self.seen,
                units,
                tags,
                lambda a, b, u=units: people.given_shape(u, a, b),  # type: ignore[misc]
            ):
                if " " in person.name:
                    known.add(person.name)
        return frozenset(name.casefold() for name in known | self.authors)

    # -- one sentence ---------------------------------------------------------------------------

    def _scene(
        self,
        sentence: Sentence,
        units: list[Unit],
        tags: str,
        persons: list[people.Person],
        offices: list[people.Office],
    ) -> Scene:
        span = Span(char_start=sentence.char_start, char_end=sentence.char_end)
        taken: set[int] = set()
        slots: list[Slot] = []
        name_units = {k for p in persons for k in range(p.first, p.last + 1)
                      if units[k].char_start >= p.name_start}  # fmt: skip
        found_bodies = bodies.find(self.seen, units, tags, name_units, self._told)
        body_keys = {k: self._body(units, body, span) for body in found_bodies for k in [body.first]}
        by_unit = {k: body_keys[b.first] for b in found_bodies for k in range(b.first, b.last + 1)}
        nations: dict[int, str] = {}
        inside = {
            k for b in found_bodies for k in range(b.first, b.last + 1) if k != b.nation and b.first < b.last
        }
        for i, unit in enumerate(units):
            if unit.tag in "CD" and i not in inside and not is_money(unit, units[i + 1 : i + 2]):
                alpha3 = self._alpha3(unit)
                if alpha3:
                    nations[i] = alpha3
                    self._mentioned.add(alpha3)
        self._nearby.read(sentence, units, tags, nations, partial(bodies.names_text, self.seen))
        for office in offices:
            for k in office.title.nation:
                self._nearby.owned(units[k])
        titled: Entity | None = None
        for person in persons:
            slot, entity = self._person(person, units, nations, by_unit, span, titled)
            body_before = next((b for b in found_bodies if b.last == person.first - 1), None)
            first = person.first
            if (
                body_before is not None
                and person.title
                and person.title.head
                and body_before.first not in taken
            ):
                first = body_before.first  # "South Korean Institute of X researcher NAME"
                body_entity = self.registry.entities[body_keys[first]]
                entity.bodies.add(body_entity.key)
                entity.country = entity.country or body_entity.country
                slot = msgspec.structs.replace(slot, char_start=units[first].char_start)
            slots.append(slot)
            taken.update(range(first, person.last + 1))
            if person.title and not person.counterpart:
                titled = entity
        for office in offices:  # before the bodies that they name
            at = range(office.first, office.last + 1)
            if not taken.intersection(at) and (officer := self._holders.officer(office, by_unit)):
                slots.append(officer)
                taken.update(at)
        for body in found_bodies:
            if not taken.intersection(range(body.first, body.last + 1)):
                begin = body.first
                if body.nation is not None and body.nation < body.first:
                    begin = body.nation
                slots.append(self._body_slot(units, begin, body, body_keys[body.first]))
                taken.update(range(begin, body.last + 1))
        for office in offices:
            if not taken.intersection(range(office.first, office.last + 1)):
                heading = sentence.kind == "heading"
                made = self._holders.office(office, units, nations, by_unit, span, in_heading=heading)
                if made:
                    slots.append(made)
                    taken.update(range(office.first, office.last + 1))
        slots += self._short_names(units, tags, taken, span)
        slots += self._countries(units, tags, nations, taken, span)
        slots += acronyms.find(self.seen, sentence, units, taken, self.registry)
        for i, unit in enumerate(units):
            if unit.tag == "L" and i not in taken:
                at_unit = unit.char_start, unit.char_end
                slots.append(Slot("place", *at_unit, (), "Paris", None, unit.text, unit.data.country))
            elif unit.tag == "d" and i not in taken:
                slots.append(Slot("date", unit.char_start, unit.char_end, (), date_word(unit.text)))
        slots = join(self.seen, slots)
        slots += institutions.find(self.seen, sentence, slots, self._last, self._land, self.registry)
        slots += neuter.find(self.seen, sentence, slots, self._last)
        slots += self._groups.find(sentence, slots) + self.speakers.find(sentence, units, slots)
        slots += self._gatherings.find(sentence, slots, self._last)
        slots, voters = parted(self.seen, sentence, distinct(slots))
        self._groups.remember(sentence, slots)
        barred = self.seen.find("|", sentence.char_start, sentence.char_end) >= 0
        return Scene(sentence, units, slots, tuple(self._groups.pair), barred, voters)

    def _alpha3(self, unit: Unit) -> str | None:
        """Country of a unit; a bare Korea or Congo is the one that the document speaks of."""
        form = unit.data
        if unit.tag == "L":
            return form.country  # type: ignore[no-any-return]
        if "ambiguous" in form.flags:
            return namesake(form.alpha3, self.seen, self._mentioned)
        if "contextual" in form.flags and form.alpha3 not in self._mentioned:
            return None
        alpha3: str = form.alpha3
        return self._before.get(alpha3, alpha3) if form.sort in ("capital", "metonym") else alpha3

    def _person(
        self,
        person: people.Person,
        units: list[Unit],
        nations: dict[int, str],
        by_unit: dict[int, str],
        span: Span,
        titled: Entity | None,
    ) -> tuple[Slot, Entity]:
        where = Span(char_start=person.name_start, char_end=person.name_end)
        both = self._families.joined(person, span)
        if both is not None:
            return both
        entity = None
        if " " not in person.name:
            head = person.title.head or normal(person.title.text) if person.title else ""
            entity = self._families.person(person.name, where, span, head)
        if entity is None:
            nation = nations.get(person.nation) if person.nation is not None else None
            entity = self.registry.person(person.name, where, span, person.rule, nation)
        entity.used = True
        if suffix := _SUFFIX.match(self.seen, person.name_end):
            entity.forms[self.seen[person.name_start : suffix.end()]] += 0
        text = None
        nation = nations.get(person.nation) if person.nation is not None else None
        if nation and person.nation is not None and not person.title:
            country_at(self.registry, nation, units[person.nation], span, noun=True)
            entity.country = entity.country or nation
            entity.spoken_for = True
        if person.title:
            text = self._entitle(
                entity, person, person.title, person.nation, nation, units, by_unit, span, titled
            )
        if person.post:
            unit = person.post.nation[0] if person.post.nation else None
            nation = nations.get(unit) if unit is not None else None
            self._entitle(entity, person, person.post, unit, nation, units, by_unit, span, titled)
        end = person.char_end
        short = acronyms.SHORT.match(self.seen, end) if person.title else None
        if short and acronyms.are_of(short[1], self.seen[person.char_start : person.char_end]):
            self.registry.shorten(entity, short[1])
            end = short.end()
        shown = titles.shown(person.title, text) if person.title else None
        return Slot(
            "person", person.char_start, end, (entity.key,), STAND_INS[0], shown, rule=person.rule
        ), entity

    def _entitle(
        self,
        entity: Entity,
        person: people.Person,
        title: titles.Title,
        unit: int | None,
        nation: str | None,
        units: list[Unit],
        by_unit: dict[int, str],
        span: Span,
        titled: Entity | None,
    ) -> str | None:
        """Give a person a title, with the country (named by `unit`) or body that it names; the title's text."""
        owner = None
        if unit is not None and nation:
            owner = country_at(self.registry, nation, units[unit], span, noun=True)
            self._nearby.owned(units[unit])
        body = None
        if title.body is not None and title.body in by_unit:
            body = self.registry.entities[by_unit[title.body]]
            if nation and body.country is None and organizations.lookup(body.name) is None:
                body.country = nation
            nation = nation or body.country
            if units[title.body - 1].text not in ("to", "the") or units[title.body - 2].text != "to":
                entity.bodies.add(body.key)  # but not of an ambassador to it
        text, head = title.text if title.head else None, title.head  # "Mr" is no office
        if person.counterpart:
            beside = [
                k for u in units[: person.first] for k in self.registry.bearers(u.text) if k != entity.key
            ]
            other = self.registry.entities[beside[-1]] if beside else titled
            if other is None and not entity.titles:  # a guess, for whoever bears no office yet
                other = next((e for e in self.registry.recent_people(3) if e is not entity), None)
            last = other.titles[-1] if other and other.titles else None
            text, head = (last.title, "") if last else (None, "")
        local = body is None or (body.country is None and organizations.lookup(body.name) is None)
        if nation is None and local and entity.country is None and not person.counterpart:
            whose = titled or next((e for e in self.registry.recent_people(2) if e is not entity), None)
            nation = self._nearby.owner(title.char_start, span.char_start, whose.country if whose else None)
            masters = self.registry.bearers(self._nearby.master(title.char_start) or "")
            nation = nation or next((self.registry.entities[k].country for k in masters), None)
        if nation is None and entity.country is None:
            near, far = self._nearby.of(person, title, span.char_start)
            if not (person.counterpart and titled and near == titled.country):
                entity.near, entity.far = entity.near or near, entity.far or far
        if nation and entity.country is None:
            entity.country = nation
        if text:
            text = titles.singular(text) if title.plural else text
            entity.offices.add((head, nation))
            self.registry.entitle(entity, title_mention(title, text, owner, span))
        return text

    def _body(self, units: list[Unit], body: bodies.Body, span: Span) -> str:
        where = Span(char_start=body.char_start, char_end=body.char_end)
        if body.again:
            known = self.registry.body_again(body.head, where, f"the {body.name}")
            if known:
                return known.key
        nation = self._alpha3(units[body.nation]) if body.nation is not None else None
        entry = body.entry
        name = entry.name if entry else body.name
        country = (entry.country if entry else None) or nation
        core = name if entry is not None else body.core
        aliases = [body.acronym] if body.acronym else []
        if entry is None and nation and body.name != body.core and body.name.endswith(body.core):
            aliases.append(body.core)
        known = self.registry.body_known(body.name) if entry is None and nation is None else None
        if known:
            return self.registry.body(
                known.name, known.name, known.country, where, span, head=known.head, rule="body"
            ).key
        entity = self.registry.body(
            name,
            core,
            country,
            where,
            span,
            head=body.head,
            rule="lexicon" if entry else "body",
            aliases=aliases,
        )
        if entry is not None and body.name != name:
            entity.forms[body.name] += 1
        if nation and entry is None:
            begin = units[body.nation or 0].char_start
            if begin < body.char_start:
                entity.forms[" ".join(self.seen[begin : body.char_end].split())] += 0
            if units[body.nation or 0].tag != "L":
                country_at(self.registry, nation, units[body.nation or 0], span, noun=True)
        entity.used = entity.used or bodies.speaks(self.seen, body) or not bodies.quiet(body)
        return entity.key

    def _body_slot(self, units: list[Unit], begin: int, body: bodies.Body, key: str) -> Slot:
        word = "officials" if body.noun and body.head.endswith(("s", "men")) else body.head
        common = body.last > body.first or body.again or body.core == body.head
        if body.entry is not None and body.entry.sort == "group":
            word, common = "countries", True
        placeholder = word if common and word.isalpha() and word.islower() else "NATO"
        return Slot("body", units[begin].char_start, body.char_end, (key,), placeholder, rule="body")

    def _short_names(self, units: list[Unit], tags: str, taken: set[int], span: Span) -> list[Slot]:
        """Family names alone: "Wang and Park", "Yoon's summit", "the Moon administration"."""
        found = []
        for i, unit in enumerate(units):
            if i in taken or not ((short := unit.text in self.registry.shorts) or unit.tag in "NCLK"):
                continue
            if short and not self.seen.endswith("(", 0, unit.char_start):
                known = self.registry.initials(unit.text, _span(unit))
                found.append(
                    Slot(
                        "person", unit.char_start, unit.char_end, (known.key,), STAND_INS[0], rule="initials"
                    )
                )
                taken.add(i)
                continue
            if unit.tag not in "NCLK" or not unit.text[:1].isupper():
                continue
            where = _span(unit)
            if unit.tag in "CLK" and not (self.registry.bearers(unit.text) and "person" in flags(unit)):
                continue
            pair = self._families.hyphenated(unit, span)
            if pair:
                found.append(pair)
                taken.add(i)
                continue
            entity = self._families.person(unit.text, where, span)
            entity = entity or self._families.first_name(units, tags, i)
            if entity is None and unit.tag == "N":
                entity = self._families.unknown(units, tags, i, span)
            if entity is None:
                continue
            entity.used = True
            last = i
            kind: SlotKind = "person"
            keys: tuple[str, ...] = (entity.key,)
            if tags[i + 1 : i + 2] == "G":
                entity.spoken_for = True
            home = country_of(entity, self._mentioned) if tags[i + 1 : i + 2] == "G" else None
            if home:
                last = i + 1
                country = self.registry.country(
                    home,
                    " ".join(self.seen[unit.char_start : units[last].char_end].split()),
                    where, span, noun=True,
                )  # fmt: skip
                kind, keys = "country", (country.key,)
            begin = i - (tags[max(i - 1, 0)] == "J" and units[i - 1].text not in "ey")  # "de Gaulle"
            taken.update(range(begin, last + 1))
            word = STAND_INS[0] if kind == "person" else "France"
            found.append(
                Slot(kind, units[begin].char_start, units[last].char_end, keys, word, rule="family-name")
            )
        return found

    def _countries(
        self, units: list[Unit], tags: str, nations: dict[int, str], taken: set[int], span: Span
    ) -> list[Slot]:
        found = []
        for i, alpha3 in nations.items():
            unit = units[i]
            if i in taken or (
                unit.data.sort in ("capital", "metonym") and bodies.names_text(self.seen, unit)
            ):
                continue
            group = _GROUP.match(tags, i + 1)
            last = group.end() - 1 if group and not taken.intersection(range(i, group.end())) else i
            shared = unit.tag == "D" and _SHARED_NOUN.match(tags, i + 1) is not None
            noun = (
                last > i or shared or (unit.tag == "C" and not (i and units[i - 1].text.casefold() == "in"))
            )
            entity = country_at(self.registry, alpha3, unit, span, noun=noun)
            if last > i and _GOVERNING.search(units[last].text):
                phrase = " ".join(self.seen[unit.char_start : units[last].char_end].split())
                entity.forms[phrase] += 0
            word = unit.text if unit.text.isalpha() else unit.text.split()[-1]
            if last > i:
                kind: SlotKind = "country"
                told = units[last].text
                word = "officials" if told.endswith("s") else told if told in TEAMS else "government"
            elif shared:  # "Finnish and Swedish troops"
                kind, word = "country", "France"
            elif unit.tag == "D":
                kind = "demonym"
            else:
                kind = "country"
                opens = i == 0 or units[i - 1].tag in "d-" or units[i - 1].text == ":"
                known = unit.text.isalpha() and not opens  # a rare name that opens a line is read as a verb
                word = "Paris" if unit.data.sort == "capital" else word if known else "France"
            sort = "prefix" if "prefix" in unit.data.flags else unit.data.sort
            short = sort in ("official", "alias") and "part" not in unit.data.flags
            whole = countries.by_code(alpha3) if short else None
            place = (
                (whole.name if whole else unit.text)
                if sort in ("capital", "name", "alias", "official", "former") and unit.tag == "C"
                else None
            )
            found.append(
                Slot(kind, unit.char_start, units[last].char_end, (entity.key,), word, None,
                     " ".join(place.split()) if place else None, alpha3, sort)
            )  # fmt: skip
            taken.update(range(i, last + 1))
        return found


def _span(unit: Unit) -> Span:
    return Span(char_start=unit.char_start, char_end=unit.char_end)


_GROUP = re.compile(r"P?[MFK]*[GH]")
_GOVERNING = re.compile(r"government|administration|authorit|regime|side")
