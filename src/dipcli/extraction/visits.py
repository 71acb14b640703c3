"""Visits: who was visited and where, and the meetings that they turn out to be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import msgspec

from dipcli.extraction import simplify, when, where
from dipcli.extraction.rows import Row, row, visited
from dipcli.extraction.slots import Slot
from dipcli.extraction.story import Case, Story, Told
from dipcli.lexicon import countries, organizations

_HOSTING = frozenset(("host", "receive", "welcome", "greet"))
"""Verbs of visits whose subject is visited."""
Where = tuple[str | None, str | None]
"""Name and country of a place."""


def host_and_place(
    story: Story, case: Case, actors: list[str], recipients: list[str], place: Where
) -> tuple[list[str], Where]:
    """Recipients and place of a visit: the place visited gives both."""
    scene, tree = case.scene, case.tree
    first = scene.slots[0] if scene.slots else None
    line = simplify.date_line(scene)
    cells = row(scene)
    lands = visited(cells) if cells and not cells.who else []
    if lands and all(_meets(story.registry.entities[key].name) for key in recipients):
        recipients = []  # "Peru | Lima | Attended the APEC summit."
    if cells and (cells.who or not (recipients and case.arguments.objects)):
        if cells.who:
            hosts = _hosts(story, case)
            town = guests_town(story, case, cells)
            return recipients or [k for k in hosts if k not in actors], (town, story.home) if town else place
        return recipients or lands, row_place(case, cells)
    if not cells and line is not None and first and first.kind == "country" and first is not line:
        cities = [s for s in scene.slots if s.kind == "place" or s.rule == "capital"]
        name = cities[0].place if cities else place[0] or first.place
        return list(first.keys), (name, first.place_country)  # "Peru November 24 - visit to Lima."
    args = case.arguments
    bound = [h for h in args.preps.get("for", ()) if tree.words[h].unit >= 0]  # "left for Lima"
    heads = (*args.objects, *args.preps.get("to", []), *args.preps.get("in", []), *bound)
    spots = [(h, spot) for h in heads if (spot := where.spot_at(case.seen, tree, scene.slots, h))]
    hosted = case.trigger.lemma.split()[0] in _HOSTING
    if hosted or case.trigger.lemma.startswith("attend"):  # "received the Commander of the Navy"
        spots = [(h, spot) for h, spot in spots if spot.rule != "named" or h not in args.objects]
    if spots:
        head, slot = spots[0]
        below = [scene.slots[tree.words[i].unit] for i in tree.subtree(head) if tree.words[i].unit >= 0]
        there = (s for _, s in spots if s.place_country == slot.place_country)
        finer = [s for s in (slot, *below, *there) if s.kind == "place" or s.rule == "capital"]
        chosen = finer[0] if finer else slot  # "arrived in Lima on her trip to Peru"
        place = chosen.place, chosen.place_country
    if case.trigger.passive and len(actors) > 1 and not hosted:
        return [], place  # "talks in Lima attended by A and B"
    if not recipients and not hosted and place[1] and place[1] not in {story.nation(k) for k in actors}:
        recipients = _country(story, case, place[1])
    if not recipients and not hosted and story.guests:
        return [k for k in story.host if k not in actors], place
    nations = {story.nation(k) for k in actors}
    if not recipients and not hosted and not place[0] and story.seat and not {None, story.seat} & nations:
        recipients = _country(
            story, case, story.seat
        )  # "the visit of the minister of X": to whoever tells it
    return recipients, place


def _meets(name: str) -> bool:
    """Whether an organisation's name is that of its summits too: the G20, the African Union."""
    known = organizations.lookup(name)
    return known is not None and known.sort in ("forum", "international", "alliance") and not known.parent


def _hosts(story: Story, case: Case) -> list[str]:
    """Whose guests a list of visits tells of: a country, or a person and the country of that person."""
    of = next(
        (nation for key in story.host if story.kind(key) == "person" and (nation := story.nation(key))),
        story.home,
    )
    return [*story.host, *(key for key in (_country(story, case, of) if of else ()) if key not in story.host)]


