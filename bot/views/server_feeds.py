"""The feeds that a server has added: its list, one that was tried, and what was done. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.views import limits
from bot.views.escaping import one_line
from bot.views.feeds_status import feed_line, feed_name
from bot.views.message import MessageText
from bot.views.shortening import shortened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.texts import Texts
    from index.gathering.model import FeedSample
    from index.model import Feed

_LIST_LENGTH = 3500
_LOG_LENGTH = 1500
_TITLE_LENGTH = 120


def server_feeds_text(feeds: Sequence[Feed], texts: Texts) -> MessageText:
    """List the feeds of a server, as many as there is room for."""
    if not feeds:
        return MessageText(
            (
                texts.say(
                    "This server has no feeds of its own; add one with {add}.",
                    add=texts.command("feeds add"),
                ),
            )
        )
    head = texts.say_counted(
        "**{count} feed** of this server, whose news nobody else sees",
        "**{count} feeds** of this server, whose news nobody else sees",
        count=len(feeds),
    )
    return MessageText((head, _listed(feeds, texts, _LIST_LENGTH)))


def done_text(told: str, feeds: Sequence[Feed], texts: Texts) -> MessageText:
    """Say what was done, and to which feeds."""
    return MessageText((told, _listed(feeds, texts, _LIST_LENGTH)))


def feeds_log_content(person_id: int, told: str, feeds: Sequence[Feed], texts: Texts) -> str:
    """Say in the channel of the log who did what to which feeds."""
    return f"<@{person_id}>: {told}\n{_listed(feeds, texts, _LOG_LENGTH)}"


def sample_text(sample: FeedSample, texts: Texts) -> MessageText:
    """Show what an address would bring."""
    found = texts.say_counted(
        "{feed} has {count} story.",
        "{feed} has {count} stories.",
        feed=f"**{feed_name(sample.feed, texts)}**",
        count=sample.entry_count,
    )
    titles = "\n".join(
        f"- {title}"
        for each in sample.titles
        if (title := one_line(shortened(each, _TITLE_LENGTH)))
    )
    unstored = texts.say(
        "Nothing of it is stored; {add} follows it.", add=texts.command("feeds add")
    )
    return MessageText(tuple(filter(None, (found, titles, unstored))))


def _listed(feeds: Sequence[Feed], texts: Texts, most: int) -> str:
    lines: list[str] = []
    for number, feed in enumerate(feeds):
        line = f"- {feed_line(feed, texts)}"
        if lines and limits.length("\n".join((*lines, line))) > most:
            lines.append(texts.say("and {count} more", count=len(feeds) - number))
            break
        lines.append(line)
    return "\n".join(lines)
