"""What a person decided about the record: corrections, merges, notes; each a line of `decisions.jsonl`.

Decisions are an input, like documents: `dipcli.resolution` applies them, each time anew, to what the
documents tell. So they are anchored on words of documents (`Quote`), never on ids, which they may change.

    from dipcli import decisions

    with dipcli.open() as index:
        a, b = index.show("wang-qishan"), index.show("wang-qishen")
        index.decide(decisions.make("same", [a, b], why="misspelt in the chronology"))

`types` says what a decision is, `values` what an event's fields may be set to, `making` how decisions are
made from records, `file` how they are read and written, `added` how an event that no document tells becomes
a document, `forgetting` what is taken out of decisions with a document.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from dipcli.decisions.types import Decision, Quote, Ruling, Subject

if TYPE_CHECKING:
    from dipcli.decisions.making import make

__all__ = ["Decision", "Quote", "Ruling", "Subject", "make"]


def __getattr__(name: str) -> Any:
    if name != "make":
        raise AttributeError(f"module 'dipcli.decisions' has no attribute '{name}'")
    return getattr(import_module("dipcli.decisions.making"), name)
