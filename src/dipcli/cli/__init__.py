"""The command line: arguments to one call of the library, and its answer to output."""

from __future__ import annotations

import gc
import sys
from importlib import import_module

gc.disable()  # until a command is loaded (`dipcli.cli.main`): all that loading makes is there to stay
if "typing_extensions" not in sys.modules:
    # msgspec asks for it, and does without where there is none: a tenth of what a query loads hangs on it.
    sys.modules["typing_extensions"] = None  # type: ignore[assignment]
    import_module("msgspec")
    del sys.modules["typing_extensions"]
