"""The progress of a long task, as a bar on standard error; the one door to rich."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from dipcli.output.terminal import is_terminal
from dipcli.output.text import clean, cut

NAME_WIDTH = 30
NO_CURSOR = ("dumb", "unknown")
"""Terminals that cannot take back what they have shown."""

Advance = Callable[[int, int, str], None]
"""Called with how much is done, of how much, and what it is at."""


def on_demand(what: str) -> Advance:
    """A bar for a task that may not come: drawn at its first step, gone at its last."""
    with_bar = ExitStack()
    advance: list[Advance] = []

    def step(done: int, total: int, name: str) -> None:
        if not advance:
            advance.append(with_bar.enter_context(bar(what)))
        advance[0](done, total, name)
        if done >= total:
            with_bar.close()
            advance.clear()

    return step


@contextmanager
def bar(what: str) -> Iterator[Advance]:
    """A progress bar while a task runs, gone when it ends; nothing where nobody looks or none can be drawn."""
    if not is_terminal(sys.stderr) or os.environ.get("TERM") in NO_CURSOR:
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
