"""What documents say, made safe to show: any text, no control characters, known width."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dipcli.output import text

BIDI = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
hostile = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("\x1b\x9b\x07\x00\r\n\t\x7f\x85[]m;8|<>=+-@'\"\u2028\u2029\ud800" + "".join(BIDI)),
    )
)


def is_safe(shown: str) -> bool:
    return not any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") or c in BIDI for c in shown)


@given(hostile)
def test_clean_leaves_no_control_characters(raw: str) -> None:
    assert is_safe(text.clean(raw))


@given(hostile)
def test_clean_is_settled_after_one_pass(raw: str) -> None:
    assert text.clean(text.clean(raw)) == text.clean(raw)


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("plain", "plain"),
        ("Péter Szijjártó – 王毅", "Péter Szijjártó – 王毅"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("one \x1a two", "one two"),
        ("\x1b]0;new title\x07text", "text"),
        ("\x1b]8;;http://a.example\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1b]0;never ends, the text goes on", "0;never ends, the text goes on"),
        ("a quote read wrongly\x9d goes on", "a quote read wrongly goes on"),
        ("a\u202egnp.exe", "agnp.exe"),
        ("two\r\nlines\tand a tab", "two lines and a tab"),
        ("[red]markup[/red] [sic]", "[red]markup[/red] [sic]"),
        ("\ud800", "\N{REPLACEMENT CHARACTER}"),
    ],
)
def test_clean(raw: str, shown: str) -> None:
    assert text.clean(raw) == shown


@pytest.mark.parametrize(
    ("raw", "columns"), [("", 0), ("Wang", 4), ("王毅", 4), ("e\u0301", 1), ("Ａ", 2), ("\u200b", 0)]
)
def test_width(raw: str, columns: int) -> None:
    assert text.width(raw) == columns


@given(hostile.map(text.clean), st.integers(1, 40))
def test_cut_fits_and_pad_fills(raw: str, columns: int) -> None:
    shown = text.cut(raw, columns)
    assert text.width(shown) <= columns
    assert text.width(text.pad(shown, columns)) == columns
    assert shown == raw or shown.endswith(text.ELLIPSIS)


@given(hostile.map(text.clean), st.integers(20, 60))
def test_wrap_keeps_every_word(raw: str, columns: int) -> None:
    lines = list(text.wrap(raw, columns, "  "))
    assert " ".join(lines).split() == raw.split()
    assert all(text.width(line) <= columns or len(line.split()) == 1 for line in lines)


def test_marked_words_are_shown_once_a_run() -> None:
    marked = text.mark("the THAAD missile\x01 system", [(4, 17)])
    assert text.show_marks(marked, "«", "»") == "the «THAAD missile» system"
