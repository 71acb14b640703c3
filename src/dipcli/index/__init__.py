"""The folder on disk: JSON lines that are the source of truth, and a manifest that names them.

Reading (`locate`, `read`) needs msgspec and the standard library alone and takes no lock. Writing is
in `dipcli.index.transaction`, imported by what writes. How a change is made whole or not at all is
told there; what is in the files, in docs/index-format.md.
"""

from __future__ import annotations

from dipcli.index.kinds import KINDS
from dipcli.index.manifest import Manifest, Part, Settings
from dipcli.index.place import create, locate, target
from dipcli.index.snapshot import Snapshot, read

__all__ = ["KINDS", "Manifest", "Part", "Settings", "Snapshot", "create", "locate", "read", "target"]
