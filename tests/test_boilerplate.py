"""What tells of the page and not of the world, and the sentences that only look like it."""

from __future__ import annotations

import pytest

from dipcli.extraction import Settings, extract
from dipcli.extraction.boilerplate import of_the_page
from dipcli.extraction.frame import boilerplate
from extraction_builder import document

PAGE = """
Share this
Share this article on Facebook
Share via email
Facebook Twitter WhatsApp
Follow us on Telegram
Follow Ann Lee on Twitter: @annlee
Tweet this
Copy link
Back to top
Advertisement
Story continues below
Subscribe now
Sign in to your account
Log in
Donate today
Click to comment
Click here to subscribe to our newsletter.
3 comments
Leave a Reply
Comments on this article are closed.
You must be logged in to post a comment.
Sign up for our free daily newsletter and never miss a story.
Get the best of our reporting delivered to your inbox.
Enter your email address
Don't miss the latest news from the region.
Join our Telegram channel for updates.
Download our app for iOS and Android.
All rights reserved.
© 2024 Fjord News. All rights reserved.
Copyright 2024 Fjord News
This material may not be published, broadcast, rewritten or redistributed.
Reprinted with permission.
The views expressed in this article are the author's own and do not necessarily reflect those of the institute.
Disclaimer: the views are those of the author.
Editor's note: this story was updated to add a comment from the ministry.
This article was first published by The Harbour Post on May 3, 2024.
Support our journalism.
Support independent journalism. Give what you can.
Please consider making a donation to keep this site free.
If you enjoyed this article, tell a friend.
Your support helps us to report from the coast.
We rely on readers like you.
Help us keep our reporting free.
Become a member today
Become a patron of this site.
We use cookies to improve your experience.
This website uses cookies.
By continuing to use this site you agree to our terms and privacy policy.
Photo: Ann Lee/Fjord News
Photo by Ann Lee
Photo credit: Ministry of Fisheries
Image: The Harbour Post
AP Photo/Ann Lee
Ann Lee / Reuters
Getty Images
Featured image: the port of Bergen
(Reporting by Ann Lee; editing by Bo Dahl)
Additional reporting by Bo Dahl in Bergen.
With files from Fjord News
Read more: Norway and Kenya sign a treaty
Also read: What a treaty is worth
Related: Norway and Kenya sign a treaty
Read the full story
More stories from the coast
Most read
You may also like
5 min read
Updated May 3, 2024 10:15
Tags: Norway, Kenya, fish
For more information, please contact the press office.
For immediate release
Media contact: Bo Dahl, 555 0100
-30-
""".strip().split("\n")

WORLD = """
Share prices fell in Oslo on May 3 after Norway expelled two diplomats.
Shares of the state oil company were sold to Kenya on May 3, 2024.
Share the water of the river fairly, Egypt told Sudan on May 3, 2024.
Follow the terms of the treaty, Norway told Kenya on May 3, 2024.
Print media in Kenya welcomed the visit of the minister.
Search teams from Norway arrived in Kenya on May 3, 2024.
Home Minister Ann Lee met her counterpart in Oslo.
Sign the treaty, Norway urged Kenya on May 3, 2024.
Subscribers to the treaty met in Oslo on May 3, 2024.
Copyright talks between Norway and Kenya opened on May 3, 2024.
Donations from Norway reached Kenya on May 3, 2024.
Donate two million doses to Kenya, the minister told Norway on May 3.
Support for the treaty came from Kenya on May 3, 2024.
Support our allies, the minister told parliament in Oslo on May 3.
Become a member of the alliance, Norway told Kenya on May 3, 2024.
We need your help, Kenya's president told Norway's on May 3, 2024, and he promised it.
We will not accept this, the Foreign Minister of Kenya said in Oslo.
Comments by the minister angered Kenya, which summoned the ambassador on May 3, 2024.
Click, the two leaders heard, and the line was dead: so ended their call of May 3, 2024.
Related talks on fish were held in Oslo on May 3, 2024.
Watch officers of both navies met in Bergen on May 3, 2024.
Editor Ann Lee was expelled from Kenya on May 3, 2024.
Analysis of the samples was handed to Kenya on May 3, 2024.
Opinion in Oslo was divided when Kenya withdrew its ambassador.
Updated rules on fishing were agreed by Norway and Kenya on May 3, 2024.
Published talks between the two ministers show that Kenya refused.
Photographs of the minister with the rebels angered Kenya.
Image matters, the minister said when she met her guest in Oslo on May 3.
The views expressed by the minister in Oslo angered Kenya.
This report was handed to Kenya's ambassador in Oslo on May 3, 2024.
Cookies and tea were served when the ministers met in Oslo on May 3, 2024.
Contact with Kenya was broken off by Norway on May 3, 2024.
If you liked the treaty of 2020, you will love this one, the minister said in Oslo.
All rights reserved to coastal states were confirmed by Norway and Kenya in a long statement that the two foreign ministers signed in Oslo on May 3, 2024, in the presence of the press and of forty ambassadors who had been invited to the hall of the old harbour office for that purpose.
""".strip().split("\n")


