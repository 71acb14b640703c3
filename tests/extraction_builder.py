"""Documents and extraction for tests."""

import hashlib

import pytest

from dipcli import extraction
from dipcli.extraction import syntax
from dipcli.records import Document, Published

MODEL = pytest.mark.skipif(not syntax.available(), reason="the extra dipcli[nlp] is not installed")


def document(text: str, published: str | None = "2023-12-31", publisher: str | None = None) -> Document:
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    when = None
    if published:
        when = Published(start=published, end=published, precision="day", basis="given")
    return Document(
        id=f"doc-{digest[:12]}", path="a.txt", paths=["a.txt"], sha256=digest, media_type="text/plain",
        published=when, publisher=publisher, text=text,
    )  # fmt: skip


def extract(
    text: str,
    published: str | None = "2023-12-31",
    model: str | None = None,
    publisher: str | None = None,
):
    return extraction.extract(document(text, published, publisher), extraction.Settings(model=model))
