"""Keep what the docs show in step with the program: check by default, renew with `--write`.

    python tools/docs.py [--write] [PAGE ...]

Three things in README.md and docs/ are generated:

* blocks between `<!-- generated: NAME ARGUMENT -->` and `<!-- end -->`, by the functions in GENERATED;
* fenced `console` blocks: each line that begins with `$ ` is run by the shell on a terminal 80 columns
  wide, in a folder of the page's own; what follows is what it printed, with the folder called PLACE. The
  folder holds an index of the sample documents, `documents/` with their files and `gold/` with what was
  annotated in them; a page that has `<!-- console: no index -->` begins without the index;
* `docs/schemas/RECORD.json`, which is what `dipcli schema RECORD` prints.

Exit status 1, with a diff, where something is out of step. Needs a POSIX system.
"""

from __future__ import annotations

import argparse
import difflib
import fcntl
import os
import pty
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import termios
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

from dipcli.cli.app import MODULES
from dipcli.conflicts import RULES
from dipcli.output import fields
from dipcli.query.filters import COMMANDS, FILTERS
from dipcli.records import RECORDS
from dipcli.summary import ROWS

ROOT = Path(__file__).resolve().parent.parent
SCHEMAS = (*RECORDS, "mentions", "decision", "hit", "explanation", "conflict", "verdict", "evaluation", *ROWS)
PLACE = "/home/ana/research"
COLUMNS, LINES = 80, 500
ENVIRONMENT = {
    "COLUMNS": str(COLUMNS),
    "TERM": "dumb",
    "NO_COLOR": "1",
    "LC_ALL": "C.UTF-8",
    "PYTHONHASHSEED": "0",
    "DIPCLI_NOW": "2024-06-01",
    "DIPCLI_BY": "ana",
    "XDG_CONFIG_HOME": "/nonexistent",
}
"""What commands see besides PATH and HOME: nothing of the machine's own settings."""

_GENERATED = re.compile(r"(<!-- generated: (\w+) ?(\w*) -->\n)(.*?)(<!-- end -->)", re.DOTALL)
_CONSOLE = re.compile(r"(?<=^```console\n)(.*?)(?=^```$)", re.DOTALL | re.MULTILINE)


def help_text(command: str) -> str:
    """What `dipcli COMMAND --help` prints, fenced."""
    words = [part for part in ("dipcli", command, "--help") if part]
    return f"```text\n{run(' '.join(words), ROOT)}```\n"


def commands_table(_: str) -> str:
    """Each command with the first sentence of its help."""
    lines = []
    for name in MODULES:
        told = " ".join(run(f"dipcli {name} --help", ROOT).split("\n\n")[1].split())
        lines.append(f"| [`dipcli {name}`](#dipcli-{name}) | {cell(told.partition('. ')[0].rstrip('.'))} |\n")
    return "| command | |\n|---|---|\n" + "".join(lines)


def filters_table(command: str) -> str:
    """What each filter means for one command, or the options of all filters."""
    if command:
        assert command in COMMANDS, command
        rows = [(line.option, cell(line.means[command])) for line in FILTERS if command in line.means]
        return "| filter | holds for a row that |\n|---|---|\n" + "".join(
            f"| `{o}` | {m} |\n" for o, m in rows
        )
    rows = [(f"{line.option} {line.metavar}".strip(), cell(line.help)) for line in FILTERS]
    return "| option | |\n|---|---|\n" + "".join(f"| `{option}` | {help} |\n" for option, help in rows)


def filters_grid(_: str) -> str:
    """Which command takes which filter."""
    head = f"| filter | {' | '.join(COMMANDS)} |\n|---|{':-:|' * len(COMMANDS)}\n"
    return head + "".join(
        f"| `{line.option}` | {' | '.join('•' if name in line.means else ' ' for name in COMMANDS)} |\n"
        for line in FILTERS
    )


def choices_table(_: str) -> str:
    """The closed lists that filters take their values from."""
    return "| filter | values |\n|---|---|\n" + "".join(
        f"| `{line.option}` | {', '.join(f'`{choice}`' for choice in line.choices)} |\n"
        for line in FILTERS
        if line.choices
    )


def columns_table(_: str) -> str:
    """The columns of CSV and TSV of each kind of row."""
    return "| rows | columns |\n|---|---|\n" + "".join(
        f"| {kind} | {', '.join(f'`{name}`' for name in names.split())} |\n"
        for kind, names in fields.COLUMNS.items()
    )


