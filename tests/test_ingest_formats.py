"""An index of an older format: read as it is, and made anew by the next ingest."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

import dipcli
import fake_stages
from dipcli.records import FORMAT_VERSION

NEW = ("updated", "address", "translates", "origins", "given", "pages")
"""Keys of a document that format 1 did not have."""


@pytest.fixture(autouse=True)
def _stages(monkeypatch: pytest.MonkeyPatch) -> None:
    fake_stages.install(monkeypatch)


def to_format_1(index: Path) -> None:
    """Rewrites an index as dipcli 0.1 wrote it."""
    place = index / "manifest.json"
    manifest = json.loads(place.read_text())
    documents = index / "documents.jsonl"
    lines = [json.loads(line) for line in documents.read_text(encoding="utf-8").splitlines()]
    old = [{key: value for key, value in line.items() if key not in NEW} for line in lines]
    data = "".join(
        json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in old
    ).encode()
    documents.write_bytes(data)
    manifest["format"] = 1
    manifest["settings"]["fingerprint"] = "1:older"
    manifest["parts"]["documents"] = [
        {
            "path": "documents.jsonl",
            "sha256": hashlib.sha256(data).hexdigest(),
            "bytes": len(data),
            "records": len(old),
        }
    ]
    mentions = index / "mentions.jsonl"
    data = mentions.read_bytes().replace(
        json.loads(mentions.read_text().splitlines()[0])["fingerprint"].encode(), b"1:older"
    )
    mentions.write_bytes(data)
    manifest["parts"]["mentions"][0] |= {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
    place.write_text(json.dumps(manifest, indent=1))


def state(index: Path) -> dict[str, bytes]:
    return {place.name: place.read_bytes() for place in index.glob("*.json*")}


def test_an_index_of_format_1_is_read_and_then_renewed(tmp_path: Path) -> None:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "a.md").write_text(
        "---\ntitle: Talks\ndate: 2022-05-17\n---\n2022-05-16 Ada Berg met Cem Aydin\n"
    )
    (folder / "b.txt").write_text("2022-06-01 Ada Berg met Bo Ek\n")
    index = tmp_path / "ix"
    dipcli.ingest([folder], index, model="none")
    fresh = state(index)
    to_format_1(index)

    with dipcli.open(index) as old:
        assert old.info()["format"] == 1
        titles = {document.title: document.origins for document in old.documents()}
        assert titles == {"Talks": {}, None: {}}
        assert len(old.events()) == 2

    (folder / "a.md").unlink()  # one is made anew from its file, the other from what the index holds
    report = dipcli.ingest([folder], index, model="none")
    assert len(report.refreshed) == 2
    assert state(index) == fresh
    assert json.loads(fresh["manifest.json"])["format"] == FORMAT_VERSION
