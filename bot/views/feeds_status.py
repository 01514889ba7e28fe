"""How the feeds are, on Discord: counts for everyone, names and reasons for whoever may know. Pure.

Addresses are shown without what stands behind their path, where keys of paid services are, and
folders by their last name.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.views.escaping import one_line
from bot.views.feed_health import is_failing, is_paused
from bot.views.message import MessageText
from bot.views.shortening import shortened
from bot.views.wording import moment
from index.gathering.model import PAUSED_BY_COMMUNITY, PAUSED_BY_OPERATOR
from index.model import FeedKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.texts import Texts
    from index.model import Feed

_SAYING_PAUSED = (PAUSED_BY_COMMUNITY, PAUSED_BY_OPERATOR)
_LISTED_COUNT = 10
_NAME_LENGTH = 60
_REASON_LENGTH = 100  # with the name twice that when all is escaped, ten times: under 4,000


def feeds_line(feeds: Sequence[Feed], texts: Texts) -> str:
    """Return how many feeds there are and how they are; there must be some."""
    followed = texts.say_counted(
        "**{count} feed** followed", "**{count} feeds** followed", count=len(feeds)
    )
    parts = [followed]
    if failing := sum(map(is_failing, feeds)):
        parts.append(texts.say("{count} failing", count=failing))
    if paused := sum(map(is_paused, feeds)):
        parts.append(texts.say("{count} paused", count=paused))
    last = _last_polled(feeds, texts)
    return f"{', '.join(parts)} · {last}"


def _last_polled(feeds: Sequence[Feed], texts: Texts) -> str:
    polled = [feed.polled_at for feed in feeds if feed.polled_at is not None]
    if not polled:
        return texts.say("not polled yet")
    return texts.say("last polled {when}", when=moment(max(polled), "R"))


def trouble_text(
    feeds: Sequence[Feed], texts: Texts, most: int = _LISTED_COUNT
) -> MessageText | None:
    """Name the feeds that fail or are paused, with the reasons; None where there is none."""
    failing = [feed for feed in feeds if is_failing(feed)]
    paused = [feed for feed in feeds if is_paused(feed)]
    if not failing and not paused:
        return None
    lines = [_told_failing(feed, texts) for feed in failing]
    lines += [_told_paused(feed, texts) for feed in paused]
    shown = lines[:most]
    if more := len(lines) - len(shown):
        shown.append(texts.say("and {count} more, which `pullquote feeds list` shows", count=more))
    listed = "\n".join(f"- {line}" for line in shown)
    return MessageText((f"**{texts.say('Feeds in trouble')}**\n{listed}",))


def feed_line(feed: Feed, texts: Texts) -> str:
    """Say in a line what a feed is called, how much came of it, and how it is."""
    if is_failing(feed):
        return _told_failing(feed, texts)
    if is_paused(feed):
        return _told_paused(feed, texts)
    counted = texts.say_counted("{count} article", "{count} articles", count=feed.article_count)
    last = _last_polled([feed], texts)
    return f"{feed_name(feed, texts)} · {counted} · {last}"


def _told_failing(feed: Feed, texts: Texts) -> str:
    reason = _reason(feed, feed.failure or "", texts)
    return texts.say("{feed}: fails, {reason}", feed=feed_name(feed, texts), reason=reason)


def _told_paused(feed: Feed, texts: Texts) -> str:
    name = feed_name(feed, texts)
    if not feed.paused_reason:
        return texts.say("{feed}: paused", feed=name)
    reason = _reason(feed, feed.paused_reason, texts)
    if feed.paused_reason.startswith(_SAYING_PAUSED):
        return f"{name}: {reason}"
    return texts.say("{feed}: paused, {reason}", feed=name, reason=reason)


def feed_name(feed: Feed, texts: Texts) -> str:
    """Return what a feed is called, as it is shown."""
    name = one_line(shortened(feed.title or feed_place(feed, texts), _NAME_LENGTH))
    return name or texts.say("a feed without a name")


def _reason(feed: Feed, reason: str, texts: Texts) -> str:
    # put into words before addresses are cut, since the templates do not know that
    told = texts.retold(reason).replace(feed.url, feed_place(feed, texts))
    return one_line(shortened(told, _REASON_LENGTH))


def feed_place(feed: Feed, texts: Texts) -> str:
    """Return where a feed is, without what may be a key or tell of the machine."""
    if feed.kind is FeedKind.FOLDER:
        return PurePath(feed.url).name
    try:
        parts = urlsplit(feed.url)
    except ValueError:
        return texts.say("an address that is none")
    return f"{parts.hostname or ''}{parts.path}"
