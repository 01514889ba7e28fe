"""What those who run a server are told in the channel of its log, as plain content. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.views import limits
from bot.views.alerts import alert_line
from bot.views.feeds_status import trouble_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.storage.alerts import Alert, Pause
    from bot.texts import Texts
    from index.model import Feed

_MOST_FEEDS = 5


def changed_content(person_id: int, changes: Sequence[str], texts: Texts) -> str:
    """Say who changed which settings; a short form where that is too long for a message."""
    who = texts.say("{person} has changed the settings of this server:", person=f"<@{person_id}>")
    whole = "\n".join((who, *(f"- {change}" for change in changes)))
    shown = texts.say("{settings} shows what holds.", settings=texts.command("settings show"))
    short = f"{who} {shown}"
    return whole if limits.length(whole) <= limits.CONTENT_LENGTH else short


def lacking_content(channel_id: int, texts: Texts, *, in_thread: bool) -> str:
    """Say that the bot may not write in a channel in which it was asked."""
    permission = texts.say("Send Messages in Threads") if in_thread else texts.say("Send Messages")
    return texts.say(
        "I was asked in {channel} and may not answer there: allow me {permission} under Edit "
        "Channel, Permissions.",
        channel=f"<#{channel_id}>",
        permission=permission,
    )


def lacking_threads_content(channel_id: int, texts: Texts) -> str:
    """Say that the bot may not open a thread for a question, and answers in the channel."""
    return texts.say(
        "I may not open threads in {channel} and answer in the channel itself: allow me {create} "
        "and {send} under Edit Channel, Permissions.",
        channel=f"<#{channel_id}>",
        create=texts.say("Create Public Threads"),
        send=texts.say("Send Messages in Threads"),
    )


def paused_content(alert: Alert, reason: Pause, texts: Texts) -> str:
    """Say that an alert cannot be told any more, and why."""
    failed = texts.say("An alert of this server cannot be told any more:")
    return f"{failed}\n{alert_line(replace(alert, paused=reason), texts)}"


def feeds_content(feeds: Sequence[Feed], texts: Texts) -> str:
    """Name feeds that are broken, with the reasons; there must be some."""
    text = trouble_text(feeds, texts, _MOST_FEEDS)
    if text is None:
        raise ValueError("there is no trouble to tell of")
    return text.content
