"""How much a file may take before it is given up, as people say it: `bytes=200MB`, `seconds=600`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

from dipcli.errors import UnknownValue, UsageError, suggestion

if TYPE_CHECKING:
    from dipcli.reading import Limits

_UNITS = {"": 1, "kb": 1_000, "mb": 1_000_000, "gb": 1_000_000_000}
_NUMBER = re.compile(r"(\d{1,15}(?:\.\d{1,6})?)\s*([kmg]b)?", re.IGNORECASE)


def limits_of(told: Iterable[str]) -> Limits:
    """The limits with those `told` (`NAME=NUMBER`) in place of the usual ones.

    Raises UsageError, UnknownValue.
    """
    from dipcli.reading import LIMITS

    usual = {name: getattr(LIMITS, name) for name in LIMITS.__struct_fields__}
    values: dict[str, float] = {}
    for one in told:
        name, _, value = one.partition("=")
        match = _NUMBER.fullmatch(value.strip())
        if name not in usual:
            raise UnknownValue(f"there is no limit '{name}'", hint=suggestion(name, usual))
        if match is None:
            raise UsageError(f"--max takes a number, not '{one}'", hint="such as bytes=200MB or seconds=600")
        number = float(match[1]) * _UNITS[(match[2] or "").lower()]
        values[name] = number if isinstance(usual[name], float) else int(number)
    return msgspec.structs.replace(LIMITS, **values)
