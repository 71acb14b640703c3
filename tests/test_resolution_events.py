"""A merged event has the most exact of what its tellings say, every quote, and their disagreements."""

from __future__ import annotations

from dipcli.mentions import DoubtMention, Span
from dipcli.records import Event
from resolution_builder import Story, resolve_stories


def cast(story: Story) -> tuple[str, str, str, str]:
    return (
        story.person("Ida Holm", "NOR", "Foreign Minister"),
        story.person("Luc Moreau", "FRA", "Foreign Minister"),
        story.country("Norway", "NOR"),
        story.country("France", "FRA"),
    )


def only(*stories: Story) -> Event:
    (event,) = resolve_stories(*stories).events
    return event


def test_two_documents_tell_one_event() -> None:
    a, b = Story("a"), Story("b")
    holm, moreau, *_ = cast(a)
    a.tells(
        "2030-05-16",
        "CONSULT",
        [moreau, holm],
        date_text="May 16",
        place="Bergen",
        place_country="NOR",
        titles={moreau: "Foreign Minister"},
        contexts=["military"],
    )
    *_, norway, france = cast(b)
    b.tells(
        "2030-05-16",
        "CONSULT",
        [norway, france],
        medium="in_person",
        contexts=["diplomatic"],
        place="Norway",
        place_country="NOR",
    )
    event = only(a, b)
    assert event.id == "2030-05-16-consult-ida-holm-luc-moreau"
    assert [(p.id, p.title) for p in event.actors] == [("luc-moreau", "Foreign Minister"), ("ida-holm", None)]
    assert event.recipients == []
    assert event.place is not None and (event.place.name, event.place.country) == ("Bergen", "NOR")
    assert event.medium == "in_person"
    assert event.contexts == ["diplomatic", "military"]
    assert [(quote.document, quote.date_text) for quote in event.evidence] == [
        ("doc-a", "May 16"),
        ("doc-b", None),
    ]
    assert event.evidence[0].locator == "line 5"
    assert event.confidence == 0.82
    assert (event.quad, event.score) == (1, 2.5)
    assert event.doubts == []


def test_ids_tell_the_date_at_its_precision_and_are_numbered_by_evidence() -> None:
    a = Story("a")
    holm, moreau, *_ = cast(a)
    for place in ("Bergen", "Tromso"):
        a.tells("2030-05-16", "CONSULT", [holm, moreau], place=place)
    for when in ("2030-07", "2031", None, "2030-08-03/2030-08-05"):
        a.tells(when, "OTHER", [holm], trigger=f"act {when}")
    events = resolve_stories(a).events
    assert [event.id for event in events] == [
        "2030-05-16-consult-ida-holm-luc-moreau",
        "2030-05-16-consult-ida-holm-luc-moreau-2",
        "2030-07-other-ida-holm",
        "2030-08-03-other-ida-holm",
        "2031-other-ida-holm",
        "undated-other-ida-holm",
    ]
    assert [event.place.name for event in events[:2] if event.place] == ["Bergen", "Tromso"]


def test_the_summary_is_the_chronology_line_without_markup() -> None:
    a = Story("a")
    holm, moreau, *_ = cast(a)
    a.tells("2030-05-16", "CONSULT", [holm, moreau], place="Bergen")
    a.tells(
        "2030-05-16",
        "CONSULT",
        [holm, moreau],
        chronology=True,
        text="- May 16: **Holm** meets\n [Moreau](x.html).",
    )
    assert only(a).summary == "May 16: Holm meets Moreau."


def test_another_year_of_the_same_document_is_a_doubt() -> None:
    a = Story("a")
    holm, moreau, *_ = cast(a)
    a.tells("2031-07", "CONSULT", [holm, moreau], date_text="In July")
    a.tells("2030-07-03", "CONSULT", [holm, moreau], date_text="July 3, 2030", chronology=True)
    event = only(a)
    assert (event.start, event.precision) == ("2030-07-03", "day")
    (doubt,) = event.doubts
    assert (doubt.field, doubt.alternative) == ("date", "2031-07-01/2031-07-31")
    assert doubt.evidence is not None and doubt.evidence.date_text == "In July"


def test_doubts_of_mentions_keep_their_words() -> None:
    a = Story("a")
    holm, moreau, *_ = cast(a)
    span = a.line("It was a Tuesday.")
    doubts = [
        DoubtMention(
            field="date",
            alternative="2030-05-17",
            reason="weekday",
            span=Span(char_start=span.char_start, char_end=span.char_end),
        )
    ]
    a.tells("2030-05-16", "CONSULT", [holm, moreau], doubts=doubts)
    (doubt,) = only(a).doubts
    assert doubt.evidence is not None and doubt.evidence.text == "It was a Tuesday."