_LEADERS = r"(?:heads|leaders|presidents|prime\s+ministers|foreign\s+ministers|ministers)"
_GATHERED = re.compile(
    rf"[^.;|]*?\bof\s+(?:the\s+)?{_LEADERS}\b[^.;|]{{0,40}}\bof\s+(?:the\s+)?\Z", re.IGNORECASE
)
_STATES = re.compile(r"\s*(?:,|,?\s*and|&)\s+(?:the\s+)?")


def gathered(case: Case) -> list[str]:
    """The states whose leaders a meeting was of: "attended the summit of the Heads of State of A, B and C"."""
    start = case.trigger.char_end
    run: list[Slot] = []
    for slot in case.scene.slots:
        if slot.char_start < start or slot.kind == "date":
            continue
        pattern, at = (_STATES, run[-1].char_end) if run else (_GATHERED, start)
        if slot.kind != "country" or not pattern.fullmatch(case.seen, at, slot.char_start):
            break
        run.append(slot)
    return [slot.keys[0] for slot in run] if len(run) > 1 else []


def hosted(story: Story, cells: Row, actors: list[str]) -> tuple[list[str], list[str]]:
    """(actors, recipients) of a meeting that a row of a journey tells ("Peru | Lima | Met with President A"):
    the country visited receives, unless who was met there is of others."""
    hosts = visited(cells)
    met = [k for k in actors if k not in hosts and k != story.protagonist]
    nations = {story.nation(k) for k in met} - {None}
    there = {story.nation(k) for k in hosts}
    return ([k for k in actors if k not in hosts], hosts) if not nations or nations & there else (actors, [])


_IN_BRACKETS = re.compile(r"[a-z]\s+\((?P<name>[A-Z][\w'’.-]+(?:(?:\s|,\s|\sand\s)[A-Z][\w'’.-]+)*)\)")
"""A name in brackets after what was done: "State visit (Bergen and Oslo)"."""


def row_place(case: Case, cells: Row) -> Where:
    """The place that a table's row tells of: its cities, else that in brackets, else its country."""
    country = next((s.place_country for s in cells.where if s.place_country), None)
    if cells.towns:
        first, last = cells.towns
        if case.seen[last - 1] == "." and case.seen[last - 2].islower():
            last -= 1
        return " ".join(case.seen[first:last].split()).replace(" ,", ",").rstrip(" ,:;"), country
    if town := _bracketed(case, cells):
        return town, country
    spots = [s for s in cells.where if s.place]
    exact = next((s for s in spots if s.kind == "place" or s.rule == "capital"), None)
    spot = exact or (spots[0] if spots else None)
    return (spot.place.rstrip(" ,") if spot.place else None, spot.place_country) if spot else (None, None)


def _bracketed(case: Case, cells: Row) -> str | None:
    """The place that stands in brackets in what a row tells."""
    for start, end in cells.told:
        told = _IN_BRACKETS.search(case.seen, start, end)
        if told is None or told["name"].isupper():
            continue
        inside = [s for s in case.scene.slots if told.start() < s.char_start < told.end()]
        if all(s.kind == "place" or s.rule == "capital" for s in inside[:1]):
            return " ".join(told["name"].split())
    return None


def guests_town(story: Story, case: Case, cells: Row) -> str | None:
    """Where guests were received, as their row tells: in brackets, or in a cell of towns of the country visited."""
    if town := _bracketed(case, cells):
        return town
    nations = {story.nation(k) for k in _hosts(story, case)}
    there = [
        s for s in cells.where if (s.kind == "place" or s.rule == "capital") and s.place_country in nations
    ]
    return " ".join(case.seen[there[0].char_start : there[-1].char_end].split()) if there else None


def host_land(story: Story) -> Where:
    """The country whose guests a list of visits tells of, as the place of what its rows tell."""
    land = story.registry.entities[story.host[0]] if len(story.host) == 1 else None
    return (land.name, land.country) if land and land.kind == "country" else (None, None)


