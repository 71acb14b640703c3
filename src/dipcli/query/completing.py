"""Names that begin so: what a shell offers while a command is typed."""

from __future__ import annotations

from contextlib import suppress

from dipcli.errors import CacheStale
from dipcli.lexicon import countries
from dipcli.names.forms import normal
from dipcli.query.actors import Directory
from dipcli.query.stored import Snapshot, cache_of, view_reader


def complete_actor(snapshot: Snapshot, beginning: str, most: int, *, ids: bool = False) -> list[str]:
    """Names (or ids) of the actors of whom a name or alias begins so, those of most events first."""
    letters = normal(beginning).replace(" ", "")
    cache = cache_of(snapshot)
    if cache is not None:
        with suppress(CacheStale):
            return [ident if ids else name for ident, name in cache.complete_actor(letters, most)]
    found = [
        actor
        for actor in Directory(snapshot).actors
        if any(normal(form).replace(" ", "").startswith(letters) for form in (actor.name, *actor.aliases))
    ]
    found.sort(key=lambda actor: (-actor.event_count, actor.id))
    return [actor.id if ids else actor.name for actor in found[:most]]


def country_names() -> list[str]:
    return [country.name for country in countries.all()]


def complete_document(snapshot: Snapshot, beginning: str, most: int) -> list[str]:
    """Paths of the documents that begin so, by path; where none does, ids."""
    cache = cache_of(snapshot)
    if cache is not None:
        with suppress(CacheStale):
            found: list[str] = cache.complete_document(beginning, most)
            return found
    documents = list(map(view_reader("documents", "id", "paths"), snapshot.raw("documents")))
    paths = sorted(one.paths[0] for one in documents if one.paths[0].startswith(beginning))
    return (paths or [one.id for one in documents if one.id.startswith(beginning)])[:most]
