"""The entry point: runs a command, turns errors into a message on stderr and an exit status."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence

from dipcli.errors import AmbiguousName, DipcliError, Exit, QuerySyntaxError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `dipcli` with the arguments (the process's own where None); gives the exit status."""
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w")  # noqa: SIM115, PTH123 - for as long as the process lives
    try:
        from dipcli.cli.app import run

        status = run(list(sys.argv[1:] if arguments is None else arguments))
        if sys.stdout is not None:
            sys.stdout.flush()
        return status
    except DipcliError as error:
        _explain(error)
        return error.exit
    except KeyboardInterrupt:
        _say("interrupted")
        return Exit.INTERRUPTED
    except OSError as error:
        _drop_stdout()
        if error.errno == errno.EPIPE:
            return Exit.OK
        about = f"{error.filename}: " if error.filename else ""
        _say(f"{about}{error.strerror or error}")
        return Exit.ERROR


def _explain(error: DipcliError) -> None:
    """The message, what it is about, and what to do next."""
    _say(error.message)
    if isinstance(error, QuerySyntaxError):
        _indented(error.query)
        _indented(" " * error.position + "^" * max(1, error.length))
    if isinstance(error, AmbiguousName):
        for candidate in error.candidates:
            _indented(candidate)
    if error.hint:
        _indented(error.hint)


def _say(message: str) -> None:
    from dipcli.output import terminal

    terminal.note(message)


def _indented(line: str) -> None:
    from dipcli.output.text import clean

    print(f"  {clean(line)}", file=sys.stderr)


def _drop_stdout() -> None:
    """Nobody reads standard output any more: let what is left in its buffer go nowhere."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main())
