"""Documents that share names, offices and days, drawn at random: what is hard to bring together."""

from __future__ import annotations

from random import Random
from typing import Any

from dipcli.mentions import EchoMention
from resolution_builder import Story

PEOPLE: list[tuple[str, str | None, list[str]]] = [
    ("Ana Duarte", "PRT", ["Foreign Minister"]),
    ("Ana Duarte", None, []),
    ("Anna Duarte", "PRT", ["Foreign Minister"]),
    ("Ana Duarte", "FRA", ["Foreign Minister"]),
    ("Luc Moreau", "FRA", ["Foreign Minister", "President"]),
    ("Jean Luc Moreau", "FRA", []),
    ("Moreau", "FRA", []),
    ("Jonas Berg", "NOR", ["Defense Minister"]),
    ("Jonas Berg", "PRT", ["Defense Minister"]),
    ("J. Berg", "NOR", []),
    ("Berg", "NOR", ["Defense Minister"]),
    ("Berg", None, []),
    ("Ida Holm", "NOR", ["Foreign Minister"]),
    ("Chen Bo", "CHN", ["Foreign Minister"]),
    ("Chen", "CHN", ["Foreign Minister"]),
    ("Chen Lan", "CHN", ["President"]),
    ("Rui Lima", "PRT", ["nuclear envoy", "Defense Minister"]),
    ("Rui de Lima", "PRT", []),
    ("Lima", None, ["Defense Minister"]),
    ("Kim Dae-ho", "KOR", ["nuclear envoy"]),
    ("Kim Daeho", "KOR", []),
    ("Kim", "KOR", ["President"]),
    ("Oslo Review", "NOR", []),
]
LANDS = [
    ("Portugal", "PRT"),
    ("France", "FRA"),
    ("Norway", "NOR"),
    ("China", "CHN"),
    ("South Korea", "KOR"),
    ("Ruritania", None),
]
BODIES: list[tuple[str, str | None, list[str]]] = [
    ("United Nations", None, ["UN"]),
    ("UN", None, []),
    ("NATO", None, []),
    ("Portuguese Foreign Ministry", "PRT", []),
    ("Foreign Ministry", "PRT", ["MFA"]),
    ("Foreign Ministry", "FRA", []),
    ("Foreign Ministry", None, []),
    ("Oslo Review", "NOR", []),
    ("Oslo Review", None, []),
    ("Nordic Council", None, ["NC"]),
    ("Nordic Council", "NOR", []),
    ("Defense Ministry", "NOR", []),
    ("Duarte Group", "PRT", ["DG"]),
]
OFFICES = [
    ("foreign ministers", "PRT"),
    ("foreign ministers", "FRA"),
    ("nuclear envoy", "PRT"),
    ("nuclear envoy", "KOR"),
    ("president", "FRA"),
    ("president", "CHN"),
    ("defense minister", "NOR"),
]
MORE_TITLES = ["President", "Foreign Minister", "Minister of Defense", "Norwegian Defense Ministry spokesman"]
TYPES = "CONSULT CONSULT CONSULT CONSULT AGREE SUPPORT REQUEST ACCUSE REJECT AID COOPERATE OTHER".split()
TRIGGERS = "meet talks visit call sign condemn agree announce host attend letter".split()
DAYS = "2030-05-16 2030-05-17 2030-05-16/2030-05-18 2030-05 2030 2030-05-20 2031-05-16".split()
RELATIONS = "represents member_of part_of ally_of succeeds".split()


def story(chance: Random, name: str) -> Story:
    """A document of up to six actors and five events."""
    told = Story(name, chance.choice([None, "2030-05-20", "2030-05", "2030-06-01"]))
    keys: list[str] = []
    for _ in range(chance.randint(1, 6)):
        keys.append(_actor(chance, told, keys))
    events: list[str] = []
    for _ in range(chance.randint(0, 5)):
        events.append(_event(chance, told, keys, events))
    if len(keys) > 1 and chance.random() < 0.5:
        one, other = chance.sample(keys, 2)
        told.states(one, chance.choice(RELATIONS), other, since=chance.choice([None, "2029"]))
    return told


def _actor(chance: Random, told: Story, keys: list[str]) -> str:
    draw = chance.random()
    if draw < 0.45:
        name, country, titles = chance.choice(PEOPLE)
        held: list[Any] = [title for title in titles if chance.random() < 0.7]
        if chance.random() < 0.15:
            held.append(chance.choice(MORE_TITLES))
        held = [_title(chance, told, title, keys) if chance.random() < 0.3 else title for title in held]
        aliases = [chance.choice(PEOPLE)[0]] if chance.random() < 0.1 else []
        return told.person(name, country, *held, aliases=aliases)
    if draw < 0.6:
        aliases = ["Lisbon"] if chance.random() < 0.2 else []
        return told.country(*chance.choice(LANDS), aliases=aliases)
    if draw < 0.8:
        name, country, aliases = chance.choice(BODIES)
        return told.body(name, country, aliases=[one for one in aliases if chance.random() < 0.6])
    return told.office(*chance.choice(OFFICES))


def _title(chance: Random, told: Story, title: str, keys: list[str]) -> Any:
    return told.title(
        title,
        of=chance.choice([None, *keys]),
        tense=chance.choice(["current", "former", "incoming", "outgoing"]),
        since=chance.choice([None, "2029-01-01", "2030-05-17"]),
        until=chance.choice([None, None, "2030-05-17"]),
    )


def _event(chance: Random, told: Story, keys: list[str], events: list[str]) -> str:
    actors = chance.sample(keys, min(len(keys), chance.choice([1, 1, 2, 2, 3])))
    others = chance.sample(keys, min(len(keys), chance.choice([0, 0, 1])))
    more: dict[str, Any] = {"chronology": chance.random() < 0.2}
    if events and chance.random() < 0.3:
        more["same_as"] = [chance.choice(events)]
    if events and chance.random() < 0.3:
        more["occasion"] = chance.choice(events)
    if chance.random() < 0.2:
        span = chance.choice([told.line("The talks went on."), *(e.sentence for e in told.mentions.events)])
        more["echoes"] = [
            EchoMention(sentence=span, rule="goes-back", char_start=span.char_start, char_end=span.char_end)
        ]
    if chance.random() < 0.3:
        more["place"] = chance.choice(["Lisbon", "Oslo", "France", "Paris"])
    if chance.random() < 0.3:
        more["medium"] = chance.choice(["in_person", "telephone", "virtual", "written"])
    if chance.random() < 0.5:
        more["date_text"] = chance.choice(["May 16, 2030", "May 16", "in May"])
    if chance.random() < 0.1:
        more["status"] = chance.choice(["planned", "cancelled"])
    if chance.random() < 0.1:
        more |= {"certainty": chance.choice(["reported", "denied"]), "asserted_by": [chance.choice(keys)]}
    if chance.random() < 0.2:
        more["titles"] = {actors[0]: "Envoy"}
    return told.tells(
        chance.choice([*DAYS, None]),
        chance.choice(TYPES),
        actors,
        [key for key in others if key not in actors],
        trigger=chance.choice(TRIGGERS),
        confidence=chance.choice([0.5, 0.7, 0.8]),
        text=chance.choice(["They met about fish.", "Talks about trade.", None]),
        **more,
    )
