"""The organisation that a body or an officer is of, where the text names it elsewhere: the Security Council of
the United Nations, its Secretary-General."""

from __future__ import annotations

import re

from dipcli.extraction.registry import Entity, Registry
from dipcli.lexicon import organizations
from dipcli.mentions import Span
from dipcli.names import normal

_OFFICERS = {"secretary general": "United Nations"}
"""Titles that, without more, are an organisation's, where the text names that."""
_SERVANTS = re.compile(
    r"\b(?:Spokes\w+|Representative|Envoy|Adviser|Report|Readout|Activities|Remarks|Statement|Message)"
    r" (?:for|of|by) (?:the )?Secretary-General\b"
)
"""Words that tell of the United Nations without its name."""
_DEPUTIES = re.compile(
    r"\b(?:special|personal)\s+(?:representative|envoy|adviser)\b(?!\s+of\s+the\s+president)"
)
"""Titles, in normal form, of whoever acts for such an officer."""


def find(seen: str, registry: Registry) -> None:
    """Name the wholes of the bodies of a document, and give officers the organisation that they act for."""
    for entity in list(registry.entities.values()):
        if entity.kind == "organization" and entity.used:
            known = organizations.lookup(entity.name, entity.country)
            whole = named(seen, registry, known.parent) if known and known.parent else None
            if whole is not None:
                whole.used = True
    persons = [e for e in registry.entities.values() if e.kind == "person" and not e.country and not e.bodies]
    officers = [(e, whole) for e in persons for whole in _OFFICERS.values() if _bears(e, whole)]
    for entity, name in officers:
        whole = named(seen, registry, name)
        if whole is None:
            continue
        entity.bodies.add(whole.key)
        for other in persons:
            if not other.bodies and any(_DEPUTIES.search(normal(t.title)) for t in other.titles):
                other.bodies.add(whole.key)


def of_officer(seen: str, registry: Registry, title: str, where: Span, sentence: Span) -> Entity | None:
    """The organisation whose officer a bare title at `where` means ("the Secretary-General"), where no name stands
    beside that title in the text."""
    name = _OFFICERS.get(normal(title))
    word = re.escape(title)
    before = rf"(?<!Representative of the )(?<!Envoy of the ){word},?[ ]+(?:Mr\.?[ ]+)?(?-i:[A-Z][^\W\d_]+[ ]+[A-Z])"
    after = rf"(?-i:[A-Z][^\W\d_]+),\s+(?:(?!(?:of|for|to)\s)\w+\s+){{0,3}}{word}(?=\s?[,.;)])"
    if name is None or re.search(f"{before}|{after}", seen, re.IGNORECASE):
        return None
    told = named(seen, registry, name)
    if told is None and _SERVANTS.search(seen):
        head = name.split()[-1].casefold()
        return registry.body(name, name, None, where, sentence, head=head, rule="office")
    return told


def _bears(person: Entity, whole: str) -> bool:
    return any(_OFFICERS.get(normal(t.title)) == whole for t in person.titles)


def named(seen: str, registry: Registry, name: str) -> Entity | None:
    """The organisation of the lexicon that goes by a name, where the text names it, if not within the name of
    another; None where it does not."""
    registered = registry.body_known(name)
    if registered is not None:
        return registered
    known = organizations.lookup(name)
    forms = sorted((known.name, *known.acronyms)) if known else []
    words = "|".join(map(re.escape, forms))
    taken = [s for e in registry.entities.values() if e.kind == "organization" for s in e.spans]
    spans = (m.span() for m in re.finditer(rf"\b(?:{words})\b", seen))
    at = next((s for s in spans if not any(t.char_start <= s[0] < t.char_end for t in taken)), None)
    if known is None or at is None:
        return None
    span = Span(char_start=at[0], char_end=at[1])
    head = known.name.split()[-1].casefold()
    return registry.body(known.name, known.name, known.country, span, span, head=head, rule="lexicon")
