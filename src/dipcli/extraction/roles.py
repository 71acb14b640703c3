"""Who has which part in what a trigger tells, while it is being found out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from dipcli.extraction import arguments, implied
from dipcli.extraction.referents import people
from dipcli.extraction.slots import Slot
from dipcli.extraction.tree import Tree
from dipcli.extraction.triggers import Trigger

_HOSTING = frozenset("host convene chair".split())


_ATTENDING = frozenset("attend join participate participation take".split())


GREETINGS = frozenset(
    "greeting greetings regard regards message messages letter letters condolence condolences invitation wish wishes".split()
)
"""Nouns for what somebody takes along for who sent him."""

BLAMING = frozenset(("ACCUSE", "PROTEST"))


POSTS = ("embassy", "embassies", "legation", "consulate", "mission")
"""Last words of what those end who have it: "relations of X and Y were broken off", "X's embassy was closed"."""


def is_body(tree: Tree, slots: Sequence[Slot], head: int) -> bool:
    unit = tree.words[head].unit
    return unit >= 0 and slots[unit].kind == "body"


@dataclass
class Roles:
    """Who has which part in what a trigger tells, while it is being found out."""

    tree: Tree
    slots: Sequence[Slot]
    trigger: Trigger
    word: int
    args: arguments.Arguments
    told: Sequence[str]
    """The words of the trigger's lemma."""
    passive: bool
    directed: bool
    """Whether the owner of its object is whom it is done to."""
    within: frozenset[int]
    """Words in its objects, after their heads."""
    ours: frozenset[int]
    """Words in those objects that are part of the lemma ("voiced *anger at X*")."""
    actors: list[str] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)

    def put(self, role: str | None, keys: Sequence[str]) -> None:
        """Give a part to those who have none yet."""
        target = {"actor": self.actors, "recipient": self.recipients}.get(role or "")
        if target is not None:
            target.extend(k for k in keys if k not in self.actors and k not in self.recipients)

    def put_heads(self, role: str | None, heads: Sequence[int], *, owners: bool = False) -> None:
        """The same for whoever words stand for; `owners`: or whose they are."""
        if heads:
            self.put(role, people(self.tree, self.slots, heads, owners=owners))

    def named(self, head: int) -> Slot | None:
        """The slot that a word stands for."""
        unit = self.tree.words[head].unit
        return self.slots[unit] if unit >= 0 else None

    @property
    def hosted(self) -> bool:
        return self.trigger.sort == "light" and self.told[0] in _HOSTING

    @property
    def denied(self) -> bool:
        """Whether it is an answer that tells whom to, of no type of its own: "dismissed X's report"."""
        return self.trigger.type == "OTHER" and self.told[0] in implied.DISMISSING

    @property
    def attended(self) -> bool:
        return self.told[0] in _ATTENDING
