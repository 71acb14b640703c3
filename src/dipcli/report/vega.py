"""The chart library Vega for pages: a single script that vl-convert brings, without a network."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, cast

from dipcli.errors import ExtraMissing

_TAG = re.compile(r"<(?=/script|!--|script)", re.IGNORECASE)


@cache
def library() -> str:
    """Vega and vega-embed as one script that defines `vegaEmbed`, safe inside a `<script>` element.

    Raises ExtraMissing where vl-convert is not installed.
    """
    try:
        import vl_convert
    except ImportError:
        raise ExtraMissing(
            "a report's charts need the extra 'report'", hint="install it: pip install 'dipcli[report]'"
        ) from None
    bundle = cast(Any, vl_convert).javascript_bundle  # its types ask for what its code has defaults for
    script: str = bundle()
    return _TAG.sub(r"\\x3c", script)  # within strings: nothing else in JavaScript looks so
