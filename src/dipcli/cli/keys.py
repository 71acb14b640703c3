"""The keyboard of a terminal: single keys without a line feed after them, and whole lines."""

from __future__ import annotations

import os
import select
import sys
from types import TracebackType

QUIT = "q"
"""What the end of the input counts for."""

if sys.platform == "win32":
    import msvcrt

    class Keyboard:
        """Standard input, to be used in a `with` statement."""

        def __enter__(self) -> Keyboard:
            return self

        def __exit__(self, *about: object) -> None:
            pass

        def key(self) -> str:
            """The next key, in lower case; empty for a key without a letter."""
            pressed = msvcrt.getwch()
            if pressed in "\x00\xe0":
                msvcrt.getwch()
                return ""
            if pressed == "\x03":
                raise KeyboardInterrupt
            return QUIT if pressed in "\x04\x1a" else pressed.lower()

        def line(self) -> str:
            """The next line, without blanks around it; empty at the end of the input."""
            return sys.stdin.readline().strip()
else:
    import termios
    import tty

    class Keyboard:
        """Standard input, to be used in a `with` statement: keys come at once and are not echoed."""

        def __enter__(self) -> Keyboard:
            self._descriptor = sys.stdin.fileno()
            self._lines = termios.tcgetattr(self._descriptor)
            self._keys()
            return self

        def __exit__(
            self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
        ) -> None:
            termios.tcsetattr(self._descriptor, termios.TCSADRAIN, self._lines)

        def _keys(self) -> None:
            tty.setcbreak(self._descriptor, termios.TCSADRAIN)

        def key(self) -> str:
            """The next key, in lower case; empty for a key without a letter."""
            pressed = os.read(self._descriptor, 1)
            if pressed == b"\x1b":  # an arrow or function key: what follows at once belongs to it
                while select.select([self._descriptor], [], [], 0.05)[0]:
                    if os.read(self._descriptor, 1) not in b"[O;0123456789":
                        break
                return ""
            return QUIT if pressed in (b"", b"\x04") else pressed.decode(errors="replace").lower()

        def line(self) -> str:
            """The next line, without blanks around it; empty at the end of the input."""
            termios.tcsetattr(self._descriptor, termios.TCSADRAIN, self._lines)
            try:
                return os.read(self._descriptor, 4096).decode(errors="replace").strip()
            finally:
                self._keys()
