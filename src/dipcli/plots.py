"""Pictures of summaries: charts as data (Vega-Lite), and the one place that has them drawn.

vl-convert draws without a browser, and is told to fetch nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from dipcli.errors import ExtraMissing, UsageError

FORMATS = ("svg", "png")
MOST = 30
"""Rows of a picture of stats or pairs."""
GROUPS = 8
"""Groups of a timeline that have a colour of their own."""
OTHERS = "others"
PLANNED = "planned"
CLASSES = {
    "verbal_cooperation": "#6baed6",
    "material_cooperation": "#2171b5",
    "request": "#bdbdbd",
    "verbal_conflict": "#fc9272",
    "material_conflict": "#cb181d",
}
"""Quad classes and their colours."""
BLUE, PALE = "#2171b5", "#c6dbef"

Spec = dict[str, Any]


def form_of(name: str) -> str:
    """The format of a file by the end of its name. Raises UsageError."""
    form = name.rpartition(".")[2].lower()
    if form not in FORMATS:
        raise UsageError(f"a picture cannot be made as {name}", hint="end its name in .svg or .png")
    return form


def draw(spec: Spec, form: str) -> bytes:
    """The picture of a chart as `svg` or `png`. Raises ExtraMissing where vl-convert is not installed."""
    try:
        import vl_convert
    except ImportError:
        raise ExtraMissing(
            "pictures need the extra 'report'", hint="install it: pip install 'dipcli[report]'"
        ) from None
    if form == "svg":
        svg: str = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
        return svg.encode()
    png: bytes = vl_convert.vegalite_to_png(spec, scale=2, allowed_base_urls=[])
    return png


def timeline(rows: Sequence[Any]) -> Spec:
    """Bars over time, of groups where the rows have them; planned ones pale, or a group of their own."""
    grouped = [row for row in rows if row.by is not None]
    totals: dict[str, int] = {}
    for row in grouped:
        totals[_name(row.by)] = totals.get(_name(row.by), 0) + row.count
    kept = sorted(totals, key=lambda name: (-totals[name], name))[:GROUPS]
    values = []
    for row in grouped or rows:
        name = "took place" if not grouped else _name(row.by) if _name(row.by) in kept else OTHERS
        values += [_bar(row, name, row.count), _bar(row, PLANNED, row.planned)]
    names = [*(kept if grouped else ["took place"]), *([OTHERS] if len(totals) > GROUPS else []), PLANNED]
    color: Spec = {
        "field": "what",
        "type": "nominal",
        "sort": names,
        "title": None,
        "scale": {"domain": names},
    }
    if not grouped:
        color["scale"]["range"] = [BLUE, PALE]
    periods = list(dict.fromkeys(_period(row) for row in rows))
    return _chart(
        values,
        {
            "x": {
                "field": "period",
                "type": "ordinal",
                "sort": periods,
                "title": None,
                "scale": {"domain": periods},
            },
            "y": {"field": "count", "type": "quantitative", "aggregate": "sum", "title": "count"},
            "color": color,
        },
        width=max(300, min(1200, 22 * len(periods))),
        height=260,
    )


def stats(rows: Sequence[Any]) -> Spec:
    """A bar for each row, with what is planned behind it."""
    labels = _labels(rows)
    values = []
    for row, label in zip(rows, labels, strict=False):
        values += [
            {"label": label, "what": "took place", "count": row.count, "order": 0},
            {"label": label, "what": PLANNED, "count": row.planned, "order": 1},
        ]
    return _lying(values, labels, {"took place": BLUE, PLANNED: PALE})


def pairs(rows: Sequence[Any]) -> Spec:
    """A bar for each pair, parted by quad class: occasions of several classes count in each."""
    labels = _labels(rows)
    values = [
        {"label": label, "what": name.replace("_", " "), "count": getattr(row, name), "order": place}
        for row, label in zip(rows, labels, strict=False)
        for place, name in enumerate(CLASSES)
    ]
    return _lying(values, labels, {name.replace("_", " "): color for name, color in CLASSES.items()})


def _lying(values: list[Spec], labels: Sequence[str], colors: dict[str, str]) -> Spec:
    scale = {"domain": list(colors), "range": list(colors.values())}
    return _chart(
        values,
        {
            "y": {
                "field": "label",
                "type": "nominal",
                "sort": list(labels),
                "title": None,
                "axis": {"labelLimit": 320},
            },
            "x": {"field": "count", "type": "quantitative", "title": "count"},
            "color": {
                "field": "what",
                "type": "nominal",
                "sort": list(colors),
                "title": None,
                "scale": scale,
            },
            "order": {"field": "order"},
        },
        width=520,
        height={"step": 18},
    )


def _chart(values: list[Spec], encoding: Spec, **size: Any) -> Spec:
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "background": "white",
        "data": {"values": values},
        "mark": "bar",
        "encoding": encoding,
        "config": {"axisX": {"labelOverlap": True}, "view": {"stroke": None}},
        **size,
    }


def _bar(row: Any, what: str, count: int) -> Spec:
    return {"period": _period(row), "what": what, "count": count}


def _period(row: Any) -> str:
    if row.period is None:
        return "undated"
    return str(row.period) if row.exact else f"{row.period} ~"


def _labels(rows: Iterable[Any]) -> list[str]:
    """What each of the first rows is about, in words."""
    return [" – ".join(_name(key) for key in row.by) or "all" for row in list(rows)[:MOST]]


def _name(key: Any) -> str:
    return str(key.name or key.value or "none")
