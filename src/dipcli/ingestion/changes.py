"""From the documents an index holds to those it is to hold: what must be read, and what stays.

What an index is to hold is a function of the contents there are and their names (`Sources.paths`),
never of the order in which they came: the first name of a content, sorted, is the one it is read
under, and its id is as long as it must be among all ids. So a content is read again where its first
name or its id became another, even if its bytes are not at hand (then from its stored text).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from dipcli import copies
from dipcli.decisions import added
from dipcli.garbage import uncollected
from dipcli.index import KINDS, Snapshot
from dipcli.index.kinds import encode
from dipcli.index.ledger import Ledger, Place, Scratch
from dipcli.ingestion.found import Found
from dipcli.ingestion.lines import Lines
from dipcli.ingestion.sources import Sources
from dipcli.ingestion.work import Outcome, Task
from dipcli.mentions import LeftOut, Mentions, Signature
from dipcli.reading.metadata import OPTION
from dipcli.records import CopyOf, Document, Note, Published, Told
from dipcli.resolution.corpus import flat
from dipcli.resolution.marks import Marked

if TYPE_CHECKING:
    from dipcli.resolution.adding import Links

ID_DIGITS = 12


class Known(msgspec.Struct):
    """What must be known of a document to see whether it is still right."""

    id: str
    sha256: str
    paths: list[str]
    given: list[Told] = []
    fingerprint: str | None = None
    """Of what extracted its mentions."""
    tags: list[str] = []
    notes: list[Note] = []
    copy_of: CopyOf | None = None


class _Extracted(msgspec.Struct):
    document: str
    fingerprint: str


class _Head(msgspec.Struct):
    published: Published | None
    copy_of: CopyOf | None = None


class _Signed(msgspec.Struct):
    signature: Signature = Signature()


FEW = 200
"""So many documents may share bands with new ones before all are linked again."""
_HEAD = msgspec.json.Decoder(_Head)
_SIGNED = msgspec.json.Decoder(_Signed)


class Done(NamedTuple):
    """A document that was read now, and where its lines are."""

    task: Task
    document: Place
    mentions: Place
    notes: tuple[str, ...]
    left_out: tuple[LeftOut, ...]


class Changes:
    """The documents and mentions of an index, and the changes to them.

    `tasks` tells what is to be read, `take` notes what was; once there are no tasks left (or none
    are wanted), `settle` brings both ledgers up to date.
    """

    def __init__(self, before: Snapshot | None, scratch: Scratch, fingerprint: str | None) -> None:
        self.documents = Ledger(KINDS["documents"], scratch)
        self.mentions = Ledger(KINDS["mentions"], scratch)
        self.known: dict[str, Known] = {}
        """By SHA-256, as all that follows."""
        self.done: dict[str, Done] = {}
        self.added: set[str] = set()
        """Ids of the documents that decisions added (`dipcli.decisions.added`)."""
        self._is_plain = False
        """Whether known documents stay as they are, but for their paths."""
        self._new: set[str] = set()
        """The ids of documents that were read now and are wanted, once settled."""
        self._fingerprint = fingerprint
        if before:
            self._load(before)

    @uncollected()
    def _load(self, before: Snapshot) -> None:
        lines = Lines(before.path)
        by_id: dict[str, Known] = {}
        for part, found in lines.of(before.parts["documents"], Known):
            self.documents.know({line.head.id: Place(part, line.offset, line.length) for line in found})
            by_id.update((line.head.id, line.head) for line in found)
        self.known = {document.sha256: document for document in by_id.values()}
        for part, extracted in lines.of(before.parts["mentions"], _Extracted):
            self.mentions.know(
                {line.head.document: Place(part, line.offset, line.length) for line in extracted}
            )
            for line in extracted:
                document = by_id[line.head.document]
                document.fingerprint = line.head.fingerprint
                if line.head.fingerprint == added.FINGERPRINT:
                    self.added.add(document.id)
                    del self.known[document.sha256]
        lines.save()

    @property
    def any(self) -> bool:
        """Whether there are any, once settled."""
        return bool(self.documents.touched or self.mentions.touched)

    def digest(self, name: str) -> str:
        """The SHA-256 of the document with this id; what is no id here stays as it is."""
        if name in self.added:
            digest: str = self.documents.record(name).sha256
            return digest
        return next((known.sha256 for known in self.known.values() if known.id == name), name)

    def told(self, names: Iterable[str], gone: Collection[str]) -> set[str]:
        """Those of some names that stand in a document other than those that are `gone` (SHA-256)."""
        left = {name: flat(name) for name in names}
        found: set[str] = set()
        for known in self.known.values():
            if left and known.sha256 not in gone:
                text = flat(self.documents.record(known.id).text)
                here = {name for name, words in left.items() if words in text}
                found |= here
                left = {name: words for name, words in left.items() if name not in here}
        return found

    def is_fresh(self, sha256: str) -> bool:
        """Whether a content is in the index as the present settings make it."""
        return sha256 in self.known and self._fingerprint in (None, self.known[sha256].fingerprint)

    def sources(self, index: Path) -> Sources:
        return Sources.load(index, {sha256: known.paths for sha256, known in self.known.items()})

    @uncollected()
    def tasks(self, paths: Mapping[str, list[str]], found: Found) -> list[Task]:
        """What must be read so that the index holds these contents, by these names.

        A task without an origin is to be made from its stored record (`filled`).
        """
        ids = document_ids(paths)
        tasks = (
            Task(
                sha256,
                ids[sha256],
                names,
                found.origins.get(sha256),
                self._given(sha256, names[0], found),
                found.media_type(sha256, names[0]),
            )
            for sha256, names in paths.items()
            if not self._stays(sha256, ids[sha256], names[0], found)
        )
        return [task for task in tasks if not self._fits(task)]

    def filled(self, tasks: list[Task]) -> Iterator[Task]:
        """The tasks, each with its bytes or its record as it is taken up, where those are kept."""
        for task in tasks:
            if isinstance(task.origin, Place):
                task = task._replace(origin=task.origin.read())
            elif task.origin is None and task.sha256 in self.known:
                task = task._replace(origin=self.documents.record(self.known[task.sha256].id))
            yield task

    def take(self, outcome: Outcome) -> None:
        """Keeps the lines of a document that was read."""
        self.done[outcome.task.sha256] = Done(
            outcome.task,
            self.documents.append(outcome.document),
            self.mentions.append(outcome.mentions),
            outcome.notes,
            outcome.left_out,
        )

    @property
    def only_added(self) -> set[str] | None:
        """The ids of new documents, once settled, where no other changed by more than its paths; else null."""
        return self._new if self._is_plain else None

    @uncollected()
    def settle(self, paths: Mapping[str, list[str]]) -> None:
        """Makes the ledgers hold these contents by these names, as far as they were read."""
        self._is_plain = self.known.keys() <= paths.keys() - self.done.keys() and not self.added
        self._new = {done.task.id for digest, done in self.done.items() if digest in paths}
        for sha256, known in self.known.items():
            done = self.done.get(sha256)
            if sha256 not in paths or (done and done.task.id != known.id):
                self.documents.remove(known.id)
                self.mentions.remove(known.id)
        for sha256, names in paths.items():
            if done := self.done.get(sha256):
                self.documents.put(done.task.id, done.document)
                self.mentions.put(done.task.id, done.mentions)
                self._name(done.task.id, done.task.paths, names)
            elif (document := self.known.get(sha256)) and document.paths != names:
                self._name(document.id, document.paths, names)

    def link(self) -> int:
        """Says of each document whether it is a copy of another, and tells how many are. To be called once
        settled."""
        found = copies.link(self._signed(name) for name in self.mentions)
        for name in self.documents:
            self._copies(name, found.get(name))
        return len(found)

    def bands(self) -> Iterator[tuple[int, str]]:
        """What `link_added` asks: the bands of each document, each with its id."""
        for name in self.mentions:
            yield from ((band, name) for band in copies.bands(self._signed(name).signature))

    def link_added(self, new: Collection[str], bands: Links) -> int | None:
        """Says of new documents whether they are copies, and tells how many copies there are, where what others
        are a copy of stays as it is and few are to be held against them; null where all have to be linked."""
        signed = {name: self._signed(name) for name in new}
        for name, one in signed.items():
            bands.add((band, name) for band in copies.bands(one.signature))
        keys = {band for one in signed.values() for band in copies.bands(one.signature)}
        touched = {name for band in keys for name in bands.get(band)} | set(new)
        if len(touched) > FEW + len(new):
            return None
        count = sum(known.copy_of is not None for known in self.known.values())
        for name in sorted(touched):
            one = signed.setdefault(name, self._signed(name))
            beside = [[*bands.get(band)] for band in copies.bands(one.signature)]
            for other in {other for names in beside for other in names} - signed.keys():
                signed[other] = self._signed(other)
            found = copies.linked(one, ([signed[other] for other in names] for names in beside))
            if name not in new and found != _HEAD.decode(self.documents.line(name)).copy_of:
                return None
            self._copies(name, found)
            count += name in new and found is not None
        return count

    def _signed(self, name: str) -> copies.Signed:
        published = _HEAD.decode(self.documents.line(name)).published
        return copies.Signed(name, published, _SIGNED.decode(self.mentions.line(name)).signature)

    def _copies(self, name: str, found: CopyOf | None) -> None:
        """Says of a document of which other it is a copy, or that it is of none."""
        if _HEAD.decode(self.documents.line(name)).copy_of != found:
            document = msgspec.structs.replace(self.documents.record(name), copy_of=found)
            self.documents.put(name, self.documents.append(encode(document)))

    def add(self, wanted: Iterable[tuple[Document, Mentions]]) -> None:
        """Makes the ledgers hold the documents that decisions add, and no others of the kind."""
        documents = {document.id: (document, mentions) for document, mentions in wanted}
        for name in self.added - documents.keys():
            self.documents.remove(name)
            self.mentions.remove(name)
        for name, (document, mentions) in documents.items():
            for ledger, record in ((self.documents, document), (self.mentions, mentions)):
                line = encode(record)
                if name not in self.added or (ledger is self.mentions and ledger.line(name) != line):
                    ledger.put(name, ledger.append(line))
        self.added = set(documents)

    def mark(self, marked: Mapping[str, Marked]) -> None:
        """Gives documents, by id, the tags and notes that a person gave them, and no others theirs."""
        before = {known.id for known in self.known.values() if known.tags or known.notes}
        for name in sorted((before | self.added | marked.keys()) & set(self.documents)):
            document = self.documents.record(name)
            now = marked.get(name, Marked())
            if (document.tags, document.notes) != (now.tags, now.notes):
                document = msgspec.structs.replace(document, tags=now.tags, notes=now.notes)
                self.documents.put(name, self.documents.append(encode(document)))

    def _name(self, name: str, before: list[str], paths: list[str]) -> None:
        """Gives the document `name` other paths. (Where another became the first but the document was
        not read again, the work was interrupted: the next ingest does it.)"""
        if paths != before and paths[0] == before[0]:
            document = self.documents.record(name)
            line = encode(msgspec.structs.replace(document, paths=paths))
            self.documents.put(name, self.documents.append(line))

    def _given(self, sha256: str, name: str, found: Found) -> tuple[Told, ...]:
        """What is told of a content from outside: as it was found now, else as before. What an option
        said stays until another ingest says otherwise, for the next content of the file, too."""
        before = [sha256] if sha256 in self.known else sorted(found.displaced.get(sha256, ()))
        stored = [one for digest in before if digest in self.known for one in self.known[digest].given]
        given = found.given.get((sha256, name))
        if given is None:
            given = tuple(one for one in stored if one.origin != OPTION)
        now = found.options if sha256 in found.digests else ()
        options = {one.field: one for one in (*stored, *now) if one.origin == OPTION}
        return (*given, *(options[field] for field in sorted(options)))

    def _stays(self, sha256: str, name: str, path: str, found: Found) -> bool:
        """Whether nothing is told now of a content that is there already: so of most, which are asked quickly."""
        known = self.known.get(sha256)
        return (
            known is not None
            and self._fingerprint in (None, known.fingerprint)
            and not known.given
            and known.id == name
            and known.paths[0] == path
            and sha256 not in found.digests
            and sha256 not in self.done
        )

    def _fits(self, task: Task) -> bool:
        """Whether a content is there already as it is to be."""
        wanted = (task.id, task.paths[0], task.given)
        if done := self.done.get(task.sha256):
            return (done.task.id, done.task.paths[0], done.task.given) == wanted
        if known := self.known.get(task.sha256):
            return self.is_fresh(task.sha256) and (known.id, known.paths[0], tuple(known.given)) == wanted
        return False


def document_ids(digests: Collection[str]) -> dict[str, str]:
    """Ids of contents by SHA-256: `doc-` and the first 12 digits, more for all that begin alike."""
    ids = {digest: f"doc-{digest[:ID_DIGITS]}" for digest in digests}
    if len({*ids.values()}) < len(ids):
        for _, group in groupby(sorted(digests), key=lambda digest: digest[:ID_DIGITS]):
            alike, digits = list(group), ID_DIGITS
            while len({digest[:digits] for digest in alike}) < len(alike):
                digits += 1
            ids.update({digest: f"doc-{digest[:digits]}" for digest in alike})
    return ids