def test_what_happened_counts_more_than_what_was_planned_or_reported() -> None:
    a, b = Story("a"), Story("b")
    holm, moreau, norway, _ = cast(a)
    a.tells(
        "2030-05-16", "CONSULT", [holm, moreau], status="planned", certainty="reported", asserted_by=[norway]
    )
    holm, moreau, norway, _ = cast(b)
    b.tells("2030-05-16", "CONSULT", [holm, moreau])
    event = only(a, b)
    assert (event.status, event.certainty, event.asserted_by) == ("occurred", "stated", [])
    (event,) = resolve_stories(a).events
    assert (event.status, event.certainty, event.asserted_by) == ("planned", "reported", ["nor"])


def test_a_denial_stays_visible() -> None:
    a, b = Story("a"), Story("b")
    for story, certainty in ((a, "alleged"), (b, "denied")):
        *_, norway, france = cast(story)
        story.tells("2030-05-16", "ASSAULT", [norway], [france], trigger="shell", certainty=certainty)
    event = only(a, b)
    assert event.certainty == "alleged"
    assert [(doubt.field, doubt.alternative) for doubt in event.doubts] == [("certainty", "denied")]


def test_a_recipient_that_one_telling_names_is_kept() -> None:
    a, b = Story("a"), Story("b")
    for story, named in ((a, False), (b, True)):
        *_, norway, france = cast(story)
        story.tells("2030-05-16", "REJECT", [norway], [france] if named else [], trigger="veto")
    event = only(a, b)
    assert ([p.id for p in event.actors], [p.id for p in event.recipients]) == (["nor"], ["fra"])


def test_an_act_points_at_the_meeting_it_was_part_of() -> None:
    a = Story("a")
    holm, moreau, *_ = cast(a)
    meeting = a.tells("2030-05-16", "CONSULT", [holm, moreau])
    a.tells("2030-05-16", "AGREE", [holm, moreau], occasion=meeting, trigger="agree")
    agreed, met = resolve_stories(a).events
    assert (agreed.occasion, met.occasion) == (met.id, None)


def test_a_telling_that_goes_on_adds_its_quote_but_nobody() -> None:
    a = Story("a")
    holm, moreau, norway, _ = cast(a)
    spain = a.country("Spain", "ESP")
    meeting = a.tells("2030-05-16", "CONSULT", [holm, moreau])
    a.tells("2030-05-16", "CONSULT", [norway, spain], same_as=[meeting])
    event = only(a)
    assert [p.id for p in event.actors] == ["ida-holm", "luc-moreau"]
    assert len(event.evidence) == 2
    assert [(doubt.field, doubt.alternative) for doubt in event.doubts] == [("actors", "Spain")]


def test_a_visit_keeps_all_its_days() -> None:
    a, b = Story("a"), Story("b")
    for story, when in ((a, "2030-05-04"), (b, "2030-05-03/2030-05-06")):
        holm, *_, france = cast(story)
        story.tells(when, "CONSULT", [holm], [france], trigger="visit", mode="visit")
    event = only(a, b)
    assert (event.start, event.end, event.precision) == ("2030-05-03", "2030-05-06", "range")


def test_what_could_be_either_of_two_is_joined_to_neither_and_says_so() -> None:
    a = Story("a")
    holm, moreau, *_ = cast(a)
    for when in ("2030-05-04", "2030-05-06", "2030-05"):
        a.tells(when, "CONSULT", [holm, moreau])
    resolved = resolve_stories(a)
    (join,) = [join for join in resolved.joins if join.possible]
    assert join.key == "e2"
    assert join.possible == [event.id for event in resolved.events if event.precision == "day"]


def test_comparisons_grow_with_tellings_not_with_their_square(monkeypatch) -> None:
    from dipcli.resolution.judge import Judge

    compared = 0
    agreement = Judge.agreement

    def counted(self: Judge, *tellings):  # type: ignore[no-untyped-def]
        nonlocal compared
        compared += 1
        return agreement(self, *tellings)

    monkeypatch.setattr(Judge, "agreement", counted)
    stories = []
    for number in range(120):
        story = Story(f"{number:03}")
        for month in range(1, 11):
            one = story.person(f"Ana Silva{number % 40:02}", "PRT")
            other = story.person(f"Luc Morel{(number + month) % 40:02}", "FRA")
            story.tells(f"2030-{month:02}-{number % 28 + 1:02}", "CONSULT", [one, other])
        stories.append(story)
    resolve_stories(*stories)
    assert compared < 3 * 1200
