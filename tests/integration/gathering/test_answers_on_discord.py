"""A story on its way: published, followed, asked for on Discord, changed, taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.integration.bot.live import live_bot
from tests.integration.gathering.following import following
from tests.integration.news_site.feeds import FeedFormat

if TYPE_CHECKING:
    from bot.sandbox import LoopbackDiscord, Newsroom


async def told(local: LoopbackDiscord, room: Newsroom, question: str) -> str:
    """Ask as a member does; return what is answered."""
    return (await local.slash(room.alice, room.general, "ask", question=question).final()).text


async def test_what_is_published_is_answered_with_while_the_bot_runs(
    local, room, site, daily, clock, tmp_path
):
    other = site.outlet("other.test", name="The Other")
    story = daily.publish()
    fact = story.facts[0]
    async with (
        live_bot(local, tmp_path / "data") as bot,
        following(bot.news, site, clock) as reader,
    ):
        assert fact.sentence not in await told(local, room, fact.question)
        await reader.follow(daily.feed_url(FeedFormat.ATOM))
        await reader.follow(other.feed_url(FeedFormat.ATOM))
        await reader.round()
        answer = await told(local, room, fact.question)
        assert f"> {fact.sentence}" in answer
        assert "The Daily" in answer
        assert f"<{daily.page_url(story)}" in answer

        daily.syndicate(story, to=other, cut=0.3)
        await reader.round()
        answer = await told(local, room, fact.question)
        assert answer.count(fact.sentence) == 1
        assert "also in The Other" in answer

        corrected = fact.sentence.replace("was closed on", "was never closed, not even on")
        first = story.paragraphs[0].replace(fact.sentence, corrected)
        revised = daily.revise(story, paragraphs=(first, *story.paragraphs[1:]))
        await reader.round()
        answer = await told(local, room, fact.question)
        assert f"> {corrected}" in answer

        daily.withdraw(revised)
        await reader.round()
        answer = await told(local, room, fact.question)
        assert corrected not in answer
