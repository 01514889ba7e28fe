"""Updates of a live blog are under addresses of the page that has them."""

import json
from datetime import UTC, datetime

import pytest

from index.gathering.preparing import Origin, PageAnswer, prepare_page
from index.ingestion.feeds.model import Entry

NOW = datetime(2026, 3, 7, 12, tzinfo=UTC)
PAGE = "https://live.lantern.co.uk/storm"


def addresses(*stated: str):
    updates = [
        {"@id": f"u{number}", "headline": "News", "articleBody": "The storm is here.", "url": url}
        for number, url in enumerate(stated)
    ]
    blog = {"@type": "LiveBlogPosting", "headline": "Storm", "liveBlogUpdate": updates}
    html = f'<script type="application/ld+json">{json.dumps(blog)}</script><h1>Storm</h1>'
    stories = prepare_page(
        PageAnswer(PAGE, html.encode()),
        Entry(guid=None, url=PAGE, title=""),
        Origin(),
        now=NOW,
        honours_nosnippet=True,
    )
    return [story.article.url for story in stories]


@pytest.mark.parametrize("own", [f"{PAGE}#9", "https://www.lantern.co.uk/storm/9"])
def test_an_update_has_the_address_that_its_publisher_gave_it(own):
    assert addresses(own) == [own]


@pytest.mark.parametrize(
    "foreign",
    ["https://www.harbour.co.uk/storm/9", "https://lantern.co.uk.evil.example/", "nowhere"],
)
def test_an_address_of_another_publisher_is_not_taken(foreign):
    assert addresses(foreign) == [f"{PAGE}#u0"]