def _country(story: Story, case: Case, alpha3: str) -> list[str]:
    """Key of a country that the text names by its place only, made where it is new."""
    if countries.by_code(alpha3) is None:
        return []
    entity = story.registry.country(alpha3, "", case.span, case.span, noun=True)
    entity.spans.remove(case.span)
    entity.forms.pop("", None)
    return [entity.key]


def heads_line(case: Case) -> list[str]:
    """Who stands before the visit in an entry that has no verb: "A's, President of B, State Visit to C on 3 May"."""
    if any(word.pos in ("VERB", "AUX") for word in case.tree.words):
        return []
    persons = [s for s in case.scene.slots if s.kind == "person" and s.char_end <= case.trigger.char_start]
    return list(persons[0].keys) if persons else []


_WITH = re.compile(r"[^,.;]{0,20}?\s*\bwith\b")


def begins_entry(case: Case) -> bool:
    """Whether an entry that has no verb says but with whom a meeting was: "10:30 Telephone call with the president", "In
    Lima for talks with B"."""
    before = [s for s in case.scene.slots if s.char_end <= case.trigger.char_start]
    if any(s.kind not in ("date", "place") and s.rule != "capital" for s in before):
        return False
    verbs = (word for word in case.tree.words if word.pos in ("VERB", "AUX"))
    return _WITH.match(case.seen, case.trigger.char_end) is not None and not any(
        word.char_start < case.trigger.char_start for word in verbs
    )


def people_there(story: Story, case: Case) -> list[str]:
    """The country in which a crowd acts that is told of no nation ("thousands marched in Athens")."""
    spot = where.place_of(case.seen, case.tree, case.scene.slots, case.trigger, case.word, only=True)
    return _country(story, case, spot.place_country) if spot and spot.place_country else []


_FEASTS = ("inauguration", "investiture", "coronation", "enthronement", "wedding", "swearing-in")


def with_named_hosts(
    story: Story, case: Case, actors: list[str], recipients: list[str]
) -> tuple[list[str], list[str]]:
    """A visit with a named host is a meeting of the two; not somebody's feast that one attends."""
    persons = [k for k in recipients if story.kind(k) in ("person", "office")]
    if not persons or not actors or case.trigger.lemma.endswith(_FEASTS):
        return actors, recipients
    return [*actors, *(k for k in persons if k not in actors)], []


def one_visit(story: Story, told: list[Told]) -> list[Told]:
    """A visit and the meeting that it was for, told in one sentence, are one event with named hosts."""
    out = {one.mention.key: one for one in told}
    for visit in told:
        if visit.trigger.mode != "visit" or not visit.mention.recipients or _is_hosting(visit):
            continue
        hosts = {story.nation(k) for k in visit.mention.recipients}
        for meeting in list(out.values()):
            others = [k for k in meeting.mention.actors if k not in visit.mention.actors]
            theirs = {story.nation(k) for k in others} - {None}
            longer = False
            cells = row(visit.case.scene)
            listed = cells is not None and bool(cells.who or story.protagonist)
            named = all(
                story.registry.entities[k].offices for k in others
            )  # "met with President Berg": their host
            guests = (
                {story.nation(k) for k in visit.mention.actors} if cells and cells.who and named else set()
            )
            if (
                meeting.trigger.type == "CONSULT"
                and (meeting.trigger.mode != "visit" or _is_hosting(meeting) or _is_call(meeting))
                and (visit.interval in (None, meeting.interval) or (longer := _is_for(visit, meeting)))
                and others
                and set(visit.mention.actors) & set(meeting.mention.actors)
                and theirs <= hosts | guests
                and (theirs or named or not listed)
            ):
                mention = msgspec.structs.replace(
                    meeting.mention,
                    place=meeting.mention.place or visit.mention.place,
                    place_country=meeting.mention.place_country or visit.mention.place_country,
                    recipients=visit.mention.recipients if listed else [],
                )
                told_of = meeting
                if longer:  # "came for a three-day visit to meet B"
                    days = visit.mention
                    mention = msgspec.structs.replace(
                        mention, start=days.start, end=days.end, precision=days.precision
                    )
                    told_of = replace(meeting, interval=visit.interval)
                out[mention.key] = replace(told_of, mention=mention)
                del out[visit.mention.key]
                break
    return list(out.values())