@pytest.mark.parametrize("line", PAGE)
def test_of_the_page(line: str) -> None:
    assert of_the_page(line)


@pytest.mark.parametrize("line", WORLD)
def test_of_the_world(line: str) -> None:
    assert not of_the_page(line)


def marked(text: str) -> list[str]:
    return [text[span.char_start : span.char_end] for span in boilerplate(text)]


FIRST = "Foreign Minister Ingrid Solheim of Norway receives her guest from Kenya in Oslo on Tuesday."

TEXTS = [
    (
        f"{FIRST}\n\n{FIRST} The two signed a treaty on fish.\n",
        [FIRST],
        "a caption that the first paragraph tells again",
    ),
    (
        f"Fish treaty signed\n\n{FIRST} (Photo: Fjord News)\n\n{FIRST} The two signed a treaty on fish.\n",
        [f"{FIRST} (Photo: Fjord News)"],
        "with its credit",
    ),
    (f"May 3\n{FIRST}\nMay 4\n{FIRST}\n", [], "two lines of a diary"),
    ("Norway and Kenya sign a treaty\n\nNorway and Kenya sign a treaty on fish, it was said in Oslo.\n", [], "a title"),
    (
        "It was signed in Oslo.\n\nRelated articles\nNorway and Kenya sign a treaty\nKenya expels an ambassador\n\n"
        "Norway said on Monday that it would go on with the talks, and so did Kenya.\n",
        ["Related articles", "Norway and Kenya sign a treaty", "Kenya expels an ambassador"],
        "a list of other pages, up to running text",
    ),
    ("Please consider making a donation\nto keep this site free\nfor all.\n\nIt was signed.\n", ["Please consider making a donation", "to keep this site free", "for all."], "an appeal over several lines"),
    ("Menu\nBy Ann Lee\n\nIt was signed in Oslo.\n", ["Menu", "By Ann Lee"], "a byline"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "found", "why"), TEXTS, ids=[case[2] for case in TEXTS])
def test_in_a_text(text: str, found: list[str], why: str) -> None:
    assert marked(text) == found


def test_it_stays_in_the_text_and_tells_no_events() -> None:
    text = (
        "Norway's Foreign Minister Ingrid Solheim met Kenya's Foreign Minister Peter Otieno in Oslo on May 3, 2024.\n\n"
        "Read more: Norway condemned Kenya on May 2, 2024\n"
    )
    found = extract(document(text), Settings())
    assert [event.type for event in found.events] == ["CONSULT"]
    (left,) = [one for one in found.left_out if one.reason == "boilerplate"]
    assert text[left.char_start : left.char_end].startswith("Read more:")
