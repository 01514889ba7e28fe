"""What digests say: the top stories as plain content, and the answers of `/digest`. Pure.

Plain content, since that is what a push notification reads out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.storage.alerts import Pause
from bot.views import limits
from bot.views.escaping import one_line
from bot.views.latest import story_forms
from bot.views.message import MessageText
from bot.views.wording import moment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.storage.digests import Digest
    from bot.storage.schedule import Schedule
    from bot.texts import Texts
    from index.model import Article

STORIES_PER_DIGEST = 8
_LISTED_COUNT = 25


def digest_content(schedule: Schedule, stories: Sequence[Article], texts: Texts) -> str:
    """Say which stories are the top ones; there must be some. At most 2,000 units."""
    content = limits.first_fitting(
        _contents(schedule, stories, texts), limits.length, limits.CONTENT_LENGTH
    )
    if content is None:
        raise ValueError("a digest of one story is longer than a message")
    return content


def _contents(schedule: Schedule, stories: Sequence[Article], texts: Texts) -> Iterator[str]:
    title = (
        texts.say("Top stories of the day")
        if schedule.weekday is None
        else texts.say("Top stories of the week")
    )
    told = [tuple(story_forms(each, texts)) for each in stories[:STORIES_PER_DIGEST]]
    for count in range(len(told), 0, -1):
        # links to all who tell a story give way to their names, and those to its own link; its
        # title never does but for the last resort
        for detail in range(max(map(len, told)) - 1):
            shown = [forms[min(detail, len(forms) - 2)] for forms in told[:count]]
            yield MessageText((f"**{title}**\n{shown[0]}", *shown[1:])).content
    yield f"**{title}**\n{told[0][-1]}"


# ── what /digest answers ─────────────────────────────────────────────────────
def started_text(digest: Digest, texts: Texts) -> MessageText:
    """Say what will be told, where, and when first."""
    told = (
        texts.say(
            "The top stories are told {place} every day, next on {when}.",
            place=_place(digest, texts),
            when=moment(digest.next_at),
        )
        if digest.schedule.weekday is None
        else texts.say(
            "The top stories are told {place} every {weekday}, next on {when}.",
            place=_place(digest, texts),
            weekday=texts.formats.name_of_weekday(digest.schedule.weekday),
            when=moment(digest.next_at),
        )
    )
    return MessageText((told,))


def stopped_text(texts: Texts) -> MessageText:
    """Say that a digest is told no more."""
    return MessageText((texts.say("The digest is told no more."),))


def digests_text(digests: Sequence[Digest], texts: Texts) -> MessageText:
    """List digests, one a line."""
    if not digests:
        nothing = texts.say(
            "There is no digest; {start} starts one.", start=texts.command("digest start")
        )
        return MessageText((nothing,))
    lines = [_line(each, texts) for each in digests[:_LISTED_COUNT]]
    if more := len(digests) - len(lines):
        lines.append(texts.say("and {count} more", count=more))
    return MessageText(("\n".join(lines),))


def _line(digest: Digest, texts: Texts) -> str:
    schedule = digest.schedule
    how_often = (
        texts.say("every day")
        if schedule.weekday is None
        else texts.say("every {weekday}", weekday=texts.formats.name_of_weekday(schedule.weekday))
    )
    clock = f"{schedule.at:%H:%M} ({one_line(schedule.zone)})"
    line = f"- {_place(digest, texts)} · {how_often} · {clock} · "
    if digest.paused is None:
        return line + texts.say("next {when}", when=moment(digest.next_at))
    return line + _paused(digest.paused, texts)


def _place(digest: Digest, texts: Texts) -> str:
    if digest.target.channel_id is None:
        return texts.say("by direct message")
    return texts.say("in {channel}", channel=f"<#{digest.target.channel_id}>")


def _paused(reason: Pause, texts: Texts) -> str:
    start = texts.command("digest start")
    if reason is Pause.CLOSED:
        return texts.say(
            "paused: Discord does not let me write to you; allow it, then use {start}", start=start
        )
    if reason is Pause.FORBIDDEN:
        return texts.say(
            "paused: I may not write there; give me View Channel and Send Messages, then use "
            "{start}",
            start=start,
        )
    if reason is Pause.DISALLOWED:
        return texts.say(
            "paused: that channel is not among those to ask me in; allow it with {settings}, then "
            "use {start}",
            settings=texts.command("settings channels"),
            start=start,
        )
    return texts.say("paused: that channel is not there any more")
