"""Feeds that were asked for news: which may be, how far that is, and what came of it. Pure.

What everybody sees names feeds as everybody may know them, and no reasons; those are for who asked.
At most 2,000 units, but for what one person alone is told.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from bot.views import limits
from bot.views.escaping import clean
from bot.views.feed_health import is_failing, is_paused
from bot.views.feeds_status import feed_line, feed_name, feed_place, trouble_text
from bot.views.message import MessageText
from bot.views.shortening import shortened
from bot.views.wording import moment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.texts import Texts
    from index.gathering.model import FeedTurn
    from index.model import Feed

_LIST_LENGTH = 1500
_PRIVATE_LIST_LENGTH = 3500
_CHOICE_LENGTH = limits.CHOICE_LENGTH // 2  # each may be two units
_TOLD_COUNT = 4


class Ending(Enum):
    """How asking feeds can end."""

    DONE = auto()
    CANCELLED = auto()
    STOPPED = auto()
    LATE = auto()


def choice_of_feed(feed: Feed, texts: Texts) -> str:
    """Return a feed as a choice shows it: at most 100 units, on one line."""
    name = " ".join(clean(feed.title or feed_place(feed, texts)).split())
    return shortened(name, _CHOICE_LENGTH) or texts.say("a feed without a name")


def choice_of_all(texts: Texts) -> str:
    """Return the choice of all feeds that a server has added."""
    return texts.say("All of this server's feeds")


def unasked_text(feeds: Sequence[Feed], texts: Texts) -> MessageText:
    """Say to who asked why none of the feeds is asked now."""
    lines = [_why_not(feed, texts) for feed in feeds]
    return MessageText(
        (texts.say("Not asked now:"), _listed(lines, _PRIVATE_LIST_LENGTH, texts)),
    )


def asking_text(turns: Sequence[FeedTurn], texts: Texts) -> MessageText:
    """Say how far it is."""
    feeds = (
        feed_name(turns[0].asked.feed, texts)
        if len(turns) == 1
        else texts.say_counted("{count} feed", "{count} feeds", count=len(turns))
    )
    asking = texts.say("Asking for news: {feeds}", feeds=feeds)
    answered = texts.say_counted(
        "{done} of {count} answered",
        "{done} of {count} answered",
        count=len(turns),
        done=sum(each.is_polled for each in turns),
    )
    return MessageText((f"{asking}\n-# {answered} · {_counts(turns, texts)}",))


def asked_text(
    turns: Sequence[FeedTurn], unasked: Sequence[Feed], ending: Ending, texts: Texts
) -> MessageText:
    """Say to everybody what came of it."""
    lines = [f"{_turned(each, texts)} · {_came_of(each, texts)}" for each in turns]
    lines += [f"{feed_name(feed, texts)} · {_not_now(feed, texts)}" for feed in unasked]
    return MessageText((_head(turns, ending, texts), _listed(lines, _LIST_LENGTH, texts)))


def reasons_text(
    turns: Sequence[FeedTurn], unasked: Sequence[Feed], ending: Ending, texts: Texts
) -> MessageText | None:
    """Say to who asked which of the feeds fail or are paused, and why; None where none does."""
    feeds = [*(each.feed for each in turns if each.feed), *unasked]
    trouble = trouble_text(feeds, texts, _TOLD_COUNT)
    return trouble and MessageText((_head(turns, ending, texts), *trouble.blocks))


def _head(turns: Sequence[FeedTurn], ending: Ending, texts: Texts) -> str:
    if ending is Ending.DONE:
        return texts.say("Asked for news: {counts}", counts=_counts(turns, texts))
    if ending is Ending.CANCELLED:
        return texts.say(
            "Asking for news was cancelled; feeds that were not asked yet have their usual turn."
        )
    if ending is Ending.STOPPED:
        return texts.say(
            "Pullquote was stopped; feeds that were not asked yet are the first when it is back."
        )
    if all(each.is_polled for each in turns):
        return texts.say("This takes long; what is on its way comes in by itself.")
    return texts.say(
        "Nobody asks for news just now; these feeds are the first when somebody does. Whoever runs "
        "me sees with `pullquote doctor` whether the feeds are followed."
    )


def _counts(turns: Sequence[FeedTurn], texts: Texts) -> str:
    new_count = sum(each.new_count for each in turns)
    changed_count = sum(each.changed_count for each in turns)
    left_out_count = sum(each.left_out_count for each in turns)
    waiting_count = sum(each.waiting_count for each in turns)
    later_count = sum(each.later_count for each in turns)
    told = (
        (new_count, texts.say("{count} new", count=new_count)),
        (changed_count, texts.say("{count} changed", count=changed_count)),
        (left_out_count, texts.say("{count} left out", count=left_out_count)),
        (waiting_count, texts.say("{count} on their way", count=waiting_count)),
        (later_count, texts.say("{count} tried again later", count=later_count)),
    )
    return ", ".join(text for count, text in told if count) or texts.say("nothing new")


def _turned(turn: FeedTurn, texts: Texts) -> str:
    return feed_name(turn.feed or turn.asked.feed, texts)


def _came_of(turn: FeedTurn, texts: Texts) -> str:
    if turn.feed is None:
        return texts.say("followed no more")
    if is_paused(turn.feed):
        return texts.say("paused")
    if not turn.is_polled:
        return texts.say("not asked yet")
    if is_failing(turn.feed):
        return texts.say("cannot be read just now")
    return _counts([turn], texts)


def _not_now(feed: Feed, texts: Texts) -> str:
    if is_paused(feed):
        return texts.say("paused")
    if is_failing(feed):
        return texts.say("cannot be read just now")
    return texts.say("asked less than a minute ago")


def _why_not(feed: Feed, texts: Texts) -> str:
    if is_paused(feed):
        return feed_line(feed, texts)
    if is_failing(feed) and feed.next_poll_at is not None:
        when = moment(feed.next_poll_at, "R")
        return texts.say("{feed}; asked again {when}", feed=feed_line(feed, texts), when=when)
    return texts.say(
        "{feed}: asked less than a minute ago; wait a minute, then try again.",
        feed=feed_name(feed, texts),
    )


def _listed(lines: Sequence[str], most: int, texts: Texts) -> str:
    shown: list[str] = []
    for number, line in enumerate(lines):
        if shown and limits.length("\n".join((*shown, f"- {line}"))) > most:
            shown.append(texts.say("and {count} more", count=len(lines) - number))
            break
        shown.append(f"- {line}")
    return "\n".join(shown)
