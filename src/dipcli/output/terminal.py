"""Where output goes: standard output as a terminal, a pipe or a file, and notes on standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import Literal

import msgspec

from dipcli.errors import DipcliError
from dipcli.output.text import clean, escape_json

Color = Literal["auto", "always", "never"]


class Screen(msgspec.Struct, frozen=True):
    """What standard output is: whether a person looks at it, how wide and high it is, in colour or not."""

    terminal: bool
    width: int
    height: int
    color: bool


def screen(color: Color = "auto") -> Screen:
    """Standard output as it is now; `NO_COLOR` and a dumb terminal turn automatic colour off."""
    terminal = is_terminal(sys.stdout)
    size = _size() if terminal else os.terminal_size((80, 24))
    plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    return Screen(
        terminal, size.columns, size.lines, color == "always" or (color == "auto" and terminal and not plain)
    )


def is_terminal(stream: object) -> bool:
    isatty = getattr(stream, "isatty", None)
    return bool(isatty and isatty())


def can_show(text: str) -> bool:
    """Whether standard output's encoding has these characters."""
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "ascii")
    except UnicodeEncodeError:
        return False
    return True


def note(message: str) -> None:
    """A message for people on standard error."""
    say(f"dipcli: {message}")


def say(line: str) -> None:
    """A line for people on standard error."""
    print(clean(line), file=sys.stderr)


def write(pieces: Iterable[bytes]) -> None:
    """Write to standard output, all of it, now. Raises OSError where it cannot be written."""
    if sys.stdout is None:
        raise DipcliError("standard output is closed")
    for piece in pieces:
        sys.stdout.buffer.write(piece)
    sys.stdout.buffer.flush()


def write_json(pieces: Iterable[bytes]) -> None:
    """`write` JSON: on a terminal with escapes in place of characters that could act on it."""
    write(map(escape_json, pieces) if is_terminal(sys.stdout) else pieces)


def write_lines(lines: Iterable[str], on: Screen, *, pager: bool = True) -> None:
    """Write lines for people: through the pager where they are more than the screen holds."""
    shown = list(lines)
    text = "".join(f"{line}\n" for line in shown)
    encoding = (sys.stdout.encoding if on.terminal else None) or "utf-8"
    data = text.encode(encoding, "replace")
    command = _pager() if pager and on.terminal and len(shown) >= on.height else None
    if command is None or not _page(command, data):
        write([data])


def _size() -> os.terminal_size:
    from shutil import get_terminal_size

    return get_terminal_size()


def _pager() -> list[str] | None:
    """The pager's command: `PAGER`, else less; None where there is none or it is `cat`."""
    import shlex
    from shutil import which

    command = shlex.split(os.environ.get("PAGER", "less"))
    if not command or command == ["cat"] or which(command[0]) is None or os.environ.get("TERM") == "dumb":
        return None
    return command


def _page(command: list[str], data: bytes) -> bool:
    """Show data in the pager until the reader quits it; whether the pager could be started."""
    import signal
    import subprocess

    environment = {"LESS": "FRX", **os.environ}
    try:
        pager = subprocess.Popen(command, stdin=subprocess.PIPE, env=environment)
    except OSError:
        return False
    interrupt = signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C belongs to the pager
    try:
        pager.communicate(data)
    finally:
        signal.signal(signal.SIGINT, interrupt)
    return True
