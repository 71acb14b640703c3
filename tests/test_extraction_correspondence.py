"""Letters and telegrams: who "I" is, and whose the ministers are that need no country."""

import pytest

from dipcli.extraction.correspondence import letter
from extraction_builder import extract

HEADS = [
    ("The Ambassador in Peru (Prescott) to the Secretary of State", "Prescott", "Ambassador in Peru", "USA", "PER"),
    ("The Acting High Commissioner in Lagos (Sir A. Hale) to the Foreign Office", "A. Hale", "Acting High Commissioner in Lagos", "GBR", "NGA"),
    ("35 CABLEGRAM FROM PORTER TO QUIST", "Porter", None, None, "PER"),
    ("Telegram From the Embassy in Iraq to the Department of State", "Hollis", None, "USA", "IRQ"),
    ("Sir E. Marlow to Sir Edward Vane.—(Received August 1.)", "E. Marlow", None, None, "PER"),
]  # fmt: skip
BODY = "\n\nLima, May 3, 1951—4 p. m.\n\n58. I called on the President this morning.\n\nHOLLIS\n"


@pytest.mark.parametrize(("head", "name", "title", "country", "post"), HEADS, ids=[h[0][:30] for h in HEADS])
def test_the_head_of_a_letter_tells_who_writes_and_from_where(
    head: str, name: str, title: str | None, country: str | None, post: str
) -> None:
    found = letter(head + BODY)
    assert found is not None
    assert (found.name, found.title, found.country, found.post) == (name, title, country, post)
    assert (head + BODY)[found.span.char_start : found.span.char_end].casefold() == name.casefold()


@pytest.mark.parametrize(
    "text",
    [
        "From Lima to Bogota\n\nThe minister flew home on 3 May 1951. I saw it.",
        "Peru to Chile\n\nA history of trade.",
        "The envoy to Peru met the minister (Soto) to the sound of drums.",
        "Telegram From the Embassy in Iraq to the Department of State\n\nNobody signed it, and I know nothing.",
    ],
)
def test_other_texts_have_no_writer(text: str) -> None:
    assert letter(text) is None


def test_i_is_the_writer_and_the_minister_is_that_of_his_post() -> None:
    text = (
        "The Minister in Peru (Prescott) to the Secretary of State\n\nLima, May 3, 1931—4 p. m.\n\n"
        "58. The Minister for Foreign Affairs called on me this morning and handed me a note protesting against "
        "the landing at Talara. The Chilean Ambassador informed me yesterday that his Government condemned it.\n\n"
        "PRESCOTT\n"
    )
    found = extract(text, "1931-05-03")
    names = {actor.key: (actor.name, actor.country) for actor in found.actors}
    told = {
        (event.start, event.type, tuple(names[key] for key in event.actors))
        for event in found.events
        if event.start == "1931-05-03"
    }
    minister = ("Minister for Foreign Affairs", "PER")
    assert ("1931-05-03", "CONSULT", (minister, ("Prescott", "USA"))) in told
    assert ("1931-05-03", "ACCUSE", (minister,)) in told
    assert [a.titles[0].title for a in found.actors if a.name == "Prescott"] == ["Minister in Peru"]
