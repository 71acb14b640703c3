"""`dipcli info`: which index it is and what is in it; `dipcli schema`: the records' JSON Schemas."""

from __future__ import annotations

from typing import Any

import msgspec

import dipcli
from dipcli import settings
from dipcli.cli.options import INDEX, OUTPUT, Argument, command
from dipcli.errors import UnknownValue, suggestion
from dipcli.output import pages, terminal
from dipcli.records import FORMAT_VERSION, RECORDS


def _info(index: str | None, json: bool | None, color: str | None) -> None:
    set_up = settings.load(index=index, color=color)
    with dipcli.open(set_up.index) as opened:
        found = opened.info()
    if json:
        terminal.write_json([msgspec.json.format(msgspec.json.encode(found), indent=2), b"\n"])
    else:
        screen = terminal.screen(set_up.color)
        terminal.write_lines(pages.info(found, screen), screen, pager=False)


def _schema(record: str) -> None:
    from dipcli.conflicts import Conflict
    from dipcli.conflicts.draft import Verdict
    from dipcli.decisions import Decision
    from dipcli.evaluation import Evaluation
    from dipcli.explanation import Explanation
    from dipcli.mentions import Mentions
    from dipcli.query import Hit
    from dipcli.summary import ROWS

    types: dict[str, Any] = {
        **RECORDS,
        "mentions": Mentions,
        "decision": Decision,
        "hit": Hit,
        "explanation": Explanation,
        "conflict": Conflict,
        "verdict": Verdict,
        "evaluation": Evaluation,
        **ROWS,
    }
    if record not in types:
        raise UnknownValue(f"unknown record '{record}'", hint=suggestion(record, types))
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:dipcli:{record}:{FORMAT_VERSION}",
        "title": record,
        "version": FORMAT_VERSION,
    } | msgspec.json.schema(types[record])
    terminal.write([msgspec.json.format(msgspec.json.encode(schema), indent=2), b"\n"])


_SHOWN = [option for option in OUTPUT if option.name in ("--json", "--color")]

COMMANDS = {
    "info": command("info", "Which index it is, and what is in it.", [*_SHOWN, INDEX], _info),
    "schema": command(
        "schema",
        "The JSON Schema of a record.",
        [
            Argument(
                "RECORD",
                f"One of {', '.join(RECORDS)}, mentions, decision, hit, explanation, conflict, verdict, evaluation, timeline, stats, pairs, matrix, profile, change.",
            )
        ],
        _schema,
    ),
}
