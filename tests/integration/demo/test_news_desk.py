"""The demo's desk with a real index, real files and a real site: what comes in, what is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.demo.news_desk import Freshness, NewsDesk
from bot.settings import Settings
from index import NewsIndex
from index.news_index import SEGMENTS_NAME
from index.storage.feed_store import FeedStore
from index.storage.locks import writer_lock
from index.storage.segments.directory import SegmentDirectory
from tests.integration.sandbox.running import eventually
from tests.integration.small_site import small_site

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from bot.sandbox.page import Outcome
    from tests.integration.small_site import SmallSite

FERRY = (
    "---\ntitle: Foxglove Ferry sold\npublished: 2026-03-04\npublisher: Harbour Gazette\n---\n"
    "The Foxglove Ferry was sold on Tuesday to the harbour trust.\n"
)
OPEN = {"PULLQUOTE_ALLOW_PRIVATE_NETWORKS": "true"}


class NobodyAnswers(Freshness):
    """No bot is there to be waited for."""

    async def caught_up(self) -> None:
        return


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "ferry.md").write_text(FERRY)
    return folder


@pytest.fixture
async def desk(data_dir: Path) -> AsyncIterator[NewsDesk]:
    opened = await NewsDesk.open(data_dir, Settings.read(OPEN), NobodyAnswers(), is_followed=False)
    async with opened as desk:
        yield desk


@pytest.fixture
def site() -> Iterator[SmallSite]:
    with small_site() as site:
        site.stories = {"bridge": "Lantern Bridge", "ferry": "Foxglove Ferry"}
        yield site


async def outcome_of(desk: NewsDesk, named: str) -> Outcome:
    desk.take_up(named)
    await eventually(lambda: desk.reading.outcome, 60)
    return desk.reading.outcome


async def feeds_in(data_dir: Path) -> list[str]:
    async with await NewsIndex.open(data_dir, searchable=False) as news:
        return [each.url for each in await FeedStore(news.database).all()]


async def test_a_folder_is_read_and_counted(desk, data_dir, folder):
    (folder / "odd.jsonl").write_text("{not json\n")
    outcome = await outcome_of(desk, str(folder))

    assert outcome.text == "Added 1 article with 1 passage by Harbour Gazette."
    assert not outcome.is_error
    assert outcome.suggestions[0].begun == "Foxglove Ferry sold"
    (left_out,) = outcome.left_out
    assert left_out.startswith(f"Left out: {folder}/odd.jsonl")
    async with await NewsIndex.open(data_dir, searchable=False) as news:
        assert (await news.statistics()).articles_by_publisher == {"Harbour Gazette": 1}


async def test_what_is_new_since_the_last_time_is_counted_alone(desk, folder):
    await outcome_of(desk, str(folder))
    again = await outcome_of(desk, str(folder))
    assert again.text == "Nothing in it is new: 1 article had been read before."

    (folder / "toll.md").write_text(
        FERRY.replace("Ferry sold", "Toll raised").replace("2026-03-04", "2026-03-02")
    )
    more = await outcome_of(desk, str(folder))
    assert more.text.startswith("Added 1 article with 1 passage by Harbour Gazette.")
    assert more.suggestions[0].begun == "Foxglove Toll raised"


async def test_a_feed_is_followed_and_its_stories_are_waited_for(desk, data_dir, site):
    outcome = await outcome_of(desk, site.url("/feed.xml"))

    assert not outcome.is_error
    assert outcome.text.startswith("Added 2 articles with ")
    assert outcome.text.endswith(" It is followed from now on.")
    assert await feeds_in(data_dir) == [site.url("/feed.xml")]
    again = await outcome_of(desk, site.url("/feed.xml"))
    assert again.text == "It is followed already, with 2 articles."


@pytest.mark.parametrize(
    ("named", "why"),
    [
        ("/no/such/folder", "no such file or folder"),
        ("paper.example/news", "by its whole address, https://"),
        ("~nobody-of-this-name/news", "no such file or folder"),
        ("a\0b", "There is no article to quote"),
        ("/dev/zero", "There is no article to quote"),
        ("ftp://paper.example/", "http://"),
        ("http://127.0.0.1:9/feed.xml", "http://127.0.0.1:9/feed.xml cannot be followed"),
    ],
)
async def test_where_nothing_can_be_read_one_sentence_says_why(desk, data_dir, named, why):
    outcome = await outcome_of(desk, named)

    assert outcome.is_error
    assert why in outcome.text
    assert "\n" not in outcome.text
    assert await feeds_in(data_dir) == []


async def test_a_folder_without_articles_is_told_of(desk, tmp_path):
    (tmp_path / "empty").mkdir()
    outcome = await outcome_of(desk, str(tmp_path / "empty"))

    assert outcome.is_error
    assert "no file of a kind that is read" in outcome.text


async def test_a_feed_of_which_no_story_can_be_read_is_not_followed(desk, data_dir, site):
    site.stories = {}
    outcome = await outcome_of(desk, site.url("/feed.xml"))

    assert outcome.is_error
    assert outcome.text.startswith(f"No article came from {site.url('/feed.xml')} (it lists no")
    assert await feeds_in(data_dir) == []


async def test_an_address_of_this_network_is_refused_as_everywhere(data_dir, site):
    async with await NewsDesk.open(
        data_dir, Settings.read({}), NobodyAnswers(), is_followed=False
    ) as desk:
        outcome = await outcome_of(desk, site.url("/feed.xml"))

    assert outcome.is_error
    assert "127.0.0.1 is an address of this machine" in outcome.text
    assert site.asked == []


async def test_what_is_stopped_says_so_and_follows_nothing(data_dir, site):
    # the bot that would poll is not there, so there is no end but being stopped
    async with await NewsDesk.open(
        data_dir, Settings.read(OPEN), NobodyAnswers(), is_followed=True
    ) as desk:
        desk.take_up(site.url("/feed.xml"))
        await eventually(lambda: desk.reading.number > 1, 60)
        desk.stop()
        await eventually(lambda: desk.reading.outcome)
        assert desk.reading.outcome.text.startswith("It was stopped")

        desk.take_up("/never/begun")
        desk.stop()
        await eventually(lambda: desk.reading.outcome)
        assert desk.reading.outcome.text.startswith("It was stopped")
    assert await feeds_in(data_dir) == []


async def test_what_somebody_else_writes_is_waited_for(desk, data_dir, folder):
    with writer_lock(SegmentDirectory(data_dir / SEGMENTS_NAME)):
        desk.take_up(str(folder))
        await eventually(lambda: "waiting" in desk.reading.progress, 60)
        assert desk.reading.outcome is None
    await eventually(lambda: desk.reading.outcome, 60)
    assert desk.reading.outcome.text.startswith("Added 1 article")
