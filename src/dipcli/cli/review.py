"""`dipcli review`: events one by one in the terminal, each accepted, put right, rejected or left for later."""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

import dipcli
from dipcli import settings
from dipcli.cli.decide import BY
from dipcli.cli.keys import QUIT, Keyboard
from dipcli.cli.options import INDEX, OUTPUT, Option, command, filter_options
from dipcli.decisions.values import FIELDS, assignments
from dipcli.errors import DipcliError, Exit, UsageError
from dipcli.output import pages, terminal
from dipcli.output.text import counted
from dipcli.query import context
from dipcli.query.filters import filters_of
from dipcli.records import Event

PLACES = "review.json"
"""In the index's cache: at which event a review with some filters stopped."""
KEYS = {"a": "accept", "e": "edit", "r": "reject", "s": "skip", "b": "back", "q": "quit"}
DONE = {"accept": "accepted", "reject": "rejected", "skip": "skipped", "edit": "edited"}


def _review(restart: bool | None, by: str | None, index: str | None, **values: Any) -> Exit:
    if not (terminal.is_terminal(sys.stdin) and terminal.is_terminal(sys.stdout)):
        raise UsageError(
            "a review needs a terminal, for keys to be pressed",
            hint="`dipcli events --unreviewed` lists what is to be reviewed; `dipcli accept EVENT` accepts",
        )
    set_up = settings.load(index=index, color=values["color"], by=by)
    asked = {line.name: values[line.name] for line in filters_of("events")}
    given = msgspec.json.encode({name: value for name, value in sorted(asked.items()) if value}).decode()
    if not asked["reviewed"]:
        asked["unreviewed"] = True
    with dipcli.open(set_up.index) as opened:
        if not opened.is_decided():
            opened.decide()
        selection = opened.select("events", **asked)
        events = [row.record for row in selection]
        for line in selection.notes:
            terminal.note(line)
        if not events:
            terminal.note("nothing to review")
            return Exit.NOTHING
        places = _Places(opened.path, given)
        review = _Review(opened, events, terminal.screen(set_up.color), set_up.by)
        review.place = 0 if restart else places.load([event.id for event in events])
        try:
            with Keyboard() as keyboard:
                review.run(keyboard)
        except KeyboardInterrupt:
            return Exit.INTERRUPTED
        finally:
            terminal.say("")
            places.save(review.current.id if review.current else None)
            opened.decide()
            terminal.note(f"{review.summary()}; {_reviewed(opened)}")
    return Exit.OK


def _reviewed(index: dipcli.Index) -> str:
    info = index.info()
    return f"{info['reviewed']:,} of {counted(info['events'], 'events')} reviewed"


class _Places:
    """Where reviews stopped, by their filters; forgotten with the cache."""

    def __init__(self, index: Path, filters: str) -> None:
        self._file = index / "cache" / PLACES
        self._filters = filters

    def _all(self) -> dict[str, str]:
        with suppress(OSError, msgspec.MsgspecError):
            return msgspec.json.decode(self._file.read_bytes(), type=dict[str, str])
        return {}

    def load(self, ids: list[str]) -> int:
        """Which of these events the review stopped at; the first where it is none of them."""
        stopped = self._all().get(self._filters)
        return ids.index(stopped) if stopped in ids else 0

    def save(self, ident: str | None) -> None:
        places = self._all()
        places.pop(self._filters, None)
        if ident:
            places[self._filters] = ident
        with suppress(OSError):  # a review that cannot be resumed is a review all the same
            self._file.parent.mkdir(mode=0o700, exist_ok=True)
            self._file.write_bytes(msgspec.json.encode(places))
            self._file.chmod(0o600)


class _Review:
    def __init__(
        self, index: dipcli.Index, events: list[Event], screen: terminal.Screen, by: str | None
    ) -> None:
        self.index = index
        self.events = events
        self.screen = screen
        self.by = by
        self.place = 0
        self.done: dict[int, str] = {}
        """What was done with each event, by its place."""

    @property
    def current(self) -> Event | None:
        return self.events[self.place] if self.place < len(self.events) else None

    def run(self, keyboard: Keyboard) -> None:
        """Go through the events until the last, or until the person quits."""
        while event := self.current:
            self._show(event)
            match KEYS.get(self._pressed(keyboard)):
                case "quit":
                    return
                case "back":
                    self.place = max(0, self.place - 1)
                case "edit":
                    self._edit(event, keyboard)
                case "skip":
                    self._next("skip")
                case str(kind):
                    self.index.decide(self.index.decision(kind, event, by=self.by), apply=False)
                    self._next(kind)

    def summary(self) -> str:
        """`12 accepted, 3 rejected, 1 skipped`."""
        counts = Counter(self.done.values())
        parts = [f"{counts[kind]} {told}" for kind, told in DONE.items() if counts[kind]]
        return ", ".join(parts) or "nothing decided"

    def _next(self, kind: str) -> None:
        self.done[self.place] = kind
        self.place += 1

    def _show(self, event: Event) -> None:
        told = f", {DONE[self.done[self.place]]}" if self.place in self.done else ""
        head = f"--- {self.place + 1} of {len(self.events)}{told} "
        lines = pages.record(event, lambda quote: context(self.index.snapshot, quote), self.screen)
        terminal.write_lines([head.ljust(min(self.screen.width, 80), "-"), *lines], self.screen, pager=False)

    def _pressed(self, keyboard: Keyboard) -> str:
        """A key that means something."""
        prompt = ", ".join(f"[{name[0]}]{name[1:]}" for name in KEYS.values())
        terminal.write([f"{prompt}: ".encode()])
        while (pressed := keyboard.key()) not in KEYS:
            pass
        terminal.write([f"{KEYS[pressed]}\n".encode()])
        return pressed

    def _edit(self, event: Event, keyboard: Keyboard) -> None:
        """Ask what to set until a line is empty, and set it."""
        terminal.write([f"fields: {', '.join(FIELDS)}\n".encode()])
        typed: list[str] = []
        while line := _asked(keyboard, "set FIELD=VALUE (empty: done): "):
            try:
                self.index.decision("edit", event, set=assignments([*typed, line]))
                typed.append(line)
            except DipcliError as error:
                terminal.note(f"{error.message}{f' ({error.hint})' if error.hint else ''}")
        if not typed:
            return
        why = _asked(keyboard, "why (may be empty): ")
        made = self.index.decision("edit", event, by=self.by, why=why, set=assignments(typed))
        (ruling,) = self.index.decide(made).rulings
        changed = self.index.show(ruling.records[0])
        assert isinstance(changed, Event)
        self.events[self.place] = changed
        self.done[self.place] = "edit"


def _asked(keyboard: Keyboard, prompt: str) -> str:
    """A line of the person's; empty at the end of the input."""
    terminal.write([prompt.encode()])
    return keyboard.line()


HELP = f"""Keys: {", ".join(f"{letter} {name}" for letter, name in KEYS.items())}. Without --reviewed only what was not
reviewed yet is shown. What is decided is kept at once; {QUIT} or Ctrl-C stops, and the next review with the
same filters goes on there."""

COMMANDS = {
    "review": command(
        "review",
        "Go through events in the terminal: accept, edit or reject each with one key.",
        [
            *filter_options("events"),
            Option("--restart", "Begin with the first event, not where the last review stopped."),
            *(option for option in OUTPUT if option.name == "--color"),
            BY,
            INDEX,
        ],
        _review,
        epilog=HELP,
    )
}
