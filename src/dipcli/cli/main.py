"""The entry point: runs a command, turns errors into a message on stderr and an exit status."""

from __future__ import annotations

import errno
import gc
import os
import sys
from collections.abc import Sequence

from dipcli.errors import AmbiguousName, DipcliError, Exit, QuerySyntaxError
from dipcli.output import terminal
from dipcli.output.text import clean, width

AROUND = 60
"""Characters of a query that an error shows on either side of the bad token."""
_SELDOM = 200_000
"""So many more values than at the last look make Python look for garbage again: little of what a command makes is any."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `dipcli` with the arguments (the process's own where None); gives the exit status."""
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w")  # noqa: SIM115, PTH123 - for as long as the process lives
    try:
        from dipcli.cli.app import run

        _keep(arguments is None)
        gc.enable()
        status = run(sys.argv[1:] if arguments is None else arguments)
        if sys.stdout is not None:
            sys.stdout.flush()
        return status
    except DipcliError as error:
        _explain(error)
        return error.exit
    except KeyboardInterrupt:
        terminal.note("interrupted")
        return Exit.INTERRUPTED
    except OSError as error:
        _drop_stdout()
        if error.errno == errno.EPIPE:
            return Exit.OK
        about = f"{error.filename}:" if error.filename else "the output cannot be written:"
        terminal.note(f"{about} {error.strerror or error}")
        return Exit.ERROR
    finally:
        _keep(arguments is None)


def _keep(whole_process: bool) -> None:
    """Has Python not look for garbage in what there is, now or when the process ends with it, and seldom in the rest."""
    if whole_process:
        gc.freeze()
        gc.set_threshold(_SELDOM)


def _explain(error: DipcliError) -> None:
    """The message, what it is about, and what to do next."""
    terminal.note(error.message)
    if isinstance(error, QuerySyntaxError) and error.query.strip():
        _underline(error.query, error.position, error.length)
    if isinstance(error, AmbiguousName):
        for candidate in error.candidates:
            terminal.say(f"  {candidate}")
    if error.hint:
        terminal.say(f"  {error.hint}")


def _underline(query: str, position: int, length: int) -> None:
    """The query with its bad token underlined; of a long one what is around the token."""
    before = clean(query[max(0, position - AROUND) : position])
    token = clean(query[position : position + length])
    after = clean(query[position + length : position + length + AROUND])
    terminal.say(f"  {before}{token}{after}")
    terminal.say(f"  {' ' * width(before)}{'^' * max(1, width(token))}")


def _drop_stdout() -> None:
    """Nobody reads standard output any more: let what is left in its buffer go nowhere."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main())
