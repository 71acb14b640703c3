"""Who "we", "our two countries" and "our ministers" are in what several declare together: a joint statement, a
communiqué, the words of a group's leaders."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dipcli.extraction.slots import Scene, Slot, unique
from dipcli.extraction.wordclass import Coarse

_JOINT = re.compile(
    r"\bjoint\b[^.\n]{0,60}?\b(?:statement|communiqu[eé]|declaration|vision|message|press\s+release)\b"
    r"|\b(?:communiqu[eé]|declaration|statement)\s+of\s+the\s+(?:\w+\s+)?(?:leaders|heads|ministers|foreign\s+ministers)\b",
    re.IGNORECASE,
)
"""In the headings of a document that several issue."""
_OPENS = re.compile(
    r"\W*We(?:,\s+(?:the\s+)?|\s+the\s+)(?=[^.]{0,80}?\b(?:leaders|heads|presidents?|(?:prime\s+)?ministers?|kings?)\b)",
    re.IGNORECASE,
)
"""With which such words begin: "We, the leaders of A, B and C"."""
_OURS = re.compile(
    r"\b[Ww]e\b|\b[Oo]ur\s+(?:(?:two|three|four|both|respective)\s+)?(?:(?:two|three|four)\s+)?"
    r"(?:(?:prime|foreign|defen[cs]e|finance|trade|interior|labou?r|development|border|customs|armed|security|national)\s+){0,2}"
    r"(?:countries|nations|states|republics|governments|presidents|leaders|ministers|ministries|delegations|sides|agencies|authorities"
    r"|parliaments|officials|teams|experts|militaries|navies|armies|forces|heads\s+of\s+(?:state|government))\b"
)
_RESOLVES = re.compile(
    r"(?:(?:Also|Further|Again|Strongly|Firmly|Solemnly|Urgently)\s+)?"
    r"(?P<verb>Accepts|Adopts|Affirms|Appeals|Appoints|Approves|Authori[sz]es|Calls|Commends|Condemns|Decides|Declares|Demands|Denounces"
    r"|Deplores|Directs|Encourages|Endorses|Establishes|Expresses|Extends|Imposes|Insists|Invites|Lifts|Pledges|Recommends|Reaffirms"
    r"|Notes|Recalls|Takes|Regrets|Rejects|Reiterates|Requests|Stresses|Supports|Suspends|Terminates|Thanks|Urges|Warns|Welcomes"
    r"|accepts|adopts|calls|condemns|decides|declares|demands|deplores|rejects|requests|urges|welcomes)\s",
)
"""With which a clause of a resolution begins, below a line that says who resolves."""
_BODY = re.compile(
    r"(?:The\s+)?(?:Council|Assembly|Authority|Conference|Summit|Committee|Commission|Board|Meeting),"
)
_PERSONS = ("person", "office")
_STATES = ("country", "pair", "demonym", "body")
_TOP = 6
"""In how many sentences from the top those who declare are named."""


def parties(seen: str, title: str, scenes: Sequence[Scene]) -> tuple[str, ...]:
    """Keys of those in whose name a document with such a title speaks, as its first sentences tell: the persons of a
    heading, else countries and organisations; nobody where one alone speaks."""
    joint = _JOINT.search(title) is not None
    for number, scene in enumerate(scenes[:_TOP]):
        sentence = scene.sentence
        heading = sentence.kind == "heading" or number == 0
        joint = joint or (heading and bool(_JOINT.search(seen, sentence.char_start, sentence.char_end)))
        told = (
            scene.slots
            if heading
            else [s for s in scene.slots if s.kind not in _PERSONS and s.rule != "capital"]
        )
        if joint and len(keys := _named(told)) > 1:
            return keys
    return ()


def opening(seen: str, scene: Scene) -> Slot | None:
    """The slot of those with whom a declaration begins: "*We, the leaders of A, B and C*, met"."""
    start = scene.sentence.char_start
    if not _OPENS.match(seen, start, scene.sentence.char_end):
        return None
    told = _before_verb(scene)
    keys = _named(told)
    return Slot("group", start, told[-1].char_end, keys, "officials", rule="group") if keys else None


def resolving(seen: str, scene: Scene, holder: str | None = None) -> str | None:
    """Key of the body that a line of a resolution names for all the clauses below: "The Security Council,"; `holder` is
    the one meant by a common noun ("Council,")."""
    slot, sentence = scene.slots[0] if len(scene.slots) == 1 else None, scene.sentence
    if slot is None and _BODY.fullmatch(seen, sentence.char_start, sentence.char_end):
        return holder
    if slot is None or slot.kind != "body" or seen[sentence.char_end - 1] not in ",:":
        return None
    beside = sentence.char_end - sentence.char_start - (slot.char_end - slot.char_start)
    return slot.keys[0] if beside <= len("The ,  ") else None


def clause(seen: str, start: int, key: str) -> Slot | None:
    """The slot of the body that a resolution's clause is of, "Calls upon both sides to …": the blank before it."""
    told = start and _RESOLVES.match(seen, start)
    return Slot("body", start - 1, start, (key,), "NATO", rule="again") if told else None


def is_clause(scene: Scene) -> bool:
    """Whether a sentence is a clause of a resolution, whose body the blank before it stands for."""
    return bool(scene.slots) and scene.slots[0].char_end == scene.sentence.char_start


def part_of_speech(seen: str, scene: Scene) -> Coarse | None:
    """What is known of the words of a sentence before it is parsed: that such a clause begins with a verb, as does a
    sentence of a chronology that leaves out who acts."""
    start = scene.sentence.char_start
    told = _RESOLVES.match(seen, start) if is_clause(scene) else None
    if told is None:
        return {start: "VERB"}.get if is_clause(scene) else None
    return {told.start("verb"): "VERB"}.get


def _named(slots: Sequence[Slot]) -> tuple[str, ...]:
    """Keys of several persons or offices that slots name, else of their countries and organisations."""
    for kinds in (_PERSONS, _STATES, _PERSONS + _STATES):
        keys = unique([k for s in slots if s.kind in kinds and s.rule != "pronoun" for k in s.keys])
        if len(keys) > 1:
            return tuple(keys)
    return tuple(keys)


def _before_verb(scene: Scene) -> list[Slot]:
    """The slots of a sentence before its first verb: "We, the leaders of A and B, met in C"."""
    start = scene.sentence.char_start
    verbs = (u.char_start for u in scene.units if u.tag == "v" and u.char_start > start + len("We, the "))
    end = next(verbs, scene.sentence.char_end)
    return [slot for slot in scene.slots if slot.char_start < end]


def find(seen: str, start: int, end: int, keys: tuple[str, ...]) -> Iterator[Slot]:
    """Slots of "we" and "our countries" between two offsets, for those who declare."""
    for match in _OURS.finditer(seen, start, end):
        yield Slot("group", match.start(), match.end(), keys, "officials", rule="group")
