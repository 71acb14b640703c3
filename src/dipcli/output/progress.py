"""The progress of a long task, as a bar on standard error; the one door to rich."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from dipcli.output.terminal import is_terminal
from dipcli.output.text import clean, cut

NAME_WIDTH = 30

Advance = Callable[[int, int, str], None]
"""Called with how much is done, of how much, and what it is at."""


@contextmanager
def bar(what: str) -> Iterator[Advance]:
    """A progress bar while a task runs, gone when it ends; nothing where nobody looks."""
    if not is_terminal(sys.stderr):
        yield lambda done, total, name: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn(what),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[name]}", markup=False),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(what, total=None, name="")
        yield lambda done, total, name: progress.update(
            task, completed=done, total=total, name=cut(clean(name), NAME_WIDTH)
        )