def _is_for(visit: Told, meeting: Told) -> bool:
    """Whether a visit of some days is told to have been for a meeting that has no other date."""
    tree, word = meeting.case.tree, meeting.case.word
    if visit.interval is None or meeting.interval is None or not when.is_purpose(tree, word):
        return False
    return tree.words[word].head == visit.case.word and visit.interval.start == meeting.interval.start


def _is_call(told: Told) -> bool:
    """Whether somebody is told to have called on another."""
    return "call" in told.trigger.lemma.split()


def _is_hosting(told: Told) -> bool:
    return told.trigger.lemma.split()[0] in _HOSTING


_HONOURED = re.compile(r"\bin\s(?:his|her|their)\shonou?r\b")


def gone_on(story: Story, case: Case, here: Sequence[Told]) -> Told | None:
    """The visit of whose place a clause goes on to tell whom the visitor met there: "visited Lima, where …"; at which
    somebody gave a dinner in the visitors' honour."""
    if case.trigger.frame == "host" and not case.sentence.words.isdisjoint(("honour", "honor")):
        before = story.told[-1] if story.told else None
        near = before is not None and before.case.sentence.paragraph == case.sentence.paragraph
        honoured = _HONOURED.search(case.seen, case.trigger.char_end, case.sentence.char_end)
        return before if near and honoured and before and before.trigger.mode == "visit" else None
    words, word = case.tree.words, case.word
    if case.trigger.type != "CONSULT" or words[word].dep not in ("relcl", "advcl"):
        return None
    if not any(words[i].text == "where" for i in case.tree.children(word, "advmod")):
        return None
    above = case.tree.ancestors(word)
    return next((t for t in here if t.trigger.mode == "visit" and t.case.word in above), None)


def with_guests(case: Case, visit: Told | None, actors: list[str]) -> list[str]:
    """Who met where a visit led to, the visitors too where they are but a pronoun: "arrived in Lima, where it was received
    by A", "hosted a dinner in their honour"."""
    if visit is None:
        return actors
    guests = [k for k in visit.mention.actors if k not in actors]
    if case.trigger.frame == "host" and not case.trigger.passive:
        return [*actors, *guests]
    if not case.trigger.passive or case.trigger.lemma.split()[0] not in _HOSTING:
        return actors
    return [*guests, *actors]


def of_line(story: Story, earlier: Told, actors: Sequence[str]) -> None:
    """A visit whose line goes on ("… - visit to Lima. Met with A and B.") is given the persons named there."""
    visit = earlier.mention
    hosts = [k for k in actors if story.kind(k) == "person" and k not in visit.actors]
    told = replace(earlier, mention=msgspec.structs.replace(visit, actors=[*visit.actors, *hosts]))
    story.told[story.told.index(earlier)] = told


def name_hosts(story: Story, later: Told) -> None:
    """A visit told with its country alone, whose hosts a later sentence names, is a meeting with them."""
    for i, earlier in enumerate(story.told if later.mention.same_as else ()):
        visit = earlier.mention
        if visit.key not in later.mention.same_as or earlier.trigger.mode != "visit":
            continue
        hosts = [k for k in later.mention.actors if k not in visit.actors]
        nations = {story.nation(k) for k in visit.recipients}
        if (
            hosts
            and len(nations) == 1
            and set(visit.actors) <= set(later.mention.actors)
            and {story.nation(k) for k in hosts} <= nations
        ):
            mention = msgspec.structs.replace(visit, actors=[*visit.actors, *hosts], recipients=[])
            story.told[i] = replace(earlier, mention=mention)
