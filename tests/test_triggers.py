"""Triggers: a table of sentences for every type, and what the form of a word tells."""

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dipcli.extraction.contexts import contexts
from dipcli.extraction.sentences import split
from dipcli.extraction.triggers import Trigger, main_types, triggers
from dipcli.lexicon.events import Lexicon, lexicon
from dipcli.lexicon.inflection import base_forms, noun_forms, verb_forms
from dipcli.lexicon.plover import TYPES
from effort import is_linear

CASES = Path(__file__).parent / "cases" / "triggers.tsv"


def rows():
    with CASES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def find(text: str, lemma: str) -> Trigger:
    found = [trigger for trigger in triggers(text, 0, len(text)) if trigger.lemma.startswith(lemma)]
    assert len(found) == 1, [trigger.lemma for trigger in triggers(text, 0, len(text))]
    return found[0]


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["sentence"])
def test_sentence(row):
    text = row["sentence"]
    if row["type"] == "-":
        assert main_types(text) == []
        return
    assert main_types(text) == [row["type"]]
    found = [
        trigger
        for trigger in triggers(text, 0, len(text))
        if not trigger.weak and (trigger.type == row["type"] or trigger.status_hint == "planned")
    ]
    assert any(
        trigger.sort == row["sort"] and (row["mode"] == "-" or trigger.mode == row["mode"])
        for trigger in found
    ), found


def test_every_type_has_a_dozen_cases():
    types = [row["type"] for row in rows()]
    assert all(types.count(type) >= 12 for type in (*TYPES, "-"))


@pytest.mark.parametrize(
    ("sentence", "lemma", "expected"),
    [
        ("The ministers will meet in Oslo.", "meet", {"status_hint": "planned", "modal": "will"}),
        ("The ministers are expected to meet in Oslo.", "meet", {"status_hint": "planned"}),
        ("The ministers agreed to meet in Oslo.", "meet", {"status_hint": "planned", "type": "CONSULT"}),
        ("Chad may recall its ambassador.", "recall", {"hypothetical": True}),
        ("If Chad recalls its ambassador, talks end.", "recall", {"hypothetical": True, "side": True}),
        ("Chad did not sign the treaty.", "sign", {"negated": True, "type": "SUPPORT"}),
        ("Chad will not sign the treaty.", "not sign", {"negated": False, "type": "REJECT"}),
        ("The draft was vetoed by Chad.", "veto", {"passive": True, "tense": "past", "type": "REJECT"}),
        ("A draft backed by Chad failed.", "back", {"passive": True, "tense": "participle"}),
        ("The visit was cancelled on Friday.", "cancel", {"type": "REJECT", "mode": "meet"}),
        ("The visit was cancelled on Friday.", "visit", {"type": "CONSULT", "status_hint": "cancelled"}),
        ("A planned visit to Chad drew crowds.", "visit", {"status_hint": "planned", "sort": "noun"}),
        ("The envoys held talks in Bern.", "hold talks", {"symmetric": True, "sort": "light"}),
        ("The envoys have met twice.", "meet", {"perfect": True, "tense": "past"}),
        ("Chad urged Niger to withdraw its troops.", "withdraw", {"hypothetical": True}),
        ("After the envoys met in Bern, Chad recalled its staff.", "meet", {"side": True}),
        ("The two leaders spoke by phone.", "speak", {"medium": "telephone", "mode": "phone"}),
        ("Chad said that Mali must leave.", "say", {"speech": True, "type": "REQUEST"}),
        ("Chad said that Mali had to leave.", "say", {"speech": True, "type": "REQUEST"}),
        ("Chad said its government would not bend.", "say", {"speech": True, "type": "REJECT"}),
        ("Chad said the vote was illegal.", "say", {"speech": True, "type": "ACCUSE"}),
        ("Chad said the vote was not illegal.", "say", {"speech": True, "type": "OTHER"}),
        ("Chad said it was a historic day.", "say", {"speech": True, "type": "SUPPORT"}),
        ("Chad warned Mali not to vote.", "warn", {"type": "REQUEST"}),
        ("Chad said that we must be patient.", "say", {"speech": True, "type": "OTHER"}),
        ("Chad said it would pave the road.", "say", {"speech": True, "type": "AGREE"}),
        ("Chad said it will not bend.", "say", {"speech": True, "type": "REJECT"}),
        ("Chad said it will remain calm.", "say", {"speech": True, "type": "OTHER"}),
        ("Chad said the harvest was good.", "say", {"speech": True, "type": "OTHER", "medium": "statement"}),
    ],
)
def test_form(sentence, lemma, expected):
    trigger = find(sentence, lemma)
    assert {name: getattr(trigger, name) for name in expected} == expected


