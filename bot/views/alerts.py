"""What alerts say: new stories as plain content, and the answers of `/alerts`. Pure.

Plain content, since that is what a push notification reads out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.storage.alerts import Pause
from bot.views import limits
from bot.views.attribution import attribution, heading
from bot.views.escaping import one_line, quoted
from bot.views.message import MessageText
from bot.views.shortening import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.storage.alerts import Alert
    from bot.texts import Texts
    from index.model import Passage

STORIES_PER_POST = 5
_QUERY_LENGTH = 150
_LISTED_QUERY_LENGTH = 80
_LIST_LENGTH = limits.LAYOUT_TEXT_LENGTH - 300


def alert_content(alert: Alert, passages: Sequence[Passage], more_count: int, texts: Texts) -> str:
    """Say which stories are new, one passage of each, and how many more there are.

    At most 2,000 units, the content of one message.
    """
    content = limits.first_fitting(
        _contents(alert, passages, more_count, texts), limits.length, limits.CONTENT_LENGTH
    )
    if content is None:
        raise ValueError("an alert is longer than a message")
    return content


def _contents(
    alert: Alert, passages: Sequence[Passage], more_count: int, texts: Texts
) -> Iterator[str]:
    for count in range(min(len(passages), STORIES_PER_POST), 0, -1):
        left_out = len(passages) - count + more_count
        for longest, is_linked in ((240, True), (120, True), (120, False), (60, False)):
            stories = [_story(each, longest, texts, linked=is_linked) for each in passages[:count]]
            yield MessageText(
                (*_with_header(alert, stories, texts), *_more(left_out, texts))
            ).content


def _with_header(alert: Alert, stories: Sequence[str], texts: Texts) -> list[str]:
    query = one_line(shortened(alert.typed, _QUERY_LENGTH))
    told = texts.say("In the news for “{query}”:", query=query)
    return [f"{told}\n{stories[0]}", *stories[1:]]


def _story(passage: Passage, longest: int, texts: Texts, *, linked: bool) -> str:
    article = passage.article
    title = heading(article) or f"**{texts.say('Untitled')}**"
    source = attribution(article, article.url if linked else None, texts, author=False)
    return f"{title}\n{quoted(shortened(passage.text, longest))}\n{source}"


def _more(count: int, texts: Texts) -> list[str]:
    if not count:
        return []
    told = texts.say_counted(
        "{count} more story since then; find it with {search}.",
        "{count} more stories since then; find them with {search}.",
        count=count,
        search=texts.command("search"),
    )
    return [f"-# {told}"]


# ── what /alerts answers ─────────────────────────────────────────────────────
def added_text(alert: Alert, texts: Texts) -> MessageText:
    """Say what an alert tells, where, and when not."""
    query = one_line(shortened(alert.typed, _QUERY_LENGTH))
    lines = [
        texts.say(
            "From now on, news about “{query}” is told {place}, each story once.",
            query=query,
            place=_place(alert, texts),
        )
    ]
    if quiet := _quiet(alert, texts):
        lines.append(texts.say("What comes in meanwhile is told afterwards: {quiet}.", quiet=quiet))
    lines.append(texts.say("{remove} ends it.", remove=texts.command("alerts remove")))
    return MessageText(("\n".join(lines),))


def removed_text(alert: Alert, texts: Texts) -> MessageText:
    """Say that an alert is gone."""
    query = one_line(shortened(alert.typed, _QUERY_LENGTH))
    return MessageText((texts.say("The alert for “{query}” is removed.", query=query),))


def alerts_text(own: Sequence[Alert], of_server: Sequence[Alert], texts: Texts) -> MessageText:
    """List a person's own alerts and a server's, in at most 4,000 units."""
    if not own and not of_server:
        nothing = texts.say(
            "There are no alerts; {add} makes one.", add=texts.command("alerts add")
        )
        return MessageText((nothing,))
    blocks = []
    room = _LIST_LENGTH
    for title, alerts in (
        (texts.say("Your alerts"), own),
        (texts.say("Alerts of this server"), of_server),
    ):
        if alerts:
            block = _listed(title, alerts, room, texts)
            room -= limits.length(block) + 2
            blocks.append(block)
    return MessageText(tuple(blocks))


def choice_name(alert: Alert) -> str:
    """Return how an alert is offered in a list of choices, in at most 100 units."""
    return shortened(" ".join(alert.typed.split()), limits.CHOICE_LENGTH // 2)


def _listed(title: str, alerts: Sequence[Alert], room: int, texts: Texts) -> str:
    """Return as many lines as there is room for; a paused alert is never the one left out.

    Each begins with the number by which an alert is removed in plain words.
    """
    lines = [f"**{title}**"]
    ordered = sorted(alerts, key=lambda alert: alert.paused is None)
    reserve = 100
    used = limits.length(lines[0]) + reserve
    for number, alert in enumerate(ordered):
        line = f"#{alert.id} · {alert_line(alert, texts)}"
        if used + limits.length(line) + 1 > room:
            rest = len(ordered) - number
            lines.append(texts.say("and {count} more", count=rest))
            break
        used += limits.length(line) + 1
        lines.append(line)
    return "\n".join(lines)


def alert_line(alert: Alert, texts: Texts) -> str:
    """Return the words of an alert, where it tells, and why it does not."""
    query = one_line(shortened(alert.typed, _LISTED_QUERY_LENGTH))
    parts = [f"“{query}”", _place(alert, texts)]
    if quiet := _quiet(alert, texts):
        parts.append(quiet)
    line = " · ".join(parts)
    if alert.paused is not None:
        line += f"\n-# {_paused(alert.paused, texts)}"
    return line


def _place(alert: Alert, texts: Texts) -> str:
    if alert.target.channel_id is None:
        return texts.say("by direct message")
    return texts.say("in {channel}", channel=f"<#{alert.target.channel_id}>")


def _quiet(alert: Alert, texts: Texts) -> str | None:
    if alert.quiet is None:
        return None
    begin, end, zone = alert.quiet.written()
    return texts.say("quiet {begin}–{end} ({zone})", begin=begin, end=end, zone=one_line(zone))


def _paused(reason: Pause, texts: Texts) -> str:
    add = texts.command("alerts add")
    if reason is Pause.CLOSED:
        return texts.say(
            "Paused: Discord does not let me write to you; allow direct messages from a server we "
            "share, then add it again with {add}.",
            add=add,
        )
    if reason is Pause.FORBIDDEN:
        return texts.say(
            "Paused: I may not write there; give me View Channel and Send Messages, then add it "
            "again with {add}.",
            add=add,
        )
    if reason is Pause.DISALLOWED:
        return texts.say(
            "Paused: that channel is not among those to ask me in; allow it with {settings}, then "
            "add the alert again with {add}.",
            settings=texts.command("settings channels"),
            add=add,
        )
    return texts.say("Paused: that channel is not there any more; remove the alert.")
