"""`dipcli completion`: a script that completes commands, options and names in a shell; and the hidden
`dipcli complete`, which such a script asks."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import dipcli
from dipcli import settings
from dipcli.cli.options import Argument, command
from dipcli.errors import UnknownValue, suggestion
from dipcli.output import terminal
from dipcli.output.fields import FORMATS
from dipcli.query import FILTER, complete_actor, complete_document, country_names

SCRIPTS = {
    "bash": r"""_dipcli() {
    local line word="${COMP_WORDS[COMP_CWORD]}"
    COMPREPLY=()
    while IFS= read -r line; do
        case $word in
            [\"\']*) COMPREPLY+=("$line") ;;
            *) COMPREPLY+=("$(printf %q "$line")") ;;
        esac
    done < <(dipcli complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -F _dipcli dipcli
""",
    "zsh": r"""#compdef dipcli
_dipcli() {
    local -a found
    found=("${(@f)$(dipcli complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)}")
    if [[ -n $found ]]; then compadd -U -- $found; else _files; fi
}
compdef _dipcli dipcli
""",
    "fish": r"""function __dipcli
    set -l words (commandline -opc)
    dipcli complete -- $words[2..-1] (commandline -ct) 2>/dev/null
end
complete -c dipcli -a '(__dipcli)'
""",
}
HOW = """bash: put `eval "$(dipcli completion bash)"` into ~/.bashrc.

zsh: put `eval "$(dipcli completion zsh)"` into ~/.zshrc, after compinit.

fish: `dipcli completion fish > ~/.config/fish/completions/dipcli.fish`."""
MOST = 50
RECORDS = (
    "show",
    "explain",
    "profile",
    "alias",
    "rename",
    "tag",
    "untag",
    "note",
    "same",
    "different",
    "split",
)
"""Commands whose first argument may be an actor's id."""
ACTORS = ("--actor", "--initiator", "--recipient", "--asserted-by")


def _completion(shell: str) -> None:
    if shell not in SCRIPTS:
        raise UnknownValue(f"no completion for '{shell}'", hint=suggestion(shell, SCRIPTS))
    terminal.write([SCRIPTS[shell].encode()])


def _complete(words: tuple[str, ...]) -> None:
    *before, word = words or ("",)
    found = _candidates(before, _unquoted(word))
    terminal.write([f"{line}\n".encode() for line in found])


def _candidates(before: list[str], word: str) -> Iterable[str]:
    """What the word may become, after the words before it."""
    from dipcli.cli.app import MODULES, find

    if not before:
        return _beginning(MODULES, word)
    option = before[-1]
    if option in ACTORS or (before[1:] == [] and before[0] in RECORDS and not word.startswith("-")):
        with dipcli.open(_index(before)) as index:
            return complete_actor(index.snapshot, word, MOST, ids=option not in ACTORS)
    if option == "--document" or before == ["forget"]:
        with dipcli.open(_index(before)) as index:
            return complete_document(index.snapshot, word, MOST)
    if option == "--country":
        return _beginning(country_names(), word)
    if option == "--format":
        return _beginning(FORMATS, word)
    if option.startswith("--") and (line := FILTER.get(option[2:].replace("-", "_"))) and not line.flag:
        return _beginning(line.choices, word)
    if word.startswith("-") and before[0] in MODULES:
        options = [param.name for param in find(before[0]).params if param.name.startswith("-")]
        return _beginning([*options, "--help"], word)
    return ()


def _beginning(values: Iterable[str], word: str) -> list[str]:
    """The values that begin so, in any case."""
    return [value for value in values if value.casefold().startswith(word.casefold())]


def _index(before: list[str]) -> str | None:
    """The index that the words name."""
    named = dict(pairwise(before)).get("--index")
    return settings.load(index=_unquoted(named) if named else None).index


def _unquoted(word: str) -> str:
    """The word without the quotation marks and backslashes of a shell."""
    return word.replace("\\", "").lstrip("\"'")


COMMANDS = {
    "completion": command(
        "completion",
        "Print a script that completes commands, options and names. For bash, zsh and fish.",
        [Argument("SHELL", f"One of {', '.join(SCRIPTS)}.")],
        _completion,
        epilog=HOW,
    ),
    "complete": command(
        "complete",
        "What a word may become.",
        [Argument("WORDS", "", many=True, required=False)],
        _complete,
        hidden=True,
    ),
}