@pytest.mark.parametrize(
    ("sentence", "lemma", "roles"),
    [
        ("Mali met Chad.", "meet", {"subject": "actor", "object": "actor", "with": "actor"}),
        ("Mali visited Chad.", "visit", {"subject": "actor", "object": "recipient"}),
        ("Mali condemned Chad.", "condemn", {"object": "recipient", "by": "actor"}),
        ("Mali withdrew its troops from Chad.", "withdraw", {"object": "theme", "from": "recipient"}),
        ("Mali called on Chad to disarm.", "call on", {"on": "recipient"}),
        ("Mali received a loan from Chad.", "receive loan", {"subject": "recipient", "from": "actor"}),
        ("Talks between Mali and Chad began.", "talks", {"between": "actor"}),
    ],
)
def test_roles(sentence, lemma, roles):
    trigger = find(sentence, lemma)
    seen = {"subject": trigger.subject, "object": trigger.object, **trigger.preps}
    assert {place: seen[place] for place in roles} == roles


@pytest.mark.parametrize(
    ("sentence", "word", "is_verb"),
    [
        ("Their visit surprised many.", "visit", False),
        ("They visit Oslo on Monday.", "visit", True),
        ("Norway hosts the summit.", "hosts", True),
        ("Two hosts greeted them.", "hosts", False),
        ("The strike ended on Monday.", "strike", False),
        ("Rebels will attack the town.", "attack", True),
        ("The attack began at dawn.", "attack", False),
        ("He is visiting Oslo.", "visiting", True),
        ("The visiting president spoke.", "visiting", False),
        ("The disputed islands are small.", "disputed", False),
    ],
)
def test_verb_or_noun(sentence, word, is_verb):
    start = sentence.index(word)
    verbs = {
        trigger.char_start for trigger in triggers(sentence, 0, len(sentence)) if trigger.tense is not None
    }
    assert (start in verbs) == is_verb


def test_a_parsers_tag_settles_the_reading():
    text = "Seoul talks in Bonn."
    assert [trigger.sort for trigger in triggers(text, 0, len(text), lambda at: "NOUN")] == ["noun"]


def test_headlines_read_like_sentences():
    assert main_types("China Launches Military Drills Around Taiwan") == ["MOBILIZE"]
    assert main_types("JAPAN CONDEMNS NORTH KOREAN MISSILE LAUNCH OVER HOKKAIDO") == ["ACCUSE"]


def test_offsets_are_into_the_whole_text():
    text = "Nothing here. Chad   condemned  Mali. Nothing there."
    [trigger] = triggers(text, 14, 37)
    assert text[trigger.char_start : trigger.char_end] == "condemned"


WORDS = st.sampled_from(
    [
        *list(lexicon().verbs)[::7],
        *list(lexicon().noun_entries)[::5],
        *'the to not will be was , . " Chad by'.split(),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=40).map(" ".join)))
def test_any_text_gives_spans_inside_it(text):
    for trigger in triggers(text, 0, len(text)):
        assert 0 <= trigger.char_start < trigger.char_end <= len(text)
        assert trigger.type in TYPES
        assert trigger.mode is None or trigger.mode in TYPES[trigger.type].modes
    main_types(text)


@pytest.mark.parametrize(
    "unit", ["announced ", "impose ", "the visit of ", "was not ", "if he meets, ", "((", "'"]
)
def test_long_sentences_take_linear_time(unit):
    assert is_linear(lambda text: triggers(text, 0, len(text)), unit)


def test_a_pattern_is_spared_only_where_it_cannot_match(monkeypatch):
    texts = [row["sentence"] for row in rows()]
    found = [triggers(text, 0, len(text)) for text in texts]
    every = set().union(*lexicon().clues.values())
    monkeypatch.setattr(Lexicon, "clues_in", lambda self, words: every)
    assert found == [triggers(text, 0, len(text)) for text in texts]


def test_every_pattern_has_a_known_mode_and_class():
    lex = lexicon()
    groups = set().union(*lex.classes.values())
    for table in (lex.verb_entries, lex.noun_entries):
        for entries in table.values():
            for entry in entries:
                if entry.type is not None:
                    assert entry.mode is None or entry.mode in TYPES[entry.type].modes, entry
                assert all(element.group in groups for element in entry.elements if element.group), entry


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("meet", {"meet", "meets", "met", "meeting"}),
        ("ban", {"ban", "bans", "banned", "banning"}),
        ("visit", {"visit", "visits", "visited", "visiting"}),
        ("veto", {"veto", "vetoes", "vetoed", "vetoing"}),
        ("cancel", {"cancel", "cancels", "canceled", "cancelled", "canceling", "cancelling"}),
        ("deny", {"deny", "denies", "denied", "denying"}),
        ("agree", {"agree", "agrees", "agreed", "agreeing"}),
    ],
)
def test_verb_forms(verb, forms):
    assert set(verb_forms(verb)) == forms
    assert all(base_forms(form)[0] == verb for form in forms if form != verb)


def test_noun_forms():
    assert noun_forms("treaty") == ("treaty", "treaties")
    assert noun_forms("relations") == ("relations",)
    assert noun_forms("policeman") == ("policeman", "policemen")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The foreign ministers discussed nuclear inspections.", ["diplomatic", "cbrn"]),
        ("A court jailed the smugglers.", ["legal", "trafficking"]),
        ("The bridge is red.", []),
    ],
)
def test_contexts(sentence, expected):
    assert contexts(sentence, split(sentence)[0]) == expected
