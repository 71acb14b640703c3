"""What holds of any text: offsets, order, sameness, and work in proportion to length."""

import re
import sys

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dipcli.extraction import syntax
from dipcli.extraction.shallow import tree
from dipcli.extraction.syntax import Given
from extraction_builder import MODEL, extract

WORDS = st.sampled_from(
    """Kenya Uganda Kenyan President Minister Foreign Wang Lei Kim Min-su Ochoa the of and , . ; : - ( ) " ' 's
    met visited will meet said that talks agreed to sign treaty on in with by May 3 2019 March Monday last week
    Lima Paris council Ministry commission who which after not was were been hosted summit he they two sides
    official former envoy counterpart delegation led accused China-Japan \n \n\n U.S. Gen. 12 2021-03-04 é 外""".split(
        " "
    )
)
TEXTS = st.lists(WORDS, max_size=60).map(" ".join) | st.text(max_size=150)
LINES = [
    "3 May 2018: Peru's President Martín Vizcarra visits Quito.",
    "7 June 2018: Chile signs a treaty with Ecuador in Santiago.",
    "9 June 2018: Kenya accuses Uganda of smuggling.",
    "1 July 2018: Norway sends medical aid to Nepal.",
    "4 August 2018: Mali and Togo hold talks in Accra.",
]


@given(TEXTS)
@settings(max_examples=250, deadline=None)
def test_offsets_stay_inside_the_text_and_nothing_is_raised(text):
    mentions = extract(text)
    keys = {actor.key for actor in mentions.actors}
    for actor in mentions.actors:
        for span in actor.spans:
            assert 0 <= span.char_start < span.char_end <= len(text)
        assert 0 <= actor.sentence.char_start < actor.sentence.char_end <= len(text)
    for event in mentions.events:
        assert 0 <= event.sentence.char_start < event.sentence.char_end <= len(text)
        assert {*event.actors, *event.recipients} <= keys
        assert not set(event.actors) & set(event.recipients)
        for reason in event.reasons:
            assert 0 <= reason.char_start < reason.char_end <= len(text)
        if event.date_text:
            assert event.date_text in " ".join(text.split())
    for left in mentions.left_out:
        assert 0 <= left.char_start < left.char_end <= len(text)


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_the_same_text_gives_the_same_bytes(text):
    assert msgspec.json.encode(extract(text)) == msgspec.json.encode(extract(text))


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_what_occurred_is_not_later_than_the_document(text):
    for event in extract(text, "2020-06-15").events:
        assert event.status != "occurred" or event.start is None or event.start <= "2020-06-15"


@given(st.permutations(LINES), st.integers(0, len(LINES) - 1))
@settings(max_examples=30, deadline=None)
def test_a_chronology_without_one_line_loses_that_line_alone(lines, gone):
    def told(lines):
        text = "\n\n".join(lines)
        mentions = extract(text)
        names = {actor.key: actor.name for actor in mentions.actors}
        return {
            text[e.sentence.char_start : e.sentence.char_end]: (
                e.start, e.type, [names[k] for k in e.actors], [names[k] for k in e.recipients], e.place,
            )
            for e in mentions.events
        }  # fmt: skip

    whole = told(lines)
    assert len(whole) == len(LINES)
    left = [*lines[:gone], *lines[gone + 1 :]]
    assert told(left) == {line: event for line, event in whole.items() if line != lines[gone]}


@given(st.lists(st.tuples(WORDS.filter(str.strip), st.booleans()), max_size=40))
@settings(max_examples=200, deadline=None)
def test_a_tree_has_one_root_and_no_circle(words):
    given_words = [Given(text.strip(), 2 * i, 2 * i + 1, True, i if named else -1)
                   for i, (text, named) in enumerate(words)]  # fmt: skip
    made = tree(given_words, frozenset(i for i in range(0, len(words), 5)))
    roots = [i for i, word in enumerate(made.words) if word.head == i]
    assert len(roots) == min(len(words), 1)
    for i in range(len(words)):
        assert i in roots or roots[0] in made.ancestors(i)


TRAPS = {
    "no end": "South Korea met Japan in Qingdao on May 3 2019 and ",
    "sentences": "South Korean Foreign Minister Park Dae-jung met Japan in Qingdao on May 3, 2019. ",
    "capitals": "PERU MET CHILE ON MAY 3, 2019 AND ",
    "noise": "S0uth Kor~a m.t Jap^n on M1y 3| 2O19, ",
    "table": "| China | 2019 | 3.5 | Foreign Minister | met |\n",
    "names": "Ana Gervasi, Uhuru Kenyatta, ",
    "one family": "Korean Minister Kim Min-su met Kim Jung-ho. ",
    "lines": "May 3, 2019: Kenya meets Uganda in Lima.\n",
    "years": "2019\nMay 3: Kenya meets Uganda.\n",
    "furniture": "Back to top\n\nKenya met Uganda on May 3, 2019.\n\n",
    "languages": "外交部长王毅 met 박진 в Москве с Лавров. ",
    "bodies": "Ministry of ",
    "nations": "China-Japan-",
    "dates": "May 3, 2019 ",
    "verbs": "met said that ",
    **{
        repr(c): c
        for c in (",", "A", "a ", "A.", "1.", "-", "A-", "[", "(", "*", "_", "1", ".", "…", "'", '"')
    },
    **{
        repr(c): c
        for c in ("<a", "<!--", "![", "[a](", "http://", "/", "1/", "\n", " ", "a\n", "U.S.", "a.jp")
    },
}


def work(text):
    """How many functions are called, in Python or C, to extract from a text."""
    calls = 0

    def count(_frame, event, _argument):
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        extract(text)
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("trap", TRAPS.values(), ids=TRAPS)
def test_twice_the_text_is_twice_the_work(trap):
    extract("Kenya met Uganda on May 3, 2019.")
    once, twice = (work((trap * (size // len(trap) + 1))[:size]) for size in (8_000, 16_000))
    assert twice < 2.6 * once + 20_000


@pytest.mark.parametrize("trap", TRAPS.values(), ids=TRAPS)
def test_a_long_line_comes_to_an_end(trap):
    text = (trap * (60_000 // len(trap) + 1))[:60_000]
    mentions = extract(text)
    cut = [left for left in mentions.left_out if left.reason == "too-long"]
    if not re.search(r"[\s.!?…]", trap) and trap.strip("*_<[!-(") == trap and "://" not in trap:
        assert cut


@MODEL
@pytest.mark.parametrize("trap", ["no end", "names", "noise", "languages"])
def test_a_long_line_comes_to_an_end_with_the_model(trap):
    text = (TRAPS[trap] * 400)[:12_000]
    assert extract(text, model=syntax.DEFAULT_MODEL).document