def rules_table(_: str) -> str:
    """The rules of `dipcli conflicts`, then each in a paragraph."""
    table = "| rule | severity | finds |\n|---|---|---|\n" + "".join(
        f"| [`{rule.name}`](#{rule.name}) | {rule.severity} | {cell(rule.finds)} |\n"
        for rule in RULES.values()
    )
    told = (f"\n### {rule.name}\n\n{textwrap.fill(rule.explanation, 118)}\n" for rule in RULES.values())
    return table + "".join(told)


GENERATED: dict[str, Callable[[str], str]] = {
    "help": help_text,
    "commands": commands_table,
    "filters": filters_table,
    "grid": filters_grid,
    "choices": choices_table,
    "columns": columns_table,
    "rules": rules_table,
}


def cell(text: str) -> str:
    """Text inside a Markdown table."""
    return text.replace("|", "\\|").replace("*", "\\*")


def run(command: str, folder: Path) -> str:
    """What a shell command prints on a terminal, standard error included, line ends as LF."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {"PATH": path, "HOME": str(folder), **ENVIRONMENT}
    process = subprocess.Popen(
        ["sh", "-c", command],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    printed = b"".join(iter(lambda: _read(ours), b""))
    process.wait()
    os.close(ours)
    lines = printed.decode().replace("\r\n", "\n").replace(str(folder), PLACE).split("\n")
    return "\n".join(line.rstrip() for line in lines)


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65_536)
    except OSError:  # Linux says EIO where the other side of a terminal is closed
        return b""


def transcript(block: str, folder: Path) -> str:
    """A console block run again: its commands, each followed by what it prints now."""
    return "".join(f"$ {command}\n{run(command, folder)}" for command in commands(block))


def commands(block: str) -> list[str]:
    return [line[2:] for line in block.splitlines() if line.startswith("$ ")]


def renewed(page: str, sample: Path) -> str:
    """A page with everything generated in it as the program has it now."""
    page = _GENERATED.sub(lambda m: m[1] + GENERATED[m[2]](m[3]) + m[5], page)
    blocks = _CONSOLE.findall(page)
    if not blocks:
        return page
    with tempfile.TemporaryDirectory() as folder:
        there = Path(folder) / "work"
        shutil.copytree(sample, there)
        if "<!-- console: no index -->" in page:
            shutil.rmtree(there / ".dipcli")
        return _CONSOLE.sub(lambda m: transcript(m[1], there), page)


def current(pages: list[Path]) -> Iterator[tuple[Path, str]]:
    """Each generated file with what should be in it: the schemas, then the pages."""
    for record in SCHEMAS:
        yield ROOT / "docs" / "schemas" / f"{record}.json", run(f"dipcli schema {record}", ROOT)
    with tempfile.TemporaryDirectory() as folder:
        sample = Path(folder)
        for name in ("documents", "gold"):
            shutil.copytree(ROOT / "data" / name, sample / name)
        report = run("dipcli ingest --sample", sample)
        if not (sample / ".dipcli" / "manifest.json").exists():
            sys.exit(f"the sample documents could not be ingested:\n{report}")
        for page in pages:
            yield page, renewed(page.read_text(encoding="utf-8"), sample)


def main() -> int:
    parser = argparse.ArgumentParser(description="Check what the docs show, or renew it.")
    parser.add_argument("--write", action="store_true", help="renew what is out of step")
    parser.add_argument("pages", metavar="PAGE", nargs="*", type=Path, help="README.md and docs/ if none")
    options = parser.parse_args()
    pages = [page.resolve() for page in options.pages]
    stale = 0
    for path, wanted in current(pages or [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]):
        found = path.read_text(encoding="utf-8") if path.exists() else ""
        if found == wanted:
            continue
        stale += 1
        name = str(path.relative_to(ROOT))
        if options.write:
            path.parent.mkdir(exist_ok=True)
            path.write_text(wanted, encoding="utf-8")
            print(f"renewed {name}")
        else:
            sys.stdout.writelines(
                difflib.unified_diff(
                    found.splitlines(True), wanted.splitlines(True), name, f"{name}, as it should be"
                )
            )
    if stale and not options.write:
        print(f"{stale} out of step; python tools/docs.py --write renews them", file=sys.stderr)
    return 1 if stale and not options.write else 0


if __name__ == "__main__":
    sys.exit(main())
